//! How things are now, for programs.

use axum::Json;
use axum::extract::{Query, State};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::Reads;
use crate::console::now::{Fix, Picture, is_due};
use crate::console::who::live_rota;
use crate::console::{Desk, Problem};
use crate::domain::fields::{CallFields, PromiseFields, iso};
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::Shift;
use crate::domain::words::Language;
use crate::store::promises::{self, Which};
use crate::store::{Tx, calls};

const CALLS_MAX: u32 = 100;
const PROMISES_MAX: u32 = 2_000;

/// How far ahead the end of a shift is looked for.
const SHIFT_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 15);

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(now)).routes(routes!(list_shifts))
}

/// How things are.
#[derive(Serialize, ToSchema)]
struct Now {
    at: String,
    lines: Vec<LineNow>,
    /// Those in progress, the newest first.
    calls: Vec<CallFields>,
    /// Those due today, and before, that somebody still waits for; the soonest due first.
    promises: Vec<PromiseFields>,
    /// What needs fixing.
    fixes: Vec<FixFields>,
}

/// Something that needs fixing.
#[derive(Serialize, ToSchema)]
#[schema(as = Fix)]
struct FixFields {
    /// `no_provider`, `store_away`, `past_unknown`, `rota_broken`, `not_sent`, `not_taken`, `webhook_refused`, `hole`,
    /// `thin`, `advice` or `warning`.
    kind: &'static str,
    /// In plain words.
    what: String,
    /// The page of the console where it is mended.
    page: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct LineNow {
    line: String,
    number: String,
    open: bool,
    /// The first has the phone, the others stand behind.
    people: Vec<Person>,
    away: Vec<Person>,
    /// When that changes next.
    until: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OnDuty)]
struct Person {
    who: String,
    reason: String,
}

/// From when until when the same people have the phone of a line.
#[derive(Serialize, ToSchema)]
#[schema(as = Shift)]
struct ShiftFields {
    line: String,
    from: String,
    until: String,
    /// The first has the phone, the others stand behind.
    people: Vec<Person>,
    away: Vec<Person>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Ahead {
    /// How many weeks ahead.
    #[param(minimum = 1, maximum = 52)]
    #[serde(default = "four")]
    weeks: i64,
}

fn four() -> i64 {
    4
}

/// Who has the phone, the calls in progress, what is promised for today, and what needs fixing.
#[utoipa::path(get, path = "/now", tag = "now", responses((status = 200, body = Now)))]
async fn now(State(console): State<Desk>, _: Reads) -> Result<Json<Now>, Problem> {
    let (rota, now) = (live_rota(&console).await, console.now());
    let at = now.timestamp();
    let look = |tx: &mut Tx<'_>| Ok((calls::live(tx, CALLS_MAX)?, promises::list(tx, Which::Unsettled, PROMISES_MAX)?));
    let (calls, promises) = console.read(look).await?;
    let picture = Picture::take(&console).await;
    let fix = |fix: &Fix| FixFields {
        kind: fix.kind(),
        what: fix.told(Language::English, &now),
        page: fix.link(Language::English).map(|(page, _)| page),
    };
    let lines = rota.lines.iter().map(|line| {
        let duty = rota.duty(line, at);
        let shift = rota.shifts(line, at, at + SHIFT_AHEAD).into_iter().next();
        LineNow {
            line: line.id.to_string(),
            number: line.number.to_string(),
            open: duty.open,
            until: shift.map(|shift| iso(shift.until, &rota.zone)),
            people: duty.people.iter().map(|person| told(&person.who, &person.reason)).collect(),
            away: duty.absent.iter().map(|absent| told(&absent.who, &absent.reason)).collect(),
        }
    });
    Ok(Json(Now {
        at: iso(at, &rota.zone),
        lines: lines.collect(),
        calls: calls.iter().map(|stored| CallFields::of(&stored.call, &rota.zone)).collect(),
        promises: promises
            .iter()
            .filter(|promise| is_due(promise, &now))
            .map(|promise| PromiseFields::of(promise, &rota.zone))
            .collect(),
        fixes: picture.to_fix().iter().map(fix).collect(),
    }))
}

/// Who has the phone when, from now on.
#[utoipa::path(get, path = "/rota/shifts", tag = "rota", params(Ahead), responses((status = 200, body = Vec<ShiftFields>)))]
async fn list_shifts(
    State(console): State<Desk>,
    _: Reads,
    Query(ahead): Query<Ahead>,
) -> Result<Json<Vec<ShiftFields>>, Problem> {
    if !(1..=52).contains(&ahead.weeks) {
        return Err(Problem::Wrong("Ask for 1 to 52 weeks.".to_owned()));
    }
    let (rota, now) = (live_rota(&console).await, console.clock.now());
    let until = now + SignedDuration::from_hours(24 * 7 * ahead.weeks);
    Ok(Json(shifts(&rota, now, until)))
}

fn shifts(rota: &Rota, now: Timestamp, until: Timestamp) -> Vec<ShiftFields> {
    let of_line = |line| rota.shifts(line, now, until).into_iter().map(move |shift| (line, shift));
    let all = rota.lines.iter().flat_map(of_line);
    let fields = |(line, shift): (&crate::domain::line::Line, Shift)| ShiftFields {
        line: line.id.to_string(),
        from: iso(shift.from, &rota.zone),
        until: iso(shift.until, &rota.zone),
        people: shift.duty.people.iter().map(|person| told(&person.who, &person.reason)).collect(),
        away: shift.duty.absent.iter().map(|absent| told(&absent.who, &absent.reason)).collect(),
    };
    all.map(fields).collect()
}

fn told(who: &impl ToString, reason: &impl ToString) -> Person {
    Person { who: who.to_string(), reason: reason.to_string() }
}
