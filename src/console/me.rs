//! Who is signed in.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use cookie::Cookie;

use super::page::Nav;
use super::problem::language_of;
use super::{Console, Desk, Problem};
use crate::domain::access::sign_in::{is_worth_noting, session_expires};
use crate::domain::access::{AccountId, Key, Role, Via, Who};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::sessions::{self, Session, SessionId};
use crate::store::tokens::TokenId;

/// A person whose browser is signed in. A handler that has it answers nobody else.
#[derive(Clone, Debug)]
pub(crate) struct Me {
    pub(crate) account: AccountId,
    pub(crate) name: String,
    /// Their place in the rota, if they have one.
    pub(crate) staff: Option<StaffId>,
    pub(crate) role: Role,
    pub(crate) language: Language,
    /// Of a program, which shows a token, it is one that there is not.
    pub(crate) session: SessionId,
    /// Of a program.
    pub(crate) token: Option<TokenId>,
    pub(crate) via: Via,
}

impl Me {
    /// [`Problem::Forbidden`] unless they have this role, or more.
    pub(crate) fn may(&self, needed: Role) -> Result<(), Problem> {
        if self.role.may(needed) { Ok(()) } else { Err(Problem::Forbidden) }
    }

    /// For the audit log.
    pub(crate) fn who(&self) -> Who {
        Who { account: Some(self.account), name: self.name.clone(), via: self.via.clone() }
    }

    /// What stands in their menu.
    pub(super) fn sees(&self, nav: Nav) -> bool {
        match nav {
            Nav::Mine => self.staff.is_some(),
            Nav::Audit => self.role.may(Role::Admin),
            _ => true,
        }
    }
}

/// The name of the cookie that holds a session's key. With HTTPS the browser itself holds it to this host.
pub(crate) fn session_cookie(console: &Console) -> &'static str {
    if console.is_https() { "__Host-session" } else { "session" }
}

/// What a browser shows under this name.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let shown = headers.get_all(COOKIE).into_iter().filter_map(|header| header.to_str().ok());
    let mut cookies = shown.flat_map(Cookie::split_parse).filter_map(Result::ok);
    cookies.find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

impl FromRequestParts<Desk> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, console: &Desk) -> Result<Self, Problem> {
        let page = parts.uri.path_and_query().map_or("/console", |page| page.as_str());
        // What was posted cannot be asked for again by its address.
        let next = if parts.method == Method::GET { page } else { "/console" };
        let nobody = || Problem::SignIn { next: next.to_owned() };
        let key = cookie(&parts.headers, session_cookie(console)).and_then(|key| Key::read(&key)).ok_or_else(nobody)?;
        let now = console.clock.now();
        let (session, account) = console.read(move |tx| sessions::find(tx, &key, now)).await?.ok_or_else(nobody)?;
        if !account.may_enter(&console.rota().staff) {
            let id = account.id;
            // A file that cannot be read in full tells nothing of who has left.
            if console.file.live().broken.is_none() {
                console.write_access(move |tx| sessions::end_all(tx, id)).await?;
            }
            return Err(nobody());
        }
        touch(console, &session).await;
        Ok(Self {
            account: account.id,
            name: account.name,
            staff: account.staff,
            role: account.role,
            language: language_of(&parts.headers),
            session: session.id,
            token: None,
            via: Via::Session,
        })
    }
}

/// A store that takes nothing keeps nobody from looking.
async fn touch(console: &Desk, session: &Session) {
    let now = console.clock.now();
    if !is_worth_noting(session.seen, now) {
        return;
    }
    let (id, expires) = (session.id, session_expires(session.made, now));
    if let Err(error) = console.write(move |tx| sessions::touch(tx, id, now, expires)).await {
        tracing::debug!(?error, "that a session is in use is not noted");
    }
}
