//! What an edit changes for whom.

use jiff::Timestamp;

use super::sentences::{ChangeWords, ReadBackWords};
use super::weeks_after;
use super::words::{at, listed, week};
use crate::domain::line::Line;
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::Shift;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;

/// What is different in `new`, in the next weeks from `from` on, said to the people it concerns. Empty if nobody
/// will notice.
pub fn changes(old: &Rota, new: &Rota, from: Timestamp, weeks: i64, language: Language) -> Vec<String> {
    let words = ChangeWords(language);
    let mut told = people(old, new, words);
    if old.owner != new.owner {
        told.push(words.owner(new.name(&new.owner), old.name(&old.owner)));
    }
    for gone in old.lines.iter().filter(|line| new.line(&line.id).is_none()) {
        told.push(words.line_gone(&gone.id, gone.number.spaced()));
    }
    let until = weeks_after(from, weeks);
    let mut of_lines: Vec<(&Line, Vec<String>)> = Vec::new();
    for line in &new.lines {
        match old.line(&line.id) {
            Some(before) => {
                told.extend(terms(before, line, words));
                of_lines.push((line, turns(&Moving { old, new, before, line, words }, from, until)));
            }
            None => told.push(words.line_new(&line.id, line.number.spaced())),
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
fn people(old: &Rota, new: &Rota, words: ChangeWords) -> Vec<String> {
    let mut told = Vec::new();
    for person in new.staff.iter() {
        match old.staff.get(person.id.as_str()) {
            None => told.push(words.is_new(&person.name)),
            Some(before) if before.reach != person.reach => told.push(words.other_phone(&person.name)),
            Some(before) if before.not_between != person.not_between => told.push(words.quiet_hours(&person.name)),
            Some(_) => {}
        }
    }
    let gone = old.staff.iter().filter(|person| new.staff.get(person.id.as_str()).is_none());
    told.extend(gone.map(|person| words.gone(&person.name)));
    told
}

/// What else of a line is different.
fn terms(before: &Line, line: &Line, words: ChangeWords) -> Vec<String> {
    let ring = line.ring;
    let different = [
        (before.number != line.number).then(|| words.number(&line.id, line.number.spaced())),
        (before.hours != line.hours).then(|| words.hours(&line.id, week(&line.hours, ReadBackWords(words.0)))),
        (before.ring != line.ring).then(|| words.ring(&line.id, ring.usual_person, ring.each, ring.at_most)),
        (before.promise != line.promise).then(|| words.promises(&line.id)),
        (before.rota.when_closed != line.rota.when_closed).then(|| words.after_hours(&line.id)),
    ];
    different.into_iter().flatten().collect()
}

/// One line before and after an edit.
struct Moving<'r> {
    old: &'r Rota,
    new: &'r Rota,
    before: &'r Line,
    line: &'r Line,
    words: ChangeWords,
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
    let words = moving.words;
    let from = at(moving.new, moved.from, words.0);
    let until = at(moving.new, moved.until, words.0);
    let behind: Vec<&str> = moved.is.iter().skip(1).map(|who| moving.new.name(who)).collect();
    let behind = (!behind.is_empty()).then(|| listed(&behind, words.0));
    match (moved.was.first(), moved.is.first()) {
        (Some(was), Some(is)) if was == is => {
            let is = moving.new.name(is);
            match behind {
                Some(names) => words.has_behind(from, until, is, names),
                None => words.has_nobody(from, until, is),
            }
        }
        (Some(was), Some(is)) => {
            let (was, is) = (moving.old.name(was), moving.new.name(is));
            let told = match (moved.whole_turn, is_weekly(moving.line)) {
                (true, true) => words.week(from, was, is),
                (true, false) => words.turn(from, was, is),
                (false, _) => words.instead(from, until, is, was),
            };
            match behind {
                Some(names) => words.with_behind(told, names),
                None => words.with_nobody(told),
            }
        }
        (_, None) => words.nobody_has_phone(from, until),
        (None, Some(is)) => words.has_phone(from, until, moving.new.name(is)),
    }
}

fn is_weekly(line: &Line) -> bool {
    matches!(line.rota.rotate, crate::domain::rota::rotation::Rotate::Weekly { .. })
}
