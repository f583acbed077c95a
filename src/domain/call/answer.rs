//! What a call answers. Small enough to be kept with the call, so that a repeated question gets the
//! same document; the full instruction is made from it and the call's own plan.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::story::Happened;
use super::{Call, MESSAGE_SECONDS_MAX, Owed, RING_BACK_SOON, TALK_SECONDS_MAX};
use crate::domain::instruction::{Instruction, Ring, Speech, TakeMessage, Whisper};
use crate::domain::phone::Phone;
use crate::domain::plan;
use crate::domain::rota::Rota;
use crate::domain::staff::Shows;
use crate::domain::words::Words;

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
        step: u8,
        due: Timestamp,
    },
    /// To a leg: somebody else has it, or the caller was promised a call.
    TooLate {
        step: u8,
    },
    /// To a leg: nobody is on the line any more.
    CallerGone {
        step: u8,
    },
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
    /// The instruction in full. `rota` is the one that is live, for its words and the zone of spoken clock times.
    pub fn instruction(&self, answer: Answer, rota: &Rota) -> Instruction {
        let caller = rota.words.speak(Some(&self.language));
        match answer {
            Answer::Ring { step } => match self.plan_step(step) {
                Some(person) => Instruction::Ring(self.ring(step, person, rota)),
                None => sorry(caller),
            },
            Answer::Whisper { step, attempt } => Instruction::Whisper(Whisper {
                say: self.whisper(step, true, rota),
                step,
                attempt,
                wait_seconds: WHISPER_WAIT_SECONDS,
            }),
            Answer::Connect { step } => {
                // A phone that needs no key has not heard yet who calls.
                let say = self.trusts(step).then(|| self.whisper(step, false, rota));
                Instruction::Connect { say }
            }
            Answer::HangUpLeg => Instruction::HangUpLeg { say: None },
            Answer::RingBackNoted { step, due } => {
                let customer = self.customer.as_ref().map(|customer| customer.name.as_str());
                let said = (due - RING_BACK_SOON).to_zoned(rota.zone.clone());
                self.leg_hears(step, rota, |words| words.ring_back_noted(customer, due, &said))
            }
            Answer::TooLate { step } => self.leg_hears(step, rota, |words| words.already_taken()),
            Answer::CallerGone { step } => self.leg_hears(step, rota, |words| words.caller_gone()),
            Answer::TakeMessage { owed, said } => Instruction::TakeMessage(TakeMessage {
                say: caller.speech(self.promise_words(caller, owed, &said.to_zoned(rota.zone.clone()))),
                seconds_max: MESSAGE_SECONDS_MAX,
                transcribe: true,
            }),
            Answer::MessageThanks => Instruction::Goodbye { say: Some(caller.speech(caller.message_thanks())) },
            Answer::Goodbye => Instruction::Goodbye { say: None },
            Answer::Sorry => sorry(caller),
            Answer::Reject => Instruction::Reject,
            Answer::Acknowledge => Instruction::Acknowledge,
        }
    }

    fn ring(&self, step: u8, person: &plan::Step, rota: &Rota) -> Ring {
        // The greeting belongs to the first thing the caller hears.
        let first = self.answered.first().is_none_or(|(_, answer)| *answer == Answer::Ring { step });
        Ring {
            // The admin wrote it, in the business's language.
            greeting: self.greeting.clone().filter(|_| first).map(|text| rota.words.speak(None).speech(text)),
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

    fn promise_words(&self, words: Words<'_>, owed: Owed, now: &Zoned) -> String {
        let can_ring_back = self.from.phone().is_some();
        match owed {
            Owed::Planned => {
                let terms = &self.plan.promise;
                words.promise(&terms.spoken, terms.due, now, can_ring_back)
            }
            Owed::Soon { step, due } => {
                let who = self.plan_step(step).map(|person| person.spoken.as_str());
                words.ring_back_soon(who, due, now, can_ring_back)
            }
        }
    }

    fn whisper(&self, step: u8, keys: bool, rota: &Rota) -> Speech {
        let words = self.words_of(step, rota);
        // A repeat says "today" of the same day.
        let began = self.started.to_zoned(rota.zone.clone());
        words.speech(words.whisper(
            &self.business,
            &self.whisper,
            self.from.phone(),
            (self.who_of(step).as_ref(), keys),
            &began,
        ))
    }

    fn leg_hears(&self, step: u8, rota: &Rota, say: impl FnOnce(Words<'_>) -> String) -> Instruction {
        let words = self.words_of(step, rota);
        Instruction::HangUpLeg { say: Some(words.speech(say(words))) }
    }

    /// In the language of the person of a step.
    fn words_of<'a>(&self, step: u8, rota: &'a Rota) -> Words<'a> {
        self.plan_step(step).map_or_else(|| rota.words.speak(None), |person| rota.words_to(&person.who))
    }
}

fn sorry(words: Words<'_>) -> Instruction {
    Instruction::Goodbye { say: Some(words.speech(words.nobody())) }
}
