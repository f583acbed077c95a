//! What staff say of promises, and what customers answer.

use jiff::SignedDuration;
use switchboard::domain::promise::PromiseState;
use switchboard::store::Store;

use crate::by_hand::contents;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{self, OKAFOR, OPEN, STRANGER};

/// Mrs Okafor was promised a call of Priya's by 12:00; it is promise 1.
async fn owed() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(promises::customers()).open().await;
    for who in ["priya", "tom", "sam"] {
        shop.always(who, Behaviour::lets_it_ring());
    }
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    call.was_promised("priya");
    shop.goes_quiet().await;
    shop.server().texts().await;
    shop
}

async fn state(shop: &Shop) -> PromiseState {
    shop.server().promises().await[0].state.clone()
}

#[tokio::test]
async fn done_keeps_a_promise_and_undo_opens_it_again() {
    let shop = owed().await;
    let priya = shop.staff("priya");
    assert_eq!(priya.texts("CALLS").await, "You owe Mrs Okafor (1) by 12:00.");
    assert_eq!(priya.texts("done 1").await, "Mrs Okafor (1) is done. UNDO takes it back.");
    assert!(matches!(state(&shop).await, PromiseState::Kept { .. }));
    assert_eq!(priya.texts("CALLS").await, "You owe nobody a call.");
    assert_eq!(
        shop.staff("tom").texts("1 done").await,
        "Mrs Okafor (1) is done already: Priya Nair has closed it at 10:01."
    );
    assert_eq!(priya.texts("UNDO").await, "Mrs Okafor (1): you ring by 12:00.");
    assert_eq!(state(&shop).await, PromiseState::Open);
    assert_eq!(priya.texts("UNDO").await, "There is nothing to take back.");
    assert_eq!(priya.texts("SORTED").await, "Mrs Okafor (1) is done. UNDO takes it back.");
}

#[tokio::test]
async fn later_tells_the_customer_and_so_does_taking_it_back() {
    let shop = owed().await;
    let (priya, okafor) = (shop.staff("priya"), shop.writer(OKAFOR));
    let before = okafor.received().len();
    assert_eq!(priya.texts("LATER 1 3pm").await, "Mrs Okafor (1): you ring by 15:00.");
    assert_eq!(shop.server().promises().await[0].due.to_string(), "2026-06-10T14:00:00Z");
    assert_eq!(shop.staff("tom").texts("later 1 16:00").await, "Mrs Okafor (1): Priya Nair rings by 16:00.");
    assert_eq!(shop.staff("tom").texts("undo").await, "Mrs Okafor (1): Priya Nair rings by 15:00.");
    shop.server().texts().await;
    let told = okafor.received().split_off(before);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[2].contains("by 15:00"), "{told:?}");
}

#[tokio::test]
async fn the_owner_owns_up_with_one_word_and_is_the_one_who_rings() {
    let shop = owed().await;
    let (sam, okafor) = (shop.staff("sam"), shop.writer(OKAFOR));
    shop.passes(SignedDuration::from_hours(3)).await;
    shop.server().sweeps().await;
    assert!(sam.gets().await.contains("Reply YES 1 to send this"));
    assert_eq!(state(&shop).await, PromiseState::Broken);
    let before = okafor.received().len();
    let answer = sam.texts("YES").await;
    assert!(answer.starts_with("Mrs Okafor (1): you ring by 13:3"), "{answer}");
    shop.server().texts().await;
    assert_eq!(okafor.received().len(), before + 1, "one apology: {:?}", okafor.received());
    assert!(!sam.texts("YES 1").await.is_empty());
    shop.server().texts().await;
    assert_eq!(okafor.received().len(), before + 1, "and never two: {:?}", okafor.received());
}

#[tokio::test]
async fn a_customer_who_says_no_is_rung_again_by_the_same_person() {
    let shop = owed().await;
    let (priya, okafor) = (shop.staff("priya"), shop.writer(OKAFOR));
    let done = priya.texts("DONE 1 FOLLOW").await;
    assert_eq!(done, "Mrs Okafor (1) is done, and you are reminded at 08:30 tomorrow to ask whether it is sorted.");
    let before = okafor.received().len();
    shop.passes(SignedDuration::from_hours(23)).await;
    shop.server().sweeps().await;
    shop.server().texts().await;
    assert_eq!(okafor.received().split_off(before), ["Hartley Heating: is it sorted? Reply YES or NO."]);
    assert_eq!(okafor.texts("Yes but the tap drips").await, "");
    assert!(priya.received().last().unwrap().starts_with("Mrs Okafor (1) writes: \"Yes but"), "{:?}", priya.received());
    let answer = okafor.texts("No.").await;
    assert!(answer.contains("Priya Nair will ring you by 11:01"), "{answer}");
    assert_eq!(state(&shop).await, PromiseState::Open);
    assert!(priya.received().last().unwrap().contains("not sorted"), "{:?}", priya.received());
}

#[tokio::test]
async fn what_a_waiting_customer_writes_reaches_whoever_owes_the_call() {
    let shop = owed().await;
    let priya = shop.staff("priya");
    let before = priya.received().len();
    assert_eq!(shop.writer(OKAFOR).texts("It is the blue boiler").await, "");
    assert_eq!(priya.received().split_off(before), ["Mrs Okafor (1) writes: \"It is the blue boiler\""]);
    assert!(shop.writer(STRANGER).texts("DONE 1").await.starts_with("Hartley Heating: this number is for calls."));
    assert_eq!(state(&shop).await, PromiseState::Open);
}

#[tokio::test]
async fn call_rings_whoever_writes_it_once_and_then_the_customer() {
    let shop = owed().await;
    let priya = shop.staff("priya");
    assert_eq!(priya.texts("call 1").await, "Your phone rings in a moment. Press 1 and you are connected.");
    assert_eq!(priya.texts("41").await, "There is no promise 41.");
    assert_eq!(priya.texts("1").await, "You are being connected for 1 already.");
    assert_eq!(shop.staff("tom").texts("CALL 1").await, "Priya Nair is being connected for 1 already.");
    assert_eq!(shop.server().rest.calls().len(), 1);
}

#[tokio::test]
async fn what_was_said_of_a_customer_by_text_is_erased_with_them() {
    let shop = owed().await;
    let priya = shop.staff("priya");
    priya.texts("CALLS").await;
    shop.writer(OKAFOR).texts("It is the blue boiler").await;
    priya.texts("DONE 1").await;
    let url = shop.server().store().to_owned();
    let erasing = move || crate::customers::erase(&mut Store::open(&url).unwrap(), OKAFOR);
    tokio::task::spawn_blocking(erasing).await.unwrap().unwrap();
    let left = contents(&shop);
    assert!(!left.contains("Okafor") && !left.contains("7700900201") && !left.contains("blue boiler"), "{left}");
}

#[tokio::test]
async fn calls_lists_whom_somebody_talked_with_last() {
    let shop = Shop::opening(ROTA, OPEN).customers(promises::customers()).open().await;
    shop.next("tom", Behaviour::presses("1"));
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    let tom = shop.staff("tom");
    assert_eq!(tom.texts("calls").await, "You owe nobody a call. Your last calls: +44 7700 900999 Wed 10:00.");
    assert_eq!(shop.staff("ana").texts("calls").await, "You owe nobody a call.");
}
