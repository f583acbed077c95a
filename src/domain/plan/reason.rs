//! Why somebody is rung or not, in the words that the commands and the console show.

use std::fmt;

use jiff::civil::{DateTime, Time};
use serde::{Deserialize, Serialize};

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

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UsualPerson => f.write_str("usual person"),
            Self::LearnedUsualPerson { took, of } => {
                write!(f, "usual person, learned: took {took} of the last {of} calls")
            }
            Self::CoversUsualPerson { absent } => write!(f, "stands in for the usual person, {absent}"),
            Self::OnCall { until: Some(until) } => write!(f, "on call until {}", Moment(*until)),
            Self::OnCall { until: None } => f.write_str("on call"),
            Self::Backup => f.write_str("backup"),
            Self::Covers { absent } => write!(f, "stands in for {absent}"),
            Self::Swapped { with, said } => write!(f, "swapped turns with {with}{said}"),
            Self::Holiday { name } => write!(f, "on call for {name}"),
            Self::Owner => f.write_str("owner"),
            Self::SecondConversation => f.write_str("owner, as it is the second call about this"),
            Self::ThirdConversation => f.write_str("owner first, as it is at least the third call about this"),
            Self::AsPlanned => f.write_str("next in the plan that the call began with"),
        }
    }
}

/// Behind what was said.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InFile => Ok(()),
            Self::ByText => f.write_str(" (by text)"),
            Self::ByTextOf(name) => write!(f, " (by text of {name})"),
        }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away { until, said } => write!(f, "away until {}{said}", Moment(*until)),
            Self::QuietHours { until } => write!(f, "not rung until {}", Moment(*until)),
            Self::Engaged => f.write_str("on another call"),
            Self::OwnNumber => f.write_str("is the one who rings"),
            Self::LineItself => f.write_str("has the line's own number, which would ring in a circle"),
            Self::AlreadyInPlan => f.write_str("already in the plan"),
            Self::NoTimeLeft => f.write_str("no time left to ring"),
            Self::CannotScreen => f.write_str("voicemail could take the call: this phone cannot be screened"),
            Self::Closed { until: Some(until) } => write!(f, "closed until {}", Moment(*until)),
            Self::Closed { until: None } => f.write_str("closed"),
            Self::NotOnStaff => f.write_str("no longer on the staff"),
        }
    }
}

/// A clock time as people say it: `Mon 8 Jun 08:30`, and `Sat 18 Jul` for the beginning of a day.
struct Moment(DateTime);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = if self.0.time() == Time::midnight() { "%a %-d %b" } else { "%a %-d %b %H:%M" };
        self.0.strftime(format).fmt(f)
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
}
