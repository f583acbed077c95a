//! The secret links at which calendar programs find the rota: one for each person, and one for everybody's.

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::staff::StaffId;

/// The name under which everybody's link is kept; no person of the rota file has an empty one.
const EVERYBODY: &str = "";

/// Gives somebody this link; one that they had leads nowhere from now on. `None`: everybody's.
pub fn renew(tx: &mut Tx<'_>, who: Option<&StaffId>, secret: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO calendar_link (staff, secret, made) VALUES ($1, $2, $3)
               ON CONFLICT (staff) DO UPDATE SET secret = excluded.secret, made = excluded.made";
    let who = who.map_or(EVERYBODY, StaffId::as_str);
    tx.execute(sql, &[Value::Text(who), Value::Text(secret), Value::Int(now.as_microsecond())]).map(|_| ())
}

/// Somebody's link, if they have one. `None`: everybody's.
pub fn of(tx: &mut Tx<'_>, who: Option<&StaffId>) -> Result<Option<String>, StoreError> {
    let sql = "SELECT secret FROM calendar_link WHERE staff = $1";
    let found = tx.rows("calendar_link", sql, &[Value::Text(who.map_or(EVERYBODY, StaffId::as_str))])?.pop();
    found.map(|mut row| row.text("secret")).transpose()
}

/// Somebody's link leads nowhere from now on. `None`: everybody's. False: there was none.
pub fn end(tx: &mut Tx<'_>, who: Option<&StaffId>) -> Result<bool, StoreError> {
    let who = who.map_or(EVERYBODY, StaffId::as_str);
    Ok(tx.execute("DELETE FROM calendar_link WHERE staff = $1", &[Value::Text(who)])? > 0)
}

/// Who has one of their own.
pub fn people(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    let found =
        tx.rows("calendar_link", "SELECT staff FROM calendar_link WHERE staff <> $1", &[Value::Text(EVERYBODY)])?;
    found.into_iter().map(|mut row| Ok(StaffId::new(&row.text("staff")?))).collect()
}

/// Whose link this is; the inner `None`: everybody's.
pub fn whose(tx: &mut Tx<'_>, secret: &str) -> Result<Option<Option<StaffId>>, StoreError> {
    let found =
        tx.rows("calendar_link", "SELECT staff FROM calendar_link WHERE secret = $1", &[Value::Text(secret)])?;
    let who = |who: String| (who != EVERYBODY).then(|| StaffId::new(&who));
    found.into_iter().next().map(|mut row| row.text("staff").map(who)).transpose()
}
