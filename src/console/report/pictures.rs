//! The report's pictures, each with the table behind it.

use jiff::civil::{Date, Weekday};
use maud::{Markup, html};

use super::past::Told;
use super::picture::{Bar, Field, Words, heat, lying, standing};
use super::sheet::{Sheet, longest, weekday_name};
use super::words::ReportWords;
use crate::console::times;
use crate::domain::report::{HourOfWeek, Person, SOON_SECONDS, Spread, Tally};
use crate::domain::words::Language;

/// Days under which a label stands.
const LABELS: usize = 4;

pub(super) fn all(told: &Told, language: Language) -> Markup {
    let words = ReportWords(language);
    html! {
        div .pictures {
            (section("waits", &words.wait(), &waits(told, words), &behind(Sheet::Waits, told, language)))
            (section("days", &words.by_day(), &days(told, language), &behind(Sheet::Days, told, language)))
            (section("week", &words.by_week(), &week(told, language), &html! {
                (behind(Sheet::Week, told, language))
                (behind(Sheet::Hours, told, language))
            }))
            (section("people", &words.by_person(), &people(told, words), &html! {
                (Sheet::People.table(told, language))
                (csv(Sheet::People, told, words))
            }))
        }
    }
}

fn section(id: &str, title: &str, picture: &Markup, table: &Markup) -> Markup {
    html! {
        section .card {
            h2 id=(id) { (title) }
            (picture)
            (table)
        }
    }
}

fn behind(sheet: Sheet, told: &Told, language: Language) -> Markup {
    let words = ReportWords(language);
    html! {
        details {
            summary { (words.as_table()) ": " (sheet.title(words)) }
            (sheet.table(told, language))
        }
        (csv(sheet, told, words))
    }
}

fn csv(sheet: Sheet, told: &Told, words: ReportWords) -> Markup {
    let (first, last) = (told.period.first(), told.period.last());
    let address = format!("/console/report/{}.csv?from={first}&to={last}", sheet.name());
    html! { p { a .button.quiet.small href=(address) download { (words.as_csv()) span .hidden { ": " (sheet.title(words)) } } } }
}

fn waits(told: &Told, words: ReportWords) -> Markup {
    let spread = told.overview.all.spread();
    let bar = |label: String, count: u32| Bar { told: format!("{label}: {count}"), label, parts: [count, 0, 0] };
    let mut bars: Vec<Bar> = spread.upto().map(|(end, count)| bar(words.up_to(end), count)).collect();
    bars.push(bar(words.longer_than(longest()), spread.longer));
    let told = words.wait_told(spread.all(), spread.within(SOON_SECONDS), SOON_SECONDS);
    let frame = Words { id: "waits-picture", title: words.wait(), told };
    lying(&frame, &bars, Some((SOON_SECONDS / Spread::STEP, format!("{SOON_SECONDS} s"))))
}

fn days(told: &Told, language: Language) -> Markup {
    let words = ReportWords(language);
    let none = Tally::default();
    let name = |day: Date| times::day(language, day, told.period.last());
    let count = usize::try_from(told.period.length()).unwrap_or(1);
    let every = count.div_ceil(LABELS).max(1);
    let mut most: Option<(u32, Date)> = None;
    let mut bars = Vec::new();
    for (place, day) in told.period.days().enumerate() {
        let report = told.overview.days.get(&day).unwrap_or(&none).report();
        let (all, reached) = (report.calls.all(), report.calls.reached);
        if most.is_none_or(|(before, _)| all > before) {
            most = Some((all, day));
        }
        bars.push(Bar {
            label: if place % every == 0 || count <= 7 { short(language, day, count) } else { String::new() },
            told: words.bar_told(name(day), all, reached),
            parts: [reached, all - reached, 0],
        });
    }
    let told = most.map_or_else(String::new, |(most, day)| words.day_told(most, name(day)));
    let frame = Words { id: "days-picture", title: words.by_day(), told };
    html! {
        (standing(&frame, &bars))
        (legend(&[words.reached(), words.others()]))
    }
}

/// `Mo` in a week, `15. 6.` in a longer time.
fn short(language: Language, day: Date, days: usize) -> String {
    if days <= 7 {
        weekday_name(language, day.weekday()).chars().take(3).collect()
    } else {
        format!("{} {}", day.day(), language.month(day).chars().take(3).collect::<String>())
    }
}

/// Hours downwards, so that it is legible on a phone.
fn week(told: &Told, language: Language) -> Markup {
    let words = ReportWords(language);
    let week = &told.overview.week;
    let hours = week.keys().map(|at| at.hour);
    let (first, last) = (hours.clone().min().unwrap_or(0), hours.max().unwrap_or(0));
    let weekdays: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
    let field = |weekday: &Weekday, hour: i8| {
        let tally = week.get(&HourOfWeek { weekday: weekday.to_monday_zero_offset(), hour });
        let report = tally.map(Tally::report);
        let count = report.as_ref().map_or(0, |report| report.calls.all());
        Field { count, marked: report.is_some_and(|report| report.reached.part < report.reached.of) }
    };
    let rows: Vec<(String, Vec<Field>)> = (first..=last)
        .map(|hour| (format!("{hour:02}:00"), weekdays.iter().map(|weekday| field(weekday, hour)).collect()))
        .collect();
    let columns: Vec<String> =
        weekdays.iter().map(|weekday| weekday_name(language, *weekday).chars().take(3).collect()).collect();
    let busiest = week.iter().max_by_key(|(_, tally)| tally.report().calls.all());
    let told = busiest.map_or_else(String::new, |(at, tally)| {
        let day = Weekday::from_monday_zero_offset(at.weekday).map_or("", |day| weekday_name(language, day));
        words.week_told(tally.report().calls.all(), day, at.hour)
    });
    let frame = Words { id: "week-picture", title: words.by_week(), told };
    html! {
        (heat(&frame, &columns, &rows))
        p .small .soft { (words.week_help()) }
    }
}

fn people(told: &Told, words: ReportWords) -> Markup {
    let report = told.overview.all.report();
    let bar = |person: &Person| {
        let (name, promises) = (told.rota.name(&person.who), person.promises);
        let open = promises.made.saturating_sub(promises.kept + promises.broken);
        Bar {
            label: name.split_whitespace().next().unwrap_or(name).chars().take(14).collect(),
            told: words.promises_of(name, promises.kept, promises.broken, open),
            parts: [promises.kept, promises.broken, open],
        }
    };
    let bars: Vec<Bar> = report.people.iter().filter(|person| person.promises.made > 0).map(bar).collect();
    let told: Vec<&str> = bars.iter().map(|bar| bar.told.as_str()).collect();
    let frame = Words { id: "people-picture", title: words.by_person(), told: told.join("; ") };
    html! {
        p .soft { (words.person_told()) }
        @if !bars.is_empty() {
            (lying(&frame, &bars, None))
            (legend(&[words.in_time(), words.broken(), words.open()]))
        }
    }
}

/// What the parts of a bar are, in their order.
fn legend(parts: &[String]) -> Markup {
    const SIGNS: [&str; 3] = ["sign first", "sign second", "sign third"];
    html! {
        ul .legend .small {
            @for (name, sign) in parts.iter().zip(SIGNS) { li { span class=(sign) aria-hidden="true" {} (name) } }
        }
    }
}
