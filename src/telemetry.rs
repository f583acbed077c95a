//! Logs. A line reads alone and carries fields that can be searched; numbers are masked and secrets
//! never appear. An error is logged once, where it is handled.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::settings::{Log, LogFormat};

/// Sends logs to standard error. Only the first call in a process has an effect.
pub fn start_logs(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    // An error says that logs are on already.
    drop(match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    });
}
