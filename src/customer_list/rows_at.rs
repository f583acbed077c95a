//! Some rows of a list as a list of their own, so that they can be put right and taken in.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use super::columns::delimiter;
use super::decoded::Decoded;
use super::{ImportError, read_record};

/// Writes the header and the rows at these lines as they are in the file, and after each why it is among them.
pub fn rows_at(file: impl Read, reasons: &BTreeMap<u64, String>, out: impl Write) -> Result<(), ImportError> {
    let mut decoded = Decoded::new(file)?;
    let (delimiter, lines_before) = delimiter(&mut decoded);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(decoded);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    let mut record = csv::StringRecord::new();
    let mut columns = None;
    while read_record(&mut reader, &mut record)? {
        let line = record.position().map_or(0, csv::Position::line) + lines_before;
        let (place, why) = match columns {
            None => ("line", "reason"),
            Some(_) => match reasons.get(&line) {
                Some(reason) => (&*line.to_string(), reason.as_str()),
                None => continue,
            },
        };
        // A row with cells missing still has its reason under `reason`.
        let count = *columns.get_or_insert(record.len());
        let missing = count.saturating_sub(record.len());
        let cells = record.iter().chain(std::iter::repeat_n("", missing)).chain([place, why]);
        writer.write_record(cells).map_err(|error| std::io::Error::other(format!("{:?}", error.into_kind())))?;
    }
    Ok(writer.flush()?)
}
