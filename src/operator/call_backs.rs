//! Keeping a promise: rings the person who keeps it, and then the customer.
//!
//! Everything is decided on the store's thread and saved before it is answered. Without the store nobody
//! new is rung; what is told of a conversation meanwhile is kept until it can be saved.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::promises::act;
use super::{Desk, LAST_PATIENCE, Operator};
use crate::domain::call::CallId;
use crate::domain::call_back::{Begun, CallBack, CallBackId, Ending, Instruction, News, RING_SECONDS, Stage, State};
use crate::domain::instruction::Speech;
use crate::domain::job::{Job, Outbound};
use crate::domain::phone::Kind;
use crate::domain::promise::{Happens, PromiseId};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words;
use crate::store::call_backs::Stored;
use crate::store::jobs::NewJob;
use crate::store::{StoreError, Tx, call_backs, engaged, jobs, promises};
use crate::ticket::CallBackTicket;

/// News kept while the store is away. Beyond it, the sweeper finds out.
const KEPT_MAX: usize = 1_000;

/// In front of the id, in the key of the job that rings the person.
const RING: &str = "call back ring ";

/// What was told while the store was away, and when.
#[derive(Default)]
pub(super) struct Untold(Mutex<Vec<(CallBackId, News, Timestamp)>>);

impl Untold {
    fn keep(&self, id: CallBackId, news: News, at: Timestamp) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX {
            kept.push((id, news, at));
        }
    }

    fn take(&self) -> Vec<(CallBackId, News, Timestamp)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Operator {
    /// `CALL 41`: rings the person, then the customer. However often it is asked, one at a time.
    pub async fn call_back(&self, promise: PromiseId, by: &StaffId) -> Result<Begun, StoreError> {
        let (desk, by) = (Arc::clone(&self.desk), by.clone());
        self.errand(move |tx| begin(tx, &desk, promise, &by)).await
    }

    /// Always answers, and within two seconds.
    pub async fn answer_call_back(&self, id: CallBackId, news: News) -> Instruction {
        let (asks, done) = (news.asks_at().is_some(), matches!(news, News::Done(_)));
        let operator = self.clone();
        // On its own: whoever loses patience must not lose what was told.
        let telling = tokio::spawn(async move { operator.tell(id, news).await });
        match tokio::time::timeout(self.patience + LAST_PATIENCE, telling).await {
            Ok(Ok(Ok(Some(instruction)))) => instruction,
            _ if !asks => Instruction::Acknowledge,
            _ if done => Instruction::HangUp { say: None },
            Ok(Ok(Ok(None))) => hang_up(words::call_back::TOO_LATE),
            Ok(Ok(Err(_)) | Err(_)) | Err(_) => hang_up(words::call_back::AWAY),
        }
    }

    async fn tell(&self, id: CallBackId, news: News) -> Result<Option<Instruction>, StoreError> {
        let (desk, at) = (Arc::clone(&self.desk), self.desk.clock.now());
        let told = news.clone();
        let answer = self.errand(move |tx| take(tx, &desk, id, &told, at)).await;
        // A phone that was told to hang up is not put through later.
        if !matches!(news, News::PickedUp | News::Key { .. }) {
            self.keep_if_away(&answer, id, news, at);
        }
        answer
    }

    fn keep_if_away<T>(&self, answer: &Result<T, StoreError>, id: CallBackId, news: News, at: Timestamp) {
        match answer {
            Ok(_) => {}
            Err(StoreError::Away(_) | StoreError::Conflict) => self.desk.untold.keep(id, news, at),
            Err(error) => tracing::error!(call_back = %id.0, %error, "news of a call back cannot be saved"),
        }
    }

    /// Saves what was told without the store, and ends call backs whose last news never came; returns how many.
    pub(super) async fn sweep_call_backs(&self, limit: u32) -> Result<usize, StoreError> {
        for (id, news, at) in self.desk.untold.take() {
            let (desk, told) = (Arc::clone(&self.desk), news.clone());
            let answer = self.errand(move |tx| take(tx, &desk, id, &told, at)).await;
            self.keep_if_away(&answer, id, news, at);
        }
        let desk = Arc::clone(&self.desk);
        self.errand(move |tx| sweep(tx, &desk, limit)).await
    }
}

/// The provider will not do this job. If it was to begin a call back, that is over.
pub fn could_not_ring(tx: &mut Tx<'_>, desk: &Desk, job: &str) -> Result<(), StoreError> {
    let id = job.strip_prefix(RING).and_then(|id| id.parse().ok()).map(CallBackId);
    let Some(mut held) = id.map(|id| call_backs::find(tx, id)).transpose()?.flatten() else { return Ok(()) };
    let (before, now) = (held.call_back.state.clone(), desk.clock.now());
    held.call_back.could_not_ring(now);
    save(tx, &desk.rota(), &held, &before, now)
}

