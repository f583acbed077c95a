//! Live changes, proved by walking the quarters of the hours.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use switchboard::domain::plan::Skip;
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::absence::Away;
use switchboard::domain::rota::live::{Live, LiveChange, LiveChangeId};
use switchboard::domain::staff::{Roster, StaffId};

use super::business::*;

const NAMES: &[&str] = &["a", "b", "c", "d"];

fn change(number: i64, by: &str, what: Live) -> LiveChange {
    LiveChange { id: LiveChangeId(number), by: id(by), made: Timestamp::UNIX_EPOCH, what }
}

fn gone(who: &str, from: &str, until: &str) -> Live {
    Live::Away { who: id(who), from: moment(from), until: moment(until), cover: None }
}

/// Some quarter of an hour of three days.
fn quarter() -> impl Strategy<Value = DateTime> {
    (0..3 * 96_i64).prop_map(|quarters| moment("2026-06-08 00:00") + (quarters * 15).minutes())
}

fn span_of() -> impl Strategy<Value = (DateTime, DateTime)> {
    (quarter(), quarter()).prop_map(|(one, other)| (one.min(other), one.max(other) + 15.minutes()))
}

fn who() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES)
}

fn live() -> impl Strategy<Value = Live> {
    let away =
        (who(), span_of()).prop_map(|(who, (from, until))| Live::Away { who: id(who), from, until, cover: None });
    let back = (who(), span_of()).prop_map(|(who, (from, until))| Live::Back { who: id(who), from, until });
    prop_oneof![2 => away, 1 => back]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn who_is_away_is_what_the_last_word_on_every_minute_says(
        file in prop::collection::vec((who(), span_of()), 0..4),
        said in prop::collection::vec(live(), 0..6),
    ) {
        let mut rota = plain("Asia/Kolkata", fixed(NAMES));
        rota.away = file.iter().map(|(who, (from, until))| away(who, &from.to_string(), &until.to_string(), None)).collect();
        let changes: Vec<_> = said.iter().cloned().zip(1..).map(|(what, number)| change(number, "a", what)).collect();
        let changed = rota.with_live(&changes);
        for quarter in 0..3 * 96 {
            let local = moment("2026-06-08 00:00") + (quarter * 15).minutes();
            let now = at(&rota, &local.to_string());
            for name in NAMES {
                let in_file = file.iter().any(|(who, (from, until))| who == name && *from <= local && local < *until);
                let away = said.iter().fold(in_file, |away, what| match what {
                    Live::Away { who, from, until, .. } if who.as_str() == *name && *from <= local && local < *until => true,
                    Live::Back { who, from, until } if who.as_str() == *name && *from <= local && local < *until => false,
                    _ => away,
                });
                prop_assert_eq!(changed.absence(&id(name), now).is_some(), away, "{} at {}", name, local);
            }
        }
    }

    /// As somebody finds it who reads the list again and again until nothing in it makes the absence any longer.
    #[test]
    fn absences_that_follow_each_other_are_one_in_whatever_order_they_are_written(
        listed in prop::collection::vec((who(), span_of(), prop::option::of(who()), prop::option::of(who())), 0..40),
        quarter in 0..3 * 96_i64,
    ) {
        let mut rota = plain("Asia/Kolkata", fixed(NAMES));
        let entry = |(who, (from, until), cover, by): &(&str, (DateTime, DateTime), Option<&str>, Option<&str>)| {
            Away { by: by.map(id), ..away(who, &from.to_string(), &until.to_string(), cover.filter(|cover| cover != who)) }
        };
        rota.away = listed.iter().map(entry).collect();
        let local = moment("2026-06-08 00:00") + (quarter * 15).minutes();
        for name in NAMES {
            let theirs: Vec<&Away> = rota.away.iter().filter(|away| away.who == id(name)).collect();
            let here = || theirs.iter().filter(|away| away.from <= local && local < away.until);
            let mut until = here().map(|away| away.until).max();
            while let Some(later) = theirs.iter().find(|away| until.is_some_and(|end| away.from <= end && end < away.until)) {
                until = Some(later.until);
            }
            let found = rota.absence(&id(name), at(&rota, &local.to_string()));
            prop_assert_eq!(found.as_ref().map(|absence| absence.until), until);
            prop_assert_eq!(found.as_ref().and_then(|absence| absence.cover.clone()), here().find_map(|away| away.cover.clone()));
            if let Some(absence) = found {
                prop_assert!(theirs.iter().any(|away| away.until == absence.until && away.by == absence.by));
            }
        }
    }

    /// Also in the hour that comes twice.
    #[test]
    fn who_says_back_is_there_at_once_and_until_the_end_of_what_is_cut(
        zone in prop::sample::select(&[("Europe/London", "2026-10-25"), ("Australia/Lord_Howe", "2026-04-05"), ("Africa/Cairo", "2026-04-24")][..]),
        minutes in 0..3 * 1440_i64,
        later in 0..3 * 1440_i64,
    ) {
        let (zone, date) = zone;
        let mut rota = plain(zone, fixed(NAMES));
        let eve = day(date).yesterday().unwrap();
        let end = day(date).checked_add(3.days()).unwrap();
        rota.away = vec![away("b", &eve.to_string(), date, None), away("b", date, &end.to_string(), Some("c"))];
        let now = at(&rota, &eve.to_string()) + SignedDuration::from_mins(minutes);
        let back = Live::back(&rota, &id("b"), now).unwrap();
        let changed = rota.with_live(&[change(1, "b", back)]);
        let after = now + SignedDuration::from_mins(later);
        prop_assert_eq!(changed.absence(&id("b"), now), None);
        prop_assert_eq!(changed.absence(&id("b"), after), None);
        prop_assert_eq!(Live::back(&changed, &id("b"), now), None);
    }

    #[test]
    fn a_hole_is_found_exactly_where_no_phone_would_ring_any_more(who in who(), (from, until) in span_of(), other in span_of()) {
        let mut rota = plain("Asia/Kolkata", fixed(&["a", "b"]));
        rota.owner = id("a");
        rota.away = vec![away("b", &other.0.to_string(), &other.1.to_string(), None)];
        let what = Live::Away { who: id(who), from, until, cover: None };
        let start = at(&rota, "2026-06-08 00:00");
        let changed = rota.with_live(&[change(1, who, what.clone())]);
        let nobody = |rota: &Rota, now| rota.absence(&id("a"), now).is_some() && rota.absence(&id("b"), now).is_some();
        let hole = (0..4 * 96).map(|quarter| start + SignedDuration::from_mins(quarter * 15)).find(|now| nobody(&changed, *now));
        let found = rota.would_leave_hole(&what, &id(who), start).map(|hole| hole.gap.from);
        prop_assert_eq!(found, hole);
    }
}

