//! `switchboard who`: who would ring, how long and why; who would not, and why not.

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::book::Book;
use super::business::Business;
use super::{Failure, answer, answer_json, moment, note};
use crate::domain::caller::{Caller, Customer, Party};
use crate::domain::line::Line;
use crate::domain::phone::Phone;
use crate::domain::plan::{self, Plan, Reason, Skip, Skipped, usual_person};
use crate::domain::promise::Promise;
use crate::domain::rota::Rota;
use crate::domain::rota::duty::Duty;
use crate::domain::words;
use crate::store::{StoreError, engaged, promises};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The caller: a number in any spelling, `anonymous`, or a customer's name
    number: String,
    /// The line that is rung; without it the first of the rota
    #[arg(long, value_name = "LINE")]
    line: Option<String>,
    /// When, on the business's wall clock: "2026-07-15 10:02"; without it now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
}

/// How a caller without a number is typed.
const WITHHELD: [&str; 6] = ["anonymous", "withheld", "restricted", "unavailable", "unknown", "private"];

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open_live(config)?;
    let rota = &business.rota;
    let line = line(rota, args.line.as_deref())?;
    let at = args.at.as_deref().map(|text| moment::parse(text, &business)).transpose()?.unwrap_or(business.now);
    let mut book = Book::open_and_tell(&business.settings, rota);
    let rings = Rings::read(&args.number, rota, &mut book)?;
    let duty = rota.duty(line, at);
    // Every provider of ours can make sure that a human takes the call.
    let mut plan = plan::make(rota, line, &duty, &rings.caller, rings.from, true);
    // Who is on the phone now, and who waits for a call, says nothing about another time.
    if args.at.is_none() {
        if let Some(promise) = promised(&rings, &mut book) {
            plan.stand_by(&promise, rota, &duty);
        }
        plan = without_engaged(plan, &mut book);
    }
    let told = Told { rota, line, at, duty: &duty, rings: &rings, plan: refuse_blocked(plan, &rings) };
    if args.json {
        answer_json(&told.json())?;
    } else {
        answer(&told.text())?;
    }
    business.rota_is_right()
}

pub(super) fn line<'a>(rota: &'a Rota, id: Option<&str>) -> Result<&'a Line, Failure> {
    let known = || rota.lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>().join(", ");
    let line = match id {
        Some(id) => rota.lines.iter().find(|line| line.id.as_str() == id),
        None => rota.lines.first(),
    };
    line.ok_or_else(|| Failure::Given(format!("unknown line `{}`: the rota has {}", id.unwrap_or_default(), known())))
}

/// Whoever is asked about.
pub(super) struct Rings {
    pub(super) caller: Caller,
    pub(super) from: Option<Phone>,
}

impl Rings {
    pub(super) fn read(text: &str, rota: &Rota, book: &mut Result<Book<'_>, StoreError>) -> Result<Self, Failure> {
        let text = text.trim();
        let address = text.starts_with("sip:") || text.starts_with("client:");
        if address || WITHHELD.contains(&text.to_lowercase().as_str()) || Party::is_withheld_as_digits(text) {
            return Ok(Self { caller: Caller::Unknown, from: None });
        }
        match Phone::parse(text, rota.country) {
            Ok(written) => Ok(Self::by_number(written.phone, book)),
            Err(_) if text.contains(char::is_alphabetic) => Self::by_name(text, book),
            Err(why) => Err(Failure::Given(format!("`{text}`: {why}"))),
        }
    }

    /// With the store away the caller is a stranger, as a call would take it that we know nothing about.
    fn by_number(phone: Phone, book: &mut Result<Book<'_>, StoreError>) -> Self {
        let customer = match book {
            Ok(open) => open.by_phone(phone),
            Err(error) => Err(error.clone()),
        };
        let customer = customer.unwrap_or_else(|error| {
            note(&format!(
                "warning: {error}. What follows takes the caller for a stranger and everybody's phone for free."
            ));
            None
        });
        let caller = customer.map_or(Caller::Stranger(phone), |customer| Caller::Customer(Box::new(customer)));
        Self { caller, from: Some(phone) }
    }

    fn by_name(name: &str, book: &mut Result<Book<'_>, StoreError>) -> Result<Self, Failure> {
        let mut found = match book {
            Ok(open) => open.by_name(name)?,
            Err(error) => return Err(Failure::Store(error.clone())),
        };
        match (found.pop(), found.is_empty()) {
            (Some(customer), true) => {
                let from = customer.numbers.first().copied();
                Ok(Self { caller: Caller::Customer(Box::new(customer)), from })
            }
            (Some(_), false) => {
                Err(Failure::Given(format!("several customers are called `{name}`: give one of their numbers")))
            }
            (None, _) => Err(Failure::Given(format!("`{name}` is neither a phone number nor a customer's name"))),
        }
    }

    fn customer(&self) -> Option<&Customer> {
        match &self.caller {
            Caller::Customer(customer) => Some(customer),
            Caller::Stranger(_) | Caller::Unknown => None,
        }
    }
}

/// What the caller waits for already. Without the store nobody is known to wait.
fn promised(rings: &Rings, book: &mut Result<Book<'_>, StoreError>) -> Option<Promise> {
    let store = book.as_mut().ok().and_then(Book::store)?;
    let (number, customer) = (rings.from, rings.caller.customer());
    let alive = store.read(|tx| promises::alive(tx, number.as_slice(), customer.as_slice())).ok()?;
    alive.into_iter().map(|stored| stored.promise).find(Promise::is_unsettled)
}

