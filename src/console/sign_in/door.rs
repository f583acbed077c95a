//! What is the same whichever way somebody comes in.

use std::convert::Infallible;
use std::net::IpAddr;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use cookie::{Cookie, SameSite};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::console::front::Peer;
use crate::console::me::{cookie, session_cookie};
use crate::console::problem::language_of;
use crate::console::{Console, Desk, Problem, language};
use crate::domain::access::sign_in::{Counted, network, session_expires};
use crate::domain::access::{Account, AccountId, Deed, Key, Via, Who};
use crate::domain::words::Language;
use crate::store::audit::{self, Entry};
use crate::store::sessions::{self, NewSession};
use crate::store::{StoreError, Tx, accounts, sign_in};

/// So much of what a browser says of itself is kept.
const BROWSER_CHARS: usize = 200;

/// How often what is of no use any more is deleted, and how much of it in one transaction.
const FORGET_EVERY: Duration = Duration::from_mins(1);
const FORGET_AT_ONCE: u32 = 500;
/// So long it is known whose session it was that is over: what they typed in it is nobody else's.
const SESSIONS_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);
/// While there is more.
const FORGET_AGAIN: Duration = Duration::from_secs(1);

/// Somebody who is not in yet, as far as their request tells.
#[derive(Clone, Debug)]
pub(in crate::console) struct Visitor {
    pub(in crate::console) address: String,
    pub(in crate::console) browser: String,
    pub(in crate::console) language: Language,
    /// What their browser shows already.
    pub(in crate::console) before: Option<Key>,
}

/// Somebody who is in.
#[derive(Clone, Debug)]
pub(in crate::console) struct Entered {
    pub(in crate::console) account: Account,
    pub(in crate::console) key: Key,
}

impl FromRequestParts<Desk> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, console: &Desk) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        let browser = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Ok(Self {
            address: address(peer, &parts.headers),
            browser: browser.chars().take(BROWSER_CHARS).collect(),
            language: language_of(&parts.headers),
            before: cookie(&parts.headers, session_cookie(console)).and_then(|key| Key::read(&key)),
        })
    }
}

/// A proxy of our own, on this machine or in its network, says for whom it asks; nobody from outside is believed.
fn address(peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer else { return String::new() };
    let ours = match peer.to_canonical() {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    };
    let told = headers.get_all("x-forwarded-for").into_iter().next_back().and_then(|told| told.to_str().ok());
    let last = told.and_then(|told| told.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    last.filter(|_| ours).unwrap_or(peer).to_canonical().to_string()
}

/// Whether the account is signed in from where they are already. Then what others try in vain, at its name or from an
/// address that they share, does not count.
pub(super) fn is_known(
    tx: &mut Tx<'_>,
    account: AccountId,
    visitor: &Visitor,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let here = network(&visitor.address);
    Ok(sessions::of(tx, account, now)?.iter().any(|session| network(&session.address) == here))
}

/// Whose tries are counted.
pub(super) fn counted(
    tx: &mut Tx<'_>,
    name: &str,
    account: Option<AccountId>,
    visitor: &Visitor,
    now: Timestamp,
) -> Result<Vec<Counted>, StoreError> {
    let address = visitor.address.clone();
    Ok(match account {
        Some(account) if is_known(tx, account, visitor, now)? => vec![Counted::Known(account, address)],
        _ => vec![Counted::Name(name.to_owned()), Counted::Address(address)],
    })
}

/// Counts a try. `Err` in the answer: it is not looked at for so long. Such a try costs a look and no write, so that
/// whoever goes on all the same keeps no call waiting.
pub(in crate::console) async fn about_to_try(
    console: &Console,
    counted: &[Counted],
) -> Result<Result<(), SignedDuration>, Problem> {
    let (now, asked, counted) = (console.clock.now(), counted.to_vec(), counted.to_vec());
    match console.read(move |tx| sign_in::wait(tx, &asked, now)).await? {
        Some(wait) => Ok(Err(wait)),
        None => console.write(move |tx| sign_in::about_to_try(tx, &counted, now)).await,
    }
}

/// Deletes what is of no use any more, a little at a time.
pub(in crate::console) async fn forget(console: Desk) {
    let mut pause = FORGET_EVERY;
    loop {
        tokio::time::sleep(pause).await;
        let now = console.clock.now();
        let forgetting = move |tx: &mut Tx<'_>| {
            let failures = sign_in::forget(tx, now, FORGET_AT_ONCE)?;
            Ok(failures.max(sessions::forget(tx, now - SESSIONS_KEPT, FORGET_AT_ONCE)?))
        };
        let is_more = console.write(forgetting).await.is_ok_and(|count| count >= FORGET_AT_ONCE as usize);
        pause = if is_more { FORGET_AGAIN } else { FORGET_EVERY };
    }
}

/// A session of its own for whoever comes in: one that somebody may have slipped them before is over.
pub(super) fn open(
    tx: &mut Tx<'_>,
    account: &Account,
    key: &Key,
    visitor: &Visitor,
    now: Timestamp,
) -> Result<(), StoreError> {
    if let Some(before) = &visitor.before {
        sessions::end_by_key(tx, before)?;
    }
    let (address, browser) = (visitor.address.clone(), visitor.browser.clone());
    let expires = session_expires(now, now);
    let new = NewSession { key: key.clone(), account: account.id, made: now, expires, address, browser };
    sessions::open(tx, &new)?;
    accounts::signed_in(tx, account.id, now)?;
    let after = Some(json!({ "address": new.address, "browser": new.browser }));
    audit::note(tx, &by(account, now, Deed::SignedIn, None, after))
}

/// Something that somebody did to their own account, through a browser.
pub(super) fn by(
    account: &Account,
    at: Timestamp,
    what: Deed,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Entry {
    let who = Who { account: Some(account.id), name: account.name.clone(), via: Via::Session };
    Entry { who, at, what, subject: account.subject(), before, after }
}

/// The answer, with the cookie that this browser shows from now on; and it speaks the language that they have chosen.
pub(super) fn with_key(console: &Console, entered: &Entered, answer: impl IntoResponse) -> Response {
    let answer = with_cookie(answer, &session(console, entered.key.reveal()).permanent().build());
    match entered.account.language {
        Some(language) => with_cookie(answer, &language::cookie(console, language)),
        None => answer,
    }
}

/// The answer, and the browser shows nothing any more.
pub(super) fn without_key(console: &Console, answer: impl IntoResponse) -> Response {
    with_cookie(answer, &session(console, String::new()).removal().build())
}

fn session(console: &Console, key: String) -> cookie::CookieBuilder<'static> {
    // `Lax`: a link from a letter or a chat leads to the page and not to the sign-in.
    let cookie = Cookie::build((session_cookie(console), key)).path("/").http_only(true).same_site(SameSite::Lax);
    cookie.secure(console.is_https())
}

fn with_cookie(answer: impl IntoResponse, cookie: &Cookie<'_>) -> Response {
    let mut response = answer.into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_of_our_own_says_for_whom_it_asks() {
        let told = |told: &'static str| {
            HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), HeaderValue::from_static(told))])
        };
        for (peer, header, expected) in [
            ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.2", "203.0.113.1, 198.51.100.7", "198.51.100.7"),
            ("::ffff:127.0.0.1", "2001:db8::7", "2001:db8::7"),
            ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
            ("127.0.0.1", "unknown", "127.0.0.1"),
        ] {
            assert_eq!(address(Some(peer.parse().unwrap()), &told(header)), expected, "{peer} {header}");
        }
    }
}
