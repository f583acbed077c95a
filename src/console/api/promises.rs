//! Promises, for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cursor::{Piece, cursor, place};
use super::program::{Reads, Writes};
use crate::console::promises::{self, Told};
use crate::console::{Desk, Me, Problem};
use crate::domain::fields::PromiseFields;
use crate::domain::promise::{Promise, PromiseId};
use crate::domain::words::Language;
use crate::operator::in_person::OfPromise;
use crate::store;
use crate::store::promises::Which;

/// Promises in a piece.
const PIECE: usize = 100;

/// Of those that somebody waits for, so many are looked at.
const UNSETTLED_MAX: u32 = 10_000;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_promises))
        .routes(routes!(get_promise))
        .routes(routes!(call_back))
        .routes(routes!(promise_done))
        .routes(routes!(promise_later))
        .routes(routes!(let_promise_go))
        .routes(routes!(promise_sorted))
        .routes(routes!(reopen_promise))
        .routes(routes!(send_apology))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Asked {
    /// Also those that are kept or let go, the newest first; else those that somebody waits for, the soonest due first.
    all: bool,
    /// Of one person, as the rota file calls them.
    owner: Option<String>,
    /// The `next` of the piece before.
    cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Sorted {
    /// False: somebody rings the customer again.
    sorted: bool,
}

/// What came of it, and the promise as it is now.
#[derive(Serialize, ToSchema)]
struct Came {
    /// `done`, `later`, `let-go`, `apologised`, `sorted`, `reopened` or `rings`.
    told: &'static str,
    promise: PromiseFields,
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct Done {
    /// Ask the customer on the next open morning whether it is sorted.
    follow: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Due {
    #[schema(value_type = String, format = DateTime)]
    due: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reason)]
struct Why {
    #[schema(min_length = 1, max_length = 500)]
    why: String,
}

/// Promises to ring somebody back.
#[utoipa::path(
    get,
    path = "/promises",
    tag = "promises",
    params(Asked),
    responses((status = 200, body = Piece<PromiseFields>))
)]
async fn list_promises(
    State(console): State<Desk>,
    _: Reads,
    Query(asked): Query<Asked>,
) -> Result<Json<Piece<PromiseFields>>, Problem> {
    let after: Option<i64> = place(asked.cursor.as_deref())?;
    let all = asked.all;
    let mut promises = console
        .read(move |tx| {
            if all {
                store::promises::newest(tx, after.map(PromiseId), UNSETTLED_MAX)
            } else {
                store::promises::list(tx, Which::Unsettled, UNSETTLED_MAX)
            }
        })
        .await?;
    if let Some(after) = after.filter(|_| !all) {
        let begin = promises.iter().position(|promise| promise.id.0 == after).map_or(0, |at| at + 1);
        promises.drain(..begin);
    }
    if let Some(owner) = &asked.owner {
        promises.retain(|promise| promise.owner.as_str() == owner);
    }
    let goes_on = promises.len() > PIECE;
    promises.truncate(PIECE);
    let zone = &console.rota().zone;
    Ok(Json(Piece {
        next: promises.last().filter(|_| goes_on).map(|last| cursor(&last.id.0.to_string())),
        items: promises.iter().map(|promise| PromiseFields::of(promise, zone)).collect(),
    }))
}

#[utoipa::path(get, path = "/promises/{id}", tag = "promises", params(("id" = i64, Path)), responses((status = 200, body = PromiseFields)))]
/// One promise.
async fn get_promise(
    State(console): State<Desk>,
    _: Reads,
    Path(id): Path<i64>,
) -> Result<Json<PromiseFields>, Problem> {
    Ok(Json(PromiseFields::of(&found(&console, id).await?, &console.rota().zone)))
}

/// Rings the person whose token it is, and then the customer.
#[utoipa::path(post, path = "/promises/{id}/call-back", tag = "promises", params(("id" = i64, Path)), responses((status = 200, body = Came)))]
async fn call_back(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<Json<Came>, Problem> {
    let told = promises::call_back(&console, &me, PromiseId(id)).await?;
    came(&console, id, told).await
}

/// The call was made.
#[utoipa::path(
    post,
    path = "/promises/{id}/done",
    tag = "promises", params(("id" = i64, Path)),
    request_body = Done,
    responses((status = 200, body = Came))
)]
async fn promise_done(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(done): Json<Done>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::Done { follow: done.follow }).await
}

/// It is due later than the customer was told, who is told the new time.
#[utoipa::path(
    post,
    path = "/promises/{id}/later",
    tag = "promises", params(("id" = i64, Path)),
    request_body = Due,
    responses((status = 200, body = Came))
)]
async fn promise_later(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(later): Json<Due>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::Later { due: later.due }).await
}

/// Nobody will ring, and this is why.
#[utoipa::path(
    post,
    path = "/promises/{id}/let-go",
    tag = "promises", params(("id" = i64, Path)),
    request_body = Why,
    responses((status = 200, body = Came))
)]
async fn let_promise_go(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(why): Json<Why>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::LetGo { why: why.why }).await
}

/// What the customer says who was asked on the morning after whether it is sorted.
#[utoipa::path(
    post,
    path = "/promises/{id}/sorted",
    tag = "promises", params(("id" = i64, Path)),
    request_body = Sorted,
    responses((status = 200, body = Came))
)]
async fn promise_sorted(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(says): Json<Sorted>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::Sorted(says.sorted)).await
}

/// It was closed too soon.
#[utoipa::path(post, path = "/promises/{id}/reopen", tag = "promises", params(("id" = i64, Path)), responses((status = 200, body = Came)))]
async fn reopen_promise(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::Reopen).await
}

/// Sends the drafted apology, which promises a call by then.
#[utoipa::path(
    post,
    path = "/promises/{id}/apology",
    tag = "promises", params(("id" = i64, Path)),
    request_body = Due,
    responses((status = 200, body = Came))
)]
async fn send_apology(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(by): Json<Due>,
) -> Result<Json<Came>, Problem> {
    say(&console, &me, id, OfPromise::Apologise { due: by.due }).await
}

async fn say(console: &Desk, me: &Me, id: i64, said: OfPromise) -> Result<Json<Came>, Problem> {
    let told = promises::say(console, me, PromiseId(id), said).await?;
    came(console, id, told).await
}

async fn came(console: &Desk, id: i64, told: Told) -> Result<Json<Came>, Problem> {
    if !told.changed() {
        return Err(Problem::Conflict(told.words(Language::English)));
    }
    let promise = found(console, id).await?;
    Ok(Json(Came { told: told.word(), promise: PromiseFields::of(&promise, &console.rota().zone) }))
}

async fn found(console: &Desk, id: i64) -> Result<Promise, Problem> {
    let stored = console.read(move |tx| store::promises::get(tx, PromiseId(id))).await?;
    stored.map(|stored| stored.promise).ok_or(Problem::NotFound)
}
