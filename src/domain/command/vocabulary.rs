//! The words of the five languages, in small letters and without accents.

use jiff::civil::Weekday;

/// What a text asks for, before its details are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Who,
    Away,
    Back,
    Swap,
    Calls,
    Call,
    Done,
    Later,
    Sorted,
    Undo,
    Yes,
    No,
    Help,
}

#[rustfmt::skip]
pub(super) const VERBS: &[(Verb, &[&str])] = &[
    (Verb::Who, &["who", "whos", "wie", "wer", "qui", "quien"]),
    (Verb::Away, &["away", "off", "out", "gone", "sick", "ill", "holiday", "vacation", "leave", "unavailable", "ziek",
        "vakantie", "verlof", "krank", "urlaub", "malade", "vacances", "enfermo", "enferma", "vacaciones", "afwezig", "weg", "vrij", "abwesend", "frei", "absent", "absente",
        "conge", "ausente", "fuera"]),
    (Verb::Back, &["back", "returned", "terug", "zuruck", "zurueck", "wieder", "retour", "revenu", "rentre", "vuelta",
        "vuelto", "regreso"]),
    (Verb::Swap, &["swap", "switch", "trade", "ruil", "ruilen", "wissel", "wisselen", "tausch", "tausche", "tauschen",
        "echange", "echanger", "cambio", "cambiar", "intercambio"]),
    (Verb::Calls, &["calls", "list", "oproepen", "gesprekken", "lijst", "anrufe", "liste", "appels", "llamadas", "lista"]),
    (Verb::Call, &["call", "ring", "phone", "dial", "bel", "bellen", "terugbellen", "anrufen", "ruckruf", "rueckruf",
        "appel", "appeler", "rappeler", "llamar", "llama"]),
    (Verb::Done, &["done", "finished", "completed", "klaar", "gedaan", "erledigt", "fertig", "fait", "fini", "termine",
        "hecho", "listo", "terminado"]),
    (Verb::Later, &["later", "postpone", "uitstellen", "spater", "spaeter", "verschieben", "tard", "reporter", "luego",
        "aplazar", "tarde"]),
    (Verb::Sorted, &["sorted", "settled", "solved", "resolved", "geregeld", "opgelost", "geklart", "geklaert", "gelost",
        "geloest", "regle", "resolu", "resuelto", "arreglado", "solucionado"]),
    (Verb::Undo, &["undo", "ongedaan", "ruckgangig", "rueckgaengig", "annuler", "annule", "deshacer"]),
    (Verb::Yes, &["yes", "y", "yeah", "yep", "ok", "okay", "sure", "ja", "j", "oui", "o", "si", "s"]),
    (Verb::No, &["no", "n", "nope", "nee", "nein", "non"]),
    (Verb::Help, &["help", "info", "commands", "hulp", "hilfe", "aide", "ayuda"]),
];

pub(super) const NOT: &[&str] = &["not", "never", "niet", "nicht", "pas", "nunca", "isnt", "didnt", "havent", "wasnt"];

pub(super) const FOLLOW: &[&str] =
    &["follow", "followup", "opvolgen", "nachfassen", "nachhaken", "suivre", "suivi", "seguir", "seguimiento"];

/// Say nothing that a command needs.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "please", "pls", "plz", "thanks", "thank", "you", "hi", "hello", "now", "i", "im", "am", "is", "are", "be", "will",
    "we", "me", "my", "the", "and", "of", "on", "cover", "covers", "covering", "covered", "with", "by", "for", "turn",
    "shift", "promise", "number", "nr", "gone", "out", "alstublieft", "alsjeblieft", "aub", "ik", "ben", "met", "voor",
    "door", "tegen", "op", "en", "het", "nu", "vervanging", "dank", "hallo", "bitte", "danke", "ich", "bin", "mit",
    "fur", "fuer", "gegen", "und", "den", "der", "die", "das", "vertretung", "svp", "merci", "je", "suis", "avec",
    "pour", "pendant", "et", "le", "la", "les", "remplace", "remplacant", "plus", "por", "favor", "gracias", "estoy",
    "yo", "con", "y", "el", "los", "durante", "cubre", "mas", "de", "to", "om",
];

