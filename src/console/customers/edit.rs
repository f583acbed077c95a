//! A new customer, and a changed one.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::deeds::{self, Refusal};
use super::sheet::{Fault, Field, Sheet, fingerprint};
use super::words::CustomersWords;
use super::{address, id};
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, Problem};
use crate::domain::access::Role;
use crate::domain::caller::{Customer, CustomerId};
use crate::domain::rota::Rota;

/// A form as it was sent.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    name: String,
    /// One on each line.
    numbers: String,
    usual: String,
    language: String,
    note: String,
    tags: String,
    blocked: String,
    /// The fingerprint of what was shown.
    pub(super) seen: String,
    /// That of the other, where two become one.
    pub(super) seen_other: String,
    pub(super) with: String,
}

impl Sent {
    pub(super) fn sheet(&self) -> Sheet {
        Sheet {
            name: self.name.clone(),
            numbers: self.numbers.lines().map(str::to_owned).collect(),
            usual: self.usual.clone(),
            language: self.language.clone(),
            note: self.note.clone(),
            tags: self.tags.clone(),
            blocked: !self.blocked.is_empty(),
        }
    }
}

/// The fields of a form, what is wrong in them, and what somebody else has saved meanwhile.
pub(super) struct Fields<'a> {
    pub(super) words: CustomersWords,
    pub(super) rota: &'a Rota,
    pub(super) sheet: &'a Sheet,
    pub(super) faults: &'a [Fault],
    pub(super) saved: Option<&'a Sheet>,
    /// Without it only the usual person and the note are theirs to change.
    pub(super) all: bool,
    /// Who has this form's customer's number already may be the same.
    pub(super) of: Option<CustomerId>,
}

impl Fields<'_> {
    pub(super) fn show(&self) -> Markup {
        let (words, sheet) = (self.words, self.sheet);
        html! {
            @if !self.faults.is_empty() { div .notice.bad role="alert" { p { (words.mend()) } } }
            @if self.all {
                (self.field(Field::Name, &|about| html! {
                    input #name name="name" value=(sheet.name) required maxlength="2000" autocomplete="off" aria-invalid=[about.wrong] aria-describedby=[about.by];
                }))
                (self.field(Field::Numbers, &|about| html! {
                    textarea #numbers name="numbers" rows="3" required inputmode="tel" aria-invalid=[about.wrong] aria-describedby=[about.by] { (sheet.numbers.join("\n")) }
                }))
            }
            (self.field(Field::Usual, &|about| html! { (self.people(&about)) }))
            @if self.all {
                (self.field(Field::Language, &|about| html! {
                    input #language_of_customer name="language" value=(sheet.language) maxlength="35" autocomplete="off" aria-invalid=[about.wrong] aria-describedby=[about.by];
                }))
            }
            (self.field(Field::Note, &|about| html! {
                input #note name="note" value=(sheet.note) maxlength="2000" autocomplete="off" aria-invalid=[about.wrong] aria-describedby=[about.by];
            }))
            @if self.all {
                (self.field(Field::Tags, &|about| html! {
                    input #tags name="tags" value=(sheet.tags) maxlength="2000" autocomplete="off" aria-invalid=[about.wrong] aria-describedby=[about.by];
                }))
                div .field {
                    label { input type="checkbox" name="blocked" value="yes" checked[sheet.blocked] aria-describedby="blocked-about"; (words.blocked()) }
                    div #blocked-about {
                        @if let Some(saved) = self.saved.filter(|saved| saved.blocked != sheet.blocked) {
                            p .problem { (words.now_saved(if saved.blocked { words.blocked() } else { words.not_blocked() })) }
                        }
                        span .hint { (words.blocked_means()) }
                    }
                }
            } @else { p .soft { (words.only_admin()) } }
        }
    }

    fn people(&self, about: &About) -> Markup {
        let usual = self.sheet.usual.trim();
        let gone = !usual.is_empty() && self.rota.staff.get(usual).is_none();
        html! {
            select #usual name="usual" aria-invalid=[about.wrong] aria-describedby=[about.by.as_deref()] {
                option value="" selected[usual.is_empty()] { (self.words.usual_nobody()) }
                @if gone { option value=(usual) selected { (usual) " (" (self.words.left_staff()) ")" } }
                @for person in self.rota.staff.iter() {
                    option value=(person.id.as_str()) selected[person.id.as_str() == usual] { (person.name) }
                }
            }
        }
    }

    fn field(&self, field: Field, input: &dyn Fn(About) -> Markup) -> Markup {
        let words = self.words;
        let (name, hint) = match field {
            Field::Name => ("name", None),
            Field::Numbers => ("numbers", Some(words.numbers_hint())),
            Field::Usual => ("usual", None),
            Field::Language => ("language_of_customer", Some(words.language_hint())),
            Field::Note => ("note", Some(words.note_hint())),
            Field::Tags => ("tags", Some(words.tags_hint())),
            Field::Blocked => ("blocked", None),
        };
        let wrong: Vec<&Fault> = self.faults.iter().filter(|fault| fault.field() == field).collect();
        let saved = self.saved.and_then(|saved| changed(field, self.sheet, saved));
        let described = hint.is_some() || !wrong.is_empty() || saved.is_some();
        let about =
            About { wrong: (!wrong.is_empty()).then_some("true"), by: described.then(|| format!("{name}-about")) };
        html! {
            div .field {
                label for=(name) { (field.title(words)) }
                (input(about))
                div id={ (name) "-about" } {
                    @for fault in wrong {
                        p .problem {
                            (fault.told(words))
                            @if let Fault::Taken(taken) = fault { " " a href=(address(taken.by.id.0)) { (words.shown_in(&taken.by.name)) }
                                @if let Some(id) = self.of { " " a href=(address(format!("{}/merge?with={}", id.0, taken.by.id.0))) { (words.merge_with(&taken.by.name)) } }
                            }
                        }
                    }
                    @if let Some(saved) = saved { p .problem { (words.now_saved(saved)) } }
                    @if let Some(hint) = hint { span .hint { (hint) } }
                }
            }
        }
    }
}

