//! News for open pages: one look at the store serves them all, and only what has changed is sent.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

use super::now::Picture;
use super::{Desk, Me, Problem};
use crate::domain::words::Language;
use crate::store::sessions::{self, SessionId};
use crate::store::{pulse, pulse::Pulse};

/// How often the store is asked whether anything has happened, while somebody looks. Other instances write there too.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// Turns come and go without anybody writing.
const SHOW_EVERY: u32 = 100;
/// More pages than that are told to come again.
const WATCHERS_MAX: usize = 12_000;
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// A page to which nothing has been sent for so long is asked whether it may stay open: somebody may have been signed
/// out at another instance.
const ASK_EVERY: Duration = Duration::from_mins(1);
/// The same, before anything is sent.
const ASK_AFTER: SignedDuration = SignedDuration::from_mins(1);

/// What open pages show, once in each language.
type Shown = [Arc<str>; Language::ALL.len()];

pub(super) struct Live {
    /// `None` until somebody has looked.
    shown: watch::Sender<Option<Shown>>,
    wake: Notify,
    watchers: AtomicUsize,
    /// How often somebody here may have lost their access: each open page then asks for its own.
    doubts: AtomicU64,
    /// The server stops: open pages are let go, so that nobody waits for them.
    over: AtomicBool,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            shown: watch::Sender::new(None),
            wake: Notify::new(),
            watchers: AtomicUsize::new(0),
            doubts: AtomicU64::new(0),
            over: AtomicBool::new(false),
        }
    }
}

impl Live {
    /// Something was changed here just now.
    pub(super) fn look_again(&self) {
        self.wake.notify_one();
    }

    /// Somebody was signed out here just now, or may come in no more.
    pub(super) fn doubt(&self) {
        self.doubts.fetch_add(1, Ordering::AcqRel);
        self.shown.send_modify(|_| {});
    }

    pub(super) fn close(&self) {
        self.over.store(true, Ordering::Release);
        self.shown.send_modify(|_| {});
    }
}

/// Counts an open page for as long as it is held.
struct Watcher(Desk);

impl Watcher {
    fn new(console: &Desk) -> Option<Self> {
        let live = &console.live;
        let room = |count: usize| (count < WATCHERS_MAX).then_some(count + 1);
        live.watchers.fetch_update(Ordering::AcqRel, Ordering::Acquire, room).ok()?;
        live.look_again();
        Some(Self(Arc::clone(console)))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.0.live.watchers.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Looks while anybody does; rests while nobody does.
pub(super) async fn keep(console: Desk) {
    let live = &console.live;
    let (mut before, mut looks): (Option<Pulse>, u32) = (None, 0);
    let mut file = console.file.live();
    loop {
        if live.watchers.load(Ordering::Acquire) == 0 {
            // Whoever comes next is shown nothing that is old.
            live.shown.send_replace(None);
            before = None;
            live.wake.notified().await;
            continue;
        }
        let pulse = console.read(pulse::take).await.ok();
        let file_before = std::mem::replace(&mut file, console.file.live());
        let another_file = !Arc::ptr_eq(&file_before, &file);
        if another_file {
            // Somebody may have left the rota.
            live.doubt();
        }
        if another_file || pulse.is_none() || pulse != before || looks == 0 {
            // A store that is away is shown as that, and tried again at the next look.
            show(&console).await;
        }
        (before, looks) = (pulse, (looks + 1) % SHOW_EVERY);
        drop(timeout(LOOK_EVERY, live.wake.notified()).await);
        // However much happens, pages are not sent more often than they can be read.
        sleep(LOOK_EVERY / 3).await;
    }
}

async fn show(console: &Desk) {
    let picture = Picture::take(console).await;
    let shown = Language::ALL.map(|language| Arc::from(picture.part(language).into_string()));
    console.live.shown.send_if_modified(|before| {
        let modified = before.as_ref() != Some(&shown);
        if modified {
            *before = Some(shown);
        }
        modified
    });
}

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/live", get(live))
}

/// Server-sent events: the live part of the first page whenever it is another, for as long as whoever opened it is
/// signed in; then `over`.
async fn live(State(console): State<Desk>, me: Me) -> Result<Response, Problem> {
    let language = me.language;
    let open = Open::new(&console, &me).ok_or(Problem::TooSoon { seconds: 15 })?;
    let news = stream::unfold(Some(open), move |open| async move {
        let mut open = open?;
        Some(match open.news().await? {
            News::Another(shown) => {
                let part = shown.get(language as usize).cloned().unwrap_or_default();
                (Ok::<_, Infallible>(Event::default().event("shown").data(&*part)), Some(open))
            }
            // An event without data is none to a browser.
            News::Over => (Ok(Event::default().event("over").data("signed out")), None),
        })
    });
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

/// A page that somebody has open.
struct Open {
    shown: watch::Receiver<Option<Shown>>,
    session: SessionId,
    /// When it was last asked whether the session still stands, and how many doubts there were then.
    asked: (Timestamp, u64),
    watcher: Watcher,
}

enum News {
    Another(Shown),
    /// They are no longer signed in.
    Over,
}

impl Open {
    fn new(console: &Desk, me: &Me) -> Option<Self> {
        let watcher = Watcher::new(console)?;
        let mut shown = console.live.shown.subscribe();
        shown.mark_changed();
        // Before it: what is doubted from now on is asked about.
        let asked = (console.clock.now(), console.live.doubts.load(Ordering::Acquire));
        Some(Self { shown, session: me.session, asked, watcher })
    }

    /// Waits for the next. `None`: the server stops.
    async fn news(&mut self) -> Option<News> {
        loop {
            let changed = match timeout(ASK_EVERY, self.shown.changed()).await {
                Ok(changed) => changed.map(|()| true).ok()?,
                Err(_) => false,
            };
            let live = &self.watcher.0.live;
            if live.over.load(Ordering::Acquire) {
                return None;
            }
            let (now, doubts) = (self.watcher.0.clock.now(), live.doubts.load(Ordering::Acquire));
            let (asked, before) = self.asked;
            if !changed || doubts != before || now.duration_since(asked) >= ASK_AFTER {
                self.asked = (now, doubts);
                if !self.may_stay().await {
                    return Some(News::Over);
                }
            }
            if !changed {
                continue;
            }
            let shown = self.shown.borrow_and_update().clone();
            if let Some(shown) = shown {
                return Some(News::Another(shown));
            }
        }
    }

    /// A store that is away signs nobody out: it is then that people look.
    async fn may_stay(&self) -> bool {
        let console = &self.watcher.0;
        let (session, now) = (self.session, console.clock.now());
        match console.read(move |tx| sessions::holder(tx, session, now)).await {
            Ok(holder) => holder.is_some_and(|account| account.may_enter(&console.rota().staff)),
            Err(_) => true,
        }
    }
}
