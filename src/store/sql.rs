//! The two engines behind one face, so that SQL is written once.
//!
//! Rules for the text of a statement: parameters `$1`, `$2` … first appear in that order; results are
//! bigint or text. A batch is one statement done for each of its rows.

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

use super::calls::RecentCalls;
use super::postgresql::Postgres;
use super::row::{Cell, Row};
use super::{StoreError, Tx, sqlite};

#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(sqlite::Open),
    Postgres(Box<Postgres>),
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    /// A text in the store.
    Id(Uuid),
}

impl From<Option<i64>> for Value<'_> {
    fn from(int: Option<i64>) -> Self {
        int.map_or(Self::Null, Self::Int)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

/// PostgreSQL keeps no NUL in a text, so both engines keep U+FFFD in its place.
pub(super) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// For a statement without parameters.
const ONCE: [[Value<'static>; 0]; 1] = [[]];

impl Tx<'_> {
    /// `table` names in errors where a bad value stands.
    pub(super) fn rows(
        &mut self,
        table: &'static str,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        self.connection.rows(table, sql, &[values])
    }

    /// What the statement finds for each of these rows of values, in their order.
    pub(super) fn rows_each<'a>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        batch: &[impl AsRef<[Value<'a>]>],
    ) -> Result<Vec<Row>, StoreError> {
        self.connection.rows(table, sql, batch)
    }

    /// Answers how many rows were changed.
    pub(super) fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        self.connection.execute(sql, &[values])
    }

    /// Does the statement for each of these rows of values; answers how many rows were changed in all.
    pub(super) fn execute_each<'a>(
        &mut self,
        sql: &'static str,
        batch: &[impl AsRef<[Value<'a>]>],
    ) -> Result<usize, StoreError> {
        self.connection.execute(sql, batch)
    }
}

impl Connection {
    fn rows<'a>(
        &mut self,
        table: &'static str,
        sql: &'static str,
        batch: &[impl AsRef<[Value<'a>]>],
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(open) => {
                let mut statement = open.connection.prepare_cached(sql)?;
                let mut found = Vec::with_capacity(batch.len());
                for values in batch {
                    collect(&mut statement, table, values.as_ref(), &mut found)?;
                }
                Ok(found)
            }
            Self::Postgres(postgres) => postgres.rows(table, sql, batch),
        }
    }

    fn execute<'a>(&mut self, sql: &'static str, batch: &[impl AsRef<[Value<'a>]>]) -> Result<usize, StoreError> {
        match self {
            Self::Sqlite(open) => {
                let mut statement = open.connection.prepare_cached(sql)?;
                batch.iter().try_fold(0, |changed, values| {
                    bind(&mut statement, values.as_ref())?;
                    Ok(changed + statement.raw_execute()?)
                })
            }
            Self::Postgres(postgres) => postgres.execute(sql, batch),
        }
    }

    /// Several statements at once, without parameters.
    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(open) => Ok(open.connection.execute_batch(sql)?),
            Self::Postgres(postgres) => postgres.script(sql),
        }
    }

    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        match self {
            // Takes the write lock at once: a transaction that reads first could not be given it later.
            Self::Sqlite(_) => self.execute("BEGIN IMMEDIATE", &ONCE).map(|_| ()),
            Self::Postgres(postgres) => postgres.script("BEGIN"),
        }
    }

    pub(super) fn begin_read(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.execute("BEGIN DEFERRED", &ONCE).map(|_| ()),
            Self::Postgres(postgres) => postgres.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        }
    }

    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.execute("COMMIT", &ONCE).map(|_| ()),
            Self::Postgres(postgres) => postgres.script("COMMIT"),
        }
    }

    /// Where this fails the engine has rolled back by itself, or the connection is lost and with it
    /// the transaction.
    pub(super) fn roll_back(&mut self) {
        if let Self::Sqlite(open) = self {
            // It may know calls that are now not saved.
            open.recent_calls = RecentCalls::default();
        }
        match self {
            Self::Sqlite(open) if open.connection.is_autocommit() => {}
            Self::Sqlite(_) | Self::Postgres(_) => drop(self.script("ROLLBACK")),
        }
    }
}

fn collect(
    statement: &mut rusqlite::Statement<'_>,
    table: &'static str,
    values: &[Value<'_>],
    into: &mut Vec<Row>,
) -> Result<(), StoreError> {
    bind(statement, values)?;
    let columns = statement.column_count();
    let mut found = statement.raw_query();
    while let Some(row) = found.next()? {
        let mut cells = Vec::with_capacity(columns);
        for column in 0..columns {
            cells.push(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(int) => Cell::Int(int),
                ValueRef::Text(bytes) => {
                    std::str::from_utf8(bytes).map_or(Cell::Strange, |text| Cell::Text(text.to_owned()))
                }
                ValueRef::Real(_) | ValueRef::Blob(_) => Cell::Strange,
            });
        }
        into.push(Row::new(table, cells));
    }
    Ok(())
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value<'_>]) -> Result<(), StoreError> {
    for (at, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value)?;
    }
    Ok(())
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Int(int) => ToSqlOutput::Borrowed(ValueRef::Integer(*int)),
            Value::Text(text) => match without_nul(text) {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(text.into()),
            },
            Value::Id(id) => ToSqlOutput::Owned(id.to_string().into()),
        })
    }
}
