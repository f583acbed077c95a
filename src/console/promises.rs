//! Promises: by owner, what is due first, and what one does about them.

mod act;
mod list;
mod one;
mod words;

use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

pub(in crate::console) use act::{Told, call_back, say};
pub(in crate::console) use list::card;
pub(in crate::console) use words::PromisesWords;

use super::words::Words;
use super::{Desk, Me, Nav, Page, Problem};
use crate::domain::access::Role;
use crate::domain::phone::Phone;
use crate::domain::promise::{Promise, PromiseId};
use crate::domain::words::Language;
use crate::operator::in_person::OfPromise;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/promises", get(show_list))
        .route("/console/promises/{promise}", get(show_one))
        .route("/console/promises/{promise}/{deed}", post(do_it))
}

/// In the address of a page that is shown after something was done.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(in crate::console) struct After {
    pub(in crate::console) did: String,
    /// To which promise.
    promise: String,
}

async fn show_list(State(console): State<Desk>, me: Me, Query(after): Query<After>) -> Result<Markup, Problem> {
    let title = Words(me.language).promises();
    let main = list::page(&console, &me).await?;
    let main = html! { (notice(&after, &me, "list")) (main) };
    Ok(Page::new(Nav::Promises, title).show(&console, &me, &main))
}

async fn show_one(
    State(console): State<Desk>,
    me: Me,
    Path(promise): Path<String>,
    Query(after): Query<After>,
) -> Result<Markup, Problem> {
    let promise = one::get(&console, read(&promise)?).await?;
    let title = format!("{}: {}", PromisesWords(me.language).title_one(promise.id.0), whom(&promise, me.language));
    let main = html! { (notice(&after, &me, "")) (one::page(&console, &me, &promise)) };
    Ok(Page::new(Nav::Promises, title).show(&console, &me, &main))
}

/// Of every button; each sends what it needs.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Deed {
    follow: String,
    /// A wall clock time of the business, as a browser writes it.
    at: String,
    /// A button for a time: `1h`, `3h`, `tomorrow`.
    within: String,
    why: String,
    /// In seconds since 1970: the time in the draft that was shown.
    due: String,
    sorted: String,
    /// The page to return to.
    back: String,
}

async fn do_it(
    State(console): State<Desk>,
    me: Me,
    Path((promise, deed)): Path<(String, String)>,
    Form(form): Form<Deed>,
) -> Result<Response, Problem> {
    let id = read(&promise)?;
    let said = match deed.as_str() {
        "call-back" => None,
        "done" => Some(OfPromise::Done { follow: !form.follow.is_empty() }),
        "later" => Some(OfPromise::Later { due: act::time(&console, me.language, &form.within, &form.at)? }),
        "let-go" => Some(OfPromise::LetGo { why: form.why }),
        "apology" => Some(OfPromise::Apologise { due: act::drafted(me.language, &form.due)? }),
        "sorted" => Some(OfPromise::Sorted(form.sorted == "yes")),
        "reopen" => Some(OfPromise::Reopen),
        _ => return Err(Problem::NotFound),
    };
    let told = match said {
        None => call_back(&console, &me, id).await?,
        Some(said) => say(&console, &me, id, said).await?,
    };
    let page = match form.back.as_str() {
        "mine" => Nav::Mine.address().to_owned(),
        "list" => Nav::Promises.address().to_owned(),
        _ => address(id),
    };
    Ok(Redirect::to(&format!("{page}?did={}&promise={}", told.word(), id.0)).into_response())
}

fn read(promise: &str) -> Result<PromiseId, Problem> {
    promise.parse().map(PromiseId).map_err(|_| Problem::NotFound)
}

pub(in crate::console) fn address(promise: PromiseId) -> String {
    format!("/console/promises/{}", promise.0)
}

/// Who waits for the call.
pub(in crate::console) fn whom(promise: &Promise, language: Language) -> String {
    let number = || promise.number.map(Phone::spaced);
    promise.name.clone().or_else(number).unwrap_or_else(|| Words(language).withheld())
}

/// What came of the button that was pressed on the page `back`, and the way to take it back.
pub(in crate::console) fn notice(after: &After, me: &Me, back: &str) -> Markup {
    let told = Told::of_word(&after.did);
    let promise = read(&after.promise).ok().filter(|_| me.role.may(Role::Staff));
    html! {
        @if let Some(told) = told {
            div .notice .good[told.changed()] .warn[!told.changed()] role="status" {
                div .row .apart {
                    p { (told.words(me.language)) }
                    @if let (Some(promise), Told::Done | Told::LetGo) = (promise, told) {
                        form method="post" action={ (address(promise)) "/reopen" } {
                            input type="hidden" name="back" value=(back);
                            button .quiet { (PromisesWords(me.language).undo()) }
                        }
                    }
                }
            }
        }
    }
}
