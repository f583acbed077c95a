//! What blocks, kept off the runtime.

use std::sync::Mutex;
use std::thread;

/// Made, used and dropped on plain threads: clients of databases that block may not do so on a runtime. The lock is never waited for; it lets storms move between
/// threads.
pub(super) struct Aside<T: Send + 'static>(Option<Mutex<T>>);

impl<T: Send> Aside<T> {
    pub(super) fn new(make: impl FnOnce() -> T + Send) -> Self {
        Self(Some(Mutex::new(on_a_thread(make))))
    }

    pub(super) fn with<R: Send>(&mut self, work: impl FnOnce(&mut T) -> R + Send) -> R {
        let inner = self.0.as_mut().unwrap().get_mut().unwrap();
        on_a_thread(|| work(inner))
    }
}

impl<T: Send> Aside<Vec<T>> {
    pub(super) fn each(mut self) -> impl Iterator<Item = Aside<T>> {
        self.0.take().unwrap().into_inner().unwrap().into_iter().map(|inner| Aside(Some(Mutex::new(inner))))
    }
}

impl<T: Send> Drop for Aside<T> {
    fn drop(&mut self) {
        if let Some(inner) = self.0.take() {
            on_a_thread(|| drop(inner));
        }
    }
}

fn on_a_thread<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| scope.spawn(work).join().unwrap())
}
