//! The page Rehearse: make-believe phones that somebody answers, or does not.
//!
//! It lies here and not in the console, because a rehearsal starts a whole server with everything in it: whoever
//! starts the real one hands these pages to its console.

mod open;
mod stage;
mod told;
mod words;

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use maud::{Markup, html};
use serde::Deserialize;

use super::{ByHand, Caller, Move, PhoneMove, RehearsalError, Scene, Seen};
use crate::console::who::{Asked, back_to_edit, edit, fields, hidden, live_rota, refused, unsaved, wrong};
use crate::console::{Desk, Me, Nav, Page, Pages, Problem, REHEARSE_CSS, REHEARSE_JS};
use crate::domain::access::Role;
use crate::domain::caller;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::customers;
use open::{Open, Rehearsals};
use words::RehearseWords;

/// Its script asks for the part of the page that changes only.
const PART: &str = "x-part";

pub fn pages() -> Pages {
    let router = Router::new()
        .route("/console/rehearse", get(choose).post(begin))
        .route("/console/rehearse/another", post(choose_another))
        .route("/console/rehearse/{id}", get(show))
        .route("/console/rehearse/{id}/moves", post(make_move))
        .layer(Extension(Arc::new(Rehearsals::default())));
    Pages(router)
}

/// Who rings, which line, and when.
async fn choose(State(console): State<Desk>, me: Me, Query(asked): Query<Asked>) -> Response {
    let main = form(&console, &me, asked).await;
    page(&me).show(&console, &me, &main).into_response()
}

/// The same, with a rota that is too long for an address.
async fn choose_another(State(console): State<Desk>, me: Me, Form(asked): Form<Asked>) -> Response {
    choose(State(console), me, Query(asked)).await
}

async fn form(console: &Desk, me: &Me, mut asked: Asked) -> Markup {
    let words = RehearseWords(me.language);
    if !console.settings.providers.rehearsal {
        return html! { div .notice { p { (words.off()) } } };
    }
    if asked.caller.is_empty() {
        // One press on the button is enough to begin.
        let first = console.read(|tx| customers::newest(tx, None, 1)).await;
        asked.caller = first.ok().and_then(|mut first| first.pop()).map_or("withheld".to_owned(), |of| of.name);
    }
    html! {
        p { (words.intro()) }
        (which_rota(me, &asked))
        form method="post" action="/console/rehearse" {
            (edit(&asked))
            div .toolbar.asked { (fields(console, &console.rota(), &asked, me.language, words.begin()).await) }
        }
    }
}

/// Whether it is the rota that is live, or an edit of it.
fn which_rota(me: &Me, asked: &Asked) -> Markup {
    let words = RehearseWords(me.language);
    html! {
        @if asked.document.is_empty() { p .soft { (words.on_live()) } }
        @else { div .notice { p { (words.on_edit()) } (back_to_edit(me, asked)) } }
    }
}

async fn begin(
    State(console): State<Desk>,
    Extension(rehearsals): Extension<Arc<Rehearsals>>,
    me: Me,
    Form(asked): Form<Asked>,
) -> Result<Response, Problem> {
    // From the editor of the rota comes an edit, and nobody who rings yet.
    if asked.line.is_empty() && asked.caller.is_empty() {
        return Ok(choose(State(console), me, Query(asked)).await);
    }
    if !asked.document.is_empty() {
        me.may(Role::Staff)?;
    }
    let rota = match asked.document.as_str() {
        "" => live_rota(&console).await,
        document => match unsaved(&console, document.to_owned()).await? {
            Ok(rota) => rota,
            Err(problems) => return Ok(not_begun(&console, &me, asked, refused(&problems, me.language)).await),
        },
    };
    match start(&console, &rehearsals, &me, rota, &asked).await {
        Ok(id) => Ok(Redirect::to(&format!("/console/rehearse/{id}")).into_response()),
        Err(Problem::Wrong(why)) => Ok(not_begun(&console, &me, asked, wrong(&why)).await),
        Err(other) => Err(other),
    }
}

async fn not_begun(console: &Desk, me: &Me, asked: Asked, why: Markup) -> Response {
    let main = html! { (why) (form(console, me, asked).await) };
    (StatusCode::UNPROCESSABLE_ENTITY, page(me).show(console, me, &main)).into_response()
}

