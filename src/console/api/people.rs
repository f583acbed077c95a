//! People and what they may, for programs.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::{Reads, Writes};
use crate::console::people::{self, Whom};
use crate::console::{Desk, Problem};
use crate::domain::access::{AccountId, Role};
use crate::domain::fields::iso;
use crate::domain::staff::StaffId;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_people, add_person))
        .routes(routes!(withdraw_person))
        .routes(routes!(give_role))
        .routes(routes!(give_place))
        .routes(routes!(make_link))
        .routes(routes!(invite_person))
}

/// Somebody of the rota, or somebody else who may sign in.
#[derive(Serialize, ToSchema)]
struct Person {
    /// An account's number, or `@` and a name of the rota file.
    id: String,
    name: String,
    /// Null: they have none.
    account: Option<i64>,
    /// `viewer`, `staff`, `admin` or `owner`; null: they may not sign in.
    role: Option<&'static str>,
    in_rota: bool,
    /// As the rota file calls them.
    staff: Option<String>,
    /// When they last signed in.
    signed_in: Option<String>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum RoleWord {
    Viewer,
    Staff,
    Admin,
    Owner,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Added {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    role: RoleWord,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Given {
    role: RoleWord,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Place {
    /// As the rota file calls them; null: nobody of the rota.
    staff: Option<String>,
}

/// A link with which somebody chooses their password. It works once.
#[derive(Serialize, ToSchema)]
struct Link {
    link: String,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Viewer => Self::Viewer,
            RoleWord::Staff => Self::Staff,
            RoleWord::Admin => Self::Admin,
            RoleWord::Owner => Self::Owner,
        }
    }
}

/// Everybody of the rota, then everybody else who may sign in.
#[utoipa::path(get, path = "/people", tag = "people", responses((status = 200, body = Vec<Person>)))]
async fn list_people(State(console): State<Desk>, _: Reads) -> Result<Json<Vec<Person>>, Problem> {
    let zone = &console.rota().zone;
    let people = people::everybody(&console).await?.into_iter().map(|person| {
        let listed = person.listed.filter(|listed| listed.removed.is_none());
        Person {
            id: person.whom.written(),
            name: person.name,
            account: listed.as_ref().map(|listed| listed.account.id.0),
            role: listed.as_ref().map(|listed| listed.account.role.word()),
            in_rota: person.in_rota,
            staff: person.staff.map(|staff| staff.to_string()),
            signed_in: listed.and_then(|listed| listed.signed_in).map(|at| iso(at, zone)),
        }
    });
    Ok(Json(people.collect()))
}

/// Adds somebody who is not in the rota.
#[utoipa::path(
    post,
    path = "/people",
    tag = "people",
    request_body = Added,
    responses((status = 201, body = Link))
)]
async fn add_person(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(added): Json<Added>,
) -> Result<(StatusCode, Json<Link>), Problem> {
    let link = people::add(&console, &me, &added.name, added.role.into()).await?;
    Ok((StatusCode::CREATED, Json(Link { link })))
}

/// Gives somebody a role; whoever had none may sign in from now on.
#[utoipa::path(
    put,
    path = "/people/{id}/role",
    tag = "people",
    params(("id" = String, Path, description = "As in the list of people")),
    request_body = Given,
    responses((status = 204))
)]
async fn give_role(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<String>,
    Json(given): Json<Given>,
) -> Result<StatusCode, Problem> {
    people::give_role(&console, &me, whom(&id)?, given.role.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says which person of the rota an account belongs to. Another account of that person is withdrawn.
#[utoipa::path(
    put,
    path = "/people/{id}/place",
    tag = "people",
    params(("id" = i64, Path, description = "An account's number")),
    request_body = Place,
    responses((status = 204))
)]
async fn give_place(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(Place { staff }): Json<Place>,
) -> Result<StatusCode, Problem> {
    people::place::give(&console, &me, AccountId(id), staff.as_deref().map(StaffId::new)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody may sign in no more; they are out at once, everywhere.
#[utoipa::path(
    delete,
    path = "/people/{id}",
    tag = "people",
    params(("id" = String, Path, description = "As in the list of people")),
    responses((status = 204))
)]
async fn withdraw_person(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    people::withdraw(&console, &me, whom(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A link with which somebody chooses their password; earlier ones work no more.
#[utoipa::path(
    post,
    path = "/people/{id}/link",
    tag = "people",
    params(("id" = String, Path, description = "As in the list of people")),
    responses((status = 200, body = Link))
)]
async fn make_link(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<String>,
) -> Result<Json<Link>, Problem> {
    let (_, link) = people::make_link(&console, &me, whom(&id)?).await?;
    Ok(Json(Link { link }))
}

/// Texts somebody of the rota where the console is.
#[utoipa::path(
    post,
    path = "/people/{id}/invitation",
    tag = "people",
    params(("id" = String, Path, description = "As the rota file calls them")),
    responses((status = 204))
)]
async fn invite_person(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    people::invite(&console, &me, StaffId::new(id.trim_start_matches('@'))).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn whom(id: &str) -> Result<Whom, Problem> {
    Whom::read(id).ok_or(Problem::NotFound)
}
