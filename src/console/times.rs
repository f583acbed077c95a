//! Times and numbers as people of a language write them.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::domain::words::Language;

/// `Mon 15 Jun 10:02`, with the year where it is not this one; for tables. Today's times stand without their day.
pub(crate) fn short(language: Language, at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    if at.date() == now.date() { clock } else { format!("{} {clock}", day(language, at.date(), now.date())) }
}

/// `Mon 15 Jun`, with the year where it is not that of `today`.
pub(crate) fn day(language: Language, date: Date, today: Date) -> String {
    let short = language.short_date(date);
    if date.year() == today.year() { short } else { format!("{short} {}", date.year()) }
}

/// For `<time datetime="…">`.
pub(crate) fn machine(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `1,234` as this language groups it.
pub(crate) fn number(language: Language, number: u64) -> String {
    let digits = number.to_string();
    let mark = match language {
        Language::English => ',',
        Language::Dutch | Language::German | Language::Spanish => '.',
        Language::French => '\u{202f}',
    };
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_short_as_it_can_be() {
        let now: Zoned = "2026-06-12T16:30[Europe/London]".parse().unwrap();
        let said = |at: &str| Language::ALL.map(|language| short(language, at.parse().unwrap(), &now));
        assert_eq!(said("2026-06-12T08:05:00Z")[0], "09:05");
        assert_eq!(
            said("2026-06-15T09:02:00Z"),
            ["Mon 15 Jun 10:02", "ma 15 jun 10:02", "Mo 15. Jun 10:02", "lun 15 juin 10:02", "lun 15 jun 10:02"]
        );
        assert_eq!(said("2025-01-02T10:02:00Z")[0], "Thu 2 Jan 2025 10:02");
    }

    #[test]
    fn large_numbers_are_grouped_as_the_language_does() {
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
        assert_eq!(number(Language::German, 1_234), "1.234");
        assert_eq!(number(Language::English, 999), "999");
        assert_eq!(number(Language::English, 0), "0");
    }
}
