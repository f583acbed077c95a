//! A ring ends, a promise is made, a message is left, the call ends.

use jiff::Timestamp;

use super::story::Happened;
use super::{Answer, Call, Effect, Leg, Message, Owed, State, Turn};
use crate::domain::caller::{PastCall, REMEMBERED_CALLS};
use crate::domain::event::{RingDone, RingResult};
use crate::domain::outcome::Outcome;
use crate::domain::staff::StaffId;
use crate::domain::texting::{Occasion, Receiver, may_text};

impl Turn<'_> {
    pub(super) fn ring_done(&mut self, step: u8, ring: &RingDone) -> Answer {
        self.catch_up(step);
        match self.call.state.clone() {
            State::Ringing { step: now, leg, .. } if now == step => self.nobody_took_it(step, leg, ring),
            State::Ringing { step: now, .. } if now < step => {
                // In no plan, so there is nobody after it either.
                self.release(now);
                self.promise_planned()
            }
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
            State::RingingBack { step: now, .. } if now == step && ring.caller_gone => {
                self.release(step);
                self.end(Outcome::Promised);
                Answer::Goodbye
            }
            State::Ended { outcome: Outcome::Reached { who, .. }, .. } if ring.bridged == Some(false) => {
                self.reached_nobody_after_all(step, who);
                Answer::Goodbye
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
        match (ring.result, leg) {
            (RingResult::Answered, _) if self.call.trusts(step) && ring.bridged != Some(false) => {
                // Its pick-up was never told to us, but on this phone answering is enough.
                self.accept(step);
                self.talk_ended(ring.seconds);
                return Answer::Goodbye;
            }
            (RingResult::Answered, Leg::Dialled)
                if ring.bridged == Some(true) && self.is_told(Happened::CarriedWithoutStore, None) =>
            {
                // Nothing bridges but an accept, and its record is with the store that is away.
                self.accept(step);
                self.talk_ended(ring.seconds);
                return Answer::Goodbye;
            }
            (RingResult::Answered, _) if ring.bridged == Some(true) => {
                self.tell(Happened::BridgedWithoutAccept, who);
            }
            // What the person did was told when they did it.
            (_, Leg::Dropped) => {}
            (RingResult::Answered, Leg::PickedUp { .. }) => self.tell(Happened::HungUpInWhisper, who),
            (RingResult::Answered, Leg::Dialled) => self.tell(Happened::Silent, who),
            (RingResult::NoAnswer, _) => self.tell(Happened::NoAnswer, who),
            (RingResult::Busy, _) => self.tell(Happened::Busy, who),
            (RingResult::Failed, _) => self.tell_once(Happened::Unreachable, who),
            (RingResult::Canceled, _) => self.tell(Happened::Canceled, who),
        }
        self.next_after(step, ring)
    }

    fn next_after(&mut self, step: u8, ring: &RingDone) -> Answer {
        self.release(step);
        if ring.caller_gone {
            self.tell(Happened::CallerHungUp, None);
            self.missed();
            return Answer::Goodbye;
        }
        self.ring_from(step.saturating_add(1))
    }

    /// The caller gave up in the moment of the accept, and of their two ends the call's was told
    /// first. The outcome stands, since it was told to others; but nobody spoke to the caller.
    fn reached_nobody_after_all(&mut self, step: u8, reached: StaffId) {
        let who = Some(reached);
        if self.call.who_of(step) == who && !self.is_told(Happened::AcceptedWithoutBridge, who.as_ref()) {
            self.tell(Happened::AcceptedWithoutBridge, who);
            self.owe_a_known_number();
        }
    }

    pub(super) fn promise_planned(&mut self) -> Answer {
        self.owe_planned();
        self.promising(Owed::Planned)
    }

    /// The caller hears who rings back; the leg's person is free again.
    pub(super) fn caller_is_told(&mut self, step: u8, due: Timestamp) -> Answer {
        self.release(step);
        self.promising(Owed::Soon { step, due })
    }

    fn promising(&mut self, owed: Owed) -> Answer {
        self.changed = true;
        self.call.state = State::Promising { since: self.at(), owed };
        Answer::TakeMessage { owed, said: self.at() }
    }

    /// Writes the planned promise down and tells the caller by text.
    fn owe_planned(&mut self) {
        let terms = self.call.plan.promise.clone();
        self.tell(Happened::Promised { due: terms.due }, Some(terms.owner.clone()));
        self.effects.push(Effect::Promise { owner: terms.owner.clone(), due: terms.due });
        self.text_caller(&terms.name, terms.due);
    }

    /// A caller who has heard no promise can be owed a call only if there is a number to ring.
    fn owe_a_known_number(&mut self) {
        if self.call.from.phone().is_some() {
            self.owe_planned();
        }
    }

    pub(super) fn text_caller(&mut self, owner: &str, due: Timestamp) {
        // Blocked callers are never promised anything, and who has said STOP is known when it is written.
        let receiver = Receiver { phone: self.call.from.phone(), blocked: false, stopped: false };
        let (rota, now) = (self.moment.rota, self.moment.now);
        if let (Some(to), Ok(at)) = (receiver.phone, may_text(&receiver, Occasion::Answer, rota.quiet, now)) {
            let words = rota.words.speak(Some(&self.call.language));
            let body = words.promise_text(&self.call.business, owner, due, now);
            self.effects.push(Effect::TextCaller { to, body, at });
        }
    }

    pub(super) fn message_done(&mut self, seconds: Option<u32>, recording: Option<&str>) -> Answer {
        self.promise_was_heard();
        if let Some(recording) = recording {
            self.recording_ready(recording, seconds);
        }
        Answer::MessageThanks
    }

    pub(super) fn recording_ready(&mut self, recording: &str, seconds: Option<u32>) -> Answer {
        if seconds != Some(0) {
            self.message_left(Message { seconds, recording: Some(recording.to_owned()), transcript: None });
        }
        Answer::Acknowledge
    }

    pub(super) fn transcript(&mut self, text: &str) -> Answer {
        if !text.trim().is_empty() {
            self.message_left(Message { transcript: Some(text.to_owned()), ..Message::default() });
        }
        Answer::Acknowledge
    }

    /// The news of a message come in parts and in any order; the first is told, the others add to it.
    fn message_left(&mut self, part: Message) {
        self.promise_was_heard();
        let Some(known) = self.call.message.as_mut() else {
            self.tell(Happened::MessageLeft { seconds: part.seconds }, None);
            self.call.message = Some(part);
            self.effects.push(Effect::MessageLeft);
            return;
        };
        let before = known.clone();
        known.seconds = known.seconds.or(part.seconds);
        known.recording = known.recording.take().or(part.recording);
        known.transcript = known.transcript.take().or(part.transcript);
        if *known != before {
            self.changed = true;
            self.effects.push(Effect::MessageLeft);
        }
    }

    /// News of a message prove that a promise was heard, made while we were without the store perhaps.
    fn promise_was_heard(&mut self) {
        if let State::Ringing { step, .. } | State::Talking { step, .. } = self.call.state {
            self.release(step);
            self.tell_once(Happened::CarriedWithoutStore, None);
            self.promise_planned();
        }
    }

    pub(super) fn call_ended(&mut self) -> Answer {
        if let State::Ringing { .. } = self.call.state {
            self.tell(Happened::CallerHungUp, None);
        }
        self.close();
        Answer::Acknowledge
    }

    pub(super) fn sweep(&mut self) {
        if self.call.overdue_at().is_some_and(|overdue| overdue <= self.at()) {
            self.tell(Happened::GivenUpWaiting, None);
            self.close();
        }
    }

    /// Ends the call with what is known of it.
    fn close(&mut self) {
        match self.call.state.clone() {
            State::Ringing { step, .. } => {
                self.release(step);
                self.missed();
            }
            State::Talking { .. } => self.talk_ended(None),
            State::RingingBack { step, .. } => {
                self.release(step);
                self.end(Outcome::Promised);
            }
            State::Promising { .. } => self.end(Outcome::Promised),
            State::Ended { .. } => {}
        }
    }

    fn missed(&mut self) {
        self.owe_a_known_number();
        self.end(Outcome::HungUp);
    }

    fn talk_ended(&mut self, seconds: Option<u32>) {
        let State::Talking { step, since } = self.call.state else { return };
        self.release(step);
        let Some(who) = self.call.who_of(step) else { return };
        self.tell(Happened::TalkEnded { seconds }, None);
        self.effects.push(Effect::Reached { who: who.clone() });
        self.end(Outcome::Reached { who, at: since });
    }

    pub(super) fn release(&mut self, step: u8) {
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
