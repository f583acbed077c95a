//! A text file of any common encoding as UTF-8, read once from front to back.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes read at a time; also how much is looked at to guess an encoding.
const CHUNK: usize = 64 << 10;

pub(super) struct Decoded<R> {
    source: R,
    bytes_read: u64,
    /// `None` while everything was ASCII, which is the same in most encodings.
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    text: String,
    /// How much of `text` has been given out.
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(source: R) -> io::Result<Self> {
        let mut decoded = Self {
            source,
            bytes_read: 0,
            decoder: None,
            raw: Vec::with_capacity(CHUNK),
            text: String::new(),
            given: 0,
            ended: false,
        };
        decoded.read_chunk()?;
        decoded.decoder = marked(&decoded.raw).map(Encoding::new_decoder_with_bom_removal);
        decoded.decode();
        Ok(decoded)
    }

    /// Bytes of the file itself.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The first 64 KiB or so, before anything of it was taken.
    pub(super) fn ahead(&self) -> &str {
        self.text.get(self.given..).unwrap_or_default()
    }

    /// In bytes: whoever reads may stop in the middle of a character.
    fn left(&self) -> &[u8] {
        self.text.as_bytes().get(self.given..).unwrap_or_default()
    }

    /// Leaves out that many bytes of what is [`Decoded::ahead`].
    pub(super) fn skip(&mut self, bytes: usize) {
        self.given = (self.given + bytes).min(self.text.len());
    }

    fn read_chunk(&mut self) -> io::Result<()> {
        self.raw.clear();
        let limit = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        let read = self.source.by_ref().take(limit).read_to_end(&mut self.raw)?;
        self.bytes_read += u64::try_from(read).unwrap_or(0);
        self.ended = read < CHUNK;
        Ok(())
    }

    fn decode(&mut self) {
        self.text.clear();
        self.given = 0;
        if self.decoder.is_none() && !self.raw.is_ascii() {
            self.decoder = Some(guess(&self.raw).new_decoder_without_bom_handling());
        }
        match &mut self.decoder {
            None => self.text.push_str(std::str::from_utf8(&self.raw).unwrap_or_default()),
            Some(decoder) => {
                let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3 + 16);
                self.text.reserve(room);
                // The room is enough for all of it, so one turn takes everything.
                let _ = decoder.decode_to_string(&self.raw, &mut self.text, self.ended);
            }
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.left().is_empty() && !self.ended {
            self.read_chunk()?;
            self.decode();
        }
        let bytes = self.left();
        let count = bytes.len().min(out.len());
        if let (Some(from), Some(to)) = (bytes.get(..count), out.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

/// The encoding that the first bytes give away: a byte order mark, or the zero bytes of UTF-16.
fn marked(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(encoding);
    }
    match start {
        [letter, 0, _, 0, ..] if *letter != 0 => Some(UTF_16LE),
        [0, letter, 0, _, ..] if *letter != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(chunk: &[u8]) -> &'static Encoding {
    // A chunk may end in the middle of a character.
    let is_utf8 = std::str::from_utf8(chunk).map_or_else(|error| error.error_len().is_none(), |_| true);
    if is_utf8 {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(chunk, false);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Decoded::new(bytes).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_name_is_the_same_in_every_common_encoding() {
        let text = "name;phone\nZoë Müller-Lüdenscheidt, Café \"À la carte\";020 7946 0000\n";
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        assert_eq!(read(text.as_bytes()), text);
        assert_eq!(read(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), text);
        assert_eq!(read(&[b"\xFF\xFE", &utf_16(u16::to_le_bytes)[..]].concat()), text);
        assert_eq!(read(&[b"\xFE\xFF", &utf_16(u16::to_be_bytes)[..]].concat()), text);
        assert_eq!(read(&utf_16(u16::to_le_bytes)), text);
        assert_eq!(read(&encoding_rs::WINDOWS_1252.encode(text).0), text);
    }

    #[test]
    fn an_encoding_that_shows_late_is_still_seen() {
        let plain = "Smith;020 7946 0000\n".repeat(20_000);
        assert_eq!(read(format!("{plain}Zoë;1\n").as_bytes()), format!("{plain}Zoë;1\n"));
        let legacy = [plain.as_bytes(), b"Zo\xEB M\xFCller;1\n"].concat();
        assert_eq!(read(&legacy), format!("{plain}Zoë Müller;1\n"));
    }

    #[test]
    fn a_character_across_two_chunks_stays_whole() {
        for shift in 0..4 {
            let text = format!("{}{}", "x".repeat(shift), "é€😀".repeat(30_000));
            assert_eq!(read(text.as_bytes()), text);
        }
    }
}
