//! A promise: a named person will ring back by a named time. Open until a human closes it.
//!
//! Its life: open → claimed → kept, or broken when nobody rang in time; then it is the business owner's,
//! who rings and owns up. Only a human's word or a conversation closes it. Each state carries who, when
//! and by what.

mod life;
mod told;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::call::{Call, CallId, Message};
use super::caller::CustomerId;
use super::line::LineId;
use super::phone::Phone;
use super::rota::Rota;
use super::staff::StaffId;
use super::words::Promised;
pub use life::{Happens, Moment};
pub use told::{Tell, Text, apology_due, mobile_of};

/// Small and counted up, so that people can type it: `DONE 41`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PromiseId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Zero until it is saved for the first time: the store counts them.
    #[serde(skip)]
    pub id: PromiseId,
    /// The calls about this one matter, the first one first; at least one.
    pub calls: Vec<CallId>,
    /// The provider that handed us the call, for texts and the call back.
    pub provider: String,
    pub line: LineId,
    /// The business number that was rung: texts come from it, and the call back shows it.
    pub business_number: Phone,
    pub customer: Option<CustomerId>,
    /// The customer's name as it was then.
    pub name: Option<String>,
    /// `None` for a withheld caller, who left at best a message.
    pub number: Option<Phone>,
    /// BCP 47 tag of what the customer was spoken to in.
    pub language: String,
    /// The customer's note as it was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    pub owner: StaffId,
    pub due: Timestamp,
    /// When the owner is reminded; `None`: not, or not any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind: Option<Timestamp>,
    /// When the call came in that made it.
    pub rang: Timestamp,
    pub made: Timestamp,
    pub state: PromiseState,
    /// Stays when a broken promise is kept in the end: it was late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<Broken>,
    /// The newest message that the caller left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Left>,
    pub story: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseState {
    Open,
    /// Somebody's phone is being connected to the customer's right now.
    Claimed {
        by: StaffId,
        since: Timestamp,
    },
    Kept {
        by: StaffId,
        at: Timestamp,
        how: How,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check: Option<Check>,
    },
    /// Due and not kept. It is the business owner's now.
    Broken,
    LetGo {
        by: StaffId,
        at: Timestamp,
        why: String,
    },
}

/// By what a promise was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// A call back through us that lasted.
    Conversation { seconds: u32 },
    /// `DONE`.
    Word,
}

/// Asking the next business morning whether it is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Opening time of the next open morning. Once the human has been told: when no answer is expected any more.
    pub due: Timestamp,
    pub asked: bool,
}

/// Whose promise was not kept, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    pub by: StaffId,
    pub at: Timestamp,
    /// What the customer had been told.
    pub due: Timestamp,
    #[serde(default)]
    pub apologised: bool,
}

/// A message, and whether its owner knows of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    pub call: CallId,
    pub message: Message,
    /// Where its owner can listen to it.
    pub listen: String,
    /// When the owner is told without a transcript; `None` once told.
    pub tell: Option<Timestamp>,
}

/// What happened to a promise, for the people who look at it later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub what: Happened,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<StaffId>,
    /// Why it was let go, in the words of whoever did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    Made,
    CalledAgain,
    MessageLeft,
    Reminded,
    Claimed,
    NotReached,
    Kept,
    Broken,
    Apologised,
    Later { due: Timestamp },
    LetGo,
    Reopened,
    TalkedAgain,
    HandedOver,
    Checked,
    SaidSorted,
    SaidNotSorted,
}

impl Promise {
    /// The promise that a call makes, and what has to be told.
    /// `about` is the customer's note.
    pub fn begin(
        call: &Call,
        about: Option<String>,
        owner: &StaffId,
        due: Timestamp,
        moment: Moment<'_>,
    ) -> (Self, Vec<Tell>) {
        let customer = call.customer.as_ref();
        let made = moment.now.timestamp();
        let mut promise = Self {
            id: PromiseId::default(),
            calls: vec![call.id],
            provider: call.provider.clone(),
            line: call.line.clone(),
            business_number: call.number,
            customer: customer.map(|customer| customer.id),
            name: customer.map(|customer| customer.name.clone()),
            number: call.from.phone(),
            language: call.language.clone(),
            about,
            owner: owner.clone(),
            due,
            remind: None,
            rang: call.started,
            made,
            state: PromiseState::Open,
            broken: None,
            message: None,
            story: vec![Entry { at: made, what: Happened::Made, who: Some(owner.clone()), why: None }],
        };
        promise.remind = life::remind(moment.rota, &promise, made);
        (promise, vec![Tell::Owed])
    }

    /// Somebody still waits for the call.
    pub fn is_unsettled(&self) -> bool {
        match self.state {
            PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Broken => true,
            PromiseState::Kept { .. } | PromiseState::LetGo { .. } => false,
        }
    }

    /// A human's word is still missing: the call back lasted, but nobody has said that the matter is closed.
    pub fn awaits_a_word(&self) -> bool {
        match &self.state {
            PromiseState::Kept { how: How::Conversation { .. }, check, .. } => check.is_none_or(|check| !check.asked),
            _ => self.is_unsettled(),
        }
    }

    /// Something can still happen to it by itself or by the customer's word.
    pub fn is_alive(&self) -> bool {
        self.is_unsettled() || self.wake().is_some()
    }

    /// The word that the customer was given last.
    pub fn given(&self, rota: &Rota) -> Promised {
        let (by, due) = match (&self.state, &self.broken) {
            (PromiseState::Broken, Some(broken)) => (&broken.by, broken.due),
            _ => (&self.owner, self.due),
        };
        Promised { by: by.clone(), name: rota.name(by).to_owned(), due }
    }

    /// Whether it was made to this number or this customer.
    pub fn is_of(&self, number: Option<Phone>, customer: Option<CustomerId>) -> bool {
        let same_number = self.number.is_some() && self.number == number;
        same_number || (self.customer.is_some() && self.customer == customer)
    }

    /// A human has said that the matter is closed, and nobody is to be asked any more.
    pub fn is_settled(&self) -> bool {
        match &self.state {
            PromiseState::Kept { how: How::Word, check, .. } => check.is_none(),
            PromiseState::LetGo { .. } => true,
            PromiseState::Kept { how: How::Conversation { .. }, .. }
            | PromiseState::Open
            | PromiseState::Claimed { .. }
            | PromiseState::Broken => false,
        }
    }

    /// The call that made it.
    pub fn first_call(&self) -> Option<CallId> {
        self.calls.first().copied()
    }
}

impl PromiseState {
    /// The word in JSON, logs and the store.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed { .. } => "claimed",
            Self::Kept { .. } => "kept",
            Self::Broken => "broken",
            Self::LetGo { .. } => "let_go",
        }
    }
}
