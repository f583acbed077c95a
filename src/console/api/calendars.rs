//! Links to calendars, for programs.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::{Reads, Writes};
use crate::console::rota::calendars;
use crate::console::{Desk, Problem};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list_calendars, make_calendar_link, end_calendar_link))
}

/// A calendar, and the secret link to it.
#[derive(Serialize, ToSchema)]
struct Calendar {
    /// Null: everybody's.
    who: Option<String>,
    /// Null: none has been made.
    link: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Whose {
    /// Null: everybody's.
    who: Option<String>,
}

/// The calendars that one may see.
#[utoipa::path(get, path = "/calendars", tag = "rota", responses((status = 200, body = Vec<Calendar>)))]
async fn list_calendars(State(console): State<Desk>, Reads(me): Reads) -> Result<Json<Vec<Calendar>>, Problem> {
    let links = calendars::links(&console, &me).await?.into_iter().map(|(secret, who)| Calendar {
        who: who.map(|who| who.to_string()),
        link: secret.map(|secret| calendars::address(&console, &secret)),
    });
    Ok(Json(links.collect()))
}

/// Makes a link to a calendar; the one before works no more.
#[utoipa::path(
    post,
    path = "/calendars",
    tag = "rota",
    request_body = Whose,
    responses((status = 201, body = Calendar))
)]
async fn make_calendar_link(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(Whose { who }): Json<Whose>,
) -> Result<(StatusCode, Json<Calendar>), Problem> {
    let link = calendars::make_link(&console, &me, who.as_deref().unwrap_or_default()).await?;
    Ok((StatusCode::CREATED, Json(Calendar { who, link: Some(link) })))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Ended {
    /// Without it everybody's.
    who: Option<String>,
}

/// The link to a calendar leads nowhere any more.
#[utoipa::path(delete, path = "/calendars", tag = "rota", params(Ended), responses((status = 204)))]
async fn end_calendar_link(
    State(console): State<Desk>,
    Writes(me): Writes,
    Query(Ended { who }): Query<Ended>,
) -> Result<StatusCode, Problem> {
    calendars::end_link(&console, &me, who.as_deref().unwrap_or_default()).await?;
    Ok(StatusCode::NO_CONTENT)
}
