//! Who would ring, how long and why, who would not and why not: a call's plan before there is a call.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::{Caller, Customer, Party};
use super::line::Line;
use super::phone::{Country, NotAPhone, Phone};
use super::plan::{self, Plan, Reason, Skip, Skipped, usual_person};
use super::promise::Promise;
use super::rota::Rota;
use super::rota::duty::Duty;
use super::staff::StaffId;
use super::words::clock_time;

/// How a caller without a number is typed.
const WITHHELD: [&str; 6] = ["anonymous", "withheld", "restricted", "unavailable", "unknown", "private"];

/// A caller as somebody types one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed<'a> {
    Withheld,
    Number(Phone),
    /// A customer's.
    Name(&'a str),
}

impl<'a> Typed<'a> {
    pub fn read(text: &'a str, country: Option<Country>) -> Result<Self, NotAPhone> {
        let text = text.trim();
        let address = text.starts_with("sip:") || text.starts_with("client:");
        if address || WITHHELD.contains(&text.to_lowercase().as_str()) || Party::is_withheld_as_digits(text) {
            return Ok(Self::Withheld);
        }
        match Phone::parse(text, country) {
            Ok(written) => Ok(Self::Number(written.phone)),
            Err(_) if text.contains(char::is_alphabetic) => Ok(Self::Name(text)),
            Err(why) => Err(why),
        }
    }
}

/// What is true now and says nothing about another time.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// Of those who would be rung: who is on a call of ours.
    pub engaged: Vec<StaffId>,
    /// What the caller waits for already.
    pub promised: Option<Promise>,
}

pub struct WouldRing {
    pub rota: Arc<Rota>,
    pub line: Line,
    pub duty: Duty,
    pub caller: Caller,
    /// The caller's number.
    pub from: Option<Phone>,
    pub plan: Plan,
}

impl WouldRing {
    /// If this caller rang this line at this instant.
    pub fn ask(rota: &Arc<Rota>, line: &Line, at: Timestamp, caller: Caller, from: Option<Phone>) -> Self {
        let duty = rota.duty(line, at);
        // Every provider of ours can make sure that a human takes the call.
        let plan = plan::make(rota, line, &duty, &caller, from, true);
        let mut asked = Self { rota: Arc::clone(rota), line: line.clone(), duty, caller, from, plan };
        if asked.is_blocked() {
            asked.plan.steps.clear();
            asked.plan.skipped.clear();
        }
        asked
    }

    /// For a call that would come now.
    #[must_use]
    pub fn at_present(mut self, present: &Present) -> Self {
        if let Some(promised) = &present.promised {
            self.plan.stand_by(promised, &self.rota, &self.duty);
        }
        self.plan = self.plan.without(|who| present.engaged.contains(who));
        self
    }

    pub fn customer(&self) -> Option<&Customer> {
        match &self.caller {
            Caller::Customer(customer) => Some(customer),
            Caller::Stranger(_) | Caller::Unknown => None,
        }
    }

    /// A blocked caller rings nobody.
    pub fn is_blocked(&self) -> bool {
        self.customer().is_some_and(|customer| customer.blocked)
    }

    /// On the business's wall clock.
    pub fn local(&self) -> Zoned {
        self.duty.at.to_zoned(self.rota.zone.clone())
    }

    /// When the line closes, or opens; `None`: never.
    pub fn until(&self) -> Option<Timestamp> {
        let calendar = self.rota.calendar(&self.line);
        if self.duty.open { calendar.open_until(self.duty.at) } else { calendar.next_opening(self.duty.at) }
    }

    /// Who is not rung. That nobody is in the plan twice goes without saying.
    pub fn not_rung(&self) -> impl Iterator<Item = &Skipped> {
        let plan = &self.plan;
        plan.skipped.iter().filter(move |skipped| {
            let told_otherwise = |other: &Skipped| other.who == skipped.who && other.reason != Skip::AlreadyInPlan;
            skipped.reason != Skip::AlreadyInPlan
                || !(plan.steps.iter().any(|step| step.who == skipped.who) || plan.skipped.iter().any(told_otherwise))
        })
    }

