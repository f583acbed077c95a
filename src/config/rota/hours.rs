//! `[hours]`: when the business is open.

use jiff::civil::Weekday;

use super::phrases;
use crate::config::document::{Entry, Problems, Section, Spanned};
use crate::domain::rota::hours::{Hours, Span};

const EXAMPLE: &str = "Mon-Fri = \"08:30-17:30\"";

/// The hours under `key` of a section; `None` if there are none, or after an error.
pub(super) fn hours(parent: &Section<'_>, problems: &mut Problems) -> Option<Hours> {
    let section = parent.section(
        "hours",
        "hours = { Mon-Fri = \"08:30-17:30\" }, or [hours] with a line for each day",
        problems,
    )?;
    let before = problems.errors();
    let mut days: [Vec<Span>; 7] = Default::default();
    let mut named: [Option<&str>; 7] = [None; 7];
    for entry in section.entries() {
        let Some(weekdays) = phrases::weekdays(entry.key) else {
            let remedy = "name days as Mon, Tue, Wed, Thu, Fri, Sat, Sun, or from-to: Mon-Fri";
            problems.error(&entry.key_place(), format!("`{}` is not a day of the week", entry.key), remedy);
            continue;
        };
        let Some(spans) = spans(&entry, problems) else { continue };
        for weekday in weekdays {
            let index = index(weekday);
            let (Some(day), Some(name)) = (days.get_mut(index), named.get_mut(index)) else { continue };
            if let Some(other) = name {
                let what = format!("`{}` names a day that `{other}` has named already", entry.key);
                problems.error(&entry.key_place(), what, "name every day once");
                break;
            }
            *name = Some(entry.key);
            day.clone_from(&spans);
        }
    }
    if days.iter().all(Vec::is_empty) && problems.errors() == before {
        problems.error(&section.place, "the business is never open", format!("write for example {EXAMPLE}"));
    }
    Some(Hours { days })
}

/// `"closed"`, one span or a list of them.
pub(super) fn spans(entry: &Entry<'_>, problems: &mut Problems) -> Option<Vec<Span>> {
    let example = format!("{} = \"08:30-17:30\", a list [\"08:30-12:30\", \"13:15-17:30\"] or \"closed\"", entry.key);
    if entry.is_text() {
        let text = entry.text(&example, problems)?;
        if text.value.trim().eq_ignore_ascii_case("closed") {
            return Some(Vec::new());
        }
        return phrases::span(&text, problems).map(|span| vec![span]);
    }
    let texts = entry.texts(&example, problems)?;
    let read: Vec<_> = texts
        .iter()
        .map(|text| phrases::span(text, problems).map(|value| Spanned { value, place: text.place.clone() }))
        .collect();
    let mut spans: Vec<Spanned<Span>> = read.into_iter().collect::<Option<_>>()?;
    phrases::refuse_overlaps(&spans, problems);
    spans.sort_by_key(|span| span.value.start);
    Some(spans.into_iter().map(|span| span.value).collect())
}

fn index(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)
}
