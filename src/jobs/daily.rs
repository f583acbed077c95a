//! What each open morning asks for: the owner's letter, and a word to people whose voicemail takes calls.
//! And, whenever the rota changes, who has left (`left.rs`).
//!
//! Every text has its morning, or its week, in its key. So it goes out once, however often it is thought of, by
//! however many instances, before and after a restart.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::aside::done_aside;
use crate::clock::Clock;
use crate::domain::job::{Job, Outbound};
use crate::domain::letter::{LetterAt, Morning, State, morning, one_thing_to_fix};
use crate::domain::report::{Report, Tally};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words::Language;
use crate::domain::words::advice::voicemail_advice;
use crate::domain::words::letter::{letter, voicemail_text};
use crate::operator::{Operator, past};
use crate::store::jobs::{self, NewJob};
use crate::store::{Store, StoreError};

/// How often it is looked whether the morning has come.
const POLL: Duration = Duration::from_secs(5);

pub struct Daily {
    pub operator: Operator,
    pub clock: Clock,
    /// Who sends texts that belong to no call; `None`: nobody can.
    pub provider: Option<&'static str>,
    /// Where the store is, to look through the past without holding up a call.
    pub store: String,
    /// Spares looking; the keys of the jobs are what counts.
    pub seen: Mutex<Seen>,
}

/// What was seen to last.
#[derive(Default)]
pub struct Seen {
    morning: Option<Date>,
    rota: Option<Arc<Rota>>,
}

/// A text to somebody of the staff.
pub(super) struct Text {
    pub(super) key: String,
    pub(super) to: StaffId,
    pub(super) body: String,
}

impl Daily {
    /// Works until it is dropped.
    pub async fn run(self) {
        loop {
            tokio::time::sleep(POLL).await;
            if let Err(error) = self.look().await {
                tracing::debug!(%error, "what the morning asks for waits for the store");
            }
        }
    }

    /// Sees to this morning, and to whoever has left, if nobody has yet.
    pub async fn look(&self) -> Result<(), StoreError> {
        let (now, rota) = (self.clock.now(), self.operator.desk().rota());
        let Some(provider) = self.provider else { return Ok(()) };
        if !self.seen().rota.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, &rota)) {
            self.look_at_staff(&rota, provider, now).await?;
            self.seen().rota = Some(Arc::clone(&rota));
        }
        let Some(morning) = morning(&rota, now).filter(|morning| self.seen().morning != Some(morning.date)) else {
            return Ok(());
        };
        let key = letter_key(morning);
        if !self.operator.errand(move |tx| jobs::is_known(tx, &key)).await? {
            let (report, state) = self.look_back(morning, now).await?;
            let mut texts = advice(&rota, morning, &state);
            if let Some(report) = report.filter(|_| rota.letter != LetterAt::Never) {
                texts.push(letter_to_owner(&rota, morning, &report, &state, now));
            }
            let texts: Vec<NewJob> = texts.into_iter().filter_map(|text| text.job(&rota, provider, now)).collect();
            self.operator.errand(move |tx| jobs::add(tx, &texts)).await?;
        }
        self.seen().morning = Some(morning.date);
        Ok(())
    }

    async fn look_back(&self, morning: Morning, now: Timestamp) -> Result<(Option<Report>, State), StoreError> {
        let store = self.store.clone();
        let look = move || {
            let mut store = Store::open_read_only(&store)?;
            report(&mut store, morning, now)
        };
        let looked = done_aside("morning", look).await;
        looked.unwrap_or_else(|| Err(StoreError::Invalid("looking through the past panicked".to_owned())))
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// From one open morning to the next, `None` if nobody had rung for four weeks, as before the first call ever; and
/// what is to be set right.
fn report(store: &mut Store, morning: Morning, now: Timestamp) -> Result<(Option<Report>, State), StoreError> {
    let (mut tally, mut anything) = (Tally::default(), false);
    let state = past::state(store, morning.since, now, |calls, owed| {
        anything |= calls.iter().any(|stored| stored.call.started < morning.at);
        for stored in calls.iter().filter(|stored| morning.tells_of(stored.call.started)) {
            tally.call(&stored.call);
        }
        for promise in owed.iter().filter(|promise| !promise.is_unsettled() && morning.tells_of_promise(promise)) {
            tally.promise(promise, now);
        }
    })?;
    // Those that still wait, however old they are.
    for promise in state.promises.iter().filter(|promise| morning.tells_of_promise(promise)) {
        anything = true;
        tally.promise(promise, now);
    }
    Ok((anything.then(|| tally.report()), state))
}

fn letter_key(morning: Morning) -> String {
    format!("letter {}", morning.date)
}

fn letter_to_owner(rota: &Rota, morning: Morning, report: &Report, state: &State, now: Timestamp) -> Text {
    let fix = one_thing_to_fix(rota, state, now);
    let body = letter(rota, morning.since, report, fix.as_ref(), &now.to_zoned(rota.zone.clone()));
    Text { key: letter_key(morning), to: rota.owner.clone(), body }
}

/// To the people themselves once a week, and to the log every morning.
fn advice(rota: &Rota, morning: Morning, state: &State) -> Vec<Text> {
    let week = morning.date.iso_week_date();
    let here = state.voicemails.iter().filter(|voicemail| rota.staff.get(voicemail.who.as_str()).is_some());
    let advice = here.map(|voicemail| {
        tracing::warn!("{}", voicemail_advice(voicemail, rota, Language::English));
        Text {
            key: format!("voicemail {} {}-W{:02}", voicemail.who, week.year(), week.week()),
            to: voicemail.who.clone(),
            body: voicemail_text(voicemail, rota),
        }
    });
    advice.collect()
}

impl Text {
    /// `None` for somebody who is not on the staff, or whose phone takes no texts.
    pub(super) fn job(self, rota: &Rota, provider: &str, now: Timestamp) -> Option<NewJob> {
        let Reach::Phone(to) = rota.staff.get(self.to.as_str())?.reach else { return None };
        let from = rota.lines.first()?.number;
        let job = Job {
            provider: provider.to_owned(),
            outbound: Outbound::Text { from, to, body: self.body },
            heeds_stop: false,
        };
        // A job of plain numbers and texts always has a JSON form.
        let doc = serde_json::to_string(&job).unwrap_or_default();
        Some(NewJob { key: self.key, doc, due: now, made: now })
    }
}
