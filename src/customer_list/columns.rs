//! What separates the cells, and which column is which.

use std::io::Read;

use super::decoded::Decoded;
use super::remark::Remark;
use super::row::quoted;

/// The names of all columns, as an export writes them.
pub(super) const NAMES: [&str; 7] = ["name", "phone", "usual", "language", "note", "tags", "blocked"];

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where each column is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) name: usize,
    pub(super) phone: usize,
    pub(super) usual: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) tags: Option<usize>,
    pub(super) blocked: Option<usize>,
    pub(super) count: usize,
}

impl Columns {
    /// Answers also what to say of columns that mean nothing to us.
    pub(super) fn read(header: &csv::StringRecord) -> Result<(Self, Vec<Remark>), Remark> {
        let cells: Vec<String> = header.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let place = |name: &str| cells.iter().position(|cell| cell == name);
        if let Some(twice) = NAMES.iter().find(|name| cells.iter().filter(|cell| cell == *name).count() > 1) {
            return Err(Remark::ColumnTwice(twice));
        }
        let columns = Self {
            name: place("name").ok_or(Remark::NoColumn("name"))?,
            phone: place("phone").ok_or(Remark::NoColumn("phone"))?,
            usual: place("usual"),
            language: place("language"),
            note: place("note"),
            tags: place("tags"),
            blocked: place("blocked"),
            count: cells.len(),
        };
        let strangers = cells.iter().filter(|cell| !cell.is_empty() && !NAMES.contains(&cell.as_str()));
        let strangers = strangers.map(|cell| Remark::UnknownColumn(quoted(cell)));
        Ok((columns, strangers.collect()))
    }
}

/// Finds out the delimiter from the first line that is not empty, and passes over the `sep=;` that
/// spreadsheets write before it. Answers also how many lines were passed over.
pub(super) fn delimiter(decoded: &mut Decoded<impl Read>) -> (u8, u64) {
    let ahead = decoded.ahead();
    if let Some(rest) = ahead.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(ahead.get(4..)) {
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        if let [delimiter] = line.as_bytes() {
            let (delimiter, end) = (*delimiter, 4 + line.len());
            let ending = if ahead.get(end..).is_some_and(|rest| rest.starts_with("\r\n")) { 2 } else { 1 };
            decoded.skip(end + ending);
            return (delimiter, 1);
        }
    }
    let header = ahead.split(['\r', '\n']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let names = |delimiter: u8| {
        let cells = header.split(char::from(delimiter));
        cells.filter(|cell| NAMES.contains(&cell.trim().trim_matches('"').trim().to_lowercase().as_str())).count()
    };
    // Of equals the last one is the greatest; a comma is the likeliest.
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| names(*delimiter)).unwrap_or(b',');
    (best, 0)
}
