//! Calls: the history with search and filters, and one call as a timeline.

mod filter;
mod list;
mod one;
mod words;

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;

pub(in crate::console) use filter::Filter;
pub(in crate::console) use list::{Searched, look};
pub(in crate::console) use one::{Noted, mark, note, one};
pub(in crate::console) use words::CallsWords;

use one::One;

use super::assets::CALLS_CSS;
use super::words::Words;
use super::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::call::{Call, CallId, Message};
use crate::domain::caller::Party;
use crate::domain::outcome::{Kind, Outcome};
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::ticket::MessageTicket;

/// How long a page may stay open before its recordings no longer play.
const LISTEN_FOR: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/calls", get(show_list))
        .route("/console/calls/{call}", get(show_one))
        .route("/console/calls/{call}/note", post(write_note))
}

async fn show_list(State(console): State<Desk>, me: Me, Query(filter): Query<Filter>) -> Result<Response, Problem> {
    let title = Words(me.language).calls();
    let main = match look(&console, me.language, &filter).await? {
        Searched::Call(id) => return Ok(Redirect::to(&address(id)).into_response()),
        Searched::Calls(listed) => list::page(&console, &me, &filter, &listed),
    };
    Ok(Page::new(Nav::Calls, title).style(&CALLS_CSS).show(&console, &me, &main).into_response())
}

async fn show_one(State(console): State<Desk>, me: Me, Path(typed): Path<String>) -> Result<Response, Problem> {
    let found = one(&console, me.language, &typed).await?;
    if found.call.id.0.to_string() != typed {
        return Ok(Redirect::to(&address(found.call.id)).into_response());
    }
    Ok(page_of(&console, &me, &found, None).into_response())
}

fn page_of(console: &Console, me: &Me, found: &One, unsaved: Option<&str>) -> Markup {
    let title = CallsWords(me.language).call_of(caller(&found.call, me.language));
    let main = one::page(console, me, found, unsaved);
    Page::new(Nav::Calls, title).show(console, me, &main)
}

#[derive(Deserialize)]
struct NoteForm {
    #[serde(default)]
    note: String,
    /// The mark of what was shown.
    seen: Option<String>,
}

async fn write_note(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Form(form): Form<NoteForm>,
) -> Result<Response, Problem> {
    match note(&console, &me, &typed, &form.note, form.seen.as_deref()).await? {
        Noted::Written(id) => Ok(Redirect::to(&format!("{}#note", address(id))).into_response()),
        Noted::Changed(id) => {
            let found = one(&console, me.language, &id.0.to_string()).await?;
            Ok((StatusCode::CONFLICT, page_of(&console, &me, &found, Some(&form.note))).into_response())
        }
    }
}

pub(in crate::console) fn address(call: CallId) -> String {
    format!("/console/calls/{}", call.0)
}

/// Whoever rang, as they are called or by their number.
pub(in crate::console) fn caller(call: &Call, language: Language) -> String {
    match (&call.customer, &call.from) {
        (Some(customer), _) => customer.name.clone(),
        (None, Party::Known(phone)) => phone.spaced(),
        (None, Party::Sip(address)) => address.clone(),
        (None, Party::Withheld) => Words(language).withheld(),
    }
}

/// As it was when the call came in; somebody may have left since.
pub(in crate::console) fn name(call: &Call, who: &StaffId, rota: &Rota) -> String {
    let of_plan = call.plan.steps.iter().find(|step| step.who == *who);
    of_plan.map_or_else(|| rota.name(who).to_owned(), |step| step.name.clone())
}

pub(in crate::console) fn badge(call: &Call, words: CallsWords) -> Markup {
    let word = words.state(&call.state);
    match call.outcome().map(Outcome::kind) {
        None => html! { span .badge .dot { (word) } },
        Some(Kind::Reached) => html! { span .badge .good { (word) } },
        Some(Kind::Promised) => html! { span .badge { (word) } },
        Some(Kind::HungUp) => html! { span .badge .warn { (word) } },
        Some(Kind::Blocked) => html! { span .badge .quiet { (word) } },
    }
}

/// Where what a caller said can be listened to, for an hour.
pub(in crate::console) fn recording(console: &Console, call: CallId) -> String {
    let expires = (console.clock.now() + LISTEN_FOR).as_second();
    console.operator.desk().message_address(&MessageTicket { call, expires })
}

/// What a caller said after the tone: to listen to, to keep, to read.
pub(in crate::console) fn message(console: &Console, call: CallId, left: &Message, language: Language) -> Markup {
    let words = CallsWords(language);
    let address = recording(console, call);
    let path = path_of(&address);
    html! {
        @if left.recording.is_some() {
            p { audio controls preload="none" src=(path) aria-label=(words.listen()) {} }
            p { a href=(path) download={ "message-" (call.0) ".mp3" } { (words.download()) } }
        }
        h3 { (words.transcript()) }
        @match left.transcript.as_deref().map(str::trim).filter(|said| !said.is_empty()) {
            Some(said) => { blockquote { p { (said) } } }
            None => { p .soft { (words.no_transcript()) } }
        }
    }
}

/// Without scheme and host: a browser may know us by another name than the provider does.
fn path_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |scheme| scheme + 3);
    let path = address.get(host..).and_then(|rest| rest.find('/')).map_or(0, |slash| host + slash);
    address.get(path..).unwrap_or_default()
}
