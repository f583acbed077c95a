//! The rota file on the disk and the rota that is live. A save goes live within a second, if it is
//! right; otherwise the last good one stays.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use jiff::Timestamp;

use super::diagnostic::{Diagnostic, Severity, Words};
use super::readback::changes;
use super::rota::{Customers, read, salvage};
use crate::domain::rota::Rota;
use crate::domain::words::Language;

/// How often the file is read. It is a few kilobytes; a rename over it, a swapped link and a network share that
/// tells nothing all show in the text. Editors write in several steps, so a text counts once it is found twice.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How far ahead changes are told.
pub const WEEKS_AHEAD: i64 = 8;

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

/// Why a text did not become the rota file. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotSaved {
    #[error("the file has been changed meanwhile")]
    Meanwhile { on_disk: String },
    /// All problems, warnings included.
    #[error("the rota has mistakes")]
    Wrong(Vec<Diagnostic>),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
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

    /// A rota that is in no file: nothing but this is ever live.
    pub fn unwritten(rota: Arc<Rota>, now: Timestamp) -> Self {
        let live = LiveRota { rota, warnings: Vec::new(), broken: None, since: now };
        Self { path: PathBuf::new(), live: ArcSwap::from_pointee(live), text: Mutex::new(None) }
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
                let changes = changes(&self.live.load().rota, &read.rota, now, WEEKS_AHEAD, Language::English);
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

    /// As it was read last, right or wrong. `None`: it cannot be read.
    pub fn text(&self) -> Option<String> {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How messages name the file.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Writes a text over the file and lets it go live at once, if it is right, and if the file still is the one that
    /// `base` is the [`fingerprint`] of. Until it is wholly written the old one stays.
    ///
    /// Answers what changes, as [`Reloaded::Live`].
    pub fn save(
        &self,
        base: &str,
        text: &str,
        now: Timestamp,
        customers: Option<Customers<'_>>,
    ) -> Result<Vec<String>, NotSaved> {
        // Held to the end, so that the file's own watch does not come between.
        let mut last = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        let on_disk = std::fs::read_to_string(&self.path)?;
        if fingerprint(&on_disk) != base {
            return Err(NotSaved::Meanwhile { on_disk });
        }
        let read = read(&self.name(), text, now, customers).map_err(NotSaved::Wrong)?;
        replace(&self.path, text)?;
        let changes = changes(&self.live.load().rota, &read.rota, now, WEEKS_AHEAD, Language::English);
        let live = LiveRota { rota: Arc::new(read.rota), warnings: read.warnings, broken: None, since: now };
        self.live.store(Arc::new(live));
        *last = Some(text.to_owned());
        Ok(changes)
    }

    /// `None` if it cannot be read.
    fn on_disk(&self) -> Option<String> {
        std::fs::read_to_string(&self.path).ok()
    }

    /// Whether this is what was read last, right or wrong.
    fn has_read(&self, text: Option<&String>) -> bool {
        self.text.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == text
    }

    fn refuse(&self, problems: Vec<Diagnostic>) -> Reloaded {
        let mut live = LiveRota::clone(&self.live.load());
        live.broken = Some(problems.clone());
        self.live.store(Arc::new(live));
        Reloaded::Refused(problems)
    }
}

/// Tells one text from another.
pub fn fingerprint(text: &str) -> String {
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}

/// Puts a new file in the place of the old one: whoever reads finds the one or the other, whole. A link stays a link.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let real = path.canonicalize()?;
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(std::fs::metadata(&real)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(&real)?;
    Ok(())
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    let words = Words::new(format!("the rota cannot be read: {error}"), "put the file back, or name another in `rota`");
    Diagnostic::elsewhere(Severity::Error, name, words)
}

/// Ends the watching when it is dropped.
#[derive(Debug)]
pub struct Watching {
    /// Nothing is ever sent: that it closes ends the thread.
    _open: Sender<()>,
}

/// Reloads the file after every save until the answer is dropped. `reload` is [`RotaFile::reload`]
/// with the clock and the customers of the caller; `told` hears what became of it.
pub fn watch(
    file: Arc<RotaFile>,
    reload: impl Fn(&RotaFile) -> Reloaded + Send + 'static,
    told: impl Fn(&Reloaded) + Send + 'static,
) -> std::io::Result<Watching> {
    let (open, closed) = channel();
    std::thread::Builder::new().name("rota file".to_owned()).spawn(move || {
        let mut before = file.on_disk();
        while closed.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
            let text = file.on_disk();
            let stands_still = text == before;
            before = text;
            if stands_still && !file.has_read(before.as_ref()) {
                told(&reload(&file));
            }
        }
    })?;
    Ok(Watching { _open: open })
}
