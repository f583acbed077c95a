//! Finds customers as somebody types: by the beginnings of words of their names and tags in any order, or of a number.
//!
//! `customer_word` holds an entry for each word of a customer: the word, and after it their other words. So one
//! range of the index answers several words without a look at the customers themselves. The entries of a million
//! customers come in no order, so new customers get theirs later than their row: many at once, in order. How far
//! that has come is the counter `customer_word`.

use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;

use super::customer;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::{Country, beginning};
use crate::domain::spelling::words;
use crate::store::sql::Value;
use crate::store::{Store, StoreError, Tx};

/// Words of one customer that can be found; names have fewer.
const WORDS_MAX: usize = 12;

/// Words that somebody types; more tell nothing more.
const TYPED_MAX: usize = 5;

/// So many entries are counted to learn which of the words typed is the rarest.
const COUNTED: i64 = 5_000;

/// Entries looked through at most. Only where all words typed are of many thousands of customers may it end before
/// the last match, and then there are more matches than anybody reads.
const LOOKED_THROUGH: i64 = 10_000;

/// New customers whose entries are sorted and written together. Neighbours share pages of the index.
const SORTED: u32 = 100_000;

/// Entries written in one transaction: a call that comes meanwhile waits some 20 ms at most.
const ENTRIES_PER_TRANSACTION: usize = 2_000;

/// New customers that are made findable on the way.
const ON_THE_WAY: u32 = 50;

/// What somebody has typed so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    words: Vec<String>,
    /// Ranges of their digits, as the store keeps them.
    numbers: Vec<(i64, i64)>,
}

impl Typed {
    /// `country`: whose local spelling of numbers is understood.
    pub fn new(text: &str, country: Option<Country>) -> Self {
        let mut words = words(text);
        words.truncate(TYPED_MAX);
        Self { words, numbers: beginning(text, country).into_iter().map(RangeInclusive::into_inner).collect() }
    }
}

/// Those whom the text may mean, at most `limit`: who has such a number first, then in the order of the rarest word.
pub fn search(tx: &mut Tx<'_>, typed: &Typed, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let mut ids = Vec::new();
    for (from, to) in &typed.numbers {
        let sql = "SELECT customer FROM customer_number WHERE phone >= $1 AND phone <= $2 ORDER BY phone LIMIT $3";
        let rows = tx.rows("customer_number", sql, &[Value::Int(*from), Value::Int(*to), Value::Int(limit.into())])?;
        ids.extend(rows.into_iter().map(|mut row| row.int("customer")).collect::<Result<Vec<_>, _>>()?);
    }
    ids.extend(by_words(tx, &typed.words, limit)?);
    let mut seen = HashSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    all(tx, &ids)
}

/// The newest customers below this id, the newest first.
pub fn newest(tx: &mut Tx<'_>, below: Option<CustomerId>, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let sql = "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer
               WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let below = below.map_or(i64::MAX, |id| id.0);
    let rows = tx.rows("customer", sql, &[Value::Int(below), Value::Int(limit.into())])?;
    rows.into_iter().map(|mut row| customer(&mut row)).collect()
}

