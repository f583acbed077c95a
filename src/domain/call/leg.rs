//! The leg: the whisper, the keys, and who counts as a human.

use jiff::SignedDuration;

use super::story::Happened;
use super::{Answer, Effect, Leg, Owed, RING_BACK_SOON, State, Turn};
use crate::domain::staff::Accept;
use crate::domain::words;

/// The accept window: from the pick-up, whatever is pressed meanwhile. Its own clock, so that a late
/// pick-up has as long as an early one. A call screener on the phone talks first, hence not shorter.
const ACCEPT_WINDOW: SignedDuration = SignedDuration::from_secs(45);

/// Wrong keys after which the next person is rung.
const WRONG_KEYS_MAX: u8 = 5;

impl Turn<'_> {
    pub(super) fn leg_answered(&mut self, step: u8) -> Answer {
        match &self.call.state {
            State::Ringing { step: now, .. } if *now == step => {}
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                // The accept of a trusted phone may have been told by its status a moment before.
                let trusted = self.trusts(step);
                let talking = matches!(&self.call.state, State::Talking { step: now, .. } if *now == step);
                return if trusted && talking { Answer::Connect { step } } else { Answer::TooLate };
            }
            State::Ended { .. } => return Answer::CallerGone,
        }
        if self.trusts(step) {
            self.accept(step);
            return Answer::Connect { step };
        }
        let who = self.call.who_of(step);
        self.tell(Happened::PickedUp, who);
        let since = self.since();
        self.call.state = State::Ringing { step, since, leg: Leg::PickedUp { at: self.at() } };
        Answer::Whisper { step, attempt: 0 }
    }

    pub(super) fn key_pressed(&mut self, step: u8, attempt: u8, key: Option<char>) -> Answer {
        let picked_up = match &self.call.state {
            State::Ringing { step: now, leg, .. } if *now == step => match leg {
                Leg::PickedUp { at } => *at,
                // The pick-up's own webhook was lost; the key proves it.
                Leg::Dialled => self.at(),
                Leg::Dropped => return Answer::HangUpLeg,
            },
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                return Answer::TooLate;
            }
            State::Ended { .. } => return Answer::CallerGone,
        };
        let who = self.call.who_of(step);
        match key {
            Some('1') => {
                self.accept(step);
                Answer::Connect { step }
            }
            Some('2') => self.ring_back_soon(step),
            Some('3') => {
                self.tell(Happened::Declined, who);
                self.drop_leg(step)
            }
            Some(key) => {
                self.tell(Happened::WrongKey { key }, who);
                let in_time = self.at().duration_since(picked_up) < ACCEPT_WINDOW;
                if in_time && attempt < WRONG_KEYS_MAX {
                    let since = self.since();
                    self.call.state = State::Ringing { step, since, leg: Leg::PickedUp { at: picked_up } };
                    Answer::Whisper { step, attempt: attempt + 1 }
                } else {
                    self.drop_leg(step)
                }
            }
            None => {
                self.tell(Happened::Silent, who);
                self.drop_leg(step)
            }
        }
    }

    pub(super) fn accept(&mut self, step: u8) {
        let who = self.call.who_of(step);
        self.tell(Happened::Accepted, who);
        self.call.state = State::Talking { step, since: self.at() };
    }

    fn drop_leg(&mut self, step: u8) -> Answer {
        let since = self.since();
        self.call.state = State::Ringing { step, since, leg: Leg::Dropped };
        Answer::HangUpLeg
    }

    /// The promise is made at the key press and not when the caller hears it: the person has given
    /// their word, and the caller may hang up before the sentence is out.
    fn ring_back_soon(&mut self, step: u8) -> Answer {
        let Some(person) = self.call.plan_step(step) else { return Answer::HangUpLeg };
        let (who, spoken) = (person.who.clone(), person.spoken.clone());
        let due = self.at() + RING_BACK_SOON;
        self.tell(Happened::RingsBack { due }, Some(who.clone()));
        self.effects.push(Effect::Promise { owner: who, due });
        self.text_caller(&spoken, due);
        self.call.state = State::RingingBack { step, since: self.at(), due };
        Answer::RingBackNoted { due }
    }

    /// The caller hears who rings back; the leg's person is free again.
    pub(super) fn caller_is_told(&mut self, owed: Owed) -> Answer {
        self.call.state = State::Promising { since: self.at(), owed };
        self.changed = true;
        Answer::TakeMessage { owed }
    }

    pub(super) fn text_caller(&mut self, owner: &str, due: jiff::Timestamp) {
        use crate::domain::phone::Kind;
        let Some(number) = self.call.from.phone().filter(|number| number.kind() != Kind::Landline) else { return };
        let body = words::promise_text(&self.call.business, owner, due, self.moment.now);
        self.effects.push(Effect::TextCaller { to: number, body });
    }

    fn trusts(&self, step: u8) -> bool {
        self.call.plan_step(step).is_some_and(|step| step.accept == Accept::Answer)
    }

    fn since(&self) -> jiff::Timestamp {
        match &self.call.state {
            State::Ringing { since, .. } => *since,
            State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } | State::Ended { .. } => {
                self.at()
            }
        }
    }
}
