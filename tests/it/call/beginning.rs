//! How a call begins: who is rung, what is said first, and to whom nothing is said.

use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Answer, Effect};
use switchboard::domain::caller::Attestation;
use switchboard::domain::instruction::Instruction;

use super::held::{LINE, MOBILE, PRIYA, TOM, mrs_okafor, phone, stranger, who, withheld};

#[test]
fn the_first_answer_already_rings_a_human() {
    let call = stranger().comes_in();
    assert_eq!(call.answer, Answer::Ring { step: PRIYA });
    let Instruction::Ring(ring) = call.instruction() else { panic!("{:?}", call.instruction()) };
    assert_eq!((ring.seconds, ring.greeting), (16, None), "plain ringing, at once");
    assert_eq!(call.engages(), ["priya"]);
}

#[test]
fn a_blocked_caller_is_refused_and_nobody_is_rung() {
    let mut call = mrs_okafor().blocked().comes_in();
    assert_eq!((call.answer, call.outcome()), (Answer::Reject, "blocked"));
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.effects.len()), ("blocked", 0));
}

#[test]
fn everybody_who_is_rung_or_skipped_is_so_for_a_reason() {
    let mut call = stranger().while_engaged(&["tom"]).comes_in();
    call.lets_it_ring(PRIYA);
    assert_eq!(call.reasons(|what| matches!(what, Happened::Rings { .. })), ["priya: on call", "sam: owner"]);
    assert_eq!(call.reasons(|what| *what == Happened::NotRung), ["ana: away until Sat 18 Jul", "tom: on another call"]);
}

#[test]
fn who_is_on_another_call_is_not_rung_and_the_next_one_is() {
    let call = stranger().while_engaged(&["priya"]).comes_in();
    assert_eq!(call.answer, Answer::Ring { step: TOM });
    assert_eq!(call.engages(), ["tom"]);
}

#[test]
fn when_everybody_is_on_another_call_there_is_a_promise_at_once() {
    let call = stranger().while_engaged(&["priya", "tom", "sam"]).comes_in();
    assert!(matches!(call.answer, Answer::TakeMessage { .. }));
    assert_eq!(call.promises(), [("priya".to_owned(), 120)]);
    assert!(call.engages().is_empty());
}

#[test]
fn a_closed_line_that_rings_nobody_promises_at_once() {
    let call = stranger().ringing_nobody().comes_in();
    assert!(matches!(call.answer, Answer::TakeMessage { .. }));
    assert_eq!(call.promises().len(), 1);
}

#[test]
fn a_name_is_spoken_only_when_the_network_vouches_in_full_and_the_admin_wants_it() {
    let greeted = |attestation, by_name| {
        mrs_okafor().attested(attestation).greeted("Hello {name}, this is Hartley.", by_name).comes_in().says()
    };
    assert_eq!(greeted(Attestation::Full, true), "Hello Mrs Okafor, this is Hartley.");
    assert_eq!(greeted(Attestation::Full, false), "Hello, this is Hartley.");
    for doubtful in [Attestation::Partial, Attestation::Failed, Attestation::None] {
        assert_eq!(greeted(doubtful, true), "Hello, this is Hartley.", "{doubtful:?}");
    }
}

#[test]
fn a_greeting_without_its_name_still_reads_as_a_sentence() {
    for (text, spoken) in [
        ("Good morning, {name}. One moment.", "Good morning. One moment."),
        ("Hello {name}! One moment.", "Hello! One moment."),
        ("{name}, welcome to Hartley.", "welcome to Hartley."),
        ("Welcome to Hartley.", "Welcome to Hartley."),
        ("{name}", ""),
    ] {
        assert_eq!(stranger().greeted(text, true).comes_in().says(), spoken, "{text}");
    }
}

#[test]
fn the_greeting_is_said_before_the_first_ring_only() {
    let mut call = stranger().greeted("Hartley Heating.", false).while_engaged(&["priya"]).comes_in();
    assert_eq!(call.says(), "Hartley Heating.", "although the first of the plan is skipped");
    call.lets_it_ring(TOM);
    assert_eq!(call.says(), "");
}

#[test]
fn staff_see_the_business_or_the_customer_and_never_a_withheld_number() {
    let shown = |call: super::held::Ringing| match call.comes_in().instruction() {
        Instruction::Ring(ring) => ring.caller_id,
        other => panic!("{other:?}"),
    };
    assert_eq!(shown(stranger()), phone(LINE));
    assert_eq!(shown(stranger().showing_the_customer()), phone(MOBILE));
    assert_eq!(shown(withheld().showing_the_customer()), phone(LINE));
}

#[test]
fn the_whisper_says_who_calls_and_about_what() {
    let mut call = mrs_okafor().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.says(), "Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.");
    let mut call = withheld().comes_in();
    call.picks_up(PRIYA);
    assert_eq!(call.says(), "Hartley Heating. A caller for you, number withheld. Press 1.");
}

#[test]
fn a_customers_calls_are_remembered_newest_first_with_who_took_them() {
    let mut call = mrs_okafor().comes_in();
    call.takes_the_call(PRIYA);
    call.caller_hangs_up();
    let remembered = call.effects.iter().find_map(|effect| match effect {
        Effect::Remember { recent, .. } => Some(recent[0].reached.clone()),
        _ => None,
    });
    assert_eq!(remembered, Some(Some(who("priya"))));
}
