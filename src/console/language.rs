//! Choosing the language of the console.

use axum::extract::State;
use axum::http::header::{REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};
use cookie::{Cookie, SameSite};
use serde::Deserialize;
use serde_json::json;

use super::page::LANGUAGE_COOKIE;
use super::{Console, Desk, Me, Problem};
use crate::domain::access::Deed;
use crate::domain::words::Language;
use crate::store::audit::{self, Entry};
use crate::store::{Tx, accounts};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/language", post(choose))
}

/// Has the browser speak it from now on.
pub(super) fn cookie(console: &Console, language: Language) -> Cookie<'static> {
    Cookie::build((LANGUAGE_COOKIE, language.code()))
        .path("/")
        .http_only(true)
        .secure(console.is_https())
        .same_site(SameSite::Lax)
        .permanent()
        .build()
}

async fn keep(console: &Console, me: &Me, language: Language) -> Result<(), Problem> {
    let (id, who, at) = (me.account, me.who(), console.clock.now());
    let keeping = move |tx: &mut Tx<'_>| {
        let Some(account) = accounts::get(tx, id)?.map(|listed| listed.account) else { return Ok(()) };
        if account.language == Some(language) {
            return Ok(());
        }
        accounts::set_language(tx, id, Some(language))?;
        let before = Some(json!({ "language": account.language.map(Language::code) }));
        let after = Some(json!({ "language": language.code() }));
        let (who, what, subject) = (who.clone(), Deed::LanguageChosen, account.subject());
        audit::note(tx, &Entry { who, at, what, subject, before, after })
    };
    console.write(keeping).await
}

#[derive(Deserialize)]
struct Choice {
    language: String,
}

/// Kept by the browser, so that the sign-in page speaks it too, and with the account of whoever is signed in, so that
/// other browsers do; back to the page that it was chosen on.
async fn choose(
    State(console): State<Desk>,
    me: Result<Me, Problem>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response, Problem> {
    let language = Language::of(&choice.language).ok_or(Problem::NotFound)?;
    if let Ok(me) = me
        && let Err(problem) = keep(&console, &me, language).await
    {
        // A store that takes nothing keeps nobody from reading.
        tracing::debug!(?problem, "a language is kept by the browser alone");
    }
    let cookie = cookie(&console, language);
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
