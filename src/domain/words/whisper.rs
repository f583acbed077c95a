//! What staff hear before they accept: who calls first, then what matters most, then the key.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::Words;
use super::sentence::Sentence as S;
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;

/// How long a note may be where it stands by itself.
const NOTE_CHARS: usize = 60;

/// How long all that follows the caller's name may be: about four seconds of speech.
const MORE_CHARS: usize = 60;

/// What a whisper tells, whoever hears it in whatever language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Whispered {
    pub who: Who,
    /// The call that they wait for already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promised: Option<Promised>,
    /// They rang before, and the matter is not closed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub again: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The last call that somebody took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<LastCall>,
    /// The network does not vouch for the number of this customer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    #[default]
    Stranger,
    /// Recognised, but the name is not at hand.
    Customer,
    Named(String),
}

/// Who gave their word, and for when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    pub by: StaffId,
    pub name: String,
    pub due: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastCall {
    pub at: Timestamp,
    /// The name of who took it.
    pub with: String,
}

impl Words<'_> {
    /// To `listener`; `keys`: whether their phone has to press 1.
    pub fn whisper(
        &self,
        business: &str,
        told: &Whispered,
        from: Option<Phone>,
        (listener, keys): (Option<&StaffId>, bool),
        now: &Zoned,
    ) -> String {
        let who = match (&told.who, from) {
            (Who::Named(name), _) => self.say(S::WhisperNamed, &[("caller", name)]),
            (Who::Customer, _) => self.say(S::WhisperCustomer, &[]),
            (Who::Stranger, Some(number)) => self.say(S::WhisperStranger, &[("digits", &last_digits(number))]),
            (Who::Stranger, None) => self.say(S::WhisperWithheld, &[]),
        };
        let mut say = format!("{}. {who}", business.trim_end_matches('.'));
        let mut left = MORE_CHARS;
        for more in self.more(told, listener, now) {
            let more = match more {
                More::Sentence(sentence) => sentence,
                More::Note(note) => fitting(note, left),
            };
            let long = more.chars().count();
            if (1..=left).contains(&long) {
                left -= long;
                say.push(' ');
                say.push_str(&more);
            }
        }
        if keys {
            say.push(' ');
            say.push_str(&self.say(S::PressOne, &[]));
        }
        say
    }

    /// What matters most first: whatever does not fit is not said.
    fn more<'w>(&self, told: &'w Whispered, listener: Option<&StaffId>, now: &Zoned) -> impl Iterator<Item = More<'w>> {
        let promised = told.promised.as_ref().map(|Promised { by, name, due }| {
            let time = self.by(*due, now);
            match listener {
                Some(listener) if listener == by => self.say(S::WhisperPromised, &[("time", &time)]),
                _ => self.say(S::WhisperPromisedBy, &[("name", name), ("time", &time)]),
            }
        });
        let again = told.again.then(|| self.say(S::WhisperAgain, &[]));
        let unverified = told.unverified.then(|| self.say(S::WhisperUnverified, &[]));
        let last = told.last.as_ref().map(|last| {
            let date = last.at.to_zoned(now.time_zone().clone()).date();
            let when = self.language.on_day(date, now.date());
            self.say(S::WhisperLast, &[("name", &last.with), ("when", &when)])
        });
        let [promised, again, unverified, last] =
            [promised, again, unverified, last].map(|sentence| sentence.map(More::Sentence));
        [promised, again, told.note.as_deref().map(More::Note), unverified, last].into_iter().flatten()
    }
}

/// A piece of a whisper after the caller's name.
enum More<'a> {
    Sentence(String),
    /// As much of it as fits.
    Note(&'a str),
}

