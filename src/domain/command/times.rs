//! Days, clock times and lengths of time as people write them.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{SignedDuration, ToSpan};

use super::tokens::{Kind, Token};
use super::vocabulary as words;

/// A day, not yet placed in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// So many days from today.
    Ahead(i8),
    Weekday(Weekday),
    Date {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    /// The Monday of next week, for the whole week.
    NextWeek,
}

/// Minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    /// On the 24-hour clock, or with am or pm; 1440 is the end of the day.
    Exact(u16),
    /// `3`, `3:30` or `9`: in the morning or in the afternoon. Below 13:00.
    Either(u16),
}

/// A day, a clock time, or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) day: Option<Day>,
    pub(super) clock: Option<Clock>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Minutes(u32),
    Days(u32),
}

/// What was found at the beginning of some tokens, and how many of them it takes.
pub(super) type Found<T> = Option<(T, usize)>;

impl Point {
    pub(super) fn is_empty(&self) -> bool {
        self.day.is_none() && self.clock.is_none()
    }
}

pub(super) fn day(tokens: &[Token]) -> Found<Day> {
    if let Some(found) = date(tokens) {
        return Some(found);
    }
    let word = tokens.first()?.word()?;
    let next = tokens.get(1).and_then(Token::word);
    let in_list = |list: &[&str], word: Option<&str>| word.is_some_and(|word| list.contains(&word));
    let in_list_after_mark =
        |list| tokens.get(1).is_some_and(|token| token.is_mark('-')) && in_list(list, word_at(tokens, 2));
    match word {
        word if words::TODAY.contains(&word) => Some((Day::Ahead(0), 1)),
        word if words::DAY_AFTER.contains(&word) => Some((Day::Ahead(2), 1)),
        word if words::DAYS.contains(&word)
            && next == Some("after")
            && in_list(words::TOMORROW, word_at(tokens, 2)) =>
        {
            Some((Day::Ahead(2), 3))
        }
        "after" | "apres" | "pasado" if in_list(words::TOMORROW, next) => Some((Day::Ahead(2), 2)),
        "apres" if in_list_after_mark(words::TOMORROW) => Some((Day::Ahead(2), 3)),
        word if words::TOMORROW.contains(&word) => Some((Day::Ahead(1), 1)),
        word if words::NEXT.contains(&word) && in_list(words::WEEKS, next) => Some((Day::NextWeek, 2)),
        word if words::WEEKS.contains(&word) && in_list(words::NEXT, next) => Some((Day::NextWeek, 2)),
        word => words::weekday(word).map(|day| (Day::Weekday(day), 1)),
    }
}

/// `24 Dec`, `Dec 24 2026`, `24. Dezember`, `24 de diciembre`, `24/12`, `24.12.`, `2026-12-24`.
fn date(tokens: &[Token]) -> Found<Day> {
    let (found, used) = iso(tokens).or_else(|| in_numbers(tokens)).or_else(|| in_words(tokens))?;
    let Day::Date { month, day, .. } = found else { return None };
    // A leap year, so that the 29th of February is a date.
    Date::new(2024, month, day).is_ok().then_some((found, used))
}

fn iso(tokens: &[Token]) -> Found<Day> {
    let (year, month, day) = (year(tokens, 0)?, small(tokens, 2)?, small(tokens, 4)?);
    (mark_at(tokens, 1)? == '-' && mark_at(tokens, 3)? == '-')
        .then_some((Day::Date { year: Some(year), month, day }, 5))
}

fn in_numbers(tokens: &[Token]) -> Found<Day> {
    let (day, mark, month) = (small(tokens, 0)?, mark_at(tokens, 1)?, small(tokens, 2)?);
    let again = mark_at(tokens, 3) == Some(mark);
    let year = if again { year(tokens, 4) } else { None };
    let is_date = match mark {
        '/' => true,
        // `9.30` and `14-17` are clock times.
        '.' => again || day > 24,
        '-' => year.is_some() || day > 24,
        _ => false,
    };
    let used = match year {
        Some(_) => 5,
        None if again && mark == '.' => 4,
        None => 3,
    };
    let (day, month) = if month > 12 { (month, day) } else { (day, month) };
    is_date.then_some((Day::Date { year, month, day }, used))
}

