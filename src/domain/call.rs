//! One call as a state machine: an event in; the new state, an answer and effects out.
//!
//! Total: an event that does not fit is answered with what the listener needs now, never a panic.
//! Providers repeat and reorder, so an event that was answered before gets the same answer again and
//! changes nothing.

mod answer;
mod begin;
mod end;
mod leg;
mod resume;
pub mod story;

use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::caller::{Attestation, CustomerId, Party, PastCall};
use super::event::{ProviderCallId, What};
use super::line::LineId;
use super::outcome::Outcome;
use super::phone::Phone;
use super::plan::{self, Plan, RING_SECONDS_MIN, Skip, Why};
use super::rota::Rota;
use super::staff::{Accept, StaffId};
use super::words::Whispered;
pub use answer::Answer;
pub use begin::Opening;
pub use resume::Remains;
use story::{Entry, Happened};

/// The longest conversation, in seconds; the provider ends it then.
pub const TALK_SECONDS_MAX: u32 = 2 * 60 * 60;

/// The longest message, in seconds. A provider that writes messages down does so up to this length.
pub const MESSAGE_SECONDS_MAX: u16 = 120;

/// How long a person who presses 2 has until the call back.
pub const RING_BACK_SOON: SignedDuration = SignedDuration::from_mins(15);

/// Ordered by time of arrival (UUID version 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallId(pub Uuid);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: CallId,
    /// The provider that handed us the call.
    pub provider: String,
    pub provider_id: ProviderCallId,
    pub business: String,
    pub line: LineId,
    /// The business number that was rung; shown to staff, and the sender of texts.
    pub number: Phone,
    pub from: Party,
    pub attestation: Attestation,
    pub customer: Option<Recognised>,
    /// BCP 47 tag of the language in which the caller is spoken to, from the beginning to the end.
    pub language: String,
    pub started: Timestamp,
    pub plan: Plan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<String>,
    pub whisper: Whispered,
    pub state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    pub story: Vec<Entry>,
    /// What was answered to whom, for the day it is asked again.
    pub answered: Vec<(Asked, Answer)>,
}

/// The customer as recognised when the call came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    pub id: CustomerId,
    pub name: String,
    pub usual: Option<StaffId>,
    /// The customer's newest calls before this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recent: Vec<PastCall>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The phone of `step` rings or hears the whisper.
    Ringing {
        step: u8,
        since: Timestamp,
        leg: Leg,
    },
    /// A human accepted.
    Talking {
        step: u8,
        since: Timestamp,
    },
    /// A person pressed 2; the caller, still hearing it ring, is about to be told.
    RingingBack {
        step: u8,
        since: Timestamp,
        due: Timestamp,
    },
    /// The caller hears a promise and may leave a message.
    Promising {
        since: Timestamp,
        owed: Owed,
    },
    Ended {
        at: Timestamp,
        outcome: Outcome,
    },
}

/// How far the leg that rings has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leg {
    Dialled,
    /// Something picked up and hears the whisper; the accept window runs from here.
    PickedUp {
        at: Timestamp,
    },
    /// Pressed 3, kept silent or ran out of time.
    Dropped,
}

/// Which promise the caller was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owed {
    /// By whoever the plan names.
    Planned,
    /// By the person of `step`, who pressed 2.
    Soon { step: u8, due: Timestamp },
}

/// What the caller left after the tone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub seconds: Option<u32>,
    /// Where the provider keeps it; fetched with the provider's credentials.
    pub recording: Option<String>,
    pub transcript: Option<String>,
}

/// What makes two webhooks the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    Incoming,
    Whisper(u8),
    Key(u8, u8),
    RingDone(u8),
    Message,
}

/// What a step asks of the world, beyond its answer. Saved with the call in one transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// The person's phone is ours from now on: no other call rings it.
    Engage(StaffId),
    Release(StaffId),
    Promise {
        owner: StaffId,
        due: Timestamp,
    },
    /// May go out `at` this time, if they have not said STOP.
    TextCaller {
        to: Phone,
        body: String,
        at: Timestamp,
    },
    /// The message is in [`Call::message`], or more of it than before.
    MessageLeft,
    /// The caller has talked with a human.
    Reached {
        who: StaffId,
    },
    /// The customer's newest calls are these now.
    Remember {
        customer: CustomerId,
        recent: Vec<PastCall>,
    },
}

