//! What customers of a list have and the list does not.

use maud::{Markup, html};

use super::words::ImportWords;
use crate::console::times;
use crate::domain::words::Language;
use crate::store::customers::Beyond;

/// Counted, in words: `312 numbers, 40 notes`.
fn told(language: Language, beyond: &Beyond) -> String {
    let words = ImportWords(language);
    let number = |count: usize| times::number(language, u64::try_from(count).unwrap_or(u64::MAX));
    let Beyond { numbers, usual, languages, notes, tags, blocks } = *beyond;
    let counts = [
        (numbers, words.numbers(number(numbers))),
        (usual, words.usual_persons(number(usual))),
        (languages, words.languages(number(languages))),
        (notes, words.notes(number(notes))),
        (tags, words.tags(number(tags))),
        (blocks, words.blocks(number(blocks))),
    ];
    let told: Vec<String> = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| told).collect();
    told.join(", ")
}

/// Takes it away if somebody says so.
pub(super) fn tick(language: Language, beyond: &Beyond) -> Markup {
    let words = ImportWords(language);
    html! {
        @if !beyond.is_nothing() {
            div .field {
                label { input type="checkbox" name="replace" value="yes" aria-describedby="replace-about"; (words.replace(told(language, beyond))) }
                span #replace-about .hint { (words.replace_hint()) }
            }
        }
    }
}

/// What has become of it.
pub(super) fn done(language: Language, beyond: &Beyond, replaced: bool) -> Markup {
    let words = ImportWords(language);
    let told = told(language, beyond);
    html! {
        @if !beyond.is_nothing() { p { @if replaced { (words.replaced(told)) } @else { (words.kept(told)) } } }
    }
}
