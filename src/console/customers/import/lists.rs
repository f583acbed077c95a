//! Lists that are being looked at or taken in. They live in this process: a list that it did not finish is sent again.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::upload::Upload;
use crate::clock::Clock;
use crate::console::{self, Desk, Me};
use crate::customer_list::{self, Does, ImportError, Imported, News, Problem, Settings, Weight};
use crate::domain::access::{Deed, Role, Who};
use crate::domain::caller::Customer;
use crate::domain::rota::Rota;
use crate::store::audit::{self, Entry};
use crate::store::customers::Beyond;
use crate::store::{Store, StoreError};

/// Imports, previews and exports at once; each has a thread.
const AT_ONCE: usize = 2;
/// Lists that are kept; the oldest goes.
const KEPT: usize = 8;
/// Rows left out that are kept, what is only worth a look, and rows of a preview.
const LEFT_OUT_MAX: usize = 10_000;
const WARNINGS_MAX: usize = 1_000;
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
    /// Of what is taken in: what the list does not have is taken away.
    pub(super) replaces: bool,
    pub(super) bytes_done: u64,
    /// Written already, while a list is taken in.
    pub(super) so_far: Imported,
    pub(super) problems: Problems,
    /// Of a preview: line and name, and line with the customer before and after.
    pub(super) adds: Vec<(u64, String)>,
    pub(super) updates: Vec<(u64, Box<(Customer, Customer)>)>,
}

/// What is told of rows. However much is worth a look, no row that was left out is missing for it.
#[derive(Default)]
pub(super) struct Problems {
    pub(super) left_out: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Problems {
    fn note(&mut self, problem: Problem) {
        let (kept, most) = match problem.weight {
            Weight::LeftOut => (&mut self.left_out, LEFT_OUT_MAX),
            Weight::Warning => (&mut self.warnings, WARNINGS_MAX),
        };
        if kept.len() < most {
            kept.push(problem);
        }
    }

    /// The rows that were left out first, either kind in the order of the list.
    pub(super) fn in_order(&self) -> Vec<&Problem> {
        let mut all: Vec<&Problem> = self.left_out.iter().chain(&self.warnings).collect();
        all.sort_by_key(|problem| (problem.weight == Weight::Warning, problem.line));
        all
    }
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
        let (so_far, problems) = (Imported::default(), Problems::default());
        Self { stage, replaces: false, bytes_done: 0, so_far, problems, adds: Vec::new(), updates: Vec::new() }
    }

    fn note(&mut self, news: News) {
        match news {
            News::Progress(bytes) => self.bytes_done = bytes,
            News::Counted(counted) if matches!(self.stage, Stage::TakingIn) => self.so_far = counted,
            News::Problem(problem) => self.problems.note(problem),
            News::Row { line, does: Does::Add(name) } if self.adds.len() < ROWS_MAX => self.adds.push((line, name)),
            News::Row { line, does: Does::Update(both) } if self.updates.len() < ROWS_MAX => {
                self.updates.push((line, both));
            }
            News::Counted(_) | News::Row { .. } => {}
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
            customer_list::preview(&mut store, list.upload.read(), &settings(&rota, false), &list.stop, &mut tell)
        });
        list.shown().stage = looked.map_or_else(Stage::Failed, Stage::LookedAt);
        drop(place);
    });
}

