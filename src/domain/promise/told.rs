//! What a promise has to tell people by text, and to whom.

use jiff::{Timestamp, Zoned};

use super::life::Moment;
use super::{Broken, Promise};
use crate::domain::phone::Phone;
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::staff::{Reach, StaffId};
use crate::domain::texting::after_quiet;
use crate::domain::words::{Owed, Words};

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
        let customer = |body: String| Some(Text { to: promise.number?, body, to_customer: true });
        let facts = Owed {
            id: Some(promise.id.0),
            customer: promise.name.as_deref(),
            number: promise.number,
            rang: promise.rang,
            due: promise.due,
            about: promise.about.as_deref(),
            message: None,
        };
        let staff = |who: &StaffId, words: &dyn Fn(Words<'_>) -> String| {
            Some(Text { to: mobile_of(rota, who)?, body: words(rota.words_to(who)), to_customer: false })
        };
        let business = rota.business.as_str();
        let to_them = rota.words.speak(Some(&promise.language));
        match self {
            Self::Owed => staff(&promise.owner, &|words| words.owed(&facts, now)),
            Self::CalledAgain => staff(&promise.owner, &|words| words.rang_again(&facts, now)),
            Self::Message => {
                let left = promise.message.as_ref()?;
                let facts = Owed { message: left.message.transcript.as_deref(), ..facts };
                staff(&promise.owner, &|words| words.left_message(&facts, left.message.seconds, &left.listen))
            }
            Self::Reminder => staff(&promise.owner, &|words| words.reminder(&facts, now)),
            Self::Broken { by } => {
                let apology =
                    promise.number.and(promise.broken.as_ref()).map(|broken| apology(promise, broken, moment));
                staff(&rota.owner, &|words| words.broken(rota.name(by), &facts, apology.as_deref(), now))
            }
            Self::Inherited { by } => staff(by, &|words| words.inherited(&facts, rota.name(&promise.owner))),
            Self::IsItSettled { whom } => staff(whom, &|words| words.is_it_settled(&facts)),
            Self::Check { whom } => staff(whom, &|words| words.ask_today(&facts)),
            Self::AskCustomer => customer(to_them.sorted_question(business)),
            Self::NotSorted => staff(&promise.owner, &|words| words.not_sorted(&facts, now)),
            Self::NewTime => {
                customer(to_them.new_time(business, rota.name(&promise.owner), promise.due, &read(moment)))
            }
            Self::Apology { broken } => customer(apology(promise, broken, moment)),
        }
    }
}

/// When a customer reads what is written now: "tomorrow" is another day after a night.
fn read(Moment { now, rota }: Moment<'_>) -> Zoned {
    after_quiet(rota.quiet, now).to_zoned(rota.zone.clone())
}

/// How soon the owner of the business rings, who owns up for somebody.
const APOLOGY_RINGS_WITHIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);

/// When somebody who apologises now says that they ring: in the quiet hours it is read when they are over.
pub fn apology_due(rota: &Rota, now: &Zoned) -> Timestamp {
    wall_clock::whole_minute(after_quiet(rota.quiet, now) + APOLOGY_RINGS_WITHIN)
}

fn apology(promise: &Promise, broken: &Broken, moment: Moment<'_>) -> String {
    let Moment { now, rota } = moment;
    let (who, due) =
        if broken.apologised { (&promise.owner, promise.due) } else { (&rota.owner, apology_due(rota, now)) };
    let words = rota.words.speak(Some(&promise.language));
    words.apology(&rota.business, (rota.name(&broken.by), broken.due), (rota.name(who), due), &read(moment))
}

/// Where somebody reads texts. A person on a SIP phone has no number to text.
pub fn mobile_of(rota: &Rota, who: &StaffId) -> Option<Phone> {
    match rota.staff.get(who.as_str())?.reach {
        Reach::Phone(phone) => Some(phone),
        Reach::Sip(_) => None,
    }
}
