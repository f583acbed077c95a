//! One customer.

use axum::extract::{Path, Query, State};
use jiff::Zoned;
use maud::{Markup, html};
use serde::Deserialize;

use super::list::tag;
use super::words::CustomersWords;
use super::{address, id};
use crate::console::calls::{self, CallsWords};
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::Role;
use crate::domain::call::{self, Call};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::outcome::Outcome;
use crate::domain::plan::{Reason, learned, usual_person};
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::rota::Rota;
use crate::domain::words::Language;
use crate::store::call_notes::{self, CallNote};
use crate::store::calls::{Of, Place, Stored, Wanted};
use crate::store::{self, StoreError, customers, promises};

const PROMISES_MAX: u32 = 20;
const CALLS_MAX: usize = 10;
const SAME_MAX: u32 = 5;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// What was just done: `saved`, `added` or `merged`.
    done: Option<String>,
}

/// A call of theirs, and what was noted of it.
struct Rang {
    call: Call,
    note: Option<CallNote>,
}

/// What a page about a customer is written with.
struct Pen<'a> {
    language: Language,
    words: CustomersWords,
    rota: &'a Rota,
    now: &'a Zoned,
}

pub(super) async fn show(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let id = id(&typed)?;
    let look = move |tx: &mut store::Tx<'_>| {
        let Some(customer) = customers::get(tx, id)? else { return Ok(None) };
        let wanted = Wanted { of: Of::Customer(id), ..Wanted::default() };
        let mut rang = store::calls::history(tx, &wanted, Place::Newest)?.calls;
        rang.truncate(CALLS_MAX);
        let noted = |stored: Stored| Ok(Rang { note: call_notes::get(tx, stored.call.id)?, call: stored.call });
        let rang = rang.into_iter().map(noted).collect::<Result<Vec<_>, StoreError>>()?;
        let promised = promises::of_customer(tx, id, PROMISES_MAX)?;
        Ok(Some((rang, promised, customers::same_name(tx, &customer, SAME_MAX)?, customer)))
    };
    let (rang, promised, same, customer) = console.read(look).await?.ok_or(Problem::NotFound)?;
    let (rota, now) = (console.rota(), console.now());
    let words = CustomersWords(me.language);
    let pen = Pen { language: me.language, words, rota: &rota, now: &now };
    let done = asked.done.as_deref().and_then(|done| match done {
        "saved" => Some(words.saved()),
        "added" => Some(words.added()),
        "merged" => Some(words.merged()),
        _ => None,
    });
    let promised: Vec<Promise> = promised.into_iter().map(|stored| stored.promise).collect();
    let main = html! {
        @if let Some(done) = done { div .notice.good role="status" { p { (done) } } }
        @if customer.blocked { div .notice.bad { p { strong { (words.blocked()) } " · " (words.blocked_means()) } } }
        (deeds(&me, words, &customer))
        (pen.facts(&customer, &rang))
        @if me.role.may(Role::Admin) { (same_names(words, id, &same)) }
        (pen.promises(&promised))
        (pen.calls(id, &rang))
    };
    Ok(Page::new(Nav::Customers, customer.name.clone()).show(&console, &me, &main))
}

fn deeds(me: &Me, words: CustomersWords, customer: &Customer) -> Markup {
    let at = |what: &str| address(format!("{}/{what}", customer.id.0));
    html! {
        @if me.role.may(Role::Staff) {
            section .row {
                a .button href=(at("edit")) { (words.edit()) }
                @if me.role.may(Role::Admin) {
                    form .inline method="post" action=(at("block")) {
                        @if !customer.blocked { input type="hidden" name="blocked" value="yes"; }
                        button .quiet { @if customer.blocked { (words.unblock()) } @else { (words.block()) } }
                    }
                    a .button.quiet href=(at("merge")) { (words.merge()) }
                    a .button.quiet href=(at("erase")) { (words.erase()) }
                }
            }
        }
    }
}

fn same_names(words: CustomersWords, id: CustomerId, same: &[Customer]) -> Markup {
    html! {
        @if !same.is_empty() {
            div .notice.warn {
                p { (words.perhaps_same()) }
                ul {
                    @for other in same {
                        li {
                            a href=(address(other.id.0)) { (other.name) } " "
                            @for phone in &other.numbers { span .number { (phone.spaced()) } " " }
                            a href=(address(format!("{}/merge?with={}", id.0, other.id.0))) { (words.merge_with(&other.name)) }
                        }
                    }
                }
            }
        }
    }
}

