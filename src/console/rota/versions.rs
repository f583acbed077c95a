//! Every version of the rota file: who saved it, when, what it changed; and back to it with one click.

use std::time::Duration;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use similar::{ChangeTag, TextDiff};

use super::words::RotaWords;
use super::{document, editor};
use crate::config::watch::fingerprint;
use crate::console::assets::ROTA_CSS;
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::{Deed, Role};
use crate::store::rota_versions::{self, Version};
use crate::store::{StoreError, Tx};

const PAGE: u32 = 50;
/// Lines shown around a difference.
const AROUND: usize = 3;
/// A difference that is not found by then is shown more coarsely.
const LOOKS_FOR: Duration = Duration::from_millis(200);

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Look {
    before: Option<i64>,
}

pub(super) async fn page(State(console): State<Desk>, me: Me, Query(look): Query<Look>) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    // Looked at first: what is put in its place later is at least as new as what is listed here.
    let live = present(&console);
    // A store that takes nothing keeps nobody from looking.
    if let Err(problem) = document::note_disk(&console).await {
        tracing::debug!(?problem, "what lies on the disk is not among the versions yet");
    }
    let before = look.before.unwrap_or(i64::MAX);
    let mut versions = console.read(move |tx| rota_versions::page(tx, before, PAGE + 1)).await?;
    let more = versions.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    versions.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let (words, now) = (RotaWords(me.language), console.now());
    let row = |place: usize, version: &Version| {
        let is_live = version.hash == live && place == 0 && look.before.is_none();
        html! {
            tr {
                th scope="row" { (version.id) @if is_live { " " span .badge.good { (words.current()) } } }
                td { time datetime=(times::machine(version.at)) { (times::short(words.0, version.at, &now)) } }
                td { @match &version.by { Some(name) => (name), None => span .soft { (words.on_disk()) } } }
                td { (what(words, version, place + 1 == versions.len() && !more)) }
                td .row {
                    a .button.small.quiet href=(format!("/console/rota/versions/difference?to={}", version.id)) aria-label=(format!("{}: {}", words.difference(), version.id)) { (words.difference()) }
                    @if !is_live { (back(words, version.id, &live)) }
                }
            }
        }
    };
    let main = html! {
        div .table role="region" tabindex="0" aria-label=(words.versions()) {
            table {
                thead { tr { @for title in ["#".to_owned(), words.when(), words.who(), words.what(), words.actions()] { th scope="col" { (title) } } } }
                tbody { @for (place, version) in versions.iter().enumerate() { (row(place, version)) } }
            }
        }
        @if let Some(last) = versions.last().filter(|_| more) {
            nav .pager { a href=(format!("/console/rota/versions?before={}", last.id)) { (words.older()) } }
        }
        p { a .button.quiet href="/console/rota" { (words.back()) } }
    };
    Ok(Page::new(Nav::Rota, words.versions()).style(&ROTA_CSS).show(&console, &me, &main))
}

/// What was changed is kept in English.
fn what(words: RotaWords, version: &Version, first: bool) -> Markup {
    match version.what.as_str() {
        "" if first => html! { (words.first_seen()) },
        "" => html! { (words.nobody_notices()) },
        what => html! { span lang="en" { (what) } },
    }
}

/// The fingerprint of the file as it is.
fn present(console: &Desk) -> String {
    fingerprint(&console.file.text().unwrap_or_default())
}

/// `base`: the fingerprint of the file that whoever presses this has seen.
fn back(words: RotaWords, id: i64, base: &str) -> Markup {
    html! {
        form .inline method="post" action="/console/rota/versions/restore" {
            input type="hidden" name="id" value=(id);
            input type="hidden" name="base" value=(base);
            button .small aria-label=(format!("{}: {id}", words.go_back())) { (words.go_back()) }
        }
    }
}

/// Two versions to hold against each other. Without a first: the one before.
#[derive(Deserialize)]
pub(super) struct Pair {
    from: Option<i64>,
    to: i64,
}

