//! What somebody is asked, and has not answered yet.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Effect, Reply, Talk};
use crate::domain::caller::CustomerId;
use crate::domain::rota::live::Live;
use crate::domain::staff::StaffId;
use crate::domain::words::answers as words;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// It would leave open hours without anybody.
    Really { change: Live },
    /// Somebody asks to swap the turn that contains this day.
    Swap { day: Date, by: StaffId },
    /// They have come to take most of this customer's calls.
    UsualPerson { customer: CustomerId, name: String },
}

impl Question {
    /// Of one kind a person has one question at a time.
    pub fn kind(&self) -> String {
        match self {
            Self::Really { .. } => "really".to_owned(),
            Self::Swap { by, .. } => format!("swap {by}"),
            Self::UsualPerson { customer, .. } => format!("usual person {}", customer.0),
        }
    }
}

impl Talk<'_> {
    /// Who becomes a usual person is counted with the customer.
    pub fn answers(&self, question: &Question, yes: bool) -> Reply {
        let mut reply = match question {
            Question::Really { change } if yes => self.away_all_the_same(change),
            Question::Really { .. } => Reply::only(words::NOTHING_CHANGED),
            Question::Swap { day, by } if yes => self.agrees(*day, by),
            Question::Swap { day, by } => self.declines(*day, by),
            Question::UsualPerson { name, .. } if yes => Reply::only(words::usual_person(name)),
            Question::UsualPerson { name, .. } => Reply::only(words::not_usual_person(name)),
        };
        reply.effects.push(Effect::Drop { whom: self.who.clone(), question: question.clone() });
        reply
    }
}
