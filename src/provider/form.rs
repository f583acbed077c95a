//! The parameters of a webhook, decoded once for both the signature and the meaning.

use std::borrow::Cow;
use std::fmt;

/// Above what any webhook carries: the SIP headers of a call included, they are a few dozen. Bounds
/// the sorting that a stranger can make us do.
const PARAMETERS_MAX: usize = 512;
/// An incoming call has some twenty.
const PARAMETERS_USUAL: usize = 32;

/// Decoded parameters in byte order of name and value, each distinct pair once: the order in which
/// signatures of the TwiML family cover them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form<'a> {
    pairs: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Form<'a> {
    pub const fn empty() -> Self {
        Self { pairs: Vec::new() }
    }

    /// Reads `application/x-www-form-urlencoded`. Bytes that are not UTF-8 are replaced, so that a
    /// signature over them cannot match. `None`: more than 512 parameters.
    pub fn decode(encoded: &'a [u8]) -> Option<Self> {
        let mut pairs = Vec::with_capacity(PARAMETERS_USUAL);
        pairs.extend(form_urlencoded::parse(encoded).take(PARAMETERS_MAX + 1));
        if pairs.len() > PARAMETERS_MAX {
            return None;
        }
        pairs.sort_unstable();
        pairs.dedup();
        Some(Self { pairs })
    }

    /// The value of a parameter; of a repeated one the first in byte order.
    pub fn get(&self, name: &str) -> Option<&str> {
        let at = self.pairs.partition_point(|(key, _)| key.as_ref() < name);
        self.pairs.get(at).filter(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(key, value)| (key.as_ref(), value.as_ref()))
    }
}

/// Values are numbers and names of customers: only the names of the parameters are shown.
impl fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pairs.iter().map(|(key, _)| key)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_found_whatever_the_order_it_came_in() {
        let form = Form::decode(b"To=%2B44&CallSid=CA1&Body=a+b%26c&Empty=&To=%2B33").unwrap();
        assert_eq!(form.get("CallSid"), Some("CA1"));
        assert_eq!(form.get("Body"), Some("a b&c"));
        assert_eq!(form.get("Empty"), Some(""));
        assert_eq!(form.get("To"), Some("+33"));
        assert_eq!(form.get("Call"), None);
        assert_eq!(form.get("Zebra"), None);
    }

    #[test]
    fn a_flood_of_parameters_is_refused_before_it_is_sorted() {
        assert!(Form::decode("a=1&".repeat(512).as_bytes()).is_some());
        assert!(Form::decode("a=1&".repeat(513).as_bytes()).is_none());
    }

    #[test]
    fn a_log_shows_no_value() {
        assert_eq!(format!("{:?}", Form::decode(b"From=%2B447700900123").unwrap()), r#"["From"]"#);
    }
}
