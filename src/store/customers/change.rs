//! Adds customers and changes what is known of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{by_phone, hold_as_read, search};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;
use crate::store::json;
use crate::store::sql::Value;
use crate::store::{StoreError, Tx};

/// What somebody says of one customer. `None` on the outside: nothing is said, so what is known stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    pub name: String,
    /// At least one; together they say who is meant, and they are all of the customer's from now on.
    pub numbers: Vec<Phone>,
    pub usual: Option<Option<StaffId>>,
    pub language: Option<Option<String>>,
    pub note: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub blocked: Option<bool>,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    pub added: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Left out, by their place in the batch.
    pub refused: Vec<(usize, Refused)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is no number")]
    NoNumber,
    /// The numbers belong to different customers so far.
    #[error("its numbers belong to two customers, {} and {}; erase or change one of them first", .0.0, .1.0)]
    TwoCustomers(CustomerId, CustomerId),
    /// An earlier one of the same batch has one of these numbers.
    #[error("an earlier row has one of its numbers")]
    Repeated,
}

/// What a row of a batch does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Added,
    /// What is known of the customer, before and after.
    Updated(Box<(Customer, Customer)>),
    Unchanged,
    Refused(Refused),
}

/// What [`put`] would do with each of the batch, in its order.
pub fn compare(tx: &mut Tx<'_>, batch: &[Details]) -> Result<Vec<Fate>, StoreError> {
    let known = known(tx, batch)?;
    let mut seen = Seen::default();
    let fate = |details: &Details| match seen.whom(details, |phone| known.get(&phone)) {
        Err(refused) => Fate::Refused(refused),
        Ok(None) => Fate::Added,
        Ok(Some(before)) => match details.over(Some(before)) {
            after if after == *before => Fate::Unchanged,
            after => Fate::Updated(Box::new((before.clone(), after))),
        },
    };
    Ok(batch.iter().map(fate).collect())
}

fn known(tx: &mut Tx<'_>, batch: &[Details]) -> Result<HashMap<Phone, Customer>, StoreError> {
    let phones: Vec<Phone> = batch.iter().flat_map(|details| details.numbers.iter().copied()).collect();
    by_phone(tx, &phones)
}

/// Adds customers, or updates those who are known by one of their numbers. New ones are found by their words after
/// [`super::index_all`].
pub fn put(tx: &mut Tx<'_>, batch: &[Details]) -> Result<Changed, StoreError> {
    let mut changed = Changed::default();
    let (mut new, mut updated): (Vec<Customer>, Vec<(Customer, Customer)>) = (Vec::new(), Vec::new());
    for (place, (details, fate)) in batch.iter().zip(compare(tx, batch)?).enumerate() {
        match fate {
            Fate::Refused(refused) => changed.refused.push((place, refused)),
            Fate::Added => new.push(details.over(None)),
            Fate::Updated(both) => updated.push(*both),
            Fate::Unchanged => changed.unchanged += 1,
        }
    }
    (changed.added, changed.updated) = (new.len(), updated.len());
    // First, since a new one may have a number that another gave up.
    replace(tx, &updated)?;
    add(tx, &mut new)?;
    Ok(changed)
}

/// New customers with numbers that are nobody's; each is given its id.
pub(super) fn add(tx: &mut Tx<'_>, new: &mut [Customer]) -> Result<(), StoreError> {
    give_ids(tx, new)?;
    write(tx, new.iter())?;
    add_numbers(tx, &new.iter().flat_map(numbers).collect())
}

/// Customers before and after a change. [`StoreError::Conflict`] where somebody else was first.
pub(super) fn replace(tx: &mut Tx<'_>, changed: &[(Customer, Customer)]) -> Result<(), StoreError> {
    hold_as_read(tx, &changed.iter().map(|(before, _)| before).collect::<Vec<_>>())?;
    remove_numbers(tx, changed.iter().flat_map(|(before, after)| beyond(before, after)).map(|(phone, _)| phone))?;
    write(tx, changed.iter().map(|(_, after)| after))?;
    add_numbers(tx, &changed.iter().flat_map(|(before, after)| beyond(after, before)).collect())?;
    search::change(tx, changed)
}

/// What the batch has spoken of so far.
#[derive(Default)]
struct Seen {
    phones: BTreeSet<Phone>,
    customers: BTreeSet<CustomerId>,
}

impl Seen {
    fn whom<'a>(
        &mut self,
        details: &Details,
        known: impl Fn(Phone) -> Option<&'a Customer>,
    ) -> Result<Option<&'a Customer>, Refused> {
        if details.numbers.is_empty() {
            return Err(Refused::NoNumber);
        }
        if details.numbers.iter().any(|phone| self.phones.contains(phone)) {
            return Err(Refused::Repeated);
        }
        let mut meant: Option<&Customer> = None;
        // A number that an earlier row has taken from its customer is free again.
        let free = |owner: &&Customer| !self.customers.contains(&owner.id);
        for owner in details.numbers.iter().filter_map(|phone| known(*phone)).filter(free) {
            match meant {
                Some(other) if other.id != owner.id => return Err(Refused::TwoCustomers(other.id, owner.id)),
                Some(_) | None => meant = Some(owner),
            }
        }
        self.phones.extend(&details.numbers);
        self.customers.extend(meant.map(|customer| customer.id));
        Ok(meant)
    }
}

