//! The rota, for programs.

mod foreseen;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cursor::{Piece, cursor, place};
use super::program::{Reads, Writes};
use crate::config::diagnostic::{Diagnostic, Severity};
use crate::config::edit::{Edit, edited};
use crate::config::watch::{NotSaved, fingerprint};
use crate::console::rota::change::{Asked, Change};
use crate::console::rota::document::{self, Draft, Unsaved};
use crate::console::rota::live;
use crate::console::{Desk, Me, Problem};
use crate::domain::access::{Deed, Role};
use crate::domain::fields::iso;
use crate::domain::rota::live::{Live, LiveChangeId};
use crate::domain::staff::StaffId;
use crate::store::rota_versions;

const NO_BASE: &str = "Give `base`, the fingerprint of the file in which the entry was counted.";
/// Versions in a piece.
const PIECE: u32 = 50;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(get_document, save_document))
        .routes(routes!(check_document))
        .routes(routes!(list_versions))
        .routes(routes!(get_version))
        .routes(routes!(restore_version))
        .routes(routes!(list_changes, make_change))
        .routes(routes!(undo_change))
        .merge(foreseen::routes())
}

/// The rota file.
#[derive(Serialize, ToSchema)]
struct DocumentFields {
    text: String,
    /// Another one after every change: give it as `base` with what you save.
    fingerprint: String,
    /// What is wrong with the text on the disk; then the one before it is live.
    problems: Vec<ProblemOfText>,
}

/// Something wrong with a rota file, and what to write instead.
#[derive(Serialize, ToSchema)]
struct ProblemOfText {
    /// `error` or `warning`.
    severity: &'static str,
    /// From 1; 0 where there is no text to point at.
    line: usize,
    column: usize,
    what: String,
    remedy: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewText {
    text: String,
    /// The fingerprint of the file that it was made from.
    base: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Replaced {
    /// The fingerprint of the file that is to be replaced: another one is left as it is.
    base: String,
}

/// What a text would mean.
#[derive(Serialize, ToSchema)]
struct JudgedText {
    /// Whether it could be saved.
    right: bool,
    problems: Vec<ProblemOfText>,
    /// In plain words, a line each.
    read_back: Vec<String>,
    /// What is different for whom.
    changes: Vec<String>,
}

/// What saving has changed.
#[derive(Serialize, ToSchema)]
struct SavedText {
    changes: Vec<String>,
    /// The store has not taken it as a version yet; that is done as soon as it does.
    log_is_behind: bool,
    /// Of the file as it is now.
    fingerprint: String,
}

#[derive(Serialize, ToSchema)]
struct VersionFields {
    id: i64,
    at: String,
    /// Null: it was found on the disk.
    by: Option<String>,
    /// What it changed, in words.
    what: String,
}

#[derive(Serialize, ToSchema)]
struct VersionInFull {
    #[serde(flatten)]
    version: VersionFields,
    text: String,
}

/// Somebody is away or back, or two people swap: said beside the file, and over by itself.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveChange)]
struct LiveFields {
    id: i64,
    by: String,
    made: String,
    /// `away`, `back` or `swap`.
    kind: &'static str,
    who: String,
    /// With whom they swap.
    with: Option<String>,
    cover: Option<String>,
    /// On the business's wall clock; of a swap the date that tells the turn.
    #[schema(value_type = String)]
    from: DateTime,
    #[schema(value_type = Option<String>)]
    until: Option<DateTime>,
}

/// A change that was made.
#[derive(Serialize, ToSchema)]
struct MadeChange {
    /// Of a live change.
    id: Option<i64>,
    /// What changes for whom, or what was asked of whom.
    told: Vec<String>,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Older {
    /// The `next` of the piece before.
    cursor: Option<String>,
}

impl From<Diagnostic> for ProblemOfText {
    fn from(problem: Diagnostic) -> Self {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        Self { severity, line: problem.line, column: problem.column, what: problem.what, remedy: problem.remedy }
    }
}

/// The rota file, as it is.
#[utoipa::path(get, path = "/rota", tag = "rota", responses((status = 200, body = DocumentFields)))]
async fn get_document(State(console): State<Desk>, Reads(me): Reads) -> Result<Json<DocumentFields>, Problem> {
    me.may(Role::Admin)?;
    let text = console.file.text().ok_or(Problem::NotFound)?;
    let live = console.file.live();
    let problems = live.broken.as_ref().unwrap_or(&live.warnings).iter().cloned();
    let (fingerprint, problems) = (fingerprint(&text), problems.map(ProblemOfText::from).collect());
    Ok(Json(DocumentFields { text, fingerprint, problems }))
}

/// Judges a text as saving it would; nothing is written.
#[utoipa::path(
    post,
    path = "/rota/check",
    tag = "rota",
    request_body = Text,
    responses((status = 200, body = JudgedText))
)]
async fn check_document(
    State(console): State<Desk>,
    Reads(me): Reads,
    Json(text): Json<Text>,
) -> Result<Json<JudgedText>, Problem> {
    me.may(Role::Admin)?;
    let judged = document::judge(&console, text.text, me.language).await?;
    let right = judged.right.is_some();
    let (read_back, changes) = judged.right.map(|right| (right.read_back, right.changes)).unwrap_or_default();
    let problems = judged.problems.into_iter().map(ProblemOfText::from).collect();
    Ok(Json(JudgedText { right, problems, read_back, changes }))
}

/// Writes a text over the rota file, if it is right and the file has not been changed meanwhile.
#[utoipa::path(
    put,
    path = "/rota",
    tag = "rota",
    request_body = NewText,
    responses((status = 200, body = SavedText))
)]
async fn save_document(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(new): Json<NewText>,
) -> Result<Json<SavedText>, Problem> {
    let draft = Draft { base: new.base, text: new.text, deed: Deed::RotaSaved, what: None };
    save(&console, &me, draft).await.map(Json)
}

