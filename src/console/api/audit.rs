//! Who changed what, for programs.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cursor::{Piece, cursor, place};
use super::program::Reads;
use crate::console::{Desk, Problem, audit};
use crate::domain::access::{AccountId, Deed, Via};
use crate::domain::fields::iso;
use crate::store::audit::{Entry, EntryId, Wanted};

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(list_changes))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Asked {
    /// An account's id.
    by: Option<i64>,
    /// As in `what` of an entry: `changed a customer`.
    what: Option<String>,
    /// As in `subject` of an entry: `customer 7`.
    subject: Option<String>,
    /// The `next` of the piece before.
    cursor: Option<String>,
}

/// A change.
#[derive(Serialize, ToSchema)]
struct Change {
    id: i64,
    at: String,
    /// The account; null for the command line and the rota file on the disk.
    account: Option<i64>,
    /// Empty where it is not known.
    name: String,
    /// `session`, `token`, `text`, `file` or `command`.
    via: &'static str,
    /// Which token it was.
    token: Option<String>,
    what: &'static str,
    subject: String,
    before: Option<Value>,
    after: Option<Value>,
}

/// Who changed what, the newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(Asked), responses((status = 200, body = Piece<Change>)))]
async fn list_changes(
    State(console): State<Desk>,
    Reads(me): Reads,
    Query(asked): Query<Asked>,
) -> Result<Json<Piece<Change>>, Problem> {
    let older: Option<i64> = place(asked.cursor.as_deref())?;
    let unknown = |word: String| Problem::Wrong(format!("Nothing that is noted is called `{word}`."));
    let what = asked.what.map(|word| Deed::from_word(&word).ok_or_else(|| unknown(word))).transpose()?;
    let wanted = Wanted { by: asked.by.map(AccountId), what, subject: asked.subject };
    let found = audit::find(&console, &me, wanted, older.map(EntryId)).await?;
    let zone = &console.rota().zone;
    let change = |(id, entry): (EntryId, Entry)| {
        let (via, token) = match entry.who.via {
            Via::Session => ("session", None),
            Via::Token(name) => ("token", Some(name)),
            Via::Text => ("text", None),
            Via::File => ("file", None),
            Via::Command => ("command", None),
        };
        Change {
            id: id.0,
            at: iso(entry.at, zone),
            account: entry.who.account.map(|account| account.0),
            name: entry.who.name,
            via,
            token,
            what: entry.what.word(),
            subject: entry.subject,
            before: entry.before,
            after: entry.after,
        }
    };
    Ok(Json(Piece {
        items: found.entries.into_iter().map(change).collect(),
        next: found.older.map(|id| cursor(&id.0.to_string())),
    }))
}
