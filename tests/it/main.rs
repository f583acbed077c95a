//! Everything that is tested from outside, in one binary; one promise per test, named as a sentence.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]
#![expect(unreachable_pub, reason = "in a test binary `pub` says: for the other files of the tests")]

mod bad_input;
mod browser;
mod by_hand;
mod by_text;
mod call;
mod call_back;
mod commands;
mod config;
mod console;
mod customers;
mod diagnostics;
mod fuzz_smoke;
mod instances;
mod kill;
mod letter;
mod listening;
mod outage;
mod phones;
mod process;
mod promise_life;
mod promises;
mod rehearsal;
mod reload;
mod rota;
mod same_story;
mod server;
mod signature;
mod simulation;
mod store;
mod store_fixture;
mod texts;
mod tidy;
mod traps;
mod twilio;
mod twilio_documents;
mod twilio_rest;
mod usual;
mod voicemail;
