//! Takes a person out of the calls that are over.

use std::collections::BTreeSet;

use super::{CallId, State, Stored, stored};
use crate::domain::call::Call;
use crate::domain::caller::{Customer, Party};
use crate::domain::words::Whispered;
use crate::store::sql::Value;
use crate::store::{Store, StoreError, Tx, audit, call_notes, json};

/// Rows looked at in one go: short enough to hold nobody up.
const AT_ONCE: i64 = 5000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    pub calls: usize,
    /// Still going on, so they keep what they need to be put through.
    pub live: usize,
}

/// Leaves no name, number, message, whisper or note of this customer in any call that has ended. Walks
/// the whole history, a piece at a time, so that calls are not held up meanwhile.
pub fn erase(store: &mut Store, customer: &Customer) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    let mut after = String::new();
    while let Some((last, theirs)) = store.read(|tx| piece(tx, &after, customer))? {
        for id in theirs {
            if store.transaction(|tx| erase_one(tx, id))? {
                erased.calls += 1;
            } else {
                erased.live += 1;
            }
            store.let_others_in();
        }
        after = last;
    }
    Ok(erased)
}

/// The next calls after that id: the last one's id, and which of them are the customer's.
fn piece(tx: &mut Tx<'_>, after: &str, customer: &Customer) -> Result<Option<(String, BTreeSet<CallId>)>, StoreError> {
    let sql = "SELECT max(id) FROM (SELECT id FROM call WHERE id > $1 ORDER BY id LIMIT $2) AS piece";
    let Some(mut row) = tx.rows("call", sql, &[Value::Text(after), Value::Int(AT_ONCE)])?.pop() else {
        return Ok(None);
    };
    let Some(last) = row.text_or_null("id")? else { return Ok(None) };
    let sql = "SELECT id FROM call WHERE id > $1 AND id <= $2 AND (customer = $3 OR number = $4)";
    let (after, until) = (Value::Text(after), Value::Text(&last));
    let wanted =
        customer.numbers.iter().map(|phone| [after, until, Value::Int(customer.id.0), Value::Int(phone.digits())]);
    let rows = tx.rows_each("call", sql, &wanted.collect::<Vec<_>>())?;
    let theirs = rows.into_iter().map(|mut row| row.parsed("id", |id| id.parse().ok().map(CallId)));
    // Those with the customer's id are found once for each number.
    let theirs = theirs.collect::<Result<BTreeSet<_>, _>>()?;
    Ok(Some((last, theirs)))
}

/// False where the call is still going on.
fn erase_one(tx: &mut Tx<'_>, id: CallId) -> Result<bool, StoreError> {
    let wanted = id.0.to_string();
    let sql = "SELECT id, version, doc FROM call WHERE id = $1";
    let Some(row) = tx.rows("call", sql, &[Value::Text(&wanted)])?.pop() else { return Ok(true) };
    let Stored { mut call, .. } = stored(row)?;
    if !matches!(call.state, State::Ended { .. }) {
        return Ok(false);
    }
    forget_caller(&mut call);
    let doc = json::document(&call)?;
    let sql = "UPDATE call SET number = NULL, customer = NULL, version = version + 1, doc = $1 WHERE id = $2";
    tx.execute(sql, &[Value::Text(&doc), Value::Text(&wanted)])?;
    call_notes::put(tx, id, None)?;
    audit::erase(tx, &format!("call {wanted}"))?;
    Ok(true)
}

/// That somebody rang, and who was rung for them, stays. The story speaks of staff only.
fn forget_caller(call: &mut Call) {
    call.from = Party::Withheld;
    call.customer = None;
    call.greeting = None;
    call.whisper = Whispered::default();
    call.message = None;
}
