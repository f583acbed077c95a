//! The document itself, with what is wrong with it, what it means, and what it changes for whom.

use axum::Form;
use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Json, Redirect, Response};
use data_encoding::BASE64URL_NOPAD;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::document::{self, Draft, Judged, Unsaved};
use super::preview::what_changes;
use super::versions::differences;
use super::words::RotaWords;
use crate::config::diagnostic::{Diagnostic, Severity};
use crate::config::watch::{NotSaved, fingerprint};
use crate::console::assets::{CODEMIRROR_JS, ROTA_CSS, ROTA_EDITOR_JS};
use crate::console::front::CONTENT_SECURITY;
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, Problem};
use crate::domain::access::{Deed, Role};

/// A text and what it was made from.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Sent {
    /// From elsewhere it comes back as `document`.
    #[serde(alias = "document")]
    text: String,
    /// The fingerprint of the file that the editing began with.
    base: String,
    /// The fingerprint of the text whose changes were last shown: nothing is saved before that.
    checked: String,
    /// `save`, or else only a look.
    wish: String,
}

/// What is shown around the text.
struct Desktop {
    text: String,
    base: String,
    judged: Judged,
    /// A change made on disk while this text was edited.
    on_disk: Option<String>,
    told: Option<String>,
    /// Nothing is wrong with it, but it was not shown yet what it changes.
    look_first: bool,
}

pub(super) async fn page(State(console): State<Desk>, me: Me) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let text = console.file.text().unwrap_or_default();
    let judged = document::judge(&console, text.clone(), me.language).await?;
    let base = fingerprint(&text);
    let desktop = Desktop { text, base, judged, on_disk: None, told: None, look_first: false };
    Ok(show(&console, &me, desktop, StatusCode::OK))
}

/// Saves, or shows what saving would do. Without script a text is saved once that has been shown.
pub(super) async fn send(State(console): State<Desk>, me: Me, Form(sent): Form<Sent>) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let text = with_newlines(sent.text);
    if sent.wish != "save" || sent.checked != fingerprint(&text) {
        let judged = document::judge(&console, text.clone(), me.language).await?;
        let look_first = sent.wish == "save";
        let desktop = Desktop { text, base: sent.base, judged, on_disk: None, told: None, look_first };
        return Ok(show(&console, &me, desktop, StatusCode::OK));
    }
    // A file with the other kind of line breaks keeps it.
    let other = console.file.text().is_some_and(|before| before.contains("\r\n"));
    let text = if other { text.replace('\n', "\r\n") } else { text };
    save(&console, &me, sent.base, text, Deed::RotaSaved, None).await
}

/// Saves a whole text; what keeps it from being saved is shown beside it, so that nothing typed is lost.
pub(super) async fn save(
    console: &Desk,
    me: &Me,
    base: String,
    text: String,
    deed: Deed,
    what: Option<String>,
) -> Result<Response, Problem> {
    let words = RotaWords(me.language);
    let draft = Draft { base: base.clone(), text: text.clone(), deed, what };
    let (status, base, on_disk, told) = match document::save(console, me, draft).await {
        Ok(saved) => {
            let said = if saved.log_is_behind { "behind" } else { "written" };
            return Ok(Redirect::to(&format!("/console/rota?said={said}")).into_response());
        }
        Err(Unsaved::Problem(Problem::Barred(why))) => (StatusCode::FORBIDDEN, base, None, Some(why)),
        Err(Unsaved::Problem(problem)) => return Err(problem),
        Err(Unsaved::File(NotSaved::Meanwhile { on_disk })) => {
            // Having seen the difference they may save over it, but not over yet another one.
            (StatusCode::CONFLICT, fingerprint(&on_disk), Some(on_disk), Some(words.meanwhile()))
        }
        Err(Unsaved::File(NotSaved::Wrong(_))) => (StatusCode::UNPROCESSABLE_ENTITY, base, None, None),
        Err(Unsaved::File(NotSaved::Disk(error))) => (StatusCode::CONFLICT, base, None, Some(words.disk(error))),
    };
    let judged = document::judge(console, text.clone(), me.language).await?;
    let desktop = Desktop { text, base, judged, on_disk, told, look_first: false };
    Ok(show(console, me, desktop, status))
}

/// A browser sends every line break of a form as two characters.
fn with_newlines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n") } else { text }
}

