//! A call that goes on without what is stored of it, and a stored call that has fallen behind.

use switchboard::domain::call::story::Happened;
use switchboard::domain::call::{Answer, Call, Effect, Remains, State};
use switchboard::domain::event::{ProviderCallId, RingResult};
use switchboard::domain::instruction::{Instruction, Stage};
use switchboard::domain::line::LineId;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::staff::{Reach, StaffId};

use super::held::{Held, PRIYA, SAM, TOM, phone, rota, stranger, who, withheld};

/// What another instance makes of the call's ticket, without the store.
fn resumed(held: &Held, stage: Stage) -> Held {
    let steps: Vec<(StaffId, u16)> = held.call.plan.steps.iter().map(|step| (step.who.clone(), step.seconds)).collect();
    let remains = Remains {
        id: held.call.id,
        provider: &held.call.provider,
        provider_id: ProviderCallId("CA41".into()),
        line: LineId::new("main"),
        from: held.call.from.phone(),
        started: held.call.started,
        language: &held.call.language,
        steps: &steps,
        owner: who("priya"),
        due: held.call.plan.promise.due,
        stage,
    };
    let call = Call::resume(remains, &rota(None), held.now.timestamp()).unwrap();
    Held { call, effects: vec![], told: vec![], ..held.clone() }
}

#[test]
fn a_call_whose_store_is_gone_goes_on_in_its_language() {
    let mut stored = stranger().comes_in();
    stored.call.language = "nl-BE".into();
    let mut call = resumed(&stored, Stage::RingDone { step: SAM });
    call.lets_it_ring(SAM);
    assert!(call.says().starts_with("Het spijt me"), "{}", call.says());
}

#[test]
fn a_call_whose_store_is_gone_rings_the_next_person_and_then_promises() {
    let stored = stranger().comes_in();
    let mut call = resumed(&stored, Stage::RingDone { step: PRIYA });
    assert_eq!(call.lets_it_ring(PRIYA), Answer::Ring { step: TOM });
    assert_eq!(call.picks_up(TOM), Answer::Whisper { step: TOM, attempt: 0 });
    assert_eq!(call.says(), "Hartley Heating. A new caller for you, number ending 4 5 6. Press 1.");
    call.presses(TOM, 0, '3');
    call.ring_is_over(TOM, RingResult::Answered, Some(false));
    assert!(matches!(call.lets_it_ring(SAM), Answer::TakeMessage { .. }));
    assert!(call.says().contains("PREE-ya NY-er will ring you by 12:02."), "{}", call.says());
    assert_eq!(call.promises().len(), 1);
}

#[test]
fn a_call_whose_store_is_gone_can_be_taken() {
    let stored = stranger().comes_in();
    let mut call = resumed(&stored, Stage::Key { step: PRIYA, attempt: 0 });
    assert_eq!(call.presses(PRIYA, 0, '1'), Answer::Connect { step: PRIYA });
    call.ring_is_over(PRIYA, RingResult::Answered, Some(true));
    assert_eq!(call.reached(), Some("priya"));
}

#[test]
fn why_a_call_without_its_store_rings_somebody_is_not_made_up() {
    let stored = stranger().comes_in();
    let mut call = resumed(&stored, Stage::RingDone { step: PRIYA });
    call.lets_it_ring(PRIYA);
    let reasons = call.reasons(|what| matches!(what, Happened::Rings { .. }));
    assert_eq!(reasons, ["tom: next in the plan that the call began with"]);
}

#[test]
fn a_message_to_a_call_that_only_its_ticket_knows_comes_with_its_promise() {
    let mut stored = stranger().comes_in();
    stored.everybody_lets_it_ring();
    let mut call = resumed(&stored, Stage::Message);
    assert_eq!(call.leaves_a_message(), Answer::MessageThanks);
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("promised", 1));
}

#[test]
fn what_happened_without_the_store_comes_back_into_it() {
    let mut stored = stranger().comes_in();
    let mut carried = resumed(&stored, Stage::RingDone { step: PRIYA });
    carried.lets_it_ring(PRIYA);
    carried.takes_the_call(TOM);
    let effects = stored.call.rejoin(carried.call);
    assert_eq!(effects, [Effect::Release(who("priya")), Effect::Release(who("tom")), Effect::Engage(who("tom"))]);
    assert!(matches!(stored.call.state, State::Talking { step: TOM, .. }));
    assert_eq!(stored.presses(TOM, 0, '1'), Answer::Connect { step: TOM }, "as it was answered");
    stored.ring_is_over(TOM, RingResult::Answered, Some(true));
    assert_eq!(stored.reached(), Some("tom"));
}

#[test]
fn what_comes_back_late_does_not_take_a_call_back_to_an_earlier_phone() {
    let mut stored = stranger().comes_in();
    let mut carried = resumed(&stored, Stage::RingDone { step: PRIYA });
    carried.lets_it_ring(PRIYA);
    stored.hears(carried.told[0].clone());
    stored.takes_the_call(TOM);
    drop(stored.call.rejoin(carried.call));
    assert!(matches!(stored.call.state, State::Talking { step: TOM, .. }), "{:?}", stored.call.state);
}

