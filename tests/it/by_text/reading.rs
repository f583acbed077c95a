//! How a text is read, whoever sent it.

use jiff::Zoned;
use proptest::prelude::*;
use switchboard::domain::command::{Command, Misread, parse};
use switchboard::domain::staff::Roster;

use crate::rota::business::person;

/// A Wednesday.
const NOW: &str = "2026-06-10T10:00[Europe/London]";

fn roster() -> Roster {
    Roster::new([
        person("sam", "Sam Hartley", 101),
        person("priya", "Priya Nair", 102),
        person("tom", "Tom Ellis", 103),
        person("ana", "Ana Costa", 104),
        person("kees", "Kees van Dijk", 105),
        person("zoe", "Zoë Müller", 106),
        person("tomb", "Thomas Baker", 107),
    ])
}

fn read_at(text: &str, now: &str) -> String {
    let now: Zoned = now.parse().unwrap();
    match parse(text, &now, &roster()) {
        Ok(command) => told(&command, &now),
        Err(misread) => format!("{misread:?}"),
    }
}

fn told(command: &Command, now: &Zoned) -> String {
    match command {
        Command::Away { from, until, cover } => {
            let cover = cover.as_ref().map_or(String::new(), |cover| format!(", {cover} covers"));
            format!("away {} to {}{cover}", from.strftime("%a %-d %b %H:%M"), until.strftime("%a %-d %b %H:%M"))
        }
        Command::Swap { day, with } => format!("swap {} with {with}", day.strftime("%a %-d %b")),
        Command::Call(promise) => format!("call {}", promise.0),
        Command::Done { promise, follow: false } => format!("done {}", promise.0),
        Command::Done { promise, follow: true } => format!("done {}, follow", promise.0),
        Command::Later { promise, until } => {
            let until = until.to_zoned(now.time_zone().clone());
            format!("later {}: {}", promise.0, until.strftime("%a %-d %b %H:%M"))
        }
        Command::Sorted(promise) => format!("sorted {:?}", promise.map(|promise| promise.0)),
        Command::Yes(promise) => format!("yes {:?}", promise.map(|promise| promise.0)),
        Command::No(promise) => format!("no {:?}", promise.map(|promise| promise.0)),
        Command::Who | Command::Back | Command::Calls | Command::Undo | Command::Help => format!("{command:?}"),
    }
}

