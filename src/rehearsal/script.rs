//! A day's story as written down for a rehearsal: one line for everything that somebody does.
//!
//! ```text
//! # before the holiday
//! 2026-12-24 17:25  phones all=silent
//!            17:25  07700900110 rings leaves-message=9
//!            17:31  priya texts CALLS
//! 2026-12-29 08:40  phones priya=answers 07700900110=answers
//!            08:40  priya texts CALL 1
//!            09:00  ends
//! ```

use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};

use super::{Behaviour, Patience};

/// Longer stories are not read.
const LINES_MAX: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// At least one, in the order of their times, all on the wall clock of the business.
    pub deeds: Vec<(DateTime, Deed)>,
}

/// What somebody does. People are written as on the command line: short names of staff, numbers or names of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Rings {
        who: String,
        /// Without it the first line of the rota.
        line: Option<String>,
        patience: Patience,
    },
    Texts {
        who: String,
        words: String,
    },
    /// What phones do from now on.
    Phones(Vec<(String, Behaviour)>),
    /// Nothing more; what is due until then still happens.
    Ends,
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut deeds: Vec<(DateTime, Deed)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            // A key may be `#`, so a comment stands alone or after a space.
            let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let last = deeds.last().map(|(at, _)| *at);
            let read = read(line, last).map_err(|why| format!("line {}: {why}", number + 1))?;
            deeds.push(read);
            if deeds.len() > LINES_MAX {
                return Err(format!("a script has at most {LINES_MAX} lines"));
            }
        }
        if deeds.is_empty() { Err("there is nothing in it".to_owned()) } else { Ok(Self { deeds }) }
    }
}

fn read(line: &str, last: Option<DateTime>) -> Result<(DateTime, Deed), String> {
    let (first, rest) = word(line);
    let (date, rest) = match (first.parse::<Date>(), last) {
        (Ok(date), _) => (date, rest),
        (Err(_), Some(last)) => (last.date(), line),
        (Err(_), None) => return Err(format!("`{first}` is not a date: the first line begins with one, 2026-12-24")),
    };
    let (clock, rest) = word(rest);
    let time: Time = clock.parse().map_err(|_| format!("`{clock}` is not a clock time: write 17:25"))?;
    let at = date.to_datetime(time);
    if last.is_some_and(|last| at < last) {
        return Err(format!("{date} {clock} is before the line above"));
    }
    Ok((at, deed(rest)?))
}

fn deed(text: &str) -> Result<Deed, String> {
    let (who, rest) = word(text);
    if who == "ends" && rest.is_empty() {
        return Ok(Deed::Ends);
    }
    if who == "phones" {
        let phones = rest.split_whitespace().map(|phone| {
            let (who, what) = phone.split_once('=').ok_or_else(|| format!("`{phone}`: write who=what, tom=silent"))?;
            Ok((who.to_owned(), what.parse::<Behaviour>()?))
        });
        let phones = phones.collect::<Result<Vec<_>, String>>()?;
        return if phones.is_empty() {
            Err("write what the phones do: all=silent".to_owned())
        } else {
            Ok(Deed::Phones(phones))
        };
    }
    // A customer's name may be several words.
    let (who, verb, rest) = ["rings", "texts"]
        .iter()
        .filter_map(|verb| {
            let (who, rest) = text.split_once(&format!(" {verb}"))?;
            (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((who.trim(), *verb, rest.trim()))
        })
        .min_by_key(|(who, ..)| who.len())
        .ok_or(WHAT_TO_WRITE)?;
    let who = who.to_owned();
    if verb == "texts" {
        let words = rest.to_owned();
        return if words.is_empty() { Err(WHAT_TO_WRITE.to_owned()) } else { Ok(Deed::Texts { who, words }) };
    }
    let (mut line, mut patience) = (None, Patience::Waits);
    for word in rest.split_whitespace() {
        match word.parse() {
            Ok(told) => patience = told,
            Err(_) if !word.contains('=') => line = Some(word.to_owned()),
            Err(why) => return Err(why),
        }
    }
    Ok(Deed::Rings { who, line, patience })
}

const WHAT_TO_WRITE: &str = "after the time comes `WHO rings`, `WHO texts WORDS`, `phones WHO=WHAT` or `ends`";

fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (word, rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_read_line_by_line_and_a_time_without_a_date_is_of_the_same_day() {
        let script: Script =
            "# a story\n2026-12-24 17:25 phones all=silent # nobody\n\n 17:26 07700900110 rings office \
                              leaves-message=9\n2026-12-29 08:40 priya texts CALL 1\n 09:00 ends\n"
                .parse()
                .unwrap();
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        let rings = Deed::Rings {
            who: "07700900110".to_owned(),
            line: Some("office".to_owned()),
            patience: Patience::LeavesMessage(9),
        };
        assert_eq!(
            script.deeds,
            [
                (at("2026-12-24T17:25"), Deed::Phones(vec![("all".to_owned(), Behaviour::Silent)])),
                (at("2026-12-24T17:26"), rings),
                (at("2026-12-29T08:40"), Deed::Texts { who: "priya".to_owned(), words: "CALL 1".to_owned() }),
                (at("2026-12-29T09:00"), Deed::Ends),
            ]
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_line_and_what_to_write() {
        for (text, told) in [
            ("", "there is nothing in it"),
            ("17:25 priya texts WHO", "line 1: `17:25` is not a date"),
            ("2026-12-24 soon priya texts WHO", "line 1: `soon` is not a clock time"),
            ("2026-12-24 10:00 ends\n09:00 ends", "line 2: 2026-12-24 09:00 is before"),
            ("2026-12-24 10:00 priya dances", "line 1: after the time comes"),
            ("2026-12-24 10:00 priya texts", "line 1: after the time comes"),
            ("2026-12-24 10:00 phones", "line 1: write what the phones do"),
            ("2026-12-24 10:00 phones tom", "line 1: `tom`: write who=what"),
            ("2026-12-24 10:00 phones tom=asleep", "line 1: a phone answers"),
            ("2026-12-24 10:00 anna rings gives-up=soon", "line 1: `soon` is not a number of seconds"),
        ] {
            let why = text.parse::<Script>().unwrap_err();
            assert!(why.starts_with(told), "{text:?}: {why}");
        }
    }
}
