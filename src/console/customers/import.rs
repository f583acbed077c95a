//! A customer list: looked at first, taken in when somebody says so.

mod beyond;
mod lists;
mod upload;
mod words;

pub(in crate::console) use lists::{Lists, at_once};

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Form, Router};
use data_encoding::BASE64URL_NOPAD;
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::address;
use super::sheet::{Field, differences};
use super::words::CustomersWords;
use crate::console::assets::IMPORT_JS;
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::customer_list::{self, ImportError, Imported, Weight};
use crate::domain::access::Role;
use crate::domain::words::Language;
use lists::{List, Shown, Stage};
use upload::Upload;
use words::ImportWords;

/// Where a list is sent. It is longer than what any other page is sent.
pub(in crate::console) const LIST_PATH: &str = "/console/customers/import";

/// Rows that are shown; the rest is told as a number.
const SHOWN_MAX: usize = 100;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(LIST_PATH, get(form).post(take))
        .route("/console/customers/import/{key}", get(show))
        .route("/console/customers/import/{key}/part", get(part))
        .route("/console/customers/import/{key}/go", post(go))
        .route("/console/customers/import/{key}/stop", post(stop))
        .route("/console/customers/import/{key}/left-out.csv", get(left_out))
}

/// Whether whoever asks may send a list: asked before any of it is read.
pub(in crate::console) async fn admits_list(console: &Desk, mut head: Parts) -> bool {
    Me::from_request_parts(&mut head, console).await.is_ok_and(|me| me.role.may(Role::Admin))
}

async fn form(State(console): State<Desk>, me: Me) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    let (words, all) = (ImportWords(me.language), CustomersWords(me.language));
    let main = html! {
        p { (words.what()) }
        pre tabindex="0" { "name,phone,usual,language,note,tags,blocked\nMrs Okafor,07700 900201,priya,en,Boiler,vip,\n" }
        p .soft { (words.rules()) }
        (names_of_columns(words))
        form method="post" enctype="multipart/form-data" {
            div .field {
                label for="list" { (words.file()) }
                input #list type="file" name="list" accept=".csv,.txt,.tsv,text/csv,text/plain" required;
            }
            p { button { (words.look()) } }
        }
        h2 { (words.or_paste()) }
        form method="post" enctype="multipart/form-data" {
            div .field {
                label for="pasted" { (words.rows()) }
                textarea #pasted name="pasted" rows="6" required spellcheck="false" {}
            }
            p .row {
                button .quiet { (words.look()) }
                a .button.quiet href=(Nav::Customers.address()) { (Words(me.language).cancel()) }
            }
        }
    };
    Ok(Page::new(Nav::Customers, all.import()).show(&console, &me, &main))
}

/// By which words each column is known.
fn names_of_columns(words: ImportWords) -> Markup {
    html! {
        details {
            summary { (words.names_of_columns()) }
            dl {
                @for (name, known) in customer_list::column_words() {
                    dt { code { (name) } } dd { (known.join(", ")) }
                }
            }
        }
    }
}

/// The server has put the body into a file already.
async fn take(
    State(console): State<Desk>,
    me: Me,
    headers: HeaderMap,
    body: Option<Extension<Arc<File>>>,
) -> Result<Redirect, Problem> {
    me.may(Role::Admin)?;
    let words = ImportWords(me.language);
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let Some(Extension(file)) = body else { return Err(Problem::Wrong(words.no_list())) };
    let upload = tokio::task::spawn_blocking(move || Upload::of(file, &kind)).await;
    let upload = upload.ok().and_then(Result::ok).flatten().ok_or_else(|| Problem::Wrong(words.no_list()))?;
    let key = begin(&console, &me, upload)?;
    Ok(Redirect::to(&format!("{LIST_PATH}/{key}")))
}

/// Begins to look at a list; answers the key under which it is found.
fn begin(console: &Desk, me: &Me, upload: Upload) -> Result<String, Problem> {
    let place = console.lists.place().ok_or_else(|| busy(me.language))?;
    let key = BASE64URL_NOPAD.encode(&console.chance());
    let list = console.lists.add(key, upload, me.who());
    lists::look(console, Arc::clone(&list), place);
    Ok(list.key.clone())
}

/// All places for long work are taken.
pub(super) fn busy(language: Language) -> Problem {
    Problem::Wrong(ImportWords(language).busy())
}

fn found(console: &Desk, me: &Me, key: &str) -> Result<Arc<List>, Problem> {
    me.may(Role::Admin)?;
    console.lists.get(key).ok_or(Problem::NotFound)
}

async fn show(State(console): State<Desk>, me: Me, Path(key): Path<String>) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let Some(list) = console.lists.get(&key) else {
        return Ok((StatusCode::NOT_FOUND, gone(&console, &me)).into_response());
    };
    let main = html! {
        div #import data-poll=[list.is_busy().then(|| format!("{LIST_PATH}/{key}/part"))] {
            (picture(&console, &me, &list))
        }
    };
    let words = CustomersWords(me.language);
    Ok(Page::new(Nav::Customers, words.import()).script(&IMPORT_JS).show(&console, &me, &main).into_response())
}

