//! A telephone network one can hold in a test. It plays the provider's side as an independent client: it signs
//! webhooks, executes the TwiML it is answered, lets make-believe people and callers act on simulated time, and
//! fails the test when a document would hurt a real caller.
//!
//! Shares no code with the server: own signer, own form encoding, own XML reading.
//!
//! ```ignore
//! let shop = Shop::open(ROTA, "2026-06-10 10:00").await;
//! let call = shop.caller("+447700900201").rings().await;
//! call.phone("tom").lets_it_ring().await;
//! call.phone("priya").presses("1").await;
//! call.reached("priya");
//! ```
//!
//! Time moves only inside verbs that are awaited, and jumps from one happening to the next.

mod call;
pub(crate) mod call_back;
pub(crate) mod caller;
pub(crate) mod dice;
mod leg;
pub(crate) mod loopback;
pub(crate) mod network;
mod news;
pub(crate) mod opening;
pub(crate) mod person;
pub(crate) mod rest;
pub(crate) mod shop;
pub(crate) mod signature;
pub(crate) mod story;
mod texting;
mod twiml;
pub(crate) mod wire;

mod proof;
