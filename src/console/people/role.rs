//! What somebody may do: given, changed and withdrawn.

use jiff::Timestamp;
use serde_json::json;

use super::Whom;
use super::words::PeopleWords;
use crate::console::{Console, Me, Problem};
use crate::domain::access::{Account, Deed, Role};
use crate::domain::rota::Rota;
use crate::store::accounts::Listed;
use crate::store::audit::{self, Entry};
use crate::store::{StoreError, Tx, accounts, calendar_links, sessions, sign_in, tokens};

/// Why somebody's access stays as it is.
pub(super) enum Refused {
    NotFound,
    /// Theirs is as high as one's own.
    Forbidden,
    /// An owner must be left.
    LastOwner,
}

impl Refused {
    pub(super) fn into_problem(self, me: &Me) -> Problem {
        match self {
            Self::NotFound => Problem::NotFound,
            Self::Forbidden => Problem::Forbidden,
            Self::LastOwner => Problem::Wrong(PeopleWords(me.language).last_owner()),
        }
    }
}

/// Gives somebody this role; who had none, or from whom it was withdrawn, comes in with it from now on.
pub(in crate::console) async fn give_role(console: &Console, me: &Me, whom: Whom, role: Role) -> Result<(), Problem> {
    let change = move |tx: &mut Tx<'_>, listed: &Listed, _| {
        accounts::set_role(tx, listed.account.id, role)?;
        let role_of = |role: Option<Role>| json!({ "name": listed.account.name, "role": role.map(Role::word) });
        let before = listed.removed.is_none().then_some(listed.account.role);
        Ok((Deed::RoleChanged, role_of(before), role_of(Some(role))))
    };
    change_access(console, me, whom, Some(role), change).await
}

/// They are out at once, on every browser and with every token, and do not come in any more.
pub(in crate::console) async fn withdraw(console: &Console, me: &Me, whom: Whom) -> Result<(), Problem> {
    let change = |tx: &mut Tx<'_>, listed: &Listed, now| {
        close(tx, &listed.account, now)?;
        let before = json!({ "name": listed.account.name, "role": listed.account.role.word() });
        Ok((Deed::AccountRemoved, before, json!({ "name": listed.account.name, "role": null })))
    };
    change_access(console, me, whom, None, change).await
}

/// Nobody comes in with this account any more, by whatever way.
pub(super) fn close(tx: &mut Tx<'_>, account: &Account, now: Timestamp) -> Result<(), StoreError> {
    accounts::withdraw(tx, account.id, now)?;
    sessions::end_all(tx, account.id)?;
    tokens::revoke_all(tx, account.id, now)?;
    sign_in::drop_links(tx, Some(account.id))?;
    if let Some(staff) = &account.staff {
        calendar_links::end(tx, Some(staff))?;
    }
    Ok(())
}

/// How things were and are now.
type Changed = Result<(Deed, serde_json::Value, serde_json::Value), StoreError>;

/// Changes what somebody may do, `role` being what they may then, if one may and an owner is left.
async fn change_access(
    console: &Console,
    me: &Me,
    whom: Whom,
    role: Option<Role>,
    change: impl Fn(&mut Tx<'_>, &Listed, Timestamp) -> Changed + Send + 'static,
) -> Result<(), Problem> {
    me.may(Role::Admin)?;
    let (rota, now, who, mine) = (console.rota(), console.clock.now(), me.who(), me.role);
    let changing = move |tx: &mut Tx<'_>| {
        accounts::about_to_change(tx)?;
        if !role.is_none_or(|role| mine.may_give(role)) {
            return Ok(Err(Refused::Forbidden));
        }
        let listed = match whom.account(tx, &rota, mine, &who, now)? {
            Ok(listed) => listed,
            Err(refused) => return Ok(Err(refused)),
        };
        if listed.account.role == Role::Owner && role != Some(Role::Owner) && is_last_owner(tx, &rota, &listed)? {
            return Ok(Err(Refused::LastOwner));
        }
        let (what, before, after) = change(tx, &listed, now)?;
        let subject = listed.account.subject();
        let entry = Entry { who: who.clone(), at: now, what, subject, before: Some(before), after: Some(after) };
        audit::note(tx, &entry).map(Ok)
    };
    console.write_access(changing).await?.map_err(|refused: Refused| refused.into_problem(me))
}

/// Whether nobody else could give roles to everybody.
pub(super) fn is_last_owner(tx: &mut Tx<'_>, rota: &Rota, listed: &Listed) -> Result<bool, StoreError> {
    let others = accounts::all(tx)?.into_iter().filter(|other| other.account.id != listed.account.id);
    let mut owners = others.filter(|other| other.account.role == Role::Owner && other.removed.is_none());
    Ok(!owners.any(|other| other.account.may_enter(&rota.staff)))
}
