//! `language`, `[words]` and `[texts]`: what people hear and read, and when.

use super::phrases;
use super::staff::is_language_tag;
use crate::config::document::{Entry, Problems, Section, listed, unknown_key};
use crate::domain::phone::Country;
use crate::domain::rota::hours::{ClockTime, Span};
use crate::domain::words::{Language, Sentence, Wordbook, places_in};

const EXAMPLE: &str = "message_thanks = \"Thank you. Goodbye.\"";
const QUIET_EXAMPLE: &str = "quiet = \"21:00-08:00\" or quiet = \"none\"";
/// Nobody is woken by a text.
const QUIET: Span = Span { start: ClockTime(21 * 60), end: ClockTime(8 * 60) };

/// A caller listens to it before the tone, and a text is paid for by the 160 characters.
const SENTENCE_CHARS_MAX: usize = 480;

/// `None` after an error in `language`; a sentence that is wrong stays as shipped.
pub(super) fn words(root: &Section<'_>, country: Option<Country>, problems: &mut Problems) -> Option<Wordbook> {
    let mut book = language(root, country, problems)?;
    let Some(section) = root.section("words", "[words] with sentences below", problems) else { return Some(book) };
    for entry in section.entries() {
        match (Sentence::of_key(entry.key), spoken(entry.key)) {
            (Some(sentence), _) => change(&mut book, None, sentence, &entry, problems),
            (None, Some(language)) => of_language(&mut book, language, &entry, problems),
            (None, None) => unknown(&entry, "[words]", &Language::ALL.map(Language::code), problems),
        }
    }
    Some(book)
}

fn language(root: &Section<'_>, country: Option<Country>, problems: &mut Problems) -> Option<Wordbook> {
    let Some(entry) = root.get("language") else {
        let american = country.is_some_and(|country| country.is("US") || country.is("CA"));
        return Wordbook::new(if american { "en-US" } else { "en-GB" });
    };
    let tag = entry.text("language = \"en-GB\"", problems)?;
    let book = is_language_tag(tag.value).then(|| Wordbook::new(tag.value)).flatten();
    if book.is_none() {
        let named = Language::ALL.into_iter().find(|language| language.name().eq_ignore_ascii_case(tag.value));
        let hint = named.map_or_else(String::new, |language| format!(": did you mean `{}`?", language.code()));
        let what = format!("callers cannot be spoken to in `{}`{hint}", tag.value);
        let codes = listed(&Language::ALL.map(Language::code));
        problems.error(&tag.place, what, format!("write one of {codes}, with a country if you like: \"en-GB\""));
    }
    book
}

/// `[words.nl]`
fn of_language(book: &mut Wordbook, language: Language, entry: &Entry<'_>, problems: &mut Problems) {
    let name = format!("[words.{}]", entry.key);
    let Some(section) = entry.section(name.clone(), EXAMPLE, problems) else { return };
    for entry in section.entries() {
        match Sentence::of_key(entry.key) {
            Some(sentence) => change(book, Some(language), sentence, &entry, problems),
            None => unknown(&entry, &name, &[], problems),
        }
    }
}

/// Without a language: the business's own.
fn change(
    book: &mut Wordbook,
    language: Option<Language>,
    sentence: Sentence,
    entry: &Entry<'_>,
    problems: &mut Problems,
) {
    let Some(text) = entry.text(EXAMPLE, problems) else { return };
    let language = language.unwrap_or_else(|| book.language());
    if let Err((what, remedy)) = judged(sentence, text.value, language) {
        return problems.error(&text.place, what, remedy);
    }
    if book.change(language, sentence, text.value.trim()).is_some() {
        let what = format!("`{}` is said twice in {}", entry.key, language.name());
        let own = format!("keep one: what stands under [words] itself is {}", language.name());
        problems.error(&entry.key_place(), what, own);
    }
}

/// What is wrong with a sentence, and what to write.
fn judged(sentence: Sentence, text: &str, language: Language) -> Result<(), (String, String)> {
    let key = sentence.key();
    let shipped = || format!("write {key} = \"{}\"", language.template(sentence).replace('"', "\\\""));
    if text.trim().is_empty() {
        return Err((format!("`{key}` says nothing"), shipped()));
    }
    if text.chars().count() > SENTENCE_CHARS_MAX {
        return Err((format!("`{key}` has more than {SENTENCE_CHARS_MAX} characters"), "make it shorter".to_owned()));
    }
    if text.contains(|c: char| c.is_control() && c != '\n') {
        return Err((format!("`{key}` has a character that nobody can read"), shipped()));
    }
    let Some(places) = places_in(text) else {
        return Err((format!("a bracket of `{key}` is left open"), shipped()));
    };
    let (needed, extra) = (sentence.places(), sentence.extra_places());
    if let Some(strange) = places.iter().find(|place| !needed.contains(place) && !extra.contains(place)) {
        let known: Vec<&str> = needed.iter().chain(extra).copied().collect();
        let what = match crate::domain::spelling::meant(strange, known.iter().copied()) {
            Some(meant) => format!("`{key}` has no place {{{strange}}}: did you mean {{{meant}}}?"),
            None => format!("`{key}` has no place {{{strange}}}"),
        };
        let places: Vec<String> = known.iter().map(|place| format!("{{{place}}}")).collect();
        let remedy = match places.as_slice() {
            [] => "write it without { and }".to_owned(),
            places => format!("it has {}", places.join(" and ")),
        };
        return Err((what, remedy));
    }
    match needed.iter().find(|place| !places.contains(place)) {
        Some(missing) => Err((format!("`{key}` does not say {{{missing}}}"), shipped())),
        None => Ok(()),
    }
}

fn unknown(entry: &Entry<'_>, section: &str, others: &[&str], problems: &mut Problems) {
    let keys: Vec<&str> = Sentence::ALL.iter().map(|sentence| sentence.key()).chain(others.iter().copied()).collect();
    let (what, remedy) = unknown_key(entry.key, &keys, section);
    problems.error(&entry.key_place(), what, remedy);
}

fn spoken(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

/// `[texts]`: the hours in which customers get no text that can wait.
pub(super) fn quiet(root: &Section<'_>, problems: &mut Problems) -> Option<Span> {
    let Some(section) = root.section("texts", &format!("[texts] and below it {QUIET_EXAMPLE}"), problems) else {
        return Some(QUIET);
    };
    section.only(&["quiet"], problems);
    if !section.has("quiet") {
        return Some(QUIET);
    }
    let text = section.text("quiet", QUIET_EXAMPLE, problems)?;
    if text.value.trim().eq_ignore_ascii_case("none") { None } else { phrases::span(&text, problems) }
}
