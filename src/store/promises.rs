//! Promises to ring back. None is ever deleted.

use jiff::Timestamp;

use super::json::document;
use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx, audit};
use crate::domain::call::CallId;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::promise::{Promise, PromiseId, PromiseState};
use crate::domain::staff::StaffId;

/// A promise as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Counts up from 1 with every save.
    pub version: i64,
    pub promise: Promise,
}

/// Which promises to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Open, claimed or broken: somebody still waits.
    Unsettled,
    All,
}

/// One at a time from here to the commit: whoever comes next finds the promises that this transaction makes.
pub fn about_to_make(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'promise'", &[]).map(|_| ())
}

/// Saves new promises and gives each its id. [`StoreError::Conflict`] if one of their calls has a
/// promise already.
pub fn make<'a>(tx: &mut Tx<'_>, batch: impl IntoIterator<Item = &'a mut Promise>) -> Result<(), StoreError> {
    for promise in batch {
        let doc = document(promise)?;
        let sql = "INSERT INTO promise (customer, number, owner, state, due, wake, alive, doc, version)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id";
        let columns = columns(promise, &doc);
        let made = tx.rows("promise", sql, &columns)?.pop();
        promise.id = PromiseId(made.map_or(Ok(0), |mut row| row.int("id"))?);
        let calls: Vec<_> = promise.calls.iter().map(|call| [Value::Id(call.0), Value::Int(promise.id.0)]).collect();
        tx.execute_each("INSERT INTO promise_call (call, promise) VALUES ($1, $2)", &calls)?;
    }
    Ok(())
}

/// Saves changed promises. [`StoreError::Conflict`] if one of them has been saved by somebody else since
/// it was loaded.
pub fn save<'a>(tx: &mut Tx<'_>, changed: impl IntoIterator<Item = &'a Stored>) -> Result<(), StoreError> {
    let mut changed: Vec<&Stored> = changed.into_iter().collect();
    // In one order everywhere, so that two instances never wait for each other.
    changed.sort_by_key(|stored| stored.promise.id);
    for Stored { version, promise } in changed {
        let doc = document(promise)?;
        let [customer, number, owner, state, due, wake, alive, doc] = columns(promise, &doc);
        let key = [Value::Int(promise.id.0), Value::Int(*version)];
        let [id, version] = key;
        let sql = "UPDATE promise SET customer = $1, number = $2, owner = $3, state = $4, due = $5, wake = $6,
                       alive = $7, doc = $8, version = version + 1
                   WHERE id = $9 AND version = $10";
        if tx.execute(sql, &[customer, number, owner, state, due, wake, alive, doc, id, version])? == 0 {
            return Err(StoreError::Conflict);
        }
        let calls: Vec<_> =
            promise.calls.iter().skip(1).map(|call| [Value::Id(call.0), Value::Int(promise.id.0)]).collect();
        tx.execute_each(
            "INSERT INTO promise_call (call, promise) VALUES ($1, $2) ON CONFLICT (call) DO NOTHING",
            &calls,
        )?;
    }
    Ok(())
}

fn columns<'a>(promise: &'a Promise, doc: &'a str) -> [Value<'a>; 8] {
    [
        promise.customer.map(|customer| customer.0).into(),
        promise.number.map(Phone::digits).into(),
        Value::Text(promise.owner.as_str()),
        Value::Text(promise.state.word()),
        Value::Int(promise.due.as_microsecond()),
        promise.wake().map(Timestamp::as_microsecond).into(),
        Value::Int(promise.is_alive().into()),
        Value::Text(doc),
    ]
}

/// The soonest due first.
pub fn list(tx: &mut Tx<'_>, which: Which, limit: u32) -> Result<Vec<Promise>, StoreError> {
    let sql = match which {
        Which::Unsettled => {
            "SELECT id, version, doc FROM promise
             WHERE state IN ('open', 'claimed', 'broken') ORDER BY due, id LIMIT $1"
        }
        Which::All => "SELECT id, version, doc FROM promise ORDER BY due, id LIMIT $1",
    };
    let rows = tx.rows("promise", sql, &[Value::Int(limit.into())])?;
    rows.into_iter().map(|row| stored(row).map(|stored| stored.promise)).collect()
}

/// Kept or let go, the newest promise first.
pub fn closed(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Promise>, StoreError> {
    let sql = "SELECT id, version, doc FROM promise WHERE state IN ('kept', 'let_go') ORDER BY id DESC LIMIT $1";
    let rows = tx.rows("promise", sql, &[Value::Int(limit.into())])?;
    rows.into_iter().map(|row| stored(row).map(|stored| stored.promise)).collect()
}

/// All there are below this id, the newest first.
pub fn newest(tx: &mut Tx<'_>, below: Option<PromiseId>, limit: u32) -> Result<Vec<Promise>, StoreError> {
    let sql = "SELECT id, version, doc FROM promise WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let below = below.map_or(i64::MAX, |id| id.0);
    let rows = tx.rows("promise", sql, &[Value::Int(below), Value::Int(limit.into())])?;
    rows.into_iter().map(|row| stored(row).map(|stored| stored.promise)).collect()
}

pub fn get(tx: &mut Tx<'_>, id: PromiseId) -> Result<Option<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM promise WHERE id = $1";
    tx.rows("promise", sql, &[Value::Int(id.0)])?.pop().map(stored).transpose()
}

/// The promises of these calls, in no order; one that is about several of them comes several times.
pub fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<Stored>, StoreError> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let calls: Vec<_> = calls.iter().map(|call| [Value::Id(call.0)]).collect();
    let sql = "SELECT id, version, doc FROM promise_call JOIN promise ON promise.id = promise_call.promise
               WHERE promise_call.call = $1";
    tx.rows_each("promise", sql, &calls)?.into_iter().map(stored).collect()
}

