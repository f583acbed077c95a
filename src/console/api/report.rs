//! Reports, for programs.

use axum::Json;
use axum::extract::{Query, State};
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

/// How the phone was answered.
///
/// Of so many days back, or from one day to another; 92 days at most.
#[utoipa::path(get, path = "/report", tag = "report", params(Asked), responses((status = 200, body = ReportFields)))]
async fn report(
    State(console): State<Desk>,
    _: Reads,
    Query(asked): Query<Asked>,
) -> Result<Json<ReportFields>, Problem> {
    let period = asked.period(console.now().date(), Language::English)?;
    let told = look(&console, period, Language::English).await?;
    Ok(Json(fields(&told)))
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
