//! One transaction: load what the questions need, decide each, save what was decided.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use jiff::Zoned;

use super::adrift::Carried;
use super::rows::Rows;
use super::{Answered, Desk, Question, promises};
use crate::domain::call::{Answer, Call, CallId, Effect, Moment, Opening, Step};
use crate::domain::caller::{Caller, Customer, CustomerId};
use crate::domain::event::{Incoming, What};
use crate::domain::instruction::Instruction;
use crate::domain::line::{Line, LineId};
use crate::domain::phone::Phone;
use crate::domain::plan::{self, Plan};
use crate::domain::promise::Promise;
use crate::domain::rota::Rota;
use crate::domain::rota::duty::Duty;
use crate::domain::staff::StaffId;
use crate::domain::words::Promised;
use crate::store::{self, StoreError, Tx, calls, customers, engaged};
use crate::ticket::{CallTicket, Ticket};

/// Answers all questions, in their order. What it returns may be told only after the commit.
pub(super) fn answer_all(
    tx: &mut Tx<'_>,
    desk: &Desk,
    questions: &[(&Question, CallId)],
) -> Result<Vec<Answered>, StoreError> {
    let mut batch = Batch::open(tx, desk)?;
    batch.load_calls(tx, questions)?;
    batch.plan_new_calls(tx, questions)?;
    batch.load_engaged(tx)?;
    let answers = questions.iter().map(|(question, id)| batch.answer(question, *id)).collect();
    batch.save(tx, desk)?;
    Ok(answers)
}

/// Closes calls whose last event never came. Returns how many.
pub(super) fn sweep(tx: &mut Tx<'_>, desk: &Desk, limit: u32) -> Result<usize, StoreError> {
    let mut batch = Batch::open(tx, desk)?;
    for stored in calls::overdue(tx, batch.now.timestamp(), limit)? {
        let mut held = Held::stored(stored.call, stored.version);
        let step = held.call.sweep(&Moment { now: &batch.now, rota: &batch.rota, engaged: &|_| false });
        held.take(step);
        batch.calls.insert(held.call.id, held);
    }
    let swept = batch.calls.len();
    batch.settle_all(tx)?;
    batch.save(tx, desk)?;
    Ok(swept)
}

/// Writes what happened while the store was away.
pub(super) fn bring_home(
    tx: &mut Tx<'_>,
    desk: &Desk,
    carried_calls: &HashMap<CallId, Carried>,
) -> Result<(), StoreError> {
    let mut batch = Batch::open(tx, desk)?;
    let ids: Vec<CallId> = carried_calls.keys().copied().collect();
    let provider_ids: Vec<_> = carried_calls.values().map(|carried| provider_id(&carried.call)).collect();
    for stored in calls::find(tx, &ids, &provider_ids)? {
        batch.hold(Held::stored(stored.call, stored.version));
    }
    for (id, carried) in carried_calls {
        let id = batch.id_of(*id, &provider_id(&carried.call));
        let mut effects = carried.effects.clone();
        let mut held = match batch.calls.remove(&id) {
            Some(mut held) => {
                effects.extend(held.call.rejoin(carried.call.clone()));
                held
            }
            None => Held::new(carried.call.clone()),
        };
        held.changed = true;
        held.effects.extend(effects);
        batch.hold(held);
    }
    batch.settle_all(tx)?;
    batch.save(tx, desk)
}

struct Batch {
    rota: Arc<Rota>,
    now: Zoned,
    calls: HashMap<CallId, Held>,
    by_provider: HashMap<(String, String), CallId>,
    openings: HashMap<CallId, (Caller, Plan, Line, Option<Promised>)>,
    duties: HashMap<LineId, Duty>,
    /// Who is on which call, as decided so far.
    engaged: HashMap<StaffId, CallId>,
    /// The same as it stands in the store.
    engaged_before: HashMap<StaffId, CallId>,
}

/// A call in hand.
pub(super) struct Held {
    pub(super) call: Call,
    /// As loaded; `None` for a call that is not in the store yet.
    pub(super) version: Option<i64>,
    pub(super) effects: Vec<Effect>,
    pub(super) changed: bool,
}

impl Held {
    fn stored(call: Call, version: i64) -> Self {
        Self { call, version: Some(version), effects: Vec::new(), changed: false }
    }

    fn new(call: Call) -> Self {
        Self { call, version: None, effects: Vec::new(), changed: true }
    }

    fn take(&mut self, step: Step) -> Answer {
        self.changed |= step.changed;
        self.effects.extend(step.effects);
        step.answer
    }
}

