//! Two customers who are one.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::deeds::{self, Pair, Refusal};
use super::edit::{Fields, Sent};
use super::sheet::{Fault, Field, Sheet, fingerprint};
use super::words::CustomersWords;
use super::{address, id};
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, Problem};
use crate::domain::access::Role;
use crate::domain::caller::Customer;
use crate::store::customers;

/// Others of the same name that are shown.
const SAME_MAX: u32 = 20;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The other one.
    with: Option<String>,
    /// What is searched for, where the other one has another name.
    q: Option<String>,
}

pub(super) async fn form(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    let kept = deeds::get(&console, id(&typed)?).await?;
    let Some(with) = asked.with.as_deref() else { return choose_other(&console, &me, &kept, asked.q.as_deref()).await };
    let gone = deeds::get(&console, id(with)?).await?;
    Ok(choose(&console, &me, (&kept, &gone), &both(&kept, &gone), &[], None))
}

/// Everything of the one who stays, and of the other what the first lacks.
fn both(kept: &Customer, gone: &Customer) -> Sheet {
    let (mut sheet, other) = (Sheet::of(kept), Sheet::of(gone));
    sheet.numbers.extend(other.numbers);
    for (ours, theirs) in
        [(&mut sheet.usual, other.usual), (&mut sheet.language, other.language), (&mut sheet.note, other.note)]
    {
        if ours.is_empty() {
            *ours = theirs;
        }
    }
    let tags = kept.tags.iter().chain(gone.tags.iter().filter(|tag| !kept.tags.contains(tag)));
    sheet.tags = tags.cloned().collect::<Vec<_>>().join(", ");
    sheet.blocked |= other.blocked;
    sheet
}

async fn choose_other(console: &Desk, me: &Me, kept: &Customer, q: Option<&str>) -> Result<Markup, Problem> {
    let (shared, words) = (Words(me.language), CustomersWords(me.language));
    let mut others = if let Some(q) = q.map(str::trim).filter(|q| !q.is_empty()) {
        deeds::find(console, q, None).await?.customers
    } else {
        let kept = kept.clone();
        console.read(move |tx| customers::same_name(tx, &kept, SAME_MAX)).await?
    };
    others.retain(|other| other.id != kept.id);
    let main = html! {
        p { (words.merge_why()) }
        form .toolbar role="search" method="get" {
            div .field.wide {
                label for="q" { (words.find()) }
                input #q type="search" name="q" value=[q] maxlength="200" autocomplete="off" aria-describedby="q-hint";
                span #q-hint .hint { (words.find_hint()) }
            }
            button { (shared.search()) }
        }
        @if others.is_empty() {
            div .empty { p {
                @if let Some(q) = q { (words.found_none(q)) } @else { (words.nobody_same()) }
            } }
        } @else {
            ul .cards {
                @for other in &others {
                    li .card {
                        h2 { (other.name) }
                        p { @for phone in &other.numbers { span .number { (phone.spaced()) } " " } }
                        a .button.quiet href={ "?with=" (other.id.0) } { (words.merge_with(&other.name)) }
                    }
                }
            }
        }
        p { a href=(address(kept.id.0)) { (shared.cancel()) } }
    };
    Ok(Page::new(Nav::Customers, words.merge_title(&kept.name)).show(console, me, &main))
}

/// Both side by side, and below what will be. `saved`: what would be by itself now, since somebody else has changed one
/// of them.
fn choose(
    console: &Desk,
    me: &Me,
    (kept, gone): (&Customer, &Customer),
    sheet: &Sheet,
    faults: &[Fault],
    saved: Option<&Sheet>,
) -> Markup {
    let (shared, words) = (Words(me.language), CustomersWords(me.language));
    let rota = console.rota();
    let fields = Fields { words, rota: &rota, sheet, faults, saved, all: true, of: None };
    let main = html! {
        @if saved.is_some() { div .notice.warn role="alert" { p { (words.changed_by_other()) } } }
        p { (words.merge_why()) }
        ul .cards {
            @for customer in [kept, gone] {
                li .card { h2 { a href=(address(customer.id.0)) { (customer.name) } } (facts(words, customer)) }
            }
        }
        h2 { (words.merge_choose()) }
        form method="post" {
            input type="hidden" name="with" value=(gone.id.0);
            input type="hidden" name="seen" value=(fingerprint(kept));
            input type="hidden" name="seen_other" value=(fingerprint(gone));
            (fields.show())
            p .row {
                button { (words.merge_do()) }
                a .button.quiet href=(address(kept.id.0)) { (shared.cancel()) }
            }
        }
    };
    Page::new(Nav::Customers, words.merge_title(&kept.name)).show(console, me, &main)
}

fn facts(words: CustomersWords, customer: &Customer) -> Markup {
    let sheet = Sheet::of(customer);
    let facts = [
        (Field::Numbers, sheet.numbers.join(", ")),
        (Field::Usual, sheet.usual),
        (Field::Language, sheet.language),
        (Field::Note, sheet.note),
        (Field::Tags, sheet.tags),
    ];
    html! {
        dl {
            @for (field, value) in facts {
                @if !value.is_empty() { dt { (field.title(words)) } dd { (value) } }
            }
        }
    }
}

pub(super) async fn merge(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let (kept, gone, sheet) = (id(&typed)?, id(&sent.with)?, sent.sheet());
    let pair = Pair { kept, gone, seen: (sent.seen.clone(), sent.seen_other.clone()) };
    let refusal = match deeds::merge(&console, &me, pair, &sheet).await {
        Ok(()) => return Ok(Redirect::to(&address(format!("{}?done=merged", kept.0))).into_response()),
        Err(refusal) => refusal,
    };
    let (status, faults) = match refusal {
        Refusal::Faults(faults) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        Refusal::Changed(_) => (StatusCode::CONFLICT, Vec::new()),
        Refusal::Problem(problem) => return Err(problem),
    };
    let (kept, gone) = (deeds::get(&console, kept).await?, deeds::get(&console, gone).await?);
    // Whoever has not seen the present state must not get its fingerprint unseen.
    let seen = fingerprint(&kept) == sent.seen && fingerprint(&gone) == sent.seen_other;
    let saved = Some(both(&kept, &gone)).filter(|_| !seen);
    let page = choose(&console, &me, (&kept, &gone), &sheet, &faults, saved.as_ref());
    Ok((status, page).into_response())
}
