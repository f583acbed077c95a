//! The rota as a calendar that other programs read or subscribe to (iCalendar).

mod words;

use icalendar::{Calendar, Component, Event};
use jiff::Timestamp;

use crate::domain::line::Line;
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::Shift;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use words::CalendarWords;

/// What of the rota a calendar shows, and from when to when.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    pub rota: &'a Rota,
    pub now: Timestamp,
    pub until: Timestamp,
    /// Only the times in which this person has the phone or is behind.
    pub only: Option<&'a StaffId>,
    pub language: Language,
}

/// Whoever subscribes asks again after this time.
const REFRESH: &str = "PT1H";

pub fn calendar(shown: Shown<'_>) -> String {
    let mut calendar = Calendar::empty();
    let Shown { rota, language, .. } = shown;
    let product = format!("-//Switchboard//Rota//{}", language.code().to_uppercase());
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", product.as_str()));
    calendar.append_property(("X-PUBLISHED-TTL", REFRESH));
    calendar.name(&match shown.only {
        None => CalendarWords(language).who_has_the_phone(&rota.business),
        Some(who) => format!("{}: {}", rota.business, rota.name(who)),
    });
    for line in &rota.lines {
        for shift in rota.shifts_in_whole_turns(line, shown.now, shown.until) {
            if let Some(summary) = summary(shown, line, &shift) {
                calendar.push(event(shown, line, &shift, &summary));
            }
        }
    }
    calendar.done().to_string()
}

/// `None`: this shift is nothing to whom the calendar is for.
fn summary(shown: Shown<'_>, line: &Line, shift: &Shift) -> Option<String> {
    let Shown { rota, only, language, .. } = shown;
    let (people, words) = (&shift.duty.people, CalendarWords(language));
    let first = people.first().map_or_else(|| words.nobody(), |person| person.in_words(rota, language));
    let of_line = if rota.lines.len() > 1 { format!(", {}", words.of_line(&line.id)) } else { String::new() };
    let place = only.map(|who| people.iter().position(|person| person.who == *who));
    match (place, only) {
        (None | Some(Some(0)), _) => Some(words.has_the_phone(first) + &of_line),
        (Some(Some(_)), Some(who)) => Some(words.is_behind(rota.name(who), first) + &of_line),
        (Some(_), _) => None,
    }
}

fn event(shown: Shown<'_>, line: &Line, shift: &Shift, summary: &str) -> Event {
    let Shown { rota, now, only, language, .. } = shown;
    let words = CalendarWords(language);
    let behind: Vec<String> = shift.duty.people.iter().skip(1).map(|person| person.in_words(rota, language)).collect();
    let mut told = vec![words.line(&line.id, line.number.spaced())];
    if !behind.is_empty() {
        told.push(words.behind(behind.join(", ")));
    }
    if let Some(away) = shift.duty.away_in_words(rota, language) {
        told.push(words.away(away));
    }
    // The same shift keeps its id from one export to the next, so that a calendar updates and never doubles. A shift
    // that nothing began has no beginning to be known by.
    let since = if shift.duty.turn.start.is_none() && shift.from <= now {
        "always".to_owned()
    } else {
        shift.from.as_second().to_string()
    };
    // Somebody who subscribes to their own calendar and to everybody's sees both.
    let of = only.map_or_else(String::new, |who| format!("-{who}"));
    let mut event = Event::new();
    event
        .uid(&format!("{}-{since}-{}{of}@switchboard", line.id, line.number.digits()))
        .summary(summary)
        .description(&told.join(" "))
        // On call is not busy: the day stays free for other appointments.
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("DTSTAMP", utc(now))
        .add_property("DTSTART", utc(shift.from))
        .add_property("DTEND", utc(shift.until));
    event.done()
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
