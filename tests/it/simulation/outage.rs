//! A store that cannot be written for a while.

use std::time::Duration;

use super::aside::Aside;

/// Somebody else has locked the store, until this is dropped.
pub(super) struct Outage {
    #[expect(dead_code, reason = "holds the lock until it is dropped")]
    lock: Aside<Lock>,
}

enum Lock {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Client),
}

impl Outage {
    pub(super) fn of(store: &str) -> Self {
        Self { lock: Aside::new(|| Lock::on(store)) }
    }
}

/// Every connection to the store is cut. SQLite has none.
pub(super) fn cuts_connections(store: &str) {
    if store.starts_with("postgres://") {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        Aside::new(|| postgres::Client::connect(store, postgres::NoTls).unwrap())
            .with(|client| client.batch_execute(cut).unwrap());
    }
}

impl Lock {
    /// Who only reads is not held up.
    fn on(store: &str) -> Self {
        if let Some(path) = store.strip_prefix("sqlite://") {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.busy_timeout(Duration::from_secs(10)).unwrap();
            connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
            Self::Sqlite(connection)
        } else {
            let mut client = postgres::Client::connect(store, postgres::NoTls).unwrap();
            client.batch_execute("BEGIN; LOCK TABLE call, promise, engaged, job IN EXCLUSIVE MODE").unwrap();
            Self::Postgres(client)
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch("ROLLBACK").unwrap(),
            Self::Postgres(client) => client.batch_execute("ROLLBACK").unwrap(),
        }
    }
}
