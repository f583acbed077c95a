//! Why somebody is rung or not, in the words that the commands and the console show.

mod words;

use std::fmt;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::domain::words::Language;
use words::{ReasonWords, SkipWords};

/// Why somebody is rung. Carries the names it speaks of, so that an old call still explains itself
/// after people have left the rota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    UsualPerson,
    /// The usual person by what has happened, not by an admin's word: took so many of the last calls.
    LearnedUsualPerson {
        took: u8,
        of: u8,
    },
    /// Stands in for the customer's usual person, named here.
    CoversUsualPerson {
        absent: String,
    },
    /// Has the phone, until the handover where there is one.
    OnCall {
        until: Option<DateTime>,
    },
    Backup,
    /// Stands in the place of somebody who is away, named here.
    Covers {
        absent: String,
    },
    /// Has exchanged turns with somebody, named here.
    Swapped {
        with: String,
        #[serde(default, skip_serializing_if = "Said::is_in_file")]
        said: Said,
    },
    /// In front for one date.
    Holiday {
        name: String,
    },
    Owner,
    /// The owner, because the customer's matter is not settled and they ring again.
    SecondConversation,
    /// The owner, because they ring a third time or more.
    ThirdConversation,
    /// Why was not known any more when the call went on without the store; its ticket named the person.
    AsPlanned,
}

/// Where it is said that somebody is away or has swapped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    #[default]
    InFile,
    /// By the person themselves.
    ByText,
    /// By somebody else, named here.
    ByTextOf(String),
}

impl Said {
    fn is_in_file(&self) -> bool {
        *self == Self::InFile
    }
}

/// Why somebody is not rung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Skip {
    Away {
        until: DateTime,
        #[serde(default, skip_serializing_if = "Said::is_in_file")]
        said: Said,
    },
    /// Inside the person's `not_between`.
    QuietHours {
        until: DateTime,
    },
    /// On another call of ours, ringing or talking.
    Engaged,
    /// It is this person who rings.
    OwnNumber,
    /// Their phone is the line itself: it would ring in a circle.
    LineItself,
    AlreadyInPlan,
    /// No room left within `at_most`.
    NoTimeLeft,
    /// The provider cannot screen this phone, so a machine could swallow the caller.
    CannotScreen,
    /// The line is closed, and this person is rung in open hours only.
    Closed {
        until: Option<DateTime>,
    },
    /// Looks after the customer, but is no longer in the rota file.
    NotOnStaff,
}

/// Why somebody is rung, or is not: what a call keeps. Written without saying which of the two, since no name of a
/// reason is also that of a skip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Why {
    Rung(Reason),
    Skipped(Skip),
}

impl Reason {
    pub fn in_words(&self, language: Language) -> String {
        let words = ReasonWords(language);
        match self {
            Self::UsualPerson => words.usual(),
            Self::LearnedUsualPerson { took, of } => words.learned_usual(took, of),
            Self::CoversUsualPerson { absent } => words.covers_usual(absent),
            Self::OnCall { until: Some(until) } => words.on_call_until(language.short_moment(*until)),
            Self::OnCall { until: None } => words.on_call(),
            Self::Backup => words.backup(),
            Self::Covers { absent } => words.covers(absent),
            Self::Swapped { with, said } => words.swapped(with) + &said.in_words(language),
            Self::Holiday { name } => words.holiday(name),
            Self::Owner => words.owner(),
            Self::SecondConversation => words.second_conversation(),
            Self::ThirdConversation => words.third_conversation(),
            Self::AsPlanned => words.as_planned(),
        }
    }
}

impl Said {
    /// Behind what was said; nothing where the rota file says it.
    pub fn in_words(&self, language: Language) -> String {
        let words = ReasonWords(language);
        match self {
            Self::InFile => String::new(),
            Self::ByText => format!(" ({})", words.by_text()),
            Self::ByTextOf(name) => format!(" ({})", words.by_text_of(name)),
        }
    }
}

impl Skip {
    pub fn in_words(&self, language: Language) -> String {
        let words = SkipWords(language);
        match self {
            Self::Away { until, said } => words.away_until(language.short_moment(*until)) + &said.in_words(language),
            Self::QuietHours { until } => words.not_rung_until(language.short_moment(*until)),
            Self::Engaged => words.engaged(),
            Self::OwnNumber => words.own_number(),
            Self::LineItself => words.line_itself(),
            Self::AlreadyInPlan => words.already_in_plan(),
            Self::NoTimeLeft => words.no_time_left(),
            Self::CannotScreen => words.cannot_screen(),
            Self::Closed { until: Some(until) } => words.closed_until(language.short_moment(*until)),
            Self::Closed { until: None } => words.closed(),
            Self::NotOnStaff => words.not_on_staff(),
        }
    }
}

