//! Calls, present and past.

mod erase;
mod follow;
mod history;
mod recent;

pub use erase::{Erased, erase};
pub use follow::follow;
pub use history::{More, Of, PAGE, Page, Place, Wanted, history};
pub(super) use recent::RecentCalls;

use jiff::Timestamp;
use uuid::Uuid;

use super::json::document;
use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::call::{Call, CallId, State};
use crate::domain::phone::Phone;

/// A call as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Counts up from 1 with every save.
    pub version: i64,
    pub call: Call,
}

/// A call on its way in.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    pub call: &'a Call,
    /// The version it was loaded with; `None` for a new call.
    pub version: Option<i64>,
    /// When the sweeper must look at it, should no further event come.
    pub wake: Option<Timestamp>,
}

/// What somebody who typed a part of an id meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    One(Box<Stored>),
    /// More than one call begins like that.
    Several,
    None,
}

/// The calls with these ids, and those of these (provider, provider's id). Of the latter only live
/// and recent ones: see [`forget_recent`]. No order; a call asked for in both ways comes twice.
pub fn find(tx: &mut Tx<'_>, ids: &[CallId], provider_ids: &[(String, String)]) -> Result<Vec<Stored>, StoreError> {
    let mut found = Vec::new();
    if !ids.is_empty() {
        let wanted: Vec<_> = ids.iter().map(|id| [Value::Id(id.0)]).collect();
        let sql = "SELECT id, version, doc FROM call WHERE id = $1";
        found.extend(all(tx.rows_each("call", sql, &wanted)?)?);
    }
    if !provider_ids.is_empty() {
        found.extend(recent::find(tx, provider_ids)?);
    }
    Ok(found)
}

/// Saves new and changed calls, each at most once in a batch. [`StoreError::Conflict`] if one of
/// them has been saved by somebody else since it was loaded, or a new one is there already.
pub fn save(tx: &mut Tx<'_>, batch: &[Save<'_>]) -> Result<(), StoreError> {
    let (new, changed): (Vec<&Save<'_>>, Vec<&Save<'_>>) = batch.iter().partition(|save| save.version.is_none());
    if !new.is_empty() {
        insert(tx, &new)?;
    }
    if !changed.is_empty() {
        update(tx, changed)?;
    }
    Ok(())
}

fn insert(tx: &mut Tx<'_>, new: &[&Save<'_>]) -> Result<(), StoreError> {
    recent::none_is_there(tx, new.iter().map(|save| (save.call.provider.clone(), save.call.provider_id.0.clone())))?;
    let documents = documents(new)?;
    let rows = new.iter().zip(&documents).map(|(Save { call, wake, .. }, document)| {
        let (ended, outcome) = ending(call);
        [
            Value::Id(call.id.0),
            Value::Text(&call.provider),
            Value::Text(&call.provider_id.0),
            Value::Text(call.line.as_str()),
            call.from.phone().map(Phone::digits).into(),
            call.customer.as_ref().map(|customer| customer.id.0).into(),
            Value::Int(call.started.as_microsecond()),
            wake.map(Timestamp::as_microsecond).into(),
            ended.into(),
            outcome.into(),
            Value::Text(document),
        ]
    });
    let sql = "INSERT INTO call
                   (id, provider, provider_id, line, number, customer, started, wake, ended, outcome, doc, version, recent)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 1)";
    tx.execute_each(sql, &rows.collect::<Vec<_>>()).map(|_| ())
}

fn update(tx: &mut Tx<'_>, mut changed: Vec<&Save<'_>>) -> Result<(), StoreError> {
    // In one order everywhere, so that two instances never wait for each other.
    changed.sort_by_key(|save| save.call.id);
    let documents = documents(&changed)?;
    let rows = changed.iter().zip(&documents).map(|(Save { call, version, wake }, document)| {
        let (ended, outcome) = ending(call);
        [
            wake.map(Timestamp::as_microsecond).into(),
            ended.into(),
            outcome.into(),
            Value::Text(document),
            Value::Id(call.id.0),
            (*version).into(),
        ]
    });
    let sql = "UPDATE call SET version = version + 1, wake = $1, ended = $2, outcome = $3, doc = $4
               WHERE id = $5 AND version = $6";
    let updated = tx.execute_each(sql, &rows.collect::<Vec<_>>())?;
    if updated == changed.len() { Ok(()) } else { Err(StoreError::Conflict) }
}

