//! What a batch decided, as rows for the store.

use std::collections::HashMap;

use jiff::Timestamp;

use super::batch::Held;
use super::usual;
use crate::domain::call::{Call, CallId, Effect};
use crate::domain::caller::{CustomerId, PastCall};
use crate::domain::job::{Job, Outbound};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::store::jobs::NewJob;
use crate::store::{StoreError, Tx, calls, customers, engaged, jobs, stopped};

#[derive(Default)]
pub(super) struct Rows<'a> {
    calls: Vec<calls::Save<'a>>,
    jobs: Vec<NewJob>,
    /// Texts to customers.
    texts: Vec<(Phone, NewJob)>,
    recent: Vec<(CustomerId, Vec<PastCall>)>,
    questions: Vec<usual::Question>,
}

impl<'a> Rows<'a> {
    pub(super) fn add(&mut self, held: &'a Held, rota: &Rota, now: Timestamp) {
        let call = &held.call;
        self.calls.push(calls::Save { call, version: held.version, wake: call.overdue_at() });
        for effect in &held.effects {
            match effect {
                // The first two are settled over the whole batch, in `write`; the others are followed in `promises`.
                Effect::Engage(_)
                | Effect::Release(_)
                | Effect::Promise { .. }
                | Effect::MessageLeft
                | Effect::Reached { .. } => {}
                Effect::TextCaller { to, body, at } => self.texts.push((*to, text(call, *to, body, *at, now))),
                Effect::Remember { customer, recent } => {
                    self.questions.extend(usual::question(call, recent, rota, now));
                    self.recent.push((*customer, recent.clone()));
                }
            }
        }
    }

    pub(super) fn write(
        self,
        tx: &mut Tx<'_>,
        before: &HashMap<StaffId, CallId>,
        after: &HashMap<StaffId, CallId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        calls::save(tx, &self.calls)?;
        let gone: Vec<(StaffId, CallId)> =
            before.iter().filter(|(who, call)| after.get(*who) != Some(*call)).map(|(w, c)| (w.clone(), *c)).collect();
        let come: Vec<(StaffId, CallId, Timestamp)> = after
            .iter()
            .filter(|(who, call)| before.get(*who) != Some(*call))
            .map(|(who, call)| (who.clone(), *call, now))
            .collect();
        if !gone.is_empty() {
            engaged::release(tx, &gone)?;
        }
        if !come.is_empty() {
            engaged::engage(tx, &come)?;
        }
        if !self.texts.is_empty() {
            text_customers(tx, self.texts)?;
        }
        if !self.jobs.is_empty() {
            jobs::add(tx, &self.jobs)?;
        }
        if !self.recent.is_empty() {
            customers::remember(tx, &self.recent)?;
        }
        for question in self.questions {
            usual::ask(tx, question)?;
        }
        Ok(())
    }
}

/// Adds these texts, but for those to numbers that have said STOP.
pub(super) fn text_customers(tx: &mut Tx<'_>, texts: Vec<(Phone, NewJob)>) -> Result<(), StoreError> {
    let phones: Vec<Phone> = texts.iter().map(|(to, _)| *to).collect();
    let stopped = stopped::among(tx, &phones)?;
    let wanted = texts.into_iter().filter(|(to, _)| !stopped.contains(to)).map(|(_, text)| text);
    jobs::add(tx, &wanted.collect::<Vec<_>>())
}

/// The promise that the caller was told. The key makes it one text per event, however often the event is told.
fn text(call: &Call, to: Phone, body: &str, due: Timestamp, now: Timestamp) -> NewJob {
    let outbound = Outbound::Text { from: call.number, to, body: body.to_owned() };
    let job = Job { provider: call.provider.clone(), outbound, heeds_stop: true };
    // A job of plain numbers and texts always has a JSON form.
    let doc = serde_json::to_string(&job).unwrap_or_default();
    NewJob { key: format!("promise {} to caller", call.id.0), doc, due, made: now }
}