impl Details {
    /// The customer with these details over what was known before.
    fn over(&self, before: Option<&Customer>) -> Customer {
        let mut numbers = self.numbers.clone();
        let mut seen = BTreeSet::new();
        numbers.retain(|phone| seen.insert(*phone));
        Customer {
            id: before.map_or(CustomerId(0), |customer| customer.id),
            name: self.name.clone(),
            numbers,
            usual: self.usual.clone().unwrap_or_else(|| before?.usual.clone()),
            language: self.language.clone().unwrap_or_else(|| before?.language.clone()),
            note: self.note.clone().unwrap_or_else(|| before?.note.clone()),
            tags: self.tags.clone().or_else(|| Some(before?.tags.clone())).unwrap_or_default(),
            blocked: self.blocked.unwrap_or_else(|| before.is_some_and(|customer| customer.blocked)),
            recent: before.map(|customer| customer.recent.clone()).unwrap_or_default(),
            asked: before.map(|customer| customer.asked.clone()).unwrap_or_default(),
        }
    }
}

fn numbers(customer: &Customer) -> impl Iterator<Item = (Phone, CustomerId)> + '_ {
    customer.numbers.iter().map(|phone| (*phone, customer.id))
}

/// Numbers that `one` has and `other` has not.
fn beyond<'a>(one: &'a Customer, other: &'a Customer) -> impl Iterator<Item = (Phone, CustomerId)> + 'a {
    numbers(one).filter(|(phone, _)| !other.numbers.contains(phone))
}

fn give_ids(tx: &mut Tx<'_>, new: &mut [Customer]) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let wanted = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let sql = "UPDATE counter SET last = last + $1 WHERE name = 'customer' RETURNING name, last";
    let broken = || StoreError::broken("counter", "last", "customer");
    let mut row = tx.rows("counter", sql, &[Value::Int(wanted)])?.pop().ok_or_else(broken)?;
    row.text("name")?;
    let first = row.int("last")?.checked_sub(wanted).ok_or_else(broken)? + 1;
    for (id, customer) in (first..).zip(new) {
        customer.id = CustomerId(id);
    }
    Ok(())
}

fn write<'a>(tx: &mut Tx<'_>, customers: impl Iterator<Item = &'a Customer>) -> Result<(), StoreError> {
    let documents = customers.map(|customer| {
        let numbers: Vec<i64> = customer.numbers.iter().map(|phone| phone.digits()).collect();
        let (tags, recent) = (json::document(&customer.tags)?, json::document(&customer.recent)?);
        Ok((customer, json::document(&numbers)?, tags, recent, json::document(&customer.asked)?))
    });
    let documents = documents.collect::<Result<Vec<_>, StoreError>>()?;
    let rows = documents.iter().map(|(customer, numbers, tags, recent, asked)| {
        [
            Value::Int(customer.id.0),
            Value::Text(&customer.name),
            Value::Text(numbers),
            customer.usual.as_ref().map(StaffId::as_str).into(),
            customer.language.as_deref().into(),
            customer.note.as_deref().into(),
            Value::Text(tags),
            Value::Int(customer.blocked.into()),
            Value::Text(recent),
            Value::Text(asked),
        ]
    });
    let sql = "INSERT INTO customer (id, name, numbers, usual, language, note, tags, blocked, recent, asked)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
               ON CONFLICT (id) DO UPDATE SET name = excluded.name, numbers = excluded.numbers, usual = excluded.usual,
                   language = excluded.language, note = excluded.note, tags = excluded.tags, blocked = excluded.blocked,
                   recent = excluded.recent, asked = excluded.asked";
    tx.execute_each(sql, &rows.collect::<Vec<_>>()).map(|_| ())
}

pub(super) fn remove_numbers(tx: &mut Tx<'_>, phones: impl Iterator<Item = Phone>) -> Result<(), StoreError> {
    let phones: Vec<_> = phones.map(|phone| [Value::Int(phone.digits())]).collect();
    tx.execute_each("DELETE FROM customer_number WHERE phone = $1", &phones).map(|_| ())
}

/// A number that somebody else took meanwhile is a conflict: the constraint says so.
fn add_numbers(tx: &mut Tx<'_>, numbers: &BTreeMap<Phone, CustomerId>) -> Result<(), StoreError> {
    let rows = numbers.iter().map(|(phone, customer)| [Value::Int(phone.digits()), Value::Int(customer.0)]);
    let sql = "INSERT INTO customer_number (phone, customer) VALUES ($1, $2)";
    tx.execute_each(sql, &rows.collect::<Vec<_>>()).map(|_| ())
}
