//! Who may come in, and as what; and, for each, their own sessions and tokens.

mod list;
pub(super) mod sessions;
pub(super) mod tokens;
pub(super) mod words;

use axum::Router;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;
use serde::Deserialize;
use serde_json::json;

use super::sign_in::welcome::{address, unfit_told};
use super::sign_in::words::SignInWords;
use super::sign_in::{appear, language_of, password, text};
use super::{Console, Desk, Me, Problem};
use crate::domain::access::sign_in::{INVITATION_LASTS, check_password, login};
use crate::domain::access::{AccountId, Deed, Key, Role};
use crate::domain::promise::mobile_of;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::accounts::{Listed, NewAccount};
use crate::store::audit::{self, Entry};
use crate::store::{StoreError, Tx, accounts, jobs, sign_in, tokens as store_tokens};
use words::PeopleWords;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/people", get(show))
        .route("/console/people/role", post(change_role))
        .route("/console/people/withdraw", post(take_away))
        .route("/console/people/add", post(add_somebody))
        .route("/console/people/link", post(link))
        .route("/console/people/invite", post(text_invitation))
        .route("/console/people/password", post(change_password))
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

    /// Their account, which somebody of the rota gets now who has none. `None`: there is nobody like that.
    fn account(&self, tx: &mut Tx<'_>, rota: &Rota, now: jiff::Timestamp) -> Result<Option<Listed>, StoreError> {
        match self {
            Self::Account(id) => accounts::get(tx, *id),
            Self::Staff(staff) => match (accounts::of_staff(tx, staff)?, rota.staff.get(staff.as_str())) {
                (None, Some(person)) => {
                    let account = appear(tx, rota, person, now)?;
                    Ok(Some(Listed { account, signed_in: None, removed: None }))
                }
                (listed, _) => Ok(listed),
            },
        }
    }
}

/// Why somebody's access stays as it is.
pub(super) enum Refused {
    NotFound,
    /// Theirs is as high as one's own.
    Forbidden,
    /// An owner must be left.
    LastOwner,
}

impl Refused {
    fn into_problem(self, me: &Me) -> Problem {
        match self {
            Self::NotFound => Problem::NotFound,
            Self::Forbidden => Problem::Forbidden,
            Self::LastOwner => Problem::Wrong(PeopleWords(me.language).last_owner()),
        }
    }
}

/// Somebody of the rota, or somebody else who has an account.
pub(super) struct Person {
    pub(super) whom: Whom,
    pub(super) name: String,
    pub(super) listed: Option<Listed>,
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
                in_rota: true,
                has_mobile: mobile_of(&rota, &person.id).is_some(),
            }
        })
        .collect();
    people.extend(all.into_iter().map(|listed| Person {
        whom: Whom::Account(listed.account.id),
        name: listed.account.name.clone(),
        in_rota: listed.account.staff.is_none(),
        has_mobile: false,
        listed: Some(listed),
    }));
    Ok(people)
}

/// Gives somebody this role; who had none, or from whom it was withdrawn, comes in with it from now on.
pub(super) async fn give_role(console: &Console, me: &Me, whom: Whom, role: Role) -> Result<(), Problem> {
    let change = move |tx: &mut Tx<'_>, listed: &Listed, _| {
        accounts::set_role(tx, listed.account.id, role)?;
        let role_of = |role: Option<Role>| json!({ "name": listed.account.name, "role": role.map(Role::word) });
        let before = listed.removed.is_none().then_some(listed.account.role);
        Ok((Deed::RoleChanged, role_of(before), role_of(Some(role))))
    };
    change_access(console, me, whom, Some(role), change).await
}

/// They are out at once, on every browser and with every token, and do not come in any more.
pub(super) async fn withdraw(console: &Console, me: &Me, whom: Whom) -> Result<(), Problem> {
    let change = |tx: &mut Tx<'_>, listed: &Listed, now| {
        let id = listed.account.id;
        accounts::withdraw(tx, id, now)?;
        crate::store::sessions::end_all(tx, id)?;
        store_tokens::revoke_all(tx, id, now)?;
        sign_in::drop_links(tx, Some(id))?;
        let before = json!({ "name": listed.account.name, "role": listed.account.role.word() });
        Ok((Deed::AccountRemoved, before, json!({ "name": listed.account.name, "role": null })))
    };
    change_access(console, me, whom, None, change).await
}

