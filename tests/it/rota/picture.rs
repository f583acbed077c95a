use jiff::civil::Date;
use switchboard::domain::rota::picture::{Piece, Place, Row};

use super::business::{hartley, id};

fn place(piece: &Piece) -> String {
    let name = match &piece.place {
        Place::OnDuty { nth: 0, .. } => "first",
        Place::OnDuty { .. } => "behind",
        Place::Away(_) => "away",
    };
    match (piece.minutes.start, piece.minutes.end) {
        (0, 1440) => name.to_owned(),
        (from, until) => format!("{name} {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, until / 60, until % 60),
    }
}

fn week(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.iter().map(place).collect::<Vec<_>>().join(", ")).collect()
}

#[test]
fn a_week_shows_who_has_the_phone_who_is_behind_and_who_is_away_on_each_day() {
    let rota = hartley();
    let first: Date = "2026-07-05".parse().unwrap();
    let picture = rota.picture(first, 3);
    let row = |who: &str| week(picture.panels[0].rows.iter().find(|row| row.who == id(who)).unwrap());
    // Tom's leave begins on the Monday on which he would have handed over to Ana: she covers for those hours too.
    assert_eq!(row("tom"), ["first", "away", "away"]);
    assert_eq!(row("ana"), ["behind", "first 00:00-08:30, first 08:30-24:00", "first"]);
    assert_eq!(row("priya"), ["", "behind 00:00-08:30, behind 08:30-24:00", "behind"]);
    assert_eq!(row("desk"), ["", "", ""]);
}

#[test]
fn lines_that_look_alike_share_a_panel_and_others_have_one_of_their_own() {
    let mut rota = hartley();
    let first: Date = "2026-06-01".parse().unwrap();
    let lines = |rota: &switchboard::domain::rota::Rota| {
        rota.picture(first, 56).panels.iter().map(|panel| panel.lines.len()).collect::<Vec<_>>()
    };
    for line in &mut rota.lines {
        line.hours = switchboard::domain::rota::hours::Hours::always();
    }
    assert_eq!(lines(&rota), [2]);
    rota.lines[1].rota.backups = 0;
    assert_eq!(lines(&rota), [1, 1]);
}

#[test]
fn the_days_on_which_the_clocks_change_are_marked() {
    let rota = hartley();
    let picture = rota.picture("2026-10-19".parse().unwrap(), 14);
    let changes: Vec<String> =
        picture.days.iter().filter(|day| day.clock_change.is_some()).map(|day| day.date.to_string()).collect();
    assert_eq!(changes, ["2026-10-25"]);
}
