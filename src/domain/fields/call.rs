//! A call, as programs are told of it.

use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

use super::iso;
use crate::domain::call::{Call, State};
use crate::domain::caller::Party;
use crate::domain::outcome::Outcome;
use crate::domain::phone::Phone;
use crate::domain::report::accepted;

/// A call, with its story.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Call)]
pub struct CallFields {
    pub id: String,
    /// The provider's own name of it.
    pub provider_id: String,
    /// A number, a SIP address, or `withheld`.
    pub from: String,
    pub line: String,
    /// The customer's name, as it was then.
    pub customer: Option<String>,
    pub started: String,
    /// `ringing`, `talking`, `ringing_back`, `promising` or `ended`.
    pub state: &'static str,
    /// `reached`, `promised`, `hung_up` or `blocked`, once it has ended.
    pub outcome: Option<&'static str>,
    /// Who took it.
    pub reached: Option<String>,
    pub seconds_to_human: Option<u32>,
    pub events: Vec<CallEvent>,
}

/// What happened during a call, to whom, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallEvent {
    pub at: String,
    pub what: &'static str,
    pub who: Option<String>,
    pub reason: Option<String>,
}

impl CallFields {
    pub fn of(call: &Call, zone: &TimeZone) -> Self {
        let taken = accepted(call);
        let events = call.story.iter().map(|entry| CallEvent {
            at: iso(entry.at, zone),
            what: entry.what.word(),
            who: entry.who.as_ref().map(ToString::to_string),
            reason: entry.why.as_ref().map(ToString::to_string),
        });
        Self {
            id: call.id.0.to_string(),
            provider_id: call.provider_id.0.clone(),
            from: match &call.from {
                Party::Known(phone) => Phone::to_string(phone),
                Party::Sip(address) => address.clone(),
                Party::Withheld => "withheld".to_owned(),
            },
            line: call.line.to_string(),
            customer: call.customer.as_ref().map(|customer| customer.name.clone()),
            started: iso(call.started, zone),
            state: match &call.state {
                State::Ringing { .. } => "ringing",
                State::Talking { .. } => "talking",
                State::RingingBack { .. } => "ringing_back",
                State::Promising { .. } => "promising",
                State::Ended { .. } => "ended",
            },
            outcome: call.outcome().map(Outcome::word),
            reached: taken.as_ref().map(|taken| taken.who.to_string()),
            seconds_to_human: taken.map(|taken| taken.seconds),
            events: events.collect(),
        }
    }
}
