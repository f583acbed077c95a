//! Who looks after whom, in memory: enough to ring the usual person while the store is away.
//!
//! Twelve bytes a number, so that a million of them stay small. Made anew from the store now and
//! then; holds only numbers whose customer has a usual person, or is blocked.

use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;

#[derive(Debug, Default)]
pub struct CallerList {
    /// Sorted by number.
    numbers: Vec<i64>,
    /// Beside each number: a place in `people`, or [`BLOCKED`].
    usual: Vec<u32>,
    people: Vec<StaffId>,
}

/// The mark of a blocked caller.
const BLOCKED: u32 = u32::MAX;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    Usual(StaffId),
    Blocked,
}

impl CallerList {
    pub fn new(entries: impl IntoIterator<Item = (Phone, Listed)>) -> Self {
        let mut people: Vec<StaffId> = Vec::new();
        let mut places = std::collections::HashMap::new();
        let mut pairs: Vec<(i64, u32)> = entries
            .into_iter()
            .map(|(phone, listed)| {
                let place = match listed {
                    Listed::Blocked => BLOCKED,
                    Listed::Usual(who) => *places.entry(who.clone()).or_insert_with(|| {
                        people.push(who);
                        u32::try_from(people.len() - 1).unwrap_or(BLOCKED)
                    }),
                };
                (phone.digits(), place)
            })
            .collect();
        pairs.sort_unstable();
        Self {
            numbers: pairs.iter().map(|(number, _)| *number).collect(),
            usual: pairs.iter().map(|(_, place)| *place).collect(),
            people,
        }
    }

    pub fn find(&self, phone: Phone) -> Option<Listed> {
        let at = self.numbers.binary_search(&phone.digits()).ok()?;
        let place = *self.usual.get(at)?;
        if place == BLOCKED {
            return Some(Listed::Blocked);
        }
        self.people.get(usize::try_from(place).ok()?).cloned().map(Listed::Usual)
    }

    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}
