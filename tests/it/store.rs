//! The store keeps what it is given, on both engines.

mod access;
mod calendar_links;
pub(crate) mod calls;
mod engaged;
mod history;
mod jobs;
mod opening;
mod promises;
mod rota_versions;
mod staff;
mod stopped;

use jiff::{SignedDuration, Timestamp};
use switchboard::domain::call::CallId;
use switchboard::domain::caller::CustomerId;
use switchboard::domain::line::LineId;
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::{Promise, PromiseId, PromiseState};
use switchboard::domain::staff::StaffId;
use uuid::Uuid;

/// 2026-03-02T09:00:00Z and some minutes.
fn minute(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_772_442_000).unwrap() + SignedDuration::from_mins(minutes)
}

fn call_id(at: Timestamp, n: u64) -> CallId {
    let millis = u128::try_from(at.as_millisecond()).unwrap();
    CallId(Uuid::from_u128(millis << 80 | 7 << 76 | 2 << 62 | u128::from(n)))
}

/// Priya's, to customer 7; the higher its number the sooner it is due.
pub(crate) fn a_promise(n: u64) -> Promise {
    Promise {
        id: PromiseId::default(),
        calls: vec![call_id(minute(0), n)],
        provider: "twilio".to_owned(),
        line: LineId::new("main"),
        business_number: Phone::from_e164("+442079460000").unwrap(),
        customer: Some(CustomerId(7)),
        name: Some("Mrs Okafor".to_owned()),
        number: Phone::from_e164("+447700900201"),
        language: "en-GB".to_owned(),
        about: None,
        owner: StaffId::new("priya"),
        due: minute(100 - i64::try_from(n).unwrap()),
        remind: None,
        rang: minute(0),
        made: minute(1),
        state: PromiseState::Open,
        broken: None,
        message: None,
        story: Vec::new(),
    }
}
