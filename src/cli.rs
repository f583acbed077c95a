//! What people type. Each command has a file of its own and works while the server runs.
//!
//! Exit codes: 0 fine; 1 something is wrong with what was given; 2 wrong use; 3 could not reach the store.

mod book;
mod business;
mod calls;
mod check;
mod customers;
mod fallback;
mod first_customers;
mod moment;
mod promises;
mod rehearse;
mod report;
mod rota;
mod serve;
mod table;
mod who;

use std::ffi::OsString;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde::Serialize;

use crate::config::diagnostic::{self, Diagnostic, Style};
use crate::config::settings::{self, DEFAULT_PATH, Settings};
use crate::store::StoreError;

#[derive(Parser)]
#[command(name = "switchboard", version, about = "The phone is answered by the person you know.", max_term_width = 100)]
struct Cli {
    /// The server's settings; paths inside are relative to the working directory
    #[arg(long, global = true, default_value = DEFAULT_PATH, value_name = "FILE")]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server (also: without any command)
    Serve,
    /// Read both configuration files: what is wrong with them, and what the rota means
    Check,
    /// Who would ring, for how long, and why
    Who(who::Args),
    /// The coming turns, gaps in open hours, and the next clock change
    Rota(rota::Args),
    /// The customers: take a list in, write it out, show or erase one
    #[command(subcommand)]
    Customers(customers::Command),
    /// A whole call against make-believe phones: nobody real is rung
    Rehearse(rehearse::Args),
    /// The document to park at the provider for the time we are down
    Fallback(fallback::Args),
    /// Present and past calls; one call as a timeline with the reason of every step
    Calls(calls::Args),
    /// Who has promised to ring whom, and by when
    Promises(promises::Args),
    /// How the phone was answered
    Report(report::Args),
}

impl Command {
    fn run(&self, config: &Path) -> Result<(), Failure> {
        match self {
            Self::Serve => serve::run(config),
            Self::Check => check::run(config),
            Self::Who(args) => who::run(config, args),
            Self::Rota(args) => rota::run(config, args),
            Self::Customers(command) => customers::run(config, command),
            Self::Rehearse(args) => rehearse::run(config, args),
            Self::Fallback(args) => fallback::run(config, args),
            Self::Calls(args) => calls::run(config, args),
            Self::Promises(args) => promises::run(config, args),
            Self::Report(args) => report::run(config, args),
        }
    }
}

/// Why a command stops. It is told at the end and decides the exit code.
pub(crate) enum Failure {
    /// Something is wrong with what was given.
    Given(String),
    /// The same, as problems of a file.
    Problems(Vec<Diagnostic>),
    /// The store could not be reached.
    Store(StoreError),
    /// Whoever reads the output has read enough (`switchboard calls | head`).
    Unread,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe { Self::Unread } else { Self::Given(error.to_string()) }
    }
}

pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for and no mistake.
            let code = if error.use_stderr() { 2 } else { 0 };
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    match cli.command.unwrap_or(Command::Serve).run(&cli.config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    let (why, code) = match failure {
        Failure::Given(why) | Failure::Store(StoreError::Invalid(why)) => (why.clone(), 1),
        Failure::Problems(problems) => (diagnostic::render(problems, style()), 1),
        Failure::Store(error) => (error.to_string(), 3),
        Failure::Unread => return ExitCode::SUCCESS,
    };
    note(&why);
    ExitCode::from(code)
}

fn style() -> Style {
    if std::io::stderr().is_terminal() { Style::Coloured } else { Style::Plain }
}

/// Says something beside the answer. If standard error is gone nobody is left to tell.
fn note(text: &str) {
    drop(writeln!(std::io::stderr(), "{}", text.trim_end()));
}

/// Gives the answer.
fn answer(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", text.trim_end())?;
    Ok(out.flush()?)
}

fn answer_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Given(error.to_string()))?;
    answer(&text)
}

/// The settings, with their warnings told.
fn load_settings(path: &Path) -> Result<Settings, Failure> {
    let loaded = settings::load(path, std::env::vars()).map_err(Failure::Problems)?;
    if !loaded.warnings.is_empty() {
        note(&diagnostic::render(&loaded.warnings, style()));
    }
    Ok(loaded.settings)
}
