//! Who may come in, and as what; and, for each, their own sessions and tokens.

pub(super) mod left;
mod list;
mod password;
pub(super) mod place;
mod role;
pub(super) mod sessions;
pub(super) mod tokens;
pub(super) mod words;

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use jiff::Timestamp;
use maud::Markup;
use serde::Deserialize;
use serde_json::json;

use super::sign_in::welcome::address;
use super::sign_in::words::SignInWords;
use super::sign_in::{appear, language_of, text};
use super::{Console, Desk, Me, Problem};
use crate::domain::access::place::first_role;
use crate::domain::access::sign_in::{INVITATION_LASTS, login};
use crate::domain::access::{AccountId, Deed, Key, Role, Who};
use crate::domain::promise::mobile_of;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::accounts::{Listed, NewAccount};
use crate::store::audit::{self, Entry};
use crate::store::{StoreError, Tx, accounts, jobs, sign_in};
use role::Refused;
pub(super) use role::{give_role, withdraw};
use words::PeopleWords;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/people", get(show))
        .route("/console/people/role", post(change_role))
        .route("/console/people/withdraw", post(take_away))
        .route("/console/people/place", post(change_place))
        .route("/console/people/add", post(add_somebody))
        .route("/console/people/link", post(link))
        .route("/console/people/invite", post(text_invitation))
        .merge(password::routes())
        .merge(sessions::routes())
        .merge(tokens::routes())
}

/// Whom something is done to: an account, or somebody of the rota who has none yet. In forms `7` or `@tom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    Account(AccountId),
    Staff(StaffId),
}

impl Whom {
    pub(super) fn read(text: &str) -> Option<Self> {
        match text.strip_prefix('@') {
            Some(staff) => Some(Self::Staff(StaffId::new(staff))),
            None => text.parse().ok().map(|id| Self::Account(AccountId(id))),
        }
    }

    pub(super) fn written(&self) -> String {
        match self {
            Self::Account(id) => id.to_string(),
            Self::Staff(staff) => format!("@{staff}"),
        }
    }

    /// Their account, if it is one that somebody of the role `mine` may change. Somebody of the rota who has none gets
    /// it now, and it is noted.
    fn account(
        &self,
        tx: &mut Tx<'_>,
        rota: &Rota,
        mine: Role,
        who: &Who,
        now: Timestamp,
    ) -> Result<Result<Listed, Refused>, StoreError> {
        let (listed, person) = match self {
            Self::Account(id) => (accounts::get(tx, *id)?, None),
            Self::Staff(staff) => (accounts::of_staff(tx, staff)?, rota.staff.get(staff.as_str())),
        };
        let (role, made) = match (&listed, person) {
            (Some(listed), _) => (listed.account.role, None),
            (None, Some(person)) => (first_role(rota, &person.id), Some(person)),
            (None, None) => return Ok(Err(Refused::NotFound)),
        };
        if !mine.may_give(role) {
            return Ok(Err(Refused::Forbidden));
        }
        if let Some(person) = made {
            let account = appear(tx, rota, person, now)?;
            let after = Some(json!({ "name": account.name, "role": role.word() }));
            let (what, subject) = (Deed::AccountAdded, account.subject());
            audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after })?;
            return Ok(Ok(Listed { account, signed_in: None, removed: None }));
        }
        Ok(listed.ok_or(Refused::NotFound))
    }
}

/// Somebody of the rota, or somebody else who has an account.
pub(super) struct Person {
    pub(super) whom: Whom,
    pub(super) name: String,
    pub(super) listed: Option<Listed>,
    /// Their place in the rota, now or before they left it.
    pub(super) staff: Option<StaffId>,
    /// False for whoever has left the rota.
    pub(super) in_rota: bool,
    /// Has a phone that takes texts.
    pub(super) has_mobile: bool,
}

/// Those of the rota in its order, then everybody else.
pub(super) async fn everybody(console: &Console) -> Result<Vec<Person>, Problem> {
    let rota = console.rota();
    let mut all = console.read(accounts::all).await?;
    let mut people: Vec<Person> = rota
        .staff
        .iter()
        .map(|person| {
            let at = all.iter().position(|listed| listed.account.staff.as_ref() == Some(&person.id));
            Person {
                whom: Whom::Staff(person.id.clone()),
                name: person.name.clone(),
                listed: at.map(|at| all.remove(at)),
                staff: Some(person.id.clone()),
                in_rota: true,
                has_mobile: mobile_of(&rota, &person.id).is_some(),
            }
        })
        .collect();
    people.extend(all.into_iter().map(|listed| Person {
        whom: Whom::Account(listed.account.id),
        name: listed.account.name.clone(),
        staff: listed.account.staff.clone(),
        in_rota: listed.account.staff.is_none(),
        has_mobile: false,
        listed: Some(listed),
    }));
    Ok(people)
}

/// Adds somebody who is not in the rota; what comes back is the link with which they choose their password.
pub(super) async fn add(console: &Console, me: &Me, name: &str, role: Role) -> Result<String, Problem> {
    me.may(Role::Admin)?;
    if !me.role.may_give(role) {
        return Err(Problem::Forbidden);
    }
    let words = SignInWords(me.language);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Problem::Wrong(words.name_missing()));
    }
    let (now, who, key) = (console.clock.now(), me.who(), Key::new(console.chance()));
    let its_key = key.clone();
    let adding = move |tx: &mut Tx<'_>| {
        let all = accounts::all(tx)?;
        let same = |listed: &Listed| listed.removed.is_none() && login(&listed.account.name) == login(&name);
        if accounts::is_taken(tx, &login(&name), None)? || all.iter().any(same) {
            return Ok(false);
        }
        let id = accounts::add(tx, &NewAccount { name: name.clone(), staff: None, role, made: now })?;
        sign_in::make_link(tx, &its_key, Some(id), now + INVITATION_LASTS)?;
        let after = Some(json!({ "name": name, "role": role.word() }));
        let subject = format!("account {id}");
        let what = Deed::AccountAdded;
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after })?;
        Ok(true)
    };
    if !console.write(adding).await? {
        return Err(Problem::Wrong(words.name_taken()));
    }
    Ok(address(&console.settings.public_url, &key))
}

