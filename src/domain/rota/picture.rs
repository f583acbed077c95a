//! Some weeks of the rota as people look at them: a row for each person, a cell for each day.

use std::ops::Range;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

use super::absence::Away;
use super::outlook::{ClockChange, Gap};
use super::{Rota, wall_clock};
use crate::domain::line::{Line, LineId};
use crate::domain::plan::Reason;
use crate::domain::staff::StaffId;

#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub days: Vec<Day>,
    /// One for all lines that look alike.
    pub panels: Vec<Panel>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub date: Date,
    /// The name of the holiday.
    pub holiday: Option<String>,
    pub clock_change: Option<ClockChange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    pub lines: Vec<LineId>,
    pub rows: Vec<Row>,
    /// For each day, what of the open hours is in too few hands.
    pub gaps: Vec<Vec<Gap>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub who: StaffId,
    /// As [`Picture::days`]. A cell without pieces: this person has nothing to do with that day.
    pub cells: Vec<Vec<Piece>>,
}

/// A part of a day in which somebody has the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Minutes of the day on the wall clock, 1440 its end.
    pub minutes: Range<u16>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// 0 has the phone, 1 and more ring behind.
    OnDuty {
        nth: usize,
        reason: Reason,
    },
    Away(Away),
}

const DAY_MINUTES: u16 = 24 * 60;
/// People who have no place in these weeks are shown too, unless they are very many.
const ROWS: usize = 60;

impl Rota {
    /// So many days from a date on.
    pub fn picture(&self, first: Date, days: u16) -> Picture {
        let first = wall_clock::day_number(first);
        let dates: Vec<Date> = (first..first + i64::from(days)).map(wall_clock::date_of).collect();
        let mut panels: Vec<Panel> = Vec::new();
        for line in &self.lines {
            let panel = self.panel(line, &dates);
            match panels.iter_mut().find(|other| other.rows == panel.rows && other.gaps == panel.gaps) {
                Some(alike) => alike.lines.extend(panel.lines),
                None => panels.push(panel),
            }
        }
        Picture { days: dates.into_iter().map(|date| self.day(date)).collect(), panels }
    }

    fn day(&self, date: Date) -> Day {
        let (start, end) = self.whole_day(date);
        let holiday = self.holidays.iter().find(|holiday| holiday.date == date).map(|holiday| holiday.name.clone());
        let before = start.checked_sub(SignedDuration::from_secs(1)).unwrap_or(start);
        let clock_change = self.next_clock_change(before).filter(|change| change.at < end);
        Day { date, holiday, clock_change }
    }

    fn panel(&self, line: &Line, dates: &[Date]) -> Panel {
        let days: Vec<(Timestamp, Timestamp)> = dates.iter().map(|date| self.whole_day(*date)).collect();
        let (from, until) =
            (days.first().map_or(Timestamp::MIN, |day| day.0), days.last().map_or(Timestamp::MIN, |day| day.1));
        let shifts = self.shifts(line, from, until);
        let row = |who: &StaffId| {
            let cell = |(date, day): (&Date, &(Timestamp, Timestamp))| {
                let on_duty = shifts.iter().filter_map(|shift| {
                    let nth = shift.duty.people.iter().position(|person| person.who == *who)?;
                    let reason = shift.duty.people.get(nth)?.reason.clone();
                    let minutes = self.minutes(*day, shift.from, shift.until)?;
                    Some(Piece { minutes, place: Place::OnDuty { nth, reason } })
                });
                let away = self.away.iter().filter(|away| away.who == *who).filter_map(|away| {
                    let minutes = minutes_of(*date, away.from, away.until)?;
                    Some(Piece { minutes, place: Place::Away(away.clone()) })
                });
                let mut pieces: Vec<Piece> = on_duty.chain(away).collect();
                pieces.sort_by_key(|piece| piece.minutes.start);
                pieces
            };
            Row { who: who.clone(), cells: dates.iter().zip(&days).map(cell).collect() }
        };
        let rows = self.staff.iter().map(|person| row(&person.id)).enumerate();
        let rows = rows.filter(|(index, row)| *index < ROWS || row.cells.iter().any(|cell| !cell.is_empty()));
        let gaps = self.gaps(line, from, until);
        let gaps_of = |(from, until): &(Timestamp, Timestamp)| {
            let of_day = gaps.iter().filter(|gap| gap.from < *until && *from < gap.until);
            of_day.map(|gap| Gap { from: gap.from.max(*from), until: gap.until.min(*until), ..gap.clone() }).collect()
        };
        Panel {
            lines: vec![line.id.clone()],
            rows: rows.map(|(_, row)| row).collect(),
            gaps: days.iter().map(gaps_of).collect(),
        }
    }

    fn whole_day(&self, date: Date) -> (Timestamp, Timestamp) {
        let begins = |day| wall_clock::begins(&self.zone, wall_clock::midnight(wall_clock::date_of(day)));
        let day = wall_clock::day_number(date);
        (begins(day), begins(day + 1))
    }

    /// What of a day lies between two instants, on the wall clock.
    fn minutes(&self, (start, end): (Timestamp, Timestamp), from: Timestamp, until: Timestamp) -> Option<Range<u16>> {
        let minute = |at: Timestamp| {
            let local = self.zone.to_datetime(at);
            u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or_default()
        };
        if until <= start || end <= from {
            return None;
        }
        let from = if from <= start { 0 } else { minute(from) };
        let until = if until >= end { DAY_MINUTES } else { minute(until) };
        (from < until).then_some(from..until)
    }
}

/// What of a day lies between two times of the wall clock.
fn minutes_of(date: Date, from: DateTime, until: DateTime) -> Option<Range<u16>> {
    let minute = |at: DateTime| match at.date() {
        day if day < date => 0,
        day if day > date => DAY_MINUTES,
        _ => u16::try_from(i32::from(at.hour()) * 60 + i32::from(at.minute())).unwrap_or_default(),
    };
    let minutes = minute(from)..minute(until);
    (!minutes.is_empty()).then_some(minutes)
}
