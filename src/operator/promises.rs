//! Promises on their way: made by calls, woken by the clock, changed by people. Whatever happens to one
//! is saved with the texts that follow from it, in one transaction.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp, Zoned};

use super::Desk;
use super::batch::Held;
use super::rows::text_customers;
use crate::domain::call::{Call, CallId, Effect};
use crate::domain::caller::CustomerId;
use crate::domain::job::{Job, Outbound};
use crate::domain::phone::Phone;
use crate::domain::promise::{self, Happens, Moment, Promise, PromiseId, PromiseState, Tell};
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::texting::{Occasion, Receiver, may_text};
use crate::domain::words::letter::promises_went_on;
use crate::store::jobs::NewJob;
use crate::store::promises::{self, Stored};
use crate::store::{StoreError, Tx, customers, jobs};
use crate::ticket::MessageTicket;

/// How long the link to a message works.
const LISTEN_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Promises in hand, of one transaction.
pub(super) struct Book<'a> {
    moment: Moment<'a>,
    pages: Vec<Page>,
    settled: Vec<CustomerId>,
    /// Not settled after all, and since when they rang about it.
    reopened: Vec<(CustomerId, Timestamp)>,
    /// Of customers who are promised a call.
    notes: HashMap<CustomerId, String>,
}

struct Page {
    promise: Promise,
    /// As loaded; `None` for one that is not in the store yet.
    version: Option<i64>,
    changed: bool,
    tells: Vec<Tell>,
}

/// What a person's word did to a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub before: Promise,
    pub after: Promise,
}

/// What the calls of a batch have to do with promises: they make them, add messages, or reach a human.
pub(super) fn follow<'h>(
    tx: &mut Tx<'_>,
    desk: &Desk,
    rota: &Rota,
    now: &Zoned,
    held: impl Iterator<Item = &'h Held> + Clone,
) -> Result<(), StoreError> {
    let concerns =
        |effect: &Effect| matches!(effect, Effect::Promise { .. } | Effect::MessageLeft | Effect::Reached { .. });
    let news: Vec<(&Call, &Effect)> = held
        .flat_map(|held| held.effects.iter().map(|effect| (&held.call, effect)))
        .filter(|(_, effect)| concerns(effect))
        .collect();
    if news.is_empty() {
        return Ok(());
    }
    let mut book = Book::open(rota, now);
    book.load(tx, &news)?;
    for (call, effect) in news {
        book.take(desk, call, effect);
    }
    book.save(tx)
}

/// What the clock does: reminders, broken promises, the next morning's question; and promises of people who
/// are not on the staff any more go to who is. Returns how many were touched.
pub(super) fn wake(tx: &mut Tx<'_>, rota: &Rota, now: &Zoned, limit: u32) -> Result<usize, StoreError> {
    let mut book = Book::open(rota, now);
    for stored in promises::waking(tx, now.timestamp(), limit)? {
        let page = book.add(stored);
        book.step(page, &Happens::Wakes);
    }
    let gone = promises::owners(tx)?.into_iter().filter(|owner| rota.staff.get(owner.as_str()).is_none());
    let mut notes = Vec::new();
    for owner in gone.collect::<Vec<_>>() {
        let theirs = promises::owed_by(tx, &owner)?;
        let pages: Vec<usize> = theirs.into_iter().map(|stored| book.add(stored)).collect();
        for page in &pages {
            book.hand_over(*page);
        }
        notes.extend(book.note_of(&owner, &pages));
    }
    let touched = book.pages.len();
    book.save(tx)?;
    if !notes.is_empty() {
        jobs::add(tx, &notes)?;
    }
    Ok(touched)
}

/// Does to a promise what a person said. `None`: there is no such promise.
pub(crate) fn act(
    tx: &mut Tx<'_>,
    rota: &Rota,
    now: &Zoned,
    id: PromiseId,
    happens: &Happens,
) -> Result<Option<Changed>, StoreError> {
    let Some(stored) = promises::get(tx, id)? else { return Ok(None) };
    let before = stored.promise.clone();
    let mut book = Book::open(rota, now);
    let page = book.add(stored);
    book.step(page, happens);
    let after = book.pages.first().map_or_else(|| before.clone(), |page| page.promise.clone());
    book.save(tx)?;
    Ok(Some(Changed { before, after }))
}

