//! The rota as a picture, its document in an editor, its versions, and calendar feeds.

use axum::Router;

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
}
