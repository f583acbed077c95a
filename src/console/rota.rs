//! The rota as a picture that can be changed by clicking, its document in an editor, its versions, calendar links, and a
//! page to print.

pub(in crate::console) mod calendars;
pub(super) mod change;
pub(super) mod document;
mod editor;
pub(super) mod live;
mod picture;
pub(super) mod preview;
mod print;
mod table;
pub(super) mod versions;
mod words;

pub(super) use document::{Unlogged, judge, keep};

use axum::Router;
use axum::routing::{get, post};

use super::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/rota", get(picture::page))
        .route("/console/rota/change", get(preview::form).post(preview::make))
        .route("/console/rota/preview", get(preview::page))
        .route("/console/rota/undo", post(picture::undo))
        .route("/console/rota/edit", get(editor::page).post(editor::send))
        .route("/console/rota/check", post(editor::check))
        .route("/console/rota/versions", get(versions::page))
        .route("/console/rota/versions/difference", get(versions::difference))
        .route("/console/rota/versions/restore", post(versions::restore))
        .route("/console/rota/calendars", get(calendars::page).post(calendars::renew))
        .route("/console/rota/calendars/revoke", post(calendars::revoke))
        .route("/console/rota/print", get(print::page))
        .route("/calendar/{file}", get(calendars::feed))
}
