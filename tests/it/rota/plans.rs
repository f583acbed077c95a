//! The plan of one call: whom it rings, whom it skips, and what it promises.

use jiff::{SignedDuration, Timestamp};
use switchboard::domain::caller::{Caller, Customer, PastCall};
use switchboard::domain::line::{PromiseOwner, Within};
use switchboard::domain::phone::Phone;
use switchboard::domain::plan::{self, Plan, Reason, usual_person};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::hours::Hours;
use switchboard::domain::staff::{Accept, Reach, Roster, Staff};

use super::business::*;

const MONDAY: &str = "2026-01-05 10:00";

fn customer_calls(rota: &Rota, wall: &str, customer: &Customer) -> Plan {
    call(rota, at(rota, wall), &Caller::Customer(Box::new(customer.clone())))
}

fn days_before(rota: &Rota, wall: &str, days: i64, reached: Option<&str>, settled: bool) -> PastCall {
    PastCall { at: at(rota, wall) - SignedDuration::from_hours(24 * days), reached: reached.map(id), settled }
}

fn skips(plan: &Plan) -> Vec<String> {
    plan.skipped.iter().map(|skipped| format!("{}: {}", skipped.who, skipped.reason)).collect()
}

fn change(rota: &mut Rota, who: &str, edit: impl Fn(&mut Staff)) {
    let mut staff: Vec<_> = rota.staff.iter().cloned().collect();
    staff.iter_mut().filter(|person| person.id.as_str() == who).for_each(edit);
    rota.staff = Roster::new(staff);
}

fn due(rota: &Rota, plan: &Plan) -> String {
    format!("{} by {}", plan.promise.owner, told(rota, plan.promise.due))
}

#[test]
fn an_absent_usual_person_is_stood_in_for_by_their_cover() {
    let mut rota = hartley();
    rota.away = vec![away("ana", "2026-01-05 00:00", "2026-01-06 00:00", Some("desk"))];
    let plan = customer_calls(&rota, MONDAY, &customer(Some("ana")));
    assert_eq!(rings(&plan), ["desk", "priya", "tom", "sam"]);
    assert_eq!(plan.steps[0].reason.to_string(), "stands in for the usual person, Ana Costa");
    assert_eq!(plan.steps[0].seconds, 18);
    assert_eq!(skips(&plan), ["ana: away until Tue 6 Jan"]);
}

#[test]
fn a_usual_person_who_has_left_is_passed_over_with_a_word() {
    let rota = hartley();
    let plan = customer_calls(&rota, MONDAY, &customer(Some("bob")));
    assert_eq!(rings(&plan), ["priya", "tom", "sam"]);
    assert_eq!(skips(&plan), ["bob: no longer on the staff"]);
    assert_eq!(plan.promise.owner.as_str(), "priya");
}

#[test]
fn the_usual_person_who_is_on_call_too_is_rung_once() {
    let rota = hartley();
    let plan = customer_calls(&rota, MONDAY, &customer(Some("priya")));
    assert_eq!(rings(&plan), ["priya", "tom", "sam"]);
    assert_eq!(plan.steps[0].seconds, 18);
    assert_eq!(skips(&plan), ["priya: already in the plan"]);
}

#[test]
fn whoever_took_two_of_the_last_three_calls_is_the_usual_person_until_somebody_is_pinned() {
    let rota = hartley();
    let past = |days, who| days_before(&rota, MONDAY, days, who, true);
    let mut mrs_okafor = customer(None);
    mrs_okafor.recent = vec![past(30, Some("ana")), past(2, Some("tom")), past(90, None), past(20, Some("ana"))];
    let plan = customer_calls(&rota, MONDAY, &mrs_okafor);
    assert_eq!(plan.steps[0].who.as_str(), "ana");
    assert_eq!(plan.steps[0].reason, Reason::LearnedUsualPerson { took: 2, of: 3 });

    mrs_okafor.usual = Some(id("tom"));
    assert_eq!(rings(&customer_calls(&rota, MONDAY, &mrs_okafor))[0], "tom");

    mrs_okafor.usual = None;
    mrs_okafor.recent = vec![past(181, Some("ana")), past(182, Some("ana"))];
    assert_eq!(usual_person(&mrs_okafor, at(&rota, MONDAY)), None, "half a year is too long ago");
    mrs_okafor.recent = vec![past(1, Some("ana")), past(2, Some("tom")), past(3, None), past(4, Some("ana"))];
    assert_eq!(usual_person(&mrs_okafor, at(&rota, MONDAY)), None, "only the last three count");
}

