//! What somebody probably meant who wrote a word that is none, and words as a search compares them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word that is told apart from others, in characters.
const WORD_MAX: usize = 40;

/// The words of a text without case, accents and signs: `O’Neill & Søn` has `oneill` and `son`.
pub fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’')).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
    }
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_MAX).collect()).collect()
}

/// The word of `known` that was probably meant by `word`.
pub fn meant<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let near = |candidate: &str| {
        let candidate = candidate.to_lowercase();
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        let allowed = (candidate.chars().count().max(word.chars().count()) / 3).max(1);
        (distance <= allowed).then_some(distance)
    };
    known.into_iter().filter_map(|candidate| near(candidate).map(|d| (d, candidate))).min().map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_recognised_and_another_word_is_not() {
        assert_eq!(meant("pria", ["sam", "priya", "tom"]), Some("priya"));
        assert_eq!(meant("Tomm", ["sam", "priya", "tom"]), Some("tom"));
        assert_eq!(meant("gabriella", ["sam", "priya", "tom"]), None);
    }

    #[test]
    fn words_are_the_same_however_they_are_written() {
        assert_eq!(words("Zoë MÜLLER-Lüdenscheidt"), ["zoe", "muller", "ludenscheidt"]);
        assert_eq!(words("O’Neill & Søn (Straße 5)"), ["oneill", "son", "strasse", "5"]);
        assert_eq!(words("o'neill"), words("O’NEILL"));
        assert_eq!(words("İstanbul ısı"), ["istanbul", "isi"]);
        assert!(words("% _ \\").is_empty());
        assert_eq!(words(&"x".repeat(99)), ["x".repeat(40)]);
    }
}
