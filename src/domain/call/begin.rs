//! A call begins.

use jiff::Timestamp;

use super::story::Happened;
use super::{Answer, Asked, Call, CallId, Leg, Moment, Recognised, State, Step, Turn};
use crate::domain::caller::{Attestation, Caller, Customer, PastCall};
use crate::domain::event::{Incoming, ProviderCallId};
use crate::domain::line::{Greeting, Line};
use crate::domain::outcome::Outcome;
use crate::domain::plan::{Plan, Why, unsettled_calls};
use crate::domain::rota::Rota;
use crate::domain::words::{LastCall, Promised, Whispered, Who};

/// What is known when a call comes in.
pub struct Opening<'a> {
    pub id: CallId,
    pub provider: &'a str,
    pub provider_id: ProviderCallId,
    pub incoming: &'a Incoming,
    pub rota: &'a Rota,
    pub line: &'a Line,
    pub caller: &'a Caller,
    pub plan: Plan,
    /// The call that they wait for already.
    pub promised: Option<Promised>,
}

impl Call {
    /// The call and the answer to its first webhook, which already rings the first person.
    pub fn begin(opening: Opening<'_>, moment: &Moment<'_>) -> (Self, Step) {
        let customer = match opening.caller {
            Caller::Customer(customer) => Some(&**customer),
            Caller::Stranger(_) | Caller::Unknown => None,
        };
        let greeting = opening.line.greeting.as_ref();
        let now = moment.now;
        let mut call = Self {
            id: opening.id,
            provider: opening.provider.to_owned(),
            provider_id: opening.provider_id.clone(),
            business: opening.rota.business.clone(),
            line: opening.line.id.clone(),
            number: opening.line.number,
            from: opening.incoming.from.clone(),
            attestation: opening.incoming.attestation,
            customer: customer.map(recognised),
            language: language(opening.rota, customer).to_owned(),
            started: now.timestamp(),
            greeting: greeting.and_then(|greeting| greet(greeting, customer, opening.incoming.attestation)),
            whisper: whispered(customer, &opening, now.timestamp()),
            plan: opening.plan,
            state: State::Ringing { step: 0, since: now.timestamp(), leg: Leg::Dialled },
            message: None,
            story: Vec::with_capacity(4),
            answered: Vec::with_capacity(4),
        };
        let step = call.first_step(customer.is_some_and(|customer| customer.blocked), moment);
        (call, step)
    }

    fn first_step(&mut self, blocked: bool, moment: &Moment<'_>) -> Step {
        let mut turn = Turn { call: self, moment, effects: Vec::new(), changed: true };
        turn.tell(Happened::CameIn, None);
        let answer = if blocked {
            turn.tell(Happened::Blocked, None);
            turn.call.state = State::Ended { at: turn.at(), outcome: Outcome::Blocked };
            Answer::Reject
        } else {
            turn.tell_skipped();
            turn.ring_from(0)
        };
        let effects = turn.effects;
        self.answered.push((Asked::Incoming, answer));
        Step { answer, effects, changed: true }
    }
}

impl Turn<'_> {
    fn tell_skipped(&mut self) {
        for skipped in self.call.plan.skipped.clone() {
            self.tell_why(Happened::NotRung, Some(skipped.who), Why::Skipped(skipped.reason));
        }
    }
}

fn whispered(customer: Option<&Customer>, opening: &Opening<'_>, at: Timestamp) -> Whispered {
    let promised = opening.promised.clone();
    let Some(customer) = customer else { return Whispered { promised, ..Whispered::default() } };
    Whispered {
        who: if customer.name.is_empty() { Who::Customer } else { Who::Named(customer.name.clone()) },
        promised,
        again: unsettled_calls(customer, at) > 0,
        note: customer.note.clone(),
        last: customer.recent.iter().find_map(|past| last_call(past, opening.rota)),
        unverified: opening.incoming.attestation == Attestation::Failed,
    }
}

fn recognised(customer: &Customer) -> Recognised {
    Recognised {
        id: customer.id,
        name: customer.name.clone(),
        usual: customer.usual.clone(),
        recent: customer.recent.clone(),
    }
}

/// A name is spoken only to a number that the network vouches for in full, and only where the admin
/// wants it: anybody can pretend to ring from a customer's number.
fn greet(greeting: &Greeting, customer: Option<&Customer>, attestation: Attestation) -> Option<String> {
    let text = match customer.filter(|_| greeting.by_name && attestation == Attestation::Full) {
        Some(customer) => greeting.text.replace("{name}", &customer.name),
        // A name left out takes its comma along: "Good morning, {name}." is "Good morning."
        None => {
            [", {name}", " {name}", "{name}"].iter().fold(greeting.text.clone(), |text, name| text.replace(name, ""))
        }
    };
    let text = text.trim_start_matches([',', ' ']).trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}

fn last_call(past: &PastCall, rota: &Rota) -> Option<LastCall> {
    let reached = past.reached.as_ref()?;
    Some(LastCall { at: past.at, with: rota.name(reached).to_owned() })
}

/// BCP 47 tag of what this caller is spoken to in.
fn language<'a>(rota: &'a Rota, customer: Option<&'a Customer>) -> &'a str {
    rota.words.speak(customer.and_then(|customer| customer.language.as_deref())).tag()
}
