//! Times, hours and people as they are said.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan as _};

use super::sentences::ReadBackWords;
use crate::domain::plan::Reason;
use crate::domain::rota::Rota;
use crate::domain::rota::duty::OnDuty;
use crate::domain::rota::hours::{ClockTime, Hours, Span};
use crate::domain::words::Language;

/// A Monday, to name the days of the week by.
const MONDAY: Date = Date::constant(2026, 1, 5);

/// `Mon 23 Nov 2026 08:30` on the business's wall clock.
pub(super) fn at(rota: &Rota, at: Timestamp, language: Language) -> String {
    moment(rota.zone.to_datetime(at), language)
}

/// `Mon 23 Nov 2026`
pub(super) fn day(date: Date, language: Language) -> String {
    format!("{} {}", language.short_date(date), date.year())
}

/// The clock time is left out at the beginning of a day.
pub(super) fn moment(at: DateTime, language: Language) -> String {
    let day = day(at.date(), language);
    if at.time() == Time::midnight() { day } else { format!("{day} {}", at.strftime("%H:%M")) }
}

/// The end of something that lasts up to here: midnight is the whole day before.
pub(super) fn last_moment(until: DateTime, language: Language) -> String {
    match until.date().yesterday() {
        Ok(last) if until.time() == Time::midnight() => day(last, language),
        Ok(_) | Err(_) => moment(until, language),
    }
}

/// `Mon-Fri 08:30-12:30 and 13:15-17:30, Sat 09:00-13:00; closed Sun`
pub(super) fn week(hours: &Hours, words: ReadBackWords) -> String {
    let mut runs: Vec<(usize, usize, &Vec<Span>)> = Vec::new();
    for (index, spans) in hours.days.iter().enumerate() {
        match runs.last_mut() {
            Some((_, last, of)) if *of == spans => *last = index,
            Some(_) | None => runs.push((index, index, spans)),
        }
    }
    let date = |index: usize| i64::try_from(index).ok().and_then(|days| MONDAY.checked_add(days.days()).ok());
    let name = |index: usize| words.0.short_weekday(date(index).unwrap_or(MONDAY));
    let days = |first: usize, last: usize| {
        if first == last { name(first) } else { format!("{}-{}", name(first), name(last)) }
    };
    let open: Vec<String> = runs
        .iter()
        .filter(|(_, _, of)| !of.is_empty())
        .map(|(first, last, of)| format!("{} {}", days(*first, *last), spans(of, words)))
        .collect();
    let closed: Vec<String> =
        runs.iter().filter(|(_, _, of)| of.is_empty()).map(|(first, last, _)| days(*first, *last)).collect();
    let open = open.join(", ");
    if closed.is_empty() { open } else { words.closed_on(open, closed.join(", ")) }
}

/// `08:30-12:30 and 13:15-17:30`
pub(super) fn spans(spans: &[Span], words: ReadBackWords) -> String {
    let one = |span: &Span| match (span.start.0, span.end.0) {
        (0, 1440) => words.all_day(),
        _ => format!("{}-{}", clock(span.start), clock(span.end)),
    };
    let each: Vec<String> = spans.iter().map(one).collect();
    listed(&each.iter().map(String::as_str).collect::<Vec<_>>(), words.0)
}

fn clock(time: ClockTime) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}

/// `a, b and c`
pub(super) fn listed(words: &[&str], language: Language) -> String {
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => ReadBackWords(language).and(rest.join(", "), last),
        None => String::new(),
    }
}

/// The name, and why they are there unless it is simply their place.
pub(super) fn person(rota: &Rota, person: &OnDuty, words: ReadBackWords) -> String {
    let name = rota.name(&person.who);
    match &person.reason {
        Reason::Covers { absent } => words.stands_for(name, absent),
        Reason::Swapped { with, said } => words.swapped(name, with) + &said.in_words(words.0),
        Reason::Holiday { name: holiday } => words.stands_for(name, holiday),
        Reason::Owner => words.as_owner(name),
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
