//! A call back: a promise being kept. The phone of whoever keeps it rings first and hears a whisper; only
//! a human's accept rings the customer, who is shown the business number.
//!
//! Total, like a call: news that was answered before gets the same answer again, and news that comes late
//! changes nothing.

mod answer;
mod news;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::call::TALK_SECONDS_MAX;
use super::event::{LegStatus, RingDone, RingResult};
use super::phone::Phone;
use super::promise::{Promise, PromiseId};
use super::rota::Rota;
use super::staff::{Accept, Reach, Staff, StaffId};
pub use answer::{Answer, Connect, Instruction, Whisper};
pub use news::{News, Stage};

/// How long either phone rings.
pub const RING_SECONDS: u16 = 30;

/// A conversation must be longer than this to keep a promise: a voice that says "not now" does not.
pub const TALK_SECONDS_MIN: u32 = 30;

/// How often a wrong key repeats the whisper.
const WRONG_KEYS_FORGIVEN: u8 = 5;

/// How long the provider is asked for a ring. Nobody expects to be rung later than that.
const ASKED_LASTS: SignedDuration = SignedDuration::from_mins(5);

/// Longer than all whispers of one call back.
const WHISPERS_LAST: SignedDuration = SignedDuration::from_mins(3);

/// The longest ring and conversation, the provider's own margin and a slow network.
const CONNECTION_LASTS: SignedDuration = SignedDuration::from_secs(TALK_SECONDS_MAX as i64 + 120);

/// How long after the person has hung up the length of the conversation may still be told.
const LAST_NEWS_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// Ordered by the time of asking (UUID version 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallBackId(pub Uuid);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallBack {
    pub id: CallBackId,
    pub promise: PromiseId,
    /// Who keeps it.
    pub by: StaffId,
    pub reach: Reach,
    pub accept: Accept,
    /// The provider that rings.
    pub provider: String,
    pub business: String,
    /// The business number: shown on both phones.
    pub number: Phone,
    /// BCP 47 tag of the voice that whispers.
    pub language: String,
    /// The customer's.
    pub phone: Phone,
    pub name: Option<String>,
    pub note: Option<String>,
    pub asked: Timestamp,
    pub state: State,
    /// What was answered, for the day it is asked again.
    pub answered: Vec<(Stage, Answer)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The provider is asked to ring the person's phone, or does.
    Asked,
    /// Something picked up, and hears the whisper.
    Whispering {
        since: Timestamp,
    },
    /// A human accepted: the customer's phone rings, or they talk.
    Connecting {
        since: Timestamp,
        /// When the customer picked up.
        answered: Option<Timestamp>,
        /// When the person hung up.
        left: Option<Timestamp>,
    },
    Over {
        at: Timestamp,
        ending: Ending,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// They spoke longer than [`TALK_SECONDS_MIN`].
    Kept {
        seconds: u32,
    },
    TooShort {
        seconds: u32,
    },
    /// The customer did not.
    NotAnswered,
    /// The person did not pick up, or a machine did.
    NotTaken,
    /// The person's phone could not be rung, or the end was never told.
    Failed,
}

/// What comes of asking for a call back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The person's phone rings in a moment.
    RingingYou,
    /// This person's phone rings already, or they talk to the customer.
    AlreadyRinging {
        by: StaffId,
    },
    /// The person is on another call of ours.
    OnACall,
    /// The customer's number is withheld.
    NoNumber,
    /// The customer's number earns by being rung.
    Costly,
    /// Nobody waits for this call any more.
    Closed,
    NoSuchPromise,
    NotOnStaff,
}

/// The result of one piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub answer: Answer,
    /// False: there is nothing to save.
    pub changed: bool,
}

impl CallBack {
    /// One that is about to begin. `phone` is the number that the promise was made to.
    pub fn begin(id: CallBackId, promise: &Promise, phone: Phone, by: &Staff, rota: &Rota, now: Timestamp) -> Self {
        Self {
            id,
            promise: promise.id,
            by: by.id.clone(),
            reach: by.reach.clone(),
            accept: by.accept,
            provider: promise.provider.clone(),
            business: rota.business.clone(),
            number: promise.business_number,
            language: voice(rota).to_owned(),
            phone,
            name: promise.name.clone(),
            note: promise.about.clone(),
            asked: now,
            state: State::Asked,
            answered: Vec::new(),
        }
    }

    pub fn step(&mut self, news: &News, now: Timestamp) -> Step {
        let stage = news.asks_at();
        if let Some(stage) = stage
            && let Some((_, answer)) = self.answered.iter().find(|(before, _)| *before == stage)
        {
            return Step { answer: *answer, changed: false };
        }
        let before = self.state.clone();
        let answer = self.take(news, now);
        self.answered.extend(stage.map(|stage| (stage, answer)));
        Step { answer, changed: stage.is_some() || self.state != before }
    }

    /// Gives up waiting for news that never came. Nothing happens before [`CallBack::wake`].
    pub fn sweep(&mut self, now: Timestamp) {
        if self.wake().is_none_or(|wake| now < wake) {
            return;
        }
        let ending = match &self.state {
            State::Whispering { .. } => Ending::NotTaken,
            State::Connecting { answered: Some(answered), left: Some(left), .. } => spoken(seconds(*answered, *left)),
            // Had the customer's phone rung, its end would have been told.
            State::Asked | State::Connecting { .. } | State::Over { .. } => Ending::Failed,
        };
        self.end(ending, now);
    }

