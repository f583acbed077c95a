//! What nobody can guess: a browser's session, an API token, a link that works once.

use std::fmt;

use aws_lc_rs::digest;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

const LEN: usize = 32;

/// Shown to its owner once. We keep only its hash, so that nobody who reads our store can use it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; LEN]);

impl Key {
    /// From bytes that nobody can foresee.
    pub fn new(chance: [u8; LEN]) -> Self {
        Self(chance)
    }

    /// As its owner shows it.
    pub fn read(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// For its owner. 43 letters that need no escaping in a URL or a cookie.
    pub fn reveal(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What is kept of it. It is long and random, so one round is enough.
    pub fn hash(&self) -> String {
        hashed(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// SHA-256, in hexadecimal.
pub fn hashed(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_is_not_kept() {
        let key = Key::new([7; LEN]);
        assert_eq!(Key::read(&key.reveal()), Some(key.clone()));
        assert_eq!(key.reveal().len(), 43);
        assert_ne!(key.hash(), key.reveal());
        assert_eq!(format!("{key:?}"), "Key(..)");
        for wrong in ["", "a", &key.reveal()[1..], "not a key at all", "é"] {
            assert_eq!(Key::read(wrong), None, "{wrong}");
        }
    }
}