async fn save(console: &Desk, me: &Me, draft: Draft) -> Result<SavedText, Problem> {
    let fingerprint = fingerprint(&draft.text);
    let saved = document::save(console, me, draft).await.map_err(|unsaved| match unsaved {
        Unsaved::Problem(problem) => problem,
        Unsaved::File(NotSaved::Wrong(problems)) => {
            Problem::Wrong(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
        Unsaved::File(why @ (NotSaved::Meanwhile { .. } | NotSaved::Disk(_))) => Problem::Conflict(format!("{why}.")),
    })?;
    Ok(SavedText { changes: saved.changes, log_is_behind: saved.log_is_behind, fingerprint })
}

/// Every text that the rota file has had, the newest first.
#[utoipa::path(
    get,
    path = "/rota/versions",
    tag = "rota",
    params(Older),
    responses((status = 200, body = Piece<VersionFields>))
)]
async fn list_versions(
    State(console): State<Desk>,
    Reads(me): Reads,
    Query(older): Query<Older>,
) -> Result<Json<Piece<VersionFields>>, Problem> {
    me.may(Role::Admin)?;
    let before: i64 = place(older.cursor.as_deref())?.unwrap_or(i64::MAX);
    let versions = console.read(move |tx| rota_versions::page(tx, before, PIECE)).await?;
    let last = versions.last().filter(|_| versions.len() == PIECE as usize);
    Ok(Json(Piece {
        next: last.map(|last| cursor(&last.id.to_string())),
        items: versions.into_iter().map(|version| version_fields(&console, version)).collect(),
    }))
}

/// One version, with its text.
#[utoipa::path(get, path = "/rota/versions/{id}", tag = "rota", params(("id" = i64, Path)), responses((status = 200, body = VersionInFull)))]
async fn get_version(
    State(console): State<Desk>,
    Reads(me): Reads,
    Path(id): Path<i64>,
) -> Result<Json<VersionInFull>, Problem> {
    me.may(Role::Admin)?;
    let found = console.read(move |tx| rota_versions::get(tx, id)).await?;
    let (version, text) = found.ok_or(Problem::NotFound)?;
    Ok(Json(VersionInFull { version: version_fields(&console, version), text }))
}

