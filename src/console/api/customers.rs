//! Customers, for programs.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cursor::{Piece, cursor, place};
use super::program::{Reads, Writes};
use crate::console::customers::deeds::{self, Pair, Refusal};
use crate::console::customers::sheet::{Sheet, fingerprint};
use crate::console::customers::words::CustomersWords;
use crate::console::customers::{at_once, export};
use crate::console::{Desk, Problem};
use crate::customer_list::{self, Weight};
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::phone::Phone;
use crate::domain::words::Language;
use crate::store::customers::Beyond;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(find_customers, add_customer))
        .routes(routes!(get_customer, change_customer, erase_customer))
        .routes(routes!(merge_customers))
        .routes(routes!(import_customers))
        .routes(routes!(export_customers))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Asked {
    /// Beginnings of words of a name or tag, or of a number; nothing: the newest first.
    text: String,
    /// The `next` of the piece before.
    cursor: Option<String>,
}

/// A customer.
#[derive(Serialize, ToSchema)]
#[schema(as = Customer)]
struct CustomerFields {
    id: i64,
    name: String,
    numbers: Vec<String>,
    /// Who looks after them by an admin's word, as the rota file calls them.
    usual: Option<String>,
    language: Option<String>,
    /// For the whisper.
    note: Option<String>,
    tags: Vec<String>,
    blocked: bool,
    /// Another one after every change: give it as `seen`, so that nobody else's change is overwritten.
    fingerprint: String,
}

/// Everything that is known of a customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    #[schema(min_length = 1, max_length = 2000)]
    name: String,
    /// In any spelling.
    #[schema(min_items = 1, max_items = 20)]
    numbers: Vec<String>,
    #[serde(default)]
    usual: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    blocked: bool,
    /// The fingerprint of what was there. Without it the customer is written over, whatever is known.
    #[serde(default)]
    seen: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Other {
    /// The customer who becomes part of this one.
    other: i64,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Import {
    /// Tells what the list would do, and writes nothing.
    only_look: bool,
    /// Takes away what customers of the list have and the list does not: numbers, and whatever has an empty cell. Else
    /// numbers and tags are added, and an empty cell leaves what is known.
    replace: bool,
}

/// What became of the rows of a list.
#[derive(Serialize, ToSchema)]
struct Imported {
    added: usize,
    updated: usize,
    unchanged: usize,
    left_out: usize,
    /// What customers of the list have and the list does not: taken away by `replace`, else left.
    not_in_list: NotInList,
    problems: Vec<Row>,
}

#[derive(Serialize, ToSchema)]
struct NotInList {
    numbers: usize,
    usual: usize,
    languages: usize,
    notes: usize,
    tags: usize,
    blocks: usize,
}

/// A row that was left out, or went in and is worth a look.
#[derive(Serialize, ToSchema)]
struct Row {
    line: u64,
    left_out: bool,
    reason: String,
}

/// What was erased.
#[derive(Serialize, ToSchema)]
struct Erased {
    calls: usize,
    promises: usize,
}

impl Written {
    fn sheet(self) -> Sheet {
        Sheet {
            name: self.name,
            numbers: self.numbers,
            usual: self.usual.unwrap_or_default(),
            language: self.language.unwrap_or_default(),
            note: self.note.unwrap_or_default(),
            tags: self.tags.join(", "),
            blocked: self.blocked,
        }
    }
}

impl From<Customer> for CustomerFields {
    fn from(customer: Customer) -> Self {
        Self {
            fingerprint: fingerprint(&customer),
            id: customer.id.0,
            numbers: customer.numbers.iter().map(Phone::to_string).collect(),
            usual: customer.usual.map(|usual| usual.to_string()),
            name: customer.name,
            language: customer.language,
            note: customer.note,
            tags: customer.tags,
            blocked: customer.blocked,
        }
    }
}

fn refused(refusal: Refusal) -> Problem {
    refusal.problem(CustomersWords(Language::English))
}

/// Customers, as somebody would type them.
#[utoipa::path(
    get,
    path = "/customers",
    tag = "customers",
    params(Asked),
    responses((status = 200, body = Piece<CustomerFields>))
)]
async fn find_customers(
    State(console): State<Desk>,
    _: Reads,
    Query(asked): Query<Asked>,
) -> Result<Json<Piece<CustomerFields>>, Problem> {
    let below: Option<i64> = place(asked.cursor.as_deref())?;
    let found = deeds::find(&console, &asked.text, below.map(CustomerId)).await?;
    // What was typed finds the best and no more; the whole list goes on.
    let last = found.customers.last().filter(|_| found.more && asked.text.trim().is_empty());
    Ok(Json(Piece {
        next: last.map(|last| cursor(&last.id.0.to_string())),
        items: found.customers.into_iter().map(CustomerFields::from).collect(),
    }))
}

