//! Phone numbers: E.164 inside, local spelling outside, never whole in a log.

mod beginning;

pub use beginning::beginning;

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region,
    ValidationError,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number in E.164. Holds the digits after the `+`: at most 15, so they fit an integer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(u64);

/// The country whose local spelling of numbers is understood, as its two-letter ISO 3166 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country(Region);

/// Why a text is not a phone number, in words for the person who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPhone {
    #[error("a number without + is local to a country, and no country is known here")]
    NoCountry,
    #[error("it is too short to be a phone number")]
    TooShort,
    #[error("it is too long to be a phone number")]
    TooLong,
    #[error("it is not a phone number")]
    Malformed,
}

/// A number as somebody wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub phone: Phone,
    /// False where the numbering plan knows no such number: a warning, never a refusal,
    /// since plans change and fictional numbers are never valid.
    pub valid: bool,
}

/// Whether a text can reach a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Mobile,
    Landline,
    /// Premium or shared-cost, or reached through a network that bills like one (satellites, personal numbers).
    Costly,
    /// The plan does not tell: all of North America, and numbers it does not know.
    Unknown,
}

/// Networks without a country: satellites, international premium and shared-cost numbers (ITU-T E.164).
const COSTLY_PREFIXES: [&str; 6] = ["870", "878", "881", "882", "883", "979"];

impl Country {
    /// `None` for anything but a country code that has a numbering plan.
    pub fn parse(code: &str) -> Option<Self> {
        let region = Region::from_str(&code.to_ascii_uppercase()).ok()?;
        PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| Self(region))
    }
}

impl Country {
    /// Whether this is the country of a two-letter code in capitals.
    pub fn is(self, code: &str) -> bool {
        Region::from_str(code).is_ok_and(|region| region == self.0)
    }
}

impl Phone {
    /// Reads a number as people write it: `020 7946 0000` with a country, `+44 20 7946 0000` without.
    pub fn parse(text: &str, country: Option<Country>) -> Result<Written, NotAPhone> {
        let text = text.trim();
        let number = PHONE_NUMBER_UTIL.parse(text, country.map(|c| c.0)).map_err(|error| match error {
            ParseError::InvalidCountryCode if country.is_none() && !text.starts_with('+') => NotAPhone::NoCountry,
            ParseError::TooShortAfterIdd | ParseError::TooShortNsn => NotAPhone::TooShort,
            ParseError::TooLongNsn => NotAPhone::TooLong,
            ParseError::InvalidCountryCode | ParseError::NotANumber(_) => NotAPhone::Malformed,
        })?;
        match PHONE_NUMBER_UTIL.is_possible_number_with_reason(&number) {
            Ok(NumberLengthType::IsPossible) => {}
            Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
                return Err(NotAPhone::TooShort);
            }
            Err(ValidationError::TooLong) => return Err(NotAPhone::TooLong),
            Err(_) => return Err(NotAPhone::Malformed),
        }
        let phone =
            Self::from_e164(&PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164)).ok_or(NotAPhone::Malformed)?;
        Ok(Written { phone, valid: PHONE_NUMBER_UTIL.is_valid_number(&number) })
    }

    /// Reads strict E.164 (`+` and 7 to 15 digits) without asking any numbering plan.
    pub fn from_e164(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let shaped =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        shaped.then(|| digits.parse().ok().map(Self)).flatten()
    }

    /// The digits after the `+`, as the store keeps them.
    pub fn digits(self) -> i64 {
        // At most 15 digits: far below the limit.
        i64::try_from(self.0).unwrap_or(i64::MAX)
    }

    /// The reverse of [`Phone::digits`].
    pub fn from_digits(digits: i64) -> Option<Self> {
        (1_000_000..1_000_000_000_000_000).contains(&digits).then(|| u64::try_from(digits).ok().map(Self)).flatten()
    }

    pub fn kind(self) -> Kind {
        use PhoneNumberType as T;
        let digits = self.0.to_string();
        if COSTLY_PREFIXES.iter().any(|prefix| digits.starts_with(prefix)) {
            return Kind::Costly;
        }
        match self.parsed().map(|number| PHONE_NUMBER_UTIL.get_number_type(&number)) {
            Some(T::Mobile) => Kind::Mobile,
            Some(T::PremiumRate | T::SharedCost | T::PersonalNumber) => Kind::Costly,
            Some(T::FixedLine | T::TollFree | T::UAN | T::VoiceMail) => Kind::Landline,
            _ => Kind::Unknown,
        }
    }

    /// As people of the number's own country would read it, with the country code: `+44 20 7946 0000`.
    pub fn spaced(self) -> String {
        self.parsed().map_or_else(
            || self.to_string(),
            |number| PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International).into_owned(),
        )
    }

    /// For logs: the first three and the last two digits.
    pub fn masked(self) -> String {
        let digits = self.0.to_string();
        let (Some(head), Some(tail)) = (digits.get(..3), digits.get(digits.len().saturating_sub(2)..)) else {
            return "+…".to_owned();
        };
        format!("+{head}…{tail}")
    }

    fn parsed(self) -> Option<PhoneNumber> {
        PHONE_NUMBER_UTIL.parse(self.to_string(), None).ok()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

/// Masked, so that a `{:?}` in a log gives no number away.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Phone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_e164(&text).ok_or_else(|| serde::de::Error::custom("not an E.164 number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gb() -> Option<Country> {
        Country::parse("gb")
    }

    #[test]
    fn a_local_and_an_international_spelling_are_the_same_number() {
        let local = Phone::parse("020 7946 0000", gb()).unwrap();
        assert_eq!(local.phone, Phone::from_e164("+442079460000").unwrap());
        assert_eq!(Phone::parse("+44 (0)20 7946-0000", None).unwrap().phone, local.phone);
        assert_eq!(Phone::parse("0044 20 7946 0000", gb()).unwrap().phone, local.phone);
    }

    #[test]
    fn a_fictional_number_is_accepted_with_a_warning() {
        let written = Phone::parse("+447700900102", None).unwrap();
        assert_eq!(written.phone.to_string(), "+447700900102");
        assert_eq!(written.phone.spaced(), "+44 7700 900102");
    }

    #[test]
    fn what_cannot_be_dialled_says_why() {
        assert_eq!(Phone::parse("020 7946 0000", None), Err(NotAPhone::NoCountry));
        assert_eq!(Phone::parse("0207", gb()), Err(NotAPhone::TooShort));
        assert_eq!(Phone::parse("+44207946000012345", None), Err(NotAPhone::TooLong));
        assert_eq!(Phone::parse("call me", gb()), Err(NotAPhone::Malformed));
        assert_eq!(Phone::parse("", gb()), Err(NotAPhone::Malformed));
    }

    #[test]
    fn a_log_shows_only_the_ends_of_a_number() {
        let phone = Phone::from_e164("+447700900102").unwrap();
        assert_eq!(format!("{phone:?}"), "+447…02");
        assert_eq!(Phone::from_digits(phone.digits()), Some(phone));
    }

    #[test]
    fn a_landline_is_known_and_a_mobile_too() {
        assert_eq!(Phone::from_e164("+442083661177").unwrap().kind(), Kind::Landline);
        assert_eq!(Phone::from_e164("+447400123456").unwrap().kind(), Kind::Mobile);
        assert_eq!(Phone::from_e164("+12015550123").unwrap().kind(), Kind::Unknown);
    }
}
