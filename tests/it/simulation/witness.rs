//! Looks at the record after every happening, and says what must not be.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Call, CallId, State};
use switchboard::domain::outcome::Outcome;
use switchboard::domain::promise::{How, Promise, PromiseState};
use switchboard::domain::staff::StaffId;
use switchboard::store::calls::Stored;
use switchboard::store::promises::{self, Which};
use switchboard::store::{StoreError, Tx, calls, engaged};

use super::aside::Aside;
use super::ends::carried;
use super::recount;
use crate::store_fixture::TestStore;

/// More calls and promises than a storm makes.
const ALL: u32 = 10_000;

pub(super) struct Witness {
    store: Aside<TestStore>,
    outcomes: HashMap<CallId, Outcome>,
    promises: HashMap<CallId, Promise>,
}

/// Everything on record at one moment.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Record {
    /// The newest first.
    pub(super) calls: Vec<Stored>,
    pub(super) promises: Vec<Promise>,
    pub(super) engaged: BTreeMap<StaffId, CallId>,
}

/// Something that must not be, and the call it was seen on.
#[derive(Debug)]
pub(super) struct Breach {
    pub(super) what: String,
    pub(super) call: Option<Box<Call>>,
}

impl Breach {
    fn of(call: &Call, what: impl Into<String>) -> Self {
        Self { what: what.into(), call: Some(Box::new(call.clone())) }
    }
}

impl From<String> for Breach {
    fn from(what: String) -> Self {
        Self { what, call: None }
    }
}

impl Witness {
    pub(super) fn new(store: Aside<TestStore>) -> Self {
        Self { store, outcomes: HashMap::new(), promises: HashMap::new() }
    }

    pub(super) fn reads(&mut self) -> Record {
        let store = &mut self.store;
        // A connection that was cut is noticed by its first use.
        store.with(|on| on.store.read(record).or_else(|_| on.store.read(record)).unwrap())
    }

    /// What is true of every record, however the store has fared.
    pub(super) fn checks(&mut self, record: &Record, now: Timestamp) -> Result<(), Breach> {
        self.no_outcome_changes(record)?;
        self.no_promise_is_lost_or_changed(record)?;
        for Stored { call, .. } in &record.calls {
            owes_what_it_must(call, record)?;
        }
        recount::agrees_with_the_report(record, now)?;
        Ok(())
    }

    fn no_outcome_changes(&mut self, record: &Record) -> Result<(), Breach> {
        let ends = record.calls.iter().filter_map(|Stored { call, .. }| Some((call.id, call, call.outcome()?)));
        let ends: HashMap<_, _> = ends.map(|(id, call, outcome)| (id, (call, outcome))).collect();
        for (id, before) in &self.outcomes {
            match ends.get(id) {
                Some((_, outcome)) if *outcome == before => {}
                Some((call, outcome)) => return Err(Breach::of(call, format!("{before:?} has become {outcome:?}"))),
                None => return Err(Breach::from(format!("the outcome {before:?} of {id:?} is gone"))),
            }
        }
        self.outcomes.extend(ends.into_iter().map(|(id, (_, outcome))| (id, outcome.clone())));
        Ok(())
    }

    fn no_promise_is_lost_or_changed(&mut self, record: &Record) -> Result<(), Breach> {
        let mut now = HashMap::new();
        for promise in &record.promises {
            for call in &promise.calls {
                if now.insert(*call, promise.clone()).is_some() {
                    return Err(format!("two promises for one call: {promise:?}").into());
                }
            }
            let made_by = record.calls.iter().find(|stored| Some(stored.call.id) == promise.first_call());
            if made_by.is_none_or(|stored| promise.due <= stored.call.started) {
                return Err(format!("due before its call, or without one: {promise:?}").into());
            }
        }
        for (call, before) in &self.promises {
            let after = now.get(call).ok_or_else(|| format!("a promise is gone: {before:?}"))?;
            let goes_on = after.story.starts_with(&before.story) && after.calls.starts_with(&before.calls);
            // Nothing but a human's word closes one in a storm.
            let waits = after.is_unsettled() || matches!(after.state, PromiseState::Kept { how: How::Word, .. });
            if !goes_on || !waits || (before.message.is_some() && after.message.is_none()) {
                return Err(format!("a promise has changed: {before:?} is now {after:?}").into());
            }
        }
        self.promises = now;
        Ok(())
    }
}

impl Record {
    pub(super) fn promises_of(&self, call: &Call) -> Vec<&Promise> {
        self.promises.iter().filter(|promise| promise.calls.contains(&call.id)).collect()
    }

    /// While the store was never away: who is engaged is who rings, talks or is about to ring back, and nobody else.
    pub(super) fn only_the_right_people_are_engaged(&self) -> Result<(), Breach> {
        let mut expected: BTreeMap<StaffId, CallId> = BTreeMap::new();
        for Stored { call, .. } in &self.calls {
            if let Some(who) = whose_phone(call)
                && let Some(other) = expected.insert(who.clone(), call.id)
            {
                return Err(Breach::of(call, format!("{who} is on this call and on {other:?}")));
            }
        }
        if expected == self.engaged {
            return Ok(());
        }
        Err(format!("engaged are {:?}, and on calls are {expected:?}", self.engaged).into())
    }

    pub(super) fn nobody_is_engaged(&self) -> Result<(), Breach> {
        if self.engaged.is_empty() {
            return Ok(());
        }
        Err(format!("all is quiet, and engaged are still {:?}", self.engaged).into())
    }
}

fn record(tx: &mut Tx<'_>) -> Result<Record, StoreError> {
    let staff = ["sam", "priya", "tom", "ana", "desk"].map(StaffId::new);
    Ok(Record {
        calls: calls::list(tx, Timestamp::UNIX_EPOCH, ALL)?,
        promises: promises::list(tx, Which::All, ALL)?,
        engaged: engaged::among(tx, &staff)?.into_iter().collect(),
    })
}

/// Who was not helped is owed a call, if there is a number to ring; from the moment of the promise, and not before.
fn owes_what_it_must(call: &Call, record: &Record) -> Result<(), Breach> {
    let known = usize::from(call.from.phone().is_some());
    let told = |what: fn(&Happened) -> bool| call.story.iter().any(|entry| what(&entry.what));
    let unbridged = told(|what| matches!(what, Happened::AcceptedWithoutBridge));
    let expected = match &call.state {
        State::Promising { .. } | State::RingingBack { .. } | State::Ended { outcome: Outcome::Promised, .. } => 1,
        State::Ended { outcome: Outcome::HungUp, .. } => known,
        State::Ended { outcome: Outcome::Reached { .. }, .. } if unbridged => known,
        State::Ended { outcome: Outcome::Reached { .. } | Outcome::Blocked, .. }
        | State::Ringing { .. }
        | State::Talking { .. } => 0,
    };
    let made = record.promises_of(call);
    // A promise that was heard is kept even where its call is on record as given up.
    let one_more = carried(call) && call.outcome() == Some(&Outcome::HungUp);
    if made.len() == expected || (one_more && made.len() == 1) {
        Ok(())
    } else {
        Err(Breach::of(call, format!("{expected} owed, and {made:?} made")))
    }
}

fn whose_phone(call: &Call) -> Option<StaffId> {
    match call.state {
        State::Ringing { step, .. } | State::Talking { step, .. } | State::RingingBack { step, .. } => {
            call.plan.steps.get(usize::from(step)).map(|step| step.who.clone())
        }
        State::Promising { .. } | State::Ended { .. } => None,
    }
}
