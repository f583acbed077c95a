//! Calls that go on while the store is away: on the rota in memory, the callers in memory, and what
//! their tickets say. Everything that happens to them is kept until it can be written.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use dashmap::DashMap;
use jiff::Timestamp;

use super::batch::line_of;
use super::{Answered, Desk, Listed, Question};
use crate::domain::call::{Call, CallId, Effect, Moment, Opening, Step};
use crate::domain::caller::{Caller, Customer, CustomerId};
use crate::domain::event::{Incoming, ProviderCallId, What};
use crate::domain::instruction::Instruction;
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::ticket::{CallTicket, Ticket};

/// News of calls we cannot name without the store, kept for later. Beyond it, the sweeper finds out.
const LOOSE_MAX: usize = 10_000;

#[derive(Default)]
pub(super) struct Adrift {
    calls: DashMap<CallId, Carried>,
    by_provider: DashMap<(&'static str, ProviderCallId), CallId>,
    engaged: DashMap<StaffId, CallId>,
    loose: Mutex<Vec<Question>>,
}

/// One call that went on without the store.
#[derive(Clone)]
pub(super) struct Carried {
    pub(super) call: Call,
    pub(super) effects: Vec<Effect>,
}

/// Everything to be written once the store is back.
#[derive(Default, Clone)]
pub(super) struct Flotsam {
    pub(super) calls: HashMap<CallId, Carried>,
    pub(super) loose: Vec<Question>,
}

impl Adrift {
    pub(super) fn len(&self) -> usize {
        self.calls.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty() && self.loose().is_empty()
    }

    /// For writing. Until it is written or put back, who is engaged and which call is whose stays known.
    pub(super) fn take(&self) -> Flotsam {
        let ids: Vec<CallId> = self.calls.iter().map(|entry| *entry.key()).collect();
        let calls = ids.into_iter().filter_map(|id| self.calls.remove(&id)).collect();
        let loose = std::mem::take(&mut *self.loose());
        Flotsam { calls, loose }
    }

    /// Puts back what could not be written, and forgets the rest. What happened to a call meanwhile comes after it.
    pub(super) fn put_back(&self, flotsam: Flotsam) {
        for (id, mut before) in flotsam.calls {
            if let Some((_, since)) = self.calls.remove(&id) {
                before.effects.extend(since.effects);
                let who_is_engaged = before.call.rejoin(since.call);
                before.effects.extend(who_is_engaged);
            }
            self.calls.insert(id, before);
        }
        {
            let mut loose = self.loose();
            let since = std::mem::replace(&mut *loose, flotsam.loose);
            loose.extend(since);
        }
        self.by_provider.retain(|_, id| self.calls.contains_key(id));
        self.engaged.retain(|_, id| self.calls.contains_key(id));
    }

    fn loose(&self) -> std::sync::MutexGuard<'_, Vec<Question>> {
        self.loose.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, call: CallId, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Engage(who) => drop(self.engaged.insert(who.clone(), call)),
                Effect::Release(who) => drop(self.engaged.remove(who)),
                Effect::Promise { .. }
                | Effect::TextCaller { .. }
                | Effect::Reached { .. }
                | Effect::MessageLeft
                | Effect::Remember { .. } => {}
            }
        }
    }
}

