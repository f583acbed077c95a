//! What the pages of customers do.

use super::sheet::{Fault, Sheet, as_json, fingerprint};
use super::words::CustomersWords;
use crate::console::{Desk, Me, Problem};
use crate::domain::access::{Deed, Role};
use crate::domain::caller::{Customer, CustomerId};
use crate::store::audit::{self, Entry};
use crate::store::customers::{self, Erased, Taken, Typed};
use crate::store::{Store, StoreError};

/// Customers on a page.
const PAGE: u32 = 50;

/// Some customers, and whether there are more.
#[derive(Debug)]
pub(in crate::console) struct Found {
    pub(in crate::console) customers: Vec<Customer>,
    pub(in crate::console) more: bool,
}

/// Why a customer was not changed.
#[derive(Debug)]
pub(in crate::console) enum Refusal {
    Faults(Vec<Fault>),
    /// Somebody else was first; what is known now.
    Changed(Box<Customer>),
    Problem(Problem),
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Vec<Fault>> for Refusal {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

impl From<Taken> for Refusal {
    fn from(taken: Taken) -> Self {
        Self::Faults(vec![Fault::Taken(Box::new(taken))])
    }
}

impl Refusal {
    /// In one sentence or several, for whoever has no form to see it beside.
    pub(in crate::console) fn problem(self, words: CustomersWords) -> Problem {
        match self {
            Self::Faults(faults) => {
                let told: Vec<String> = faults.iter().map(|fault| fault.told(words)).collect();
                Problem::Wrong(told.join(" "))
            }
            Self::Changed(_) => Problem::Conflict(words.changed_by_other()),
            Self::Problem(problem) => problem,
        }
    }
}

/// What a change of a customer comes to, inside the transaction.
enum Came<T> {
    Done(T),
    Gone,
    Changed(Box<Customer>),
    Taken(Taken),
}

impl<T> Came<T> {
    fn result(self) -> Result<T, Refusal> {
        match self {
            Self::Done(done) => Ok(done),
            Self::Gone => Err(Problem::NotFound.into()),
            Self::Changed(customer) => Err(Refusal::Changed(customer)),
            Self::Taken(taken) => Err(taken.into()),
        }
    }
}

/// Those whom somebody may mean who has typed so far; nothing typed: the newest, from below an id on.
pub(in crate::console) async fn find(console: &Desk, text: &str, below: Option<CustomerId>) -> Result<Found, Problem> {
    let typed = Some(Typed::new(text, console.rota().country)).filter(|_| !text.trim().is_empty());
    if typed.is_some() && console.read(customers::any_unindexed).await? {
        // An import was killed half-way: whoever looks for customers makes some more of them findable. A store that
        // takes nothing keeps nobody from looking.
        drop(console.write(customers::index_some).await);
    }
    let mut customers = console
        .read(move |tx| match &typed {
            Some(typed) => customers::search(tx, typed, PAGE + 1),
            None => customers::newest(tx, below, PAGE + 1),
        })
        .await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = customers.len() > page;
    customers.truncate(page);
    Ok(Found { customers, more })
}

pub(in crate::console) async fn get(console: &Desk, id: CustomerId) -> Result<Customer, Problem> {
    console.read(move |tx| customers::get(tx, id)).await?.ok_or(Problem::NotFound)
}

pub(in crate::console) async fn add(console: &Desk, me: &Me, sheet: &Sheet) -> Result<CustomerId, Refusal> {
    me.may(Role::Admin)?;
    let new = sheet.over(None, &console.rota())?;
    let (who, at) = (me.who(), console.clock.now());
    let work = move |tx: &mut crate::store::Tx<'_>| {
        let id = match customers::create(tx, new.clone())? {
            Ok(id) => id,
            Err(taken) => return Ok(Came::Taken(taken)),
        };
        let (subject, after) = (subject(id), Some(as_json(&new)));
        let what = Deed::CustomerAdded;
        audit::note(tx, &Entry { who: who.clone(), at, what, subject, before: None, after })?;
        Ok(Came::Done(id))
    };
    console.write(work).await?.result()
}

/// `seen`: the fingerprint of what was shown to whoever writes this; without it whatever is known is replaced.
/// Staff may say who the usual person is and what is whispered; the rest stays as it was.
pub(in crate::console) async fn change(
    console: &Desk,
    me: &Me,
    id: CustomerId,
    seen: Option<&str>,
    sheet: &Sheet,
) -> Result<(), Refusal> {
    me.may(Role::Staff)?;
    let all = me.role.may(Role::Admin);
    let known = get(console, id).await?;
    let after = if all {
        sheet.over(Some(&known), &console.rota())?
    } else {
        let partly = Sheet { usual: sheet.usual.clone(), note: sheet.note.clone(), ..Sheet::of(&known) };
        let Customer { usual, note, .. } = partly.over(Some(&known), &console.rota())?;
        Customer { usual, note, ..known.clone() }
    };
    // Without a fingerprint it is still not written over what was changed since a moment ago.
    let seen = seen.map_or_else(|| fingerprint(&known), str::to_owned);
    put(console, me, id, seen, after).await
}

pub(in crate::console) async fn set_blocked(
    console: &Desk,
    me: &Me,
    id: CustomerId,
    blocked: bool,
) -> Result<(), Refusal> {
    me.may(Role::Admin)?;
    let known = get(console, id).await?;
    put(console, me, id, fingerprint(&known), Customer { blocked, ..known }).await
}

async fn put(console: &Desk, me: &Me, id: CustomerId, seen: String, after: Customer) -> Result<(), Refusal> {
    let (who, at) = (me.who(), console.clock.now());
    let work = move |tx: &mut crate::store::Tx<'_>| {
        let Some(now) = customers::get(tx, id)? else { return Ok(Came::Gone) };
        if fingerprint(&now) != seen {
            return Ok(Came::Changed(Box::new(now)));
        }
        // Calls and questions go on meanwhile.
        let after = Customer { recent: now.recent.clone(), asked: now.asked.clone(), ..after.clone() };
        if now == after {
            return Ok(Came::Done(()));
        }
        let (before, later) = (Some(as_json(&now)), Some(as_json(&after)));
        if let Err(taken) = customers::edit(tx, now, after)? {
            return Ok(Came::Taken(taken));
        }
        let what = Deed::CustomerChanged;
        audit::note(tx, &Entry { who: who.clone(), at, what, subject: subject(id), before, after: later })?;
        Ok(Came::Done(()))
    };
    console.write(work).await?.result()
}

