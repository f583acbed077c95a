//! Live changes of the rota. None is ever deleted: one that is undone, or over, is passed over.

use jiff::Timestamp;

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx, json};
use crate::domain::rota::live::{Live, LiveChange, LiveChangeId};
use crate::domain::staff::StaffId;

/// A live change that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLiveChange {
    pub by: StaffId,
    pub what: Live,
    pub made: Timestamp,
    /// From then on it has no effect.
    pub until: Timestamp,
}

pub fn add(tx: &mut Tx<'_>, new: &NewLiveChange) -> Result<LiveChangeId, StoreError> {
    count_up(tx)?;
    let values = [
        Value::Text(new.by.as_str()),
        Value::Text(&json::document(&new.what)?),
        Value::Int(new.made.as_microsecond()),
        Value::Int(new.until.as_microsecond()),
    ];
    let sql = "INSERT INTO live_change (said_by, doc, made, until) VALUES ($1, $2, $3, $4) RETURNING id";
    let broken = || StoreError::broken("live_change", "id", &new.by);
    let mut row = tx.rows("live_change", sql, &values)?.pop().ok_or_else(broken)?;
    Ok(LiveChangeId(row.int("id")?))
}

/// It counts as never made from now on. False: it did so before, or there is none.
pub fn undo(tx: &mut Tx<'_>, id: LiveChangeId, now: Timestamp) -> Result<bool, StoreError> {
    count_up(tx)?;
    let sql = "UPDATE live_change SET undone = $1 WHERE id = $2 AND undone IS NULL";
    Ok(tx.execute(sql, &[Value::Int(now.as_microsecond()), Value::Int(id.0)])? > 0)
}

/// Grows with every change, so that whoever knows the changes of one version sees that there are others.
/// Read it before them.
pub fn version(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT last FROM counter WHERE name = 'live_change'";
    tx.rows("counter", sql, &[])?.pop().map_or(Ok(0), |mut row| row.int("last"))
}

/// Those that are not over, in the order in which they were made.
pub fn in_force(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<LiveChange>, StoreError> {
    let sql = "SELECT id, said_by, made, doc FROM live_change WHERE undone IS NULL AND until > $1 ORDER BY id";
    tx.rows("live_change", sql, &[Value::Int(now.as_microsecond())])?.into_iter().map(change).collect()
}

fn change(mut row: Row) -> Result<LiveChange, StoreError> {
    Ok(LiveChange {
        id: LiveChangeId(row.int("id")?),
        by: row.parsed("said_by", |by| Some(StaffId::new(by)))?,
        made: row.instant("made")?,
        what: row.json("doc")?,
    })
}

fn count_up(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'live_change'", &[]).map(|_| ())
}
