//! `[lines.*]`, `[ring]` and `[promise]`.

use std::ops::Range;

use super::phrases::Reminder;
use super::rotation::{self, Draft};
use super::staff::{choice, phone, warn_of_doubtful};
use super::{Known, hours, phrases};
use crate::config::document::{Problems, Section, Spanned};
use crate::domain::line::{Greeting, IfBroken, Line, LineId, PromiseOwner, Ring, Terms, Within};
use crate::domain::phone::Phone;
use crate::domain::rota::hours::Hours;
use crate::domain::rota::rotation::Rotation;

const EXAMPLE: &str = "[lines.main] and below it number = \"+442079460000\"";
const KEYS: &[&str] = &["number", "hours", "rota", "ring", "promise", "greeting", "greet_by_name"];
const RING_KEYS: &[&str] = &["usual_person", "each", "at_most"];
const PROMISE_KEYS: &[&str] = &["call_back", "owner", "remind", "if_broken"];

/// The shortest ring a person can answer, and the longest a caller should hear for one phone, in seconds.
const RING_SECONDS: std::ops::RangeInclusive<i64> = 8..=120;
/// Limits of a whole call's ringing, in seconds.
const AT_MOST_SECONDS: std::ops::RangeInclusive<i64> = 8..=300;
/// From about here on a mobile's voicemail takes the call before its owner does, in seconds.
const VOICEMAIL_SECONDS: u16 = 25;

/// What a line does not say itself.
struct Top<'d> {
    hours: Hours,
    draft: Option<Draft<'d>>,
    rotation: Option<Rotation>,
    ring: Option<Ring>,
    terms: Option<Terms>,
}

/// The names under `[lines]`, also of lines that have a mistake.
pub(super) fn ids<'d>(root: &Section<'d>) -> Vec<&'d str> {
    let mut unheard = Problems::new("", "");
    let lines = root.section("lines", "", &mut unheard);
    lines.iter().flat_map(Section::entries).map(|entry| entry.key).collect()
}

/// The numbers of all lines that can be read.
pub(super) fn numbers(root: &Section<'_>, known: &Known<'_>) -> Vec<Phone> {
    let mut unheard = Problems::new("", "");
    let Some(lines) = root.section("lines", "", &mut unheard) else { return Vec::new() };
    let number = |entry: crate::config::document::Entry<'_>| {
        let mut unheard = Problems::new("", "");
        let line = entry.section(String::new(), "", &mut unheard)?;
        let text = line.text("number", "", &mut unheard)?;
        Some(Phone::parse(text.value, known.country).ok()?.phone)
    };
    lines.entries().filter_map(number).collect()
}

/// Every line complete, with its place; `None` after an error.
pub(super) fn lines(
    root: &Section<'_>,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<Vec<(Line, Range<usize>)>> {
    let top = top(root, known, problems);
    let section = root.section("lines", EXAMPLE, problems);
    let entries: Vec<_> = section.iter().flat_map(Section::entries).collect();
    if entries.is_empty() {
        if !problems.partial && (section.is_some() || !root.has("lines")) {
            let place = section.map_or(0..0, |section| section.place);
            problems.error(&place, "no business number is given", format!("write {EXAMPLE}"));
        }
        return None;
    }
    let mut lines: Vec<(Line, Range<usize>)> = Vec::new();
    let mut taken = Vec::new();
    let mut doubtful = Vec::new();
    let mut complete = true;
    for entry in entries {
        let name = format!("[lines.{}]", entry.key);
        let Some(section) = entry.section(name, EXAMPLE, problems) else {
            complete = false;
            continue;
        };
        refuse_shared(entry.key, &section, &mut taken, known, problems);
        match line(entry.key, &section, &top, known, problems) {
            Some((line, number, valid)) => {
                if !valid {
                    doubtful.push(number);
                }
                lines.push((line, entry.key_place()));
            }
            None => complete = false,
        }
    }
    warn_of_doubtful(&doubtful, problems);
    complete.then_some(lines)
}

fn top<'d>(root: &Section<'d>, known: &Known<'_>, problems: &mut Problems) -> Top<'d> {
    let hours = hours::hours(root, problems).unwrap_or_else(Hours::always);
    let draft = rotation::draft(root, known, problems);
    let rotation = rotation::rotation(&draft.clone().unwrap_or_default(), &hours, known, problems);
    let ring = ring(root, Ring::default(), problems);
    let terms = terms(root, Terms::default(), problems);
    Top { hours, draft, rotation, ring, terms }
}

/// The line, the place of its number, and whether the numbering plan knows it.
fn line<'d>(
    id: &str,
    section: &Section<'d>,
    top: &Top<'d>,
    known: &Known<'_>,
    problems: &mut Problems,
) -> Option<(Line, Spanned<&'d str>, bool)> {
    section.only(KEYS, problems);
    let number = section.required_text("number", "number = \"+442079460000\"", problems);
    let phone = number.as_ref().and_then(|number| phone(number, known, problems));
    let hours = hours::hours(section, problems).unwrap_or_else(|| top.hours.clone());
    let rota = match rotation::draft(section, known, problems) {
        Some(own) => rotation::rotation(&own.over(&top.draft.clone().unwrap_or_default()), &hours, known, problems),
        None => top.rotation.clone(),
    };
    let ring = ring(section, top.ring.unwrap_or_default(), problems);
    let promise = terms(section, top.terms.clone().unwrap_or_default(), problems);
    let greeting = greeting(section, problems);
    let (number, valid) = phone?;
    let line = Line {
        id: LineId::new(id),
        number,
        hours,
        rota: rota?,
        ring: ring.filter(|_| top.ring.is_some())?,
        promise: promise.filter(|_| top.terms.is_some())?,
        greeting,
    };
    Some((line, section.text("number", "", problems)?, valid))
}

