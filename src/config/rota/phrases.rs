//! The small phrases of the rota file: clock times, days, dates, durations.

use jiff::civil::{Date, DateTime, Weekday};

use crate::config::document::{Problems, Spanned};
use crate::domain::line::Within;
use crate::domain::rota::hours::{ClockTime, Span};

/// `08:30`; `24:00` only where a span ends.
pub(super) fn clock_time(text: &str) -> Option<ClockTime> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |part: &str, max_len: usize| {
        ((1..=max_len).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let whole = text.trim().rsplit(':').next().is_some_and(|minutes| minutes.len() == 2);
    (whole && minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0))).then(|| ClockTime(hours * 60 + minutes))
}

const SPAN_REMEDY: &str = "write from and to on the 24-hour clock: \"08:30-17:30\"";
const DAY_MINUTES: u16 = 24 * 60;

/// `08:30-17:30`; `22:00-02:00` runs past midnight; `00:00-24:00` is the whole day.
pub(super) fn span(text: &Spanned<&str>, problems: &mut Problems) -> Option<Span> {
    let parts = text.value.split_once(['-', '–']);
    let read = parts.and_then(|(from, to)| Some((clock_time(from)?, clock_time(to)?)));
    let Some((start, end)) = read else {
        problems.error(&text.place, format!("`{}` is not a span of time", text.value), SPAN_REMEDY);
        return None;
    };
    if start.0 == DAY_MINUTES {
        problems.error(&text.place, format!("`{}` begins at 24:00", text.value), "begin at 00:00 of the next day");
        return None;
    }
    if start == end {
        let remedy = "for the whole day write \"00:00-24:00\", for none \"closed\"";
        problems.error(&text.place, format!("`{}` is empty: it ends when it begins", text.value), remedy);
        return None;
    }
    Some(Span { start, end })
}

/// Reports spans of one day that run into each other.
pub(super) fn refuse_overlaps(spans: &[Spanned<Span>], problems: &mut Problems) {
    let minutes = |span: Span| {
        let end = if span.end <= span.start { span.end.0 + DAY_MINUTES } else { span.end.0 };
        (span.start.0, end)
    };
    for (index, one) in spans.iter().enumerate() {
        let (start, end) = minutes(one.value);
        let earlier = spans.iter().take(index).map(|other| minutes(other.value));
        if let Some((other_start, other_end)) = earlier.into_iter().find(|(s, e)| start < *e && *s < end) {
            let other = format!("{}-{}", clock(other_start), clock(other_end));
            let remedy = "make one span of the two, or move the earlier end";
            problems.error(&one.place, format!("these hours overlap with {other} of the same day"), remedy);
        }
    }
}

fn clock(minutes: u16) -> String {
    let within = if minutes > DAY_MINUTES { minutes - DAY_MINUTES } else { minutes };
    format!("{:02}:{:02}", within / 60, within % 60)
}

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// `Mon`, `monday`, `Tues`.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim().to_lowercase();
    DAYS.iter().find(|(name, _)| text.len() >= 3 && name.starts_with(&text)).map(|(_, day)| *day)
}

/// `Mon`, `Mon-Fri`, `Sat-Mon`, `Mon, Wed`.
pub(super) fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    for part in text.split(',') {
        match part.split_once(['-', '–']) {
            None => days.push(weekday(part)?),
            Some((from, to)) => {
                let (from, to) = (weekday(from)?, weekday(to)?);
                let count = usize::try_from(from.until(to)).unwrap_or(0) + 1;
                days.extend(from.cycle_forward().take(count));
            }
        }
    }
    Some(days)
}

/// What was written where a date may have a clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    At(DateTime),
}

pub(super) const DATE_REMEDY: &str = "write year-month-day: 2026-07-06";

pub(super) fn date(text: &Spanned<String>, problems: &mut Problems) -> Option<Date> {
    let read = text.value.trim();
    if let Ok(date) = read.parse::<Date>()
        && read.len() == 10
    {
        return Some(date);
    }
    problems.error(&text.place, format!("`{read}` is not a date"), DATE_REMEDY);
    None
}

