//! HTTP in front of everything else.

pub mod server;