impl Batch {
    /// One `now` and one rota for the whole batch.
    fn open(tx: &mut Tx<'_>, desk: &Desk) -> Result<Self, StoreError> {
        let now = desk.clock.now();
        let rota = desk.rota_in(tx)?;
        Ok(Self {
            now: now.to_zoned(rota.zone.clone()),
            rota,
            calls: HashMap::new(),
            by_provider: HashMap::new(),
            openings: HashMap::new(),
            duties: HashMap::new(),
            engaged: HashMap::new(),
            engaged_before: HashMap::new(),
        })
    }

    fn load_calls(&mut self, tx: &mut Tx<'_>, questions: &[(&Question, CallId)]) -> Result<(), StoreError> {
        let mut ids = Vec::new();
        let mut provider_ids = Vec::new();
        for (question, _) in questions {
            match &question.ticket {
                Some(ticket) => ids.push(ticket.of.call),
                None => provider_ids.push(asked_about(question)),
            }
        }
        let mut found = calls::find(tx, &ids, &provider_ids)?;
        let known = |ticket: &Ticket| found.iter().any(|stored| stored.call.id == ticket.of.call);
        let unknown = questions.iter().filter(|(question, _)| question.ticket.as_ref().is_some_and(|t| !known(t)));
        let unknown: Vec<_> = unknown.map(|(question, _)| asked_about(question)).collect();
        if !unknown.is_empty() {
            found.extend(calls::find(tx, &[], &unknown)?);
        }
        for stored in found {
            self.hold(Held::stored(stored.call, stored.version));
        }
        Ok(())
    }

    fn hold(&mut self, held: Held) {
        self.by_provider.insert(provider_id(&held.call), held.call.id);
        self.calls.insert(held.call.id, held);
    }

    /// The call's id here. Two instances that were asked about a new call while both were without the store
    /// have given it an id each; the one that was written first stays.
    fn id_of(&self, id: CallId, provider_id: &(String, String)) -> CallId {
        let there = |id: &CallId| self.calls.contains_key(id);
        if there(&id) { id } else { self.by_provider.get(provider_id).copied().filter(there).unwrap_or(id) }
    }

    /// Recognises the callers of new calls and makes their plans.
    fn plan_new_calls(&mut self, tx: &mut Tx<'_>, questions: &[(&Question, CallId)]) -> Result<(), StoreError> {
        let mut new = Vec::new();
        for (question, id) in questions {
            let What::Incoming(incoming) = &question.event.what else { continue };
            if let Entry::Vacant(unknown) = self.by_provider.entry(asked_about(question)) {
                unknown.insert(*id);
                new.push((*question, *id, incoming));
            }
        }
        let phones: Vec<Phone> = new.iter().filter_map(|(_, _, incoming)| incoming.from.phone()).collect();
        let mut known = if phones.is_empty() { HashMap::new() } else { customers::by_phone(tx, &phones)? };
        let ids: Vec<CustomerId> = known.values().map(|customer| customer.id).collect();
        let promised = store::promises::alive(tx, &phones, &ids)?;
        let rota = Arc::clone(&self.rota);
        for (question, id, incoming) in new {
            let Some((line, make_plan)) = line_of(&rota, incoming) else { continue };
            let phone = incoming.from.phone();
            let caller = caller(phone, phone.and_then(|phone| known.remove(&phone)));
            let at = self.now.timestamp();
            let duty = self.duties.entry(line.id.clone()).or_insert_with(|| rota.duty(line, at));
            let mut plan = make_plan(&rota, line, duty, &caller, phone, question.screens);
            let theirs = |promise: &&Promise| promise.is_unsettled() && promise.is_of(phone, caller.customer());
            let theirs = promised.iter().map(|stored| &stored.promise).find(theirs);
            if let Some(promise) = theirs {
                plan.stand_by(promise, &rota, duty);
            }
            let promised = theirs.map(|promise| promise.given(&rota));
            self.openings.insert(id, (caller, plan, line.clone(), promised));
        }
        Ok(())
    }

    /// Asks only about people whom these calls could ring: the answer must not cost more in a larger firm.
    fn load_engaged(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let of_calls = self.calls.values().flat_map(|held| &held.call.plan.steps);
        let of_openings = self.openings.values().flat_map(|(_, plan, ..)| &plan.steps);
        let mut people: Vec<StaffId> = of_calls.chain(of_openings).map(|step| step.who.clone()).collect();
        people.sort_unstable();
        people.dedup();
        if !people.is_empty() {
            self.engaged_before = engaged::among(tx, &people)?;
            self.engaged = self.engaged_before.clone();
        }
        Ok(())
    }

    /// Carries who is engaged through all that the calls in hand have done.
    fn settle_all(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.load_engaged(tx)?;
        for held in self.calls.values() {
            settle(&mut self.engaged, held.call.id, &held.effects);
        }
        Ok(())
    }

