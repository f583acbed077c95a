//! How a call back ends. Only a conversation keeps the promise; anything else leaves it open, and says so.

use jiff::SignedDuration;

use super::{failed_jobs, promised, rings, rung, state, told};
use crate::phones::rest::Mood;
use crate::promises::STRANGER;

const NOT_TAKEN: &str = "You were rung to ring Mrs Okafor (+44 7700 900201) back, and did not take it: 1 stays open. \
                         CALL 1 to try again.";
const NOT_ANSWERED: &str = "Mrs Okafor (+44 7700 900201) did not answer: 1 stays open. CALL 1 to try again.";
const FAILED: &str = "You could not be connected to Mrs Okafor (+44 7700 900201): 1 stays open. CALL 1 to try again.";

#[tokio::test]
async fn half_a_minute_keeps_no_promise_and_more_does() {
    for (seconds, becomes, text) in [
        (30, "open", "You spoke 30 s with Mrs Okafor (+44 7700 900201): 1 stays open. CALL 1 to try again."),
        (31, "kept", "1 is kept: you spoke 31 s with Mrs Okafor (+44 7700 900201)."),
    ] {
        let shop = promised().await;
        let mut tom = rung(&shop).await;
        tom.presses("1").await;
        tom.customer_talks(seconds).await;
        assert_eq!((state(&shop).await, told(&shop).await), (becomes, vec![text.to_owned()]));
    }
}

#[tokio::test]
async fn a_voicemail_never_reaches_the_customer() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.voicemail_answers().await;
    assert!(tom.is_over() && tom.customer().is_none());
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_TAKEN.to_owned()]));
}

#[tokio::test]
async fn whoever_does_not_take_it_is_told_and_free_for_others() {
    for busy in [true, false] {
        let shop = promised().await;
        let mut tom = rung(&shop).await;
        if busy {
            tom.is_busy().await;
        } else {
            tom.lets_it_ring().await;
        }
        assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_TAKEN.to_owned()]));
        assert_eq!(shop.caller(STRANGER).rings().await.ringing(), ["tom"]);
    }
}

#[tokio::test]
async fn whoever_hangs_up_during_the_whisper_rings_no_customer() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.answers().await;
    tom.hangs_up().await;
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_TAKEN.to_owned()]));
}

#[tokio::test]
async fn a_customer_who_does_not_answer_leaves_it_open() {
    for busy in [true, false] {
        let shop = promised().await;
        let mut tom = rung(&shop).await;
        tom.presses("1").await;
        if busy {
            tom.customer_is_busy().await;
        } else {
            tom.customer_lets_it_ring().await;
        }
        assert!(tom.heard().ends_with("Mrs Okafor did not answer. The promise stays open."), "{}", tom.heard());
        assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_ANSWERED.to_owned()]));
    }
}

#[tokio::test]
async fn whoever_hangs_up_first_has_spoken_all_the_same() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_answers().await;
    tom.passes(90).await;
    tom.hangs_up().await;
    assert_eq!(state(&shop).await, "kept");
    assert_eq!(told(&shop).await, ["1 is kept: you spoke 90 s with Mrs Okafor (+44 7700 900201)."]);
}

#[tokio::test]
async fn whoever_hangs_up_while_it_rings_has_not_spoken() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.passes(10).await;
    tom.hangs_up().await;
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_ANSWERED.to_owned()]));
}

#[tokio::test]
async fn a_phone_that_cannot_be_rung_is_said_at_once() {
    let shop = promised().await;
    rung(&shop).await.cannot_be_reached().await;
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![FAILED.to_owned()]));

    let shop = promised().await;
    shop.server().rest.next(&[Mood::Refuses(400, 21215)]);
    shop.server().call_back(1, "tom").await;
    assert_eq!((told(&shop).await, state(&shop).await), (vec![FAILED.to_owned()], "open"));
    let failures = failed_jobs(&shop).await;
    assert!(failures[0].contains("allow it under geographic permissions"), "the admin sees the remedy: {failures:?}");
    assert_eq!((rings(&shop), shop.caller(STRANGER).rings().await.ringing()), (0, vec!["tom".to_owned()]));
}

/// The last news never comes.
#[tokio::test]
async fn a_call_back_whose_end_is_never_told_is_ended_and_left_open() {
    let shop = promised().await;
    drop(rung(&shop).await);
    shop.passes(SignedDuration::from_mins(6)).await;
    assert_eq!(shop.server().sweeps().await, 1);
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![FAILED.to_owned()]));

    let shop = promised().await;
    rung(&shop).await.answers().await;
    shop.passes(SignedDuration::from_mins(6)).await;
    assert_eq!(shop.server().sweeps().await, 1);
    assert_eq!((state(&shop).await, told(&shop).await), ("open", vec![NOT_TAKEN.to_owned()]));

    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_answers().await;
    shop.passes(SignedDuration::from_mins(100)).await;
    assert_eq!((shop.server().sweeps().await, state(&shop).await), (0, "claimed"), "they may still be talking");
    shop.passes(SignedDuration::from_mins(30)).await;
    assert_eq!((shop.server().sweeps().await, state(&shop).await), (1, "broken"), "it was due at twelve");
    assert_eq!(shop.server().sweeps().await, 0);
}
