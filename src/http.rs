//! HTTP in front of everything else.

pub mod health;
pub mod hooks;
pub mod server;
