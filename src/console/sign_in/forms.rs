//! What somebody sees who is not in yet.

use maud::{Markup, html};

use super::kept::Kept;
use super::words::SignInWords;
use crate::console::page::bare;
use crate::console::{Console, Problem};
use crate::domain::rota::Rota;
use crate::domain::words::Language;
use crate::store::accounts;

/// Both ways in. `problem` says what was wrong with what was typed.
pub(super) async fn sign_in(
    console: &Console,
    language: Language,
    kept: &Kept,
    problem: Option<&str>,
) -> Result<Markup, Problem> {
    let words = SignInWords(language);
    let all = console.read(accounts::all).await?;
    let nobody_yet = !all.iter().any(|listed| listed.account.has_password);
    let by_text = html! {
        form .card method="post" action="/console/sign-in/text" {
            h2 { (words.by_text()) }
            (kept.fields())
            p .field {
                label for="number" { (words.number()) }
                input #number name="number" type="tel" autocomplete="tel" required;
            }
            button { (words.send_code()) }
        }
    };
    Ok(bare(
        language,
        &words.title(),
        &html! {
            (wrong(problem))
            @if kept.is_form() { p .notice role="status" { (words.kept()) } }
            @if nobody_yet { p .notice { (words.nobody_yet()) } }
            @if console.providers.is_empty() {
                @if !nobody_yet { p .notice { (words.no_provider()) } }
            } @else { (by_text) }
            form .card method="post" action="/console/sign-in" {
                h2 { (words.by_password()) }
                (kept.fields())
                p .field {
                    label for="name" { (words.name()) }
                    input #name name="name" autocomplete="username" required;
                }
                p .field {
                    label for="password" { (words.password()) }
                    input #password name="password" type="password" autocomplete="current-password" required;
                }
                button { (words.enter()) }
            }
        },
    ))
}

pub(super) fn code(language: Language, number: &str, kept: &Kept, problem: Option<&str>) -> Markup {
    let words = SignInWords(language);
    bare(
        language,
        &words.code_title(),
        &html! {
            (wrong(problem))
            p role="status" { (words.code_sent()) }
            form .card method="post" action="/console/sign-in/code" {
                (kept.fields())
                input type="hidden" name="number" value=(number);
                p .field {
                    label for="code" { (words.code()) }
                    input #code name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9" required autofocus;
                }
                button { (words.enter()) }
            }
            form method="post" action="/console/sign-in/again" {
                (kept.fields())
                button .quiet { (words.another_code()) }
            }
        },
    )
}

/// Who somebody with a link may be.
pub(super) enum Whose<'a> {
    Named(&'a str),
    /// The first of all: somebody of the rota, the owner before the others, or whoever types a name.
    First {
        rota: &'a Rota,
        chosen: &'a str,
        typed: &'a str,
    },
}

/// For somebody with a link.
pub(super) fn welcome(language: Language, whose: &Whose<'_>, address: &str, problem: Option<&str>) -> Markup {
    let words = SignInWords(language);
    bare(
        language,
        &words.welcome(),
        &html! {
            (wrong(problem))
            p {
                @match whose {
                    Whose::Named(name) => { (words.invited(name)) " " (words.signs_out()) }
                    Whose::First { .. } => (words.first()),
                }
            }
            form .card method="post" action=(address) {
                @match whose {
                    // For whatever keeps their passwords.
                    Whose::Named(name) => input .hidden name="name" autocomplete="username" value=(name) readonly tabindex="-1" aria-hidden="true";,
                    Whose::First { rota, chosen, typed } => (first(words, rota, chosen, typed)),
                }
                p .field {
                    label for="password" { (words.password()) }
                    input #password name="password" type="password" autocomplete="new-password" minlength="10" aria-describedby="hint" required;
                    span #hint .hint { (words.password_hint()) }
                }
                p .field {
                    label for="again" { (words.again()) }
                    input #again name="again" type="password" autocomplete="new-password" required;
                }
                button { (words.choose()) }
            }
        },
    )
}

fn first(words: SignInWords, rota: &Rota, chosen: &str, typed: &str) -> Markup {
    let owner = rota.staff.get(rota.owner.as_str());
    let others = rota.staff.iter().filter(|person| person.id != rota.owner);
    html! {
        p .field {
            label for="staff" { (words.you_are()) }
            select #staff name="staff" {
                @for person in owner.into_iter().chain(others) {
                    option value=(person.id) selected[person.id.as_str() == chosen] { (person.name) }
                }
                option value="" selected[chosen.is_empty()] { (words.somebody_else()) }
            }
        }
        p .field {
            label for="name" { (words.other_name()) }
            input #name name="name" autocomplete="username" value=(typed) maxlength="100";
        }
    }
}

fn wrong(problem: Option<&str>) -> Markup {
    html! { @if let Some(problem) = problem { p .notice.bad role="alert" { (problem) } } }
}