/// Who has the phone now; the owner of the business if that is nobody, and for what is broken.
fn successor(rota: &Rota, promise: &Promise, now: &Zoned) -> StaffId {
    if promise.state == PromiseState::Broken {
        return rota.owner.clone();
    }
    let line = rota.line(&promise.line).or_else(|| rota.lines.first());
    let on_duty = line.and_then(|line| rota.duty(line, now.timestamp()).people.into_iter().next());
    on_duty.map_or_else(|| rota.owner.clone(), |person| person.who)
}

impl<'a> Book<'a> {
    fn open(rota: &'a Rota, now: &'a Zoned) -> Self {
        Self {
            moment: Moment { now, rota },
            pages: Vec::new(),
            settled: Vec::new(),
            reopened: Vec::new(),
            notes: HashMap::new(),
        }
    }

    fn load(&mut self, tx: &mut Tx<'_>, news: &[(&Call, &Effect)]) -> Result<(), StoreError> {
        if news.iter().any(|(_, effect)| matches!(effect, Effect::Promise { .. })) {
            promises::about_to_make(tx)?;
        }
        let calls: Vec<CallId> = news.iter().map(|(call, _)| call.id).collect();
        let numbers: Vec<Phone> = news.iter().filter_map(|(call, _)| call.from.phone()).collect();
        let customers: Vec<CustomerId> = news.iter().filter_map(|(call, _)| customer_of(call)).collect();
        for stored in promises::of_calls(tx, &calls)?.into_iter().chain(promises::alive(tx, &numbers, &customers)?) {
            self.add(stored);
        }
        let promised = news.iter().filter(|(_, effect)| matches!(effect, Effect::Promise { .. }));
        for customer in promised.filter_map(|(call, _)| customer_of(call)) {
            let note = customers::get(tx, customer)?.and_then(|customer| customer.note);
            self.notes.extend(note.map(|note| (customer, note)));
        }
        Ok(())
    }

    /// Answers its page, the same one however often it is found.
    fn add(&mut self, stored: Stored) -> usize {
        let Stored { version, promise } = stored;
        self.pages.iter().position(|page| page.promise.id == promise.id).unwrap_or_else(|| {
            self.pages.push(Page { promise, version: Some(version), changed: false, tells: Vec::new() });
            self.pages.len() - 1
        })
    }

    fn take(&mut self, desk: &Desk, call: &Call, effect: &Effect) {
        let own = self.pages.iter().position(|page| page.promise.calls.contains(&call.id));
        let matter = own.or_else(|| {
            self.pages.iter().position(|page| {
                page.promise.is_unsettled() && page.promise.is_of(call.from.phone(), customer_of(call))
            })
        });
        match (effect, matter) {
            (Effect::Promise { .. }, Some(_)) if own.is_some() => {}
            (Effect::Promise { owner, due }, Some(page)) => {
                self.step(page, &Happens::CalledAgain { call: call.id, owner: owner.clone(), due: *due });
            }
            (Effect::Promise { owner, due }, None) => {
                let about = customer_of(call).and_then(|customer| self.notes.remove(&customer));
                let (promise, tells) = Promise::begin(call, about, owner, *due, self.moment);
                self.pages.push(Page { promise, version: None, changed: true, tells });
                self.message_left(desk, self.pages.len() - 1, call);
            }
            (Effect::MessageLeft, Some(page)) => self.message_left(desk, page, call),
            (Effect::Reached { who }, Some(page)) if own.is_none() => {
                self.step(page, &Happens::Talked { who: who.clone() });
            }
            _ => {}
        }
    }

    fn message_left(&mut self, desk: &Desk, page: usize, call: &Call) {
        let Some(message) = call.message.clone() else { return };
        let expires = (self.moment.now.timestamp() + LISTEN_FOR).as_second();
        let listen = desk.message_address(&MessageTicket { call: call.id, expires });
        self.step(page, &Happens::MessageLeft { call: call.id, message, listen });
    }

    /// To the owner of the business: whose the promises of somebody are who is not on the staff any more.
    fn note_of(&self, left: &StaffId, pages: &[usize]) -> Option<NewJob> {
        let Moment { now, rota } = self.moment;
        let promises: Vec<&Promise> =
            pages.iter().filter_map(|page| self.pages.get(*page)).map(|page| &page.promise).collect();
        let first = promises.first()?;
        let to = promise::mobile_of(rota, &rota.owner)?;
        let told = promises.iter().map(|promise| (promise.id.0, promise.name.as_deref(), rota.name(&promise.owner)));
        let body = promises_went_on(left.as_str(), told);
        let outbound = Outbound::Text { from: first.business_number, to, body };
        let job = Job { provider: first.provider.clone(), outbound, heeds_stop: false };
        let ids: Vec<String> = promises.iter().map(|promise| promise.id.0.to_string()).collect();
        // A job of plain numbers and texts always has a JSON form.
        let doc = serde_json::to_string(&job).unwrap_or_default();
        let key = format!("left {left} promises {}", ids.join(","));
        Some(NewJob { key, doc, due: now.timestamp(), made: now.timestamp() })
    }

