//! Who would ring? For any number or customer, line and minute.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
