//! A TOML text in which every value knows its place, read so that all problems are found in one go.

use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Document, Item, TableLike, Value};

use super::diagnostic::{Diagnostic, Severity, Words};
use crate::domain::spelling::meant;

/// The problems found so far in one text.
#[derive(Debug)]
pub(super) struct Problems {
    file: String,
    /// What people are shown; as long as the text itself, byte for byte.
    shown: Arc<str>,
    found: Vec<Diagnostic>,
    /// Lines could not be read at all: what seems missing may only be unreadable.
    pub(super) partial: bool,
    /// One of those lines stood under `[staff]`: an unknown person may only be an unreadable one.
    pub(super) people_unsure: bool,
}

impl Problems {
    pub(super) fn new(file: &str, shown: &str) -> Self {
        Self { file: file.to_owned(), shown: shown.into(), found: Vec::new(), partial: false, people_unsure: false }
    }

    pub(super) fn error(&mut self, place: &Range<usize>, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Error, place, Words::new(what, remedy));
    }

    pub(super) fn warning(&mut self, place: &Range<usize>, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(Severity::Warning, place, Words::new(what, remedy));
    }

    pub(super) fn elsewhere(&mut self, severity: Severity, place: &str, words: Words) {
        self.found.push(Diagnostic::elsewhere(severity, place, words));
    }

    /// How many errors so far: whether a piece of the text was right shows in the difference.
    pub(super) fn errors(&self) -> usize {
        self.found.iter().filter(|one| one.severity == Severity::Error).count()
    }

    pub(super) fn has_errors(&self) -> bool {
        super::diagnostic::has_errors(&self.found)
    }

    /// The line of a place, for messages that point at a second one.
    pub(super) fn line(&self, place: &Range<usize>) -> usize {
        self.shown.get(..place.start).unwrap_or_default().matches('\n').count() + 1
    }

    /// In the order of the text.
    pub(super) fn into_found(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|one| (one.line, one.column, one.severity));
        // What lines have from the top of the file is judged again for each of them.
        self.found.dedup();
        self.found
    }

    fn add(&mut self, severity: Severity, place: &Range<usize>, words: Words) {
        self.found.push(Diagnostic::in_text(severity, &self.file, &self.shown, place.clone(), words));
    }
}

/// At most so many lines that are not TOML are reported; more means that it is another kind of file.
const UNREADABLE_LINES_MAX: usize = 20;

/// Parses a text. The parser stops at the first mistake, so a line that is wrong by itself is
/// blanked and the rest tried again. `None` if a mistake cannot be confined to a line.
pub(super) fn parse(text: &str, problems: &mut Problems) -> Option<Document<String>> {
    let mut text = text.strip_prefix('\u{feff}').map_or_else(|| text.to_owned(), |rest| format!("   {rest}"));
    for _ in 0..UNREADABLE_LINES_MAX {
        let error = match Document::parse(text.clone()) {
            Ok(document) => return Some(document),
            Err(error) => error,
        };
        let place = error.span().unwrap_or(0..0);
        let (what, remedy) = in_plain_words(error.message());
        problems.error(&place, what, remedy);
        problems.partial = true;
        let line = line_around(&text, place.start);
        let content = text.get(line.clone())?;
        let wrong_by_itself = !content.trim_start().starts_with('[') && Document::parse(content).is_err();
        // A repeated key is right by itself, and the rest of the text can be read without it.
        let repeated = error.message().contains("duplicate key");
        if content.trim().is_empty() || !(wrong_by_itself || repeated) {
            return None;
        }
        problems.people_unsure |= heading_above(&text, line.start).is_none_or(|heading| heading.contains("staff"));
        let blank = " ".repeat(line.len());
        text.replace_range(line, &blank);
    }
    None
}

