//! What a provider tells of a call back, and where.

use serde::{Deserialize, Serialize};

use crate::domain::event::{LegStatus, RingDone};

/// The points of a call back at which a provider comes to us, each at a URL of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// The person's phone was picked up: [`News::PickedUp`].
    PickedUp,
    /// [`News::Key`].
    Key { attempt: u8 },
    /// [`News::Done`].
    Done,
    /// [`News::Customer`].
    Customer,
    /// [`News::Staff`].
    Staff,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The person's phone was picked up, by a human or a machine; what should it hear?
    PickedUp,
    /// `key` is `None` when a key was asked for and none came.
    Key { attempt: u8, key: Option<char> },
    /// The ring of the customer's phone, or the conversation, is over; what should the person hear?
    Done(RingDone),
    /// Of the customer's phone. `seconds` of the conversation, where told.
    Customer { status: LegStatus, seconds: Option<u32> },
    /// Of the person's phone.
    Staff(LegStatus),
}

impl News {
    /// The stage of news that ask for a document; what is asked there again is the same question.
    pub fn asks_at(&self) -> Option<Stage> {
        match self {
            Self::PickedUp => Some(Stage::PickedUp),
            Self::Key { attempt, .. } => Some(Stage::Key { attempt: *attempt }),
            Self::Done(_) => Some(Stage::Done),
            Self::Customer { .. } | Self::Staff(_) => None,
        }
    }
}

impl Stage {
    /// Somebody listens for the answer.
    pub fn asks(self) -> bool {
        match self {
            Self::PickedUp | Self::Key { .. } | Self::Done => true,
            Self::Customer | Self::Staff => false,
        }
    }
}
