//! Ways in that work once, and what was tried in vain.

use jiff::{SignedDuration, Timestamp};

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::access::sign_in::{CODE_TRIES, Code, Counted, FORGOTTEN_AFTER, Failures};
use crate::domain::access::{AccountId, Key};
use crate::domain::staff::StaffId;

/// A link with which somebody chooses their password. `account`: whose; `None` for the first of all.
pub fn make_link(tx: &mut Tx<'_>, key: &Key, account: Option<AccountId>, expires: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO sign_in_link (hash, account, expires) VALUES ($1, $2, $3)";
    let values =
        [Value::Text(&key.hash()), account.map(|account| account.0).into(), Value::Int(expires.as_microsecond())];
    tx.execute(sql, &values).map(|_| ())
}

/// Whose link this is; `None`: it was used, or is too old.
pub fn link(tx: &mut Tx<'_>, key: &Key, now: Timestamp) -> Result<Option<Option<AccountId>>, StoreError> {
    let sql = "SELECT hash, account FROM sign_in_link WHERE hash = $1 AND expires > $2";
    let found = tx.rows("sign_in_link", sql, &[Value::Text(&key.hash()), Value::Int(now.as_microsecond())])?.pop();
    found.map(whose).transpose()
}

/// As [`link`], and it works no more; nor does any other link to the same account.
pub fn use_link(tx: &mut Tx<'_>, key: &Key, now: Timestamp) -> Result<Option<Option<AccountId>>, StoreError> {
    let sql = "DELETE FROM sign_in_link WHERE hash = $1 AND expires > $2 RETURNING hash, account";
    let found = tx.rows("sign_in_link", sql, &[Value::Text(&key.hash()), Value::Int(now.as_microsecond())])?.pop();
    let Some(account) = found.map(whose).transpose()? else { return Ok(None) };
    drop_links(tx, account)?;
    Ok(Some(account))
}

/// None of the links to this account works any more.
pub fn drop_links(tx: &mut Tx<'_>, account: Option<AccountId>) -> Result<(), StoreError> {
    match account {
        None => tx.execute("DELETE FROM sign_in_link WHERE account IS NULL", &[]),
        Some(account) => tx.execute("DELETE FROM sign_in_link WHERE account = $1", &[Value::Int(account.0)]),
    }
    .map(|_| ())
}

fn whose(mut row: Row) -> Result<Option<AccountId>, StoreError> {
    row.text("hash")?;
    Ok(row.int_or_null("account")?.map(AccountId))
}

/// A new code for somebody; the one before works no more.
pub fn make_code(tx: &mut Tx<'_>, whose: &StaffId, code: &Code, expires: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO sign_in_code (staff, hash, expires, tries) VALUES ($1, $2, $3, 0)
               ON CONFLICT (staff) DO UPDATE SET hash = excluded.hash, expires = excluded.expires, tries = 0";
    let values = [Value::Text(whose.as_str()), Value::Text(&code.hash(whose)), Value::Int(expires.as_microsecond())];
    tx.execute(sql, &values).map(|_| ())
}

/// Whether this is their code. Each question is a try, and the right one uses it up.
pub fn try_code(tx: &mut Tx<'_>, whose: &StaffId, code: &Code, now: Timestamp) -> Result<bool, StoreError> {
    // The update comes first: of two who ask at once the second waits here, and finds what the first has left.
    let sql = "UPDATE sign_in_code SET tries = tries + 1 WHERE staff = $1 AND expires > $2 AND tries < $3
               RETURNING staff, hash";
    let values = [Value::Text(whose.as_str()), Value::Int(now.as_microsecond()), Value::Int(CODE_TRIES.into())];
    let Some(mut row) = tx.rows("sign_in_code", sql, &values)?.pop() else { return Ok(false) };
    row.text("staff")?;
    // Of two hashes it is worth nothing to know where they begin to differ.
    if row.text("hash")? != code.hash(whose) {
        return Ok(false);
    }
    tx.execute("DELETE FROM sign_in_code WHERE staff = $1", &[Value::Text(whose.as_str())])?;
    Ok(true)
}

