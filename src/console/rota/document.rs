//! The rota file as the console writes it: judged first, kept in every version, never overwritten unseen.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::config::diagnostic::Diagnostic;
use crate::config::readback::{changes, read_back};
use crate::config::rota::{Customers, read, salvage};
use crate::config::watch::{NotSaved, WEEKS_AHEAD, fingerprint};
use crate::console::people::left;
use crate::console::people::words::PeopleWords;
use crate::console::{Console, Desk, Me, Problem};
use crate::domain::access::place::{self, Guarded};
use crate::domain::access::{Account, Deed, Role, Via, Who};
use crate::domain::caller::Customer;
use crate::domain::rota::{ExpectedCaller, Rota};
use crate::domain::words::Language;
use crate::store::audit::{self, Entry};
use crate::store::rota_versions::{self, NewVersion};
use crate::store::{StoreError, Tx, accounts, customers};

/// Customers of one name that are told apart.
const NAMESAKES: u32 = 10;

/// How often the file is looked at for a change that was made on disk. One that was saved here is known at once.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What a text would mean if it were saved.
pub(in crate::console) struct Judged {
    /// Errors and warnings, in the order of the text.
    pub(in crate::console) problems: Vec<Diagnostic>,
    /// `None`: it is refused.
    pub(in crate::console) right: Option<Right>,
}

pub(in crate::console) struct Right {
    pub(in crate::console) rota: Rota,
    /// In plain words, a line each.
    pub(in crate::console) read_back: Vec<String>,
    /// What is different for whom; empty if nobody will notice.
    pub(in crate::console) changes: Vec<String>,
}

/// A text that is to become the rota file.
pub(in crate::console) struct Draft {
    /// The fingerprint of the text that it was made from.
    pub(in crate::console) base: String,
    pub(in crate::console) text: String,
    pub(in crate::console) deed: Deed,
    /// What was done, where that is known better than from the difference.
    pub(in crate::console) what: Option<String>,
}

/// It is live.
pub(in crate::console) struct Saved {
    /// What is different for whom.
    pub(in crate::console) changes: Vec<String>,
    /// The store has not taken it as a version yet; that is done as soon as it does.
    pub(in crate::console) log_is_behind: bool,
}

/// A save as the versions and the audit log are to tell of it.
#[derive(Clone, PartialEq, Eq)]
struct Signed {
    version: NewVersion,
    /// The newest version before it.
    after: Option<i64>,
    who: Who,
    deed: Deed,
    subject: String,
}

/// Saves of which the store does not know yet, in their order.
#[derive(Default)]
pub(in crate::console) struct Unlogged(Mutex<Vec<Signed>>);

/// Why it did not.
#[derive(Debug)]
pub(in crate::console) enum Unsaved {
    Problem(Problem),
    File(NotSaved),
}

