//! Erasing a customer for good.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::words::CustomersWords;
use super::{address, deeds, id};
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, Problem};
use crate::domain::access::Role;
use crate::domain::caller::Customer;

#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
}

pub(super) async fn form(State(console): State<Desk>, me: Me, Path(typed): Path<String>) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    let customer = deeds::get(&console, id(&typed)?).await?;
    Ok(confirm(&console, &me, &customer, false))
}

fn confirm(console: &Desk, me: &Me, customer: &Customer, mistyped: bool) -> Markup {
    let (shared, words) = (Words(me.language), CustomersWords(me.language));
    let main = html! {
        div .notice.bad { p { (words.erase_why()) } }
        form method="post" {
            div .field {
                label for="name" { (words.erase_type(&customer.name)) }
                input #name name="name" required autocomplete="off" aria-invalid=[mistyped.then_some("true")] aria-describedby=[mistyped.then_some("name-about")];
                @if mistyped { p #name-about .problem role="alert" { (words.erase_mistyped()) } }
            }
            p .row {
                button .bad { (words.erase()) }
                a .button.quiet href=(address(customer.id.0)) { (shared.cancel()) }
            }
        }
    };
    Page::new(Nav::Customers, words.erase_title(&customer.name)).show(console, me, &main)
}

pub(super) async fn erase(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let customer = deeds::get(&console, id(&typed)?).await?;
    if sent.name.trim() != customer.name.trim() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, confirm(&console, &me, &customer, true)).into_response());
    }
    let erased = deeds::erase(&console, &me, customer.id).await?;
    let counts = format!("{},{},{},{}", erased.calls, erased.promises, erased.jobs, erased.live_calls);
    Ok(Redirect::to(&format!("{}?erased={counts}", Nav::Customers.address())).into_response())
}
