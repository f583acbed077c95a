//! Browsers that are signed in. Of what a browser shows only the hash is kept.

use jiff::Timestamp;

use super::accounts::account;
use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::access::{Account, AccountId, Key};

/// Names a session to people, who never see its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    pub made: Timestamp,
    /// About when it was last used.
    pub seen: Timestamp,
    pub expires: Timestamp,
    /// Where it was made from.
    pub address: String,
    /// As the browser names itself.
    pub browser: String,
}

/// A session that has no id yet.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub key: Key,
    pub account: AccountId,
    pub made: Timestamp,
    pub expires: Timestamp,
    pub address: String,
    pub browser: String,
}

pub fn open(tx: &mut Tx<'_>, new: &NewSession) -> Result<SessionId, StoreError> {
    let sql = "INSERT INTO session (hash, account, made, seen, expires, address, browser)
               VALUES ($1, $2, $3, $3, $4, $5, $6) RETURNING id";
    let hash = new.key.hash();
    let values = [
        Value::Text(&hash),
        Value::Int(new.account.0),
        Value::Int(new.made.as_microsecond()),
        Value::Int(new.expires.as_microsecond()),
        Value::Text(&new.address),
        Value::Text(&new.browser),
    ];
    let made = tx.rows("session", sql, &values)?.pop();
    made.map_or(Ok(0), |mut row| row.int("id")).map(SessionId)
}

/// Whose browser this is; `None` where the session is over or was ended, or its account was removed.
pub fn find(tx: &mut Tx<'_>, key: &Key, now: Timestamp) -> Result<Option<(Session, Account)>, StoreError> {
    let sql = "SELECT s.id, s.account, s.made, s.seen, s.expires, s.address, s.browser,
                      a.id, a.name, a.staff, a.role, a.language, CASE WHEN a.password IS NULL THEN CAST(0 AS bigint) ELSE 1 END
               FROM session s JOIN account a ON a.id = s.account
               WHERE s.hash = $1 AND s.expires > $2 AND a.removed IS NULL";
    let found = tx.rows("session", sql, &[Value::Text(&key.hash()), Value::Int(now.as_microsecond())])?.pop();
    found.map(|mut row| Ok((session(&mut row)?, account(&mut row)?))).transpose()
}

/// As [`find`], of a session that is known.
pub fn holder(tx: &mut Tx<'_>, id: SessionId, now: Timestamp) -> Result<Option<Account>, StoreError> {
    let sql = "SELECT a.id, a.name, a.staff, a.role, a.language, CASE WHEN a.password IS NULL THEN CAST(0 AS bigint) ELSE 1 END
               FROM session s JOIN account a ON a.id = s.account
               WHERE s.id = $1 AND s.expires > $2 AND a.removed IS NULL";
    let found = tx.rows("session", sql, &[Value::Int(id.0), Value::Int(now.as_microsecond())])?.pop();
    found.map(|mut row| account(&mut row)).transpose()
}

/// Whose browser this was, over or not, as far as it is still known.
pub fn last_holder(tx: &mut Tx<'_>, key: &Key) -> Result<Option<AccountId>, StoreError> {
    let found = tx.rows("session", "SELECT account FROM session WHERE hash = $1", &[Value::Text(&key.hash())])?.pop();
    found.map(|mut row| row.int("account").map(AccountId)).transpose()
}

/// It was used just now. A write: not for every request.
pub fn touch(tx: &mut Tx<'_>, id: SessionId, seen: Timestamp, expires: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE session SET seen = $1, expires = $2 WHERE id = $3";
    let values = [Value::Int(seen.as_microsecond()), Value::Int(expires.as_microsecond()), Value::Int(id.0)];
    tx.execute(sql, &values).map(|_| ())
}

/// The sessions of an account that are not over, the last used first.
pub fn of(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let sql = "SELECT id, account, made, seen, expires, address, browser FROM session
               WHERE account = $1 AND expires > $2 ORDER BY seen DESC, id DESC";
    let values = [Value::Int(account.0), Value::Int(now.as_microsecond())];
    tx.rows("session", sql, &values)?.into_iter().map(|mut row| session(&mut row)).collect()
}

/// Ends one session of this account. False: there is none of that id.
pub fn end(tx: &mut Tx<'_>, account: AccountId, id: SessionId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM session WHERE id = $1 AND account = $2";
    Ok(tx.execute(sql, &[Value::Int(id.0), Value::Int(account.0)])? > 0)
}

/// Ends the session of this browser, whosever it is.
pub fn end_by_key(tx: &mut Tx<'_>, key: &Key) -> Result<(), StoreError> {
    tx.execute("DELETE FROM session WHERE hash = $1", &[Value::Text(&key.hash())]).map(|_| ())
}

/// Signs an account out everywhere; answers of how many sessions.
pub fn end_all(tx: &mut Tx<'_>, account: AccountId) -> Result<usize, StoreError> {
    tx.execute("DELETE FROM session WHERE account = $1", &[Value::Int(account.0)])
}

/// Deletes so many at most of those that were over before then.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, StoreError> {
    let sql = "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires <= $1 LIMIT $2)";
    tx.execute(sql, &[Value::Int(before.as_microsecond()), Value::Int(limit.into())])
}

/// From the columns id, account, made, seen, expires, address, browser.
fn session(row: &mut Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId(row.int("id")?),
        account: AccountId(row.int("account")?),
        made: row.instant("made")?,
        seen: row.instant("seen")?,
        expires: row.instant("expires")?,
        address: row.text("address")?,
        browser: row.text("browser")?,
    })
}
