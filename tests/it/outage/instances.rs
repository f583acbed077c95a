//! Two instances without their store.

use switchboard::domain::outcome::Outcome;

use super::{Lock, MRS_OKAFOR, OPEN, is_reached, outcome_of};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

/// The provider asks the instances in turn, so that each sees only half of the call.
#[tokio::test]
async fn a_call_that_two_instances_carried_is_one_call_with_one_promise() {
    let shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    let lock = Lock::on(&shop);
    let call = shop.caller(MRS_OKAFOR).rings().await;
    shop.goes_quiet().await;
    call.was_promised("tom");
    drop(lock);
    shop.server().comes_back().await;
    let calls = shop.server().calls().await;
    assert_eq!(calls.len(), 1, "{calls:#?}");
    assert_eq!(calls[0].outcome(), Some(&Outcome::Promised), "{calls:#?}");
    assert_eq!(shop.server().promises().await.len(), 1);
    assert_eq!(shop.server().texts().await.len(), 2);
    nobody_is_engaged(&shop).await;
}

/// A repeat reaches the other instance, which cannot know that the call has an id already.
#[tokio::test]
async fn a_call_that_both_instances_answered_first_is_one_call() {
    let shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    shop.network().wire.repeats = 1;
    shop.network().tolerates("repeat");
    let lock = Lock::on(&shop);
    let first = shop.caller(MRS_OKAFOR).rings().await;
    first.phone("tom").presses("1").await;
    first.reached("tom");
    shop.next("tom", Behaviour::lets_it_ring());
    drop(lock);
    shop.server().comes_back().await;
    // In the middle of the conversation: from here on the store tells who is where.
    let second = shop.caller("+447700900202").rings().await;
    assert_eq!(second.ringing(), ["priya"], "{}", second.story());
    shop.goes_quiet().await;
    shop.server().comes_back().await;
    let calls = shop.server().calls().await;
    assert_eq!(calls.len(), 2, "{calls:#?}");
    assert!(is_reached(outcome_of(&shop, &first).await, "tom"), "{calls:#?}");
    assert_eq!(shop.server().promises().await.len(), 1, "the second caller's");
    nobody_is_engaged(&shop).await;
}

/// The next caller would not ring somebody who is.
async fn nobody_is_engaged(shop: &Shop) {
    let next = shop.caller("+447700900209").rings().await;
    assert_eq!(next.ringing(), ["tom"], "{}", next.story());
}