/// Lists live in this process: whoever comes back to one after a restart is told what that means for it.
fn gone(console: &Desk, me: &Me) -> Markup {
    let words = ImportWords(me.language);
    let main = html! {
        div .notice.warn role="status" { p { (words.gone()) } }
        p { a .button href=(LIST_PATH) { (words.send_again()) } }
    };
    Page::new(Nav::Customers, CustomersWords(me.language).import()).show(console, me, &main)
}

/// How far it is, for the script that asks now and then. The page is asked for again when this says `x-over`.
async fn part(State(console): State<Desk>, me: Me, Path(key): Path<String>) -> Result<Response, Problem> {
    let list = found(&console, &me, &key)?;
    let mut response = picture(&console, &me, &list).into_response();
    if !list.is_busy() {
        response.headers_mut().insert("x-over", HeaderValue::from_static("yes"));
    }
    Ok(response)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    /// Not empty: what the list does not have is taken away.
    replace: String,
}

async fn go(
    State(console): State<Desk>,
    me: Me,
    Path(key): Path<String>,
    Form(wish): Form<Wish>,
) -> Result<Redirect, Problem> {
    me.may(Role::Admin)?;
    // The page of a list that is gone tells why.
    if let Some(list) = console.lists.get(&key) {
        let place = console.lists.place().ok_or_else(|| busy(me.language))?;
        lists::take_in(&console, list, !wish.replace.is_empty(), place);
    }
    Ok(Redirect::to(&format!("{LIST_PATH}/{key}")))
}

async fn stop(State(console): State<Desk>, me: Me, Path(key): Path<String>) -> Result<Redirect, Problem> {
    me.may(Role::Admin)?;
    if let Some(list) = console.lists.get(&key) {
        list.stop();
    }
    Ok(Redirect::to(&format!("{LIST_PATH}/{key}")))
}

/// The rows that were left out, as they are in the file, with why: put right, they can be taken in.
async fn left_out(State(console): State<Desk>, me: Me, Path(key): Path<String>) -> Result<Response, Problem> {
    let list = found(&console, &me, &key)?;
    let writing = tokio::task::spawn_blocking(move || {
        let shown = list.shown();
        let bad = shown.problems.left_out.iter();
        let reasons: BTreeMap<u64, String> =
            bad.map(|problem| (problem.line, problem.reason.in_words(me.language))).collect();
        let mut rows = Vec::new();
        customer_list::rows_at(list.upload.read(), &reasons, &mut rows).map(|()| rows)
    });
    let rows = writing.await.ok().and_then(Result::ok).ok_or(Problem::NotFound)?;
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"left-out.csv\"")];
    Ok((headers, rows).into_response())
}

fn picture(console: &Desk, me: &Me, list: &List) -> Markup {
    let words = ImportWords(me.language);
    let shown = list.shown();
    let at = |what: &str| format!("{LIST_PATH}/{}/{what}", list.key);
    match &shown.stage {
        Stage::Looking => progress(me, list, &shown, &words.looking(), &words.stop_looking()),
        Stage::TakingIn => progress(me, list, &shown, &words.taking_in(), &words.stop()),
        Stage::LookedAt(seen) => html! {
            h2 { (words.would()) }
            (counts(me, seen, words))
            @if seen.stopped { div .notice.warn { p { (words.look_stopped()) } } }
            @if (seen.added + seen.updated > 0 || !seen.beyond.is_nothing()) && !seen.stopped {
                section {
                    form method="post" action=(at("go")) {
                        (beyond::tick(me.language, &seen.beyond))
                        p .row {
                            @let count = seen.added + seen.updated;
                            button { @if count > 0 { (words.go(times::number(me.language, wide(count)))) } @else { (Words(me.language).save()) } }
                            a .button.quiet href=(LIST_PATH) { (words.another()) }
                        }
                    }
                }
            } @else {
                p { (words.nothing_to_do()) " " a href=(LIST_PATH) { (words.another()) } }
            }
            (problems(me, list, &shown, seen))
            (changes(console, me, &shown))
        },
        Stage::TakenIn(done) => html! {
            @if done.stopped {
                div .notice.warn role="status" { p { (words.stopped()) } }
            } @else {
                div .notice.good role="status" { p { (words.done()) } }
            }
            (counts(me, done, words))
            (beyond::done(me.language, &done.beyond, shown.replaces))
            (problems(me, list, &shown, done))
            p .row {
                a .button href=(Nav::Customers.address()) { (CustomersWords(me.language).title()) }
                a .button.quiet href=(LIST_PATH) { (words.another()) }
            }
        },
        Stage::Failed(why) => html! {
            div .notice.bad role="alert" { p { (words.failed(failure(why, words))) } }
            @if shown.so_far != Imported::default() { (counts(me, &shown.so_far, words)) }
            (problems(me, list, &shown, &shown.so_far))
            (names_of_columns(words))
            p { a .button href=(LIST_PATH) { (words.another()) } }
        },
    }
}

