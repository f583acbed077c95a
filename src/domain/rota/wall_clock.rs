//! From the wall clock to instants, on the two odd days of the year too.
//!
//! A beginning is the first occurrence of its clock time, an end the last, and a time that the
//! clocks jump over is the first instant after the jump: things overlap rather than leave a hole.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};

use super::hours::ClockTime;

/// A Monday, from which days are counted so that weekdays are a remainder.
const MONDAY: Date = date(1970, 1, 5);

/// More days than there are dates either side of [`MONDAY`].
const DAYS_MAX: i64 = 5_000_000;

/// The instant at which something begins that begins at this clock time.
pub fn begins(zone: &TimeZone, at: DateTime) -> Timestamp {
    let wall = zone.to_ambiguous_timestamp(at);
    let instant = match wall.offset() {
        AmbiguousOffset::Gap { .. } => return after_jump(zone, at),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => wall.earlier(),
    };
    instant.unwrap_or_else(|_| end_of_time(at))
}

/// The first instant that no longer belongs to something that ends at this clock time.
pub fn ends(zone: &TimeZone, at: DateTime) -> Timestamp {
    let wall = zone.to_ambiguous_timestamp(at);
    let instant = match wall.offset() {
        AmbiguousOffset::Gap { .. } => return after_jump(zone, at),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => wall.later(),
    };
    instant.unwrap_or_else(|_| end_of_time(at))
}

/// The instant without the seconds of its clock time: what is spoken is what is kept. Zones differ from UTC by
/// whole minutes.
pub fn whole_minute(at: Timestamp) -> Timestamp {
    at.round(TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Floor)).unwrap_or(at)
}

/// Whether `at` lies between two clock times. `local` is `at` on the wall clock; it settles most
/// questions without asking the zone.
pub(super) fn within(zone: &TimeZone, from: DateTime, until: DateTime, at: Timestamp, local: DateTime) -> bool {
    let far = |a: DateTime, b: DateTime| day_number(a.date()) > day_number(b.date()) + 1;
    if far(from, local) || far(local, until) {
        return false;
    }
    (far(local, from) || begins(zone, from) <= at) && (far(until, local) || at < ends(zone, until))
}

/// Whether `at` lies on this date.
pub(super) fn on_date(zone: &TimeZone, date: Date, at: Timestamp, local: DateTime) -> bool {
    within(zone, midnight(date), clock(date, ClockTime(24 * 60)), at, local)
}

/// A clock time of a date; `24:00` and later run into the following days.
pub(super) fn clock(date: Date, time: ClockTime) -> DateTime {
    midnight(date).saturating_add(SignedDuration::from_mins(i64::from(time.0)))
}

pub(super) fn midnight(date: Date) -> DateTime {
    date.at(0, 0, 0, 0)
}

/// Days since a fixed Monday.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(MONDAY).as_hours() / 24
}

/// The reverse of [`day_number`]; beyond the calendar, its first or last date.
pub(super) fn date_of(day_number: i64) -> Date {
    MONDAY.saturating_add(SignedDuration::from_hours(day_number.clamp(-DAYS_MAX, DAYS_MAX) * 24))
}

fn after_jump(zone: &TimeZone, at: DateTime) -> Timestamp {
    let Ok(before) = zone.to_ambiguous_timestamp(at).earlier() else { return end_of_time(at) };
    zone.following(before).next().map_or(before, |change| change.timestamp())
}

/// Clock times that no instant can express lie at the very ends of the calendar.
fn end_of_time(at: DateTime) -> Timestamp {
    if at.year() < 0 { Timestamp::MIN } else { Timestamp::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    fn local(zone: &TimeZone, at: Timestamp) -> String {
        at.to_zoned(zone.clone()).strftime("%a %-d %b %H:%M %z").to_string()
    }

    #[test]
    fn a_time_that_comes_twice_begins_with_the_first_and_ends_with_the_last() {
        let london = zone("Europe/London");
        let twice = date(2026, 10, 25).at(1, 30, 0, 0);
        assert_eq!(local(&london, begins(&london, twice)), "Sun 25 Oct 01:30 +0100");
        assert_eq!(local(&london, ends(&london, twice)), "Sun 25 Oct 01:30 +0000");
    }

    #[test]
    fn a_time_that_never_comes_is_the_first_instant_after() {
        for (name, missing, expected) in [
            ("Europe/London", date(2026, 3, 29).at(1, 30, 0, 0), "Sun 29 Mar 02:00 +0100"),
            ("Africa/Cairo", date(2026, 4, 24).at(0, 0, 0, 0), "Fri 24 Apr 01:00 +0300"),
            ("Australia/Lord_Howe", date(2026, 10, 4).at(2, 15, 0, 0), "Sun 4 Oct 02:30 +1100"),
            ("Pacific/Apia", date(2011, 12, 30).at(9, 0, 0, 0), "Sat 31 Dec 00:00 +1400"),
        ] {
            let zone = zone(name);
            assert_eq!(local(&zone, begins(&zone, missing)), expected);
            assert_eq!(local(&zone, ends(&zone, missing)), expected);
        }
    }

    #[test]
    fn dates_and_their_numbers_agree_and_weekdays_are_a_remainder() {
        for day in -800_000..800_000_i64 {
            let date = date_of(day);
            assert_eq!(day_number(date), day);
            assert_eq!(i64::from(date.weekday().to_monday_zero_offset()), day.rem_euclid(7));
        }
        assert_eq!(date_of(i64::MAX), Date::MAX);
        assert_eq!(date_of(i64::MIN), Date::MIN);
    }
}
