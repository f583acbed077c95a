//! A place in the rota file opens the console: a code goes to its phone, and the rota's owner is the console's. So
//! whoever may edit the file could come in as somebody else, were it not for this.

use super::{Account, AccountId, Role};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, Staff, StaffId};

/// What an edit changes that is not for everybody to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// Who the owner is.
    Owner,
    /// The phone of this person, or whether they have a place at all.
    Person(StaffId),
}

/// Whom a code for this number signs in.
pub fn holder(rota: &Rota, number: Phone) -> Option<&Staff> {
    rota.staff.iter().find(|person| person.reach == Reach::Phone(number))
}

/// What somebody of the rota may do with their first account.
pub fn first_role(rota: &Rota, who: &StaffId) -> Role {
    if *who == rota.owner { Role::Owner } else { Role::Staff }
}

/// What keeps somebody with this role and account from putting `after` in the place of `before`: how a
/// person comes in whose role is not theirs to give. `accounts`: those that were not withdrawn.
pub fn guarded(role: Role, own: AccountId, accounts: &[Account], before: &Rota, after: &Rota) -> Option<Guarded> {
    if before.owner != after.owner && !role.may_give(Role::Owner) {
        return Some(Guarded::Owner);
    }
    let others = accounts.iter().filter(|account| account.id != own);
    let joined = others.filter_map(|account| Some((account.staff.as_ref()?, account.role)));
    let has_account = accounts.iter().any(|account| account.staff.as_ref() == Some(&before.owner));
    let without = (!has_account).then(|| (&before.owner, first_role(before, &before.owner)));
    let above = joined.chain(without).filter(|(_, theirs)| !role.may_give(*theirs));
    let moved = above.map(|(who, _)| who).find(|who| way_in(before, who) != way_in(after, who));
    moved.cloned().map(Guarded::Person)
}

/// Somebody's phone, and whom a code that is sent there signs in: of two who share a phone it is the first.
fn way_in<'a>(rota: &'a Rota, who: &StaffId) -> Option<(&'a Reach, Option<&'a StaffId>)> {
    let reach = &rota.staff.get(who.as_str())?.reach;
    let holder = match reach {
        Reach::Phone(number) => holder(rota, *number).map(|holder| &holder.id),
        Reach::Sip(_) => None,
    };
    Some((reach, holder))
}
