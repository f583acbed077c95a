//! How somebody comes in: with a code sent to their phone, with a name and password, or with a link that works once.
//! Nothing here tells whether there is an account of a name or number.

mod door;
mod forms;
mod kept;
pub(super) mod password;
pub(super) mod welcome;
pub(super) mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::SignedDuration;
use maud::Markup;
use serde::Deserialize;
use serde_json::json;

use super::words::Words;
use super::{Console, Desk, Me, Problem};
use crate::domain::access::place::{first_role, holder};
use crate::domain::access::sign_in::{CODE_LASTS, Code, Counted, login};
use crate::domain::access::{Account, Deed, Key};
use crate::domain::job::{Job, Outbound};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::Staff;
use crate::domain::words::Language;
use crate::store::accounts::{Listed, NewAccount};
use crate::store::jobs::{self, NewJob};
use crate::store::{StoreError, Tx, accounts, audit, sessions, sign_in};
use door::{Entered, counted, is_known, with_key, without_key};
pub(super) use door::{Visitor, about_to_try, forget};
use kept::Kept;
pub(super) use kept::{is_ours, keep};
use words::SignInWords;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/sign-in", get(show).post(by_password))
        .route("/console/sign-in/again", post(again))
        .route("/console/sign-in/text", post(by_text))
        .route("/console/sign-in/code", post(by_code))
        .route("/console/sign-out", post(sign_out))
        .route("/console/sign-out-everywhere", post(sign_out_everywhere))
        .merge(welcome::routes())
}

/// What became of a try to come in.
pub(super) enum Tried {
    In(Box<Entered>),
    No,
    /// It was not looked at: wait so long.
    TooSoon(SignedDuration),
}

async fn show(State(console): State<Desk>, visitor: Visitor, Query(kept): Query<Next>) -> Result<Markup, Problem> {
    forms::sign_in(&console, visitor.language, &Kept::to(kept.next), None).await
}

/// What an address may say; a form that was kept never comes in one.
#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// From the page for a code back to the choice of ways.
async fn again(State(console): State<Desk>, visitor: Visitor, Form(kept): Form<Kept>) -> Result<Markup, Problem> {
    forms::sign_in(&console, visitor.language, &kept, None).await
}

#[derive(Deserialize)]
struct WithPassword {
    name: String,
    password: String,
    #[serde(flatten)]
    kept: Kept,
}

async fn by_password(
    State(console): State<Desk>,
    visitor: Visitor,
    Form(form): Form<WithPassword>,
) -> Result<Response, Problem> {
    let (language, words) = (visitor.language, SignInWords(visitor.language));
    let tried = enter_by_password(&console, visitor, &form.name, form.password).await?;
    let (status, problem, wait) = match tried {
        Tried::In(entered) => return Ok(enter(&console, &entered, &form.kept, language)),
        Tried::No => (StatusCode::UNPROCESSABLE_ENTITY, words.wrong_password(), None),
        Tried::TooSoon(wait) => (StatusCode::TOO_MANY_REQUESTS, too_soon(language, wait), Some(wait)),
    };
    let page = forms::sign_in(&console, language, &form.kept, Some(&problem)).await?;
    Ok(refused(status, wait, page))
}

#[derive(Deserialize)]
struct WithNumber {
    number: String,
    #[serde(flatten)]
    kept: Kept,
}

async fn by_text(
    State(console): State<Desk>,
    visitor: Visitor,
    Form(form): Form<WithNumber>,
) -> Result<Response, Problem> {
    let (language, words) = (visitor.language, SignInWords(visitor.language));
    let (status, problem, wait) = match send_code(&console, visitor, &form.number).await? {
        Asked::OnItsWay => return Ok(forms::code(language, &form.number, &form.kept, None).into_response()),
        Asked::NotANumber => (StatusCode::UNPROCESSABLE_ENTITY, words.not_a_number(), None),
        Asked::NoProvider => (StatusCode::UNPROCESSABLE_ENTITY, words.no_provider(), None),
        Asked::TooSoon(wait) => (StatusCode::TOO_MANY_REQUESTS, too_soon(language, wait), Some(wait)),
    };
    let page = forms::sign_in(&console, language, &form.kept, Some(&problem)).await?;
    Ok(refused(status, wait, page))
}

#[derive(Deserialize)]
struct WithCode {
    number: String,
    code: String,
    #[serde(flatten)]
    kept: Kept,
}

async fn by_code(
    State(console): State<Desk>,
    visitor: Visitor,
    Form(form): Form<WithCode>,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let (status, problem, wait) = match enter_by_code(&console, visitor, &form.number, &form.code).await? {
        Tried::In(entered) => return Ok(enter(&console, &entered, &form.kept, language)),
        Tried::No => (StatusCode::UNPROCESSABLE_ENTITY, SignInWords(language).wrong_code(), None),
        Tried::TooSoon(wait) => (StatusCode::TOO_MANY_REQUESTS, too_soon(language, wait), Some(wait)),
    };
    Ok(refused(status, wait, forms::code(language, &form.number, &form.kept, Some(&problem))))
}

