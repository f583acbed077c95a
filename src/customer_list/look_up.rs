//! Looks customers up in a list that is not in the store yet.

use std::io::Read;

use super::columns::{Columns, delimiter};
use super::decoded::Decoded;
use super::{ImportError, Settings, read_record, row};
use crate::domain::caller::{Customer, CustomerId};
use crate::store::customers::Details;

/// The customers whom `wanted` means, as an import would take them in; they have no id of their own
/// yet. Rows that an import would refuse are passed over.
pub fn look_up(
    file: impl Read,
    settings: &Settings<'_>,
    wanted: impl Fn(&Customer) -> bool,
) -> Result<Vec<Customer>, ImportError> {
    let mut decoded = Decoded::new(file)?;
    let (delimiter, _) = delimiter(&mut decoded);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(decoded);
    let mut record = csv::StringRecord::new();
    let mut found = Vec::new();
    if !read_record(&mut reader, &mut record)? {
        return Ok(found);
    }
    let (columns, _) = Columns::read(&record).map_err(|reason| ImportError::Header { line: 1, reason })?;
    while read_record(&mut reader, &mut record)? {
        let rows = row::read(&columns, &record, settings).into_iter();
        found.extend(rows.map(|(details, _)| customer(details)).filter(|customer| wanted(customer)));
    }
    Ok(found)
}

fn customer(details: Details) -> Customer {
    Customer {
        id: CustomerId(0),
        name: details.name,
        numbers: details.numbers,
        usual: details.usual.flatten(),
        language: details.language.flatten(),
        note: details.note.flatten(),
        tags: details.tags.unwrap_or_default(),
        blocked: details.blocked.flatten().unwrap_or_default(),
        recent: Vec::new(),
        asked: Vec::new(),
    }
}