fn documents(saves: &[&Save<'_>]) -> Result<Vec<String>, StoreError> {
    saves.iter().map(|save| document(save.call)).collect()
}

/// The columns ended and outcome.
fn ending(call: &Call) -> (Option<i64>, Option<&'static str>) {
    match &call.state {
        State::Ended { at, outcome } => (Some(at.as_microsecond()), Some(outcome.word())),
        _ => (None, None),
    }
}

/// Live calls that the sweeper must look at, the longest overdue first.
pub fn overdue(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM call WHERE ended IS NULL AND wake <= $1 ORDER BY wake LIMIT $2";
    all(tx.rows("call", sql, &[Value::Int(now.as_microsecond()), Value::Int(limit.into())])?)
}

/// Calls in progress, the newest first.
pub fn live(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Stored>, StoreError> {
    // In order of the index of live calls: in that of ids the whole history would be looked through.
    let sql = "SELECT id, version, doc FROM call WHERE ended IS NULL ORDER BY wake DESC LIMIT $1";
    let mut live = all(tx.rows("call", sql, &[Value::Int(limit.into())])?)?;
    live.sort_by_key(|stored| std::cmp::Reverse(stored.call.id));
    Ok(live)
}

/// Calls that came in since, the newest first.
pub fn list(tx: &mut Tx<'_>, since: Timestamp, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM call WHERE id >= $1 ORDER BY id DESC LIMIT $2";
    all(tx.rows("call", sql, &[Value::Text(&first_id(since)), Value::Int(limit.into())])?)
}

/// Calls that came in since, or after that one, the oldest first: how a report walks through all of them
/// without one long transaction.
pub fn page(tx: &mut Tx<'_>, since: Timestamp, after: Option<CallId>, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let from = after.map_or_else(|| first_id(since), |after| after.0.to_string());
    let sql = "SELECT id, version, doc FROM call WHERE id > $1 ORDER BY id LIMIT $2";
    all(tx.rows("call", sql, &[Value::Text(&from), Value::Int(limit.into())])?)
}

/// How many calls came in between two instants; counts no further than `limit`.
pub fn count(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp, limit: u32) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS calls FROM
                   (SELECT id FROM call WHERE id >= $1 AND id < $2 LIMIT $3) AS counted";
    let values = [Value::Text(&first_id(from)), Value::Text(&first_id(until)), Value::Int(limit.into())];
    tx.rows("call", sql, &values)?.pop().map_or(Ok(0), |mut row| row.int("calls"))
}

/// The call that somebody means who types its id, the beginning of it, or the provider's id.
pub fn get(tx: &mut Tx<'_>, typed: &str) -> Result<Meant, StoreError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Meant::None);
    }
    let looks_like_id = typed.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if looks_like_id {
        let begin = typed.to_ascii_lowercase();
        // Every id that begins so sorts before this: `g` comes after all hexadecimal digits.
        let end = format!("{begin}g");
        let sql = "SELECT id, version, doc FROM call WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 2";
        let found = meant(all(tx.rows("call", sql, &[Value::Text(&begin), Value::Text(&end)])?)?);
        if found != Meant::None {
            return Ok(found);
        }
    }
    let recent = "SELECT id, version, doc FROM call WHERE recent = 1 AND provider_id = $1 LIMIT 2";
    let found = meant(all(tx.rows("call", recent, &[Value::Text(typed)])?)?);
    if found != Meant::None {
        return Ok(found);
    }
    // Slow in a long history, and rare: somebody looks up an old call by what the provider's bill says.
    let past = "SELECT id, version, doc FROM call WHERE provider_id = $1 LIMIT 2";
    Ok(meant(all(tx.rows("call", past, &[Value::Text(typed)])?)?))
}

/// From now on a provider's id no longer finds calls that ended before `before`: a webhook that
/// comes so late is one of an unknown call. Keeps small what is not in order of time. At most `limit`
/// calls at once; answers how many it were.
pub fn forget_recent(tx: &mut Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, StoreError> {
    let sql = "UPDATE call SET recent = 0 WHERE id IN (
                   SELECT id FROM call WHERE recent = 1 AND ended IS NOT NULL AND ended < $1 ORDER BY ended LIMIT $2)
               RETURNING provider, provider_id";
    recent::forget(tx, sql, &[Value::Int(before.as_microsecond()), Value::Int(limit.into())])
}

/// The lowest id that a call of this instant can have: a UUID version 7 begins with the
/// milliseconds since 1970, in 48 bits.
fn first_id(at: Timestamp) -> String {
    let millis = u128::try_from(at.as_millisecond()).unwrap_or(0);
    Uuid::from_u128(millis << 80).to_string()
}

fn meant(found: Vec<Stored>) -> Meant {
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (None, _) => Meant::None,
        (Some(stored), None) => Meant::One(Box::new(stored)),
        (Some(_), Some(_)) => Meant::Several,
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Stored>, StoreError> {
    rows.into_iter().map(stored).collect()
}

/// From the columns id, version, doc.
fn stored(mut row: Row) -> Result<Stored, StoreError> {
    row.text("id")?;
    Ok(Stored { version: row.int("version")?, call: row.json("doc")? })
}
