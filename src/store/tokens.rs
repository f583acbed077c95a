//! Keys for programs. Of what a program shows only the hash is kept.

use jiff::Timestamp;

use super::accounts::account;
use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::access::{Account, AccountId, Key, Scope};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub account: AccountId,
    pub name: String,
    pub scope: Scope,
    pub made: Timestamp,
    /// About when it was last used.
    pub used: Option<Timestamp>,
    pub revoked: Option<Timestamp>,
}

/// A token that has no id yet.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub key: Key,
    pub account: AccountId,
    pub name: String,
    pub scope: Scope,
    pub made: Timestamp,
    /// With which a program made it; `None`: somebody made it in a browser.
    pub parent: Option<TokenId>,
}

pub fn make(tx: &mut Tx<'_>, new: &NewToken) -> Result<TokenId, StoreError> {
    let sql =
        "INSERT INTO token (hash, account, name, scope, made, parent) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    let hash = new.key.hash();
    let values = [
        Value::Text(&hash),
        Value::Int(new.account.0),
        Value::Text(&new.name),
        Value::Text(new.scope.word()),
        Value::Int(new.made.as_microsecond()),
        new.parent.map(|parent| parent.0).into(),
    ];
    let made = tx.rows("token", sql, &values)?.pop();
    made.map_or(Ok(0), |mut row| row.int("id")).map(TokenId)
}

/// `None`: there is none, it was revoked, or its account was withdrawn.
pub fn find(tx: &mut Tx<'_>, key: &Key) -> Result<Option<(Token, Account)>, StoreError> {
    let sql = "SELECT t.id, t.account, t.name, t.scope, t.made, t.used, t.revoked,
                      a.id, a.name, a.staff, a.role, a.language,
                      CASE WHEN a.password IS NULL THEN CAST(0 AS bigint) ELSE 1 END
               FROM token t JOIN account a ON a.id = t.account
               WHERE t.hash = $1 AND t.revoked IS NULL AND a.removed IS NULL";
    let found = tx.rows("token", sql, &[Value::Text(&key.hash())])?.pop();
    found.map(|mut row| Ok((token(&mut row)?, account(&mut row)?))).transpose()
}

/// It was used just now. A write: not for every request.
pub fn touch(tx: &mut Tx<'_>, id: TokenId, used: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE token SET used = $1 WHERE id = $2";
    tx.execute(sql, &[Value::Int(used.as_microsecond()), Value::Int(id.0)]).map(|_| ())
}

/// Of everybody, the newest first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Token>, StoreError> {
    let sql = "SELECT id, account, name, scope, made, used, revoked FROM token ORDER BY id DESC";
    tx.rows("token", sql, &[])?.into_iter().map(|mut row| token(&mut row)).collect()
}

pub fn get(tx: &mut Tx<'_>, id: TokenId) -> Result<Option<Token>, StoreError> {
    let sql = "SELECT id, account, name, scope, made, used, revoked FROM token WHERE id = $1";
    tx.rows("token", sql, &[Value::Int(id.0)])?.pop().map(|mut row| token(&mut row)).transpose()
}

/// With those that were made with it, and so on. False: there is none of that id, or all were revoked before.
pub fn revoke(tx: &mut Tx<'_>, id: TokenId, at: Timestamp) -> Result<bool, StoreError> {
    let sql = "WITH RECURSIVE fallen (id) AS (
                   SELECT id FROM token WHERE id = $1
                   UNION SELECT token.id FROM token JOIN fallen ON token.parent = fallen.id)
               UPDATE token SET revoked = $2 WHERE revoked IS NULL AND id IN (SELECT id FROM fallen)";
    Ok(tx.execute(sql, &[Value::Int(id.0), Value::Int(at.as_microsecond())])? > 0)
}

/// All of an account; answers how many.
pub fn revoke_all(tx: &mut Tx<'_>, account: AccountId, at: Timestamp) -> Result<usize, StoreError> {
    let sql = "UPDATE token SET revoked = $1 WHERE account = $2 AND revoked IS NULL";
    tx.execute(sql, &[Value::Int(at.as_microsecond()), Value::Int(account.0)])
}

/// From the columns id, account, name, scope, made, used, revoked.
fn token(row: &mut Row) -> Result<Token, StoreError> {
    Ok(Token {
        id: TokenId(row.int("id")?),
        account: AccountId(row.int("account")?),
        name: row.text("name")?,
        scope: row.parsed("scope", Scope::from_word)?,
        made: row.instant("made")?,
        used: row.instant_or_null("used")?,
        revoked: row.instant_or_null("revoked")?,
    })
}