/// Adds a customer.
#[utoipa::path(
    post,
    path = "/customers",
    tag = "customers",
    request_body = Written,
    responses((status = 201, body = CustomerFields))
)]
async fn add_customer(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(written): Json<Written>,
) -> Result<(StatusCode, Json<CustomerFields>), Problem> {
    let id = deeds::add(&console, &me, &written.sheet()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(deeds::get(&console, id).await?.into())))
}

/// One customer.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers", params(("id" = i64, Path)), responses((status = 200, body = CustomerFields)))]
async fn get_customer(
    State(console): State<Desk>,
    _: Reads,
    Path(id): Path<i64>,
) -> Result<Json<CustomerFields>, Problem> {
    Ok(Json(deeds::get(&console, CustomerId(id)).await?.into()))
}

/// Writes a customer anew. Whoever is staff changes `usual` and `note` only.
#[utoipa::path(
    put,
    path = "/customers/{id}",
    tag = "customers", params(("id" = i64, Path)),
    request_body = Written,
    responses((status = 200, body = CustomerFields))
)]
async fn change_customer(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(mut written): Json<Written>,
) -> Result<Json<CustomerFields>, Problem> {
    let seen = written.seen.take();
    deeds::change(&console, &me, CustomerId(id), seen.as_deref(), &written.sheet()).await.map_err(refused)?;
    Ok(Json(deeds::get(&console, CustomerId(id)).await?.into()))
}

/// Makes one of two customers. Numbers and tags of both stay, and who was blocked is; of all else, what this one has.
#[utoipa::path(
    post,
    path = "/customers/{id}/merge",
    tag = "customers", params(("id" = i64, Path)),
    request_body = Other,
    responses((status = 200, body = CustomerFields))
)]
async fn merge_customers(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Json(Other { other }): Json<Other>,
) -> Result<Json<CustomerFields>, Problem> {
    let (kept, gone) = (deeds::get(&console, CustomerId(id)).await?, deeds::get(&console, CustomerId(other)).await?);
    let mut both = kept.clone();
    both.numbers.extend(&gone.numbers);
    both.tags.extend(gone.tags.iter().filter(|tag| !kept.tags.contains(tag)).cloned());
    both.usual = kept.usual.clone().or(gone.usual.clone());
    both.language = kept.language.clone().or(gone.language.clone());
    both.note = kept.note.clone().or(gone.note.clone());
    both.blocked |= gone.blocked;
    let pair = Pair { kept: kept.id, gone: gone.id, seen: (fingerprint(&kept), fingerprint(&gone)) };
    deeds::merge(&console, &me, pair, &Sheet::of(&both)).await.map_err(refused)?;
    Ok(Json(deeds::get(&console, CustomerId(id)).await?.into()))
}

/// Erases a customer for good: name, numbers, notes and messages, in past calls and promises too.
#[utoipa::path(delete, path = "/customers/{id}", tag = "customers", params(("id" = i64, Path)), responses((status = 200, body = Erased)))]
async fn erase_customer(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<Json<Erased>, Problem> {
    let erased = deeds::erase(&console, &me, CustomerId(id)).await?;
    Ok(Json(Erased { calls: erased.calls, promises: erased.promises }))
}

/// Takes in a list: a header row, and columns name, phone, usual, language, note, tags.
///
/// Whoever is known by one of their numbers is updated. Longer lists are sent in pieces, each with the header row.
#[utoipa::path(
    post,
    path = "/customers/import",
    tag = "customers",
    params(Import),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported))
)]
async fn import_customers(
    State(console): State<Desk>,
    Writes(me): Writes,
    Query(import): Query<Import>,
    list: Bytes,
) -> Result<Json<Imported>, Problem> {
    let (done, problems) = at_once(&console, &me, list, import.only_look, import.replace).await?;
    let row = |problem: customer_list::Problem| Row {
        line: problem.line,
        left_out: problem.weight == Weight::LeftOut,
        reason: problem.reason.to_string(),
    };
    let Beyond { numbers, usual, languages, notes, tags, blocks } = done.beyond;
    Ok(Json(Imported {
        not_in_list: NotInList { numbers, usual, languages, notes, tags, blocks },
        added: done.added,
        updated: done.updated,
        unchanged: done.unchanged,
        left_out: done.left_out,
        problems: problems.into_iter().map(row).collect(),
    }))
}

/// All customers, as a list that can be taken in again.
#[utoipa::path(
    get,
    path = "/customers/export",
    tag = "customers",
    responses((status = 200, body = String, content_type = "text/csv; charset=utf-8"))
)]
async fn export_customers(State(console): State<Desk>, Reads(me): Reads) -> Result<Response, Problem> {
    export(State(console), me).await
}