/// The result of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub answer: Answer,
    pub effects: Vec<Effect>,
    /// False when the event was a repeat or told nothing new: there is nothing to save.
    pub changed: bool,
}

/// The instant of an event, in the business's zone, the rota that is live then, and who is on another call of ours.
pub struct Moment<'a> {
    pub now: &'a Zoned,
    /// For its words; whom to ring stands in the call's plan.
    pub rota: &'a Rota,
    pub engaged: &'a dyn Fn(&StaffId) -> bool,
}

impl Call {
    /// Takes an event in.
    pub fn step(&mut self, what: &What, moment: &Moment<'_>) -> Step {
        let asked = Asked::of(what);
        if let Some(asked) = asked
            && let Some((_, answer)) = self.answered.iter().find(|(before, _)| *before == asked)
        {
            return Step { answer: *answer, effects: Vec::new(), changed: false };
        }
        let mut turn = Turn { call: self, moment, effects: Vec::new(), changed: false };
        let answer = turn.take(what);
        let (effects, changed) = (turn.effects, turn.changed || asked.is_some());
        if let Some(asked) = asked {
            self.answered.push((asked, answer));
        }
        Step { answer, effects, changed }
    }

    /// Closes a call whose last event never came. Nothing happens before [`Call::overdue_at`].
    pub fn sweep(&mut self, moment: &Moment<'_>) -> Step {
        let mut turn = Turn { call: self, moment, effects: Vec::new(), changed: false };
        turn.sweep();
        let (effects, changed) = (turn.effects, turn.changed);
        Step { answer: Answer::Acknowledge, effects, changed }
    }

    /// When to give up waiting for the next event; `None` once the call has ended.
    pub fn overdue_at(&self) -> Option<Timestamp> {
        // Beyond the ring itself: the provider's own margin, the accept window, and a slow network.
        const SLACK: i64 = 120;
        let (since, seconds) = match &self.state {
            State::Ringing { step, since, .. } => (*since, i64::from(self.seconds_of(*step))),
            State::Talking { since, .. } => (*since, i64::from(TALK_SECONDS_MAX)),
            State::RingingBack { since, .. } => (*since, 0),
            State::Promising { since, .. } => (*since, i64::from(MESSAGE_SECONDS_MAX)),
            State::Ended { .. } => return None,
        };
        Some(since + SignedDuration::from_secs(seconds + SLACK))
    }

    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.state {
            State::Ended { outcome, .. } => Some(outcome),
            _ => None,
        }
    }

    pub fn ended(&self) -> Option<Timestamp> {
        match &self.state {
            State::Ended { at, .. } => Some(*at),
            _ => None,
        }
    }

    fn plan_step(&self, step: u8) -> Option<&plan::Step> {
        self.plan.steps.get(usize::from(step))
    }

    fn seconds_of(&self, step: u8) -> u16 {
        self.plan_step(step).map_or(0, |step| step.seconds)
    }

    fn who_of(&self, step: u8) -> Option<StaffId> {
        self.plan_step(step).map(|step| step.who.clone())
    }

    /// Whether answering is enough on the phone of a step.
    fn trusts(&self, step: u8) -> bool {
        self.plan_step(step).is_some_and(|step| step.accept == Accept::Answer)
    }
}

impl Asked {
    /// `None` for events that are told to us and ask for no document.
    fn of(what: &What) -> Option<Self> {
        match what {
            What::Incoming(_) => Some(Self::Incoming),
            What::LegAnswered { step } => Some(Self::Whisper(*step)),
            What::KeyPressed { step, attempt, .. } => Some(Self::Key(*step, *attempt)),
            What::RingDone { step, .. } => Some(Self::RingDone(*step)),
            What::MessageDone { .. } => Some(Self::Message),
            What::LegStatus { .. }
            | What::RecordingReady { .. }
            | What::RecordingAbsent
            | What::Transcript { .. }
            | What::CallEnded { .. }
            | What::CallProgress => None,
        }
    }
}

