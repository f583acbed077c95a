//! Choosing the language of the console.

use axum::extract::State;
use axum::http::header::{REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};
use cookie::{Cookie, SameSite};
use serde::Deserialize;

use super::page::LANGUAGE_COOKIE;
use super::{Desk, Problem};
use crate::domain::words::Language;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/language", post(choose))
}

#[derive(Deserialize)]
struct Choice {
    language: String,
}

/// Kept by the browser, so that the sign-in page speaks it too; back to the page that it was chosen on.
async fn choose(
    State(console): State<Desk>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response, Problem> {
    let language = Language::of(&choice.language).ok_or(Problem::NotFound)?;
    let cookie = Cookie::build((LANGUAGE_COOKIE, language.code()))
        .path("/")
        .http_only(true)
        .secure(console.is_https())
        .same_site(SameSite::Lax)
        .permanent()
        .build();
    let from = headers.get(REFERER).and_then(|page| page.to_str().ok()?.parse::<Uri>().ok());
    let page = from.and_then(|page| page.path_and_query().map(ToString::to_string));
    let page = page.filter(|page| page.starts_with("/console")).unwrap_or_else(|| "/console".to_owned());
    let mut response = StatusCode::SEE_OTHER.into_response();
    for (name, value) in [(SET_COOKIE, cookie.to_string()), (header::LOCATION, page)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
