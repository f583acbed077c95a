//! Looks through what has happened: for reports, and for what they say ought to be set right. On a store of its
//! own, so that no call waits for it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::domain::call::CallId;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::letter::State;
use crate::domain::plan::usual_person;
use crate::domain::promise::Promise;
use crate::domain::report::Tally;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::voicemail::{LOOKED_BACK, Legs};
use crate::store::calls::{self, Stored};
use crate::store::promises::{self, Which};
use crate::store::{Store, StoreError, Tx, customers, staff};

/// Calls looked at in one go.
const PAGE: u32 = 2_000;

/// Of the promises that somebody waits for, so many are looked at.
const PROMISES_MAX: u32 = 10_000;

/// Some calls, the oldest first, and the promises they led to. A promise that is about several calls stands with
/// the first.
#[derive(Debug)]
pub struct Page {
    pub calls: Vec<Stored>,
    pub owed: Vec<Promise>,
}

/// The calls that came in since, or after that one; none, once there are no more.
pub fn page(tx: &mut Tx<'_>, since: Timestamp, after: Option<CallId>) -> Result<Page, StoreError> {
    let calls = calls::page(tx, since, after, PAGE)?;
    let ids: Vec<CallId> = calls.iter().map(|stored| stored.call.id).collect();
    let mut owed: Vec<Promise> = promises::of_calls(tx, &ids)?.into_iter().map(|owed| owed.promise).collect();
    owed.sort_by_key(|promise| promise.id);
    owed.dedup_by_key(|promise| promise.id);
    owed.retain(|promise| promise.first_call().is_some_and(|first| ids.contains(&first)));
    Ok(Page { calls, owed })
}

/// Tells the calls that came in since, the oldest first, and with them the promises they led to.
pub fn since(
    store: &mut Store,
    since: Timestamp,
    mut tell: impl FnMut(&[Stored], &[Promise]),
) -> Result<(), StoreError> {
    let mut after: Option<CallId> = None;
    loop {
        let Page { calls, owed } = store.read(|tx| page(tx, since, after))?;
        let Some(last) = calls.last() else { return Ok(()) };
        after = Some(last.call.id);
        tell(&calls, &owed);
    }
}

/// What the one thing to fix is chosen from. Tells the calls and promises it looks at too, as [`since`] does; those
/// since `from` are among them.
pub fn state(
    store: &mut Store,
    from: Timestamp,
    now: Timestamp,
    mut tell: impl FnMut(&[Stored], &[Promise]),
) -> Result<State, StoreError> {
    let promises = store.read(|tx| promises::list(tx, Which::Unsettled, PROMISES_MAX))?;
    let (mut legs, mut tally) = (Legs::default(), Tally::default());
    since(store, from.min(now - LOOKED_BACK), |calls, owed| {
        for stored in calls {
            legs.call(&stored.call);
            tally.call(&stored.call);
        }
        tell(calls, owed);
    })?;
    Ok(State { promises, voicemails: legs.voicemails(), people: tally.report().people })
}

/// Somebody who is no longer on the staff, and their customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub who: StaffId,
    pub name: String,
    /// The first [`NAMED_MAX`] names.
    pub customers: Vec<String>,
    pub count: usize,
}

/// Of the customers of somebody who has left, so many are named.
pub const NAMED_MAX: usize = 20;

/// Customers looked at in one go.
const CUSTOMERS_PAGE: u32 = 1_000;

/// The customers whose usual person this is, pinned or learned.
pub fn customers_of(store: &mut Store, who: StaffId, name: String, now: Timestamp) -> Result<Left, StoreError> {
    let mut left = Left { who, name, customers: Vec::new(), count: 0 };
    let mut after = Some(CustomerId(0));
    while let Some(last) = after {
        let page = store.read(|tx| customers::perhaps_of(tx, &left.who, last, CUSTOMERS_PAGE))?;
        after = page.last().map(|customer| customer.id);
        let theirs = |customer: &Customer| usual_person(customer, now).is_some_and(|usual| *usual.who == left.who);
        let names: Vec<String> = page.into_iter().filter(theirs).map(|customer| customer.name).collect();
        left.count += names.len();
        let room = NAMED_MAX.saturating_sub(left.customers.len());
        left.customers.extend(names.into_iter().take(room));
    }
    Ok(left)
}

/// Everybody who has customers and is not on the staff.
pub fn left(store: &mut Store, rota: &Rota, now: Timestamp) -> Result<Vec<Left>, StoreError> {
    let (known, pinned) = store.read(|tx| Ok((staff::all(tx)?, customers::pinned_to(tx)?)))?;
    let mut gone: BTreeMap<StaffId, String> = pinned.into_iter().map(|who| (who.clone(), who.to_string())).collect();
    gone.extend(known.into_iter().map(|known| (known.id, known.name)));
    gone.retain(|who, _| rota.staff.get(who.as_str()).is_none());
    let left = gone.into_iter().map(|(who, name)| customers_of(store, who, name, now));
    Ok(left.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|left| left.count > 0).collect())
}
