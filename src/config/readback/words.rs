//! Times, hours and people as they are said.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use crate::domain::plan::Reason;
use crate::domain::rota::Rota;
use crate::domain::rota::duty::OnDuty;
use crate::domain::rota::hours::{ClockTime, Hours, Span};

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `Mon 23 Nov 2026 08:30` on the business's wall clock.
pub(super) fn at(rota: &Rota, at: Timestamp) -> String {
    moment(rota.zone.to_datetime(at))
}

/// `Mon 23 Nov 2026`
pub(super) fn day(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}

/// The clock time is left out at the beginning of a day.
pub(super) fn moment(at: DateTime) -> String {
    let format = if at.time() == Time::midnight() { "%a %-d %b %Y" } else { "%a %-d %b %Y %H:%M" };
    at.strftime(format).to_string()
}

/// The end of something that lasts up to here: midnight is the whole day before.
pub(super) fn last_moment(until: DateTime) -> String {
    match until.date().yesterday() {
        Ok(last) if until.time() == Time::midnight() => day(last),
        Ok(_) | Err(_) => moment(until),
    }
}

/// `Mon-Fri 08:30-12:30 and 13:15-17:30, Sat 09:00-13:00; closed Sun`
pub(super) fn week(hours: &Hours) -> String {
    let mut runs: Vec<(usize, usize, &Vec<Span>)> = Vec::new();
    for (index, spans) in hours.days.iter().enumerate() {
        match runs.last_mut() {
            Some((_, last, of)) if *of == spans => *last = index,
            Some(_) | None => runs.push((index, index, spans)),
        }
    }
    let name = |index: usize| DAYS.get(index).copied().unwrap_or_default();
    let days = |first: usize, last: usize| {
        if first == last { name(first).to_owned() } else { format!("{}-{}", name(first), name(last)) }
    };
    let open: Vec<String> = runs
        .iter()
        .filter(|(_, _, of)| !of.is_empty())
        .map(|(first, last, of)| format!("{} {}", days(*first, *last), spans(of)))
        .collect();
    let closed: Vec<String> =
        runs.iter().filter(|(_, _, of)| of.is_empty()).map(|(first, last, _)| days(*first, *last)).collect();
    if closed.is_empty() { open.join(", ") } else { format!("{}; closed {}", open.join(", "), closed.join(", ")) }
}

/// `08:30-12:30 and 13:15-17:30`
pub(super) fn spans(spans: &[Span]) -> String {
    let one = |span: &Span| match (span.start.0, span.end.0) {
        (0, 1440) => "all day".to_owned(),
        _ => format!("{}-{}", clock(span.start), clock(span.end)),
    };
    let each: Vec<String> = spans.iter().map(one).collect();
    listed(&each.iter().map(String::as_str).collect::<Vec<_>>())
}

fn clock(time: ClockTime) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// `2 hours`, `45 minutes`, `1 day`
pub(super) fn length(minutes: u32) -> String {
    let (count, unit) = match minutes {
        m if m % (24 * 60) == 0 => (m / (24 * 60), "day"),
        m if m % 60 == 0 => (m / 60, "hour"),
        m => (m, "minute"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// `a, b and c`
pub(super) fn listed(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The name, and why they are there unless it is simply their place.
pub(super) fn person(rota: &Rota, person: &OnDuty) -> String {
    let name = rota.name(&person.who);
    match &person.reason {
        Reason::Covers { absent } => format!("{name} (for {absent})"),
        Reason::Swapped { with, said } => format!("{name} (swapped with {with}){said}"),
        Reason::Holiday { name: holiday } => format!("{name} (for {holiday})"),
        Reason::Owner => format!("{name} (owner)"),
        Reason::OnCall { .. }
        | Reason::Backup
        | Reason::UsualPerson
        | Reason::LearnedUsualPerson { .. }
        | Reason::CoversUsualPerson { .. }
        | Reason::SecondConversation
        | Reason::ThirdConversation
        | Reason::AsPlanned => name.to_owned(),
    }
}
