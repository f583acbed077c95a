//! Another password.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Redirect;
use axum::routing::post;
use serde::Deserialize;

use crate::console::sign_in::welcome::unfit_told;
use crate::console::sign_in::words::SignInWords;
use crate::console::sign_in::{Visitor, about_to_try, password};
use crate::console::{Console, Desk, Me, Problem};
use crate::domain::access::Deed;
use crate::domain::access::sign_in::{Counted, check_password, login};
use crate::store::audit::{self, Entry};
use crate::store::{Tx, accounts, sessions, sign_in};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/people/password", post(change))
}

/// Another password for oneself. Every other browser is signed out, and links with which one could be chosen work no more.
/// Guesses at the old one are counted: whoever finds a browser open does not have the password yet.
async fn choose(console: &Console, me: &Me, visitor: Visitor, old: String, new: String) -> Result<(), Problem> {
    let (rota, now, who, id) = (console.rota(), console.clock.now(), me.who(), me.account);
    let words = SignInWords(me.language);
    check_password(&new, &[&rota.business, &me.name]).map_err(|unfit| Problem::Wrong(unfit_told(words, unfit)))?;
    let login = login(&me.name);
    let asked = login.clone();
    let kept = console.read(move |tx| accounts::by_login(tx, &asked)).await?;
    let kept = kept.filter(|(account, _)| account.id == id).map(|(_, kept)| kept);
    let counted = [Counted::Known(id, visitor.address)];
    if kept.is_some() {
        if let Err(wait) = about_to_try(console, &counted).await? {
            return Err(Problem::wait(wait));
        }
        if !password::fits(old, kept).await {
            return Err(Problem::Wrong(words.wrong_password()));
        }
    }
    let (kept, session) = (password::keep(console, new).await?, me.session);
    let choosing = move |tx: &mut Tx<'_>| {
        if accounts::is_taken(tx, &login, Some(id))? {
            return Ok(false);
        }
        accounts::set_password(tx, id, &login, &kept)?;
        sign_in::came_in(tx, &counted)?;
        sign_in::drop_links(tx, Some(id))?;
        for other in sessions::of(tx, id, now)?.iter().filter(|other| other.id != session) {
            sessions::end(tx, id, other.id)?;
        }
        let subject = accounts::get(tx, id)?.map(|listed| listed.account.subject()).unwrap_or_default();
        let what = Deed::PasswordSet;
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after: None })?;
        Ok(true)
    };
    if console.write_access(choosing).await? { Ok(()) } else { Err(Problem::Wrong(words.name_taken())) }
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    old: String,
    new: String,
}

async fn change(
    State(console): State<Desk>,
    me: Me,
    visitor: Visitor,
    Form(form): Form<Passwords>,
) -> Result<Redirect, Problem> {
    choose(&console, &me, visitor, form.old, form.new).await?;
    Ok(Redirect::to("/console/people/sessions"))
}
