//! Links that work once: the first of all, which `serve` prints, and those with which others choose a password.

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use jiff::Timestamp;
use maud::html;
use serde::Deserialize;
use serde_json::json;

use super::door::{self, Entered, Visitor, with_key};
use super::forms::Whose;
use super::words::SignInWords;
use super::{forms, password};
use crate::console::page::bare;
use crate::console::{Console, Desk, Problem};
use crate::domain::access::sign_in::{LINK_LASTS, Unfit, check_password, login};
use crate::domain::access::{Account, Deed, Key, Role};
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::operator::Operator;
use crate::store::accounts::NewAccount;
use crate::store::{StoreError, Tx, accounts, audit, sessions, sign_in, tokens};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/welcome/{key}", get(show).post(choose))
}

/// Where a link of this key leads.
pub(in crate::console) fn address(public_url: &str, key: &Key) -> String {
    format!("{public_url}/console/welcome/{}", key.reveal())
}

/// Makes the link with which the very first person signs in; `None` once somebody who looks after the console has a
/// password and may come in.
pub async fn first_link(
    operator: &Operator,
    public_url: &str,
    now: Timestamp,
    chance: [u8; 32],
) -> Result<Option<String>, StoreError> {
    let (rota, key) = (operator.desk().rota(), Key::new(chance));
    let its_key = key.clone();
    let making = move |tx: &mut Tx<'_>| {
        let all = accounts::all(tx)?;
        let is_cared_for = all.iter().filter(|listed| listed.removed.is_none()).any(|listed| {
            let account = &listed.account;
            account.role.may(Role::Admin) && account.has_password && account.may_enter(&rota.staff)
        });
        if is_cared_for {
            return Ok(false);
        }
        sign_in::make_link(tx, &its_key, None, now + LINK_LASTS)?;
        Ok(true)
    };
    Ok(operator.errand(making).await?.then(|| address(public_url, &key)))
}

/// Whom a link is for.
enum For {
    First,
    Account(Account),
}

async fn find(console: &Console, key: &str) -> Result<Option<(Key, For)>, Problem> {
    let Some(key) = Key::read(key) else { return Ok(None) };
    let (now, rota, asked) = (console.clock.now(), console.rota(), key.clone());
    let found = console
        .read(move |tx| match sign_in::link(tx, &asked, now)? {
            None => Ok(None),
            Some(None) => Ok(Some(For::First)),
            Some(Some(id)) => {
                let listed = accounts::get(tx, id)?.filter(|listed| listed.removed.is_none());
                let account = listed.map(|listed| listed.account).filter(|account| account.may_enter(&rota.staff));
                Ok(account.map(For::Account))
            }
        })
        .await?;
    Ok(found.map(|whose| (key, whose)))
}

async fn show(State(console): State<Desk>, visitor: Visitor, Path(key): Path<String>) -> Result<Response, Problem> {
    let Some((key, whose)) = find(&console, &key).await? else { return Ok(over(visitor.language)) };
    Ok(page(&console, &key, &whose, None, visitor.language, None).into_response())
}

fn page(
    console: &Console,
    key: &Key,
    whose: &For,
    chosen: Option<&Chosen>,
    language: Language,
    problem: Option<&str>,
) -> maud::Markup {
    let rota = console.rota();
    let whose = match (whose, chosen) {
        (For::Account(account), _) => Whose::Named(&account.name),
        (For::First, Some(chosen)) => Whose::First { rota: &rota, chosen: &chosen.staff, typed: &chosen.name },
        (For::First, None) => Whose::First { rota: &rota, chosen: rota.owner.as_str(), typed: "" },
    };
    forms::welcome(language, &whose, &format!("/console/welcome/{}", key.reveal()), problem)
}

fn over(language: Language) -> Response {
    let words = SignInWords(language);
    let main = html! { p { (words.link_over_why()) } p { a href="/console/sign-in" { (words.title()) } } };
    (StatusCode::GONE, bare(language, &words.link_over(), &main)).into_response()
}

#[derive(Deserialize)]
struct Chosen {
    /// Who they are in the rota; empty: somebody else.
    #[serde(default)]
    staff: String,
    #[serde(default)]
    name: String,
    password: String,
    again: String,
}

