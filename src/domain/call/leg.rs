//! The leg: the whisper, the keys, and who counts as a human.

use jiff::{SignedDuration, Timestamp};

use super::story::Happened;
use super::{Answer, Effect, Leg, RING_BACK_SOON, State, Turn};
use crate::domain::event::{LegStatus, RingResult};
use crate::domain::rota::wall_clock::whole_minute;

/// The accept window: from the pick-up, whatever is pressed meanwhile. Its own clock, so that a late
/// pick-up has as long as an early one. A call screener on the phone talks first, hence not shorter.
const ACCEPT_WINDOW: SignedDuration = SignedDuration::from_secs(45);

/// How often a wrong key repeats the whisper; one more, and the next person is rung.
const WRONG_KEYS_FORGIVEN: u8 = 5;

impl Turn<'_> {
    pub(super) fn leg_answered(&mut self, step: u8) -> Answer {
        self.catch_up(step);
        let Some(who) = self.call.who_of(step) else { return Answer::HangUpLeg };
        match &self.call.state {
            State::Ringing { step: now, .. } if *now == step => {}
            // The accept of a trusted phone may have been told by its status a moment before.
            State::Talking { step: now, .. } if *now == step && self.call.trusts(step) => {
                return Answer::Connect { step };
            }
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                return Answer::TooLate { step };
            }
            State::Ended { .. } => return Answer::CallerGone { step },
        }
        if self.call.trusts(step) {
            self.accept(step);
            return Answer::Connect { step };
        }
        self.tell(Happened::PickedUp, Some(who));
        self.set_leg(Leg::PickedUp { at: self.at() });
        Answer::Whisper { step, attempt: 0 }
    }

    pub(super) fn key_pressed(&mut self, step: u8, attempt: u8, key: Option<char>) -> Answer {
        self.catch_up(step);
        let Some(who) = self.call.who_of(step) else { return Answer::HangUpLeg };
        let picked_up = match &self.call.state {
            State::Ringing { step: now, leg, .. } if *now == step => match leg {
                Leg::PickedUp { at } => *at,
                // The pick-up's own webhook was lost; the key proves it.
                Leg::Dialled => self.at(),
                Leg::Dropped => return Answer::HangUpLeg,
            },
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                return Answer::TooLate { step };
            }
            State::Ended { .. } => return Answer::CallerGone { step },
        };
        match key {
            Some('1') => {
                self.accept(step);
                Answer::Connect { step }
            }
            Some('2') => self.ring_back_soon(step),
            Some('3') => {
                self.tell(Happened::Declined, Some(who));
                self.drop_leg()
            }
            Some(key) => {
                self.tell(Happened::WrongKey { key }, Some(who));
                self.whisper_again(step, attempt, picked_up)
            }
            None => {
                self.tell(Happened::Silent, Some(who));
                self.drop_leg()
            }
        }
    }

    fn whisper_again(&mut self, step: u8, attempt: u8, picked_up: Timestamp) -> Answer {
        let in_time = self.at().duration_since(picked_up) < ACCEPT_WINDOW;
        if in_time && attempt < WRONG_KEYS_FORGIVEN {
            self.set_leg(Leg::PickedUp { at: picked_up });
            Answer::Whisper { step, attempt: attempt + 1 }
        } else {
            self.drop_leg()
        }
    }

    /// News of a leg. Only two kinds matter: a trusted phone was answered, a number is none.
    pub(super) fn leg_status(&mut self, step: u8, status: LegStatus) -> Answer {
        let dialled = matches!(&self.call.state, State::Ringing { step: now, leg: Leg::Dialled, .. } if *now == step);
        match status {
            LegStatus::Answered if self.call.trusts(step) && dialled => self.accept(step),
            LegStatus::Ended(RingResult::Failed) if dialled => {
                let who = self.call.who_of(step);
                self.tell_once(Happened::Unreachable, who);
            }
            LegStatus::Initiated | LegStatus::Ringing | LegStatus::Answered | LegStatus::Ended(_) => {}
        }
        Answer::Acknowledge
    }

    pub(super) fn accept(&mut self, step: u8) {
        let who = self.call.who_of(step);
        self.tell(Happened::Accepted, who);
        self.call.state = State::Talking { step, since: self.at() };
    }

    fn drop_leg(&mut self) -> Answer {
        self.set_leg(Leg::Dropped);
        Answer::HangUpLeg
    }

    fn set_leg(&mut self, now: Leg) {
        if let State::Ringing { leg, .. } = &mut self.call.state {
            *leg = now;
        }
    }

    /// The promise is made at the key press and not when the caller hears it: the person has given
    /// their word, and the caller may hang up before the sentence is out.
    fn ring_back_soon(&mut self, step: u8) -> Answer {
        let Some(person) = self.call.plan_step(step) else { return Answer::HangUpLeg };
        let (who, name) = (person.who.clone(), person.name.clone());
        let due = whole_minute(self.at() + RING_BACK_SOON);
        self.tell(Happened::RingsBack { due }, Some(who.clone()));
        self.effects.push(Effect::Promise { owner: who, due });
        self.text_caller(&name, due);
        self.call.state = State::RingingBack { step, since: self.at(), due };
        Answer::RingBackNoted { step, due }
    }
}
