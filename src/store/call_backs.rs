//! Call backs, under way and over.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::json::document;
use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::call_back::{CallBack, CallBackId};
use crate::domain::caller::Customer;
use crate::domain::promise::PromiseId;

/// A call back as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Counts up from 1 with every save.
    pub version: i64,
    pub call_back: CallBack,
}

/// [`StoreError::Conflict`] if one for the same promise is under way.
pub fn begin(tx: &mut Tx<'_>, call_back: &CallBack) -> Result<(), StoreError> {
    let doc = document(call_back)?;
    let values = [
        Value::Id(call_back.id.0),
        Value::Int(call_back.promise.0),
        Value::Int(call_back.phone.digits()),
        call_back.wake().map(Timestamp::as_microsecond).into(),
        Value::Text(&doc),
    ];
    let sql = "INSERT INTO call_back (id, promise, number, wake, doc, version) VALUES ($1, $2, $3, $4, $5, 1)";
    tx.execute(sql, &values).map(|_| ())
}

/// [`StoreError::Conflict`] if it has been saved by somebody else since it was loaded.
pub fn save(tx: &mut Tx<'_>, call_back: &CallBack, version: i64) -> Result<(), StoreError> {
    let doc = document(call_back)?;
    let values = [
        call_back.wake().map(Timestamp::as_microsecond).into(),
        Value::Text(&doc),
        Value::Id(call_back.id.0),
        Value::Int(version),
    ];
    let sql = "UPDATE call_back SET version = version + 1, wake = $1, doc = $2 WHERE id = $3 AND version = $4";
    if tx.execute(sql, &values)? == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

pub fn find(tx: &mut Tx<'_>, id: CallBackId) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM call_back WHERE id = $1";
    tx.rows("call_back", sql, &[Value::Id(id.0)])?.pop().map(stored).transpose()
}

/// The one that is under way for this promise.
pub fn live(tx: &mut Tx<'_>, promise: PromiseId) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM call_back WHERE promise = $1 AND wake IS NOT NULL";
    tx.rows("call_back", sql, &[Value::Int(promise.0)])?.pop().map(stored).transpose()
}

/// Those whose next news should have come by now, the longest overdue first.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM call_back WHERE wake <= $1 ORDER BY wake LIMIT $2";
    let values = [Value::Int(now.as_microsecond()), Value::Int(limit.into())];
    tx.rows("call_back", sql, &values)?.into_iter().map(stored).collect()
}

/// Deletes the call backs that are over: those to this customer's numbers, and those that kept these promises, whatever
/// number was rung. Those under way keep what they need; answers how many.
pub(super) fn erase(tx: &mut Tx<'_>, customer: &Customer, promises: &[PromiseId]) -> Result<usize, StoreError> {
    let numbers: Vec<_> = customer.numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    let promises: Vec<_> = promises.iter().map(|promise| [Value::Int(promise.0)]).collect();
    tx.execute_each("DELETE FROM call_back WHERE number = $1 AND wake IS NULL", &numbers)?;
    tx.execute_each("DELETE FROM call_back WHERE promise = $1 AND wake IS NULL", &promises)?;
    let mut live = tx.rows_each("call_back", "SELECT id FROM call_back WHERE number = $1", &numbers)?;
    live.extend(tx.rows_each("call_back", "SELECT id FROM call_back WHERE promise = $1", &promises)?);
    let live = live.into_iter().map(|mut row| row.text("id")).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(live.len())
}

fn stored(mut row: Row) -> Result<Stored, StoreError> {
    row.text("id")?;
    Ok(Stored { version: row.int("version")?, call_back: row.json("doc")? })
}
