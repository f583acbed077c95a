//! A published business number with its hours, rota, ring, promise and greeting.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::phone::Phone;
use super::rota::hours::Hours;
use super::rota::rotation::Rotation;

/// A line's short name in the rota file: `main`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineId(Arc<str>);

impl LineId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a line does not say itself it has from the top of the rota file; the config reader has
/// filled that in, so every line here is complete.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: LineId,
    pub number: Phone,
    pub hours: Hours,
    pub rota: Rotation,
    pub ring: Ring,
    pub promise: Terms,
    pub greeting: Option<Greeting>,
}

/// How long phones ring, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring {
    pub usual_person: u16,
    pub each: u16,
    /// The whole ringing of one call; then a promise, never a longer ring.
    pub at_most: u16,
}

impl Default for Ring {
    fn default() -> Self {
        Self { usual_person: 18, each: 16, at_most: 60 }
    }
}

/// What a caller who could not be put through is promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub call_back: Within,
    pub owner: PromiseOwner,
    /// Minutes before the promise is due at which its owner is reminded; `None`: no reminder.
    pub remind_minutes: Option<u32>,
    pub if_broken: IfBroken,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            call_back: Within::OpenMinutes(120),
            owner: PromiseOwner::UsualPerson,
            remind_minutes: Some(30),
            if_broken: IfBroken::Owner,
        }
    }
}

/// Time until the call back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Counts only while the line is open.
    OpenMinutes(u32),
    Minutes(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseOwner {
    /// The customer's usual person; else whoever is on call; else the owner of the business.
    UsualPerson,
    /// Whoever is on call; else the owner of the business.
    OnCall,
    /// The owner of the business.
    Owner,
}

/// Who inherits a promise that was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfBroken {
    Owner,
}

/// A spoken greeting before the first ring. Without one the caller hears plain ringing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// `{name}` is replaced by the customer's name when `by_name` allows it, else left out.
    pub text: String,
    /// Say a customer's name when the network vouches for the number in full.
    pub by_name: bool,
}
