//! What staff read that is not about one call: the morning letter and advice.

use std::cmp::Reverse;
use std::fmt::Write as _;

use jiff::{Timestamp, Zoned};

use crate::domain::letter::Fix;
use crate::domain::phone::Phone;
use crate::domain::report::{Person, Report};
use crate::domain::rota::Rota;
use crate::domain::voicemail::Voicemail;
use crate::domain::words::Language;
use crate::domain::words::advice::{AT_ONCE, VOICEMAIL_SECONDS, never_takes, voicemail_advice};

/// Three segments of a text: in the GSM alphabet, and where a name needs another.
const GSM_MAX: usize = 3 * 153;
const UTF16_MAX: usize = 3 * 67;

/// How long the names of customers may be together, in characters: providers refuse texts beyond 1,600.
const LISTED_CHARS: usize = 1_000;

/// The morning letter. Whoever does not fit in three segments is left to `switchboard report`.
pub fn letter(rota: &Rota, since: Timestamp, report: &Report, fix: Option<&Fix>, now: &Zoned) -> String {
    let head = head(rota, since, report, now);
    let fix = fix.map(|fix| format!(" To fix: {}.", thing_to_fix(fix, rota, now))).unwrap_or_default();
    let mut people: Vec<&Person> = report.people.iter().filter(|person| has_news(person)).collect();
    people.sort_by_key(|person| {
        let promises = person.promises;
        Reverse((promises.broken + promises.overdue, promises.made, person.took))
    });
    let lines: Vec<String> = people.iter().map(|person| format!(" {}.", about(rota, person))).collect();
    let with = |count: usize| {
        let told: String = lines.iter().take(count).map(String::as_str).collect();
        let rest = if count < lines.len() { " ...: switchboard report." } else { "" };
        format!("{head}{told}{rest}{fix}")
    };
    let fitting = (0..=lines.len()).rev().map(with).find(|text| fits(text));
    fitting.unwrap_or_else(|| cut(&format!("{head}{fix}")))
}

fn head(rota: &Rota, since: Timestamp, report: &Report, now: &Zoned) -> String {
    let since = since.to_zoned(now.time_zone().clone()).strftime("%a %H:%M").to_string();
    let calls = match report.calls.all() {
        0 => "no calls".to_owned(),
        1 => "1 call".to_owned(),
        calls => format!("{calls} calls"),
    };
    let mut text = format!("{} since {since}: {calls}", rota.business.trim_end_matches('.'));
    // Writing to a string cannot fail.
    if let Some(percent) = report.reached.percent() {
        let _ = write!(text, ", {percent} % reached a human");
    }
    if let (Some(median), Some(p90)) = (report.wait.median, report.wait.p90) {
        let _ = write!(text, ", half within {median} s, 9 of 10 within {p90} s");
    }
    text.push('.');
    if let Some(percent) = report.usual.percent() {
        let _ = write!(text, " Usual person or cover: {percent} %.");
    }
    let promises = report.promises;
    if promises.made > 0 {
        let _ = write!(text, " Promises: {} kept, {} broken, {} open.", promises.kept, promises.broken, promises.open);
    }
    text
}

fn has_news(person: &Person) -> bool {
    person.promises.made > 0 || person.took > 0
}

/// Promises stand before speed.
fn about(rota: &Rota, person: &Person) -> String {
    let promises = person.promises;
    let mut facts = Vec::new();
    if promises.made > 0 {
        facts.push(format!("kept {} of {}", promises.kept, promises.made));
    }
    if promises.overdue > 0 {
        facts.push(format!("{} overdue", promises.overdue));
    }
    if let Some(median) = person.wait.median {
        facts.push(format!("took {} in {median} s", person.took));
    }
    format!("{}: {}", first_name(rota, rota.name(&person.who)), facts.join(", "))
}

/// `Tom`, unless two people are called so.
fn first_name<'a>(rota: &Rota, name: &'a str) -> &'a str {
    let first = name.split_whitespace().next().unwrap_or(name);
    let namesakes = rota.staff.iter().filter(|person| person.name.split_whitespace().next() == Some(first));
    if namesakes.count() > 1 { name } else { first }
}