impl Why {
    pub fn in_words(&self, language: Language) -> String {
        match self {
            Self::Rung(reason) => reason.in_words(language),
            Self::Skipped(skip) => skip.in_words(language),
        }
    }
}

/// In English: for what our commands print and programs read.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Language::English))
    }
}

/// As [`Reason`]'s.
impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Language::English))
    }
}

/// As [`Reason`]'s.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Language::English))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn reasons_read_as_people_say_them() {
        let handover = date(2026, 6, 8).at(8, 30, 0, 0);
        let tom = || "Tom Ellis".to_owned();
        for (reason, words) in [
            (Reason::OnCall { until: Some(handover) }, "on call until Mon 8 Jun 08:30"),
            (Reason::Covers { absent: tom() }, "stands in for Tom Ellis"),
            (Reason::Swapped { with: tom(), said: Said::InFile }, "swapped turns with Tom Ellis"),
            (Reason::Holiday { name: "Christmas Day".to_owned() }, "on call for Christmas Day"),
            (Reason::LearnedUsualPerson { took: 2, of: 3 }, "usual person, learned: took 2 of the last 3 calls"),
        ] {
            assert_eq!(reason.to_string(), words);
        }
    }

    #[test]
    fn a_day_off_ends_with_a_day_and_an_hour_off_with_a_clock_time() {
        let day = Skip::Away { until: date(2026, 7, 18).at(0, 0, 0, 0), said: Said::InFile };
        assert_eq!(day.to_string(), "away until Sat 18 Jul");
        let hour = Skip::Away { until: date(2026, 7, 18).at(14, 5, 0, 0), said: Said::ByText };
        assert_eq!(hour.to_string(), "away until Sat 18 Jul 14:05 (by text)");
    }

    fn every_reason() -> Vec<Reason> {
        let tom = || "Tom Ellis".to_owned();
        let until = Some(date(2026, 6, 8).at(8, 30, 0, 0));
        vec![
            Reason::UsualPerson,
            Reason::LearnedUsualPerson { took: 2, of: 3 },
            Reason::CoversUsualPerson { absent: tom() },
            Reason::OnCall { until },
            Reason::OnCall { until: None },
            Reason::Backup,
            Reason::Covers { absent: tom() },
            Reason::Swapped { with: tom(), said: Said::InFile },
            Reason::Swapped { with: tom(), said: Said::ByTextOf(tom()) },
            Reason::Holiday { name: "Christmas Day".to_owned() },
            Reason::Owner,
            Reason::SecondConversation,
            Reason::ThirdConversation,
            Reason::AsPlanned,
        ]
    }

    fn every_skip() -> Vec<Skip> {
        let until = date(2026, 6, 8).at(8, 30, 0, 0);
        vec![
            Skip::Away { until, said: Said::InFile },
            Skip::Away { until, said: Said::ByText },
            Skip::QuietHours { until },
            Skip::Engaged,
            Skip::OwnNumber,
            Skip::LineItself,
            Skip::AlreadyInPlan,
            Skip::NoTimeLeft,
            Skip::CannotScreen,
            Skip::Closed { until: Some(until) },
            Skip::Closed { until: None },
            Skip::NotOnStaff,
        ]
    }

    fn every_why() -> Vec<Why> {
        let skips = every_skip().into_iter().map(Why::Skipped);
        every_reason().into_iter().map(Why::Rung).chain(skips).collect()
    }

    #[test]
    fn what_a_call_keeps_is_read_back_as_what_it_was() {
        for why in every_why() {
            let kept = serde_json::to_string(&why).unwrap();
            assert_eq!(serde_json::from_str::<Why>(&kept).unwrap(), why, "{kept}");
        }
    }

    #[test]
    fn a_reason_is_told_in_five_languages_each_in_words_of_its_own() {
        for why in every_why() {
            let told: std::collections::BTreeSet<String> =
                Language::ALL.into_iter().map(|language| why.in_words(language)).collect();
            assert_eq!(told.len(), Language::ALL.len(), "{told:?}");
        }
        let until = date(2026, 6, 8).at(8, 30, 0, 0);
        assert_eq!(
            Language::ALL.map(|language| Skip::Away { until, said: Said::ByText }.in_words(language)),
            [
                "away until Mon 8 Jun 08:30 (by text)",
                "afwezig tot ma 8 jun 08:30 (per sms)",
                "abwesend bis Mo 8. Jun 08:30 (per SMS)",
                "absent jusqu'au lun 8 juin 08:30 (par SMS)",
                "ausente hasta el lun 8 jun 08:30 (por SMS)",
            ]
        );
    }
}
