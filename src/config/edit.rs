//! Changes to the rota document that are made by clicking: an entry more or less. Everything else of the text stays as
//! the admin wrote it, to the byte.

use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::{DateTime, Time};
use toml_edit::{Document, Item, Table};

use crate::domain::rota::absence::{Away, Swap};
use crate::domain::rota::holiday::Holiday;
use crate::domain::rota::hours::{ClockTime, Span};
use crate::domain::staff::StaffId;

/// One click's worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Add(Entry),
    Remove(Which),
}

/// What can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Away(Away),
    Swap(Swap),
    Holiday(Holiday),
}

/// The entry with this number among its kind, from 0, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    pub kind: Kind,
    pub number: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Away,
    Swap,
    Holiday,
}

impl Kind {
    /// The heading of such an entry in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Swap => "swap",
            Self::Holiday => "holiday",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        [Self::Away, Self::Swap, Self::Holiday].into_iter().find(|kind| kind.key() == key)
    }
}

/// The text with this change made. `None`: it cannot be read, or has no such entry.
pub fn edited(text: &str, edit: &Edit) -> Option<String> {
    // As long as the text itself, so that places are the same.
    let readable = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let document = Document::parse(readable.as_deref().unwrap_or(text).to_owned()).ok()?;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match edit {
        Edit::Add(entry) => added(text, &document, entry, newline),
        Edit::Remove(which) => removed(text, &document, *which),
    }
}

fn added(text: &str, document: &Document<String>, entry: &Entry, newline: &str) -> Option<String> {
    let fields = fields(entry);
    let key = entry.kind().key();
    match document.as_table().get(key) {
        // away = [{ … }, { … }]
        Some(item) if item.is_array() => {
            let array = item.as_array()?;
            let inline: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            let inline = format!("{{ {} }}", inline.join(", "));
            match array.iter().last().and_then(toml_edit::Value::span) {
                Some(last) => spliced(text, last.end..last.end, &format!(", {inline}")),
                None => spliced(text, array.span()?, &format!("[{inline}]")),
            }
        }
        present => {
            let last = present.and_then(Item::as_array_of_tables).and_then(|tables| tables.iter().last());
            let at = last.map_or(Some(text.len()), |table| end_of_line(text, end_of(table)?))?;
            let before = text.get(..at)?;
            let first = if before.is_empty() || before.ends_with('\n') { "" } else { newline };
            // An empty line above, and one below where something follows at once.
            let above =
                if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n") { "" } else { newline };
            let below = if text.get(at..)?.starts_with(['\n', '\r']) || at == text.len() { "" } else { newline };
            let longest = fields.iter().map(|(key, _)| key.len()).max().unwrap_or_default();
            let mut block = format!("{first}{above}[[{key}]]{newline}");
            for (key, value) in &fields {
                // Writing to a string cannot fail.
                let _ = write!(block, "{key:longest$} = {value}{newline}");
            }
            spliced(text, at..at, &format!("{block}{below}"))
        }
    }
}