fn in_plain_words(message: &str) -> (String, &'static str) {
    let remedy = if message.contains("duplicate key") {
        "keep one of the two"
    } else if message.contains("date") || message.contains("time") {
        "write dates as 2026-07-06, dates with a clock time as \"2026-07-06 13:00\""
    } else if message.contains("string") || message.contains("quot") {
        "put text between double quotes, on one line: name = \"Sam Hartley\""
    } else {
        "write one `key = value` on each line; text stands in double quotes, lists in [ ]"
    };
    (format!("this cannot be read: {message}"), remedy)
}

fn heading_above(text: &str, at: usize) -> Option<&str> {
    text.get(..at)?.lines().rev().find(|line| line.starts_with('['))
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at + newline);
    start..end.max(start)
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Spanned<T> {
    pub(super) value: T,
    pub(super) place: Range<usize>,
}

/// A table, however it was written: `[ring]`, `ring.each = 16` or `ring = { each = 16 }`.
#[derive(Clone)]
pub(super) struct Section<'d> {
    table: &'d dyn TableLike,
    /// As an admin would say it: `[ring]`.
    pub(super) name: String,
    pub(super) place: Range<usize>,
}

/// One `key = value` of a section.
#[derive(Clone, Copy)]
pub(super) struct Entry<'d> {
    pub(super) key: &'d str,
    item: &'d Item,
    key_place: (usize, usize),
}

impl<'d> Section<'d> {
    pub(super) fn root(document: &'d Document<String>) -> Self {
        Self { table: document.as_table(), name: "the file".to_owned(), place: 0..0 }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'d>> {
        let table = self.table;
        table.iter().filter_map(move |(key, _)| entry(table, key))
    }

    pub(super) fn get(&self, key: &str) -> Option<Entry<'d>> {
        entry(self.table, key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports every key that is not of `known`.
    pub(super) fn only(&self, known: &[&str], problems: &mut Problems) {
        for entry in self.entries().filter(|entry| !known.contains(&entry.key)) {
            let (what, remedy) = unknown_key(entry.key, known, &self.name);
            problems.error(&entry.key_place(), what, remedy);
        }
    }

    /// Reports that `key` is not there.
    pub(super) fn missing(&self, key: &str, example: &str, problems: &mut Problems) {
        if !problems.partial {
            problems.error(&self.place, format!("{} does not say its `{key}`", self.name), format!("add {example}"));
        }
    }

    pub(super) fn text(&self, key: &str, example: &str, problems: &mut Problems) -> Option<Spanned<&'d str>> {
        self.get(key)?.text(example, problems)
    }

    pub(super) fn required_text(&self, key: &str, example: &str, problems: &mut Problems) -> Option<Spanned<&'d str>> {
        if !self.has(key) {
            self.missing(key, example, problems);
        }
        self.text(key, example, problems)
    }

    pub(super) fn integer(&self, key: &str, example: &str, problems: &mut Problems) -> Option<Spanned<i64>> {
        let entry = self.get(key)?;
        let found = entry.item.as_integer();
        found.map(|value| entry.spanned(value)).or_else(|| entry.wrong_kind("a whole number", example, problems))
    }

    pub(super) fn flag(&self, key: &str, example: &str, problems: &mut Problems) -> Option<bool> {
        let entry = self.get(key)?;
        entry.item.as_bool().or_else(|| entry.wrong_kind("true or false", example, problems))
    }

    pub(super) fn texts(&self, key: &str, example: &str, problems: &mut Problems) -> Option<Vec<Spanned<&'d str>>> {
        self.get(key)?.texts(example, problems)
    }

    pub(super) fn section(&self, key: &str, example: &str, problems: &mut Problems) -> Option<Section<'d>> {
        self.get(key)?.section(format!("[{key}]"), example, problems)
    }

    /// `[[away]]`, or `away = [{ … }]`.
    pub(super) fn sections(&self, key: &str, problems: &mut Problems) -> Vec<Section<'d>> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let name = format!("[[{key}]]");
        if let Some(tables) = entry.item.as_array_of_tables() {
            let section = |table: &'d toml_edit::Table| Section {
                table,
                name: name.clone(),
                place: table.span().unwrap_or_else(|| entry.key_place()),
            };
            return tables.iter().map(section).collect();
        }
        let inline = |value: &'d Value| {
            let table = value.as_inline_table()?;
            Some(Section { table, name: name.clone(), place: value.span()? })
        };
        let found: Option<Vec<_>> = entry.item.as_array().and_then(|array| array.iter().map(inline).collect());
        found.unwrap_or_else(|| {
            let remedy = format!("put each one under a heading of its own: {name}");
            problems.error(&entry.key_place(), format!("`{key}` must be a list of sections"), remedy);
            Vec::new()
        })
    }
}

