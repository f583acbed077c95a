//! What holds for every business, however its rota is written: any zone, any clock change, any dates.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;
use switchboard::domain::caller::Caller;
use switchboard::domain::line::{Line, Within};
use switchboard::domain::plan::{Plan, Skip};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::absence::{Away, Swap};
use switchboard::domain::rota::holiday::Holiday;
use switchboard::domain::rota::hours::{ClockTime, Hours, Span};
use switchboard::domain::rota::outlook::Lack;
use switchboard::domain::rota::rotation::{Change, Rotate, Rotation, WhenClosed};
use switchboard::domain::staff::StaffId;

use super::business::*;
use super::naive::{Handovers, Walk};

/// All times of a random business are multiples of this, so a walk in such steps sees every edge.
const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// A business, and the days (around a clock change, if its zone has any) in which things happen.
#[derive(Clone, Debug)]
struct Case {
    rota: Rota,
    from: Timestamp,
    until: Timestamp,
}

impl Case {
    fn line(&self) -> &Line {
        &self.rota.lines[0]
    }

    fn walk(&self) -> (Walk, Handovers) {
        let walk = Walk::new(&self.rota, self.from, self.until, QUARTER);
        let until = self.rota.zone.to_datetime(self.until).date();
        (walk, Handovers::new(self.line(), until.checked_add(20.days()).unwrap()))
    }

    fn names(&self, at: Timestamp) -> Vec<StaffId> {
        self.rota.duty(self.line(), at).people.into_iter().map(|person| person.who).collect()
    }
}

fn who() -> impl Strategy<Value = StaffId> {
    prop::sample::select(vec!["a", "b", "c", "d"]).prop_map(id)
}

fn order() -> impl Strategy<Value = Vec<StaffId>> {
    prop::sample::subsequence(vec!["a", "b", "c", "d"], 1..=4)
        .prop_shuffle()
        .prop_map(|names| names.into_iter().map(id).collect())
}

fn clock_time() -> impl Strategy<Value = ClockTime> {
    // Half of them in the hours in which clocks are changed.
    prop_oneof![0..16_u16, 90..97_u16, 0..97_u16].prop_map(|quarters| ClockTime(quarters * 15))
}

fn span_of_day() -> impl Strategy<Value = Span> {
    (clock_time(), clock_time()).prop_map(|(start, end)| Span { start: ClockTime(start.0 % 1440), end })
}

fn hours() -> impl Strategy<Value = Hours> {
    let day = || prop::collection::vec(span_of_day(), 0..3);
    prop_oneof![
        Just(Hours::always()),
        [day(), day(), day(), day(), day(), day(), day()].prop_map(|days| Hours { days })
    ]
}

/// Near the eighth of nine days, so that everything overlaps.
fn date_in(first: Date) -> impl Strategy<Value = Date> {
    (0..12_i64).prop_map(move |days| first.checked_add(days.days()).unwrap())
}

fn rotation(first: Date) -> impl Strategy<Value = Rotation> {
    let weekday = (0..7_i8).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap());
    let handover = || clock_time().prop_map(|at| ClockTime(at.0 % 1440));
    let rotate = prop_oneof![
        (weekday, handover()).prop_map(|(day, at)| Rotate::Weekly { day, at }),
        (handover(), any::<[bool; 7]>())
            .prop_filter("somebody works", |(_, days)| days.contains(&true))
            .prop_map(|(at, days)| Rotate::Daily { at, days }),
        Just(Rotate::Fixed),
    ];
    let change = (date_in(first), order()).prop_map(|(from, order)| Change { from, order });
    let changes = prop::collection::vec(change, 0..3);
    let when_closed = prop::sample::select(vec![WhenClosed::OnCall, WhenClosed::Promise]);
    (rotate, -30..60_i64, order(), 0..3_usize, changes, when_closed).prop_map(
        move |(rotate, starts, order, backups, mut changes, when_closed)| {
            changes.sort_by_key(|change| change.from);
            changes.dedup_by_key(|change| change.from);
            let starts = first.checked_sub(starts.days()).unwrap();
            Rotation { rotate, starts, order, backups, when_closed, changes }
        },
    )
}

fn away_in(first: Date) -> impl Strategy<Value = Away> {
    let moment = move || {
        (date_in(first), 0..96_i64).prop_map(|(date, quarters)| date.at(0, 0, 0, 0) + (quarters * 15).minutes())
    };
    let anybody = prop::sample::select(vec!["a", "b", "c", "d", "o"]).prop_map(id);
    (anybody, moment(), moment(), prop::option::of(who())).prop_map(|(who, one, other, cover)| {
        let cover = cover.filter(|cover| *cover != who);
        Away { who, from: one.min(other), until: one.max(other), cover, by: None }
    })
}

