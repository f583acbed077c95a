//! `[rota]` and `[[rota.change]]`: who comes first, and when the phone is handed over.

use std::ops::Range;

use jiff::civil::{Date, date};

use super::staff::choice;
use super::{Known, phrases};
use crate::config::document::{Problems, Section, Spanned};
use crate::domain::rota::hours::Hours;
use crate::domain::rota::rotation::{Change, Rotate, Rotation, WhenClosed};
use crate::domain::staff::StaffId;

const KEYS: &[&str] = &["rotate", "handover", "starts", "order", "backups", "when_closed", "change"];
const CHANGE_KEYS: &[&str] = &["from", "order"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Weekly,
    Daily,
    Fixed,
}

/// What one `[rota]` section says; a line's own is completed from the one at the top of the file.
#[derive(Clone, Default)]
pub(super) struct Draft<'d> {
    place: Range<usize>,
    rotate: Option<Word>,
    handover: Option<Spanned<&'d str>>,
    starts: Option<Date>,
    order: Option<Vec<StaffId>>,
    backups: Option<usize>,
    when_closed: Option<WhenClosed>,
    changes: Option<Vec<Change>>,
    /// Something in it was reported as wrong.
    wrong: bool,
}

impl Draft<'_> {
    /// A line's own words first, then those of the whole business. A line with its own `order` has its own changes.
    pub(super) fn over(self, top: &Self) -> Self {
        let top = top.clone();
        let changes = if self.order.is_some() { self.changes } else { self.changes.or(top.changes) };
        Self {
            place: self.place,
            rotate: self.rotate.or(top.rotate),
            handover: self.handover.or(top.handover),
            starts: self.starts.or(top.starts),
            order: self.order.or(top.order),
            backups: self.backups.or(top.backups),
            when_closed: self.when_closed.or(top.when_closed),
            changes,
            wrong: self.wrong || top.wrong,
        }
    }
}

/// The `rota` of a section; `None` if it has none.
pub(super) fn draft<'d>(parent: &Section<'d>, known: &Known<'_>, problems: &mut Problems) -> Option<Draft<'d>> {
    let before = problems.errors();
    let Some(section) = parent.section("rota", "[rota] with its keys below", problems) else {
        return parent.has("rota").then(|| Draft { wrong: true, ..Draft::default() });
    };
    section.only(KEYS, problems);
    let words = [("weekly", Word::Weekly), ("daily", Word::Daily), ("fixed", Word::Fixed)];
    let rotate = choice(&section, "rotate", &words, problems);
    let handover = section.text("handover", "handover = \"Mon 08:30\"", problems);
    let starts_example = "starts = 2026-01-05";
    let starts = section
        .get("starts")
        .and_then(|entry| entry.moment(starts_example, problems))
        .and_then(|text| phrases::date(&text, problems));
    let order = order(&section, known, problems);
    let backups = backups(&section, known, problems);
    let closed = [("on-call", WhenClosed::OnCall), ("promise", WhenClosed::Promise)];
    let when_closed = choice(&section, "when_closed", &closed, problems);
    let changes = section.has("change").then(|| changes(&section, starts, known, problems));
    let place = section.place.clone();
    if rotate == Some(Word::Fixed) && (handover.is_some() || section.has("starts")) {
        let what = "a fixed order has no turns: `handover` and `starts` do nothing";
        problems.warning(&place, what, "leave them out, or write rotate = \"weekly\"");
    }
    let wrong = problems.errors() > before;
    Some(Draft { place, rotate, handover, starts, order, backups, when_closed, changes, wrong })
}

