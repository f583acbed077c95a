//! Who has the phone at any minute, proved by walking the minutes.

pub(crate) mod business;
mod clock_changes;
mod examples;
mod live;
mod naive;
mod picture;
mod plans;
mod promises;
