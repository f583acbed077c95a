//! The customers as a file: CSV in, as spreadsheets really write it, and CSV out.
//!
//! In: any common delimiter and encoding; columns in any order; several numbers in a cell. A bad
//! row is reported with its line and reason, and the good ones go in. Out: reads back in as the same.

mod columns;
mod decoded;
mod export;
mod guard;
mod look_up;
mod remark;
mod row;
mod rows_at;

pub use columns::column_words;
pub use export::{ExportError, export};
pub use guard::guarded;
pub use look_up::look_up;
pub use remark::Remark;
pub use row::{clean, is_language, tags};
pub use rows_at::rows_at;

use std::collections::HashMap;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::caller::Customer;
use crate::domain::phone::{Country, Phone};
use crate::domain::staff::Roster;
use crate::store::customers::{self, Beyond, Details, Fate, Met};
use crate::store::{Store, StoreError};
use columns::{Columns, delimiter};
use decoded::Decoded;

/// Rows saved in one transaction: a call that comes meanwhile waits some 20 ms at most.
const ROWS_PER_TRANSACTION: usize = 1000;

/// Rows sorted by number before they are saved. Neighbours share pages of the index, so that a
/// million customers in no order cost a fraction of the writing.
const ROWS_SORTED: usize = 40_000;

/// New customers after which they are made findable by their words. The more at once, the less is written.
const INDEXED_AT_ONCE: usize = 100_000;

/// How often a chunk is tried that another instance interferes with.
const TRIES_MAX: u32 = 10;

/// What an import needs to know of the business.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings<'a> {
    /// Whose local spelling of numbers the file may use.
    pub country: Option<Country>,
    /// Who can be somebody's usual person. Without it nobody is checked.
    pub staff: Option<&'a Roster>,
    /// As [`Details::replaces`].
    pub replaces: bool,
}

/// What an import has to tell while it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// So many bytes of the file have been dealt with.
    Progress(u64),
    /// What has become of the rows so far.
    Counted(Imported),
    Problem(Problem),
    /// In a preview: what the row of this line would do. Rows that change nothing are not told.
    Row {
        line: u64,
        does: Does,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Does {
    /// A customer of this name.
    Add(String),
    /// What is known of the customer, before and after.
    Update(Box<(Customer, Customer)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1, as editors do.
    pub line: u64,
    pub weight: Weight,
    pub reason: Remark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Worth a look; the row went in.
    Warning,
    LeftOut,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub left_out: usize,
    pub warnings: usize,
    pub beyond: Beyond,
    /// Somebody stopped it before the end. What was done stays.
    pub stopped: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// The first line does not say what the columns are.
    #[error("line {line}: {reason}")]
    Header { line: u64, reason: Remark },
    /// What was imported before stays; importing the file again goes on from there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads a customer list into the store. Customers already known by one of their numbers are
/// updated in the columns that the file has; what the file does not have stays, unless it is to replace. Commits in small pieces, so that calls are not held up.
pub fn import(
    store: &mut Store,
    file: impl Read,
    settings: &Settings<'_>,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    import_until(store, file, settings, &AtomicBool::new(false), tell)
}

/// As [`import`], until somebody sets `stop`.
pub fn import_until(
    store: &mut Store,
    file: impl Read,
    settings: &Settings<'_>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    // What an import that was interrupted left.
    customers::index_all(store)?;
    go_through(Desk::new(store, settings, stop, tell, true), file)
}

/// Tells what [`import`] would, and writes nothing.
pub fn preview(
    store: &mut Store,
    file: impl Read,
    settings: &Settings<'_>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(News),
) -> Result<Imported, ImportError> {
    go_through(Desk::new(store, settings, stop, tell, false), file)
}

fn go_through(mut desk: Desk<'_>, file: impl Read) -> Result<Imported, ImportError> {
    let mut decoded = Decoded::new(file)?;
    let (delimiter, lines_before) = delimiter(&mut decoded);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(decoded);
    let mut record = csv::StringRecord::new();
    let columns = read_record(&mut reader, &mut record)?.then(|| Columns::read(&record));
    let line = record.position().map_or(1, csv::Position::line) + lines_before;
    let header = |reason| ImportError::Header { line, reason };
    let (columns, strangers) = columns.unwrap_or(Err(Remark::EmptyList)).map_err(header)?;
    for reason in strangers {
        desk.report(line, Weight::Warning, reason);
    }
    let (mut rows, mut bytes_done) = (Vec::new(), 0);
    loop {
        let more = read_record(&mut reader, &mut record)?;
        if more {
            let line = record.position().map_or(0, csv::Position::line) + lines_before;
            rows.extend(desk.take(line, &columns, &record));
        }
        if rows.len() >= ROWS_SORTED || !more {
            let bytes_read = reader.get_ref().bytes_read();
            desk.save(&mut rows, bytes_done, bytes_read, !more)?;
            bytes_done = bytes_read;
        }
        if !more || desk.imported.stopped {
            return Ok(desk.imported);
        }
    }
}

fn read_record(
    reader: &mut csv::Reader<Decoded<impl Read>>,
    record: &mut csv::StringRecord,
) -> Result<bool, ImportError> {
    reader.read_record(record).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => ImportError::Unreadable(error),
        other => ImportError::Unreadable(std::io::Error::other(format!("{other:?}"))),
    })
}

/// One import or preview under way.
struct Desk<'a> {
    store: &'a mut Store,
    settings: &'a Settings<'a>,
    stop: &'a AtomicBool,
    tell: &'a mut dyn FnMut(News),
    /// False in a preview.
    writes: bool,
    /// On which line each number came.
    seen: HashMap<Phone, u64>,
    met: Met,
    imported: Imported,
    /// New customers who cannot be found by their words yet.
    unindexed: usize,
}

