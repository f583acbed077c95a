//! What somebody writes of one customer, and what is wrong with it.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use super::words::CustomersWords;
use crate::customer_list::{clean, is_language, tags};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::customers::Taken;

/// As in an imported list.
const CHARACTERS_MAX: usize = 2000;
const NUMBERS_MAX: usize = 20;

/// Everything as it is written, nothing checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::console) struct Sheet {
    pub(in crate::console) name: String,
    /// In any spelling.
    pub(in crate::console) numbers: Vec<String>,
    /// As the rota file calls them; empty for nobody.
    pub(in crate::console) usual: String,
    pub(in crate::console) language: String,
    pub(in crate::console) note: String,
    pub(in crate::console) tags: String,
    pub(in crate::console) blocked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Field {
    Name,
    Numbers,
    Usual,
    Language,
    Note,
    Tags,
    Blocked,
}

/// What keeps a sheet from being saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::console) enum Fault {
    NoName,
    NoNumber,
    ManyNumbers,
    BadNumber(String),
    Taken(Box<Taken>),
    BadPerson,
    BadLanguage,
    TooLong(Field),
}

impl Fault {
    pub(super) fn field(&self) -> Field {
        match self {
            Self::NoName => Field::Name,
            Self::NoNumber | Self::ManyNumbers | Self::BadNumber(_) | Self::Taken(_) => Field::Numbers,
            Self::BadPerson => Field::Usual,
            Self::BadLanguage => Field::Language,
            Self::TooLong(field) => *field,
        }
    }

    pub(in crate::console) fn told(&self, words: CustomersWords) -> String {
        match self {
            Self::NoName => words.no_name(),
            Self::NoNumber => words.no_number(),
            Self::ManyNumbers => words.many_numbers(NUMBERS_MAX),
            Self::BadNumber(text) => words.bad_number(text),
            Self::Taken(taken) => format!("{} {}", words.taken(taken.phone.spaced()), taken.by.name),
            Self::BadPerson => words.bad_person(),
            Self::BadLanguage => words.bad_language(),
            Self::TooLong(_) => words.too_long(CHARACTERS_MAX),
        }
    }
}

impl Field {
    pub(super) fn title(self, words: CustomersWords) -> String {
        match self {
            Self::Name => words.name(),
            Self::Numbers => words.numbers(),
            Self::Usual => words.usual(),
            Self::Language => words.language(),
            Self::Note => words.note(),
            Self::Tags => words.tags(),
            Self::Blocked => words.blocked(),
        }
    }
}

/// The fields in which two customers differ.
pub(super) fn differences(one: &Customer, other: &Customer) -> Vec<Field> {
    let differ = [
        (Field::Name, one.name != other.name),
        (Field::Numbers, one.numbers != other.numbers),
        (Field::Usual, one.usual != other.usual),
        (Field::Language, one.language != other.language),
        (Field::Note, one.note != other.note),
        (Field::Tags, one.tags != other.tags),
        (Field::Blocked, one.blocked != other.blocked),
    ];
    differ.into_iter().filter(|(_, differ)| *differ).map(|(field, _)| field).collect()
}

/// For the audit log and for programs.
pub(in crate::console) fn as_json(customer: &Customer) -> Value {
    json!({
        "name": customer.name,
        "numbers": customer.numbers,
        "usual": customer.usual.as_ref().map(StaffId::as_str),
        "language": customer.language,
        "note": customer.note,
        "tags": customer.tags,
        "blocked": customer.blocked,
    })
}

/// Another one for everything that somebody could have changed.
pub(in crate::console) fn fingerprint(customer: &Customer) -> String {
    let digest = digest(&SHA256, as_json(customer).to_string().as_bytes());
    HEXLOWER.encode(digest.as_ref().get(..8).unwrap_or_default())
}

impl Sheet {
    /// As it is known.
    pub(in crate::console) fn of(customer: &Customer) -> Self {
        Self {
            name: customer.name.clone(),
            numbers: customer.numbers.iter().map(|phone| phone.spaced()).collect(),
            usual: customer.usual.as_ref().map_or_else(String::new, |usual| usual.as_str().to_owned()),
            language: customer.language.clone().unwrap_or_default(),
            note: customer.note.clone().unwrap_or_default(),
            tags: customer.tags.join(", "),
            blocked: customer.blocked,
        }
    }

    /// The customer that this says, over what is known. A number or person that they have already stays, whatever
    /// has become of it.
    pub(super) fn over(&self, before: Option<&Customer>, rota: &Rota) -> Result<Customer, Vec<Fault>> {
        let mut faults = Vec::new();
        let texts = [
            (Field::Name, &self.name),
            (Field::Note, &self.note),
            (Field::Tags, &self.tags),
            (Field::Language, &self.language),
        ];
        let long = texts.into_iter().filter(|(_, text)| text.chars().count() > CHARACTERS_MAX);
        faults.extend(long.map(|(field, _)| Fault::TooLong(field)));
        let name = clean(&self.name);
        if name.is_empty() {
            faults.push(Fault::NoName);
        }
        let numbers = self.phones(before, rota, &mut faults);
        let usual = Some(self.usual.trim()).filter(|usual| !usual.is_empty()).map(StaffId::new);
        let kept = before.is_some_and(|before| before.usual == usual);
        if !kept && usual.as_ref().is_some_and(|usual| rota.staff.get(usual.as_str()).is_none()) {
            faults.push(Fault::BadPerson);
        }
        let language = Some(clean(&self.language)).filter(|language| !language.is_empty());
        if language.as_ref().is_some_and(|language| !is_language(language)) {
            faults.push(Fault::BadLanguage);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Customer {
            id: before.map_or(CustomerId(0), |before| before.id),
            name,
            numbers,
            usual,
            language,
            note: Some(clean(&self.note)).filter(|note| !note.is_empty()),
            tags: tags(&clean(&self.tags)),
            blocked: self.blocked,
            recent: before.map(|before| before.recent.clone()).unwrap_or_default(),
            asked: before.map(|before| before.asked.clone()).unwrap_or_default(),
        })
    }

    fn phones(&self, before: Option<&Customer>, rota: &Rota, faults: &mut Vec<Fault>) -> Vec<Phone> {
        let known = before.map(|before| before.numbers.as_slice()).unwrap_or_default();
        let mut phones: Vec<Phone> = Vec::new();
        for text in self.numbers.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let same = known.iter().find(|phone| phone.spaced() == text).copied();
            match same.or_else(|| Phone::parse(text, rota.country).ok().map(|written| written.phone)) {
                Some(phone) if !phones.contains(&phone) => phones.push(phone),
                Some(_) => {}
                None => faults.push(Fault::BadNumber(text.chars().take(40).collect())),
            }
        }
        if phones.is_empty() && !faults.iter().any(|fault| matches!(fault, Fault::BadNumber(_))) {
            faults.push(Fault::NoNumber);
        }
        if phones.len() > NUMBERS_MAX {
            faults.push(Fault::ManyNumbers);
        }
        phones
    }
}
