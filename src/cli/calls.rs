//! `switchboard calls`: present and past calls; one call as a timeline.

mod timeline;

use std::path::Path;

use jiff::Timestamp;

use super::business::Business;
use super::table::{Side, table};
use super::{Failure, answer, answer_json, moment, note};
use crate::domain::call::{Call, State};
use crate::domain::caller::Party;
use crate::domain::fields::CallFields;
use crate::domain::outcome::Outcome;
use crate::domain::report::accepted;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::calls::{self, Meant};
use crate::store::{Store, promises};

#[derive(clap::Args)]
pub(super) struct Args {
    /// One call: its id, the beginning of it, or the provider's id
    call: Option<String>,
    /// How far back: 12h, 1d, 2w, or a date
    #[arg(long, default_value = "1d", value_name = "TIME")]
    since: String,
    /// For programs
    #[arg(long)]
    json: bool,
}

/// More than anybody reads; the report counts them all.
const CALLS_MAX: u32 = 10_000;

/// An id up to its last millisecond: what tells calls apart, and can be typed.
const ID_CHARS: usize = 13;

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open(config)?;
    let store = business.store()?;
    match (&args.call, store) {
        (Some(typed), None) => Err(no_such_call(typed)),
        (Some(typed), Some(mut store)) => one(&business, &mut store, typed, args.json),
        (None, store) => {
            let since = moment::since(&args.since, &business)?;
            let calls = store.map_or(Ok(Vec::new()), |mut store| store.read(|tx| calls::list(tx, since, CALLS_MAX)))?;
            if calls.len() >= CALLS_MAX as usize {
                note(&format!("These are the newest {CALLS_MAX} calls; there are more."));
            }
            let calls: Vec<Call> = calls.into_iter().map(|stored| stored.call).collect();
            list(&business, &calls, since, args.json)
        }
    }
}

fn one(business: &Business, store: &mut Store, typed: &str, for_programs: bool) -> Result<(), Failure> {
    let call = match store.read(|tx| calls::get(tx, typed))? {
        Meant::One(stored) => stored.call,
        Meant::Several => {
            return Err(Failure::Given(format!("more than one call begins with `{typed}`: type more of its id")));
        }
        Meant::None => return Err(no_such_call(typed)),
    };
    if for_programs {
        return answer_json(&[CallFields::of(&call, &business.rota.zone)]);
    }
    let promise = store.read(|tx| promises::of_calls(tx, &[call.id]))?.pop();
    answer(&timeline::timeline(business, &call, promise.as_ref().map(|stored| &stored.promise)))
}

fn no_such_call(typed: &str) -> Failure {
    Failure::Given(format!("there is no call `{typed}`: `switchboard calls --since 7d` lists them"))
}

fn list(business: &Business, calls: &[Call], since: Timestamp, for_programs: bool) -> Result<(), Failure> {
    if for_programs {
        return answer_json(&calls.iter().map(|call| CallFields::of(call, &business.rota.zone)).collect::<Vec<_>>());
    }
    let now = business.local(business.now);
    if calls.is_empty() {
        return answer(&format!("No calls since {}.", moment::short(since, &now)));
    }
    let row = |call: &Call| {
        let taken = accepted(call);
        [
            short_id(call),
            moment::short(call.started, &now),
            call.line.to_string(),
            caller(call),
            outcome(call),
            taken.as_ref().map_or_else(String::new, |taken| name(call, &taken.who, &business.rota).to_owned()),
            taken.map_or_else(String::new, |taken| format!("{} s", taken.seconds)),
        ]
    };
    let titles = [
        ("CALL", Side::Left),
        ("CAME IN", Side::Left),
        ("LINE", Side::Left),
        ("CALLER", Side::Left),
        ("OUTCOME", Side::Left),
        ("TAKEN BY", Side::Left),
        ("AFTER", Side::Right),
    ];
    answer(&table(titles, &calls.iter().map(row).collect::<Vec<_>>(), 0))
}

fn short_id(call: &Call) -> String {
    call.id.0.to_string().chars().take(ID_CHARS).collect()
}

fn caller(call: &Call) -> String {
    let number = match &call.from {
        Party::Known(phone) => phone.spaced(),
        Party::Sip(address) => address.clone(),
        Party::Withheld => "number withheld".to_owned(),
    };
    call.customer.as_ref().map_or_else(|| number.clone(), |customer| format!("{} ({number})", customer.name))
}

fn outcome(call: &Call) -> String {
    match &call.state {
        State::Ringing { .. } => "ringing".to_owned(),
        State::Talking { .. } => "talking".to_owned(),
        State::RingingBack { .. } => "about to hear a promise".to_owned(),
        State::Promising { .. } => "hears a promise".to_owned(),
        State::Ended { outcome: Outcome::HungUp, .. } => "hung up".to_owned(),
        State::Ended { outcome, .. } => outcome.word().to_owned(),
    }
}

/// As it was when the call came in; somebody may have left since.
fn name<'a>(call: &'a Call, who: &'a StaffId, rota: &'a Rota) -> &'a str {
    let of_plan = call.plan.steps.iter().find(|step| step.who == *who);
    let of_promise = Some(&call.plan.promise).filter(|promise| promise.owner == *who);
    of_plan.map(|step| &*step.name).or(of_promise.map(|promise| &*promise.name)).unwrap_or_else(|| rota.name(who))
}
