//! The list, found as one types.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::deeds::{Found, find};
use super::words::CustomersWords;
use super::{PART, address};
use crate::console::assets::SEARCH_JS;
use crate::console::words::Words;
use crate::console::{Console, Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::Role;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::plan::{Reason, usual_person};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    /// Goes on below this customer, where nothing is typed.
    below: Option<i64>,
    erased: Option<String>,
}

/// The page, or only what is found, for the script that asks at every key.
pub(super) async fn list(
    State(console): State<Desk>,
    me: Me,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = find(&console, &asked.q, asked.below.map(CustomerId)).await?;
    let results = results(&console, &me, &asked, &found);
    if headers.contains_key(PART) {
        return Ok(results.into_response());
    }
    let (shared, words) = (Words(me.language), CustomersWords(me.language));
    let admin = me.role.may(Role::Admin);
    let main = html! {
        @if let Some(told) = erased(&asked, words) { div .notice.good role="status" { p { (told) } } }
        form .toolbar role="search" method="get" action=(Nav::Customers.address()) data-search="#results" {
            div .field.wide {
                label for="q" { (words.find()) }
                input #q type="search" name="q" value=(asked.q) maxlength="200" autocomplete="off" spellcheck="false" aria-describedby="q-hint";
                span #q-hint .hint { (words.find_hint()) }
            }
            button { (shared.search()) }
        }
        @if admin {
            p .row {
                a .button.quiet href=(address("new")) { (words.add()) }
                a .button.quiet href=(address("import")) { (words.import()) }
                a .button.quiet href=(address("export")) { (words.export()) }
            }
        }
        p .hidden role="status" data-search-told { }
        div #results { (results) }
    };
    let page = Page::new(Nav::Customers, words.title()).script(&SEARCH_JS);
    Ok(page.show(&console, &me, &main).into_response())
}

/// Calls, promises and texts that were erased.
fn erased(asked: &Asked, words: CustomersWords) -> Option<String> {
    let mut counts = asked.erased.as_deref()?.split(',').map(str::parse::<u32>);
    let mut count = || counts.next().and_then(Result::ok);
    let (calls, promises, texts, live) = (count()?, count()?, count()?, count()?);
    let told = words.erased(calls, promises, texts);
    Some(if live > 0 { format!("{told} {}", words.erased_live()) } else { told })
}

fn results(console: &Console, me: &Me, asked: &Asked, found: &Found) -> Markup {
    let (shared, words) = (Words(me.language), CustomersWords(me.language));
    let typed = asked.q.trim();
    let count = times::number(me.language, u64::try_from(found.customers.len()).unwrap_or(u64::MAX));
    let caption = match (typed.is_empty(), found.more) {
        (true, _) => words.newest(),
        (false, false) => words.found(count),
        (false, true) => words.found_more(count),
    };
    html! {
        @if found.customers.is_empty() {
            div .empty {
                @if typed.is_empty() {
                    p data-count { (words.nobody_yet()) }
                    p { (words.nobody_yet_do()) }
                } @else {
                    p data-count { (words.found_none(typed)) }
                    p { (words.found_none_do()) }
                }
            }
        } @else {
            div .table tabindex="0" {
                table {
                    caption data-count { (caption) }
                    thead { tr {
                        th scope="col" { (words.name()) }
                        th scope="col" { (words.numbers()) }
                        th scope="col" { (words.usual()) }
                        th scope="col" { (words.tags()) }
                    } }
                    tbody { @for customer in &found.customers { (row(console, words, customer)) } }
                }
            }
            @if let Some(last) = found.customers.last().filter(|_| found.more && typed.is_empty()) {
                nav .pager aria-label=(words.title()) { a href={ "?below=" (last.id.0) } rel="next" { (shared.older()) } }
            }
        }
    }
}

fn row(console: &Console, words: CustomersWords, customer: &Customer) -> Markup {
    let rota = console.rota();
    let usual = usual_person(customer, console.clock.now());
    html! {
        tr {
            th scope="row" {
                a href=(address(customer.id.0)) { (customer.name) }
                @if customer.blocked { " " span .badge.bad { (words.blocked()) } }
            }
            td { @for phone in &customer.numbers { span .number { (phone.spaced()) } " " } }
            td {
                @if let Some(usual) = usual {
                    (rota.name(usual.who))
                    @if usual.reason != Reason::UsualPerson { " " span .soft.small { "(" (words.learned()) ")" } }
                }
            }
            td { @for tag in &customer.tags { (self::tag(tag)) " " } }
        }
    }
}

/// A tag that finds all who have it.
pub(super) fn tag(tag: &str) -> Markup {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", tag);
    html! { a .badge.quiet href={ (Nav::Customers.address()) "?" (query.finish()) } { (tag) } }
}
