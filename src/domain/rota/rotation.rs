//! Turns: who comes first, and when the phone is handed over.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::hours::ClockTime;
use super::wall_clock;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    pub rotate: Rotate,
    /// The turn that contains this date belongs to the first name of `order`.
    pub starts: Date,
    pub order: Vec<StaffId>,
    /// How many of the following names ring behind the one on call.
    pub backups: usize,
    pub when_closed: WhenClosed,
    /// Sorted by date; each replaces `order` from the first handover on or after `from`.
    pub changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotate {
    Weekly {
        day: Weekday,
        at: ClockTime,
    },
    /// A turn begins at this time of each of these weekdays (Monday first): those with open hours in
    /// `[hours]`, also for a line that has hours of its own but not a rota of its own.
    Daily {
        at: ClockTime,
        days: [bool; 7],
    },
    Fixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenClosed {
    OnCall,
    Promise,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub from: Date,
    pub order: Vec<StaffId>,
}

/// From one handover to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// 0 is the turn that contains `starts`; earlier ones are negative. Where nothing is ever handed
    /// over: how many dated changes have come into force.
    pub number: i64,
    /// `None`: it has always been this turn.
    pub start: Option<Timestamp>,
    /// `None`: it is never handed over.
    pub end: Option<Timestamp>,
}

/// On which days the phone is handed over, counted so that handover `n` begins turn `n`.
enum Handovers {
    Weekly {
        /// Day number of handover 0.
        first: i64,
    },
    Daily {
        days: [bool; 7],
        /// How many of the days are handover days; at least 1.
        per_week: i64,
        /// Handover days counted up to `starts`, on the count of [`handover_days_until`].
        base: i64,
    },
}

impl Rotation {
    /// The turn at an instant. Where two overlap because the clocks go back over a handover, the new
    /// turn has begun.
    pub fn turn_at(&self, zone: &TimeZone, at: Timestamp) -> Turn {
        let Some((handovers, time)) = self.handovers() else {
            let begun = self.changes.iter().take_while(|change| change_begins(zone, change) <= at).count();
            return self.turn(zone, i64::try_from(begun).unwrap_or(i64::MAX));
        };
        let local = zone.to_datetime(at);
        let today = wall_clock::day_number(local.date());
        let handed_over = local >= wall_clock::clock(local.date(), time);
        let mut number = handovers.number_on(if handed_over { today } else { today - 1 });
        // The wall clock can be off by a clock change; the instants decide.
        if wall_clock::begins(zone, handovers.clock(number, time)) > at {
            number -= 1;
        } else if wall_clock::begins(zone, handovers.clock(number + 1, time)) <= at {
            number += 1;
        }
        self.turn(zone, number)
    }

    /// The number of the turn that contains this date, at the handover's clock time. `None` where
    /// nothing is handed over.
    pub fn number_on(&self, date: Date) -> Option<i64> {
        self.handovers().map(|(handovers, _)| handovers.number_on(wall_clock::day_number(date)))
    }

    /// As [`Rotation::number_on`], the turn itself.
    pub fn turn_on(&self, zone: &TimeZone, date: Date) -> Option<Turn> {
        self.number_on(date).map(|number| self.turn(zone, number))
    }

    /// The turns that touch the time from `from` to `until`, in order.
    pub fn turns_between(&self, zone: &TimeZone, from: Timestamp, until: Timestamp) -> Vec<Turn> {
        let mut turns = Vec::new();
        let mut turn = self.turn_at(zone, from);
        loop {
            turns.push(turn);
            match turn.end {
                Some(end) if end < until => turn = self.turn(zone, turn.number + 1),
                Some(_) | None => return turns,
            }
        }
    }

    /// Everybody in the order of this turn: who is on call, then those behind.
    pub fn order_in(&self, turn: Turn) -> impl Iterator<Item = &StaffId> + Clone {
        let (order, turns_since) = self.order_and_age(turn);
        let length = i64::try_from(order.len()).unwrap_or(i64::MAX).max(1);
        let first = usize::try_from(turns_since.rem_euclid(length)).unwrap_or_default();
        let (before, from) = order.split_at_checked(first).unwrap_or((&[], order));
        from.iter().chain(before)
    }

