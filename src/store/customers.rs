//! Customers, found by any of their numbers.
//!
//! `customer_number` is the index of the list of numbers that each customer's row keeps; both are
//! written in this file only.

mod change;
mod edit;
mod erase;
mod search;

pub use change::{Beyond, Changed, Details, Fate, Met, Refused, compare, put, put_of_list};
pub use edit::{Taken, create, edit, merge};
pub use erase::{Erased, erase};
pub use search::{Typed, any_unindexed, index_all, index_some, newest, same_name, search};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::json;
use super::row::Row;
use super::sql::{Connection, Value};
use super::{StoreError, Tx};
use crate::domain::caller::{AskedToBeUsual, Customer, CustomerId, PastCall, REMEMBERED_CALLS};
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;

/// The customers these numbers belong to. Numbers of strangers are left out.
pub fn by_phone(tx: &mut Tx<'_>, phones: &[Phone]) -> Result<HashMap<Phone, Customer>, StoreError> {
    if phones.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted: Vec<_> = phones.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    let sql = "SELECT customer.id, name, numbers, usual, language, note, tags, blocked, recent, asked, phone
               FROM customer_number JOIN customer ON customer.id = customer_number.customer WHERE phone = $1";
    let rows = tx.rows_each("customer", sql, &wanted)?;
    let found = rows.into_iter().map(|mut row| {
        let customer = customer(&mut row)?;
        let digits = row.int("phone")?;
        Ok((Phone::from_digits(digits).ok_or_else(|| row.broken("phone"))?, customer))
    });
    found.collect()
}

pub fn get(tx: &mut Tx<'_>, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    let sql =
        "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer WHERE id = $1";
    tx.rows("customer", sql, &[Value::Int(id.0)])?.pop().map(|mut row| customer(&mut row)).transpose()
}

/// Customers of this name, whatever its case. Looks through all of them.
pub fn by_name(tx: &mut Tx<'_>, name: &str, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let sql = "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer
               WHERE lower(name) = lower($1) ORDER BY id LIMIT $2";
    tx.rows("customer", sql, &[Value::Text(name.trim()), Value::Int(limit.into())])?
        .into_iter()
        .map(|mut row| customer(&mut row))
        .collect()
}

/// The customers after this id, in order of id: how an export walks through all of them without
/// one long transaction. Begin with `CustomerId(0)`.
pub fn page(tx: &mut Tx<'_>, after: CustomerId, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let sql = "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer
               WHERE id > $1 ORDER BY id LIMIT $2";
    tx.rows("customer", sql, &[Value::Int(after.0), Value::Int(limit.into())])?
        .into_iter()
        .map(|mut row| customer(&mut row))
        .collect()
}

/// Customers whom this person may look after: those pinned to them, and of the others those who have talked with
/// them lately. Goes on after a customer, as [`page`] does.
pub fn perhaps_of(tx: &mut Tx<'_>, who: &StaffId, after: CustomerId, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let sql = "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer
               WHERE id > $1 AND (usual = $2 OR (usual IS NULL AND recent LIKE '%\"' || $2 || '\"%')) ORDER BY id LIMIT $3";
    let values = [Value::Int(after.0), Value::Text(who.as_str()), Value::Int(limit.into())];
    tx.rows("customer", sql, &values)?.into_iter().map(|mut row| customer(&mut row)).collect()
}

/// Everybody to whom a customer is pinned, on the staff or not. Looks through all customers.
pub fn pinned_to(tx: &mut Tx<'_>) -> Result<Vec<StaffId>, StoreError> {
    let sql = "SELECT DISTINCT usual FROM customer WHERE usual IS NOT NULL ORDER BY usual";
    let usual = tx.rows("customer", sql, &[])?.into_iter().map(|mut row| Ok(StaffId::new(&row.text("usual")?)));
    usual.collect()
}

/// Whose usual person is pinned and who is blocked (then without a usual person), in order of customer:
/// what the server keeps in memory for the day the store is away. Goes on after a customer, as [`page`]
/// does; answers the last one looked at, `None` at the end.
pub fn listed_page(
    tx: &mut Tx<'_>,
    after: CustomerId,
    limit: u32,
    mut tell: impl FnMut(Phone, Option<&StaffId>),
) -> Result<Option<CustomerId>, StoreError> {
    let sql = "SELECT id, usual, blocked, numbers FROM customer
               WHERE id > $1 AND (usual IS NOT NULL OR blocked = 1) ORDER BY id LIMIT $2";
    let mut last = None;
    for mut row in tx.rows("customer", sql, &[Value::Int(after.0), Value::Int(limit.into())])? {
        last = Some(CustomerId(row.int("id")?));
        let usual = row.text_or_null("usual")?.map(|usual| StaffId::new(&usual));
        let blocked = row.flag("blocked")?;
        for phone in numbers(&mut row)? {
            tell(phone, usual.as_ref().filter(|_| !blocked));
        }
    }
    Ok(last)
}

/// Whether there has ever been a customer, erased ones included.
pub fn any_ever(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT last FROM counter WHERE name = 'customer'";
    let Some(mut row) = tx.rows("counter", sql, &[])?.pop() else { return Ok(false) };
    Ok(row.int("last")? > 0)
}

pub fn count(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let Some(mut row) = tx.rows("customer", "SELECT count(*) FROM customer", &[])?.pop() else { return Ok(0) };
    let count = row.int("count")?;
    u64::try_from(count).map_err(|_| row.broken("count"))
}

