//! A Rust file as tidy looks at it: what the compiler acts on apart from what is only said.

use std::fs;
use std::path::Path;

pub struct Source {
    /// From the root of the repository, with forward slashes.
    pub path: String,
    pub text: String,
    /// The text without comments and without the insides of strings; every byte stands where it stood.
    pub code: String,
    /// The text without comments only.
    pub speech: String,
    /// Where its tests begin: at once below `tests/`, at the trailing `#[cfg(test)] mod` elsewhere.
    pub tests_begin: usize,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        let code = blank(text, &[Piece::Comment, Piece::Literal]);
        let in_tests = path.starts_with("tests/");
        let tests_begin = if in_tests { 0 } else { code.find("\n#[cfg(test)]\nmod ").map_or(code.len(), |at| at + 1) };
        Source {
            path: path.to_owned(),
            text: text.to_owned(),
            speech: blank(text, &[Piece::Comment]),
            code,
            tests_begin,
        }
    }

    /// The parts of the module path: `src/store/call.rs` is `["store", "call"]`, `src/lib.rs` is `["lib"]`.
    pub fn module(&self) -> Vec<&str> {
        self.path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect()
    }

    /// Counted from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
    }

    /// Lines that count towards the size: the tests of the file itself, at its end, do not.
    pub fn lines(&self) -> usize {
        let counted = if self.path.starts_with("tests/") { self.text.len() } else { self.tests_begin };
        self.text.get(..counted).unwrap_or_default().lines().count()
    }
}

/// All our Rust files, in order of their paths.
pub fn all() -> Vec<Source> {
    let mut sources = Vec::new();
    for folder in ["src", "tests", "benches", "fuzz/fuzz_targets"] {
        gather(&root().join(folder), &mut sources);
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 10, "tidy found hardly any files below {}", root().display());
    sources
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn gather(folder: &Path, sources: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            gather(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            sources.push(Source::new(&inside, &fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Where `word` stands in `text` as the beginning of a word.
pub fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let starts_a_word = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default().chars().next_back();
        !word.starts_with(is_name) || !before.is_some_and(is_name)
    };
    text.match_indices(word).map(|(at, _)| at).filter(starts_a_word)
}

/// The name that `text` begins with; empty if it does not begin with one.
pub fn leading_name(text: &str) -> &str {
    text.get(..text.find(|c| !is_name(c)).unwrap_or(text.len())).unwrap_or_default()
}

fn is_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

#[derive(PartialEq)]
enum Piece {
    Code,
    Comment,
    Literal,
}

fn blank(text: &str, what: &[Piece]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, length) = first_piece(rest);
        let (this, after) = rest.split_at(length);
        if what.contains(&piece) {
            out.extend(this.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            out.push_str(this);
        }
        rest = after;
    }
    out
}

/// What `text` begins with, and for how many bytes.
fn first_piece(text: &str) -> (Piece, usize) {
    if text.starts_with("//") {
        return (Piece::Comment, text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return (Piece::Comment, block_comment(text));
    }
    if let Some(inside) = text.strip_prefix('"') {
        return (Piece::Literal, 1 + closed_by('"', inside));
    }
    if let Some(inside) = text.strip_prefix('\'') {
        let mut chars = inside.chars();
        let is_char = chars.next() == Some('\\') || chars.next() == Some('\'');
        return if is_char { (Piece::Literal, 1 + closed_by('\'', inside)) } else { (Piece::Code, 1) };
    }
    let name = leading_name(text);
    if matches!(name, "r" | "br" | "cr") {
        let after = text.get(name.len()..).unwrap_or_default();
        let hashes = after.len() - after.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        if let Some(inside) = after.get(hashes..).and_then(|rest| rest.strip_prefix('"')) {
            let length = inside.find(&end).map_or(inside.len(), |at| at + end.len());
            return (Piece::Literal, name.len() + hashes + 1 + length);
        }
    }
    (Piece::Code, name.len().max(text.chars().next().map_or(1, char::len_utf8)))
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    for (at, pair) in text.as_bytes().windows(2).enumerate() {
        match pair {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 2;
        }
    }
    text.len()
}

fn closed_by(quote: char, inside: &str) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    inside.len()
}

#[test]
fn comments_and_strings_are_told_from_code() {
    let source =
        Source::new("src/a.rs", "a('\"', '\\'', 'x: &'a str) /* b /* c */ d */ r#\"e\"f\"# \"g\\\"h\" // i\nj\n");
    assert_eq!(source.code.split_whitespace().collect::<String>(), "a(,,'x:&'astr)j");
    assert!(source.speech.contains("e\"f") && source.speech.contains("g\\\"h") && !source.speech.contains('i'));
    assert_eq!(source.code.len(), source.text.len());
    assert_eq!(source.line_of(source.code.find('j').unwrap()), 2);
}
