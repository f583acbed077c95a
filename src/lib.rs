//! Switchboard.

pub mod clock;
pub mod config;
pub mod customer_list;
pub mod domain;
pub mod http;
pub mod provider;
pub mod store;
pub mod ticket;