    /// The order in force in a turn, and for how many turns it has been.
    fn order_and_age(&self, turn: Turn) -> (&[StaffId], i64) {
        let Some((handovers, _)) = self.handovers() else {
            let change = self.change_before(turn.number);
            return (change.map_or(&self.order, |change| &change.order), 0);
        };
        self.changes
            .iter()
            .rev()
            .map(|change| (change, handovers.first_from(wall_clock::day_number(change.from))))
            .find(|(_, first)| *first <= turn.number)
            .map_or((&self.order, turn.number), |(change, first)| (&change.order, turn.number - first))
    }

    fn turn(&self, zone: &TimeZone, number: i64) -> Turn {
        let begins = |number: i64| match self.handovers() {
            Some((handovers, time)) => Some(wall_clock::begins(zone, handovers.clock(number, time))),
            None => self.change_before(number).map(|change| change_begins(zone, change)),
        };
        Turn { number, start: begins(number), end: begins(number + 1) }
    }

    /// Where nothing is handed over: the change that begins a turn.
    fn change_before(&self, turn: i64) -> Option<&Change> {
        usize::try_from(turn - 1).ok().and_then(|index| self.changes.get(index))
    }

    /// `None` where nothing is ever handed over: a fixed rota, or a daily one that is never open.
    fn handovers(&self) -> Option<(Handovers, ClockTime)> {
        let starts = wall_clock::day_number(self.starts);
        match self.rotate {
            Rotate::Weekly { day, at } => {
                let weekday = i64::from(day.to_monday_zero_offset());
                Some((Handovers::Weekly { first: starts - (starts - weekday).rem_euclid(7) }, at))
            }
            Rotate::Daily { at, days } => {
                let per_week = count(&days);
                let base = handover_days_until(days, starts);
                (per_week > 0).then_some((Handovers::Daily { days, per_week, base }, at))
            }
            Rotate::Fixed => None,
        }
    }
}

impl Handovers {
    /// The last handover on this day or before it.
    fn number_on(&self, day: i64) -> i64 {
        match self {
            Self::Weekly { first } => (day - first).div_euclid(7),
            Self::Daily { days, base, .. } => handover_days_until(*days, day) - base,
        }
    }

    /// The first handover on this day or after it.
    fn first_from(&self, day: i64) -> i64 {
        self.number_on(day - 1) + 1
    }

    /// When a handover is due on the wall clock.
    fn clock(&self, number: i64, time: ClockTime) -> DateTime {
        let day = match self {
            Self::Weekly { first } => first + number * 7,
            Self::Daily { days, per_week, base } => {
                let index = base + number - 1;
                let of_week = usize::try_from(index.rem_euclid(*per_week)).unwrap_or_default();
                let weekday = (0_i64..).zip(days).filter(|(_, open)| **open).map(|(weekday, _)| weekday).nth(of_week);
                index.div_euclid(*per_week) * 7 + weekday.unwrap_or_default()
            }
        };
        wall_clock::clock(wall_clock::date_of(day), time)
    }
}

/// How many handover days there are up to and including a day, since the Monday that days are counted from.
fn handover_days_until(days: [bool; 7], day: i64) -> i64 {
    let weekday = usize::try_from(day.rem_euclid(7)).unwrap_or_default();
    day.div_euclid(7) * count(&days) + count(days.get(..=weekday).unwrap_or(&days))
}

fn count(days: &[bool]) -> i64 {
    days.iter().map(|&open| i64::from(open)).sum()
}

/// Where nothing is handed over, a change comes with its date.
fn change_begins(zone: &TimeZone, change: &Change) -> Timestamp {
    wall_clock::begins(zone, wall_clock::midnight(change.from))
}
