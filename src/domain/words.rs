//! The sentences people hear and read. Every one of them is made here.

pub mod call_back;
pub mod letter;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::phone::Phone;

/// How long a note may be in a whisper, which should take about five seconds in all.
const WHISPERED_NOTE_CHARS: usize = 60;

/// "12:02", "11:00 tomorrow", "09:30 on Monday 15 June": a clock time as said at `now`.
pub fn clock_time(due: Timestamp, now: &Zoned) -> String {
    let due = due.to_zoned(now.time_zone().clone());
    let clock = due.strftime("%H:%M");
    let tomorrow = now.date().tomorrow().unwrap_or(Date::MAX);
    if due.date() == now.date() {
        clock.to_string()
    } else if due.date() == tomorrow {
        format!("{clock} tomorrow")
    } else {
        format!("{clock} on {}", due.strftime("%A %-d %B"))
    }
}

/// What a caller hears when nobody could take the call.
pub fn promise(owner: &str, due: Timestamp, now: &Zoned, can_ring_back: bool) -> String {
    let by = clock_time(due, now);
    if can_ring_back {
        format!(
            "I am sorry, nobody can take your call right now. {owner} will ring you by {by}. If you like, leave a \
             message after the tone."
        )
    } else {
        format!(
            "I am sorry, nobody can take your call right now, and your number is withheld. Please say your name and \
             number after the tone, and {owner} will ring you by {by}."
        )
    }
}

/// What a caller hears when somebody pressed 2.
pub fn ring_back_soon(who: &str, due: Timestamp, now: &Zoned, can_ring_back: bool) -> String {
    let by = clock_time(due, now);
    if can_ring_back {
        format!(
            "{who} knows that you are calling and will ring you by {by}. If you like, leave a message after the tone."
        )
    } else {
        format!(
            "{who} knows that you are calling and will ring you by {by}. Your number is withheld: please say your \
             name and number after the tone."
        )
    }
}

/// The same promise by text to the caller.
pub fn promise_text(business: &str, owner: &str, due: Timestamp, now: &Zoned) -> String {
    format!("{business}: sorry we missed you. {owner} will ring you by {}.", clock_time(due, now))
}

/// What texts to staff say of a promise.
pub struct Owed<'a> {
    pub promise: i64,
    /// The customer's name; `None` for a stranger.
    pub caller: Option<&'a str>,
    pub number: Option<Phone>,
    pub about: Option<&'a str>,
    pub due: Timestamp,
}

impl Owed<'_> {
    fn caller(&self) -> &str {
        self.caller.unwrap_or("A new caller")
    }

    fn caller_and_number(&self) -> String {
        let number = self.number.map_or_else(|| "number withheld".to_owned(), Phone::spaced);
        format!("{} ({number})", self.caller())
    }

    fn how_to_answer(&self) -> String {
        let Self { promise, number, .. } = self;
        let call = if number.is_some() { format!("CALL {promise}, ") } else { String::new() };
        format!("{call}DONE {promise} or LATER {promise} 3PM.")
    }
}

/// To the person who now owes a call.
pub fn owed_text(owed: &Owed<'_>, rang: Timestamp, now: &Zoned) -> String {
    let rang = rang.to_zoned(now.time_zone().clone());
    let day = if rang.date() == now.date() { "at %H:%M" } else { "on %A at %H:%M" };
    let (by, rang) = (clock_time(owed.due, now), rang.strftime(day));
    let about = owed.about.map(first_words).filter(|about| !about.is_empty());
    let about = about.map_or_else(String::new, |about| format!(" About: {about}."));
    format!(
        "{} rang {rang} and was promised a call from you by {by}.{about} {}",
        owed.caller_and_number(),
        owed.how_to_answer()
    )
}

pub fn rang_again_text(owed: &Owed<'_>, now: &Zoned) -> String {
    let by = clock_time(owed.due, now);
    format!("{} rang again and was told that you ring by {by}. {}", owed.caller_and_number(), owed.how_to_answer())
}

pub fn message_text(owed: &Owed<'_>, seconds: Option<u32>, transcript: Option<&str>) -> String {
    let (caller, promise) = (owed.caller(), owed.promise);
    match (transcript, seconds) {
        (Some(said), _) => format!("{caller} ({promise}) left a message: \"{}\"", said.trim()),
        (None, Some(seconds)) => format!("{caller} ({promise}) left a message of {seconds} seconds."),
        (None, None) => format!("{caller} ({promise}) left a message."),
    }
}

pub fn reminder_text(owed: &Owed<'_>, now: &Zoned) -> String {
    let by = clock_time(owed.due, now);
    format!("{} still waits for your call, promised by {by}. {}", owed.caller_and_number(), owed.how_to_answer())
}

/// To the owner of the business, who inherits it.
pub fn broken_text(owed: &Owed<'_>, by: &str, apology: &str, now: &Zoned) -> String {
    let due = clock_time(owed.due, now);
    let send =
        if owed.number.is_some() { format!(" YES {} sends: \"{apology}\"", owed.promise) } else { String::new() };
    format!(
        "{by} promised {} a call by {due} and did not ring. It is yours now. {}{send}",
        owed.caller_and_number(),
        owed.how_to_answer()
    )
}