/// Others with exactly these words in their names, in any order: perhaps the same customer twice.
pub fn same_name(tx: &mut Tx<'_>, as_this: &Customer, limit: u32) -> Result<Vec<Customer>, StoreError> {
    let wanted: BTreeSet<String> = words(&as_this.name).into_iter().collect();
    let typed = Typed { words: wanted.iter().take(TYPED_MAX).cloned().collect(), numbers: Vec::new() };
    let mut found = search(tx, &typed, limit.saturating_mul(10))?;
    found.retain(|other| other.id != as_this.id && words(&other.name).into_iter().collect::<BTreeSet<_>>() == wanted);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn by_words(tx: &mut Tx<'_>, typed: &[String], limit: u32) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM customer_word WHERE word >= $1 AND word < $2 LIMIT $3) AS near";
    let mut counted = Vec::with_capacity(typed.len());
    for word in typed {
        let values = [Value::Text(word), Value::Text(&end(word)), Value::Int(COUNTED)];
        let count = tx.rows("customer_word", sql, &values)?.pop().map_or(Ok(0), |mut row| row.int("count"))?;
        counted.push((count, word));
    }
    // Of words that are all frequent the longest tells most.
    counted.sort_by_key(|(count, word)| (*count, std::cmp::Reverse(word.len())));
    let mut rarest_first = counted.into_iter();
    let Some((_, rarest)) = rarest_first.next() else { return Ok(Vec::new()) };
    let mut others = rarest_first.map(|(_, word)| format!("% {word}%")).collect::<Vec<_>>();
    others.resize(TYPED_MAX - 1, "%".to_owned());
    let end = end(rarest);
    let mut values = vec![Value::Text(rarest), Value::Text(&end), Value::Int(LOOKED_THROUGH)];
    values.extend(others.iter().map(|pattern| Value::Text(pattern)));
    // A customer comes once for every word that begins so.
    values.push(Value::Int(i64::from(limit) * 2));
    let sql = "SELECT customer FROM
                   (SELECT word, customer FROM customer_word WHERE word >= $1 AND word < $2 ORDER BY word, customer LIMIT $3) AS near
               WHERE word LIKE $4 AND word LIKE $5 AND word LIKE $6 AND word LIKE $7 LIMIT $8";
    tx.rows("customer_word", sql, &values)?.into_iter().map(|mut row| row.int("customer")).collect()
}

/// Sorts behind everything that begins with the word.
fn end(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

fn all(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Customer>, StoreError> {
    let wanted: Vec<_> = ids.iter().map(|id| [Value::Int(*id)]).collect();
    let sql =
        "SELECT id, name, numbers, usual, language, note, tags, blocked, recent, asked FROM customer WHERE id = $1";
    tx.rows_each("customer", sql, &wanted)?.into_iter().map(|mut row| customer(&mut row)).collect()
}

/// A customer's entries in the index of words.
pub(super) fn entries(name: &str, tags: &[String]) -> BTreeSet<String> {
    let mut all = Vec::new();
    for word in words(name).into_iter().chain(tags.iter().flat_map(|tag| words(tag))).take(WORDS_MAX) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    let entry = |word: &String| {
        let others = all.iter().filter(|other| *other != word).map(String::as_str);
        std::iter::once(word.as_str()).chain(others).collect::<Vec<_>>().join(" ")
    };
    all.iter().map(entry).collect()
}

/// What a change of customers does to the index.
pub(super) fn change(tx: &mut Tx<'_>, changed: &[(Customer, Customer)]) -> Result<(), StoreError> {
    let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
    for (before, after) in changed {
        if before.name == after.name && before.tags == after.tags {
            continue;
        }
        let (old, new) = (entries(&before.name, &before.tags), entries(&after.name, &after.tags));
        gone.extend(old.difference(&new).map(|entry| (entry.clone(), before.id.0)));
        come.extend(new.difference(&old).map(|entry| (entry.clone(), after.id.0)));
    }
    remove(tx, &gone)?;
    insert(tx, come.iter())
}

/// Makes one customer findable before it is their turn.
pub(super) fn index_one(tx: &mut Tx<'_>, customer: &Customer) -> Result<(), StoreError> {
    let entries: Vec<_> =
        entries(&customer.name, &customer.tags).into_iter().map(|entry| (entry, customer.id.0)).collect();
    insert(tx, entries.iter())
}

pub(super) fn forget(tx: &mut Tx<'_>, customer: &Customer) -> Result<(), StoreError> {
    let entries = entries(&customer.name, &customer.tags).into_iter();
    remove(tx, &entries.map(|entry| (entry, customer.id.0)).collect())
}

fn insert<'a>(tx: &mut Tx<'_>, entries: impl Iterator<Item = &'a (String, i64)>) -> Result<(), StoreError> {
    let rows: Vec<_> = entries.map(|(entry, id)| [Value::Text(entry), Value::Int(*id)]).collect();
    let sql = "INSERT INTO customer_word (word, customer) VALUES ($1, $2) ON CONFLICT (word, customer) DO NOTHING";
    tx.execute_each(sql, &rows).map(|_| ())
}

fn remove(tx: &mut Tx<'_>, entries: &BTreeSet<(String, i64)>) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    // First, so that whoever is writing entries from memory either has written these, or sees that they are gone.
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'customer_word_removed'", &[])?;
    let rows: Vec<_> = entries.iter().map(|(entry, id)| [Value::Text(entry), Value::Int(*id)]).collect();
    tx.execute_each("DELETE FROM customer_word WHERE word = $1 AND customer = $2", &rows).map(|_| ())
}

/// New customers that cannot be found by their words yet.
struct New {
    last: i64,
    /// In order.
    entries: Vec<(String, i64)>,
    /// How often entries had been removed when these customers were read.
    removed: i64,
}

/// Whether there are new customers who cannot be found by their words yet.
pub fn any_unindexed(tx: &mut Tx<'_>) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM customer
               WHERE id > (SELECT last FROM counter WHERE name = 'customer_word') ORDER BY id LIMIT 1";
    Ok(!tx.rows("customer", sql, &[])?.is_empty())
}

/// Makes a few new customers findable.
pub fn index_some(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let Some(new) = new(tx, ON_THE_WAY)? else { return Ok(()) };
    if !still_so(tx, &new)? {
        return Err(StoreError::Conflict);
    }
    insert(tx, new.entries.iter())?;
    indexed_up_to(tx, new.last)
}

/// Makes all new customers findable, in pieces, so that calls are not held up.
pub fn index_all(store: &mut Store) -> Result<(), StoreError> {
    while let Some(new) = store.read(|tx| new(tx, SORTED))? {
        let mut piece_by_piece = new.entries.chunks(ENTRIES_PER_TRANSACTION);
        let all_written = loop {
            let Some(piece) = piece_by_piece.next() else { break true };
            let written = store.transaction(|tx| {
                let so = still_so(tx, &new)?;
                if so { insert(tx, piece.iter()).map(|()| true) } else { Ok(false) }
            })?;
            store.let_others_in();
            if !written {
                break false;
            }
        };
        // Else somebody was changed or erased meanwhile: the customers are read again.
        if all_written {
            store.transaction(|tx| indexed_up_to(tx, new.last))?;
        }
    }
    Ok(())
}

fn new(tx: &mut Tx<'_>, limit: u32) -> Result<Option<New>, StoreError> {
    let sql = "SELECT last FROM counter WHERE name = 'customer_word_removed'";
    let removed = tx.rows("counter", sql, &[])?.pop().map_or(Ok(0), |mut row| row.int("last"))?;
    let sql = "SELECT id, name, tags FROM customer
               WHERE id > (SELECT last FROM counter WHERE name = 'customer_word') ORDER BY id LIMIT $1";
    let mut new = New { last: 0, entries: Vec::new(), removed };
    for mut row in tx.rows("customer", sql, &[Value::Int(limit.into())])? {
        let (id, name) = (row.int("id")?, row.text("name")?);
        let tags: Vec<String> = row.json("tags")?;
        new.entries.extend(entries(&name, &tags).into_iter().map(|entry| (entry, id)));
        new.last = id;
    }
    new.entries.sort_unstable();
    Ok(Some(new).filter(|new| new.last > 0))
}

/// Whether nobody was changed or erased since these customers were read, from here to the commit: who was must not be
/// found by what they were.
fn still_so(tx: &mut Tx<'_>, new: &New) -> Result<bool, StoreError> {
    let sql = "UPDATE counter SET last = last WHERE name = 'customer_word_removed' AND last = $1";
    Ok(tx.execute(sql, &[Value::Int(new.removed)])? > 0)
}

fn indexed_up_to(tx: &mut Tx<'_>, last: i64) -> Result<(), StoreError> {
    let sql = "UPDATE counter SET last = $1 WHERE name = 'customer_word' AND last < $1";
    tx.execute(sql, &[Value::Int(last)]).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::Phone;
    use crate::store::customers::{Details, by_phone, put};

    #[test]
    fn whoever_is_erased_while_entries_are_written_from_memory_is_not_written_after_all() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("switchboard.db").display());
        let (mut store, phone) = (Store::open(&url).unwrap(), Phone::from_e164("+447700900201").unwrap());
        let okafor = Details { name: "Mrs Okafor".to_owned(), numbers: vec![phone], ..Details::default() };
        store.transaction(|tx| put(tx, &[okafor])).unwrap();
        let read = store.read(|tx| new(tx, SORTED)).unwrap().unwrap();
        assert_eq!(store.transaction(|tx| still_so(tx, &read)), Ok(true));
        let customer = store.read(|tx| by_phone(tx, &[phone])).unwrap().remove(&phone).unwrap();
        store.transaction(|tx| forget(tx, &customer)).unwrap();
        assert_eq!(store.transaction(|tx| still_so(tx, &read)), Ok(false));
    }
}
