//! Live changes: who is away, back or has swapped, said by text and not in the admin's file.
//!
//! The rota is a pure function of the file, the live changes and the instant. A change is dated like an entry
//! of the file and loses its effect like one: nothing has to take it away.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::absence::{Away, Swap, effective, exchanged};
use super::outlook::{Gap, Lack};
use super::{Rota, wall_clock};
use crate::domain::line::{Line, LineId};
use crate::domain::staff::StaffId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LiveChangeId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveChange {
    pub id: LiveChangeId,
    /// Who said so.
    pub by: StaffId,
    pub made: Timestamp,
    pub what: Live,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Live {
    Away {
        who: StaffId,
        /// As in [`Away`].
        from: DateTime,
        until: DateTime,
        cover: Option<StaffId>,
    },
    /// There from `from` until `until`, whatever says that they are away then, file or text.
    Back { who: StaffId, from: DateTime, until: DateTime },
    /// As [`Swap`].
    Swap { turn: Date, give: StaffId, take: StaffId },
}

/// Open hours of a line in which no phone would ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    pub line: LineId,
    pub gap: Gap,
}

/// So many live changes about one person may be in force: every call looks through them.
pub const IN_FORCE_MAX: usize = 50;

/// How far ahead holes are looked for.
const HOLES_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7 * 8);

impl LiveChange {
    /// Whether somebody has said it, or agreed to it: a swap that one of the two has said takes both.
    pub fn is_of(&self, who: &StaffId) -> bool {
        let parties = self.what.concerns();
        self.by == *who || (parties.len() > 1 && parties.contains(&who) && parties.contains(&&self.by))
    }
}

impl Live {
    /// The end of a person's present absence, wherever it came from. `None`: they are not away.
    pub fn back(rota: &Rota, who: &StaffId, now: Timestamp) -> Option<Self> {
        let absence = rota.absence(who, now)?;
        Some(Self::Back { who: who.clone(), from: certainly_past(&rota.zone, now), until: absence.until })
    }

    /// `who` and `with` exchange places in the turn that contains this date. `None`: neither has one.
    pub fn swap(rota: &Rota, who: &StaffId, with: &StaffId, turn: Date) -> Option<Self> {
        let has_place = |who: &StaffId| rota.lines.iter().any(|line| rota.order_on(line, turn).contains(&who));
        let swap = |give: &StaffId, take: &StaffId| Self::Swap { turn, give: give.clone(), take: take.clone() };
        match (has_place(who), has_place(with)) {
            (true, _) => Some(swap(who, with)),
            (false, true) => Some(swap(with, who)),
            (false, false) => None,
        }
    }

    /// From when on this has no effect any more. A swap is over with its turn.
    pub fn over(&self, rota: &Rota) -> Timestamp {
        match self {
            Self::Away { until, .. } | Self::Back { until, .. } => wall_clock::ends(&rota.zone, *until),
            Self::Swap { turn, .. } => {
                let day = wall_clock::clock(*turn, super::hours::ClockTime(24 * 60));
                let day = wall_clock::ends(&rota.zone, day);
                let ends = rota.lines.iter().filter_map(|line| line.rota.turn_on(&rota.zone, *turn)?.end);
                ends.fold(day, Timestamp::max)
            }
        }
    }

    /// Whom it is about.
    pub fn concerns(&self) -> Vec<&StaffId> {
        match self {
            Self::Away { who, .. } | Self::Back { who, .. } => vec![who],
            Self::Swap { give, take, .. } => vec![give, take],
        }
    }

    /// About whom too much is in force for this too. Whoever comes back now always may.
    pub fn is_too_much_for(&self, in_force: &[LiveChange], now: DateTime) -> Option<&StaffId> {
        if matches!(self, Self::Back { from, .. } if *from <= now) {
            return None;
        }
        let about = |who: &StaffId| in_force.iter().filter(|change| change.what.concerns().contains(&who)).count();
        self.concerns().into_iter().find(|who| about(who) >= IN_FORCE_MAX)
    }

