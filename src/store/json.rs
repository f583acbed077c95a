//! Documents on their way into a column.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CharEscape, Formatter};

use super::StoreError;

/// A value as a JSON document.
pub(super) fn document(value: &impl Serialize) -> Result<String, StoreError> {
    let mut bytes = Vec::with_capacity(2048);
    value
        .serialize(&mut Serializer::with_formatter(&mut bytes, WithoutNul))
        .map_err(|error| StoreError::Invalid(format!("cannot be written as JSON: {error}")))?;
    String::from_utf8(bytes).map_err(|error| StoreError::Invalid(format!("cannot be written as JSON: {error}")))
}

/// PostgreSQL keeps no NUL in a text, so both engines keep U+FFFD in its place.
struct WithoutNul;

impl Formatter for WithoutNul {
    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        let byte = match escape {
            CharEscape::AsciiControl(0) => return writer.write_all(b"\\ufffd"),
            CharEscape::AsciiControl(byte) => return write!(writer, "\\u{byte:04x}"),
            CharEscape::Quote => b'"',
            CharEscape::ReverseSolidus => b'\\',
            CharEscape::Solidus => b'/',
            CharEscape::Backspace => b'b',
            CharEscape::FormFeed => b'f',
            CharEscape::LineFeed => b'n',
            CharEscape::CarriageReturn => b'r',
            CharEscape::Tab => b't',
        };
        writer.write_all(&[b'\\', byte])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_that_a_provider_sent_is_kept_as_a_question() {
        assert_eq!(document(&("a\"\n\u{1}", "é\0")).unwrap(), r#"["a\"\n\u0001","é\ufffd"]"#);
    }
}
