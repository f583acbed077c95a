//! Both clock changes, in half-minute steps: these handovers and no others, these openings and no others.

use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::hours::Hours;
use switchboard::domain::rota::rotation::{Rotate, Rotation};

use super::business::*;

const HALF_MINUTE: SignedDuration = SignedDuration::from_secs(30);

/// Every instant of a number of days at which what `look` sees is not what it saw before, as people
/// there would tell the time.
fn changes<T: PartialEq>(rota: &Rota, from: &str, days: i64, look: impl Fn(Timestamp) -> T) -> Vec<String> {
    let end = at(rota, from) + SignedDuration::from_hours(24 * days);
    let mut now = at(rota, from);
    let mut seen = look(now - HALF_MINUTE);
    let mut told_at = Vec::new();
    while now < end {
        let sees = look(now);
        if sees != seen {
            told_at.push(told(rota, now));
        }
        seen = sees;
        now += HALF_MINUTE;
    }
    told_at
}

fn handovers(zone: &str, rotate: Rotate, from: &str, days: i64) -> Vec<String> {
    let rota = plain(zone, Rotation { rotate, backups: 0, ..fixed(&["a", "b", "c"]) });
    let line = &rota.lines[0];
    let seen = changes(&rota, from, days, |at| line.rota.turn_at(&rota.zone, at));
    let until = at(&rota, from) + SignedDuration::from_hours(24 * days);
    let shifts = rota.shifts(line, at(&rota, from) - HALF_MINUTE, until);
    let names: Vec<_> = shifts.iter().map(|shift| shift.duty.people[0].who.as_str()).collect();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a new turn is always another person's: {names:?}");
    let begun: Vec<_> = shifts.iter().skip(1).map(|shift| told(&rota, shift.from)).collect();
    assert_eq!(seen, begun, "the list of shifts says the same as the walk");
    seen
}

fn openings(zone: &str, hours: [&[&str]; 7], from: &str, days: i64) -> Vec<String> {
    let mut rota = plain(zone, fixed(&["a"]));
    rota.lines[0].hours = Hours { days: hours.map(|spans| spans.iter().map(|text| span(text)).collect()) };
    let calendar = rota.calendar(&rota.lines[0]);
    let seen = changes(&rota, from, days, |at| calendar.is_open(at));
    let start = at(&rota, from);
    let until = start + SignedDuration::from_hours(24 * days);
    let mut edges: Vec<Timestamp> = Vec::new();
    for opening in calendar.openings_between(start - HALF_MINUTE, until) {
        if edges.pop_if(|end| *end == opening.start).is_none() {
            edges.push(opening.start);
        }
        edges.push(opening.end);
    }
    edges.retain(|edge| start <= *edge && *edge < until);
    let listed: Vec<_> = edges.into_iter().map(|edge| told(&rota, edge)).collect();
    assert_eq!(seen, listed, "the list of openings says the same as the walk");
    seen
}

fn weekly(day: Weekday, time: &str) -> Rotate {
    Rotate::Weekly { day, at: clock(time) }
}

fn daily(time: &str, days: [bool; 7]) -> Rotate {
    Rotate::Daily { at: clock(time), days }
}

const EVERY_DAY: [bool; 7] = [true; 7];

#[test]
fn a_weekly_handover_keeps_its_clock_time_in_london() {
    assert_eq!(
        handovers("Europe/London", weekly(Weekday::Monday, "08:30"), "2026-03-20", 17),
        ["Mon 23 Mar 08:30 +0000", "Mon 30 Mar 08:30 +0100"]
    );
    assert_eq!(
        handovers("Europe/London", weekly(Weekday::Sunday, "01:30"), "2026-03-25", 12),
        ["Sun 29 Mar 02:00 +0100", "Sun 5 Apr 01:30 +0100"],
        "there is no 01:30, so the first instant after"
    );
    assert_eq!(
        handovers("Europe/London", weekly(Weekday::Sunday, "01:30"), "2026-10-16", 17),
        ["Sun 18 Oct 01:30 +0100", "Sun 25 Oct 01:30 +0100", "Sun 1 Nov 01:30 +0000"],
        "01:30 comes twice: the first begins the turn"
    );
}