/// What stands about an input, for screen readers.
struct About {
    wrong: Option<&'static str>,
    by: Option<String>,
}

/// What is saved in a field, where it is not what is written there.
fn changed(field: Field, written: &Sheet, saved: &Sheet) -> Option<String> {
    let (written, saved) = match field {
        Field::Name => (written.name.clone(), saved.name.clone()),
        Field::Numbers => (written.numbers.join(", "), saved.numbers.join(", ")),
        Field::Usual => (written.usual.clone(), saved.usual.clone()),
        Field::Language => (written.language.clone(), saved.language.clone()),
        Field::Note => (written.note.clone(), saved.note.clone()),
        Field::Tags => (written.tags.clone(), saved.tags.clone()),
        Field::Blocked => return None,
    };
    (written.trim() != saved).then_some(if saved.is_empty() { "–".to_owned() } else { saved })
}

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Of a stranger who has rung.
    number: Option<String>,
}

pub(super) async fn blank(State(console): State<Desk>, me: Me, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    me.may(Role::Admin)?;
    let sheet = Sheet { numbers: asked.number.into_iter().collect(), ..Sheet::default() };
    Ok(new(&console, &me, &sheet, &[]))
}

fn new(console: &Desk, me: &Me, sheet: &Sheet, faults: &[Fault]) -> Markup {
    let words = CustomersWords(me.language);
    let fields = Fields { words, rota: &console.rota(), sheet, faults, saved: None, all: true, of: None };
    let main = html! {
        form method="post" {
            (fields.show())
            (buttons(me, Nav::Customers.address()))
        }
    };
    Page::new(Nav::Customers, words.add()).show(console, me, &main)
}

fn buttons(me: &Me, back: &str) -> Markup {
    let shared = Words(me.language);
    html! { p .row { button { (shared.save()) } a .button.quiet href=(back) { (shared.cancel()) } } }
}

pub(super) async fn add(State(console): State<Desk>, me: Me, Form(sent): Form<Sent>) -> Result<Response, Problem> {
    let sheet = sent.sheet();
    match deeds::add(&console, &me, &sheet).await {
        Ok(id) => Ok(Redirect::to(&address(format!("{}?done=added", id.0))).into_response()),
        Err(Refusal::Faults(faults)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, new(&console, &me, &sheet, &faults)).into_response())
        }
        Err(other) => Err(other.problem(CustomersWords(me.language))),
    }
}

pub(super) async fn form(State(console): State<Desk>, me: Me, Path(typed): Path<String>) -> Result<Markup, Problem> {
    me.may(Role::Staff)?;
    let customer = deeds::get(&console, id(&typed)?).await?;
    Ok(edited(&console, &me, &customer, &Sheet::of(&customer), &[], None))
}

/// `saved`: what somebody else has saved since `sheet` was begun.
fn edited(
    console: &Desk,
    me: &Me,
    customer: &Customer,
    sheet: &Sheet,
    faults: &[Fault],
    saved: Option<&Sheet>,
) -> Markup {
    let words = CustomersWords(me.language);
    let all = me.role.may(Role::Admin);
    let fields = Fields { words, rota: &console.rota(), sheet, faults, saved, all, of: all.then_some(customer.id) };
    let main = html! {
        @if saved.is_some() { div .notice.warn role="alert" { p { (words.changed_by_other()) } } }
        form method="post" {
            input type="hidden" name="seen" value=(fingerprint(customer));
            (fields.show())
            (buttons(me, &address(customer.id.0)))
        }
    };
    Page::new(Nav::Customers, words.edit_title(&customer.name)).show(console, me, &main)
}

pub(super) async fn save(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let (id, sheet) = (id(&typed)?, sent.sheet());
    match deeds::change(&console, &me, id, Some(&sent.seen), &sheet).await {
        Ok(()) => Ok(Redirect::to(&address(format!("{}?done=saved", id.0))).into_response()),
        Err(Refusal::Faults(faults)) => {
            let customer = deeds::get(&console, id).await?;
            let seen = fingerprint(&customer) == sent.seen;
            // Whoever has not seen the present state must not get its fingerprint unseen.
            let saved = Some(Sheet::of(&customer)).filter(|_| !seen);
            let page = edited(&console, &me, &customer, &sheet, &faults, saved.as_ref());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Refusal::Changed(now)) => {
            let page = edited(&console, &me, &now, &sheet, &[], Some(&Sheet::of(&now)));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(Refusal::Problem(problem)) => Err(problem),
    }
}

pub(super) async fn block(
    State(console): State<Desk>,
    me: Me,
    Path(typed): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Redirect, Problem> {
    let id = id(&typed)?;
    let words = CustomersWords(me.language);
    let blocked = !sent.blocked.is_empty();
    deeds::set_blocked(&console, &me, id, blocked).await.map_err(|refusal| refusal.problem(words))?;
    Ok(Redirect::to(&address(format!("{}?done=saved", id.0))))
}
