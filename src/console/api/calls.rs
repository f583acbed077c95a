//! Calls, for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cursor::{Piece, cursor, place};
use super::program::{Reads, Writes};
use crate::console::calls::{self, CallsWords, Filter, Noted, Searched};
use crate::console::{Desk, Problem};
use crate::domain::fields::{CallFields, PromiseFields};
use crate::domain::outcome::Kind;
use crate::domain::words::Language;
use crate::store::calls::More;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list_calls)).routes(routes!(get_call)).routes(routes!(note_call))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Asked {
    /// A number, a customer's name, or a call's id.
    text: String,
    /// A customer's id.
    customer: Option<i64>,
    line: String,
    /// How it ended.
    #[param(pattern = "^(reached|promised|hung_up|blocked)$")]
    outcome: Option<String>,
    /// Whose phone rang, as the rota file calls them.
    who: String,
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// The `next` of the piece before.
    cursor: Option<String>,
}

/// A call, the promise it led to, and what staff noted.
#[derive(Serialize, ToSchema)]
struct CallInFull {
    #[serde(flatten)]
    call: CallFields,
    promise: Option<PromiseFields>,
    note: Option<String>,
    /// Another one for every note, and for none: give it as `seen`, so that nobody else's note is overwritten.
    note_fingerprint: String,
    message: Option<MessageFields>,
}

/// What the caller said after the tone.
#[derive(Serialize, ToSchema)]
#[schema(as = Message)]
struct MessageFields {
    seconds: Option<u32>,
    transcript: Option<String>,
    /// Where it can be listened to, for an hour.
    recording: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Note {
    /// Nothing: the note is taken away.
    #[schema(max_length = 2000)]
    text: String,
    /// The `note_fingerprint` of what was there. Without it the note is written over, whatever it says.
    #[serde(default)]
    seen: Option<String>,
}

/// Calls, the newest first.
#[utoipa::path(get, path = "/calls", tag = "calls", params(Asked), responses((status = 200, body = Piece<CallFields>)))]
async fn list_calls(
    State(console): State<Desk>,
    _: Reads,
    Query(asked): Query<Asked>,
) -> Result<Json<Piece<CallFields>>, Problem> {
    let before = place::<uuid::Uuid>(asked.cursor.as_deref())?;
    if let Some(word) = asked.outcome.as_deref().filter(|word| Kind::of_word(word).is_none()) {
        return Err(Problem::Wrong(format!("No call ends `{word}`: they are reached, promised, hung_up or blocked.")));
    }
    let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let filter = Filter {
        text: asked.text,
        customer: asked.customer.map_or_else(String::new, |id| id.to_string()),
        line: asked.line,
        outcome: asked.outcome.unwrap_or_default(),
        who: asked.who,
        from: text(asked.from),
        to: text(asked.to),
        before: before.map_or_else(String::new, |id| id.to_string()),
        after: String::new(),
    };
    let rota = console.rota();
    let page = match calls::look(&console, Language::English, &filter).await? {
        Searched::Call(id) => {
            let found = calls::one(&console, Language::English, &id.0.to_string()).await?;
            return Ok(Json(Piece { items: vec![CallFields::of(&found.call, &rota.zone)], next: None }));
        }
        Searched::Calls(listed) => listed.page,
    };
    let next = match page.more {
        More::No => None,
        More::Yes => page.calls.last().map(|last| last.call.id),
        More::Perhaps(call, _) => Some(call),
    };
    Ok(Json(Piece {
        items: page.calls.iter().map(|stored| CallFields::of(&stored.call, &rota.zone)).collect(),
        next: next.map(|id| cursor(&id.0.to_string())),
    }))
}

/// One call, with why each person was rung or not.
#[utoipa::path(
    get,
    path = "/calls/{call}",
    tag = "calls",
    params(("call" = String, Path, description = "Its id, the beginning of it, or the provider's id")),
    responses((status = 200, body = CallInFull))
)]
async fn get_call(
    State(console): State<Desk>,
    _: Reads,
    Path(call): Path<String>,
) -> Result<Json<CallInFull>, Problem> {
    let found = calls::one(&console, Language::English, &call).await?;
    let zone = &console.rota().zone;
    let message = found.call.message.as_ref().map(|left| MessageFields {
        seconds: left.seconds,
        transcript: left.transcript.clone(),
        recording: left.recording.is_some().then(|| calls::recording(&console, found.call.id)),
    });
    Ok(Json(CallInFull {
        message,
        call: CallFields::of(&found.call, zone),
        promise: found.promise.map(|promise| PromiseFields::of(&promise, zone)),
        note_fingerprint: calls::mark(found.note.as_ref()),
        note: found.note.map(|note| note.text),
    }))
}

/// Writes what is to be remembered of a call in the place of what was.
#[utoipa::path(
    put,
    path = "/calls/{call}/note",
    tag = "calls",
    params(("call" = String, Path, description = "Its id")),
    request_body = Note,
    responses((status = 200, body = CallInFull))
)]
async fn note_call(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(call): Path<String>,
    Json(note): Json<Note>,
) -> Result<Json<CallInFull>, Problem> {
    if let Noted::Changed(_) = calls::note(&console, &me, &call, &note.text, note.seen.as_deref()).await? {
        return Err(Problem::Conflict(CallsWords(Language::English).note_changed()));
    }
    get_call(State(console), Reads(me), Path(call)).await
}
