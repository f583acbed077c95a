//! Asks once more before what cannot be taken back. Needs no script.

use maud::{Markup, html};

use super::words::Words;
use crate::domain::words::Language;

/// Something that is done by sending a form.
pub(super) struct Deed<'a> {
    /// On the button.
    pub(super) what: &'a str,
    /// The same with its object, for whoever does not see what it stands beside.
    pub(super) about: &'a str,
    /// What follows from it.
    pub(super) told: &'a str,
    pub(super) address: &'a str,
    /// What the form says, hidden.
    pub(super) field: (&'a str, &'a str),
}

/// A button that shows what would follow, and another that does it.
pub(super) fn sure(language: Language, deed: &Deed<'_>) -> Markup {
    let yes = Words(language).yes_do_it();
    html! {
        details {
            summary .button.small.quiet aria-label=(deed.about) { (deed.what) }
            form method="post" action=(deed.address) {
                p { (deed.told) }
                input type="hidden" name=(deed.field.0) value=(deed.field.1);
                button .small.bad aria-label={ (yes) ": " (deed.about) } { (yes) }
            }
        }
    }
}
