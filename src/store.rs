//! What must outlast the process: calls, call backs, promises, jobs, customers, and who is on a call.
//!
//! SQLite in a file, or PostgreSQL shared by several instances. The SQL of every noun is written
//! once and runs on both (`sql.rs`). Everything here blocks: a store belongs to a plain thread,
//! never to an async task.
//!
//! Public functions of the nouns take a [`Tx`] and slices: one statement, done for each row
//! of a batch. No cost of a call grows with the history: ids of calls are appended in order of time, and
//! every other index holds live and recent rows only, or is written to when a call is long over.

pub mod accounts;
pub mod audit;
pub mod calendar_links;
pub mod call_backs;
pub mod call_notes;
pub mod calls;
pub mod conversations;
pub mod customers;
pub mod engaged;
pub mod jobs;
pub mod live_changes;
pub mod promises;
pub mod pulse;
pub mod rota_versions;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod stopped;
pub mod tokens;

mod error;
mod json;
mod migrations;
mod postgresql;
mod row;
mod sql;
mod sqlite;

pub use error::StoreError;

use sql::Connection;

/// Where a store is, how it is opened, and its one connection.
#[derive(Debug)]
pub struct Store {
    place: Place,
    connection: Option<Connection>,
    /// A transaction was begun and neither committed nor rolled back: its work panicked.
    unfinished: bool,
}

#[derive(Debug)]
enum Place {
    Sqlite(sqlite::Place),
    Postgres(Box<postgresql::Place>),
}

/// How a store is used, and how long a locked one is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// Callers are waiting: a quarter of a second, then the call goes on without the store.
    Serve,
    /// Somebody at a keyboard is waiting: some seconds.
    Command,
    /// As a command that writes nothing. A store that is not there is not made.
    Read,
}

/// An open transaction. What is done with it is there for others only after the commit.
#[derive(Debug)]
pub struct Tx<'a> {
    connection: &'a mut Connection,
}

impl Store {
    /// Opens `sqlite://path` (the folder and the file are made) or `postgres://…`, and brings its
    /// tables up to date. For the server: a locked store is given up after 250 ms.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_for(url, Access::Serve)
    }

    /// As [`Store::open`], but waits up to 5 s for a locked store: for commands that write.
    pub fn open_for_command(url: &str) -> Result<Self, StoreError> {
        Self::open_for(url, Access::Command)
    }

    /// For commands that only look: a store that is not there is not made, an older one not changed.
    pub fn open_read_only(url: &str) -> Result<Self, StoreError> {
        Self::open_for(url, Access::Read)
    }

    fn open_for(url: &str, access: Access) -> Result<Self, StoreError> {
        let place = if let Some(path) = url.strip_prefix("sqlite://") {
            Place::Sqlite(sqlite::Place::new(path, access)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Place::Postgres(Box::new(postgresql::Place::new(url, access)?))
        } else {
            return Err(StoreError::Invalid(
                "the store is written `sqlite://path/to/file.db` or `postgres://user@host/database`".to_owned(),
            ));
        };
        let mut connection = place.connect()?;
        migrations::run(&mut connection, access)?;
        Ok(Self { place, connection: Some(connection), unfinished: false })
    }

    /// Where the store is, for people: no password in it.
    pub fn location(&self) -> &str {
        match &self.place {
            Place::Sqlite(place) => place.name(),
            Place::Postgres(place) => place.name(),
        }
    }

    /// Does all of `work` or, on any error, nothing of it. A connection that was lost is made anew first.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.within(Connection::begin, work)
    }

    /// Looks at one moment's state without holding up anybody who writes.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.within(Connection::begin_read, work)
    }

    /// Between the transactions of a long errand: lets waiting calls have theirs.
    pub fn let_others_in(&self) {
        match &self.place {
            Place::Sqlite(_) => sqlite::let_others_in(),
            // Only rows are locked there.
            Place::Postgres(_) => {}
        }
    }

    /// Takes what was just erased out of the journal as well.
    fn leave_no_trace(&mut self) -> Result<(), StoreError> {
        match (&self.place, &mut self.connection) {
            (Place::Sqlite(place), Some(Connection::Sqlite(open))) => place.empty_journal(open),
            (Place::Sqlite(_) | Place::Postgres(_), _) => Ok(()),
        }
    }

    fn within<T>(
        &mut self,
        begin: fn(&mut Connection) -> Result<(), StoreError>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.connection.as_ref().is_none_or(|connection| self.place.has_lost(connection)) {
            self.connection = None;
            self.connection = Some(self.place.reconnect()?);
            self.unfinished = false;
        }
        let Some(connection) = self.connection.as_mut() else {
            return Err(StoreError::Away("not connected".to_owned()));
        };
        if std::mem::replace(&mut self.unfinished, true) {
            connection.roll_back();
        }
        let result = begin(connection).and_then(|()| {
            let value = work(&mut Tx { connection })?;
            connection.commit()?;
            Ok(value)
        });
        if result.is_err() {
            connection.roll_back();
        }
        self.unfinished = false;
        result
    }
}

impl Place {
    fn connect(&self) -> Result<Connection, StoreError> {
        match self {
            Self::Sqlite(place) => Ok(Connection::Sqlite(place.make_and_connect()?)),
            Self::Postgres(place) => Ok(Connection::Postgres(Box::new(place.connect()?))),
        }
    }

    /// Never makes a new store: an empty one in the place of a lost one would hide the loss.
    fn reconnect(&self) -> Result<Connection, StoreError> {
        match self {
            Self::Sqlite(place) => Ok(Connection::Sqlite(place.connect()?)),
            Self::Postgres(place) => Ok(Connection::Postgres(Box::new(place.connect()?))),
        }
    }

    fn has_lost(&self, connection: &Connection) -> bool {
        match (self, connection) {
            (Self::Sqlite(place), Connection::Sqlite(open)) => place.has_lost(open),
            (Self::Postgres(_), Connection::Postgres(open)) => open.is_closed(),
            (Self::Sqlite(_), Connection::Postgres(_)) | (Self::Postgres(_), Connection::Sqlite(_)) => true,
        }
    }
}
