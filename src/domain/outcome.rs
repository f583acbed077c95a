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

/// An outcome without its particulars: what calls are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Reached,
    Promised,
    HungUp,
    Blocked,
}

impl Outcome {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Reached { .. } => Kind::Reached,
            Self::Promised => Kind::Promised,
            Self::HungUp => Kind::HungUp,
            Self::Blocked => Kind::Blocked,
        }
    }

    /// The word in JSON, logs and the store.
    pub fn word(&self) -> &'static str {
        self.kind().word()
    }
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Reached, Self::Promised, Self::HungUp, Self::Blocked];

    /// As [`Outcome::word`].
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Promised => "promised",
            Self::HungUp => "hung_up",
            Self::Blocked => "blocked",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
