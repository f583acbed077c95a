//! The JSON API: everything the console does, for programs.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
