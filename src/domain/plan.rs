//! The plan of one call: whom to ring, for how long, and why; whom not, and why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::staff::{Accept, Reach, Shows, StaffId};

/// Everything a call needs to go to its end by itself, so that it finishes on the plan it began
/// with whatever happens to the rota file meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub steps: Vec<Step>,
    pub skipped: Vec<Skipped>,
    pub promise: PromiseTerms,
}

/// One ring of one phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub who: StaffId,
    pub name: String,
    /// The name as a voice should read it.
    pub spoken: String,
    pub reach: Reach,
    pub accept: Accept,
    pub shows: Shows,
    pub seconds: u16,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub who: StaffId,
    pub reason: Skip,
}

/// What will be promised if nobody can take the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseTerms {
    pub owner: StaffId,
    /// The owner's name as a voice should read it.
    pub spoken: String,
    pub due: Timestamp,
}

/// Why somebody is rung. Carries the names it speaks of, so that an old call still explains itself
/// after people have left the rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    UsualPerson,
    /// Stands in for the customer's usual person, named here.
    CoversUsualPerson {
        absent: String,
    },
    /// Has the phone, until the handover where there is one.
    OnCall {
        until: Option<jiff::civil::DateTime>,
    },
    Backup,
    /// Stands in the place of somebody who is away, named here.
    Covers {
        absent: String,
    },
    /// Has exchanged turns with somebody, named here.
    Swapped {
        with: String,
    },
    /// In front for one date.
    Holiday {
        name: String,
    },
    Owner,
    /// The customer's matter is not settled and they ring again.
    SecondConversation,
    ThirdConversation,
}

/// Why somebody is not rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skip {
    Away {
        until: jiff::civil::DateTime,
    },
    /// Inside the person's `not_between`.
    QuietHours {
        until: jiff::civil::DateTime,
    },
    /// On another call of ours, ringing or talking.
    Engaged,
    OwnNumber,
    AlreadyInPlan,
    /// No room left within `at_most`.
    NoTimeLeft,
    /// The provider cannot screen this phone, so a machine could swallow the caller.
    CannotScreen,
}