    fn answer(&mut self, question: &Question, new_id: CallId) -> Answered {
        let id = question.ticket.as_ref().map_or(new_id, |ticket| ticket.of.call);
        let id = self.id_of(id, &asked_about(question));
        if !self.calls.contains_key(&id) {
            let held = match (&question.ticket, &question.event.what) {
                (Some(ticket), _) => self.resume(question, ticket),
                (None, What::Incoming(incoming)) => self.begin(question, incoming, id),
                (None, _) => None,
            };
            let Some(held) = held else {
                return Answered { instruction: Instruction::Acknowledge, ticket: None };
            };
            settle(&mut self.engaged, id, &held.effects);
            self.calls.insert(id, held);
        }
        let Some(held) = self.calls.get_mut(&id) else {
            return Answered { instruction: Instruction::Acknowledge, ticket: None };
        };
        let engaged = &self.engaged;
        let is_engaged = |who: &StaffId| engaged.get(who).is_some_and(|call| *call != id);
        let step =
            held.call.step(&question.event.what, &Moment { now: &self.now, rota: &self.rota, engaged: &is_engaged });
        settle(&mut self.engaged, id, &step.effects);
        let answer = held.take(step);
        Answered { instruction: held.call.instruction(answer, &self.rota), ticket: Some(CallTicket::of(&held.call)) }
    }

    fn begin(&mut self, question: &Question, incoming: &Incoming, id: CallId) -> Option<Held> {
        let (caller, plan, line, promised) = self.openings.remove(&id)?;
        let opening = Opening {
            id,
            provider: question.provider,
            provider_id: question.event.provider_id.clone(),
            incoming,
            rota: &self.rota,
            line: &line,
            caller: &caller,
            plan,
            promised,
        };
        let engaged = &self.engaged;
        let moment = Moment { now: &self.now, rota: &self.rota, engaged: &|who| engaged.contains_key(who) };
        let (call, step) = Call::begin(opening, &moment);
        Some(Held { effects: step.effects, ..Held::new(call) })
    }

    /// A genuine ticket of a call that the store does not have: it began while the store was away, on
    /// another instance perhaps.
    fn resume(&self, question: &Question, ticket: &Ticket) -> Option<Held> {
        let remains = ticket.remains(question.provider, &question.event.provider_id);
        Call::resume(remains, &self.rota, self.now.timestamp()).map(Held::new)
    }

    fn save(self, tx: &mut Tx<'_>, desk: &Desk) -> Result<(), StoreError> {
        let changed: Vec<&Held> = self.calls.values().filter(|held| held.changed).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let mut rows = Rows::default();
        for held in &changed {
            rows.add(held, &self.rota, self.now.timestamp());
        }
        rows.write(tx, &self.engaged_before, &self.engaged, self.now.timestamp())?;
        promises::follow(tx, desk, &self.rota, &self.now, changed.iter().copied())
    }
}

/// The provider, and its own id of the call.
fn provider_id(call: &Call) -> (String, String) {
    (call.provider.clone(), call.provider_id.0.clone())
}

/// As [`provider_id`].
fn asked_about(question: &Question) -> (String, String) {
    (question.provider.to_owned(), question.event.provider_id.0.clone())
}

/// As [`plan::make`].
type MakePlan = fn(&Rota, &Line, &Duty, &Caller, Option<Phone>, bool) -> Plan;

/// The line that was rung, and how its calls are planned. A genuine call to a number that no line has
/// counts as the first line's, and still finds a human.
pub(super) fn line_of<'a>(rota: &'a Rota, incoming: &Incoming) -> Option<(&'a Line, MakePlan)> {
    let rung = incoming.to.and_then(|to| rota.line_of(to)).map(|line| (line, plan::make as MakePlan));
    rung.or_else(|| rota.lines.first().map(|line| (line, plan::make_unplaced as MakePlan)))
}

fn caller(phone: Option<Phone>, customer: Option<Customer>) -> Caller {
    match (phone, customer) {
        (_, Some(customer)) => Caller::Customer(Box::new(customer)),
        (Some(phone), None) => Caller::Stranger(phone),
        (None, None) => Caller::Unknown,
    }
}

/// Carries who is engaged through the effects of one step.
fn settle(engaged: &mut HashMap<StaffId, CallId>, call: CallId, effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Engage(who) => {
                engaged.insert(who.clone(), call);
            }
            Effect::Release(who) => {
                if engaged.get(who) == Some(&call) {
                    engaged.remove(who);
                }
            }
            Effect::Promise { .. }
            | Effect::TextCaller { .. }
            | Effect::Reached { .. }
            | Effect::MessageLeft
            | Effect::Remember { .. } => {}
        }
    }
}