/// How things were and are now.
type Changed = Result<(Deed, serde_json::Value, serde_json::Value), StoreError>;

/// Changes what somebody may do, `role` being what they may then, if one may and an owner is left.
async fn change_access(
    console: &Console,
    me: &Me,
    whom: Whom,
    role: Option<Role>,
    change: impl Fn(&mut Tx<'_>, &Listed, jiff::Timestamp) -> Changed + Send + 'static,
) -> Result<(), Problem> {
    me.may(Role::Admin)?;
    let (rota, now, who, mine) = (console.rota(), console.clock.now(), me.who(), me.role);
    let changing = move |tx: &mut Tx<'_>| {
        accounts::about_to_change(tx)?;
        let Some(listed) = whom.account(tx, &rota, now)? else { return Ok(Err(Refused::NotFound)) };
        if !mine.may_give(listed.account.role) || !role.is_none_or(|role| mine.may_give(role)) {
            return Ok(Err(Refused::Forbidden));
        }
        if listed.account.role == Role::Owner && role != Some(Role::Owner) && is_last_owner(tx, &rota, &listed)? {
            return Ok(Err(Refused::LastOwner));
        }
        let (what, before, after) = change(tx, &listed, now)?;
        let subject = listed.account.subject();
        let entry = Entry { who: who.clone(), at: now, what, subject, before: Some(before), after: Some(after) };
        audit::note(tx, &entry).map(Ok)
    };
    console.write(changing).await?.map_err(|refused: Refused| refused.into_problem(me))
}

fn is_last_owner(tx: &mut Tx<'_>, rota: &Rota, listed: &Listed) -> Result<bool, StoreError> {
    let others = accounts::all(tx)?.into_iter().filter(|other| other.account.id != listed.account.id);
    let mut owners = others.filter(|other| other.account.role == Role::Owner && other.removed.is_none());
    Ok(!owners.any(|other| other.account.may_enter(&rota.staff)))
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
        let Some(listed) = whom.account(tx, &rota, now)?.filter(|listed| listed.removed.is_none()) else {
            return Ok(Err(Refused::NotFound));
        };
        if !mine.may_give(listed.account.role) {
            return Ok(Err(Refused::Forbidden));
        }
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

/// Another password for oneself. Every other browser is signed out.
pub(super) async fn choose_password(console: &Console, me: &Me, old: String, new: String) -> Result<(), Problem> {
    let (rota, now, who, id) = (console.rota(), console.clock.now(), me.who(), me.account);
    let words = SignInWords(me.language);
    check_password(&new, &[&rota.business, &me.name]).map_err(|unfit| Problem::Wrong(unfit_told(words, unfit)))?;
    let login = login(&me.name);
    let asked = login.clone();
    let kept = console.read(move |tx| accounts::by_login(tx, &asked)).await?;
    let kept = kept.filter(|(account, _)| account.id == id).map(|(_, kept)| kept);
    if kept.is_some() && !password::fits(old, kept).await {
        return Err(Problem::Wrong(words.wrong_password()));
    }
    let (kept, session) = (password::keep(console, new).await?, me.session);
    let choosing = move |tx: &mut Tx<'_>| {
        if accounts::is_taken(tx, &login, Some(id))? {
            return Ok(false);
        }
        accounts::set_password(tx, id, &login, &kept)?;
        for other in crate::store::sessions::of(tx, id, now)?.iter().filter(|other| other.id != session) {
            crate::store::sessions::end(tx, id, other.id)?;
        }
        let subject = accounts::get(tx, id)?.map(|listed| listed.account.subject()).unwrap_or_default();
        let what = Deed::PasswordSet;
        audit::note(tx, &Entry { who: who.clone(), at: now, what, subject, before: None, after: None })?;
        Ok(true)
    };
    if console.write(choosing).await? { Ok(()) } else { Err(Problem::Wrong(words.name_taken())) }
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

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    old: String,
    new: String,
}

async fn change_password(
    State(console): State<Desk>,
    me: Me,
    Form(form): Form<Passwords>,
) -> Result<Response, Problem> {
    choose_password(&console, &me, form.old, form.new).await?;
    Ok(Redirect::to("/console/people/sessions").into_response())
}
