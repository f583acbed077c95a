//! The report against a recount by hand.

use jiff::Timestamp;
use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Call, State};
use switchboard::domain::outcome::Outcome;
use switchboard::domain::promise::Promise;
use switchboard::domain::report::Tally;
use switchboard::domain::staff::StaffId;
use switchboard::store::calls::Stored;

use super::witness::Record;

pub(super) fn agrees_with_the_report(record: &Record, now: Timestamp) -> Result<(), String> {
    let mut tally = Tally::default();
    record.calls.iter().for_each(|Stored { call, .. }| tally.call(call));
    record.promises.iter().for_each(|promise| tally.promise(promise, now));
    let report = tally.report();
    let calls: Vec<&Call> = record.calls.iter().map(|stored| &stored.call).collect();
    let ended = |word: &str| count(&calls, |call| call.outcome().is_some_and(|outcome| outcome.word() == word));
    let (reached, promised, hung_up) = (ended("reached"), ended("promised"), ended("hung_up"));
    let open: Vec<&Promise> = record.promises.iter().filter(|promise| promise.is_unsettled()).collect();
    let overdue = open.iter().filter(|promise| promise.due < now).count();
    let mut pairs = vec![
        ("reached", report.calls.reached, reached),
        ("promised", report.calls.promised, promised),
        ("hung up", report.calls.hung_up, hung_up),
        ("blocked", report.calls.blocked, ended("blocked")),
        ("live", report.calls.live, count(&calls, |call| call.outcome().is_none())),
        ("all", report.calls.all(), number(calls.len())),
        ("reached of", report.reached.of, reached + promised + hung_up),
        ("promises", report.promises.made, number(record.promises.len())),
        ("open", report.promises.open, number(open.len())),
        ("kept", report.promises.kept, number(record.promises.len() - open.len())),
        ("overdue", report.promises.overdue, number(overdue)),
        ("median", report.wait.median.unwrap_or(0), wait(&calls, 50)),
        ("p90", report.wait.p90.unwrap_or(0), wait(&calls, 90)),
    ];
    for person in &report.people {
        // A broken one counts for whoever broke it, not for the owner of the business, who inherits it.
        let gave =
            |promise: &Promise| promise.broken.as_ref().map_or(&promise.owner, |broken| &broken.by) == &person.who;
        let owns = record.promises.iter().filter(|promise| gave(promise)).count();
        pairs.push(("a person's promises", person.promises.made, number(owns)));
        pairs.push(("a person's rings", person.rung, count(&calls, |call| rang(call, &person.who))));
        pairs.push(("a person's calls", person.took, count(&calls, |call| took(call).as_ref() == Some(&person.who))));
    }
    match pairs.iter().find(|(_, reported, counted)| reported != counted) {
        None => Ok(()),
        Some((what, reported, counted)) => Err(format!("{what}: reported {reported}, counted {counted}\n{report:?}")),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

fn count(calls: &[&Call], fits: impl Fn(&Call) -> bool) -> u32 {
    number(calls.iter().filter(|call| fits(call)).count())
}

fn rang(call: &Call, who: &StaffId) -> bool {
    call.story.iter().any(|entry| matches!(entry.what, Happened::Rings { .. }) && entry.who.as_ref() == Some(who))
}

fn took(call: &Call) -> Option<StaffId> {
    match &call.state {
        State::Talking { step, .. } => Some(call.plan.steps[usize::from(*step)].who.clone()),
        State::Ended { outcome: Outcome::Reached { who, .. }, .. } => Some(who.clone()),
        _ => None,
    }
}

/// The shortest wait that so many per cent of the callers who were reached did not exceed.
fn wait(calls: &[&Call], percent: usize) -> u32 {
    let waits: Vec<i64> = calls
        .iter()
        .filter_map(|call| match call.outcome()? {
            Outcome::Reached { at, .. } => Some(at.duration_since(call.started).as_secs()),
            _ => None,
        })
        .collect();
    let enough = |wait: &&i64| waits.iter().filter(|other| other <= wait).count() * 100 >= waits.len() * percent;
    waits.iter().filter(enough).min().map_or(0, |wait| u32::try_from(*wait).unwrap_or(0))
}
