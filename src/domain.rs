//! What decides: who rings, for how long, why, and what is promised when nobody can.
//!
//! Pure. Nothing in here knows a clock, a database, HTTP or a provider's words; time arrives as an argument.

pub mod access;
pub mod call;
pub mod call_back;
pub mod caller;
pub mod command;
pub mod conversation;
pub mod event;
pub mod fields;
pub mod instruction;
pub mod job;
pub mod letter;
pub mod line;
pub mod outcome;
pub mod phone;
pub mod plan;
pub mod promise;
pub mod report;
pub mod rota;
pub mod spelling;
pub mod staff;
pub mod texting;
pub mod voicemail;
pub mod words;
pub mod would_ring;
