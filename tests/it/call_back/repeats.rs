//! Webhooks of a call back that come twice, late or in no order.

use super::{promised, rung, state, told};
use crate::by_hand::{Hand, Page, of_call};
use crate::phones::shop::Shop;
use crate::promises::OKAFOR;

const KEPT: &str = "1 is kept: you spoke 60 s with Mrs Okafor (+44 7700 900201).";

#[tokio::test]
async fn every_webhook_may_come_twice() {
    let shop = promised().await;
    shop.network().wire.repeats = 1;
    let mut tom = rung(&shop).await;
    tom.presses("91").await;
    tom.customer_talks(60).await;
    assert_eq!((state(&shop).await, told(&shop).await), ("kept", vec![KEPT.to_owned()]));
}

#[tokio::test]
async fn every_webhook_that_comes_again_afterwards_is_answered_as_before_and_changes_nothing() {
    let shop = promised().await;
    let before = shop.network().wire.log.len();
    let mut tom = rung(&shop).await;
    tom.presses("91").await;
    tom.customer_talks(60).await;
    let after = shop.network().wire.log.len();
    assert!(after - before >= 8, "{}", after - before);
    for earlier in (before..after).rev().chain(before..after) {
        let mut network = shop.network();
        assert_eq!(network.echoes(earlier).await, None);
    }
    assert_eq!((state(&shop).await, told(&shop).await), ("kept", vec![KEPT.to_owned()]));
}

/// Where the provider was told to go, as far as documents tell.
struct Addresses {
    hand: Hand,
    answered: String,
    person: String,
}

impl Addresses {
    async fn of(shop: &Shop) -> Self {
        shop.server().call_back(1, "tom").await;
        shop.server().texts().await;
        let call = shop.server().rest.calls()[0].clone();
        Self { hand: Hand::of(shop), answered: call.body, person: call.callback }
    }

    async fn whisper(&self) -> Page {
        self.hand.tells(&self.answered, &of_call("CA1", "in-progress", &[])).await
    }

    async fn key(&self, whisper: &Page, key: &str) -> Page {
        self.hand.tells(&whisper.key(), &of_call("CA1", "in-progress", &[("Digits", key)])).await
    }

    async fn person_is(&self, status: &str) -> Page {
        self.hand.tells(&self.person, &of_call("CA1", status, &[("CallDuration", "70")])).await
    }
}

#[tokio::test]
async fn the_end_may_be_told_before_the_beginning() {
    let shop = promised().await;
    let to = Addresses::of(&shop).await;
    to.person_is("completed").await;
    let late = to.whisper().await;
    assert!(late.hangs_up() && late.says().contains("over"), "{late:?}");
    assert_eq!(state(&shop).await, "open");
    assert_eq!(told(&shop).await.len(), 1);
}

#[tokio::test]
async fn a_key_that_comes_after_the_end_rings_no_customer() {
    let shop = promised().await;
    let to = Addresses::of(&shop).await;
    let whisper = to.whisper().await;
    to.person_is("completed").await;
    assert_eq!(to.key(&whisper, "1").await.rings(), None);
    assert_eq!(state(&shop).await, "open");
}

#[tokio::test]
async fn a_key_proves_a_pick_up_of_which_nothing_was_told() {
    let shop = promised().await;
    let to = Addresses::of(&shop).await;
    let whisper = to.whisper().await;
    let ringing = to.key(&whisper, "1").await;
    assert_eq!(ringing.rings().as_deref(), Some(OKAFOR));
    assert_eq!(to.key(&whisper, "1").await, ringing, "key 1 twice");
    assert_eq!(to.key(&whisper, "9").await, ringing, "the same question");
}

/// The three who may know how long they spoke, in every order.
#[tokio::test]
async fn the_length_of_the_conversation_is_believed_from_whoever_tells_it_first() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shop = promised().await;
        let to = Addresses::of(&shop).await;
        let whisper = to.whisper().await;
        let ringing = to.key(&whisper, "1").await;
        for who in order {
            match who {
                0 => drop(to.person_is("completed").await),
                1 => {
                    let over = of_call("CA2", "completed", &[("ParentCallSid", "CA1"), ("CallDuration", "60")]);
                    to.hand.tells(&ringing.leg(), &over).await;
                }
                _ => {
                    let done = [("DialCallStatus", "completed"), ("DialBridged", "true"), ("DialCallDuration", "60")];
                    let page = to.hand.tells(&ringing.done(), &of_call("CA1", "in-progress", &done)).await;
                    assert_eq!((page.verbs(), page.says().as_str()), (vec!["Hangup".to_owned()], ""));
                }
            }
        }
        assert_eq!((state(&shop).await, told(&shop).await), ("kept", vec![KEPT.to_owned()]), "{order:?}");
    }
}

#[tokio::test]
async fn what_was_not_sealed_by_us_or_makes_no_sense_rings_nobody() {
    let shop = promised().await;
    let to = Addresses::of(&shop).await;
    let forged = to.answered.replace("/b/", "/c/");
    assert_eq!(to.hand.tells(&forged, &of_call("CA1", "in-progress", &[])).await.status, 404);
    let unsigned = to.hand.request(0, reqwest::Method::POST, &to.answered).body("CallSid=CA1");
    assert_eq!(crate::by_hand::send(unsigned).await.status, 403);
    let senseless = to.hand.tells(&to.answered, &crate::by_hand::params(&[("To", "x")])).await;
    assert!(senseless.hangs_up());
    assert_eq!(to.hand.tells(&to.person, &crate::by_hand::params(&[("To", "x")])).await.status, 400);
    assert_eq!(state(&shop).await, "claimed");
}