fn failure(why: &ImportError, words: ImportWords) -> String {
    match why {
        ImportError::Header { line, reason } => words.at_line(line, reason.in_words(words.0)),
        ImportError::Unreadable(_) | ImportError::Store(_) => why.to_string(),
    }
}

fn progress(me: &Me, list: &List, shown: &Shown, what: &str, stop: &str) -> Markup {
    let words = ImportWords(me.language);
    let percent = shown.bytes_done.saturating_mul(100) / list.upload.bytes().max(1);
    html! {
        p .big { label for="progress" { (what) } }
        p { progress #progress max="100" value=(percent) { (percent) " %" } " " span .number { (percent) " %" } }
        @if let Stage::TakingIn = shown.stage { p .soft { (words.calls_go_on()) } }
        form .row method="post" action={ (LIST_PATH) "/" (list.key) "/stop" } {
            button .quiet { (stop) }
            a .no-script href={ (LIST_PATH) "/" (list.key) } { (words.look_again()) }
        }
    }
}

fn counts(me: &Me, counted: &Imported, words: ImportWords) -> Markup {
    let rows = [
        (words.added(), counted.added),
        (words.updated(), counted.updated),
        (words.unchanged(), counted.unchanged),
        (words.left_out(), counted.left_out),
        (words.warnings(), counted.warnings),
    ];
    html! {
        ul .cards {
            @for (what, count) in rows { li .card { p .big { (times::number(me.language, wide(count))) } p .soft { (what) } } }
        }
    }
}

/// Every bad row with its line and why, then what is only worth a look.
fn problems(me: &Me, list: &List, shown: &Shown, counted: &Imported) -> Markup {
    let words = ImportWords(me.language);
    let rows = shown.problems.in_order();
    let more = (counted.left_out + counted.warnings).saturating_sub(rows.len().min(SHOWN_MAX));
    html! {
        @if !rows.is_empty() {
            section {
                div .row.apart {
                    h2 { (words.problems()) }
                    @if counted.left_out > 0 {
                        a .button.quiet.small href={ (LIST_PATH) "/" (list.key) "/left-out.csv" } { (words.download()) }
                    }
                }
                div .table tabindex="0" { table {
                    thead { tr { th .number scope="col" { (words.line()) } th scope="col" { (words.fate()) } th scope="col" { (words.reason()) } } }
                    tbody {
                        @for problem in rows.iter().take(SHOWN_MAX) {
                            tr {
                                th .number scope="row" { (problem.line) }
                                td {
                                    @match problem.weight {
                                        Weight::LeftOut => span .badge.bad { (words.is_left_out()) },
                                        Weight::Warning => span .badge.warn { (words.goes_in()) },
                                    }
                                }
                                td { (problem.reason.in_words(me.language)) }
                            }
                        }
                    }
                } }
                @if more > 0 { p .soft { (words.more(times::number(me.language, wide(more)))) } }
            }
        }
    }
}

fn changes(console: &Desk, me: &Me, shown: &Shown) -> Markup {
    let (words, all) = (ImportWords(me.language), CustomersWords(me.language));
    let rota = console.rota();
    html! {
        @if !shown.updates.is_empty() {
            section {
                h2 { (words.updated()) }
                div .table tabindex="0" { table {
                    thead { tr { th .number scope="col" { (words.line()) } th scope="col" { (all.name()) } th scope="col" { (words.changes()) } } }
                    tbody {
                        @for (line, both) in shown.updates.iter().take(SHOWN_MAX) {
                            tr {
                                th .number scope="row" { (line) }
                                td { a href=(address(both.0.id.0)) { (both.0.name) } }
                                td {
                                    @for field in differences(&both.0, &both.1) {
                                        (field.title(all)) ": "
                                        @let value = |customer| value(field, customer, &rota);
                                        s .soft { (value(&both.0)) } " → " (value(&both.1)) br;
                                    }
                                }
                            }
                        }
                    }
                } }
            }
        }
        @if !shown.adds.is_empty() {
            section {
                h2 { (words.added()) }
                p { @for (place, (_, name)) in shown.adds.iter().take(SHOWN_MAX).enumerate() {
                    @if place > 0 { (PreEscaped(", ")) }
                    (name)
                } @if shown.adds.len() >= SHOWN_MAX { " …" } }
            }
        }
    }
}

fn value(field: Field, customer: &crate::domain::caller::Customer, rota: &crate::domain::rota::Rota) -> String {
    let text = match field {
        Field::Name => customer.name.clone(),
        Field::Numbers => customer.numbers.iter().map(|phone| phone.spaced()).collect::<Vec<_>>().join(", "),
        Field::Usual => customer.usual.as_ref().map(|usual| rota.name(usual).to_owned()).unwrap_or_default(),
        Field::Language => customer.language.clone().unwrap_or_default(),
        Field::Note => customer.note.clone().unwrap_or_default(),
        Field::Tags => customer.tags.join(", "),
        Field::Blocked => if customer.blocked { "✓" } else { "" }.to_owned(),
    };
    if text.is_empty() { "–".to_owned() } else { text }
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
