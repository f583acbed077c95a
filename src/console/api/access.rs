//! Sessions and tokens, for programs.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::program::{Reads, Writes};
use crate::console::people::{sessions, tokens};
use crate::console::{Desk, Problem};
use crate::domain::access::{AccountId, Scope};
use crate::domain::fields::iso;
use crate::store::sessions::SessionId;
use crate::store::tokens::TokenId;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_sessions, end_sessions))
        .routes(routes!(end_session))
        .routes(routes!(list_tokens, make_token))
        .routes(routes!(revoke_token))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Of {
    /// An account's id; nothing: of whom the token is.
    of: Option<i64>,
}

/// A browser that is signed in.
#[derive(Serialize, ToSchema)]
struct Session {
    id: i64,
    account: i64,
    made: String,
    /// About when it was last used.
    seen: String,
    expires: String,
    address: String,
    browser: String,
}

/// A key for a program.
#[derive(Serialize, ToSchema)]
struct Token {
    id: i64,
    account: i64,
    name: String,
    /// `read` or `write`.
    scope: &'static str,
    made: String,
    /// About when it was last used.
    used: Option<String>,
    revoked: Option<String>,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ScopeWord {
    Read,
    Write,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    scope: ScopeWord,
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
struct MadeToken {
    id: i64,
    /// Shown this once.
    token: String,
}

/// Where somebody is signed in.
#[utoipa::path(get, path = "/sessions", tag = "access", params(Of), responses((status = 200, body = Vec<Session>)))]
async fn list_sessions(
    State(console): State<Desk>,
    Reads(me): Reads,
    Query(of): Query<Of>,
) -> Result<Json<Vec<Session>>, Problem> {
    let (_, found) = sessions::list(&console, &me, of.of.map_or(me.account, AccountId)).await?;
    let zone = &console.rota().zone;
    let session = |session: crate::store::sessions::Session| Session {
        id: session.id.0,
        account: session.account.0,
        made: iso(session.made, zone),
        seen: iso(session.seen, zone),
        expires: iso(session.expires, zone),
        address: session.address,
        browser: session.browser,
    };
    Ok(Json(found.into_iter().map(session).collect()))
}

/// Signs somebody out everywhere, and revokes their tokens: also the one that asks, if it is theirs.
#[utoipa::path(delete, path = "/sessions", tag = "access", params(Of), responses((status = 204)))]
async fn end_sessions(
    State(console): State<Desk>,
    Writes(me): Writes,
    Query(of): Query<Of>,
) -> Result<StatusCode, Problem> {
    sessions::end_all(&console, &me, of.of.map_or(me.account, AccountId)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one session.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "access", params(("id" = i64, Path), Of), responses((status = 204)))]
async fn end_session(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
    Query(of): Query<Of>,
) -> Result<StatusCode, Problem> {
    sessions::end(&console, &me, of.of.map_or(me.account, AccountId), SessionId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tokens: one's own; for whoever looks after others, theirs as well.
#[utoipa::path(get, path = "/tokens", tag = "access", responses((status = 200, body = Vec<Token>)))]
async fn list_tokens(State(console): State<Desk>, Reads(me): Reads) -> Result<Json<Vec<Token>>, Problem> {
    let zone = &console.rota().zone;
    let tokens = tokens::list(&console, &me).await?.into_iter().map(|(token, _)| Token {
        id: token.id.0,
        account: token.account.0,
        name: token.name,
        scope: token.scope.word(),
        made: iso(token.made, zone),
        used: token.used.map(|at| iso(at, zone)),
        revoked: token.revoked.map(|at| iso(at, zone)),
    });
    Ok(Json(tokens.collect()))
}

/// Makes a token. It may what the account may whose token asks, and works no longer than that token.
#[utoipa::path(
    post,
    path = "/tokens",
    tag = "access",
    request_body = NewToken,
    responses((status = 201, body = MadeToken))
)]
async fn make_token(
    State(console): State<Desk>,
    Writes(me): Writes,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    let scope = match new.scope {
        ScopeWord::Read => Scope::Read,
        ScopeWord::Write => Scope::Write,
    };
    let (id, token) = tokens::make(&console, &me, &new.name, scope).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { id: id.0, token })))
}

/// A token works no more, nor does any that was made with it.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "access", params(("id" = i64, Path)), responses((status = 204)))]
async fn revoke_token(
    State(console): State<Desk>,
    Writes(me): Writes,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    tokens::revoke(&console, &me, TokenId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