fn show(console: &Desk, me: &Me, desktop: Desktop, status: StatusCode) -> Response {
    let words = RotaWords(me.language);
    let nonce = BASE64URL_NOPAD.encode(&console.chance());
    let Desktop { text, base, judged, on_disk, told, look_first } = desktop;
    let (text, on_disk) = (with_newlines(text), on_disk.map(with_newlines));
    let lines = text.lines().count().clamp(12, 40);
    let main = html! {
        @if look_first { p .notice.warn role="status" { (words.look_first()) } }
        @if let Some(told) = told { p .notice.bad role="alert" { (told) } }
        div #draft .notice.warn role="status" hidden {
            p { (words.draft_is_back()) }
            button #discard .small type="button" { (words.discard()) }
        }
        @if let Some(on_disk) = &on_disk { section { h2 { (words.theirs_and_yours()) } (differences(words, on_disk, &text)) } }
        p .soft { (words.document_of(console.file.name())) }
        form #document .editor method="post" action="/console/rota/edit" data-check="/console/rota/check" data-nonce=(nonce) data-editor=(CODEMIRROR_JS.address())
            data-checking=(words.checking()) data-unreachable=(words.not_checked()) {
            div .writing {
                label for="text" { (words.document()) }
                textarea #text .mono name="text" rows=(lines) spellcheck="false" autocomplete="off" autocapitalize="off" wrap="off" { "\n" (text) }
                input type="hidden" name="base" value=(base);
                input #checked type="hidden" name="checked" value=(fingerprint(&text));
                div .row {
                    button .quiet name="wish" value="check" { (words.check()) }
                    button name="wish" value="save" { (words.save_document()) }
                    button .quiet formaction=(format!("{}/compare", Nav::Who.address())) { (Nav::Who.title(Words(me.language))) }
                    button .quiet formaction=(Nav::Rehearse.address()) { (Nav::Rehearse.title(Words(me.language))) }
                    a .button.quiet href="/console/rota" { (words.back()) }
                }
                p .hint { (words.save_hint()) }
            }
            div {
                p #told .hidden role="status" { }
                div #judged { (judgement(words, &judged)) }
            }
        }
    };
    let page = Page::new(Nav::Rota, words.edit()).style(&ROTA_CSS).script(&ROTA_EDITOR_JS).show(console, me, &main);
    let mut response = (status, page).into_response();
    // The editor puts its style into the page by itself, and shows this to prove that it is ours.
    let policy = CONTENT_SECURITY.replace("style-src 'self'", &format!("style-src 'self' 'nonce-{nonce}'"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Beside the text: what is wrong, what changes, what it means.
fn judgement(words: RotaWords, judged: &Judged) -> Markup {
    let errors = judged.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    html! {
        @match &judged.right {
            Some(_) => { p .notice.good { (words.is_right()) } }
            None => { p .notice.bad { (words.is_wrong(errors)) } }
        }
        @if !judged.problems.is_empty() {
            h2 { (words.problems()) }
            ol .problems { @for problem in &judged.problems { (problem_in_words(words, problem)) } }
        }
        @if let Some(right) = &judged.right {
            h2 { (words.what_changes()) }
            (what_changes(words, &right.changes))
            h2 { (words.read_back()) }
            pre .readback tabindex="0" { @for line in &right.read_back { (line) "\n" } }
        }
    }
}

fn problem_in_words(words: RotaWords, problem: &Diagnostic) -> Markup {
    let kind = match problem.severity {
        Severity::Error => "bad",
        Severity::Warning => "warn",
    };
    html! {
        li {
            @if problem.line > 0 { a class=(format!("badge {kind}")) href="#text" data-line=(problem.line) { (words.at_line(problem.line)) } }
            " " span lang="en" { (problem.what) br; span .soft { (problem.remedy) } }
        }
    }
}

/// For the editor: what to underline, and what to show beside it.
#[derive(Serialize)]
struct Checked<'a> {
    problems: Vec<Underlined<'a>>,
    /// Whether it could be saved.
    right: bool,
    changes: &'a [String],
    read_back: &'a [String],
    /// The fingerprint of the text.
    checked: String,
    /// The part of the page beside the text.
    html: String,
}

/// Places as JavaScript counts them, in UTF-16.
#[derive(Serialize)]
struct Underlined<'a> {
    severity: Severity,
    line: usize,
    column: usize,
    from: usize,
    to: usize,
    what: &'a str,
    remedy: &'a str,
}

#[derive(Deserialize)]
pub(super) struct Text {
    text: String,
}

pub(super) async fn check(State(console): State<Desk>, me: Me, Form(typed): Form<Text>) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let text = with_newlines(typed.text);
    let judged = document::judge(&console, text.clone(), me.language).await?;
    let units = |bytes: usize| {
        let bytes = text.floor_char_boundary(bytes.min(text.len()));
        text.get(..bytes).map_or(0, |before| before.encode_utf16().count())
    };
    let underlined = |problem: &'_ Diagnostic| (units(problem.span.start), units(problem.span.end));
    let problems = judged.problems.iter().map(|problem| {
        let (from, to) = underlined(problem);
        let Diagnostic { severity, line, column, what, remedy, .. } = problem;
        Underlined { severity: *severity, line: *line, column: *column, from, to, what, remedy }
    });
    let checked = Checked {
        problems: problems.collect(),
        right: judged.right.is_some(),
        changes: judged.right.as_ref().map_or(&[], |right| &right.changes),
        read_back: judged.right.as_ref().map_or(&[], |right| &right.read_back),
        checked: fingerprint(&text),
        html: judgement(RotaWords(me.language), &judged).into_string(),
    };
    Ok(Json(&checked).into_response())
}