#[track_caller]
fn all_read(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, read_at(text, NOW)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n  is     {found}\n  not as {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_command_is_read_as_it_stands_in_the_manual() {
    all_read(&[
        ("WHO", "Who"),
        ("AWAY 2H", "away Wed 10 Jun 10:00 to Wed 10 Jun 12:00"),
        ("AWAY UNTIL MON", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("AWAY UNTIL 15:00", "away Wed 10 Jun 10:00 to Wed 10 Jun 15:00"),
        ("AWAY TODAY", "away Wed 10 Jun 10:00 to Thu 11 Jun 00:00"),
        ("AWAY FRI ANA", "away Fri 12 Jun 00:00 to Sat 13 Jun 00:00, ana covers"),
        ("AWAY 24 DEC", "away Thu 24 Dec 00:00 to Fri 25 Dec 00:00"),
        ("BACK", "Back"),
        ("SWAP FRI ANA", "swap Fri 12 Jun with ana"),
        ("CALLS", "Calls"),
        ("CALL 41", "call 41"),
        ("DONE 41", "done 41"),
        ("DONE 41 FOLLOW", "done 41, follow"),
        ("LATER 41 3PM", "later 41: Wed 10 Jun 15:00"),
        ("SORTED", "sorted None"),
        ("SORTED 41", "sorted Some(41)"),
        ("UNDO", "Undo"),
        ("YES", "yes None"),
        ("Y", "yes None"),
        ("no 41", "no Some(41)"),
        ("HELP", "Help"),
        ("?", "Help"),
        ("41", "call 41"),
    ]);
}

#[test]
fn case_spaces_punctuation_politeness_and_order_do_not_matter() {
    all_read(&[
        ("  away   2 h ", "away Wed 10 Jun 10:00 to Wed 10 Jun 12:00"),
        ("Please away 2h, thanks!", "away Wed 10 Jun 10:00 to Wed 10 Jun 12:00"),
        ("I'm away until 3pm please", "away Wed 10 Jun 10:00 to Wed 10 Jun 15:00"),
        ("I’m off tomorrow, Ana covers", "away Thu 11 Jun 00:00 to Fri 12 Jun 00:00, ana covers"),
        ("Away. Back on Monday.", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("I am back now", "Back"),
        ("I'm out until Monday, sick", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("On holiday 24 Dec - 2 Jan", "away Thu 24 Dec 00:00 to Sun 3 Jan 00:00"),
        ("41 done", "done 41"),
        ("#41 DONE.", "done 41"),
        ("done41", "done 41"),
        ("41 later 3 p.m.", "later 41: Wed 10 Jun 15:00"),
        ("swap with Ana on Friday please", "swap Fri 12 Jun with ana"),
        ("Swap Ana Costa fri", "swap Fri 12 Jun with ana"),
        ("Call back 41", "call 41"),
        ("who is on call?", "Who"),
        ("ok", "yes None"),
        ("Ja", "yes None"),
    ]);
}

#[test]
fn weekdays_and_names_may_be_written_wrong() {
    all_read(&[
        ("AWAY THRUSDAY", "away Thu 11 Jun 00:00 to Fri 12 Jun 00:00"),
        ("AWAY UNTIL WENSDAY", "away Wed 10 Jun 10:00 to Wed 17 Jun 00:00"),
        ("AWAY FIRDAY PRIA", "away Fri 12 Jun 00:00 to Sat 13 Jun 00:00, priya covers"),
        ("SWAP FRI PRI", "swap Fri 12 Jun with priya"),
        ("SWAP FRI ZOE", "swap Fri 12 Jun with zoe"),
        ("SWAP FRI Zoë", "swap Fri 12 Jun with zoe"),
        ("SWAP FRI Mueller", "swap Fri 12 Jun with zoe"),
        ("SWAP FRI Thomas", "swap Fri 12 Jun with tomb"),
        ("SAWP FRI ANA", "swap Fri 12 Jun with ana"),
        ("AWYA", "away Wed 10 Jun 10:00 to Thu 11 Jun 00:00"),
    ]);
}

#[test]
fn a_time_is_read_in_every_spelling() {
    let until = |end| format!("away Wed 10 Jun 10:00 to {end}");
    for (text, end) in [
        ("2H", "Wed 10 Jun 12:00"),
        ("30M", "Wed 10 Jun 10:30"),
        ("90 min", "Wed 10 Jun 11:30"),
        ("120 minutes", "Wed 10 Jun 12:00"),
        ("1h30", "Wed 10 Jun 11:30"),
        ("1.5 hours", "Wed 10 Jun 11:30"),
        ("half an hour", "Wed 10 Jun 10:30"),
        ("for an hour", "Wed 10 Jun 11:00"),
        ("48h", "Fri 12 Jun 10:00"),
        ("2 days", "Fri 12 Jun 00:00"),
        ("a week", "Wed 17 Jun 00:00"),
        ("until 3pm", "Wed 10 Jun 15:00"),
        ("until 3", "Wed 10 Jun 15:00"),
        ("until 3.30", "Wed 10 Jun 15:30"),
        ("until 1500", "Wed 10 Jun 15:00"),
        ("until 15h", "Wed 10 Jun 15:00"),
        ("until 15h30", "Wed 10 Jun 15:30"),
        ("until 15u30", "Wed 10 Jun 15:30"),
        ("bis 15 Uhr", "Wed 10 Jun 15:00"),
        ("15:00", "Wed 10 Jun 15:00"),
        ("until noon", "Wed 10 Jun 12:00"),
        ("until midnight", "Thu 11 Jun 00:00"),
        ("until 9", "Wed 10 Jun 21:00"),
        ("until 9:30", "Thu 11 Jun 09:30"),
        ("until 9am", "Thu 11 Jun 09:00"),
        ("until 08:00", "Thu 11 Jun 08:00"),
        ("until wed", "Wed 17 Jun 00:00"),
        ("until wed 17:00", "Wed 10 Jun 17:00"),
        ("until wed 9am", "Wed 17 Jun 09:00"),
        ("until mon 9:30", "Mon 15 Jun 09:30"),
        ("until tomorrow", "Thu 11 Jun 00:00"),
        ("until 24 Dec", "Thu 24 Dec 00:00"),
        ("until 24/12", "Thu 24 Dec 00:00"),
        ("until Dec 24th", "Thu 24 Dec 00:00"),
        ("until 2026-12-24", "Thu 24 Dec 00:00"),
        ("until 1 Jan", "Fri 1 Jan 00:00"),
    ] {
        assert_eq!(read_at(&format!("AWAY {text}"), NOW), until(end), "{text}");
    }
    all_read(&[
        ("AWAY TOMORROW", "away Thu 11 Jun 00:00 to Fri 12 Jun 00:00"),
        ("AWAY the day after tomorrow", "away Fri 12 Jun 00:00 to Sat 13 Jun 00:00"),
        ("AWAY in 2 hours", "Unclear { verb: Away, word: \"in\" }"),
        ("AWAY NEXT WEEK", "away Mon 15 Jun 00:00 to Mon 22 Jun 00:00"),
        ("AWAY FRI-SUN", "away Fri 12 Jun 00:00 to Mon 15 Jun 00:00"),
        ("AWAY from Fri to Sun", "away Fri 12 Jun 00:00 to Mon 15 Jun 00:00"),
        ("AWAY FRI until Mon", "away Fri 12 Jun 00:00 to Mon 15 Jun 00:00"),
        ("AWAY FRI 14:00-17:00", "away Fri 12 Jun 14:00 to Fri 12 Jun 17:00"),
        ("AWAY FRI 2-5pm", "away Fri 12 Jun 14:00 to Fri 12 Jun 17:00"),
        ("AWAY 14-17", "away Wed 10 Jun 14:00 to Wed 10 Jun 17:00"),
        ("AWAY 9-5", "away Wed 10 Jun 10:00 to Wed 10 Jun 17:00"),
        ("AWAY from 14:00", "away Wed 10 Jun 14:00 to Thu 11 Jun 00:00"),
        ("AWAY from 14:00 for 2h", "away Wed 10 Jun 14:00 to Wed 10 Jun 16:00"),
        ("AWAY FRI from 2pm", "away Fri 12 Jun 14:00 to Sat 13 Jun 00:00"),
        ("AWAY Thu 24 Dec", "away Thu 24 Dec 00:00 to Fri 25 Dec 00:00"),
        ("AWAY 24.12. - 26.12.", "away Thu 24 Dec 00:00 to Sun 27 Dec 00:00"),
        ("LATER 41 15:00", "later 41: Wed 10 Jun 15:00"),
        ("LATER 41 15h", "later 41: Wed 10 Jun 15:00"),
        ("LATER 41 2h", "later 41: Wed 10 Jun 12:00"),
        ("LATER 41 in 2 hours", "later 41: Wed 10 Jun 12:00"),
        ("LATER 41 3", "later 41: Wed 10 Jun 15:00"),
        ("LATER 41 9", "later 41: Wed 10 Jun 21:00"),
        ("LATER 41 tomorrow 9", "later 41: Thu 11 Jun 09:00"),
        ("LATER 41 tomorrow", "later 41: Thu 11 Jun 12:00"),
        ("LATER 41 mon", "later 41: Mon 15 Jun 12:00"),
        ("LATER 41 today", "later 41: Wed 10 Jun 17:00"),
    ]);
}

#[test]
fn each_of_the_five_languages_has_its_own_words() {
    all_read(&[
        ("afwezig tot maandag", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("WEG 2 uur", "away Wed 10 Jun 10:00 to Wed 10 Jun 12:00"),
        ("terug", "Back"),
        ("ruil vrijdag met Ana", "swap Fri 12 Jun with ana"),
        ("41 klaar", "done 41"),
        ("41 later morgen 9u", "later 41: Thu 11 Jun 09:00"),
        ("Abwesend bis Mo", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("weg 2 Std", "away Wed 10 Jun 10:00 to Wed 10 Jun 12:00"),
        ("Bin zurück", "Back"),
        ("Tausche Freitag mit Ana", "swap Fri 12 Jun with ana"),
        ("erledigt 41", "done 41"),
        ("Später 41 15 Uhr", "later 41: Wed 10 Jun 15:00"),
        ("Rückgängig", "Undo"),
        ("absent aujourd'hui", "away Wed 10 Jun 10:00 to Thu 11 Jun 00:00"),
        ("absent jusqu'à 15h", "away Wed 10 Jun 10:00 to Wed 10 Jun 15:00"),
        ("absent du 24 décembre au 2 janvier", "away Thu 24 Dec 00:00 to Sun 3 Jan 00:00"),
        ("de retour", "Back"),
        ("échange vendredi avec Ana svp", "swap Fri 12 Jun with ana"),
        ("41 fait", "done 41"),
        ("plus tard 41 15h30", "later 41: Wed 10 Jun 15:30"),
        ("ausente hasta el lunes", "away Wed 10 Jun 10:00 to Mon 15 Jun 00:00"),
        ("ausente mañana", "away Thu 11 Jun 00:00 to Fri 12 Jun 00:00"),
        ("ausente 24 de diciembre", "away Thu 24 Dec 00:00 to Fri 25 Dec 00:00"),
        ("de vuelta", "Back"),
        ("cambio viernes con Ana", "swap Fri 12 Jun with ana"),
        ("hecho 41", "done 41"),
        ("ayuda", "Help"),
        ("qui", "Who"),
        ("oui", "yes None"),
        ("sí", "yes None"),
        ("nein", "no None"),
    ]);
}

#[test]
fn what_is_not_certain_is_asked_about_and_never_guessed() {
    all_read(&[
        ("", "NoCommand"),
        ("On my way", "NoCommand"),
        ("AWAY FRI 14:00", "FromOrUntil"),
        ("AWAY banana", "Unclear { verb: Away, word: \"banana\" }"),
        ("AWAY 3", "Unclear { verb: Away, word: \"3\" }"),
        ("AWAY MON TUE", "Unclear { verb: Away, word: \"TUE\" }"),
        ("not back", "Negated(Back)"),
        ("NOT DONE 41", "Negated(Done)"),
        ("no, done 41", "Negated(Done)"),
        ("BACK MON", "Unclear { verb: Back, word: \"MON\" }"),
        ("DONE", "WhichPromise(Done)"),
        ("DONE 41 42", "WhichPromise(Done)"),
        ("DONE 07700900103", "WhichPromise(Done)"),
        ("LATER 41", "When(Later)"),
        ("SWAP ANA", "When(Swap)"),
        ("SWAP FRI", "SwapWithWhom"),
        ("SWAP FRI ANA TOM", "WhichPerson { word: \"TOM\", people: [ana, tom] }"),
        ("AWAY UNTIL 2026-06-01", "Past"),
        ("AWAY UNTIL 2028-06-01", "TooFar"),
        ("AWAY 99999 days", "TooFar"),
        ("AWAY 4000000000 weeks", "Unclear { verb: Away, word: \"4000000000\" }"),
    ]);
}

#[test]
fn sam_is_a_person_and_a_saturday() {
    all_read(&[
        ("AWAY FRI SAM", "away Fri 12 Jun 00:00 to Sat 13 Jun 00:00, sam covers"),
        ("AWAY SAM", "away Sat 13 Jun 00:00 to Sun 14 Jun 00:00"),
        ("SWAP SAM ANA", "swap Sat 13 Jun with ana"),
        ("SWAP FRI SAM", "swap Fri 12 Jun with sam"),
    ]);
}

#[test]
fn hours_that_are_over_today_are_tomorrows() {
    let evening = "2026-06-10T18:00[Europe/London]";
    assert_eq!(read_at("AWAY 14-17", evening), "away Thu 11 Jun 14:00 to Thu 11 Jun 17:00");
    assert_eq!(read_at("AWAY from 2pm for 2h", evening), "away Thu 11 Jun 14:00 to Thu 11 Jun 16:00");
    assert_eq!(read_at("AWAY 17-19", evening), "away Wed 10 Jun 18:00 to Wed 10 Jun 19:00");
    assert_eq!(read_at("AWAY until 7:00", evening), "away Wed 10 Jun 18:00 to Thu 11 Jun 07:00");
    assert_eq!(read_at("LATER 41 16:00", evening), "later 41: Thu 11 Jun 16:00");
}

#[test]
fn an_hour_is_an_hour_in_the_night_in_which_the_clocks_change() {
    assert_eq!(read_at("AWAY 2H", "2026-03-29T00:30[Europe/London]"), "away Sun 29 Mar 00:30 to Sun 29 Mar 03:30");
    assert_eq!(read_at("LATER 41 2H", "2026-10-25T00:30[Europe/London]"), "later 41: Sun 25 Oct 01:30");
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic_and_no_time_lies_in_the_past(text in any_text(), at in 0..4_000_000_000_i64) {
        let now = jiff::Timestamp::from_second(at).unwrap().in_tz("Europe/London").unwrap();
        match parse(&text, &now, &roster()) {
            Ok(Command::Away { from, until, .. }) => {
                prop_assert!(from < until);
                prop_assert!(until > now.datetime());
                prop_assert!(from.saturating_add(jiff::SignedDuration::from_mins(1)) > now.datetime());
            }
            Ok(Command::Later { until, .. }) => prop_assert!(until > now.timestamp()),
            Ok(Command::Swap { day, .. }) => prop_assert!(day >= now.date()),
            Ok(_) | Err(_) => {}
        }
    }
}

/// Words of commands, and anything.
fn any_text() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "AWAY",
        "LATER",
        "SWAP",
        "DONE",
        "until",
        "from",
        "to",
        "-",
        "41",
        "3pm",
        "15:00",
        "2h",
        "24 dec",
        "29 feb",
        "mon",
        "31/12",
        "next week",
        "tom",
        "ana",
        "0",
        "24:00",
        "12am",
        "99999999999",
        "1.5",
        ".",
        ":",
        "half",
        "an",
        "hour",
        "2026-02-30",
        "week",
        "midnight",
        "é",
        "\u{300}",
        "jusqu'à",
        "🙂",
    ];
    let word = prop_oneof![4 => proptest::sample::select(WORDS).prop_map(str::to_owned), 1 => any::<String>()];
    (proptest::collection::vec(word, 0..8), proptest::sample::select(&[" ", "", ","][..]))
        .prop_map(|(words, between)| words.join(between))
}

#[test]
fn a_misread_is_not_a_command() {
    let now: Zoned = NOW.parse().unwrap();
    assert_eq!(parse("running late", &now, &roster()), Err(Misread::NoCommand));
}
