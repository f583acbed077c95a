//! The rota file on the disk and the rota that is live. A save goes live within a second, if it is
//! right; otherwise the last good one stays.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use super::diagnostic::{Diagnostic, Severity, Words};
use super::readback::changes;
use super::rota::{Customers, read, salvage};
use crate::domain::rota::Rota;

/// Editors write in several steps; a file is read once it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(200);
/// For file systems that tell nothing (network shares): the file is looked at this often anyway.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// How far ahead changes are told.
const WEEKS_AHEAD: i64 = 8;

/// What is live.
#[derive(Clone, Debug)]
pub struct LiveRota {
    pub rota: Arc<Rota>,
    pub warnings: Vec<Diagnostic>,
    /// The file as it stands was refused, for these reasons; `rota` is the last good one.
    pub broken: Option<Vec<Diagnostic>>,
    /// When `rota` went live.
    pub since: Timestamp,
}

/// What became of a look at the file.
#[derive(Clone, Debug)]
pub enum Reloaded {
    Unchanged,
    Live {
        /// In plain words; empty if nobody will notice.
        changes: Vec<String>,
        warnings: Vec<Diagnostic>,
    },
    Refused(Vec<Diagnostic>),
}

/// A rota file and what is live of it.
#[derive(Debug)]
pub struct RotaFile {
    path: PathBuf,
    live: ArcSwap<LiveRota>,
    /// As last read, right or wrong.
    text: Mutex<Option<String>>,
}

impl RotaFile {
    /// Reads the file for the first time. A file that would be refused later is taken as far as it can
    /// be understood, since there is no last good one and the phone must ring somebody; `broken` says so.
    ///
    /// # Errors
    /// All problems, if the file cannot be read or not be understood at all.
    pub fn open(path: &Path, now: Timestamp, customers: Option<Customers<'_>>) -> Result<Self, Vec<Diagnostic>> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| vec![unreadable(&name, &error)])?;
        let live = match read(&name, &text, now, customers) {
            Ok(read) => LiveRota { rota: Arc::new(read.rota), warnings: read.warnings, broken: None, since: now },
            Err(problems) => match salvage(&text, now) {
                Some(rota) => {
                    LiveRota { rota: Arc::new(rota), warnings: Vec::new(), broken: Some(problems), since: now }
                }
                None => return Err(problems),
            },
        };
        Ok(Self { path: path.to_owned(), live: ArcSwap::from_pointee(live), text: Mutex::new(Some(text)) })
    }

    /// What is live now. A call keeps what it got here to its end.
    pub fn live(&self) -> Arc<LiveRota> {
        self.live.load_full()
    }

    /// Reads the file again, and lets it go live if it is right.
    pub fn reload(&self, now: Timestamp, customers: Option<Customers<'_>>) -> Reloaded {
        let name = self.path.display().to_string();
        // Held to the end, so that of two reloads the later reading wins.
        let mut last = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) if last.as_ref() == Some(&text) => return Reloaded::Unchanged,
            Ok(text) => text,
            Err(error) => {
                let first_time = last.take().is_some();
                return if first_time { self.refuse(vec![unreadable(&name, &error)]) } else { Reloaded::Unchanged };
            }
        };
        let reloaded = match read(&name, &text, now, customers) {
            Ok(read) => {
                let changes = changes(&self.live.load().rota, &read.rota, now, WEEKS_AHEAD);
                let warnings = read.warnings;
                let rota = Arc::new(read.rota);
                self.live.store(Arc::new(LiveRota { rota, warnings: warnings.clone(), broken: None, since: now }));
                Reloaded::Live { changes, warnings }
            }
            Err(problems) => self.refuse(problems),
        };
        *last = Some(text);
        reloaded
    }

    fn refuse(&self, problems: Vec<Diagnostic>) -> Reloaded {
        let mut live = LiveRota::clone(&self.live.load());
        live.broken = Some(problems.clone());
        self.live.store(Arc::new(live));
        Reloaded::Refused(problems)
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    let words = Words::new(format!("the rota cannot be read: {error}"), "put the file back, or name another in `rota`");
    Diagnostic::elsewhere(Severity::Error, name, words)
}

/// Ends the watching when it is dropped.
#[derive(Debug)]
pub struct Watching(Sender<Wake>);

