//! Who may do what in the console, and what is noted of it.

pub mod deed;
pub mod key;
pub mod place;
pub mod sign_in;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::staff::{Roster, StaffId};
use super::words::Language;
pub use deed::Deed;
pub use key::Key;

/// Each may do all that those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks at everything, changes nothing.
    Viewer,
    /// Answers the phone: their own absences, promises and calls, and customers.
    Staff,
    /// The rota, customer lists, people below an admin, tokens of their own.
    Admin,
    /// Everything, other admins and owners as well.
    Owner,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Staff, Self::Admin, Self::Owner];

    pub fn may(self, needed: Self) -> bool {
        self >= needed
    }

    /// Whether somebody of this role may give `role` to, or take it from, another person.
    pub fn may_give(self, role: Self) -> bool {
        self == Self::Owner || (self == Self::Admin && role < Self::Admin)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Staff => "staff",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId(pub i64);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody who may sign in to the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    /// Their place in the rota file; `None` for somebody who does not answer the phone. Whoever has left the file
    /// may no longer sign in.
    pub staff: Option<StaffId>,
    pub role: Role,
    /// The console's, where they have chosen one.
    pub language: Option<Language>,
    /// They have a password, by which they can sign in without a text.
    pub has_password: bool,
}

impl Account {
    /// Whoever has left the rota file may not come in any more.
    pub fn may_enter(&self, roster: &Roster) -> bool {
        self.staff.as_ref().is_none_or(|staff| roster.get(staff.as_str()).is_some())
    }

    /// As the audit log calls it.
    pub fn subject(&self) -> String {
        self.staff.as_ref().map_or_else(|| format!("account {}", self.id), ToString::to_string)
    }
}

/// Who did something, as it was when they did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// `None`: nobody who signed in.
    pub account: Option<AccountId>,
    /// Empty where it is not known.
    pub name: String,
    pub via: Via,
}

/// The way somebody came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A browser.
    Session,
    /// The API, with the token of this name.
    Token(String),
    /// A text from their own phone.
    Text,
    /// The rota file on the disk.
    File,
    /// The command line.
    Command,
}

/// What an API token may do, within what its maker may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Read,
    Write,
}

impl Scope {
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_all_that_those_below_it_may_and_nothing_more() {
        for (at, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(Role::ALL.into_iter().filter(|needed| role.may(*needed)).count(), at + 1);
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
        assert_eq!(Role::from_word("Owner"), None);
    }

    #[test]
    fn nobody_gives_what_is_as_high_as_their_own_but_an_owner() {
        let given = |by: Role| Role::ALL.into_iter().filter(|role| by.may_give(*role)).count();
        assert_eq!(Role::ALL.map(given), [0, 0, 2, 4]);
    }
}
