//! `[[expect]]`: who must ring, checked on every save.

use std::ops::Range;

use jiff::civil::DateTime;

use super::Known;
use super::phrases::{self, Moment};
use crate::config::document::{Problems, Section, listed};
use crate::domain::line::LineId;
use crate::domain::phone::Phone;
use crate::domain::rota::{Expect, ExpectedCaller};
use crate::domain::spelling::meant;

const KEYS: &[&str] = &["at", "caller", "line", "rings"];

/// Each with the place of its `rings`.
pub(super) fn expectations(
    root: &Section<'_>,
    known: &Known<'_>,
    lines: &[&str],
    problems: &mut Problems,
) -> Vec<(Expect, Range<usize>)> {
    let sections = root.sections("expect", problems);
    sections.iter().filter_map(|section| expectation(section, known, lines, problems)).collect()
}

fn expectation(
    section: &Section<'_>,
    known: &Known<'_>,
    lines: &[&str],
    problems: &mut Problems,
) -> Option<(Expect, Range<usize>)> {
    section.only(KEYS, problems);
    let at = at(section, problems);
    let caller = match section.text("caller", "caller = \"anyone\"", problems) {
        Some(text) => caller(text.value, known),
        None => ExpectedCaller::Anyone,
    };
    let line = match section.text("line", "line = \"main\"", problems) {
        Some(text) if lines.contains(&text.value) => Some(LineId::new(text.value)),
        Some(text) => {
            let hint = meant(text.value, lines.iter().copied())
                .map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
            let what = format!("unknown line `{}`{hint}", text.value);
            problems.error(&text.place, what, format!("[lines] has {}", listed(lines)));
            return None;
        }
        None => None,
    };
    let Some(entry) = section.get("rings") else {
        section.missing("rings", "rings = [\"priya\", \"sam\"]", problems);
        return None;
    };
    let names = entry.texts("rings = [\"priya\", \"sam\"], or [] for a promise at once", problems)?;
    let rings = if names.is_empty() { Vec::new() } else { known.order(&names, &entry.place(), problems)? };
    Some((Expect { at: at?, caller, line, rings }, entry.place()))
}

fn at(section: &Section<'_>, problems: &mut Problems) -> Option<DateTime> {
    let example = "at = \"2026-07-15 10:00\"";
    let Some(entry) = section.get("at") else {
        section.missing("at", example, problems);
        return None;
    };
    let text = entry.moment(example, problems)?;
    match phrases::moment(&text, problems)? {
        Moment::At(at) => Some(at),
        Moment::Day(_) => {
            problems.error(&text.place, "an expectation needs a clock time", format!("write {example}"));
            None
        }
    }
}

fn caller(text: &str, known: &Known<'_>) -> ExpectedCaller {
    match (text.trim(), Phone::parse(text, known.country)) {
        ("anyone", _) => ExpectedCaller::Anyone,
        (_, Ok(written)) => ExpectedCaller::Number(written.phone),
        (name, Err(_)) => ExpectedCaller::Customer(name.to_owned()),
    }
}
