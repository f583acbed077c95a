//! What we answer a provider, in our words. A provider's module renders it.

use serde::{Deserialize, Serialize};

use super::phone::Phone;
use super::staff::Reach;

/// Words for a voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    pub text: String,
    /// BCP 47 tag of the voice.
    pub language: String,
}

/// What happens next, on the caller's side or on a leg.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instruction {
    /// Caller: hears ringing while one phone rings; `Stage::RingDone` follows when it is over.
    Ring(Ring),
    /// Leg: hears who calls and may press a key. Whoever renders this MUST end it in a hang-up:
    /// a screening document that runs out would bridge (contracts, section 0, fact 2).
    Whisper(Whisper),
    /// Leg: becomes the conversation. The only answers that bridge.
    Connect { say: Option<Speech> },
    /// Leg: is over.
    HangUpLeg { say: Option<Speech> },
    /// Caller: hears a promise, then a tone to leave a message; `Stage::Message` follows.
    TakeMessage(TakeMessage),
    /// Caller: hears a last sentence, and the call is over.
    Goodbye { say: Option<Speech> },
    /// Caller: refused before anything is spoken or billed.
    Reject,
    /// Nothing is asked of us: an acknowledgement without a document.
    Acknowledge,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Before the first ring only.
    pub greeting: Option<Speech>,
    pub step: u8,
    pub to: Reach,
    /// How long the phone really rings. A provider that adds a margin of its own takes it off here.
    pub seconds: u16,
    /// The number the rung phone shows.
    pub caller_id: Phone,
    /// The longest conversation, in seconds.
    pub talk_seconds_max: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whisper {
    pub say: Speech,
    pub step: u8,
    /// The key press that answers this carries it back, so that a repeated webhook and a second
    /// press are told apart.
    pub attempt: u8,
    /// Seconds of silence after the words until they are said once more, and then until the leg is dropped.
    pub wait_seconds: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeMessage {
    pub say: Speech,
    pub seconds_max: u16,
    /// The provider should write the message down, where it can.
    pub transcribe: bool,
}

/// The points of a call at which a provider comes back to us, each at a URL of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// A leg was picked up: `What::LegAnswered`.
    Whisper { step: u8 },
    /// `What::KeyPressed`.
    Key { step: u8, attempt: u8 },
    /// `What::RingDone`.
    RingDone { step: u8 },
    /// `What::LegStatus`.
    Leg { step: u8 },
    /// `What::MessageDone`.
    Message,
    /// `What::RecordingReady`.
    Recording,
    /// `What::Transcript`.
    Transcript,
}
