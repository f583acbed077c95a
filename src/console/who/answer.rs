//! The answer as a part of a page: whom, how long and why; whom not and why not; and the promise.

use maud::{Markup, html};

use super::words::WhoWords;
use crate::console::times;
use crate::domain::caller::Caller;
use crate::domain::phone::Phone;
use crate::domain::plan::usual_person;
use crate::domain::words::Language;
use crate::domain::would_ring::WouldRing;

/// What is told of one person.
#[derive(PartialEq, Eq)]
struct Row {
    who: String,
    /// `None`: is not rung.
    seconds: Option<u16>,
    why: String,
}

/// Of the calls that `would` and `other` are about, `other` is the one to tell the difference from.
pub(super) fn answer(would: &WouldRing, other: Option<&WouldRing>, language: Language) -> Markup {
    let words = WhoWords(language);
    if would.is_blocked() {
        return html! { p { (headline(would, language)) } div .notice .warn { p { (words.blocked()) } } };
    }
    let (rung, skipped) = (rung(would, language), skipped(would, language));
    let (other_rung, other_skipped) =
        (other.map(|other| self::rung(other, language)), other.map(|other| self::skipped(other, language)));
    let moved = |at: usize, row: &Row| other_rung.as_ref().is_some_and(|other| other.get(at) != Some(row));
    let news = |row: &Row| other_skipped.as_ref().is_some_and(|other| !other.contains(row));
    let promise_differs = other.is_some_and(|other| promise(other, language) != promise(would, language));
    html! {
        p { (headline(would, language)) }
        p .soft { (open_or_closed(would, language)) " " (usual(would, language)) }
        @if rung.is_empty() { p { (words.nobody_rings()) } }
        @else {
            div .table tabindex="0" {
                table {
                    caption { (words.rung()) }
                    thead { tr { th scope="col" { (words.who()) } th .number scope="col" { (words.seconds()) } th scope="col" { (words.why()) } } }
                    tbody {
                        @for (at, row) in rung.iter().enumerate() {
                            tr {
                                th scope="row" { (at + 1) ". " (row.who) (badge(moved(at, row), words)) }
                                td .number { (row.seconds.unwrap_or_default()) }
                                td { (row.why) }
                            }
                        }
                    }
                }
            }
        }
        @if !skipped.is_empty() {
            div .table tabindex="0" {
                table {
                    caption { (words.not_rung()) }
                    thead { tr { th scope="col" { (words.who()) } th scope="col" { (words.why()) } } }
                    tbody {
                        @for row in &skipped {
                            tr { th scope="row" { (row.who) (badge(news(row), words)) } td { (row.why) } }
                        }
                    }
                }
            }
        }
        p { strong { (promise(would, language)) } (badge(promise_differs, words)) }
    }
}

/// Whether nobody would notice which of the two it is.
pub(super) fn is_same(one: &WouldRing, other: &WouldRing) -> bool {
    let rung = |of: &WouldRing| rung(of, Language::English);
    let skipped = |of: &WouldRing| skipped(of, Language::English);
    rung(one) == rung(other) && skipped(one) == skipped(other) && one.plan.promise == other.plan.promise
}

fn badge(differs: bool, words: WhoWords) -> Markup {
    html! { @if differs { " " span .badge .warn { (words.differs()) } } }
}

fn rung(would: &WouldRing, language: Language) -> Vec<Row> {
    let rows = would.plan.steps.iter().map(|step| Row {
        who: step.name.clone(),
        seconds: Some(step.seconds),
        why: step.reason.in_words(language),
    });
    rows.collect()
}

fn skipped(would: &WouldRing, language: Language) -> Vec<Row> {
    let rows = would.not_rung().map(|of| Row {
        who: would.rota.name(&of.who).to_owned(),
        seconds: None,
        why: of.reason.in_words(language),
    });
    rows.collect()
}

fn headline(would: &WouldRing, language: Language) -> String {
    let words = WhoWords(language);
    let number = would.from.map(Phone::spaced).unwrap_or_default();
    let caller = match &would.caller {
        Caller::Customer(customer) => words.customer(&customer.name, number),
        Caller::Stranger(_) => words.stranger(number),
        Caller::Unknown => words.anybody(),
    };
    let at = would.local();
    let when = format!("{} {:02}:{:02}", times::day(language, at.date(), at.date()), at.hour(), at.minute());
    words.rings(caller, &would.line.id, when)
}

fn open_or_closed(would: &WouldRing, language: Language) -> String {
    let words = WhoWords(language);
    let now = would.local();
    let until = would.until().map(|until| language.clock_time(&until.to_zoned(now.time_zone().clone()), &now));
    match (would.duty.open, until) {
        (true, Some(until)) => words.open_until(until),
        (true, None) => words.always_open(),
        (false, Some(until)) => words.closed_until(until),
        (false, None) => words.always_closed(),
    }
}

fn usual(would: &WouldRing, language: Language) -> String {
    let words = WhoWords(language);
    let Some(customer) = would.customer() else { return String::new() };
    match usual_person(customer, would.duty.at) {
        Some(usual) => words.usual(would.rota.name(usual.who)),
        None => words.no_usual(),
    }
}

fn promise(would: &WouldRing, language: Language) -> String {
    let (now, promise) = (would.local(), &would.plan.promise);
    let due = language.clock_time(&promise.due.to_zoned(now.time_zone().clone()), &now);
    WhoWords(language).promise(would.rota.name(&promise.owner), due)
}
