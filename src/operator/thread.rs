//! The thread that owns the store.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::adrift::Carried;
use super::{Answered, Asked, BATCH, Desk, Task, batch};
use crate::clock::Stopwatch;
use crate::domain::call::CallId;
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
        Thread { store, desk, open: Box::new(open), tried: Stopwatch::start(), refused: false }.run(&tasks);
    })
}

struct Thread {
    store: Result<Store, StoreError>,
    desk: Arc<Desk>,
    open: Box<dyn FnMut() -> Result<Store, StoreError> + Send>,
    /// Since the store was last tried.
    tried: Stopwatch,
    /// The store is there, and would not take all that happened without it.
    refused: bool,
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
            // What happened without the store comes before anything that is decided from it. Not only when idle: a
            // busy line must not keep this from happening.
            if self.has_something_to_mend() {
                self.come_back();
            }
            let mut next = first;
            while let Some(task) = next.take() {
                match task {
                    Task::Question(asked) => waiting.push(*asked),
                    Task::Errand(errand) => {
                        self.answer(&mut waiting);
                        self.run_errand(errand);
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
        }
    }

    /// What was tried in vain is tried again now and then, anything else at once.
    fn has_something_to_mend(&self) -> bool {
        if self.desk.is_away() || self.refused { self.tried.elapsed() >= RETRY } else { !self.desk.adrift.is_empty() }
    }

    /// Sees nothing of a store that has not yet been told all that happened without it.
    fn run_errand(&mut self, errand: super::Errand) {
        if self.desk.is_away() {
            self.come_back();
        }
        let away = StoreError::Away("calls go on from memory until it is back".to_owned());
        match &mut self.store {
            Ok(store) if !self.desk.is_away() => {
                // Its asker is told that there is no answer; the next one is not to suffer for it.
                if catch_unwind(AssertUnwindSafe(|| errand(Ok(store)))).is_err() {
                    tracing::error!("an errand panicked");
                }
            }
            Ok(_) => errand(Err(&away)),
            Err(error) => errand(Err(error)),
        }
    }

    /// Tries a store that is away, and writes what happened without it.
    fn come_back(&mut self) {
        self.tried = Stopwatch::start();
        if let Err(error) = self.reach().and_then(|()| self.bring_home()) {
            self.went_away(&error);
            return;
        }
        if self.desk.away.swap(false, Ordering::AcqRel) {
            tracing::info!("the store is back");
        }
    }

    /// Opens the store the first time. Later it connects anew by itself, and never makes an empty store in
    /// the place of one that was lost.
    fn reach(&mut self) -> Result<(), StoreError> {
        match &mut self.store {
            Ok(store) if self.desk.is_away() => store.transaction(|_| Ok(())),
            Ok(_) => Ok(()),
            Err(_) => {
                self.store = Ok((self.open)()?);
                Ok(())
            }
        }
    }

    /// Writes what happened without the store. What cannot be written is kept, and tried again: all of
    /// it when the store is away, else only the calls that the store refuses.
    fn bring_home(&mut self) -> Result<(), StoreError> {
        self.refused = false;
        if self.desk.adrift.is_empty() {
            return Ok(());
        }
        let mut flotsam = self.desk.adrift.take();
        let calls = flotsam.calls.len();
        let written = self.write_home(&mut flotsam.calls).and_then(|()| self.replay(&mut flotsam.loose));
        self.refused = written.is_ok() && !flotsam.calls.is_empty();
        self.desk.adrift.put_back(flotsam);
        tracing::info!(calls, done = written.is_ok(), "what happened without the store is being written");
        written
    }

    /// Leaves in `calls` those that are not written.
    fn write_home(&mut self, calls: &mut HashMap<CallId, Carried>) -> Result<(), StoreError> {
        let store = self.store.as_mut().map_err(|away| away.clone())?;
        let mut write = |calls: &_| store.transaction(|tx| batch::bring_home(tx, &self.desk, calls));
        match write(calls) {
            Ok(()) => calls.clear(),
            Err(error @ StoreError::Away(_)) => return Err(error),
            // One call must not keep the others from being written.
            Err(_) => {
                for id in calls.keys().copied().collect::<Vec<_>>() {
                    let alone: HashMap<_, _> = calls.remove_entry(&id).into_iter().collect();
                    if let Err(error) = write(&alone) {
                        calls.extend(alone);
                        if matches!(error, StoreError::Away(_)) {
                            return Err(error);
                        }
                        tracing::error!(call = %id.0, %error, "a call that went on without the store cannot be written yet");
                    }
                }
            }
        }
        Ok(())
    }

    /// News of calls that could not be named without the store. Leaves in `loose` what was not told.
    fn replay(&mut self, loose: &mut Vec<super::Question>) -> Result<(), StoreError> {
        while let Some(question) = loose.first() {
            let id = self.desk.new_call_id();
            self.decide_alone((question, id))?;
            loose.remove(0);
        }
        Ok(())
    }

    fn answer(&mut self, waiting: &mut Vec<Asked>) {
        // Whoever lost patience has answered already and keeps what happened.
        let claimed: Vec<Asked> = waiting.drain(..).filter(|asked| asked.claim.take()).collect();
        if claimed.is_empty() {
            return;
        }
        let questions: Vec<_> = claimed.iter().map(|asked| (&*asked.question, asked.id)).collect();
        let answers: Vec<Option<Answered>> = match self.decide(&questions) {
            Ok(answers) => answers.into_iter().map(Some).collect(),
            Err(error @ StoreError::Away(_)) => {
                self.went_away(&error);
                Vec::new()
            }
            // One question must not spoil the answers of the others.
            Err(_) => questions.iter().map(|question| self.answer_alone(*question)).collect(),
        };
        let mut answers = answers.into_iter();
        for asked in claimed {
            drop(asked.reply.send(answers.next().flatten()));
        }
    }

    fn answer_alone(&mut self, question: (&super::Question, CallId)) -> Option<Answered> {
        self.decide_alone(question).unwrap_or_else(|error| {
            self.went_away(&error);
            None
        })
    }

    /// `None`: this question cannot be answered from the store. An error: no question can.
    fn decide_alone(&mut self, question: (&super::Question, CallId)) -> Result<Option<Answered>, StoreError> {
        for _ in 0..TRIES {
            match self.decide(&[question]) {
                Ok(answers) => return Ok(answers.into_iter().next()),
                Err(StoreError::Conflict) => {}
                Err(error @ StoreError::Away(_)) => return Err(error),
                Err(error) => {
                    tracing::error!(%error, "a call could not be decided from the store; it goes on without");
                    return Ok(None);
                }
            }
        }
        tracing::error!("a call was changed by others too often; it goes on without the store");
        Ok(None)
    }

    fn decide(&mut self, questions: &[(&super::Question, CallId)]) -> Result<Vec<Answered>, StoreError> {
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
