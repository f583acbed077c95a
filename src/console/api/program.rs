//! Which program asks, and for whom.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use jiff::SignedDuration;

use crate::console::sign_in::{Visitor, about_to_try};
use crate::console::{Desk, Me, Problem};
use crate::domain::access::sign_in::Counted;
use crate::domain::access::{Key, Scope, Via};
use crate::domain::words::Language;
use crate::store::sessions::SessionId;
use crate::store::tokens::{self, Token};

/// Noting that a token is in use is a write, so it is not noted more often than that.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// With any token: a handler that has this changes nothing.
pub(super) struct Reads(pub(super) Me);

/// With a token for writing.
pub(super) struct Writes(pub(super) Me);

impl FromRequestParts<Desk> for Reads {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, console: &Desk) -> Result<Self, Problem> {
        Ok(Self(known(parts, console).await?.1))
    }
}

impl FromRequestParts<Desk> for Writes {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, console: &Desk) -> Result<Self, Problem> {
        let (token, me) = known(parts, console).await?;
        if token.scope == Scope::Write { Ok(Self(me)) } else { Err(Problem::Forbidden) }
    }
}

async fn known(parts: &mut Parts, console: &Desk) -> Result<(Token, Me), Problem> {
    let nobody = Problem::SignIn { next: String::new() };
    let shown = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    let Some(shown) = shown.and_then(|shown| shown.split_once(' ')) else { return Err(nobody) };
    let key = Some(shown).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
    let Some(key) = key.and_then(Key::read) else { return Err(refused(parts, console).await) };
    let Some((token, account)) = console.read(move |tx| tokens::find(tx, &key)).await? else {
        return Err(refused(parts, console).await);
    };
    // Whoever has left the rota file is no longer staff.
    if account.staff.as_ref().is_some_and(|who| console.rota().staff.get(who.as_str()).is_none()) {
        return Err(nobody);
    }
    touch(console, &token).await;
    let me = Me {
        account: account.id,
        name: account.name,
        staff: account.staff,
        role: account.role,
        language: Language::English,
        session: SessionId(0),
        token: Some(token.id),
        via: Via::Token(token.name.clone()),
    };
    Ok((token, me))
}

/// Tokens cannot be guessed; whoever tries all the same is slowed down, and with them a program whose token was
/// revoked and that does not notice.
async fn refused(parts: &mut Parts, console: &Desk) -> Problem {
    let Ok(visitor) = Visitor::from_request_parts(parts, console).await;
    match about_to_try(console, &[Counted::Token(visitor.address)]).await {
        Ok(Err(wait)) => Problem::wait(wait),
        Ok(Ok(())) => Problem::SignIn { next: String::new() },
        Err(away) => away,
    }
}

/// A store that takes nothing keeps nobody from looking.
async fn touch(console: &Desk, token: &Token) {
    let (id, now) = (token.id, console.clock.now());
    if token.used.is_some_and(|used| now.duration_since(used) < TOUCH_EVERY) {
        return;
    }
    if let Err(error) = console.write(move |tx| tokens::touch(tx, id, now)).await {
        tracing::debug!(?error, "that a token is in use is not noted");
    }
}