pub fn inherited_text(owed: &Owed<'_>, owner: &str) -> String {
    format!("You did not ring {} in time. {owner} has promise {} now.", owed.caller(), owed.promise)
}

pub fn is_it_settled_text(owed: &Owed<'_>) -> String {
    let promise = owed.promise;
    format!(
        "You spoke with {}, who was promised a call ({promise}). Is it settled? DONE {promise} if so.",
        owed.caller()
    )
}

pub fn check_text(owed: &Owed<'_>) -> String {
    let promise = owed.promise;
    format!("Today: ask {} whether it is sorted. CALL {promise}, or SORTED {promise}.", owed.caller_and_number())
}

pub fn not_sorted_text(owed: &Owed<'_>, now: &Zoned) -> String {
    let by = clock_time(owed.due, now);
    format!("{} says that it is not sorted. Please ring by {by}. {}", owed.caller_and_number(), owed.how_to_answer())
}

/// To the customer, the morning after.
pub fn ask_sorted_text(business: &str) -> String {
    format!("{business}: is it sorted? Please reply YES or NO.")
}

pub fn new_time_text(business: &str, owner: &str, due: Timestamp, now: &Zoned) -> String {
    format!("{business}: {owner} will ring you by {} instead.", clock_time(due, now))
}

/// Sent only when a human says so, and signed by them.
pub fn apology_text(business: &str, by: &str, was_due: Timestamp, who: &str, due: Timestamp, now: &Zoned) -> String {
    let (was_due, due) = (clock_time(was_due, now), clock_time(due, now));
    format!(
        "{business}: we said {by} would ring you by {was_due} and did not. I am sorry. I am ringing you by {due}. {who}"
    )
}

/// What staff hear before they accept: who calls first, then what it is about, then the keys.
pub struct WhisperWords<'a> {
    pub business: &'a str,
    /// The customer's name; `None` for a stranger.
    pub customer: Option<&'a str>,
    pub number: Option<Phone>,
    pub note: Option<&'a str>,
    pub again: bool,
}

pub fn whisper(words: &WhisperWords<'_>) -> String {
    let who = match (words.customer, words.number) {
        (Some(name), _) => format!("{name} for you."),
        (None, Some(number)) => format!("A new caller for you, number ending {}.", last_digits(number)),
        (None, None) => "A caller for you, number withheld.".to_owned(),
    };
    let mut say = format!("{}. {who}", words.business.trim_end_matches('.'));
    if words.again {
        say.push_str(" Second call about this.");
    }
    if let Some(note) = words.note.map(first_words).filter(|note| !note.is_empty()) {
        say.push(' ');
        say.push_str(&note);
        say.push('.');
    }
    say.push_str(PRESS_1);
    say
}

/// The whisper for a phone on which answering is enough.
pub fn without_keys(whisper: &str) -> &str {
    whisper.strip_suffix(PRESS_1).unwrap_or(whisper)
}

const PRESS_1: &str = " Press 1.";

pub const CALLER_GONE: &str = "The caller has hung up.";
pub const ALREADY_TAKEN: &str = "This call is already taken care of. Goodbye.";
/// To a caller for whom there is nothing left to try.
pub const NOBODY: &str = "I am sorry, nobody can take your call right now. Please ring again in a little while.";
pub const MESSAGE_THANKS: &str = "Thank you. Goodbye.";

/// To the person who pressed 2.
pub fn ring_back_noted(caller: &str, due: Timestamp, zone: &TimeZone) -> String {
    format!("Thank you. Please ring {caller} by {}.", due.to_zoned(zone.clone()).strftime("%H:%M"))
}

fn last_digits(number: Phone) -> String {
    let digits = number.to_string();
    let tail = digits.get(digits.len().saturating_sub(3)..).unwrap_or_default();
    // Spaced, so that a voice reads digits and not a number.
    tail.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

fn first_words(note: &str) -> String {
    let mut short = String::new();
    for word in note.split_whitespace() {
        if !short.is_empty() && short.chars().count() + word.chars().count() >= WHISPERED_NOTE_CHARS {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short.truncate(short.char_indices().nth(WHISPERED_NOTE_CHARS).map_or(short.len(), |(at, _)| at));
    short.trim_end_matches(['.', ',', ';', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Zoned {
        "2026-06-12T16:30[Europe/London]".parse().unwrap()
    }

    #[test]
    fn a_due_time_is_said_as_people_say_it() {
        let at = |text: &str| clock_time(text.parse::<Zoned>().unwrap().timestamp(), &now());
        assert_eq!(at("2026-06-12T17:05[Europe/London]"), "17:05");
        assert_eq!(at("2026-06-13T09:30[Europe/London]"), "09:30 tomorrow");
        assert_eq!(at("2026-06-15T09:30[Europe/London]"), "09:30 on Monday 15 June");
    }

    #[test]
    fn a_whisper_says_who_first_and_stays_short() {
        let say = whisper(&WhisperWords {
            business: "Hartley Heating",
            customer: Some("Mrs Okafor"),
            number: None,
            note: Some("Boiler, Tuesday. The pressure keeps dropping and the dog bites anybody in a uniform."),
            again: true,
        });
        assert_eq!(
            say,
            "Hartley Heating. Mrs Okafor for you. Second call about this. Boiler, Tuesday. The pressure keeps dropping \
             and the dog. Press 1."
        );
    }
}
