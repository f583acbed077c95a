//! Who would ring? For any number or customer, line and minute; before and after an edit that is not saved.

mod answer;
mod words;

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Router};
use jiff::Timestamp;
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde::Deserialize;

use super::assets::REHEARSE_CSS;
use super::rota::judge;
use super::words::Words;
use super::{Console, Desk, Me, Nav, Page, Problem};
use crate::config::diagnostic::{Diagnostic, Severity};
use crate::domain::access::Role;
use crate::domain::caller::{Caller, Customer};
use crate::domain::line::Line;
use crate::domain::phone::Phone;
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::words::Language;
use crate::domain::would_ring::{Typed, WouldRing};
use crate::operator::present;
use crate::store::{Tx, customers, live_changes};
use answer::answer;
use words::WhoWords;

/// Customers whom a text may mean, at most.
const NAMESAKES: u32 = 5;
/// Names that are offered before anything is typed.
const OFFERED: u32 = 20;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/who", get(show)).route("/console/who/compare", post(compare))
}

/// A call that somebody asks about, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Empty: anybody.
    pub(crate) caller: String,
    /// Empty: the first.
    pub(crate) line: String,
    /// On the business's wall clock; empty: now.
    pub(crate) at: String,
    /// A rota that is not saved; empty: the one that is live.
    #[serde(alias = "text")]
    pub(crate) document: String,
    /// The fingerprint of the file that it was made from.
    pub(crate) base: String,
}

impl Asked {
    pub(crate) fn line<'a>(&self, rota: &'a Rota, language: Language) -> Result<&'a Line, Problem> {
        let found = match self.line.as_str() {
            "" => rota.lines.first(),
            id => rota.lines.iter().find(|line| line.id.as_str() == id),
        };
        found.ok_or_else(|| Problem::Wrong(WhoWords(language).no_line(&self.line)))
    }

    /// `None`: now.
    pub(crate) fn at(&self, rota: &Rota, language: Language) -> Result<Option<Timestamp>, Problem> {
        let text = self.at.trim();
        if text.is_empty() {
            return Ok(None);
        }
        // A date alone would be read as its midnight, which nobody means.
        let clock = text.contains(':').then(|| text.parse::<DateTime>().ok()).flatten();
        let at = clock.map(|at| wall_clock::begins(&rota.zone, at));
        at.map(Some).ok_or_else(|| Problem::Wrong(WhoWords(language).no_time(text)))
    }

    pub(crate) async fn whom(
        &self,
        console: &Console,
        rota: &Rota,
        language: Language,
    ) -> Result<(Caller, Option<Phone>), Problem> {
        let text = self.caller.trim();
        if text.is_empty() {
            return Ok((Caller::Unknown, None));
        }
        match Typed::read(text, rota.country) {
            Ok(Typed::Withheld) => Ok((Caller::Unknown, None)),
            Ok(Typed::Number(phone)) => {
                let known = console.read(move |tx| Ok(customers::by_phone(tx, &[phone])?.remove(&phone))).await?;
                let caller = known.map_or(Caller::Stranger(phone), |customer| Caller::Customer(Box::new(customer)));
                Ok((caller, Some(phone)))
            }
            Ok(Typed::Name(name)) => {
                let (name, typed) = (name.to_owned(), customers::Typed::new(name, rota.country));
                let look = move |tx: &mut Tx<'_>| {
                    let found = customers::search(tx, &typed, NAMESAKES)?;
                    // Half-way through an import not everybody can be found by a part of the name.
                    let is_sure = !found.is_empty() || !customers::any_unindexed(tx)?;
                    if is_sure { Ok(found) } else { customers::by_name(tx, &name, NAMESAKES) }
                };
                self.the_one(console.read(look).await?, language)
            }
            Err(_) => Err(Problem::Wrong(WhoWords(language).nobody(text))),
        }
    }

    /// Of whom the text may mean, the one who is called so; or the only one.
    fn the_one(&self, mut found: Vec<Customer>, language: Language) -> Result<(Caller, Option<Phone>), Problem> {
        let (words, text) = (WhoWords(language), self.caller.trim());
        let is_called_so = |customer: &Customer| customer.name.to_lowercase() == text.to_lowercase();
        if found.iter().filter(|customer| is_called_so(customer)).count() == 1 {
            found.retain(is_called_so);
        }
        match found.as_slice() {
            [] => Err(Problem::Wrong(words.nobody(text))),
            [customer] => Ok((Caller::Customer(Box::new(customer.clone())), customer.numbers.first().copied())),
            several => {
                let number = |customer: &Customer| customer.numbers.first().map(|phone| phone.spaced());
                let listed = several.iter().map(|of| format!("{} {}", of.name, number(of).unwrap_or_default()));
                Err(Problem::Wrong(words.several(text, listed.collect::<Vec<_>>().join(", "))))
            }
        }
    }
}

