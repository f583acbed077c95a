//! Adds customers and changes what is known of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::AddAssign;

use super::{by_phone, hold_as_read, search};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;
use crate::store::json;
use crate::store::sql::Value;
use crate::store::{StoreError, Tx};

/// What somebody says of one customer. `None` on the outside: nothing is said, so what is known stays. `None` inside:
/// there is room to say it, and nothing stands there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    pub name: String,
    /// At least one; together they say who is meant.
    pub numbers: Vec<Phone>,
    pub usual: Option<Option<StaffId>>,
    pub language: Option<Option<String>>,
    pub note: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    pub blocked: Option<Option<bool>>,
    /// What is known and does not stand here is taken away. Else numbers and tags are added to those that are known,
    /// and where nothing stands what is known stays.
    pub replaces: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    pub added: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Left out, by their place in the batch.
    pub refused: Vec<(usize, Refused)>,
    pub beyond: Beyond,
}

/// How much is known of the customers of a batch that the batch does not have: taken away by what replaces, else left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beyond {
    pub numbers: usize,
    pub usual: usize,
    pub languages: usize,
    pub notes: usize,
    pub tags: usize,
    pub blocks: usize,
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

/// Which row of a list has found a customer first, by the row's first number. Another one, which has one of their other
/// numbers and means whom they were merged with, only adds to them: else the two would take turns.
pub type Met = HashMap<CustomerId, Phone>;

/// What [`put_of_list`] would do with each of the batch, one after the other: a later one finds what an earlier one has
/// changed.
pub fn compare(tx: &mut Tx<'_>, batch: &[Details], met: &mut Met) -> Result<Vec<(Fate, Beyond)>, StoreError> {
    let phones: Vec<Phone> = batch.iter().flat_map(|details| details.numbers.iter().copied()).collect();
    let mut known = by_phone(tx, &phones)?;
    let mut seen = BTreeSet::new();
    Ok(batch.iter().map(|details| details.fate(&mut known, &mut seen, met)).collect())
}

/// Adds customers, or updates those who are known by one of their numbers. New ones are found by their words after
/// [`super::index_all`].
pub fn put(tx: &mut Tx<'_>, whole_list: &[Details]) -> Result<Changed, StoreError> {
    put_of_list(tx, whole_list, &mut Met::new())
}

