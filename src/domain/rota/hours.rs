//! Opening hours: wall-clock spans of each weekday.

/// Minutes since midnight on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClockTime(pub u16);

/// From `start` to `end` of the same day; an `end` at or before `start` is on the following day
/// (`22:00-02:00` runs past midnight). `00:00-24:00` is the whole day (`end` is 1440).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    pub start: ClockTime,
    pub end: ClockTime,
}

/// The hours of a week, Monday first. A day without spans is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    pub days: [Vec<Span>; 7],
}