fn swap_in(first: Date) -> impl Strategy<Value = Swap> {
    (date_in(first), who(), who()).prop_map(|(turn, give, take)| Swap { turn, give, take, by: None })
}

fn holiday_in(first: Date) -> impl Strategy<Value = Holiday> {
    let hours = prop::option::of(prop::collection::vec(span_of_day(), 0..2));
    (date_in(first), hours, prop::option::of(who())).prop_map(|(date, hours, on_call)| Holiday {
        date,
        name: "Holiday".to_owned(),
        hours,
        on_call,
    })
}

fn case() -> impl Strategy<Value = Case> {
    let changes = [
        ("Europe/London", "2026-03-29"),
        ("Europe/London", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
        ("Africa/Cairo", "2026-04-24"),
        ("Africa/Cairo", "2026-10-29"),
        ("Asia/Kolkata", "2026-06-15"),
    ];
    prop::sample::select(changes.to_vec()).prop_flat_map(|(zone, change)| {
        let first = day(change).checked_sub(5.days()).unwrap();
        let dated = (
            prop::collection::vec(away_in(first), 0..5),
            prop::collection::vec(swap_in(first), 0..3),
            prop::collection::vec(holiday_in(first), 0..3),
        );
        let quiet = prop::collection::vec(prop::option::of(span_of_day()), 5);
        (Just((zone, first)), rotation(first), hours(), dated, quiet, 5..90_u16).prop_map(
            |((zone, first), rotation, hours, (away, swaps, holidays), quiet, at_most)| {
                let mut rota = plain(zone, rotation);
                let mut staff: Vec<_> = rota.staff.iter().cloned().collect();
                for (person, quiet) in staff.iter_mut().zip(quiet) {
                    person.not_between = quiet;
                }
                rota.staff = switchboard::domain::staff::Roster::new(staff);
                rota.lines[0].hours = hours;
                rota.lines[0].ring.at_most = at_most;
                rota.away = away;
                rota.swaps = swaps;
                rota.holidays = holidays;
                let from = at(&rota, &first.to_string());
                let until = from + SignedDuration::from_hours(9 * 24);
                Case { rota, from, until }
            },
        )
    })
}

/// A minute of a case.
fn moment_of() -> impl Strategy<Value = (Case, Timestamp)> {
    (case(), 0..9 * 24 * 60_i64).prop_map(|(case, minutes)| {
        let at = case.from + SignedDuration::from_mins(minutes);
        (case, at)
    })
}

fn caller() -> impl Strategy<Value = Caller> {
    let recent = prop::collection::vec((1..300_i64, prop::option::of(who()), any::<bool>()), 0..4);
    let customer = (prop::option::of(who()), recent).prop_map(|(usual, recent)| {
        let mut customer = customer(None);
        customer.usual = usual;
        // Hours before some day of the case; the test moves them.
        customer.recent = recent
            .into_iter()
            .map(|(hours, reached, settled)| switchboard::domain::caller::PastCall {
                at: Timestamp::UNIX_EPOCH - SignedDuration::from_hours(hours),
                reached,
                settled,
            })
            .collect();
        Caller::Customer(Box::new(customer))
    });
    prop_oneof![Just(Caller::Unknown), customer]
}

/// The caller, their past calls told from `at`.
fn ringing_at(mut caller: Caller, at: Timestamp) -> Caller {
    if let Caller::Customer(customer) = &mut caller {
        for call in &mut customer.recent {
            call.at += at.duration_since(Timestamp::UNIX_EPOCH);
        }
    }
    caller
}

fn check_plan(case: &Case, at: Timestamp, caller: &Caller, plan: &Plan) -> Result<(), TestCaseError> {
    let ring = case.line().ring;
    let duty = case.rota.duty(case.line(), at);
    let mut rung = rings(plan);
    rung.sort_unstable();
    rung.dedup();
    prop_assert_eq!(rung.len(), plan.steps.len(), "nobody is rung twice");
    prop_assert!(plan.steps.iter().map(|step| step.seconds).sum::<u16>() <= ring.at_most);
    prop_assert!(plan.steps.iter().all(|step| step.seconds >= 8));
    let usual = match caller {
        Caller::Customer(customer) => customer.usual.as_ref(),
        Caller::Stranger(_) | Caller::Unknown => None,
    };
    let in_play = duty.people.iter().map(|person| &person.who).chain([&case.rota.owner]).chain(usual);
    for who in in_play {
        let explained = plan.skipped.iter().any(|skipped| skipped.who == *who);
        prop_assert!(rung.contains(&who.as_str()) || explained, "{} is neither rung nor skipped", who);
    }
    for step in &plan.steps {
        let person = case.rota.staff.get(step.who.as_str()).unwrap();
        prop_assert!(!duty.away.is_away(&step.who), "nobody away is rung");
        prop_assert!(case.rota.quiet_until(person, at, duty.local).is_none(), "nobody is woken");
    }
    if !duty.open && case.line().rota.when_closed == WhenClosed::Promise {
        prop_assert!(plan.steps.is_empty());
    }
    prop_assert!(!plan.steps.is_empty() || !plan.skipped.is_empty(), "an empty plan says why");
    prop_assert!(case.rota.staff.get(plan.promise.owner.as_str()).is_some());
    prop_assert!(plan.promise.due >= at);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_agrees_with_a_wall_calendar_and_much_patience(case in case()) {
        let (walk, handovers) = case.walk();
        for (index, at) in walk.instants.iter().enumerate() {
            let duty = case.rota.duty(case.line(), *at);
            let when = told(&case.rota, *at);
            prop_assert_eq!(duty.open, walk.is_open(&case.rota, case.line(), index), "open at {}", &when);
            let mut expected = walk.people(&case.rota, case.line(), &handovers, index);
            prop_assert_eq!(duty.everybody_away, expected.is_empty());
            if expected.is_empty() {
                expected.extend(Some(case.rota.owner.clone()).filter(|owner| !walk.is_away(&case.rota, owner, index)));
                expected.extend(duty.away.cover_for(&case.rota.owner).cloned());
            }
            let people: Vec<_> = duty.people.into_iter().map(|person| person.who).collect();
            prop_assert_eq!(people, expected, "on duty at {}", when);
        }
    }

    #[test]
    fn gaps_are_all_the_open_quarters_in_which_no_phone_rings_and_no_others(case in case()) {
        let (walk, _) = case.walk();
        let mut case = case;
        case.rota.lines[0].ring.at_most = 1000;
        let gaps = case.rota.gaps(case.line(), case.from, case.until);
        for (index, at) in walk.instants.iter().enumerate() {
            let hole = gaps.iter().any(|gap| gap.from <= *at && *at < gap.until && gap.lack == Lack::Anybody);
            let silent = stranger(&case.rota, *at).steps.is_empty();
            let open = walk.is_open(&case.rota, case.line(), index);
            prop_assert_eq!(hole, open && silent, "{}", told(&case.rota, *at));
        }
    }

    #[test]
    fn shifts_say_for_every_quarter_what_the_duty_of_that_quarter_says(case in case()) {
        let shifts = case.rota.shifts(case.line(), case.from, case.until);
        prop_assert_eq!(shifts[0].from, case.from);
        prop_assert_eq!(shifts[shifts.len() - 1].until, case.until);
        prop_assert!(shifts.windows(2).all(|pair| pair[0].until == pair[1].from));
        let (walk, _) = case.walk();
        for at in walk.instants {
            let shift = shifts.iter().find(|shift| shift.from <= at && at < shift.until).unwrap();
            let duty = case.rota.duty(case.line(), at);
            prop_assert_eq!(&shift.duty.people, &duty.people, "{}", told(&case.rota, at));
            prop_assert_eq!(&shift.duty.absent, &duty.absent);
        }
    }

    #[test]
    fn a_promise_counts_exactly_the_open_minutes(case in case(), minutes in 1..600_u32) {
        let (walk, _) = case.walk();
        let start = walk.instants.len() / 3;
        let from = walk.instants[start];
        let mut case = case;
        case.rota.lines[0].promise.call_back = Within::OpenMinutes(minutes);
        let due = case.rota.due(case.line(), from);
        // Quarter hours are all open or all closed.
        let mut left = i64::from(minutes);
        for index in start..walk.instants.len() {
            if walk.is_open(&case.rota, case.line(), index) {
                if left <= 15 {
                    prop_assert_eq!(told(&case.rota, due), told(&case.rota, walk.instants[index] + SignedDuration::from_mins(left)));
                    return Ok(());
                }
                left -= 15;
            }
        }
        prop_assert!(due >= case.until || due == from + SignedDuration::from_mins(i64::from(minutes)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_open_hours_there_is_somebody_unless_the_document_says_that_everybody_is_away((case, at) in moment_of()) {
        let duty = case.rota.duty(case.line(), at);
        if duty.open && duty.people.is_empty() {
            prop_assert!(duty.everybody_away && duty.away.is_away(&case.rota.owner));
            for who in case.line().rota.order_in(duty.turn) {
                let swapped_away = case.rota.swaps.iter().any(|swap| swap.give == *who || swap.take == *who);
                prop_assert!(duty.away.is_away(who) || swapped_away, "{} is there", who);
            }
        }
    }

    #[test]
    fn nothing_before_a_change_moves((case, at) in moment_of(), days in 0..40_i64, order in order()) {
        let today = case.rota.zone.to_datetime(at).date();
        let mut changed = case.clone();
        let changes = &mut changed.rota.lines[0].rota.changes;
        let from = changes.last().map_or(today, |last| last.from.max(today));
        changes.push(Change { from: from.checked_add((days + 1).days()).unwrap(), order });
        prop_assert_eq!(case.names(at), changed.names(at));
        // Reasons and the open question stay as well; only a fixed rota learns that it will end.
        if !matches!(case.line().rota.rotate, Rotate::Fixed) {
            prop_assert_eq!(case.rota.duty(case.line(), at), changed.rota.duty(changed.line(), at));
        }
    }

    #[test]
    fn a_change_begins_with_its_first_name_at_the_first_handover((case, at) in moment_of(), order in order()) {
        let mut case = case;
        case.rota.away.clear();
        case.rota.swaps.clear();
        case.rota.holidays.clear();
        let from = case.rota.zone.to_datetime(at).date();
        case.rota.lines[0].rota.changes = vec![Change { from, order: order.clone() }];
        let rotation = &case.line().rota;
        let midnight = case.rota.zone.to_timestamp(from.at(0, 0, 0, 0)).unwrap();
        let mut turn = rotation.turn_at(&case.rota.zone, midnight - SignedDuration::from_mins(1));
        while turn.start.is_none_or(|start| case.rota.zone.to_datetime(start).date() < from) {
            turn = rotation.turn_at(&case.rota.zone, turn.end.unwrap());
        }
        let people: Vec<_> = order.into_iter().take(rotation.backups + 1).collect();
        prop_assert_eq!(case.names(turn.start.unwrap()), people);
    }

    #[test]
    fn a_swap_is_its_own_inverse_and_touches_no_other_turn((case, at) in moment_of(), swap in swap_in(day("2026-06-10")), days in -9..9_i64) {
        let mut case = case;
        let turn = case.rota.zone.to_datetime(at).date().checked_add(days.days()).unwrap();
        let swap = Swap { turn, ..swap };
        let before = case.rota.duty(case.line(), at);
        case.rota.swaps.push(swap.clone());
        let once = case.rota.duty(case.line(), at);
        let rotation = &case.line().rota;
        if rotation.number_on(turn).is_some_and(|number| number != before.turn.number) {
            prop_assert_eq!(&once, &before);
        }
        case.rota.swaps.push(swap);
        prop_assert_eq!(case.rota.duty(case.line(), at), before);
    }

    #[test]
    fn the_same_question_gets_the_same_answer_for_ever((case, at) in moment_of()) {
        let first = case.rota.duty(case.line(), at);
        // Asking about any other time leaves nothing behind.
        for other in [case.from, case.until, Timestamp::UNIX_EPOCH, Timestamp::MIN, Timestamp::MAX] {
            case.rota.duty(case.line(), other);
        }
        prop_assert_eq!(case.rota.duty(case.line(), at), first);
    }

    #[test]
    fn a_plan_rings_nobody_twice_never_too_long_and_explains_everybody((case, at) in moment_of(), caller in caller()) {
        let caller = ringing_at(caller, at);
        let plan = call(&case.rota, at, &caller);
        check_plan(&case, at, &caller, &plan)?;
        let busy = plan.clone().without(|who| who.as_str() == "a" || who.as_str() == "o");
        check_plan(&case, at, &caller, &busy)?;
        for skipped in plan.skipped.iter().filter(|skipped| skipped.reason == Skip::NoTimeLeft) {
            let rung: u16 = plan.steps.iter().map(|step| step.seconds).sum();
            prop_assert!(case.line().ring.at_most - rung < 8, "there was time for {}", skipped.who);
        }
    }
}
