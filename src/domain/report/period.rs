//! Which days a report tells of.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::rota::wall_clock;

/// More days at once are a matter for a spreadsheet.
pub const DAYS_MAX: i32 = 92;

/// Whole days of the business's wall clock, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodError {
    /// It ends before it begins, or lies in the future.
    Backwards,
    /// More than [`DAYS_MAX`].
    TooLong,
}

impl Period {
    /// Days that have not come yet are left out.
    pub fn between(first: Date, last: Date, today: Date) -> Result<Self, PeriodError> {
        let last = last.min(today);
        if first > last {
            return Err(PeriodError::Backwards);
        }
        let period = Self { first, last };
        if period.length() > DAYS_MAX { Err(PeriodError::TooLong) } else { Ok(period) }
    }

    /// So many days, today among them; at least one, at most [`DAYS_MAX`].
    pub fn last_days(days: i32, today: Date) -> Self {
        Self { first: plus(today, 1 - days.clamp(1, DAYS_MAX)), last: today }
    }

    /// As many days, right before.
    #[must_use]
    pub fn before(self) -> Self {
        let last = plus(self.first, -1);
        Self { first: plus(last, 1 - self.length()), last }
    }

    pub fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.last
    }

    /// In days.
    pub fn length(self) -> i32 {
        let days = self.last.duration_since(self.first).as_hours() / 24 + 1;
        i32::try_from(days).unwrap_or(i32::MAX)
    }

    pub fn days(self) -> impl Iterator<Item = Date> {
        (0..self.length()).map(move |day| plus(self.first, day))
    }

    pub fn from(self, zone: &TimeZone) -> Timestamp {
        wall_clock::begins(zone, self.first.at(0, 0, 0, 0))
    }

    /// The first instant that is no longer told of.
    pub fn until(self, zone: &TimeZone) -> Timestamp {
        wall_clock::begins(zone, plus(self.last, 1).at(0, 0, 0, 0))
    }
}

fn plus(date: Date, days: i32) -> Date {
    date.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 7, 15);

    #[test]
    fn seven_days_are_today_and_the_six_before_and_the_seven_before_touch_them() {
        let week = Period::last_days(7, TODAY);
        assert_eq!((week.first(), week.last(), week.length()), (date(2026, 7, 9), TODAY, 7));
        let before = week.before();
        assert_eq!((before.first(), before.last(), before.length()), (date(2026, 7, 2), date(2026, 7, 8), 7));
        assert_eq!(week.days().collect::<Vec<_>>().len(), 7);
        assert_eq!((Period::last_days(0, TODAY).length(), Period::last_days(i32::MAX, TODAY).length()), (1, DAYS_MAX));
    }

    #[test]
    fn a_period_that_runs_backwards_or_for_too_long_is_refused() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let between = |first, last| Period::between(day(first), day(last), TODAY).map(Period::length);
        assert_eq!(between("2026-07-10", "2026-07-01"), Err(PeriodError::Backwards));
        assert_eq!(between("2026-07-16", "2026-07-20"), Err(PeriodError::Backwards));
        assert_eq!(between("2026-07-01", "2026-07-31"), Ok(15));
        assert_eq!(between("2026-04-15", "2026-07-15"), Ok(92));
        assert_eq!(between("2026-04-14", "2026-07-15"), Err(PeriodError::TooLong));
        assert_eq!(between("-009999-01-01", "9999-12-31"), Err(PeriodError::TooLong));
    }

    #[test]
    fn a_day_on_which_the_clocks_change_is_one_day() {
        let london = TimeZone::get("Europe/London").unwrap();
        let sunday = date(2026, 3, 29);
        let period = Period::between(sunday, sunday, TODAY).unwrap();
        let hours = period.until(&london).duration_since(period.from(&london)).as_hours();
        assert_eq!((period.length(), hours), (1, 23));
    }
}
