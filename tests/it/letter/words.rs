//! What stands in the letter, and when it is time for one.

use jiff::{Timestamp, Zoned};
use switchboard::config::rota;
use switchboard::domain::letter::{Fix, State, morning, one_thing_to_fix};
use switchboard::domain::promise::{Broken, How, Promise, PromiseState};
use switchboard::domain::report::{Counts, Person, Promises, Report, Share, Wait};
use switchboard::domain::rota::Rota;
use switchboard::domain::staff::StaffId;
use switchboard::domain::voicemail::Voicemail;
use switchboard::domain::words::letter::{letter, thing_to_fix};

use crate::phones::opening::ROTA;
use crate::store::a_promise;

fn at(clock: &str) -> Zoned {
    format!("{clock}[Europe/London]").parse().unwrap()
}

fn read(text: &str) -> Rota {
    rota::read("rota.toml", text, at("2026-06-01T09:00").timestamp(), None).unwrap().rota
}

fn person(who: &str, promises: Promises, took: u32) -> Person {
    let wait = Wait { median: Some(7), p90: Some(12) };
    Person { who: StaffId::new(who), promises, usual: Share::default(), rung: took + 2, took, wait }
}

fn report(people: Vec<Person>) -> Report {
    Report {
        calls: Counts { reached: 112, promised: 9, hung_up: 4, blocked: 0, live: 0 },
        reached: Share { part: 112, of: 125 },
        soon: Share { part: 96, of: 125 },
        hung_up: Share { part: 4, of: 125 },
        wait: Wait { median: Some(9), p90: Some(24) },
        usual: Share { part: 8, of: 10 },
        promises: Promises { made: 12, kept: 9, broken: 1, open: 3, overdue: 1 },
        people,
    }
}

/// A business of these people.
fn business_of(names: &[String]) -> Rota {
    let staff = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("p{n} = {{ name = \"{name}\", phone = \"+4477009001{n:02}\" }}\n"));
    let staff: String = staff.collect();
    read(&format!(
        "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\n[staff]\n{staff}\n[lines.main]\nnumber = \"+442079460000\"\n"
    ))
}

fn letter_of(names: &[String], fix: Option<&Fix>) -> String {
    let rota = business_of(names);
    let promises = Promises { made: 2, kept: 1, broken: 0, open: 1, overdue: 0 };
    let people = (0..names.len()).map(|n| person(&format!("p{n}"), promises, 9)).collect();
    let now = at("2026-06-11T08:30");
    letter(&rota, at("2026-06-10T08:30").timestamp(), &report(people), fix, &now)
}

#[test]
fn the_letter_of_ten_people_fits_in_three_segments_and_always_says_what_to_fix() {
    let fix = Fix::Voicemail(Voicemail { who: StaffId::new("p3"), seconds: 17, took: 4 });
    let names: Vec<String> = (0..10).map(|n| format!("Bartholomew{n} Featherstonehaugh")).collect();
    let told = letter_of(&names, Some(&fix));
    assert!(told.chars().count() <= 3 * 153, "{}: {told}", told.chars().count());
    assert!(told.contains(" Bartholomew0: kept 1 of 2, took 9 in 7 s."), "{told}");
    let end = "...: switchboard report. To fix: Bartholomew3 Featherstonehaugh's voicemail picks up after 17 s: \
               set it to 30 or ring shorter.";
    assert!(told.ends_with(end), "{told}");
    let short: Vec<String> = ["Al", "Bo", "Cy"].map(str::to_owned).to_vec();
    assert!(!letter_of(&short, Some(&fix)).contains("switchboard report"), "everybody fits");
}

#[test]
fn a_name_in_another_alphabet_leaves_less_room_and_is_counted_so() {
    let names: Vec<String> = (0..10).map(|n| format!("Łukasz{n} Wiśniewski")).collect();
    let told = letter_of(&names, None);
    assert!(told.encode_utf16().count() <= 3 * 67, "{told}");
    assert!(told.contains("switchboard report"), "{told}");
    let long = vec!["Ł".repeat(500)];
    let fix = Fix::NeverTakes { who: StaffId::new("p0"), rung: 9 };
    assert!(letter_of(&long, Some(&fix)).encode_utf16().count() <= 3 * 67);
}

#[test]
fn two_people_of_one_first_name_are_told_apart() {
    let told = letter_of(&["Tom Ellis".to_owned(), "Tom Jones".to_owned(), "Ana Costa".to_owned()], None);
    for name in [" Tom Ellis: ", " Tom Jones: ", " Ana: "] {
        assert!(told.contains(name), "{told}");
    }
}

#[test]
fn whoever_broke_their_word_comes_first_however_fast_they_are() {
    let rota = read(ROTA);
    let broke = Promises { made: 1, kept: 0, broken: 1, open: 1, overdue: 1 };
    let people = vec![person("ana", Promises::default(), 40), person("tom", broke, 1)];
    let told = letter(&rota, Timestamp::UNIX_EPOCH, &report(people), None, &at("2026-06-11T08:30"));
    assert!(told.find("Tom: kept 0 of 1, 1 overdue").unwrap() < told.find("Ana: took 40").unwrap(), "{told}");
}

fn promise(due: &str) -> Promise {
    Promise { name: Some("Mr Li".to_owned()), due: at(due).timestamp(), ..a_promise(1) }
}