/// A link with which somebody chooses a password, or another one. It works once, and earlier ones work no more.
pub(super) async fn make_link(console: &Console, me: &Me, whom: Whom) -> Result<(String, String), Problem> {
    me.may(Role::Admin)?;
    let (rota, now, who, mine) = (console.rota(), console.clock.now(), me.who(), me.role);
    let key = Key::new(console.chance());
    let its_key = key.clone();
    let making = move |tx: &mut Tx<'_>| {
        let listed = match whom.account(tx, &rota, mine, &who, now)? {
            Ok(listed) if listed.removed.is_none() => listed,
            Ok(_) => return Ok(Err(Refused::NotFound)),
            Err(refused) => return Ok(Err(refused)),
        };
        sign_in::drop_links(tx, Some(listed.account.id))?;
        sign_in::make_link(tx, &its_key, Some(listed.account.id), now + INVITATION_LASTS)?;
        let (subject, what) = (listed.account.subject(), Deed::LinkMade);
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after: None })?;
        Ok(Ok(listed.account.name))
    };
    let name = console.write(making).await?.map_err(|refused: Refused| refused.into_problem(me))?;
    Ok((name, address(&console.settings.public_url, &key)))
}

/// Texts somebody of the rota where the console is, and that they sign in with this number.
pub(super) async fn invite(console: &Console, me: &Me, staff: StaffId) -> Result<(), Problem> {
    me.may(Role::Admin)?;
    let (rota, now, who) = (console.rota(), console.clock.now(), me.who());
    let words = PeopleWords(me.language);
    let Some(provider) = console.providers.first().copied() else {
        return Err(Problem::Wrong(SignInWords(me.language).no_provider()));
    };
    let person = rota.staff.get(staff.as_str()).ok_or(Problem::NotFound)?;
    let (Some(to), Some(line)) = (mobile_of(&rota, &person.id), rota.lines.first()) else {
        return Err(Problem::Wrong(words.no_mobile(&person.name)));
    };
    let body =
        PeopleWords(language_of(&rota, person)).invitation(&rota.business, &me.name, &console.settings.public_url);
    // Once a minute at most, however often the button is pressed.
    let key = format!("invitation {staff} {}", now.as_second() / 60);
    let job = text(provider, key, line.number, to, body, now);
    let name = person.name.clone();
    let inviting = move |tx: &mut Tx<'_>| {
        jobs::add(tx, std::slice::from_ref(&job))?;
        let (after, subject) = (Some(json!({ "name": name })), staff.to_string());
        audit::note(tx, &Entry { who: who.clone(), at: now, what: Deed::Invited, subject, before: None, after })
    };
    console.write(inviting).await
}

async fn show(State(console): State<Desk>, me: Me) -> Result<Markup, Problem> {
    let everybody = everybody(&console).await?;
    Ok(list::page(&console, &me, &everybody))
}

#[derive(Deserialize)]
struct ToWhom {
    whom: String,
}

fn whom(text: &str) -> Result<Whom, Problem> {
    Whom::read(text).ok_or(Problem::NotFound)
}

#[derive(Deserialize)]
struct WithRole {
    whom: String,
    role: String,
}

async fn change_role(State(console): State<Desk>, me: Me, Form(form): Form<WithRole>) -> Result<Redirect, Problem> {
    let role = Role::from_word(&form.role).ok_or(Problem::NotFound)?;
    give_role(&console, &me, whom(&form.whom)?, role).await?;
    Ok(Redirect::to("/console/people"))
}

async fn take_away(State(console): State<Desk>, me: Me, Form(form): Form<ToWhom>) -> Result<Redirect, Problem> {
    withdraw(&console, &me, whom(&form.whom)?).await?;
    Ok(Redirect::to("/console/people"))
}

#[derive(Deserialize)]
struct WithPlace {
    account: i64,
    /// Empty: none.
    place: String,
}

async fn change_place(State(console): State<Desk>, me: Me, Form(form): Form<WithPlace>) -> Result<Redirect, Problem> {
    let place = (!form.place.is_empty()).then(|| StaffId::new(&form.place));
    place::give(&console, &me, AccountId(form.account), place).await?;
    Ok(Redirect::to("/console/people"))
}

#[derive(Deserialize)]
struct New {
    name: String,
    role: String,
}

async fn add_somebody(State(console): State<Desk>, me: Me, Form(new): Form<New>) -> Result<Markup, Problem> {
    let role = Role::from_word(&new.role).ok_or(Problem::NotFound)?;
    let link = add(&console, &me, &new.name, role).await?;
    Ok(list::link_page(&console, &me, &new.name, &link))
}

async fn link(State(console): State<Desk>, me: Me, Form(form): Form<ToWhom>) -> Result<Markup, Problem> {
    let (name, link) = make_link(&console, &me, whom(&form.whom)?).await?;
    Ok(list::link_page(&console, &me, &name, &link))
}

async fn text_invitation(State(console): State<Desk>, me: Me, Form(form): Form<ToWhom>) -> Result<Markup, Problem> {
    let Whom::Staff(staff) = whom(&form.whom)? else { return Err(Problem::NotFound) };
    let name = console.rota().name(&staff).to_owned();
    invite(&console, &me, staff).await?;
    Ok(list::invited_page(&console, &me, &name))
}
