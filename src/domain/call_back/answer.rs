//! What a call back answers: small in the store, in full for the provider.

use serde::{Deserialize, Serialize};

use super::{CallBack, Ending, RING_SECONDS};
use crate::domain::call::TALK_SECONDS_MAX;
use crate::domain::instruction::Speech;
use crate::domain::phone::Phone;
use crate::domain::staff::{Accept, Reach};
use crate::domain::words::call_back as words;

/// Silence after the whisper's words, in seconds, each of the two times they are said.
const WHISPER_WAIT_SECONDS: u8 = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Whisper {
        attempt: u8,
    },
    Connect,
    HangUp,
    /// The customer did not answer.
    NotAnswered,
    /// It is over, or goes on elsewhere.
    TooLate,
    Acknowledge,
}

/// What happens next on the person's phone. A provider's module renders it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Instruction {
    /// Silence must end in a hang-up.
    Whisper(Whisper),
    /// The only answer that rings the customer; `Stage::Done` follows when it is over.
    Connect(Connect),
    HangUp {
        say: Option<Speech>,
    },
    /// Nothing is asked of us.
    Acknowledge,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whisper {
    pub say: Speech,
    /// The key press that answers this carries it back.
    pub attempt: u8,
    /// Seconds of silence after the words until they are said once more, and then until it is over.
    pub wait_seconds: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connect {
    /// For a phone that was not asked for a key, and has heard nothing yet.
    pub say: Option<Speech>,
    pub to: Reach,
    pub caller_id: Phone,
    /// How long the phone really rings.
    pub seconds: u16,
    pub talk_seconds_max: u32,
}

impl CallBack {
    pub fn instruction(&self, answer: Answer) -> Instruction {
        match answer {
            Answer::Whisper { attempt } => Instruction::Whisper(Whisper {
                say: self.speech(words::whisper(self, true)),
                attempt,
                wait_seconds: WHISPER_WAIT_SECONDS,
            }),
            Answer::Connect => Instruction::Connect(Connect {
                say: (self.accept == Accept::Answer).then(|| self.speech(words::whisper(self, false))),
                to: Reach::Phone(self.phone),
                caller_id: self.number,
                seconds: RING_SECONDS,
                talk_seconds_max: TALK_SECONDS_MAX,
            }),
            Answer::HangUp => Instruction::HangUp { say: None },
            Answer::NotAnswered => Instruction::HangUp { say: Some(self.speech(words::not_answered(self))) },
            Answer::TooLate => Instruction::HangUp { say: Some(self.speech(words::TOO_LATE.to_owned())) },
            Answer::Acknowledge => Instruction::Acknowledge,
        }
    }

    /// To the person, once it is over.
    pub fn told(&self, ending: Ending) -> String {
        words::told(self, ending)
    }

    fn speech(&self, text: String) -> Speech {
        Speech { text, language: self.language.clone() }
    }
}