/// Takes in a list that was looked at. Of two who say so at once the second changes nothing.
pub(super) fn take_in(console: &Desk, list: Arc<List>, replaces: bool, place: OwnedSemaphorePermit) {
    {
        let mut shown = list.shown();
        if !matches!(&shown.stage, Stage::LookedAt(seen) if !seen.stopped) {
            return;
        }
        *shown = Shown { replaces, ..Shown::new(Stage::TakingIn) };
        // Somebody may have stopped a look that was over.
        list.stop.store(false, Ordering::Relaxed);
    }
    let taking = Taking::of(console, list.by.clone(), replaces);
    tokio::task::spawn_blocking(move || {
        let taken = taking.take(list.upload.read(), &list.stop, &mut |news| list.shown().note(news));
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
    replaces: bool,
) -> Result<(Imported, Vec<Problem>), console::Problem> {
    me.may(Role::Admin)?;
    let place = console.lists.place().ok_or(console::Problem::TooSoon { seconds: 30 })?;
    let taking = Taking::of(console, me.who(), replaces);
    let taking = tokio::task::spawn_blocking(move || {
        let mut problems = Problems::default();
        let mut tell = |news| {
            if let News::Problem(problem) = news {
                problems.note(problem);
            }
        };
        let stop = AtomicBool::new(false);
        let done = if only_look {
            let mut store = Store::open_read_only(&taking.url)?;
            customer_list::preview(&mut store, &*list, &settings(&taking.rota, replaces), &stop, &mut tell)?
        } else {
            taking.take(&*list, &stop, &mut tell)?
        };
        drop(place);
        Ok((done, problems.in_order().into_iter().cloned().collect()))
    });
    let taken =
        taking.await.unwrap_or_else(|_| Err(StoreError::Invalid("taking in a list panicked".to_owned()).into()));
    taken.map_err(|why| match why {
        ImportError::Store(error) => error.into(),
        why @ (ImportError::Unreadable(_) | ImportError::Header { .. }) => console::Problem::Wrong(format!("{why}.")),
    })
}

fn settings(rota: &Rota, replaces: bool) -> Settings<'_> {
    Settings { country: rota.country, staff: Some(&rota.staff), replaces }
}

/// A list on its way into the store.
struct Taking {
    url: String,
    rota: Arc<Rota>,
    clock: Clock,
    by: Who,
    replaces: bool,
}

impl Taking {
    fn of(console: &Desk, by: Who, replaces: bool) -> Self {
        let url = console.settings.store.reveal().to_owned();
        Self { url, rota: console.rota(), clock: console.clock.clone(), by, replaces }
    }

    /// Noted when it begins, so that one that is cut off is noted too, and again with what came of it.
    fn take(&self, list: impl Read, stop: &AtomicBool, tell: &mut dyn FnMut(News)) -> Result<Imported, ImportError> {
        let mut store = Store::open_for_command(&self.url)?;
        self.note(&mut store, json!({ "begun": true, "replaces": self.replaces }))?;
        let mut so_far = Imported::default();
        let mut tell = |news: News| {
            if let News::Counted(counted) = &news {
                so_far = *counted;
            }
            tell(news);
        };
        let taken =
            customer_list::import_until(&mut store, list, &settings(&self.rota, self.replaces), stop, &mut tell);
        let (counted, why) = match &taken {
            Ok(done) => (*done, None),
            Err(why) => (so_far, Some(why.to_string())),
        };
        let noted = self.note(&mut store, self.told(&counted, why));
        // Why it failed tells more than that this could not be noted either.
        let done = taken?;
        noted?;
        Ok(done)
    }

    fn told(&self, counted: &Imported, failed: Option<String>) -> Value {
        let Imported { added, updated, unchanged, left_out, stopped, beyond, .. } = counted;
        let mut told = json!({
            "added": added,
            "updated": updated,
            "unchanged": unchanged,
            "left_out": left_out,
            "stopped": stopped,
        });
        if let Some(told) = told.as_object_mut() {
            if self.replaces {
                let Beyond { numbers, usual, languages, notes, tags, blocks } = beyond;
                let counts = [numbers, usual, languages, notes, tags, blocks];
                let names = ["numbers", "usual", "languages", "notes", "tags", "blocks"];
                let taken: serde_json::Map<_, _> =
                    names.into_iter().zip(counts).map(|(name, count)| (name.to_owned(), json!(count))).collect();
                told.insert("taken_away".to_owned(), taken.into());
            }
            if let Some(why) = failed {
                told.insert("failed".to_owned(), why.into());
            }
        }
        told
    }

    fn note(&self, store: &mut Store, after: Value) -> Result<(), StoreError> {
        let (who, subject, at) = (self.by.clone(), "customers".to_owned(), self.clock.now());
        let entry = Entry { who, at, what: Deed::CustomersImported, subject, before: None, after: Some(after) };
        store.transaction(|tx| audit::note(tx, &entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_that_is_left_out_is_missing_for_all_that_is_worth_a_look() {
        let mut problems = Problems::default();
        let problem = |line, weight| Problem { line, weight, reason: customer_list::Remark::NoName };
        for line in 1..=20_000 {
            problems.note(problem(line, Weight::Warning));
        }
        problems.note(problem(20_001, Weight::LeftOut));
        let shown = problems.in_order();
        assert_eq!((shown[0].line, shown[1].line, shown.len()), (20_001, 1, WARNINGS_MAX + 1));
    }
}
