//! A call one can hold: a plan of Priya, Tom and Sam, a clock moved by hand, and everything that was
//! asked of the world so far.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::{SignedDuration, ToSpan, Zoned};
use switchboard::domain::call::story::{Entry, Happened};
use switchboard::domain::call::{Answer, Call, CallId, Effect, Moment, Opening, Step as Taken};
use switchboard::domain::caller::{Attestation, Caller, Customer, CustomerId, Party};
use switchboard::domain::event::{Incoming, LegStatus, ProviderCallId, RingDone, RingResult, What};
use switchboard::domain::instruction::{Instruction, Ring};
use switchboard::domain::line::Greeting;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::plan::Plan;
use switchboard::domain::staff::{Accept, Shows, StaffId};

pub use super::business::{LINE, NAMES, PRIYA, SAM, TOM, phone, plan, rota, who, zone};

/// A mobile that really is one: the numbering plan tells.
pub const MOBILE: &str = "+447400123456";
pub const LANDLINE: &str = "+442083661177";

/// A call that is about to come in, on a Wednesday morning.
#[derive(Clone)]
pub struct Ringing {
    pub from: Party,
    attestation: Attestation,
    customer: Option<Customer>,
    greeting: Option<Greeting>,
    plan: Plan,
    engaged: BTreeSet<&'static str>,
}

pub fn stranger() -> Ringing {
    Ringing {
        from: Party::Known(phone(MOBILE)),
        attestation: Attestation::None,
        customer: None,
        greeting: None,
        plan: plan(),
        engaged: BTreeSet::new(),
    }
}

pub fn withheld() -> Ringing {
    Ringing { from: Party::Withheld, ..stranger() }
}

pub fn mrs_okafor() -> Ringing {
    let customer = Customer {
        id: CustomerId(7),
        name: "Mrs Okafor".into(),
        numbers: vec![phone(MOBILE)],
        usual: Some(who("priya")),
        language: None,
        note: Some("Boiler, Tuesday.".into()),
        tags: vec![],
        blocked: false,
        recent: vec![],
        asked: Vec::new(),
    };
    Ringing { customer: Some(customer), ..stranger() }
}

impl Ringing {
    pub fn from(self, number: &str) -> Self {
        Self { from: Party::Known(phone(number)), ..self }
    }

    pub fn blocked(mut self) -> Self {
        self.customer.as_mut().unwrap().blocked = true;
        self
    }

    pub fn attested(self, attestation: Attestation) -> Self {
        Self { attestation, ..self }
    }

    pub fn greeted(self, text: &str, by_name: bool) -> Self {
        Self { greeting: Some(Greeting { text: text.into(), by_name }), ..self }
    }

    pub fn while_engaged(self, people: &[&'static str]) -> Self {
        Self { engaged: people.iter().copied().collect(), ..self }
    }

    /// The phone of this step has no voicemail: answering is enough.
    pub fn trusted(mut self, step: u8) -> Self {
        self.plan.steps[usize::from(step)].accept = Accept::Answer;
        self
    }

    pub fn showing_the_customer(mut self) -> Self {
        self.plan.steps.iter_mut().for_each(|step| step.shows = Shows::Customer);
        self
    }

    pub fn ringing_nobody(mut self) -> Self {
        self.plan.steps.clear();
        self
    }

    pub fn comes_in(self) -> Held {
        self.comes_in_at(date(2026, 7, 15).at(10, 2, 0, 0).to_zoned(zone()).unwrap())
    }

    pub fn comes_in_at(self, now: Zoned) -> Held {
        let rota = rota(self.greeting);
        let incoming = Incoming {
            from: self.from.clone(),
            to: Some(phone(LINE)),
            attestation: self.attestation,
            forwarded_from: None,
        };
        let caller = match (self.customer, self.from.phone()) {
            (Some(customer), _) => Caller::Customer(Box::new(customer)),
            (None, Some(phone)) => Caller::Stranger(phone),
            (None, None) => Caller::Unknown,
        };
        let opening = Opening {
            id: CallId(uuid::Uuid::from_u128(41)),
            provider: "rehearsal",
            provider_id: ProviderCallId("CA41".into()),
            incoming: &incoming,
            rota: &rota,
            line: &rota.lines[0],
            caller: &caller,
            plan: self.plan,
            promised: None,
        };
        let engaged = self.engaged;
        let is_engaged = |who: &StaffId| engaged.contains(who.as_str());
        let (call, taken) = Call::begin(opening, &Moment { now: &now, rota: &rota, engaged: &is_engaged });
        Held { call, answer: taken.answer, effects: taken.effects, now, engaged, told: vec![What::Incoming(incoming)] }
    }
}

/// A call in progress.
#[derive(Clone)]
pub struct Held {
    pub call: Call,
    /// To the last event.
    pub answer: Answer,
    /// All so far.
    pub effects: Vec<Effect>,
    pub now: Zoned,
    /// On other calls.
    pub engaged: BTreeSet<&'static str>,
    /// Every event so far.
    pub told: Vec<What>,
}

impl Held {
    /// Takes an event in, without any check.
    pub fn step(&mut self, what: &What) -> Taken {
        let engaged = self.engaged.clone();
        let is_engaged = |who: &StaffId| engaged.contains(who.as_str());
        self.call.step(what, &Moment { now: &self.now, rota: &rota(None), engaged: &is_engaged })
    }

    /// Takes an event in. Whatever it is, telling it twice is telling it once, and the call survives
    /// being written down.
    pub fn hears(&mut self, what: What) -> Answer {
        let taken = self.step(&what);
        self.effects.extend(taken.effects);
        self.answer = taken.answer;
        let before = self.call.clone();
        let again = self.step(&what);
        assert_eq!((again.answer, again.effects, again.changed), (self.answer, vec![], false), "{what:?} repeated");
        assert_eq!(self.call, before, "{what:?} repeated");
        self.told.push(what);
        let written = serde_json::to_string(&self.call).unwrap();
        assert_eq!(serde_json::from_str::<Call>(&written).unwrap(), self.call);
        self.answer
    }

