//! Walks through the calls that a report tells of.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::Mutex;

use super::words::ReportWords;
use crate::console::{Console, Problem, times};
use crate::domain::call::CallId;
use crate::domain::report::{Overview, Period, Report, Tally};
use crate::domain::rota::Rota;
use crate::domain::words::Language;
use crate::operator::past;
use crate::store::{StoreError, Tx, calls};

/// More calls at once would keep somebody waiting for minutes.
pub(super) const CALLS_MAX: u32 = 200_000;

/// One at a time: whoever else wants a report waits for their turn, and other pages are shown meanwhile.
static WALKING: Mutex<()> = Mutex::const_new(());

/// What a report tells.
pub(in crate::console) struct Told {
    pub(in crate::console) period: Period,
    pub(in crate::console) overview: Overview,
    /// As many days right before.
    pub(in crate::console) before: Report,
    pub(in crate::console) rota: Arc<Rota>,
}

pub(in crate::console) async fn look(console: &Console, period: Period, language: Language) -> Result<Told, Problem> {
    let (rota, now) = (console.rota(), console.clock.now());
    let from = period.before().from(&rota.zone);
    let until = period.until(&rota.zone);
    let count = console.read(move |tx| calls::count(tx, from, until, CALLS_MAX + 1)).await?;
    if count > i64::from(CALLS_MAX) {
        let most = times::number(language, CALLS_MAX.into());
        return Err(Problem::Wrong(ReportWords(language).too_many(most)));
    }
    let mut walk = Walk {
        rota: Arc::clone(&rota),
        now,
        from,
        begins: period.from(&rota.zone),
        until,
        after: None,
        is_over: false,
        overview: Overview::default(),
        before: Tally::default(),
    };
    let _turn = WALKING.lock().await;
    while !walk.is_over {
        walk = console.read(move |tx| walk.goes_on(tx)).await?;
    }
    Ok(Told { period, overview: walk.overview, before: walk.before.report(), rota })
}

struct Walk {
    rota: Arc<Rota>,
    now: Timestamp,
    from: Timestamp,
    /// Where the days before end and the period begins.
    begins: Timestamp,
    until: Timestamp,
    after: Option<CallId>,
    is_over: bool,
    overview: Overview,
    before: Tally,
}

impl Walk {
    /// By some thousand calls. Others look into the store between two steps.
    fn goes_on(mut self, tx: &mut Tx<'_>) -> Result<Self, StoreError> {
        let page = past::page(tx, self.from, self.after)?;
        let zone = &self.rota.zone;
        self.after = page.calls.last().map(|last| last.call.id);
        self.is_over = page.calls.last().is_none_or(|last| last.call.started >= self.until);
        for call in page.calls.iter().map(|stored| &stored.call) {
            if call.started < self.begins {
                self.before.call(call);
            } else if call.started < self.until {
                self.overview.call(call, zone);
            }
        }
        for promise in &page.owed {
            if promise.rang < self.begins {
                self.before.promise(promise, self.now);
            } else if promise.rang < self.until {
                self.overview.promise(promise, self.now, zone);
            }
        }
        Ok(self)
    }
}