#[test]
fn the_second_call_about_a_matter_brings_the_owner_forward_and_the_third_in_front() {
    let rota = hartley();
    let open = |days| days_before(&rota, MONDAY, days, None, false);
    let mut mrs_okafor = customer(Some("ana"));
    mrs_okafor.recent = vec![open(6)];
    let second = customer_calls(&rota, MONDAY, &mrs_okafor);
    assert_eq!(rings(&second), ["ana", "sam", "priya", "tom"]);
    assert_eq!(second.steps[1].reason, Reason::SecondConversation);

    mrs_okafor.recent.push(open(7));
    let third = customer_calls(&rota, MONDAY, &mrs_okafor);
    assert_eq!(rings(&third), ["sam", "ana", "priya", "tom"]);
    assert_eq!(third.steps[0].reason, Reason::ThirdConversation);
    assert_eq!(third.steps.iter().map(|step| step.seconds).collect::<Vec<_>>(), [16, 18, 16, 10]);

    mrs_okafor.usual = None;
    mrs_okafor.recent.truncate(1);
    assert_eq!(rings(&customer_calls(&rota, MONDAY, &mrs_okafor)), ["priya", "sam", "tom"]);

    mrs_okafor.recent = vec![open(8), days_before(&rota, MONDAY, 1, None, true)];
    assert_eq!(rings(&customer_calls(&rota, MONDAY, &mrs_okafor)), ["priya", "tom", "sam"], "long ago, or settled");
}

#[test]
fn the_owner_follows_whoever_rings_first_even_when_the_usual_person_is_not_rung() {
    let mut rota = hartley();
    change(&mut rota, "ana", |ana| ana.not_between = Some(span("09:00-11:00")));
    let mut mrs_okafor = customer(Some("ana"));
    mrs_okafor.recent = vec![days_before(&rota, MONDAY, 1, None, false)];
    let plan = customer_calls(&rota, MONDAY, &mrs_okafor);
    assert_eq!(rings(&plan), ["priya", "sam", "tom"]);
    assert_eq!(skips(&plan), ["ana: not rung until Mon 5 Jan 11:00"]);
}

#[test]
fn nobody_is_rung_by_their_own_call_nor_the_line_by_itself() {
    let mut rota = hartley();
    change(&mut rota, "tom", |tom| tom.reach = Reach::Phone(Phone::from_e164("+442079460000").unwrap()));
    let line = &rota.lines[0];
    let duty = rota.duty(line, at(&rota, MONDAY));
    let plan = plan::make(&rota, line, &duty, &Caller::Unknown, Phone::from_e164("+447700900102"), true);
    assert_eq!(rings(&plan), ["sam"]);
    assert_eq!(
        skips(&plan),
        ["priya: is the one who rings", "tom: has the line's own number, which would ring in a circle"]
    );
}

#[test]
fn a_phone_that_cannot_be_screened_is_not_risked_and_a_desk_without_voicemail_is() {
    let mut rota = hartley();
    change(&mut rota, "tom", |tom| tom.accept = Accept::Answer);
    let line = &rota.lines[0];
    let plan = plan::make(&rota, line, &rota.duty(line, at(&rota, MONDAY)), &Caller::Unknown, None, false);
    assert_eq!(rings(&plan), ["tom"]);
    assert_eq!(plan.skipped.len(), 2);
}

#[test]
fn two_people_who_share_a_phone_are_one_phone_to_ring() {
    let mut rota = hartley();
    let priyas = rota.staff.get("priya").unwrap().reach.clone();
    change(&mut rota, "tom", |tom| tom.reach = priyas.clone());
    let plan = stranger(&rota, at(&rota, MONDAY));
    assert_eq!(rings(&plan), ["priya", "sam"]);
}

#[test]
fn ringing_stops_at_most_and_the_last_ring_is_shortened_or_left_out() {
    let mut rota = hartley();
    for (at_most, seconds) in
        [(60, vec![16, 16, 16]), (41, vec![16, 16, 9]), (40, vec![16, 16, 8]), (39, vec![16, 16]), (7, vec![])]
    {
        rota.lines[0].ring.at_most = at_most;
        let plan = stranger(&rota, at(&rota, MONDAY));
        assert_eq!(plan.steps.iter().map(|step| step.seconds).collect::<Vec<_>>(), seconds, "{at_most}");
    }
    assert_eq!(skips(&stranger(&rota, at(&rota, MONDAY)))[0], "priya: no time left to ring");
    rota.lines[0].ring.each = 5;
    assert_eq!(stranger(&rota, at(&rota, MONDAY)).steps.len(), 1, "a short ring that was asked for is rung");
}

#[test]
fn a_line_that_promises_when_closed_rings_nobody_and_says_until_when() {
    let mut rota = hartley();
    rota.lines[0].rota.when_closed = switchboard::domain::rota::rotation::WhenClosed::Promise;
    let plan = stranger(&rota, at(&rota, "2026-01-10 20:00"));
    assert!(plan.steps.is_empty());
    assert_eq!(skips(&plan), ["priya", "tom", "sam"].map(|who| format!("{who}: closed until Mon 12 Jan 08:30")));
    assert_eq!(due(&rota, &plan), "priya by Mon 12 Jan 10:30 +0000");
}

#[test]
fn whoever_is_on_another_call_is_left_out_and_the_others_keep_their_seconds() {
    let rota = hartley();
    let plan = stranger(&rota, at(&rota, MONDAY)).without(|who| who.as_str() == "priya");
    assert_eq!(rings(&plan), ["tom", "sam"]);
    assert_eq!(skips(&plan), ["priya: on another call"]);
}

