//! Proves the network itself, against hand-written documents from a tiny server: a test that passes because the
//! network forgives too much would prove nothing.

mod house;

mod faults;
mod provider_rest;
mod real_server;
mod stories;
mod storms;
mod weather;
