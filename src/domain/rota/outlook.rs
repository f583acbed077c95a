//! What is coming: shifts, gaps inside open hours, and the next clock change.

mod words;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::Rota;
use super::duty::Duty;
use super::hours::ClockTime;
use super::rotation::Rotate;
use super::wall_clock;
use crate::domain::line::Line;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use words::{ClockWords, GapWords};

/// A time in which the same people have the phone of a line, in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    pub from: Timestamp,
    pub until: Timestamp,
    /// As it is at `from`; of the rest of the shift only the turn, the people and the absent are told.
    pub duty: Duty,
}

/// A time in open hours in which a call is in fewer hands than the rota asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub from: Timestamp,
    pub until: Timestamp,
    pub lack: Lack,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No phone at all would ring: a hole.
    Anybody,
    /// Of the rota nobody would ring; the owner would.
    AnybodyButOwner,
    /// One person would ring, and no backup behind them, though the rota asks for one.
    Backup { who: StaffId, owner_behind: bool },
}

/// The business's clocks are set forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    pub at: Timestamp,
    pub before: Offset,
    pub after: Offset,
}

/// How far ahead somebody's place is looked for.
const PLACES_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 7 * 26);

/// Zones know changes of their rules that leave the clocks alone; so many of them are passed over.
const SILENT_CHANGES_MAX: usize = 16;

impl Rota {
    /// Who has the phone of a line, without a break, from one instant to another.
    pub fn shifts(&self, line: &Line, from: Timestamp, until: Timestamp) -> Vec<Shift> {
        let mut shifts: Vec<Shift> = Vec::new();
        for shift in self.pieces_of_shifts(line, from, until) {
            match shifts.last_mut() {
                Some(last) if same_people(&last.duty, &shift.duty) => last.until = shift.until,
                Some(_) | None => shifts.push(shift),
            }
        }
        shifts
    }

    /// As [`Rota::shifts`], from the beginning of the turn that is on at `now` to the end of the one in which `until` lies.
    pub fn shifts_in_whole_turns(&self, line: &Line, now: Timestamp, until: Timestamp) -> Vec<Shift> {
        let turn_at = |at| line.rota.turn_at(&self.zone, at);
        let (from, until) = (turn_at(now).start.unwrap_or(now), turn_at(until).end.unwrap_or(until));
        let mut shifts = self.shifts(line, from, until);
        shifts.retain(|shift| shift.until > now);
        shifts
    }

    /// Until when somebody has the phone of a line, if they have it at `now`; or else until when they ring behind.
    /// `None`: for longer than half a year.
    pub fn keeps_place_until(&self, line: &Line, who: &StaffId, now: Timestamp) -> Option<Timestamp> {
        let mut shifts = self.coming(line, now);
        let place = shifts.next()?.duty.has_phone(who);
        shifts.find(|shift| shift.duty.has_phone(who) != place).map(|shift| shift.from)
    }

    /// When somebody next comes to have the phone of a line. `None`: not within half a year.
    pub fn next_turn(&self, line: &Line, who: &StaffId, now: Timestamp) -> Option<Timestamp> {
        self.coming(line, now).find(|shift| shift.duty.has_phone(who) == Some(true)).map(|shift| shift.from)
    }

    fn coming(&self, line: &Line, now: Timestamp) -> impl Iterator<Item = Shift> {
        self.pieces_of_shifts(line, now, now.checked_add(PLACES_AHEAD).unwrap_or(Timestamp::MAX))
    }