/// `2026-07-06` or `2026-07-06 13:00`.
pub(super) fn moment(text: &Spanned<String>, problems: &mut Problems) -> Option<Moment> {
    let read = text.value.trim();
    let has_zone = read.ends_with(['Z', 'z']) || read.get(10..).is_some_and(|rest| rest.contains(['+', '-', '[']));
    if has_zone {
        let remedy = "leave the zone out: the rota keeps the wall clock of the business";
        problems.error(&text.place, format!("`{read}` names a time zone"), remedy);
        return None;
    }
    if read.len() == 10
        && let Ok(date) = read.parse::<Date>()
    {
        return Some(Moment::Day(date));
    }
    if read.len() > 10
        && let Ok(at) = read.parse::<DateTime>()
    {
        return Some(Moment::At(at));
    }
    let remedy = "write 2026-07-06, or with a clock time \"2026-07-06 13:00\"";
    problems.error(&text.place, format!("`{read}` is neither a date nor a date with a clock time"), remedy);
    None
}

/// Longest time that may pass before a call back: beyond it a promise means nothing.
const CALL_BACK_DAYS_MAX: u32 = 30;

/// `2 open hours`, `30 minutes`, `1 day`.
pub(super) fn within(text: &Spanned<&str>, problems: &mut Problems) -> Option<Within> {
    let remedy = "write \"2 open hours\", \"45 open minutes\", \"30 minutes\", \"4 hours\" or \"1 day\"";
    let words: Vec<&str> = text.value.split_whitespace().collect();
    let read = match words.as_slice() {
        [count, "open", unit] => minutes(count, unit).map(|minutes| (true, *unit, minutes)),
        [count, unit] => minutes(count, unit).map(|minutes| (false, *unit, minutes)),
        _ => None,
    };
    match read {
        Some((true, "day" | "days", _)) => {
            let remedy = "days are open for different times: say it in open hours: \"8 open hours\"";
            problems.error(&text.place, "an open day has no fixed length", remedy);
            None
        }
        Some((_, _, 0)) => {
            problems.error(&text.place, "nobody can call back in no time", remedy);
            None
        }
        Some((_, _, minutes)) if minutes > CALL_BACK_DAYS_MAX * 24 * 60 => {
            let what = format!("a call back after more than {CALL_BACK_DAYS_MAX} days is no promise");
            problems.error(&text.place, what, remedy);
            None
        }
        Some((true, _, minutes)) => Some(Within::OpenMinutes(minutes)),
        Some((false, _, minutes)) => Some(Within::Minutes(minutes)),
        None => {
            problems.error(&text.place, format!("`{}` is not a time to call back in", text.value), remedy);
            None
        }
    }
}

/// When the owner of a promise is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reminder {
    Never,
    MinutesBefore(u32),
}

/// `30 minutes before` or `never`.
pub(super) fn reminder(text: &Spanned<&str>, problems: &mut Problems) -> Option<Reminder> {
    let words: Vec<&str> = text.value.split_whitespace().collect();
    match words.as_slice() {
        ["never"] => return Some(Reminder::Never),
        [count, unit, "before"] => {
            if let Some(minutes) = minutes(count, unit) {
                return Some(Reminder::MinutesBefore(minutes));
            }
        }
        _ => {}
    }
    let remedy = "write \"30 minutes before\", \"1 hour before\" or \"never\"";
    problems.error(&text.place, format!("`{}` does not say when to remind", text.value), remedy);
    None
}

fn minutes(count: &str, unit: &str) -> Option<u32> {
    let count: u32 = count.parse().ok()?;
    match unit {
        "minute" | "minutes" => Some(count),
        "hour" | "hours" => count.checked_mul(60),
        "day" | "days" => count.checked_mul(24 * 60),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_are_read_as_people_write_them_and_nothing_else_is() {
        assert_eq!(clock_time("08:30"), Some(ClockTime(510)));
        assert_eq!(clock_time("8:30"), Some(ClockTime(510)));
        assert_eq!(clock_time("24:00"), Some(ClockTime(1440)));
        for wrong in ["8", "8.30", "25:00", "24:01", "12:60", "8:3", "-1:00", "08:30pm", "", "+8:30"] {
            assert_eq!(clock_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_are_named_alone_in_ranges_and_in_lists() {
        assert_eq!(weekdays("Mon-Fri").unwrap().len(), 5);
        assert_eq!(weekdays("Mon-Sun").unwrap().len(), 7);
        assert_eq!(weekdays("Sat-Mon").unwrap(), [Weekday::Saturday, Weekday::Sunday, Weekday::Monday]);
        assert_eq!(weekdays("mon, Wed").unwrap(), [Weekday::Monday, Weekday::Wednesday]);
        assert_eq!(weekdays("Mon-Mon").unwrap(), [Weekday::Monday]);
        assert_eq!(weekdays("Mo-Fr"), None);
        assert_eq!(weekdays(""), None);
    }
}
