//! The JSON API: everything the console does, for programs.
//!
//! A program shows a token (`Authorization: Bearer …`), never a cookie. What it may do is what the account that made
//! the token may, and a token for reading changes nothing. Problems are told as RFC 9457 has it. The description,
//! `/api/v1/openapi.json`, is made from these handlers.

mod access;
mod audit;
mod calendars;
mod calls;
mod cursor;
mod customers;
mod now;
mod people;
mod program;
mod promises;
mod report;
mod rota;
mod unsent;
mod who;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{Modify, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::{Desk, Problem};
use crate::domain::words::Language;

const VERSION: &str = "/api/v1";

/// So much is read of why a request was not understood, in bytes.
const WHY_MAX: usize = 4_096;

const PROBLEM: &str = "application/problem+json";

pub(super) fn routes() -> Router<Desk> {
    let (router, description) = described();
    let description = Arc::new(description);
    let told = get(move || async move { Json(utoipa::openapi::OpenApi::clone(&description)) });
    router.route(&format!("{VERSION}/openapi.json"), told).layer(from_fn(as_problems))
}

/// Answers to requests, and the description made from them.
fn described() -> (Router<Desk>, utoipa::openapi::OpenApi) {
    let parts = OpenApiRouter::new()
        .merge(now::routes())
        .merge(unsent::routes())
        .merge(calls::routes())
        .merge(promises::routes())
        .merge(customers::routes())
        .merge(rota::routes())
        .merge(calendars::routes())
        .merge(who::routes())
        .merge(report::routes())
        .merge(people::routes())
        .merge(access::routes())
        .merge(audit::routes());
    let api = OpenApiRouter::with_openapi(Head::openapi()).nest(VERSION, parts);
    let (router, mut description) = api.split_for_parts();
    description.paths.paths.values_mut().flat_map(operations).for_each(may_fail);
    (router, description)
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Switchboard",
        description = "A phone that is answered by the person you know. Everything that the console does, but for two \
                       things that need a person at a browser: signing in, and rehearsing a call."
    ),
    components(schemas(Why)),
    modifiers(&Bearer),
    security(("token" = []))
)]
struct Head;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A token made in the console under People and access, for reading or for writing."));
        let components = api.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme.build()));
    }
}

/// Why something was not done, as RFC 9457 has it.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
struct Why {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    /// What to do about it.
    detail: String,
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = path;
    [get, put, post, delete, patch].into_iter().flatten()
}

/// No token, or one that may not: 401, 403. Not there: 404. Not understood: 400, 415, 422. Changed meanwhile: 409. Too
/// often: 429, with `Retry-After`. The store is away: 503.
fn may_fail(operation: &mut Operation) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description("Why it was not done").content(PROBLEM, content).build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(response));
}

/// Whatever is refused, by us or by what reads requests for us, is told in one form.
async fn as_problems(request: Request, next: Next) -> Response<Body> {
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let (title, detail) = if let Some(problem) = parts.extensions.remove::<Arc<Problem>>() {
        if let Problem::TooSoon { seconds } = &*problem {
            parts.headers.insert(RETRY_AFTER, (*seconds).into());
        }
        if let Problem::Away(error) = &*problem {
            tracing::warn!(%error, "a program's request could not be answered");
        }
        problem.told(Language::English)
    } else {
        let why = to_bytes(body, WHY_MAX).await.unwrap_or_default();
        let title = status.canonical_reason().unwrap_or("Refused").to_owned();
        (title, String::from_utf8_lossy(&why).into_owned())
    };
    if status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    let why = Why { kind: "about:blank", title, status: status.as_u16(), detail };
    (parts, Json(why)).into_response()
}
