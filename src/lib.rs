//! Switchboard.

pub mod domain;
pub mod provider;
