//! `switchboard rota`: the coming turns, gaps in open hours, and what the next clock change does.

mod calendar;

use std::fmt::Write as _;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::business::Business;
use super::table::{Side, table};
use super::{Failure, answer, answer_json, moment};
use crate::domain::line::Line;
use crate::domain::phone::Phone;
use crate::domain::plan::{Reason, Skip, Skipped};
use crate::domain::rota::Rota;
use crate::domain::rota::duty::{Duty, OnDuty};
use crate::domain::rota::outlook::Shift;

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
        answer(&calendar::calendar(&business, until))?;
    } else if args.json {
        answer_json(&json(&business, until))?;
    } else {
        answer(&text(&business, until))?;
    }
    business.rota_is_right()
}

/// In whole turns: from the beginning of the one that is on, to the end of the one that `until` lies in.
fn shifts(business: &Business, line: &Line, until: Timestamp) -> Vec<Shift> {
    let turn_at = |at| line.rota.turn_at(&business.rota.zone, at);
    let (from, until) = (turn_at(business.now).start.unwrap_or(business.now), turn_at(until).end.unwrap_or(until));
    let mut shifts = business.rota.shifts(line, from, until);
    shifts.retain(|shift| shift.until > business.now);
    shifts
}

fn text(business: &Business, until: Timestamp) -> String {
    let rota = &*business.rota;
    let now = business.local(business.now);
    let mut text = format!("{}, {}\n", rota.business, now.strftime("%A %-d %B %Y, %H:%M"));
    for line in &rota.lines {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\nLine {}, {}", line.id, line.number.spaced());
        let row = |shift: &Shift| {
            let mut people = shift.duty.people.iter().map(|person| person_in_words(rota, person));
            let first = people.next().unwrap_or_else(|| "nobody".to_owned());
            let away = away_in_words(rota, &shift.duty).map(|away| format!("({away} away)"));
            let behind: Vec<String> = people.chain(away).collect();
            let from = if shift.from <= business.now { "now".to_owned() } else { moment::short(shift.from, &now) };
            let end = if shift.duty.turn.end.is_none() && shift.until == until {
                "further notice".to_owned()
            } else {
                moment::short(shift.until, &now)
            };
            [from, end, first, behind.join(", ")]
        };
        let rows: Vec<_> = shifts(business, line, until).iter().map(row).collect();
        let titles =
            [("FROM", Side::Left), ("UNTIL", Side::Left), ("HAS THE PHONE", Side::Left), ("BEHIND", Side::Left)];
        text.push_str(&table(titles, &rows, 2));
        let gaps = rota.gaps(line, business.now, until);
        for gap in &gaps {
            let _ = writeln!(text, "  Gap: {}", gap.words(rota));
        }
    }
    let _ = writeln!(text, "\nThe last to ring, before a promise is made, is the owner: {}.", rota.name(&rota.owner));
    if let (Some(change), Some(line)) = (rota.next_clock_change(business.now), rota.lines.first()) {
        let _ = writeln!(text, "Next clock change: {}", change.words(rota, line));
    }
    text
}

/// The name, with the reason unless they are simply there in turn.
fn person_in_words(rota: &Rota, person: &OnDuty) -> String {
    let name = rota.name(&person.who);
    match &person.reason {
        Reason::OnCall { .. } | Reason::Backup | Reason::AsPlanned => name.to_owned(),
        Reason::UsualPerson
        | Reason::LearnedUsualPerson { .. }
        | Reason::CoversUsualPerson { .. }
        | Reason::Covers { .. }
        | Reason::Swapped { .. }
        | Reason::Holiday { .. }
        | Reason::Owner
        | Reason::SecondConversation
        | Reason::ThirdConversation => format!("{name} ({})", person.reason),
    }
}

fn away_in_words(rota: &Rota, duty: &Duty) -> Option<String> {
    let name = |skipped: &Skipped| match &skipped.reason {
        Skip::Away { said, .. } => format!("{}{said}", rota.name(&skipped.who)),
        _ => rota.name(&skipped.who).to_owned(),
    };
    let names: Vec<String> = duty.absent.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
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
        let gaps = gaps.iter().map(|gap| JsonGap { from: iso(gap.from), until: iso(gap.until), what: gap.words(rota) });
        (shifts(business, line, until).iter().map(shift).collect(), gaps.collect())
    };
    let lines = rota.lines.iter().map(|of| {
        let (shifts, gaps) = line(of);
        JsonLine { line: of.id.as_str(), number: of.number, shifts, gaps }
    });
    let change = rota.next_clock_change(business.now).zip(rota.lines.first());
    Json {
        lines: lines.collect(),
        clock_change: change.map(|(change, line)| JsonChange { at: iso(change.at), what: change.words(rota, line) }),
    }
}
