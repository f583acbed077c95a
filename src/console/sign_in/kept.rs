//! What was sent by somebody who is no longer signed in: kept in the sign-in page, and sent again when they say so.
//!
//! Only forms in which people write something; never one that gives somebody access, erases anything, or has a password in it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_TYPE, REFERER};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::door::Visitor;
use super::forms;
use super::words::SignInWords;
use crate::console::front::{Front, TooLong};
use crate::console::page::bare;
use crate::console::problem::typed::Typed;
use crate::console::{Desk, Me, Problem};
use crate::domain::access::AccountId;
use crate::domain::words::Language;
use crate::store::sessions;

/// A form that is longer is not kept: in the sign-in page each of its letters may take three.
const KEPT_BYTES: usize = Front::FORM_BYTES / 3 - 4_096;

/// So many letters of each field are shown before it is sent again.
const SHOWN_CHARS: usize = 300;

/// Where somebody wanted to go, and what they had sent there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The page to go to once they are in.
    next: String,
    /// Where the form was sent to; empty: there is none.
    kept_to: String,
    /// As it was sent.
    kept: String,
    /// Whose session had run out, where that is known: an account's number.
    kept_for: String,
}

impl Kept {
    pub(super) fn to(next: String) -> Self {
        Self { next, ..Self::default() }
    }

    pub(super) fn is_form(&self) -> bool {
        is_ours(&self.kept_to) && may_be_kept(self.kept_to.split('?').next().unwrap_or_default(), &self.kept)
    }

    /// Whether this account had sent it, as far as that is known.
    pub(super) fn is_of(&self, account: AccountId) -> bool {
        self.kept_for.is_empty() || self.kept_for == account.to_string()
    }

    /// Never leads away from the console, whoever wrote it into an address.
    pub(super) fn next(&self) -> &str {
        if is_ours(&self.next) { &self.next } else { "/console" }
    }

    /// For the form that leads on.
    pub(super) fn fields(&self) -> Markup {
        html! {
            @if is_ours(&self.next) { input type="hidden" name="next" value=(self.next); }
            @if self.is_form() {
                input type="hidden" name="kept_to" value=(self.kept_to);
                input type="hidden" name="kept" value=(self.kept);
                @if !self.kept_for.is_empty() { input type="hidden" name="kept_for" value=(self.kept_for); }
            }
        }
    }

    /// Asks whoever is in now whether to send it, and shows what it is.
    pub(super) fn send_again(&self, name: &str, language: Language) -> Markup {
        let words = SignInWords(language);
        let fields = || form_urlencoded::parse(self.kept.as_bytes());
        bare(
            language,
            &words.back(),
            &html! {
                p { (words.again_as(name)) }
                dl {
                    dt { (words.goes_to()) }
                    dd { code { (self.kept_to) } }
                    @for (key, value) in fields().filter(|(_, value)| !value.is_empty()) {
                        dt { (key) }
                        dd { (beginning(&value)) }
                    }
                }
                form method="post" action=(self.kept_to) {
                    @for (key, value) in fields() { input type="hidden" name=(key) value=(value); }
                    p .row { button { (words.send_again()) } a .button.quiet href=(self.next()) { (words.leave_it()) } }
                }
            },
        )
    }
}

fn beginning(value: &str) -> String {
    let mut beginning: String = value.chars().take(SHOWN_CHARS).collect();
    if beginning.len() < value.len() {
        beginning.push('…');
    }
    beginning
}

pub(in crate::console) fn is_ours(path: &str) -> bool {
    // `\` and control characters: browsers read some of them as `/`, or leave them out.
    let plain = path.bytes().all(|byte| byte > b' ' && byte != b'\\' && byte != 0x7f);
    let inside = path.strip_prefix("/console").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    plain && inside && !path.starts_with("/console/sign-in")
}

/// Whether a form that was sent there is kept.
fn may_be_kept(path: &str, form: &str) -> bool {
    let path: Vec<&str> = path.split('/').skip(2).collect();
    let is_written = matches!(
        path.as_slice(),
        ["customers", "new"]
            | ["customers", _, "edit"]
            | ["calls", _, "note"]
            | ["rota", "edit" | "change"]
            | ["mine", "away"]
            | ["promises", _, "done" | "later" | "let-go"]
            | ["who", "compare"]
            | ["rehearse"]
    );
    is_written
        && form.len() <= KEPT_BYTES
        && form_urlencoded::parse(form.as_bytes()).all(|(name, _)| !name.to_lowercase().contains("password"))
}

/// Answers a form that comes without a session with the sign-in page, which keeps it, or says that it cannot; what was
/// typed into one that is refused goes along with why.
pub(in crate::console) async fn keep(State(console): State<Desk>, request: Request, next: Next) -> Response {
    let too_long = request.extensions().get::<TooLong>().is_some();
    let is_page = request.uri().path().starts_with("/console");
    if !too_long && (request.method() != Method::POST || !is_page) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    if too_long {
        let is_out = matches!(Me::from_request_parts(&mut parts, &console).await, Err(Problem::SignIn { .. }));
        return if is_page && is_out { not_kept(&console, parts).await } else { Problem::TooLong.into_response() };
    }
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let Ok(body) = to_bytes(body, Front::FORM_BYTES).await else { return Problem::TooLong.into_response() };
    let mut response = next.run(Request::from_parts(parts.clone(), Body::from(body.clone()))).await;
    let Some(problem) = response.extensions().get::<Arc<Problem>>() else { return response };
    if !matches!(**problem, Problem::SignIn { .. }) {
        let to = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        if let Some(typed) = Typed::of(problem, to, &body).filter(|_| is_form) {
            response.extensions_mut().insert(Arc::new(typed));
        }
        return response;
    }
    let form = String::from_utf8_lossy(&body);
    if !is_form || !may_be_kept(parts.uri.path(), &form) {
        return not_kept(&console, parts).await;
    }
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &console).await;
    let whose = match visitor.before {
        Some(key) => console.read(move |tx| sessions::last_holder(tx, &key)).await.ok().flatten(),
        None => None,
    };
    let kept = Kept {
        next: String::new(),
        kept_to: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        kept: form.into_owned(),
        kept_for: whose.map(|account| account.to_string()).unwrap_or_default(),
    };
    sign_in(&console, visitor.language, &kept, None).await
}

/// The sign-in page, from which they come back to where they sent the form.
async fn not_kept(console: &Desk, mut parts: Parts) -> Response {
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, console).await;
    let from = parts.headers.get(REFERER).and_then(|from| from.to_str().ok()?.parse::<Uri>().ok());
    let from = from.as_ref().and_then(Uri::path_and_query).map(ToString::to_string);
    let told = SignInWords(visitor.language).not_kept();
    sign_in(console, visitor.language, &Kept::to(from.unwrap_or_default()), Some(&told)).await
}

async fn sign_in(console: &Desk, language: Language, kept: &Kept, problem: Option<&str>) -> Response {
    match forms::sign_in(console, language, kept, problem).await {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(problem) => problem.into_response(),
    }
}