fn refuse_shared<'d>(
    id: &'d str,
    section: &Section<'_>,
    taken: &mut Vec<(Phone, &'d str)>,
    known: &Known<'_>,
    problems: &mut Problems,
) {
    let mut unheard = Problems::new("", "");
    let Some(text) = section.text("number", "", &mut unheard) else { return };
    let Some((number, _)) = phone(&text, known, &mut unheard) else { return };
    if let Some((_, other)) = taken.iter().find(|(other, _)| *other == number) {
        let what = format!("[lines.{other}] has this number already");
        problems.error(&text.place, what, "give every line its own number");
    }
    taken.push((number, id));
}

/// `None` after an error.
fn ring(parent: &Section<'_>, otherwise: Ring, problems: &mut Problems) -> Option<Ring> {
    let Some(section) = parent.section("ring", "[ring] with its keys below", problems) else {
        return (!parent.has("ring")).then_some(otherwise);
    };
    section.only(RING_KEYS, problems);
    let before = problems.errors();
    let ring = Ring {
        usual_person: seconds(&section, "usual_person", RING_SECONDS, problems).unwrap_or(otherwise.usual_person),
        each: seconds(&section, "each", RING_SECONDS, problems).unwrap_or(otherwise.each),
        at_most: seconds(&section, "at_most", AT_MOST_SECONDS, problems).unwrap_or(otherwise.at_most),
    };
    for (key, value) in [("usual_person", ring.usual_person), ("each", ring.each)] {
        if let Some(entry) = section.get(key)
            && value > VOICEMAIL_SECONDS
        {
            let what = format!("after {value} seconds most mobiles' voicemail has taken the call");
            let remedy = format!("write {key} = {VOICEMAIL_SECONDS} or less, or switch the voicemail off");
            problems.warning(&entry.place(), what, remedy);
        }
    }
    (problems.errors() == before).then_some(ring)
}

fn seconds(
    section: &Section<'_>,
    key: &str,
    allowed: std::ops::RangeInclusive<i64>,
    problems: &mut Problems,
) -> Option<u16> {
    let found = section.integer(key, &format!("{key} = 16, in seconds"), problems)?;
    if allowed.contains(&found.value) {
        return u16::try_from(found.value).ok();
    }
    let remedy = format!("write from {} to {} seconds", allowed.start(), allowed.end());
    problems.error(&found.place, format!("nobody can be rung for {} seconds", found.value), remedy);
    None
}

/// `None` after an error.
fn terms(parent: &Section<'_>, otherwise: Terms, problems: &mut Problems) -> Option<Terms> {
    let Some(section) = parent.section("promise", "[promise] with its keys below", problems) else {
        return (!parent.has("promise")).then_some(otherwise);
    };
    section.only(PROMISE_KEYS, problems);
    let before = problems.errors();
    let call_back = section
        .text("call_back", "call_back = \"2 open hours\"", problems)
        .and_then(|text| phrases::within(&text, problems));
    let owners = [
        ("usual person", PromiseOwner::UsualPerson),
        ("on call", PromiseOwner::OnCall),
        ("on-call", PromiseOwner::OnCall),
        ("owner", PromiseOwner::Owner),
    ];
    let owner = choice(&section, "owner", &owners, problems);
    let remind = section
        .text("remind", "remind = \"30 minutes before\"", problems)
        .and_then(|text| phrases::reminder(&text, problems));
    let if_broken = choice(&section, "if_broken", &[("owner", IfBroken::Owner)], problems);
    let terms = Terms {
        call_back: call_back.unwrap_or(otherwise.call_back),
        owner: owner.unwrap_or(otherwise.owner),
        remind_minutes: match remind {
            Some(Reminder::MinutesBefore(minutes)) => Some(minutes),
            Some(Reminder::Never) => None,
            None => otherwise.remind_minutes,
        },
        if_broken: if_broken.unwrap_or(otherwise.if_broken),
    };
    warn_of_early_reminder(&section, &terms, problems);
    (problems.errors() == before).then_some(terms)
}

fn warn_of_early_reminder(section: &Section<'_>, terms: &Terms, problems: &mut Problems) {
    let (Within::OpenMinutes(call_back) | Within::Minutes(call_back)) = terms.call_back;
    if terms.remind_minutes.is_some_and(|remind| remind >= call_back) {
        let place = section.get("remind").or_else(|| section.get("call_back")).map_or(0..0, |entry| entry.place());
        let what = "the reminder would come before the promise is made";
        problems.warning(&place, what, "remind later, or write remind = \"never\"");
    }
}

fn greeting(section: &Section<'_>, problems: &mut Problems) -> Option<Greeting> {
    let by_name = section.flag("greet_by_name", "greet_by_name = true", problems).unwrap_or(false);
    let Some(text) = section.text("greeting", "greeting = \"Hello {name}, Hartley Heating.\"", problems) else {
        if by_name && !section.has("greeting") {
            let place = section.get("greet_by_name").map_or(0..0, |entry| entry.place());
            let what = "nobody is greeted by name without a `greeting`";
            problems.error(&place, what, "add greeting = \"Hello {name}, Hartley Heating.\"");
        }
        return None;
    };
    if text.value.replace("{name}", "").contains(['{', '}']) {
        problems.error(&text.place, "a greeting has one blank to fill in: {name}", "write no other { or }");
    }
    if by_name != text.value.contains("{name}") {
        let (what, remedy) = if by_name {
            ("the greeting has no place for the name", "write {name} where the name is said")
        } else {
            ("the name is never said", "add greet_by_name = true, or leave {name} out")
        };
        problems.warning(&text.place, what, remedy);
    }
    Some(Greeting { text: text.value.to_owned(), by_name })
}
