//! What somebody probably meant who wrote a word that is none.

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
}
