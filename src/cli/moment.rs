//! Times as people type and read them, on the business's wall clock.

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, Zoned};

use super::Failure;
use super::business::Business;
use crate::domain::fields;
use crate::domain::rota::{Rota, wall_clock};

/// Reads `2026-07-15 10:02`, `10:02` for today, or an instant with its offset.
pub(super) fn parse(text: &str, business: &Business) -> Result<Timestamp, Failure> {
    let (rota, now) = (&business.rota, business.now);
    with_offset(text).or_else(|| on_the_clock(text, rota, now)).ok_or_else(|| {
        let example = example(rota, now);
        Failure::Given(format!("`{text}` is not a time: write \"{example}\", or \"10:02\" for today"))
    })
}

/// Reads how far back to look: `7d`, `12h`, `30m`, `2w`, or a date or time as [`parse`] does.
pub(super) fn since(text: &str, business: &Business) -> Result<Timestamp, Failure> {
    let (rota, now) = (&business.rota, business.now);
    let day = || text.trim().parse::<Date>().ok().map(|date| wall_clock::begins(&rota.zone, date.at(0, 0, 0, 0)));
    let back = length(text).and_then(|length| now.checked_sub(length).ok());
    back.or_else(day).or_else(|| with_offset(text)).or_else(|| on_the_clock(text, rota, now)).ok_or_else(|| {
        let example = example(rota, now);
        Failure::Given(format!("`{text}` does not say since when: write 1d, 12h, 2w, or \"{example}\""))
    })
}

/// ISO 8601 with offset, for programs.
pub(super) fn iso(at: Timestamp, rota: &Rota) -> String {
    fields::iso(at, &rota.zone)
}

/// `Wed 15 Jul 10:02`; with its year if that is not this one.
pub(super) fn short(at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let format = if at.year() == now.year() { "%a %-d %b %H:%M" } else { "%a %-d %b %Y %H:%M" };
    at.strftime(format).to_string()
}

fn example(rota: &Rota, now: Timestamp) -> String {
    rota.zone.to_datetime(now).strftime("%Y-%m-%d %H:%M").to_string()
}

fn with_offset(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<Zoned>().ok().map(|zoned| zoned.timestamp()))
}

fn on_the_clock(text: &str, rota: &Rota, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    // A date alone would be read as its midnight, which nobody means.
    let clock = text.contains(':').then(|| text.parse::<DateTime>().ok()).flatten();
    let today = || text.parse::<Time>().ok().map(|time| rota.zone.to_datetime(now).date().to_datetime(time));
    clock.or_else(today).map(|at| wall_clock::begins(&rota.zone, at))
}

fn length(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: i64 = digits.trim().parse().ok().filter(|count| (0..=1_000_000).contains(count))?;
    match unit {
        "m" => Some(SignedDuration::from_mins(count)),
        "h" => Some(SignedDuration::from_hours(count)),
        "d" => Some(SignedDuration::from_hours(count * 24)),
        "w" => Some(SignedDuration::from_hours(count * 24 * 7)),
        _ => None,
    }
}
