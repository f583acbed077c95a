//! Changes: who changed what, when, from what to what.

mod told;
mod words;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::times::{machine, short};
use super::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::access::{AccountId, Deed, Role, Via, Who};
use crate::domain::rota::Rota;
use crate::store::accounts::{self, Listed};
use crate::store::audit::{self, Entry, EntryId, Wanted};
use told::Telling;
use words::AuditWords;

const ROWS: u32 = 50;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/audit", get(show))
}

/// The entries of one page, the newest first, and where the next one begins.
pub(super) struct Found {
    pub(super) entries: Vec<(EntryId, Entry)>,
    pub(super) older: Option<EntryId>,
}

pub(super) async fn find(
    console: &Console,
    me: &Me,
    wanted: Wanted,
    older_than: Option<EntryId>,
) -> Result<Found, Problem> {
    me.may(Role::Admin)?;
    let mut entries = console.read(move |tx| audit::page(tx, &wanted, older_than, ROWS + 1)).await?;
    let goes_on = entries.len() > ROWS as usize;
    entries.truncate(ROWS as usize);
    let older = entries.last().map(|(id, _)| *id).filter(|_| goes_on);
    Ok(Found { entries, older })
}

/// As it stands in the address, so that a view can be kept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    by: String,
    what: String,
    subject: String,
    before: Option<i64>,
}

impl Asked {
    /// Of people their name will do.
    fn wanted(&self, rota: &Rota) -> Wanted {
        let subject = self.subject.trim();
        let named = rota.staff.iter().find(|person| person.name.eq_ignore_ascii_case(subject));
        let subject = named.map_or(subject, |person| person.id.as_str());
        Wanted {
            by: self.by.parse().ok().map(AccountId),
            what: Deed::from_word(&self.what),
            subject: (!subject.is_empty()).then(|| subject.to_owned()),
        }
    }

    fn older(&self, than: EntryId) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (key, value) in [("by", &self.by), ("what", &self.what), ("subject", &self.subject)] {
            if !value.is_empty() {
                query.append_pair(key, value);
            }
        }
        query.append_pair("before", &than.0.to_string());
        format!("/console/audit?{}", query.finish())
    }
}

async fn show(State(console): State<Desk>, me: Me, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    let found = find(&console, &me, asked.wanted(&console.rota()), asked.before.map(EntryId)).await?;
    let people = console.read(accounts::all).await?;
    let words = AuditWords(me.language);
    let main = html! {
        (filters(words, &asked, &people))
        @if found.entries.is_empty() {
            div .empty { p { (words.none()) } p { a href="/console/audit" { (words.newest()) } } }
        } @else { (table(&console, &me, &people, &found.entries)) }
        nav .pager aria-label=(words.title()) {
            @if asked.before.is_some() { a href="/console/audit" { (words.newest()) } }
            @if let Some(older) = found.older { a rel="next" href=(asked.older(older)) { (words.older()) } }
        }
    };
    Ok(Page::new(Nav::Audit, words.title()).show(&console, &me, &main))
}

fn filters(words: AuditWords, asked: &Asked, people: &[Listed]) -> Markup {
    html! {
        form .toolbar method="get" action="/console/audit" {
            p .field {
                label for="by" { (words.who()) }
                select #by name="by" {
                    option value="" { (words.everybody()) }
                    @for account in people.iter().map(|listed| &listed.account) {
                        option value=(account.id) selected[asked.by == account.id.to_string()] { (account.name) }
                    }
                }
            }
            p .field {
                label for="what" { (words.what()) }
                select #what name="what" {
                    option value="" { (words.everything()) }
                    @for deed in Deed::ALL { option value=(deed.word()) selected[asked.what == deed.word()] { (words.deed(deed)) } }
                }
            }
            p .field.wide {
                label for="subject" { (words.subject()) }
                input #subject name="subject" type="search" value=(asked.subject) placeholder=(words.subject_hint());
            }
            button { (words.filter()) }
        }
    }
}

fn table(console: &Console, me: &Me, people: &[Listed], entries: &[(EntryId, Entry)]) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), AuditWords(me.language));
    let telling = Telling { rota: &rota, people, now: &now, words };
    html! {
        div .table role="region" aria-label=(words.title()) tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { (words.when()) }
                        th scope="col" { (words.who()) }
                        th scope="col" { (words.what()) }
                        th scope="col" { (words.subject()) }
                        th scope="col" { (words.change()) }
                    }
                }
                tbody {
                    @for (_, entry) in entries {
                        tr {
                            td { time datetime=(machine(entry.at)) { (short(me.language, entry.at, &now)) } }
                            td { (name(words, &entry.who)) (way(words, &entry.who.via)) }
                            td { (words.deed(entry.what)) }
                            td { (telling.subject(entry)) }
                            td { (telling.change(entry)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whoever wrote into the file did not say who they are.
fn name(words: AuditWords, who: &Who) -> String {
    if who.name.is_empty() { words.somebody() } else { who.name.clone() }
}

fn way(words: AuditWords, via: &Via) -> Markup {
    html! {
        @match via {
            Via::Session => {}
            Via::Token(name) => { " " span .soft.small { (words.by_token(name)) } }
            Via::Text => { " " span .soft.small { (words.by_text()) } }
            Via::File => { " " span .soft.small { (words.by_hand()) } }
            Via::Command => { " " span .soft.small { (words.by_command()) } }
        }
    }
}
