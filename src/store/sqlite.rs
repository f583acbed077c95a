//! SQLite in a file of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::calls::RecentCalls;
use super::{Access, StoreError};

/// Earlier versions can lose a commit when one connection writes while another checkpoints:
/// <https://sqlite.org/wal.html#walresetbug>.
const OLDEST_SAFE_VERSION: i32 = 3_051_003;

/// Statements kept prepared; the whole store has fewer.
const STATEMENTS_KEPT: usize = 64;

#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    name: String,
    access: Access,
}

#[derive(Debug)]
pub(super) struct Open {
    pub(super) connection: Connection,
    pub(super) recent_calls: RecentCalls,
    file: Option<FileId>,
}

/// Tells a file from another one that was put in its place.
type FileId = (u64, u64);

impl Access {
    fn patience(self) -> Duration {
        match self {
            Self::Serve => Duration::from_millis(250),
            Self::Command | Self::Read => Duration::from_secs(5),
        }
    }
}

impl Place {
    pub(super) fn new(path: &str, access: Access) -> Result<Self, StoreError> {
        if path.is_empty() || path == ":memory:" {
            return Err(StoreError::Invalid(
                "the store needs a file: `sqlite://data/switchboard.db`, or `sqlite:///var/lib/…` for a path from the root"
                    .to_owned(),
            ));
        }
        Ok(Self { path: path.into(), name: format!("sqlite://{path}"), access })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Makes the folder and the file where they are missing, then opens it.
    pub(super) fn make_and_connect(&self) -> Result<Open, StoreError> {
        if self.access != Access::Read {
            self.make()?;
        }
        self.connect()
    }

    pub(super) fn connect(&self) -> Result<Open, StoreError> {
        if rusqlite::version_number() < OLDEST_SAFE_VERSION {
            return Err(StoreError::Invalid(format!(
                "SQLite {} can lose commits: switchboard has to be built with 3.51.3 or later",
                rusqlite::version()
            )));
        }
        if !self.path.is_file() {
            return Err(self.away("there is no such file"));
        }
        // No mutex: the connection stays with its one thread.
        let direction = if self.access == Access::Read {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        };
        let connection = Connection::open_with_flags(&self.path, direction | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|error| self.away(error))?;
        self.set_up(connection).map_err(|error| match error {
            StoreError::Away(why) => self.away(why),
            other => other,
        })
    }

    fn set_up(&self, mut connection: Connection) -> Result<Open, StoreError> {
        // Opening may have to wait for another process that is starting, too.
        wait_when_locked(&mut connection, Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        // Else a statement may be prepared anew for every value that is bound to it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if self.access != Access::Read {
            if connection.is_readonly("main")? {
                return Err(StoreError::Away(
                    "the file cannot be written; give it to the user who runs switchboard".to_owned(),
                ));
            }
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            // Else every batch that may fail half-way writes a temporary file.
            connection.pragma_update(None, "temp_store", "memory")?;
            // What an import leaves of the journal beyond this is given back, in bytes.
            connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
            // Erased means erased: freed space is overwritten. Commands, of which erasing is one, write more
            // for it than calls may.
            let thoroughly = if self.access == Access::Command { "on" } else { "fast" };
            connection.pragma_update(None, "secure_delete", thoroughly)?;
        }
        // In KiB when negative.
        connection.pragma_update(None, "cache_size", -8192)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        wait_when_locked(&mut connection, self.access.patience())?;
        Ok(Open { connection, recent_calls: RecentCalls::default(), file: file_id(&self.path) })
    }

    /// Writes the journal back and empties it, so that nothing erased is left in it. Not while anybody
    /// reads or writes: waiting for them would hold up calls, and the next checkpoints do it as well.
    pub(super) fn empty_journal(&self, open: &mut Open) -> Result<(), StoreError> {
        wait_when_locked(&mut open.connection, Duration::ZERO)?;
        // The row that it answers says whether it could be done.
        open.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        wait_when_locked(&mut open.connection, self.access.patience())
    }

    /// Whether the file is no longer the one that was opened: what is written then would be lost.
    pub(super) fn has_lost(&self, open: &Open) -> bool {
        file_id(&self.path) != open.file
    }

    fn make(&self) -> Result<(), StoreError> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)
                .map_err(|error| self.away(format!("the folder {} cannot be made: {error}", folder.display())))?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        // Customers' names and numbers are nobody else's business; SQLite gives its other files the same mode.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(self.away(format!("the file cannot be made: {error}")))
            }
            _ => Ok(()),
        }
    }

    fn away(&self, why: impl std::fmt::Display) -> StoreError {
        StoreError::Away(format!("{}: {why}", self.path.display()))
    }
}

/// Twice as long as others wait between two tries. SQLite's lock is not fair: whoever takes it again
/// at once keeps everybody else out.
pub(super) fn let_others_in() {
    #[expect(clippy::disallowed_methods, reason = "SQLite does not tell whether anybody waits")]
    std::thread::sleep(Duration::from_millis(2));
}

/// Asks again every millisecond. SQLite's own waiting grows to 100 ms between tries, in which an
/// import that commits chunk after chunk would never let a call in.
fn wait_when_locked(connection: &mut Connection, patience: Duration) -> Result<(), StoreError> {
    let tries_max = i32::try_from(patience.as_millis()).unwrap_or(i32::MAX);
    connection.busy_handler(Some(move |tries| {
        if tries >= tries_max {
            return false;
        }
        #[expect(clippy::disallowed_methods, reason = "SQLite has no event for a lock that is let go")]
        std::thread::sleep(Duration::from_millis(1));
        true
    }))?;
    Ok(())
}

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    fs::metadata(path).ok().map(|_| (0, 0))
}
