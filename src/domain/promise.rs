//! A promise: a named person will ring back by a named time. Open until a human closes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::caller::CustomerId;
use super::phone::Phone;
use super::staff::StaffId;

/// Small and counted up, so that people can type it: `DONE 41`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PromiseId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub id: PromiseId,
    /// The call that made it.
    pub call: uuid::Uuid,
    pub customer: Option<CustomerId>,
    /// The customer's name as it was then.
    pub name: Option<String>,
    /// `None` for a withheld caller, who left at best a message.
    pub number: Option<Phone>,
    pub owner: StaffId,
    pub due: Timestamp,
    pub made: Timestamp,
    pub state: PromiseState,
    /// The caller left a message.
    pub message: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseState {
    Open,
    Claimed,
    Kept,
    Broken,
    LetGo,
}

impl PromiseState {
    /// The word in JSON, logs and the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed => "claimed",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::LetGo => "let_go",
        }
    }

    /// The reverse of [`PromiseState::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Claimed, Self::Kept, Self::Broken, Self::LetGo].into_iter().find(|s| s.word() == word)
    }
}
