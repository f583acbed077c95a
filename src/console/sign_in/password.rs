//! Passwords: slow to try, a few at a time, and never kept.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::console::{Console, Problem};
use crate::store::StoreError;

/// One takes 19 MB of memory and some hundredths of a second of a core; more wait.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Opens nothing. Tried where there is no such account, so that it takes as long to say no.
static NOBODYS: LazyLock<String> =
    LazyLock::new(|| hash(b"nobody has this password", b"nobody's own salt").unwrap_or_default());

/// What is kept of a password.
pub(in crate::console) async fn keep(console: &Console, password: String) -> Result<String, Problem> {
    let salt = console.chance();
    let kept = slowly(move || hash(password.as_bytes(), &salt)).await.flatten();
    kept.ok_or_else(|| Problem::Away(StoreError::Invalid("a password could not be hashed".to_owned())))
}

/// Whether this is the password of which `kept` was kept; nobody's where that is `None`.
pub(in crate::console) async fn fits(password: String, kept: Option<String>) -> bool {
    slowly(move || {
        let there_is = kept.is_some();
        let kept = kept.unwrap_or_else(|| NOBODYS.clone());
        let read = PasswordHash::new(&kept);
        there_is & read.is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
    })
    .await
    .unwrap_or(false)
}

fn hash(password: &[u8], salt: &[u8]) -> Option<String> {
    let hashed: PasswordHash = Argon2::default().hash_password_with_salt(password, salt).ok()?;
    Some(hashed.to_string())
}

async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let _place = AT_ONCE.acquire().await.ok()?;
    tokio::task::spawn_blocking(work).await.ok()
}
