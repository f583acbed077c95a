//! Why the store could not do what it was asked.

use std::fmt;

use rusqlite::ErrorCode;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Locked, full, unreachable: nothing was kept, and it may work again later. After a lost
    /// connection a commit may have been kept all the same.
    #[error("the store is away: {0}")]
    Away(String),
    /// Somebody else changed the same thing first. Nothing was kept: load again, and try again.
    #[error("somebody else changed the same thing first")]
    Conflict,
    /// The store holds something that we never wrote.
    #[error("the store is damaged: table {table}, column {column}, row {row}")]
    Broken { table: &'static str, column: &'static str, row: String },
    /// It will not work until a person changes something.
    #[error("{0}")]
    Invalid(String),
}

impl StoreError {
    pub(super) fn broken(table: &'static str, column: &'static str, row: impl fmt::Display) -> Self {
        Self::Broken { table, column, row: format!("{row}") }
    }
}

/// Extended result codes of a row that is there already: UNIQUE, PRIMARY KEY and ROWID constraints.
const SQLITE_TAKEN: [i32; 3] = [2067, 1555, 2579];

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return Self::Invalid(format!("SQLite: {error}"));
        };
        match failure.code {
            ErrorCode::ConstraintViolation if SQLITE_TAKEN.contains(&failure.extended_code) => Self::Conflict,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
                Self::Away("another process holds the database locked".to_owned())
            }
            ErrorCode::DiskFull => Self::Away("the disk is full".to_owned()),
            ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory => Self::Away(format!("SQLite: {error}")),
            _ => Self::Invalid(format!("SQLite: {error}")),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            return Self::Away(format!("PostgreSQL: {}", with_causes(&error)));
        };
        let code = told.code().code();
        // The detail is left out: it quotes values of the row.
        let message = format!("PostgreSQL: {} ({code})", told.message());
        match (code, code.get(..2)) {
            // unique_violation, serialization_failure, deadlock_detected
            ("23505" | "40001" | "40P01", _) => Self::Conflict,
            // lock_not_available, query_canceled by a timeout, read_only_sql_transaction after a fail-over,
            // and the classes: connection, resources, operator intervention, system error
            ("55P03" | "25006", _) | (_, Some("08" | "53" | "57" | "58")) => Self::Away(message),
            _ => Self::Invalid(message),
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