impl<'d> Entry<'d> {
    pub(super) fn key_place(&self) -> Range<usize> {
        self.key_place.0..self.key_place.1
    }

    pub(super) fn place(&self) -> Range<usize> {
        self.item.span().unwrap_or_else(|| self.key_place())
    }

    pub(super) fn is_text(&self) -> bool {
        self.item.is_str()
    }

    pub(super) fn text(&self, example: &str, problems: &mut Problems) -> Option<Spanned<&'d str>> {
        match self.item.as_str() {
            Some(value) => Some(self.spanned(value)),
            None => self.wrong_kind("a text in double quotes", example, problems),
        }
    }

    /// A list of texts; `None` if it is not one.
    pub(super) fn texts(&self, example: &str, problems: &mut Problems) -> Option<Vec<Spanned<&'d str>>> {
        let text = |value: &'d Value| {
            let place = value.span().unwrap_or_else(|| self.place());
            Some(Spanned { value: value.as_str()?, place })
        };
        let found = self.item.as_array().and_then(|array| array.iter().map(text).collect());
        found.or_else(|| self.wrong_kind("a list of texts", example, problems))
    }

    /// A date, or a date with a clock time, bare or in quotes, as it was written.
    pub(super) fn moment(&self, example: &str, problems: &mut Problems) -> Option<Spanned<String>> {
        if let Some(datetime) = self.item.as_datetime() {
            return Some(self.spanned(datetime.to_string()));
        }
        match self.item.as_str() {
            Some(value) => Some(self.spanned(value.to_owned())),
            None => self.wrong_kind("a date", example, problems),
        }
    }

    pub(super) fn section(&self, name: String, example: &str, problems: &mut Problems) -> Option<Section<'d>> {
        match self.item.as_table_like() {
            Some(table) => Some(Section { table, name, place: self.item.span().unwrap_or_else(|| self.key_place()) }),
            None => self.wrong_kind("a section", example, problems),
        }
    }

    fn spanned<T>(&self, value: T) -> Spanned<T> {
        Spanned { value, place: self.place() }
    }

    fn wrong_kind<T>(&self, wanted: &str, example: &str, problems: &mut Problems) -> Option<T> {
        let key = self.key;
        let is = match self.item.type_name() {
            "string" => "a text",
            "integer" | "float" => "a number",
            "boolean" => "true or false",
            "datetime" => "a date",
            "array" | "array of tables" => "a list",
            _ => "a section",
        };
        problems.error(&self.place(), format!("`{key}` must be {wanted}; this is {is}"), format!("write {example}"));
        None
    }
}

fn entry<'d>(table: &'d dyn TableLike, key: &str) -> Option<Entry<'d>> {
    let (key, item) = table.get_key_value(key)?;
    let place = key.span().or_else(|| item.span()).unwrap_or(0..0);
    Some(Entry { key: key.get(), item, key_place: (place.start, place.end) })
}

/// The words for a key that does not exist.
pub(super) fn unknown_key(key: &str, known: &[&str], section: &str) -> (String, String) {
    match meant(key, known.iter().copied()) {
        Some(meant) => (format!("unknown key `{key}`: did you mean `{meant}`?"), format!("write `{meant}`")),
        None => (format!("unknown key `{key}`"), format!("{section} knows {}", listed(known))),
    }
}

/// `a`, `b` and `c`.
pub(super) fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
