//! News for open pages: one look at the store serves them all, and only what has changed is sent.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

use super::now::Picture;
use super::{Desk, Me, Problem};
use crate::domain::words::Language;
use crate::store::{pulse, pulse::Pulse};

/// How often the store is asked whether anything has happened, while somebody looks. Other instances write there too.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// Turns come and go without anybody writing.
const SHOW_EVERY: u32 = 100;
/// More pages than that are told to come again.
const WATCHERS_MAX: usize = 12_000;
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// What open pages show, once in each language.
type Shown = [Arc<str>; Language::ALL.len()];

pub(super) struct Live {
    /// `None` until somebody has looked.
    shown: watch::Sender<Option<Shown>>,
    wake: Notify,
    watchers: AtomicUsize,
    /// The server stops: open pages are let go, so that nobody waits for them.
    over: AtomicBool,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            shown: watch::Sender::new(None),
            wake: Notify::new(),
            watchers: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        }
    }
}

impl Live {
    /// Something was changed here just now.
    pub(super) fn look_again(&self) {
        self.wake.notify_one();
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
    loop {
        if live.watchers.load(Ordering::Acquire) == 0 {
            before = None;
            live.wake.notified().await;
            continue;
        }
        let pulse = console.read(pulse::take).await.ok();
        if pulse.is_none() || pulse != before || looks == 0 {
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

/// Server-sent events: the live part of the first page whenever it is another.
async fn live(State(console): State<Desk>, me: Me) -> Result<Response, Problem> {
    let watcher = Watcher::new(&console).ok_or(Problem::TooSoon { seconds: 15 })?;
    let mut shown = console.live.shown.subscribe();
    shown.mark_changed();
    let language = me.language as usize;
    let news = stream::unfold((shown, watcher), move |(mut shown, watcher)| async move {
        loop {
            shown.changed().await.ok()?;
            if watcher.0.live.over.load(Ordering::Acquire) {
                return None;
            }
            let part = shown.borrow_and_update().as_ref().and_then(|all| all.get(language)).cloned();
            if let Some(part) = part {
                let event = Event::default().event("shown").data(&*part);
                return Some((Ok::<_, Infallible>(event), (shown, watcher)));
            }
        }
    });
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}
