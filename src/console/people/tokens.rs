//! Keys for programs.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::list::back;
use super::words::PeopleWords;
use crate::console::sure::{self, sure};
use crate::console::times::{machine, short};
use crate::console::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::access::{Account, AccountId, Deed, Key, Role, Scope};
use crate::store::audit::{self, Entry};
use crate::store::tokens::{NewToken, Token, TokenId};
use crate::store::{Tx, accounts, tokens};

const NAME_CHARS: usize = 100;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/people/tokens", get(show).post(make_one))
        .route("/console/people/tokens/revoke", post(revoke_one))
}

/// One's own; for whoever looks after others, theirs as well. The newest first.
pub(in crate::console) async fn list(console: &Console, me: &Me) -> Result<Vec<(Token, Account)>, Problem> {
    let (all, people) = console.read(|tx| Ok((tokens::all(tx)?, accounts::all(tx)?))).await?;
    let owner =
        |id: AccountId| people.iter().find(|listed| listed.account.id == id).map(|listed| listed.account.clone());
    let all = all.into_iter().filter_map(|token| owner(token.account).map(|account| (token, account)));
    Ok(all.filter(|(_, account)| is_mine_to_see(me, account)).collect())
}

fn is_mine_to_see(me: &Me, account: &Account) -> bool {
    account.id == me.account || (me.role.may(Role::Admin) && me.role.may_give(account.role))
}

/// What comes back is the token itself, which is shown this once.
pub(in crate::console) async fn make(
    console: &Console,
    me: &Me,
    name: &str,
    scope: Scope,
) -> Result<(TokenId, String), Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS {
        return Err(Problem::Wrong(PeopleWords(me.language).token_name_missing()));
    }
    let (now, who, key) = (console.clock.now(), me.who(), Key::new(console.chance()));
    let (name, parent) = (name.to_owned(), me.token);
    let new = NewToken { key: key.clone(), account: me.account, name, scope, made: now, parent };
    let making = move |tx: &mut Tx<'_>| {
        let id = tokens::make(tx, &new)?;
        let after = Some(json!({ "name": new.name, "scope": scope.word() }));
        let (what, subject) = (Deed::TokenMade, format!("token {}", id.0));
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after })?;
        Ok(id)
    };
    Ok((console.write(making).await?, key.reveal()))
}

pub(in crate::console) async fn revoke(console: &Console, me: &Me, id: TokenId) -> Result<(), Problem> {
    let found = list(console, me).await?.into_iter().find(|(token, _)| token.id == id);
    let (token, _) = found.ok_or(Problem::NotFound)?;
    let (now, who) = (console.clock.now(), me.who());
    let revoking = move |tx: &mut Tx<'_>| {
        if !tokens::revoke(tx, id, now)? {
            return Ok(());
        }
        let before = Some(json!({ "name": token.name, "scope": token.scope.word() }));
        let (what, subject) = (Deed::TokenRevoked, format!("token {}", id.0));
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before, after: None })
    };
    console.write(revoking).await
}

async fn show(State(console): State<Desk>, me: Me) -> Result<Markup, Problem> {
    let all = list(&console, &me).await?;
    Ok(page(&console, &me, &all))
}

#[derive(Deserialize)]
struct New {
    name: String,
    scope: String,
}

async fn make_one(State(console): State<Desk>, me: Me, Form(new): Form<New>) -> Result<Markup, Problem> {
    let scope = Scope::from_word(&new.scope).ok_or(Problem::NotFound)?;
    let (_, token) = make(&console, &me, &new.name, scope).await?;
    let words = PeopleWords(me.language);
    let main = html! {
        p .notice.good role="status" { (words.token_made(&new.name)) }
        pre role="region" tabindex="0" aria-label=(words.token()) { code #token { (token) } }
        p { a href="/console/people/tokens" { (words.tokens()) } }
    };
    Ok(Page::new(Nav::People, words.token()).show(&console, &me, &main))
}

#[derive(Deserialize)]
struct Which {
    token: i64,
}

async fn revoke_one(State(console): State<Desk>, me: Me, Form(which): Form<Which>) -> Result<Redirect, Problem> {
    revoke(&console, &me, TokenId(which.token)).await?;
    Ok(Redirect::to("/console/people/tokens"))
}

fn page(console: &Console, me: &Me, all: &[(Token, Account)]) -> Markup {
    let words = PeopleWords(me.language);
    let main = html! {
        p { (words.token_what_for()) }
        @if all.is_empty() { div .empty { p { (words.no_tokens()) } } } @else { (table(console, me, words, all)) }
        section {
            h2 { (words.make_token()) }
            form .card.toolbar method="post" action="/console/people/tokens" {
                p .field.wide {
                    label for="name" { (words.token_name()) }
                    input #name name="name" autocomplete="off" maxlength=(NAME_CHARS) required;
                }
                p .field {
                    label for="scope" { (words.scope()) }
                    select #scope name="scope" { @for scope in Scope::ALL { option value=(scope.word()) { (scope_name(words, scope)) } } }
                }
                button { (words.make_token()) }
            }
        }
        (back(words))
    };
    Page::new(Nav::People, words.tokens()).show(console, me, &main)
}

fn table(console: &Console, me: &Me, words: PeopleWords, all: &[(Token, Account)]) -> Markup {
    let now = console.now();
    let time = |at| html! { time datetime=(machine(at)) { (short(me.language, at, &now)) } };
    html! {
        div .table role="region" aria-label=(words.tokens()) tabindex="0" {
            table {
                thead {
                    tr {
                        th scope="col" { (words.token_name()) }
                        th scope="col" { (words.of()) }
                        th scope="col" { (words.scope()) }
                        th scope="col" { (words.made()) }
                        th scope="col" { (words.seen()) }
                        th scope="col" { (words.actions()) }
                    }
                }
                tbody {
                    @for (token, account) in all {
                        tr {
                            th scope="row" { (token.name) }
                            td { (account.name) }
                            td { (scope_name(words, token.scope)) }
                            td { (time(token.made)) }
                            td { @match token.used { Some(at) => (time(at)), None => span .soft { (words.unused()) } } }
                            td {
                                @if token.revoked.is_some() { span .badge.bad { (words.revoked()) } } @else {
                                    (sure(me.language, &sure::Deed {
                                        what: &words.revoke(),
                                        about: &words.revoke_which(&token.name),
                                        told: &words.revoke_told(),
                                        address: "/console/people/tokens/revoke",
                                        field: ("token", &token.id.0.to_string()),
                                    }))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn scope_name(words: PeopleWords, scope: Scope) -> String {
    match scope {
        Scope::Read => words.read(),
        Scope::Write => words.write(),
    }
}