/// How long tries of these are not looked at; `None`: they are. Changes nothing.
pub fn wait(tx: &mut Tx<'_>, counted: &[Counted], now: Timestamp) -> Result<Option<SignedDuration>, StoreError> {
    let mut longest = None;
    for counted in counted {
        let sql = "SELECT key, count, last FROM failure WHERE key = $1";
        let found = tx.rows("failure", sql, &[Value::Text(&counted.key())])?.pop().map(failures).transpose()?;
        longest = longest.max(found.and_then(|failures| counted.wait(failures, now)));
    }
    Ok(longest)
}

/// Counts a try for each of these, as if it had failed: many at once are not looked at before the first is counted.
/// `Err` in the answer: nothing is counted, and it is not looked at for so long.
pub fn about_to_try(
    tx: &mut Tx<'_>,
    counted: &[Counted],
    now: Timestamp,
) -> Result<Result<(), SignedDuration>, StoreError> {
    let mut keys: Vec<(String, &Counted)> = counted.iter().map(|counted| (counted.key(), counted)).collect();
    // In one order everywhere, so that two instances never wait for each other.
    keys.sort_by(|one, other| one.0.cmp(&other.0));
    let mut all = Vec::with_capacity(keys.len());
    for (key, counted) in keys {
        // Changes nothing, and holds the row until the commit.
        let sql = "INSERT INTO failure (key, count, last) VALUES ($1, 0, $2)
                   ON CONFLICT (key) DO UPDATE SET count = failure.count RETURNING key, count, last";
        let found = tx.rows("failure", sql, &[Value::Text(&key), Value::Int(now.as_microsecond())])?.pop();
        let failures = found.map(failures).transpose()?.unwrap_or(Failures { count: 0, last: now });
        all.push((key, counted, failures));
    }
    let longest = all.iter().filter_map(|(_, counted, failures)| counted.wait(*failures, now)).max();
    if let Some(wait) = longest {
        return Ok(Err(wait));
    }
    for (key, _, failures) in all {
        let count = if failures.are_forgotten(now) { 1 } else { failures.count.saturating_add(1) };
        let sql = "UPDATE failure SET count = $1, last = $2 WHERE key = $3";
        tx.execute(sql, &[Value::Int(count.into()), Value::Int(now.as_microsecond()), Value::Text(&key)])?;
    }
    Ok(Ok(()))
}

/// It was no failure: their own are forgotten, and an address that many share has one fewer.
pub fn came_in(tx: &mut Tx<'_>, counted: &[Counted]) -> Result<(), StoreError> {
    let mut counted: Vec<_> = counted.iter().map(|counted| (counted.key(), counted)).collect();
    // As when they are counted: two instances never wait for each other.
    counted.sort_by(|one, other| one.0.cmp(&other.0));
    for (key, counted) in counted {
        match counted {
            Counted::Address(_) | Counted::Token(_) => {
                let sql = "UPDATE failure SET count = count - 1 WHERE key = $1 AND count > 0";
                tx.execute(sql, &[Value::Text(&key)])?;
            }
            Counted::Name(_) | Counted::Known(..) | Counted::Codes(_) => {
                tx.execute("DELETE FROM failure WHERE key = $1", &[Value::Text(&key)])?;
            }
        }
    }
    Ok(())
}

/// Deletes what is of no use any more, of failures so many at most; answers how many failures.
pub fn forget(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<usize, StoreError> {
    let forgotten = Value::Int((now - FORGOTTEN_AFTER).as_microsecond());
    let now = Value::Int(now.as_microsecond());
    // No more than there are staff, and links that somebody was given.
    tx.execute("DELETE FROM sign_in_code WHERE expires <= $1", &[now])?;
    tx.execute("DELETE FROM sign_in_link WHERE expires <= $1", &[now])?;
    let sql = "DELETE FROM failure WHERE key IN (SELECT key FROM failure WHERE last <= $1 LIMIT $2)";
    tx.execute(sql, &[forgotten, Value::Int(limit.into())])
}

fn failures(mut row: Row) -> Result<Failures, StoreError> {
    row.text("key")?;
    let count = row.int("count")?;
    Ok(Failures { count: u32::try_from(count).map_err(|_| row.broken("count"))?, last: row.instant("last")? })
}
