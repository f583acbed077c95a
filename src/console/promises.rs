//! Promises: by owner, what is due first, and what one does about them.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