impl Desk {
    /// Answers without the store. The first person rings from memory; every later step from its ticket.
    pub(super) fn carry_on(&self, question: &Question, new_id: CallId) -> Answered {
        let rota = self.rota();
        let at = self.clock.now();
        let key = (question.provider, question.event.provider_id.clone());
        let ticket = question.ticket.as_ref().map(|ticket| ticket.of.call);
        let known = self.adrift.by_provider.get(&key).map(|id| *id);
        let there = |id: &CallId| self.adrift.calls.contains_key(id);
        let id = ticket.filter(there).or(known).or(ticket).unwrap_or(new_id);
        let carried = self.adrift.calls.get(&id).map(|carried| carried.clone());
        let carried = carried.or_else(|| match (&question.event.what, &question.ticket) {
            // Asks for no answer, and tells nothing of how far the call has come: what is stored will know.
            (What::LegStatus { .. }, Some(_)) => None,
            (_, Some(ticket)) => resumed(question, ticket, &rota, at),
            (What::Incoming(incoming), None) => self.begun(question, incoming, id, &rota, at),
            (_, None) => None,
        });
        let Some(mut carried) = carried else { return self.keep_for_later(question) };
        let step = self.step(&mut carried, question, &rota, at);
        carried.effects.extend(step.effects.iter().cloned());
        self.adrift.note(id, &step.effects);
        let answered = Answered {
            instruction: carried.call.instruction(step.answer, &rota),
            ticket: Some(CallTicket::of(&carried.call)),
        };
        // In this order: a provider's id that leads to no call is forgotten.
        self.adrift.calls.insert(id, carried);
        self.adrift.by_provider.insert(key, id);
        answered
    }

    fn step(&self, carried: &mut Carried, question: &Question, rota: &Rota, at: Timestamp) -> Step {
        let id = carried.call.id;
        let engaged = |who: &StaffId| self.adrift.engaged.get(who).is_some_and(|call| *call != id);
        let now = at.to_zoned(rota.zone.clone());
        carried.call.step(&question.event.what, &Moment { now: &now, rota, engaged: &engaged })
    }

    fn begun(
        &self,
        question: &Question,
        incoming: &Incoming,
        id: CallId,
        rota: &Rota,
        at: Timestamp,
    ) -> Option<Carried> {
        let (line, make_plan) = line_of(rota, incoming)?;
        let caller = self.recall(incoming.from.phone());
        let duty = rota.duty(line, at);
        let plan = make_plan(rota, line, &duty, &caller, incoming.from.phone(), question.screens);
        let now = at.to_zoned(rota.zone.clone());
        let engaged = |who: &StaffId| self.adrift.engaged.contains_key(who);
        let opening = Opening {
            id,
            provider: question.provider,
            provider_id: question.event.provider_id.clone(),
            incoming,
            rota,
            line,
            caller: &caller,
            plan,
            promised: None,
        };
        let (mut call, step) = Call::begin(opening, &Moment { now: &now, rota, engaged: &engaged });
        call.carried(at);
        // The name is unknown here; the record gets it back with the store.
        call.customer = None;
        self.adrift.note(id, &step.effects);
        Some(Carried { call, effects: step.effects })
    }

    /// Who rings, as far as memory knows: only whom they usually speak to, and whether they are blocked.
    fn recall(&self, phone: Option<Phone>) -> Caller {
        let Some(phone) = phone else { return Caller::Unknown };
        let Some(listed) = self.callers.load().find(phone) else { return Caller::Stranger(phone) };
        let (usual, blocked) = match listed {
            Listed::Usual(who) => (Some(who), false),
            Listed::Blocked => (None, true),
        };
        Caller::Customer(Box::new(Customer {
            id: CustomerId(0),
            name: String::new(),
            numbers: vec![phone],
            usual,
            language: None,
            note: None,
            tags: Vec::new(),
            blocked,
            recent: Vec::new(),
            asked: Vec::new(),
        }))
    }

    fn keep_for_later(&self, question: &Question) -> Answered {
        let mut loose = self.adrift.loose();
        if loose.len() < LOOSE_MAX {
            loose.push(question.clone());
        }
        Answered { instruction: Instruction::Acknowledge, ticket: None }
    }
}

fn resumed(question: &Question, ticket: &Ticket, rota: &Rota, at: Timestamp) -> Option<Carried> {
    let remains = ticket.remains(question.provider, &question.event.provider_id);
    Call::resume(remains, rota, at).map(|call| Carried { call, effects: Vec::new() })
}
