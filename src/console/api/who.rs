//! Who would ring, for programs.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::Reads;
use crate::console::who::{self, ask, live_rota};
use crate::console::{Desk, Problem};
use crate::domain::access::Role;
use crate::domain::words::Language;
use crate::domain::would_ring::Fields;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(who_would_ring)).routes(routes!(who_would_ring_if))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Asked {
    /// A number in any spelling, a customer's name, or `withheld`; nothing: anybody.
    caller: String,
    /// Nothing: the first of the rota.
    line: String,
    /// On the business's wall clock, `2026-07-15T10:02`; nothing: now.
    at: String,
}

/// A call on a rota that is not saved.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct If {
    caller: String,
    line: String,
    at: String,
    /// The whole rota file as it would be.
    document: String,
}

/// Who would ring, how long and why; who would not, and why not.
#[utoipa::path(get, path = "/who", tag = "who", params(Asked), responses((status = 200, body = Fields)))]
async fn who_would_ring(
    State(console): State<Desk>,
    _: Reads,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let Asked { caller, line, at } = asked;
    let asked = who::Asked { caller, line, at, ..who::Asked::default() };
    let would = ask(&console, &live_rota(&console).await, &asked, Language::English).await?;
    Ok(Json(would.fields()).into_response())
}

/// The same on a rota that is not saved; nothing is changed.
#[utoipa::path(post, path = "/who", tag = "who", request_body = If, responses((status = 200, body = Fields)))]
async fn who_would_ring_if(
    State(console): State<Desk>,
    Reads(me): Reads,
    Json(asked): Json<If>,
) -> Result<Response, Problem> {
    me.may(Role::Staff)?;
    let If { caller, line, at, document } = asked;
    let rota = match who::unsaved(&console, document).await? {
        Ok(rota) => rota,
        Err(problems) => {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            return Err(Problem::Wrong(told.join(" ")));
        }
    };
    let asked = who::Asked { caller, line, at, ..who::Asked::default() };
    let would = ask(&console, &rota, &asked, Language::English).await?;
    Ok(Json(would.fields()).into_response())
}
