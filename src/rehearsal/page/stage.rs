//! The phones of a rehearsal, and what has happened: the part of the page that changes.

use jiff::Zoned;
use maud::{Markup, html};

use super::open::Open;
use super::told::{self, ending, told};
use super::words::RehearseWords;
use crate::console::times;
use crate::domain::staff::Accept;
use crate::domain::words::Language;
use crate::rehearsal::{Beat, CallerDoes, Handset, PhoneDoes, Seen, What};

/// More phones than anybody can look at.
const PHONES_MAX: usize = 24;

/// For the script only: without it time goes by as one asks.
pub(super) fn controls(language: Language) -> Markup {
    let words = RehearseWords(language);
    html! {
        p #controls .row hidden {
            button #pause .quiet type="button" aria-pressed="false" data-run=(words.run()) data-pause=(words.pause()) { (words.pause()) }
            label { input #speak type="checkbox"; (words.speak()) }
        }
    }
}

/// Every `data-part` is put in the place of the one before, if it has changed.
pub(super) fn stage(id: &str, open: &Open, seen: &Seen, language: Language) -> Markup {
    let words = RehearseWords(language);
    let beats = &seen.story.beats;
    let news = beats.get(open.tells(beats.len())..).unwrap_or_default();
    let is_over = seen.caller == CallerDoes::IsGone;
    html! {
        div #stage data-moves={ "/console/rehearse/" (id) "/moves" } data-over=(is_over) {
            p #news .hidden data-part aria-live="polite" { @for beat in news { (announced(seen, beat, language)) " " } }
            div #ending data-part { (the_end(seen, language)) }
            div .stage {
                form method="post" action={ "/console/rehearse/" (id) "/moves" } {
                    div #clock .row.apart data-part { (clock(seen, words, language)) }
                    div #caller-phone .card data-part { (caller(seen, language)) }
                    h2 { (words.phones()) }
                    ul .cards {
                        @for phone in seen.phones.iter().take(PHONES_MAX) {
                            li .card #{ "phone-" (phone.who) } data-part { (handset(seen, phone, language)) }
                        }
                    }
                }
                section aria-labelledby="happened" {
                    h2 #happened { (words.happened()) }
                    ol #timeline .timeline data-part { @for beat in beats { (line(seen, beat, language)) } }
                }
            }
        }
    }
}

fn clock(seen: &Seen, words: RehearseWords, language: Language) -> Markup {
    let at = local(seen, seen.at);
    html! {
        p .big .number { (times::day(language, at.date(), at.date())) " " (clock_time(&at)) }
        @if seen.caller != CallerDoes::IsGone {
            span .row {
                (button("waits:1", &words.a_second(), "quiet"))
                (button("waits:5", &words.seconds(5), "quiet"))
                (button("goes-on", &words.goes_on(), "quiet"))
            }
        }
    }
}

fn the_end(seen: &Seen, language: Language) -> Markup {
    let words = RehearseWords(language);
    html! {
        @if let (CallerDoes::IsGone, Some(outcome)) = (seen.caller, &seen.story.outcome) {
            div .notice .good { p { strong { (words.outcome()) } " " (ending(&seen.story, outcome, language)) } }
        }
        @for fault in seen.story.faults() { div .notice .bad { p lang="en" { (fault) } } }
    }
}

fn caller(seen: &Seen, language: Language) -> Markup {
    let words = RehearseWords(language);
    let heard = seen.story.beats.iter().rev().find(|beat| beat.what == What::CallerHears);
    let (kind, does) = match seen.caller {
        CallerDoes::HearsRinging => ("dot ringing", words.hears_ringing()),
        CallerDoes::HearsWords => ("", words.hears_words()),
        CallerDoes::HearsTone => ("warn", words.hears_tone()),
        CallerDoes::Speaks => ("warn dot", words.speaks()),
        CallerDoes::Talks => ("good dot", words.talks()),
        CallerDoes::IsGone => ("quiet", words.gone()),
    };
    html! {
        h2 { (words.the_caller()) }
        p .row { strong { (told::caller(&seen.story, language)) } span class={ "badge " (kind) } { (does) } }
        @if let Some(known) = seen.story.beats.first().and_then(|beat| beat.known.as_ref()) { p .soft { (told::why(known, language)) } }
        @if let (CallerDoes::HearsWords | CallerDoes::HearsTone, Some(heard)) = (seen.caller, heard) { (quote(heard, &seen.language)) }
        p .row {
            @if seen.caller == CallerDoes::HearsTone { (button("caller-speaks", &words.leave_message(), "")) }
            @if seen.caller != CallerDoes::IsGone { (button("caller-hangs-up", &words.hang_up(), "quiet")) }
        }
    }
}

