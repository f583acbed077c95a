//! Customers: search, one customer, changes, import, export, erasing.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