/// These are calls of these customers, besides those that are known: what was said of one while another went on
/// stays said. Customers that are gone are passed over.
pub fn remember(tx: &mut Tx<'_>, batch: &[(CustomerId, Vec<PastCall>)]) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let ids: Vec<CustomerId> = batch.iter().map(|(id, _)| *id).collect();
    let mut all = recent(tx, &ids)?;
    for (id, told) in batch {
        let Some(known) = all.get_mut(id) else { continue };
        for call in told {
            match known.iter_mut().find(|before| before.at == call.at) {
                Some(before) => before.reached.clone_from(&call.reached),
                None => known.push(call.clone()),
            }
        }
        known.sort_by_key(|call| std::cmp::Reverse(call.at));
        known.truncate(REMEMBERED_CALLS);
    }
    put_recent(tx, &all)
}

/// What this customer has rung about since then is not settled after all.
pub fn unsettle(tx: &mut Tx<'_>, customer: CustomerId, since: Timestamp) -> Result<(), StoreError> {
    hold(tx, &[customer])?;
    let mut all = recent(tx, &[customer])?;
    for call in all.values_mut().flatten().filter(|call| call.at >= since) {
        call.settled = false;
    }
    put_recent(tx, &all)
}

fn recent(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<BTreeMap<CustomerId, Vec<PastCall>>, StoreError> {
    let ids: Vec<_> = customers.iter().map(|customer| [Value::Int(customer.0)]).collect();
    let rows = tx.rows_each("customer", "SELECT id, recent FROM customer WHERE id = $1", &ids)?;
    rows.into_iter().map(|mut row| Ok((CustomerId(row.int("id")?), row.json("recent")?))).collect()
}

fn put_recent(tx: &mut Tx<'_>, recent: &BTreeMap<CustomerId, Vec<PastCall>>) -> Result<(), StoreError> {
    let rows = recent.iter().map(|(id, recent)| Ok((*id, json::document(recent)?)));
    let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
    let rows: Vec<_> = rows.iter().map(|(id, recent)| [Value::Text(recent), Value::Int(id.0)]).collect();
    tx.execute_each("UPDATE customer SET recent = $1 WHERE id = $2", &rows).map(|_| ())
}

/// From here to the commit nobody else changes these customers. For whoever reads them and writes them whole, outside of
/// a call: a call adds to its customer what it knows, and waits for nobody.
pub fn hold(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<(), StoreError> {
    // One at a time writes there, from the beginning of its transaction.
    if let Connection::Sqlite(_) = tx.connection {
        return Ok(());
    }
    // In one order everywhere, so that two instances never wait for each other.
    let ids: BTreeSet<CustomerId> = customers.iter().copied().collect();
    let ids: Vec<_> = ids.iter().map(|id| [Value::Int(id.0)]).collect();
    tx.execute_each("UPDATE customer SET blocked = blocked WHERE id = $1", &ids).map(|_| ())
}

/// As [`hold`]; [`StoreError::Conflict`] where one of them is not as it was read any more.
fn hold_as_read(tx: &mut Tx<'_>, read: &[&Customer]) -> Result<(), StoreError> {
    // Read in this very transaction, in which nobody else writes.
    if let Connection::Sqlite(_) = tx.connection {
        return Ok(());
    }
    let ids: Vec<CustomerId> = read.iter().map(|customer| customer.id).collect();
    hold(tx, &ids)?;
    let ids: Vec<_> = ids.iter().map(|id| [Value::Int(id.0)]).collect();
    let sql =
        "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer WHERE id = $1";
    let rows = tx.rows_each("customer", sql, &ids)?;
    let now = rows.into_iter().map(|mut row| customer(&mut row)).collect::<Result<Vec<_>, _>>()?;
    if now.iter().eq(read.iter().copied()) { Ok(()) } else { Err(StoreError::Conflict) }
}

/// A human has said that what these customers rang about is settled.
pub fn settle(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<(), StoreError> {
    let customers: Vec<_> = customers.iter().map(|customer| [Value::Int(customer.0)]).collect();
    // As `PastCall` is written: numbers, names and flags, so that nothing else can look like it.
    let sql = r#"UPDATE customer SET recent = replace(recent, '"settled":false', '"settled":true') WHERE id = $1"#;
    tx.execute_each(sql, &customers).map(|_| ())
}

/// Who is their usual person from now on, and who has been asked to be.
pub fn usual_person(
    tx: &mut Tx<'_>,
    id: CustomerId,
    usual: Option<&StaffId>,
    asked: &[AskedToBeUsual],
) -> Result<(), StoreError> {
    let asked = json::document(&asked)?;
    let values = [usual.map(StaffId::as_str).into(), Value::Text(&asked), Value::Int(id.0)];
    tx.execute("UPDATE customer SET usual = $1, asked = $2 WHERE id = $3", &values).map(|_| ())
}

fn customer(row: &mut Row) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: CustomerId(row.int("id")?),
        name: row.text("name")?,
        numbers: numbers(row)?,
        usual: row.text_or_null("usual")?.map(|usual| StaffId::new(&usual)),
        language: row.text_or_null("language")?,
        note: row.text_or_null("note")?,
        tags: row.json("tags")?,
        blocked: row.flag("blocked")?,
        recent: row.json("recent")?,
        asked: row.json("asked")?,
    })
}

fn numbers(row: &mut Row) -> Result<Vec<Phone>, StoreError> {
    let digits: Vec<i64> = row.json("numbers")?;
    digits.into_iter().map(|digits| Phone::from_digits(digits).ok_or_else(|| row.broken("numbers"))).collect()
}
