//! Numbers that have said STOP, and want no text from us as customers. It is their wish and not a fact about a customer:
//! it outlives the customer's erasure, or the next call would bring a text again.

use std::collections::HashSet;

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::phone::Phone;

/// No more texts to this number. Again changes nothing. True if it is news.
pub fn stop(tx: &mut Tx<'_>, phone: Phone, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "INSERT INTO stopped (phone, since) VALUES ($1, $2) ON CONFLICT (phone) DO NOTHING";
    Ok(tx.execute(sql, &[Value::Int(phone.digits()), Value::Int(now.as_microsecond())])? == 1)
}

/// Texts may go there again. True if it is news.
pub fn start(tx: &mut Tx<'_>, phone: Phone) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM stopped WHERE phone = $1", &[Value::Int(phone.digits())])? == 1)
}

/// Those of `phones` that have said STOP.
pub fn among(tx: &mut Tx<'_>, phones: &[Phone]) -> Result<HashSet<Phone>, StoreError> {
    if phones.is_empty() {
        return Ok(HashSet::new());
    }
    let wanted: Vec<_> = phones.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    let rows = tx.rows_each("stopped", "SELECT phone FROM stopped WHERE phone = $1", &wanted)?;
    rows.into_iter()
        .map(|mut row| {
            let digits = row.int("phone")?;
            Phone::from_digits(digits).ok_or_else(|| row.broken("phone"))
        })
        .collect()
}
