//! What callers hear, and customers read.

use jiff::{Timestamp, Zoned};

use super::Words;
use super::sentence::Sentence as S;
use crate::domain::phone::Phone;

impl Words<'_> {
    /// Heard when nobody could take the call. `owner` as a voice should read it.
    pub fn promise(&self, owner: &str, due: Timestamp, now: &Zoned, can_ring_back: bool) -> String {
        let sentence = if can_ring_back { S::Promise } else { S::PromiseWithheld };
        self.say(sentence, &[("owner", owner), ("time", &self.by(due, now))])
    }

    /// Heard when somebody pressed 2; without a name where the person is not known any more.
    pub fn ring_back_soon(&self, who: Option<&str>, due: Timestamp, now: &Zoned, can_ring_back: bool) -> String {
        let sentence = if can_ring_back { S::RingBackSoon } else { S::RingBackSoonWithheld };
        let who = who.map_or_else(|| self.say(S::Somebody, &[]), str::to_owned);
        self.say(sentence, &[("owner", &who), ("time", &self.by(due, now))])
    }

    /// Heard when there is nothing left to try.
    pub fn nobody(&self) -> String {
        self.say(S::Nobody, &[])
    }

    pub fn message_thanks(&self) -> String {
        self.say(S::MessageThanks, &[])
    }

    /// The promise that was spoken, by text.
    pub fn promise_text(&self, business: &str, owner: &str, due: Timestamp, now: &Zoned) -> String {
        self.say(S::PromiseText, &[("business", business), ("owner", owner), ("time", &self.by(due, now))])
    }

    /// `owner` was to ring by `missed`; `sender`, who says so, will by `due`.
    pub fn apology(
        &self,
        business: &str,
        (owner, missed): (&str, Timestamp),
        (sender, due): (&str, Timestamp),
        now: &Zoned,
    ) -> String {
        let values = [
            ("business", business),
            ("owner", owner),
            ("missed", &self.by(missed, now)),
            ("time", &self.by(due, now)),
            ("sender", sender),
        ];
        self.say(S::Apology, &values)
    }

    /// Another time than the one that was promised.
    pub fn new_time(&self, business: &str, owner: &str, due: Timestamp, now: &Zoned) -> String {
        self.say(S::NewTime, &[("business", business), ("owner", owner), ("time", &self.by(due, now))])
    }

    /// Answered by what [`super::yes_or_no`] reads.
    pub fn sorted_question(&self, business: &str) -> String {
        self.say(S::SortedQuestion, &[("business", business)])
    }

    /// To a customer whose matter is settled.
    pub fn sorted_yes(&self, business: &str) -> String {
        self.say(S::SortedYes, &[("business", business)])
    }

    /// To a customer whose matter is not.
    pub fn sorted_no(&self, business: &str, owner: &str, due: Timestamp, now: &Zoned) -> String {
        self.say(S::SortedNo, &[("business", business), ("owner", owner), ("time", &self.by(due, now))])
    }

    /// The last text after a STOP.
    pub fn stopped(&self, business: &str) -> String {
        self.say(S::Stopped, &[("business", business)])
    }

    /// After a START.
    pub fn started(&self, business: &str) -> String {
        self.say(S::Started, &[("business", business)])
    }

    /// To somebody we do not know; `number` is the line they may ring.
    pub fn calls_only(&self, business: &str, number: Phone) -> String {
        self.say(S::CallsOnly, &[("business", business), ("number", &number.spaced())])
    }
}
