//! The history, a page at a time.

use jiff::Zoned;
use maud::{Markup, html};

use super::filter::Filter;
use super::words::CallsWords;
use super::{address, badge, caller, name};
use crate::console::words::Words;
use crate::console::{Console, Me, Problem, times};
use crate::domain::call::{Call, CallId};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::outcome::Kind;
use crate::domain::phone::{Country, Phone};
use crate::domain::report::accepted;
use crate::domain::rota::Rota;
use crate::domain::words::Language;
use crate::store::calls::{self, Meant, More, Of, Place};
use crate::store::{StoreError, Tx, customers};

const LIVE_MAX: u32 = 50;
const CUSTOMERS_MAX: u32 = 20;

/// A number has at least so many digits.
const NUMBER_DIGITS_MIN: usize = 5;

/// An id of ours or of a provider has at least so many characters.
const ID_CHARS_MIN: usize = 8;

/// What came of looking.
pub(in crate::console) enum Searched {
    /// One call was typed.
    Call(CallId),
    Calls(Box<Listed>),
}

pub(in crate::console) struct Listed {
    pub(in crate::console) live: Vec<Call>,
    pub(in crate::console) page: calls::Page,
    /// Where the page begins.
    pub(in crate::console) place: Place,
    /// Whose calls these are.
    pub(in crate::console) customer: Option<Customer>,
    /// Nobody, or more than one customer, is called what was typed; then there are no calls.
    pub(in crate::console) named: Option<Vec<Customer>>,
}

/// Whose calls are meant by what was typed.
enum Typed {
    Of(Of),
    Call(CallId),
    Several,
    Named(Vec<Customer>),
}

pub(in crate::console) async fn look(
    console: &Console,
    language: Language,
    filter: &Filter,
) -> Result<Searched, Problem> {
    let rota = console.rota();
    let wanted = filter.wanted(language, &rota, Of::Anybody)?;
    let (text, customer, place) = (filter.text.trim().to_owned(), filter.customer(), filter.place());
    let first = place == Place::Newest && filter.is_empty();
    let country = rota.country;
    let looked = console.read(move |tx| {
        let live = if first { calls::live(tx, LIVE_MAX)? } else { Vec::new() };
        let live = live.into_iter().map(|stored| stored.call).collect();
        let nothing = || calls::Page { calls: Vec::new(), more: More::No };
        let of = match typed(tx, &text, customer, country)? {
            Typed::Of(of) => of,
            Typed::Call(id) => return Ok(Some(Searched::Call(id))),
            Typed::Several => return Ok(None),
            Typed::Named(customers) => {
                let listed = Listed { live, page: nothing(), place, customer: None, named: Some(customers) };
                return Ok(Some(Searched::Calls(Box::new(listed))));
            }
        };
        let wanted = calls::Wanted { of, ..wanted };
        let (mut page, mut place) = (calls::history(tx, &wanted, place)?, place);
        // Whoever comes to the newest calls from older ones is where everybody begins.
        if let (Place::After(_), More::No) = (place, page.more) {
            place = Place::Newest;
            page = calls::history(tx, &wanted, place)?;
        }
        let customer = match of {
            Of::Customer(id) => customers::get(tx, id)?,
            Of::Anybody | Of::Number(_) => None,
        };
        Ok(Some(Searched::Calls(Box::new(Listed { live, page, place, customer, named: None }))))
    });
    looked.await?.ok_or_else(|| Problem::Wrong(CallsWords(language).several(filter.text.trim())))
}

