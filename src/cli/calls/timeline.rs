//! One call, step by step, each with its reason.

use std::fmt::Write as _;

use super::{caller, name};
use crate::cli::business::Business;
use crate::domain::call::story::{Entry, Happened};
use crate::domain::call::{Call, State};
use crate::domain::caller::Party;
use crate::domain::outcome::Outcome;
use crate::domain::plan::{Skip, Why};
use crate::domain::promise::Promise;
use crate::domain::report::accepted;
use crate::domain::words;

pub(super) fn timeline(business: &Business, call: &Call, promise: Option<&Promise>) -> String {
    let rota = &*business.rota;
    let started = business.local(call.started);
    let mut text = format!(
        "{} rang line {} on {}.\n{}\n\n",
        rang(call),
        call.line,
        started.strftime("%a %-d %b %Y at %H:%M:%S"),
        ending(business, call)
    );
    // Writing to a string cannot fail.
    for entry in call.story.iter().filter(|entry| !goes_without_saying(call, entry)) {
        let at = business.local(entry.at).strftime("%H:%M:%S").to_string();
        let seconds = entry.at.duration_since(call.started).as_secs().max(0);
        let _ = writeln!(text, "  {at}  {:>6}  {}", format!("{seconds} s"), happened(business, call, entry));
    }
    if let Some(message) = call.message.as_ref().and_then(|message| message.transcript.as_deref()) {
        let _ = writeln!(text, "\nThe message: \"{}\"", message.trim());
    }
    if let Some(promise) = promise {
        let by = words::clock_time(promise.due, &started);
        let state = promise.state.word().replace('_', " ");
        let _ =
            writeln!(text, "\nPromise {}: {} rings back by {by}: {state}.", promise.id.0, rota.name(&promise.owner));
    }
    let _ = writeln!(text, "\nCall {}, at the provider ({}) {}.", call.id.0, call.provider, call.provider_id.0);
    text
}

fn rang(call: &Call) -> String {
    if call.from == Party::Withheld { "A caller without a number".to_owned() } else { caller(call) }
}

/// That nobody is in the plan twice.
fn goes_without_saying(call: &Call, entry: &Entry) -> bool {
    entry.what == Happened::NotRung
        && entry.why == Some(Why::Skipped(Skip::AlreadyInPlan))
        && call.plan.steps.iter().any(|step| Some(&step.who) == entry.who.as_ref())
}

fn ending(business: &Business, call: &Call) -> String {
    if let Some(taken) = accepted(call) {
        let who = name(call, &taken.who, &business.rota);
        let seconds = taken.seconds;
        return match &call.state {
            State::Ended { .. } => format!("{who} took the call after {seconds} s."),
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                format!("{who} took the call after {seconds} s; they are talking.")
            }
        };
    }
    match &call.state {
        State::Ringing { .. } | State::RingingBack { .. } => "It is ringing now.".to_owned(),
        State::Talking { .. } => "They are talking now.".to_owned(),
        State::Promising { .. } => "The caller hears a promise now.".to_owned(),
        State::Ended { outcome: Outcome::Reached { .. }, .. } => "A human took the call.".to_owned(),
        State::Ended { outcome: Outcome::Promised, .. } => "Nobody could take the call; a promise was made.".to_owned(),
        State::Ended { outcome: Outcome::HungUp, .. } => "The caller hung up before anybody took the call.".to_owned(),
        State::Ended { outcome: Outcome::Blocked, .. } => "The caller is blocked; nobody was rung.".to_owned(),
    }
}

fn happened(business: &Business, call: &Call, entry: &Entry) -> String {
    let who = entry.who.as_ref().map_or("", |who| name(call, who, &business.rota));
    let mut line = entry.what.line(who);
    if let Happened::Promised { due } = entry.what {
        let _ = write!(line, " by {}", words::clock_time(due, &business.local(entry.at)));
    }
    if let Some(why) = &entry.why {
        let _ = write!(line, ": {why}");
    }
    line
}
