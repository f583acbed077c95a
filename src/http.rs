//! HTTP in front of everything else.

pub mod health;
pub mod hooks;
pub mod messages;
pub mod metrics;
pub mod server;
