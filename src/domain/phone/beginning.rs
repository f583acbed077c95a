//! The numbers that begin as somebody has typed so far.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Country, Phone};

/// Of the digits after the `+`, as [`Phone::digits`] counts them.
const DIGITS: RangeInclusive<usize> = 7..=15;

/// All numbers that begin like `typed`, as ranges of [`Phone::digits`]: `0770 09` in Britain, `+44 7700`, `44 77`.
/// Empty for what cannot become a number.
pub fn beginning(typed: &str, country: Option<Country>) -> Vec<RangeInclusive<i64>> {
    let typed = typed.trim();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let looks_like_number = typed.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c));
    if digits.is_empty() || !looks_like_number {
        return Vec::new();
    }
    let mut beginnings: BTreeSet<String> = completed(typed, country).collect();
    if !digits.starts_with('0') {
        beginnings.insert(digits);
    }
    beginnings.iter().flat_map(|beginning| ranges(beginning)).collect()
}

/// The local spelling as a beginning of E.164. Only whole numbers can be read, so it is completed to every length
/// that is one, and what was added taken off again.
fn completed(typed: &str, country: Option<Country>) -> impl Iterator<Item = String> {
    (0..*DIGITS.end()).filter_map(move |missing| {
        let added = "5".repeat(missing);
        let phone = Phone::parse(&format!("{typed}{added}"), country).ok()?.phone;
        let beginning = phone.0.to_string().strip_suffix(&added)?.to_owned();
        Some(beginning).filter(|beginning| !beginning.is_empty())
    })
}

fn ranges(beginning: &str) -> impl Iterator<Item = RangeInclusive<i64>> {
    let known = beginning.len();
    let first: Option<i64> = beginning.parse().ok();
    DIGITS.filter_map(move |length| {
        let missing = u32::try_from(length.checked_sub(known)?).ok()?;
        let step = 10_i64.checked_pow(missing)?;
        let from = first?.checked_mul(step)?;
        Some(from..=from + (step - 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(typed: &str, country: &str, number: &str) -> bool {
        let digits = Phone::from_e164(number).unwrap().digits();
        beginning(typed, Country::parse(country)).iter().any(|range| range.contains(&digits))
    }

    #[test]
    fn a_number_is_found_by_its_beginning_in_every_spelling() {
        for typed in
            ["0", "07", "0770 09", "07700 900201", "+44 7700", "+44 (0)7700", "0044 77", "44 77", "447700900201"]
        {
            assert!(finds(typed, "GB", "+447700900201"), "{typed}");
        }
        assert!(finds("(202) 555", "US", "+12025550123"));
        assert!(finds("1 202", "US", "+12025550123"));
        assert!(finds("0208 / 12", "DE", "+4920812345678"));
        assert!(finds("06 69", "IT", "+390669812345"));
        assert!(finds("91 2", "ES", "+34912345678"));
    }

    #[test]
    fn another_number_is_not_found() {
        for typed in ["0771", "0770 01", "+45", "4478", "020", "07700 9002011"] {
            assert!(!finds(typed, "GB", "+447700900201"), "{typed}");
        }
    }

    #[test]
    fn a_word_begins_no_number() {
        for typed in ["", " ", "+", "Okafor", "12a", "#vip"] {
            assert_eq!(beginning(typed, Country::parse("GB")), [], "{typed:?}");
        }
    }
}