    /// Where a line is open and lacks people, from one instant to another. Closed hours are planned
    /// and never a gap.
    pub fn gaps(&self, line: &Line, from: Timestamp, until: Timestamp) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = Vec::new();
        for shift in self.pieces_of_shifts(line, from, until) {
            let Duty { people, away, everybody_away, .. } = &shift.duty;
            let of_rota = people.iter().filter(|_| !everybody_away);
            let hands: Vec<&StaffId> = of_rota.map(|person| &person.who).collect();
            let owner = if away.is_away(&self.owner) { away.cover_for(&self.owner) } else { Some(&self.owner) };
            for opening in self.calendar(line).openings_between(shift.from, shift.until) {
                let quiet = hands
                    .iter()
                    .copied()
                    .chain(owner)
                    .flat_map(|who| self.quiet_edges(who, opening.start, opening.end));
                for (from, until) in pieces(opening.start, opening.end, quiet.collect()) {
                    let Some(lack) = self.lack(line, &hands, owner, from) else { continue };
                    match gaps.last_mut() {
                        Some(last) if last.until == from && last.lack == lack => last.until = until,
                        Some(_) | None => gaps.push(Gap { from, until, lack }),
                    }
                }
            }
        }
        gaps
    }

    /// The next time the business's clocks are changed. `None` where they never are.
    pub fn next_clock_change(&self, after: Timestamp) -> Option<ClockChange> {
        let mut before = self.zone.to_offset(after);
        for change in self.zone.following(after).take(SILENT_CHANGES_MAX) {
            if change.offset() != before {
                return Some(ClockChange { at: change.timestamp(), before, after: change.offset() });
            }
            before = change.offset();
        }
        None
    }

    fn lack(&self, line: &Line, hands: &[&StaffId], owner: Option<&StaffId>, at: Timestamp) -> Option<Lack> {
        let local = self.zone.to_datetime(at);
        let rings = |who: &StaffId| {
            self.staff.get(who.as_str()).is_some_and(|person| self.quiet_until(person, at, local).is_none())
        };
        let mut ringing = hands.iter().copied().filter(|who| rings(who));
        let owner_rings = owner.is_some_and(rings);
        match (ringing.next(), ringing.next()) {
            (None, _) if !owner_rings => Some(Lack::Anybody),
            (None, _) => Some(Lack::AnybodyButOwner),
            (Some(who), None) if line.rota.backups > 0 => {
                Some(Lack::Backup { who: who.clone(), owner_behind: owner_rings && owner != Some(who) })
            }
            (Some(_), _) => None,
        }
    }

    /// Shifts cut wherever anybody comes or goes, also those who are not on duty.
    fn pieces_of_shifts(&self, line: &Line, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Shift> {
        let pieces = pieces(from, until, self.changes_of_people(line, from, until));
        pieces.into_iter().map(|(from, until)| Shift { from, until, duty: self.duty(line, from) })
    }

    /// Every instant between two at which other people may have the phone.
    fn changes_of_people(&self, line: &Line, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let turns = line.rota.turns_between(&self.zone, from, until).into_iter().filter_map(|turn| turn.end);
        let day = |date: Date| {
            let span = super::hours::Span::WHOLE_DAY.on(&self.zone, date);
            span.into_iter().flat_map(|day| [day.start, day.end])
        };
        let absences = self
            .away
            .iter()
            .flat_map(|away| [wall_clock::begins(&self.zone, away.from), wall_clock::ends(&self.zone, away.until)]);
        let holidays = self.holidays.iter().flat_map(|holiday| day(holiday.date));
        let swaps = self.swaps.iter().flat_map(|swap| day(swap.turn));
        turns.chain(absences).chain(holidays).chain(swaps).collect()
    }

    fn quiet_edges(&self, who: &StaffId, from: Timestamp, until: Timestamp) -> Vec<Timestamp> {
        let Some(quiet) = self.staff.get(who.as_str()).and_then(|person| person.not_between) else { return vec![] };
        let day = |at| wall_clock::day_number(self.zone.to_datetime(at).date());
        (day(from) - 1..=day(until) + 1)
            .filter_map(|day| quiet.on(&self.zone, wall_clock::date_of(day)))
            .flat_map(|quiet| [quiet.start, quiet.end])
            .collect()
    }
}

impl Gap {
    /// `Thu 16 Jul 08:30 to 17:30: nobody backs up Priya Nair but the owner`
    pub fn words(&self, rota: &Rota, language: Language) -> String {
        let words = GapWords(language);
        let lack = match &self.lack {
            Lack::Anybody => words.nobody(),
            Lack::AnybodyButOwner => words.only_owner(rota.name(&rota.owner)),
            Lack::Backup { who, owner_behind: true } => words.owner_behind(rota.name(who)),
            Lack::Backup { who, owner_behind: false } => words.nobody_behind(rota.name(who)),
        };
        format!("{}: {lack}", self.from_until(rota, language))
    }

