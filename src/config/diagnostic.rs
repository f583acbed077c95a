//! What is wrong with a configuration file: where, what, and what to write instead.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file does not go live.
    Error,
    /// The file goes live; somebody should look.
    Warning,
}

/// One problem. `Display` gives one line, for a log; [`render`] shows the text underlined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// As the reader of the message knows the file; or `the environment`.
    pub file: String,
    /// From 1; 0 where there is no text to point at.
    pub line: usize,
    /// In characters, from 1; 0 where there is no text to point at.
    pub column: usize,
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub remedy: String,
    /// The file's text, secrets blanked out.
    #[serde(skip)]
    text: Option<Arc<str>>,
}

/// How a rendering looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// For logs, files and pages.
    Plain,
    /// For a terminal.
    Coloured,
}

impl Diagnostic {
    /// About a piece of a file's text. `text` is shown to people: it must hold no secret.
    pub fn in_text(severity: Severity, file: &str, text: &Arc<str>, span: Range<usize>, words: Words) -> Self {
        let span = on_characters(text, span);
        let before = text.get(..span.start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            severity,
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            span,
            what: words.what,
            remedy: words.remedy,
            text: Some(Arc::clone(text)),
        }
    }

    /// About something that has no text: an environment variable, a file that is not there.
    pub fn elsewhere(severity: Severity, place: &str, words: Words) -> Self {
        Self {
            severity,
            file: place.to_owned(),
            line: 0,
            column: 0,
            span: 0..0,
            what: words.what,
            remedy: words.remedy,
            text: None,
        }
    }

    fn group(&self) -> Group<'_> {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.what.as_str());
        let group = match &self.text {
            Some(text) => title.element(
                Snippet::source(&**text)
                    .path(self.file.as_str())
                    .annotation(AnnotationKind::Primary.span(self.span.clone())),
            ),
            None => title.element(Level::NOTE.message(format!("in {}", self.file))),
        };
        group.element(Level::HELP.message(self.remedy.as_str()))
    }
}

/// What is wrong and what to write instead.
#[derive(Clone, Debug)]
pub struct Words {
    pub what: String,
    pub remedy: String,
}

impl Words {
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        if self.line == 0 {
            write!(f, "{}: {severity}: {} ({})", self.file, self.what, self.remedy)
        } else {
            write!(f, "{}:{}:{}: {severity}: {} ({})", self.file, self.line, self.column, self.what, self.remedy)
        }
    }
}

/// All problems as `rustc` would show them, with a last line that counts them. Empty for no problems.
pub fn render(diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut shown: Vec<String> = diagnostics.iter().map(|one| renderer.render(&[one.group()])).collect();
    if let Some(count) = count(diagnostics) {
        shown.push(count);
    }
    shown.join("\n\n")
}

pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}

/// `2 errors, 1 warning`.
fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let errors = diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
    let of = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts: Vec<String> =
        [of(errors, "error"), of(diagnostics.len() - errors, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The renderer cuts the text at the span's ends, which must not fall inside a character.
fn on_characters(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_inside_a_character_does_not_break_the_message() {
        let text: Arc<str> = "name = \"Zoë\"\n".into();
        let at = text.find('ë').unwrap() + 1;
        let diagnostic = Diagnostic::in_text(Severity::Error, "x.toml", &text, at..at, Words::new("odd", "write it"));
        assert_eq!((diagnostic.line, diagnostic.column), (1, 11));
        assert!(render(&[diagnostic], Style::Plain).contains("Zoë"));
    }
}
