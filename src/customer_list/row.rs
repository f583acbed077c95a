//! One row of the file: who is meant, and what is said of them.

use super::Settings;
use super::columns::Columns;
use super::guard::unguarded;
use super::remark::{Remark, WrongNumber};
use crate::domain::phone::Phone;
use crate::domain::staff::{Roster, StaffId};
use crate::store::customers::Details;

/// Longest cell, in characters. Longer ones come from a quote that was never closed.
pub(super) const CELL_MAX: usize = 2000;

/// Most numbers of one customer.
pub(super) const NUMBERS_MAX: usize = 20;

/// What the row says and what is odd about it, or why it is left out.
pub(super) fn read(
    columns: &Columns,
    record: &csv::StringRecord,
    settings: &Settings<'_>,
) -> Result<(Details, Vec<Remark>), Remark> {
    if record.iter().skip(columns.count).any(|cell| !cell.trim().is_empty()) {
        return Err(Remark::TooManyCells { here: record.len(), columns: columns.count });
    }
    if record.iter().any(|cell| cell.len() > CELL_MAX && cell.chars().count() > CELL_MAX) {
        return Err(Remark::LongCell);
    }
    let mut warnings = Vec::new();
    if record.iter().any(|cell| cell.contains('\u{fffd}')) {
        warnings.push(Remark::Undecodable);
    }
    let cell = |place: usize| record.get(place).map_or_else(String::new, clean);
    let phones: Vec<String> = columns.phones.iter().map(|place| cell(*place)).collect();
    let numbers = numbers(&phones.join(";"), settings, &mut warnings)?;
    let name = cell(columns.name);
    if name.is_empty() {
        return Err(Remark::NoName);
    }
    let details = Details {
        name,
        numbers,
        usual: columns.usual.map(|place| usual(&cell(place), settings.staff, &mut warnings)),
        language: columns.language.map(|place| language(cell(place), &mut warnings)),
        note: columns.note.map(|place| Some(cell(place)).filter(|note| !note.is_empty())),
        tags: columns.tags.map(|place| tags(&cell(place))),
        blocked: columns.blocked.map(|place| blocked(&cell(place))).transpose()?,
        replaces: settings.replaces,
    };
    Ok((details, warnings))
}

/// Without what spreadsheets and people leave around and between the words.
pub fn clean(cell: &str) -> String {
    let cell = unguarded(cell.trim());
    let mut text = String::with_capacity(cell.len());
    for word in cell.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

fn numbers(cell: &str, settings: &Settings<'_>, warnings: &mut Vec<Remark>) -> Result<Vec<Phone>, Remark> {
    let spellings: Vec<&str> = cell.split(';').flat_map(|part| spellings(part.trim(), settings)).collect();
    if spellings.is_empty() {
        return Err(Remark::NoNumber);
    }
    if spellings.len() > NUMBERS_MAX {
        return Err(Remark::TooManyNumbers);
    }
    let (mut phones, mut wrong) = (Vec::new(), Vec::new());
    for (count, spelling) in (1..).zip(&spellings) {
        let nth = (spellings.len() > 1).then_some(count);
        if is_rounded(spelling) {
            wrong.push(WrongNumber { nth, why: None });
            continue;
        }
        match Phone::parse(spelling, settings.country) {
            Err(why) => wrong.push(WrongNumber { nth, why: Some(why) }),
            Ok(written) => {
                if !written.valid {
                    warnings.push(Remark::NotInPlan(nth));
                }
                if !phones.contains(&written.phone) {
                    phones.push(written.phone);
                }
            }
        }
    }
    if phones.is_empty() {
        return Err(Remark::WrongNumbers(wrong));
    }
    warnings.extend(wrong.into_iter().map(Remark::WrongNumber));
    Ok(phones)
}

/// A slash stands between two numbers, or, in German, between area code and number: `0208 / 12345`.
fn spellings<'a>(part: &'a str, settings: &Settings<'_>) -> Vec<&'a str> {
    let pieces: Vec<&str> = part.split('/').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let several = pieces.len() > 1 && pieces.iter().all(|piece| Phone::parse(piece, settings.country).is_ok());
    if several || Phone::parse(part, settings.country).is_err() {
        return pieces;
    }
    vec![part]
}

/// `4.47701E+11`
fn is_rounded(spelling: &str) -> bool {
    let Some((front, back)) = spelling.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b".,+".contains(&b));
    digits(front) && digits(back)
}

/// People write the short name of the rota or the whole name.
fn usual(cell: &str, staff: Option<&Roster>, warnings: &mut Vec<Remark>) -> Option<StaffId> {
    if cell.is_empty() {
        return None;
    }
    let Some(staff) = staff else { return Some(StaffId::new(cell)) };
    let same = |name: &str| name.to_lowercase() == cell.to_lowercase();
    if let Some(person) = staff.iter().find(|person| same(person.id.as_str()) || same(&person.name)) {
        return Some(person.id.clone());
    }
    warnings.push(Remark::UnknownPerson(quoted(cell)));
    Some(StaffId::new(cell))
}

fn language(cell: String, warnings: &mut Vec<Remark>) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    if is_language(&cell) {
        return Some(cell);
    }
    warnings.push(Remark::NotALanguage(quoted(&cell)));
    None
}

/// Whether a text has the shape of a BCP 47 tag: `cy`, `en-GB`.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first =
        parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    first && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// What stands in the wrong place may be a number, which no report shows, or very long.
pub(super) fn quoted(cell: &str) -> String {
    cell.chars().take(40).map(|c| if c.is_ascii_digit() { '…' } else { c }).collect()
}

/// As they stand in one cell.
pub fn tags(cell: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in cell.split([',', ';', '|']).map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

fn blocked(cell: &str) -> Result<Option<bool>, Remark> {
    match cell.to_lowercase().as_str() {
        "" => Ok(None),
        "no" | "n" | "false" | "0" | "nee" | "nein" | "non" => Ok(Some(false)),
        "yes" | "y" | "true" | "1" | "x" | "ja" | "oui" | "sí" | "si" => Ok(Some(true)),
        _ => Err(Remark::NeitherYesNorNo),
    }
}