/// A version and its text.
pub(in crate::console) type Full = (Version, String);

/// Without `from` the one before `to`, if there is one. `None`: there is no such version.
pub(in crate::console) fn pair(
    tx: &mut Tx<'_>,
    from: Option<i64>,
    to: i64,
) -> Result<Option<(Option<Full>, Full)>, StoreError> {
    let from = match from {
        Some(from) => Some(from),
        None => rota_versions::page(tx, to, 1)?.pop().map(|version| version.id),
    };
    let from = from.map(|from| rota_versions::get(tx, from)).transpose()?.flatten();
    Ok(rota_versions::get(tx, to)?.map(|to| (from, to)))
}

pub(super) async fn difference(
    State(console): State<Desk>,
    me: Me,
    Query(wanted): Query<Pair>,
) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    let words = RotaWords(me.language);
    let base = present(&console);
    let found = console.read(move |tx| {
        let Some((from, (to, text))) = pair(tx, wanted.from, wanted.to)? else { return Ok(None) };
        let (from, before) = from.map_or((0, String::new()), |(version, text)| (version.id, text));
        // Here, where it holds up nobody's page but this one.
        Ok(Some((from, to.id, differences(words, &before, &text))))
    });
    let (from, to, differences) = found.await?.ok_or(Problem::NotFound)?;
    let choice = |name: &str, title: String, chosen: i64| {
        let id = format!("version-{name}");
        html! { div .field { label for=(id) { (title) } input id=(id) name=(name) type="number" min="1" value=(chosen); } }
    };
    let main = html! {
        h2 { (words.between_versions(from, to)) }
        form .toolbar method="get" action="/console/rota/versions/difference" {
            (choice("from", words.version_from(), from)) (choice("to", words.to_version(), to))
            button .quiet { (words.compare()) }
        }
        (differences)
        div .row {
            (back(words, to, &base))
            a .button.quiet href="/console/rota/versions" { (words.versions()) }
        }
    };
    Ok(Page::new(Nav::Rota, words.difference()).style(&ROTA_CSS).show(&console, &me, &main))
}

/// As `diff -u` writes it.
pub(in crate::console) fn unified(before: &str, after: &str) -> String {
    TextDiff::configure().timeout(LOOKS_FOR).diff_lines(before, after).unified_diff().to_string()
}

/// The lines that differ, with a few around them.
pub(super) fn differences(words: RotaWords, before: &str, after: &str) -> Markup {
    if before == after {
        return html! { p { (words.no_difference()) } };
    }
    let diff = TextDiff::configure().timeout(LOOKS_FOR).diff_lines(before, after);
    let line = |tag: ChangeTag, text: &str| {
        let (class, sign) = match tag {
            ChangeTag::Delete => ("less", "−"),
            ChangeTag::Insert => ("more", "+"),
            ChangeTag::Equal => ("same", " "),
        };
        html! { span class=(class) { (sign) " " (text.trim_end_matches(['\n', '\r'])) "\n" } }
    };
    html! {
        pre .difference tabindex="0" role="region" aria-label=(words.difference()) {
            @for (place, group) in diff.grouped_ops(AROUND).iter().enumerate() {
                @if place > 0 { span .same { "⋯\n" } }
                @for change in group.iter().flat_map(|op| diff.iter_changes(op)) { (line(change.tag(), change.value())) }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    id: i64,
    /// The fingerprint of the file that is to be replaced; without it nothing is.
    #[serde(default)]
    base: String,
}

/// A save like any other: judged first, and a version of its own.
pub(super) async fn restore(
    State(console): State<Desk>,
    me: Me,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let found = console.read(move |tx| rota_versions::get(tx, wanted.id)).await?;
    let (version, text) = found.ok_or(Problem::NotFound)?;
    let what = format!("Back to version {}.", version.id);
    editor::save(&console, &me, wanted.base, text, Deed::RotaRestored, Some(what)).await
}
