//! Changes: who changed what, when, from what to what.

mod words;

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use super::times::{machine, short};
use super::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::access::{AccountId, Deed, Role, Via};
use crate::store::accounts::{self, Listed};
use crate::store::audit::{self, Entry, EntryId, Wanted};
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
    fn wanted(&self) -> Wanted {
        let subject = self.subject.trim();
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
    let found = find(&console, &me, asked.wanted(), asked.before.map(EntryId)).await?;
    let people = console.read(accounts::all).await?;
    let words = AuditWords(me.language);
    let main = html! {
        (filters(words, &asked, &people))
        @if found.entries.is_empty() {
            div .empty { p { (words.none()) } p { a href="/console/audit" { (words.newest()) } } }
        } @else { (table(&console, &me, words, &found.entries)) }
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

fn table(console: &Console, me: &Me, words: AuditWords, entries: &[(EntryId, Entry)]) -> Markup {
    let now = console.now();
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
                            td { (entry.who.name) (way(words, &entry.who.via)) }
                            td { (words.deed(entry.what)) }
                            td { (entry.subject) }
                            td { (change(words, entry)) }
                        }
                    }
                }
            }
        }
    }
}

fn way(words: AuditWords, via: &Via) -> Markup {
    html! {
        @match via {
            Via::Session => {}
            Via::Token(name) => { " " span .soft.small { (words.by_token(name)) } }
            Via::Command => { " " span .soft.small { (words.by_command()) } }
        }
    }
}

/// Only what differs.
fn change(words: AuditWords, entry: &Entry) -> Markup {
    let changed = changed(entry.before.as_ref(), entry.after.as_ref());
    html! {
        @if !changed.is_empty() {
            dl {
                @for (field, before, after) in changed {
                    dt { @if field.is_empty() { (words.change()) } @else { (field) } }
                    dd {
                        @if let Some(before) = &before { del { span .hidden { (words.before()) ": " } (before) } " " }
                        @if let Some(after) = &after { ins { span .hidden { (words.after()) ": " } (after) } }
                    }
                }
            }
        }
    }
}

/// A field, and what it was and is.
type Changed = (String, Option<String>, Option<String>);

fn changed(before: Option<&Value>, after: Option<&Value>) -> Vec<Changed> {
    let fields = |value: Option<&Value>| value.and_then(Value::as_object).cloned();
    match (fields(before), fields(after)) {
        (None, None) => match (before.and_then(told), after.and_then(told)) {
            (None, None) => Vec::new(),
            (before, after) => vec![(String::new(), before, after)],
        },
        (before, after) => {
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let values = names.into_iter().map(|name| (name, before.get(name), after.get(name)));
            let told = values.map(|(name, before, after)| (name.clone(), before.and_then(told), after.and_then(told)));
            told.filter(|(_, before, after)| before != after).collect()
        }
    }
}

/// A value as people write it; nothing where there is none.
fn told(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(all) if all.is_empty() => None,
        Value::Array(all) => Some(all.iter().filter_map(told).collect::<Vec<_>>().join(", ")),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => Some(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_a_change_only_what_differs_is_told() {
        let before = json!({ "name": "Mrs Okafor", "note": "", "numbers": ["+447700900201"], "usual": null });
        let after = json!({ "name": "Mrs Okafor", "note": "boiler", "numbers": ["+447700900201", "+447700900202"] });
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            changed(Some(&before), Some(&after)),
            [
                ("note".to_owned(), None, some("boiler")),
                ("numbers".to_owned(), some("+447700900201"), some("+447700900201, +447700900202")),
            ]
        );
        assert_eq!(changed(None, Some(&json!({ "role": "staff" }))), [("role".to_owned(), None, some("staff"))]);
        assert_eq!(changed(Some(&json!("old")), Some(&json!("new"))), [(String::new(), some("old"), some("new"))]);
        assert_eq!(changed(None, None), []);
    }
}
