//! What programs are told: the fields of JSON, the same from the commands and from the API.

mod call;
mod promise;
mod report;

pub use call::{CallEvent, CallFields};
pub use promise::PromiseFields;
pub use report::{DayFields, Figures, HourFields, PersonFields, PromiseCounts, ReportFields, StepFields, WaitFields};

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// ISO 8601 with offset.
pub fn iso(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
