//! A whole call against make-believe phones, before anybody real is rung.
//!
//! A rehearsal is a client of the server and no short cut through its insides: the [`House`] is a
//! private server on a store of its own, the [`Network`] talks to it over HTTP, signed, as a provider
//! would, and the people behind the phones do what they were told ([`Behaviour`]). Time is simulated:
//! ringing, whispering and talking advance the server's clock, so any date can be rehearsed and
//! nobody waits. What happened is a [`Story`].

mod by_hand;
mod caller;
mod day;
mod house;
mod known;
mod network;
mod page;
mod person;
mod script;
mod story;
mod wire;

pub use by_hand::{ByHand, Scene};
pub use caller::{Caller, Patience};
pub use day::Day;
pub use house::House;
pub use known::Known;
pub use network::{CallerDoes, Handset, Mishaps, Move, Network, PhoneDoes, PhoneMove, Phones, Seen};
pub use page::pages;
pub use person::{Behaviour, PickUp};
pub use script::{Deed, Script};
pub use story::{Beat, Outcome, Story, What};

use crate::app::StartError;
use crate::store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    #[error("rehearsals are switched off; set `enabled = true` in [providers.rehearsal] of the settings")]
    SwitchedOff,
    #[error("the rehearsal is over: begin another one")]
    Over,
    #[error("the private server of the rehearsal: {0}")]
    Start(#[from] StartError),
    #[error("the rehearsal's own store: {0}")]
    Store(#[from] StoreError),
    #[error("the rehearsal could not start: {0}")]
    Io(#[from] std::io::Error),
    #[error("the rehearsal's telephone network could not start: {0}")]
    Client(#[from] reqwest::Error),
}
