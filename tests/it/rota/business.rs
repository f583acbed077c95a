//! Small businesses to ask "who would ring?".

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use switchboard::domain::caller::{Caller, Customer, CustomerId};
use switchboard::domain::letter::LetterAt;
use switchboard::domain::line::{Line, LineId, Ring, Terms};
use switchboard::domain::phone::Phone;
use switchboard::domain::plan::{self, Plan};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::absence::{Away, Swap};
use switchboard::domain::rota::holiday::Holiday;
use switchboard::domain::rota::hours::{ClockTime, Hours, Span};
use switchboard::domain::rota::rotation::{Change, Rotate, Rotation, WhenClosed};
use switchboard::domain::staff::{Accept, Reach, Roster, Shows, Staff, StaffId};
use switchboard::domain::words::Wordbook;

/// The example of the manual.
pub fn hartley() -> Rota {
    let mut desk = person("desk", "Front desk", 0);
    desk.reach = Reach::Sip("sip:desk@pbx.example.com".to_owned());
    desk.accept = Accept::Answer;
    let mut ana = person("ana", "Ana Costa", 104);
    ana.not_between = Some(span("22:00-07:00"));
    let weekday = || vec![span("08:30-12:30"), span("13:15-17:30")];
    let mut days: [Vec<Span>; 7] = std::array::from_fn(|_| weekday());
    days[5] = vec![span("09:00-13:00")];
    days[6] = vec![];
    let rota = Rotation {
        rotate: Rotate::Weekly { day: Weekday::Monday, at: clock("08:30") },
        changes: vec![Change { from: day("2026-09-07"), order: ids(&["priya", "tom", "ana", "desk"]) }],
        ..fixed(&["priya", "tom", "ana"])
    };
    let main = Line {
        id: LineId::new("main"),
        number: Phone::from_e164("+442079460000").unwrap(),
        hours: Hours { days },
        rota,
        ring: Ring::default(),
        promise: Terms::default(),
        greeting: None,
    };
    let emergency = Line {
        id: LineId::new("emergency"),
        number: Phone::from_e164("+442079460001").unwrap(),
        hours: Hours::always(),
        ..main.clone()
    };
    Rota {
        business: "Hartley Heating".to_owned(),
        zone: TimeZone::get("Europe/London").unwrap(),
        country: None,
        owner: id("sam"),
        staff: Roster::new([
            person("sam", "Sam Hartley", 101),
            person("priya", "Priya Nair", 102),
            person("tom", "Tom Ellis", 103),
            ana,
            desk,
        ]),
        lines: vec![main, emergency],
        away: vec![away("tom", "2026-07-06 00:00", "2026-07-18 00:00", Some("ana"))],
        swaps: vec![swap("2026-04-27", "tom", "priya")],
        holidays: vec![holiday("2026-12-25", "Christmas Day", Some(vec![]), Some("sam"))],
        letter: LetterAt::Opening,
        expectations: vec![],
        words: Wordbook::default(),
        quiet: None,
    }
}

/// Without dated entries: always open, staff `a`, `b`, `c`, `d`, owned by `o`, who is not on the rota.
pub fn plain(zone: &str, rota: Rotation) -> Rota {
    let mut business = hartley();
    business.zone = TimeZone::get(zone).unwrap();
    business.owner = id("o");
    business.staff = Roster::new((1..).zip(["o", "a", "b", "c", "d"]).map(|(number, name)| person(name, name, number)));
    business.lines.truncate(1);
    business.lines[0].hours = Hours::always();
    business.lines[0].rota = rota;
    business.away.clear();
    business.swaps.clear();
    business.holidays.clear();
    business
}

pub fn fixed(order: &[&str]) -> Rotation {
    Rotation {
        rotate: Rotate::Fixed,
        starts: day("2026-01-05"),
        order: ids(order),
        backups: 1,
        when_closed: WhenClosed::OnCall,
        changes: vec![],
    }
}

pub fn person(short: &str, name: &str, number: u32) -> Staff {
    Staff {
        id: id(short),
        name: name.to_owned(),
        reach: Reach::Phone(Phone::from_e164(&format!("+447700900{number:03}")).unwrap()),
        accept: Accept::Key,
        shows: Shows::Business,
        says: None,
        languages: vec![],
        not_between: None,
    }
}

pub fn customer(usual: Option<&str>) -> Customer {
    Customer {
        id: CustomerId(1),
        name: "Mrs Okafor".to_owned(),
        numbers: vec![],
        usual: usual.map(id),
        language: None,
        note: None,
        tags: vec![],
        blocked: false,
        recent: vec![],
        asked: Vec::new(),
    }
}

/// The plan of a stranger's call to the first line.
pub fn stranger(rota: &Rota, at: Timestamp) -> Plan {
    call(rota, at, &Caller::Unknown)
}

pub fn call(rota: &Rota, at: Timestamp, caller: &Caller) -> Plan {
    let line = &rota.lines[0];
    plan::make(rota, line, &rota.duty(line, at), caller, None, true)
}

pub fn rings(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|step| step.who.as_str()).collect()
}

/// The instant of a time on the business's wall clock; of a date, its midnight.
pub fn at(rota: &Rota, wall: &str) -> Timestamp {
    rota.zone.to_timestamp(moment(wall)).unwrap()
}

pub fn told(rota: &Rota, at: Timestamp) -> String {
    at.to_zoned(rota.zone.clone()).strftime("%a %-d %b %H:%M %z").to_string()
}

pub fn id(short: &str) -> StaffId {
    StaffId::new(short)
}

pub fn ids(short: &[&str]) -> Vec<StaffId> {
    short.iter().map(|short| id(short)).collect()
}

pub fn away(who: &str, from: &str, until: &str, cover: Option<&str>) -> Away {
    Away { who: id(who), from: moment(from), until: moment(until), cover: cover.map(id), by: None }
}

pub fn swap(turn: &str, give: &str, take: &str) -> Swap {
    Swap { turn: day(turn), give: id(give), take: id(take), by: None }
}

pub fn holiday(date: &str, name: &str, hours: Option<Vec<Span>>, on_call: Option<&str>) -> Holiday {
    Holiday { date: day(date), name: name.to_owned(), hours, on_call: on_call.map(id) }
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn moment(text: &str) -> DateTime {
    text.parse().unwrap()
}

pub fn clock(text: &str) -> ClockTime {
    if text == "24:00" {
        return ClockTime(1440);
    }
    let time: Time = text.parse().unwrap();
    ClockTime(u16::try_from(time.hour()).unwrap() * 60 + u16::try_from(time.minute()).unwrap())
}

pub fn span(text: &str) -> Span {
    let (start, end) = text.split_once('-').unwrap();
    Span { start: clock(start), end: clock(end) }
}
