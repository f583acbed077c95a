//! `[staff]`: the people who answer.

use std::collections::HashMap;
use std::ops::Range;

use super::Known;
use super::phrases;
use crate::config::document::{Entry, Problems, Section, Spanned};
use crate::domain::phone::{Kind, NotAPhone, Phone};
use crate::domain::spelling::meant;
use crate::domain::staff::{Accept, Reach, Roster, Shows, Staff, StaffId};

const EXAMPLE: &str = "sam = { name = \"Sam Hartley\", phone = \"+447700900101\" }";
const KEYS: &[&str] = &["name", "phone", "says", "languages", "not_between", "accept", "shows"];

/// `[staff]` itself, with at least one entry.
pub(super) fn section<'d>(root: &Section<'d>, problems: &mut Problems) -> Option<Section<'d>> {
    let section = root.section("staff", EXAMPLE, problems);
    let empty = section.as_ref().is_none_or(|section| section.entries().next().is_none());
    if empty && !problems.partial && (section.is_some() || !root.has("staff")) {
        let place = section.as_ref().map_or(0..0, |section| section.place.clone());
        problems.error(&place, "nobody is there to answer", format!("under [staff] write {EXAMPLE}"));
    }
    section.filter(|_| !empty)
}

/// What one entry may not have in common with another. Looked up, not searched: a file of twenty
/// thousand people is read in no time too.
#[derive(Default)]
struct Taken<'d> {
    /// Short names in lower case.
    names: HashMap<String, &'d str>,
    phones: HashMap<Reach, &'d str>,
}

/// `None` if somebody's entry has an error.
pub(super) fn roster(
    section: &Section<'_>,
    known: &Known<'_>,
    lines: &[Phone],
    problems: &mut Problems,
) -> Option<Roster> {
    let mut taken = Taken::default();
    let mut doubtful: Vec<Spanned<&str>> = Vec::new();
    let mut people = Vec::new();
    let mut complete = true;
    for entry in section.entries() {
        complete &= well_named(&entry, &mut taken, problems);
        match person(&entry, known, problems) {
            Some((person, number, valid)) => {
                refuse_own_line(&person, &number, lines, problems);
                warn_of_shared(&person, entry.key, &number, &mut taken, problems);
                if !valid {
                    doubtful.push(number);
                }
                people.push(person);
            }
            None => complete = false,
        }
    }
    warn_of_doubtful(&doubtful, problems);
    complete.then(|| Roster::new(people))
}

/// Names are typed in texts from a phone, where `Ana` and `ana` are the same.
fn well_named<'d>(entry: &Entry<'d>, taken: &mut Taken<'d>, problems: &mut Problems) -> bool {
    let key = entry.key;
    if key.is_empty() || !key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
        let remedy = "use a short name of letters and digits: sam; the full name goes into `name`";
        problems.error(&entry.key_place(), format!("`{key}` cannot be a short name"), remedy);
        return false;
    }
    let twin = *taken.names.entry(key.to_lowercase()).or_insert(key);
    if twin != key {
        let what = format!("`{key}` and `{twin}` are the same short name");
        problems.error(&entry.key_place(), what, "give one of them another short name");
    }
    twin == key
}

/// The person, the place of the number, and whether the numbering plan knows it.
fn person<'d>(
    entry: &Entry<'d>,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<(Staff, Spanned<&'d str>, bool)> {
    let key = entry.key;
    let section = entry.section(format!("`{key}`"), EXAMPLE, problems)?;
    section.only(KEYS, problems);
    let name = section.required_text("name", "name = \"Sam Hartley\"", problems);
    let number = section.required_text("phone", "phone = \"+447700900101\"", problems);
    let says = section.text("says", "says = \"PREE-ya NY-er\"", problems);
    let languages = languages(&section, problems);
    let accept = choice(&section, "accept", &[("key", Accept::Key), ("answer", Accept::Answer)], problems);
    let shows = choice(&section, "shows", &[("business", Shows::Business), ("customer", Shows::Customer)], problems);
    let not_between = match section.text("not_between", "not_between = \"22:00-07:00\"", problems) {
        Some(text) => Some(phrases::span(&text, problems)?),
        None => None,
    };
    let number = number?;
    let (reach, valid) = reach(&number, known, problems)?;
    if let (Reach::Phone(phone), Some(Accept::Answer)) = (&reach, accept)
        && !matches!(phone.kind(), Kind::Landline | Kind::Costly)
    {
        let what = format!("if the voicemail of `{key}` answers, callers talk to a machine");
        let remedy = "write accept = \"key\" unless this phone surely has no voicemail";
        problems.warning(&number.place, what, remedy);
    }
    let person = Staff {
        id: StaffId::new(key),
        name: name?.value.to_owned(),
        reach,
        accept: accept.unwrap_or(Accept::Key),
        shows: shows.unwrap_or(Shows::Business),
        says: says.map(|says| says.value.to_owned()),
        languages,
        not_between,
    };
    Some((person, number, valid))
}

