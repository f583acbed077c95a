//! The rota that calls are planned with: the admin's file, with the live changes of the store made in it.
//!
//! Every batch asks the store for one number, so that a change that any instance has taken is there for all. With
//! the store away the last known changes stay.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::Timestamp;

use super::RotaNow;
use crate::domain::rota::Rota;
use crate::domain::rota::live::LiveChange;
use crate::store::{StoreError, Tx, live_changes};

pub(super) struct LiveChanges {
    file: RotaNow,
    known: ArcSwap<Known>,
    made: ArcSwapOption<Made>,
}

#[derive(Default)]
struct Known {
    /// `None`: the store has not been asked yet.
    version: Option<i64>,
    changes: Vec<LiveChange>,
}

/// A rota and what it was made of.
struct Made {
    file: Arc<Rota>,
    version: Option<i64>,
    rota: Arc<Rota>,
}

impl LiveChanges {
    pub(super) fn on(file: RotaNow) -> Self {
        Self { file, known: ArcSwap::default(), made: ArcSwapOption::empty() }
    }

    pub(super) fn rota(&self) -> Arc<Rota> {
        let file = (self.file)();
        let known = self.known.load();
        if known.changes.is_empty() {
            return file;
        }
        if let Some(made) = &*self.made.load()
            && made.version == known.version
            && Arc::ptr_eq(&made.file, &file)
        {
            return Arc::clone(&made.rota);
        }
        let rota = Arc::new(file.with_live(&known.changes));
        self.made.store(Some(Arc::new(Made { file, version: known.version, rota: Arc::clone(&rota) })));
        rota
    }

    /// Learns of changes that other instances, or this one, have committed.
    pub(super) fn refresh(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
        let version = Some(live_changes::version(tx)?);
        if self.known.load().version == version {
            return Ok(());
        }
        let changes = match live_changes::in_force(tx, now) {
            Ok(changes) => changes,
            Err(error @ (StoreError::Away(_) | StoreError::Conflict)) => return Err(error),
            // A call must not wait for a damaged row.
            Err(error) => {
                tracing::error!(%error, "the live changes cannot be read; the last known ones stay");
                self.known.load().changes.clone()
            }
        };
        self.known.store(Arc::new(Known { version, changes }));
        Ok(())
    }
}
