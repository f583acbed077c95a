//! The make-believe caller.

use std::str::FromStr;

use crate::domain::caller::Attestation;
use crate::domain::phone::Phone;

use super::person::seconds;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// As a network writes it: a number, `anonymous`, a SIP address.
    pub from: String,
    /// The line.
    pub to: Phone,
    pub attestation: Attestation,
    pub patience: Patience,
}

/// What the caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Stays until somebody has answered or promised, and hangs up at the tone.
    Waits,
    /// Hangs up so many seconds after ringing, unless somebody has answered.
    GivesUp(u32),
    /// Speaks for so many seconds after the tone, and hangs up.
    LeavesMessage(u32),
    /// What somebody at a page tells them to.
    ByHand,
}

impl Caller {
    pub fn new(from: &str, to: Phone) -> Self {
        Self { from: from.to_owned(), to, attestation: Attestation::None, patience: Patience::Waits }
    }
}

/// As typed: `waits`, `gives-up=12`, `leaves-message=9`.
impl FromStr for Patience {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=').map_or((text, None), |(word, value)| (word, Some(value))) {
            ("waits", None) => Ok(Self::Waits),
            ("gives-up", Some(value)) => Ok(Self::GivesUp(seconds(value)?)),
            ("leaves-message", Some(value)) => Ok(Self::LeavesMessage(seconds(value)?)),
            _ => Err("a caller waits, gives-up=12 or leaves-message=9 (seconds)".to_owned()),
        }
    }
}
