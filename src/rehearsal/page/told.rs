//! What happened and why, in the language of who looks.

use super::words::{RehearseWords, ToldWords};
use crate::domain::phone::Phone;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words::Language;
use crate::rehearsal::{Beat, Known, Outcome, Story, What};

/// One thing that happened.
pub(super) struct Told {
    pub(super) sentence: String,
    /// What was heard or written, in its own language.
    pub(super) words: Option<String>,
    pub(super) why: Option<String>,
    /// What must not have happened, in English.
    pub(super) fault: Option<String>,
    /// How it looks: `good`, `warn`, `bad` or nothing.
    pub(super) kind: &'static str,
}

pub(super) fn told(story: &Story, beat: &Beat, language: Language) -> Told {
    let words = ToldWords(language);
    let name = beat.who.as_ref().map_or("", |who| story.rota.name(who));
    let sentence = match &beat.what {
        What::RingsIn => words.rings_in(caller(story, language), line(story)),
        What::Rings { seconds } => words.rings(name, seconds),
        What::NotRung => words.not_rung(name),
        What::PicksUp { machine: false } => words.picks_up(name),
        What::PicksUp { machine: true } => words.picks_up_alone(name),
        What::Hears => words.hears(name),
        What::Presses(key) => words.presses(name, key),
        What::Talks => words.talks(name),
        What::Dropped => words.dropped(name),
        What::NoAnswer => words.no_answer(name),
        What::Busy => words.busy(name),
        What::Declines => words.declines(name),
        What::Unreachable => words.unreachable(name),
        What::StopsRinging => words.stops_ringing(name),
        What::HangsUpInWhisper | What::HangsUp => words.hangs_up(name),
        What::CallerHears => words.caller_hears(),
        What::Tone => words.tone(),
        What::Message { seconds } => words.message(seconds),
        What::CallerHangsUp => words.caller_hangs_up(),
        What::CallEnds => words.call_ends(),
        What::Refused => words.refused(),
        What::Text(to) => words.text(owner_of(story, *to).unwrap_or_else(|| words.the_caller())),
        What::Fault | What::ServerRestarts | What::StoreLocked | What::StoreReleased => words.fault(),
    };
    let is_fault = beat.what == What::Fault;
    let (fault, words) = if is_fault { (beat.words.clone(), None) } else { (None, beat.words.clone()) };
    let why = beat.known.as_ref().map(|known| why(known, language));
    Told { sentence, words, why, fault, kind: kind(&beat.what) }
}

pub(super) fn why(known: &Known, language: Language) -> String {
    let words = ToldWords(language);
    match known {
        Known::Customer { name, usual: Some(usual) } => words.customer_of(name, usual),
        Known::Customer { name, usual: None } => name.clone(),
        Known::NewCaller => words.new_caller(),
        Known::Nobody => words.nobody_known(),
        Known::Why(why) => why.in_words(language),
    }
}

fn kind(what: &What) -> &'static str {
    match what {
        What::Talks => "good",
        What::NoAnswer | What::Busy | What::Declines | What::Unreachable | What::Dropped | What::HangsUpInWhisper => {
            "warn"
        }
        What::Fault | What::Refused => "bad",
        _ => "",
    }
}

pub(super) fn ending(story: &Story, outcome: &Outcome, language: Language) -> String {
    let words = RehearseWords(language);
    let started = story.started.to_zoned(story.rota.zone.clone());
    let by = |due: &jiff::Timestamp| language.clock_time(&due.to_zoned(story.rota.zone.clone()), &started);
    let name = |who: &StaffId| story.rota.name(who).to_owned();
    match outcome {
        Outcome::Reached { who, after_seconds } => words.reached(name(who), after_seconds),
        Outcome::Promised { owner, due } => words.promised(name(owner), by(due)),
        Outcome::HungUp { after_seconds, owed: Some((owner, due)) } => {
            words.hung_up_owed(after_seconds, name(owner), by(due))
        }
        Outcome::HungUp { after_seconds, owed: None } => words.hung_up(after_seconds),
        Outcome::Blocked => words.blocked(),
    }
}

pub(super) fn caller(story: &Story, language: Language) -> String {
    match Phone::from_e164(&story.caller.from) {
        Some(phone) => phone.spaced(),
        None => RehearseWords(language).withheld(),
    }
}

fn line(story: &Story) -> String {
    let number = story.caller.to;
    let name = story.rota.line_of(number).map(|line| line.id.to_string()).unwrap_or_default();
    format!("{name} ({})", number.spaced())
}

fn owner_of(story: &Story, phone: Phone) -> Option<String> {
    story.rota.staff.iter().find(|person| person.reach == Reach::Phone(phone)).map(|person| person.name.clone())
}