#[test]
fn a_promise_counts_open_hours_over_lunch_nights_weekends_and_holidays() {
    let rota = hartley();
    for (now, expected) in [
        ("2026-01-05 08:00", "ana by Mon 5 Jan 10:30 +0000"),
        ("2026-01-05 11:30", "priya by Mon 5 Jan 14:15 +0000"),
        ("2026-01-05 15:30", "priya by Mon 5 Jan 17:30 +0000"),
        ("2026-01-09 17:00", "priya by Sat 10 Jan 10:30 +0000"),
        ("2026-01-10 12:30", "priya by Mon 12 Jan 10:00 +0000"),
        ("2026-12-24 16:30", "desk by Sat 26 Dec 10:00 +0000"),
    ] {
        assert_eq!(due(&rota, &stranger(&rota, at(&rota, now))), expected, "{now}");
    }
}

#[test]
fn a_promise_falls_due_at_the_minute_that_is_spoken() {
    let mut rota = hartley();
    let called = "2026-01-05T10:00:43Z".parse().unwrap();
    let due = |rota: &Rota| rota.due(&rota.lines[0], called).to_string();
    assert_eq!(due(&rota), "2026-01-05T12:00:00Z");
    rota.lines[0].promise.call_back = Within::Minutes(30);
    assert_eq!(due(&rota), "2026-01-05T10:30:00Z");
}

#[test]
fn whoever_will_be_away_when_it_falls_due_does_not_promise() {
    let mut rota = hartley();
    let ana = customer(Some("ana"));
    assert_eq!(due(&rota, &customer_calls(&rota, "2026-01-05 17:00", &ana)), "ana by Tue 6 Jan 10:00 +0000");
    rota.away = vec![away("ana", "2026-01-06 00:00", "2026-01-07 00:00", Some("tom"))];
    assert_eq!(due(&rota, &customer_calls(&rota, "2026-01-05 17:00", &ana)), "tom by Tue 6 Jan 10:00 +0000");
    rota.away[0].cover = None;
    assert_eq!(due(&rota, &customer_calls(&rota, "2026-01-05 17:00", &ana)), "priya by Tue 6 Jan 10:00 +0000");
    rota.lines[0].promise.owner = PromiseOwner::Owner;
    assert_eq!(due(&rota, &customer_calls(&rota, "2026-01-05 17:00", &ana)), "sam by Tue 6 Jan 10:00 +0000");
}

#[test]
fn an_owner_who_is_away_with_nobody_to_ask_promises_from_their_return() {
    let mut rota = hartley();
    rota.lines[0].promise.owner = PromiseOwner::Owner;
    rota.away = vec![
        away("sam", "2026-01-05 00:00", "2026-01-08 00:00", None),
        away("sam", "2026-01-08 00:00", "2026-01-09 00:00", None),
    ];
    assert_eq!(due(&rota, &stranger(&rota, at(&rota, MONDAY))), "sam by Fri 9 Jan 10:30 +0000");
}

#[test]
fn a_line_that_never_opens_promises_in_plain_minutes() {
    let mut rota = hartley();
    rota.lines[0].hours = Hours { days: Default::default() };
    rota.holidays.clear();
    assert_eq!(due(&rota, &stranger(&rota, at(&rota, MONDAY))), "priya by Mon 5 Jan 12:00 +0000");
    rota.lines[0].promise.call_back = Within::Minutes(15);
    assert_eq!(due(&rota, &stranger(&rota, at(&rota, MONDAY))), "priya by Mon 5 Jan 10:15 +0000");
}

#[test]
fn a_rota_of_twenty_thousand_people_plans_for_those_whom_a_call_has_time_for() {
    let mut rota = hartley();
    let staff = (0..20_000_u32).map(|number| Staff {
        id: id(&format!("p{number}")),
        reach: Reach::Sip(format!("sip:{number}@pbx.example.com")),
        ..person("p", "Somebody", 0)
    });
    rota.staff = Roster::new(rota.staff.iter().cloned().chain(staff).collect::<Vec<_>>());
    rota.lines[0].rota = fixed(&[]);
    rota.lines[0].rota.order = rota.staff.iter().map(|person| person.id.clone()).collect();
    rota.lines[0].rota.backups = 20_000;
    let plan = stranger(&rota, at(&rota, MONDAY));
    assert_eq!(rings(&plan), ["sam", "priya", "tom", "ana"]);
    assert!(plan.skipped.len() < 40, "the rest is not told one by one");
}

#[test]
fn the_ends_of_the_calendar_are_answered_too() {
    let rota = hartley();
    for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        for line in &rota.lines {
            let duty = rota.duty(line, at);
            assert!(!plan::make(&rota, line, &duty, &Caller::Unknown, None, true).steps.is_empty());
            rota.calendar(line).open_until(at);
            rota.calendar(line).next_opening(at);
        }
    }
}
