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
    ($($(#[$meaning:meta])* $name:ident $key:literal $audience:ident [$($place:literal)*] [$($extra:literal)*],)*) => {
        /// Adding one here makes every language that lacks it fail to compile.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sentence {
            $($(#[$meaning])* $name,)*
        }

        impl Sentence {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As under `[words]`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
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

sentences! {
    Promise "promise" Caller ["owner" "time"] [],
    PromiseWithheld "promise_withheld" Caller ["owner" "time"] [],
    /// Somebody pressed 2.
    RingBackSoon "ring_back_soon" Caller ["owner" "time"] [],
    RingBackSoonWithheld "ring_back_soon_withheld" Caller ["owner" "time"] [],
    /// There is nothing left to try.
    Nobody "nobody" Caller [] [],
    MessageThanks "message_thanks" Caller [] [],
    /// In the place of a name that is not known.
    Somebody "somebody" Caller [] [],

    PromiseText "promise_text" Customer ["owner" "time"] ["business"],
    /// Sent only when a human says so, in that human's name.
    Apology "apology" Customer ["owner" "missed" "time" "sender"] ["business"],
    /// Later than what was promised.
    NewTime "new_time" Customer ["owner" "time"] ["business"],
    SortedQuestion "sorted_question" Customer [] ["business"],
    SortedYes "sorted_yes" Customer [] ["business"],
    SortedNo "sorted_no" Customer ["owner" "time"] ["business"],
    Stopped "stopped" Customer [] ["business"],
    Started "started" Customer [] ["business"],
    /// To a number we do not know.
    CallsOnly "calls_only" Customer ["number"] ["business"],

    Owed "owed" Staff ["caller" "number" "rang" "time"] [],
    About "about" Staff ["about"] [],
    Message "message" Staff ["message"] [],
    Answers "answers" Staff ["id"] [],
    Reminder "reminder" Staff ["caller" "number" "time"] [],
    Broken "broken" Staff ["owner" "caller" "number" "time"] [],
    BrokenApology "broken_apology" Staff ["apology"] ["id"],
    RangAgain "rang_again" Staff ["caller" "number" "time"] [],
    LeftMessage "left_message" Staff ["caller" "id" "message"] [],
    LeftSeconds "left_seconds" Staff ["caller" "id" "seconds"] [],
    Inherited "inherited" Staff ["caller" "owner" "id"] [],
    IsItSettled "is_it_settled" Staff ["caller" "id"] [],
    AskToday "ask_today" Staff ["caller" "number" "id"] [],
    NotSorted "not_sorted" Staff ["caller" "number" "time"] [],
    /// In the place of a name.
    NewCaller "new_caller" Staff [] [],
    /// In the place of a number.
    NumberWithheld "number_withheld" Staff [] [],

    /// To the person who pressed 2.
    RingBackNoted "ring_back_noted" Staff ["caller" "time"] [],
    RingBackNotedStranger "ring_back_noted_stranger" Staff ["time"] [],
    CallerGone "caller_gone" Staff [] [],
    AlreadyTaken "already_taken" Staff [] [],
    WhisperNamed "whisper_named" Staff ["caller"] [],
    /// A customer whose name is not at hand.
    WhisperCustomer "whisper_customer" Staff [] [],
    WhisperStranger "whisper_stranger" Staff ["digits"] [],
    WhisperWithheld "whisper_withheld" Staff [] [],
    WhisperPromised "whisper_promised" Staff ["time"] [],
    WhisperAgain "whisper_again" Staff [] [],
    WhisperLast "whisper_last" Staff ["name" "when"] [],
    WhisperUnverified "whisper_unverified" Staff [] [],
    PressOne "press_one" Staff [] [],
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
