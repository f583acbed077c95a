//! The two engines behind one face, so that SQL is written once.
//!
//! Rules for the text of a statement: parameters `$1`, `$2` … first appear in that order; batches
//! arrive as one JSON array of arrays (`json.rs`); results are bigint or text.

use std::collections::HashMap;

use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::row::{Cell, Row};
use super::{StoreError, Tx, sqlite};

#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(sqlite::Open),
    Postgres(Box<Postgres>),
}

/// A connection and what it has prepared.
pub(super) struct Postgres {
    client: postgres::Client,
    statements: HashMap<&'static str, postgres::Statement>,
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Int(i64),
    Text(&'a str),
}

impl Tx<'_> {
    /// `table` names in errors where a bad value stands.
    pub(super) fn rows(
        &mut self,
        table: &'static str,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        self.connection.rows(table, sql, values)
    }

    /// Answers how many rows were changed.
    pub(super) fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        self.connection.execute(sql, values)
    }
}

impl Connection {
    pub(super) fn rows(
        &mut self,
        table: &'static str,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, StoreError> {
        let cells = match self {
            Self::Sqlite(open) => sqlite_rows(&open.connection, sql, values)?,
            Self::Postgres(postgres) => postgres.rows(sql, values)?,
        };
        Ok(cells.into_iter().map(|cells| Row::new(table, cells)).collect())
    }

    pub(super) fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        match self {
            Self::Sqlite(open) => {
                let mut statement = open.connection.prepare_cached(sql)?;
                bind(&mut statement, values)?;
                Ok(statement.raw_execute()?)
            }
            Self::Postgres(postgres) => postgres.execute(sql, values),
        }
    }

    /// Several statements at once, without parameters.
    pub(super) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(open) => Ok(open.connection.execute_batch(sql)?),
            Self::Postgres(postgres) => Ok(postgres.client.batch_execute(sql)?),
        }
    }

    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        match self {
            // Takes the write lock at once: a transaction that reads first could not be given it later.
            Self::Sqlite(_) => self.execute("BEGIN IMMEDIATE", &[]).map(|_| ()),
            Self::Postgres(postgres) => Ok(postgres.client.batch_execute("BEGIN")?),
        }
    }

    pub(super) fn begin_read(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.execute("BEGIN DEFERRED", &[]).map(|_| ()),
            Self::Postgres(postgres) => {
                Ok(postgres.client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?)
            }
        }
    }

    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.execute("COMMIT", &[]).map(|_| ()),
            Self::Postgres(postgres) => Ok(postgres.client.batch_execute("COMMIT")?),
        }
    }

    /// Where this fails the engine has rolled back by itself, or the connection is lost and with it
    /// the transaction.
    pub(super) fn roll_back(&mut self) {
        match self {
            Self::Sqlite(open) if open.connection.is_autocommit() => {}
            Self::Sqlite(_) | Self::Postgres(_) => drop(self.script("ROLLBACK")),
        }
    }
}

fn sqlite_rows(
    connection: &rusqlite::Connection,
    sql: &'static str,
    values: &[Value<'_>],
) -> Result<Vec<Vec<Cell>>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let columns = statement.column_count();
    let mut found = statement.raw_query();
    let mut rows = Vec::new();
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
        rows.push(cells);
    }
    Ok(rows)
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value<'_>]) -> Result<(), StoreError> {
    for (at, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value)?;
    }
    Ok(())
}

impl Postgres {
    pub(super) fn new(client: postgres::Client) -> Self {
        Self { client, statements: HashMap::new() }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn rows(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Vec<Cell>>, StoreError> {
        let statement = self.prepared(sql)?;
        let found = self.client.query(&statement, &parameters(values))?;
        Ok(found.iter().map(|row| (0..row.len()).map(|column| postgres_cell(row, column)).collect()).collect())
    }

    fn execute(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        let statement = self.prepared(sql)?;
        let changed = self.client.execute(&statement, &parameters(values))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    fn prepared(&mut self, sql: &'static str) -> Result<postgres::Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Postgres")
    }
}

fn parameters<'a>(values: &'a [Value<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn postgres_cell(row: &postgres::Row, column: usize) -> Cell {
    if let Ok(int) = row.try_get::<_, Option<i64>>(column) {
        return int.map_or(Cell::Null, Cell::Int);
    }
    match row.try_get::<_, Option<String>>(column) {
        Ok(text) => text.map_or(Cell::Null, Cell::Text),
        Err(_) => Cell::Strange,
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Int(int) => ValueRef::Integer(*int),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, type_: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Int(int) => int.to_sql_checked(type_, out),
            Value::Text(text) => text.to_sql_checked(type_, out),
        }
    }

    fn accepts(type_: &Type) -> bool {
        <i64 as ToSql>::accepts(type_) || <&str as ToSql>::accepts(type_)
    }

    to_sql_checked!();
}
