//! What went wrong, as a page: what, and what to do.

pub(super) mod typed;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect};
use jiff::SignedDuration;
use maud::{Markup, html};
use reqwest::Url;
use serde_json::json;

use super::me::cookie;
use super::page::{LANGUAGE_COOKIE, Nav, Page, bare};
use super::sign_in::is_ours;
use super::words::{Words, preferred};
use super::{Console, Desk, Me};
use crate::domain::words::Language;
use crate::store::StoreError;
use typed::Typed;

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

    /// With the menu, for whoever is signed in.
    async fn page(&self, console: &Desk, mut asked: Parts, typed: Option<&Typed>) -> Response<Body> {
        if let Self::SignIn { next } = self {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("next", next);
            return Redirect::to(&format!("/console/sign-in?{}", query.finish())).into_response();
        }
        let language = language_of(&asked.headers);
        let (what, why) = self.told(language);
        let main = html! { p { (why) } (self.ways_on(console, &asked, typed, language)) };
        let page = match Me::from_request_parts(&mut asked, console).await {
            Ok(me) => Page::new(Nav::of(asked.uri.path()), what).show(console, &me, &main),
            // Nobody is signed in, or that cannot be told just now.
            Err(_) => bare(language, &what, &main),
        };
        let mut response = (self.status(), page).into_response();
        self.head(&mut response);
        response
    }

    fn ways_on(&self, console: &Console, asked: &Parts, typed: Option<&Typed>, language: Language) -> Markup {
        let words = Words(language);
        let here = asked.uri.path_and_query().map_or("/console", |here| here.as_str());
        let may_pass = matches!(self, Self::Away(_) | Self::TooSoon { .. });
        let back = came_from(&asked.headers, &console.settings.public_url).filter(|back| back != here);
        html! {
            @if let Some(typed) = typed { (typed.show(self, words)) }
            @else if may_pass && asked.method == Method::GET && is_ours(here) {
                p { a .button href=(here) { (words.try_again()) } }
            }
            p .row {
                @if let Some(back) = back { a href=(back) { (words.back()) } }
                a href="/console" { (words.back_to(words.now())) }
            }
        }
    }
}

/// The page of ours on which the link or button was.
fn came_from(headers: &HeaderMap, public_url: &str) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let from = Url::parse(text(header::REFERER)?).ok()?;
    let public = Url::parse(public_url).ok().is_some_and(|public| public.origin() == from.origin());
    // Behind a proxy or not, a browser names the place it asks.
    let same = text(header::HOST).is_some_and(|host| host == from.authority());
    let query = from.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", from.path())).filter(|path| (public || same) && is_ours(path))
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
pub(super) async fn tell(State(console): State<Desk>, request: Request, next: Next) -> Response<Body> {
    let (asked, body) = request.into_parts();
    let response = next.run(Request::from_parts(asked.clone(), body)).await;
    let Some(problem) = response.extensions().get::<Arc<Problem>>() else { return response };
    if asked.uri.path().starts_with("/api/") {
        return problem.json();
    }
    let typed = response.extensions().get::<Arc<Typed>>();
    problem.page(&console, asked, typed.map(|typed| &**typed)).await
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
