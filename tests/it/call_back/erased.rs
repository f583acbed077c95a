//! A customer who is erased is in no call back any more.

use switchboard::domain::caller::Customer;
use switchboard::domain::phone::Phone;
use switchboard::store::customers::Erased;
use switchboard::store::{Store, Tx, customers};

use super::{promised, rung, told};
use crate::by_hand::contents;
use crate::phones::shop::Shop;
use crate::promises::OKAFOR;

const NEW: &str = "+447700900299";

async fn erase(shop: &Shop, number: &'static str) -> Erased {
    let url = shop.server().store().to_owned();
    let erasing = move || crate::customers::erase(&mut Store::open(&url).unwrap(), number);
    tokio::task::spawn_blocking(erasing).await.unwrap().unwrap()
}

/// Mrs Okafor has another number now.
async fn moves(shop: &Shop) {
    let [old, new] = [OKAFOR, NEW].map(|number| Phone::from_e164(number).unwrap());
    let change = move |tx: &mut Tx<'_>| {
        let before = customers::by_phone(tx, &[old])?.remove(&old).unwrap();
        let after = Customer { numbers: vec![new], ..before.clone() };
        customers::edit(tx, before, after)
    };
    shop.server().app().operator().errand(change).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_call_back_that_is_over_is_erased_with_its_customer() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_talks(60).await;
    told(&shop).await;
    assert_eq!(erase(&shop, OKAFOR).await.live_calls, 0);
    let left = contents(&shop);
    assert!(!left.contains("Okafor") && !left.contains("7700900201") && !left.contains("Boiler"), "{left}");
}

#[tokio::test]
async fn a_call_back_to_a_number_that_the_customer_has_given_up_is_erased_too() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_talks(60).await;
    told(&shop).await;
    moves(&shop).await;
    assert_eq!(erase(&shop, NEW).await.live_calls, 0);
    let connection = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    let left: i64 = connection.query_row("SELECT count(*) FROM call_back", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
    let left = contents(&shop);
    assert!(!left.contains("Okafor") && !left.contains("Boiler"), "{left}");
}

#[tokio::test]
async fn a_call_back_under_way_keeps_what_it_needs_and_is_counted_once() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    assert_eq!(erase(&shop, OKAFOR).await.live_calls, 1);
    tom.presses("1").await;
    tom.customer_talks(60).await;
    assert_eq!(told(&shop).await.len(), 1);
}
