//! Who may sign in to the console.

use super::row::Row;
use super::{StoreError, Tx};
use crate::domain::access::{Account, AccountId, Role};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;

/// In the order in which they were added. Those that were removed are left out.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    let sql = "SELECT id, name, staff, role, language,
                      CASE WHEN password IS NULL THEN CAST(0 AS bigint) ELSE 1 END
               FROM account
               WHERE removed IS NULL ORDER BY id";
    tx.rows("account", sql, &[])?.into_iter().map(|mut row| account(&mut row)).collect()
}

/// From the columns id, name, staff, role, language, and whether there is a password.
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
