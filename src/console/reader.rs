//! Connections that only read.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use crate::store::{Store, StoreError, Tx};

/// So many pages look into the store at once; more wait. A page's look takes milliseconds.
pub(super) const PAGES: usize = 3;
/// Documents that are judged at once. One may take seconds, and no page waits for it.
pub(super) const JUDGEMENTS: usize = 1;

/// Opens connections as they are needed, and keeps them.
pub(super) struct Reader {
    store: Arc<str>,
    idle: Arc<Mutex<Vec<Store>>>,
    places: Arc<Semaphore>,
}

impl Reader {
    pub(super) fn new(store: &str, at_once: usize) -> Self {
        Self { store: store.into(), idle: Arc::default(), places: Arc::new(Semaphore::new(at_once)) }
    }

    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (url, idle) = (Arc::clone(&self.store), Arc::clone(&self.idle));
        // Never closed.
        let place = Arc::clone(&self.places).acquire_owned().await;
        let looking = tokio::task::spawn_blocking(move || {
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut store = match kept {
                Some(store) => store,
                None => Store::open_read_only(&url)?,
            };
            let found = store.read(work);
            // One that failed may be broken: the next look opens another.
            if found.is_ok() {
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            }
            drop(place);
            found
        });
        looking.await.unwrap_or_else(|_| Err(StoreError::Invalid("looking into the store panicked".to_owned())))
    }
}

impl Drop for Reader {
    /// A connection to PostgreSQL waits for its end, which is not allowed where the console is let go of.
    fn drop(&mut self) {
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        if !idle.is_empty() {
            std::thread::spawn(move || drop(idle));
        }
    }
}