#[test]
fn what_hurts_a_customer_most_is_to_be_fixed_first() {
    let rota = read(ROTA);
    let now = at("2026-06-10T10:00");
    let told = |rota: &Rota, state: &State| {
        one_thing_to_fix(rota, state, now.timestamp()).map(|fix| thing_to_fix(&fix, rota, &now))
    };
    let mut state = State::default();
    assert_eq!(told(&rota, &state), None);
    state.people =
        vec![person("ana", Promises::default(), 3), Person { rung: 6, ..person("tom", Promises::default(), 0) }];
    assert_eq!(told(&rota, &state).unwrap(), "the phone of Tom Ellis rang for 6 calls in 4 weeks and took none");
    let away = |who: &str| format!("[[away]]\nwho = \"{who}\"\nfrom = 2026-06-12\nto = 2026-06-12\n");
    let others_away = read(&format!("{ROTA}\n{}{}", away("priya"), away("ana")));
    let no_backup = "Fri 12 Jun 08:30 to 12:30: nobody backs up Tom Ellis but the owner";
    assert_eq!(told(&others_away, &state).unwrap(), no_backup);
    state.voicemails = vec![Voicemail { who: StaffId::new("tom"), seconds: 17, took: 3 }];
    let voicemail = "Tom Ellis's voicemail picks up after 17 s: set it to 30 or ring shorter";
    assert_eq!(told(&others_away, &state).unwrap(), voicemail);
    let all_away = read(&format!("{ROTA}\n{}{}{}", away("priya"), away("ana"), away("tom")));
    let nobody = "Fri 12 Jun 08:30 to 12:30: nobody on the rota would ring, only Sam Hartley";
    assert_eq!(told(&all_away, &state).unwrap(), nobody);
    state.promises = vec![promise("2026-06-10T09:30"), promise("2026-06-10T09:45"), promise("2026-06-10T11:00")];
    let waits = "Mr Li was promised a call from Priya Nair by Wed 10 Jun 09:30 and still waits, and 1 more";
    assert_eq!(told(&all_away, &state).unwrap(), waits);
}

#[test]
fn a_morning_is_the_opening_of_the_first_line_and_reaches_back_to_the_one_before() {
    let morning_at = |text: &str, clock: &str| {
        let found = morning(&read(text), at(clock).timestamp())?;
        let local = |at: Timestamp| {
            at.to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap()).strftime("%a %H:%M").to_string()
        };
        Some((local(found.at), local(found.since)))
    };
    let said = |at: &str, since: &str| Some((at.to_owned(), since.to_owned()));
    assert_eq!(morning_at(ROTA, "2026-06-10T08:29"), None, "not yet");
    assert_eq!(morning_at(ROTA, "2026-06-10T08:30"), said("Wed 08:30", "Tue 08:30"));
    assert_eq!(morning_at(ROTA, "2026-06-10T23:59"), said("Wed 08:30", "Tue 08:30"), "late is better than never");
    assert_eq!(morning_at(ROTA, "2026-06-14T12:00"), None, "closed on Sunday");
    assert_eq!(morning_at(ROTA, "2026-06-15T09:00"), said("Mon 08:30", "Sat 09:00"));
    let at_eight = format!("letter = \"08:00\"\n{ROTA}");
    assert_eq!(morning_at(&at_eight, "2026-06-15T09:00"), said("Mon 08:00", "Sat 08:00"));
    let holiday = format!("{ROTA}\n[[holiday]]\ndate = 2026-06-15\nname = \"Fair\"\nhours = \"closed\"\n");
    assert_eq!(morning_at(&holiday, "2026-06-15T09:00"), None);
    assert_eq!(morning_at(&holiday, "2026-06-16T09:00"), said("Tue 08:30", "Sat 09:00"));
    let (head, rest) = ROTA.split_once("[hours]").unwrap();
    let always_open = format!("{head}{}", rest.split_once("\n\n").unwrap().1);
    assert_eq!(morning_at(&always_open, "2026-06-14T06:59"), None, "midnight is no morning");
    assert_eq!(morning_at(&always_open, "2026-06-14T07:00"), said("Sun 07:00", "Sat 07:00"));
}

#[test]
fn a_promise_is_told_on_the_mornings_after_it_was_made_kept_or_broken_and_while_somebody_waits() {
    let mornings = ["2026-06-09T09:00", "2026-06-10T09:00", "2026-06-11T09:00", "2026-06-12T09:00", "2026-06-13T09:30"];
    let told = |promise: &Promise| {
        let rota = read(ROTA);
        mornings.map(|clock| morning(&rota, at(clock).timestamp()).unwrap().tells_of_promise(promise))
    };
    let made = at("2026-06-09T11:00").timestamp();
    let by = StaffId::new("priya");
    let waits = Promise { made, ..a_promise(1) };
    assert_eq!(told(&waits), [false, true, true, true, true]);
    let kept = at("2026-06-11T11:00").timestamp();
    let kept = PromiseState::Kept { by: by.clone(), at: kept, how: How::Word, check: None };
    let kept = Promise { state: kept, ..waits.clone() };
    assert_eq!(told(&kept), [false, true, false, true, false]);
    let broken = at("2026-06-10T11:00").timestamp();
    let broken = Some(Broken { by, at: broken, due: broken, apologised: false });
    assert_eq!(told(&Promise { broken, ..kept }), [false, true, true, true, false]);
}
