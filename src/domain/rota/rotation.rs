//! Turns: who comes first, and when the phone is handed over.

use jiff::civil::{Date, Weekday};

use super::hours::ClockTime;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub rotate: Rotate,
    /// The turn that contains this date belongs to the first name of `order`.
    pub starts: Date,
    pub order: Vec<StaffId>,
    /// How many of the following names ring behind the one on call.
    pub backups: usize,
    pub when_closed: WhenClosed,
    /// Sorted by date; each replaces `order` from the first handover on or after `from`.
    pub changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotate {
    Weekly {
        day: Weekday,
        at: ClockTime,
    },
    /// A turn begins at this time of each weekday that has open hours.
    Daily {
        at: ClockTime,
    },
    Fixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenClosed {
    OnCall,
    Promise,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: Date,
    pub order: Vec<StaffId>,
}
