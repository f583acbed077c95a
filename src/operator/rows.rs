//! What a batch decided, as rows for the store.

use std::collections::HashMap;

use jiff::Timestamp;

use super::batch::Held;
use crate::domain::call::{Call, CallId, Effect};
use crate::domain::caller::{CustomerId, PastCall};
use crate::domain::job::{Job, Outbound};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::store::jobs::NewJob;
use crate::store::promises::NewPromise;
use crate::store::{StoreError, Tx, calls, customers, engaged, jobs, promises};

#[derive(Default)]
pub(super) struct Rows<'a> {
    calls: Vec<calls::Save<'a>>,
    promises: Vec<NewPromise>,
    messages: Vec<CallId>,
    jobs: Vec<NewJob>,
    recent: Vec<(CustomerId, Vec<PastCall>)>,
}

impl<'a> Rows<'a> {
    pub(super) fn add(&mut self, held: &'a Held, rota: &Rota, now: Timestamp) {
        let call = &held.call;
        self.calls.push(calls::Save { call, version: held.version, wake: call.overdue_at() });
        for effect in &held.effects {
            match effect {
                // Settled over the whole batch, in `write`.
                Effect::Engage(_) | Effect::Release(_) => {}
                Effect::Promise { owner, due } => self.promises.push(new_promise(call, owner, *due, now)),
                Effect::TextCaller { to, body } => self.text(call, "caller", *to, body, now),
                Effect::TextOwner { owner, body } => {
                    // Somebody on a SIP phone has no number to text; the promise is in their list all the same.
                    if let Some(Reach::Phone(to)) = rota.staff.get(owner.as_str()).map(|person| &person.reach) {
                        self.text(call, "owner", *to, body, now);
                    }
                }
                Effect::MessageLeft => self.messages.push(call.id),
                Effect::Remember { customer, recent } => self.recent.push((*customer, recent.clone())),
            }
        }
    }

    /// The key makes it one text per event, however often the event is told.
    fn text(&mut self, call: &Call, to_whom: &str, to: crate::domain::phone::Phone, body: &str, now: Timestamp) {
        let outbound = Outbound::Text { from: call.number, to, body: body.to_owned() };
        let job = Job { provider: call.provider.clone(), outbound };
        // A job of plain numbers and texts always has a JSON form.
        let doc = serde_json::to_string(&job).unwrap_or_default();
        self.jobs.push(NewJob { key: format!("promise {} to {to_whom}", call.id.0), doc, due: now, made: now });
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
        if !self.promises.is_empty() {
            promises::make(tx, &self.promises)?;
        }
        if !self.messages.is_empty() {
            promises::message_left(tx, &self.messages)?;
        }
        if !self.jobs.is_empty() {
            jobs::add(tx, &self.jobs)?;
        }
        if !self.recent.is_empty() {
            customers::remember(tx, &self.recent)?;
        }
        Ok(())
    }
}

fn new_promise(call: &Call, owner: &StaffId, due: Timestamp, now: Timestamp) -> NewPromise {
    NewPromise {
        call: call.id,
        customer: call.customer.as_ref().map(|customer| customer.id),
        name: call.customer.as_ref().map(|customer| customer.name.clone()),
        number: call.from.phone(),
        owner: owner.clone(),
        due,
        made: now,
        message: call.message.is_some(),
    }
}
