//! The example business of the manual, on its interesting days.

use switchboard::domain::caller::Caller;
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::outlook::Lack;
use switchboard::domain::words::Language;

use super::business::*;

fn who_rings(rota: &Rota, wall: &str) -> String {
    rings(&stranger(rota, at(rota, wall))).join(" ")
}

/// Every step and every skip with its words.
fn explained(rota: &Rota, wall: &str) -> Vec<String> {
    let plan = stranger(rota, at(rota, wall));
    let steps = plan.steps.iter().map(|step| format!("{} {} s: {}", step.who, step.seconds, step.reason));
    let skipped = plan.skipped.iter().map(|skipped| format!("not {}: {}", skipped.who, skipped.reason));
    steps.chain(skipped).collect()
}

#[test]
fn while_tom_is_away_ana_stands_in_for_him_as_the_manual_expects() {
    let rota = hartley();
    assert_eq!(
        explained(&rota, "2026-07-15 10:00"),
        [
            "priya 16 s: on call until Mon 20 Jul 08:30",
            "ana 16 s: stands in for Tom Ellis",
            "sam 16 s: owner",
            "not tom: away until Sat 18 Jul"
        ]
    );
    assert_eq!(who_rings(&rota, "2026-07-18 10:00"), "priya tom sam", "Tom is back on Saturday");
}

#[test]
fn the_first_name_has_the_turn_that_contains_starts_and_it_runs_both_ways() {
    let rota = hartley();
    for (wall, expected) in [
        ("2025-12-22 08:30", "tom ana sam"),
        ("2025-12-29 08:30", "ana priya sam"),
        ("2026-01-05 08:29", "ana priya sam"),
        ("2026-01-05 08:30", "priya tom sam"),
        ("2026-01-12 08:29", "priya tom sam"),
        ("2026-01-12 08:30", "tom ana sam"),
        ("2026-01-19 08:30", "ana priya sam"),
        ("2026-01-26 08:30", "priya tom sam"),
    ] {
        assert_eq!(who_rings(&rota, wall), expected, "{wall}");
    }
}

#[test]
fn tom_and_priya_exchange_places_in_one_turn_only() {
    let rota = hartley();
    assert_eq!(who_rings(&rota, "2026-04-27 08:29"), "priya tom sam", "before the handover it is the turn before");
    assert_eq!(who_rings(&rota, "2026-04-27 08:30"), "priya ana sam", "else tom ana sam");
    assert_eq!(explained(&rota, "2026-05-03 12:00")[0], "priya 16 s: swapped turns with Tom Ellis");
    assert_eq!(who_rings(&rota, "2026-05-04 08:30"), "ana priya sam");
}

#[test]
fn a_taker_from_outside_the_order_takes_the_givers_place() {
    let mut rota = hartley();
    rota.swaps = vec![swap("2026-04-29", "tom", "desk")];
    assert_eq!(who_rings(&rota, "2026-04-28 10:00"), "desk ana sam");
    rota.swaps = vec![swap("2026-04-29", "desk", "tom")];
    assert_eq!(who_rings(&rota, "2026-04-28 10:00"), "tom ana sam", "the desk has no place to give");
}

#[test]
fn at_christmas_sam_is_in_front_and_the_line_is_closed() {
    let rota = hartley();
    assert_eq!(
        explained(&rota, "2026-12-25 10:00"),
        ["sam 16 s: on call for Christmas Day", "desk 16 s: backup", "not sam: already in the plan"]
    );
    assert!(!rota.duty(&rota.lines[0], at(&rota, "2026-12-25 10:00")).open);
    assert!(rota.duty(&rota.lines[0], at(&rota, "2026-12-24 10:00")).open);
    assert_eq!(who_rings(&rota, "2026-12-24 23:59"), "desk priya sam");
    assert_eq!(who_rings(&rota, "2026-12-26 00:00"), "desk priya sam");
}

#[test]
fn from_september_four_share_the_phone_and_nothing_before_moves() {
    let rota = hartley();
    for (wall, expected) in [
        ("2026-08-31 10:00", "tom ana sam"),
        ("2026-09-07 08:29", "tom ana sam"),
        ("2026-09-07 08:30", "priya tom sam"),
        ("2026-09-14 08:30", "tom ana sam"),
        ("2026-09-21 08:30", "ana desk sam"),
        ("2026-09-28 08:30", "desk priya sam"),
        ("2026-10-05 08:30", "priya tom sam"),
    ] {
        assert_eq!(who_rings(&rota, wall), expected, "{wall}");
    }
}

#[test]
fn a_change_in_mid_week_waits_for_the_next_handover() {
    let mut rota = hartley();
    rota.lines[0].rota.changes[0].from = day("2026-09-08");
    assert_eq!(who_rings(&rota, "2026-09-13 10:00"), "ana priya sam");
    assert_eq!(who_rings(&rota, "2026-09-14 08:30"), "priya tom sam");
}

#[test]
fn a_swap_decides_before_cover_and_a_holiday_before_both() {
    let mut rota = hartley();
    rota.away = vec![away("tom", "2026-04-27 00:00", "2026-05-04 00:00", Some("desk"))];
    rota.holidays = vec![holiday("2026-04-28", "May Fair", None, Some("ana"))];
    assert_eq!(who_rings(&rota, "2026-04-27 10:00"), "priya ana sam", "Priya has Tom's turn, not his cover");
    rota.lines[0].rota.backups = 2;
    assert_eq!(who_rings(&rota, "2026-04-27 10:00"), "priya ana desk sam", "the desk stands where Tom now is");
    assert_eq!(who_rings(&rota, "2026-04-28 10:00"), "ana priya desk sam");
}

