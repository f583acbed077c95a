//! Who looks after whom, in memory: enough to ring the usual person while the store is away.
//!
//! Twelve bytes a number, so that a million of them stay small. Made anew from the store now and
//! then; holds only numbers whose customer has a usual person, or is blocked.

use std::collections::HashMap;

use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;

#[derive(Debug, Default)]
pub struct CallerList {
    /// Sorted once the list is finished.
    numbers: Vec<Number>,
    people: Vec<StaffId>,
}

/// Twelve bytes: with whole 64-bit digits they would be sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    /// The digits of the number, in two halves.
    high: u32,
    low: u32,
    /// A place in `people`, or [`BLOCKED`].
    usual: u32,
}

/// A list that is being made. Grows in place: making a list takes little more memory than having it.
#[derive(Debug, Default)]
pub struct Listing {
    list: CallerList,
    places: HashMap<StaffId, u32>,
}

/// The mark of a blocked caller.
const BLOCKED: u32 = u32::MAX;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    Usual(StaffId),
    Blocked,
}

impl Listing {
    /// `None`: blocked.
    pub fn add(&mut self, phone: Phone, usual: Option<&StaffId>) {
        let usual = usual.map_or(BLOCKED, |who| self.place(who));
        let (high, low) = halves(phone);
        self.list.numbers.push(Number { high, low, usual });
    }

    pub fn finish(mut self) -> CallerList {
        self.list.numbers.sort_unstable();
        self.list.numbers.shrink_to_fit();
        self.list
    }

    fn place(&mut self, who: &StaffId) -> u32 {
        if let Some(place) = self.places.get(who) {
            return *place;
        }
        let place = u32::try_from(self.list.people.len()).unwrap_or(BLOCKED);
        self.list.people.push(who.clone());
        self.places.insert(who.clone(), place);
        place
    }
}

impl CallerList {
    pub fn find(&self, phone: Phone) -> Option<Listed> {
        let wanted = halves(phone);
        let at = self.numbers.partition_point(|number| (number.high, number.low) < wanted);
        let found = self.numbers.get(at).filter(|number| (number.high, number.low) == wanted)?;
        if found.usual == BLOCKED {
            return Some(Listed::Blocked);
        }
        self.people.get(usize::try_from(found.usual).ok()?).cloned().map(Listed::Usual)
    }

    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

fn halves(phone: Phone) -> (u32, u32) {
    const LOW: i64 = 1_000_000_000;
    // At most 15 digits, so neither half is too large.
    let half = |digits: i64| u32::try_from(digits).unwrap_or(u32::MAX);
    (half(phone.digits() / LOW), half(phone.digits() % LOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_caller_is_found_again_and_nobody_else() {
        let phone = |digits| Phone::from_digits(digits).unwrap();
        let mut listing = Listing::default();
        for n in (0..3_000).rev() {
            listing.add(phone(447_700_900_000 + 2 * n), Some(&StaffId::new(["priya", "tom"][usize::from(n % 3 == 0)])));
        }
        listing.add(phone(999_999_999_999_999), None);
        listing.add(phone(1_000_000), Some(&StaffId::new("ana")));
        let list = listing.finish();
        assert_eq!(list.len(), 3_002);
        for n in 0..3_000 {
            let who = if n % 3 == 0 { "tom" } else { "priya" };
            assert_eq!(list.find(phone(447_700_900_000 + 2 * n)), Some(Listed::Usual(StaffId::new(who))));
            assert_eq!(list.find(phone(447_700_900_001 + 2 * n)), None);
        }
        assert_eq!(list.find(phone(999_999_999_999_999)), Some(Listed::Blocked));
        assert_eq!(list.find(phone(1_000_000)), Some(Listed::Usual(StaffId::new("ana"))));
        assert_eq!(list.find(phone(1_000_001)), None);
        assert_eq!(size_of::<Number>(), 12);
    }
}
