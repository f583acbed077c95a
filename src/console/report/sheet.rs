//! The report's tables: one shape for the page and for a spreadsheet.

use jiff::civil::{Date, Weekday};
use maud::{Markup, html};

use super::past::Told;
use super::words::{ReportWords, percent};
use crate::console::{Problem, times};
use crate::customer_list::guarded;
use crate::domain::report::{HourOfWeek, Report, Share, Spread, Tally};
use crate::domain::words::Language;

/// One of the report's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Waits,
    Days,
    Week,
    Hours,
    People,
}

/// What stands in a field: written for people on the page, plainly in a spreadsheet.
enum Cell {
    Text(String),
    Day(Date),
    Weekday(Weekday),
    Hour(i8),
    Count(u32),
    Percent(Share),
    Seconds(Option<u32>),
    Upto(Option<u32>),
}

/// A column: its name in a spreadsheet, and its title.
type Column = (&'static str, String);

impl Sheet {
    pub(super) const ALL: [Self; 5] = [Self::Waits, Self::Days, Self::Week, Self::Hours, Self::People];

    /// In addresses: `days.csv`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Days => "days",
            Self::Week => "week",
            Self::Hours => "hours",
            Self::People => "people",
        }
    }

    pub(super) fn of_file(file: &str) -> Option<Self> {
        let name = file.strip_suffix(".csv")?;
        Self::ALL.into_iter().find(|sheet| sheet.name() == name)
    }

    pub(super) fn title(self, words: ReportWords) -> String {
        match self {
            Self::Waits => words.wait(),
            Self::Days => words.by_day(),
            Self::Week => words.by_week(),
            Self::Hours => words.by_hour(),
            Self::People => words.by_person(),
        }
    }

    fn columns(self, words: ReportWords) -> Vec<Column> {
        let figures = |mut columns: Vec<Column>| {
            columns.extend([
                ("calls", words.calls()),
                ("reached_percent", words.reached()),
                ("median_seconds", words.median()),
                ("p90_seconds", words.p90()),
                ("usual_person_percent", words.usual()),
                ("promises_made", words.promised()),
                ("promises_kept_percent", words.kept()),
            ]);
            columns
        };
        match self {
            Self::Waits => vec![("up_to_seconds", words.waited()), ("calls", words.calls())],
            Self::Days => figures(vec![("day", words.day())]),
            Self::Week => figures(vec![("weekday", words.day()), ("hour", words.hour())]),
            Self::Hours => figures(vec![("hour", words.hour())]),
            Self::People => vec![
                ("person", words.person()),
                ("promises_made", words.promised()),
                ("promises_kept", words.in_time()),
                ("promises_broken", words.broken()),
                ("promises_open", words.open()),
                ("promises_overdue", words.overdue()),
                ("promises_kept_percent", words.kept()),
                ("usual_person_percent", words.usual()),
                ("rung", words.rung()),
                ("took", words.took()),
                ("median_seconds", words.median()),
                ("p90_seconds", words.p90()),
            ],
        }
    }

    fn rows(self, told: &Told) -> Vec<Vec<Cell>> {
        let overview = &told.overview;
        match self {
            Self::Waits => waits(&overview.all.spread()),
            Self::Days => {
                let none = Tally::default();
                let of = |day| overview.days.get(&day).unwrap_or(&none);
                told.period.days().map(|day| figures(vec![Cell::Day(day)], of(day))).collect()
            }
            Self::Week => overview.week.iter().map(|(at, tally)| figures(hour_of_week(*at), tally)).collect(),
            Self::Hours => overview.hours.iter().map(|(hour, tally)| figures(vec![Cell::Hour(*hour)], tally)).collect(),
            Self::People => people(told),
        }
    }

    /// For the page. The first column heads its row.
    pub(super) fn table(self, told: &Told, language: Language) -> Markup {
        let words = ReportWords(language);
        html! {
            div .table tabindex="0" role="region" aria-label=(self.title(words)) {
                table {
                    caption { (self.title(words)) }
                    thead { tr {
                        @for (place, (_, title)) in self.columns(words).iter().enumerate() {
                            th scope="col" .number[place > 0] { (title) }
                        }
                    } }
                    tbody {
                        @for row in self.rows(told) { tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 { th scope="row" { (cell.read(language)) } }
                                @else { td .number { (cell.read(language)) } }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// For a spreadsheet, or a program: the same names and plain numbers in every language.
    pub(super) fn csv(self, told: &Told) -> Result<String, Problem> {
        let unwritable = |error: csv::Error| Problem::Wrong(error.to_string());
        let mut writer = csv::Writer::from_writer(Vec::new());
        let columns = self.columns(ReportWords(Language::English));
        writer.write_record(columns.iter().map(|(name, _)| name)).map_err(unwritable)?;
        for row in self.rows(told) {
            writer.write_record(row.iter().map(Cell::plain)).map_err(unwritable)?;
        }
        let bytes = writer.into_inner().map_err(|error| unwritable(error.into_error().into()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn figures(mut cells: Vec<Cell>, tally: &Tally) -> Vec<Cell> {
    let Report { calls, reached, wait, usual, promises, .. } = tally.report();
    cells.extend([
        Cell::Count(calls.all()),
        Cell::Percent(reached),
        Cell::Seconds(wait.median),
        Cell::Seconds(wait.p90),
        Cell::Percent(usual),
        Cell::Count(promises.made),
        Cell::Percent(promises.kept_share()),
    ]);
    cells
}

fn waits(spread: &Spread) -> Vec<Vec<Cell>> {
    let steps = spread.upto().map(|(end, count)| vec![Cell::Upto(Some(end)), Cell::Count(count)]);
    steps.chain([vec![Cell::Upto(None), Cell::Count(spread.longer)]]).collect()
}

fn hour_of_week(at: HourOfWeek) -> Vec<Cell> {
    let weekday = Weekday::from_monday_zero_offset(at.weekday).unwrap_or(Weekday::Monday);
    vec![Cell::Weekday(weekday), Cell::Hour(at.hour)]
}

/// Promises stand before speed, so that nobody is praised for a fast answer and a broken word.
fn people(told: &Told) -> Vec<Vec<Cell>> {
    let people = told.overview.all.report().people;
    let row = |person: crate::domain::report::Person| {
        let promises = person.promises;
        let counts = [promises.made, promises.kept, promises.broken, promises.open, promises.overdue];
        let mut cells = vec![Cell::Text(told.rota.name(&person.who).to_owned())];
        cells.extend(counts.map(Cell::Count));
        cells.extend([promises.kept_share(), person.usual].map(Cell::Percent));
        cells.extend([person.rung, person.took].map(Cell::Count));
        cells.extend([Cell::Seconds(person.wait.median), Cell::Seconds(person.wait.p90)]);
        cells
    };
    people.into_iter().map(row).collect()
}

impl Cell {
    fn read(&self, language: Language) -> String {
        let words = ReportWords(language);
        let count = |count: u32| times::number(language, count.into());
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => times::day(language, *day, *day),
            Self::Weekday(weekday) => weekday_name(language, *weekday).to_owned(),
            Self::Hour(hour) => format!("{hour:02}:00"),
            Self::Count(number) => count(*number),
            Self::Percent(share) => share.percent().map_or_else(none, |share| percent(language, share)),
            Self::Seconds(seconds) => seconds.map_or_else(none, |seconds| format!("{} s", count(seconds))),
            Self::Upto(Some(end)) => words.up_to(end),
            Self::Upto(None) => words.longer_than(longest()),
        }
    }

    fn plain(&self) -> String {
        let or_empty = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
        match self {
            Self::Text(text) => guarded(text).into_owned(),
            Self::Day(day) => day.to_string(),
            Self::Weekday(weekday) => weekday_name(Language::English, *weekday).to_owned(),
            Self::Hour(hour) => hour.to_string(),
            Self::Count(number) => number.to_string(),
            Self::Percent(share) => or_empty(share.percent()),
            Self::Seconds(number) | Self::Upto(number) => or_empty(*number),
        }
    }
}

/// Where there is nothing to measure.
fn none() -> String {
    "–".to_owned()
}

/// The end of the last step of waiting.
pub(super) fn longest() -> u32 {
    Spread::default().upto().last().map_or(0, |(end, _)| end)
}

pub(super) fn weekday_name(language: Language, weekday: Weekday) -> &'static str {
    // 5 January 1970 was a Monday.
    let date = jiff::civil::date(1970, 1, 5 + weekday.to_monday_zero_offset());
    language.weekday(date)
}
