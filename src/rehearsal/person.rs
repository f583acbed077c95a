//! The people behind the make-believe phones, and what they do when one rings.

use std::collections::VecDeque;
use std::str::FromStr;

/// How long a phone rings, in seconds, before this happens to it.
const ANSWERS_AFTER: u32 = 6;
const VOICEMAIL_AFTER: u32 = 12;
const BUSY_AFTER: u32 = 2;
const DECLINES_AFTER: u32 = 3;
const BAD_NUMBER_AFTER: u32 = 1;

/// Longer than any call.
const SECONDS_MAX: u32 = 3_600;

/// What one phone does on one ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Lets it ring.
    Silent,
    Busy,
    Declines,
    BadNumber,
    PicksUp(PickUp),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickUp {
    /// Seconds of ringing before.
    pub after: u32,
    /// A voicemail or another machine.
    pub machine: bool,
    /// Pressed one after the other.
    pub keys: Vec<char>,
    /// In the whisper.
    pub hangs_up: bool,
}

/// What one phone does on its next rings, and then always.
#[derive(Clone, Debug, Default)]
pub(super) struct Habit {
    pub(super) next: VecDeque<Behaviour>,
    pub(super) always: Behaviour,
}

impl Behaviour {
    /// Picks up after so many seconds and presses 1.
    pub fn answers(after: u32) -> Self {
        Self::PicksUp(PickUp { after, machine: false, keys: vec!['1'], hangs_up: false })
    }

    pub fn presses(keys: impl IntoIterator<Item = char>) -> Self {
        let keys = keys.into_iter().collect();
        Self::PicksUp(PickUp { after: ANSWERS_AFTER, machine: false, keys, hangs_up: false })
    }

    /// Picks up by itself and presses nothing.
    pub fn voicemail(after: u32) -> Self {
        Self::PicksUp(PickUp { after, machine: true, keys: Vec::new(), hangs_up: false })
    }

    pub fn hangs_up() -> Self {
        Self::PicksUp(PickUp { after: ANSWERS_AFTER, machine: false, keys: Vec::new(), hangs_up: true })
    }

    /// Seconds of ringing before anything happens; `None`: it rings on.
    pub(super) fn after(&self) -> Option<u32> {
        match self {
            Self::Silent => None,
            Self::Busy => Some(BUSY_AFTER),
            Self::Declines => Some(DECLINES_AFTER),
            Self::BadNumber => Some(BAD_NUMBER_AFTER),
            Self::PicksUp(pick_up) => Some(pick_up.after),
        }
    }
}

/// Everybody answers: the happy story.
impl Default for Behaviour {
    fn default() -> Self {
        Self::answers(ANSWERS_AFTER)
    }
}

impl Habit {
    pub(super) fn turn(&mut self) -> Behaviour {
        self.next.pop_front().unwrap_or_else(|| self.always.clone())
    }
}

/// As typed: `answers`, `answers=9`, `silent`, `voicemail=20`, `keys=7,7,1` …
impl FromStr for Behaviour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=').map_or((text, None), |(word, value)| (word, Some(value))) {
            ("answers", None) => Ok(Self::default()),
            ("answers", Some(value)) => Ok(Self::answers(seconds(value)?)),
            ("silent", None) => Ok(Self::Silent),
            ("busy", None) => Ok(Self::Busy),
            ("declines", None) => Ok(Self::Declines),
            ("badnumber", None) => Ok(Self::BadNumber),
            ("hangs-up", None) => Ok(Self::hangs_up()),
            ("voicemail", None) => Ok(Self::voicemail(VOICEMAIL_AFTER)),
            ("voicemail", Some(value)) => Ok(Self::voicemail(seconds(value)?)),
            ("presses" | "keys", Some(value)) => keys(value).map(Self::presses),
            _ => Err("a phone answers, answers=9 (seconds), is silent, busy, declines, badnumber, hangs-up, \
                      voicemail, voicemail=20, presses=2 or keys=7,7,1"
                .to_owned()),
        }
    }
}

pub(super) fn seconds(text: &str) -> Result<u32, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds <= SECONDS_MAX);
    seconds.ok_or_else(|| format!("`{text}` is not a number of seconds up to {SECONDS_MAX}"))
}

fn keys(text: &str) -> Result<Vec<char>, String> {
    let key = |key: &str| match key.trim().chars().collect::<Vec<_>>().as_slice() {
        [key @ ('0'..='9' | '*' | '#')] => Ok(*key),
        _ => Err(format!("`{key}` is not a key: write 0 to 9, * or #, with commas between")),
    };
    text.split(',').map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rehearsal::Patience;

    #[test]
    fn people_are_told_what_to_do_in_a_word() {
        assert_eq!("answers".parse(), Ok(Behaviour::answers(6)));
        assert_eq!("voicemail=20".parse(), Ok(Behaviour::voicemail(20)));
        assert_eq!("keys=7,7,1".parse(), Ok(Behaviour::presses(['7', '7', '1'])));
        assert_eq!("presses=#".parse(), Ok(Behaviour::presses(['#'])));
        assert_eq!("gives-up=12".parse(), Ok(Patience::GivesUp(12)));
        for wrong in ["", "answer", "silent=3", "voicemail=soon", "answers=99999", "keys=", "keys=77", "presses"] {
            assert!(wrong.parse::<Behaviour>().is_err(), "{wrong}");
        }
        for wrong in ["", "gives-up", "leaves-message=-1", "waits=3"] {
            assert!(wrong.parse::<Patience>().is_err(), "{wrong}");
        }
    }
}