/// Begins a rehearsal and answers its id. Whoever has one already, has only the new one.
async fn start(
    console: &Desk,
    rehearsals: &Rehearsals,
    me: &Me,
    rota: Arc<Rota>,
    asked: &Asked,
) -> Result<String, Problem> {
    let words = RehearseWords(me.language);
    let line = asked.line(&rota, me.language)?.number;
    let at = asked.at(&rota, me.language)?.unwrap_or(console.clock.now());
    let (caller, from) = asked.whom(console, &rota, me.language).await?;
    // Of several that one person begins at once, each ends the one before.
    let turn = rehearsals.turn_of(me.account);
    let _turn = turn.lock().await;
    let place = rehearsals.place_for(me.account).ok_or_else(|| Problem::Wrong(words.full()))?;
    let from = from.map_or_else(|| "anonymous".to_owned(), |phone| phone.to_string());
    let customers = match caller {
        caller::Caller::Customer(customer) => vec![*customer],
        caller::Caller::Stranger(_) | caller::Caller::Unknown => Vec::new(),
    };
    let scene = Scene { settings: console.settings.clone(), rota, customers, caller: Caller::new(&from, line), at };
    let begun = ByHand::begin(scene).await;
    let (hand, _) = begun.map_err(|error| match error {
        RehearsalError::SwitchedOff => Problem::Wrong(words.off()),
        error => Problem::Wrong(words.failed(error)),
    })?;
    rehearsals.keep(Open::new(me.account, hand, asked.clone(), place)).ok_or(Problem::NotFound)
}

async fn show(
    State(console): State<Desk>,
    Extension(rehearsals): Extension<Arc<Rehearsals>>,
    me: Me,
    Path(id): Path<String>,
) -> Response {
    let Some(open) = rehearsals.of(&id, me.account) else { return gone(&console, &me) };
    match open.hand.moves(Move::Waits { seconds: 0 }).await {
        Ok(seen) => shown(&console, &me, &id, &open, &seen),
        Err(_) => gone(&console, &me),
    }
}

#[derive(Deserialize)]
struct Pressed {
    /// As the buttons have it.
    r#move: String,
}

async fn make_move(
    State(console): State<Desk>,
    Extension(rehearsals): Extension<Arc<Rehearsals>>,
    me: Me,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(Pressed { r#move }): Form<Pressed>,
) -> Result<Response, Problem> {
    let Some(open) = rehearsals.of(&id, me.account) else { return Ok(gone(&console, &me)) };
    let what = read_move(&r#move).ok_or(Problem::NotFound)?;
    match open.hand.moves(what).await {
        Ok(seen) if headers.contains_key(PART) => Ok(stage::stage(&id, &open, &seen, me.language).into_response()),
        Ok(_) => Ok(Redirect::to(&format!("/console/rehearse/{id}")).into_response()),
        Err(_) => Ok(gone(&console, &me)),
    }
}

fn shown(console: &Desk, me: &Me, id: &str, open: &Open, seen: &Seen) -> Response {
    let words = RehearseWords(me.language);
    let main = html! {
        (which_rota(me, &open.asked))
        noscript { p .notice { (words.no_script()) } }
        (stage::controls(me.language))
        (stage::stage(id, open, seen, me.language))
        h2 { (words.again()) }
        form .row method="post" action="/console/rehearse" {
            (hidden(&open.asked))
            button { (words.the_same()) }
            button .quiet formaction="/console/rehearse/another" { (words.another()) }
        }
    };
    page(me).script(&REHEARSE_JS).show(console, me, &main).into_response()
}

/// It has ended, or it is somebody else's.
fn gone(console: &Desk, me: &Me) -> Response {
    let words = RehearseWords(me.language);
    let main = html! {
        div .notice { p { (words.over()) } }
        p { a .button href="/console/rehearse" { (words.begin_another()) } }
    };
    (StatusCode::GONE, page(me).show(console, me, &main)).into_response()
}

fn page(me: &Me) -> Page {
    Page::new(Nav::Rehearse, RehearseWords(me.language).title()).style(&REHEARSE_CSS)
}

/// `answers:priya`, `key-1:priya`, `waits:5`, `goes-on`.
fn read_move(text: &str) -> Option<Move> {
    let (word, of) = text.split_once(':').unwrap_or((text, ""));
    let what = match word {
        "waits" => return of.parse().ok().map(|seconds| Move::Waits { seconds }),
        "goes-on" => return Some(Move::GoesOn),
        "caller-speaks" => return Some(Move::CallerSpeaks),
        "caller-hangs-up" => return Some(Move::CallerHangsUp),
        "answers" => PhoneMove::Answers,
        "declines" => PhoneMove::Declines,
        "busy" => PhoneMove::Busy,
        "unreachable" => PhoneMove::Unreachable,
        "voicemail" => PhoneMove::Voicemail,
        "hangs-up" => PhoneMove::HangsUp,
        other => PhoneMove::Presses(key(other.strip_prefix("key-")?)?),
    };
    Some(Move::Phone { who: StaffId::new(of), what })
}

fn key(text: &str) -> Option<char> {
    let key = text.parse().ok()?;
    matches!(key, '0'..='9' | '*' | '#').then_some(key)
}
