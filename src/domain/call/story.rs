//! A call's story: what happened, to whom, and why, in the order it happened.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Turn;
use crate::domain::plan::Why;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub what: Happened,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<StaffId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    CameIn,
    Rings {
        seconds: u16,
    },
    NotRung,
    /// A human or a machine; the whisper will tell.
    PickedUp,
    WrongKey {
        key: char,
    },
    Accepted,
    /// Pressed 3.
    Declined,
    /// Pressed 2.
    RingsBack {
        due: Timestamp,
    },
    /// Picked up, and no key came: a voicemail or a pocket.
    Silent,
    NoAnswer,
    Busy,
    Unreachable,
    Canceled,
    /// Picked up and hung up before a key came.
    HungUpInWhisper,
    /// The provider says that the two sides talked, and we have no accept.
    BridgedWithoutAccept,
    /// We have an accept, and the provider says that the two sides never talked.
    AcceptedWithoutBridge,
    Promised {
        due: Timestamp,
    },
    MessageLeft {
        seconds: Option<u32>,
    },
    CallerHungUp,
    TalkEnded {
        seconds: Option<u32>,
    },
    Blocked,
    /// The provider fell silent and we stopped waiting.
    GivenUpWaiting,
    /// The store was away; the call went on without it.
    CarriedWithoutStore,
}

impl Happened {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::CameIn => "came_in",
            Self::Rings { .. } => "rings",
            Self::NotRung => "not_rung",
            Self::PickedUp => "picked_up",
            Self::WrongKey { .. } => "wrong_key",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::RingsBack { .. } => "rings_back",
            Self::Silent => "silent",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Unreachable => "unreachable",
            Self::Canceled => "canceled",
            Self::HungUpInWhisper => "hung_up_in_whisper",
            Self::BridgedWithoutAccept => "bridged_without_accept",
            Self::AcceptedWithoutBridge => "accepted_without_bridge",
            Self::Promised { .. } => "promised",
            Self::MessageLeft { .. } => "message_left",
            Self::CallerHungUp => "caller_hung_up",
            Self::TalkEnded { .. } => "talk_ended",
            Self::Blocked => "blocked",
            Self::GivenUpWaiting => "given_up_waiting",
            Self::CarriedWithoutStore => "carried_without_store",
        }
    }

    /// A line of a timeline, about `who` (a person's name, or empty).
    pub fn line(self, who: &str) -> String {
        match self {
            Self::CameIn => "the call comes in".into(),
            Self::Rings { seconds } => format!("rings {who} for {seconds} s"),
            Self::NotRung => format!("does not ring {who}"),
            Self::PickedUp => format!("{who}'s phone picks up and hears the whisper"),
            Self::WrongKey { key } => format!("{who} presses {key}: the whisper is repeated"),
            Self::Accepted => format!("{who} takes the call"),
            Self::Declined => format!("{who} passes it on"),
            Self::RingsBack { .. } => format!("{who} will ring back in 15 minutes"),
            Self::Silent => format!("{who}'s phone presses nothing: a machine, or nobody there"),
            Self::NoAnswer => format!("{who} does not answer"),
            Self::Busy => format!("{who} is busy"),
            Self::Unreachable => format!("{who}'s phone cannot be reached"),
            Self::Canceled => format!("the ring of {who} is cancelled"),
            Self::HungUpInWhisper => format!("{who}'s phone hangs up during the whisper"),
            Self::BridgedWithoutAccept => format!("the provider connected {who} without an accept: treated as missed"),
            Self::AcceptedWithoutBridge => format!("{who} accepted but was never connected"),
            Self::Promised { .. } => format!("promise: {who} rings back"),
            Self::MessageLeft { seconds: Some(seconds) } => format!("the caller leaves a message of {seconds} s"),
            Self::MessageLeft { seconds: None } => "the caller leaves a message".into(),
            Self::CallerHungUp => "the caller hangs up".into(),
            Self::TalkEnded { seconds: Some(seconds) } => format!("the conversation ends after {seconds} s"),
            Self::TalkEnded { seconds: None } => "the conversation ends".into(),
            Self::Blocked => "the caller is blocked".into(),
            Self::GivenUpWaiting => "the provider fell silent; closed".into(),
            Self::CarriedWithoutStore => "the store was away; the call went on without it".into(),
        }
    }
}

impl Turn<'_> {
    pub(super) fn tell(&mut self, what: Happened, who: Option<StaffId>) {
        self.changed = true;
        self.call.story.push(Entry { at: self.at(), what, who, why: None });
    }

    pub(super) fn tell_why(&mut self, what: Happened, who: Option<StaffId>, why: Why) {
        self.changed = true;
        self.call.story.push(Entry { at: self.at(), what, who, why: Some(why) });
    }

    pub(super) fn tell_once(&mut self, what: Happened, who: Option<StaffId>) {
        if !self.is_told(what, who.as_ref()) {
            self.tell(what, who);
        }
    }

    pub(super) fn is_told(&self, what: Happened, who: Option<&StaffId>) -> bool {
        self.call.story.iter().any(|entry| entry.what == what && entry.who.as_ref() == who)
    }
}