    /// `Thu 16 Jul 08:30 to 17:30`
    pub fn from_until(&self, rota: &Rota, language: Language) -> String {
        let (from, until) = (rota.zone.to_datetime(self.from), rota.zone.to_datetime(self.until));
        let end = if from.date() == until.date() { clock(until) } else { day_and_clock(until, language) };
        GapWords(language).span(day_and_clock(from, language), end)
    }
}

/// `08:30`
fn clock(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// `Thu 16 Jul 08:30`
fn day_and_clock(at: DateTime, language: Language) -> String {
    format!("{} {}", language.short_date(at.date()), clock(at))
}

impl ClockChange {
    /// What it means for a line, in plain words.
    pub fn words(&self, rota: &Rota, line: &Line, language: Language) -> String {
        let words = ClockWords(language);
        let moved = SignedDuration::from_secs(i64::from(self.after.seconds()) - i64::from(self.before.seconds()));
        let amount = language.in_hours(moved.abs().as_mins());
        let (from, to) = (self.before.to_datetime(self.at), clock(self.after.to_datetime(self.at)));
        let at = format!("{} {} {}", language.short_date(from.date()), from.year(), clock(from));
        let change = if moved.is_negative() { words.back(at, &amount, to) } else { words.forward(at, &amount, to) };
        let turn = line.rota.turn_at(&rota.zone, self.at);
        let has_phone = line.rota.order_in(turn).next().map(|who| rota.name(who));
        let turn = if let (Some(start), Some(end), Some(name)) = (turn.start, turn.end, has_phone) {
            let hours = language.in_hours(end.duration_since(start).as_mins());
            words.lasts(name, day_and_clock(rota.zone.to_datetime(start), language), hours)
        } else {
            words.nobodys_turn()
        };
        let calendar = rota.calendar(line);
        let eve = self.at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(self.at);
        let open = (calendar.is_open(eve) && calendar.is_open(self.at))
            .then(|| if moved.is_negative() { words.open_longer(&amount) } else { words.open_shorter(&amount) });
        let told = [Some(change), Some(turn), self.odd_handover(rota, line, words), open];
        told.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The handover whose clock time comes twice that day, or not at all.
    fn odd_handover(&self, rota: &Rota, line: &Line, words: ClockWords) -> Option<String> {
        let time = match line.rota.rotate {
            Rotate::Weekly { at, .. } | Rotate::Daily { at, .. } => at,
            Rotate::Fixed => return None,
        };
        let day = SignedDuration::from_hours(24);
        let (eve, morrow) = (self.at.checked_sub(day).ok()?, self.at.checked_add(day).ok()?);
        let turns = line.rota.turns_between(&rota.zone, eve, morrow);
        turns.into_iter().filter_map(|turn| turn.start).find_map(|start| {
            let happens = rota.zone.to_datetime(start);
            let minutes = i64::from(happens.hour()) * 60 + i64::from(happens.minute());
            let planned = ClockTime(time.0 % (24 * 60));
            if start == self.at && minutes != i64::from(planned.0) {
                let planned = wall_clock::clock(happens.date(), planned);
                return Some(words.no_such_time(clock(planned), clock(happens)));
            }
            (wall_clock::ends(&rota.zone, happens) != start).then(|| words.twice(clock(happens)))
        })
    }
}

/// The time between two instants, cut at others.
fn pieces(from: Timestamp, until: Timestamp, mut cuts: Vec<Timestamp>) -> Vec<(Timestamp, Timestamp)> {
    cuts.retain(|cut| from < *cut && *cut < until);
    cuts.extend([from, until]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.iter().copied().zip(cuts.iter().copied().skip(1)).collect()
}

fn same_people(one: &Duty, other: &Duty) -> bool {
    one.turn == other.turn && one.people == other.people && one.absent == other.absent
}
