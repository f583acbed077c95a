//! Asks the one who has come to take most of a customer's calls to be their usual person.

use jiff::{SignedDuration, Timestamp};

use crate::domain::call::Call;
use crate::domain::caller::{AskedToBeUsual, CustomerId, PastCall, Said};
use crate::domain::conversation;
use crate::domain::job::{Job, Outbound};
use crate::domain::plan::newly_learned;
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words::letter::usual_person_question;
use crate::store::jobs::{self, NewJob};
use crate::store::{StoreError, Tx, conversations, customers};

/// How long somebody may take to say.
const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// To be asked when it is written, unless somebody was asked before or an admin has decided.
pub(super) struct Question {
    customer: CustomerId,
    asked: AskedToBeUsual,
    job: NewJob,
}

/// The call has just ended. Whoever has no number to text is used as learned, and not asked.
pub(super) fn question(call: &Call, recent: &[PastCall], rota: &Rota, now: Timestamp) -> Option<Question> {
    let customer = call.customer.as_ref().filter(|customer| customer.usual.is_none())?;
    // The newest call is as old as its beginning, so that it is among those before `now`.
    let learned = newly_learned(recent, now)?;
    let Reach::Phone(to) = rota.staff.get(learned.who.as_str())?.reach else { return None };
    let body = usual_person_question(&customer.name, learned.took.len(), learned.of);
    let job = Job {
        provider: call.provider.clone(),
        outbound: Outbound::Text { from: call.number, to, body },
        heeds_stop: false,
    };
    // A job of plain numbers and texts always has a JSON form.
    let doc = serde_json::to_string(&job).unwrap_or_default();
    let key = format!("usual person {} {}", customer.id.0, learned.who);
    let (who, took, of) = (learned.who.clone(), learned.took, learned.of);
    Some(Question {
        customer: customer.id,
        asked: AskedToBeUsual { who, at: now, took, of, said: None },
        job: NewJob { key, doc, due: now, made: now },
    })
}

/// In the transaction in which the call was remembered of the customer, who is changed by nobody else until it is over.
pub(super) fn ask(tx: &mut Tx<'_>, Question { customer, asked, job }: Question) -> Result<(), StoreError> {
    let Some(customer) = customers::get(tx, customer)? else { return Ok(()) };
    if customer.usual.is_some() || customer.asked.iter().any(|before| before.who == asked.who) {
        return Ok(());
    }
    let question = conversation::Question::UsualPerson { customer: customer.id, name: customer.name };
    conversations::ask(tx, &asked.who, &question, asked.at, asked.at + ANSWER_WITHIN)?;
    let mut all = customer.asked;
    all.push(asked);
    customers::usual_person(tx, customer.id, None, &all)?;
    jobs::add(tx, &[job])
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// They are the usual person from now on.
    Pinned,
    /// They are not, and are not asked again.
    Declined,
    /// Somebody else has been made the usual person meanwhile; it stays so.
    Late,
    /// They were never asked, or the customer is gone.
    NotAsked,
}

/// Somebody who was asked has answered. The last answer counts.
pub fn usual_person_answered(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    who: &StaffId,
    yes: bool,
    now: Timestamp,
) -> Result<Counted, StoreError> {
    customers::hold(tx, &[customer])?;
    let Some(mut customer) = customers::get(tx, customer)? else { return Ok(Counted::NotAsked) };
    let Some(asked) = customer.asked.iter_mut().find(|asked| asked.who == *who) else { return Ok(Counted::NotAsked) };
    let said_yes_before = asked.said.is_some_and(|said| said.yes);
    asked.said = Some(Said { yes, at: now });
    let theirs = customer.usual.as_ref() == Some(who);
    let (usual, counted) = match (customer.usual.clone(), yes) {
        (Some(other), true) if !theirs => (Some(other), Counted::Late),
        (_, true) => (Some(who.clone()), Counted::Pinned),
        (Some(_), false) if theirs && said_yes_before => (None, Counted::Declined),
        (usual, false) => (usual, Counted::Declined),
    };
    customers::usual_person(tx, customer.id, usual.as_ref(), &customer.asked)?;
    Ok(counted)
}
