//! Reads the admin's rota file into [`Rota`], or says everything that is wrong with it.

mod absence;
mod checks;
mod expect;
mod holiday;
mod hours;
mod letter;
mod line;
mod phrases;
mod rotation;
mod staff;
mod words;

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::diagnostic::Diagnostic;
use super::document::{self, Problems, Section, Spanned};
use crate::domain::caller::Customer;
use crate::domain::phone::Country;
use crate::domain::rota::{ExpectedCaller, Rota};
use crate::domain::spelling::meant;
use crate::domain::staff::StaffId;

/// A rota that may go live.
#[derive(Clone, Debug)]
pub struct Read {
    pub rota: Rota,
    pub warnings: Vec<Diagnostic>,
}

/// Finds the customer whom an `[[expect]]` names.
pub type Customers<'a> = &'a dyn Fn(&ExpectedCaller) -> Option<Customer>;

/// Reads a rota file. `file` is its name in messages. What is past, and who rings next week, is judged
/// from `now`.
///
/// With `customers`, expectations are checked for the customers they name. Without, numbers are taken
/// for strangers' and an expectation that names a customer is left unchecked.
///
/// # Errors
/// Everything that is wrong, warnings included, in the order of the file.
pub fn read(file: &str, text: &str, now: Timestamp, customers: Option<Customers<'_>>) -> Result<Read, Vec<Diagnostic>> {
    let mut problems = Problems::new(file, text);
    let rota = document::parse(text, &mut problems).and_then(|document| {
        let (rota, places) = rota(&Section::root(&document), now, &mut problems)?;
        if !problems.has_errors() {
            checks::check(&rota, &places, now, customers, &mut problems);
        }
        Some(rota)
    });
    match rota {
        Some(rota) if !problems.has_errors() => Ok(Read { rota, warnings: problems.into_found() }),
        _ => Err(problems.into_found()),
    }
}

/// A rota file as far as it can be understood, whatever else is wrong with it. For a start with a file
/// that would be refused, when there is no last good one: the phone must ring somebody.
pub fn salvage(text: &str, now: Timestamp) -> Option<Rota> {
    let mut unheard = Problems::new("", text);
    let document = document::parse(text, &mut unheard)?;
    rota(&Section::root(&document), now, &mut unheard).map(|(rota, _)| rota)
}

/// Where in the text the parts of the rota stand, for what can only be judged of the whole.
#[derive(Debug)]
struct Places {
    /// As [`Rota::lines`].
    lines: Vec<Range<usize>>,
    /// As [`Rota::expectations`]: the `rings` of each.
    expectations: Vec<Range<usize>>,
    /// As [`Rota::swaps`].
    swaps: Vec<Range<usize>>,
}

/// What every section needs to know of the rest of the file.
struct Known<'d> {
    /// Everybody of `[staff]`, also those whose entry has a mistake.
    people: Vec<&'d str>,
    country: Option<Country>,
    /// A country is given but could not be read, so local numbers cannot be judged.
    country_unsure: bool,
    today: Date,
}

impl Known<'_> {
    /// The person of this name; reports a name that nobody has.
    fn person(&self, name: &Spanned<&str>, problems: &mut Problems) -> Option<StaffId> {
        if self.people.contains(&name.value) {
            return Some(StaffId::new(name.value));
        }
        if problems.people_unsure {
            return None;
        }
        let word = name.value;
        let (what, remedy) = match meant(word, self.people.iter().copied()) {
            Some(meant) => (format!("unknown person `{word}`: did you mean `{meant}`?"), format!("write \"{meant}\"")),
            None => (
                format!("unknown person `{word}`"),
                format!("[staff] has {}; add `{word}` there or write one of these", document::listed(&self.people)),
            ),
        };
        problems.error(&name.place, what, remedy);
        None
    }

    /// A list of people, each once; at least one.
    fn order(&self, names: &[Spanned<&str>], place: &Range<usize>, problems: &mut Problems) -> Option<Vec<StaffId>> {
        if names.is_empty() {
            problems.error(place, "nobody is named here", "name at least one person of [staff]");
            return None;
        }
        let mut order: Vec<StaffId> = Vec::new();
        let mut complete = true;
        for name in names {
            match self.person(name, problems) {
                Some(id) if order.contains(&id) => {
                    problems.error(&name.place, format!("`{id}` is named twice"), "name everybody once");
                    complete = false;
                }
                Some(id) => order.push(id),
                None => complete = false,
            }
        }
        complete.then_some(order)
    }
}