#[test]
fn without_cover_the_next_name_steps_up_and_the_number_of_backups_stays() {
    let mut rota = hartley();
    rota.away = vec![away("priya", "2026-07-13 00:00", "2026-07-14 00:00", None)];
    assert_eq!(who_rings(&rota, "2026-07-13 10:00"), "tom ana sam");
    rota.away.push(away("tom", "2026-07-13 00:00", "2026-07-14 00:00", Some("priya")));
    assert_eq!(who_rings(&rota, "2026-07-13 10:00"), "ana sam", "a cover who is away too covers nobody");
}

#[test]
fn when_everybody_is_away_the_owner_rings_and_there_is_a_warning() {
    let mut rota = hartley();
    let off = |who| away(who, "2026-07-13 00:00", "2026-07-20 00:00", None);
    rota.away = vec![off("priya"), off("tom"), off("ana")];
    let monday = at(&rota, "2026-07-13 10:00");
    assert!(rota.duty(&rota.lines[0], monday).everybody_away);
    assert_eq!(who_rings(&rota, "2026-07-13 10:00"), "sam");
    let gaps = rota.gaps(&rota.lines[0], monday, at(&rota, "2026-07-13 12:00"));
    assert_eq!(gaps.len(), 1);
    assert_eq!(
        gaps[0].words(&rota, Language::English),
        "Mon 13 Jul 10:00 to 12:00: nobody on the rota would ring, only Sam Hartley"
    );

    rota.away.push(off("sam"));
    let plan = stranger(&rota, monday);
    assert!(plan.steps.is_empty());
    assert_eq!(plan.skipped.len(), 4, "each says why");
    assert_eq!(rota.gaps(&rota.lines[0], monday, at(&rota, "2026-07-13 12:00"))[0].lack, Lack::Anybody);
}

#[test]
fn closed_hours_are_planned_and_silent_and_a_hole_in_open_hours_is_not() {
    let mut rota = hartley();
    rota.away.clear();
    rota.lines.swap(0, 1);
    let (from, until) = (at(&rota, "2026-01-19 08:30"), at(&rota, "2026-01-21 08:30"));
    let words = |rota: &Rota, line: usize| -> Vec<String> {
        rota.gaps(&rota.lines[line], from, until).iter().map(|gap| gap.words(rota, Language::English)).collect()
    };
    let night =
        |day, next| format!("Mon {day} Jan 22:00 to Tue {next} Jan 07:00: nobody backs up Priya Nair but the owner");
    assert_eq!(words(&rota, 0)[0], night(19, 20), "Ana sleeps, so the backup is alone all night");
    assert_eq!(words(&rota, 0).len(), 2);
    assert_eq!(words(&rota, 1), Vec::<String>::new(), "the main line is closed at night");
}

#[test]
fn a_customers_usual_person_rings_first_when_open_only() {
    let rota = hartley();
    let okafor = Caller::Customer(Box::new(customer(Some("ana"))));
    let open = call(&rota, at(&rota, "2026-01-05 10:00"), &okafor);
    assert_eq!(rings(&open), ["ana", "priya", "tom", "sam"]);
    assert_eq!(open.steps.iter().map(|step| step.seconds).collect::<Vec<_>>(), [18, 16, 16, 10]);
    let closed = call(&rota, at(&rota, "2026-01-05 20:00"), &okafor);
    assert_eq!(rings(&closed), ["priya", "tom", "sam"]);
    assert_eq!(closed.skipped[0].reason.to_string(), "closed until Tue 6 Jan 08:30");
}

#[test]
fn the_coming_turns_read_like_the_wall_calendar() {
    let rota = hartley();
    let shifts = rota.shifts(&rota.lines[0], at(&rota, "2026-06-29 08:30"), at(&rota, "2026-07-20 08:30"));
    let told: Vec<String> = shifts
        .iter()
        .map(|shift| {
            let people: Vec<&str> = shift.duty.people.iter().map(|person| person.who.as_str()).collect();
            format!("{} {}", told(&rota, shift.from), people.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "Mon 29 Jun 08:30 +0100 tom ana",
            "Mon 6 Jul 00:00 +0100 ana priya",
            "Mon 6 Jul 08:30 +0100 ana priya",
            "Mon 13 Jul 08:30 +0100 priya ana",
            "Sat 18 Jul 00:00 +0100 priya tom"
        ]
    );
}

#[test]
fn the_next_clock_change_is_told_in_words() {
    let mut rota = hartley();
    let change = rota.next_clock_change(at(&rota, "2026-06-01 00:00")).unwrap();
    assert_eq!(
        change.words(&rota, &rota.lines[1], Language::English),
        "Sun 25 Oct 2026 02:00: the clocks go back 1 hour, to 01:00. The turn of Ana Costa from Mon 19 Oct 08:30 \
         lasts 169 hours; handovers keep their clock time. The line is open then, 1 hour longer than on other days."
    );
    let kolkata = plain("Asia/Kolkata", fixed(&["a"]));
    assert_eq!(kolkata.next_clock_change(at(&rota, "2026-06-01 00:00")), None);
    rota.lines[0].rota.rotate =
        switchboard::domain::rota::rotation::Rotate::Weekly { day: jiff::civil::Weekday::Sunday, at: clock("01:30") };
    let spring = rota.next_clock_change(at(&rota, "2026-01-01 00:00")).unwrap();
    let words = spring.words(&rota, &rota.lines[0], Language::English);
    assert!(words.ends_with("There is no 01:30 that day: the handover is at 02:00."), "{words}");
    let words = change.words(&rota, &rota.lines[0], Language::English);
    assert!(words.ends_with("It is 01:30 twice that day: the handover is at the first."), "{words}");
}
