//! Switchboard.

pub mod clock;
pub mod domain;
pub mod provider;
pub mod ticket;