fn languages(section: &Section<'_>, problems: &mut Problems) -> Vec<String> {
    let tags = section.texts("languages", "languages = [\"en\", \"cy\"]", problems).unwrap_or_default();
    for tag in tags.iter().filter(|tag| !is_language_tag(tag.value)) {
        let what = format!("`{}` is not a language", tag.value);
        problems.error(&tag.place, what, "write its code: \"en\", \"cy\", \"pt-BR\"");
    }
    tags.iter().map(|tag| tag.value.to_owned()).collect()
}

/// Whether it has the shape of a BCP 47 tag.
pub(super) fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// One of a few words; `None` also after an error.
pub(super) fn choice<T: Copy>(
    section: &Section<'_>,
    key: &str,
    words: &[(&str, T)],
    problems: &mut Problems,
) -> Option<T> {
    let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let all = known.iter().map(|word| format!("{key} = \"{word}\"")).collect::<Vec<_>>().join(" or ");
    let text = section.text(key, &all, problems)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
        return Some(*value);
    }
    let hint = meant(text.value, known).map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
    problems.error(&text.place, format!("`{key}` cannot be `{}`{hint}", text.value), format!("write {all}"));
    None
}

fn reach(number: &Spanned<&str>, known: &Known<'_>, problems: &mut Problems) -> Option<(Reach, bool)> {
    let text = number.value.trim();
    if text.starts_with("sip:") || text.starts_with("sips:") {
        let address = text.split_once(':').map_or("", |(_, address)| address);
        let whole = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
        if whole && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c)) {
            return Some((Reach::Sip(text.to_owned()), true));
        }
        let remedy = "write sip:name@host: \"sip:desk@pbx.example.com\"";
        problems.error(&number.place, format!("`{text}` is not a SIP address"), remedy);
        return None;
    }
    phone(number, known, problems).map(|(phone, valid)| (Reach::Phone(phone), valid))
}

/// A number and whether the numbering plan knows it.
pub(super) fn phone(number: &Spanned<&str>, known: &Known<'_>, problems: &mut Problems) -> Option<(Phone, bool)> {
    match Phone::parse(number.value, known.country) {
        Ok(written) => Some((written.phone, written.valid)),
        Err(NotAPhone::NoCountry) if known.country_unsure => None,
        Err(why) => {
            let remedy = match why {
                NotAPhone::NoCountry => "begin with + and the country code, or add country = \"GB\" at the top",
                NotAPhone::TooShort | NotAPhone::TooLong | NotAPhone::Malformed => {
                    "write the whole number with + and the country code: \"+447700900101\""
                }
            };
            problems.error(&number.place, format!("`{}` cannot be rung: {why}", number.value), remedy);
            None
        }
    }
}

fn refuse_own_line(person: &Staff, number: &Spanned<&str>, lines: &[Phone], problems: &mut Problems) {
    if let Reach::Phone(phone) = &person.reach
        && lines.contains(phone)
    {
        let what = format!("`{}` has a number of [lines]: the business would ring itself", person.id);
        problems.error(&number.place, what, "write the person's own number");
    }
}

fn warn_of_shared<'d>(
    person: &Staff,
    key: &'d str,
    number: &Spanned<&str>,
    taken: &mut Taken<'d>,
    problems: &mut Problems,
) {
    let other = *taken.phones.entry(person.reach.clone()).or_insert(key);
    if other != key {
        let what = format!("`{}` and `{other}` have the same number: one phone rings for both", person.id);
        problems.warning(&number.place, what, "give each their own, unless they do share a phone");
    }
}

/// One warning for all of them: an example business has nothing but fictional numbers.
pub(super) fn warn_of_doubtful(doubtful: &[Spanned<&str>], problems: &mut Problems) {
    let Some(first) = doubtful.first() else { return };
    let place: Range<usize> = first.place.clone();
    let what = match doubtful.len() {
        1 => format!("no numbering plan knows `{}`", first.value),
        2 => format!("no numbering plan knows `{}` and one other number here", first.value),
        many => format!("no numbering plan knows `{}` and {} other numbers here", first.value, many - 1),
    };
    problems.warning(&place, what, "check the digits; new and fictional numbers look like this too");
}
