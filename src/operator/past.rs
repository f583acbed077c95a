//! Looks through what has happened: for reports, and for what they say ought to be set right. On a store of its
//! own, so that no call waits for it.

use jiff::Timestamp;

use crate::domain::call::CallId;
use crate::domain::letter::State;
use crate::domain::promise::Promise;
use crate::domain::report::Tally;
use crate::domain::voicemail::{LOOKED_BACK, Legs};
use crate::store::calls::{self, Stored};
use crate::store::promises::{self, Which};
use crate::store::{Store, StoreError};

/// Calls looked at in one go.
const PAGE: u32 = 2_000;

/// Of the promises that somebody waits for, so many are looked at.
const PROMISES_MAX: u32 = 10_000;

/// Tells the calls that came in since, the oldest first, and with them the promises they led to. A promise that
/// is about several calls is told with the first.
pub fn since(
    store: &mut Store,
    since: Timestamp,
    mut tell: impl FnMut(&[Stored], &[Promise]),
) -> Result<(), StoreError> {
    let mut after: Option<CallId> = None;
    loop {
        let (page, owed) = store.read(|tx| {
            let page = calls::page(tx, since, after, PAGE)?;
            let ids: Vec<CallId> = page.iter().map(|stored| stored.call.id).collect();
            let mut owed: Vec<Promise> = promises::of_calls(tx, &ids)?.into_iter().map(|owed| owed.promise).collect();
            owed.sort_by_key(|promise| promise.id);
            owed.dedup_by_key(|promise| promise.id);
            owed.retain(|promise| promise.first_call().is_some_and(|first| ids.contains(&first)));
            Ok((page, owed))
        })?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.call.id);
        tell(&page, &owed);
    }
}

/// What the one thing to fix is chosen from.
pub fn state(store: &mut Store, now: Timestamp) -> Result<State, StoreError> {
    let promises = store.read(|tx| promises::list(tx, Which::Unsettled, PROMISES_MAX))?;
    let (mut legs, mut tally) = (Legs::default(), Tally::default());
    since(store, now - LOOKED_BACK, |calls, _| {
        for stored in calls {
            legs.call(&stored.call);
            tally.call(&stored.call);
        }
    })?;
    Ok(State { promises, voicemails: legs.voicemails(), people: tally.report().people })
}
