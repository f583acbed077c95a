//! What needs fixing: what is wrong, how bad it is, and where it is mended.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use maud::{Markup, html};

use super::words::NowWords;
use crate::console::hindsight::Said;
use crate::console::times;
use crate::domain::words::Language;

/// Where what could not be sent is seen to.
pub(super) const UNSENT: &str = "/console/unsent";
const EDITOR: &str = "/console/rota/edit";

pub(in crate::console) enum Fix {
    NoProvider,
    /// So many calls are to be written.
    StoreAway(usize),
    PastUnknown,
    /// For so many reasons.
    RotaBroken(usize),
    NotSent {
        count: usize,
        /// Of the newest, in the provider's own words.
        why: String,
    },
    /// Tried in vain several times, and tried again by itself.
    NotTaken {
        provider: String,
        count: usize,
        since: Timestamp,
        why: String,
    },
    /// Strangers can cause it, so it is told as something to look at if calls do not come in.
    Refused {
        provider: &'static str,
        at: Timestamp,
        public_url: String,
    },
    /// So many more are like it.
    Gap {
        said: Said,
        more: usize,
        hole: bool,
        from: Date,
    },
    /// About somebody's phone; the line of the rota file in which they are described.
    Advice {
        said: Said,
        line: Option<usize>,
    },
    /// Of the rota file, in the words of its diagnostics, and the line that it is about.
    Warning {
        words: String,
        line: Option<usize>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Information,
    Warning,
    Bad,
}

impl Fix {
    /// For programs.
    pub(in crate::console) fn kind(&self) -> &'static str {
        match self {
            Self::NoProvider => "no_provider",
            Self::StoreAway(_) => "store_away",
            Self::PastUnknown => "past_unknown",
            Self::RotaBroken(_) => "rota_broken",
            Self::NotSent { .. } => "not_sent",
            Self::NotTaken { .. } => "not_taken",
            Self::Refused { .. } => "webhook_refused",
            Self::Gap { hole: true, .. } => "hole",
            Self::Gap { hole: false, .. } => "thin",
            Self::Advice { .. } => "advice",
            Self::Warning { .. } => "warning",
        }
    }

    fn weight(&self) -> Weight {
        match self {
            Self::NoProvider | Self::Refused { .. } => Weight::Information,
            Self::StoreAway(_) | Self::PastUnknown | Self::RotaBroken(_) | Self::Gap { hole: true, .. } => Weight::Bad,
            Self::NotSent { .. }
            | Self::NotTaken { .. }
            | Self::Gap { hole: false, .. }
            | Self::Advice { .. }
            | Self::Warning { .. } => Weight::Warning,
        }
    }

    /// Whole sentences: what is wrong, and what to do.
    pub(in crate::console) fn told(&self, language: Language, now: &Zoned) -> String {
        let words = NowWords(language);
        match self {
            Self::NoProvider => words.no_provider(),
            Self::StoreAway(count) => words.store_away(count),
            Self::PastUnknown => words.past_unknown(),
            Self::RotaBroken(count) => words.rota_broken(count),
            Self::NotSent { count, why } => words.not_sent(count, why),
            Self::NotTaken { provider, count, since, why } => {
                words.not_taken(provider, count, times::short(language, *since, now), why)
            }
            Self::Refused { provider, at, public_url } => {
                words.refused(provider, times::short(language, *at, now), public_url)
            }
            Self::Gap { said, more: 0, .. } | Self::Advice { said, .. } => in_language(said, language).to_owned(),
            Self::Gap { said, more, .. } => format!("{} {}", in_language(said, language), words.more_like_it(more)),
            Self::Warning { words, .. } => words.clone(),
        }
    }

    /// The page where it is mended, and what the link to it says.
    pub(in crate::console) fn link(&self, language: Language) -> Option<(String, String)> {
        let words = NowWords(language);
        Some(match self {
            Self::NoProvider => ("/console/rehearse".to_owned(), words.try_one()),
            // What is wrong is on the machine, not in the console.
            Self::StoreAway(_) | Self::PastUnknown | Self::Refused { .. } => return None,
            Self::RotaBroken(_) | Self::Advice { line: None, .. } | Self::Warning { line: None, .. } => {
                (EDITOR.to_owned(), words.edit_rota())
            }
            Self::Advice { line: Some(line), .. } | Self::Warning { line: Some(line), .. } => {
                (format!("{EDITOR}#line-{line}"), words.edit_rota())
            }
            Self::NotSent { .. } | Self::NotTaken { .. } => (UNSENT.to_owned(), words.see_to_it()),
            Self::Gap { from, .. } => (format!("/console/rota?from={from}"), words.show_in_rota()),
        })
    }

    pub(super) fn notice(&self, language: Language, now: &Zoned) -> Markup {
        let (bad, warn) = (self.weight() == Weight::Bad, self.weight() == Weight::Warning);
        html! {
            div .notice .bad[bad] .warn[warn] {
                p {
                    @if let Self::Warning { words, .. } = self { span lang="en" { (words) } }
                    @else { (self.told(language, now)) }
                    @if let Some((address, name)) = self.link(language) { " " a href=(address) { (name) } }
                }
            }
        }
    }
}

fn in_language(said: &Said, language: Language) -> &str {
    said.get(language as usize).map_or("", String::as_str)
}

/// The line of the rota file in which this person is described, from 1.
pub(super) fn line_of(text: &str, who: &str) -> Option<usize> {
    let mut in_staff = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default().trim();
            if section.strip_prefix("staff.").is_some_and(|name| name.trim() == who) {
                return Some(number);
            }
            in_staff = section == "staff";
        }
        let rest = line.strip_prefix(who).filter(|_| in_staff);
        if rest.is_some_and(|rest| rest.trim_start().starts_with(['=', '.'])) {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_person_is_found_however_it_is_written() {
        let text = "owner = \"sam\"\npriya = 1\n[staff]\nsamantha = {}\nsam = { name = \"Sam\" }\n  tom.name = \"Tom\"\n\n[staff.ana]\nname = \"Ana\"\n[hours]\nzoe = 1\n";
        for (who, line) in [("sam", Some(5)), ("tom", Some(6)), ("ana", Some(8)), ("priya", None), ("zoe", None)] {
            assert_eq!(line_of(text, who), line, "{who}");
        }
    }
}
