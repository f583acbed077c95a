//! Calls: the history with search and filters, and one call as a timeline.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
