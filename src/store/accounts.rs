//! Who may sign in to the console.

use jiff::Timestamp;

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::access::{Account, AccountId, Role};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;

/// An account that has no id yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    pub name: String,
    pub staff: Option<StaffId>,
    pub role: Role,
    pub made: Timestamp,
}

/// An account as it is shown to those who look after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub account: Account,
    /// When they last signed in; `None`: never yet.
    pub signed_in: Option<Timestamp>,
    /// Withdrawn: nobody signs in with it.
    pub removed: Option<Timestamp>,
}

/// One at a time from here to the commit: of two owners who take the role from each other one comes first.
pub fn about_to_change(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute("UPDATE counter SET last = last + 1 WHERE name = 'account'", &[]).map(|_| ())
}

/// In the order in which they were added, with those that were withdrawn.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Listed>, StoreError> {
    let sql = "SELECT id, name, staff, role, language, CASE WHEN password IS NULL THEN CAST(0 AS bigint) ELSE 1 END,
                      signed, removed
               FROM account ORDER BY id";
    tx.rows("account", sql, &[])?.into_iter().map(listed).collect()
}

pub fn get(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Listed>, StoreError> {
    let sql = "SELECT id, name, staff, role, language, CASE WHEN password IS NULL THEN CAST(0 AS bigint) ELSE 1 END,
                      signed, removed
               FROM account WHERE id = $1";
    tx.rows("account", sql, &[Value::Int(id.0)])?.pop().map(listed).transpose()
}

pub fn of_staff(tx: &mut Tx<'_>, staff: &StaffId) -> Result<Option<Listed>, StoreError> {
    let sql = "SELECT id, name, staff, role, language, CASE WHEN password IS NULL THEN CAST(0 AS bigint) ELSE 1 END,
                      signed, removed
               FROM account WHERE staff = $1";
    tx.rows("account", sql, &[Value::Text(staff.as_str())])?.pop().map(listed).transpose()
}

/// The account that this name and a password open, and what is kept of the password.
pub fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<(Account, String)>, StoreError> {
    let sql = "SELECT id, name, staff, role, language, CAST(1 AS bigint), password FROM account
               WHERE login = $1 AND password IS NOT NULL AND removed IS NULL";
    let found = tx.rows("account", sql, &[Value::Text(login)])?.pop();
    found.map(|mut row| Ok((account(&mut row)?, row.text("password")?))).transpose()
}

pub fn add(tx: &mut Tx<'_>, new: &NewAccount) -> Result<AccountId, StoreError> {
    let sql = "INSERT INTO account (name, staff, role, made) VALUES ($1, $2, $3, $4) RETURNING id";
    let values = [
        Value::Text(&new.name),
        new.staff.as_ref().map(StaffId::as_str).into(),
        Value::Text(new.role.word()),
        Value::Int(new.made.as_microsecond()),
    ];
    let made = tx.rows("account", sql, &values)?.pop();
    made.map_or(Ok(0), |mut row| row.int("id")).map(AccountId)
}

/// Whether another account signs in with this.
pub fn is_taken(tx: &mut Tx<'_>, login: &str, but_by: Option<AccountId>) -> Result<bool, StoreError> {
    let found = tx.rows("account", "SELECT id FROM account WHERE login = $1", &[Value::Text(login)])?.pop();
    let holder = found.map(|mut row| row.int("id").map(AccountId)).transpose()?;
    Ok(holder.is_some() && holder != but_by)
}

/// What they sign in with: a name as [`crate::domain::access::sign_in::login`] has it, and a password, of which
/// `kept` is what is kept. [`StoreError::Conflict`]: the name is taken.
pub fn set_password(tx: &mut Tx<'_>, id: AccountId, login: &str, kept: &str) -> Result<(), StoreError> {
    let sql = "UPDATE account SET login = $1, password = $2 WHERE id = $3";
    tx.execute(sql, &[Value::Text(login), Value::Text(kept), Value::Int(id.0)]).map(|_| ())
}

/// Gives an account that was withdrawn back as well.
pub fn set_role(tx: &mut Tx<'_>, id: AccountId, role: Role) -> Result<(), StoreError> {
    let sql = "UPDATE account SET role = $1, removed = NULL WHERE id = $2";
    tx.execute(sql, &[Value::Text(role.word()), Value::Int(id.0)]).map(|_| ())
}

pub fn set_language(tx: &mut Tx<'_>, id: AccountId, language: Option<Language>) -> Result<(), StoreError> {
    let sql = "UPDATE account SET language = $1 WHERE id = $2";
    tx.execute(sql, &[language.map(Language::code).into(), Value::Int(id.0)]).map(|_| ())
}

/// Whose place in the rota file it is; `None`: nobody's. [`StoreError::Conflict`]: another account has it.
pub fn set_staff(tx: &mut Tx<'_>, id: AccountId, staff: Option<&StaffId>) -> Result<(), StoreError> {
    let sql = "UPDATE account SET staff = $1 WHERE id = $2";
    tx.execute(sql, &[staff.map(StaffId::as_str).into(), Value::Int(id.0)]).map(|_| ())
}

/// They come in by a text or not at all; the name is free for another.
pub fn forget_password(tx: &mut Tx<'_>, id: AccountId) -> Result<(), StoreError> {
    let sql = "UPDATE account SET login = NULL, password = NULL WHERE id = $1";
    tx.execute(sql, &[Value::Int(id.0)]).map(|_| ())
}

pub fn signed_in(tx: &mut Tx<'_>, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE account SET signed = $1 WHERE id = $2";
    tx.execute(sql, &[Value::Int(at.as_microsecond()), Value::Int(id.0)]).map(|_| ())
}

/// Nobody signs in with it any more; its name is free for another.
pub fn withdraw(tx: &mut Tx<'_>, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE account SET removed = $1, login = NULL, password = NULL WHERE id = $2";
    tx.execute(sql, &[Value::Int(at.as_microsecond()), Value::Int(id.0)]).map(|_| ())
}

/// From the columns id, name, staff, role, language, and 1 where there is a password.
pub(super) fn account(row: &mut Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId(row.int("id")?),
        name: row.text("name")?,
        staff: row.text_or_null("staff")?.map(|staff| StaffId::new(&staff)),
        role: row.parsed("role", Role::from_word)?,
        language: row.text_or_null("language")?.and_then(|code| Language::of(&code)),
        has_password: row.flag("password")?,
    })
}

fn listed(mut row: Row) -> Result<Listed, StoreError> {
    Ok(Listed {
        account: account(&mut row)?,
        signed_in: row.instant_or_null("signed")?,
        removed: row.instant_or_null("removed")?,
    })
}
