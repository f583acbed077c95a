//! What staff read by text, and hear when a call ends otherwise than in a conversation.

use jiff::{Timestamp, Zoned};

use super::Words;
use super::sentence::Sentence as S;
use crate::domain::phone::Phone;

/// A call that is owed, as told to the one who owes it.
#[derive(Clone, Copy, Debug)]
pub struct Owed<'a> {
    /// The promise's number, for the answers to this text; `None` leaves them out.
    pub id: Option<i64>,
    /// `None` for a stranger.
    pub customer: Option<&'a str>,
    pub number: Option<Phone>,
    /// When they rang.
    pub rang: Timestamp,
    pub due: Timestamp,
    /// What the customer's note says.
    pub about: Option<&'a str>,
    /// The transcript of what they said after the tone, or where to listen to it.
    pub message: Option<&'a str>,
}

impl Words<'_> {
    /// To the person who now owes a call.
    pub fn owed(&self, owed: &Owed<'_>, now: &Zoned) -> String {
        let (caller, number) = self.who(owed);
        let (rang, time) = (self.at(owed.rang, now), self.by(owed.due, now));
        let values = [("caller", &*caller), ("number", &number), ("rang", &rang), ("time", &time)];
        self.with_answers(self.say(S::Owed, &values), owed)
    }

    /// To the same person, some time before it is due.
    pub fn reminder(&self, owed: &Owed<'_>, now: &Zoned) -> String {
        let (caller, number) = self.who(owed);
        let values = [("caller", &*caller), ("number", &number), ("time", &self.by(owed.due, now))];
        self.with_answers(self.say(S::Reminder, &values), owed)
    }

    /// To the same person: the customer rang again.
    pub fn rang_again(&self, owed: &Owed<'_>, now: &Zoned) -> String {
        let (caller, number) = self.who(owed);
        let values = [("caller", &*caller), ("number", &number), ("time", &self.by(owed.due, now))];
        self.with_answers(self.say(S::RangAgain, &values), &Owed { about: None, ..*owed })
    }

    /// To the same person: what was said after the tone, or how long it is and where to listen to it.
    pub fn left_message(&self, owed: &Owed<'_>, seconds: Option<u32>, link: &str) -> String {
        let ((caller, _), id) = (self.who(owed), owed.id.map_or_else(String::new, |id| id.to_string()));
        let seconds = seconds.unwrap_or(0).to_string();
        if let Some(said) = owed.message {
            return self.say(S::LeftMessage, &[("caller", &*caller), ("id", &id), ("message", said.trim())]);
        }
        self.say(S::LeftSeconds, &[("caller", &*caller), ("id", &id), ("seconds", &seconds), ("link", link)])
    }

    /// In the place of a message: its link is wrong or too old, or whoever left it has been erased.
    pub fn no_message(&self) -> String {
        self.say(S::NoMessage, &[])
    }

    /// In the place of a message whose recording the provider does not have any more.
    pub fn recording_deleted(&self) -> String {
        self.say(S::RecordingDeleted, &[])
    }

    /// In the place of a message whose recording cannot be had at this moment.
    pub fn recording_away(&self) -> String {
        self.say(S::RecordingAway, &[])
    }

    /// To whoever did not ring in time; `owner` has it now.
    pub fn inherited(&self, owed: &Owed<'_>, owner: &str) -> String {
        let ((caller, _), id) = (self.who(owed), owed.id.map_or_else(String::new, |id| id.to_string()));
        self.say(S::Inherited, &[("caller", &*caller), ("owner", owner), ("id", &id)])
    }

    /// To whoever took a later call of the customer.
    pub fn is_it_settled(&self, owed: &Owed<'_>) -> String {
        let ((caller, _), id) = (self.who(owed), owed.id.map_or_else(String::new, |id| id.to_string()));
        self.say(S::IsItSettled, &[("caller", &*caller), ("id", &id)])
    }

    /// To the human who follows up, in the morning.
    pub fn ask_today(&self, owed: &Owed<'_>) -> String {
        let ((caller, number), id) = (self.who(owed), owed.id.map_or_else(String::new, |id| id.to_string()));
        self.say(S::AskToday, &[("caller", &*caller), ("number", &number), ("id", &id)])
    }

    /// To the owner: the customer's no.
    pub fn not_sorted(&self, owed: &Owed<'_>, now: &Zoned) -> String {
        let (caller, number) = self.who(owed);
        let values = [("caller", &*caller), ("number", &number), ("time", &self.by(owed.due, now))];
        self.with_answers(self.say(S::NotSorted, &values), &Owed { about: None, ..*owed })
    }

    /// To the owner of the business: `broken_by` did not ring. `apology` is what YES would send the customer; none
    /// where they cannot be texted.
    pub fn broken(&self, broken_by: &str, owed: &Owed<'_>, apology: Option<&str>, now: &Zoned) -> String {
        let (caller, number) = self.who(owed);
        let values =
            [("owner", broken_by), ("caller", &caller), ("number", &number), ("time", &self.by(owed.due, now))];
        let text = self.with_answers(self.say(S::Broken, &values), owed);
        let id = owed.id.map_or_else(String::new, |id| id.to_string());
        match apology {
            Some(apology) => format!("{text} {}", self.say(S::BrokenApology, &[("apology", apology), ("id", &id)])),
            None => text,
        }
    }

    /// Heard by the person who pressed 2; no name for a stranger.
    pub fn ring_back_noted(&self, customer: Option<&str>, due: Timestamp, now: &Zoned) -> String {
        let time = self.by(due, now);
        match customer {
            Some(customer) => self.say(S::RingBackNoted, &[("caller", customer), ("time", &time)]),
            None => self.say(S::RingBackNotedStranger, &[("time", &time)]),
        }
    }

    /// Heard on a leg whose caller gave up.
    pub fn caller_gone(&self) -> String {
        self.say(S::CallerGone, &[])
    }

    /// Heard on a leg whose call somebody else has.
    pub fn already_taken(&self) -> String {
        self.say(S::AlreadyTaken, &[])
    }

    fn who(&self, owed: &Owed<'_>) -> (String, String) {
        let caller = owed.customer.map_or_else(|| self.say(S::NewCaller, &[]), str::to_owned);
        let number = owed.number.map_or_else(|| self.say(S::NumberWithheld, &[]), Phone::spaced);
        (caller, number)
    }

    fn with_answers(&self, mut text: String, owed: &Owed<'_>) -> String {
        let id = owed.id.map(|id| id.to_string());
        for (sentence, place, value) in
            [(S::About, "about", owed.about), (S::Message, "message", owed.message), (S::Answers, "id", id.as_deref())]
        {
            // A note is a sentence, or half of one: the template has its stop.
            let value = value.map(|value| value.trim().trim_end_matches('.')).filter(|value| !value.is_empty());
            if let Some(value) = value {
                text.push(' ');
                text.push_str(&self.say(sentence, &[(place, value)]));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::Wordbook;

    fn at(text: &str) -> Zoned {
        format!("{text}[Europe/London]").parse().unwrap()
    }

    fn owed() -> Owed<'static> {
        Owed {
            id: Some(41),
            customer: Some("Mrs Okafor"),
            number: Phone::from_e164("+447700900201"),
            rang: at("2026-06-12T17:25").timestamp(),
            due: at("2026-06-15T09:30").timestamp(),
            about: Some("Boiler, Tuesday."),
            message: Some("It drips again"),
        }
    }

    #[test]
    fn who_owes_a_call_reads_whom_to_ring_by_when_and_what_to_answer() {
        let book = Wordbook::default();
        assert_eq!(
            book.speak(None).owed(&owed(), &at("2026-06-12T17:26")),
            "Mrs Okafor (+44 7700 900201) rang at 17:25 and was promised a call from you by 09:30 on Monday 15 June. \
             About: Boiler, Tuesday. Message: \"It drips again\" Reply CALL 41 to ring, DONE 41 when it is done, LATER 41 \
             15:00 to move it."
        );
        let stranger = Owed { id: None, customer: None, number: None, about: None, message: None, ..owed() };
        assert_eq!(
            book.speak(Some("de")).owed(&stranger, &at("2026-06-13T08:00")),
            "Ein neuer Anrufer (Nummer unterdrückt) hat gestern um 17:25 Uhr angerufen; zugesagt ist Ihr Rückruf bis \
             Montag, den 15. Juni, um 09:30 Uhr."
        );
    }

    #[test]
    fn a_broken_promise_comes_with_the_apology_that_can_be_sent() {
        let (book, now) = (Wordbook::default(), at("2026-06-15T09:30"));
        let words = book.speak(None);
        let sam_by = at("2026-06-15T10:30").timestamp();
        let sorry = words.apology("Hartley Heating", ("Priya Nair", owed().due), ("Sam Hartley", sam_by), &now);
        assert_eq!(
            sorry,
            "We said Priya Nair would ring you by 09:30 and did not. I am sorry. I am ringing you by 10:30. Sam Hartley"
        );
        let told = words.broken("Priya Nair", &Owed { about: None, message: None, ..owed() }, Some(&sorry), &now);
        assert!(
            told.starts_with("Priya Nair has not rung Mrs Okafor (+44 7700 900201), who was promised it by 09:30.")
        );
        assert!(told.ends_with(&format!("Reply YES 41 to send this: \"{sorry}\"")), "{told}");
    }
}
