//! The coming turns.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Shop;

#[test]
fn the_turns_are_told_without_a_break() {
    let shop = Shop::unpack();
    let told = shop.type_in(&["rota", "--weeks", "8"]).out;
    assert!(told.contains("FROM") && told.contains("Line emergency, +44 20 7946 0001"), "{told}");
    assert!(told.contains("Next clock change: "), "{told}");

    let rota = shop.json(&["rota", "--weeks", "30", "--json"]);
    for line in rota["lines"].as_array().unwrap() {
        let shifts = line["shifts"].as_array().unwrap();
        assert!(shifts.len() >= 30, "a turn a week");
        for pair in shifts.windows(2) {
            assert_eq!(pair[0]["until"], pair[1]["from"]);
            assert!(pair[0]["people"].as_array().unwrap().iter().all(|person| person["who"].is_string()));
        }
        assert_eq!(line["gaps"], Value::Array(Vec::new()));
    }
    assert!(rota["clock_change"]["what"].as_str().unwrap().contains("the clocks go"));
}

#[test]
fn the_calendar_leaves_the_day_free_and_updates_instead_of_doubling() {
    let shop = Shop::unpack();
    let export = |weeks| shop.type_in(&["rota", "--ics", "--weeks", weeks]).out;
    let lines = |text: &str, begin: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with(begin)).map(str::to_owned).collect()
    };
    let (short, long) = (export("2"), export("10"));
    assert!(long.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && long.ends_with("END:VCALENDAR\n"));
    let ids: BTreeSet<String> = lines(&long, "UID:").into_iter().collect();
    assert_eq!(ids.len(), lines(&long, "BEGIN:VEVENT").len(), "every event has an id of its own");
    assert_eq!(lines(&long, "TRANSP:TRANSPARENT").len(), ids.len());
    let events = |text: &str| -> BTreeSet<String> {
        let events = text.split("BEGIN:VEVENT").skip(1);
        events.map(|event| event.lines().filter(|line| !line.starts_with("DTSTAMP")).collect()).collect()
    };
    let (short, long) = (events(&short), events(&long));
    assert!(short.iter().filter(|event| !long.contains(*event)).count() <= 2, "only the last of each line may differ");
}
