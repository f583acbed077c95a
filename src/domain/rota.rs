//! Who has the phone at any instant: a pure function of the document and the instant.
//!
//! No stored position and no job that advances it. Wall clock of the business's zone throughout:
//! at a clock change a start is the first occurrence of its clock time, an end the last, a missing
//! time the first instant after, so that turns overlap rather than leave a hole.

pub mod absence;
pub mod duty;
pub mod holiday;
pub mod hours;
pub mod live;
pub mod outlook;
pub mod picture;
pub mod rotation;
pub mod wall_clock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::letter::LetterAt;
use super::line::{Line, LineId};
use super::phone::{Country, Phone};
use super::plan::Said;
use super::staff::{Roster, Staff, StaffId};
use super::words::{Language, Wordbook, Words};
use absence::{Absence, Absences, Away, Swap};
use holiday::Holiday;
use hours::{Calendar, Span};

/// The admin's document, read and found right: every name in it is somebody of `staff`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rota {
    pub business: String,
    pub zone: TimeZone,
    pub country: Option<Country>,
    /// The last human before a promise; inherits broken promises.
    pub owner: StaffId,
    pub letter: LetterAt,
    pub staff: Roster,
    /// In the file's order; at least one.
    pub lines: Vec<Line>,
    pub away: Vec<Away>,
    pub swaps: Vec<Swap>,
    pub holidays: Vec<Holiday>,
    pub expectations: Vec<Expect>,
    /// What people hear and read, and in which language.
    pub words: Wordbook,
    /// Daily wall-clock hours in which no customer gets a text that can wait.
    pub quiet: Option<Span>,
}

/// `[[expect]]`: who must ring at a given minute, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    pub at: DateTime,
    pub caller: ExpectedCaller,
    /// `None`: the first line.
    pub line: Option<LineId>,
    pub rings: Vec<StaffId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedCaller {
    Anyone,
    Number(Phone),
    Customer(String),
}

impl Rota {
    /// The line that was rung.
    pub fn line_of(&self, number: Phone) -> Option<&Line> {
        self.lines.iter().find(|line| line.number == number)
    }

    /// When a line is open.
    pub fn calendar<'a>(&'a self, line: &'a Line) -> Calendar<'a> {
        Calendar { zone: &self.zone, hours: &line.hours, holidays: &self.holidays }
    }

    /// Somebody's full name; the short one for who is not on the staff.
    pub fn name<'a>(&'a self, who: &'a StaffId) -> &'a str {
        self.staff.get(who.as_str()).map_or(who.as_str(), |person| &person.name)
    }

    /// Where an entry about somebody comes from: `by` as in [`Away`].
    pub fn said(&self, who: &StaffId, by: Option<&StaffId>) -> Said {
        match by {
            None => Said::InFile,
            Some(by) if by == who => Said::ByText,
            Some(by) => Said::ByTextOf(self.name(by).to_owned()),
        }
    }

    /// The absence of one person at an instant.
    pub fn absence(&self, who: &StaffId, at: Timestamp) -> Option<Absence> {
        Absences::at(&self.away, &self.zone, at).of(who).cloned()
    }

    /// When a person's phone may ring again, if `at` is within its quiet hours. `local` is `at` on the
    /// wall clock.
    pub fn quiet_until(&self, person: &Staff, at: Timestamp, local: DateTime) -> Option<DateTime> {
        let quiet = person.not_between?.around(&self.zone, at, local.date())?;
        Some(self.zone.to_datetime(quiet.end))
    }

    /// What a person of the staff hears and reads: in the first of their languages that we speak.
    pub fn words_to(&self, who: &StaffId) -> Words<'_> {
        let person = self.staff.get(who.as_str());
        self.words.speak(person.and_then(Staff::language))
    }

    /// Every language in which somebody may be spoken to: the business's first, then those of staff and of `[words]`.
    pub fn languages(&self) -> Vec<Language> {
        let staff = self.staff.iter().filter_map(Staff::language).filter_map(Language::of);
        let mut languages = vec![self.words.language()];
        for language in staff.chain(self.words.changed_languages()) {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        languages
    }

    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == *id)
    }
}
