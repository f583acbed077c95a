//! Which person of the rota an account belongs to.

use serde_json::json;

use super::role::{Refused, close, is_last_owner};
use crate::console::{Console, Me, Problem};
use crate::domain::access::place::first_role;
use crate::domain::access::{Account, AccountId, Deed, Role};
use crate::domain::staff::StaffId;
use crate::store::audit::{self, Entry};
use crate::store::{Tx, accounts};

/// Joins an account to a place in the rota, or takes it away. Another account that has the place is withdrawn: one
/// person comes in as one.
pub(in crate::console) async fn give(
    console: &Console,
    me: &Me,
    of: AccountId,
    place: Option<StaffId>,
) -> Result<(), Problem> {
    me.may(Role::Admin)?;
    let (rota, now, who, mine) = (console.rota(), console.clock.now(), me.who(), me.role);
    let joining = move |tx: &mut Tx<'_>| {
        accounts::about_to_change(tx)?;
        let listed = accounts::get(tx, of)?.filter(|listed| listed.removed.is_none());
        let is_known = place.as_ref().is_none_or(|place| rota.staff.get(place.as_str()).is_some());
        let Some(account) = listed.map(|listed| listed.account).filter(|_| is_known) else {
            return Ok(Err(Refused::NotFound));
        };
        if account.staff == place {
            return Ok(Ok(()));
        }
        let other = place.as_ref().map(|place| accounts::of_staff(tx, place)).transpose()?.flatten();
        // Theirs who could come in at this place, now or for the first time.
        let holder = other.as_ref().map(|other| other.account.role);
        let role = holder.or_else(|| place.as_ref().map(|place| first_role(&rota, place)));
        if !mine.may_give(account.role) || !role.is_none_or(|role| mine.may_give(role)) {
            return Ok(Err(Refused::Forbidden));
        }
        let note = |what, of: &Account, before, after| {
            let (who, subject) = (who.clone(), of.subject());
            Entry { who, at: now, what, subject, before: Some(before), after: Some(after) }
        };
        if let Some(other) = other {
            let removed = other.removed.is_some();
            if !removed
                && account.role != Role::Owner
                && other.account.role == Role::Owner
                && is_last_owner(tx, &rota, &other)?
            {
                return Ok(Err(Refused::LastOwner));
            }
            let other = other.account;
            accounts::set_staff(tx, other.id, None)?;
            if !removed {
                let before = json!({ "name": other.name, "role": other.role.word() });
                let after = json!({ "name": other.name, "role": null });
                audit::note(tx, &note(Deed::AccountRemoved, &other, before, after))?;
                // The place is taken, and with it the calendar.
                close(tx, &Account { staff: None, ..other }, now)?;
            }
        }
        accounts::set_staff(tx, of, place.as_ref())?;
        let before = json!({ "name": account.name, "staff": account.staff });
        let joined = Account { staff: place.clone(), ..account };
        let after = json!({ "name": joined.name, "staff": joined.staff });
        audit::note(tx, &note(Deed::PlaceGiven, &joined, before, after)).map(Ok)
    };
    console.write_access(joining).await?.map_err(|refused: Refused| refused.into_problem(me))
}
