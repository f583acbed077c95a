//! The sentences people hear and read, in their language. Every one of them is made here.
//!
//! A [`Sentence`] is a template with places (`{owner}`, `{time}`); each language has all of them, and an admin may put
//! another in the place of any. [`Words`] fills them in.
//!
//! What nobody changes, like reasons and the texts of the console, stands in tables: `words!`.

pub mod advice;
pub mod answers;
pub mod call_back;
mod customer;
mod dutch;
mod english;
mod french;
mod german;
mod language;
mod length;
pub mod letter;
mod preview;
mod replies;
mod sentence;
mod spanish;
mod staff;
mod table;
mod whisper;

use std::collections::BTreeMap;

use jiff::{Timestamp, Zoned};

use super::instruction::Speech;
pub use language::Language;
pub use preview::preview;
pub use replies::{Wish, YesOrNo, stop_word, yes_or_no};
pub use sentence::{Audience, Sentence, places_in};
pub use staff::Owed;
pub(crate) use table::words;
pub use whisper::{LastCall, Promised, Whispered, Who};

/// The language of a business, and the sentences that its admin has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wordbook {
    /// BCP 47; its language is `language`.
    tag: String,
    language: Language,
    changed: BTreeMap<(Language, Sentence), String>,
}

impl Default for Wordbook {
    fn default() -> Self {
        Self { tag: "en-GB".to_owned(), language: Language::English, changed: BTreeMap::new() }
    }
}

impl Wordbook {
    /// `None` where the tag's language is not spoken here.
    pub fn new(tag: &str) -> Option<Self> {
        Language::of(tag).map(|language| Self { tag: tag.to_owned(), language, changed: BTreeMap::new() })
    }

    /// The business's language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Puts another template in the place of the one we ship; answers the one that was there before, if it had been
    /// changed already.
    pub fn change(&mut self, language: Language, sentence: Sentence, template: &str) -> Option<String> {
        self.changed.insert((language, sentence), template.to_owned())
    }

    /// Languages in which the admin has changed something.
    pub fn changed_languages(&self) -> impl Iterator<Item = Language> {
        self.changed.keys().map(|(language, _)| *language)
    }

    /// In the language of a tag; in the business's where there is none, or it is not spoken here.
    pub fn speak<'a>(&'a self, tag: Option<&'a str>) -> Words<'a> {
        match tag.and_then(|tag| Language::of(tag).map(|language| (tag, language))) {
            // "en" of a customer is the business's own English.
            Some((tag, language)) if language != self.language || tag.contains('-') => {
                Words { book: self, language, tag }
            }
            Some(_) | None => Words { book: self, language: self.language, tag: &self.tag },
        }
    }
}

/// The sentences in one language. The functions that make them stand with their readers: `words/customer.rs`,
/// `words/staff.rs`, `words/whisper.rs`.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    book: &'a Wordbook,
    language: Language,
    tag: &'a str,
}

impl<'a> Words<'a> {
    /// BCP 47 tag of the voice that speaks these words.
    pub fn tag(&self) -> &'a str {
        self.tag
    }

    pub fn language(&self) -> Language {
        self.language
    }

    /// For a voice of this language.
    pub fn speech(&self, text: String) -> Speech {
        Speech { text, language: self.tag.to_owned() }
    }

    /// `12:02`, `11:00 tomorrow`: a time as it stands after "by".
    pub fn by(&self, at: Timestamp, now: &Zoned) -> String {
        self.language.clock_time(&at.to_zoned(now.time_zone().clone()), now)
    }

    /// `at 16:30`, `at 16:30 on Monday 15 June`: a time as it stands after "rang".
    pub fn at(&self, at: Timestamp, now: &Zoned) -> String {
        self.language.moment(&at.to_zoned(now.time_zone().clone()), now)
    }

    fn say(&self, sentence: Sentence, values: &[(&str, &str)]) -> String {
        let changed = self.book.changed.get(&(self.language, sentence));
        sentence::filled(changed.map_or_else(|| self.language.template(sentence), String::as_str), values)
    }
}

/// As [`Words::by`], in English: for what our commands print.
pub fn clock_time(at: Timestamp, now: &Zoned) -> String {
    Language::English.clock_time(&at.to_zoned(now.time_zone().clone()), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_speaks_a_language_that_we_do_not_is_spoken_to_as_the_business_speaks() {
        let book = Wordbook::new("nl-BE").unwrap();
        let spoken = |tag: Option<&'static str>| {
            let words = book.speak(tag);
            (words.language(), words.tag().to_owned())
        };
        assert_eq!(spoken(None), (Language::Dutch, "nl-BE".to_owned()));
        assert_eq!(spoken(Some("cy")), (Language::Dutch, "nl-BE".to_owned()));
        assert_eq!(spoken(Some("nl")), (Language::Dutch, "nl-BE".to_owned()));
        assert_eq!(spoken(Some("nl-NL")), (Language::Dutch, "nl-NL".to_owned()));
        assert_eq!(spoken(Some("fr")), (Language::French, "fr".to_owned()));
        assert_eq!(Wordbook::new("cy"), None);
    }

    #[test]
    fn a_changed_sentence_is_changed_in_its_language_only() {
        let mut book = Wordbook::default();
        assert_eq!(book.change(Language::English, Sentence::MessageThanks, "Ta. Bye now."), None);
        assert_eq!(book.speak(None).message_thanks(), "Ta. Bye now.");
        assert_eq!(book.speak(Some("nl")).message_thanks(), "Dank u wel. Tot ziens.");
    }
}
