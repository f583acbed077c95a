//! Work that nobody on the phone waits for: on threads of low priority, so that with the machine busy a call goes first.

use tokio::sync::oneshot;

/// From 0 to 19, as the system counts: with one processor between them, a call's work gets some nine tenths of it.
const NICENESS: i32 = 10;

/// Done on a thread of its own; `None` if it panicked, or there was no thread to be had. It is finished even if nobody waits for it any more.
pub async fn done_aside<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, told) = oneshot::channel();
    let thread = std::thread::Builder::new().name(name.to_owned());
    let started = thread.spawn(move || {
        step_back();
        drop(tell.send(work()));
    });
    if let Err(error) = started {
        tracing::warn!(%error, name, "no thread could be started");
    }
    told.await.ok()
}

/// Makes the thread that says so one of low priority.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::debug!(%error, "what can wait runs at the priority of calls");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn what_is_done_aside_gives_way_and_nothing_else_does() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let before = priority();
        assert_eq!(done_aside("test", priority).await, Some(NICENESS));
        assert_eq!(priority(), before);
    }

    #[tokio::test]
    async fn what_panics_aside_is_told() {
        let work = || assert!(std::hint::black_box(false), "as it is meant to");
        assert_eq!(done_aside("test", work).await, None);
    }
}
