//! What the last weeks say ought to be set right: voicemails that take calls, phones that are never taken up, or that
//! cannot be reached. Looked at now and then, beside the pages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::{SignedDuration, Timestamp};
use tokio::time::timeout;

use super::Console;
use crate::domain::call::Call;
use crate::domain::call::story::Happened;
use crate::domain::letter::State;
use crate::domain::report::Person;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::domain::words::advice::{never_takes, unreachable, voicemail_advice};
use crate::operator::past;
use crate::store::{Store, StoreError};

/// Weeks of calls are read for it, so not for every page.
const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(10);
/// A page waits so long for a look that has just begun; small businesses never see an old one.
const PATIENCE: Duration = Duration::from_millis(150);
/// So many rings in a row that the network could not put through are no longer chance.
const UNREACHABLE_MIN: u32 = 3;
/// As many calls as somebody must have let ring for it to be said.
const NEVER_TAKES_MIN: u32 = 5;

/// Words in each language.
pub(super) type Said = [String; Language::ALL.len()];

/// Something to set right about somebody's phone.
pub(super) struct Advice {
    pub(super) who: StaffId,
    pub(super) said: Said,
}

#[derive(Default)]
pub(super) struct Hindsight {
    advice: Arc<ArcSwap<Vec<Advice>>>,
    looked: Mutex<Option<Timestamp>>,
}

/// Of each person, how many rings in a row could not be put through, up to the last one.
#[derive(Default)]
struct Unreachable(BTreeMap<StaffId, u32>);

impl Hindsight {
    /// As it was at the last look; begins another when that is old.
    pub(super) async fn advice(&self, console: &Console) -> Arc<Vec<Advice>> {
        if self.is_due(console.clock.now()) {
            let (store, rota, now) = (console.settings.store.reveal().to_owned(), console.rota(), console.clock.now());
            let advice = Arc::clone(&self.advice);
            let look = tokio::task::spawn_blocking(move || match look(&store, &rota, now) {
                Ok(found) => advice.store(Arc::new(told(&found, &rota))),
                Err(error) => tracing::debug!(%error, "the last weeks are not looked through"),
            });
            drop(timeout(PATIENCE, look).await);
        }
        self.advice.load_full()
    }

    /// True for one page; the others go on with what is known.
    fn is_due(&self, now: Timestamp) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = looked.is_none_or(|at| now.duration_since(at) >= LOOK_EVERY);
        if due {
            *looked = Some(now);
        }
        due
    }
}

fn look(store: &str, rota: &Rota, now: Timestamp) -> Result<(State, Unreachable), StoreError> {
    let mut unreachable = Unreachable::default();
    let mut store = Store::open_read_only(store)?;
    let state = past::state(&mut store, now, now, |calls, _| {
        for stored in calls {
            unreachable.call(&stored.call);
        }
    })?;
    unreachable.0.retain(|who, times| *times >= UNREACHABLE_MIN && rota.staff.get(who.as_str()).is_some());
    Ok((state, unreachable))
}

impl Unreachable {
    fn call(&mut self, call: &Call) {
        for entry in &call.story {
            let Some(who) = &entry.who else { continue };
            match entry.what {
                Happened::Unreachable => *self.0.entry(who.clone()).or_default() += 1,
                Happened::PickedUp | Happened::Accepted | Happened::NoAnswer | Happened::Busy => {
                    self.0.remove(who);
                }
                _ => {}
            }
        }
    }
}

fn told((state, gone): &(State, Unreachable), rota: &Rota) -> Vec<Advice> {
    let here = |who: &StaffId| rota.staff.get(who.as_str()).is_some();
    let advice =
        |who: &StaffId, say: &dyn Fn(Language) -> String| Advice { who: who.clone(), said: Language::ALL.map(say) };
    let gone = gone.0.iter().map(|(who, times)| advice(who, &|language| unreachable(who, *times, rota, language)));
    let voicemails = state.voicemails.iter().filter(|voicemail| here(&voicemail.who));
    let voicemails = voicemails.map(|of| advice(&of.who, &|language| voicemail_advice(of, rota, language)));
    let never = |person: &&Person| person.took == 0 && person.rung >= NEVER_TAKES_MIN && here(&person.who);
    let never = state.people.iter().filter(never);
    let never = never.map(|of| advice(&of.who, &|language| never_takes(&of.who, of.rung, rota, language)));
    gone.chain(voicemails).chain(never).collect()
}
