//! One customer at a time, by hand: a new one, a changed one, and two that are the same.

use super::change::{add, remove_numbers, replace};
use super::{by_phone, hold_as_read, search};
use crate::domain::caller::{Customer, CustomerId, REMEMBERED_CALLS};
use crate::domain::phone::Phone;
use crate::store::sql::Value;
use crate::store::{StoreError, Tx, audit, calls, conversations, promises};

/// A number that is somebody else's already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub phone: Phone,
    pub by: Customer,
}

/// A new customer, whatever id it has so far. Answers the one that it is given.
pub fn create(tx: &mut Tx<'_>, customer: Customer) -> Result<Result<CustomerId, Taken>, StoreError> {
    if let Some(taken) = taken(tx, &customer.numbers, &[])? {
        return Ok(Err(taken));
    }
    let mut new = [customer];
    add(tx, &mut new)?;
    let [customer] = new;
    search::index_one(tx, &customer)?;
    Ok(Ok(customer.id))
}

/// Everything that is known of a customer, anew.
pub fn edit(tx: &mut Tx<'_>, before: Customer, after: Customer) -> Result<Result<(), Taken>, StoreError> {
    if let Some(taken) = taken(tx, &after.numbers, &[before.id])? {
        return Ok(Err(taken));
    }
    replace(tx, &[(before, after)]).map(Ok)
}

/// Two customers are one from now on: `after`, which has the id of `kept`. Calls and promises follow.
/// [`StoreError::Conflict`] where one of them is not as it was read any more.
pub fn merge(
    tx: &mut Tx<'_>,
    kept: Customer,
    gone: &Customer,
    mut after: Customer,
) -> Result<Result<(), Taken>, StoreError> {
    if let Some(taken) = taken(tx, &after.numbers, &[kept.id, gone.id])? {
        return Ok(Err(taken));
    }
    after.recent.extend(gone.recent.iter().cloned());
    after.recent.sort_by_key(|call| std::cmp::Reverse(call.at));
    after.recent.dedup_by_key(|call| call.at);
    after.recent.truncate(REMEMBERED_CALLS);
    let asked_before: Vec<_> = after.asked.iter().map(|asked| asked.who.clone()).collect();
    after.asked.extend(gone.asked.iter().filter(|asked| !asked_before.contains(&asked.who)).cloned());
    let (from, to) = (gone.id, kept.id);
    // Calls, customers, promises: in the order in which a call holds them, so that neither waits for the other.
    calls::follow(tx, from, to)?;
    hold_as_read(tx, &[&kept, gone])?;
    promises::about_to_make(tx)?;
    forget(tx, gone)?;
    replace(tx, &[(kept, after)])?;
    promises::follow(tx, from, to)?;
    // Erasing the one who stays must erase what is noted of both.
    audit::follow(tx, &format!("customer {}", from.0), &format!("customer {}", to.0))?;
    Ok(Ok(()))
}

/// Takes a customer out, but not out of what has happened.
pub(super) fn forget(tx: &mut Tx<'_>, gone: &Customer) -> Result<(), StoreError> {
    conversations::erase(tx, gone)?;
    search::forget(tx, gone)?;
    remove_numbers(tx, gone.numbers.iter().copied())?;
    tx.execute("DELETE FROM customer WHERE id = $1", &[Value::Int(gone.id.0)]).map(|_| ())
}

fn taken(tx: &mut Tx<'_>, phones: &[Phone], besides: &[CustomerId]) -> Result<Option<Taken>, StoreError> {
    let mut owners = by_phone(tx, phones)?;
    owners.retain(|_, owner| !besides.contains(&owner.id));
    let first = phones.iter().find_map(|phone| owners.remove(phone).map(|by| Taken { phone: *phone, by }));
    Ok(first)
}