fn removed(text: &str, document: &Document<String>, which: Which) -> Option<String> {
    let item = document.as_table().get(which.kind.key())?;
    if let Some(array) = item.as_array() {
        let place = array.get(which.number)?.span()?;
        let rest = text.get(place.end..)?;
        // With the comma behind it; the last one with the comma before it.
        let behind = rest.trim_start().starts_with(',').then(|| rest.find(',')).flatten();
        let before = || text.get(..place.start)?.trim_end().strip_suffix(',').map(str::len);
        let place = match behind {
            Some(comma) => {
                let after = rest.get(comma + 1..)?;
                place.start..place.end + comma + 1 + (after.len() - after.trim_start_matches(' ').len())
            }
            None => before().unwrap_or(place.start)..place.end,
        };
        return spliced(text, place, "");
    }
    let table = item.as_array_of_tables()?.get(which.number)?;
    let start = text.get(..table.span()?.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let end = end_of_line(text, end_of(table)?)?;
    // Of the two empty lines around it one goes too.
    let rest = text.get(end..)?;
    let empty = [("\n\n", "\n"), ("\n\r\n", "\r\n")].into_iter().find_map(|(two, one)| {
        (text.get(..start)?.ends_with(two) && (rest.is_empty() || rest.starts_with(one))).then_some(one.len())
    });
    spliced(text, start - empty.unwrap_or_default()..end, "")
}

fn spliced(text: &str, place: Range<usize>, with: &str) -> Option<String> {
    Some(format!("{}{with}{}", text.get(..place.start)?, text.get(place.end..)?))
}

/// Where the last value of a section ends.
fn end_of(table: &Table) -> Option<usize> {
    let values = table.iter().filter_map(|(_, item)| item.span().map(|place| place.end));
    values.chain(table.span().map(|place| place.end)).max()
}

/// Behind the line break, where there is one.
fn end_of_line(text: &str, at: usize) -> Option<usize> {
    Some(text.get(at..)?.find('\n').map_or(text.len(), |newline| at + newline + 1))
}

impl Entry {
    fn kind(&self) -> Kind {
        match self {
            Self::Away(_) => Kind::Away,
            Self::Swap(_) => Kind::Swap,
            Self::Holiday(_) => Kind::Holiday,
        }
    }
}

fn fields(entry: &Entry) -> Vec<(&'static str, String)> {
    match entry {
        Entry::Away(away) => {
            let mut fields = vec![("who", person(&away.who)), ("from", first(away.from)), ("to", last(away.until))];
            fields.extend(away.cover.as_ref().map(|cover| ("cover", person(cover))));
            fields
        }
        Entry::Swap(swap) => {
            vec![("turn", swap.turn.to_string()), ("give", person(&swap.give)), ("take", person(&swap.take))]
        }
        Entry::Holiday(holiday) => {
            let mut fields = vec![("date", holiday.date.to_string()), ("name", quoted(&holiday.name))];
            fields.extend(holiday.hours.as_deref().map(|spans| ("hours", hours(spans))));
            fields.extend(holiday.on_call.as_ref().map(|who| ("on_call", person(who))));
            fields
        }
    }
}

fn person(who: &StaffId) -> String {
    quoted(who.as_str())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // Writing to a string cannot fail.
            c if c.is_control() => drop(write!(quoted, "\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    format!("\"{quoted}\"")
}

fn first(from: DateTime) -> String {
    if from.time() == Time::midnight() { from.date().to_string() } else { moment(from) }
}

/// A whole last day is written as that day.
fn last(until: DateTime) -> String {
    match until.date().yesterday() {
        Ok(day) if until.time() == Time::midnight() => day.to_string(),
        Ok(_) | Err(_) => moment(until),
    }
}

fn moment(at: DateTime) -> String {
    quoted(&at.strftime("%Y-%m-%d %H:%M").to_string())
}

fn hours(spans: &[Span]) -> String {
    let clock = |time: ClockTime| format!("{:02}:{:02}", time.0 / 60, time.0 % 60);
    let each: Vec<String> =
        spans.iter().map(|span| quoted(&format!("{}-{}", clock(span.start), clock(span.end)))).collect();
    match each.as_slice() {
        [] => quoted("closed"),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ROTA: &str = r#"# Who answers.
owner = "sam"   # the last

# Who is away.
[[away]]
who   = "tom"
from  = 2026-07-06
to    = 2026-07-17 # and not a day less
cover = "ana"

# Two people exchange.
[[swap]]
turn = 2026-04-27
give = "tom"
take = "priya"
# The end.
"#;

    fn ana_away() -> Edit {
        let (from, until) = (date(2026, 8, 3).at(0, 0, 0, 0), date(2026, 8, 5).at(13, 0, 0, 0));
        let (who, cover) = (StaffId::new("ana"), Some(StaffId::new("tom")));
        Edit::Add(Entry::Away(Away { who, from, until, cover, by: None }))
    }

    #[test]
    fn a_new_entry_stands_behind_the_last_of_its_kind_and_nothing_else_moves() {
        let new = edited(ROTA, &ana_away()).unwrap();
        let block = "\n[[away]]\nwho   = \"ana\"\nfrom  = 2026-08-03\nto    = \"2026-08-05 13:00\"\ncover = \"tom\"\n";
        let at = ROTA.find("\n# Two people").unwrap();
        assert_eq!(new, format!("{}{block}{}", &ROTA[..at], &ROTA[at..]));
    }

    #[test]
    fn the_first_entry_of_its_kind_stands_at_the_end() {
        let holiday = Holiday {
            date: date(2026, 12, 24),
            name: "Heilig \"Abend\"".to_owned(),
            hours: Some(vec![Span { start: ClockTime(510), end: ClockTime(750) }]),
            on_call: None,
        };
        let edit = Edit::Add(Entry::Holiday(holiday));
        let block = "\n[[holiday]]\ndate  = 2026-12-24\nname  = \"Heilig \\\"Abend\\\"\"\nhours = \"08:30-12:30\"\n";
        assert_eq!(edited(ROTA, &edit).unwrap(), format!("{ROTA}{block}"));
        assert_eq!(edited("a = 1", &edit).unwrap(), format!("a = 1\n{block}"));
    }

    #[test]
    fn what_was_added_can_be_removed_and_leaves_no_trace() {
        for text in [ROTA.to_owned(), ROTA.replace('\n', "\r\n"), format!("\u{feff}{ROTA}")] {
            let more = edited(&text, &ana_away()).unwrap();
            assert_eq!(more.matches("\r\n").count(), if text.contains('\r') { more.matches('\n').count() } else { 0 });
            let less = edited(&more, &Edit::Remove(Which { kind: Kind::Away, number: 1 })).unwrap();
            assert_eq!(less, text);
        }
    }

    #[test]
    fn comments_above_a_removed_entry_stay() {
        let less = edited(ROTA, &Edit::Remove(Which { kind: Kind::Away, number: 0 })).unwrap();
        let (from, to) = (ROTA.find("[[away]]").unwrap(), ROTA.find("\n# Two people").unwrap());
        assert_eq!(less, format!("{}{}", &ROTA[..from], &ROTA[to..]));
        assert_eq!(edited(ROTA, &Edit::Remove(Which { kind: Kind::Away, number: 1 })), None);
        assert_eq!(edited("this is = = no toml", &ana_away()), None);
    }

    #[test]
    fn entries_in_one_list_are_kept_in_one_list() {
        let list = "away = [{ who = \"tom\", from = 2026-07-06, to = 2026-07-17 }] # all\n";
        let more = edited(list, &ana_away()).unwrap();
        let ana = "{ who = \"ana\", from = 2026-08-03, to = \"2026-08-05 13:00\", cover = \"tom\" }";
        assert_eq!(more, list.replace("}]", &format!("}}, {ana}]")));
        assert_eq!(edited(&more, &Edit::Remove(Which { kind: Kind::Away, number: 1 })).unwrap(), list);
        let first_gone = edited(&more, &Edit::Remove(Which { kind: Kind::Away, number: 0 })).unwrap();
        assert_eq!(first_gone, format!("away = [{ana}] # all\n"));
        assert_eq!(edited("away = []", &ana_away()).unwrap(), format!("away = [{ana}]"));
    }
}