/// Two customers and what was seen of them.
pub(in crate::console) struct Pair {
    pub(in crate::console) kept: CustomerId,
    pub(in crate::console) gone: CustomerId,
    /// The fingerprints of both.
    pub(in crate::console) seen: (String, String),
}

/// Makes two customers one, of whom the sheet says everything.
pub(in crate::console) async fn merge(console: &Desk, me: &Me, pair: Pair, sheet: &Sheet) -> Result<(), Refusal> {
    me.may(Role::Admin)?;
    if pair.kept == pair.gone {
        return Err(Problem::NotFound.into());
    }
    let (kept, gone) = (get(console, pair.kept).await?, get(console, pair.gone).await?);
    let mut both = kept.clone();
    both.numbers.extend(&gone.numbers);
    let after = sheet.over(Some(&both), &console.rota())?;
    let (who, at) = (me.who(), console.clock.now());
    let work = move |tx: &mut crate::store::Tx<'_>| {
        let (Some(kept), Some(gone)) = (customers::get(tx, pair.kept)?, customers::get(tx, pair.gone)?) else {
            return Ok(Came::Gone);
        };
        for (customer, seen) in [(&kept, &pair.seen.0), (&gone, &pair.seen.1)] {
            if fingerprint(customer) != *seen {
                return Ok(Came::Changed(Box::new(customer.clone())));
            }
        }
        let after = Customer { recent: kept.recent.clone(), asked: kept.asked.clone(), ..after.clone() };
        let (before, later) = (Some(vec![as_json(&kept), as_json(&gone)].into()), Some(as_json(&after)));
        if let Err(taken) = customers::merge(tx, kept, &gone, after)? {
            return Ok(Came::Taken(taken));
        }
        let (what, subject) = (Deed::CustomersMerged, subject(pair.kept));
        audit::note(tx, &Entry { who: who.clone(), at, what, subject, before, after: later })?;
        Ok(Came::Done(()))
    };
    console.write(work).await?.result()
}

/// Leaves no trace of a customer. What is noted of it has neither name nor number.
pub(in crate::console) async fn erase(console: &Desk, me: &Me, id: CustomerId) -> Result<Erased, Problem> {
    me.may(Role::Admin)?;
    let url = console.settings.store.reveal().to_owned();
    let (who, at) = (me.who(), console.clock.now());
    // Walks through all calls, on a connection of its own.
    let erasing = tokio::task::spawn_blocking(move || {
        let mut store = Store::open_for_command(&url)?;
        let Some(erased) = customers::erase(&mut store, id)? else { return Ok(None) };
        let subject = subject(id);
        let entry = Entry { who, at, what: Deed::CustomerErased, subject, before: None, after: None };
        store.transaction(|tx| audit::note(tx, &entry))?;
        Ok(Some(erased))
    });
    let panicked = |_| Err(StoreError::Invalid("erasing a customer panicked".to_owned()));
    erasing.await.unwrap_or_else(panicked)?.ok_or(Problem::NotFound)
}

/// How the audit log calls a customer.
fn subject(id: CustomerId) -> String {
    format!("customer {}", id.0)
}