fn without_engaged(plan: Plan, book: &mut Result<Book<'_>, StoreError>) -> Plan {
    let Some(store) = book.as_mut().ok().and_then(Book::store) else { return plan };
    let people: Vec<_> = plan.steps.iter().map(|step| step.who.clone()).collect();
    match store.read(|tx| engaged::among(tx, &people)) {
        Ok(engaged) => plan.without(|who| engaged.contains_key(who)),
        Err(error) => {
            note(&format!("warning: {error}. What follows takes everybody's phone for free."));
            plan
        }
    }
}

/// A blocked caller rings nobody.
fn refuse_blocked(mut plan: Plan, rings: &Rings) -> Plan {
    if rings.customer().is_some_and(|customer| customer.blocked) {
        plan.steps.clear();
        plan.skipped.clear();
    }
    plan
}

struct Told<'a> {
    rota: &'a Rota,
    line: &'a Line,
    at: Timestamp,
    duty: &'a Duty,
    rings: &'a Rings,
    plan: Plan,
}

#[derive(Serialize)]
struct Json<'a> {
    customer: Option<JsonCustomer<'a>>,
    line: &'a str,
    at: String,
    open: bool,
    steps: Vec<JsonStep<'a>>,
    skipped: Vec<JsonSkipped<'a>>,
    promise: JsonPromise<'a>,
}

#[derive(Serialize)]
struct JsonCustomer<'a> {
    name: &'a str,
    usual: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonStep<'a> {
    who: &'a str,
    seconds: u16,
    reason: String,
}

#[derive(Serialize)]
struct JsonSkipped<'a> {
    who: &'a str,
    reason: String,
}

#[derive(Serialize)]
struct JsonPromise<'a> {
    owner: &'a str,
    due: String,
}

impl Told<'_> {
    fn json(&self) -> Json<'_> {
        let plan = &self.plan;
        let customer = self.rings.customer().map(|customer| JsonCustomer {
            name: &customer.name,
            usual: usual_person(customer, self.at).map(|usual| usual.who.as_str()),
        });
        let steps = plan.steps.iter();
        let skipped = plan.skipped.iter();
        Json {
            customer,
            line: self.line.id.as_str(),
            at: moment::iso(self.at, self.rota),
            open: self.duty.open,
            steps: steps
                .map(|step| JsonStep { who: step.who.as_str(), seconds: step.seconds, reason: step.reason.to_string() })
                .collect(),
            skipped: skipped
                .map(|skipped| JsonSkipped { who: skipped.who.as_str(), reason: skipped.reason.to_string() })
                .collect(),
            promise: JsonPromise { owner: plan.promise.owner.as_str(), due: moment::iso(plan.promise.due, self.rota) },
        }
    }

    fn text(&self) -> String {
        let at = self.at.to_zoned(self.rota.zone.clone());
        let mut text =
            format!("{} rings line {} on {}.\n", self.caller(), self.line.id, at.strftime("%a %-d %b %Y at %H:%M"));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}{}", self.open_or_closed(), self.usual());
        if self.rings.customer().is_some_and(|customer| customer.blocked) {
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
        let skipped: Vec<&Skipped> = self.plan.skipped.iter().filter(|skipped| self.is_news(skipped)).collect();
        if !skipped.is_empty() {
            text.push_str("\nNot rung:\n");
        }
        for skipped in skipped {
            let _ = writeln!(text, "  {}: {}", self.rota.name(&skipped.who), skipped.reason);
        }
        let promise = &self.plan.promise;
        let (owner, due) = (self.rota.name(&promise.owner), words::clock_time(promise.due, &at));
        let _ = writeln!(text, "\nIf nobody takes the call: {owner} promises to ring back by {due}.");
        text
    }

    fn caller(&self) -> String {
        let number = self.rings.from.map(Phone::spaced).unwrap_or_default();
        match &self.rings.caller {
            Caller::Customer(customer) => format!("{} ({number}), a customer,", customer.name),
            Caller::Stranger(_) => format!("{number}, a stranger,"),
            Caller::Unknown => "A caller without a number".to_owned(),
        }
    }

    fn open_or_closed(&self) -> String {
        let calendar = self.rota.calendar(self.line);
        let now = self.at.to_zoned(self.rota.zone.clone());
        let (word, until) = if self.duty.open {
            ("open", calendar.open_until(self.at))
        } else {
            ("closed", calendar.next_opening(self.at))
        };
        match until {
            Some(until) => format!("The line is {word} until {}.", words::clock_time(until, &now)),
            None => format!("The line is always {word}."),
        }
    }

    fn usual(&self) -> String {
        let Some(customer) = self.rings.customer() else { return String::new() };
        match usual_person(customer, self.at) {
            Some(usual) if usual.reason == Reason::UsualPerson => {
                format!(" The usual person is {}.", self.rota.name(usual.who))
            }
            Some(usual) => format!(" {} is the {}.", self.rota.name(usual.who), usual.reason),
            None => " There is no usual person.".to_owned(),
        }
    }

    /// That nobody is in the plan twice goes without saying.
    fn is_news(&self, skipped: &Skipped) -> bool {
        let told_otherwise = |other: &Skipped| other.who == skipped.who && other.reason != Skip::AlreadyInPlan;
        skipped.reason != Skip::AlreadyInPlan
            || !(self.plan.steps.iter().any(|step| step.who == skipped.who)
                || self.plan.skipped.iter().any(told_otherwise))
    }
}
