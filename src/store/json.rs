//! Batches on their way into a statement, and documents on their way into a column.

use std::io::{self, Write};

use serde::{Serialize, Serializer as _};
use serde_json::Serializer;
use serde_json::ser::{CharEscape, Formatter};

use super::StoreError;

/// A batch as one JSON array of arrays. A statement takes it apart again:
/// `SELECT value ->> 0, CAST(value ->> 1 AS bigint) FROM jsonb_each($1)`.
pub(super) fn list<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<String, StoreError> {
    write(|serializer| serializer.collect_seq(rows))
}

/// A value as a JSON document.
pub(super) fn document(value: &impl Serialize) -> Result<String, StoreError> {
    write(|serializer| value.serialize(serializer))
}

fn write(
    fill: impl FnOnce(&mut Serializer<&mut Vec<u8>, WithoutNul>) -> serde_json::Result<()>,
) -> Result<String, StoreError> {
    let mut bytes = Vec::with_capacity(1024);
    fill(&mut Serializer::with_formatter(&mut bytes, WithoutNul))
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
    fn a_batch_is_one_array_of_arrays() {
        assert_eq!(list([(1, "a\"\n\u{1}"), (2, "é")]).unwrap(), r#"[[1,"a\"\n\u0001"],[2,"é"]]"#);
        assert_eq!(list([Some(1), None]).unwrap(), "[1,null]");
    }

    #[test]
    fn a_nul_that_a_provider_sent_cannot_fail_the_batch() {
        assert_eq!(list([("a\0b",)]).unwrap(), r#"[["a\ufffdb"]]"#);
        assert_eq!(document(&"\0").unwrap(), r#""\ufffd""#);
    }
}