    /// In English: for what our commands print.
    pub fn text(&self) -> String {
        let at = self.local();
        let mut text = format!(
            "{} rings line {} on {}.\n",
            self.caller_in_words(),
            self.line.id,
            at.strftime("%a %-d %b %Y at %H:%M")
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}{}", self.open_or_closed(&at), self.usual());
        if self.is_blocked() {
            text.push_str("\nThis caller is blocked: the call is refused, and nobody rings.\n");
            return text;
        }
        text.push('\n');
        for (number, step) in (1..).zip(&self.plan.steps) {
            let _ = writeln!(text, "  {number}. {}, {} s: {}", step.name, step.seconds, step.reason);
        }
        if self.plan.steps.is_empty() {
            text.push_str("  Nobody rings: the caller hears the promise at once.\n");
        }
        for (number, skipped) in self.not_rung().enumerate() {
            let heading = if number == 0 { "\nNot rung:\n" } else { "" };
            let _ = writeln!(text, "{heading}  {}: {}", self.rota.name(&skipped.who), skipped.reason);
        }
        let promise = &self.plan.promise;
        let (owner, due) = (self.rota.name(&promise.owner), clock_time(promise.due, &at));
        let _ = writeln!(text, "\nIf nobody takes the call: {owner} promises to ring back by {due}.");
        text
    }

    fn caller_in_words(&self) -> String {
        let number = self.from.map(Phone::spaced).unwrap_or_default();
        match &self.caller {
            Caller::Customer(customer) => format!("{} ({number}), a customer,", customer.name),
            Caller::Stranger(_) => format!("{number}, a stranger,"),
            Caller::Unknown => "A caller without a number".to_owned(),
        }
    }

    fn open_or_closed(&self, at: &Zoned) -> String {
        let word = if self.duty.open { "open" } else { "closed" };
        match self.until() {
            Some(until) => format!("The line is {word} until {}.", clock_time(until, at)),
            None => format!("The line is always {word}."),
        }
    }

    fn usual(&self) -> String {
        let Some(customer) = self.customer() else { return String::new() };
        match usual_person(customer, self.duty.at) {
            Some(usual) if usual.reason == Reason::UsualPerson => {
                format!(" The usual person is {}.", self.rota.name(usual.who))
            }
            Some(usual) => format!(" {} is the {}.", self.rota.name(usual.who), usual.reason),
            None => " There is no usual person.".to_owned(),
        }
    }
}

/// For programs: who would ring, how long and why; who would not, and why not.
#[derive(Serialize, ToSchema)]
#[schema(as = WouldRing)]
pub struct Fields<'a> {
    customer: Option<FieldsCustomer<'a>>,
    line: &'a str,
    at: String,
    open: bool,
    steps: Vec<FieldsStep<'a>>,
    skipped: Vec<FieldsSkipped<'a>>,
    promise: FieldsPromise<'a>,
}

#[derive(Serialize, ToSchema)]
struct FieldsCustomer<'a> {
    name: &'a str,
    usual: Option<&'a str>,
}

#[derive(Serialize, ToSchema)]
struct FieldsStep<'a> {
    who: &'a str,
    seconds: u16,
    reason: String,
}

#[derive(Serialize, ToSchema)]
struct FieldsSkipped<'a> {
    who: &'a str,
    reason: String,
}

#[derive(Serialize, ToSchema)]
struct FieldsPromise<'a> {
    owner: &'a str,
    due: String,
}

impl WouldRing {
    pub fn fields(&self) -> Fields<'_> {
        let plan = &self.plan;
        let customer = self.customer().map(|customer| FieldsCustomer {
            name: &customer.name,
            usual: usual_person(customer, self.duty.at).map(|usual| usual.who.as_str()),
        });
        let steps = plan.steps.iter();
        let skipped = plan.skipped.iter();
        Fields {
            customer,
            line: self.line.id.as_str(),
            at: self.iso(self.duty.at),
            open: self.duty.open,
            steps: steps
                .map(|of| FieldsStep { who: of.who.as_str(), seconds: of.seconds, reason: of.reason.to_string() })
                .collect(),
            skipped: skipped.map(|of| FieldsSkipped { who: of.who.as_str(), reason: of.reason.to_string() }).collect(),
            promise: FieldsPromise { owner: plan.promise.owner.as_str(), due: self.iso(plan.promise.due) },
        }
    }

    fn iso(&self, at: Timestamp) -> String {
        at.to_zoned(self.rota.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}
