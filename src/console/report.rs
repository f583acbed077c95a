//! How the phone was answered: shares, waits and promises, together and by day, hour and person; as pictures, tables
//! and files for a spreadsheet.

mod glance;
mod past;
mod picture;
mod pictures;
mod sheet;
mod words;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::assets::REPORT_CSS;
use super::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::report::{DAYS_MAX, Period, PeriodError};
use crate::domain::words::Language;
pub(super) use past::{Told, look};
use sheet::Sheet;
use words::ReportWords;

/// Days that are offered at a touch.
const OFFERED: [i32; 3] = [7, 28, DAYS_MAX];

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/report", get(report)).route("/console/report/{file}", get(file))
}

/// Which days: so many back, or from one to another.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// How far back, today included: `7d`, `4w`.
    pub(super) since: String,
    /// The first day: `2026-07-01`.
    pub(super) from: String,
    /// The last day.
    pub(super) to: String,
}

impl Asked {
    /// Without a word: the last seven days. An end alone is a single day; a beginning alone goes on until today.
    pub(super) fn period(&self, today: Date, language: Language) -> Result<Period, Problem> {
        let words = ReportWords(language);
        let date = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| Problem::Wrong(words.not_since(text))),
        };
        let (first, last) = match (date(&self.from)?, date(&self.to)?) {
            (Some(first), last) => (first, last.unwrap_or(today)),
            (None, Some(day)) => (day, day),
            (None, None) => return self.days_back(today, words),
        };
        Period::between(first, last, today).map_err(|error| {
            Problem::Wrong(match error {
                PeriodError::Backwards => words.backwards(),
                PeriodError::TooLong => words.too_long(DAYS_MAX),
            })
        })
    }

    fn days_back(&self, today: Date, words: ReportWords) -> Result<Period, Problem> {
        let text = self.since.trim();
        if text.is_empty() {
            return Ok(Period::last_days(OFFERED[0], today));
        }
        let (number, days) = match text.strip_suffix('w') {
            Some(weeks) => (weeks, 7),
            None => (text.strip_suffix('d').unwrap_or_default(), 1),
        };
        let wanted = number.parse::<u16>().ok().filter(|number| *number > 0).map(|number| i32::from(number) * days);
        match wanted {
            Some(wanted) if wanted > DAYS_MAX => Err(Problem::Wrong(words.too_long(DAYS_MAX))),
            Some(wanted) => Ok(Period::last_days(wanted, today)),
            None => Err(Problem::Wrong(words.not_since(text))),
        }
    }
}

async fn report(State(console): State<Desk>, me: Me, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    let today = console.now().date();
    let period = asked.period(today, me.language)?;
    let told = look(&console, period, me.language).await?;
    let words = ReportWords(me.language);
    let days = |period: Period| {
        words.period(times::day(me.language, period.first(), today), times::day(me.language, period.last(), today))
    };
    let main = html! {
        (toolbar(period, today, words))
        p .soft { strong { (days(period)) } ". " (words.compared(days(period.before()))) }
        @if told.overview.all.report().calls.all() == 0 { (empty(words)) } @else {
            (glance::cards(&told, me.language))
            (pictures::all(&told, me.language))
        }
        p .no-print { a href="/console/rota/print" { (words.printable()) } }
    };
    let title = Nav::Report.title(super::words::Words(me.language));
    Ok(Page::new(Nav::Report, title).style(&REPORT_CSS).show(&console, &me, &main))
}

fn toolbar(period: Period, today: Date, words: ReportWords) -> Markup {
    html! {
        nav .row aria-label=(words.which_days()) {
            @for days in OFFERED {
                a .button .small .quiet href=(format!("/console/report?since={days}d"))
                    aria-current=[(period == Period::last_days(days, today)).then_some("page")] { (words.days(days)) }
            }
        }
        form .toolbar method="get" action="/console/report" {
            div .field {
                label for="from" { (words.from()) }
                input #from type="date" name="from" value=(period.first()) max=(today) required;
            }
            div .field {
                label for="to" { (words.to()) }
                input #to type="date" name="to" value=(period.last()) max=(today) required;
            }
            button .quiet { (words.show()) }
        }
    }
}

fn empty(words: ReportWords) -> Markup {
    html! {
        div .empty {
            p { (words.empty()) }
            p { a href=(format!("/console/report?since={DAYS_MAX}d")) { (words.look_further()) } }
            p { a href="/console/rehearse" { (words.rehearse()) } }
        }
    }
}

/// A table as a file. Its name tells which days it is of.
async fn file(
    State(console): State<Desk>,
    me: Me,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let sheet = Sheet::of_file(&file).ok_or(Problem::NotFound)?;
    let period = asked.period(console.now().date(), me.language)?;
    let told = look(&console, period, me.language).await?;
    let name = format!("attachment; filename=\"{}-{}-{}.csv\"", sheet.name(), period.first(), period.last());
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, sheet.csv(&told)?))
}
