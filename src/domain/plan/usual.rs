//! Who usually looks after a customer, and how often they have rung about the same matter.

use jiff::{SignedDuration, Timestamp};

use super::Reason;
use crate::domain::caller::{Customer, PastCall};
use crate::domain::staff::StaffId;

/// A customer's usual person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual<'a> {
    pub who: &'a StaffId,
    /// [`Reason::UsualPerson`] where an admin has said so, else [`Reason::LearnedUsualPerson`].
    pub reason: Reason,
}

/// Only calls this recent teach a usual person.
const LEARNED_FROM: SignedDuration = SignedDuration::from_hours(180 * 24);

/// How many of the newest calls are looked at, and how many of them one person must have taken.
const LEARNED_FROM_CALLS: usize = 3;
const LEARNED_TAKEN_MIN: usize = 2;

/// A customer who rings again within this time rings about the same matter, until it is settled.
const SAME_MATTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The one an admin has pinned; else the one who accepted at least 2 of the last 3 calls within 180 days.
pub fn usual_person(customer: &Customer, at: Timestamp) -> Option<Usual<'_>> {
    if let Some(who) = &customer.usual {
        return Some(Usual { who, reason: Reason::UsualPerson });
    }
    let mut calls: Vec<&PastCall> = calls_within(customer, at, LEARNED_FROM).collect();
    calls.sort_by_key(|call| std::cmp::Reverse(call.at));
    calls.truncate(LEARNED_FROM_CALLS);
    let taken_by = |who: &StaffId| calls.iter().filter(|call| call.reached.as_ref() == Some(who)).count();
    let (who, took) = calls
        .iter()
        .filter_map(|call| call.reached.as_ref())
        .map(|who| (who, taken_by(who)))
        .find(|(_, took)| *took >= LEARNED_TAKEN_MIN)?;
    let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    Some(Usual { who, reason: Reason::LearnedUsualPerson { took: small(took), of: small(calls.len()) } })
}

/// How many calls of the last 7 days are about a matter that nobody has called settled. With one, the
/// present call is the second conversation about it; with two or more, the third.
pub fn unsettled_calls(customer: &Customer, at: Timestamp) -> usize {
    calls_within(customer, at, SAME_MATTER).filter(|call| !call.settled).count()
}

fn calls_within(customer: &Customer, at: Timestamp, time: SignedDuration) -> impl Iterator<Item = &PastCall> {
    customer.recent.iter().filter(move |call| call.at < at && at.duration_since(call.at) <= time)
}
