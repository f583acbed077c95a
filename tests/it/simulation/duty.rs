//! Who may be rung when, by the words of `rota.toml` and a calendar on the wall: nothing of the rota's own arithmetic.

use jiff::civil::{DateTime, Weekday, date, time};

/// The one line that rings nobody when it is closed.
pub(super) const OFFICE: &str = "+442079460002";
pub(super) const DESK: &str = "+442079460001";
pub(super) const MAIN: &str = "+442079460000";

/// Why this phone must not ring for a call to `line` that came in at this time on the wall.
pub(super) fn why_not(who: &str, line: &str, at: DateTime) -> Option<&'static str> {
    let away = |from: DateTime, until: DateTime| from <= at && at < until;
    match who {
        _ if line == OFFICE && !is_open(at) => Some("the office is closed"),
        "desk" if line != DESK => Some("the desk answers its own line only"),
        "tom" if away(date(2026, 3, 29).at(1, 0, 0, 0), date(2026, 3, 31).at(0, 0, 0, 0)) => Some("Tom is away"),
        "priya" if away(date(2026, 6, 11).at(0, 0, 0, 0), date(2026, 6, 13).at(0, 0, 0, 0)) => Some("Priya is away"),
        "priya" if away(date(2026, 6, 16).at(10, 0, 0, 0), date(2026, 6, 16).at(16, 0, 0, 0)) => Some("Priya is away"),
        "ana" if at.time() >= time(22, 0, 0, 0) || at.time() < time(7, 0, 0, 0) => Some("it is night for Ana"),
        _ => None,
    }
}

fn is_open(at: DateTime) -> bool {
    let within = |from: (i8, i8), until: (i8, i8)| {
        time(from.0, from.1, 0, 0) <= at.time() && at.time() < time(until.0, until.1, 0, 0)
    };
    match at.weekday() {
        _ if at.date() == date(2026, 12, 25) => false,
        Weekday::Sunday => false,
        Weekday::Saturday => within((9, 0), (13, 0)),
        _ => within((8, 30), (12, 30)) || within((13, 15), (17, 30)),
    }
}
