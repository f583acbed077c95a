//! People and access: signing in, roles, sessions, tokens.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
