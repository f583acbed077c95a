//! Who rings: a customer once recognised, else a stranger, or withheld.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::phone::Phone;
use super::staff::StaffId;

/// The caller's side of a call as the network names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    Known(Phone),
    /// A SIP address or a provider's client name. Cannot be texted or rung back.
    Sip(String),
    /// No number: never matched to a customer, texted, rung back or shown as caller id.
    Withheld,
}

/// Keypad spellings of "no number" that networks really send (ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN,
/// UNAVAILABLE), with and without `+`. Source: contracts, section 1.
const WITHHELD_AS_DIGITS: [&str; 5] = ["266696687", "7378742833", "2562533", "8656696", "86282452253"];

impl Party {
    /// Reads the number a network gives for a caller. Whatever is not surely a number that could be
    /// rung back is [`Party::Withheld`].
    pub fn from_network(raw: &str) -> Self {
        let raw = raw.trim();
        if raw.starts_with("sip:") || raw.starts_with("sips:") || raw.starts_with("client:") {
            return Self::Sip(raw.to_owned());
        }
        // A word, or a number spelled as one, which a phone library would turn into digits.
        if Self::is_withheld_as_digits(raw) || raw.contains(char::is_alphabetic) {
            return Self::Withheld;
        }
        Phone::parse(raw, None).map_or(Self::Withheld, |written| Self::Known(written.phone))
    }

    /// Whether these digits are how some networks spell "no number".
    pub fn is_withheld_as_digits(raw: &str) -> bool {
        WITHHELD_AS_DIGITS.contains(&raw.strip_prefix('+').unwrap_or(raw))
    }

    pub fn phone(&self) -> Option<Phone> {
        match self {
            Self::Known(phone) => Some(*phone),
            Self::Sip(_) | Self::Withheld => None,
        }
    }
}

/// How far the network vouches for the caller's number (STIR/SHAKEN).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attestation {
    /// A: the caller is known to own the number. The only level at which a name may be spoken.
    Full,
    /// B or C: where the call entered is known, not whose number it is.
    Partial,
    Failed,
    #[default]
    None,
}

/// Whom a call of ours recognises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    Customer(Box<Customer>),
    Stranger(Phone),
    Unknown,
}

impl Caller {
    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Customer(customer) => Some(customer.id),
            Self::Stranger(_) | Self::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CustomerId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub numbers: Vec<Phone>,
    /// Who looks after this customer, as pinned by an admin.
    pub usual: Option<StaffId>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// For the whisper.
    pub note: Option<String>,
    pub tags: Vec<String>,
    pub blocked: bool,
    pub recent: Vec<PastCall>,
    /// Who was asked to be the usual person, each once ever.
    pub asked: Vec<AskedToBeUsual>,
}

/// One earlier call of a customer. The newest few are kept beside the customer, so that recognising
/// a caller costs the same however long the history grows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastCall {
    pub at: Timestamp,
    /// Who took it, if anybody did.
    pub reached: Option<StaffId>,
    /// A human has said that the matter is settled.
    pub settled: bool,
}

/// How many of a customer's newest calls are kept beside the customer.
pub const REMEMBERED_CALLS: usize = 3;

/// Somebody was asked to be a customer's usual person: because of which calls, and what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedToBeUsual {
    pub who: StaffId,
    pub at: Timestamp,
    /// When the calls that they had taken came in, the newest first.
    pub took: Vec<Timestamp>,
    /// Of so many.
    pub of: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub yes: bool,
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_withheld_is_nobody() {
        for raw in [
            "",
            "anonymous",
            "Anonymous",
            "unknown",
            "Restricted",
            "unavailable",
            "+266696687",
            "266696687",
            "+7378742833",
            "+2562533",
            "2562533",
            "+8656696",
            "+86282452253",
            "+",
            "0",
            "+0",
            "NULL",
            "private",
            "+1800FLOWERS",
        ] {
            assert_eq!(Party::from_network(raw), Party::Withheld, "{raw:?}");
        }
    }

    #[test]
    fn a_number_is_a_number_and_a_sip_address_is_not() {
        assert_eq!(Party::from_network("+447700900123").phone(), Phone::from_e164("+447700900123"));
        assert_eq!(Party::from_network("sip:anna@pbx.example.com").phone(), None);
        assert_eq!(Party::from_network("client:alice").phone(), None);
    }
}
