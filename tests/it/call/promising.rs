//! Whoever cannot be put through gets a promise, and nobody gets two.

use jiff::Zoned;
use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Answer, Effect};
use switchboard::domain::event::{RingResult, What};

use super::held::{LANDLINE, PRIYA, SAM, TOM, mrs_okafor, stranger, withheld};

#[test]
fn when_nobody_answers_a_person_promises_and_a_message_can_be_left() {
    let mut call = mrs_okafor().comes_in();
    assert!(matches!(call.everybody_lets_it_ring(), Answer::TakeMessage { .. }));
    assert!(call.says().contains("PREE-ya NY-er will ring you by 12:02."), "{}", call.says());
    assert_eq!(call.promises(), [("priya".to_owned(), 120)]);
    assert_eq!(call.leaves_a_message(), Answer::MessageThanks);
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("promised", 1));
    assert!(call.effects.contains(&Effect::MessageLeft));
}

#[test]
fn busy_lines_and_bad_numbers_end_in_the_same_single_promise() {
    for result in [RingResult::Busy, RingResult::Failed, RingResult::Canceled, RingResult::Answered] {
        let mut call = stranger().comes_in();
        for step in [PRIYA, TOM, SAM] {
            call.ring_is_over(step, result, Some(false));
        }
        call.caller_hangs_up();
        assert_eq!((call.outcome(), call.promises().len()), ("promised", 1), "{result:?}");
        assert!(call.engages().is_empty());
    }
}

#[test]
fn a_person_who_presses_2_rings_back_in_15_minutes_and_the_caller_is_told() {
    let mut call = stranger().comes_in();
    call.lets_it_ring(PRIYA);
    call.picks_up(TOM);
    call.presses(TOM, 0, '2');
    assert_eq!(call.says(), "Thank you. Please ring them by 10:17.");
    assert_eq!(call.promises(), [("tom".to_owned(), 15)]);
    assert!(matches!(call.ring_is_over(TOM, RingResult::Answered, Some(false)), Answer::TakeMessage { .. }));
    assert!(call.says().starts_with("Tom Ellis knows that you are calling and will ring you by 10:17."));
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("promised", 1));
    assert!(call.engages().is_empty());
}

#[test]
fn a_promise_by_key_stands_although_the_caller_hangs_up_at_once() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '2');
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises()), ("promised", vec![("priya".to_owned(), 15)]));
    assert!(call.engages().is_empty());
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '2');
    call.ring_is_over_and_the_caller_gone(PRIYA, false);
    assert_eq!((call.outcome(), call.promises().len()), ("promised", 1));
}

#[test]
fn pressing_2_twice_is_one_promise() {
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '2');
    call.presses(PRIYA, 1, '2');
    assert_eq!(call.promises().len(), 1);
}

#[test]
fn a_text_spells_the_name_and_only_a_voice_is_told_how_to_say_it() {
    let mut call = stranger().comes_in();
    call.everybody_lets_it_ring();
    assert_eq!(
        call.texts_to_the_caller(),
        ["Hartley Heating: sorry we missed you. Priya Nair will ring you by 12:02."]
    );
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '2');
    assert_eq!(
        call.texts_to_the_caller(),
        ["Hartley Heating: sorry we missed you. Priya Nair will ring you by 10:17."]
    );
}

#[test]
fn a_landline_and_a_withheld_caller_get_no_text_and_are_promised_a_call() {
    for caller in [stranger().from(LANDLINE), withheld()] {
        let mut call = caller.comes_in();
        call.everybody_lets_it_ring();
        assert!(call.texts_to_the_caller().is_empty());
        assert_eq!(call.promises().len(), 1);
    }
}

#[test]
fn a_caller_who_hangs_up_while_it_rings_is_rung_back() {
    let mut call = stranger().comes_in();
    call.waits(5).caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("hung_up", 1));
    assert_eq!(call.texts_to_the_caller().len(), 1);
    assert!(call.engages().is_empty());
}

#[test]
fn a_withheld_caller_who_hangs_up_cannot_be_promised_anything() {
    let mut call = withheld().comes_in();
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("hung_up", 0));
}

#[test]
fn a_withheld_caller_who_hears_the_promise_has_one_and_is_asked_for_the_number() {
    let mut call = withheld().comes_in();
    call.everybody_lets_it_ring();
    assert!(call.says().contains("Please say your name and number"), "{}", call.says());
    assert_eq!(call.promises().len(), 1);
}

