//! What people type. Each command has a file of its own and works while the server runs.
//!
//! Exit codes: 0 fine; 1 something is wrong with what was given; 2 wrong use; 3 could not reach the store.

mod serve;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
}

/// Why a command stops. What is wrong has been or will be told; this decides the exit code.
pub(crate) enum Failure {
    /// Something is wrong with what was given.
    Given(String),
    /// The same, as problems of a file.
    Problems(Vec<Diagnostic>),
    /// The store could not be reached.
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Whoever reads the output has stopped reading: nothing more to say.
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Given(error.to_string())
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
    let result = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&cli.config),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => fail(&failure),
    }
}

fn fail(failure: &Failure) -> ExitCode {
    let mut out = std::io::stderr().lock();
    let (told, code) = match failure {
        Failure::Given(why) => (writeln!(out, "{why}"), 1),
        Failure::Problems(problems) => (write!(out, "{}", diagnostic::render(problems, style())), 1),
        Failure::Store(StoreError::Invalid(why)) => (writeln!(out, "{why}"), 1),
        Failure::Store(error) => (writeln!(out, "{error}"), 3),
    };
    // Nobody is left to tell if standard error is gone.
    drop(told);
    ExitCode::from(code)
}

fn style() -> Style {
    if std::io::stderr().is_terminal() { Style::Coloured } else { Style::Plain }
}

/// The settings, with their warnings told.
fn load_settings(path: &Path) -> Result<Settings, Failure> {
    let loaded = settings::load(path, std::env::vars()).map_err(Failure::Problems)?;
    if !loaded.warnings.is_empty() {
        write!(std::io::stderr(), "{}", diagnostic::render(&loaded.warnings, style()))?;
    }
    Ok(loaded.settings)
}
