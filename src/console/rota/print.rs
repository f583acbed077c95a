//! The rota on one sheet of paper, for the day on which nothing else works.

use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::words::RotaWords;
use crate::console::assets::ROTA_CSS;
use crate::console::page::zone;
use crate::console::words::Words;
use crate::console::{Desk, Me, Nav, Page, times};
use crate::domain::line::Line;
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::Shift;
use crate::domain::staff::Reach;

const AHEAD: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);
/// More shifts than that do not fit on a page.
const SHIFTS: usize = 16;

pub(super) async fn page(State(console): State<Desk>, me: Me) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), RotaWords(me.language));
    let at = now.timestamp();
    let until = at.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let mut told: Vec<(Vec<&Line>, Vec<[String; 4]>)> = Vec::new();
    for line in &rota.lines {
        let shifts = rota.shifts_in_whole_turns(line, at, until);
        let rows: Vec<_> = shifts.iter().take(SHIFTS).map(|shift| row(&rota, shift, words, &now)).collect();
        match told.iter_mut().find(|(_, same)| *same == rows) {
            Some((lines, _)) => lines.push(line),
            None => told.push((vec![line], rows)),
        }
    }
    let main = html! {
        p .no-print.soft { (words.print_now()) }
        div .sheet {
            @for (lines, rows) in &told {
                h2 { @for (place, line) in lines.iter().enumerate() { @if place > 0 { " · " } (words.line(&line.id)) " " (line.number.spaced()) } }
                table {
                    thead { tr { @for title in [words.from(), words.until(), words.first(), words.then()] { th scope="col" { (title) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
            h2 { (words.phones()) }
            ul .phones {
                @for person in rota.staff.iter() {
                    li { strong { (person.name) @if person.id == rota.owner { " (" (words.the_owner()) ")" } } " " span .number { (phone(&person.reach)) } }
                }
            }
            h2 { (words.if_down()) }
            ol {
                li { (words.down_first(rota.name(&rota.owner), owner_phone(&rota))) }
                li { (words.down_then()) }
                li { (words.down_last()) }
            }
            p .small { (zone(&console, Words(me.language))) " " (words.printed(times::day(words.0, now.date(), now.date().saturating_sub(SignedDuration::from_hours(400 * 24))))) }
        }
    };
    Page::new(Nav::Rota, words.print_title(&rota.business)).style(&ROTA_CSS).show(&console, &me, &main)
}

fn row(rota: &Rota, shift: &Shift, words: RotaWords, now: &jiff::Zoned) -> [String; 4] {
    let mut people = shift.duty.people.iter().map(|person| person.in_words(rota, words.0));
    let first = people.next().unwrap_or_default();
    let moment = |at: Timestamp| {
        let local = rota.zone.to_datetime(at);
        format!("{} {:02}:{:02}", times::day(words.0, local.date(), now.date()), local.hour(), local.minute())
    };
    [moment(shift.from), moment(shift.until), first, people.collect::<Vec<_>>().join(", ")]
}

fn owner_phone(rota: &Rota) -> String {
    rota.staff.get(rota.owner.as_str()).map(|owner| phone(&owner.reach)).unwrap_or_default()
}

fn phone(reach: &Reach) -> String {
    match reach {
        Reach::Phone(phone) => phone.spaced(),
        Reach::Sip(address) => address.clone(),
    }
}
