//! A day with its own hours.

use jiff::civil::Date;

use super::hours::Span;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub date: Date,
    pub name: String,
    /// Replace the day's hours; empty: closed. `None`: the day's usual hours stay.
    pub hours: Option<Vec<Span>>,
    /// Goes in front of the turn's order for that date.
    pub on_call: Option<StaffId>,
}
