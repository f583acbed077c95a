//! What somebody typed into a form that was refused: shown and sent again by them, so that it is not lost. Going back
//! would not bring it back: no browser may keep these pages.

use maud::{Markup, html};

use super::Problem;
use crate::console::words::Words;

/// Where passwords are typed: never put into a page again.
const SECRET: [&str; 3] = ["/console/sign-in", "/console/welcome", "/console/people"];

#[derive(Debug)]
pub(in crate::console) struct Typed {
    to: String,
    fields: Vec<(String, String)>,
}

impl Typed {
    /// `None` where it may be a secret, or where nothing would be sent again.
    pub(in crate::console) fn of(problem: &Problem, to: String, body: &[u8]) -> Option<Self> {
        let keeps = match problem {
            Problem::Wrong(_) | Problem::Conflict(_) | Problem::TooSoon { .. } | Problem::Away(_) => true,
            Problem::SignIn { .. } | Problem::Forbidden | Problem::Barred(_) | Problem::NotFound | Problem::TooLong => {
                false
            }
        };
        let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
        let secret = SECRET.iter().any(|path| to.starts_with(path))
            || fields.iter().any(|(name, _)| name.to_lowercase().contains("password"));
        (keeps && !secret).then_some(Self { to, fields })
    }

    /// Where it is wrong it would be wrong again: then what a person wrote is shown, to be taken along.
    pub(super) fn show(&self, problem: &Problem, words: Words) -> Markup {
        if matches!(problem, Problem::Wrong(_)) {
            return self.written(words);
        }
        html! {
            form method="post" action=(self.to) {
                @for (name, value) in &self.fields { input type="hidden" name=(name) value=(value); }
                p { button { (words.try_again()) } }
            }
        }
    }

    fn written(&self, words: Words) -> Markup {
        let mut written = self.fields.iter().filter(|(_, value)| value.trim().contains(char::is_whitespace)).peekable();
        html! {
            @if written.peek().is_some() {
                h2 { (words.you_typed()) }
                @for (_, value) in written { pre tabindex="0" { (value) } }
            }
        }
    }
}
