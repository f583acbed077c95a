//! Brings a store's tables up to date, each step once, recorded in the store itself.

use super::sql::{Connection, Value};
use super::{Access, StoreError, Tx};

/// One step for both engines. Its place in [`MIGRATIONS`] is its number.
struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Append only: what has once been released never changes.
const MIGRATIONS: [Migration; 1] = [Migration {
    name: "first",
    sqlite: include_str!("migrations/sqlite/0001_first.sql"),
    postgres: include_str!("migrations/postgres/0001_first.sql"),
}];

/// Any number, the same in every version of ours: of several instances that start at once one migrates.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_xact_lock(7467265524)";

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (number bigint PRIMARY KEY, name text NOT NULL)";

pub(super) fn run(connection: &mut Connection, access: Access) -> Result<(), StoreError> {
    let latest = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if access == Access::Read {
        let present = present(connection)?;
        return match present {
            _ if present == latest => Ok(()),
            0 => Err(StoreError::Invalid("the store is empty: start `switchboard serve` once".to_owned())),
            _ if present > latest => Err(newer(present, latest)),
            _ => Err(StoreError::Invalid(
                "the store was last used by an older switchboard: start `switchboard serve` once, which brings it \
                 up to date"
                    .to_owned(),
            )),
        };
    }
    if present(connection)? == latest {
        return Ok(());
    }
    connection.begin()?;
    let result = bring_up_to_date(connection, latest);
    if result.is_err() {
        connection.roll_back();
    }
    result
}

fn bring_up_to_date(connection: &mut Connection, latest: i64) -> Result<(), StoreError> {
    if let Connection::Postgres(_) = connection {
        connection.script(POSTGRES_LOCK)?;
    }
    connection.script(TABLE)?;
    // Asked again, now that nobody else can be at it.
    let present = present(connection)?;
    if present > latest {
        return Err(newer(present, latest));
    }
    for (number, migration) in (1..).zip(&MIGRATIONS).skip_while(|(number, _)| *number <= present) {
        connection.script(match connection {
            Connection::Sqlite(_) => migration.sqlite,
            Connection::Postgres(_) => migration.postgres,
        })?;
        let values = [Value::Int(number), Value::Text(migration.name)];
        Tx { connection }.execute("INSERT INTO migration (number, name) VALUES ($1, $2)", &values)?;
    }
    connection.commit()
}

/// The number of the last migration this store has seen; 0 for an empty one.
fn present(connection: &mut Connection) -> Result<i64, StoreError> {
    let tables = match connection {
        Connection::Sqlite(_) => "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
        Connection::Postgres(_) => {
            "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'"
        }
    };
    if one(connection, tables)? == 0 {
        return Ok(0);
    }
    one(connection, "SELECT coalesce(max(number), 0) FROM migration")
}

fn one(connection: &mut Connection, sql: &'static str) -> Result<i64, StoreError> {
    match (Tx { connection }).rows("migration", sql, &[])?.first_mut() {
        Some(row) => row.int("number"),
        None => Ok(0),
    }
}

fn newer(present: i64, latest: i64) -> StoreError {
    StoreError::Invalid(format!(
        "the store was used by a newer switchboard (its tables have number {present}, this one knows up to \
         {latest}): start that newer one, or restore a copy of the store from before it"
    ))
}
