//! The same calls, told together, by day and by hour.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Tally;
use crate::domain::call::Call;
use crate::domain::promise::Promise;

/// On the business's wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HourOfWeek {
    /// Monday is 0.
    pub weekday: i8,
    /// `9`: from 9:00 to 9:59.
    pub hour: i8,
}

/// A promise counts where the call does that made it.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    pub all: Tally,
    /// Days without a call are not here.
    pub days: BTreeMap<Date, Tally>,
    pub hours: BTreeMap<i8, Tally>,
    pub week: BTreeMap<HourOfWeek, Tally>,
}

impl Overview {
    pub fn call(&mut self, call: &Call, zone: &TimeZone) {
        self.tell(call.started, zone, |tally| tally.call(call));
    }

    pub fn promise(&mut self, promise: &Promise, now: Timestamp, zone: &TimeZone) {
        self.tell(promise.rang, zone, |tally| tally.promise(promise, now));
    }

    fn tell(&mut self, at: Timestamp, zone: &TimeZone, tell: impl Fn(&mut Tally)) {
        let clock = zone.to_datetime(at);
        let weekday = clock.date().weekday().to_monday_zero_offset();
        tell(&mut self.all);
        tell(self.days.entry(clock.date()).or_default());
        tell(self.hours.entry(clock.hour()).or_default());
        tell(self.week.entry(HourOfWeek { weekday, hour: clock.hour() }).or_default());
    }
}