fn typed(
    tx: &mut Tx<'_>,
    text: &str,
    customer: Option<CustomerId>,
    country: Option<Country>,
) -> Result<Typed, StoreError> {
    if let Some(customer) = customer {
        return Ok(Typed::Of(Of::Customer(customer)));
    }
    if text.is_empty() {
        return Ok(Typed::Of(Of::Anybody));
    }
    if looks_like_id(text) {
        match calls::get(tx, text)? {
            Meant::One(stored) => return Ok(Typed::Call(stored.call.id)),
            Meant::Several => return Ok(Typed::Several),
            Meant::None => {}
        }
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits >= NUMBER_DIGITS_MIN
        && !text.contains(char::is_alphabetic)
        && let Ok(written) = Phone::parse(text, country)
    {
        return Ok(Typed::Of(Of::Number(written.phone)));
    }
    let named = customers::search(tx, &customers::Typed::new(text, country), CUSTOMERS_MAX)?;
    Ok(match named.as_slice() {
        [only] => Typed::Of(Of::Customer(only.id)),
        _ => Typed::Named(named),
    })
}

/// Letters and digits in one word, as no name or number has them.
fn looks_like_id(text: &str) -> bool {
    let (letter, digit) = (|c: char| c.is_ascii_alphabetic(), |c: char| c.is_ascii_digit());
    text.len() >= ID_CHARS_MIN
        && text.contains(letter)
        && text.contains(digit)
        && text.chars().all(|c| letter(c) || digit(c) || c == '-')
}

pub(super) fn page(console: &Console, me: &Me, filter: &Filter, listed: &Listed) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), CallsWords(me.language));
    let shown = Shown { rota: &rota, now: &now, language: me.language };
    let calls: Vec<&Call> = listed.page.calls.iter().map(|stored| &stored.call).collect();
    html! {
        @if !listed.live.is_empty() {
            section {
                h2 { (words.now()) }
                (shown.table(&listed.live.iter().collect::<Vec<_>>(), &words.now()))
            }
        }
        section {
            h2 { (words.history()) }
            (form(&rota, words, filter, listed))
            @if let Some(customers) = &listed.named {
                (named(words, filter, customers))
            } @else if calls.is_empty() {
                (nothing(words, filter, listed.page.more))
            } @else {
                (shown.table(&calls, &words.history()))
            }
            (pager(me.language, &now, filter, listed))
        }
    }
}

fn form(rota: &Rota, words: CallsWords, filter: &Filter, listed: &Listed) -> Markup {
    let common = Words(words.0);
    html! {
        form .toolbar method="get" action="/console/calls" role="search" {
            div .field .wide {
                label for="text" { (words.text()) }
                input #text type="search" name="text" value=(filter.text) autocomplete="off";
            }
            @if let Some(customer) = &listed.customer {
                input type="hidden" name="customer" value=(customer.id.0);
            }
            div .field {
                label for="line" { (words.line()) }
                select #line name="line" {
                    option value="" { (words.any()) }
                    @for line in &rota.lines {
                        option value=(line.id) selected[filter.line == line.id.as_str()] { (line.id) }
                    }
                }
            }
            div .field {
                label for="outcome" { (words.outcome()) }
                select #outcome name="outcome" {
                    option value="" { (words.any()) }
                    @for kind in Kind::ALL {
                        option value=(kind.word()) selected[filter.outcome == kind.word()] { (words.kind(kind)) }
                    }
                }
            }
            div .field {
                label for="who" { (words.who()) }
                select #who name="who" {
                    option value="" { (words.any()) }
                    @for person in rota.staff.iter() {
                        option value=(person.id) selected[filter.who == person.id.as_str()] { (person.name) }
                    }
                }
            }
            div .field { label for="from" { (words.from()) } input #from type="date" name="from" value=(filter.from); }
            div .field { label for="to" { (words.to()) } input #to type="date" name="to" value=(filter.to); }
            button { (common.search()) }
            @if !filter.is_empty() { a .button .quiet href="/console/calls" { (words.clear()) } }
        }
        @if let Some(customer) = &listed.customer {
            p { a href={ "/console/customers/" (customer.id.0) } { (words.only_of(&customer.name)) } }
        }
    }
}

fn named(words: CallsWords, filter: &Filter, customers: &[Customer]) -> Markup {
    let text = filter.text.trim();
    html! {
        div .empty {
            @if customers.is_empty() { p { (words.no_customer(text)) } }
            @else {
                p { (words.which_customer(text)) }
                ul {
                    @for customer in customers {
                        li {
                            a href=(filter.address_of(customer.id)) { (customer.name) }
                            @for phone in &customer.numbers { " " span .soft .number { (phone.spaced()) } }
                        }
                    }
                }
            }
        }
    }
}

