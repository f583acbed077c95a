//! A report, as programs are told of it.

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::report::{HourOfWeek, Person, Promises, Report, Spread, Tally, Wait};

/// How some calls were answered. Shares are in per cent; null where there is nothing to measure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    pub calls: u32,
    pub reached: u32,
    pub promised: u32,
    pub hung_up: u32,
    pub blocked: u32,
    /// Still going on.
    pub live: u32,
    pub reached_percent: Option<u32>,
    /// By their usual person, or the cover: of the calls by customers who have one.
    pub usual_person_percent: Option<u32>,
    pub seconds_to_human: WaitFields,
    pub promises: PromiseCounts,
}

/// In seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitFields {
    pub median: Option<u32>,
    /// Nine of ten waited no longer.
    pub p90: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PromiseCounts {
    pub made: u32,
    /// In time.
    pub kept: u32,
    pub broken: u32,
    /// Somebody still waits.
    pub open: u32,
    pub overdue: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonFields {
    pub who: String,
    pub promises: PromiseCounts,
    /// Calls that rang their phone.
    pub rung: u32,
    pub took: u32,
    /// From the beginning of their own ring.
    pub seconds_to_take: WaitFields,
}

/// A report on some days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub struct ReportFields {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    #[serde(flatten)]
    pub figures: Figures,
    /// As many days right before.
    pub before: Figures,
    pub people: Vec<PersonFields>,
    pub days: Vec<DayFields>,
    /// Hours of the week in which anybody rang.
    pub week: Vec<HourFields>,
    /// How many callers waited how long for a human.
    pub waits: Vec<StepFields>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DayFields {
    pub day: String,
    #[serde(flatten)]
    pub figures: Figures,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HourFields {
    /// Monday is 1.
    pub weekday: i8,
    pub hour: i8,
    #[serde(flatten)]
    pub figures: Figures,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StepFields {
    /// In seconds; null: longer than all of them.
    pub up_to: Option<u32>,
    pub calls: u32,
}

impl Figures {
    pub fn of(report: &Report) -> Self {
        let calls = report.calls;
        Self {
            calls: calls.all(),
            reached: calls.reached,
            promised: calls.promised,
            hung_up: calls.hung_up,
            blocked: calls.blocked,
            live: calls.live,
            reached_percent: report.reached.percent(),
            usual_person_percent: report.usual.percent(),
            seconds_to_human: report.wait.into(),
            promises: report.promises.into(),
        }
    }
}

impl PersonFields {
    pub fn of(person: &Person) -> Self {
        Self {
            who: person.who.to_string(),
            promises: person.promises.into(),
            rung: person.rung,
            took: person.took,
            seconds_to_take: person.wait.into(),
        }
    }
}

impl DayFields {
    pub fn of(day: Date, tally: &Tally) -> Self {
        Self { day: day.to_string(), figures: Figures::of(&tally.report()) }
    }
}

impl HourFields {
    pub fn of(at: HourOfWeek, tally: &Tally) -> Self {
        Self { weekday: at.weekday + 1, hour: at.hour, figures: Figures::of(&tally.report()) }
    }
}

impl StepFields {
    pub fn all(spread: &Spread) -> Vec<Self> {
        let steps = spread.upto().map(|(end, calls)| Self { up_to: Some(end), calls });
        steps.chain([Self { up_to: None, calls: spread.longer }]).collect()
    }
}

impl From<Wait> for WaitFields {
    fn from(Wait { median, p90 }: Wait) -> Self {
        Self { median, p90 }
    }
}

impl From<Promises> for PromiseCounts {
    fn from(Promises { made, kept, broken, open, overdue }: Promises) -> Self {
        Self { made, kept, broken, open, overdue }
    }
}
