//! All customers as CSV.

use std::io::Write;

use super::columns::NAMES;
use super::guard::guarded;
use crate::domain::caller::{Customer, CustomerId};
use crate::store::{Store, StoreError, customers};

/// Customers read at a time.
const PAGE: u32 = 5000;

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("the list cannot be written: {0}")]
    Unwritable(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes all customers, in UTF-8 with commas. Answers how many. Importing the file changes nothing.
pub fn export(store: &mut Store, out: impl Write) -> Result<u64, ExportError> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(NAMES).map_err(unwritable)?;
    let (mut after, mut count) = (CustomerId(0), 0);
    loop {
        let page = store.read(|tx| customers::page(tx, after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for customer in &page {
            write_row(&mut writer, customer).map_err(unwritable)?;
            count += 1;
        }
    }
    writer.flush()?;
    Ok(count)
}

fn write_row(writer: &mut csv::Writer<impl Write>, customer: &Customer) -> csv::Result<()> {
    let numbers: Vec<String> = customer.numbers.iter().map(ToString::to_string).collect();
    let tags = customer.tags.join("; ");
    // Numbers begin with `+` and stay as they are: a list of them is no formula either.
    writer.write_field(guarded(&customer.name).as_ref())?;
    writer.write_field(numbers.join("; "))?;
    writer.write_field(guarded(customer.usual.as_ref().map_or("", |usual| usual.as_str())).as_ref())?;
    writer.write_field(guarded(customer.language.as_deref().unwrap_or_default()).as_ref())?;
    writer.write_field(guarded(customer.note.as_deref().unwrap_or_default()).as_ref())?;
    writer.write_field(guarded(&tags).as_ref())?;
    writer.write_field(if customer.blocked { "yes" } else { "" })?;
    writer.write_record(None::<&[u8]>)
}

fn unwritable(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ExportError::Unwritable(error),
        other => ExportError::Unwritable(std::io::Error::other(format!("{other:?}"))),
    }
}
