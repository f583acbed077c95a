//! Who is away, who stands in, and who exchanges a turn.

use jiff::civil::{Date, DateTime};

use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub who: StaffId,
    /// First moment away, wall clock.
    pub from: DateTime,
    /// First moment back, wall clock: for a whole last day, the midnight after it.
    pub until: DateTime,
    pub cover: Option<StaffId>,
}

/// In the turn that contains `turn`, `give` and `take` exchange places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    pub turn: Date,
    pub give: StaffId,
    pub take: StaffId,
}