fn nothing(words: CallsWords, filter: &Filter, more: More) -> Markup {
    if filter.is_empty() {
        return html! {
            div .empty { p { (words.no_calls()) } p { a href="/console/rehearse" { (words.rehearse()) } } }
        };
    }
    html! { @if more == More::No { div .empty { p { (words.nothing_fits()) } } } }
}

fn pager(language: Language, now: &Zoned, filter: &Filter, listed: &Listed) -> Markup {
    let (words, common, page) = (CallsWords(language), Words(language), &listed.page);
    let onwards = matches!(listed.place, Place::After(_));
    let first = page.calls.first().map(|stored| stored.call.id);
    let last = page.calls.last().map(|stored| stored.call.id);
    // Where somebody came from there is something; in the other direction, if it was seen.
    let seen = page.more == More::Yes;
    let (newer, older) = match listed.place {
        Place::Newest => (None, last.filter(|_| seen)),
        Place::Before(_) => (first, last.filter(|_| seen)),
        Place::After(_) => (first.filter(|_| seen), last),
    };
    html! {
        @if let More::Perhaps(call, when) = page.more {
            p role="status" {
                (words.looked_to(times::day(language, when.to_zoned(now.time_zone().clone()).date(), now.date()))) " "
                a href=(filter.address(if onwards { Place::After(call) } else { Place::Before(call) })) { (words.look_further()) }
            }
        }
        nav .pager aria-label=(words.history()) {
            span {
                @if let Some(call) = newer {
                    a .button .quiet rel="prev" href=(filter.address(Place::After(call))) { "← " (common.newer()) }
                } @else if listed.place != Place::Newest {
                    a .button .quiet href=(filter.address(Place::Newest)) { (words.newest()) }
                }
            }
            @if let Some(call) = older {
                a .button .quiet rel="next" href=(filter.address(Place::Before(call))) { (common.older()) " →" }
            }
        }
    }
}

struct Shown<'a> {
    rota: &'a Rota,
    now: &'a Zoned,
    language: Language,
}

impl Shown<'_> {
    fn table(&self, calls: &[&Call], caption: &str) -> Markup {
        let words = CallsWords(self.language);
        html! {
            div .table.calls tabindex="0" role="region" aria-label=(caption) {
                table {
                    thead {
                        tr {
                            th scope="col" { (words.came_in()) }
                            th scope="col" { (words.caller()) }
                            th scope="col" { (words.line()) }
                            th scope="col" { (words.outcome()) }
                            th scope="col" { (words.taken_by()) }
                            th .number scope="col" { (words.after()) }
                            th scope="col" { (words.message()) }
                        }
                    }
                    tbody { @for call in calls { (self.row(call, words)) } }
                }
            }
        }
    }

    fn row(&self, call: &Call, words: CallsWords) -> Markup {
        let taken = accepted(call);
        let number = call.from.phone().filter(|_| call.customer.is_some());
        html! {
            tr {
                th scope="row" {
                    a href=(address(call.id)) {
                        time datetime=(times::machine(call.started)) { (times::short(self.language, call.started, self.now)) }
                    }
                }
                td {
                    @if let Some(customer) = &call.customer { a href={ "/console/customers/" (customer.id.0) } { (customer.name) } }
                    @else { (caller(call, self.language)) }
                    @if let Some(number) = number { " " span .soft .number { (number.spaced()) } }
                }
                td data-label=(words.line()) { (call.line) }
                td { (badge(call, words)) }
                td data-label=(words.taken_by()) { @if let Some(taken) = &taken { (name(call, &taken.who, self.rota)) } }
                td .number data-label=(words.after()) { @if let Some(taken) = &taken { (words.seconds(taken.seconds)) } }
                td { @if call.message.is_some() { (words.left_message()) } }
            }
        }
    }
}