fn in_words(tokens: &[Token]) -> Found<Day> {
    let skip = |at: usize, list: &[&str]| usize::from(word_at(tokens, at).is_some_and(|word| list.contains(&word)));
    let (day, month, mut used) = if let Some(day) = small(tokens, 0) {
        let mut at = 1 + skip(1, words::ORDINALS);
        at += usize::from(mark_at(tokens, at) == Some('.'));
        at += skip(at, &["of", "de"]);
        (day, words::month(word_at(tokens, at)?)?, at + 1)
    } else {
        let month = words::month(word_at(tokens, 0)?)?;
        let at = 1 + usize::from(mark_at(tokens, 1) == Some('.'));
        // `Mar 15:00` is a Tuesday.
        if mark_at(tokens, at + 1) == Some(':') {
            return None;
        }
        (small(tokens, at)?, month, at + 1 + skip(at + 1, words::ORDINALS))
    };
    used += usize::from(mark_at(tokens, used) == Some('.'));
    // `24 Dec 21:00` is a clock time.
    let year = year(tokens, used).filter(|year| year_has_four_digits(tokens, used) && (2020..2100).contains(year));
    Some((Day::Date { year, month, day }, used + usize::from(year.is_some())))
}

/// A clock time. `bare`: an hour alone is one, and so is `15h`.
pub(super) fn clock(tokens: &[Token], bare: bool) -> Found<Clock> {
    let first = tokens.first()?;
    if let Some(word) = first.word() {
        let exact = match word {
            word if words::NOON.contains(&word) => 12 * 60,
            word if words::MIDNIGHT.contains(&word) => 24 * 60,
            _ => return None,
        };
        return Some((Clock::Exact(exact), 1));
    }
    let Kind::Number { value, digits } = first.kind else { return None };
    let parted = mark_at(tokens, 1).is_some_and(|mark| mark == ':' || mark == '.')
        || (bare || value >= 7) && word_at(tokens, 1).is_some_and(|word| matches!(word, "h" | "u"));
    let minutes = tokens.get(2).filter(|_| parted).and_then(|token| match token.kind {
        Kind::Number { value, digits: 2 } if value < 60 => Some(value),
        _ => None,
    });
    let (hour, minute, mut used, sure) = match (digits, minutes) {
        (1 | 2, Some(minute)) => (value, minute, 3, true),
        (1 | 2, None) => (value, 0, 1, false),
        // `120 min` is a length.
        (3 | 4, _) if word_at(tokens, 1).and_then(unit).is_none_or(|unit| unit == 60) => {
            (value / 100, value % 100, 1, true)
        }
        _ => return None,
    };
    let after = word_at(tokens, used);
    let half = match after {
        Some("am" | "a") => Some(0),
        Some("pm" | "p") => Some(12),
        _ => None,
    };
    let oclock = after.is_some_and(|word| words::OCLOCK.contains(&word) || bare && words::HOURS.contains(&word));
    used += usize::from(half.is_some() || oclock);
    if !(sure || half.is_some() || oclock || bare) || minute > 59 {
        return None;
    }
    let minutes = |hour: u32| u16::try_from(hour * 60 + minute).ok();
    let clock = match half {
        Some(half) if (1..=12).contains(&hour) => Clock::Exact(minutes(hour % 12 + half)?),
        Some(_) => return None,
        None if hour > 24 || hour == 24 && minute > 0 => return None,
        None if digits < 3 && first.written.starts_with('0') => Clock::Exact(minutes(hour)?),
        // `7:00` is in the morning, and `7` when it comes.
        None if (1..7).contains(&hour) && digits < 3 || (7..=12).contains(&hour) && !sure => {
            Clock::Either(minutes(hour)?)
        }
        None => Clock::Exact(minutes(hour)?),
    };
    Some((clock, used))
}

