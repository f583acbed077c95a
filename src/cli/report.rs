//! `switchboard report`: how the phone was answered.

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::business::Business;
use super::table::{Side, table};
use super::{Failure, answer, answer_json, moment};
use crate::customer_list::guarded;
use crate::domain::fields::{Figures, PersonFields};
use crate::domain::letter::{State, one_thing_to_fix};
use crate::domain::report::{Person, Promises, Report, Share, Tally, Wait};
use crate::domain::words;
use crate::operator::past;

#[derive(clap::Args)]
pub(super) struct Args {
    /// How far back: 1d, 7d, 4w, or a date
    #[arg(long, default_value = "7d", value_name = "TIME")]
    since: String,
    /// For programs
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// For spreadsheets: a row for everybody together, and one for each person
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open(config)?;
    let since = moment::since(&args.since, &business)?;
    let (mut tally, mut state) = (Tally::default(), State::default());
    if let Some(mut store) = business.store()? {
        past::since(&mut store, since, |calls, owed| {
            for stored in calls {
                tally.call(&stored.call);
            }
            for promise in owed {
                tally.promise(promise, business.now);
            }
        })?;
        state = past::state(&mut store, business.now, business.now, |_, _| {})?;
    }
    let report = tally.report();
    let now = business.local(business.now);
    let fix = one_thing_to_fix(&business.rota, &state, business.now);
    let fix = fix.map(|fix| words::letter::thing_to_fix(&fix, &business.rota, &now));
    if args.json {
        answer_json(&json(&business, since, &report, fix))
    } else if args.csv {
        answer(&csv(&business, &report, fix)?)
    } else {
        answer(&text(&business, since, &report, fix))
    }
}

fn text(business: &Business, since: Timestamp, report: &Report, fix: Option<String>) -> String {
    let now = business.local(business.now);
    let calls = report.calls;
    let mut text = format!("{}, since {}\n\n", business.rota.business, moment::short(since, &now));
    let mut line = |what: &str, value: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {what:<28}{value}");
    };
    line("Calls", calls.all().to_string());
    line("Reached a human", share(report.reached));
    line("Time to a human", wait(report.wait));
    line("Usual person or cover", share(report.usual));
    line("Ended with a promise", calls.promised.to_string());
    line("Hung up before", calls.hung_up.to_string());
    if calls.blocked > 0 {
        line("Blocked", calls.blocked.to_string());
    }
    if calls.live > 0 {
        line("Going on now", calls.live.to_string());
    }
    let Promises { made, kept, broken, open, overdue } = report.promises;
    line("Promises", format!("{made} made, {kept} kept, {broken} broken, {open} open, {overdue} of them overdue"));
    if let Some(fix) = fix {
        line("To fix", fix);
    }
    if !report.people.is_empty() {
        text.push('\n');
        text.push_str(&people(business, &report.people));
    }
    text
}

/// Promises stand before speed, so that nobody is praised for a fast answer and a broken word.
fn people(business: &Business, people: &[Person]) -> String {
    let row = |person: &Person| {
        [
            business.rota.name(&person.who).to_owned(),
            person.promises.made.to_string(),
            person.promises.kept.to_string(),
            person.promises.broken.to_string(),
            person.promises.open.to_string(),
            person.promises.overdue.to_string(),
            person.rung.to_string(),
            person.took.to_string(),
            person.wait.median.map_or_else(String::new, |median| format!("{median} s")),
        ]
    };
    let titles = [
        ("", Side::Left),
        ("PROMISED", Side::Right),
        ("KEPT", Side::Right),
        ("BROKEN", Side::Right),
        ("OPEN", Side::Right),
        ("OVERDUE", Side::Right),
        ("RUNG", Side::Right),
        ("TOOK", Side::Right),
        ("MEDIAN", Side::Right),
    ];
    table(titles, &people.iter().map(row).collect::<Vec<_>>(), 2)
}

fn share(share: Share) -> String {
    share.percent().map_or_else(|| "-".to_owned(), |percent| format!("{percent} % ({} of {})", share.part, share.of))
}

fn wait(wait: Wait) -> String {
    match (wait.median, wait.p90) {
        (Some(median), Some(p90)) => format!("{median} s in the middle, at most {p90} s for nine of ten"),
        (None, _) | (_, None) => "-".to_owned(),
    }
}

#[derive(Serialize)]
struct Json {
    since: String,
    until: String,
    #[serde(flatten)]
    figures: Figures,
    to_fix: Option<String>,
    people: Vec<PersonFields>,
}

fn json(business: &Business, since: Timestamp, report: &Report, fix: Option<String>) -> Json {
    Json {
        since: moment::iso(since, &business.rota),
        until: moment::iso(business.now, &business.rota),
        figures: Figures::of(report),
        to_fix: fix,
        people: report.people.iter().map(PersonFields::of).collect(),
    }
}

const CSV_COLUMNS: [&str; 12] = [
    "who",
    "name",
    "promises_made",
    "promises_kept",
    "promises_broken",
    "promises_open",
    "promises_overdue",
    "calls",
    "taken",
    "median_seconds",
    "p90_seconds",
    "to_fix",
];

fn csv(business: &Business, report: &Report, fix: Option<String>) -> Result<String, Failure> {
    let row = |who: &str, name: &str, promises: Promises, calls: u32, taken: u32, wait: Wait, fix: String| {
        let seconds = |seconds: Option<u32>| seconds.map_or_else(String::new, |seconds| seconds.to_string());
        let counts = [promises.made, promises.kept, promises.broken, promises.open, promises.overdue, calls, taken];
        let mut cells = vec![guarded(who).into_owned(), guarded(name).into_owned()];
        cells.extend(counts.map(|count| count.to_string()));
        cells.extend([seconds(wait.median), seconds(wait.p90), guarded(&fix).into_owned()]);
        cells
    };
    let calls = report.calls;
    let fix = fix.unwrap_or_default();
    let everybody = row("", "everybody", report.promises, calls.all(), calls.reached, report.wait, fix);
    let people = report.people.iter().map(|person| {
        let name = business.rota.name(&person.who);
        row(person.who.as_str(), name, person.promises, person.rung, person.took, person.wait, String::new())
    });
    let unwritable = |error: csv::Error| Failure::Given(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(CSV_COLUMNS).map_err(unwritable)?;
    for cells in std::iter::once(everybody).chain(people) {
        writer.write_record(cells).map_err(unwritable)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