pub(super) const FROM: &[&str] =
    &["from", "starting", "vanaf", "van", "ab", "von", "vom", "depuis", "du", "des", "desde", "del"];
pub(super) const FOR: &[&str] = &["for", "voor", "fur", "fuer", "pour", "pendant", "durante", "por"];
/// Before a length of time after which something is to be.
pub(super) const IN: &[&str] = &["in", "over", "dans", "dentro"];
pub(super) const AT: &[&str] = &["at", "om", "um", "a", "las"];
/// What follows is the first moment back.
pub(super) const UNTIL: &[&str] =
    &["until", "untill", "till", "til", "tot", "bis", "jusqua", "jusquau", "jusque", "hasta", "before"];
/// Between two days, the second of which is a day away too.
pub(super) const TO: &[&str] = &["to", "through", "thru", "tm", "bis", "au", "al", "a", "hasta"];

pub(super) const TODAY: &[&str] = &["today", "tonight", "vandaag", "heute", "aujourdhui", "hoy"];
pub(super) const TOMORROW: &[&str] =
    &["tomorrow", "tomorow", "tommorow", "tommorrow", "tmr", "tmrw", "morgen", "demain", "manana"];
pub(super) const DAY_AFTER: &[&str] = &["overmorgen", "ubermorgen", "uebermorgen", "apresdemain", "pasadomanana"];
/// Before or after a word for a week.
pub(super) const NEXT: &[&str] = &["next", "volgende", "nachste", "naechste", "prochaine", "proxima"];

pub(super) const NOON: &[&str] = &["noon", "midday", "middag", "mittag", "midi", "mediodia"];
pub(super) const MIDNIGHT: &[&str] = &["midnight", "middernacht", "mitternacht", "minuit", "medianoche"];
/// After an hour: it is a clock time and not a length of time.
pub(super) const OCLOCK: &[&str] = &["oclock", "uhr"];
/// After an hour: a clock time or a length of time.
pub(super) const HOURS: &[&str] = &[
    "h", "hr", "hrs", "hour", "hours", "u", "uur", "uren", "std", "stunde", "stunden", "heure", "heures", "hora",
    "horas",
];
pub(super) const MINUTES: &[&str] =
    &["m", "min", "mins", "minute", "minutes", "minuut", "minuten", "minuto", "minutos"];
pub(super) const DAYS: &[&str] = &["d", "day", "days", "dag", "dagen", "tag", "tage", "jour", "jours", "dia", "dias"];
pub(super) const WEEKS: &[&str] =
    &["w", "wk", "week", "weeks", "weken", "woche", "wochen", "semaine", "semaines", "semana", "semanas"];
pub(super) const ONE: &[&str] = &["a", "an", "one", "een", "ein", "eine", "einen", "un", "une", "una"];
pub(super) const HALF: &[&str] = &["half", "halve", "halbe", "demi", "media"];
/// After the number of a day: 24th, 1er, 1ro.
pub(super) const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "e", "er", "ste", "ro"];

#[rustfmt::skip]
const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["monday", "maandag", "montag", "lundi", "lunes"]),
    (Weekday::Tuesday, &["tuesday", "dinsdag", "dienstag", "mardi", "martes"]),
    (Weekday::Wednesday, &["wednesday", "weds", "woensdag", "mittwoch", "mercredi", "miercoles"]),
    (Weekday::Thursday, &["thursday", "donderdag", "donnerstag", "jeudi", "jueves"]),
    (Weekday::Friday, &["friday", "vrijdag", "freitag", "vendredi", "viernes"]),
    (Weekday::Saturday, &["saturday", "zaterdag", "samstag", "sonnabend", "samedi", "sabado"]),
    (Weekday::Sunday, &["sunday", "zondag", "sonntag", "dimanche", "domingo"]),
];

