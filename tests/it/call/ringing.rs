//! The phones of the staff: whisper, keys, and who counts as a human.

use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Answer, State};
use switchboard::domain::event::{LegStatus, RingResult};

use super::held::{Held, PRIYA, SAM, TOM, mrs_okafor, stranger};

#[test]
fn a_person_who_presses_1_takes_the_call() {
    let mut call = mrs_okafor().comes_in();
    assert_eq!(call.picks_up(PRIYA), Answer::Whisper { step: PRIYA, attempt: 0 });
    assert_eq!(call.waits(4).presses(PRIYA, 0, '1'), Answer::Connect { step: PRIYA });
    assert_eq!(call.says(), "", "she has heard the whisper");
    call.waits(90).ring_is_over(PRIYA, RingResult::Answered, Some(true));
    assert_eq!(call.reached(), Some("priya"));
    assert!(call.promises().is_empty() && call.engages().is_empty());
}

#[test]
fn a_mobile_that_answers_by_itself_never_takes_the_call() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.stays_silent(PRIYA, 0), Answer::HangUpLeg);
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, Some(false)), Answer::Ring { step: TOM });
    assert_eq!(call.engages(), ["tom"]);
}

#[test]
fn a_voicemail_whose_silence_is_never_told_does_not_take_the_call_either() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, None), Answer::Ring { step: TOM });
    assert!(call.story_has(Happened::HungUpInWhisper));
}

#[test]
fn a_bridge_without_an_accept_is_a_missed_call() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, Some(true)), Answer::Ring { step: TOM });
    assert!(call.story_has(Happened::BridgedWithoutAccept));
}

#[test]
fn an_accept_that_is_never_bridged_is_not_an_answer() {
    let mut call = stranger().comes_in();
    call.takes_the_call(PRIYA);
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, Some(false)), Answer::Ring { step: TOM });
    assert!(call.story_has(Happened::AcceptedWithoutBridge));
    call.takes_the_call(TOM);
    call.ring_is_over(TOM, RingResult::Answered, Some(true));
    assert_eq!(call.reached(), Some("tom"));
}

#[test]
fn a_caller_who_gives_up_while_somebody_presses_1_is_rung_back() {
    let mut call = stranger().comes_in();
    call.takes_the_call(PRIYA);
    call.ring_is_over_and_the_caller_gone(PRIYA, false);
    assert_eq!((call.outcome(), call.promises().len()), ("hung_up", 1));
}

#[test]
fn a_caller_who_gives_up_while_somebody_presses_1_is_rung_back_in_whatever_order_it_is_told() {
    let mut call = stranger().comes_in();
    call.takes_the_call(PRIYA);
    call.caller_hangs_up();
    assert!(call.promises().is_empty());
    call.ring_is_over_and_the_caller_gone(PRIYA, false);
    assert!(call.story_has(Happened::AcceptedWithoutBridge));
    assert_eq!(call.promises().len(), 1);
}

#[test]
fn a_conversation_that_the_caller_ends_has_reached_somebody() {
    let mut call = stranger().comes_in();
    call.takes_the_call(PRIYA);
    call.ring_is_over_and_the_caller_gone(PRIYA, true);
    assert_eq!((call.reached(), call.promises().len()), (Some("priya"), 0));
}

#[test]
fn a_wrong_key_repeats_the_whisper_and_1_still_takes_the_call() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.presses(PRIYA, 0, '7'), Answer::Whisper { step: PRIYA, attempt: 1 });
    assert_eq!(call.presses(PRIYA, 1, '#'), Answer::Whisper { step: PRIYA, attempt: 2 });
    assert_eq!(call.presses(PRIYA, 2, '1'), Answer::Connect { step: PRIYA });
}

#[test]
fn a_phone_that_presses_wrong_keys_for_ever_is_let_go() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    let answers: Vec<Answer> = (0..6).map(|attempt| call.presses(PRIYA, attempt, '9')).collect();
    assert_eq!(answers[4], Answer::Whisper { step: PRIYA, attempt: 5 });
    assert_eq!(answers[5], Answer::HangUpLeg);
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, Some(false)), Answer::Ring { step: TOM });
}

