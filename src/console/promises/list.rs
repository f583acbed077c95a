//! Who owes whom a call, the soonest due first.

use maud::{Markup, html};

use super::words::PromisesWords;
use super::{address, whom};
use crate::console::{Console, Me, Problem, times};
use crate::domain::access::Role;
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::staff::StaffId;
use crate::store::promises::{self, Which};

/// Of those that somebody waits for, more than a page can hold well.
const OPEN_MAX: u32 = 500;
const CLOSED_MAX: u32 = 30;

pub(super) async fn page(console: &Console, me: &Me) -> Result<Markup, Problem> {
    let look = |tx: &mut crate::store::Tx<'_>| {
        Ok((promises::list(tx, Which::Unsettled, OPEN_MAX)?, promises::closed(tx, CLOSED_MAX)?))
    };
    let (open, closed) = console.read(look).await?;
    let (rota, words) = (console.rota(), PromisesWords(me.language));
    Ok(html! {
        @if open.is_empty() { div .empty { p { (words.none()) } } }
        @for (owner, theirs) in by_owner(&open, me.staff.as_ref()) {
            section {
                h2 {
                    @if me.staff.as_ref() == Some(owner) { (words.mine()) } @else { (words.of(rota.name(owner))) }
                }
                ul .cards { @for promise in theirs { li .card { (card(console, me, promise, "list")) } } }
            }
        }
        @if !closed.is_empty() {
            details {
                summary { (words.closed_lately()) }
                ul { @for promise in &closed { li { (line(console, me, promise)) } } }
            }
        }
    })
}

/// Whoever looks sees their own first; then whose is due first.
fn by_owner<'a>(open: &'a [Promise], me: Option<&StaffId>) -> Vec<(&'a StaffId, Vec<&'a Promise>)> {
    let mut owners: Vec<(&StaffId, Vec<&Promise>)> = Vec::new();
    for promise in open {
        match owners.iter_mut().find(|(owner, _)| **owner == promise.owner) {
            Some((_, theirs)) => theirs.push(promise),
            None => owners.push((&promise.owner, vec![promise])),
        }
    }
    owners.sort_by_key(|(owner, _)| Some(*owner) != me);
    owners
}

/// A promise that somebody waits for, with what is done about it most. `back` is the page it stands on.
pub(in crate::console) fn card(console: &Console, me: &Me, promise: &Promise, back: &str) -> Markup {
    let (now, words) = (console.now(), PromisesWords(me.language));
    let name = whom(promise, me.language);
    html! {
        p .row .apart {
            a .big href=(address(promise.id)) { (name) }
            (badge(console, me, promise))
        }
        p .row {
            strong { time datetime=(times::machine(promise.due)) { (words.by(times::short(me.language, promise.due, &now))) } }
            @if let (Some(number), Some(_)) = (promise.number, &promise.name) { span .soft .number { (number.spaced()) } }
        }
        @if let Some(about) = &promise.about { p { (about) } }
        @if promise.message.is_some() { p .soft { (words.has_message()) } }
        @if me.role.may(Role::Staff) {
            div .row .deeds {
                @if me.staff.is_some() && promise.number.is_some() {
                    form method="post" action={ (address(promise.id)) "/call-back" } {
                        input type="hidden" name="back" value=(back);
                        button aria-label={ (words.call_back()) ": " (name) } { (words.call_back()) }
                    }
                }
                form method="post" action={ (address(promise.id)) "/done" } {
                    input type="hidden" name="back" value=(back);
                    button .quiet aria-label={ (words.done()) ": " (name) } { (words.done()) }
                }
            }
        }
    }
}

pub(super) fn badge(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let words = PromisesWords(me.language);
    let word = words.state_of(promise);
    let overdue = promise.due < console.clock.now();
    match promise.state {
        PromiseState::Open if overdue => html! { span .badge .warn { (words.overdue()) } },
        PromiseState::Open => html! { span .badge { (word) } },
        PromiseState::Claimed { .. } => html! { span .badge .dot { (word) } },
        PromiseState::Broken => html! { span .badge .bad { (word) } },
        PromiseState::Kept { .. } if promise.broken.is_none() => html! { span .badge .good { (word) } },
        PromiseState::Kept { .. } | PromiseState::LetGo { .. } => html! { span .badge .quiet { (word) } },
    }
}

fn line(console: &Console, me: &Me, promise: &Promise) -> Markup {
    let rota = console.rota();
    html! {
        a href=(address(promise.id)) { (whom(promise, me.language)) } ", " (rota.name(&promise.owner)) " "
        (badge(console, me, promise))
    }
}
