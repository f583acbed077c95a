//! `[[away]]` and `[[swap]]`.

use std::ops::Range;

use jiff::civil::{DateTime, Time};

use super::Known;
use super::phrases::{self, Moment};
use crate::config::document::{Problems, Section};
use crate::domain::rota::absence::{Away, Swap};
use crate::domain::staff::StaffId;

const AWAY_KEYS: &[&str] = &["who", "from", "to", "cover"];
const SWAP_KEYS: &[&str] = &["turn", "give", "take"];

pub(super) fn aways(root: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Vec<Away> {
    let mut found: Vec<(Away, Range<usize>)> = Vec::new();
    for section in root.sections("away", problems) {
        let Some(away) = away(&section, known, problems) else { continue };
        let place = section.get("from").map_or_else(|| section.place.clone(), |entry| entry.place());
        let earlier =
            found.iter().find(|(other, _)| other.who == away.who && other.from < away.until && away.from < other.until);
        if let Some((other, other_place)) = earlier {
            let line = problems.line(other_place);
            let what = format!("`{}` is away then already, see line {line}", away.who);
            if other.cover == away.cover {
                problems.warning(&place, what, "make one of the two");
            } else {
                problems.error(&place, what, "two covers for one day: make one of the two, or part their dates");
            }
        }
        found.push((away, place));
    }
    found.into_iter().map(|(away, _)| away).collect()
}

fn away(section: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<Away> {
    section.only(AWAY_KEYS, problems);
    let who = person(section, "who", known, problems);
    let from = moment(section, "from", "from = 2026-07-06", problems);
    let to = moment(section, "to", "to = 2026-07-17, the last day away", problems);
    let cover = section.has("cover").then(|| person(section, "cover", known, problems));
    let (who, (from, _), (to, to_place)) = (who?, from?, to?);
    let from = match from {
        Moment::Day(date) => date.to_datetime(Time::midnight()),
        Moment::At(at) => at,
    };
    let Some(until) = first_moment_back(to) else {
        problems.error(&to_place, "this date is beyond the calendar", phrases::DATE_REMEDY);
        return None;
    };
    if until <= from {
        let what = "the last day away is before the first";
        problems.error(&to_place, what, "`to` is the last day away, `from` the first");
        return None;
    }
    let cover = match cover {
        Some(cover) => {
            let cover = cover?;
            if cover == who {
                let place = section.get("cover").map_or_else(|| section.place.clone(), |entry| entry.place());
                let what = format!("`{who}` cannot stand in for `{who}`");
                problems.error(&place, what, "name somebody else, or leave `cover` out: the next name steps up");
                return None;
            }
            Some(cover)
        }
        None => None,
    };
    Some(Away { who, from, until, cover, by: None })
}

/// A last day is a whole day: back at the midnight after it.
fn first_moment_back(to: Moment) -> Option<DateTime> {
    match to {
        Moment::Day(date) => date.tomorrow().ok().map(|next| next.to_datetime(Time::midnight())),
        Moment::At(at) => Some(at),
    }
}

fn moment(section: &Section<'_>, key: &str, example: &str, problems: &mut Problems) -> Option<(Moment, Range<usize>)> {
    let Some(entry) = section.get(key) else {
        section.missing(key, example, problems);
        return None;
    };
    let text = entry.moment(example, problems)?;
    Some((phrases::moment(&text, problems)?, text.place))
}

fn person(section: &Section<'_>, key: &str, known: &Known<'_>, problems: &mut Problems) -> Option<StaffId> {
    let name = section.required_text(key, &format!("{key} = \"a name of [staff]\""), problems)?;
    known.person(&name, problems)
}

/// Each with the place of its `give`.
pub(super) fn swaps(root: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Vec<(Swap, Range<usize>)> {
    let sections = root.sections("swap", problems);
    sections.iter().filter_map(|section| swap(section, known, problems)).collect()
}

fn swap(section: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<(Swap, Range<usize>)> {
    section.only(SWAP_KEYS, problems);
    if !section.has("turn") {
        section.missing("turn", "turn = 2026-04-27, a date in the turn", problems);
    }
    let turn = section
        .get("turn")
        .and_then(|entry| entry.moment("turn = 2026-04-27", problems))
        .and_then(|text| phrases::date(&text, problems));
    let give = person(section, "give", known, problems);
    let take = person(section, "take", known, problems);
    let (turn, give, take) = (turn?, give?, take?);
    let place = |key| section.get(key).map_or_else(|| section.place.clone(), |entry| entry.place());
    if give == take {
        problems.error(&place("take"), format!("`{give}` cannot swap with `{take}`"), "name two people");
        return None;
    }
    Some((Swap { turn, give, take, by: None }, place("give")))
}
