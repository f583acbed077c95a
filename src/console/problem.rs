//! What went wrong, as a page: what, and what to do.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use jiff::SignedDuration;
use maud::html;
use serde_json::json;

use super::me::cookie;
use super::page::{LANGUAGE_COOKIE, bare};
use super::words::{Words, preferred};
use crate::domain::words::Language;
use crate::store::StoreError;

/// Why a page or a deed cannot be had.
#[derive(Debug)]
pub(crate) enum Problem {
    /// Nobody is signed in; the address to return to.
    SignIn {
        next: String,
    },
    Forbidden,
    /// As [`Self::Forbidden`]; a whole sentence that says who may.
    Barred(String),
    NotFound,
    /// What was typed does not do; a whole sentence that says what would.
    Wrong(String),
    /// Somebody else changed it first; a whole sentence.
    Conflict(String),
    /// Longer than what can be taken at once.
    TooLong,
    /// Too many tries; how many seconds to wait.
    TooSoon {
        seconds: u32,
    },
    Away(StoreError),
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Away(error)
    }
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Barred(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSoon { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Away(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Too many tries; the wait is rounded up: after it they are looked at.
    pub(crate) fn wait(wait: SignedDuration) -> Self {
        Self::TooSoon { seconds: u32::try_from(wait.as_secs()).unwrap_or(0).saturating_add(1) }
    }

    /// What happened, and what to do about it.
    pub(crate) fn told(&self, language: Language) -> (String, String) {
        let words = Words(language);
        match self {
            Self::SignIn { .. } | Self::Forbidden => (words.forbidden(), words.forbidden_why()),
            Self::Barred(why) => (words.forbidden(), why.clone()),
            Self::NotFound => (words.not_found(), words.not_found_why()),
            Self::Wrong(why) => (words.wrong(), why.clone()),
            Self::Conflict(why) => (words.changed_meanwhile(), why.clone()),
            Self::TooLong => (words.wrong(), words.too_long()),
            Self::TooSoon { seconds } => (words.wrong(), words.too_soon(seconds)),
            Self::Away(_) => (words.away(), words.away_why()),
        }
    }

    /// As RFC 9457 has it.
    fn json(&self) -> Response<Body> {
        let (title, detail) = self.told(Language::English);
        let body = json!({ "type": "about:blank", "title": title, "status": self.status().as_u16(), "detail": detail });
        let mut response = (self.status(), body.to_string()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        self.head(&mut response);
        response
    }

    fn head(&self, response: &mut Response<Body>) {
        if let Self::Away(error) = self {
            tracing::warn!(%error, "a page could not be had");
        }
        if let Self::TooSoon { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, (*seconds).into());
        }
    }

    fn page(&self, language: Language) -> Response<Body> {
        if let Self::SignIn { next } = self {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("next", next);
            return Redirect::to(&format!("/console/sign-in?{}", query.finish())).into_response();
        }
        let (what, why) = self.told(language);
        let words = Words(language);
        let back = html! { p { (why) } p { a href="/console" { (words.back_to(words.now())) } } };
        let mut response = (self.status(), bare(language, &what, &back)).into_response();
        self.head(&mut response);
        response
    }
}

/// Told by [`tell`], in the language of who asks.
impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Turns a problem into a page, or into JSON for programs, in the language of who asks.
pub(super) async fn tell(request: Request, next: Next) -> Response<Body> {
    let language = language_of(request.headers());
    let for_programs = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    match response.extensions().get::<Arc<Problem>>() {
        Some(problem) if for_programs => problem.json(),
        Some(problem) => problem.page(language),
        None => response,
    }
}

/// What somebody has chosen, or else what their browser asks for.
pub(super) fn language_of(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(|tag| Language::of(&tag));
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    chosen.unwrap_or_else(|| preferred(header.unwrap_or_default()))
}

pub(super) async fn not_found() -> Problem {
    Problem::NotFound
}

pub(super) fn panicked() -> Response<Body> {
    tracing::error!("a page panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "This page has a fault. Calls go on as ever.\n").into_response()
}
