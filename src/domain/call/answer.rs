//! What a call answers. Small enough to be kept with the call, so that a repeated question gets the
//! same document; the full instruction is made from it and the call's own plan.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::story::Happened;
use super::{Call, MESSAGE_SECONDS_MAX, Owed, TALK_SECONDS_MAX};
use crate::domain::instruction::{Instruction, Ring, Speech, TakeMessage, Whisper};
use crate::domain::phone::Phone;
use crate::domain::plan;
use crate::domain::staff::Shows;
use crate::domain::words;

/// Silence after the whisper's words, in seconds, each of the two times they are said.
const WHISPER_WAIT_SECONDS: u8 = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Ring {
        step: u8,
    },
    Whisper {
        step: u8,
        attempt: u8,
    },
    Connect {
        step: u8,
    },
    HangUpLeg,
    /// To the leg of somebody who pressed 2.
    RingBackNoted {
        due: Timestamp,
    },
    /// To a leg: somebody else has it, or the caller was promised a call.
    TooLate,
    /// To a leg: nobody is on the line any more.
    CallerGone,
    /// `said` is when: a repeat says "tomorrow" of the same day.
    TakeMessage {
        owed: Owed,
        said: Timestamp,
    },
    MessageThanks,
    Goodbye,
    /// To a caller whose call we had given up.
    Sorry,
    Reject,
    Acknowledge,
}

impl Call {
    /// The instruction in full. `zone` is the business's, for spoken clock times.
    pub fn instruction(&self, answer: Answer, zone: &TimeZone) -> Instruction {
        match answer {
            Answer::Ring { step } => {
                self.plan_step(step).map_or_else(|| self.sorry(), |person| Instruction::Ring(self.ring(step, person)))
            }
            Answer::Whisper { step, attempt } => Instruction::Whisper(Whisper {
                say: self.speech(self.whisper.clone()),
                step,
                attempt,
                wait_seconds: WHISPER_WAIT_SECONDS,
            }),
            Answer::Connect { step } => {
                // A phone that needs no key has not heard yet who calls.
                let say = self.trusts(step).then(|| self.speech(words::without_keys(&self.whisper).to_owned()));
                Instruction::Connect { say }
            }
            Answer::HangUpLeg => Instruction::HangUpLeg { say: None },
            Answer::RingBackNoted { due } => {
                let caller = self.customer.as_ref().map_or("them", |customer| customer.name.as_str());
                Instruction::HangUpLeg { say: Some(self.speech(words::ring_back_noted(caller, due, zone))) }
            }
            Answer::TooLate => self.leg_hears(words::ALREADY_TAKEN),
            Answer::CallerGone => self.leg_hears(words::CALLER_GONE),
            Answer::TakeMessage { owed, said } => Instruction::TakeMessage(TakeMessage {
                say: self.speech(self.promise_words(owed, &said.to_zoned(zone.clone()))),
                seconds_max: MESSAGE_SECONDS_MAX,
                transcribe: true,
            }),
            Answer::MessageThanks => Instruction::Goodbye { say: Some(self.speech(words::MESSAGE_THANKS.to_owned())) },
            Answer::Goodbye => Instruction::Goodbye { say: None },
            Answer::Sorry => self.sorry(),
            Answer::Reject => Instruction::Reject,
            Answer::Acknowledge => Instruction::Acknowledge,
        }
    }

    fn ring(&self, step: u8, person: &plan::Step) -> Ring {
        // The greeting belongs to the first thing the caller hears.
        let first = self.answered.first().is_none_or(|(_, answer)| *answer == Answer::Ring { step });
        Ring {
            greeting: self.greeting.clone().filter(|_| first).map(|text| self.speech(text)),
            step,
            to: person.reach.clone(),
            seconds: self.rings_for(person),
            caller_id: self.caller_id(person.shows),
            talk_seconds_max: TALK_SECONDS_MAX,
        }
    }

    /// As the story tells it: shorter than planned when the caller had waited long already. Nobody is rung
    /// twice in one call.
    fn rings_for(&self, person: &plan::Step) -> u16 {
        let rang = self.story.iter().find_map(|entry| match entry.what {
            Happened::Rings { seconds } if entry.who.as_ref() == Some(&person.who) => Some(seconds),
            _ => None,
        });
        rang.unwrap_or(person.seconds)
    }

    /// A withheld or malformed caller is never shown as caller id: the provider would refuse the ring.
    fn caller_id(&self, shows: Shows) -> Phone {
        match shows {
            Shows::Business => self.number,
            Shows::Customer => self.from.phone().unwrap_or(self.number),
        }
    }

    fn promise_words(&self, owed: Owed, now: &Zoned) -> String {
        let can_ring_back = self.from.phone().is_some();
        match owed {
            Owed::Planned => {
                let terms = &self.plan.promise;
                words::promise(&terms.spoken, terms.due, now, can_ring_back)
            }
            Owed::Soon { step, due } => {
                let who = self.plan_step(step).map_or("Somebody", |person| person.spoken.as_str());
                words::ring_back_soon(who, due, now, can_ring_back)
            }
        }
    }

    fn sorry(&self) -> Instruction {
        Instruction::Goodbye { say: Some(self.speech(words::NOBODY.to_owned())) }
    }

    fn leg_hears(&self, words: &str) -> Instruction {
        Instruction::HangUpLeg { say: Some(self.speech(words.to_owned())) }
    }

    fn speech(&self, text: String) -> Speech {
        Speech { text, language: self.language.clone() }
    }
}
