//! `letter`: when the owner gets the morning letter.

use super::phrases;
use crate::config::document::{Problems, Section};
use crate::domain::letter::LetterAt;
use crate::domain::rota::hours::ClockTime;

/// `None` only if an error was reported.
pub(super) fn letter(root: &Section<'_>, problems: &mut Problems) -> Option<LetterAt> {
    if !root.has("letter") {
        return Some(LetterAt::Opening);
    }
    let text = root.text("letter", "letter = \"08:30\"", problems)?;
    let read = match text.value.trim() {
        "opening" => Some(LetterAt::Opening),
        "never" => Some(LetterAt::Never),
        // Nobody has a morning at 24:00.
        clock => phrases::clock_time(clock).filter(|time| *time < ClockTime(24 * 60)).map(LetterAt::Clock),
    };
    if read.is_none() {
        let remedy = "write \"opening\", a clock time such as \"08:30\", or \"never\"";
        problems.error(&text.place, format!("`{}` does not say when to send the morning letter", text.value), remedy);
    }
    read
}
