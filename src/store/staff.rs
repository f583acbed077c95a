//! Everybody who has been on the staff: the rota file forgets who leaves, their customers do not.

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::staff::StaffId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: StaffId,
    pub name: String,
    /// When it was noticed that they are no longer in the rota file.
    pub left: Option<Timestamp>,
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Known>, StoreError> {
    let known = tx.rows("staff", "SELECT id, name, gone FROM staff ORDER BY id", &[])?.into_iter().map(|mut row| {
        Ok(Known { id: StaffId::new(&row.text("id")?), name: row.text("name")?, left: row.instant_or_null("gone")? })
    });
    known.collect()
}

/// Adds people, or updates what is known of them.
pub fn put(tx: &mut Tx<'_>, people: &[Known]) -> Result<(), StoreError> {
    let rows = people.iter().map(|known| {
        [Value::Text(known.id.as_str()), Value::Text(&known.name), known.left.map(Timestamp::as_microsecond).into()]
    });
    let sql = "INSERT INTO staff (id, name, gone) VALUES ($1, $2, $3)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, gone = excluded.gone";
    tx.execute_each(sql, &rows.collect::<Vec<_>>()).map(|_| ())
}
