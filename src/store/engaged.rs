//! Who is on a call of ours, ringing or talking, across all instances.

use std::collections::HashMap;

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::call::CallId;
use crate::domain::staff::StaffId;

/// Those of `staff` who are engaged, and on which call.
pub fn among(tx: &mut Tx<'_>, staff: &[StaffId]) -> Result<HashMap<StaffId, CallId>, StoreError> {
    if staff.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted: Vec<_> = staff.iter().map(|staff| [Value::Text(staff.as_str())]).collect();
    let rows = tx.rows_each("engaged", "SELECT staff, call FROM engaged WHERE staff = $1", &wanted)?;
    rows.into_iter()
        .map(|mut row| {
            let who = row.parsed("staff", |staff| Some(StaffId::new(staff)))?;
            let call = row.parsed("call", |id| id.parse().ok().map(CallId))?;
            Ok((who, call))
        })
        .collect()
}

/// From now on these people's phones belong to these calls. [`StoreError::Conflict`] if one of them
/// is on another call; again for the same call is harmless.
pub fn engage(tx: &mut Tx<'_>, batch: &[(StaffId, CallId, Timestamp)]) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let mut batch: Vec<_> = batch.iter().collect();
    // In one order everywhere, so that two instances never wait for each other.
    batch.sort_by_key(|(staff, call, _)| (staff, *call));
    batch.dedup_by_key(|(staff, call, _)| (staff, *call));
    if batch.windows(2).any(|pair| matches!(pair, [(a, ..), (b, ..)] if a == b)) {
        return Err(StoreError::Conflict);
    }
    let rows = batch.iter().map(|(staff, call, since)| {
        [Value::Text(staff.as_str()), Value::Id(call.0), Value::Int(since.as_microsecond())]
    });
    let sql = "INSERT INTO engaged (staff, call, since) VALUES ($1, $2, $3)
               ON CONFLICT (staff) DO UPDATE SET call = excluded.call WHERE engaged.call = excluded.call";
    let engaged = tx.execute_each(sql, &rows.collect::<Vec<_>>())?;
    if engaged == batch.len() { Ok(()) } else { Err(StoreError::Conflict) }
}

/// These calls give these people's phones back; whoever is on another call by now stays on it.
pub fn release(tx: &mut Tx<'_>, batch: &[(StaffId, CallId)]) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = batch.iter().map(|(staff, call)| [Value::Text(staff.as_str()), Value::Id(call.0)]).collect();
    tx.execute_each("DELETE FROM engaged WHERE staff = $1 AND call = $2", &rows).map(|_| ())
}