async fn sign_out(State(console): State<Desk>, visitor: Visitor) -> Result<Response, Problem> {
    let now = console.clock.now();
    if let Some(key) = visitor.before {
        let shown = key.clone();
        // A key that opens nothing costs a look and no write.
        if let Some((_, account)) = console.read(move |tx| sessions::find(tx, &shown, now)).await? {
            let ending = move |tx: &mut Tx<'_>| {
                sessions::end_by_key(tx, &key)?;
                audit::note(tx, &door::by(&account, now, Deed::SignedOut, None, None))
            };
            console.write_access(ending).await?;
        }
    }
    Ok(without_key(&console, Redirect::to("/console/sign-in")))
}

async fn sign_out_everywhere(State(console): State<Desk>, me: Me) -> Result<Response, Problem> {
    super::people::sessions::end_all(&console, &me, me.account).await?;
    Ok(without_key(&console, Redirect::to("/console/sign-in")))
}

/// Somebody is in: on to where they wanted to go, or, where a form was kept, to the question whether to send it.
fn enter(console: &Console, entered: &Entered, kept: &Kept, language: Language) -> Response {
    let language = entered.account.language.unwrap_or(language);
    if kept.is_form() && kept.is_of(entered.account.id) {
        return with_key(console, entered, kept.send_again(&entered.account.name, language));
    }
    with_key(console, entered, Redirect::to(kept.next()))
}

fn refused(status: StatusCode, wait: Option<SignedDuration>, page: Markup) -> Response {
    let mut response = (status, page).into_response();
    if let Some(wait) = wait {
        response.headers_mut().insert(HeaderName::from_static("retry-after"), HeaderValue::from(seconds(wait)));
    }
    response
}

fn too_soon(language: Language, wait: SignedDuration) -> String {
    Words(language).too_soon(seconds(wait))
}

/// Rounded up: after them it is over.
fn seconds(wait: SignedDuration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(0).div_ceil(1_000)
}

pub(super) async fn enter_by_password(
    console: &Console,
    visitor: Visitor,
    name: &str,
    password: String,
) -> Result<Tried, Problem> {
    let (now, login) = (console.clock.now(), login(name));
    let asking = visitor.clone();
    let looking = move |tx: &mut Tx<'_>| {
        let found = accounts::by_login(tx, &login)?;
        let counted = counted(tx, &login, found.as_ref().map(|(account, _)| account.id), &asking, now)?;
        Ok((found, counted))
    };
    let (found, counted) = console.read(looking).await?;
    if let Err(wait) = about_to_try(console, &counted).await? {
        return Ok(Tried::TooSoon(wait));
    }
    let (account, kept) = found.unzip();
    let fits = password::fits(password, kept).await;
    let rota = console.rota();
    let Some(account) = account.filter(|account| fits && account.may_enter(&rota.staff)) else {
        return Ok(Tried::No);
    };
    let key = Key::new(console.chance());
    let (id, its_key) = (account.id, key.clone());
    let entered = move |tx: &mut Tx<'_>| {
        // It may have been withdrawn while the password was tried.
        let Some(listed) = accounts::get(tx, id)?.filter(|listed| listed.removed.is_none()) else { return Ok(false) };
        sign_in::came_in(tx, &counted)?;
        door::open(tx, &listed.account, &its_key, &visitor, now)?;
        Ok(true)
    };
    let is_in = console.write(entered).await?;
    Ok(if is_in { Tried::In(Box::new(Entered { account, key })) } else { Tried::No })
}

/// What became of the wish for a code.
pub(super) enum Asked {
    /// Or would be, if this were somebody's number.
    OnItsWay,
    NotANumber,
    NoProvider,
    TooSoon(SignedDuration),
}

