//! `switchboard rota`: the coming turns, gaps in open hours, and what the next clock change does.

use std::fmt::Write as _;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::business::Business;
use super::table::{Side, table};
use super::{Failure, answer, answer_json, moment};
use crate::calendar::{Shown, calendar};
use crate::domain::line::Line;
use crate::domain::phone::Phone;
use crate::domain::rota::outlook::Shift;
use crate::domain::words::Language;

#[derive(clap::Args)]
pub(super) struct Args {
    /// How many weeks ahead
    #[arg(long, default_value_t = 4, value_name = "WEEKS", value_parser = clap::value_parser!(i64).range(1..=520))]
    weeks: i64,
    /// For programs
    #[arg(long, conflicts_with = "ics")]
    json: bool,
    /// As a calendar (iCalendar)
    #[arg(long)]
    ics: bool,
}

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open_live(config)?;
    let ahead = SignedDuration::from_hours(args.weeks * 7 * 24);
    let until = business.now.checked_add(ahead).unwrap_or(Timestamp::MAX);
    if args.ics {
        let language = Language::English;
        answer(&calendar(Shown { rota: &business.rota, now: business.now, until, only: None, language }))?;
    } else if args.json {
        answer_json(&json(&business, until))?;
    } else {
        answer(&text(&business, until))?;
    }
    business.rota_is_right()
}

fn text(business: &Business, until: Timestamp) -> String {
    let rota = &*business.rota;
    let now = business.local(business.now);
    let mut text = format!("{}, {}\n", rota.business, now.strftime("%A %-d %B %Y, %H:%M"));
    for line in &rota.lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\nLine {}, {}", line.id, line.number.spaced());
        let row = |shift: &Shift| {
            let mut people = shift.duty.people.iter().map(|person| person.in_words(rota, Language::English));
            let first = people.next().unwrap_or_else(|| "nobody".to_owned());
            let away = shift.duty.away_in_words(rota, Language::English).map(|away| format!("({away} away)"));
            let behind: Vec<String> = people.chain(away).collect();
            let from = if shift.from <= business.now { "now".to_owned() } else { moment::short(shift.from, &now) };
            let end = if shift.duty.turn.end.is_none() && shift.until == until {
                "further notice".to_owned()
            } else {
                moment::short(shift.until, &now)
            };
            [from, end, first, behind.join(", ")]
        };
        let rows: Vec<_> = rota.shifts_in_whole_turns(line, business.now, until).iter().map(row).collect();
        let titles =
            [("FROM", Side::Left), ("UNTIL", Side::Left), ("HAS THE PHONE", Side::Left), ("BEHIND", Side::Left)];
        text.push_str(&table(titles, &rows, 2));
        let gaps = rota.gaps(line, business.now, until);
        for gap in &gaps {
            let _ = writeln!(text, "  Gap: {}", gap.words(rota, Language::English));
        }
    }
    let _ = writeln!(text, "\nThe last to ring, before a promise is made, is the owner: {}.", rota.name(&rota.owner));
    if let (Some(change), Some(line)) = (rota.next_clock_change(business.now), rota.lines.first()) {
        let _ = writeln!(text, "Next clock change: {}", change.words(rota, line, Language::English));
    }
    text
}

#[derive(Serialize)]
struct Json<'a> {
    lines: Vec<JsonLine<'a>>,
    clock_change: Option<JsonChange>,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    line: &'a str,
    number: Phone,
    shifts: Vec<JsonShift>,
    gaps: Vec<JsonGap>,
}

#[derive(Serialize)]
struct JsonShift {
    from: String,
    until: String,
    people: Vec<JsonPerson>,
    away: Vec<JsonPerson>,
}

#[derive(Serialize)]
struct JsonPerson {
    who: String,
    reason: String,
}

#[derive(Serialize)]
struct JsonGap {
    from: String,
    until: String,
    what: String,
}

#[derive(Serialize)]
struct JsonChange {
    at: String,
    what: String,
}

fn json(business: &Business, until: Timestamp) -> Json<'_> {
    let rota = &*business.rota;
    let iso = |at| moment::iso(at, rota);
    let shift = |shift: &Shift| JsonShift {
        from: iso(shift.from),
        until: iso(shift.until),
        people: (shift.duty.people.iter())
            .map(|person| JsonPerson { who: person.who.to_string(), reason: person.reason.to_string() })
            .collect(),
        away: (shift.duty.absent.iter())
            .map(|skipped| JsonPerson { who: skipped.who.to_string(), reason: skipped.reason.to_string() })
            .collect(),
    };
    let line = |line: &'_ Line| {
        let gaps = rota.gaps(line, business.now, until);
        let gaps = gaps.iter().map(|gap| JsonGap {
            from: iso(gap.from),
            until: iso(gap.until),
            what: gap.words(rota, Language::English),
        });
        (rota.shifts_in_whole_turns(line, business.now, until).iter().map(shift).collect(), gaps.collect())
    };
    let lines = rota.lines.iter().map(|of| {
        let (shifts, gaps) = line(of);
        JsonLine { line: of.id.as_str(), number: of.number, shifts, gaps }
    });
    let change = rota.next_clock_change(business.now).zip(rota.lines.first());
    Json {
        lines: lines.collect(),
        clock_change: change
            .map(|(change, line)| JsonChange { at: iso(change.at), what: change.words(rota, line, Language::English) }),
    }
}
