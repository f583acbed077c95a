//! What people answer in one word, in any of the languages whatever their own.

/// Whether somebody wants texts from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Stop,
    Start,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YesOrNo {
    Yes,
    No,
}

/// In capitals, without accents, spaces and stops.
const STOP: &[&str] = &[
    "STOP",
    "STOPALL",
    "STOPPLEASE",
    "PLEASESTOP",
    "UNSUBSCRIBE",
    "CANCEL",
    "END",
    "QUIT",
    "REVOKE",
    "OPTOUT",
    // Dutch, German, French, Spanish.
    "AFMELDEN",
    "UITSCHRIJVEN",
    "STOPPEN",
    "STOPAUB",
    "STOPP",
    "ABMELDEN",
    "ABBESTELLEN",
    "BITTESTOP",
    "STOPBITTE",
    "ARRET",
    "ARRETER",
    "ARRETEZ",
    "DESABONNER",
    "DESINSCRIRE",
    "STOPSVP",
    "BAJA",
    "ALTO",
    "PARAR",
    "PARE",
    "CANCELAR",
    "DETENER",
];

const START: &[&str] = &[
    "START",
    "UNSTOP",
    "SUBSCRIBE",
    "OPTIN",
    "RESUME",
    "AANMELDEN",
    "HERVATTEN",
    "STARTEN",
    "ANMELDEN",
    "FORTSETZEN",
    "REPRENDRE",
    "DEMARRER",
    "DEBUT",
    "REABONNER",
    "ALTA",
    "EMPEZAR",
    "INICIAR",
    "REANUDAR",
];

const YES: &[&str] = &["YES", "Y", "YEP", "YEAH", "JA", "J", "JAWOHL", "OUI", "O", "SI", "S", "OK", "OKAY"];

const NO: &[&str] =
    &["NO", "N", "NOPE", "NOTYET", "NEE", "NEIN", "NOGNIET", "NOCHNICHT", "NON", "PASENCORE", "TODAVIANO"];

/// `None` unless the whole text says it: "Stop by tomorrow" is no STOP.
pub fn stop_word(text: &str) -> Option<Wish> {
    one_of(text, &[(STOP, Wish::Stop), (START, Wish::Start)])
}

/// `None` unless the whole text says it, but for a thank-you or a please.
pub fn yes_or_no(text: &str) -> Option<YesOrNo> {
    one_of(text, &[(YES, YesOrNo::Yes), (NO, YesOrNo::No)])
}

/// What people add to a word without another meaning, without spaces.
const COURTESIES: [&str; 10] =
    ["THANKYOU", "THANKS", "PLEASE", "DANKE", "BITTE", "DANKUWEL", "BEDANKT", "MERCI", "GRACIAS", "PORFAVOR"];

/// Nobody writes longer to say so; a text is looked at no further.
const CHARS_MAX: usize = 40;

fn one_of<T: Copy>(text: &str, lists: &[(&[&str], T)]) -> Option<T> {
    let word: String = text
        .chars()
        .take(CHARS_MAX + 1)
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_uppercase)
        .map(plain)
        .collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        return None;
    }
    let bare = COURTESIES.iter().find_map(|courtesy| word.strip_suffix(courtesy)).filter(|bare| !bare.is_empty());
    lists.iter().find(|(words, _)| words.contains(&bare.unwrap_or(&word))).map(|(_, meaning)| *meaning)
}

fn plain(letter: char) -> char {
    match letter {
        'À' | 'Á' | 'Â' | 'Ä' => 'A',
        'È' | 'É' | 'Ê' | 'Ë' => 'E',
        'Ì' | 'Í' | 'Î' | 'Ï' => 'I',
        'Ò' | 'Ó' | 'Ô' | 'Ö' => 'O',
        'Ù' | 'Ú' | 'Û' | 'Ü' => 'U',
        'Ñ' => 'N',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_is_understood_in_every_language_however_it_is_typed() {
        for text in [
            "STOP",
            "stop",
            " Stop. ",
            "STOP!",
            "Stop all",
            "\"stop\"",
            "opt-out",
            "unsubscribe",
            "Arrêt",
            "ARRET",
            "arrêtez",
            "Stopp",
            "baja",
            "Abmelden",
            "uitschrijven",
            "Stop a.u.b.",
            "stop svp",
        ] {
            assert_eq!(stop_word(text), Some(Wish::Stop), "{text}");
        }
        for text in ["START", "start.", "Unstop", "alta", "anmelden", "Reprendre"] {
            assert_eq!(stop_word(text), Some(Wish::Start), "{text}");
        }
        for text in [
            "",
            "Stop by tomorrow please",
            "Don't stop",
            "YES",
            "41",
            "🛑",
            "stop it, the boiler leaks",
            "alto voltaje",
        ] {
            assert_eq!(stop_word(text), None, "{text}");
        }
        assert_eq!(stop_word(&"STOP ".repeat(10_000)), None);
    }

    #[test]
    fn yes_and_no_are_understood_in_every_language() {
        for text in ["Yes", "y", "JA!", "oui", "Sí", "si"] {
            assert_eq!(yes_or_no(text), Some(YesOrNo::Yes), "{text}");
        }
        for text in ["no", "Nee.", "NEIN", "non", "not yet", "Todavía no"] {
            assert_eq!(yes_or_no(text), Some(YesOrNo::No), "{text}");
        }
        for text in ["", "yes but the tap drips", "know", "maybe"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }
}
