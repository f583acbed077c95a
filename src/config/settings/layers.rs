//! The file and the environment laid over each other, with the place every value came from.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use config::{Config, Environment, File, FileFormat, Value, ValueKind};
use toml_edit::Document;

use super::Secret;
use super::redacted::redacted;
use crate::config::diagnostic::{Diagnostic, Severity, Words};
use crate::config::document::{self, Problems, Section};
use crate::domain::spelling::meant;

/// Every key there is. Secrets can also be given as `<key>_file`.
const KEYS: &[&str] = &[
    "listen",
    "public_url",
    "rota",
    "store",
    "store_password",
    "store_password_file",
    "customers",
    "secret",
    "secret_file",
    "metrics_listen",
    "log",
    "log_format",
    "limits.answer_within_ms",
    "limits.connections",
    "providers.twilio.account_sid",
    "providers.twilio.auth_token",
    "providers.twilio.auth_token_file",
    "providers.twilio.shared_keys",
    "providers.twilio.shared_keys_file",
    "providers.twilio.api_url",
    "providers.rehearsal.enabled",
];

const PREFIX: &str = "SWITCHBOARD";

pub(super) struct Layers {
    merged: Config,
    document: Option<Document<String>>,
    /// Key to the variable that sets it.
    variables: BTreeMap<String, String>,
    problems: Problems,
}

/// Where a value came from.
#[derive(Clone, Debug)]
pub(super) enum Place {
    File(Range<usize>),
    Variable(String),
}

#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

impl Layers {
    pub(super) fn new(file: &str, text: &str, environment: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut problems = Problems::new(file, &redacted(text));
        let document = document::parse(text, &mut problems);
        if let Some(document) = &document {
            only_known(&Section::root(document), "", &mut problems);
        }
        let environment = ours(environment, &mut problems);
        let variables = environment.iter().map(|(name, _)| (key_of(name), name.clone())).collect();
        let mut merging = Config::builder();
        if let Some(document) = &document {
            merging = merging.add_source(File::from_str(document.raw(), FileFormat::Toml));
        }
        let environment = Environment::with_prefix(PREFIX)
            .prefix_separator("__")
            .separator("__")
            .source(Some(environment.into_iter().collect()));
        let merged = merging.add_source(environment).build().unwrap_or_else(|error| {
            let words = Words::new(format!("the settings cannot be put together: {error}"), "write each key once");
            problems.elsewhere(Severity::Error, file, words);
            Config::default()
        });
        Self { merged, document, variables, problems }
    }

    pub(super) fn into_problems(self) -> Vec<Diagnostic> {
        self.problems.into_found()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.variables.contains_key(key) || self.file_place(key).is_some()
    }

    pub(super) fn has_section(&self, section: &str) -> bool {
        let within = format!("{section}.");
        self.file_place(section).is_some() || self.variables.keys().any(|key| key.starts_with(&within))
    }

    pub(super) fn text(&mut self, key: &str, example: &str) -> Option<Found<String>> {
        let found = self.found(key)?;
        match found.value.kind {
            ValueKind::String(text) => Some(Found { value: text, place: found.place }),
            _ => self.wrong_kind(key, &found.place, "a text in double quotes", example),
        }
    }

    pub(super) fn number(&mut self, key: &str, allowed: RangeInclusive<u64>) -> Option<u64> {
        let found = self.found(key)?;
        let number = found.value.into_uint().ok().filter(|number| allowed.contains(number));
        if number.is_none() {
            let remedy = format!("write a number from {} to {}", allowed.start(), allowed.end());
            self.error(&found.place, format!("`{key}` cannot have this value"), remedy);
        }
        number
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let found = self.found(key)?;
        match found.value.into_bool() {
            Ok(flag) => Some(flag),
            Err(_) => self.wrong_kind(key, &found.place, "true or false", "true or false"),
        }
    }

    pub(super) fn secret(&mut self, key: &str, example: &str) -> Option<Found<Secret>> {
        self.secrets(key, example)?.into_iter().next()
    }

