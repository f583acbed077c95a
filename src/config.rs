//! The two files people edit: the server's `switchboard.toml` and the admin's `rota.toml`.
//!
//! Both are read whole: every problem is reported in one go, with its place and what to write instead.
//! A rota that is wrong never goes live; the last good one stays.

pub mod diagnostic;
pub mod edit;
pub mod readback;
pub mod rota;
pub mod settings;
pub mod watch;

mod document;