/// As [`put`], a piece of a list; `met` is the whole list's, and may be of a try that came to nothing.
pub fn put_of_list(tx: &mut Tx<'_>, batch: &[Details], met: &mut Met) -> Result<Changed, StoreError> {
    let mut changed = Changed::default();
    let (mut new, mut updated): (Vec<Customer>, BTreeMap<CustomerId, _>) = (Vec::new(), BTreeMap::new());
    for (place, (details, (fate, beyond))) in batch.iter().zip(compare(tx, batch, met)?).enumerate() {
        changed.beyond += beyond;
        match fate {
            Fate::Refused(refused) => changed.refused.push((place, refused)),
            Fate::Added => new.push(details.over(None, How::Replaces)),
            Fate::Unchanged => changed.unchanged += 1,
            Fate::Updated(both) => {
                changed.updated += 1;
                let (before, after) = *both;
                match updated.entry(before.id) {
                    Entry::Vacant(first) => {
                        first.insert((before, after));
                    }
                    Entry::Occupied(mut earlier) => earlier.get_mut().1 = after,
                }
            }
        }
    }
    changed.added = new.len();
    // First, since a new one may have a number that another gave up.
    replace(tx, &updated.into_values().collect::<Vec<_>>())?;
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

impl Details {
    /// `known`: who has which number, brought up to date; `seen`: the numbers that have been spoken of.
    fn fate(&self, known: &mut HashMap<Phone, Customer>, seen: &mut BTreeSet<Phone>, met: &mut Met) -> (Fate, Beyond) {
        let before = match self.whom(known, seen) {
            Err(refused) => return (Fate::Refused(refused), Beyond::default()),
            Ok(None) => return (Fate::Added, Beyond::default()),
            Ok(Some(before)) => before.clone(),
        };
        let first = self.numbers.first().copied();
        let second = first.is_some_and(|first| *met.entry(before.id).or_insert(first) != first);
        let replaced = self.over(Some(&before), How::Replaces);
        let updated = self.over(Some(&before), if second { How::Adds } else { How::Updates });
        let beyond = Beyond::of(&updated, &replaced);
        let after = if self.replaces { replaced } else { updated };
        if after == before {
            return (Fate::Unchanged, beyond);
        }
        for phone in &before.numbers {
            known.remove(phone);
        }
        known.extend(after.numbers.iter().map(|phone| (*phone, after.clone())));
        (Fate::Updated(Box::new((before, after))), beyond)
    }

    fn whom<'a>(
        &self,
        known: &'a HashMap<Phone, Customer>,
        seen: &mut BTreeSet<Phone>,
    ) -> Result<Option<&'a Customer>, Refused> {
        if self.numbers.is_empty() {
            return Err(Refused::NoNumber);
        }
        if self.numbers.iter().any(|phone| seen.contains(phone)) {
            return Err(Refused::Repeated);
        }
        let mut meant: Option<&Customer> = None;
        for owner in self.numbers.iter().filter_map(|phone| known.get(phone)) {
            match meant {
                Some(other) if other.id != owner.id => return Err(Refused::TwoCustomers(other.id, owner.id)),
                Some(_) | None => meant = Some(owner),
            }
        }
        seen.extend(&self.numbers);
        Ok(meant)
    }

    /// The customer with these details over what was known before.
    fn over(&self, before: Option<&Customer>, how: How) -> Customer {
        let known = before.cloned().unwrap_or_else(|| Customer {
            id: CustomerId(0),
            name: self.name.clone(),
            numbers: Vec::new(),
            usual: None,
            language: None,
            note: None,
            tags: Vec::new(),
            blocked: false,
            recent: Vec::new(),
            asked: Vec::new(),
        });
        let replaces = how == How::Replaces;
        let mut numbers = if replaces { Vec::new() } else { known.numbers };
        add_new(&mut numbers, &self.numbers);
        let mut tags = if replaces && self.tags.is_some() { Vec::new() } else { known.tags };
        add_new(&mut tags, self.tags.as_deref().unwrap_or_default());
        Customer {
            name: if how == How::Adds { known.name } else { self.name.clone() },
            numbers,
            usual: how.said(self.usual.as_ref(), known.usual),
            language: how.said(self.language.as_ref(), known.language),
            note: how.said(self.note.as_ref(), known.note),
            tags,
            // To be blocked is something that is known, not to be is not.
            blocked: how.said(self.blocked.as_ref(), known.blocked.then_some(true)).unwrap_or(false),
            ..known
        }
    }
}

/// What a row does to what is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// As [`Details::replaces`].
    Replaces,
    /// What stands there is put in the place of what is known.
    Updates,
    /// What is known stays.
    Adds,
}

impl How {
    fn said<T: Clone>(self, said: Option<&Option<T>>, known: Option<T>) -> Option<T> {
        match (said, self) {
            (None, _) | (Some(None), Self::Updates | Self::Adds) => known,
            (Some(said), Self::Replaces | Self::Updates) => said.clone(),
            (Some(said), Self::Adds) => known.or_else(|| said.clone()),
        }
    }
}

fn add_new<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

impl Beyond {
    /// What the first has and the second has not.
    fn of(added_to: &Customer, replaced: &Customer) -> Self {
        let gone = |before: bool, after: bool| usize::from(before && !after);
        Self {
            numbers: added_to.numbers.iter().filter(|phone| !replaced.numbers.contains(phone)).count(),
            usual: gone(added_to.usual.is_some(), replaced.usual.is_some()),
            languages: gone(added_to.language.is_some(), replaced.language.is_some()),
            notes: gone(added_to.note.is_some(), replaced.note.is_some()),
            tags: added_to.tags.iter().filter(|tag| !replaced.tags.contains(tag)).count(),
            blocks: gone(added_to.blocked, replaced.blocked),
        }
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl AddAssign for Beyond {
    fn add_assign(&mut self, more: Self) {
        self.numbers += more.numbers;
        self.usual += more.usual;
        self.languages += more.languages;
        self.notes += more.notes;
        self.tags += more.tags;
        self.blocks += more.blocks;
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