    /// One or several: a text, a list, in a variable parted by commas, or the lines of the file that
    /// `<key>_file` names. `None` if none is given, or after an error.
    pub(super) fn secrets(&mut self, key: &str, example: &str) -> Option<Vec<Found<Secret>>> {
        let file_key = format!("{key}_file");
        let (texts, place) = match (self.found(key), self.found(&file_key)) {
            (None, None) => return None,
            (Some(plain), None) => (self.texts(key, &plain, example)?, plain.place),
            (None, Some(file)) => (self.lines_of(&file_key, &file)?, file.place),
            (Some(plain), Some(file)) => match (&plain.place, &file.place) {
                (Place::Variable(_), Place::File(_)) => (self.texts(key, &plain, example)?, plain.place),
                (Place::File(_), Place::Variable(_)) => (self.lines_of(&file_key, &file)?, file.place),
                _ => {
                    let what = format!("`{key}` and `{file_key}` are both given");
                    self.error(&file.place, what, "keep one of the two");
                    return None;
                }
            },
        };
        let secrets: Vec<_> = texts
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| Found { value: Secret::new(text.as_str()), place: place.clone() })
            .collect();
        if secrets.is_empty() {
            self.error(&place, format!("`{key}` is empty"), format!("write {example}"));
        }
        (!secrets.is_empty()).then_some(secrets)
    }

    fn texts(&mut self, key: &str, found: &Found<Value>, example: &str) -> Option<Vec<String>> {
        let texts = match (&found.value.kind, &found.place) {
            // A password may hold a comma; tokens and keys never do.
            (ValueKind::String(text), Place::Variable(_)) if !key.contains("password") => {
                Some(text.split(',').map(|part| part.trim().to_owned()).collect())
            }
            (ValueKind::String(text), _) => Some(vec![text.clone()]),
            (ValueKind::Array(values), _) => values.iter().map(|value| value.clone().into_string().ok()).collect(),
            _ => None,
        };
        texts.or_else(|| self.wrong_kind(key, &found.place, "a text or a list of texts", example))
    }

    fn lines_of(&mut self, key: &str, found: &Found<Value>) -> Option<Vec<String>> {
        let ValueKind::String(path) = &found.value.kind else {
            return self.wrong_kind(key, &found.place, "the name of a file", &format!("{key} = \"/run/secrets/…\""));
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Some(text.lines().map(|line| line.trim().to_owned()).collect()),
            Err(error) => {
                let what = format!("the file `{path}` cannot be read: {error}");
                self.error(&found.place, what, "name a file that the server may read");
                None
            }
        }
    }

    pub(super) fn error(&mut self, place: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.report(Severity::Error, place, Words::new(what, remedy));
    }

    pub(super) fn warning(&mut self, place: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.report(Severity::Warning, place, Words::new(what, remedy));
    }

    pub(super) fn warning_at_section(&mut self, section: &str, what: &str, remedy: &str) {
        let place = self.section_place(section);
        self.warning(&place, what, remedy);
    }

    pub(super) fn missing(&mut self, section: &str, key: &str, example: &str) {
        if !self.problems.partial {
            let place = self.section_place(section);
            self.error(&place, format!("[{section}] does not say its `{key}`"), format!("add {example}"));
        }
    }

    fn report(&mut self, severity: Severity, place: &Place, words: Words) {
        match place {
            Place::File(span) if severity == Severity::Error => self.problems.error(span, words.what, words.remedy),
            Place::File(span) => self.problems.warning(span, words.what, words.remedy),
            Place::Variable(name) => {
                self.problems.elsewhere(severity, &format!("the environment: {name}"), words);
            }
        }
    }

    fn wrong_kind<T>(&mut self, key: &str, place: &Place, wanted: &str, example: &str) -> Option<T> {
        self.error(place, format!("`{key}` must be {wanted}"), format!("write {example}"));
        None
    }

    fn found(&self, key: &str) -> Option<Found<Value>> {
        let value = self.merged.get::<Value>(key).ok()?;
        let place = match self.variables.get(key) {
            Some(name) => Place::Variable(name.clone()),
            None => Place::File(self.file_place(key).unwrap_or(0..0)),
        };
        Some(Found { value, place })
    }

    /// The section's heading, or the first variable that speaks of it.
    fn section_place(&self, section: &str) -> Place {
        let within = format!("{section}.");
        let variable = self.variables.iter().find(|(key, _)| key.starts_with(&within)).map(|(_, name)| name.clone());
        match (self.file_place(section), variable) {
            (Some(place), _) => Place::File(place),
            (None, Some(name)) => Place::Variable(name),
            (None, None) => Place::File(0..0),
        }
    }

    fn file_place(&self, key: &str) -> Option<Range<usize>> {
        let mut table: &dyn toml_edit::TableLike = self.document.as_ref()?.as_table();
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            let (name, item) = table.get_key_value(part)?;
            if parts.peek().is_none() {
                return item.span().or_else(|| name.span()).or(Some(0..0));
            }
            table = item.as_table_like()?;
        }
        None
    }
}

