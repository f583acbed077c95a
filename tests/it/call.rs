//! The call as a state machine: what callers and staff experience, and that nothing a provider sends
//! in whatever order breaks it.

mod beginning;
mod business;
mod held;
mod promising;
mod repeats;
mod ringing;
mod search;
mod stranded;
