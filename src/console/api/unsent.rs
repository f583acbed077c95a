//! What the provider did not take, for programs.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::{Reads, Writes};
use crate::console::now::unsent::{self, Seen, Unsent, see_to};
use crate::console::{Desk, Problem};
use crate::domain::fields::iso;
use crate::domain::job::Outbound;
use crate::domain::staff::Reach;
use crate::store::jobs::{Job, JobId, JobState};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list_unsent)).routes(routes!(send_again)).routes(routes!(leave_unsent))
}

/// A text or a call that the provider did not take.
#[derive(Serialize, ToSchema)]
#[schema(as = Unsent)]
struct UnsentFields {
    id: i64,
    /// `text` or `call`; null: of an older version.
    kind: Option<&'static str>,
    /// A number or a SIP address.
    to: Option<String>,
    /// Given up: a person has to see to it. Else it is tried again by itself.
    given_up: bool,
    /// When it was given up, or is tried next.
    at: String,
    tries: u32,
    /// In the provider's words.
    why: Option<String>,
}

impl UnsentFields {
    fn of(job: &Job, zone: &TimeZone) -> Self {
        let (kind, to) = match unsent::outbound(job) {
            Some(Outbound::Text { to, .. }) => (Some("text"), Some(to.to_string())),
            Some(Outbound::Call { to: Reach::Phone(to), .. }) => (Some("call"), Some(to.to_string())),
            Some(Outbound::Call { to: Reach::Sip(to), .. }) => (Some("call"), Some(to)),
            None => (None, None),
        };
        Self {
            id: job.id.0,
            kind,
            to,
            given_up: job.state == JobState::Failed,
            at: iso(job.due, zone),
            tries: job.attempts,
            why: job.last_error.clone(),
        }
    }
}

/// What was given up in the last two days, and what is still being tried in vain.
#[utoipa::path(get, path = "/unsent", tag = "now", responses((status = 200, body = Vec<UnsentFields>)))]
async fn list_unsent(State(console): State<Desk>, _: Reads) -> Result<Json<Vec<UnsentFields>>, Problem> {
    let (at, rota) = (console.clock.now(), console.rota());
    let Unsent { failed, struggling } = console.read(move |tx| unsent::look(tx, at)).await?;
    Ok(Json(failed.iter().chain(&struggling).map(|job| UnsentFields::of(job, &rota.zone)).collect()))
}

/// A text that was given up is tried again. It is looked up first, so that nobody gets it twice.
#[utoipa::path(post, path = "/unsent/{id}/again", tag = "now", params(("id" = i64, Path)), responses((status = 204)))]
async fn send_again(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    see_to(&console, &me, JobId(id), Seen::SendAgain).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A person has seen that it was given up, and leaves it at that.
#[utoipa::path(post, path = "/unsent/{id}/seen", tag = "now", params(("id" = i64, Path)), responses((status = 204)))]
async fn leave_unsent(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    see_to(&console, &me, JobId(id), Seen::LetBe).await?;
    Ok(StatusCode::NO_CONTENT)
}
