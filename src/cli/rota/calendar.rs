//! The rota as a calendar that other programs subscribe to.

use icalendar::{Calendar, Component, Event};
use jiff::Timestamp;

use super::{away_in_words, person_in_words, shifts};
use crate::cli::business::Business;
use crate::domain::line::Line;
use crate::domain::rota::outlook::Shift;

pub(super) fn calendar(business: &Business, until: Timestamp) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Switchboard//Rota//EN"));
    calendar.name(&format!("{}: who has the phone", business.rota.business));
    for line in &business.rota.lines {
        for shift in shifts(business, line, until) {
            calendar.push(event(business, line, &shift));
        }
    }
    calendar.done().to_string()
}

fn event(business: &Business, line: &Line, shift: &Shift) -> Event {
    let rota = &*business.rota;
    let mut people = shift.duty.people.iter().map(|person| person_in_words(rota, person));
    let first = people.next().unwrap_or_else(|| "Nobody".to_owned());
    let behind: Vec<String> = people.collect();
    let of_line = if rota.lines.len() > 1 { format!(", line {}", line.id) } else { String::new() };
    let mut words = vec![format!("Line {}, {}.", line.id, line.number.spaced())];
    if !behind.is_empty() {
        words.push(format!("Behind: {}.", behind.join(", ")));
    }
    if let Some(away) = away_in_words(rota, &shift.duty) {
        words.push(format!("Away: {away}."));
    }
    // The same shift keeps its id from one export to the next, so that a calendar updates and never doubles. A shift
    // that nothing began has no beginning to be known by.
    let since = if shift.duty.turn.start.is_none() && shift.from <= business.now {
        "always".to_owned()
    } else {
        shift.from.as_second().to_string()
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}-{since}-{}@switchboard", line.id, line.number.digits()))
        .summary(&format!("{first} has the phone{of_line}"))
        .description(&words.join(" "))
        // On call is not busy: the day stays free for other appointments.
        .add_property("TRANSP", "TRANSPARENT")
        .add_property("DTSTAMP", utc(business.now))
        .add_property("DTSTART", utc(shift.from))
        .add_property("DTEND", utc(shift.until));
    event.done()
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
