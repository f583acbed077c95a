//! What would change, and what has, for programs: nothing here changes anything.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::ProblemOfText;
use crate::console::api::program::Reads;
use crate::console::rota::change::Asked;
use crate::console::rota::preview::{Foreseen, foresee};
use crate::console::rota::versions;
use crate::console::{Desk, Problem};
use crate::domain::access::Role;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(preview_change)).routes(routes!(version_difference))
}

/// What a change would do.
#[derive(Serialize, ToSchema)]
struct PreviewedChange {
    /// Whether it could be made.
    right: bool,
    /// The change itself, in words.
    told: String,
    /// What is different for whom.
    changes: Vec<String>,
    /// When nobody would be there in open hours. It can be made all the same.
    hole: Option<String>,
    /// Why it would be refused.
    problems: Vec<ProblemOfText>,
    /// Give it with the change, so that it is made to the file that was looked at.
    base: String,
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
struct DifferenceFields {
    /// Null: there was none before.
    from: Option<i64>,
    to: i64,
    /// As `diff -u` writes it; empty: nothing.
    difference: String,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Since {
    /// Which version it is held against; nothing: the one before.
    from: Option<i64>,
}

/// What a change would do; nothing is made.
#[utoipa::path(
    post,
    path = "/rota/changes/preview",
    tag = "rota",
    request_body = Asked,
    responses((status = 200, body = PreviewedChange))
)]
async fn preview_change(
    State(console): State<Desk>,
    Reads(me): Reads,
    Json(asked): Json<Asked>,
) -> Result<Json<PreviewedChange>, Problem> {
    let foreseen = foresee(&console, &me, &asked).await?;
    let (changes, problems) = match foreseen.changes(&console.rota(), me.language) {
        Ok(changes) => (changes, Vec::new()),
        Err(problems) => (Vec::new(), problems.iter().cloned().map(ProblemOfText::from).collect()),
    };
    let right = problems.is_empty();
    let Foreseen { told, hole, base, .. } = foreseen;
    Ok(Json(PreviewedChange { right, told, changes, hole, problems, base }))
}

/// What one version changed of the one before, or of any other.
#[utoipa::path(
    get,
    path = "/rota/versions/{id}/difference",
    tag = "rota",
    params(("id" = i64, Path), Since),
    responses((status = 200, body = DifferenceFields))
)]
async fn version_difference(
    State(console): State<Desk>,
    Reads(me): Reads,
    Path(id): Path<i64>,
    Query(since): Query<Since>,
) -> Result<Json<DifferenceFields>, Problem> {
    me.may(Role::Admin)?;
    let found = console.read(move |tx| {
        let Some((from, (to, text))) = versions::pair(tx, since.from, id)? else { return Ok(None) };
        let (from, before) = from.map_or((None, String::new()), |(version, text)| (Some(version.id), text));
        let difference = versions::unified(&before, &text);
        Ok(Some(DifferenceFields { from, to: to.id, difference }))
    });
    Ok(Json(found.await?.ok_or(Problem::NotFound)?))
}