fn handset(seen: &Seen, phone: &Handset, language: Language) -> Markup {
    let words = RehearseWords(language);
    let of_it = |beat: &&Beat| beat.who.as_ref() == Some(&phone.who);
    let last = seen.story.beats.iter().rev().find(of_it);
    let heard = seen.story.beats.iter().rev().filter(of_it).find(|beat| beat.what == What::Hears);
    html! {
        h3 { (phone.name) }
        @match phone.does {
            PhoneDoes::Nothing => p .soft {
                @match last {
                    Some(beat) => { (told(&seen.story, beat, language).sentence) },
                    None => { (words.quiet()) },
                }
            },
            PhoneDoes::Rings { shows } => {
                p .row { span .badge .dot .ringing { (words.rings()) } span .soft .number { (words.shows(shows.spaced())) } }
                p .row { (press(phone, "answers", &words.answer(), "")) (press(phone, "declines", &words.decline(), "quiet")) }
                p .row {
                    @if phone.accept == Accept::Key { (press(phone, "voicemail", &words.voicemail(), "quiet small")) }
                    (press(phone, "busy", &words.busy(), "quiet small"))
                    (press(phone, "unreachable", &words.unreachable(), "quiet small"))
                }
                p .small .soft { (words.let_it_ring()) }
            },
            PhoneDoes::Asks | PhoneDoes::Hears => {
                p { span .badge { (words.listens()) } }
                @if let Some(heard) = heard { (quote(heard, &phone.language)) }
                @if phone.does == PhoneDoes::Asks { (keys(phone, words)) }
                p { (press(phone, "hangs-up", &words.hang_up(), "quiet")) }
            },
            PhoneDoes::Talks => {
                p { span .badge .good .dot { (words.talks()) } }
                p { (press(phone, "hangs-up", &words.hang_up(), "")) }
            },
        }
    }
}

fn keys(phone: &Handset, words: RehearseWords) -> Markup {
    html! {
        p .row {
            (press(phone, "key-1", &words.key_1(), ""))
            (press(phone, "key-2", &words.key_2(), "quiet"))
            (press(phone, "key-3", &words.key_3(), "quiet"))
        }
        p .row .keys {
            span .small .soft { (words.other_keys()) }
            @for key in ["0", "4", "5", "6", "7", "8", "9", "*", "#"] {
                (press(phone, &format!("key-{key}"), key, "quiet small"))
            }
        }
    }
}

fn press(phone: &Handset, what: &str, label: &str, kind: &str) -> Markup {
    html! {
        button #{ (what) "-" (phone.who) } class=(kind) name="move" value={ (what) ":" (phone.who) } {
            (label) span .hidden { ": " (phone.name) }
        }
    }
}

fn button(what: &str, label: &str, kind: &str) -> Markup {
    html! { button id=(what.replace(':', "-")) class=(kind) name="move" value=(what) { (label) } }
}

fn quote(beat: &Beat, language: &str) -> Markup {
    html! { blockquote lang=(language) { (beat.words.as_deref().unwrap_or_default()) } }
}

fn line(seen: &Seen, beat: &Beat, language: Language) -> Markup {
    let told = told(&seen.story, beat, language);
    html! {
        li class=(told.kind) {
            time datetime=(times::machine(beat.at)) { (clock_time(&local(seen, beat.at))) }
            span {
                (told.sentence)
                @if let Some(words) = &told.words { " " q lang=(spoken_in(seen, beat)) { (words) } }
            }
            @if let Some(why) = &told.why { span .why { (why) } }
            @if let Some(fault) = &told.fault { span .why lang="en" { (fault) } }
        }
    }
}

/// For whoever listens to the page; what somebody hears can be spoken.
fn announced(seen: &Seen, beat: &Beat, language: Language) -> Markup {
    let told = told(&seen.story, beat, language);
    let spoken = matches!(beat.what, What::Hears | What::CallerHears);
    html! {
        span { (told.sentence) "." }
        @if let Some(words) = &told.words { " " span lang=(spoken_in(seen, beat)) data-say[spoken] { (words) } }
    }
}

fn spoken_in<'a>(seen: &'a Seen, beat: &Beat) -> &'a str {
    let phone = seen.phones.iter().find(|phone| Some(&phone.who) == beat.who.as_ref());
    phone.map_or(&seen.language, |phone| &phone.language)
}

fn local(seen: &Seen, at: jiff::Timestamp) -> Zoned {
    at.to_zoned(seen.story.rota.zone.clone())
}

fn clock_time(at: &Zoned) -> String {
    format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}
