//! What happened on one call, in plain lines with simulated times.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::person::Person;

#[derive(Clone, Debug)]
pub(crate) struct Story {
    zone: TimeZone,
    lines: Vec<(Timestamp, String)>,
}

/// "Priya will ring you by 11 tomorrow", as heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    /// The short name of the person in the rota.
    pub(crate) who: String,
    /// The words after "by".
    pub(crate) by: String,
}

impl Story {
    pub(crate) fn new(zone: TimeZone) -> Self {
        Self { zone, lines: Vec::new() }
    }

    pub(crate) fn tell(&mut self, at: Timestamp, text: impl Into<String>) {
        self.lines.push((at, text.into()));
    }

    /// `10:00:18 priya did not answer`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.lines
            .iter()
            .map(|(at, text)| format!("{} {text}", at.to_zoned(self.zone.clone()).strftime("%H:%M:%S")))
            .collect()
    }

    /// The lines without times and without the words that were spoken: what two clients can compare.
    pub(crate) fn plot(&self) -> Vec<&str> {
        self.lines.iter().map(|(_, text)| text.as_str()).filter(|text| !text.contains(" hears: ")).collect()
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().join("\n"))
    }
}

/// Finds a promise in what a caller hears: one of our people, in the sentence that says "will ring" or "will call", by
/// some time.
pub(crate) fn promise_in(text: &str, people: &[Person]) -> Option<Promise> {
    let (before, after) = text.split_once(" will ring ").or_else(|| text.split_once(" will call "))?;
    let sentence = before.rsplit(". ").next().unwrap_or(before);
    let who = people.iter().find(|person| person.names().any(|name| is_named(sentence, name)))?;
    let (_, by) = after.split_once("by ")?;
    let by = by.split(['.', ',', ';', '!']).next().unwrap_or(by).trim().to_owned();
    Some(Promise { who: who.id.clone(), by })
}

fn is_named(sentence: &str, name: &str) -> bool {
    sentence.match_indices(name).any(|(at, _)| {
        let before = sentence.get(..at).unwrap_or("");
        let after = sentence.get(at + name.len()..).unwrap_or("");
        !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_is_recognised_by_its_name_and_its_time() {
        let people = [Person::new("priya", "Priya Nair", "+447700900102").says("PREE-ya NY-er")];
        let promised = |text| promise_in(text, &people).map(|promise| (promise.who, promise.by));
        let expected = Some(("priya".to_owned(), "12:00 today".to_owned()));
        assert_eq!(promised("Sorry. Priya will ring you by 12:00 today."), expected);
        assert_eq!(promised("PREE-ya NY-er will call you back by 12:00 today, surely."), expected);
        assert_eq!(
            promised("Priya Nair knows that you are calling and will ring you by 12:00 today. Goodbye."),
            expected
        );
        assert_eq!(promised("Nobody can take your call."), None);
        assert_eq!(promised("Somebody will ring you by noon."), None);
    }
}
