//! Every sentence by its key: who hears or reads it, and which places are filled in.

/// Who hears or reads a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// On the phone.
    Caller,
    /// By text.
    Customer,
    /// On the phone or by text.
    Staff,
}

macro_rules! sentences {
    ($($(#[$meaning:meta])* $key:ident $name:ident $audience:ident [$($place:literal)*] [$($extra:literal)*],)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sentence {
            $($(#[$meaning])* $name,)*
        }

        /// All of them in one language: one that is missing does not compile.
        pub(super) struct Sentences {
            $(pub(super) $key: &'static str,)*
        }

        impl Sentences {
            pub(super) fn template(&self, sentence: Sentence) -> &'static str {
                match sentence { $(Sentence::$name => self.$key,)* }
            }
        }

        impl Sentence {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As under `[words]`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => stringify!($key),)* }
            }

            pub fn audience(self) -> Audience {
                match self { $(Self::$name => Audience::$audience,)* }
            }

            /// What must be said, as `{name}`.
            pub fn places(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($place,)*],)* }
            }

            /// What may be said as well.
            pub fn extra_places(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($extra,)*],)* }
            }
        }
    };
}

// The key, its name in code, who hears or reads it, the places it must have, and those it may have.
sentences! {
    promise Promise Caller ["owner" "time"] [],
    promise_withheld PromiseWithheld Caller ["owner" "time"] [],
    /// Somebody pressed 2.
    ring_back_soon RingBackSoon Caller ["owner" "time"] [],
    ring_back_soon_withheld RingBackSoonWithheld Caller ["owner" "time"] [],
    /// There is nothing left to try.
    nobody Nobody Caller [] [],
    message_thanks MessageThanks Caller [] [],
    /// In the place of a name that is not known.
    somebody Somebody Caller [] [],

    promise_text PromiseText Customer ["owner" "time"] ["business"],
    /// Sent only when a human says so, in that human's name.
    apology Apology Customer ["owner" "missed" "time" "sender"] ["business"],
    /// Later than what was promised.
    new_time NewTime Customer ["owner" "time"] ["business"],
    sorted_question SortedQuestion Customer [] ["business"],
    sorted_yes SortedYes Customer [] ["business"],
    sorted_no SortedNo Customer ["owner" "time"] ["business"],
    stopped Stopped Customer [] ["business"],
    started Started Customer [] ["business"],
    /// To a number we do not know.
    calls_only CallsOnly Customer ["number"] ["business"],

    owed Owed Staff ["caller" "number" "rang" "time"] [],
    about About Staff ["about"] [],
    message Message Staff ["message"] [],
    answers Answers Staff ["id"] [],
    reminder Reminder Staff ["caller" "number" "time"] [],
    broken Broken Staff ["owner" "caller" "number" "time"] [],
    broken_apology BrokenApology Staff ["apology"] ["id"],
    rang_again RangAgain Staff ["caller" "number" "time"] [],
    left_message LeftMessage Staff ["caller" "id" "message"] [],
    left_seconds LeftSeconds Staff ["caller" "id" "seconds" "link"] [],
    /// Where a link to a message leads to none.
    no_message NoMessage Staff [] [],
    recording_deleted RecordingDeleted Staff [] [],
    recording_away RecordingAway Staff [] [],
    inherited Inherited Staff ["caller" "owner" "id"] [],
    is_it_settled IsItSettled Staff ["caller" "id"] [],
    ask_today AskToday Staff ["caller" "number" "id"] [],
    not_sorted NotSorted Staff ["caller" "number" "time"] [],
    /// In the place of a name.
    new_caller NewCaller Staff [] [],
    /// In the place of a number.
    number_withheld NumberWithheld Staff [] [],

    /// To the person who pressed 2.
    ring_back_noted RingBackNoted Staff ["caller" "time"] [],
    ring_back_noted_stranger RingBackNotedStranger Staff ["time"] [],
    caller_gone CallerGone Staff [] [],
    already_taken AlreadyTaken Staff [] [],
    whisper_named WhisperNamed Staff ["caller"] [],
    /// A customer whose name is not at hand.
    whisper_customer WhisperCustomer Staff [] [],
    whisper_stranger WhisperStranger Staff ["digits"] [],
    whisper_withheld WhisperWithheld Staff [] [],
    whisper_promised WhisperPromised Staff ["time"] [],
    whisper_promised_by WhisperPromisedBy Staff ["name" "time"] [],
    whisper_again WhisperAgain Staff [] [],
    whisper_last WhisperLast Staff ["name" "when"] [],
    whisper_unverified WhisperUnverified Staff [] [],
    press_one PressOne Staff [] [],
}

impl Sentence {
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sentence| sentence.key() == key)
    }
}

/// The template with its places filled in. What stands in a value stays as it is.
pub(super) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((place, behind)) = after.split_once('}') else {
            said.push('{');
            rest = after;
            continue;
        };
        said.push_str(values.iter().find(|(name, _)| *name == place).map_or("", |(_, value)| value));
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// The names of the places of a template, in their order; `None` where a bracket has no partner.
pub fn places_in(template: &str) -> Option<Vec<&str>> {
    let mut places = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, behind) = after.split_once('}')?;
        if before.contains('}') || place.contains('{') {
            return None;
        }
        places.push(place);
        rest = behind;
    }
    (!rest.contains('}')).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::Language;

    #[test]
    fn every_sentence_of_every_language_has_its_places_and_no_others() {
        for language in Language::ALL {
            for sentence in Sentence::ALL {
                let template = language.template(*sentence);
                let places = places_in(template).unwrap();
                assert!(!template.trim().is_empty(), "{language:?} {}", sentence.key());
                assert!(sentence.places().iter().all(|place| places.contains(place)), "{language:?}: {template}");
                let known = |place: &&str| sentence.places().contains(place) || sentence.extra_places().contains(place);
                assert!(places.iter().all(known), "{language:?}: {template}");
            }
        }
    }

    #[test]
    fn what_a_customer_is_called_is_never_taken_for_a_place() {
        assert_eq!(filled("{a} and {b}.", &[("a", "{b}"), ("b", "B")]), "{b} and B.");
        assert_eq!(filled("{a", &[("a", "A")]), "{a");
        assert_eq!(filled("{nobody}!", &[]), "!");
        assert_eq!(places_in("{a} b {c}"), Some(vec!["a", "c"]));
        for wrong in ["{a", "a}", "{a{b}}", "}{a}"] {
            assert_eq!(places_in(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn keys_lead_back_to_their_sentences() {
        for sentence in Sentence::ALL {
            assert_eq!(Sentence::of_key(sentence.key()), Some(*sentence));
        }
        assert_eq!(Sentence::of_key("promis"), None);
    }
}
