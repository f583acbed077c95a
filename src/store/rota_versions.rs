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
    take_turn(tx)?;
    if newest(tx)?.is_some_and(|newest| newest.hash == new.hash) {
        return Ok(None);
    }
    add(tx, new).map(Some)
}

/// Before a save: whoever else is about to add a version waits until the commit, and a store that takes nothing says so.
/// Answers the id of the newest version.
pub fn take_turn(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'rota_version'", &[])?;
    Ok(newest(tx)?.map(|newest| newest.id))
}

/// Says who saved a version, once it has been saved. If it was found on the disk since `after` it is that one, else it is
/// added. Answers its id, unless this has been said before.
pub fn sign(tx: &mut Tx<'_>, new: &NewVersion, after: Option<i64>) -> Result<Option<i64>, StoreError> {
    take_turn(tx)?;
    let after = Value::Int(after.unwrap_or_default());
    let sql = "UPDATE rota_version SET saved_by = $1, what = $2 WHERE hash = $3 AND id > $4 AND saved_by IS NULL
               RETURNING id";
    let values = [new.by.as_deref().into(), Value::Text(&new.what), Value::Text(&new.hash), after];
    if let Some(mut row) = tx.rows("rota_version", sql, &values)?.pop() {
        return row.int("id").map(Some);
    }
    let sql = "SELECT id FROM rota_version WHERE hash = $1 AND id > $2";
    let known = !tx.rows("rota_version", sql, &[Value::Text(&new.hash), after])?.is_empty();
    if known { Ok(None) } else { add(tx, new).map(Some) }
}

fn add(tx: &mut Tx<'_>, new: &NewVersion) -> Result<i64, StoreError> {
    let values = [
        Value::Text(&new.hash),
        Value::Text(&new.text),
        new.by.as_deref().into(),
        Value::Text(&new.what),
        Value::Int(new.at.as_microsecond()),
    ];
    let sql = "INSERT INTO rota_version (hash, doc, saved_by, what, at) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    let broken = || StoreError::broken("rota_version", "id", &new.hash);
    tx.rows("rota_version", sql, &values)?.pop().ok_or_else(broken)?.int("id")
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