#[test]
fn the_one_who_declined_may_still_be_the_one_who_promises() {
    let mut call = mrs_okafor().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '3');
    call.everybody_lets_it_ring();
    assert_eq!(call.promises(), [("priya".to_owned(), 120)], "the customer's usual person, not now but by noon");
}

#[test]
fn tomorrow_is_said_as_on_the_day_on_which_it_is_heard() {
    let late: Zoned = "2026-07-14T23:59:50[Europe/London]".parse().unwrap();
    let mut call = stranger().comes_in_at(late);
    call.waits(40).everybody_lets_it_ring();
    assert!(call.says().contains("by 12:02."), "it is past midnight: {}", call.says());
    let said = call.says();
    call.caller_hangs_up();
    call.waits(86_400).lets_it_ring(SAM);
    assert_eq!(call.says(), said, "a repeat says the same");
}

#[test]
fn a_message_is_noted_once_however_it_is_told_and_in_whatever_order() {
    let done = || What::MessageDone { seconds: Some(9), recording: Some("https://example.com/RE1".into()) };
    let ready = || What::RecordingReady { recording: "https://example.com/RE1".into(), seconds: Some(9) };
    let written = || What::Transcript { text: "It leaks again.".into() };
    for order in [
        [done(), ready(), written()],
        [ready(), written(), done()],
        [written(), done(), ready()],
        [written(), ready(), done()],
    ] {
        let mut call = stranger().comes_in();
        call.everybody_lets_it_ring();
        call.caller_hangs_up();
        for what in order {
            call.waits(200).hears(what);
        }
        let noted = call.call.story.iter().filter(|entry| matches!(entry.what, Happened::MessageLeft { .. }));
        assert_eq!(noted.count(), 1);
        assert!(call.effects.contains(&Effect::MessageLeft));
        let message = call.call.message.clone().unwrap();
        assert_eq!(message.transcript.as_deref(), Some("It leaks again."));
        assert_eq!((message.seconds, message.recording.as_deref()), (Some(9), Some("https://example.com/RE1")));
    }
}

#[test]
fn silence_after_the_tone_is_no_message() {
    let mut call = stranger().comes_in();
    call.everybody_lets_it_ring();
    call.hears(What::MessageDone { seconds: Some(0), recording: Some("https://example.com/RE1".into()) });
    call.hears(What::RecordingAbsent);
    call.hears(What::Transcript { text: "  ".into() });
    assert!(call.call.message.is_none() && !call.effects.contains(&Effect::MessageLeft));
}

#[test]
fn a_provider_that_falls_silent_does_not_keep_a_call_open() {
    let mut ringing = stranger().comes_in();
    ringing.is_given_up();
    assert_eq!((ringing.outcome(), ringing.promises().len()), ("hung_up", 1));
    assert!(!ringing.story_has(Happened::CallerHungUp), "nobody knows that");

    let mut talking = stranger().comes_in();
    talking.takes_the_call(PRIYA);
    talking.is_given_up();
    assert_eq!((talking.reached(), talking.promises().len()), (Some("priya"), 0));

    let mut ringing_back = stranger().comes_in();
    ringing_back.picks_up(PRIYA);
    ringing_back.presses(PRIYA, 0, '2');
    ringing_back.is_given_up();
    assert_eq!((ringing_back.outcome(), ringing_back.promises().len()), ("promised", 1));

    let mut promising = stranger().comes_in();
    promising.everybody_lets_it_ring();
    promising.is_given_up();
    assert_eq!((promising.outcome(), promising.promises().len()), ("promised", 1));

    for mut call in [ringing, talking, ringing_back, promising] {
        assert!(call.engages().is_empty() && call.story_has(Happened::GivenUpWaiting));
        let before = call.call.clone();
        call.waits(1_000_000).is_swept();
        assert_eq!(call.call, before, "swept once");
    }
}

#[test]
fn a_caller_who_is_still_there_after_we_gave_up_never_hears_silence() {
    let mut call = stranger().comes_in();
    call.is_given_up();
    call.lets_it_ring(PRIYA);
    assert_ne!(call.says(), "");
    let mut call = stranger().comes_in();
    call.picks_up(PRIYA);
    call.presses(PRIYA, 0, '2');
    call.is_given_up();
    call.ring_is_over(PRIYA, RingResult::Answered, Some(false));
    assert_ne!(call.says(), "");
    assert_eq!(call.promises().len(), 1);
}
