//! Takes a person out of the calls that are over.

use serde_json::Value as Json;

use super::{CallId, State, Stored, stored};
use crate::domain::call::Call;
use crate::domain::caller::Customer;
use crate::domain::phone::Phone;
use crate::store::json;
use crate::store::sql::Value;
use crate::store::{Store, StoreError, Tx};

/// Rows looked at in one go: short enough to hold nobody up.
const AT_ONCE: i64 = 5000;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    pub calls: usize,
    /// Still going on, so they keep what they need to be put through.
    pub live: usize,
}

/// Leaves no name, number, message or whisper of this customer in any call that has ended. Walks
/// the whole history, a piece at a time, so that calls are not held up meanwhile.
pub fn erase(store: &mut Store, customer: &Customer) -> Result<Erased, StoreError> {
    let mut erased = Erased::default();
    let mut after = String::new();
    while let Some((last, theirs)) = store.read(|tx| piece(tx, &after, customer))? {
        for id in theirs {
            if store.transaction(|tx| erase_one(tx, id, customer))? {
                erased.calls += 1;
            } else {
                erased.live += 1;
            }
        }
        after = last;
    }
    Ok(erased)
}

/// The next calls after that id: the last one's id, and which of them are the customer's.
fn piece(tx: &mut Tx<'_>, after: &str, customer: &Customer) -> Result<Option<(String, Vec<CallId>)>, StoreError> {
    let sql = "SELECT max(id) FROM (SELECT id FROM call WHERE id > $1 ORDER BY id LIMIT $2) AS piece";
    let Some(mut row) = tx.rows("call", sql, &[Value::Text(after), Value::Int(AT_ONCE)])?.pop() else {
        return Ok(None);
    };
    let Some(last) = row.text_or_null("id")? else { return Ok(None) };
    let numbers = json::list(customer.numbers.iter().map(|phone| [phone.digits()]))?;
    let sql = "SELECT id FROM call WHERE id > $1 AND id <= $2
               AND (customer = $3 OR number IN (SELECT CAST(value ->> 0 AS bigint) FROM json_each($4)))";
    let values = [Value::Text(after), Value::Text(&last), Value::Int(customer.id.0), Value::Text(&numbers)];
    let rows = tx.rows("call", sql, &values)?;
    let theirs = rows.into_iter().map(|mut row| row.parsed("id", |id| id.parse().ok().map(CallId)));
    let theirs = theirs.collect::<Result<Vec<_>, _>>()?;
    Ok(Some((last, theirs)))
}

/// False where the call is still going on.
fn erase_one(tx: &mut Tx<'_>, id: CallId, customer: &Customer) -> Result<bool, StoreError> {
    let wanted = id.0.to_string();
    let sql = "SELECT id, version, doc FROM call WHERE id = $1";
    let Some(row) = tx.rows("call", sql, &[Value::Text(&wanted)])?.pop() else { return Ok(true) };
    let Stored { call, .. } = stored(row)?;
    if !matches!(call.state, State::Ended { .. }) {
        return Ok(false);
    }
    let doc = without_customer(&call, customer)?;
    let sql = "UPDATE call SET number = NULL, customer = NULL, version = version + 1, doc = $1 WHERE id = $2";
    tx.execute(sql, &[Value::Text(&doc), Value::Text(&wanted)])?;
    Ok(true)
}

fn without_customer(call: &Call, customer: &Customer) -> Result<String, StoreError> {
    let broken = || StoreError::broken("call", "doc", call.id.0);
    let mut doc = serde_json::to_value(call).map_err(|_| broken())?;
    let fields = doc.as_object_mut().ok_or_else(broken)?;
    fields.insert("from".to_owned(), Json::from("Withheld"));
    fields.insert("whisper".to_owned(), Json::from(""));
    for personal in ["customer", "message", "greeting"] {
        if let Some(value) = fields.get_mut(personal) {
            *value = Json::Null;
        }
    }
    let words = words_of(call, customer);
    for (field, value) in fields.iter_mut() {
        // Names in the plan are those of staff, who may share one with a customer.
        if field != "plan" {
            blot_out(value, &words);
        }
    }
    // Whatever was left out, it must still read as a call.
    serde_json::from_value::<Call>(doc.clone()).map_err(|_| broken())?;
    json::document(&doc)
}

/// What gives the customer away in a text.
fn words_of(call: &Call, customer: &Customer) -> Vec<String> {
    let spellings = |phone: Phone| [phone.to_string(), phone.spaced()];
    let mut words: Vec<String> =
        customer.numbers.iter().copied().chain(call.from.phone()).flat_map(spellings).collect();
    words.push(customer.name.clone());
    words.extend(call.customer.as_ref().map(|recognised| recognised.name.clone()));
    words.retain(|word| !word.is_empty());
    words
}

fn blot_out(value: &mut Json, words: &[String]) {
    match value {
        Json::String(text) => {
            for word in words {
                if text.contains(word.as_str()) {
                    *text = text.replace(word.as_str(), "…");
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| blot_out(item, words)),
        Json::Object(fields) => fields.values_mut().for_each(|item| blot_out(item, words)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
