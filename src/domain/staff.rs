//! The people who answer, on their own phones.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::phone::Phone;
use super::rota::hours::Span;
use super::words::Language;

/// A person's short name in the rota file: `priya`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StaffId(Arc<str>);

impl StaffId {
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for StaffId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StaffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StaffId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a person's phone is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reach {
    Phone(Phone),
    /// A SIP address with its scheme: `sip:desk@pbx.example.com`.
    Sip(String),
}

/// What counts as a human on this phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Accept {
    /// The person presses 1. The only safe choice where a voicemail can answer.
    #[default]
    Key,
    /// Answering is enough: a phone that cannot have voicemail.
    Answer,
}

/// Which number a person sees when a customer is put through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shows {
    /// The line that was rung: one contact to save, and it rings through "do not disturb".
    #[default]
    Business,
    /// The customer's own, where there is one.
    Customer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    pub name: String,
    pub reach: Reach,
    pub accept: Accept,
    pub shows: Shows,
    /// How the name is spoken, where spelling misleads a voice: `PREE-ya NY-er`.
    pub says: Option<String>,
    /// BCP 47 tags, best first; empty: the business's own.
    pub languages: Vec<String>,
    /// Daily wall-clock hours in which this phone is not rung.
    pub not_between: Option<Span>,
}

impl Staff {
    /// The name as a voice should read it.
    pub fn spoken(&self) -> &str {
        self.says.as_deref().unwrap_or(&self.name)
    }

    /// BCP 47 tag of the first of their languages that we speak.
    pub fn language(&self) -> Option<&str> {
        self.languages.iter().map(String::as_str).find(|tag| Language::of(tag).is_some())
    }
}

/// Everybody of the rota file, in the file's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    people: Vec<Staff>,
    index: HashMap<StaffId, usize>,
}

impl Roster {
    /// A later entry with an id that is already taken is dropped; the config reader has refused it before.
    pub fn new(entries: impl IntoIterator<Item = Staff>) -> Self {
        let mut roster = Self::default();
        for person in entries {
            if !roster.index.contains_key(&person.id) {
                roster.index.insert(person.id.clone(), roster.people.len());
                roster.people.push(person);
            }
        }
        roster
    }

    pub fn get(&self, id: &str) -> Option<&Staff> {
        self.index.get(id).and_then(|&at| self.people.get(at))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Staff> {
        self.people.iter()
    }

    pub fn len(&self) -> usize {
        self.people.len()
    }

    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}
