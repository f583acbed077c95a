//! One promise: what was promised, what has happened since, and what one can do about it.

use maud::{Markup, html};

use super::act::{WHY_MAX, draft};
use super::list::badge;
use super::words::PromisesWords;
use super::{address, whom};
use crate::console::{Console, Me, Problem, calls, times};
use crate::domain::access::Role;
use crate::domain::promise::{Check, Happened, How, Promise, PromiseId, PromiseState};
use crate::store::promises;

pub(super) async fn get(console: &Console, id: PromiseId) -> Result<Promise, Problem> {
    let found = console.read(move |tx| promises::get(tx, id)).await?;
    found.map(|stored| stored.promise).ok_or(Problem::NotFound)
}

pub(super) fn page(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let words = PromisesWords(me.language);
    html! {
        (facts(console, me, promise))
        @if let Some(left) = &promise.message {
            section aria-labelledby="message" {
                h2 #message { (words.message()) }
                (calls::message(console, left.call, &left.message, me.language))
            }
        }
        @if me.role.may(Role::Staff) { (deeds(console, me, promise)) }
        section aria-labelledby="story" { h2 #story { (words.story()) } (story(console, me, promise)) }
    }
}

fn facts(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), PromisesWords(me.language));
    html! {
        p { (badge(console, me, promise)) }
        dl {
            dt { (words.owner()) } dd { (rota.name(&promise.owner)) }
            dt { (words.due()) }
            dd { time datetime=(times::machine(promise.due)) { (times::short(me.language, promise.due, &now)) } }
            dt { (words.customer()) }
            dd {
                @match promise.customer {
                    Some(id) => { a href={ "/console/customers/" (id.0) } { (whom(promise, me.language)) } }
                    None => {
                        @match (promise.number, &promise.name) {
                            (Some(number), None) => { a .number href={ "tel:" (number) } { (number.spaced()) } }
                            _ => { (whom(promise, me.language)) }
                        }
                    }
                }
            }
            @if let (Some(number), Some(_)) = (promise.number, &promise.name) {
                dt { (words.number()) } dd .number { a href={ "tel:" (number) } { (number.spaced()) } }
            }
            @if let Some(about) = &promise.about { dt { (words.about()) } dd { (about) } }
            dt { (words.calls()) }
            dd {
                @for (place, call) in promise.calls.iter().enumerate() {
                    @if place > 0 { ", " }
                    a href=(calls::address(*call)) {
                        @if place == 0 { (words.rang(times::short(me.language, promise.rang, &now))) }
                        @else { (place + 1) }
                    }
                }
            }
        }
    }
}

fn deeds(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let words = PromisesWords(me.language);
    let asked = matches!(promise.state, PromiseState::Kept { check: Some(Check { asked: true, .. }), .. });
    html! {
        @if let Some((text, due)) = draft(console, me, promise) {
            section .card aria-labelledby="apology" {
                h2 #apology { (words.apology()) }
                blockquote lang=(promise.language) { p { (text) } }
                form method="post" action={ (address(promise.id)) "/apology" } {
                    input type="hidden" name="due" value=(due.as_second());
                    button { (words.send_apology()) }
                    p .hint { (words.apology_hint()) }
                }
            }
        }
        @if asked {
            section .card {
                form method="post" action={ (address(promise.id)) "/sorted" } {
                    p { (words.asked()) }
                    p .row {
                        button name="sorted" value="yes" { (words.sorted()) }
                        button .quiet name="sorted" value="no" { (words.not_sorted()) }
                    }
                }
            }
        }
        @if promise.is_unsettled() { (open_deeds(me, promise, words)) }
        @else if !asked {
            @if promise.awaits_a_word() { (done(promise, words)) }
            @if let PromiseState::Kept { how: How::Word, .. } | PromiseState::LetGo { .. } = promise.state {
                form method="post" action={ (address(promise.id)) "/reopen" } { button .quiet { (words.reopen()) } }
            }
        }
    }
}

fn open_deeds(me: &Me, promise: &Promise, words: PromisesWords) -> Markup {
    let to = address(promise.id);
    html! {
        div .cards {
            section .card {
                h2 { (words.call_back()) }
                @if promise.number.is_none() { p { (words.did_no_number()) } }
                @else if me.staff.is_none() { p { (words.no_phone()) } }
                @else {
                    form method="post" action={ (to) "/call-back" } {
                        button { (words.call_back()) }
                        p .hint { (words.call_back_hint()) }
                    }
                }
            }
            (done(promise, words))
            section .card {
                h2 { (words.later()) }
                form method="post" action={ (to) "/later" } {
                    p .row {
                        button .quiet name="within" value="1h" { (words.in_an_hour()) }
                        button .quiet name="within" value="3h" { (words.in_three_hours()) }
                        button .quiet name="within" value="tomorrow" { (words.tomorrow()) }
                    }
                }
                form method="post" action={ (to) "/later" } {
                    div .field {
                        label for="at" { (words.at()) }
                        input #at type="datetime-local" name="at" required;
                    }
                    button .quiet { (words.move_it()) }
                    p .hint { (words.later_hint()) }
                }
            }
            section .card {
                h2 { (words.let_it_go()) }
                form method="post" action={ (to) "/let-go" } {
                    div .field {
                        label for="why" { (words.why()) }
                        input #why name="why" maxlength=(WHY_MAX) required autocomplete="off";
                    }
                    button .bad { (words.let_it_go()) }
                    p .hint { (words.let_go_hint()) }
                }
            }
        }
    }
}

fn done(promise: &Promise, words: PromisesWords) -> Markup {
    html! {
        section .card {
            h2 { (words.done()) }
            form method="post" action={ (address(promise.id)) "/done" } {
                p { label { input type="checkbox" name="follow" value="yes"; (words.follow()) } }
                button { (words.done()) }
                p .hint { (words.done_hint()) }
            }
        }
    }
}

fn story(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), PromisesWords(me.language));
    html! {
        ol .timeline {
            @for entry in &promise.story {
                @let who = entry.who.as_ref().map_or("", |who| rota.name(who));
                li {
                    time datetime=(times::machine(entry.at)) { (times::short(me.language, entry.at, &now)) }
                    span {
                        (words.told(entry.what, who))
                        @if let Happened::Later { due } = entry.what { ": " (times::short(me.language, due, &now)) }
                    }
                    @if let Some(why) = &entry.why { span .why { (why) } }
                }
            }
        }
    }
}
