//! Opening hours: wall-clock spans of each weekday, and when a line is open because of them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::holiday::Holiday;
use super::wall_clock;

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

/// When a line is open: its hours, and the days that have their own.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    pub zone: &'a TimeZone,
    pub hours: &'a Hours,
    pub holidays: &'a [Holiday],
}

/// A time without a break in which a line is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub start: Timestamp,
    pub end: Timestamp,
}

/// How far ahead openings are looked for: a shop that is closed for longer is closed.
const SEARCH_DAYS_MAX: i64 = 400;

impl ClockTime {
    pub const MIDNIGHT: Self = Self(0);
}

impl Span {
    pub const WHOLE_DAY: Self = Self { start: ClockTime(0), end: ClockTime(24 * 60) };

    /// The span as it really happens from this date on; `None` where the clocks jump over all of it.
    pub(super) fn on(self, zone: &TimeZone, date: Date) -> Option<Opening> {
        let end_date = if self.end > self.start { date } else { wall_clock::date_of(wall_clock::day_number(date) + 1) };
        let start = wall_clock::begins(zone, wall_clock::clock(date, self.start));
        let end = wall_clock::ends(zone, wall_clock::clock(end_date, self.end));
        (start < end).then_some(Opening { start, end })
    }

    /// The daily occurrence of this span that contains `at`, which is on `today`.
    pub fn around(self, zone: &TimeZone, at: Timestamp, today: Date) -> Option<Opening> {
        days_around(today).filter_map(|date| self.on(zone, date)).find(|span| span.contains(at))
    }
}

impl Opening {
    pub fn contains(&self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }
}

impl Hours {
    /// Day and night, every day.
    pub fn always() -> Self {
        Self { days: std::array::from_fn(|_| vec![Span::WHOLE_DAY]) }
    }

    /// The weekdays with any opening hours, Monday first.
    pub fn open_days(&self) -> [bool; 7] {
        self.days.each_ref().map(|spans| !spans.is_empty())
    }
}

impl<'a> Calendar<'a> {
    pub fn is_open(&self, at: Timestamp) -> bool {
        days_around(self.zone.to_datetime(at).date())
            .any(|date| self.spans(date).iter().filter_map(|span| span.on(self.zone, date)).any(|it| it.contains(at)))
    }

    /// When the present opening ends. `None` when the line is closed, or does not close for a year.
    pub fn open_until(&self, at: Timestamp) -> Option<Timestamp> {
        let mut end = None;
        for opening in self.openings(at) {
            if opening.start > end.unwrap_or(at) {
                return end;
            }
            end = Some(opening.end);
        }
        // The search ended while open: either the last opening we know, or one without an end.
        end.filter(|&end| !self.is_open(end))
    }

    /// When the line opens first on this date. `None` on a day off, and where it is only still open from the day before.
    pub fn opens_on(&self, date: Date) -> Option<Timestamp> {
        self.on_day(wall_clock::day_number(date)).first().map(|opening| opening.start)
    }

    /// When the line next goes from closed to open. `None` when it does not within a year.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        let mut closed_from = None;
        for opening in self.openings(at) {
            match closed_from {
                None if opening.start <= at => {}
                Some(end) if opening.start <= end => {}
                None | Some(_) => return Some(opening.start),
            }
            closed_from = Some(opening.end);
        }
        None
    }

    /// The instant at which the line has been open for so many minutes since `from`. Plain minutes
    /// where the line is not open for that long within a year, so that a promise always has a time.
    pub fn after_open_minutes(&self, from: Timestamp, minutes: u32) -> Timestamp {
        let wanted = SignedDuration::from_mins(i64::from(minutes));
        let mut left = wanted;
        for opening in self.openings(from) {
            let start = opening.start.max(from);
            let length = opening.end.duration_since(start);
            if left <= length {
                return start.checked_add(left).unwrap_or(Timestamp::MAX);
            }
            left -= length;
        }
        from.checked_add(wanted).unwrap_or(Timestamp::MAX)
    }

    /// What is left of the openings from `from` on, in order, never overlapping. An opening that goes
    /// on past midnight may come in touching pieces.
    pub fn openings(&self, from: Timestamp) -> impl Iterator<Item = Opening> + use<'a> {
        let calendar = *self;
        let first = wall_clock::day_number(self.zone.to_datetime(from).date()) - 1;
        let mut told_until = from;
        let days = if self.ever_opens() { SEARCH_DAYS_MAX } else { 0 };
        (first..first + days).flat_map(move |day| calendar.on_day(day)).filter_map(move |opening| {
            let start = opening.start.max(told_until);
            told_until = told_until.max(opening.end);
            (start < opening.end).then_some(Opening { start, end: opening.end })
        })
    }

    /// The openings between two instants, as [`Calendar::openings`] gives them.
    pub fn openings_between(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Opening> + use<'a> {
        self.openings(from)
            .take_while(move |opening| opening.start < until)
            .map(move |opening| Opening { end: opening.end.min(until), ..opening })
    }

    fn ever_opens(&self) -> bool {
        let own = self.holidays.iter().filter_map(|holiday| holiday.hours.as_ref());
        self.hours.days.iter().chain(own).any(|spans| !spans.is_empty())
    }

    fn on_day(&self, day_number: i64) -> Vec<Opening> {
        let date = wall_clock::date_of(day_number);
        let mut openings: Vec<_> = self.spans(date).iter().filter_map(|span| span.on(self.zone, date)).collect();
        openings.sort_by_key(|opening| opening.start);
        openings
    }

    /// The hours that begin on this date. A holiday's own replace the weekday's; hours that run past
    /// midnight belong to the day on which they begin.
    fn spans(&self, date: Date) -> &'a [Span] {
        let own =
            self.holidays.iter().filter(|holiday| holiday.date == date).find_map(|holiday| holiday.hours.as_ref());
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
        own.or_else(|| self.hours.days.get(weekday)).map_or(&[], Vec::as_slice)
    }
}

/// The dates whose hours may contain an instant of `today`: yesterday's that run past midnight, and
/// tomorrow's where the clocks go back over midnight.
fn days_around(today: Date) -> impl Iterator<Item = Date> {
    let today = wall_clock::day_number(today);
    (today - 1..=today + 1).map(wall_clock::date_of)
}
