//! Who is away, who stands in, and who exchanges a turn.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::wall_clock;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    pub who: StaffId,
    /// First moment away, wall clock.
    pub from: DateTime,
    /// First moment back, wall clock: for a whole last day, the midnight after it.
    pub until: DateTime,
    pub cover: Option<StaffId>,
    /// Who said so by text; `None`: the rota file.
    pub by: Option<StaffId>,
}

/// In the turn that contains `turn`, `give` and `take` exchange places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    pub turn: Date,
    pub give: StaffId,
    pub take: StaffId,
    /// As in [`Away`].
    pub by: Option<StaffId>,
}

/// Everybody who is away at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absences(HashMap<StaffId, Absence>);

/// Absences of one person that follow each other without a break are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// First moment back, wall clock.
    pub until: DateTime,
    /// The first one named.
    pub cover: Option<StaffId>,
    /// As in [`Away`], of the entry that lasts longest.
    pub by: Option<StaffId>,
}

impl Absence {
    fn lasts_until(&mut self, entry: &Away) {
        if self.until < entry.until {
            self.until = entry.until;
            self.by.clone_from(&entry.by);
        }
    }
}

impl Absences {
    pub fn at(away: &[Away], zone: &TimeZone, at: Timestamp) -> Self {
        let local = zone.to_datetime(at);
        let mut absences: HashMap<StaffId, Absence> = HashMap::new();
        for entry in away.iter().filter(|entry| wall_clock::within(zone, entry.from, entry.until, at, local)) {
            let absence = absences.entry(entry.who.clone()).or_insert_with(|| Absence {
                until: entry.until,
                cover: entry.cover.clone(),
                by: entry.by.clone(),
            });
            absence.lasts_until(entry);
            absence.cover = absence.cover.take().or_else(|| entry.cover.clone());
        }
        if !absences.is_empty() && extend(&mut absences, away.iter()) {
            // One that was passed over may follow now: in the order in which they begin none is.
            let later = |entry: &&Away| absences.get(&entry.who).is_some_and(|absence| absence.until < entry.until);
            let mut later: Vec<&Away> = away.iter().filter(later).collect();
            later.sort_by_key(|entry| entry.from);
            extend(&mut absences, later.into_iter());
        }
        Self(absences)
    }

    pub fn of(&self, who: &StaffId) -> Option<&Absence> {
        self.0.get(who)
    }

    pub fn is_away(&self, who: &StaffId) -> bool {
        self.0.contains_key(who)
    }

    /// Who stands in for somebody, if somebody is named who is not away too.
    pub fn cover_for(&self, who: &StaffId) -> Option<&StaffId> {
        self.of(who).and_then(|absence| absence.cover.as_ref()).filter(|cover| !self.is_away(cover))
    }
}

/// Lengthens absences by those that begin before they end. Says whether any grew: then another may follow.
fn extend<'a>(absences: &mut HashMap<StaffId, Absence>, away: impl Iterator<Item = &'a Away>) -> bool {
    let mut grew = false;
    for entry in away {
        if let Some(absence) = absences.get_mut(&entry.who)
            && entry.from <= absence.until
            && absence.until < entry.until
        {
            absence.lasts_until(entry);
            grew = true;
        }
    }
    grew
}

/// The swaps that change something in a turn with this order. Who never had a place cannot give it,
/// though it may be one that an earlier swap gave them.
pub(super) fn effective<'a>(
    swaps: impl Iterator<Item = &'a Swap>,
    order: &(impl Iterator<Item = &'a StaffId> + Clone),
) -> Vec<&'a Swap> {
    let mut effective: Vec<&Swap> = Vec::new();
    for swap in swaps {
        let mut had_a_place = order.clone().chain(effective.iter().map(|earlier| &earlier.take));
        if had_a_place.any(|who| *who == swap.give) {
            effective.push(swap);
        }
    }
    effective
}

/// Who has the place of somebody after the turn's swaps. Each swap is its own inverse.
pub(super) fn exchanged<'a>(planned: &'a StaffId, swaps: &[&'a Swap]) -> &'a StaffId {
    swaps.iter().fold(planned, |who, swap| match who {
        who if *who == swap.give => &swap.take,
        who if *who == swap.take => &swap.give,
        who => who,
    })
}
