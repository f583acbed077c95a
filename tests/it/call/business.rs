//! The business whose calls are held: Priya, Tom, then Sam, the owner.

use jiff::civil::date;
use jiff::tz::TimeZone;
use switchboard::domain::letter::LetterAt;
use switchboard::domain::line::{Greeting, Line, LineId, Ring, Terms};
use switchboard::domain::phone::{Country, Phone};
use switchboard::domain::plan::{Plan, PromiseTerms, Reason, Said, Skip, Skipped, Step};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::hours::Hours;
use switchboard::domain::rota::rotation::{Rotate, Rotation, WhenClosed};
use switchboard::domain::staff::{Accept, Reach, Roster, Shows, Staff, StaffId};
use switchboard::domain::words::Wordbook;

pub const PRIYA: u8 = 0;
pub const TOM: u8 = 1;
pub const SAM: u8 = 2;
pub const NAMES: [&str; 3] = ["priya", "tom", "sam"];
pub const LINE: &str = "+442079460000";

pub fn who(name: &str) -> StaffId {
    StaffId::new(name)
}

pub fn phone(number: &str) -> Phone {
    Phone::from_e164(number).unwrap()
}

pub fn zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

pub fn plan() -> Plan {
    let reasons = [Reason::OnCall { until: None }, Reason::Backup, Reason::Owner];
    let step = |(person, reason): (Staff, Reason)| Step {
        spoken: person.spoken().to_owned(),
        who: person.id,
        name: person.name,
        reach: person.reach,
        accept: person.accept,
        shows: person.shows,
        seconds: 16,
        reason,
    };
    Plan {
        ring_seconds_max: 60,
        steps: staff().into_iter().zip(reasons).map(step).collect(),
        skipped: vec![Skipped {
            who: who("ana"),
            reason: Skip::Away { until: date(2026, 7, 18).at(0, 0, 0, 0), said: Said::InFile },
        }],
        promise: PromiseTerms {
            owner: who("priya"),
            name: "Priya Nair".into(),
            spoken: "PREE-ya NY-er".into(),
            due: date(2026, 7, 15).at(12, 2, 0, 0).to_zoned(zone()).unwrap().timestamp(),
        },
    }
}

fn staff() -> Vec<Staff> {
    let person = |(id, name, number): (&str, &str, &str)| Staff {
        id: who(id),
        name: name.into(),
        reach: Reach::Phone(phone(number)),
        accept: Accept::Key,
        shows: Shows::Business,
        says: (id == "priya").then(|| "PREE-ya NY-er".into()),
        languages: vec![],
        not_between: None,
    };
    let people = [
        ("priya", "Priya Nair", "+447700900102"),
        ("tom", "Tom Ellis", "+447700900103"),
        ("sam", "Sam Hartley", "+447700900101"),
    ];
    people.map(person).to_vec()
}

pub fn rota(greeting: Option<Greeting>) -> Rota {
    let rotation = Rotation {
        rotate: Rotate::Fixed,
        starts: date(2026, 1, 5),
        order: NAMES.map(who).to_vec(),
        backups: 1,
        when_closed: WhenClosed::OnCall,
        changes: vec![],
    };
    let line = Line {
        id: LineId::new("main"),
        number: phone(LINE),
        hours: Hours::always(),
        rota: rotation,
        ring: Ring::default(),
        promise: Terms::default(),
        greeting,
    };
    Rota {
        business: "Hartley Heating".into(),
        zone: zone(),
        country: Country::parse("GB"),
        owner: who("sam"),
        staff: Roster::new(staff()),
        lines: vec![line],
        away: vec![],
        swaps: vec![],
        holidays: vec![],
        letter: LetterAt::Opening,
        expectations: vec![],
        words: Wordbook::default(),
        quiet: None,
    }
}