impl Pen<'_> {
    fn facts(&self, customer: &Customer, rang: &[Rang]) -> Markup {
        let words = self.words;
        html! {
            dl {
                dt { (words.numbers()) }
                dd { @for phone in &customer.numbers { a .number href={ "tel:" (phone) } { (phone.spaced()) } br; } }
                dt { (words.usual()) }
                dd { (self.usual(customer, rang)) }
                @if let Some(language) = &customer.language { dt { (words.language()) } dd { (language) } }
                @if let Some(note) = &customer.note { dt { (words.note()) } dd { (note) } }
                @if !customer.tags.is_empty() { dt { (words.tags()) } dd { @for each in &customer.tags { (tag(each)) " " } } }
            }
        }
    }

    /// Pinned, or learned and from which calls; and who was asked to be.
    fn usual(&self, customer: &Customer, rang: &[Rang]) -> Markup {
        let (words, at) = (self.words, self.now.timestamp());
        let usual = usual_person(customer, at);
        let learned = learned(&customer.recent, at);
        html! {
            @match &usual {
                None => { (words.usual_none()) }
                Some(usual) => {
                    (self.rota.name(usual.who)) " "
                    @if self.rota.staff.get(usual.who.as_str()).is_none() { span .badge.warn { (words.left_staff()) } " " }
                    @if usual.reason == Reason::UsualPerson {
                        span .badge.quiet { (words.pinned()) }
                    } @else if let Some(learned) = learned {
                        span .badge.quiet { (words.learned()) } " "
                        (words.learned_from(learned.took.len(), learned.of)) " "
                        @for (place, call) in learned.took.iter().enumerate() {
                            @if place > 0 { ", " }
                            @match rang.iter().find(|rang| rang.call.started == *call) {
                                Some(Rang { call: known, .. }) => a href=(calls::address(known.id)) { (self.time(*call)) },
                                None => (self.time(*call)),
                            }
                        }
                    }
                }
            }
            @for asked in &customer.asked {
                br;
                span .soft.small {
                    (words.asked(self.rota.name(&asked.who), times::short(self.language, asked.at, self.now))) ": "
                    @match asked.said {
                        None => (words.said_nothing()),
                        Some(said) if said.yes => (words.said_yes()),
                        Some(_) => (words.said_no()),
                    }
                }
            }
        }
    }

    fn promises(&self, promised: &[Promise]) -> Markup {
        let words = self.words;
        html! {
            section {
                h2 { (words.promises()) }
                @if promised.is_empty() { p .soft { (words.no_promises()) } } @else {
                    ul .timeline {
                        @for promise in promised {
                            @let (look, word) = state(words, &promise.state);
                            li .(look) {
                                (self.time(promise.made))
                                span {
                                    a href={ (Nav::Promises.address()) "/" (promise.id.0) } {
                                        (words.promised(self.rota.name(&promise.owner), times::short(self.language, promise.due, self.now)))
                                    }
                                    " " span .badge.(look) { (word) }
                                }
                                @if let Some(about) = &promise.about { span .why { (about) } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn calls(&self, id: CustomerId, rang: &[Rang]) -> Markup {
        let words = self.words;
        html! {
            section {
                h2 { (words.calls()) }
                @if rang.is_empty() { p .soft { (words.no_calls()) } } @else {
                    ul .timeline {
                        @for Rang { call, note } in rang {
                            @let (look, what) = self.came_to(&call.state);
                            li .(look) {
                                (self.time(call.started))
                                span {
                                    a href=(calls::address(call.id)) { (what) }
                                    @if call.message.is_some() { " " span .badge.quiet { (CallsWords(self.language).left_message()) } }
                                }
                                @if let Some(said) = call.message.as_ref().and_then(|left| left.transcript.as_deref()) { span .why { "“" (said) "”" } }
                                @if let Some(note) = note { span .why { (note.text) " (" (note.by) ")" } }
                            }
                        }
                    }
                    p { a href={ (Nav::Calls.address()) "?customer=" (id.0) } { (words.all_calls()) } }
                }
            }
        }
    }

    /// How a call ended, as a colour and in words.
    fn came_to(&self, state: &call::State) -> (&'static str, String) {
        let words = self.words;
        match state {
            call::State::Ended { outcome: Outcome::Reached { who, .. }, .. } => {
                ("good", words.took(self.rota.name(who)))
            }
            call::State::Ended { outcome: Outcome::Promised, .. } => ("warn", words.was_promised()),
            call::State::Ended { outcome: Outcome::HungUp, .. } => ("warn", words.hung_up()),
            call::State::Ended { outcome: Outcome::Blocked, .. } => ("bad", words.was_blocked()),
            _ => ("info", words.goes_on()),
        }
    }

    fn time(&self, at: jiff::Timestamp) -> Markup {
        html! { time datetime=(times::machine(at)) { (times::short(self.language, at, self.now)) } }
    }
}

/// How a promise stands, as a colour and in a word.
fn state(words: CustomersWords, state: &PromiseState) -> (&'static str, String) {
    match state {
        PromiseState::Open => ("info", words.open()),
        PromiseState::Claimed { .. } => ("info", words.claimed()),
        PromiseState::Kept { .. } => ("good", words.kept()),
        PromiseState::Broken => ("bad", words.broken()),
        PromiseState::LetGo { .. } => ("quiet", words.let_go()),
    }
}
