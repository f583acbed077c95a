//! One call as a state machine: an event in; the new state, an answer and effects out.
//!
//! Total: an event that does not fit is recorded and answered, never a panic. Providers repeat and
//! reorder, so a repeated event gets the answer it got before and changes nothing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Attestation, CustomerId, Party};
use super::event::ProviderCallId;
use super::line::LineId;
use super::outcome::Outcome;
use super::phone::Phone;
use super::plan::Plan;
use super::staff::StaffId;

/// Ordered by time of arrival (UUID version 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallId(pub Uuid);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: CallId,
    /// The provider that handed us the call: `twilio`.
    pub provider: String,
    pub provider_id: ProviderCallId,
    pub line: LineId,
    /// The business number that was rung; shown to staff, and the sender of texts.
    pub number: Phone,
    pub from: Party,
    pub attestation: Attestation,
    pub customer: Option<Recognised>,
    /// BCP 47 tag the caller is spoken to in.
    pub language: String,
    pub started: Timestamp,
    pub plan: Plan,
    pub greeting: Option<String>,
    pub whisper: String,
    pub state: State,
    pub timeline: Vec<Entry>,
}

/// The customer as recognised when the call came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    pub id: CustomerId,
    pub name: String,
    pub usual: Option<StaffId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Ringing { step: u8 },
    Talking { step: u8, since: Timestamp },
    Ended { outcome: Outcome, at: Timestamp },
}

/// One line of a call's story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub what: String,
    pub who: Option<StaffId>,
    pub reason: Option<String>,
}