#[test]
fn a_weekly_handover_keeps_its_clock_time_in_new_york() {
    assert_eq!(
        handovers("America/New_York", weekly(Weekday::Sunday, "02:30"), "2026-02-28", 17),
        ["Sun 1 Mar 02:30 -0500", "Sun 8 Mar 03:00 -0400", "Sun 15 Mar 02:30 -0400"]
    );
    assert_eq!(
        handovers("America/New_York", weekly(Weekday::Sunday, "01:00"), "2026-10-24", 17),
        ["Sun 25 Oct 01:00 -0400", "Sun 1 Nov 01:00 -0400", "Sun 8 Nov 01:00 -0500"]
    );
    assert_eq!(
        handovers("America/New_York", weekly(Weekday::Sunday, "02:00"), "2026-10-31", 3),
        ["Sun 1 Nov 02:00 -0500"],
        "02:00 comes once"
    );
}

#[test]
fn a_weekly_handover_keeps_its_clock_time_where_clocks_move_by_half_an_hour() {
    assert_eq!(
        handovers("Australia/Lord_Howe", weekly(Weekday::Sunday, "01:45"), "2026-04-03", 10),
        ["Sun 5 Apr 01:45 +1100", "Sun 12 Apr 01:45 +1030"]
    );
    assert_eq!(
        handovers("Australia/Lord_Howe", weekly(Weekday::Sunday, "02:15"), "2026-10-02", 10),
        ["Sun 4 Oct 02:30 +1100", "Sun 11 Oct 02:15 +1100"]
    );
}

#[test]
fn a_handover_at_midnight_is_not_lost_where_clocks_change_at_midnight() {
    assert_eq!(
        handovers("Africa/Cairo", weekly(Weekday::Friday, "00:00"), "2026-04-15", 20),
        ["Fri 17 Apr 00:00 +0200", "Fri 24 Apr 01:00 +0300", "Fri 1 May 00:00 +0300"]
    );
    assert_eq!(
        handovers("Africa/Cairo", daily("00:00", EVERY_DAY), "2026-10-28", 4),
        ["Wed 28 Oct 00:00 +0300", "Thu 29 Oct 00:00 +0300", "Fri 30 Oct 00:00 +0200", "Sat 31 Oct 00:00 +0200"]
    );
    assert_eq!(
        handovers("Africa/Cairo", daily("23:30", EVERY_DAY), "2026-10-28", 4),
        ["Wed 28 Oct 23:30 +0300", "Thu 29 Oct 23:30 +0300", "Fri 30 Oct 23:30 +0200"]
    );
}

#[test]
fn where_clocks_never_change_a_week_is_a_week() {
    assert_eq!(
        handovers("Asia/Kolkata", weekly(Weekday::Thursday, "00:00"), "2026-03-24", 17),
        ["Thu 26 Mar 00:00 +0530", "Thu 2 Apr 00:00 +0530", "Thu 9 Apr 00:00 +0530"]
    );
}

#[test]
fn a_daily_rota_counts_open_days_only_so_that_weekends_starve_nobody() {
    let working_days = [true, true, true, true, true, false, false];
    assert_eq!(
        handovers("Europe/London", daily("08:30", working_days), "2026-03-26", 7),
        [
            "Thu 26 Mar 08:30 +0000",
            "Fri 27 Mar 08:30 +0000",
            "Mon 30 Mar 08:30 +0100",
            "Tue 31 Mar 08:30 +0100",
            "Wed 1 Apr 08:30 +0100"
        ]
    );
    assert_eq!(
        handovers("Europe/London", daily("01:30", EVERY_DAY), "2026-10-24", 3),
        ["Sat 24 Oct 01:30 +0100", "Sun 25 Oct 01:30 +0100", "Mon 26 Oct 01:30 +0000"]
    );
}