/// Who would ring, on this rota.
pub(crate) async fn ask(
    console: &Console,
    rota: &Arc<Rota>,
    asked: &Asked,
    language: Language,
) -> Result<WouldRing, Problem> {
    let line = asked.line(rota, language)?;
    let at = asked.at(rota, language)?;
    let (caller, from) = asked.whom(console, rota, language).await?;
    let would = WouldRing::ask(rota, line, at.unwrap_or(console.clock.now()), caller, from);
    match at {
        Some(_) => Ok(would),
        None => console.read(move |tx| present(tx, &would).map(|present| would.at_present(&present))).await,
    }
}

/// The rota that is live, with what was said by text a moment ago.
pub(crate) async fn live_rota(console: &Console) -> Arc<Rota> {
    let operator = console.operator.clone();
    let newest = console.read(move |tx| operator.desk().rota_in(tx)).await;
    newest.unwrap_or_else(|_| console.rota())
}

/// A rota that is not saved, with what is said by text made in it; or everything that is wrong with it.
pub(crate) async fn unsaved(console: &Desk, document: String) -> Result<Result<Arc<Rota>, Vec<Diagnostic>>, Problem> {
    let judged = judge(console, document, Language::English).await?;
    let Some(right) = judged.right else { return Ok(Err(judged.problems)) };
    let now = console.clock.now();
    let changes = console.read(move |tx| live_changes::in_force(tx, now)).await?;
    Ok(Ok(Arc::new(right.rota.with_live(&changes))))
}

async fn show(
    State(console): State<Desk>,
    me: Me,
    Query(asked): Query<Asked>,
) -> Result<(StatusCode, Markup), Problem> {
    let words = WhoWords(me.language);
    let rota = live_rota(&console).await;
    let (status, found) = match ask(&console, &rota, &asked, me.language).await {
        Ok(would) => {
            (StatusCode::OK, html! { section aria-label=(title(me.language)) { (answer(&would, None, me.language)) } })
        }
        Err(Problem::Wrong(why)) => (StatusCode::UNPROCESSABLE_ENTITY, wrong(&why)),
        Err(other) => return Err(other),
    };
    let main = html! {
        form .toolbar.asked method="get" action="/console/who" { (fields(&console, &rota, &asked, me.language, words.show()).await) }
        (found)
        @if status == StatusCode::OK { p { a href={ "/console/rehearse?" (query(&asked)) } { (words.rehearse()) } } }
    };
    Ok((status, page(&me).show(&console, &me, &main)))
}

