//! Where somebody is signed in.

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::list::back;
use super::words::PeopleWords;
use crate::console::times::{machine, short};
use crate::console::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::access::{Account, AccountId, Deed, Role};
use crate::store::audit::{self, Entry};
use crate::store::sessions::{Session, SessionId};
use crate::store::{Tx, accounts, sessions, tokens};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/people/sessions", get(show))
        .route("/console/people/sessions/end", post(end_one))
        .route("/console/people/sessions/end-all", post(end_them_all))
}

/// Of oneself, or of somebody to whom one could give their role.
async fn account(console: &Console, me: &Me, of: AccountId) -> Result<Account, Problem> {
    let listed = console.read(move |tx| accounts::get(tx, of)).await?.ok_or(Problem::NotFound)?;
    if of != me.account && !(me.role.may(Role::Admin) && me.role.may_give(listed.account.role)) {
        return Err(Problem::Forbidden);
    }
    Ok(listed.account)
}

/// The last used first.
pub(in crate::console) async fn list(
    console: &Console,
    me: &Me,
    of: AccountId,
) -> Result<(Account, Vec<Session>), Problem> {
    let (account, now) = (account(console, me, of).await?, console.clock.now());
    let sessions = console.read(move |tx| sessions::of(tx, of, now)).await?;
    Ok((account, sessions))
}

pub(in crate::console) async fn end(console: &Console, me: &Me, of: AccountId, id: SessionId) -> Result<(), Problem> {
    let (account, now, who) = (account(console, me, of).await?, console.clock.now(), me.who());
    let ending = move |tx: &mut Tx<'_>| {
        let found = sessions::of(tx, of, now)?.into_iter().find(|session| session.id == id);
        let Some(session) = found else { return Ok(false) };
        sessions::end(tx, of, id)?;
        let before = Some(json!({ "address": session.address, "browser": session.browser }));
        let (what, subject) = (Deed::SessionEnded, account.subject());
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before, after: None })?;
        Ok(true)
    };
    if console.write_access(ending).await? { Ok(()) } else { Err(Problem::NotFound) }
}

/// Signs somebody out everywhere, their programs too.
pub(in crate::console) async fn end_all(console: &Console, me: &Me, of: AccountId) -> Result<(), Problem> {
    let (account, now, who) = (account(console, me, of).await?, console.clock.now(), me.who());
    let ending = move |tx: &mut Tx<'_>| {
        let ended = sessions::end_all(tx, of)?;
        let revoked = tokens::revoke_all(tx, of, now)?;
        let before = Some(json!({ "sessions": ended, "tokens": revoked }));
        let (what, subject) = (Deed::SessionsEnded, account.subject());
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before, after: None })
    };
    console.write_access(ending).await
}

#[derive(Deserialize)]
struct Of {
    of: Option<i64>,
}

async fn show(State(console): State<Desk>, me: Me, Query(of): Query<Of>) -> Result<Markup, Problem> {
    let (account, sessions) = list(&console, &me, of.of.map_or(me.account, AccountId)).await?;
    Ok(page(&console, &me, &account, &sessions))
}

#[derive(Deserialize)]
struct One {
    of: i64,
    session: i64,
}

async fn end_one(State(console): State<Desk>, me: Me, Form(one): Form<One>) -> Result<Redirect, Problem> {
    end(&console, &me, AccountId(one.of), SessionId(one.session)).await?;
    Ok(Redirect::to(&format!("/console/people/sessions?of={}", one.of)))
}

#[derive(Deserialize)]
struct All {
    of: i64,
}

async fn end_them_all(State(console): State<Desk>, me: Me, Form(all): Form<All>) -> Result<Redirect, Problem> {
    end_all(&console, &me, AccountId(all.of)).await?;
    Ok(Redirect::to(&format!("/console/people/sessions?of={}", all.of)))
}

fn page(console: &Console, me: &Me, account: &Account, sessions: &[Session]) -> Markup {
    let words = PeopleWords(me.language);
    let mine = account.id == me.account;
    let title = if mine { words.sessions() } else { words.sessions_of(&account.name) };
    let main = html! {
        @if sessions.is_empty() { div .empty { p { (words.no_sessions()) } } } @else {
            (table(console, me, words, account, &title, sessions))
            form method="post" action=(if mine { "/console/sign-out-everywhere" } else { "/console/people/sessions/end-all" }) {
                input type="hidden" name="of" value=(account.id);
                p { button .bad aria-describedby="everywhere" { (words.everywhere()) } }
                p #everywhere .hint { (words.everywhere_means()) }
            }
        }
        @if mine { (password(words, account)) }
        (back(words))
    };
    Page::new(Nav::People, title).show(console, me, &main)
}

fn table(console: &Console, me: &Me, words: PeopleWords, account: &Account, title: &str, all: &[Session]) -> Markup {
    let now = console.now();
    let time = |at| html! { time datetime=(machine(at)) { (short(me.language, at, &now)) } };
    html! {
        div .table role="region" aria-label=(title) tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { (words.browser()) }
                        th scope="col" { (words.address()) }
                        th scope="col" { (words.began()) }
                        th scope="col" { (words.seen()) }
                        th scope="col" { (words.actions()) }
                    }
                }
                tbody {
                    @for session in all {
                        @let browser = browser(&session.browser);
                        tr {
                            th scope="row" title=(session.browser) { (browser) }
                            td { (session.address) }
                            td { (time(session.made)) }
                            td { (time(session.seen)) }
                            td {
                                @if session.id == me.session { span .badge.good { (words.this_one()) } } @else {
                                    form .inline method="post" action="/console/people/sessions/end" {
                                        input type="hidden" name="of" value=(account.id);
                                        input type="hidden" name="session" value=(session.id.0);
                                        button .small.quiet aria-label=(words.end_which(&browser)) { (words.end()) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn password(words: PeopleWords, account: &Account) -> Markup {
    html! {
        section {
            h2 { (words.your_password()) }
            form .card method="post" action="/console/people/password" {
                @if account.has_password {
                    p .field {
                        label for="old" { (words.old_password()) }
                        input #old name="old" type="password" autocomplete="current-password" required;
                    }
                }
                p .field {
                    label for="new" { (words.new_password()) }
                    input #new name="new" type="password" autocomplete="new-password" minlength="10" required;
                }
                button { (words.change_password()) }
            }
        }
    }
}

/// The name that people know a browser by, and where it runs.
pub(in crate::console) fn browser(told: &str) -> String {
    let known =
        |names: &[(&str, &'static str)]| names.iter().find(|(part, _)| told.contains(part)).map(|(_, name)| *name);
    // In this order: most of them also name those they would like to be taken for.
    let browser =
        known(&[("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]);
    let on = known(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, on) {
        (Some(browser), Some(on)) => format!("{browser}, {on}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) if told.is_empty() => "?".to_owned(),
        (None, None) => told.chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        for (told, called) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
            ("curl/8.0", "curl/8.0"),
            ("", "?"),
        ] {
            assert_eq!(browser(told), called);
        }
    }
}