/// What these numbers and customers still wait for, or are still to be asked about. In no order; one
/// that is found in several ways comes several times.
pub fn alive(tx: &mut Tx<'_>, numbers: &[Phone], customers: &[CustomerId]) -> Result<Vec<Stored>, StoreError> {
    let mut found = Vec::new();
    if !numbers.is_empty() {
        let numbers: Vec<_> = numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
        let sql = "SELECT id, version, doc FROM promise WHERE alive = 1 AND number = $1";
        found = tx.rows_each("promise", sql, &numbers)?;
    }
    if !customers.is_empty() {
        let customers: Vec<_> = customers.iter().map(|customer| [Value::Int(customer.0)]).collect();
        let sql = "SELECT id, version, doc FROM promise WHERE alive = 1 AND customer = $1";
        found.extend(tx.rows_each("promise", sql, &customers)?);
    }
    found.into_iter().map(stored).collect()
}

/// To which something happens by itself now, the longest overdue first. One that cannot be read is left out, and
/// logged: it must not keep the others from being reminded of.
pub fn waking(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM promise WHERE wake IS NOT NULL AND wake <= $1 ORDER BY wake LIMIT $2";
    let rows = tx.rows("promise", sql, &[Value::Int(now.as_microsecond()), Value::Int(limit.into())])?;
    let read =
        |row| stored(row).inspect_err(|error| tracing::error!(%error, "a promise cannot be read; mend its row")).ok();
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Everybody who owes somebody a call.
pub fn owners(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    let sql = "SELECT DISTINCT owner FROM promise WHERE state IN ('open', 'claimed', 'broken')";
    let rows = tx.rows("promise", sql, &[])?;
    rows.into_iter().map(|mut row| row.text("owner").map(|owner| StaffId::new(&owner))).collect()
}

/// What one person owes, the soonest due first.
pub fn owed_by(tx: &mut Tx<'_>, owner: &StaffId) -> Result<Vec<Stored>, StoreError> {
    let sql = "SELECT id, version, doc FROM promise
               WHERE state IN ('open', 'claimed', 'broken') AND owner = $1 ORDER BY due, id";
    tx.rows("promise", sql, &[Value::Text(owner.as_str())])?.into_iter().map(stored).collect()
}

/// What was ever promised to a customer, the newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId, limit: u32) -> Result<Vec<Stored>, StoreError> {
    let values = [Value::Int(customer.0), Value::Int(limit.into())];
    let mut found = Vec::new();
    // Each has an index of its own.
    for sql in [
        "SELECT id, version, doc FROM promise WHERE alive = 1 AND customer = $1 ORDER BY id DESC LIMIT $2",
        "SELECT id, version, doc FROM promise WHERE alive = 0 AND customer = $1 ORDER BY id DESC LIMIT $2",
    ] {
        found.extend(tx.rows("promise", sql, &values)?);
    }
    let mut found = found.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|stored| std::cmp::Reverse(stored.promise.id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// What was promised to one customer is another's from now on, who turned out to be the same.
pub(super) fn follow(tx: &mut Tx<'_>, from: CustomerId, to: CustomerId) -> Result<(), StoreError> {
    let mut theirs = of_customer(tx, from, u32::MAX)?;
    for Stored { promise, .. } in &mut theirs {
        promise.customer = Some(to);
    }
    save(tx, &theirs)
}

/// Leaves no name, number, note, message or reason of this customer in any promise. Answers which were theirs.
pub(super) fn erase(tx: &mut Tx<'_>, customer: &Customer) -> Result<Vec<PromiseId>, StoreError> {
    let by_id = "SELECT id, version, doc FROM promise WHERE customer = $1";
    let mut theirs = tx.rows("promise", by_id, &[Value::Int(customer.id.0)])?;
    let numbers: Vec<_> = customer.numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    theirs.extend(tx.rows_each("promise", "SELECT id, version, doc FROM promise WHERE number = $1", &numbers)?);
    let mut theirs = theirs.into_iter().map(stored).collect::<Result<Vec<_>, _>>()?;
    theirs.sort_by_key(|stored| stored.promise.id);
    theirs.dedup_by_key(|stored| stored.promise.id);
    for Stored { promise, .. } in &mut theirs {
        promise.customer = None;
        promise.name = None;
        promise.number = None;
        promise.about = None;
        promise.message = None;
        // What somebody wrote may name them.
        for entry in &mut promise.story {
            entry.why = None;
        }
        if let PromiseState::LetGo { why, .. } = &mut promise.state {
            why.clear();
        }
        audit::erase(tx, &format!("promise {}", promise.id.0))?;
    }
    save(tx, &theirs)?;
    Ok(theirs.iter().map(|stored| stored.promise.id).collect())
}

/// From the columns id, version, doc.
fn stored(mut row: Row) -> Result<Stored, StoreError> {
    let id = PromiseId(row.int("id")?);
    let version = row.int("version")?;
    Ok(Stored { version, promise: Promise { id, ..row.json("doc")? } })
}
