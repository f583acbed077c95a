//! Changes: who changed what, when, from what to what.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
