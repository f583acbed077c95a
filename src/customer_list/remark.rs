//! What there is to say of a list and of its rows.

mod words;

use std::fmt;

use super::row::{CELL_MAX, NUMBERS_MAX};
use crate::domain::phone::NotAPhone;
use crate::domain::words::Language;
use crate::store::customers::Refused;
use words::RemarkWords;

/// Never contains a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    EmptyList,
    /// Of the first line, as what follows.
    ColumnTwice(String),
    NoColumn(&'static str),
    UnknownColumn(String),
    /// A row has as many cells as the first line at most.
    TooManyCells {
        here: usize,
        columns: usize,
    },
    LongCell,
    Undecodable,
    NoName,
    NoNumber,
    TooManyNumbers,
    /// Not one of its numbers is any good.
    WrongNumbers(Vec<WrongNumber>),
    /// The others are.
    WrongNumber(WrongNumber),
    /// Of several numbers this one; the plan of its country knows it not.
    NotInPlan(Option<usize>),
    OnLine(u64),
    UnknownPerson(String),
    NotALanguage(String),
    NeitherYesNorNo,
    Refused(Refused),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongNumber {
    /// Which, counted from 1, where the row has several.
    pub(super) nth: Option<usize>,
    /// `None`: a spreadsheet has rounded it.
    pub(super) why: Option<NotAPhone>,
}

impl Remark {
    pub fn in_words(&self, language: Language) -> String {
        let words = RemarkWords(language);
        match self {
            Self::EmptyList => words.empty_list(),
            Self::ColumnTwice(name) => words.column_twice(name),
            Self::NoColumn(name) => words.no_column(name, also(name), super::columns::NAMES.join(", ")),
            Self::UnknownColumn(name) => words.unknown_column(name, super::columns::NAMES.join(", ")),
            Self::TooManyCells { here, columns } => words.too_many_cells(here, columns),
            Self::LongCell => words.long_cell(CELL_MAX),
            Self::Undecodable => words.undecodable(),
            Self::NoName => words.no_name(),
            Self::NoNumber | Self::Refused(Refused::NoNumber) => words.no_number(),
            Self::TooManyNumbers => words.too_many_numbers(NUMBERS_MAX),
            Self::WrongNumbers(wrong) => wrong.iter().map(|wrong| wrong.in_words(words)).collect::<Vec<_>>().join("; "),
            Self::WrongNumber(wrong) => words.others_went_in(wrong.in_words(words)),
            Self::NotInPlan(nth) => numbered(*nth, words.not_in_plan(), words),
            Self::OnLine(line) => words.on_line(line),
            Self::UnknownPerson(name) => words.unknown_person(name),
            Self::NotALanguage(tag) => words.not_a_language(tag),
            Self::NeitherYesNorNo => words.neither_yes_nor_no(),
            Self::Refused(Refused::TwoCustomers(one, other)) => words.two_customers(one.0, other.0),
            Self::Refused(Refused::Repeated) => words.repeated(),
        }
    }
}

impl WrongNumber {
    fn in_words(&self, words: RemarkWords) -> String {
        let why = match self.why {
            None => words.rounded(),
            Some(NotAPhone::NoCountry) => words.no_country(),
            Some(NotAPhone::TooShort) => words.too_short(),
            Some(NotAPhone::TooLong) => words.too_long(),
            Some(NotAPhone::Malformed) => words.malformed(),
        };
        numbered(self.nth, why, words)
    }
}

/// The other words by which a column is known.
fn also(name: &str) -> String {
    let words = super::columns::column_words().find(|(column, _)| *column == name).map_or(&[][..], |(_, words)| words);
    words.iter().skip(1).copied().collect::<Vec<_>>().join(", ")
}

fn numbered(nth: Option<usize>, told: String, words: RemarkWords) -> String {
    match nth {
        Some(nth) => words.numbered(nth, told),
        None => told,
    }
}

/// In English: for what our commands print and programs read.
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(Language::English))
    }
}
