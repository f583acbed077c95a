//! The store or the provider is away in the middle of a call back.

use jiff::SignedDuration;
use switchboard::domain::call_back::Begun;

use super::{promised, rings, rung, state, told};
use crate::outage::Lock;
use crate::phones::rest::Mood;

#[tokio::test]
async fn while_the_store_is_away_nobody_is_rung_and_the_person_is_told() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    let lock = Lock::on(&shop);
    tom.answers().await;
    assert!(tom.is_over() && tom.customer().is_none());
    let words = "I am sorry, this does not work right now. Nobody was rung. Please try again in a minute.";
    assert_eq!(tom.heard(), words);
    drop(lock);
    shop.server().comes_back().await;
    shop.server().sweeps().await;
    assert_eq!(state(&shop).await, "open");
    assert_eq!(told(&shop).await.len(), 1);
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_talks(60).await;
    assert_eq!(state(&shop).await, "kept");
}

#[tokio::test]
async fn a_conversation_that_ends_while_the_store_is_away_is_not_lost() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    let lock = Lock::on(&shop);
    tom.customer_talks(60).await;
    assert!(tom.is_over());
    drop(lock);
    shop.server().comes_back().await;
    shop.server().sweeps().await;
    assert_eq!(state(&shop).await, "kept");
    assert_eq!(told(&shop).await, ["1 is kept: you spoke 60 s with Mrs Okafor (+44 7700 900201)."]);
}

#[tokio::test]
async fn a_ring_of_which_the_provider_said_nothing_is_looked_up_and_not_asked_for_again() {
    let shop = promised().await;
    shop.server().rest.next(&[Mood::TakesAndDrops]);
    assert_eq!(shop.server().call_back(1, "tom").await, Begun::RingingYou);
    let mut tom = shop.rung_back().await;
    let looked_up = shop.server().rest.looked_up();
    tom.passes(20).await;
    told(&shop).await;
    assert_eq!((rings(&shop), shop.server().rest.looked_up()), (1, looked_up + 1));
    tom.presses("1").await;
    tom.customer_talks(60).await;
    assert_eq!((state(&shop).await, rings(&shop)), ("kept", 1));
}

#[tokio::test]
async fn a_ring_that_was_picked_up_needs_no_looking_up() {
    let shop = promised().await;
    shop.server().rest.next(&[Mood::TakesAndDrops]);
    shop.server().call_back(1, "tom").await;
    let mut tom = shop.rung_back().await;
    tom.presses("1").await;
    let looked_up = shop.server().rest.looked_up();
    tom.passes(20).await;
    told(&shop).await;
    assert_eq!((rings(&shop), shop.server().rest.looked_up()), (1, looked_up));
}

#[tokio::test]
async fn a_ring_that_the_provider_did_not_take_is_asked_for_again() {
    let shop = promised().await;
    shop.server().rest.next(&[Mood::Drops, Mood::Refuses(503, 20503), Mood::Refuses(429, 20429)]);
    shop.server().call_back(1, "tom").await;
    for _ in 0..3 {
        told(&shop).await;
        assert_eq!(rings(&shop), 0);
        shop.passes(SignedDuration::from_secs(45)).await;
    }
    let mut tom = shop.rung_back().await;
    tom.presses("1").await;
    tom.customer_talks(60).await;
    assert_eq!((state(&shop).await, rings(&shop)), ("kept", 1));
}

#[tokio::test]
async fn a_provider_that_is_gone_for_an_hour_rings_nobody_when_it_is_back() {
    let shop = promised().await;
    shop.server().rest.always(Mood::Drops);
    shop.server().call_back(1, "tom").await;
    for _ in 0..12 {
        shop.server().texts().await;
        shop.passes(SignedDuration::from_mins(5)).await;
        shop.server().sweeps().await;
    }
    assert_eq!(state(&shop).await, "open");
    shop.server().rest.always(Mood::Takes);
    for _ in 0..12 {
        shop.passes(SignedDuration::from_mins(5)).await;
        shop.server().texts().await;
    }
    let told = told(&shop).await;
    assert_eq!((told.len(), rings(&shop)), (1, 0), "{told:?}");
    assert!(told[0].contains("could not be connected"), "{told:?}");
}

#[tokio::test]
async fn a_server_that_is_killed_at_any_point_goes_on_where_it_was() {
    let mut shop = promised().await;
    shop.server().call_back(1, "tom").await;
    shop.server_mut().crashes().await;
    let mut tom = shop.rung_back().await;
    shop.server_mut().crashes().await;
    tom.answers().await;
    shop.server_mut().crashes().await;
    tom.presses("1").await;
    shop.server_mut().crashes().await;
    tom.customer_answers().await;
    shop.server_mut().restart().await;
    tom.passes(60).await;
    tom.hangs_up().await;
    shop.server_mut().crashes().await;
    assert_eq!((state(&shop).await, rings(&shop)), ("kept", 1));
    assert_eq!(told(&shop).await.len(), 1);
}