impl<'a> Desk<'a> {
    fn new(
        store: &'a mut Store,
        settings: &'a Settings<'a>,
        stop: &'a AtomicBool,
        tell: &'a mut dyn FnMut(News),
        writes: bool,
    ) -> Self {
        let (seen, met, imported) = (HashMap::new(), Met::new(), Imported::default());
        Self { store, settings, stop, tell, writes, seen, met, imported, unindexed: 0 }
    }

    /// A row that can go in.
    fn take(&mut self, line: u64, columns: &Columns, record: &csv::StringRecord) -> Option<(u64, Details)> {
        let (details, warnings) = match row::read(columns, record, self.settings) {
            Ok(read) => read,
            Err(reason) => {
                self.report(line, Weight::LeftOut, reason);
                return None;
            }
        };
        if let Some(before) = details.numbers.iter().find_map(|phone| self.seen.get(phone).copied()) {
            self.report(line, Weight::LeftOut, Remark::OnLine(before));
            return None;
        }
        self.seen.extend(details.numbers.iter().map(|phone| (*phone, line)));
        for reason in warnings {
            self.report(line, Weight::Warning, reason);
        }
        Some((line, details))
    }

    fn save(
        &mut self,
        rows: &mut Vec<(u64, Details)>,
        bytes_done: u64,
        bytes_read: u64,
        last: bool,
    ) -> Result<(), StoreError> {
        rows.sort_by_key(|(_, details)| details.numbers.first().copied());
        let (lines, details): (Vec<u64>, Vec<Details>) = rows.drain(..).unzip();
        let (mut saved, total) = (0, u64::try_from(details.len()).unwrap_or(u64::MAX));
        for (lines, details) in lines.chunks(ROWS_PER_TRANSACTION).zip(details.chunks(ROWS_PER_TRANSACTION)) {
            if self.stop.load(Ordering::Relaxed) {
                self.imported.stopped = true;
                break;
            }
            if self.writes {
                self.put(lines, details)?;
            } else {
                self.compare(lines, details)?;
            }
            saved += u64::try_from(details.len()).unwrap_or(0);
            (self.tell)(News::Counted(self.imported));
            (self.tell)(News::Progress(bytes_done + bytes_read.saturating_sub(bytes_done) * saved / total.max(1)));
        }
        if self.writes && (last || self.imported.stopped || self.unindexed >= INDEXED_AT_ONCE) {
            customers::index_all(self.store)?;
            self.unindexed = 0;
        }
        if !self.imported.stopped {
            (self.tell)(News::Progress(bytes_read));
        }
        Ok(())
    }

    fn put(&mut self, lines: &[u64], details: &[Details]) -> Result<(), StoreError> {
        let mut tries = 1;
        let changed = loop {
            match self.store.transaction(|tx| customers::put_of_list(tx, details, &mut self.met)) {
                Err(StoreError::Conflict) if tries < TRIES_MAX => tries += 1,
                result => break result?,
            }
        };
        self.store.let_others_in();
        self.imported.added += changed.added;
        self.unindexed += changed.added;
        self.imported.updated += changed.updated;
        self.imported.unchanged += changed.unchanged;
        self.imported.beyond += changed.beyond;
        for (place, refused) in changed.refused {
            self.report(lines.get(place).copied().unwrap_or(0), Weight::LeftOut, Remark::Refused(refused));
        }
        Ok(())
    }

    fn compare(&mut self, lines: &[u64], details: &[Details]) -> Result<(), StoreError> {
        let fates = self.store.read(|tx| customers::compare(tx, details, &mut self.met))?;
        for ((line, details), (fate, beyond)) in lines.iter().zip(details).zip(fates) {
            self.imported.beyond += beyond;
            let does = match fate {
                Fate::Added => {
                    self.imported.added += 1;
                    Does::Add(details.name.clone())
                }
                Fate::Updated(both) => {
                    self.imported.updated += 1;
                    Does::Update(both)
                }
                Fate::Unchanged => {
                    self.imported.unchanged += 1;
                    continue;
                }
                Fate::Refused(refused) => {
                    self.report(*line, Weight::LeftOut, Remark::Refused(refused));
                    continue;
                }
            };
            (self.tell)(News::Row { line: *line, does });
        }
        Ok(())
    }

    fn report(&mut self, line: u64, weight: Weight, reason: Remark) {
        match weight {
            Weight::Warning => self.imported.warnings += 1,
            Weight::LeftOut => self.imported.left_out += 1,
        }
        (self.tell)(News::Problem(Problem { line, weight, reason }));
    }
}
