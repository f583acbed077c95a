//! The shell of a call: takes a genuine event, finds the call it belongs to, lets the domain decide,
//! saves what was decided, and only then answers.
//!
//! One thread owns the store. It takes every question that waits, at most 64 of them, loads
//! what they need, steps each call, saves all of it and commits once: the cost of a durable commit is
//! shared, and two calls never decide at the same time whom to ring. Several instances share one
//! PostgreSQL; whoever finds that another was first loads again and steps again, which a pure step
//! makes free.
//!
//! When the store is away, or slower than a question's patience, the call goes on from its ticket and the rota in
//! memory (`operator/adrift.rs`), and what happened is written when the store is back.

mod adrift;
mod batch;
mod call_backs;
mod caller_list;
pub mod in_person;
mod live_changes;
pub mod past;
mod present;
pub mod promises;
mod rows;
mod texts;
mod thread;
mod usual;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::{Timestamp, Zoned};
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::domain::call::CallId;
use crate::domain::event::Event;
use crate::domain::instruction::Instruction;
use crate::domain::promise::{Happens, PromiseId};
use crate::domain::rota::Rota;
use crate::store::{Store, StoreError, Tx};
use crate::ticket::{CallBackTicket, CallTicket, MessageTicket, Ticket};
use adrift::Adrift;
use call_backs::Untold;
pub use call_backs::could_not_ring;
pub use caller_list::{CallerList, Listed, Listing};
use live_changes::LiveChanges;
pub use present::present;
pub use usual::{Counted, usual_person_answered};

/// How many questions share one commit at most.
const BATCH: usize = 64;

/// Questions that may wait for the thread. Beyond it calls go on without the store: a queue that
/// long is slower than a caller's patience.
const INBOX: usize = 4_096;

/// How much longer when the thread has just begun with it.
const LAST_PATIENCE: Duration = Duration::from_millis(300);

/// How often an errand is begun anew because another instance was first.
const ERRAND_TRIES: usize = 5;

/// A genuine event and where it came from.
#[derive(Clone, Debug)]
pub struct Question {
    pub provider: &'static str,
    /// Whether the provider can make sure that a human and not a machine took a leg.
    pub screens: bool,
    pub event: Event,
    /// From the URL that was asked, where it is one that we handed out.
    pub ticket: Option<Ticket>,
}

/// What to answer, and the ticket for the URLs in it.
#[derive(Clone, Debug)]
pub struct Answered {
    pub instruction: Instruction,
    pub ticket: Option<CallTicket>,
}

/// Gives the rota of the admin's file that is live at this moment.
pub type RotaNow = Arc<dyn Fn() -> Arc<Rota> + Send + Sync>;

/// Gives the address of a ticket.
pub type AddressOf<T> = Arc<dyn Fn(&T) -> String + Send + Sync>;

/// Our addresses that we hand out unasked.
pub struct Addresses {
    /// At which a provider finds us again in a call back.
    pub call_back: AddressOf<CallBackTicket>,
    /// At which staff listen to a message.
    pub message: AddressOf<MessageTicket>,
}

/// Gives ten bytes that nobody can foresee.
pub type Chance = Arc<dyn Fn() -> [u8; 10] + Send + Sync>;

/// Hands questions to the thread. Cheap to clone.
#[derive(Clone)]
pub struct Operator {
    inbox: std::sync::mpsc::SyncSender<Task>,
    desk: Arc<Desk>,
    patience: Duration,
}

/// What is known without the store.
pub struct Desk {
    rota: LiveChanges,
    pub clock: Clock,
    chance: Chance,
    pub callers: ArcSwap<CallerList>,
    addresses: Addresses,
    adrift: Adrift,
    untold: Untold,
    away: AtomicBool,
    refused: ArcSwapOption<Refused>,
}

/// A webhook whose signature was wrong. Strangers can send such ones too, so no more than the last is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whose it claimed to be.
    pub provider: &'static str,
    pub at: Timestamp,
}

/// Gets the store, or why there is none right now.
type Errand = Box<dyn FnOnce(Result<&mut Store, &StoreError>) + Send>;

enum Task {
    Question(Box<Asked>),
    /// Anything else that needs the store, in a transaction of its own.
    Errand(Errand),
    /// Try the store again now, and tell whether it is there.
    ComeBack(oneshot::Sender<Result<(), StoreError>>),
    Stop,
}

struct Asked {
    question: Arc<Question>,
    /// The id the call gets if it is new. Chosen here, so that the call keeps it whichever way it is answered.
    id: CallId,
    claim: Claim,
    reply: oneshot::Sender<Option<Answered>>,
}

/// Who answers a question: the thread, or the one who waited for it in vain. Never both.
#[derive(Clone)]
struct Claim(Arc<AtomicU8>);

impl Claim {
    fn new() -> Self {
        Self(Arc::new(AtomicU8::new(0)))
    }

    /// True for the first who takes it.
    fn take(&self) -> bool {
        self.0.swap(1, Ordering::AcqRel) == 0
    }
}

impl Operator {
    /// Starts the thread. `open` opens the store; as long as it cannot, calls go on without. A question
    /// waits for the store as long as `patience`.
    pub fn start(
        rota: RotaNow,
        clock: Clock,
        chance: Chance,
        addresses: Addresses,
        patience: Duration,
        open: impl FnMut() -> Result<Store, StoreError> + Send + 'static,
    ) -> std::io::Result<(Self, std::thread::JoinHandle<()>)> {
        let (inbox, tasks) = std::sync::mpsc::sync_channel(INBOX);
        let desk = Arc::new(Desk {
            rota: LiveChanges::on(rota),
            clock,
            chance,
            callers: ArcSwap::default(),
            addresses,
            adrift: Adrift::default(),
            untold: Untold::default(),
            away: AtomicBool::new(false),
            refused: ArcSwapOption::empty(),
        });
        let thread = thread::spawn(tasks, Arc::clone(&desk), open)?;
        Ok((Self { inbox, desk, patience }, thread))
    }

