//! What a command knows of the business: its settings, its rota, its store, and what time it is.

use std::path::Path;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};

use super::{Failure, load_settings, note};
use crate::clock::Clock;
use crate::config::diagnostic::Diagnostic;
use crate::config::settings::Settings;
use crate::config::watch::RotaFile;
use crate::domain::rota::Rota;
use crate::store::{Store, StoreError, live_changes};

pub(super) struct Business {
    pub(super) settings: Settings,
    /// As far as the file can be understood.
    pub(super) rota: Arc<Rota>,
    broken: Option<Vec<Diagnostic>>,
    pub(super) now: Timestamp,
}

impl Business {
    pub(super) fn open(config: &Path) -> Result<Self, Failure> {
        let settings = load_settings(config)?;
        let now = Clock::System.now();
        let live = RotaFile::open(&settings.rota, now, None).map_err(Failure::Problems)?.live();
        Ok(Self { rota: Arc::clone(&live.rota), broken: live.broken.clone(), settings, now })
    }

    /// With the live changes of the store made in its rota.
    pub(super) fn open_live(config: &Path) -> Result<Self, Failure> {
        let business = Self::open(config)?;
        let rota = with_live_changes(&business.settings, &business.rota, business.now);
        Ok(Self { rota, ..business })
    }

    /// The end of a command that told what the rota file means: not all is well if it could not go live.
    pub(super) fn rota_is_right(self) -> Result<(), Failure> {
        match self.broken {
            Some(problems) => Err(Failure::Problems(problems)),
            None => Ok(()),
        }
    }

    /// The store to look at. `None`, and it is said, if there is none yet; looking does not make it.
    pub(super) fn store(&self) -> Result<Option<Store>, StoreError> {
        let store = look(&self.settings)?;
        if store.is_none() {
            note(&format!("There is no store yet at {}: `switchboard serve` makes it.", self.settings.store));
        }
        Ok(store)
    }

    /// On the business's wall clock.
    pub(super) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.rota.zone.clone())
    }
}

/// What was said by text stands in the store. Without it the file alone counts, and it is said.
pub(super) fn with_live_changes(settings: &Settings, rota: &Arc<Rota>, now: Timestamp) -> Arc<Rota> {
    let read = |mut store: Store| store.read(|tx| live_changes::in_force(tx, now));
    match look(settings).and_then(|store| store.map_or(Ok(Vec::new()), read)) {
        Ok(changes) if changes.is_empty() => Arc::clone(rota),
        Ok(changes) => Arc::new(rota.with_live(&changes)),
        Err(error) => {
            note(&format!("warning: {error}. What follows knows nothing of who is away or back by text."));
            Arc::clone(rota)
        }
    }
}

/// `None`: there is no store yet.
pub(super) fn look(settings: &Settings) -> Result<Option<Store>, StoreError> {
    if is_missing(settings) { Ok(None) } else { Store::open_read_only(settings.store.reveal()).map(Some) }
}

/// Whether the store is a file that is not there.
pub(super) fn is_missing(settings: &Settings) -> bool {
    let file = settings.store.reveal().strip_prefix("sqlite://");
    file.is_some_and(|path| !Path::new(path).exists())
}
