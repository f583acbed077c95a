//! The traps of the provider's call flow (contracts, section 3.2), one test per row and per warning.

mod caller_side;
mod leg_side;
mod message;
mod whom_to_ring;