    /// Whether all it speaks of are on the staff.
    fn is_known(&self, rota: &Rota) -> bool {
        self.concerns().into_iter().all(|who| rota.staff.get(who.as_str()).is_some())
    }
}

impl Rota {
    /// The rota with these changes made in their order. A person who is no longer on the staff is passed over.
    #[must_use]
    pub fn with_live(&self, changes: &[LiveChange]) -> Self {
        let mut rota = self.clone();
        for change in changes.iter().filter(|change| change.what.is_known(self)) {
            rota.change(&change.what, &change.by);
        }
        rota
    }

    fn change(&mut self, what: &Live, by: &StaffId) {
        let by = Some(by.clone());
        match what {
            Live::Away { who, from, until, cover } => {
                let cover = cover.clone().filter(|cover| self.staff.get(cover.as_str()).is_some());
                self.away.push(Away { who: who.clone(), from: *from, until: *until, cover, by });
            }
            Live::Back { who, from, until } => {
                let away = std::mem::take(&mut self.away);
                self.away = away.into_iter().flat_map(|away| without(away, who, *from, *until)).collect();
            }
            Live::Swap { turn, give, take } => {
                self.swaps.push(Swap { turn: *turn, give: give.clone(), take: take.clone(), by });
            }
        }
    }

    /// The first open hours in which no phone would ring any more if this were changed.
    pub fn would_leave_hole(&self, change: &Live, by: &StaffId, now: Timestamp) -> Option<Hole> {
        let mut changed = self.clone();
        changed.change(change, by);
        let until = change.over(self).min(now.checked_add(HOLES_AHEAD).unwrap_or(Timestamp::MAX));
        self.lines.iter().find_map(|line| {
            let before = self.holes(line, now, until);
            let new = |gap: &Gap| !before.iter().any(|old| old.from <= gap.from && gap.until <= old.until);
            let gap = changed.holes(line, now, until).into_iter().find(new)?;
            Some(Hole { line: line.id.clone(), gap })
        })
    }

    fn holes(&self, line: &Line, from: Timestamp, until: Timestamp) -> Vec<Gap> {
        let mut gaps = self.gaps(line, from, until);
        gaps.retain(|gap| gap.lack == Lack::Anybody);
        gaps
    }

    /// Everybody in the order of the turn that contains this date, its swaps made.
    fn order_on<'a>(&'a self, line: &'a Line, date: Date) -> Vec<&'a StaffId> {
        let noon = wall_clock::begins(&self.zone, date.at(12, 0, 0, 0));
        let turn = line.rota.turn_on(&self.zone, date).unwrap_or_else(|| line.rota.turn_at(&self.zone, noon));
        let same_turn = |swap: &&Swap| {
            line.rota.number_on(swap.turn).map_or_else(|| swap.turn == date, |number| number == turn.number)
        };
        let order = line.rota.order_in(turn);
        let swaps = effective(self.swaps.iter().filter(same_turn), &order);
        order.map(|planned| exchanged(planned, &swaps)).collect()
    }
}

/// What is left of an absence of `who` around a time in which they are there.
fn without(away: Away, who: &StaffId, from: DateTime, until: DateTime) -> Vec<Away> {
    if away.who != *who || until <= away.from || away.until <= from {
        return vec![away];
    }
    let before = Away { until: from, ..away.clone() };
    let after = Away { from: until, ..away };
    [before, after].into_iter().filter(|piece| piece.from < piece.until).collect()
}

/// A clock time that is over at `now`, though it come twice that day.
fn certainly_past(zone: &TimeZone, now: Timestamp) -> DateTime {
    let minute = zone.to_datetime(wall_clock::whole_minute(now));
    let hours = SignedDuration::from_hours(1);
    if wall_clock::ends(zone, minute) <= now { minute } else { minute.saturating_sub(hours) }
}