#[test]
fn the_accept_window_runs_from_the_pick_up_and_wrong_keys_do_not_lengthen_it() {
    let mut call = stranger().comes_in();
    call.waits(15).picks_up(PRIYA);
    assert_eq!(call.waits(30).presses(PRIYA, 0, '9'), Answer::Whisper { step: PRIYA, attempt: 1 });
    assert_eq!(call.waits(15).presses(PRIYA, 1, '9'), Answer::HangUpLeg);
}

#[test]
fn a_key_whose_pick_up_was_never_told_counts_all_the_same() {
    let mut call = stranger().comes_in();
    assert_eq!(call.presses(PRIYA, 0, '8'), Answer::Whisper { step: PRIYA, attempt: 1 });
    assert_eq!(call.presses(PRIYA, 1, '1'), Answer::Connect { step: PRIYA });
}

#[test]
fn a_person_who_presses_3_passes_the_call_on() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.presses(PRIYA, 0, '3'), Answer::HangUpLeg);
    // However the provider words the end of a leg that we dropped.
    assert_eq!(call.ring_is_over(PRIYA, RingResult::NoAnswer, Some(false)), Answer::Ring { step: TOM });
    assert!(call.story_has(Happened::Declined));
    assert!(!call.story_has(Happened::NoAnswer), "she did answer");
}

#[test]
fn silence_busy_and_a_bad_number_each_ring_the_next_person() {
    let mut call = stranger().comes_in();
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Busy, Some(false)), Answer::Ring { step: TOM });
    call.leg_is(TOM, LegStatus::Ended(RingResult::Failed));
    assert_eq!(call.ring_is_over(TOM, RingResult::Failed, Some(false)), Answer::Ring { step: SAM });
    let told = |what| call.call.story.iter().filter(|entry| entry.what == what).count();
    assert_eq!((told(Happened::Busy), told(Happened::Unreachable)), (1, 1));
}

#[test]
fn a_key_that_arrives_when_the_next_phone_rings_already_does_not_take_the_call() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.ring_is_over(PRIYA, RingResult::Answered, Some(false));
    assert_eq!(call.presses(PRIYA, 0, '1'), Answer::TooLate { step: PRIYA });
    assert_eq!(call.takes_the_call(TOM), Answer::Connect { step: TOM });
}

#[test]
fn a_key_that_arrives_when_the_caller_is_gone_hears_so() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.caller_hangs_up();
    assert_eq!(call.presses(PRIYA, 0, '1'), Answer::CallerGone { step: PRIYA });
    assert_eq!(call.says(), "The caller has hung up.");
    assert_eq!((call.outcome(), call.promises().len()), ("hung_up", 1));
}

/// The three ways in which a provider may tell that the phone without voicemail was answered.
#[test]
fn answering_is_enough_on_a_trusted_phone_however_it_is_told() {
    let told: [fn(&mut Held); 4] = [
        |call| assert_eq!(call.picks_up(PRIYA), Answer::Connect { step: PRIYA }),
        |call| assert_eq!(call.leg_is(PRIYA, LegStatus::Answered), Answer::Acknowledge),
        |call| {
            call.leg_is(PRIYA, LegStatus::Answered);
            assert_eq!(call.picks_up(PRIYA), Answer::Connect { step: PRIYA });
        },
        |_| {},
    ];
    for tell in told {
        let mut call = mrs_okafor().trusted(PRIYA).comes_in();
        tell(&mut call);
        if call.answer == (Answer::Connect { step: PRIYA }) {
            assert_eq!(call.says(), "Hartley Heating. Mrs Okafor for you. Boiler, Tuesday.", "no key to press");
        }
        call.ring_is_over(PRIYA, RingResult::Answered, Some(true));
        assert_eq!(call.reached(), Some("priya"));
        assert!(call.engages().is_empty());
    }
}

#[test]
fn an_answered_status_of_a_phone_that_can_have_voicemail_is_no_accept() {
    let mut call = stranger().comes_in();
    call.leg_is(PRIYA, LegStatus::Answered);
    assert!(matches!(call.call.state, State::Ringing { step: PRIYA, .. }));
}

#[test]
fn a_trusted_phone_that_was_never_connected_has_not_answered() {
    let mut call = stranger().trusted(PRIYA).comes_in();
    assert_eq!(call.ring_is_over(PRIYA, RingResult::Answered, Some(false)), Answer::Ring { step: TOM });
}
