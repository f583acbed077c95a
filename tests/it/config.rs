//! The example business that comes with the program, and the shortest files that work.

use jiff::Timestamp;
use switchboard::config::diagnostic::{Style, render};
use switchboard::config::rota::{Read, read};
use switchboard::domain::line::{PromiseOwner, Within};
use switchboard::domain::rota::rotation::Rotate;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn right(text: &str) -> Read {
    read("rota.toml", text, now(), None).unwrap_or_else(|problems| panic!("{}", render(&problems, Style::Plain)))
}

#[test]
fn the_example_rota_is_right_and_only_its_fictional_numbers_are_doubted() {
    let read = right(include_str!("../../config/rota.toml"));
    assert_eq!(read.rota.business, "Hartley Heating");
    assert_eq!(read.rota.staff.len(), 5);
    assert_eq!(read.rota.holidays.len(), 2);
    let others: Vec<_> = read.warnings.iter().filter(|one| !one.what.contains("no numbering plan knows")).collect();
    assert!(others.is_empty(), "{}", render(&read.warnings, Style::Plain));
}

#[test]
fn a_line_has_its_own_words_and_the_rest_from_above() {
    let rota = right(include_str!("../../config/rota.toml")).rota;
    let main = &rota.lines[0];
    let emergency = &rota.lines[1];
    assert_eq!(emergency.ring.each, 20);
    assert_eq!(emergency.ring.at_most, main.ring.at_most);
    assert_eq!(emergency.rota.rotate, main.rota.rotate);
    assert_eq!(emergency.rota.order[0].as_str(), "tom");
    assert!(emergency.rota.changes.is_empty(), "a change of the others' order is not a change of this one");
    assert_eq!(emergency.promise.owner, PromiseOwner::OnCall);
    assert_eq!(emergency.promise.call_back, Within::Minutes(30));
}

#[test]
fn the_shortest_rota_is_a_business_a_zone_a_person_and_a_line() {
    let rota = right(
        r#"
        business = "Corner Shop"
        timezone = "Europe/London"
        [staff]
        jo = { name = "Jo", phone = "+447700900101" }
        [lines.main]
        number = "+442079460000"
        "#,
    )
    .rota;
    assert_eq!(rota.owner.as_str(), "jo");
    let line = &rota.lines[0];
    assert_eq!(line.rota.rotate, Rotate::Fixed);
    assert_eq!(line.hours.days[6][0].end.0, 1440, "always open");
}

#[test]
fn without_a_rota_everybody_rings_in_the_order_of_the_file() {
    let rota = right(
        r#"
        business = "Corner Shop"
        timezone = "Europe/London"
        lines.main.number = "+442079460000"
        [staff]
        jo = { name = "Jo", phone = "+447700900101" }
        al = { name = "Al", phone = "+447700900102" }
        vi = { name = "Vi", phone = "+447700900103" }
        "#,
    )
    .rota;
    let rotation = &rota.lines[0].rota;
    assert_eq!(rotation.order.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["jo", "al", "vi"]);
    assert_eq!(rotation.backups, 2);
}
