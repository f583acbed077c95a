//! Every text for customers with sample values, for the admin who has just changed one.

use jiff::{SignedDuration, Zoned};

use super::Words;
use super::sentence::{Audience, Sentence};
use crate::domain::rota::Rota;

/// What callers hear and customers read, a line each, in every language that the business uses.
pub fn preview(rota: &Rota, now: &Zoned) -> Vec<String> {
    let mut told = Vec::new();
    for language in rota.languages() {
        let words = rota.words.speak(Some(language.code()));
        told.push(format!("What customers hear and read in {}:", language.name()));
        let sentences = Sentence::ALL.iter().filter(|sentence| sentence.audience() != Audience::Staff);
        told.extend(sentences.map(|sentence| format!("  {}: {}", sentence.key(), words.sample(*sentence, rota, now))));
        told.push(String::new());
    }
    told.pop();
    told
}

impl Words<'_> {
    fn sample(&self, sentence: Sentence, rota: &Rota, now: &Zoned) -> String {
        let hours_later = |hours| now.timestamp() + SignedDuration::from_hours(hours);
        let owner = rota.staff.iter().find(|person| person.id != rota.owner).or_else(|| rota.staff.iter().next());
        let number = rota.lines.first().map_or_else(String::new, |line| line.number.spaced());
        let values = [
            ("business", rota.business.as_str()),
            ("owner", owner.map_or("", |owner| &owner.name)),
            ("sender", rota.name(&rota.owner)),
            ("missed", &self.by(now.timestamp(), now)),
            ("time", &self.by(hours_later(26), now)),
            ("number", &number),
        ];
        self.say(sentence, &values)
    }
}