/// One event being taken in.
struct Turn<'a> {
    call: &'a mut Call,
    moment: &'a Moment<'a>,
    effects: Vec<Effect>,
    changed: bool,
}

impl Turn<'_> {
    fn take(&mut self, what: &What) -> Answer {
        match what {
            What::Incoming(_) => self.what_the_caller_hears_now(),
            What::LegAnswered { step } => self.leg_answered(*step),
            What::KeyPressed { step, attempt, key } => self.key_pressed(*step, *attempt, *key),
            What::RingDone { step, ring } => self.ring_done(*step, ring),
            What::LegStatus { step, status, .. } => self.leg_status(*step, *status),
            What::MessageDone { seconds, recording } => self.message_done(*seconds, recording.as_deref()),
            What::RecordingReady { recording, seconds } => self.recording_ready(recording, *seconds),
            What::Transcript { text } => self.transcript(text),
            What::CallEnded { .. } => self.call_ended(),
            What::RecordingAbsent | What::CallProgress => Answer::Acknowledge,
        }
    }

    /// Rings the first person from `from` on who is free; promises when nobody is left.
    fn ring_from(&mut self, from: u8) -> Answer {
        let mut step = from;
        while let Some(next) = self.call.plan_step(step) {
            let (who, reason) = (next.who.clone(), next.reason.clone());
            let hindrance = match self.seconds_left_for(next.seconds) {
                _ if (self.moment.engaged)(&who) => Err(Skip::Engaged),
                Some(seconds) => Ok(seconds),
                None => Err(Skip::NoTimeLeft),
            };
            let seconds = match hindrance {
                Ok(seconds) => seconds,
                Err(skip) => {
                    self.tell_why(Happened::NotRung, Some(who), Why::Skipped(skip));
                    step = step.saturating_add(1);
                    continue;
                }
            };
            self.call.state = State::Ringing { step, since: self.at(), leg: Leg::Dialled };
            self.effects.push(Effect::Engage(who.clone()));
            self.tell_why(Happened::Rings { seconds }, Some(who), Why::Rung(reason));
            return Answer::Ring { step };
        }
        self.promise_planned()
    }

    /// How much of its planned seconds a ring gets. A voicemail that picked up has cost the caller time
    /// that the plan did not know of, and nobody is to wait longer than the admin allows.
    fn seconds_left_for(&self, planned: u16) -> Option<u16> {
        let waited = self.at().duration_since(self.call.started).as_secs();
        let left = i64::from(self.call.plan.ring_seconds_max) - waited;
        let left = u16::try_from(left).ok().filter(|left| *left > 0)?;
        Some(planned.min(left.max(RING_SECONDS_MIN)))
    }

    /// Notices that a later phone rings than the one we know of, as it does when the call went on
    /// without the store for a while: a step's address is handed out only when its phone rings.
    fn catch_up(&mut self, step: u8) {
        let (State::Ringing { step: known, .. } | State::Talking { step: known, .. }) = self.call.state else { return };
        if known < step
            && let Some(who) = self.call.who_of(step)
        {
            self.release(known);
            self.effects.push(Effect::Engage(who));
            self.tell_once(Happened::CarriedWithoutStore, None);
            self.call.state = State::Ringing { step, since: self.at(), leg: Leg::Dialled };
        }
    }

    /// For questions that do not fit the state: the caller is on the line and must never hear nothing.
    fn what_the_caller_hears_now(&mut self) -> Answer {
        match &self.call.state {
            State::Ringing { step, .. } => Answer::Ring { step: *step },
            State::RingingBack { step, due, .. } => self.caller_is_told(*step, *due),
            State::Promising { since, owed } => Answer::TakeMessage { owed: *owed, said: *since },
            State::Talking { .. } | State::Ended { outcome: Outcome::Reached { .. } | Outcome::Blocked, .. } => {
                Answer::Goodbye
            }
            // We thought that the caller had gone.
            State::Ended { outcome: Outcome::Promised | Outcome::HungUp, .. } => Answer::Sorry,
        }
    }

    fn at(&self) -> Timestamp {
        self.moment.now.timestamp()
    }
}
