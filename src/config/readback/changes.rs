//! What an edit changes for whom.

use jiff::Timestamp;

use super::weeks_after;
use super::words::{at, listed, week};
use crate::domain::line::Line;
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::Shift;
use crate::domain::staff::StaffId;

/// What is different in `new`, in the next weeks from `from` on, said to the people it concerns. Empty if nobody
/// will notice.
pub fn changes(old: &Rota, new: &Rota, from: Timestamp, weeks: i64) -> Vec<String> {
    let mut told = people(old, new);
    if old.owner != new.owner {
        told.push(format!("{} is the owner now, no longer {}.", new.name(&new.owner), old.name(&old.owner)));
    }
    for gone in old.lines.iter().filter(|line| new.line(&line.id).is_none()) {
        told.push(format!("The line {} is gone: nobody answers {}.", gone.id, gone.number.spaced()));
    }
    let until = weeks_after(from, weeks);
    let mut of_lines: Vec<(&Line, Vec<String>)> = Vec::new();
    for line in &new.lines {
        match old.line(&line.id) {
            Some(before) => {
                told.extend(terms(before, line));
                of_lines.push((line, turns(&Moving { old, new, before, line }, from, until)));
            }
            None => told.push(format!("There is a new line {}, {}.", line.id, line.number.spaced())),
        }
    }
    let alike = of_lines.windows(2).all(|pair| matches!(pair, [one, other] if one.1 == other.1));
    for (index, (line, turns)) in of_lines.into_iter().enumerate() {
        if alike && index > 0 {
            break;
        }
        let prefix = if alike { String::new() } else { format!("{}: ", line.id) };
        told.extend(turns.into_iter().map(|turn| format!("{prefix}{turn}")));
    }
    told
}

/// Who came, who went, whose phone is another.
fn people(old: &Rota, new: &Rota) -> Vec<String> {
    let mut told = Vec::new();
    for person in new.staff.iter() {
        match old.staff.get(person.id.as_str()) {
            None => told.push(format!("{} is new.", person.name)),
            Some(before) if before.reach != person.reach => {
                told.push(format!("{} is rung on another phone.", person.name));
            }
            Some(before) if before.not_between != person.not_between => {
                told.push(format!("{} has other quiet hours.", person.name));
            }
            Some(_) => {}
        }
    }
    let gone = old.staff.iter().filter(|person| new.staff.get(person.id.as_str()).is_none());
    told.extend(gone.map(|person| format!("{} is no longer on the staff.", person.name)));
    told
}

/// What else of a line is different.
fn terms(before: &Line, line: &Line) -> Vec<String> {
    let mut told = Vec::new();
    if before.number != line.number {
        told.push(format!("The line {} has the number {} now.", line.id, line.number.spaced()));
    }
    if before.hours != line.hours {
        told.push(format!("The line {} is open {} now.", line.id, week(&line.hours)));
    }
    if before.ring != line.ring {
        let ring = line.ring;
        let usual = format!("the usual person {} seconds, everybody else {}", ring.usual_person, ring.each);
        told.push(format!("On the line {}: {usual}, {} at most.", line.id, ring.at_most));
    }
    if before.promise != line.promise {
        told.push(format!("On the line {} other promises are made.", line.id));
    }
    if before.rota.when_closed != line.rota.when_closed {
        told.push(format!("The line {} treats calls after hours in another way.", line.id));
    }
    told
}

/// One line before and after an edit.
struct Moving<'r> {
    old: &'r Rota,
    new: &'r Rota,
    before: &'r Line,
    line: &'r Line,
}

/// A time in which other people have the phone than before.
#[derive(Debug, PartialEq, Eq)]
struct Moved {
    from: Timestamp,
    until: Timestamp,
    was: Vec<StaffId>,
    is: Vec<StaffId>,
    /// It is one whole turn from handover to handover.
    whole_turn: bool,
}

fn turns(moving: &Moving<'_>, from: Timestamp, until: Timestamp) -> Vec<String> {
    let old = moving.old.shifts(moving.before, from, until);
    let new = moving.new.shifts(moving.line, from, until);
    let mut cuts: Vec<Timestamp> = old.iter().chain(&new).flat_map(|shift| [shift.from, shift.until]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut moved: Vec<Moved> = Vec::new();
    for (from, until) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let (Some(was), Some(is)) = (shift_at(&old, from), shift_at(&new, from)) else { continue };
        let (was_there, is_there) = (ids(was), ids(is));
        if was_there == is_there {
            continue;
        }
        match moved.last_mut() {
            Some(last) if last.until == from && last.was == was_there && last.is == is_there => {
                last.until = until;
                last.whole_turn = false;
            }
            Some(_) | None => {
                let turn = is.duty.turn;
                let whole_turn = turn.start == Some(from) && turn.end == Some(until);
                moved.push(Moved { from, until, was: was_there, is: is_there, whole_turn });
            }
        }
    }
    moved.iter().map(|moved| in_words(moving, moved)).collect()
}

fn shift_at(shifts: &[Shift], at: Timestamp) -> Option<&Shift> {
    shifts.iter().find(|shift| shift.from <= at && at < shift.until)
}

fn ids(shift: &Shift) -> Vec<StaffId> {
    shift.duty.people.iter().map(|person| person.who.clone()).collect()
}

/// `From Mon 6 Jul 2026 08:30 Tom Ellis's week becomes Ana Costa's, with Priya Nair behind.`
fn in_words(moving: &Moving<'_>, moved: &Moved) -> String {
    let from = at(moving.new, moved.from);
    let until = at(moving.new, moved.until);
    let behind: Vec<&str> = moved.is.iter().skip(1).map(|who| moving.new.name(who)).collect();
    let behind = if behind.is_empty() { "nobody".to_owned() } else { listed(&behind) };
    match (moved.was.first(), moved.is.first()) {
        (Some(was), Some(is)) if was == is => {
            format!("From {from} to {until} {} has {behind} behind.", moving.new.name(is))
        }
        (Some(was), Some(is)) => {
            let (was, is) = (moving.old.name(was), moving.new.name(is));
            let turn = if moved.whole_turn && is_weekly(moving.line) { "week" } else { "turn" };
            if moved.whole_turn {
                format!("From {from} {was}'s {turn} becomes {is}'s, with {behind} behind.")
            } else {
                format!("From {from} to {until} {is} has the phone instead of {was}, with {behind} behind.")
            }
        }
        (_, None) => format!("From {from} to {until} nobody has the phone."),
        (None, Some(is)) => format!("From {from} to {until} {} has the phone.", moving.new.name(is)),
    }
}

fn is_weekly(line: &Line) -> bool {
    matches!(line.rota.rotate, crate::domain::rota::rotation::Rotate::Weekly { .. })
}
