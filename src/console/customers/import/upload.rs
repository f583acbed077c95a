//! A list as a browser sends it: in a form of one field, or bare.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// The beginning of a form, before the list.
const HEAD_BYTES_MAX: usize = 8 * 1024;
/// RFC 2046 allows 70 characters.
const BOUNDARY_MAX: usize = 70;

/// Where in a file the list is.
pub(super) struct Upload {
    file: Arc<File>,
    /// A file has one place at which it is read.
    turn: Mutex<()>,
    from: u64,
    until: u64,
}

impl Upload {
    /// `None`: there is no list in it.
    pub(super) fn of(file: Arc<File>, kind: &str) -> io::Result<Option<Self>> {
        let whole = file.metadata()?.len();
        let (from, until) = match boundary(kind) {
            None => (0, whole),
            Some(boundary) => match field(&file, whole, &boundary)? {
                Some(field) => field,
                None => return Ok(None),
            },
        };
        Ok((from < until).then(|| Self { file, turn: Mutex::new(()), from, until }))
    }

    pub(super) fn bytes(&self) -> u64 {
        self.until - self.from
    }

    pub(super) fn read(&self) -> Reading<'_> {
        Reading { upload: self, at: self.from }
    }
}

pub(super) struct Reading<'a> {
    upload: &'a Upload,
    at: u64,
}

impl Read for Reading<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let _turn = self.upload.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = &*self.upload.file;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.take(self.upload.until.saturating_sub(self.at)).read(out)?;
        self.at += u64::try_from(read).unwrap_or(0);
        Ok(read)
    }
}

fn boundary(kind: &str) -> Option<String> {
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return None;
    }
    let given = kind.split(';').find_map(|part| part.trim().strip_prefix("boundary="));
    // None can be found in a form without one.
    Some(format!("--{}", given.unwrap_or_default().trim_matches('"')))
}

/// The contents of the only field: from behind its head to before the last boundary.
fn field(mut file: &File, whole: u64, boundary: &str) -> io::Result<Option<(u64, u64)>> {
    let mut head = Vec::with_capacity(HEAD_BYTES_MAX);
    file.seek(SeekFrom::Start(0))?;
    file.take(u64::try_from(HEAD_BYTES_MAX).unwrap_or(0)).read_to_end(&mut head)?;
    let Some(start) = find(&head, b"\r\n\r\n").filter(|_| head.starts_with(boundary.as_bytes())) else {
        return Ok(None);
    };
    let mut tail = Vec::new();
    let tail_from = whole.saturating_sub(u64::try_from(BOUNDARY_MAX * 2).unwrap_or(0));
    file.seek(SeekFrom::Start(tail_from))?;
    file.read_to_end(&mut tail)?;
    let end = [b"\r\n", boundary.as_bytes(), b"--"].concat();
    let from = u64::try_from(start + 4).unwrap_or(u64::MAX);
    Ok(find(&tail, &end).map(|end| (from, tail_from + u64::try_from(end).unwrap_or(0))))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len().max(1)).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn list(body: &str, kind: &str) -> Option<String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(body.as_bytes()).unwrap();
        let upload = Upload::of(Arc::new(file), kind).unwrap()?;
        let mut text = String::new();
        upload.read().read_to_string(&mut text).unwrap();
        assert_eq!(upload.bytes(), u64::try_from(text.len()).unwrap());
        Some(text)
    }

    #[test]
    fn the_list_is_what_the_form_holds_and_nothing_else() {
        let form = |list: &str| {
            format!(
                "--XyZ\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n{list}\r\n--XyZ--\r\n"
            )
        };
        let kind = "multipart/form-data; boundary=XyZ";
        assert_eq!(list(&form("name,phone\r\nA,1\r\n"), kind).as_deref(), Some("name,phone\r\nA,1\r\n"));
        assert_eq!(list(&form(&"x".repeat(99_999)), kind).map(|list| list.len()), Some(99_999));
        assert_eq!(list(&form(""), kind), None);
        assert_eq!(list("name,phone\n", kind), None);
        assert_eq!(list(&form("A"), "multipart/form-data"), None);
        assert_eq!(list("name,phone\n", "text/csv").as_deref(), Some("name,phone\n"));
        assert_eq!(list("", "text/csv"), None);
    }
}
