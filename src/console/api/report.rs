//! Reports, for programs.

use axum::Json;
use axum::extract::{Query, State};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::Reads;
use crate::console::report::{Asked, Told, look};
use crate::console::{Desk, Problem};
use crate::domain::fields::{DayFields, Figures, HourFields, PersonFields, ReportFields, StepFields};
use crate::domain::report::Tally;
use crate::domain::words::Language;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(report))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Days {
    /// How far back, today included: `7d`, `4w`. Nothing of all: 7 days.
    #[param(pattern = "^([1-9][0-9]?)[dw]$")]
    since: Option<String>,
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// How the phone was answered.
///
/// Of so many days back, or from one day to another; 92 days at most.
#[utoipa::path(get, path = "/report", tag = "report", params(Days), responses((status = 200, body = ReportFields)))]
async fn report(
    State(console): State<Desk>,
    _: Reads,
    Query(days): Query<Days>,
) -> Result<Json<ReportFields>, Problem> {
    let text = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let several = days.since.is_some() && (days.from.is_some() || days.to.is_some());
    if several || days.since.as_deref().is_some_and(|since| !is_plain(since)) {
        return Err(Problem::Wrong("Give `since` as in 7d or 4w, or else `from` and `to`.".to_owned()));
    }
    let asked = Asked { since: days.since.unwrap_or_default(), from: text(days.from), to: text(days.to) };
    let period = asked.period(console.now().date(), Language::English)?;
    let told = look(&console, period, Language::English).await?;
    Ok(Json(fields(&told)))
}

/// As the description says: a number without a sign, and its unit.
fn is_plain(since: &str) -> bool {
    let number = since.strip_suffix(['d', 'w']).unwrap_or_default();
    (1..=2).contains(&number.len()) && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn fields(told: &Told) -> ReportFields {
    let (overview, none) = (&told.overview, Tally::default());
    let all = overview.all.report();
    ReportFields {
        from: told.period.first().to_string(),
        to: told.period.last().to_string(),
        figures: Figures::of(&all),
        before: Figures::of(&told.before),
        people: all.people.iter().map(PersonFields::of).collect(),
        days: told.period.days().map(|day| DayFields::of(day, overview.days.get(&day).unwrap_or(&none))).collect(),
        week: overview.week.iter().map(|(at, tally)| HourFields::of(*at, tally)).collect(),
        waits: StepFields::all(&overview.all.spread()),
    }
}
