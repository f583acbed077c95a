//! What staff are answered by text.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, Zoned};

use super::clock_time;
use crate::domain::command::{Misread, Verb};
use crate::domain::line::LineId;
use crate::domain::phone::Phone;
use crate::domain::promise::Promise;
use crate::domain::rota::Rota;
use crate::domain::rota::live::IN_FORCE_MAX;
use crate::domain::staff::StaffId;

pub const HELP: &str = "WHO. AWAY 2H, AWAY UNTIL MON, AWAY FRI ANA. BACK. SWAP FRI ANA. CALLS. CALL 41 rings you, then the \
                        customer. DONE 41, LATER 41 3PM, SORTED 41. UNDO.";
pub const BACK_TO_RETURN: &str = "BACK to return.";
pub const BACK: &str = "You are back.";
pub const NOT_AWAY: &str = "You are not away.";
pub const YOU_BACK_UP: &str = "You are the backup now.";
pub const NO_TURN_THEN: &str = "You have no turn then.";
pub const NO_PHONE_RINGS: &str = "No phone rings then: callers are promised a call.";
pub const NOBODY_BACKS_UP: &str = "Nobody backs up in your place.";
pub const NOT_YOUR_OWN_COVER: &str = "You cannot stand in for yourself: name somebody else, or nobody.";
pub const NOT_WITH_YOURSELF: &str = "You cannot swap with yourself: SWAP FRI and a name.";
pub const NOTHING_CHANGED: &str = "Nothing has changed.";
pub const NOTHING_ASKED: &str = "Nothing is waiting for your answer. HELP lists what you can write.";
pub const NOTHING_TO_UNDO: &str = "There is nothing to take back.";
pub const TIME_IS_OVER: &str = "That cannot be taken back: the time it was promised for is over.";
pub const CANNOT_BE_TEXTED: &str = "Their number is withheld, so no text can be sent.";
pub const AWAY_TAKEN_BACK: &str = "Taken back: that absence never was.";
pub const BACK_TAKEN_BACK: &str = "Taken back: you are away again as before.";
pub const COULD_NOT_BE_NOTED: &str = "That could not be noted just now. Please send it again in a few minutes.";

/// The first moment back: "15:00", "tomorrow", "Monday 15 June", "09:30 on Monday 15 June".
pub fn until(until: DateTime, now: &Zoned) -> String {
    let day = || match until.date() {
        date if date == now.date() => "today".to_owned(),
        date if now.date().tomorrow().ok() == Some(date) => "tomorrow".to_owned(),
        date => day(date),
    };
    if until.time() == Time::midnight() {
        return day();
    }
    let clock = until.strftime("%H:%M");
    match until.date() {
        date if date == now.date() => clock.to_string(),
        date if now.date().tomorrow().ok() == Some(date) => format!("{clock} tomorrow"),
        _ => format!("{clock} on {}", day()),
    }
}

