//! The store keeps what it is given, on both engines.

pub(crate) mod calls;
mod engaged;
mod jobs;
mod opening;
mod promises;

use jiff::{SignedDuration, Timestamp};
use switchboard::domain::call::CallId;
use uuid::Uuid;

/// 2026-03-02T09:00:00Z and some minutes.
fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_772_442_000).unwrap() + SignedDuration::from_mins(minutes)
}

fn call_id(at: Timestamp, n: u64) -> CallId {
    let millis = u128::try_from(at.as_millisecond()).unwrap();
    CallId(Uuid::from_u128(millis << 80 | 7 << 76 | 2 << 62 | u128::from(n)))
}