#[test]
fn a_rota_that_is_fixed_or_never_open_is_never_handed_over() {
    for rotate in [Rotate::Fixed, daily("08:30", [false; 7])] {
        assert!(handovers("Europe/London", rotate, "2026-03-20", 17).is_empty());
    }
}

#[test]
fn opening_hours_open_with_the_first_and_close_with_the_last_of_a_time_that_comes_twice() {
    let nights: [&[&str]; 7] = [&["22:00-01:30"]; 7];
    assert_eq!(
        openings("Europe/London", nights, "2026-10-24", 3),
        [
            "Sat 24 Oct 01:30 +0100",
            "Sat 24 Oct 22:00 +0100",
            "Sun 25 Oct 01:30 +0000",
            "Sun 25 Oct 22:00 +0000",
            "Mon 26 Oct 01:30 +0000",
            "Mon 26 Oct 22:00 +0000"
        ]
    );
    let mut once: [&[&str]; 7] = [&[]; 7];
    once[6] = &["01:15-01:45", "01:50-03:00"];
    assert_eq!(
        openings("Europe/London", once, "2026-10-25", 1),
        ["Sun 25 Oct 01:15 +0100", "Sun 25 Oct 03:00 +0000"],
        "the second part has begun before the first has ended for good"
    );
}

#[test]
fn opening_hours_that_the_clocks_jump_over_are_shortened_or_gone() {
    let mut sunday: [&[&str]; 7] = [&[]; 7];
    sunday[6] = &["01:10-01:50", "01:55-04:00"];
    assert_eq!(
        openings("Europe/London", sunday, "2026-03-28", 3),
        ["Sun 29 Mar 02:00 +0100", "Sun 29 Mar 04:00 +0100"]
    );
}

#[test]
fn a_line_that_is_always_open_stays_open_through_every_clock_change() {
    for (zone, from) in [
        ("Europe/London", "2026-03-28"),
        ("Europe/London", "2026-10-24"),
        ("America/New_York", "2026-03-07"),
        ("America/New_York", "2026-10-31"),
        ("Australia/Lord_Howe", "2026-04-04"),
        ("Australia/Lord_Howe", "2026-10-03"),
        ("Africa/Cairo", "2026-04-23"),
        ("Africa/Cairo", "2026-10-29"),
        ("America/Havana", "2026-10-31"),
    ] {
        let rota = plain(zone, fixed(&["a"]));
        let calendar = rota.calendar(&rota.lines[0]);
        let closed = changes(&rota, from, 3, |at| calendar.is_open(at));
        assert!(closed.is_empty(), "{zone} {from}: {closed:?}");
    }
}

#[test]
fn whole_days_away_and_holidays_begin_and_end_at_midnight_however_the_clocks_go() {
    let mut rota = plain("Africa/Cairo", fixed(&["a", "b"]));
    rota.away = vec![away("a", "2026-04-24 00:00", "2026-04-25 00:00", None)];
    rota.holidays = vec![holiday("2026-10-29", "Last long evening", None, Some("d"))];
    let first = |at| rota.duty(&rota.lines[0], at).people[0].who.clone();
    assert_eq!(changes(&rota, "2026-04-22", 5, first), ["Fri 24 Apr 01:00 +0300", "Sat 25 Apr 00:00 +0300"]);
    assert_eq!(changes(&rota, "2026-10-28", 4, first), ["Thu 29 Oct 00:00 +0300", "Fri 30 Oct 00:00 +0200"]);

    let mut rota = plain("Europe/London", fixed(&["a", "b"]));
    rota.away = vec![away("a", "2026-10-25 01:10", "2026-10-25 01:30", None)];
    let first = |at| rota.duty(&rota.lines[0], at).people[0].who.clone();
    assert_eq!(changes(&rota, "2026-10-25", 1, first), ["Sun 25 Oct 01:10 +0100", "Sun 25 Oct 01:30 +0000"]);
}