const KEYS: &[&str] = &[
    "business", "timezone", "country", "language", "owner", "letter", "staff", "hours", "rota", "ring", "promise",
    "lines", "away", "swap", "holiday", "expect", "texts", "words",
];

/// `None` only if an error was reported.
fn rota(root: &Section<'_>, now: Timestamp, problems: &mut Problems) -> Option<(Rota, Places)> {
    root.only(KEYS, problems);
    let business = root.required_text("business", "business = \"Hartley Heating\"", problems).map(|found| found.value);
    let zone = zone(root, problems);
    let country = country(root, problems);
    let staff_section = staff::section(root, problems);
    let known = Known {
        people: staff_section.iter().flat_map(Section::entries).map(|entry| entry.key).collect(),
        country,
        country_unsure: country.is_none() && root.has("country"),
        today: now.to_zoned(zone.clone().unwrap_or(TimeZone::UTC)).date(),
    };
    let numbers = line::numbers(root, &known);
    let roster = staff_section.and_then(|section| staff::roster(&section, &known, &numbers, problems));
    let owner = owner(root, &known, problems);
    let letter = letter::letter(root, problems);
    let lines = line::lines(root, &known, problems);
    let (away, swaps) = (absence::aways(root, &known, problems), absence::swaps(root, &known, problems));
    let holidays = holiday::holidays(root, &known, problems);
    let line_ids = line::ids(root);
    let expectations = expect::expectations(root, &known, &line_ids, problems);

    let words = words::words(root, country, problems);
    let quiet = words::quiet(root, problems);

    let (lines, line_places) = lines?.into_iter().unzip();
    let (swaps, swap_places) = swaps.into_iter().unzip();
    let (expectations, expectation_places) = expectations.into_iter().unzip();
    let places = Places { lines: line_places, expectations: expectation_places, swaps: swap_places };
    let rota = Rota {
        business: business?.to_owned(),
        zone: zone?,
        country,
        owner: owner?,
        letter: letter?,
        staff: roster?,
        lines,
        away,
        swaps,
        holidays,
        expectations,
        words: words?,
        quiet,
    };
    Some((rota, places))
}

fn zone(root: &Section<'_>, problems: &mut Problems) -> Option<TimeZone> {
    let name = root.required_text("timezone", "timezone = \"Europe/London\"", problems)?;
    // Only named zones know their clock changes; jiff would also take a POSIX rule or an offset.
    let known: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    if known.iter().any(|zone| zone.eq_ignore_ascii_case(name.value))
        && let Ok(zone) = TimeZone::get(name.value)
    {
        return Some(zone);
    }
    let city_of = |zone: &str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name.value.trim()));
    let spaced = name.value.replace(' ', "_");
    let meant = known
        .iter()
        .map(String::as_str)
        .find(|zone| city_of(zone) || zone.eq_ignore_ascii_case(&spaced))
        .or_else(|| meant(name.value, known.iter().map(String::as_str)));
    let (what, remedy) = match meant {
        Some(meant) => {
            (format!("unknown time zone `{}`: did you mean `{meant}`?", name.value), format!("write \"{meant}\""))
        }
        None => (
            format!("unknown time zone `{}`", name.value),
            "write continent and city: \"Europe/London\", \"America/New_York\"".to_owned(),
        ),
    };
    problems.error(&name.place, what, remedy);
    None
}

fn country(root: &Section<'_>, problems: &mut Problems) -> Option<Country> {
    let code = root.text("country", "country = \"GB\"", problems)?;
    let country = Country::parse(code.value);
    if country.is_none() {
        let meant = match code.value.to_uppercase().as_str() {
            "UK" | "ENGLAND" | "SCOTLAND" | "WALES" => ": did you mean `GB`?",
            "USA" => ": did you mean `US`?",
            _ => "",
        };
        let remedy = "write the two letters of the country, as at the end of its web addresses: \"GB\", \"US\", \"IE\"";
        problems.error(&code.place, format!("unknown country `{}`{meant}", code.value), remedy);
    }
    country
}

/// Without an `owner`: the first of `[staff]`.
fn owner(root: &Section<'_>, known: &Known<'_>, problems: &mut Problems) -> Option<StaffId> {
    if !root.has("owner") {
        return known.people.first().map(|first| StaffId::new(first));
    }
    let name = root.text("owner", "owner = \"sam\"", problems)?;
    known.person(&name, problems)
}