/// `2H`, `30 min`, `1h30`, `1.5 hours`, `an hour`, `half an hour`, `3 days`, `a week`.
pub(super) fn length(tokens: &[Token]) -> Found<Length> {
    if word_at(tokens, 0).is_some_and(|word| words::HALF.contains(&word)) {
        let at = 1 + usize::from(word_at(tokens, 1).is_some_and(|word| words::ONE.contains(&word)));
        return word_at(tokens, at).filter(|word| words::HOURS.contains(word)).map(|_| (Length::Minutes(30), at + 1));
    }
    if word_at(tokens, 0).is_some_and(|word| words::ONE.contains(&word)) {
        return unit(word_at(tokens, 1)?).map(|minutes| (in_units(minutes, 1), 2));
    }
    let count = tokens.first()?.number()?;
    if mark_at(tokens, 1) == Some('.') && word_at(tokens, 3).is_some_and(|word| words::HOURS.contains(&word)) {
        let Kind::Number { value: tenths, digits: 1 } = tokens.get(2)?.kind else { return None };
        return Some((Length::Minutes(count.checked_mul(60)?.checked_add(tenths * 6)?), 4));
    }
    let word = word_at(tokens, 1)?;
    let unit = unit(word)?;
    let more = tokens.get(2).and_then(Token::number).filter(|more| words::HOURS.contains(&word) && *more < 60);
    if let Some(more) = more {
        let used = 3 + usize::from(word_at(tokens, 3).is_some_and(|word| words::MINUTES.contains(&word)));
        return Some((Length::Minutes(count.checked_mul(60)?.checked_add(more)?), used));
    }
    count.checked_mul(24 * 60 * 7)?;
    Some((in_units(unit, count), 2))
}

/// In minutes.
fn unit(word: &str) -> Option<u32> {
    match word {
        word if words::MINUTES.contains(&word) => Some(1),
        word if words::HOURS.contains(&word) => Some(60),
        word if words::DAYS.contains(&word) => Some(24 * 60),
        word if words::WEEKS.contains(&word) => Some(7 * 24 * 60),
        _ => None,
    }
}

/// `count` is small enough for a week of it not to overflow.
fn in_units(unit: u32, count: u32) -> Length {
    if unit >= 24 * 60 {
        Length::Days(count.saturating_mul(unit / (24 * 60)))
    } else {
        Length::Minutes(count.saturating_mul(unit))
    }
}

/// The first such day on or after `earliest`, seen from `today`. A date of a year is where it is.
pub(super) fn placed(day: Day, today: Date, earliest: Date) -> Option<Date> {
    match day {
        Day::Ahead(days) => today.checked_add(i64::from(days).days()).ok(),
        Day::Weekday(weekday) => {
            let eve = earliest.yesterday().ok()?;
            eve.nth_weekday(1, weekday).ok()
        }
        Day::NextWeek => today.nth_weekday(1, Weekday::Monday).ok(),
        Day::Date { year: Some(year), month, day } => Date::new(year, month, day).ok(),
        // The 29th of February is never more than eight years ahead.
        Day::Date { year: None, month, day } => (0..=8)
            .filter_map(|ahead| Date::new(earliest.year().checked_add(ahead)?, month, day).ok())
            .find(|date| *date >= earliest),
    }
}

/// The clock time on its date. `3` is in the afternoon, `9` when it comes first after `earliest`.
pub(super) fn at(date: Date, clock: Clock, earliest: Option<DateTime>) -> DateTime {
    let on = |minutes: u16| date.at(0, 0, 0, 0).saturating_add(SignedDuration::from_mins(i64::from(minutes)));
    match clock {
        Clock::Exact(minutes) => on(minutes),
        Clock::Either(minutes) if minutes < 7 * 60 => on(minutes + 12 * 60),
        // Twelve is noon.
        Clock::Either(minutes) if minutes >= 12 * 60 => on(minutes),
        Clock::Either(minutes) => match earliest {
            Some(earliest) if on(minutes) <= earliest => on(minutes + 12 * 60),
            Some(_) | None => on(minutes),
        },
    }
}

fn word_at(tokens: &[Token], at: usize) -> Option<&str> {
    tokens.get(at)?.word()
}

fn mark_at(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        Kind::Mark(mark) => Some(mark),
        Kind::Word(_) | Kind::Number { .. } => None,
    }
}

fn small(tokens: &[Token], at: usize) -> Option<i8> {
    tokens.get(at)?.number().and_then(|number| i8::try_from(number).ok()).filter(|number| (1..=31).contains(number))
}

fn year_has_four_digits(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Number { digits: 4, .. }))
}

fn year(tokens: &[Token], at: usize) -> Option<i16> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 4 } => i16::try_from(value).ok(),
        Kind::Number { value, digits: 2 } if at > 0 => i16::try_from(2000 + value).ok(),
        _ => None,
    }
}
