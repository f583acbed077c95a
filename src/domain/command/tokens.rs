//! A text cut into words, numbers and marks, with accents and capitals taken off, and names of staff recognised.

use crate::domain::spelling::meant;
use crate::domain::staff::{Roster, Staff, StaffId};

/// More words than any command has. What comes after is not read.
const WORDS_MAX: usize = 40;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The word is, or may be, somebody's name.
    pub(super) name: Option<Name>,
    /// As it was written, with what it was written together with.
    pub(super) written: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters only, small and without accents.
    Word(String),
    /// At most nine digits; more is no number that anybody means.
    Number { value: u32, digits: usize },
    /// One of `: . / -`.
    Mark(char),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name {
    One(StaffId),
    /// A first name that several have.
    Several(Vec<StaffId>),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } | Kind::Mark(_) => None,
        }
    }

    pub(super) fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            Kind::Word(_) | Kind::Mark(_) => None,
        }
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

pub(super) fn tokens(text: &str, roster: &Roster) -> Vec<Token> {
    let chunks: Vec<(&str, String)> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '!' | '?' | '(' | ')' | '"' | '#' | '=' | '*'))
        .filter(|chunk| !chunk.is_empty())
        .take(WORDS_MAX)
        .map(|chunk| (chunk, folded(chunk)))
        .collect();
    let mut tokens = Vec::new();
    let mut rest = chunks.as_slice();
    while let Some(((written, chunk), after)) = rest.split_first() {
        rest = after;
        if let Some(((next, next_chunk), beyond)) = after.split_first()
            && let Some(name) = full_name(&format!("{}{}", key(chunk), key(next_chunk)), roster)
        {
            let kind = Kind::Word(key(chunk));
            tokens.push(Token { kind, name: Some(name), written: format!("{written} {next}") });
            rest = beyond;
            continue;
        }
        match name(&key(chunk), roster) {
            Some(name) => {
                tokens.push(Token { kind: Kind::Word(key(chunk)), name: Some(name), written: (*written).to_owned() });
            }
            None => cut(chunk, written, &mut tokens),
        }
    }
    tokens
}

/// The person whose name was probably meant by a word that is nothing else.
pub(super) fn nearly_name(word: &str, roster: &Roster) -> Option<Name> {
    let begun: Vec<StaffId> = (roster.iter())
        .filter(|person| word.len() >= 3 && names_of(person).any(|name| name.starts_with(word)))
        .map(|person| person.id.clone())
        .collect();
    if !begun.is_empty() {
        return Some(one_or_several(begun));
    }
    let names: Vec<String> = roster.iter().flat_map(names_of).filter(|name| name.len() >= 3).collect();
    let meant = meant(word, names.iter().map(String::as_str))?;
    name(meant, roster)
}

fn cut(chunk: &str, written: &str, into: &mut Vec<Token>) {
    let mut push = |kind| into.push(Token { kind, name: None, written: written.to_owned() });
    let mut rest = chunk;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() { c.is_ascii_digit() } else { first.is_alphabetic() && c.is_alphabetic() }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        match first {
            '0'..='9' => {
                // Far more than any number in use, so that it is found to be none.
                let value = piece.parse().ok().filter(|_| piece.len() <= 9).unwrap_or(u32::MAX);
                push(Kind::Number { value, digits: piece.len() });
            }
            ':' | '.' | '/' | '-' => push(Kind::Mark(first)),
            _ if first.is_alphabetic() => push(Kind::Word(piece.to_owned())),
            _ => {}
        }
    }
}

/// In small letters, without accents and apostrophes.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => folded.push('e'),
            'ì'..='ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'š' | 'ś' => folded.push('s'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            '–' | '—' => folded.push('-'),
            '\'' | '’' | '‘' | '`' | '´' | '\u{300}'..='\u{36f}' => {}
            c => folded.push(c),
        }
    }
    // a.m. and p.m. are words.
    folded.replace("a.m", "am").replace("p.m", "pm")
}

fn key(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Short name, first name, last name, without a `van` or `de` before it: as [`key`].
fn names_of(person: &Staff) -> impl Iterator<Item = String> {
    let names = person.name.split_whitespace().filter(|name| !name.starts_with(char::is_lowercase));
    std::iter::once(person.id.as_str()).chain(names).map(|name| key(&folded(name)))
}

fn full_name(wanted: &str, roster: &Roster) -> Option<Name> {
    let found = roster.iter().filter(|person| person.name.contains(' ') && key(&folded(&person.name)) == wanted);
    let found: Vec<StaffId> = found.map(|person| person.id.clone()).collect();
    (!found.is_empty()).then(|| one_or_several(found))
}

fn name(wanted: &str, roster: &Roster) -> Option<Name> {
    if wanted.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    if let Some(person) = roster.iter().find(|person| key(&folded(person.id.as_str())) == wanted) {
        return Some(Name::One(person.id.clone()));
    }
    let found = roster.iter().filter(|person| names_of(person).any(|name| name == wanted));
    let found: Vec<StaffId> = found.map(|person| person.id.clone()).collect();
    (!found.is_empty()).then(|| one_or_several(found))
}

fn one_or_several(mut people: Vec<StaffId>) -> Name {
    match people.pop() {
        Some(person) if people.is_empty() => Name::One(person),
        last => {
            people.extend(last);
            Name::Several(people)
        }
    }
}
