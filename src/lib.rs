//! Switchboard.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod customer_list;
pub mod domain;
pub mod http;
pub mod jobs;
pub mod operator;
pub mod provider;
pub mod store;
pub mod telemetry;
pub mod ticket;
