//! A ring ends, a promise is made, the call ends.

use super::story::Happened;
use super::{Answer, Call, Effect, Leg, Message, Owed, State, Turn};
use crate::domain::caller::PastCall;
use crate::domain::event::{RingDone, RingResult};
use crate::domain::outcome::Outcome;
use crate::domain::staff::{Accept, StaffId};
use crate::domain::words;

/// How many of a customer's newest calls are kept beside the customer.
const REMEMBERED_CALLS: usize = 3;

impl Turn<'_> {
    pub(super) fn ring_done(&mut self, step: u8, ring: &RingDone) -> Answer {
        match self.call.state.clone() {
            State::Ringing { step: now, leg, .. } if now <= step => self.nobody_took_it(step, leg, ring),
            State::Talking { step: now, .. } if now == step && ring.bridged == Some(false) => {
                // An accept that never became a conversation: the caller is still waiting, or gave up
                // in the very moment. Either way it was not an answer.
                let who = self.call.who_of(step);
                self.tell(Happened::AcceptedWithoutBridge, who);
                self.next_after(step, ring)
            }
            State::Talking { step: now, .. } if now == step => {
                self.talk_ended(ring.seconds);
                Answer::Goodbye
            }
            State::RingingBack { step: now, due, .. } if now == step => {
                self.release(step);
                if ring.caller_gone {
                    self.end(Outcome::Promised);
                    return Answer::Goodbye;
                }
                self.caller_is_told(Owed::Soon { step, due })
            }
            State::Ringing { .. }
            | State::Talking { .. }
            | State::RingingBack { .. }
            | State::Promising { .. }
            | State::Ended { .. } => self.what_the_caller_hears_now(),
        }
    }

    fn nobody_took_it(&mut self, step: u8, leg: Leg, ring: &RingDone) -> Answer {
        let who = self.call.who_of(step);
        let trusted = self.call.plan_step(step).is_some_and(|step| step.accept == Accept::Answer);
        match (ring.result, leg) {
            (RingResult::Answered, _) if trusted && ring.bridged != Some(false) => {
                // Its pick-up was never told to us, but on this phone answering is enough.
                self.accept(step);
                self.talk_ended(ring.seconds);
                return Answer::Goodbye;
            }
            (RingResult::Answered, _) if ring.bridged == Some(true) => {
                self.tell(Happened::BridgedWithoutAccept, who);
            }
            (RingResult::Answered, Leg::PickedUp { .. }) => self.tell(Happened::HungUpInWhisper, who),
            (RingResult::Answered, Leg::Dialled) => self.tell(Happened::Silent, who),
            // What the person did was told when they did it.
            (RingResult::Answered | RingResult::Canceled, Leg::Dropped) => {}
            (RingResult::NoAnswer, _) => self.tell(Happened::NoAnswer, who),
            (RingResult::Busy, _) => self.tell(Happened::Busy, who),
            (RingResult::Failed, _) => self.tell_once(Happened::Unreachable, who),
            (RingResult::Canceled, Leg::Dialled | Leg::PickedUp { .. }) => self.tell(Happened::Canceled, who),
        }
        self.next_after(step, ring)
    }

    fn next_after(&mut self, step: u8, ring: &RingDone) -> Answer {
        self.release(step);
        if ring.caller_gone {
            self.caller_hung_up();
            return Answer::Goodbye;
        }
        self.ring_from(step.saturating_add(1))
    }

    pub(super) fn promise_planned(&mut self) -> Answer {
        self.owe_planned();
        self.call.state = State::Promising { since: self.at(), owed: Owed::Planned };
        Answer::TakeMessage { owed: Owed::Planned }
    }

    /// Writes the planned promise down and tells both sides by text.
    fn owe_planned(&mut self) {
        let terms = self.call.plan.promise.clone();
        self.tell(Happened::Promised { due: terms.due }, Some(terms.owner.clone()));
        self.effects.push(Effect::Promise { owner: terms.owner.clone(), due: terms.due });
        self.text_caller(&terms.spoken, terms.due);
        let caller = self.call.customer.as_ref().map_or("A new caller", |customer| customer.name.as_str());
        let body = words::owed_text(caller, self.call.from.phone(), self.call.started, terms.due, self.moment.now);
        self.effects.push(Effect::TextOwner { owner: terms.owner, body });
    }

    pub(super) fn message_done(&mut self, seconds: Option<u32>, recording: Option<&str>) -> Answer {
        if recording.is_some() && seconds != Some(0) {
            self.message_left(seconds, recording);
        }
        Answer::MessageThanks
    }

    pub(super) fn recording_ready(&mut self, recording: &str, seconds: Option<u32>) -> Answer {
        if seconds != Some(0) {
            self.message_left(seconds, Some(recording));
        }
        Answer::Acknowledge
    }

    fn message_left(&mut self, seconds: Option<u32>, recording: Option<&str>) {
        let known = self.call.message.clone();
        let mut message = known.clone().unwrap_or_default();
        message.seconds = message.seconds.or(seconds);
        message.recording = message.recording.or_else(|| recording.map(str::to_owned));
        if known.is_none() {
            self.tell(Happened::MessageLeft { seconds }, None);
            self.effects.push(Effect::MessageLeft);
        }
        self.changed |= known.as_ref() != Some(&message);
        self.call.message = Some(message);
    }

    pub(super) fn transcript(&mut self, text: &str) -> Answer {
        let message = self.call.message.get_or_insert_with(Message::default);
        if message.transcript.as_deref() != Some(text) {
            message.transcript = Some(text.to_owned());
            self.changed = true;
        }
        Answer::Acknowledge
    }

    pub(super) fn call_ended(&mut self) -> Answer {
        match self.call.state.clone() {
            State::Ringing { step, .. } => {
                self.release(step);
                self.caller_hung_up();
            }
            State::Talking { .. } => self.talk_ended(None),
            State::RingingBack { step, .. } => {
                self.release(step);
                self.end(Outcome::Promised);
            }
            State::Promising { .. } => self.end(Outcome::Promised),
            State::Ended { .. } => {}
        }
        Answer::Acknowledge
    }

    pub(super) fn sweep(&mut self) {
        if self.call.overdue_at().is_some_and(|overdue| overdue <= self.at()) {
            self.tell(Happened::GivenUpWaiting, None);
            self.call_ended();
        }
    }

    /// A missed call. Opens a promise if there is a number to ring back.
    fn caller_hung_up(&mut self) {
        self.tell(Happened::CallerHungUp, None);
        if self.call.from.phone().is_some() {
            self.owe_planned();
        }
        self.end(Outcome::HungUp);
    }

    fn talk_ended(&mut self, seconds: Option<u32>) {
        let State::Talking { step, since } = self.call.state else { return };
        self.release(step);
        let Some(who) = self.call.who_of(step) else { return };
        self.tell(Happened::TalkEnded { seconds }, None);
        self.end(Outcome::Reached { who, at: since });
    }

    fn release(&mut self, step: u8) {
        if let Some(who) = self.call.who_of(step) {
            self.effects.push(Effect::Release(who));
        }
    }

    fn end(&mut self, outcome: Outcome) {
        self.changed = true;
        let reached = match &outcome {
            Outcome::Reached { who, .. } => Some(who.clone()),
            Outcome::Promised | Outcome::HungUp | Outcome::Blocked => None,
        };
        self.remember(reached);
        self.call.state = State::Ended { at: self.at(), outcome };
    }

    fn remember(&mut self, reached: Option<StaffId>) {
        let Call { customer, started, .. } = &*self.call;
        if let Some(customer) = customer {
            let this = PastCall { at: *started, reached, settled: false };
            let recent = std::iter::once(this).chain(customer.recent.iter().cloned()).take(REMEMBERED_CALLS).collect();
            self.effects.push(Effect::Remember { customer: customer.id, recent });
        }
    }
}