pub(super) fn last_digits(number: Phone) -> String {
    let digits = number.to_string();
    let tail = digits.get(digits.len().saturating_sub(3)..).unwrap_or_default();
    // Spaced, so that a voice reads digits and not a number.
    tail.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

pub(super) fn first_words(note: &str) -> String {
    words_within(note, NOTE_CHARS)
}

/// The words that fit into so many characters with a space before and a stop behind them; none if not even the first does.
fn fitting(note: &str, chars_max: usize) -> String {
    let short = words_within(note, chars_max.saturating_sub(2));
    if short.is_empty() { short } else { format!("{short}.") }
}

/// Whole words only.
fn words_within(note: &str, chars_max: usize) -> String {
    let mut short = String::new();
    for word in note.split_whitespace() {
        if short.chars().count() + usize::from(!short.is_empty()) + word.chars().count() > chars_max {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short.truncate(short.trim_end_matches(['.', ',', ';', ':', ' ']).len());
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::Wordbook;

    fn now() -> Zoned {
        "2026-06-12T16:30[Europe/London]".parse().unwrap()
    }

    fn okafor() -> Whispered {
        Whispered { who: Who::Named("Mrs Okafor".to_owned()), ..Whispered::default() }
    }

    fn whisper(tag: &str, told: &Whispered, keys: bool) -> String {
        let number = Phone::from_e164("+447700900201");
        Wordbook::default().speak(Some(tag)).whisper(
            "Hartley Heating",
            told,
            number,
            (Some(&StaffId::new("priya")), keys),
            &now(),
        )
    }

    #[test]
    fn a_whisper_says_who_first_and_stays_short() {
        let note = "Boiler, Tuesday. The pressure keeps dropping and the dog bites anybody in a uniform.";
        let told = Whispered { again: true, note: Some(note.to_owned()), unverified: true, ..okafor() };
        assert_eq!(
            whisper("en", &told, true),
            "Hartley Heating. Mrs Okafor for you. Second call about this. Boiler, Tuesday. The pressure keeps. Press 1."
        );
        let told = Whispered { again: false, ..told };
        assert_eq!(
            whisper("en", &told, true),
            "Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. The pressure keeps dropping and the dog. Press 1."
        );
        let told = Whispered { note: Some("W".repeat(100)), ..told };
        assert_eq!(
            whisper("en", &told, true),
            "Hartley Heating. Mrs Okafor for you. Number not verified. Press 1.",
            "a word that does not fit is left out whole"
        );
    }

    #[test]
    fn what_was_promised_comes_before_everything_else() {
        let at = |text: &str| text.parse::<Zoned>().unwrap().timestamp();
        let last = LastCall { at: at("2026-06-11T10:00[Europe/London]"), with: "Tom Ellis".to_owned() };
        let due = at("2026-06-12T17:00[Europe/London]");
        let promised = Promised { by: StaffId::new("priya"), name: "Priya Nair".to_owned(), due };
        let told = Whispered { promised: Some(promised.clone()), last: Some(last), ..okafor() };
        assert_eq!(
            whisper("en", &told, true),
            "Hartley Heating. Mrs Okafor for you. You promised by 17:00. Last spoke with Tom Ellis, yesterday. \
             Press 1."
        );
        assert_eq!(
            whisper("nl", &Whispered { last: None, ..told.clone() }, false),
            "Hartley Heating. Mrs Okafor voor u. U beloofde uiterlijk om 17:00 te bellen."
        );
        let by_tom = Promised { by: StaffId::new("tom"), name: "Tom Ellis".to_owned(), ..promised };
        assert_eq!(
            whisper("en", &Whispered { promised: Some(by_tom), ..okafor() }, false),
            "Hartley Heating. Mrs Okafor for you. Tom Ellis promised by 17:00."
        );
    }

    #[test]
    fn a_stranger_is_told_by_the_last_digits() {
        let stranger = Whispered::default();
        assert_eq!(
            whisper("fr", &stranger, true),
            "Hartley Heating. Un nouvel appelant pour vous, numéro finissant par 2 0 1. Tapez 1."
        );
    }
}
