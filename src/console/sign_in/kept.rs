//! What was sent by somebody who is no longer signed in: kept in the sign-in page, and sent again when they say so.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::door::Visitor;
use super::forms;
use super::words::SignInWords;
use crate::console::page::bare;
use crate::console::{Desk, Problem};
use crate::domain::words::Language;

/// A form is not longer than that; a rota of a large business is far below it.
const FORM_BYTES: usize = 2 << 20;

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
}

impl Kept {
    pub(super) fn to(next: String) -> Self {
        Self { next, ..Self::default() }
    }

    pub(super) fn is_form(&self) -> bool {
        is_ours(&self.kept_to)
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
            }
        }
    }

    /// Asks whoever is in now whether to send it.
    pub(super) fn send_again(&self, name: &str, language: Language) -> Markup {
        let words = SignInWords(language);
        bare(
            language,
            &words.back(),
            &html! {
                p { (words.again_as(name)) }
                form method="post" action=(self.kept_to) {
                    @for (key, value) in form_urlencoded::parse(self.kept.as_bytes()) {
                        input type="hidden" name=(key) value=(value);
                    }
                    p .row { button { (words.send_again()) } a .button.quiet href=(self.next()) { (words.leave_it()) } }
                }
            },
        )
    }
}

fn is_ours(path: &str) -> bool {
    // `\` and control characters: browsers read some of them as `/`, or leave them out.
    let plain = path.bytes().all(|byte| byte > b' ' && byte != b'\\' && byte != 0x7f);
    let inside = path.strip_prefix("/console").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    plain && inside && !path.starts_with("/console/sign-in")
}

/// Answers a form that comes without a session with the sign-in page, which keeps it.
pub(in crate::console) async fn keep(State(console): State<Desk>, request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if request.method() != Method::POST || !kind.starts_with("application/x-www-form-urlencoded") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, FORM_BYTES).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let response = next.run(Request::from_parts(parts.clone(), Body::from(body.clone()))).await;
    let problem = response.extensions().get::<Arc<Problem>>();
    if !problem.is_some_and(|problem| matches!(**problem, Problem::SignIn { .. })) {
        return response;
    }
    let kept = Kept {
        next: String::new(),
        kept_to: parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        kept: String::from_utf8_lossy(&body).into_owned(),
    };
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &console).await;
    match forms::sign_in(&console, visitor.language, &kept, None).await {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(problem) => problem.into_response(),
    }
}
