//! Tables of words hold what people read in five languages: none of them may be English by mistake.

use super::source::Source;
use super::{Problem, problem};

const LANGUAGES: usize = 5;

pub fn problems(source: &Source) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        if let Some(texts) = texts(line)
            && let Some((english, others)) = texts.split_first()
            && others.contains(english)
            && words(english) > 1
        {
            let what = format!("\"{english}\" is left in English");
            found.push(problem(
                source,
                at,
                what,
                "translate it; one word may be the same in two languages, several are not",
            ));
        }
        at += line.len();
    }
    found
}

/// The texts of one line of a table: `key(place): "…" | "…" | "…" | "…" | "…";`
fn texts(line: &str) -> Option<Vec<&str>> {
    let (_, texts) = line.trim().strip_suffix("\";")?.split_once(": \"")?;
    let texts: Vec<&str> = texts.split("\" | \"").collect();
    (texts.len() == LANGUAGES).then_some(texts)
}

/// Words that can be translated: neither signs nor units, nor what is put into a place.
fn words(text: &str) -> usize {
    let outside = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, outside)| outside));
    let is_word = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    outside.flat_map(str::split_whitespace).filter(is_word).count()
}

#[test]
fn a_sentence_that_was_not_translated_is_seen() {
    let source = |line: &str| Source::new("src/console/words.rs", line);
    let forgotten =
        source("    rings(who): \"rings {who} now\" | \"belt {who}\" | \"rings {who} now\" | \"sonne\" | \"suena\";\n");
    assert_eq!(problems(&forgotten).len(), 1);
    for fine in [
        "    link: \"Link\" | \"Link\" | \"Link\" | \"Lien\" | \"Enlace\";\n",
        "    of(name, day): \"{name}, {day}\" | \"{name}, {day}\" | \"{name}, {day}\" | \"{name}, {day}\" | \"{name}, {day}\";\n",
        "    let text = \"not a table\";\n",
    ] {
        assert!(problems(&source(fine)).is_empty(), "{fine}");
    }
}