/// Only those that mean one day in all five languages, or nearly: `ma` is a Monday, `di` a Tuesday, `do` a Thursday.
#[rustfmt::skip]
const WEEKDAYS_IN_TWO: &[(&str, Weekday)] = &[
    ("mo", Weekday::Monday), ("ma", Weekday::Monday), ("lu", Weekday::Monday),
    ("tu", Weekday::Tuesday), ("di", Weekday::Tuesday),
    ("mi", Weekday::Wednesday), ("wo", Weekday::Wednesday),
    ("th", Weekday::Thursday), ("do", Weekday::Thursday), ("ju", Weekday::Thursday),
    ("fr", Weekday::Friday), ("vr", Weekday::Friday), ("ve", Weekday::Friday), ("vi", Weekday::Friday),
    ("sa", Weekday::Saturday), ("za", Weekday::Saturday),
    ("su", Weekday::Sunday), ("so", Weekday::Sunday), ("zo", Weekday::Sunday),
];

const MONTHS: [&[&str]; 12] = [
    &["january", "januari", "januar", "janvier", "enero"],
    &["february", "februari", "februar", "fevrier", "febrero"],
    &["march", "maart", "mrt", "marz", "maerz", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mei", "mai", "mayo"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "augustus", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "decembre", "diciembre"],
];

/// A name of this length or longer may be written wrong.
const SLIP_LETTERS_MIN: usize = 5;

pub(super) fn verb(word: &str) -> Option<Verb> {
    VERBS.iter().find(|(_, words)| words.contains(&word)).map(|(verb, _)| *verb)
}

/// Of all verbs the one that was probably meant.
pub(super) fn nearly_verb(word: &str) -> Option<Verb> {
    let long = || VERBS.iter().flat_map(|(verb, words)| words.iter().map(move |word| (*word, *verb)));
    nearest(word, long().filter(|(name, _)| name.len() > 3))
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let in_two = WEEKDAYS_IN_TWO.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
    in_two.or_else(|| named(word, &WEEKDAYS.iter().map(|(day, names)| (*names, *day))))
}

/// From 1.
pub(super) fn month(word: &str) -> Option<i8> {
    named(word, &MONTHS.iter().copied().zip(1..))
}

/// The thing one of whose names begins with `word`, or is nearly that. `None` where several are.
fn named<'n, T: Copy + PartialEq>(
    word: &str,
    things: &(impl Iterator<Item = (&'n [&'n str], T)> + Clone),
) -> Option<T> {
    let names = || things.clone().flat_map(|(names, thing)| names.iter().map(move |name| (*name, thing)));
    if word.len() >= 3 {
        let mut begun = names().filter(|(name, _)| name.starts_with(word)).map(|(_, thing)| thing);
        if let Some(first) = begun.next() {
            return begun.all(|other| other == first).then_some(first);
        }
    }
    nearest(word, names())
}

fn nearest<'n, T: Copy + PartialEq>(word: &str, names: impl Iterator<Item = (&'n str, T)>) -> Option<T> {
    if word.len() < SLIP_LETTERS_MIN - 1 {
        return None;
    }
    let mut nearest: Option<(usize, T)> = None;
    let mut torn = false;
    for (name, thing) in names {
        let distance = strsim::damerau_levenshtein(word, name);
        if distance > name.len().max(word.len()) / 4 {
            continue;
        }
        match nearest {
            Some((least, _)) if distance > least => {}
            Some((least, of)) if distance == least => torn |= of != thing,
            Some(_) | None => {
                nearest = Some((distance, thing));
                torn = false;
            }
        }
    }
    nearest.filter(|_| !torn).map(|(_, thing)| thing)
}
