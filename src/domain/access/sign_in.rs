//! What it takes to come in, and how whoever guesses is slowed down.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};

use super::AccountId;
use super::key::hashed;
use crate::domain::staff::StaffId;

/// How long a code that was texted is good for.
pub const CODE_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How often it may be typed wrongly.
pub const CODE_TRIES: u32 = 5;
/// How long a link that signs in once is good for.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// A link with which somebody else chooses their password reaches them by hand, which takes longer.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(48);

/// A session that is not used for so long is over.
const SESSION_IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Then one signs in anew, however much it is used.
const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How exactly it is known when a session was last used.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Failures before it are forgotten.
pub const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Six digits, sent to a person's own phone.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// From a number that nobody can foresee.
    pub fn new(chance: u64) -> Self {
        Self(format!("{:06}", chance % 1_000_000))
    }

    /// As people type it, with spaces or without.
    pub fn read(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(Self(digits))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it, worth nothing for anybody else.
    pub fn hash(&self, whose: &StaffId) -> String {
        hashed(format!("{whose} {}", self.0).as_bytes())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

/// When a session that is used now is over, unless it is used again.
pub fn session_expires(made: Timestamp, now: Timestamp) -> Timestamp {
    (now + SESSION_IDLE).min(made + SESSION_LASTS)
}

/// Whether it is worth a write that a session was used.
pub fn is_worth_noting(seen: Timestamp, now: Timestamp) -> bool {
    now.duration_since(seen) >= SEEN_EVERY
}

/// Of a hash in hexadecimal: a million keys of a kind.
const KEY_DIGITS: usize = 5;

/// What one subscriber has of the internet: an address, or with IPv6 the half of it that they do not choose themselves.
pub fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        Ok(IpAddr::V4(_)) | Err(_) => address.to_owned(),
    }
}

/// Whose failures are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Tries at one account, or at a name that there is not.
    Name(String),
    /// The same from where this account is signed in already: others who guess do not lock its owner out.
    Known(AccountId, String),
    /// Everything from one address; many people may share it.
    Address(String),
    /// Tokens that there are not, shown from one address: a program that was shut out shuts nobody else out.
    Token(String),
    /// Codes asked for to be sent to one number.
    Codes(String),
}

/// What was tried in vain so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    pub count: u32,
    pub last: Timestamp,
}

impl Counted {
    /// In the store: names and numbers that were tried are nobody's business. However many are tried, there are no more
    /// keys than that; the few who share one are slowed down together.
    pub fn key(&self) -> String {
        let (kind, of) = match self {
            Self::Name(name) => ("name", name.clone()),
            Self::Known(account, address) => ("known", format!("{account} {}", network(address))),
            Self::Address(address) => ("address", network(address)),
            Self::Token(address) => ("token", network(address)),
            Self::Codes(number) => ("codes", number.clone()),
        };
        let hash = hashed(format!("{kind} {of}").as_bytes());
        format!("{kind} {}", hash.chars().take(KEY_DIGITS).collect::<String>())
    }

    /// How many are free, and the longest wait in seconds after more.
    fn limits(&self) -> (u32, u32) {
        match self {
            Self::Name(_) | Self::Known(..) => (4, 60),
            Self::Address(_) | Self::Token(_) => (20, 300),
            Self::Codes(_) => (3, 900),
        }
    }

    /// How long until the next try is looked at: 2 s after the first that is not free, then twice as long each time.
    pub fn wait(&self, failures: Failures, now: Timestamp) -> Option<SignedDuration> {
        let (free, longest) = self.limits();
        let beyond = failures.count.checked_sub(free).filter(|_| !failures.are_forgotten(now))?;
        let first = if matches!(self, Self::Codes(_)) { 60 } else { 2 };
        let seconds = 2_u32.checked_pow(beyond).and_then(|factor| factor.checked_mul(first));
        let wait = SignedDuration::from_secs(seconds.map_or(longest, |seconds| seconds.min(longest)).into());
        let left = wait - now.duration_since(failures.last);
        left.is_positive().then_some(left)
    }
}

impl Failures {
    pub fn are_forgotten(self, now: Timestamp) -> bool {
        now.duration_since(self.last) >= FORGOTTEN_AFTER
    }
}

/// What is wrong with a password that somebody would like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    TooShort,
    /// Longer than anybody types: work for us and no safety for them.
    TooLong,
    /// Little but a name that everybody knows, or the same letter again and again.
    Guessable,
}

const PASSWORD_MIN: usize = 10;
const PASSWORD_MAX: usize = 200;
/// So much must be left beside names.
const OWN_MIN: usize = 6;
const DIFFERENT_MIN: usize = 5;

