//! What staff have written about a call: beside it, since a call's own row is the phone's.

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::call::CallId;

/// A call has at most one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNote {
    pub text: String,
    /// The name of whoever wrote it last.
    pub by: String,
    pub at: Timestamp,
}

pub fn get(tx: &mut Tx<'_>, call: CallId) -> Result<Option<CallNote>, StoreError> {
    let sql = "SELECT call, note, written, by FROM call_note WHERE call = $1";
    let Some(mut row) = tx.rows("call_note", sql, &[Value::Id(call.0)])?.pop() else { return Ok(None) };
    row.text("call")?;
    let (text, at, by) = (row.text("note")?, row.instant("written")?, row.text("by")?);
    Ok(Some(CallNote { text, by, at }))
}

/// Replaces what was written before; `None` takes it away.
pub fn put(tx: &mut Tx<'_>, call: CallId, note: Option<&CallNote>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM call_note WHERE call = $1", &[Value::Id(call.0)])?;
    let Some(CallNote { text, by, at }) = note else { return Ok(()) };
    let values = [Value::Id(call.0), Value::Text(text), Value::Int(at.as_microsecond()), Value::Text(by)];
    tx.execute("INSERT INTO call_note (call, note, written, by) VALUES ($1, $2, $3, $4)", &values).map(|_| ())
}
