//! `[[holiday]]`: a day with its own hours.

use super::{Known, hours, phrases};
use crate::config::document::{Problems, Section};
use crate::domain::rota::holiday::Holiday;

const KEYS: &[&str] = &["date", "name", "hours", "on_call"];

pub(super) fn holidays(root: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Vec<Holiday> {
    let mut found: Vec<Holiday> = Vec::new();
    for section in root.sections("holiday", problems) {
        let Some(holiday) = holiday(&section, known, problems) else { continue };
        let place = section.get("date").map_or_else(|| section.place.clone(), |entry| entry.place());
        if let Some(other) = found.iter().find(|other| other.date == holiday.date) {
            let what = format!("{} is {} already", holiday.date, other.name);
            problems.error(&place, what, "make one holiday of the two");
        }
        if holiday.date < known.today {
            let what = format!("{} was on {}: it is over", holiday.name, holiday.date);
            problems.warning(&place, what, "write its next date, or delete it");
        }
        if holiday.hours.is_none() && holiday.on_call.is_none() {
            let what = format!("{} changes nothing", holiday.name);
            problems.warning(&section.place, what, "add hours = \"closed\", its hours, or on_call");
        }
        found.push(holiday);
    }
    found
}

fn holiday(section: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<Holiday> {
    section.only(KEYS, problems);
    if !section.has("date") {
        section.missing("date", "date = 2026-12-25", problems);
    }
    let date = section
        .get("date")
        .and_then(|entry| entry.moment("date = 2026-12-25", problems))
        .and_then(|text| phrases::date(&text, problems));
    let name = section.required_text("name", "name = \"Christmas Day\"", problems);
    let hours = match section.get("hours") {
        Some(entry) => Some(hours::spans(&entry, problems)?),
        None => None,
    };
    let on_call = if section.has("on_call") {
        let name = section.text("on_call", "on_call = \"sam\"", problems)?;
        Some(known.person(&name, problems)?)
    } else {
        None
    };
    Some(Holiday { date: date?, name: name?.value.to_owned(), hours, on_call })
}