    /// Always answers, and within two seconds.
    pub async fn answer(&self, question: Question) -> Answered {
        // Nearly half of what a provider tells of a leg. There is nothing to look up, decide or save.
        if question.event.what.is_idle() {
            return Answered { instruction: Instruction::Acknowledge, ticket: None };
        }
        let id = self.desk.new_call_id();
        let question = Arc::new(question);
        if !self.desk.is_away()
            && let Some(answered) = self.ask_the_thread(&question, id).await
        {
            return answered;
        }
        metrics::counter!("switchboard_carried_without_store_total").increment(1);
        self.desk.carry_on(&question, id)
    }

    async fn ask_the_thread(&self, question: &Arc<Question>, id: CallId) -> Option<Answered> {
        let (reply, mut answer) = oneshot::channel();
        let claim = Claim::new();
        let asked = Asked { question: Arc::clone(question), id, claim: claim.clone(), reply };
        self.inbox.try_send(Task::Question(Box::new(asked))).ok()?;
        if let Ok(answered) = tokio::time::timeout(self.patience, &mut answer).await {
            return answered.ok().flatten();
        }
        if claim.take() {
            return None;
        }
        tokio::time::timeout(LAST_PATIENCE, answer).await.ok()?.ok().flatten()
    }

    /// Runs work on the store's thread, in a transaction; again where another instance was first.
    pub async fn errand<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let mut work = work;
        let errand = move |store: Result<&mut Store, &StoreError>| {
            let result = match store {
                Ok(store) => (1..ERRAND_TRIES)
                    .map(|_| store.transaction(&mut work))
                    .find(|result| !matches!(result, Err(StoreError::Conflict)))
                    .unwrap_or_else(|| store.transaction(&mut work)),
                Err(away) => Err(away.clone()),
            };
            drop(reply.send(result));
        };
        if self.inbox.try_send(Task::Errand(Box::new(errand))).is_err() {
            return Err(StoreError::Away("its thread is behind".to_owned()));
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Away("its thread has stopped".to_owned())))
    }

    /// Tries a store that was away, and writes what happened without it.
    pub async fn comes_back(&self) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        if self.inbox.try_send(Task::ComeBack(reply)).is_err() {
            return Err(StoreError::Away("its thread is behind".to_owned()));
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Away("its thread has stopped".to_owned())))
    }

    /// Closes calls and call backs whose last event never came; returns how many.
    pub async fn sweep(&self, limit: u32) -> Result<usize, StoreError> {
        let desk = Arc::clone(&self.desk);
        let calls = self.errand(move |tx| batch::sweep(tx, &desk, limit)).await?;
        Ok(calls + self.sweep_call_backs(limit).await?)
    }

    /// Does what promises have due: reminders, what is broken, the next morning's question; returns how many.
    pub async fn wake_promises(&self, limit: u32) -> Result<usize, StoreError> {
        let desk = Arc::clone(&self.desk);
        self.errand(move |tx| {
            let rota = desk.rota_in(tx)?;
            promises::wake(tx, &rota, &desk.now(&rota), limit)
        })
        .await
    }

    /// Does to a promise what a person said. `None`: there is no such promise.
    pub async fn act(&self, id: PromiseId, happens: Happens) -> Result<Option<promises::Changed>, StoreError> {
        let desk = Arc::clone(&self.desk);
        self.errand(move |tx| {
            let rota = desk.rota_in(tx)?;
            promises::act(tx, &rota, &desk.now(&rota), id, &happens)
        })
        .await
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The thread finishes what waits and stops.
    pub fn stop(&self) {
        drop(self.inbox.send(Task::Stop));
    }
}

impl Desk {
    /// The rota that calls are planned with: the live file, with the live changes that are known.
    pub fn rota(&self) -> Arc<Rota> {
        self.rota.rota()
    }

    /// As [`Desk::rota`], with every live change that is committed.
    pub fn rota_in(&self, tx: &mut Tx<'_>) -> Result<Arc<Rota>, StoreError> {
        self.rota.refresh(tx, self.clock.now())?;
        Ok(self.rota())
    }

    /// On the business's wall clock.
    pub fn now(&self, rota: &Rota) -> Zoned {
        self.clock.now().to_zoned(rota.zone.clone())
    }

    fn new_call_id(&self) -> CallId {
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        CallId(uuid::Builder::from_unix_timestamp_millis(millis, &(self.chance)()).into_uuid())
    }

    /// Where a provider finds us again in a call back.
    pub fn call_back_address(&self, ticket: &CallBackTicket) -> String {
        (self.addresses.call_back)(ticket)
    }

    /// Where staff listen to the message of a call.
    pub fn message_address(&self, ticket: &MessageTicket) -> String {
        (self.addresses.message)(ticket)
    }

    /// The store cannot be reached right now.
    pub fn is_away(&self) -> bool {
        self.away.load(Ordering::Acquire)
    }

    /// A webhook that claims to be this provider's is not let in.
    pub fn refuses(&self, provider: &'static str) {
        self.refused.store(Some(Arc::new(Refused { provider, at: self.clock.now() })));
    }

    /// The last one that this instance has not let in.
    pub fn last_refused(&self) -> Option<Refused> {
        self.refused.load().as_deref().copied()
    }

    /// Calls that went on without the store and are not written yet.
    pub fn adrift_calls(&self) -> usize {
        self.adrift.len()
    }
}
