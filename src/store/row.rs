//! Rows on their way out. A value that we never wrote names its table, column and row.

use jiff::Timestamp;

use super::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    /// A type that we never write, or text that is not UTF-8.
    Strange,
}

/// One row, read from left to right. Its first column names it in errors, so that must never be a
/// telephone number.
#[derive(Debug)]
pub(super) struct Row {
    table: &'static str,
    cells: Vec<Cell>,
    at: usize,
}

impl Row {
    pub(super) fn new(table: &'static str, cells: Vec<Cell>) -> Self {
        Self { table, cells, at: 0 }
    }

    pub(super) fn int(&mut self, column: &'static str) -> Result<i64, StoreError> {
        self.int_or_null(column)?.ok_or_else(|| self.broken(column))
    }

    pub(super) fn int_or_null(&mut self, column: &'static str) -> Result<Option<i64>, StoreError> {
        match self.next() {
            Cell::Null => Ok(None),
            Cell::Int(int) => Ok(Some(int)),
            Cell::Text(_) | Cell::Strange => Err(self.broken(column)),
        }
    }

    pub(super) fn flag(&mut self, column: &'static str) -> Result<bool, StoreError> {
        self.int(column).map(|int| int != 0)
    }

    pub(super) fn text(&mut self, column: &'static str) -> Result<String, StoreError> {
        self.text_or_null(column)?.ok_or_else(|| self.broken(column))
    }

    pub(super) fn text_or_null(&mut self, column: &'static str) -> Result<Option<String>, StoreError> {
        match self.next() {
            Cell::Null => Ok(None),
            Cell::Text(text) => Ok(Some(text)),
            Cell::Int(_) | Cell::Strange => Err(self.broken(column)),
        }
    }

    /// A text that means something else; `None` from `read` means that it does not.
    pub(super) fn parsed<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = self.text(column)?;
        read(&text).ok_or_else(|| self.broken(column))
    }

    pub(super) fn json<T: serde::de::DeserializeOwned>(&mut self, column: &'static str) -> Result<T, StoreError> {
        self.parsed(column, |text| serde_json::from_str(text).ok())
    }

    pub(super) fn instant(&mut self, column: &'static str) -> Result<Timestamp, StoreError> {
        let micros = self.int(column)?;
        Timestamp::from_microsecond(micros).map_err(|_| self.broken(column))
    }

    pub(super) fn instant_or_null(&mut self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        let micros = self.int_or_null(column)?;
        micros.map(|micros| Timestamp::from_microsecond(micros).map_err(|_| self.broken(column))).transpose()
    }

    pub(super) fn broken(&self, column: &'static str) -> StoreError {
        let row = match self.cells.first() {
            Some(Cell::Int(id)) => id.to_string(),
            Some(Cell::Text(id)) => id.clone(),
            Some(Cell::Null | Cell::Strange) | None => "?".to_owned(),
        };
        StoreError::broken(self.table, column, row)
    }

    fn next(&mut self) -> Cell {
        let at = self.at;
        self.at += 1;
        match self.cells.get_mut(at) {
            // Kept for the names in errors.
            Some(cell) if at == 0 => cell.clone(),
            Some(cell) => std::mem::replace(cell, Cell::Null),
            None => Cell::Strange,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_value_names_its_table_column_and_row() {
        let mut row = Row::new("promise", vec![Cell::Int(41), Cell::Text("soon".to_owned()), Cell::Strange]);
        assert_eq!(row.int("id"), Ok(41));
        assert_eq!(row.instant("due"), Err(StoreError::broken("promise", "due", 41)));
        assert_eq!(row.text("state"), Err(StoreError::broken("promise", "state", 41)));
        assert_eq!(row.int_or_null("beyond"), Err(StoreError::broken("promise", "beyond", 41)));
    }
}
