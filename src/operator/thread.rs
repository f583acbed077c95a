//! The thread that owns the store.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::adrift::Flotsam;
use super::{Answered, Asked, BATCH, Desk, Task, batch};
use crate::clock::Stopwatch;
use crate::store::{Store, StoreError};

/// How often a store that is away is tried again, and what happened without it is written.
const RETRY: Duration = Duration::from_millis(500);

/// How often a question is decided anew because another instance was first.
const TRIES: usize = 5;

pub(super) fn spawn(
    tasks: Receiver<Task>,
    desk: Arc<Desk>,
    open: impl FnMut() -> Result<Store, StoreError> + Send + 'static,
) -> std::io::Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name("operator".into()).spawn(move || {
        let store = Err(StoreError::Away("not opened yet".to_owned()));
        Thread { store, desk, open: Box::new(open), tried: Stopwatch::start() }.run(&tasks);
    })
}

struct Thread {
    store: Result<Store, StoreError>,
    desk: Arc<Desk>,
    open: Box<dyn FnMut() -> Result<Store, StoreError> + Send>,
    /// Since the store was last tried.
    tried: Stopwatch,
}

impl Thread {
    fn run(mut self, tasks: &Receiver<Task>) {
        self.come_back();
        let mut waiting = Vec::with_capacity(BATCH);
        loop {
            let first = match tasks.recv_timeout(RETRY) {
                Ok(task) => Some(task),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut next = first;
            while let Some(task) = next.take() {
                match task {
                    Task::Question(asked) => waiting.push(*asked),
                    Task::Errand(errand) => {
                        self.answer(&mut waiting);
                        errand(self.store.as_mut().map_err(|away| &*away));
                    }
                    Task::ComeBack(reply) => {
                        self.come_back();
                        let away = self.desk.is_away().then(|| StoreError::Away("still".to_owned()));
                        drop(reply.send(away.map_or(Ok(()), Err)));
                    }
                    Task::Stop => {
                        self.answer(&mut waiting);
                        self.come_back();
                        return;
                    }
                }
                if waiting.len() < BATCH {
                    next = tasks.try_recv().ok();
                }
            }
            self.answer(&mut waiting);
            // By the clock and not only when idle: a busy line must not keep this from happening.
            if self.has_something_to_mend() && self.tried.elapsed() >= RETRY {
                self.come_back();
            }
        }
    }

    fn has_something_to_mend(&self) -> bool {
        self.desk.is_away() || !self.desk.adrift.is_empty()
    }

    /// Opens a store that is away and writes what happened without it.
    fn come_back(&mut self) {
        self.tried = Stopwatch::start();
        if self.desk.is_away() || self.store.is_err() {
            self.store = (self.open)();
            if let Err(error) = &self.store {
                self.went_away(&error.clone());
                return;
            }
        }
        if !self.desk.adrift.is_empty() {
            let flotsam = self.desk.adrift.take();
            tracing::info!(calls = flotsam.calls.len(), "the store is back; what happened without it is being written");
            if let Err(error) = self.bring_home(flotsam) {
                self.went_away(&error);
                return;
            }
        }
        self.desk.away.store(false, Ordering::Release);
    }

    /// Writes what happened without the store. What cannot be written is kept, and tried again: all of
    /// it when the store is away, else only the calls that the store refuses.
    fn bring_home(&mut self, flotsam: Flotsam) -> Result<(), StoreError> {
        match self.write_home(&flotsam) {
            Ok(()) => self.replay(&flotsam.loose),
            Err(error @ StoreError::Away(_)) => {
                self.desk.adrift.put_back(flotsam);
                return Err(error);
            }
            Err(_) => {
                for (id, carried) in flotsam.calls {
                    let alone = Flotsam { calls: [(id, carried)].into(), loose: Vec::new() };
                    if let Err(error) = self.write_home(&alone) {
                        tracing::error!(call = %id.0, %error, "a call that went on without the store cannot be written yet");
                        self.desk.adrift.put_back(alone);
                    }
                }
                self.replay(&flotsam.loose);
            }
        }
        Ok(())
    }

    fn write_home(&mut self, flotsam: &Flotsam) -> Result<(), StoreError> {
        let store = self.store.as_mut().map_err(|away| away.clone())?;
        store.transaction(|tx| batch::bring_home(tx, &self.desk, flotsam))
    }

    /// News of calls that could not be named without the store.
    fn replay(&mut self, loose: &[super::Question]) {
        let Ok(store) = &mut self.store else { return };
        for question in loose {
            let id = self.desk.new_call_id();
            if let Err(error) = store.transaction(|tx| batch::answer_all(tx, &self.desk, &[(question, id)])) {
                tracing::warn!(%error, "news of a call could not be written; the sweeper will close the call");
            }
        }
    }

    fn answer(&mut self, waiting: &mut Vec<Asked>) {
        // Whoever lost patience has answered already and keeps what happened.
        let claimed: Vec<Asked> = waiting.drain(..).filter(|asked| asked.claim.take()).collect();
        if claimed.is_empty() {
            return;
        }
        let questions: Vec<_> = claimed.iter().map(|asked| (&asked.question, asked.id)).collect();
        let answers = self.decide(&questions).map(|answers| answers.into_iter().map(Some).collect());
        let answers: Vec<Option<Answered>> = answers.unwrap_or_else(|error| {
            if matches!(error, StoreError::Away(_)) {
                self.went_away(&error);
                return Vec::new();
            }
            // One question must not spoil the answers of the others.
            questions.iter().map(|question| self.decide_alone(*question)).collect()
        });
        let mut answers = answers.into_iter();
        for asked in claimed {
            drop(asked.reply.send(answers.next().flatten()));
        }
    }

    fn decide_alone(&mut self, question: (&super::Question, crate::domain::call::CallId)) -> Option<Answered> {
        for _ in 0..TRIES {
            match self.decide(&[question]) {
                Ok(answers) => return answers.into_iter().next(),
                Err(StoreError::Conflict) => {}
                Err(error) => {
                    if matches!(error, StoreError::Away(_)) {
                        self.went_away(&error);
                    } else {
                        tracing::error!(%error, "a call could not be decided from the store; it goes on without");
                    }
                    return None;
                }
            }
        }
        tracing::error!("a call was changed by others too often; it goes on without the store");
        None
    }

    fn decide(
        &mut self,
        questions: &[(&super::Question, crate::domain::call::CallId)],
    ) -> Result<Vec<Answered>, StoreError> {
        let store = self.store.as_mut().map_err(|away| away.clone())?;
        let desk = &self.desk;
        let deciding = AssertUnwindSafe(|| store.transaction(|tx| batch::answer_all(tx, desk, questions)));
        catch_unwind(deciding).unwrap_or_else(|_| Err(StoreError::Invalid("deciding a call panicked".to_owned())))
    }

    fn went_away(&self, error: &StoreError) {
        if !self.desk.away.swap(true, Ordering::AcqRel) {
            tracing::error!(%error, "the store is away; calls go on from memory and are written when it is back");
        }
    }
}
