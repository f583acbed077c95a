//! What a provider tells us, in our words.

use serde::{Deserialize, Serialize};

use super::caller::{Attestation, Party};
use super::phone::Phone;

/// The provider's own id of the caller's call, for instance Twilio's `CallSid`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProviderCallId(pub String);

/// One genuine webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The caller's side of the call, also where the webhook is about a leg.
    pub provider_id: ProviderCallId,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// A customer rings.
    Incoming(Incoming),
    /// The phone of `step` was picked up, by a human or a machine; what should it hear?
    LegAnswered {
        step: u8,
    },
    /// `key` is `None` when a key was asked for and none came.
    KeyPressed {
        step: u8,
        attempt: u8,
        key: Option<char>,
    },
    /// The ring of `step` is over; what should the caller hear next?
    RingDone {
        step: u8,
        ring: RingDone,
    },
    /// News of a leg that asks for no answer.
    LegStatus {
        step: u8,
        sequence: u32,
        status: LegStatus,
    },
    /// The caller is done with the message tone.
    MessageDone {
        seconds: Option<u32>,
        recording: Option<String>,
    },
    /// The message can be fetched at this address, with the provider's credentials.
    RecordingReady {
        recording: String,
        seconds: Option<u32>,
    },
    /// The provider found nothing to keep.
    RecordingAbsent,
    Transcript {
        text: String,
    },
    /// The caller's side is over.
    CallEnded {
        seconds: Option<u32>,
    },
    /// The provider tells something of the call that needs nothing from us.
    CallProgress,
}

impl What {
    /// Changes no call, whatever state it is in, and asks for nothing.
    pub fn is_idle(&self) -> bool {
        match self {
            Self::LegStatus { status, .. } => matches!(status, LegStatus::Initiated | LegStatus::Ringing),
            Self::RecordingAbsent | Self::CallProgress => true,
            Self::Incoming(_)
            | Self::LegAnswered { .. }
            | Self::KeyPressed { .. }
            | Self::RingDone { .. }
            | Self::MessageDone { .. }
            | Self::RecordingReady { .. }
            | Self::Transcript { .. }
            | Self::CallEnded { .. } => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    pub from: Party,
    /// The number that was rung; `None` where it is not one (a SIP address).
    pub to: Option<Phone>,
    pub attestation: Attestation,
    pub forwarded_from: Option<Phone>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RingDone {
    pub result: RingResult,
    /// Whether the provider says that the two sides were connected. Only a cross-check of our own
    /// accept record: contracts, section 0, fact 1.
    pub bridged: Option<bool>,
    /// Seconds of the leg, where told.
    pub seconds: Option<u32>,
    /// The caller has hung up, so nobody hears the answer to this.
    pub caller_gone: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RingResult {
    /// Somebody or something picked up. Says nothing about a human.
    Answered,
    NoAnswer,
    Busy,
    /// The number cannot be reached, or is none.
    Failed,
    Canceled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegStatus {
    Initiated,
    Ringing,
    Answered,
    Ended(RingResult),
}

/// Text messages to the business number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub provider_id: String,
    pub from: Party,
    pub to: Option<Phone>,
    pub body: String,
}
