//! What is said by text: which texts have been answered, what people were asked, and what UNDO takes back.

use jiff::Timestamp;

use super::sql::Value;
use super::{StoreError, Tx, json};
use crate::domain::caller::Customer;
use crate::domain::conversation::{Deed, Question};
use crate::domain::staff::StaffId;

/// True the first time that this text is heard of, by the provider's own id.
pub fn hear(tx: &mut Tx<'_>, provider: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "INSERT INTO heard (provider, provider_id, at) VALUES ($1, $2, $3)
               ON CONFLICT (provider, provider_id) DO NOTHING";
    let values = [Value::Text(provider), Value::Text(id), Value::Int(now.as_microsecond())];
    Ok(tx.execute(sql, &values)? > 0)
}

/// No provider repeats a text that is older.
pub fn forget_heard(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize, StoreError> {
    tx.execute("DELETE FROM heard WHERE at < $1", &[Value::Int(before.as_microsecond())])
}

/// Asks somebody, instead of an earlier question of the same kind.
pub fn ask(
    tx: &mut Tx<'_>,
    whom: &StaffId,
    question: &Question,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    let (kind, doc) = (question.kind(), json::document(question)?);
    let values = [
        Value::Text(whom.as_str()),
        Value::Text(&kind),
        Value::Text(&doc),
        Value::Int(now.as_microsecond()),
        Value::Int(until.as_microsecond()),
    ];
    let sql = "INSERT INTO question (staff, kind, doc, asked, until) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (staff, kind) DO UPDATE
               SET doc = excluded.doc, asked = excluded.asked, until = excluded.until";
    tx.execute(sql, &values).map(|_| ())
}

/// What somebody was asked last and may still answer, and when.
pub fn asked(tx: &mut Tx<'_>, whom: &StaffId, now: Timestamp) -> Result<Option<(Question, Timestamp)>, StoreError> {
    let sql = "SELECT doc, asked FROM question WHERE staff = $1 AND until > $2 ORDER BY asked DESC, kind LIMIT 1";
    let values = [Value::Text(whom.as_str()), Value::Int(now.as_microsecond())];
    let found = tx.rows("question", sql, &values)?.pop();
    found.map(|mut row| Ok((row.json("doc")?, row.instant("asked")?))).transpose()
}

/// It needs no answer any more.
pub fn drop_question(tx: &mut Tx<'_>, whom: &StaffId, question: &Question) -> Result<(), StoreError> {
    let kind = question.kind();
    let sql = "DELETE FROM question WHERE staff = $1 AND kind = $2";
    tx.execute(sql, &[Value::Text(whom.as_str()), Value::Text(&kind)]).map(|_| ())
}

/// Nobody is asked about this customer any more.
pub(super) fn erase(tx: &mut Tx<'_>, customer: &Customer) -> Result<(), StoreError> {
    let about = Question::UsualPerson { customer: customer.id, name: String::new() }.kind();
    tx.execute("DELETE FROM question WHERE kind = $1", &[Value::Text(&about)]).map(|_| ())
}

/// The last thing that somebody did; `None`: there is nothing to take back.
pub fn remember(tx: &mut Tx<'_>, whom: &StaffId, deed: Option<&Deed>) -> Result<(), StoreError> {
    let Some(deed) = deed else {
        return tx.execute("DELETE FROM deed WHERE staff = $1", &[Value::Text(whom.as_str())]).map(|_| ());
    };
    let doc = json::document(deed)?;
    let sql = "INSERT INTO deed (staff, doc) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET doc = excluded.doc";
    tx.execute(sql, &[Value::Text(whom.as_str()), Value::Text(&doc)]).map(|_| ())
}

pub fn last_deed(tx: &mut Tx<'_>, whom: &StaffId) -> Result<Option<Deed>, StoreError> {
    let found = tx.rows("deed", "SELECT doc FROM deed WHERE staff = $1", &[Value::Text(whom.as_str())])?.pop();
    found.map(|mut row| row.json("doc")).transpose()
}
