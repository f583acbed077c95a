//! Repeated, late and reordered webhooks change nothing: the same question gets the same answer.

use switchboard::domain::call::Answer;
use switchboard::domain::event::{LegStatus, RingDone, RingResult, What};
use switchboard::domain::outcome::Outcome;

use super::held::{Held, PRIYA, Ringing, TOM, mrs_okafor, stranger, withheld};

fn over(step: u8, bridged: bool, caller_gone: bool) -> What {
    let ring = RingDone { result: RingResult::Answered, bridged: Some(bridged), seconds: Some(30), caller_gone };
    What::RingDone { step, ring }
}

fn key(step: u8, attempt: u8, key: char) -> What {
    What::KeyPressed { step, attempt, key: Some(key) }
}

fn picked_up(step: u8) -> What {
    What::LegAnswered { step }
}

fn leg(step: u8, status: LegStatus) -> What {
    What::LegStatus { step, sequence: 0, status }
}

const GONE: What = What::CallEnded { seconds: Some(60) };

fn message() -> What {
    What::MessageDone { seconds: Some(9), recording: Some("https://example.com/RE1".into()) }
}

/// Whole calls, as a provider tells them.
fn journeys() -> Vec<(&'static str, Ringing, Vec<What>)> {
    let answered = leg(0, LegStatus::Answered);
    let bad_number = leg(0, LegStatus::Ended(RingResult::Failed));
    vec![
        ("taken", mrs_okafor(), vec![answered.clone(), picked_up(0), key(0, 0, '1'), over(0, true, false), GONE]),
        ("wrong keys", stranger(), vec![picked_up(0), key(0, 0, '8'), key(0, 1, '1'), over(0, true, true), GONE]),
        (
            "passed on",
            stranger(),
            vec![picked_up(0), key(0, 0, '3'), over(0, false, false), picked_up(1), key(1, 0, '1')],
        ),
        ("rung back", withheld(), vec![picked_up(0), key(0, 0, '2'), over(0, false, false), message(), GONE]),
        (
            "promised",
            stranger(),
            vec![bad_number, over(0, false, false), over(1, false, false), over(2, false, false), GONE],
        ),
        ("given up", stranger(), vec![picked_up(0), GONE, over(0, false, true), key(0, 0, '1')]),
        ("trusted", stranger().trusted(0), vec![answered, picked_up(0), over(0, true, false), GONE]),
    ]
}

#[test]
fn every_webhook_told_again_at_any_later_moment_gets_the_same_answer_and_changes_nothing() {
    for (name, ringing, events) in journeys() {
        let mut call = ringing.comes_in();
        let mut asked = vec![(call.told[0].clone(), call.answer, call.instruction())];
        for event in events {
            call.waits(7).hears(event.clone());
            asked.push((event, call.answer, call.instruction()));
            let before = call.call.clone();
            for (what, answer, instruction) in &asked {
                let again = call.waits(1).step(what);
                assert_eq!((again.answer, again.effects.len(), again.changed), (*answer, 0, false), "{name}: {what:?}");
                assert_eq!(
                    call.call.instruction(again.answer, &super::business::rota(None)),
                    *instruction,
                    "{name}: {what:?}"
                );
                assert_eq!(call.call, before, "{name}: {what:?}");
            }
        }
    }
}

#[test]
fn two_webhooks_that_overtake_each_other_never_lose_a_caller() {
    for (name, ringing, events) in journeys() {
        for at in 1..events.len() {
            let mut events = events.clone();
            events.swap(at - 1, at);
            let mut call = ringing.clone().comes_in();
            for event in events.into_iter().chain([GONE]) {
                call.hears(event);
            }
            nobody_is_forgotten(&call, name);
        }
    }
}

#[test]
fn a_webhook_that_is_lost_never_loses_a_caller() {
    for (name, ringing, events) in journeys() {
        for lost in 0..events.len() {
            let mut call = ringing.clone().comes_in();
            for (at, event) in events.iter().enumerate() {
                if at != lost {
                    call.hears(event.clone());
                }
            }
            if call.outcome().is_empty() {
                call.is_given_up();
            }
            nobody_is_forgotten(&call, name);
        }
    }
}

/// An ended call: a human, a promise, or nobody whom we could ring back.
pub fn nobody_is_forgotten(call: &Held, name: &str) {
    let promised = call.promises().len();
    match call.call.outcome().unwrap_or_else(|| panic!("{name}: goes on")) {
        Outcome::Reached { .. } => assert!(promised <= 1, "{name}"),
        Outcome::Promised => assert_eq!(promised, 1, "{name}"),
        Outcome::HungUp => assert_eq!(promised, usize::from(call.call.from.phone().is_some()), "{name}"),
        Outcome::Blocked => assert_eq!(promised, 0, "{name}"),
    }
    assert_eq!(call.engages(), [""; 0], "{name}");
}

#[test]
fn a_whisper_that_is_asked_for_again_after_wrong_keys_can_still_be_answered() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '8');
    assert_eq!(call.picks_up(PRIYA), Answer::Whisper { step: PRIYA, attempt: 0 });
    assert_eq!(call.presses(PRIYA, 0, '1'), Answer::Whisper { step: PRIYA, attempt: 1 }, "answered before");
    assert_eq!(call.presses(PRIYA, 1, '1'), Answer::Connect { step: PRIYA });
}

#[test]
fn a_call_that_has_ended_keeps_its_outcome_whatever_comes_after() {
    for (name, ringing, events) in journeys() {
        let mut call = ringing.comes_in();
        for event in events {
            call.hears(event);
        }
        call.caller_hangs_up();
        let (outcome, ended) = (call.call.outcome().cloned(), call.call.ended());
        for late in [picked_up(1), key(1, 3, '1'), over(1, true, false), over(2, false, false), message(), GONE] {
            call.waits(60).hears(late);
            assert_eq!((call.call.outcome().cloned(), call.call.ended()), (outcome.clone(), ended), "{name}");
        }
        nobody_is_forgotten(&call, name);
    }
}

#[test]
fn the_end_of_an_earlier_ring_told_late_does_not_end_a_conversation() {
    let mut call = stranger().comes_in();
    call.lets_it_ring(PRIYA);
    call.takes_the_call(TOM);
    let again = call.lets_it_ring(PRIYA);
    assert_eq!(again, Answer::Ring { step: TOM }, "as it was answered the first time");
    call.ring_is_over(TOM, RingResult::Answered, Some(true));
    assert_eq!(call.reached(), Some("tom"));
}
