//! How a call ended. Exactly one per call.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A human accepted.
    Reached {
        who: StaffId,
        at: Timestamp,
    },
    /// The caller heard a promise.
    Promised,
    /// The caller gave up before a human or a promise. A missed call: opens a promise if we know
    /// how to ring back.
    HungUp,
    Blocked,
}

impl Outcome {
    /// The word in JSON, logs and the store.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Reached { .. } => "reached",
            Self::Promised => "promised",
            Self::HungUp => "hung_up",
            Self::Blocked => "blocked",
        }
    }
}
