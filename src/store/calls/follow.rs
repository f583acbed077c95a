//! Calls of somebody who turned out to be another customer.

use super::all;
use crate::domain::caller::CustomerId;
use crate::store::sql::Value;
use crate::store::{StoreError, Tx, json};

/// The calls of one customer are another's from now on, those that are going on too: what is promised in them is
/// promised to the other.
pub fn follow(tx: &mut Tx<'_>, from: CustomerId, to: CustomerId) -> Result<(), StoreError> {
    // Each has an index of its own.
    for (theirs, moved) in [
        (
            "SELECT id, version, doc FROM call WHERE customer = $1 AND recent = 0",
            "UPDATE call SET customer = $1 WHERE customer = $2 AND recent = 0",
        ),
        (
            "SELECT id, version, doc FROM call WHERE customer = $1 AND recent = 1",
            "UPDATE call SET customer = $1 WHERE customer = $2 AND recent = 1",
        ),
    ] {
        let calls = all(tx.rows("call", theirs, &[Value::Int(from.0)])?)?;
        tx.execute(moved, &[Value::Int(to.0), Value::Int(from.0)])?;
        for mut stored in calls {
            let Some(customer) = stored.call.customer.as_mut() else { continue };
            customer.id = to;
            let doc = json::document(&stored.call)?;
            let values = [Value::Text(&doc), Value::Id(stored.call.id.0), Value::Int(stored.version)];
            let sql = "UPDATE call SET doc = $1, version = version + 1 WHERE id = $2 AND version = $3";
            if tx.execute(sql, &values)? == 0 {
                return Err(StoreError::Conflict);
            }
        }
    }
    Ok(())
}
