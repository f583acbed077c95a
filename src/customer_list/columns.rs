//! What separates the cells, and which column is which.

use std::io::Read;

use super::decoded::Decoded;
use super::remark::Remark;
use super::row::quoted;

/// The names of all columns, as an export writes them.
pub(super) const NAMES: [&str; 7] = ["name", "phone", "usual", "language", "note", "tags", "blocked"];

/// How people call each column, in the languages of the console; in the order of [`NAMES`], small letters.
#[rustfmt::skip]
const WORDS: [&[&str]; 7] = [
    &["name", "customer", "naam", "klant", "kunde", "kundenname", "nom", "client", "nombre", "cliente"],
    &["phone", "telephone", "phone number", "number", "mobile", "telefoon", "telefoonnummer", "nummer", "mobiel",
      "telefon", "telefonnummer", "rufnummer", "handy", "mobil", "téléphone", "numéro", "portable", "teléfono",
      "telefono", "número", "numero", "móvil", "movil"],
    &["usual", "usual person", "vaste persoon", "stammperson", "personne habituelle", "persona habitual"],
    &["language", "taal", "sprache", "langue", "idioma"],
    &["note", "notes", "notitie", "opmerking", "notiz", "bemerkung", "remarque", "nota", "observaciones"],
    &["tags", "labels", "schlagwörter", "étiquettes", "etiquetas"],
    &["blocked", "geblokkeerd", "gesperrt", "bloqué", "bloqueado"],
];

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Where each column is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) name: usize,
    /// At least one: `Telephone;Mobile`.
    pub(super) phones: Vec<usize>,
    pub(super) usual: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) tags: Option<usize>,
    pub(super) blocked: Option<usize>,
    pub(super) count: usize,
}

/// Each column as an export calls it, with the words by which it is known.
pub fn column_words() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    NAMES.into_iter().zip(WORDS)
}

/// Of the column that is called so.
fn name_of(cell: &str) -> Option<&'static str> {
    column_words().find(|(_, words)| words.contains(&cell)).map(|(name, _)| name)
}

impl Columns {
    /// Answers also what to say of columns that mean nothing to us.
    pub(super) fn read(header: &csv::StringRecord) -> Result<(Self, Vec<Remark>), Remark> {
        let cells: Vec<String> = header.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let known = cells.iter().filter(|cell| name_of(cell).is_some());
        if let Some(twice) = known.clone().find(|cell| known.clone().filter(|other| other == cell).count() > 1) {
            return Err(Remark::ColumnTwice(twice.clone()));
        }
        let places = |name: &str| -> Vec<usize> {
            cells.iter().enumerate().filter(|(_, cell)| name_of(cell) == Some(name)).map(|(place, _)| place).collect()
        };
        let place = |name: &str| places(name).first().copied();
        let columns = Self {
            name: place("name").ok_or(Remark::NoColumn("name"))?,
            phones: Some(places("phone")).filter(|places| !places.is_empty()).ok_or(Remark::NoColumn("phone"))?,
            usual: place("usual"),
            language: place("language"),
            note: place("note"),
            tags: place("tags"),
            blocked: place("blocked"),
            count: cells.len(),
        };
        let strangers = cells.iter().enumerate().filter(|(place, cell)| !cell.is_empty() && !columns.has(*place));
        let strangers = strangers.map(|(_, cell)| Remark::UnknownColumn(quoted(cell))).collect();
        Ok((columns, strangers))
    }

    fn has(&self, place: usize) -> bool {
        let optional = [self.usual, self.language, self.note, self.tags, self.blocked];
        self.name == place || self.phones.contains(&place) || optional.contains(&Some(place))
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
        cells.filter(|cell| name_of(&cell.trim().trim_matches('"').trim().to_lowercase()).is_some()).count()
    };
    // Of equals the last one is the greatest; a comma is the likeliest.
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| names(*delimiter)).unwrap_or(b',');
    (best, 0)
}
