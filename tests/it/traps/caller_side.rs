//! What arrives, or does not, when the caller hangs up.

use jiff::SignedDuration;
use switchboard::domain::outcome::Outcome;

use crate::by_hand::{Hand, STATUS, contents, incoming, of_call, of_leg};
use crate::phones::caller::Patience;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};
use crate::promises::{OPEN, STRANGER};

#[tokio::test]
async fn a_caller_who_hangs_up_in_mid_ring_is_a_missed_call_whichever_end_is_told() {
    for (action, status) in [(true, true), (true, false), (false, true)] {
        let shop = Shop::open(ROTA, OPEN).await;
        shop.network().quirks.action_after_hang_up = action;
        shop.network().quirks.tells_the_end = status;
        let call = shop.caller(STRANGER).rings().await;
        shop.passes(SignedDuration::from_secs(7)).await;
        call.hangs_up().await;
        shop.goes_quiet().await;
        assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::HungUp), "{action} {status}");
        assert_eq!(shop.server().promises().await.len(), 1, "{action} {status}");
        assert_eq!(shop.caller("+447700900998").rings().await.ringing(), ["tom"], "{action} {status}: Tom is free");
    }
}

#[tokio::test]
async fn a_caller_of_whom_nothing_is_ever_heard_again_is_a_missed_call_after_some_minutes() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.network().quirks.action_after_hang_up = false;
    shop.network().quirks.tells_the_end = false;
    let call = shop.caller(STRANGER).rings().await;
    call.hangs_up().await;
    shop.goes_quiet().await;
    assert_eq!(shop.server().sweeps().await, 0, "not before time");
    shop.passes(SignedDuration::from_mins(5)).await;
    assert_eq!(shop.server().sweeps().await, 1);
    assert_eq!(shop.server().sweeps().await, 0, "once");
    assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::HungUp));
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn a_key_that_comes_after_the_caller_has_gone_connects_nobody_and_counts_for_nothing() {
    for action in [true, false] {
        let shop = Shop::open(ROTA, OPEN).await;
        shop.network().quirks.action_after_hang_up = action;
        shop.network().quirks.late_key = true;
        shop.always("tom", Behaviour::answers());
        let call = shop.caller(STRANGER).patient(Patience::UntilWhisper(3)).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
        assert_eq!(call.end(), Some(End::HungUp), "{}", call.story());
        assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::HungUp), "{}", call.story());
        assert_eq!(shop.server().promises().await.len(), 1);
    }
}

#[tokio::test]
async fn a_key_whose_leg_is_over_is_no_accept_though_nobody_has_told_us_of_the_caller_yet() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let late = hand.tells(&whisper.key(), &of_leg("CA1", "completed", &[("Digits", "1")])).await;
    assert!(late.hangs_up(), "{late:?}");
}

#[tokio::test]
async fn a_call_that_was_taken_elsewhere_ignores_what_its_old_ring_still_says() {
    // REST moved the caller: the old ring's action still fires, and its answer is ignored.
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let missed = of_call("CA1", "in-progress", &[("DialCallStatus", "no-answer"), ("DialBridged", "false")]);
    let second = hand.tells(&first.done(), &missed).await;
    let before = contents(&shop);
    let old = of_call("CA1", "in-progress", &[("DialCallStatus", "completed"), ("DialBridged", "true")]);
    assert_eq!(hand.tells(&first.done(), &old).await, second);
    assert_eq!(contents(&shop), before);
}

#[tokio::test]
async fn the_same_call_told_again_after_its_end_is_not_a_second_call() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    hand.tells(STATUS, &of_call("CA1", "completed", &[("CallDuration", "3")])).await;
    let before = contents(&shop);
    assert_eq!(hand.rings("CA1", STRANGER).await, first);
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    assert!(whisper.hangs_up() && whisper.says().contains("The caller has hung up"), "{whisper:?}");
    // The same address configured for the status callback too.
    let mut ended = incoming("CA1", STRANGER, crate::by_hand::LINE);
    ended.iter_mut().filter(|(key, _)| key == "CallStatus").for_each(|(_, value)| "completed".clone_into(value));
    let page = hand.tells(crate::by_hand::VOICE, &ended).await;
    assert_eq!((page.status, page.rings()), (200, None));
    assert_eq!(shop.server().calls().await.len(), 1);
    assert_eq!(shop.server().promises().await.len(), 1);
    assert!(contents(&shop).len() >= before.len());
}