/// `hours` say on which days a daily rota hands over. `None` after an error.
pub(super) fn rotation(
    draft: &Draft<'_>,
    hours: &Hours,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<Rotation> {
    let rotate = rotate(draft, hours, problems)?;
    if draft.wrong {
        return None;
    }
    let starts = match (rotate, draft.starts) {
        (_, Some(starts)) => starts,
        // A fixed order has no turns to count from.
        (Rotate::Fixed, None) => date(1970, 1, 1),
        (Rotate::Weekly { .. } | Rotate::Daily { .. }, None) => {
            return missing(draft, "starts", "starts = 2026-01-05, a date in the first person's turn", problems);
        }
    };
    let order = draft.order.clone().unwrap_or_else(|| known.people.iter().map(|id| StaffId::new(id)).collect());
    let backups = match rotate {
        Rotate::Fixed => order.len().saturating_sub(1),
        Rotate::Weekly { .. } | Rotate::Daily { .. } => 1,
    };
    Some(Rotation {
        rotate,
        starts,
        backups: draft.backups.unwrap_or(backups),
        order,
        when_closed: draft.when_closed.unwrap_or(WhenClosed::OnCall),
        changes: draft.changes.clone().unwrap_or_default(),
    })
}

fn rotate(draft: &Draft<'_>, hours: &Hours, problems: &mut Problems) -> Option<Rotate> {
    match (draft.rotate, &draft.handover) {
        (Some(Word::Weekly), Some(handover)) => weekly(handover, problems),
        (Some(Word::Daily), Some(handover)) => daily(handover, hours, problems),
        (Some(Word::Fixed), _) => Some(Rotate::Fixed),
        // What is missing may be what was wrong.
        _ if draft.wrong => None,
        (Some(Word::Weekly), None) => missing(draft, "handover", "handover = \"Mon 08:30\"", problems),
        (Some(Word::Daily), None) => missing(draft, "handover", "handover = \"08:30\"", problems),
        (None, None) if draft.starts.is_none() => Some(Rotate::Fixed),
        (None, _) => missing(draft, "rotate", "rotate = \"weekly\" or \"daily\"", problems),
    }
}

fn missing<T>(draft: &Draft<'_>, key: &str, example: &str, problems: &mut Problems) -> Option<T> {
    if problems.partial {
        return None;
    }
    problems.error(&draft.place, format!("[rota] does not say its `{key}`"), format!("add {example}"));
    None
}

fn weekly(handover: &Spanned<&str>, problems: &mut Problems) -> Option<Rotate> {
    let parts = handover.value.trim().split_once(char::is_whitespace);
    let read = parts.and_then(|(day, at)| Some((phrases::weekday(day)?, phrases::clock_time(at)?)));
    match read {
        Some((day, at)) if at.0 < 24 * 60 => Some(Rotate::Weekly { day, at }),
        _ => {
            let what = format!("`{}` is not a day and a clock time", handover.value);
            problems.error(&handover.place, what, "write handover = \"Mon 08:30\"");
            None
        }
    }
}

fn daily(handover: &Spanned<&str>, hours: &Hours, problems: &mut Problems) -> Option<Rotate> {
    match phrases::clock_time(handover.value) {
        Some(at) if at.0 < 24 * 60 => Some(Rotate::Daily { at, days: hours.open_days() }),
        _ => {
            let what = format!("`{}` is not a clock time; a daily rota hands over every open day", handover.value);
            problems.error(&handover.place, what, "write handover = \"08:30\"");
            None
        }
    }
}

fn order(section: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<Vec<StaffId>> {
    let entry = section.get("order")?;
    let names = entry.texts("order = [\"priya\", \"tom\"]", problems)?;
    known.order(&names, &entry.place(), problems)
}

fn backups(section: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<usize> {
    let count = section.integer("backups", "backups = 1", problems)?;
    let backups = usize::try_from(count.value).ok().filter(|backups| *backups <= known.people.len());
    if backups.is_none() {
        let what = format!("{} backups cannot be had of {} people", count.value, known.people.len());
        problems.error(&count.place, what, "write how many names ring behind the first: backups = 1");
    }
    backups
}

fn changes(section: &Section<'_>, starts: Option<Date>, known: &Known<'_>, problems: &mut Problems) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for section in section.sections("change", problems) {
        section.only(CHANGE_KEYS, problems);
        let Some(from) = section.get("from") else {
            section.missing("from", "from = 2026-09-07", problems);
            continue;
        };
        let place = from.place();
        let from = from.moment("from = 2026-09-07", problems).and_then(|text| phrases::date(&text, problems));
        if !section.has("order") {
            section.missing("order", "order = [\"priya\", \"tom\"]", problems);
        }
        let (Some(from), Some(order)) = (from, order(&section, known, problems)) else { continue };
        if changes.iter().any(|change| change.from == from) {
            problems.error(&place, format!("two changes begin on {from}"), "make one of the two");
        }
        if starts.is_some_and(|starts| from <= starts) {
            let what = "this change comes before the rota `starts`";
            problems.warning(&place, what, "put the order into [rota] itself, or check the dates");
        }
        changes.push(Change { from, order });
    }
    changes.sort_by_key(|change| change.from);
    changes
}
