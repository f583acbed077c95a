//! What can only be judged of the whole rota: holes, expectations, thin days, rings that never come.

use std::ops::Range;

use jiff::{SignedDuration, Timestamp};

use super::{Customers, Places};
use crate::config::document::Problems;
use crate::config::readback::thin_in_words;
use crate::domain::caller::Caller;
use crate::domain::line::Line;
use crate::domain::plan::{self, Plan};
use crate::domain::rota::outlook::{Gap, Lack};
use crate::domain::rota::{Expect, ExpectedCaller, Rota, wall_clock};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;

/// Holes are looked for in a whole year: both clock changes, every holiday.
const HOLES_AHEAD: SignedDuration = SignedDuration::from_hours(366 * 24);
/// Thin days further ahead are still going to change.
const THIN_DAYS_AHEAD: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);
/// A ring that would be shorter is left out, in seconds.
const RING_SECONDS_MIN: usize = 8;

pub(super) fn check(
    rota: &Rota,
    places: &Places,
    now: Timestamp,
    customers: Option<Customers<'_>>,
    problems: &mut Problems,
) {
    for (line, place) in rota.lines.iter().zip(&places.lines) {
        gaps(rota, line, place, now, problems);
        rings_that_never_come(rota, line, place, problems);
    }
    for (index, place) in places.swaps.iter().enumerate() {
        swap(rota, index, place, problems);
    }
    for (expectation, place) in rota.expectations.iter().zip(&places.expectations) {
        expect(rota, expectation, place, customers, problems);
    }
}

/// A hole is an error, whatever else is thin a warning.
fn gaps(rota: &Rota, line: &Line, place: &Range<usize>, now: Timestamp, problems: &mut Problems) {
    let until = now.checked_add(HOLES_AHEAD).unwrap_or(Timestamp::MAX);
    let soon = now.checked_add(THIN_DAYS_AHEAD).unwrap_or(Timestamp::MAX);
    let gaps = rota.gaps(line, now, until);
    let (holes, thin): (Vec<&Gap>, Vec<&Gap>) = gaps.iter().partition(|gap| gap.lack == Lack::Anybody);
    for words in thin_in_words(rota, &holes, Language::English) {
        let remedy = "add somebody who can ring then, a cover, a [[holiday]], or shorten the [hours]";
        problems.error(place, format!("a hole in open hours: {words}"), remedy);
    }
    let thin: Vec<&Gap> = thin.into_iter().filter(|gap| gap.from < soon).collect();
    for words in thin_in_words(rota, &thin, Language::English) {
        problems.warning(place, words, "add a cover, or one more of `backups`");
    }
}

/// Whoever's ring begins after `at_most` is never rung.
fn rings_that_never_come(rota: &Rota, line: &Line, place: &Range<usize>, problems: &mut Problems) {
    let hands: Vec<&StaffId> = line.rota.order.iter().take(line.rota.backups.saturating_add(1)).collect();
    let owner = (!hands.contains(&&rota.owner)).then_some(&rota.owner);
    let (each, at_most) = (usize::from(line.ring.each), usize::from(line.ring.at_most));
    let rings = hands.len() + usize::from(owner.is_some());
    let left_out = (0..rings).filter(|before| before * each + RING_SECONDS_MIN.min(each) > at_most).count();
    if left_out > 0 {
        let never =
            if left_out == 1 { "the last never rings".to_owned() } else { format!("the last {left_out} never ring") };
        let what = format!(
            "{rings} people at {each} seconds ring for {} seconds, but a call for {at_most} at most: {never}",
            rings * each
        );
        problems.warning(place, what, "raise `at_most`, or lower `each` or `backups`");
    }
}

fn swap(rota: &Rota, index: usize, place: &Range<usize>, problems: &mut Problems) {
    let Some(swap) = rota.swaps.get(index) else { return };
    let order_of = |line: &Line| -> Vec<StaffId> {
        let noon = wall_clock::begins(&rota.zone, swap.turn.at(12, 0, 0, 0));
        let turns = line.rota.turns_between(&rota.zone, noon, noon + SignedDuration::from_hours(12));
        let number = line.rota.number_on(swap.turn);
        let turn = turns.iter().find(|turn| Some(turn.number) == number).or(turns.first());
        turn.map(|turn| line.rota.order_in(*turn).cloned().collect()).unwrap_or_default()
    };
    let orders: Vec<Vec<StaffId>> = rota.lines.iter().map(order_of).collect();
    if orders.iter().any(|order| order.contains(&swap.give)) {
        return;
    }
    let present = orders.first().map(|order| names(order)).unwrap_or_default();
    let what = format!("`{}` has no place in the turn of {}", swap.give, swap.turn);
    problems.error(place, what, format!("that turn has {present}: one of them can give it"));
}

fn expect(
    rota: &Rota,
    expectation: &Expect,
    place: &Range<usize>,
    customers: Option<Customers<'_>>,
    problems: &mut Problems,
) {
    let line = match &expectation.line {
        Some(id) => rota.line(id),
        None => rota.lines.first(),
    };
    let Some(line) = line else { return };
    let customer = customers.and_then(|customers| customers(&expectation.caller)).map(Box::new);
    let (caller, from) = match (&expectation.caller, customer) {
        (ExpectedCaller::Anyone, _) => (Caller::Unknown, None),
        (ExpectedCaller::Number(phone), Some(customer)) => (Caller::Customer(customer), Some(*phone)),
        (ExpectedCaller::Number(phone), None) => (Caller::Stranger(*phone), Some(*phone)),
        (ExpectedCaller::Customer(_), Some(customer)) => (Caller::Customer(customer), None),
        (ExpectedCaller::Customer(name), None) => {
            if customers.is_some() {
                let what = format!("no customer is called `{name}`");
                problems.error(place, what, "write the customer's name as it was imported, a number, or \"anyone\"");
            }
            return;
        }
    };
    let at = wall_clock::begins(&rota.zone, expectation.at);
    let plan = plan::make(rota, line, &rota.duty(line, at), &caller, from, true);
    if plan.steps.iter().map(|step| &step.who).eq(&expectation.rings) {
        return;
    }
    let rings: Vec<StaffId> = plan.steps.iter().map(|step| step.who.clone()).collect();
    let would = if rings.is_empty() { "nobody, and a promise is made".to_owned() } else { names(&rings) };
    let what = format!("this does not hold: on {} it rings {would}", expectation.at.strftime("%a %-d %b %Y at %H:%M"));
    problems.error(place, format!("{what}{}", missing(&plan, &expectation.rings)), remedy(&rings));
}

/// Why those who were expected do not ring, as far as the plan knows.
fn missing(plan: &Plan, expected: &[StaffId]) -> String {
    let why: Vec<String> = plan
        .skipped
        .iter()
        .filter(|skipped| expected.contains(&skipped.who) && !plan.steps.iter().any(|step| step.who == skipped.who))
        .map(|skipped| format!("`{}` is not rung: {}", skipped.who, skipped.reason))
        .collect();
    if why.is_empty() { String::new() } else { format!("; {}", why.join("; ")) }
}

fn remedy(rings: &[StaffId]) -> String {
    let quoted: Vec<String> = rings.iter().map(|id| format!("\"{id}\"")).collect();
    format!("change the rota until it holds; or, if this is what you want, write rings = [{}]", quoted.join(", "))
}

fn names(ids: &[StaffId]) -> String {
    crate::config::document::listed(&ids.iter().map(StaffId::as_str).collect::<Vec<_>>())
}
