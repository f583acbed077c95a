//! Mine: the page of somebody who answers, on their phone.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