#[test]
fn nobody_stays_engaged_by_what_comes_back_after_the_end() {
    let mut stored = stranger().comes_in();
    let mut carried = resumed(&stored, Stage::RingDone { step: PRIYA });
    carried.lets_it_ring(PRIYA);
    stored.caller_hangs_up();
    let effects = stored.call.rejoin(carried.call);
    assert_eq!((stored.outcome(), effects), ("hung_up", vec![Effect::Release(who("tom"))]));
}

#[test]
fn a_phone_that_rings_although_we_do_not_know_it_yet_is_whispered_to() {
    let mut call = stranger().comes_in();
    assert_eq!(call.picks_up(TOM), Answer::Whisper { step: TOM, attempt: 0 });
    assert_eq!(call.engages(), ["tom"]);
    assert_eq!(call.presses(TOM, 0, '1'), Answer::Connect { step: TOM });
    call.ring_is_over(TOM, RingResult::Answered, Some(true));
    assert_eq!(call.reached(), Some("tom"));
    assert!(call.engages().is_empty());
}

#[test]
fn the_end_of_a_ring_that_we_do_not_know_yet_rings_the_one_after_it() {
    for taken in [false, true] {
        let mut call = stranger().comes_in();
        if taken {
            call.takes_the_call(PRIYA);
        }
        assert_eq!(call.lets_it_ring(TOM), Answer::Ring { step: SAM });
        assert_eq!(call.engages(), ["sam"], "and Priya is free again");
    }
}

#[test]
fn a_key_for_a_phone_that_we_do_not_know_yet_counts() {
    let mut call = stranger().comes_in();
    assert_eq!(call.presses(SAM, 0, '1'), Answer::Connect { step: SAM });
    assert_eq!(call.engages(), ["sam"]);
}

#[test]
fn a_message_after_a_promise_that_we_do_not_know_yet_makes_it_known() {
    let mut call = withheld().comes_in();
    assert_eq!(call.leaves_a_message(), Answer::MessageThanks);
    call.caller_hangs_up();
    assert_eq!((call.outcome(), call.promises().len()), ("promised", 1));
    assert!(call.engages().is_empty());
}

#[test]
fn a_phone_that_is_in_no_plan_connects_nobody_and_its_end_is_a_promise() {
    let mut call = stranger().comes_in();
    assert_eq!(call.picks_up(9), Answer::HangUpLeg);
    assert_eq!(call.presses(9, 0, '1'), Answer::HangUpLeg);
    assert_eq!(call.presses(9, 0, '2'), Answer::HangUpLeg);
    assert!(matches!(call.lets_it_ring(9), Answer::TakeMessage { .. }));
    assert!(call.engages().is_empty());
    let mut call = resumed(&stranger().comes_in(), Stage::Whisper { step: 9 });
    call.presses(9, 0, '1');
    call.caller_hangs_up();
    assert_eq!(call.outcome(), "hung_up");
}

#[test]
fn for_somebody_who_has_left_the_rota_the_owner_is_rung() {
    let mut stored = stranger().comes_in();
    stored.call.plan.steps[usize::from(TOM)].who = who("gone");
    let mut call = resumed(&stored, Stage::RingDone { step: PRIYA });
    assert_eq!(call.lets_it_ring(PRIYA), Answer::Ring { step: TOM });
    assert_eq!(call.effects.last(), Some(&Effect::Engage(who("sam"))));
    let Instruction::Ring(ring) = call.instruction() else { panic!("{:?}", call.instruction()) };
    assert_eq!(ring.to, Reach::Phone(phone("+447700900101")));
}

#[test]
fn who_heard_a_promise_and_hung_up_while_the_store_was_away_was_promised() {
    let mut stored = withheld().comes_in();
    for step in [PRIYA, TOM, SAM] {
        stored.lets_it_ring(step);
    }
    let mut carried = resumed(&stored, Stage::Leg { step: PRIYA });
    carried.caller_hangs_up();
    assert_eq!(carried.outcome(), "hung_up");
    drop(stored.call.rejoin(carried.call));
    assert_eq!(stored.outcome(), "promised");
}

#[test]
fn a_conversation_that_ends_while_the_store_is_away_rings_nobody_else() {
    let mut stored = stranger().comes_in();
    stored.picks_up(PRIYA);
    stored.presses(PRIYA, 0, '1');
    let State::Talking { since, .. } = stored.call.state else { panic!("{:?}", stored.call.state) };
    let mut carried = resumed(&stored, Stage::RingDone { step: PRIYA });
    assert_eq!(carried.ring_is_over(PRIYA, RingResult::Answered, Some(true)), Answer::Goodbye);
    drop(stored.call.rejoin(carried.call));
    let reached = Outcome::Reached { who: who("priya"), at: since };
    assert_eq!(stored.call.outcome(), Some(&reached));
}

#[test]
fn a_caller_who_hangs_up_on_a_human_while_the_store_is_away_was_reached() {
    let mut stored = stranger().comes_in();
    stored.picks_up(PRIYA);
    stored.presses(PRIYA, 0, '1');
    let State::Talking { since, .. } = stored.call.state else { panic!("{:?}", stored.call.state) };
    let mut carried = resumed(&stored, Stage::Leg { step: PRIYA });
    carried.caller_hangs_up();
    assert_eq!(carried.outcome(), "hung_up");
    drop(stored.call.rejoin(carried.call));
    let reached = Outcome::Reached { who: who("priya"), at: since };
    assert_eq!(stored.call.outcome(), Some(&reached));
}