    pub fn waits(&mut self, seconds: i64) -> &mut Self {
        self.now = &self.now + seconds.seconds();
        self
    }

    pub fn picks_up(&mut self, step: u8) -> Answer {
        self.hears(What::LegAnswered { step })
    }

    pub fn presses(&mut self, step: u8, attempt: u8, key: char) -> Answer {
        self.hears(What::KeyPressed { step, attempt, key: Some(key) })
    }

    pub fn stays_silent(&mut self, step: u8, attempt: u8) -> Answer {
        self.hears(What::KeyPressed { step, attempt, key: None })
    }

    pub fn ring_is_over(&mut self, step: u8, result: RingResult, bridged: Option<bool>) -> Answer {
        let ring = RingDone { result, bridged, seconds: None, caller_gone: false };
        self.hears(What::RingDone { step, ring })
    }

    pub fn ring_is_over_and_the_caller_gone(&mut self, step: u8, bridged: bool) -> Answer {
        let ring = RingDone { result: RingResult::Answered, bridged: Some(bridged), seconds: None, caller_gone: true };
        self.hears(What::RingDone { step, ring })
    }

    pub fn lets_it_ring(&mut self, step: u8) -> Answer {
        self.ring_is_over(step, RingResult::NoAnswer, Some(false))
    }

    /// Nobody ever answers.
    pub fn everybody_lets_it_ring(&mut self) -> Answer {
        for step in [PRIYA, TOM, SAM] {
            self.lets_it_ring(step);
        }
        self.answer
    }

    pub fn leg_is(&mut self, step: u8, status: LegStatus) -> Answer {
        self.hears(What::LegStatus { step, sequence: 0, status })
    }

    pub fn takes_the_call(&mut self, step: u8) -> Answer {
        self.picks_up(step);
        self.presses(step, 0, '1')
    }

    pub fn caller_hangs_up(&mut self) -> Answer {
        self.hears(What::CallEnded { seconds: None })
    }

    pub fn leaves_a_message(&mut self) -> Answer {
        self.hears(What::MessageDone { seconds: Some(9), recording: Some("https://example.com/RE1".into()) })
    }

    pub fn is_swept(&mut self) {
        let taken = self.call.sweep(&Moment { now: &self.now, rota: &rota(None), engaged: &|_| false });
        self.effects.extend(taken.effects);
    }

    /// Waits until the provider must be thought dead, and sweeps.
    pub fn is_given_up(&mut self) {
        let overdue = self.call.overdue_at().unwrap();
        self.now = (overdue - SignedDuration::from_secs(1)).to_zoned(zone());
        self.is_swept();
        assert!(self.call.ended().is_none(), "swept too early");
        self.waits(1);
        self.is_swept();
    }

    /// Who promised, and how many minutes from now it falls due.
    pub fn promises(&self) -> Vec<(String, i64)> {
        let promise = |effect: &Effect| match effect {
            Effect::Promise { owner, due } => {
                Some((owner.to_string(), due.duration_since(self.now.timestamp()).as_mins()))
            }
            _ => None,
        };
        self.effects.iter().filter_map(promise).collect()
    }

    pub fn reached(&self) -> Option<&str> {
        match self.call.outcome()? {
            Outcome::Reached { who, .. } => Some(who.as_str()),
            Outcome::Promised | Outcome::HungUp | Outcome::Blocked => None,
        }
    }

    /// The word of the outcome; empty for a call that goes on.
    pub fn outcome(&self) -> &'static str {
        self.call.outcome().map_or("", Outcome::word)
    }

    /// Whose phones are ours, in the order of ringing. Twice engaged is there twice.
    pub fn engages(&self) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        for effect in &self.effects {
            match effect {
                Effect::Engage(who) => people.push(who.to_string()),
                Effect::Release(who) => {
                    let at = people.iter().position(|engaged| *engaged == who.as_str());
                    people.remove(at.unwrap_or_else(|| panic!("{who} is released and was not engaged")));
                }
                _ => {}
            }
        }
        people
    }

    pub fn texts_to_the_caller(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for effect in &self.effects {
            if let Effect::TextCaller { body, .. } = effect {
                texts.push(body.as_str());
            }
        }
        texts
    }

    /// What the last answer is in full.
    pub fn instruction(&self) -> Instruction {
        self.call.instruction(self.answer, &rota(None))
    }

    /// The words of the last answer; empty where it has none.
    pub fn says(&self) -> String {
        let speech = match self.instruction() {
            Instruction::Whisper(whisper) => Some(whisper.say),
            Instruction::TakeMessage(message) => Some(message.say),
            Instruction::Ring(Ring { greeting: say, .. })
            | Instruction::Connect { say }
            | Instruction::HangUpLeg { say }
            | Instruction::Goodbye { say } => say,
            Instruction::Reject | Instruction::Acknowledge => None,
        };
        speech.map_or(String::new(), |speech| speech.text)
    }

    pub fn story_has(&self, what: Happened) -> bool {
        self.call.story.iter().any(|entry| entry.what == what)
    }

    /// "who: reason" of the people who were rung or not.
    pub fn reasons(&self, of: impl Fn(&Happened) -> bool) -> Vec<String> {
        let told = |entry: &Entry| Some(format!("{}: {}", entry.who.as_ref()?, entry.why.as_ref()?));
        self.call.story.iter().filter(|entry| of(&entry.what)).filter_map(told).collect()
    }
}