pub(super) async fn send_code(console: &Console, visitor: Visitor, number: &str) -> Result<Asked, Problem> {
    let (rota, now) = (console.rota(), console.clock.now());
    let Some(provider) = console.providers.first().copied() else { return Ok(Asked::NoProvider) };
    let Some(number) = read_number(&rota, number) else { return Ok(Asked::NotANumber) };
    let asked = Arc::clone(&rota);
    let looking = move |tx: &mut Tx<'_>| {
        let mut counted = vec![Counted::Codes(number.to_string())];
        let listed = of_number(tx, &asked, number)?;
        if !listed.map_or(Ok(false), |listed| is_known(tx, listed.account.id, &visitor, now))? {
            counted.push(Counted::Address(visitor.address));
        }
        Ok((sign_in::wait(tx, &counted, now)?, counted))
    };
    let (wait, counted) = console.read(looking).await?;
    if let Some(wait) = wait {
        return Ok(Asked::TooSoon(wait));
    }
    let code = Code::new(console.chance().iter().fold(0, |sum, byte| (sum * 256 + u64::from(*byte)) % 1_000_000));
    // Each wish is a text of its own.
    let key = format!("sign-in code {}", Key::new(console.chance()).hash());
    let sending = move |tx: &mut Tx<'_>| {
        if let Err(wait) = sign_in::about_to_try(tx, &counted, now)? {
            return Ok(Asked::TooSoon(wait));
        }
        let Some(person) = holder(&rota, number) else { return Ok(Asked::OnItsWay) };
        let withdrawn = accounts::of_staff(tx, &person.id)?.is_some_and(|listed| listed.removed.is_some());
        if let Some(line) = rota.lines.first().filter(|_| !withdrawn) {
            sign_in::make_code(tx, &person.id, &code, now + CODE_LASTS)?;
            let body = SignInWords(language_of(&rota, person)).text(&rota.business, code.reveal());
            jobs::add(tx, &[text(provider, key.clone(), line.number, number, body, now)])?;
        }
        Ok(Asked::OnItsWay)
    };
    console.write(sending).await
}

/// The account of whoever has this number.
fn of_number(tx: &mut Tx<'_>, rota: &Rota, number: Phone) -> Result<Option<Listed>, StoreError> {
    holder(rota, number).map_or(Ok(None), |person| accounts::of_staff(tx, &person.id))
}

/// A text that is sent once, as soon as may be.
pub(super) fn text(provider: &str, key: String, from: Phone, to: Phone, body: String, now: jiff::Timestamp) -> NewJob {
    let outbound = Outbound::Text { from, to, body };
    let job = Job { provider: provider.to_owned(), outbound, heeds_stop: false };
    // A job of plain numbers and texts always has a JSON form.
    NewJob { key, doc: serde_json::to_string(&job).unwrap_or_default(), due: now, made: now }
}

pub(super) async fn enter_by_code(
    console: &Console,
    visitor: Visitor,
    number: &str,
    code: &str,
) -> Result<Tried, Problem> {
    let (rota, now) = (console.rota(), console.clock.now());
    let (Some(number), Some(code)) = (read_number(&rota, number), Code::read(code)) else { return Ok(Tried::No) };
    let (asked, asking) = (Arc::clone(&rota), visitor.clone());
    let looking = move |tx: &mut Tx<'_>| {
        let id = of_number(tx, &asked, number)?.map(|listed| listed.account.id);
        let counted = counted(tx, &number.to_string(), id, &asking, now)?;
        Ok((sign_in::wait(tx, &counted, now)?, counted))
    };
    let (wait, counted) = console.read(looking).await?;
    if let Some(wait) = wait {
        return Ok(Tried::TooSoon(wait));
    }
    let key = Key::new(console.chance());
    let entering = move |tx: &mut Tx<'_>| {
        if let Err(wait) = sign_in::about_to_try(tx, &counted, now)? {
            return Ok(Tried::TooSoon(wait));
        }
        let listed = of_number(tx, &rota, number)?;
        let may_enter = listed.as_ref().is_none_or(|listed| listed.removed.is_none());
        let Some(person) = holder(&rota, number).filter(|_| may_enter) else { return Ok(Tried::No) };
        if !sign_in::try_code(tx, &person.id, &code, now)? {
            return Ok(Tried::No);
        }
        let account = if let Some(listed) = listed {
            listed.account
        } else {
            let account = appear(tx, &rota, person, now)?;
            let after = Some(json!({ "name": account.name, "role": account.role.word() }));
            audit::note(tx, &door::by(&account, now, Deed::AccountAdded, None, after))?;
            account
        };
        sign_in::came_in(tx, &counted)?;
        sign_in::came_in(tx, &[Counted::Codes(number.to_string())])?;
        door::open(tx, &account, &key, &visitor, now)?;
        Ok(Tried::In(Box::new(Entered { account, key: key.clone() })))
    };
    console.write(entering).await
}

/// Somebody of the rota has an account from now on.
pub(super) fn appear(
    tx: &mut Tx<'_>,
    rota: &Rota,
    person: &Staff,
    now: jiff::Timestamp,
) -> Result<Account, StoreError> {
    let role = first_role(rota, &person.id);
    let new = NewAccount { name: person.name.clone(), staff: Some(person.id.clone()), role, made: now };
    let id = accounts::add(tx, &new)?;
    Ok(Account { id, name: new.name, staff: new.staff, role, language: None, has_password: false })
}

fn read_number(rota: &Rota, number: &str) -> Option<Phone> {
    Phone::parse(number, rota.country).ok().map(|written| written.phone)
}

/// The language in which a person is written to.
pub(super) fn language_of(rota: &Rota, person: &Staff) -> Language {
    person.language().and_then(Language::of).unwrap_or(rota.words.language())
}
