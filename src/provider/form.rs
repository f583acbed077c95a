//! The parameters of a webhook, decoded once for both the signature and the meaning.

use std::fmt;

/// Above what any webhook carries: the SIP headers of a call included, they are a few dozen. Bounds
/// the sorting that a stranger can make us do.
const PARAMETERS_MAX: usize = 512;
/// An incoming call has some twenty.
const PARAMETERS_USUAL: usize = 32;

/// Decoded parameters in byte order of name and value, each distinct pair once: the order in which
/// signatures of the TwiML family cover them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// All names and values, one after another: a single allocation, since every call begins with this.
    text: String,
    pairs: Vec<Pair>,
}

/// Places in the text: a name ends where its value begins.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pair {
    name: usize,
    value: usize,
    end: usize,
}

/// What is no form that any provider sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAForm {
    /// More than 512 parameters.
    TooLong,
    /// A name or a value is not UTF-8. Refused rather than repaired: nobody signed the repair.
    NotText,
}

impl Form {
    pub const fn empty() -> Self {
        Self { text: String::new(), pairs: Vec::new() }
    }

    /// Reads `application/x-www-form-urlencoded` as browsers do: a stray `%` stands for itself.
    pub fn decode(encoded: &[u8]) -> Result<Self, NotAForm> {
        let mut bytes = Vec::with_capacity(encoded.len());
        let mut pairs = Vec::with_capacity(PARAMETERS_USUAL);
        for parameter in encoded.split(|&byte| byte == b'&').filter(|parameter| !parameter.is_empty()) {
            if pairs.len() == PARAMETERS_MAX {
                return Err(NotAForm::TooLong);
            }
            let mut halves = parameter.splitn(2, |&byte| byte == b'=');
            let name = bytes.len();
            decode_onto(&mut bytes, halves.next().unwrap_or_default());
            let value = bytes.len();
            decode_onto(&mut bytes, halves.next().unwrap_or_default());
            pairs.push(Pair { name, value, end: bytes.len() });
        }
        let text = String::from_utf8(bytes).map_err(|_| NotAForm::NotText)?;
        if !pairs.iter().all(|pair| text.is_char_boundary(pair.value) && text.is_char_boundary(pair.end)) {
            return Err(NotAForm::NotText);
        }
        pairs.sort_unstable_by(|a, b| a.parts(&text).cmp(&b.parts(&text)));
        pairs.dedup_by(|a, b| a.parts(&text) == b.parts(&text));
        Ok(Self { text, pairs })
    }

    /// The value of a parameter; of a repeated one the first in byte order.
    pub fn get(&self, name: &str) -> Option<&str> {
        let at = self.pairs.partition_point(|pair| pair.parts(&self.text).0 < name);
        self.pairs.get(at).map(|pair| pair.parts(&self.text)).filter(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|pair| pair.parts(&self.text))
    }
}

impl Pair {
    fn parts(self, text: &str) -> (&str, &str) {
        (text.get(self.name..self.value).unwrap_or_default(), text.get(self.value..self.end).unwrap_or_default())
    }
}

/// Most values are plain, and are copied in one go.
fn decode_onto(bytes: &mut Vec<u8>, mut encoded: &[u8]) {
    while let Some(at) = encoded.iter().position(|&byte| matches!(byte, b'%' | b'+')) {
        let (plain, special) = encoded.split_at(at);
        bytes.extend_from_slice(plain);
        let (byte, length) = match special {
            [b'+', ..] => (b' ', 1),
            [_, high, low, ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, 3),
                (_, _) => (b'%', 1),
            },
            _ => (b'%', 1),
        };
        bytes.push(byte);
        encoded = special.get(length..).unwrap_or_default();
    }
    bytes.extend_from_slice(encoded);
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Values are numbers and names of customers: only the names of the parameters are shown.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pairs().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_found_whatever_the_order_it_came_in() {
        let form = Form::decode(b"To=%2B44&CallSid=CA1&Body=a+b%26c&Empty=&To=%2B33&To=%2B33").unwrap();
        assert_eq!(form.get("CallSid"), Some("CA1"));
        assert_eq!(form.get("Body"), Some("a b&c"));
        assert_eq!(form.get("Empty"), Some(""));
        assert_eq!(form.get("To"), Some("+33"));
        assert_eq!(form.get("Call"), None);
        assert_eq!(form.get("Zebra"), None);
        assert_eq!(form.pairs().count(), 5);
    }

    #[test]
    fn a_flood_of_parameters_is_refused_before_it_is_sorted() {
        assert!(Form::decode("a=1&".repeat(512).as_bytes()).is_ok());
        assert_eq!(Form::decode("a=1&".repeat(513).as_bytes()), Err(NotAForm::TooLong));
    }

    #[test]
    fn what_is_no_text_is_refused_even_where_two_halves_would_make_a_letter() {
        for encoded in [&b"a=%FF"[..], b"a=\xff", b"%C3=%B8", b"=%C3&%B8=", b"a=%C3"] {
            assert_eq!(Form::decode(encoded), Err(NotAForm::NotText), "{encoded:?}");
        }
    }

    #[test]
    fn a_log_shows_no_value() {
        assert_eq!(format!("{:?}", Form::decode(b"From=%2B447700900123").unwrap()), r#"["From"]"#);
    }

    proptest::proptest! {
        #[test]
        fn it_reads_what_browsers_and_their_library_read(encoded in "([a-c%+=&;é \u{0}-\u{7f}]|%[0-9a-f][0-9A-F]){0,40}") {
            let mut expected: Vec<_> = form_urlencoded::parse(encoded.as_bytes()).into_owned().collect();
            expected.sort();
            expected.dedup();
            let broken = expected.iter().any(|(name, value)| (name.clone() + value).contains(char::REPLACEMENT_CHARACTER));
            match Form::decode(encoded.as_bytes()) {
                Ok(form) => {
                    let read: Vec<_> = form.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                    assert_eq!(read, expected);
                }
                Err(error) => assert!(broken && error == NotAForm::NotText, "{error:?}"),
            }
        }
    }
}