async fn choose(
    State(console): State<Desk>,
    visitor: Visitor,
    Path(key): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let Some((key, whose)) = find(&console, &key).await? else { return Ok(over(language)) };
    let wrong = |problem: String| {
        let page = page(&console, &key, &whose, Some(&chosen), language, Some(&problem));
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    };
    let (words, rota) = (SignInWords(language), console.rota());
    let typed = chosen.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, staff) = match &whose {
        For::Account(account) => (account.name.clone(), None),
        For::First => match rota.staff.get(&chosen.staff) {
            Some(person) if !typed.is_empty() && login(&typed) != login(&person.name) => {
                return Ok(wrong(words.which_name()));
            }
            Some(person) => (person.name.clone(), Some(person.id.clone())),
            None => {
                let same = rota.staff.iter().find(|person| login(&person.name) == login(&typed));
                (typed, same.map(|person| person.id.clone()))
            }
        },
    };
    if let Some(problem) = problem_with(words, &rota, &name, &chosen) {
        return Ok(wrong(problem));
    }
    let kept = password::keep(&console, chosen.password.clone()).await?;
    match come_in(&console, visitor, &key, (name, staff), kept).await? {
        Came::In(entered) => Ok(with_key(&console, &entered, Redirect::to("/console"))),
        Came::NameTaken => Ok(wrong(words.name_taken())),
        Came::TooLate => Ok(over(language)),
    }
}

fn problem_with(words: SignInWords, rota: &Rota, name: &str, chosen: &Chosen) -> Option<String> {
    if name.is_empty() {
        return Some(words.name_missing());
    }
    if let Err(unfit) = check_password(&chosen.password, &[&rota.business, name]) {
        return Some(unfit_told(words, unfit));
    }
    (chosen.password != chosen.again).then(|| words.not_the_same())
}

pub(in crate::console) fn unfit_told(words: SignInWords, unfit: Unfit) -> String {
    match unfit {
        Unfit::TooShort => words.too_short(),
        Unfit::TooLong => words.too_long(),
        Unfit::Guessable => words.guessable(),
    }
}

enum Came {
    In(Box<Entered>),
    NameTaken,
    /// Somebody else has used the link meanwhile.
    TooLate,
}

/// `who`: their name, and of the first of all who they are in the rota.
async fn come_in(
    console: &Console,
    visitor: Visitor,
    link: &Key,
    who: (String, Option<StaffId>),
    kept: String,
) -> Result<Came, Problem> {
    let (now, link, (name, staff)) = (console.clock.now(), link.clone(), who);
    let key = Key::new(console.chance());
    let coming = move |tx: &mut Tx<'_>| {
        let Some(whose) = sign_in::link(tx, &link, now)? else { return Ok(Came::TooLate) };
        let is_first = whose.is_none();
        let whose = match (whose, &staff) {
            (None, Some(staff)) => accounts::of_staff(tx, staff)?.map(|listed| listed.account.id),
            (whose, _) => whose,
        };
        if accounts::is_taken(tx, &login(&name), whose)? {
            return Ok(Came::NameTaken);
        }
        if sign_in::use_link(tx, &link, now)?.is_none() {
            return Ok(Came::TooLate);
        }
        let new = NewAccount { name: name.clone(), staff: staff.clone(), role: Role::Owner, made: now };
        let id = whose.map_or_else(|| accounts::add(tx, &new), Ok)?;
        if is_first {
            accounts::set_role(tx, id, Role::Owner)?;
        }
        accounts::set_password(tx, id, &login(&name), &kept)?;
        // Whoever knew the old one is out, and so is what they made with it.
        sessions::end_all(tx, id)?;
        tokens::revoke_all(tx, id, now)?;
        sign_in::drop_links(tx, Some(id))?;
        let Some(listed) = accounts::get(tx, id)? else { return Ok(Came::TooLate) };
        let after = json!({ "name": listed.account.name, "role": listed.account.role.word() });
        audit::note(tx, &door::by(&listed.account, now, Deed::PasswordSet, None, Some(after)))?;
        door::open(tx, &listed.account, &key, &visitor, now)?;
        Ok(Came::In(Box::new(Entered { account: listed.account, key: key.clone() })))
    };
    console.write_access(coming).await
}
