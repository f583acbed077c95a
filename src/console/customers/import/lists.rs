//! Lists that are being looked at or taken in. They live in this process: a list that it did not finish is sent again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::upload::Upload;
use crate::console::{self, Desk, Me};
use crate::customer_list::{self, Does, ImportError, Imported, News, Problem, Settings};
use crate::domain::access::{Deed, Role, Who};
use crate::domain::caller::Customer;
use crate::domain::rota::Rota;
use crate::store::audit::{self, Entry};
use crate::store::{Store, StoreError};

/// Imports, previews and exports at once; each has a thread.
const AT_ONCE: usize = 2;
/// Lists that are kept; the oldest goes.
const KEPT: usize = 8;
/// Problems of a list that are kept, and rows of a preview.
const PROBLEMS_MAX: usize = 10_000;
const ROWS_MAX: usize = 100;

pub(in crate::console) struct Lists {
    kept: Mutex<Vec<Arc<List>>>,
    places: Arc<Semaphore>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { kept: Mutex::default(), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

pub(super) struct List {
    pub(super) key: String,
    pub(super) upload: Upload,
    by: Who,
    stop: AtomicBool,
    shown: Mutex<Shown>,
}

/// How far it is.
pub(super) struct Shown {
    pub(super) stage: Stage,
    pub(super) bytes_done: u64,
    pub(super) problems: Vec<Problem>,
    /// Of a preview: line and name, and line with the customer before and after.
    pub(super) adds: Vec<(u64, String)>,
    pub(super) updates: Vec<(u64, Box<(Customer, Customer)>)>,
}

pub(super) enum Stage {
    Looking,
    LookedAt(Imported),
    TakingIn,
    TakenIn(Imported),
    Failed(ImportError),
}

impl Lists {
    /// For long work; `None` while others have all the places.
    pub(in crate::console) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// The server stops: what was done stays.
    pub(in crate::console) fn stop(&self) {
        for list in self.kept().iter() {
            list.stop();
        }
    }

    /// `key`: under which it is found, foreseen by nobody.
    pub(super) fn add(&self, key: String, upload: Upload, by: Who) -> Arc<List> {
        let shown = Mutex::new(Shown::new(Stage::Looking));
        let list = Arc::new(List { key, upload, by, stop: AtomicBool::new(false), shown });
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            // At most two are busy.
            if let Some(oldest) = kept.iter().position(|list| !list.is_busy()) {
                kept.remove(oldest);
            }
        }
        kept.push(Arc::clone(&list));
        list
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<List>> {
        self.kept().iter().find(|list| list.key == key).cloned()
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Arc<List>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    fn new(stage: Stage) -> Self {
        Self { stage, bytes_done: 0, problems: Vec::new(), adds: Vec::new(), updates: Vec::new() }
    }

    fn note(&mut self, news: News) {
        match news {
            News::Progress(bytes) => self.bytes_done = bytes,
            News::Problem(problem) if self.problems.len() < PROBLEMS_MAX => self.problems.push(problem),
            News::Row { line, does: Does::Add(name) } if self.adds.len() < ROWS_MAX => self.adds.push((line, name)),
            News::Row { line, does: Does::Update(both) } if self.updates.len() < ROWS_MAX => {
                self.updates.push((line, both));
            }
            News::Problem(_) | News::Row { .. } => {}
        }
    }
}

impl List {
    pub(super) fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self.shown().stage, Stage::Looking | Stage::TakingIn)
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// Tells what the list would do.
pub(super) fn look(console: &Desk, list: Arc<List>, place: OwnedSemaphorePermit) {
    let (url, rota) = (console.settings.store.reveal().to_owned(), console.rota());
    tokio::task::spawn_blocking(move || {
        let looked = Store::open_read_only(&url).map_err(ImportError::from).and_then(|mut store| {
            let mut tell = |news| list.shown().note(news);
            customer_list::preview(&mut store, list.upload.read(), &settings(&rota), &list.stop, &mut tell)
        });
        list.shown().stage = looked.map_or_else(Stage::Failed, Stage::LookedAt);
        drop(place);
    });
}

/// Takes in a list that was looked at. Of two who say so at once the second changes nothing.
pub(super) fn take_in(console: &Desk, list: Arc<List>, place: OwnedSemaphorePermit) {
    {
        let mut shown = list.shown();
        if !matches!(&shown.stage, Stage::LookedAt(seen) if !seen.stopped) {
            return;
        }
        *shown = Shown::new(Stage::TakingIn);
    }
    let (url, rota, clock) = (console.settings.store.reveal().to_owned(), console.rota(), console.clock.clone());
    tokio::task::spawn_blocking(move || {
        let taken = Store::open_for_command(&url).map_err(ImportError::from).and_then(|mut store| {
            let mut tell = |news| list.shown().note(news);
            let settings = settings(&rota);
            let done = customer_list::import_until(&mut store, list.upload.read(), &settings, &list.stop, &mut tell)?;
            note(&mut store, &list.by, clock.now(), &done)?;
            Ok(done)
        });
        list.shown().stage = taken.map_or_else(Stage::Failed, Stage::TakenIn);
        drop(place);
    });
}

/// Takes in a list that came whole, or only looks at it.
pub(in crate::console) async fn at_once(
    console: &Desk,
    me: &Me,
    list: Bytes,
    only_look: bool,
) -> Result<(Imported, Vec<Problem>), console::Problem> {
    me.may(Role::Admin)?;
    let place = console.lists.place().ok_or(console::Problem::TooSoon { seconds: 30 })?;
    let (url, rota, clock) = (console.settings.store.reveal().to_owned(), console.rota(), console.clock.clone());
    let by = me.who();
    let taking = tokio::task::spawn_blocking(move || {
        let mut problems = Vec::new();
        let mut tell = |news| {
            if let News::Problem(problem) = news
                && problems.len() < PROBLEMS_MAX
            {
                problems.push(problem);
            }
        };
        let (settings, stop) = (settings(&rota), AtomicBool::new(false));
        let done = if only_look {
            let mut store = Store::open_read_only(&url)?;
            customer_list::preview(&mut store, &*list, &settings, &stop, &mut tell)?
        } else {
            let mut store = Store::open_for_command(&url)?;
            let done = customer_list::import_until(&mut store, &*list, &settings, &stop, &mut tell)?;
            note(&mut store, &by, clock.now(), &done)?;
            done
        };
        drop(place);
        Ok((done, problems))
    });
    let taken =
        taking.await.unwrap_or_else(|_| Err(StoreError::Invalid("taking in a list panicked".to_owned()).into()));
    taken.map_err(|why| match why {
        ImportError::Store(error) => error.into(),
        why @ (ImportError::Unreadable(_) | ImportError::Header { .. }) => console::Problem::Wrong(format!("{why}.")),
    })
}

fn settings(rota: &Rota) -> Settings<'_> {
    Settings { country: rota.country, staff: Some(&rota.staff) }
}

fn note(store: &mut Store, by: &Who, at: jiff::Timestamp, done: &Imported) -> Result<(), StoreError> {
    let after = serde_json::json!({
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "left_out": done.left_out,
        "stopped": done.stopped,
    });
    let subject = "customers".to_owned();
    let what = Deed::CustomersImported;
    let entry = Entry { who: by.clone(), at, what, subject, before: None, after: Some(after) };
    store.transaction(|tx| audit::note(tx, &entry))
}
