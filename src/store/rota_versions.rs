//! Every text that the rota file has ever had. None is ever deleted.

use jiff::Timestamp;

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    /// Tells texts apart.
    pub hash: String,
    /// Who saved it in the console; `None`: it was found on disk.
    pub by: Option<String>,
    /// What it changed, in words.
    pub what: String,
    pub at: Timestamp,
}

/// A version that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    pub hash: String,
    pub text: String,
    pub by: Option<String>,
    pub what: String,
    pub at: Timestamp,
}

/// Adds a version, unless the newest has the same hash: of several instances that read the same file one tells of it.
/// Answers its id if it is new.
pub fn record(tx: &mut Tx<'_>, new: &NewVersion) -> Result<Option<i64>, StoreError> {
    // Held to the commit, so that two instances do not both find that it is new.
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'rota_version'", &[])?;
    if newest(tx)?.is_some_and(|newest| newest.hash == new.hash) {
        return Ok(None);
    }
    let values = [
        Value::Text(&new.hash),
        Value::Text(&new.text),
        new.by.as_deref().into(),
        Value::Text(&new.what),
        Value::Int(new.at.as_microsecond()),
    ];
    let sql = "INSERT INTO rota_version (hash, doc, saved_by, what, at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    tx.rows("rota_version", sql, &values)?.pop().map(|mut row| row.int("id")).transpose()
}

pub fn newest(tx: &mut Tx<'_>) -> Result<Option<Version>, StoreError> {
    Ok(page(tx, i64::MAX, 1)?.pop())
}

/// Those before this id, newest first.
pub fn page(tx: &mut Tx<'_>, before: i64, count: u32) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT id, hash, saved_by, what, at FROM rota_version WHERE id < $1 ORDER BY id DESC LIMIT $2";
    tx.rows("rota_version", sql, &[Value::Int(before), Value::Int(count.into())])?.iter_mut().map(read).collect()
}

/// One version and its text.
pub fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<(Version, String)>, StoreError> {
    let sql = "SELECT id, hash, saved_by, what, at, doc FROM rota_version WHERE id = $1";
    let found = tx.rows("rota_version", sql, &[Value::Int(id)])?.pop();
    found.map(|mut row| Ok((read(&mut row)?, row.text("doc")?))).transpose()
}

fn read(row: &mut Row) -> Result<Version, StoreError> {
    Ok(Version {
        id: row.int("id")?,
        hash: row.text("hash")?,
        by: row.text_or_null("saved_by")?,
        what: row.text("what")?,
        at: row.instant("at")?,
    })
}