/// "Friday 12 June"
pub fn day(date: Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

/// "Mon 8 Jun 08:30 to Mon 15 Jun 08:30"
pub fn turn(start: Timestamp, end: Timestamp, now: &Zoned) -> String {
    let at = |at: Timestamp| at.to_zoned(now.time_zone().clone()).strftime("%a %-d %b %H:%M").to_string();
    format!("{} to {}", at(start), at(end))
}

pub fn away(from: DateTime, back: DateTime, now: &Zoned) -> String {
    format!("You are away {}.", time_away(from, back, now))
}

/// To whoever covers.
pub fn you_stand_in(name: &str, from: DateTime, back: DateTime, now: &Zoned) -> String {
    format!("{name} is away {}, and you stand in.", time_away(from, back, now))
}

pub fn you_need_not_stand_in(name: &str, from: DateTime, back: DateTime, now: &Zoned) -> String {
    format!("{name} is not away {} any more: you need not stand in.", time_away(from, back, now))
}

/// "until 15:00", "on Friday 12 June", "from Monday 15 June to Friday 19 June"
fn time_away(from: DateTime, back: DateTime, now: &Zoned) -> String {
    let end = until(back, now);
    if from <= now.datetime() {
        return format!("until {end}");
    }
    let whole_days = from.time() == Time::midnight() && back.time() == Time::midnight();
    if whole_days && from.date().tomorrow().ok() == Some(back.date()) {
        return format!("on {}", day(from.date()));
    }
    if whole_days {
        let last = back.date().yesterday().unwrap_or(from.date());
        return format!("from {} to {}", day(from.date()), day(last));
    }
    format!("from {} until {end}", until(from, now))
}

/// What somebody else has put into the rota about them.
pub fn noted_by(name: &str, told: &str) -> String {
    format!("{name} has noted: {told}")
}

/// What somebody else has taken out of the rota about them.
pub fn taken_back_by(name: &str, told: &str) -> String {
    format!("{name} has taken this back: {told}")
}

pub fn away_anyway(back: DateTime, now: &Zoned) -> String {
    format!("You are away until {} already. BACK to return now.", until(back, now))
}

pub fn stands_in(name: &str) -> String {
    format!("{name} stands in.")
}

pub fn cover_is_away(name: &str) -> String {
    format!("{name} is away then too, so the next name steps up.")
}

pub fn has_the_phone(name: &str) -> String {
    format!("{name} has the phone.")
}

pub fn backs_up(name: &str) -> String {
    format!("{name} backs up in your place.")
}

pub fn only_owner(name: &str) -> String {
    format!("Only {name} rings then.")
}

pub fn you_have_the_phone(end: Option<Timestamp>, now: &Zoned) -> String {
    match end {
        Some(end) => format!("You have the phone until {}.", clock_time(end, now)),
        None => "You have the phone.".to_owned(),
    }
}

pub fn too_many_changes(name: &str) -> String {
    format!(
        "Nothing has changed: {IN_FORCE_MAX} changes about {name} are in force, and no more are taken. Take some back in the \
         console, or have whoever keeps the rota write them there as one."
    )
}

pub fn would_leave_hole(when: &str, line: &LineId, several_lines: bool) -> String {
    let line = if several_lines { format!(" on line {line}") } else { String::new() };
    format!(
        "Then nobody would be there{line}: {when}, open, and no phone would ring. YES if you are away all the same."
    )
}

pub fn asks_to_swap(name: &str, turn: &str, until: Timestamp, now: &Zoned) -> String {
    format!("{name} asks you to swap turns: {turn}. YES or NO? Until {}.", clock_time(until, now))
}

pub fn asked_to_swap(other: &str, turn: &str) -> String {
    format!("{other} is asked to swap {turn}. Nothing changes before they say yes, within a day.")
}

pub fn swapped(other: &str, turn: &str) -> String {
    format!("{} UNDO takes it back.", are_swapped(other, turn))
}

pub fn are_swapped(other: &str, turn: &str) -> String {
    format!("You and {other} have swapped: {turn}.")
}

pub fn declined(other: &str) -> String {
    format!("Nothing has changed. {other} is told that you do not swap.")
}

pub fn does_not_swap(name: &str, turn: &str) -> String {
    format!("{name} does not swap: {turn}. Nothing has changed.")
}

pub fn no_turn_to_swap(other: &str) -> String {
    format!("Neither you nor {other} has a turn then, so there is nothing to swap.")
}

pub fn cannot_be_asked(other: &str) -> String {
    format!(
        "{other} has no phone that takes texts and cannot be asked. Whoever keeps the rota can write the swap there."
    )
}

pub fn swap_taken_back(other: &str) -> String {
    format!("Taken back: you and {other} have the turns you had. {other} is told.")
}

pub fn swap_of_others_taken_back(one: &str, other: &str) -> String {
    format!("Taken back: {one} and {other} have the turns they had. They are told.")
}

pub fn swap_taken_back_by(name: &str) -> String {
    format!("{name} has taken the swap back. Everybody has the turn they had.")
}

pub fn swap_not_asked(other: &str) -> String {
    format!("Taken back: {other} is told that you do not ask any more.")
}

/// The people of a line, the first has the phone.
pub fn on_call(people: &[&str], end: Option<Timestamp>, now: &Zoned) -> String {
    let until = end.map_or_else(String::new, |end| format!(" until {}", clock_time(end, now)));
    match people.split_first() {
        None => "nobody rings".to_owned(),
        Some((first, [])) => format!("{first} has the phone{until}"),
        Some((first, behind)) => format!("{first} has the phone{until}, then {}", behind.join(", then ")),
    }
}

/// Lines with the same words stand together.
pub fn who(lines: &[(Vec<&str>, String)], away: &[(&str, String)]) -> String {
    let of_line = |(names, words): &(Vec<&str>, String)| match lines {
        [_] => format!("{words}."),
        _ => format!("{}: {words}.", names.join(", ")),
    };
    let mut told: Vec<String> = lines.iter().map(of_line).collect();
    if !away.is_empty() {
        let away: Vec<String> = away.iter().map(|(name, until)| format!("{name} until {until}")).collect();
        told.push(format!("Away: {}.", away.join(", ")));
    }
    told.join(" ")
}

/// `Mrs Okafor (41)`
pub fn caller(promise: &Promise) -> String {
    format!("{} ({})", party(promise.name.as_deref(), promise.number), promise.id.0)
}

/// `Mrs Okafor`, `+44 7700 900999`
pub fn party(name: Option<&str>, number: Option<Phone>) -> String {
    match (name, number) {
        (Some(name), _) => name.to_owned(),
        (None, Some(number)) => number.spaced(),
        (None, None) => "a caller without a number".to_owned(),
    }
}

pub fn kept(caller: &str) -> String {
    format!("{caller} is done. UNDO takes it back.")
}

pub fn kept_and_followed(caller: &str, asked: Timestamp, now: &Zoned) -> String {
    format!("{caller} is done, and you are reminded at {} to ask whether it is sorted.", clock_time(asked, now))
}

/// `owner`: whose it is, if it is not theirs who asks.
pub fn owed(caller: &str, owner: Option<&str>, due: Timestamp, now: &Zoned) -> String {
    let due = clock_time(due, now);
    match owner {
        None => format!("{caller}: you ring by {due}."),
        Some(owner) => format!("{caller}: {owner} rings by {due}."),
    }
}

pub fn overdue(caller: &str, owner: Option<&str>) -> String {
    match owner {
        None => format!("{caller} is overdue and yours."),
        Some(owner) => format!("{caller} is overdue and with {owner}."),
    }
}

pub fn closed_before(caller: &str, by: Option<&str>, at: Timestamp, now: &Zoned) -> String {
    let (by, have) = by.map_or(("you", "have"), |by| (by, "has"));
    let at = at.to_zoned(now.time_zone().clone());
    let day = if at.date() == now.date() { "%H:%M" } else { "%H:%M on %A %-d %B" };
    format!("{caller} is done already: {by} {have} closed it at {}.", at.strftime(day))
}

pub fn no_such_promise(number: i64) -> String {
    format!("There is no {number}. CALLS lists what you owe.")
}

/// Several things may be meant, or none.
pub fn which_is_sorted(callers: &[String]) -> String {
    match callers {
        [] => "You owe nobody a call. Write SORTED with a number if you mean another's.".to_owned(),
        callers => format!("Which one is sorted: {}? Write SORTED and its number.", listed(callers)),
    }
}

pub fn usual_person(customer: &str) -> String {
    format!("You are the usual person of {customer} now: their calls ring you first.")
}

pub fn not_usual_person(customer: &str) -> String {
    format!("You are not the usual person of {customer}, and you are not asked again.")
}

/// An admin was faster.
pub fn has_another_usual_person(customer: &str) -> String {
    format!("{customer} has been given another usual person meanwhile. Nothing has changed.")
}

/// Several customers wait for an apology.
pub fn which_apology(callers: &[String]) -> String {
    format!("To whom: {}? Write YES and its number.", listed(callers))
}

/// So many are listed; the rest is counted.
const LISTED_MAX: usize = 5;

pub fn calls(owed: &[(String, Timestamp)], last: &[(String, Timestamp)], now: &Zoned) -> String {
    let owes: Vec<String> = owed.iter().map(|(caller, due)| format!("{caller} by {}", clock_time(*due, now))).collect();
    let mut told = match owes.as_slice() {
        [] => "You owe nobody a call.".to_owned(),
        owes => format!("You owe {}.", listed(owes)),
    };
    if !last.is_empty() {
        let at = |at: Timestamp| at.to_zoned(now.time_zone().clone()).strftime("%a %H:%M").to_string();
        let last: Vec<String> = last.iter().map(|(caller, started)| format!("{caller} {}", at(*started))).collect();
        told = format!("{told} Your last calls: {}.", listed(&last));
    }
    told
}

fn listed(items: &[String]) -> String {
    let shown = items.iter().take(LISTED_MAX).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(LISTED_MAX) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A customer's own words, to whoever owes them a call.
pub fn customer_writes(caller: &str, body: &str) -> String {
    let body: String = body.trim().chars().take(PASSED_ON_CHARS).collect();
    format!("{caller} writes: \"{body}\"")
}

const PASSED_ON_CHARS: usize = 300;

/// What was not understood, and what to write.
pub fn misread(misread: &Misread, rota: &Rota) -> String {
    match misread {
        Misread::NoCommand => format!("I did not understand that. You can write: {HELP}"),
        Misread::Unclear { verb, word } => {
            format!("I understood {} but not \"{}\". Write for instance {}.", name(*verb), short(word), example(*verb))
        }
        Misread::Negated(verb) => {
            format!("You write {} and not: nothing has changed. Write {} when it is so.", name(*verb), name(*verb))
        }
        Misread::WhichPromise(verb) => {
            format!(
                "Which one? Write {} with its number, for instance {}. CALLS lists them.",
                name(*verb),
                example(*verb)
            )
        }
        Misread::WhichPerson { word, people } => {
            let people: Vec<&StaffId> = people.iter().collect();
            let names: Vec<String> = people.iter().map(|who| format!("{} ({who})", rota.name(who))).collect();
            format!("Whom do you mean by \"{}\": {}? Write the short name.", short(word), names.join(" or "))
        }
        Misread::SwapWithWhom => "With whom? Write for instance SWAP FRI ANA.".to_owned(),
        Misread::When(verb) => format!("When? Write for instance {}.", example(*verb)),
        Misread::FromOrUntil => {
            "From then or until then? Write AWAY FROM FRI 14:00 or AWAY UNTIL FRI 14:00.".to_owned()
        }
        Misread::Past => "That time is over. Nothing has changed.".to_owned(),
        Misread::TooFar => "That is too far ahead: at most a year. Nothing has changed.".to_owned(),
    }
}

/// The person's own words, as long as they are told back.
const TOLD_BACK_CHARS: usize = 30;

fn short(word: &str) -> String {
    word.chars().take(TOLD_BACK_CHARS).collect()
}

fn name(verb: Verb) -> &'static str {
    match verb {
        Verb::Who => "WHO",
        Verb::Away => "AWAY",
        Verb::Back => "BACK",
        Verb::Swap => "SWAP",
        Verb::Calls => "CALLS",
        Verb::Call => "CALL",
        Verb::Done => "DONE",
        Verb::Later => "LATER",
        Verb::Sorted => "SORTED",
        Verb::Undo => "UNDO",
        Verb::Yes => "YES",
        Verb::No => "NO",
        Verb::Help => "HELP",
    }
}

fn example(verb: Verb) -> &'static str {
    match verb {
        Verb::Away => "AWAY 2H, AWAY UNTIL MON or AWAY FRI ANA",
        Verb::Swap => "SWAP FRI ANA",
        Verb::Call => "CALL 41",
        Verb::Done => "DONE 41",
        Verb::Later => "LATER 41 3PM",
        Verb::Sorted => "SORTED 41",
        Verb::Yes => "YES 41",
        Verb::No => "NO 41",
        Verb::Who | Verb::Back | Verb::Calls | Verb::Undo | Verb::Help => name(verb),
    }
}
