//! The report's first glance: a card for each figure, with what it was before and what to aim at.

use std::cmp::Ordering;

use maud::{Markup, html};

use super::past::Told;
use super::words::{ReportWords, percent};
use crate::console::times;
use crate::domain::report::{HUNG_UP_LIMIT, KEPT_TARGET, Report, SOON_SECONDS, SOON_TARGET, Share, USUAL_TARGET};
use crate::domain::words::Language;

/// What a share is held against, in per cent.
enum Aim {
    None,
    Least(u32),
    Most(u32),
}

pub(super) fn cards(told: &Told, language: Language) -> Markup {
    let words = ReportWords(language);
    let (now, before) = (told.overview.all.report(), &told.before);
    let card = |title: String, figure: fn(&Report) -> Share, aim: Aim| {
        share_card(&title, (figure(&now), figure(before)), &aim, language)
    };
    html! {
        section aria-labelledby="glance" {
            h2 #glance { (words.glance()) }
            ul .cards .figures {
                (calls(&now, before, language))
                (card(words.reached(), |report| report.reached, Aim::None))
                (card(words.soon(SOON_SECONDS), |report| report.soon, Aim::Least(SOON_TARGET)))
                (wait(&now, before, language))
                (card(words.kept(), |report| report.promises.kept_share(), Aim::Least(KEPT_TARGET)))
                (card(words.usual(), |report| report.usual, Aim::Least(USUAL_TARGET)))
                (card(words.hung_up(), |report| report.hung_up, Aim::Most(HUNG_UP_LIMIT)))
            }
        }
    }
}

fn calls(now: &Report, before: &Report, language: Language) -> Markup {
    let words = ReportWords(language);
    let number = |count: u32| times::number(language, count.into());
    let (open, overdue) = (now.promises.open, now.promises.overdue);
    html! {
        li .card {
            h3 { (words.calls()) }
            p .big { (number(now.calls.all())) }
            p .small .soft { (change(now.calls.all(), before.calls.all(), &number(before.calls.all()), words)) }
            @if now.calls.live > 0 { p .small { (words.going_on(number(now.calls.live))) } }
            @if now.calls.blocked > 0 { p .small { (words.blocked(number(now.calls.blocked))) } }
            @if open > 0 { p .small { (words.promises_open(number(open), number(overdue))) } }
        }
    }
}

fn share_card(title: &str, (now, before): (Share, Share), aim: &Aim, language: Language) -> Markup {
    let words = ReportWords(language);
    let number = |count: u32| times::number(language, count.into());
    html! {
        li .card {
            h3 { (title) }
            @match now.percent() {
                None => { p .big .soft { (words.none()) } }
                Some(share) => {
                    p .big { (percent(language, share)) }
                    p .small .soft {
                        (words.part_of(number(now.part), number(now.of)))
                        @if let Some(was) = before.percent() { "; " (change(share, was, &percent(language, was), words)) }
                    }
                    (held_against(share, aim, language))
                }
            }
        }
    }
}

fn held_against(share: u32, aim: &Aim, language: Language) -> Markup {
    let words = ReportWords(language);
    let (met, told) = match aim {
        Aim::None => return html! {},
        Aim::Least(least) => (share >= *least, words.aim(percent(language, *least))),
        Aim::Most(most) => (share <= *most, words.aim_most(percent(language, *most))),
    };
    html! { p { @if met { span .badge .good { "✓ " (told) } } @else { span .badge .warn { (told) } } } }
}

fn wait(now: &Report, before: &Report, language: Language) -> Markup {
    let words = ReportWords(language);
    html! {
        li .card {
            h3 { (words.wait()) }
            @if let (Some(median), Some(p90)) = (now.wait.median, now.wait.p90) {
                p .big { (median) " s" }
                p .small .soft {
                    (words.half_within()) " " (median) " s, " (words.nine_within(p90))
                    @if let Some(was) = before.wait.median { "; " (change(median, was, &format!("{was} s"), words)) }
                }
            } @else { p .big .soft { (words.none()) } }
        }
    }
}

/// `up from 62%`
fn change(now: u32, was: u32, was_told: &str, words: ReportWords) -> String {
    match now.cmp(&was) {
        Ordering::Greater => words.up_from(was_told),
        Ordering::Less => words.down_from(was_told),
        Ordering::Equal => words.as_before(),
    }
}
