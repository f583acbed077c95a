//! Customers: search, one customer, changes, import, export, erasing.

pub(in crate::console) mod deeds;
mod edit;
mod erase;
mod export;
mod import;
mod list;
mod merge;
pub(in crate::console) mod sheet;
mod show;
pub(in crate::console) mod words;

pub(super) use export::export;
pub(super) use import::{LIST_PATH, Lists, admits_list, at_once};

use std::fmt::Display;

use axum::Router;
use axum::routing::{get, post};

use super::{Desk, Nav, Problem};
use crate::domain::caller::CustomerId;

/// A script that asks only for a part of a page says so by this header.
const PART: &str = "x-part";

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/customers", get(list::list))
        .route("/console/customers/new", get(edit::blank).post(edit::add))
        .route("/console/customers/export", get(export))
        .route("/console/customers/{id}", get(show::show))
        .route("/console/customers/{id}/edit", get(edit::form).post(edit::save))
        .route("/console/customers/{id}/block", post(edit::block))
        .route("/console/customers/{id}/merge", get(merge::form).post(merge::merge))
        .route("/console/customers/{id}/erase", get(erase::form).post(erase::erase))
        .merge(import::routes())
}

/// Of a page below the list: `7/edit`.
fn address(rest: impl Display) -> String {
    format!("{}/{rest}", Nav::Customers.address())
}

fn id(typed: &str) -> Result<CustomerId, Problem> {
    typed.parse().map(CustomerId).map_err(|_| Problem::NotFound)
}
