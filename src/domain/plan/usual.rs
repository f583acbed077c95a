//! Who usually looks after a customer, and how often they have rung about the same matter.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};

use super::Reason;
use crate::domain::caller::{AskedToBeUsual, Customer, PastCall};
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

/// The one an admin has pinned, or who said yes; else the one who accepted at least 2 of the last 3 calls within
/// 180 days and has not said no.
pub fn usual_person(customer: &Customer, at: Timestamp) -> Option<Usual<'_>> {
    if let Some(who) = &customer.usual {
        return Some(Usual { who, reason: Reason::UsualPerson });
    }
    let Learned { who, took, of } = learned(&customer.recent, at)?;
    let said_no = |asked: &AskedToBeUsual| asked.who == *who && asked.said.is_some_and(|said| !said.yes);
    if customer.asked.iter().any(said_no) {
        return None;
    }
    let took = u8::try_from(took.len()).unwrap_or(u8::MAX);
    Some(Usual { who, reason: Reason::LearnedUsualPerson { took, of } })
}

/// Who took most of a customer's newest calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned<'a> {
    pub who: &'a StaffId,
    /// When the calls that they took came in, the newest first.
    pub took: Vec<Timestamp>,
    /// Of so many calls.
    pub of: u8,
}

/// Who accepted at least 2 of the last 3 of these calls within 180 days.
pub fn learned(recent: &[PastCall], at: Timestamp) -> Option<Learned<'_>> {
    let mut calls: Vec<&PastCall> = calls_within(recent, at, LEARNED_FROM).collect();
    calls.sort_by_key(|call| Reverse(call.at));
    calls.truncate(LEARNED_FROM_CALLS);
    let taken_by = |who: &StaffId| -> Vec<Timestamp> {
        calls.iter().filter(|call| call.reached.as_ref() == Some(who)).map(|call| call.at).collect()
    };
    let (who, took) = calls
        .iter()
        .filter_map(|call| call.reached.as_ref())
        .map(|who| (who, taken_by(who)))
        .find(|(_, took)| took.len() >= LEARNED_TAKEN_MIN)?;
    Some(Learned { who, took, of: u8::try_from(calls.len()).unwrap_or(u8::MAX) })
}

/// Who has just taken the newest of these calls, the first of the list, and took most of them only by that.
pub fn newly_learned(recent: &[PastCall], at: Timestamp) -> Option<Learned<'_>> {
    let (newest, before) = recent.split_first()?;
    let learned_now = learned(recent, at).filter(|learned| newest.reached.as_ref() == Some(learned.who))?;
    let knew = learned(before, at).is_some_and(|knew| knew.who == learned_now.who);
    (!knew).then_some(learned_now)
}

/// How many calls of the last 7 days are about a matter that nobody has called settled. With one, the
/// present call is the second conversation about it; with two or more, the third.
pub fn unsettled_calls(customer: &Customer, at: Timestamp) -> usize {
    calls_within(&customer.recent, at, SAME_MATTER).filter(|call| !call.settled).count()
}

fn calls_within(recent: &[PastCall], at: Timestamp, time: SignedDuration) -> impl Iterator<Item = &PastCall> {
    recent.iter().filter(move |call| call.at < at && at.duration_since(call.at) <= time)
}
