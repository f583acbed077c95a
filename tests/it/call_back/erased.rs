//! A customer who is erased is in no call back any more.

use switchboard::domain::phone::Phone;
use switchboard::store::Store;
use switchboard::store::customers::{self, Erased};

use super::{promised, rung, told};
use crate::by_hand::contents;
use crate::phones::shop::Shop;
use crate::promises::OKAFOR;

async fn erase(shop: &Shop) -> Erased {
    let url = shop.server().store().to_owned();
    let erasing = move || customers::erase(&mut Store::open(&url).unwrap(), Phone::from_e164(OKAFOR).unwrap());
    tokio::task::spawn_blocking(erasing).await.unwrap().unwrap().unwrap()
}

#[tokio::test]
async fn a_call_back_that_is_over_is_erased_with_its_customer() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_talks(60).await;
    told(&shop).await;
    assert_eq!(erase(&shop).await.live_calls, 0);
    let left = contents(&shop);
    assert!(!left.contains("Okafor") && !left.contains("7700900201") && !left.contains("Boiler"), "{left}");
}

#[tokio::test]
async fn a_call_back_under_way_keeps_what_it_needs_and_is_counted() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    assert_eq!(erase(&shop).await.live_calls, 1);
    tom.presses("1").await;
    tom.customer_talks(60).await;
    assert_eq!(told(&shop).await.len(), 1);
}