    /// The provider refuses to ring the person's phone.
    pub fn could_not_ring(&mut self, now: Timestamp) {
        if self.state == State::Asked {
            self.end(Ending::Failed, now);
        }
    }

    /// When to give up waiting for the next news; `None` once it is over.
    pub fn wake(&self) -> Option<Timestamp> {
        Some(match &self.state {
            State::Asked => self.asked + ASKED_LASTS,
            State::Whispering { since } => *since + WHISPERS_LAST,
            State::Connecting { left: Some(left), .. } => *left + LAST_NEWS_WITHIN,
            State::Connecting { since, left: None, .. } => *since + CONNECTION_LASTS,
            State::Over { .. } => return None,
        })
    }

    pub fn ending(&self) -> Option<Ending> {
        match self.state {
            State::Over { ending, .. } => Some(ending),
            State::Asked | State::Whispering { .. } | State::Connecting { .. } => None,
        }
    }

    fn take(&mut self, news: &News, now: Timestamp) -> Answer {
        match news {
            News::PickedUp => self.picked_up(now),
            News::Key { attempt, key } => self.key_pressed(*attempt, *key, now),
            News::Done(ring) => {
                self.end(spoken_in(ring, &self.state, now), now);
                if self.ending() == Some(Ending::NotAnswered) { Answer::NotAnswered } else { Answer::HangUp }
            }
            News::Customer { status, seconds } => {
                self.customer(*status, *seconds, now);
                Answer::Acknowledge
            }
            News::Staff(status) => {
                self.staff(*status, now);
                Answer::Acknowledge
            }
        }
    }

    fn picked_up(&mut self, now: Timestamp) -> Answer {
        match (&self.state, self.accept) {
            (State::Asked, Accept::Answer) => self.connect(now),
            (State::Asked, Accept::Key) => {
                self.state = State::Whispering { since: now };
                Answer::Whisper { attempt: 0 }
            }
            (State::Whispering { .. } | State::Connecting { .. } | State::Over { .. }, _) => Answer::TooLate,
        }
    }

    fn key_pressed(&mut self, attempt: u8, key: Option<char>, now: Timestamp) -> Answer {
        match (&self.state, key) {
            // The pick-up's own news may have been lost; the key proves it.
            (State::Asked | State::Whispering { .. }, Some('1')) => self.connect(now),
            (State::Asked | State::Whispering { .. }, Some(_)) if attempt < WRONG_KEYS_FORGIVEN => {
                Answer::Whisper { attempt: attempt + 1 }
            }
            (State::Asked | State::Whispering { .. }, _) => {
                self.end(Ending::NotTaken, now);
                Answer::HangUp
            }
            (State::Connecting { .. } | State::Over { .. }, _) => Answer::TooLate,
        }
    }

    fn connect(&mut self, now: Timestamp) -> Answer {
        self.state = State::Connecting { since: now, answered: None, left: None };
        Answer::Connect
    }

    fn customer(&mut self, status: LegStatus, told: Option<u32>, now: Timestamp) {
        let State::Connecting { answered, .. } = &mut self.state else { return };
        match status {
            LegStatus::Initiated | LegStatus::Ringing => {}
            LegStatus::Answered => *answered = answered.or(Some(now)),
            LegStatus::Ended(RingResult::Answered) => {
                // Without a length and an answer there is other news to come that knows.
                if let Some(length) = told.or(answered.map(|answered| seconds(answered, now))) {
                    self.end(spoken(length), now);
                }
            }
            LegStatus::Ended(_) => self.end(Ending::NotAnswered, now),
        }
    }

    fn staff(&mut self, status: LegStatus, now: Timestamp) {
        let LegStatus::Ended(result) = status else { return };
        match &mut self.state {
            State::Asked | State::Whispering { .. } => {
                self.end(if result == RingResult::Failed { Ending::Failed } else { Ending::NotTaken }, now);
            }
            // How long they spoke is told by the customer's side, in its own time.
            State::Connecting { left, .. } => *left = left.or(Some(now)),
            State::Over { .. } => {}
        }
    }

    fn end(&mut self, ending: Ending, at: Timestamp) {
        if !matches!(self.state, State::Over { .. }) {
            self.state = State::Over { at, ending };
        }
    }
}

fn spoken_in(ring: &RingDone, state: &State, now: Timestamp) -> Ending {
    let known = match state {
        State::Connecting { answered: Some(answered), .. } => seconds(*answered, now),
        State::Asked | State::Whispering { .. } | State::Connecting { .. } | State::Over { .. } => 0,
    };
    if ring.result == RingResult::Answered && ring.bridged != Some(false) {
        spoken(ring.seconds.unwrap_or(known))
    } else {
        Ending::NotAnswered
    }
}

fn spoken(seconds: u32) -> Ending {
    if seconds > TALK_SECONDS_MIN { Ending::Kept { seconds } } else { Ending::TooShort { seconds } }
}

fn seconds(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_secs()).unwrap_or(0)
}

/// The voice that speaks the sentences of `words::call_back`, which are English.
fn voice(rota: &Rota) -> &'static str {
    if rota.country.is_some_and(|country| country.is("US") || country.is("CA")) { "en-US" } else { "en-GB" }
}
