//! What a promise has to tell people by text, and to whom.

use jiff::Timestamp;

use super::life::Moment;
use super::{Broken, Promise};
use crate::domain::phone::{Kind, Phone};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words;

/// A text that follows from an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tell {
    /// To the owner: it is theirs now.
    Owed,
    /// To the owner: the customer rang again, and was told the same.
    CalledAgain,
    /// To the owner: what the caller said after the tone.
    Message,
    /// To the owner: due soon.
    Reminder,
    /// To the owner of the business, who inherits it, with a drafted apology.
    Broken { by: StaffId },
    /// To the one who did not keep it.
    Inherited { by: StaffId },
    /// To whoever took a later call of the customer.
    IsItSettled { whom: StaffId },
    /// To the human who follows up, in the morning.
    Check { whom: StaffId },
    /// To the customer, at the same time.
    AskCustomer,
    /// To the owner: the customer says that it is not sorted.
    NotSorted,
    /// To the customer: another time than the one that was promised.
    NewTime,
    /// To the customer.
    Apology { broken: Broken },
}

/// A text ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub to: Phone,
    pub body: String,
    /// The rules for texts to customers hold for it.
    pub to_customer: bool,
}

impl Tell {
    /// `None` where there is nobody to text: a SIP phone, a landline, a withheld number.
    pub fn text(&self, promise: &Promise, moment: Moment<'_>) -> Option<Text> {
        let Moment { now, rota } = moment;
        let staff = |who: &StaffId, body: String| Some(Text { to: mobile_of(rota, who)?, body, to_customer: false });
        let customer = |body: String| {
            let to = promise.number.filter(|number| number.kind() != Kind::Landline)?;
            Some(Text { to, body, to_customer: true })
        };
        let facts = words::Owed {
            promise: promise.id.0,
            caller: promise.name.as_deref(),
            number: promise.number,
            about: promise.about.as_deref(),
            due: promise.due,
        };
        let name = |who: &StaffId| rota.name(who).to_owned();
        match self {
            Self::Owed => staff(&promise.owner, words::owed_text(&facts, promise.rang, now)),
            Self::CalledAgain => staff(&promise.owner, words::rang_again_text(&facts, now)),
            Self::Message => {
                let said = promise.message.as_ref().map(|left| &left.message)?;
                staff(&promise.owner, words::message_text(&facts, said.seconds, said.transcript.as_deref()))
            }
            Self::Reminder => staff(&promise.owner, words::reminder_text(&facts, now)),
            Self::Broken { by } => {
                let apology =
                    promise.broken.as_ref().map(|broken| apology(promise, broken, rota, moment)).unwrap_or_default();
                staff(&rota.owner, words::broken_text(&facts, &name(by), &apology, now))
            }
            Self::Inherited { by } => staff(by, words::inherited_text(&facts, &name(&promise.owner))),
            Self::IsItSettled { whom } => staff(whom, words::is_it_settled_text(&facts)),
            Self::Check { whom } => staff(whom, words::check_text(&facts)),
            Self::AskCustomer => customer(words::ask_sorted_text(&rota.business)),
            Self::NotSorted => staff(&promise.owner, words::not_sorted_text(&facts, now)),
            Self::NewTime => customer(words::new_time_text(&rota.business, &name(&promise.owner), promise.due, now)),
            Self::Apology { broken } => customer(apology(promise, broken, rota, moment)),
        }
    }
}

/// How soon the owner of the business rings, who owns up for somebody.
const APOLOGY_RINGS_WITHIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);

/// When somebody who apologises now says that they ring.
pub fn apology_due(now: Timestamp) -> Timestamp {
    crate::domain::rota::wall_clock::whole_minute(now + APOLOGY_RINGS_WITHIN)
}

fn apology(promise: &Promise, broken: &Broken, rota: &Rota, moment: Moment<'_>) -> String {
    let (who, due) = if broken.apologised {
        (&promise.owner, promise.due)
    } else {
        (&rota.owner, apology_due(moment.now.timestamp()))
    };
    words::apology_text(&rota.business, rota.name(&broken.by), broken.due, rota.name(who), due, moment.now)
}

/// Where somebody reads texts. A person on a SIP phone has no number to text.
pub fn mobile_of(rota: &Rota, who: &StaffId) -> Option<Phone> {
    match rota.staff.get(who.as_str())?.reach {
        Reach::Phone(phone) => Some(phone),
        Reach::Sip(_) => None,
    }
}