/// Writes a version's text over the file, if that has not been changed meanwhile.
#[utoipa::path(
    post,
    path = "/rota/versions/{id}/restore",
    tag = "rota", params(("id" = i64, Path)),
    request_body = Replaced,
    responses((status = 200, body = SavedText))
)]
async fn restore_version(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(Replaced { base }): Json<Replaced>,
) -> Result<Json<SavedText>, Problem> {
    me.may(Role::Admin)?;
    let found = console.read(move |tx| rota_versions::get(tx, id)).await?;
    let (version, text) = found.ok_or(Problem::NotFound)?;
    let what = Some(format!("Back to version {}.", version.id));
    save(&console, &me, Draft { base, text, deed: Deed::RotaRestored, what }).await.map(Json)
}

fn version_fields(console: &Desk, version: rota_versions::Version) -> VersionFields {
    let at = iso(version.at, &console.rota().zone);
    VersionFields { id: version.id, at, by: version.by, what: version.what }
}

/// Who is away, back or has swapped, as it is said beside the file; those that are not over.
#[utoipa::path(get, path = "/rota/changes", tag = "rota", responses((status = 200, body = Vec<LiveFields>)))]
async fn list_changes(State(console): State<Desk>, _: Reads) -> Result<Json<Vec<LiveFields>>, Problem> {
    let zone = &console.rota().zone;
    let fields = live::in_force(&console).await?.into_iter().map(|change| {
        let (kind, who, with, cover, from, until) = match change.what {
            Live::Away { who, from, until, cover } => ("away", who, None, cover, from, Some(until)),
            Live::Back { who, from, until } => ("back", who, None, None, from, Some(until)),
            Live::Swap { turn, give, take } => ("swap", give, Some(take), None, midnight(turn), None),
        };
        let name = |who: StaffId| who.to_string();
        let (id, by, made) = (change.id.0, change.by.to_string(), iso(change.made, zone));
        LiveFields { id, by, made, kind, who: name(who), with: with.map(name), cover: cover.map(name), from, until }
    });
    Ok(Json(fields.collect()))
}

fn midnight(date: Date) -> DateTime {
    date.at(0, 0, 0, 0)
}

/// Somebody is away or back, two people swap, a day is a holiday; or an entry of the file goes.
#[utoipa::path(
    post,
    path = "/rota/changes",
    tag = "rota",
    request_body = Asked,
    responses((status = 201, body = MadeChange))
)]
async fn make_change(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(asked): Json<Asked>,
) -> Result<(StatusCode, Json<MadeChange>), Problem> {
    me.may(Role::Staff)?;
    let made = match asked.read(&console.rota(), &me, console.clock.now())? {
        Change::Live(what) => {
            let id = live::make(&console, &me, what).await?;
            MadeChange { id: Some(id.0), told: Vec::new() }
        }
        Change::AskToSwap { day, with } => {
            MadeChange { id: None, told: vec![live::ask_to_swap(&console, &me, day, &with).await?] }
        }
        Change::File(edit) => {
            let text = console.file.text().unwrap_or_default();
            let present = fingerprint(&text);
            // More can be added to any file; what goes is told by its number in one.
            let base = match (asked.base, &edit) {
                (base, Edit::Add(_)) if base.is_empty() => present,
                (base, _) if base == present => base,
                (base, Edit::Remove(_)) if base.is_empty() => return Err(Problem::Wrong(NO_BASE.to_owned())),
                (_, _) => return Err(Problem::Conflict(format!("{}.", NotSaved::Meanwhile { on_disk: text }))),
            };
            let new = edited(&text, &edit).ok_or(Problem::NotFound)?;
            let saved = save(&console, &me, Draft { base, text: new, deed: Deed::RotaSaved, what: None }).await?;
            MadeChange { id: None, told: saved.changes }
        }
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// It counts as never said from now on.
#[utoipa::path(delete, path = "/rota/changes/{id}", tag = "rota", params(("id" = i64, Path)), responses((status = 204)))]
async fn undo_change(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    live::undo(&console, &me, LiveChangeId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