/// Without a full stop.
pub fn thing_to_fix(fix: &Fix, rota: &Rota, now: &Zoned) -> String {
    match fix {
        Fix::Overdue { count, longest } => {
            let who = longest.name.clone().or_else(|| longest.number.map(Phone::spaced));
            let who = who.unwrap_or_else(|| "a caller without a number".to_owned());
            let (owner, due) = match &longest.broken {
                Some(broken) => (&broken.by, broken.due),
                None => (&longest.owner, longest.due),
            };
            let due = due.to_zoned(now.time_zone().clone()).strftime("%a %-d %b %H:%M").to_string();
            let others = match count.saturating_sub(1) {
                0 => String::new(),
                others => format!(", and {others} more"),
            };
            format!("{who} was promised a call from {} by {due} and still waits{others}", rota.name(owner))
        }
        Fix::Nobody(gap) | Fix::NoBackup(gap) => gap.words(rota, Language::English),
        Fix::Voicemail(voicemail) => voicemail_advice(voicemail, rota, Language::English),
        Fix::NeverTakes { who, rung } => never_takes(who, *rung, rota, Language::English),
    }
}

/// To the person whose voicemail it is.
pub fn voicemail_text(voicemail: &Voicemail, rota: &Rota) -> String {
    let Voicemail { seconds, took, .. } = voicemail;
    let business = &rota.business;
    let please = if *seconds < AT_ONCE {
        "Is your phone off, or does it forward its calls?".to_owned()
    } else if *seconds < VOICEMAIL_SECONDS {
        format!("Please set it to {VOICEMAIL_SECONDS} s.")
    } else {
        "Please switch it off, or ask for shorter rings.".to_owned()
    };
    format!("{business}: your voicemail took {took} of our calls in 4 weeks, after {seconds} s of ringing. {please}")
}

/// To somebody who has come to take most of a customer's calls.
pub fn usual_person_question(customer: &str, took: usize, of: u8) -> String {
    format!("You took {took} of {customer}'s last {of} calls. Be their usual person? Reply Y or N.")
}

/// To the owner, of somebody who is no longer on the staff.
pub fn left_note(name: &str, customers: &[String], count: usize) -> String {
    format!(
        "{name} is no longer on the staff and looked after {}. Their calls now go to whoever is on call. To name \
         somebody else: switchboard customers import.",
        left_customers(customers, count)
    )
}

/// To the owner of the business: who keeps the promises of somebody who has left. Of each its number, the caller's name
/// and who has it now.
pub fn promises_went_on<'a>(left: &str, promises: impl Iterator<Item = (i64, Option<&'a str>, &'a str)>) -> String {
    let told: Vec<String> =
        promises.map(|(id, caller, owner)| format!("{id} ({}) to {owner}", caller.unwrap_or("a new caller"))).collect();
    format!("{left} is not on the staff any more. Their promises have gone on: {}.", told.join(", "))
}

/// `3 customers: Mr Li, Mrs Okafor and 1 more`
pub fn left_customers(customers: &[String], count: usize) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut length = 0;
    for name in customers {
        length += name.chars().count();
        if length > LISTED_CHARS {
            break;
        }
        names.push(name);
    }
    let unit = if count == 1 { "customer" } else { "customers" };
    let listed = names.join(", ");
    match count.saturating_sub(names.len()) {
        0 => format!("{count} {unit}: {listed}"),
        more => format!("{count} {unit}: {listed} and {more} more"),
    }
}

fn fits(text: &str) -> bool {
    match gsm_length(text) {
        Some(length) => length <= GSM_MAX,
        None => text.encode_utf16().count() <= UTF16_MAX,
    }
}

fn cut(text: &str) -> String {
    let mut text = text.to_owned();
    while !fits(&text) {
        text.pop();
    }
    text
}

/// In characters of the GSM alphabet, of which some count twice; `None` if one is not of it.
fn gsm_length(text: &str) -> Option<usize> {
    const SINGLE: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
    const DOUBLE: &str = "^{}\\[~]|€";
    text.chars().try_fold(0, |length, c| {
        if c.is_ascii_alphanumeric() || SINGLE.contains(c) {
            Some(length + 1)
        } else if DOUBLE.contains(c) {
            Some(length + 2)
        } else {
            None
        }
    })
}