impl Drop for Watching {
    fn drop(&mut self) {
        // The thread may have ended by itself.
        let _ = self.0.send(Wake::Stop);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wake {
    Changed,
    Stop,
}

/// Reloads the file after every save until the answer is dropped. `reload` is [`RotaFile::reload`]
/// with the clock and the customers of the caller; `told` hears what became of it, except of nothing.
pub fn watch(
    file: Arc<RotaFile>,
    reload: impl Fn(&RotaFile) -> Reloaded + Send + 'static,
    told: impl Fn(&Reloaded) + Send + 'static,
) -> std::io::Result<Watching> {
    let (wake, woken) = channel();
    let directories = Directories::watch(&file.path, wake.clone());
    std::thread::Builder::new()
        .name("rota file".to_owned())
        .spawn(move || look(&file, directories, &woken, &reload, &told))?;
    Ok(Watching(wake))
}

fn look(
    file: &RotaFile,
    mut directories: Directories,
    woken: &Receiver<Wake>,
    reload: &dyn Fn(&RotaFile) -> Reloaded,
    told: &dyn Fn(&Reloaded),
) {
    loop {
        match woken.recv_timeout(LOOK_EVERY) {
            Ok(Wake::Changed) | Err(RecvTimeoutError::Timeout) => {}
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
        // A link may point elsewhere now. First watch, then read: nothing that is saved between is missed.
        directories.follow(&file.path);
        let reloaded = reload(file);
        log(&reloaded);
        match reloaded {
            Reloaded::Unchanged => {}
            Reloaded::Live { .. } | Reloaded::Refused(_) => told(&reloaded),
        }
    }
}

fn log(reloaded: &Reloaded) {
    match reloaded {
        Reloaded::Unchanged => {}
        Reloaded::Live { changes, warnings } => {
            tracing::info!("the rota that was saved is live");
            for change in changes {
                tracing::info!("{change}");
            }
            for warning in warnings {
                tracing::warn!("{warning}");
            }
        }
        Reloaded::Refused(problems) => {
            tracing::error!("the rota that was saved is wrong; the last good one stays live");
            for problem in problems {
                tracing::error!("{problem}");
            }
        }
    }
}

/// The directories in which a change may change the file: editors rename, and Kubernetes swaps a
/// link beside it, so that watching the file itself would miss both.
struct Directories {
    /// `None`: this machine cannot watch; the slow look remains.
    watcher: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    watched: BTreeSet<PathBuf>,
}

impl Directories {
    fn watch(path: &Path, wake: Sender<Wake>) -> Self {
        let changed = move |events: DebounceEventResult| {
            // Reading the file is an event too.
            let saved =
                events.is_ok_and(|events| events.iter().any(|event| !matches!(event.kind, EventKind::Access(_))));
            if saved {
                // Nobody listens any more when the watching ends.
                let _ = wake.send(Wake::Changed);
            }
        };
        let watcher = new_debouncer(QUIET, None, changed);
        let watcher = watcher.inspect_err(|error| tracing::warn!(%error, "saves are seen after some seconds only"));
        let mut directories = Self { watcher: watcher.ok(), watched: BTreeSet::new() };
        directories.follow(path);
        directories
    }

    fn follow(&mut self, path: &Path) {
        let Some(watcher) = &mut self.watcher else { return };
        let wanted = directories_of(path);
        for gone in self.watched.difference(&wanted) {
            // A directory that is gone is not watched any more either.
            let _: Result<(), notify::Error> = watcher.unwatch(gone);
        }
        let mut watched: BTreeSet<PathBuf> = self.watched.intersection(&wanted).cloned().collect();
        for directory in wanted.difference(&self.watched) {
            match watcher.watch(directory, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    watched.insert(directory.clone());
                }
                Err(error) => {
                    tracing::warn!(%error, directory = %directory.display(), "saves are seen after some seconds only");
                }
            }
        }
        self.watched = watched;
    }
}

/// The file's own directory, and those of every link on the way to the text.
fn directories_of(path: &Path) -> BTreeSet<PathBuf> {
    let directory = |path: &Path| match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => PathBuf::from("."),
        Some(parent) => parent.to_owned(),
        None => PathBuf::from("."),
    };
    let mut found = BTreeSet::from([directory(path)]);
    let mut link = path.to_owned();
    // As many links as the kernel follows.
    for _ in 0..40 {
        let Ok(target) = std::fs::read_link(&link) else { break };
        link = directory(&link).join(target);
        found.insert(directory(&link));
    }
    if let Ok(text) = path.canonicalize() {
        found.insert(directory(&text));
    }
    found
}