/// Reports keys of the file that do not exist.
fn only_known(section: &Section<'_>, prefix: &str, problems: &mut Problems) {
    for entry in section.entries() {
        let key = format!("{prefix}{}", entry.key);
        let within = format!("{key}.");
        if KEYS.contains(&key.as_str()) {
            continue;
        }
        if KEYS.iter().any(|known| known.starts_with(&within)) {
            if let Some(inner) = entry.section(format!("[{key}]"), &format!("[{key}]"), problems) {
                only_known(&inner, &within, problems);
            }
            continue;
        }
        let siblings = siblings(prefix);
        let elsewhere = KEYS.iter().find(|known| known.rsplit('.').next() == Some(entry.key));
        let (what, remedy) = match elsewhere.and_then(|known| known.rsplit_once('.')) {
            Some((home, name)) => (format!("`{name}` stands in the wrong section"), format!("put it under [{home}]")),
            None => document::unknown_key(entry.key, &siblings, &section.name),
        };
        problems.error(&entry.key_place(), what, remedy);
    }
}

/// The words that may stand at one level of the file.
fn siblings(prefix: &str) -> Vec<&'static str> {
    let mut words: Vec<_> =
        KEYS.iter().filter_map(|key| key.strip_prefix(prefix)).filter_map(|rest| rest.split('.').next()).collect();
    words.dedup();
    words
}

/// Our variables that are set; reports those that mean nothing.
fn ours(environment: impl IntoIterator<Item = (String, String)>, problems: &mut Problems) -> Vec<(String, String)> {
    let mut ours: Vec<(String, String)> = environment
        .into_iter()
        .filter(|(name, value)| name.to_uppercase().starts_with("SWITCHBOARD_") && !value.is_empty())
        .collect();
    ours.sort();
    let known: Vec<String> = KEYS.iter().map(|key| variable_of(key)).collect();
    ours.retain(|(name, _)| {
        let double = name.to_uppercase().starts_with("SWITCHBOARD__");
        if double && KEYS.contains(&key_of(name).as_str()) {
            return true;
        }
        let meant = meant(name, known.iter().map(String::as_str));
        let single = known.iter().find(|known| known.replace("__", "_") == name.to_uppercase());
        let place = format!("the environment: {name}");
        match (double, single.map(String::as_str).or(meant)) {
            (true, Some(meant)) => {
                let words = Words::new(format!("unknown variable: did you mean `{meant}`?"), format!("write {meant}"));
                problems.elsewhere(Severity::Error, &place, words);
            }
            (true, None) => {
                let words =
                    Words::new("unknown variable", "the names are those of the keys in config/switchboard.toml");
                problems.elsewhere(Severity::Error, &place, words);
            }
            // Others, Kubernetes for one, make variables of our name with a single underscore.
            (false, _) => {
                if let Some(meant) = single {
                    let words = Words::new("this variable is not read", format!("write {meant}, with two underscores"));
                    problems.elsewhere(Severity::Warning, &place, words);
                }
            }
        }
        false
    });
    ours
}

fn key_of(variable: &str) -> String {
    variable.to_lowercase().split("__").skip(1).collect::<Vec<_>>().join(".")
}

fn variable_of(key: &str) -> String {
    format!("{PREFIX}__{}", key.replace('.', "__").to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_in_the_example_file_and_no_other() {
        let example = include_str!("../../../config/switchboard.toml");
        let uncommented = uncommented(example);
        let mut problems = Problems::new("x", &uncommented);
        let document = document::parse(&uncommented, &mut problems).unwrap();
        only_known(&Section::root(&document), "", &mut problems);
        assert_eq!(problems.into_found(), []);
        let layers = Layers::new("x", &uncommented, []);
        let absent: Vec<_> = KEYS.iter().filter(|key| layers.file_place(key).is_none()).collect();
        assert!(absent.is_empty(), "{absent:?}");
    }

    /// `#key = …` is a setting that is switched off, `# Words` are words.
    fn uncommented(text: &str) -> String {
        let line = |line| match str::strip_prefix(line, "#") {
            Some(setting) if !setting.starts_with([' ', '#']) => setting,
            Some(_) | None => line,
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }
}