/// As [`Operator::call_back`], in a transaction that does more.
pub fn begin(tx: &mut Tx<'_>, desk: &Desk, promise: PromiseId, by: &StaffId) -> Result<Begun, StoreError> {
    let rota = desk.rota();
    let Some(promise) = promises::get(tx, promise)?.map(|stored| stored.promise) else {
        return Ok(Begun::NoSuchPromise);
    };
    if !promise.is_alive() {
        return Ok(Begun::Closed);
    }
    if let Some(live) = call_backs::live(tx, promise.id)? {
        return Ok(Begun::AlreadyRinging { by: live.call_back.by });
    }
    let Some(phone) = promise.number else { return Ok(Begun::NoNumber) };
    if phone.kind() == Kind::Costly {
        return Ok(Begun::Costly);
    }
    let Some(person) = rota.staff.get(by.as_str()) else { return Ok(Begun::NotOnStaff) };
    if !engaged::among(tx, std::slice::from_ref(by))?.is_empty() {
        return Ok(Begun::OnACall);
    }
    let (id, now) = (CallBackId(desk.new_call_id().0), desk.clock.now());
    let call_back = CallBack::begin(id, &promise, phone, person, &rota, now);
    call_backs::begin(tx, &call_back)?;
    engaged::engage(tx, &[(by.clone(), on_the_phone_with(id), now)])?;
    jobs::add(tx, &[ring(desk, &call_back)])?;
    let claimed = Happens::Claimed { by: by.clone() };
    act(tx, &rota, &now.to_zoned(rota.zone.clone()), promise.id, &claimed)?;
    Ok(Begun::RingingYou)
}

fn take(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: CallBackId,
    news: &News,
    at: Timestamp,
) -> Result<Option<Instruction>, StoreError> {
    let Some(mut held) = call_backs::find(tx, id)? else { return Ok(None) };
    let before = held.call_back.state.clone();
    let step = held.call_back.step(news, at);
    if step.changed {
        save(tx, &desk.rota(), &held, &before, at)?;
    }
    Ok(Some(held.call_back.instruction(step.answer)))
}

fn sweep(tx: &mut Tx<'_>, desk: &Desk, limit: u32) -> Result<usize, StoreError> {
    let now = desk.clock.now();
    let overdue = call_backs::overdue(tx, now, limit)?;
    let swept = overdue.len();
    for mut held in overdue {
        let before = held.call_back.state.clone();
        held.call_back.sweep(now);
        save(tx, &desk.rota(), &held, &before, now)?;
    }
    Ok(swept)
}

/// Saves a step, and what follows from it.
fn save(tx: &mut Tx<'_>, rota: &Rota, held: &Stored, before: &State, at: Timestamp) -> Result<(), StoreError> {
    let call_back = &held.call_back;
    call_backs::save(tx, call_back, held.version)?;
    if call_back.state == *before {
        return Ok(());
    }
    if *before == State::Asked {
        jobs::not_needed(tx, &ring_key(call_back))?;
    }
    match call_back.ending() {
        Some(ending) => over(tx, rota, call_back, ending, at),
        None => Ok(()),
    }
}

fn over(tx: &mut Tx<'_>, rota: &Rota, call_back: &CallBack, ending: Ending, at: Timestamp) -> Result<(), StoreError> {
    engaged::release(tx, &[(call_back.by.clone(), on_the_phone_with(call_back.id))])?;
    let by = call_back.by.clone();
    let happens = match ending {
        Ending::Kept { seconds } => Happens::Spoke { by, seconds },
        Ending::TooShort { .. } | Ending::NotAnswered | Ending::NotTaken | Ending::Failed => Happens::NotReached { by },
    };
    act(tx, rota, &at.to_zoned(rota.zone.clone()), call_back.promise, &happens)?;
    // Somebody on a SIP phone has no number to text.
    let Reach::Phone(to) = call_back.reach else { return Ok(()) };
    let outbound = Outbound::Text { from: call_back.number, to, body: call_back.told(ending) };
    jobs::add(tx, &[job(format!("call back {} to its person", call_back.id.0), call_back, outbound, at)])
}

fn ring(desk: &Desk, call_back: &CallBack) -> NewJob {
    let address = |stage| {
        let (call_back, provider) = (call_back.id, call_back.provider.clone());
        desk.call_back_address(&CallBackTicket { stage, call_back, provider })
    };
    let outbound = Outbound::Call {
        from: call_back.number,
        to: call_back.reach.clone(),
        url: address(Stage::PickedUp),
        news: address(Stage::Staff),
        seconds: RING_SECONDS,
    };
    job(ring_key(call_back), call_back, outbound, call_back.asked)
}

fn ring_key(call_back: &CallBack) -> String {
    format!("{RING}{}", call_back.id.0)
}

fn job(key: String, call_back: &CallBack, outbound: Outbound, now: Timestamp) -> NewJob {
    let job = Job { provider: call_back.provider.clone(), outbound, heeds_stop: false };
    // A job of plain numbers and texts always has a JSON form.
    NewJob { key, doc: serde_json::to_string(&job).unwrap_or_default(), due: now, made: now }
}

/// As the other calls know it: nobody rings a phone that keeps a promise.
fn on_the_phone_with(id: CallBackId) -> CallId {
    CallId(id.0)
}

fn hang_up(words: &str) -> Instruction {
    Instruction::HangUp { say: Some(Speech { text: words.to_owned(), language: "en-GB".to_owned() }) }
}
