//! Promises to ring back. None is ever deleted.

use std::collections::HashMap;

use jiff::Timestamp;

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::call::CallId;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::promise::{Promise, PromiseId, PromiseState};
use crate::domain::staff::StaffId;

/// A promise that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    pub call: CallId,
    pub customer: Option<CustomerId>,
    pub name: Option<String>,
    pub number: Option<Phone>,
    pub owner: StaffId,
    pub due: Timestamp,
    pub made: Timestamp,
    pub message: bool,
}

/// Which promises to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Open, claimed or broken: somebody still waits.
    Unsettled,
    All,
}

/// Makes one promise per call: a call that has one already keeps it, unchanged. Answers the ids in
/// the order of `batch`.
pub fn make(tx: &mut Tx<'_>, batch: &[NewPromise]) -> Result<Vec<PromiseId>, StoreError> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let mut once: Vec<&NewPromise> = batch.iter().collect();
    once.sort_by_key(|promise| promise.call);
    once.dedup_by_key(|promise| promise.call);
    let rows = once.iter().map(|promise| {
        [
            Value::Id(promise.call.0),
            promise.customer.map(|customer| customer.0).into(),
            promise.name.as_deref().into(),
            promise.number.map(Phone::digits).into(),
            Value::Text(promise.owner.as_str()),
            Value::Int(promise.due.as_microsecond()),
            Value::Int(promise.made.as_microsecond()),
            Value::Int(promise.message.into()),
        ]
    });
    // The update changes nothing; it makes RETURNING name the promise that is there already.
    let sql = "INSERT INTO promise (call, customer, name, number, owner, due, made, message, state)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open')
               ON CONFLICT (call) DO UPDATE SET call = excluded.call
               RETURNING id, call";
    let made = tx.rows_each("promise", sql, &rows.collect::<Vec<_>>())?.into_iter().map(|mut row| {
        let id = PromiseId(row.int("id")?);
        Ok((row.parsed("call", |id| id.parse().ok().map(CallId))?, id))
    });
    let made: HashMap<CallId, PromiseId> = made.collect::<Result<_, StoreError>>()?;
    let missing = |call: CallId| StoreError::broken("promise", "call", call.0);
    batch.iter().map(|promise| made.get(&promise.call).copied().ok_or_else(|| missing(promise.call))).collect()
}

/// The caller of these calls has left a message. Calls without a promise are passed over.
pub fn message_left(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<(), StoreError> {
    if calls.is_empty() {
        return Ok(());
    }
    let calls: Vec<_> = calls.iter().map(|call| [Value::Id(call.0)]).collect();
    tx.execute_each("UPDATE promise SET message = 1 WHERE call = $1", &calls).map(|_| ())
}

/// The soonest due first.
pub fn list(tx: &mut Tx<'_>, which: Which, limit: u32) -> Result<Vec<Promise>, StoreError> {
    let sql = match which {
        Which::Unsettled => {
            "SELECT id, call, customer, name, number, owner, due, made, state, message FROM promise
             WHERE state IN ('open', 'claimed', 'broken') ORDER BY due, id LIMIT $1"
        }
        Which::All => {
            "SELECT id, call, customer, name, number, owner, due, made, state, message FROM promise
             ORDER BY due, id LIMIT $1"
        }
    };
    tx.rows("promise", sql, &[Value::Int(limit.into())])?.into_iter().map(promise).collect()
}

/// The promises of these calls, in no order.
pub fn of_calls(tx: &mut Tx<'_>, calls: &[CallId]) -> Result<Vec<Promise>, StoreError> {
    if calls.is_empty() {
        return Ok(Vec::new());
    }
    let calls: Vec<_> = calls.iter().map(|call| [Value::Id(call.0)]).collect();
    let sql = "SELECT id, call, customer, name, number, owner, due, made, state, message FROM promise WHERE call = $1";
    tx.rows_each("promise", sql, &calls)?.into_iter().map(promise).collect()
}

/// Leaves no name or number of this customer in any promise. Answers how many were theirs.
pub(super) fn erase(tx: &mut Tx<'_>, customer: &Customer) -> Result<usize, StoreError> {
    let theirs = "UPDATE promise SET customer = NULL, name = NULL, number = NULL WHERE customer = $1";
    let from_their_numbers = "UPDATE promise SET customer = NULL, name = NULL, number = NULL WHERE number = $1";
    let numbers: Vec<_> = customer.numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    Ok(tx.execute(theirs, &[Value::Int(customer.id.0)])? + tx.execute_each(from_their_numbers, &numbers)?)
}

fn promise(mut row: Row) -> Result<Promise, StoreError> {
    let id = PromiseId(row.int("id")?);
    let call = row.parsed("call", |id| id.parse().ok())?;
    let customer = row.int_or_null("customer")?.map(CustomerId);
    let name = row.text_or_null("name")?;
    let number = match row.int_or_null("number")? {
        Some(digits) => Some(Phone::from_digits(digits).ok_or_else(|| row.broken("number"))?),
        None => None,
    };
    Ok(Promise {
        id,
        call,
        customer,
        name,
        number,
        owner: row.parsed("owner", |owner| Some(StaffId::new(owner)))?,
        due: row.instant("due")?,
        made: row.instant("made")?,
        state: row.parsed("state", PromiseState::from_word)?,
        message: row.flag("message")?,
    })
}