/// The rota that is live beside an edit of it.
async fn compare(State(console): State<Desk>, me: Me, Form(asked): Form<Asked>) -> Result<Markup, Problem> {
    me.may(Role::Staff)?;
    let words = WhoWords(me.language);
    let live = live_rota(&console).await;
    let compared = match unsaved(&console, asked.document.clone()).await? {
        Ok(edited) => {
            let before = side(ask(&console, &live, &asked, me.language).await)?;
            let after = side(ask(&console, &edited, &asked, me.language).await)?;
            let (of_before, of_after) = (before.as_ref().ok(), after.as_ref().ok());
            let same = of_before.zip(of_after).is_some_and(|(before, after)| answer::is_same(before, after));
            html! {
                @if same { p .notice { (words.nothing_changes()) } }
                div .pair {
                    section .card aria-labelledby="before" { h2 #before { (words.before()) } (column(&before, of_after, me.language)) }
                    section .card aria-labelledby="after" { h2 #after { (words.after()) } (column(&after, of_before, me.language)) }
                }
                form method="post" action="/console/rehearse" { (hidden(&asked)) button .quiet { (words.rehearse()) } }
            }
        }
        Err(problems) => refused(&problems, me.language),
    };
    let main = html! {
        form .toolbar.asked method="post" action="/console/who/compare" {
            (edit(&asked))
            (fields(&console, &live, &asked, me.language, words.show()).await)
        }
        (compared)
        (back_to_edit(&me, &asked))
    };
    Ok(page(&me).show(&console, &me, &main))
}

fn page(me: &Me) -> Page {
    Page::new(Nav::Who, title(me.language)).style(&REHEARSE_CSS)
}

fn title(language: Language) -> String {
    Nav::Who.title(Words(language))
}

/// What somebody typed wrongly stands in its column.
fn side(asked: Result<WouldRing, Problem>) -> Result<Result<WouldRing, String>, Problem> {
    match asked {
        Ok(would) => Ok(Ok(would)),
        Err(Problem::Wrong(why)) => Ok(Err(why)),
        Err(other) => Err(other),
    }
}

fn column(would: &Result<WouldRing, String>, other: Option<&WouldRing>, language: Language) -> Markup {
    match would {
        Ok(would) => answer(would, other, language),
        Err(why) => wrong(why),
    }
}

pub(crate) fn wrong(why: &str) -> Markup {
    html! { div .notice .bad role="alert" { p { (why) } } }
}

/// Why an edit would not be taken.
pub(crate) fn refused(problems: &[Diagnostic], language: Language) -> Markup {
    let words = WhoWords(language);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    html! {
        div .notice .bad role="alert" {
            p { (words.refused()) }
            ul {
                @for problem in errors {
                    li { @if problem.line > 0 { (words.row(problem.line)) " " } span lang="en" { (problem.what) ": " (problem.remedy) } }
                }
            }
        }
    }
}

/// Caller, line and moment. Whoever is known is offered; without the store nobody is.
pub(crate) async fn fields(
    console: &Console,
    rota: &Rota,
    asked: &Asked,
    language: Language,
    button: String,
) -> Markup {
    let words = WhoWords(language);
    let known = console.read(|tx| customers::newest(tx, None, OFFERED)).await;
    html! {
        div .field .wide {
            label for="caller" { (words.caller()) }
            input #caller name="caller" list="callers" value=(asked.caller) autocomplete="off" aria-describedby="caller-hint";
            span #caller-hint .hint { (words.caller_hint()) }
            datalist #callers { option value="withheld" {} @for customer in known.iter().flatten() { option value=(customer.name) {} } }
        }
        div .field {
            label for="line" { (words.line()) }
            select #line name="line" {
                @for line in &rota.lines {
                    option value=(line.id) selected[line.id.as_str() == asked.line] { (line.id) " · " (line.number.spaced()) }
                }
            }
            span .hint { (words.line_hint()) }
        }
        div .field {
            label for="at" { (words.at()) }
            input #at name="at" type="datetime-local" value=(asked.at) aria-describedby="at-hint";
            span #at-hint .hint { (words.at_hint()) }
        }
        div .field { button { (button) } span .hint aria-hidden="true" { " " } }
    }
}

/// To ask the same again elsewhere.
pub(crate) fn hidden(asked: &Asked) -> Markup {
    html! {
        input type="hidden" name="caller" value=(asked.caller);
        input type="hidden" name="line" value=(asked.line);
        input type="hidden" name="at" value=(asked.at);
        (edit(asked))
    }
}

/// The rota that is not saved, if it is about one.
pub(crate) fn edit(asked: &Asked) -> Markup {
    html! {
        @if !asked.document.is_empty() {
            input type="hidden" name="document" value=(asked.document);
            input type="hidden" name="base" value=(asked.base);
        }
    }
}

/// The way back to the editor, with what was typed there.
pub(crate) fn back_to_edit(me: &Me, asked: &Asked) -> Markup {
    html! {
        @if !asked.document.is_empty() && me.role.may(Role::Admin) {
            form method="post" action="/console/rota/edit" {
                (edit(asked))
                button .quiet name="wish" value="check" { (WhoWords(me.language).back_to_edit()) }
            }
        }
    }
}

fn query(asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("caller", &asked.caller).append_pair("line", &asked.line).append_pair("at", &asked.at);
    query.finish()
}
