//! The rehearsals that are going on here, each somebody's own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::console::who::Asked;
use crate::domain::access::AccountId;
use crate::provider::rehearsal::fresh_secret;
use crate::rehearsal::ByHand;

/// Each is a small server of its own.
const AT_ONCE: usize = 6;

pub(super) struct Rehearsals {
    places: Arc<Semaphore>,
    open: Mutex<HashMap<String, Arc<Open>>>,
    /// Held by whoever is about to begin one.
    turns: Mutex<HashMap<AccountId, Turn>>,
}

type Turn = Arc<tokio::sync::Mutex<()>>;

/// One of them.
pub(super) struct Open {
    account: AccountId,
    pub(super) hand: ByHand,
    /// What it is about.
    pub(super) asked: Asked,
    /// How many things that happened have been told.
    told: AtomicUsize,
    _place: OwnedSemaphorePermit,
}

impl Default for Rehearsals {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)), open: Mutex::default(), turns: Mutex::default() }
    }
}

impl Rehearsals {
    /// One account begins one rehearsal at a time.
    pub(super) fn turn_of(&self, account: AccountId) -> Turn {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(account).or_default())
    }

    /// Ends what this account has rehearsed so far. `None`: too many others rehearse.
    pub(super) fn place_for(&self, account: AccountId) -> Option<OwnedSemaphorePermit> {
        self.all().retain(|_, open| open.account != account && !open.hand.is_over());
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Its id. `None`: this machine gives no random bytes.
    pub(super) fn keep(&self, open: Open) -> Option<String> {
        let id = fresh_secret().ok()?;
        self.all().insert(id.clone(), Arc::new(open));
        Some(id)
    }

    pub(super) fn of(&self, id: &str, account: AccountId) -> Option<Arc<Open>> {
        self.all().get(id).filter(|open| open.account == account).cloned()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    pub(super) fn new(account: AccountId, hand: ByHand, asked: Asked, place: OwnedSemaphorePermit) -> Self {
        Self { account, hand, asked, told: AtomicUsize::new(0), _place: place }
    }

    /// How many were told before; now they are so many.
    pub(super) fn tells(&self, count: usize) -> usize {
        self.told.swap(count, Ordering::Relaxed)
    }
}