/// `known` are the names that anybody would try: the business's, the person's.
pub fn check_password(password: &str, known: &[&str]) -> Result<(), Unfit> {
    let chars = password.chars().count();
    if chars < PASSWORD_MIN {
        return Err(Unfit::TooShort);
    }
    if chars > PASSWORD_MAX {
        return Err(Unfit::TooLong);
    }
    let mut left = password.to_lowercase();
    let words = known.iter().flat_map(|name| name.split_whitespace());
    for word in words.map(str::to_lowercase).filter(|word| word.chars().count() > 2) {
        left = left.replace(&word, "");
    }
    let own = left.chars().filter(|c| !c.is_whitespace()).count();
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    if own < OWN_MIN || different.len() < DIFFERENT_MIN {
        return Err(Unfit::Guessable);
    }
    Ok(())
}

/// A name as it is typed beside a password: small letters, single spaces.
pub fn login(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_code_is_six_digits_however_it_is_typed() {
        let code = Code::new(41);
        assert_eq!(code.reveal(), "000041");
        for typed in ["000041", " 000 041 ", "000-041"] {
            assert_eq!(Code::read(typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "41", "0000412", "00004a", "٠٠٠٠٤١"] {
            assert_eq!(Code::read(wrong), None, "{wrong}");
        }
        assert_ne!(code.hash(&StaffId::new("sam")), code.hash(&StaffId::new("tom")));
    }

    #[test]
    fn the_first_slips_cost_nothing_and_guessing_costs_more_each_time() {
        let wait = |counted: &Counted, count| {
            counted.wait(Failures { count, last: after(0) }, after(0)).map_or(0, |wait| wait.as_secs())
        };
        let name = Counted::Name("sam".to_owned());
        assert_eq!([0, 3, 4, 5, 6, 9, 40, u32::MAX].map(|count| wait(&name, count)), [0, 0, 2, 4, 8, 60, 60, 60]);
        let address = Counted::Address("192.0.2.7".to_owned());
        assert_eq!([19, 20, 27, 60].map(|count| wait(&address, count)), [0, 2, 256, 300]);
        let codes = Counted::Codes("+447700900101".to_owned());
        assert_eq!([2, 3, 4, 9].map(|count| wait(&codes, count)), [0, 60, 120, 900]);
    }

    #[test]
    fn whoever_has_many_addresses_or_tries_many_names_is_counted_as_few() {
        let key = |address: &str| Counted::Address(address.to_owned()).key();
        assert_eq!(key("2001:db8:1:2::7"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::7"), key("2001:db8:1:3::7"));
        assert_ne!(key("192.0.2.7"), key("192.0.2.8"));
        let keys = (0..1_000).map(|n| Counted::Name(format!("name {n}")).key());
        assert!(keys.clone().all(|key| key.len() == "name ".len() + KEY_DIGITS));
        assert!(keys.collect::<std::collections::BTreeSet<_>>().len() > 990, "few share one");
    }

    #[test]
    fn a_wait_passes_and_after_an_hour_all_is_forgotten() {
        let name = Counted::Name("sam".to_owned());
        let failures = Failures { count: 5, last: after(0) };
        assert_eq!(name.wait(failures, after(3)), Some(SignedDuration::from_secs(1)));
        assert_eq!(name.wait(failures, after(4)), None);
        // A clock that was put back does not keep anybody out for longer than the longest wait and what it was put back by.
        assert_eq!(name.wait(failures, after(-10)), Some(SignedDuration::from_secs(14)));
        assert!(!failures.are_forgotten(after(3_599)) && failures.are_forgotten(after(3_600)));
    }

    #[test]
    fn a_session_that_is_used_lasts_but_not_for_ever() {
        let day = 86_400;
        assert_eq!(session_expires(after(0), after(0)), after(14 * day));
        assert_eq!(session_expires(after(0), after(80 * day)), after(90 * day));
        assert!(!is_worth_noting(after(0), after(599)) && is_worth_noting(after(0), after(600)));
    }

    #[test]
    fn a_password_is_long_and_not_what_everybody_would_try() {
        let check = |password: &str| check_password(password, &["Hartley Heating", "Sam Hartley"]);
        assert_eq!(check("copper kettle"), Ok(()));
        assert_eq!(check("паролькотик"), Ok(()));
        assert_eq!(check("kettle"), Err(Unfit::TooShort));
        for guessable in ["Hartley Heating", "hartley-heating", "SamHartley1", "aaaaaaaaaaaa", "hartley2026"] {
            assert_eq!(check(guessable), Err(Unfit::Guessable), "{guessable}");
        }
        assert_eq!(check(&"long ".repeat(41)), Err(Unfit::TooLong));
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(login("  Sam   HARTLEY "), "sam hartley");
    }
}