#[test]
fn a_live_change_says_by_whom_it_is() {
    let rota = hartley();
    let now = at(&rota, "2026-06-10 10:00");
    let own = gone("tom", "2026-06-10 10:00", "2026-06-10 15:00");
    let reason = |by: &str| {
        let plan = stranger(&rota.with_live(&[change(1, by, own.clone())]), now);
        let skipped = plan.skipped.into_iter().find(|skipped| skipped.who == id("tom"));
        skipped.map(|skipped| skipped.reason.to_string())
    };
    assert_eq!(reason("tom").as_deref(), Some("away until Wed 10 Jun 15:00 (by text)"));
    assert_eq!(reason("sam").as_deref(), Some("away until Wed 10 Jun 15:00 (by text of Sam Hartley)"));
    assert_eq!(
        rings(&stranger(&rota, at(&rota, "2026-06-10 15:00"))),
        rings(&stranger(&rota.with_live(&[change(1, "tom", own)]), at(&rota, "2026-06-10 15:00")))
    );
}

#[test]
fn back_ends_the_holiday_that_stands_in_the_file_and_not_the_next_one() {
    let mut rota = hartley();
    rota.away.push(away("tom", "2026-08-03 00:00", "2026-08-08 00:00", None));
    let now = at(&rota, "2026-07-08 10:00");
    let back = Live::back(&rota, &id("tom"), now).unwrap();
    assert_eq!(back.over(&rota), at(&rota, "2026-07-18 00:00"));
    let changed = rota.with_live(&[change(1, "tom", back)]);
    assert_eq!(changed.absence(&id("tom"), now), None);
    assert!(changed.absence(&id("tom"), at(&rota, "2026-07-07 10:00")).is_some());
    assert!(changed.absence(&id("tom"), at(&rota, "2026-08-04 10:00")).is_some());
    assert_eq!(Live::back(&changed, &id("tom"), now), None);
}

#[test]
fn a_swap_by_text_exchanges_a_turn_whoever_of_the_two_has_it() {
    let rota = hartley();
    let now = at(&rota, "2026-06-10 10:00");
    let before = rings(&stranger(&rota, now)).join(" ");
    assert_eq!(before, "tom ana sam");
    for (who, with) in [("tom", "priya"), ("priya", "tom")] {
        let swap = Live::swap(&rota, &id(who), &id(with), day("2026-06-12")).unwrap();
        assert_eq!(swap.over(&rota), at(&rota, "2026-06-15 08:30"));
        let plan = stranger(&rota.with_live(&[change(1, who, swap)]), now);
        assert_eq!(rings(&plan), ["priya", "ana", "sam"]);
        assert!(plan.steps[0].reason.to_string().starts_with("swapped turns with Tom Ellis (by text"));
    }
    assert_eq!(Live::swap(&rota, &id("sam"), &id("desk"), day("2026-06-12")), None);
    let desk = Live::swap(&rota, &id("desk"), &id("tom"), day("2026-06-12")).unwrap();
    assert_eq!(rings(&stranger(&rota.with_live(&[change(1, "desk", desk)]), now)), ["desk", "ana", "sam"]);
}

#[test]
fn who_has_left_the_staff_is_passed_over() {
    let mut rota = hartley();
    let now = at(&rota, "2026-06-10 10:00");
    let changes = [
        change(1, "tom", gone("tom", "2026-06-10 09:00", "2026-06-10 15:00")),
        change(
            2,
            "ana",
            Live::Away {
                who: id("ana"),
                from: moment("2026-06-10 09:00"),
                until: moment("2026-06-11 09:00"),
                cover: Some(id("tom")),
            },
        ),
    ];
    let people: Vec<_> = rota.staff.iter().filter(|person| person.id != id("tom")).cloned().collect();
    rota.staff = Roster::new(people);
    rota.lines.iter_mut().for_each(|line| line.rota.order.retain(|who: &StaffId| who.as_str() != "tom"));
    let changed = rota.with_live(&changes);
    assert_eq!(changed.absence(&id("tom"), now), None);
    let ana = changed.absence(&id("ana"), now).unwrap();
    assert_eq!(ana.cover, None);
    let plan = stranger(&changed, now);
    assert!(plan.skipped.iter().any(|skipped| skipped.who == id("ana") && matches!(skipped.reason, Skip::Away { .. })));
}