    /// Unless somebody of the staff has it by now: it may have been broken a moment ago.
    fn hand_over(&mut self, page: usize) {
        let Moment { now, rota } = self.moment;
        let promise = self.pages.get(page).map(|page| &page.promise);
        let orphan = promise.filter(|promise| rota.staff.get(promise.owner.as_str()).is_none());
        if let Some(to) = orphan.map(|promise| successor(rota, promise, now)) {
            self.step(page, &Happens::HandedOver { to });
        }
    }

    fn step(&mut self, page: usize, happens: &Happens) {
        let Some(page) = self.pages.get_mut(page) else { return };
        let before = page.promise.clone();
        page.tells.extend(page.promise.step(happens, self.moment));
        page.changed |= page.promise != before;
        if page.promise.is_settled() && !before.is_settled() {
            self.settled.extend(page.promise.customer);
        }
        if before.is_settled() && !page.promise.is_settled() {
            self.reopened.extend(page.promise.customer.map(|customer| (customer, page.promise.rang)));
        }
    }

    fn save(mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        promises::make(tx, self.pages.iter_mut().filter(|page| page.version.is_none()).map(|page| &mut page.promise))?;
        let changed: Vec<Stored> = (self.pages.iter().filter(|page| page.changed))
            .filter_map(|page| Some(Stored { version: page.version?, promise: page.promise.clone() }))
            .collect();
        promises::save(tx, &changed)?;
        let (to_customers, to_staff): (Vec<_>, Vec<_>) =
            self.pages.iter().flat_map(|page| self.texts(page)).partition(|(text, _)| text.to_customer);
        if !to_staff.is_empty() {
            jobs::add(tx, &to_staff.into_iter().map(|(_, job)| job).collect::<Vec<_>>())?;
        }
        if !to_customers.is_empty() {
            let phones: Vec<Phone> = to_customers.iter().map(|(text, _)| text.to).collect();
            let known = customers::by_phone(tx, &phones)?;
            let wanted = to_customers.into_iter().map(|(text, job)| (text.to, job));
            let wanted = wanted.filter(|(to, _)| !known.get(to).is_some_and(|customer| customer.blocked));
            text_customers(tx, wanted.collect())?;
        }
        for (customer, since) in &self.reopened {
            customers::unsettle(tx, *customer, *since)?;
        }
        if self.settled.is_empty() { Ok(()) } else { customers::settle(tx, &self.settled) }
    }

    /// Nothing is told without being saved, and every save counts the version up: each has texts with keys of its own.
    fn texts(&self, page: &Page) -> Vec<(promise::Text, NewJob)> {
        let Page { promise, tells, .. } = page;
        let (id, version) = (promise.id.0, page.version.unwrap_or(0));
        let texts = tells.iter().enumerate().filter_map(|(n, tell)| {
            let text = tell.text(promise, self.moment)?;
            let key = format!("promise {id} version {version}.{n}");
            let job = text_job(key, promise, &text, self.moment)?;
            Some((text, job))
        });
        texts.collect()
    }
}

/// `None`: this number gets no texts from us.
fn text_job(key: String, promise: &Promise, text: &promise::Text, moment: Moment<'_>) -> Option<NewJob> {
    let Moment { now, rota } = moment;
    let due = if text.to_customer {
        let receiver = Receiver { phone: Some(text.to), ..Receiver::default() };
        may_text(&receiver, Occasion::Ours, rota.quiet, now).ok()?
    } else {
        now.timestamp()
    };
    let outbound = Outbound::Text { from: promise.business_number, to: text.to, body: text.body.clone() };
    let job = Job { provider: promise.provider.clone(), outbound, heeds_stop: text.to_customer };
    // A job of plain numbers and texts always has a JSON form.
    let doc = serde_json::to_string(&job).unwrap_or_default();
    Some(NewJob { key, doc, due, made: now.timestamp() })
}

fn customer_of(call: &Call) -> Option<CustomerId> {
    call.customer.as_ref().map(|customer| customer.id)
}