impl From<Problem> for Unsaved {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Judges a text as a save would, and writes nothing.
pub(in crate::console) async fn judge(console: &Desk, text: String, language: Language) -> Result<Judged, Problem> {
    let (file, now) = (Arc::clone(&console.file), console.clock.now());
    with_customers(console, move |customers| match read(&file.name(), &text, now, customers) {
        Ok(new) => {
            let read_back = read_back(&new.rota, now, WEEKS_AHEAD, language);
            let changes = changes(&file.live().rota, &new.rota, now, WEEKS_AHEAD, language);
            Judged { problems: new.warnings, right: Some(Right { rota: new.rota, read_back, changes }) }
        }
        Err(problems) => Judged { problems, right: None },
    })
    .await
}

/// Writes a text over the rota file and keeps it as a version.
pub(in crate::console) async fn save(console: &Desk, me: &Me, draft: Draft) -> Result<Saved, Unsaved> {
    me.may(Role::Admin)?;
    guard(console, me, draft.text.clone()).await?;
    // What is overwritten is in the list before; and a store that takes nothing is noticed before anything is done.
    note_disk(console).await?;
    let after = console.write(rota_versions::take_turn).await?;
    let Draft { base, text, deed, what } = draft;
    let (file, now, new) = (Arc::clone(&console.file), console.clock.now(), text.clone());
    let hash = fingerprint(&text);
    let is_new = hash != base;
    let saved = with_customers(console, move |customers| file.save(&base, &new, now, customers)).await?;
    let changes = saved.map_err(Unsaved::File)?;
    if !is_new {
        return Ok(Saved { changes, log_is_behind: false });
    }
    let told: Vec<String> = what.into_iter().chain(changes.iter().cloned()).collect();
    let version = NewVersion { hash, text, by: Some(me.name.clone()), what: told.join(" "), at: now };
    console.unlogged.all().push(Signed { version, after, who: me.who(), deed, subject: file_name(console) });
    // It is live, whatever the store says now.
    let log_is_behind = catch_up(console).await.is_err();
    Ok(Saved { changes, log_is_behind })
}

impl Signed {
    /// Whoever is not in the live rota any more leaves nothing that opens.
    fn note(&self, tx: &mut Tx<'_>, live: &Rota) -> Result<(), StoreError> {
        let Some(id) = rota_versions::sign(tx, &self.version, self.after)? else { return Ok(()) };
        let entry = Entry {
            who: self.who.clone(),
            at: self.version.at,
            what: self.deed,
            subject: self.subject.clone(),
            before: self.after.map(|before| json!({ "version": before })),
            after: Some(json!({ "version": id, "what": self.version.what })),
        };
        audit::note(tx, &entry)?;
        left::shut_out(tx, &live.staff, &self.who, self.version.at)
    }
}

impl Unlogged {
    fn all(&self) -> MutexGuard<'_, Vec<Signed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the store of the saves that it does not know of yet.
async fn catch_up(console: &Console) -> Result<(), Problem> {
    loop {
        let Some(oldest) = console.unlogged.all().first().cloned() else { return Ok(()) };
        let save = oldest.clone();
        let live = console.rota();
        console.write(move |tx| save.note(tx, &live)).await?;
        console.unlogged.all().retain(|save| *save != oldest);
    }
}

/// Nobody comes in as somebody else by an edit, nor keeps them out, unless that person's role is theirs to give.
async fn guard(console: &Console, me: &Me, text: String) -> Result<(), Problem> {
    let (file, now, role, own) = (Arc::clone(&console.file), console.clock.now(), me.role, me.account);
    let guarded = console.read(move |tx| {
        // Whatever else is wrong with it: what is a mistake without the customers a save may take with them.
        let Some(new) = salvage(&text, now) else { return Ok(None) };
        let listed = accounts::all(tx)?.into_iter().filter(|listed| listed.removed.is_none());
        let accounts: Vec<Account> = listed.map(|listed| listed.account).collect();
        Ok(place::guarded(role, own, &accounts, &file.live().rota, &new))
    });
    let words = PeopleWords(me.language);
    match guarded.await? {
        None => Ok(()),
        Some(Guarded::Owner) => Err(Problem::Barred(words.guarded_owner())),
        Some(Guarded::Person(who)) => Err(Problem::Barred(words.guarded_person(console.rota().name(&who)))),
    }
}

fn file_name(console: &Console) -> String {
    let path = &console.settings.rota;
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Keeps the text that lies on the disk as a version, if it is none yet.
pub(in crate::console) async fn note_disk(console: &Console) -> Result<(), Problem> {
    catch_up(console).await?;
    let Some(text) = console.file.text() else { return Ok(()) };
    let hash = fingerprint(&text);
    let newest = console.read(|tx| match rota_versions::newest(tx)? {
        Some(newest) => rota_versions::get(tx, newest.id),
        None => Ok(None),
    });
    let (now, newest) = (console.clock.now(), newest.await?);
    let what = match &newest {
        Some((newest, _)) if newest.hash == hash => return Ok(()),
        Some((_, before)) => difference(before, &text, now),
        None => String::new(),
    };
    let (subject, live) = (file_name(console), console.file.live());
    let version = NewVersion { hash, text, by: None, what, at: now };
    let keep = move |tx: &mut Tx<'_>| {
        let Some(id) = rota_versions::record(tx, &version)? else { return Ok(()) };
        let who = Who { account: None, name: String::new(), via: Via::File };
        if let Some((before, _)) = &newest {
            let (before, after) = (json!({ "version": before.id }), json!({ "version": id, "what": version.what }));
            let (who, what, subject) = (who.clone(), Deed::RotaSaved, subject.clone());
            audit::note(tx, &Entry { who, at: now, what, subject, before: Some(before), after: Some(after) })?;
        }
        // One that was refused is not live: nobody has left by it.
        if live.broken.is_some() { Ok(()) } else { left::shut_out(tx, &live.rota.staff, &who, now) }
    };
    console.write(keep).await
}

/// Reads the file anew, as its watch is about to.
pub(in crate::console) async fn reread(console: &Console) -> Result<(), Problem> {
    let (file, now) = (Arc::clone(&console.file), console.clock.now());
    with_customers(console, move |customers| drop(file.reload(now, customers))).await
}

/// Tells what is different between two texts, as far as they can be understood.
fn difference(before: &str, after: &str, now: Timestamp) -> String {
    match (salvage(before, now), salvage(after, now)) {
        (Some(before), Some(after)) => changes(&before, &after, now, WEEKS_AHEAD, Language::English).join(" "),
        _ => String::new(),
    }
}

/// Keeps every change that is made on disk, for as long as the server runs.
pub(in crate::console) async fn keep(console: Desk) {
    let mut before: Option<String> = None;
    let mut noted: Option<String> = None;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        if let Err(problem) = catch_up(&console).await {
            tracing::debug!(?problem, "who saved a version of the rota is told later");
        }
        let text = console.file.text();
        // One that has just come may be a save of ours, which is about to say who made it.
        if text.is_some() && text == before && text != noted {
            match note_disk(&console).await {
                Ok(()) => noted.clone_from(&text),
                Err(problem) => tracing::debug!(?problem, "a version of the rota is kept later"),
            }
        }
        before = text;
    }
}

/// Does `work` with the rota's expectations held against the customers that there are. Without a store to ask,
/// expectations that name a customer are left unchecked.
async fn with_customers<T: Send + 'static>(
    console: &Console,
    work: impl Fn(Option<Customers<'_>>) -> T + Send + Sync + 'static,
) -> Result<T, Problem> {
    let (work, done) = (Arc::new(work), Arc::new(Mutex::new(None)));
    let (asking, doing) = (Arc::clone(&work), Arc::clone(&done));
    let asked = console.judge(move |tx| {
        let tx = RefCell::new(tx);
        let answer = asking(Some(&|whom| expected(&mut tx.borrow_mut(), whom)));
        *doing.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        Ok(())
    });
    let asked = asked.await;
    // A store that fails after the work was done does not have it done again.
    let answer = done.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (answer, asked) {
        (Some(answer), _) => Ok(answer),
        (None, Ok(())) => Err(Problem::NotFound),
        (None, Err(problem)) => tokio::task::spawn_blocking(move || work(None)).await.map_err(|_| problem),
    }
}

/// Whom an expectation of the rota means. A store that fails in the middle has no such customer.
fn expected(tx: &mut Tx<'_>, whom: &ExpectedCaller) -> Option<Customer> {
    match whom {
        ExpectedCaller::Anyone => None,
        ExpectedCaller::Number(phone) => customers::by_phone(tx, &[*phone]).ok()?.remove(phone),
        ExpectedCaller::Customer(name) => customers::by_name(tx, name, NAMESAKES).ok()?.pop(),
    }
}
