//! 9. A promise is never lost.

use jiff::SignedDuration;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::promise::PromiseState;

use super::{OKAFOR, OPEN, STRANGER, customers};
use crate::by_hand::{Hand, of_call};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

fn store_of(shop: &Shop) -> rusqlite::Connection {
    rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap()
}

fn promises_in(store: &rusqlite::Connection) -> i64 {
    store.query_row("SELECT count(*) FROM promise", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_promise_is_on_the_disk_before_the_caller_hears_it() {
    let shop = Shop::open(ROTA, OPEN).await;
    let (hand, store) = (Hand::of(&shop), store_of(&shop));
    let mut page = hand.rings("CA1", STRANGER).await;
    let missed = of_call("CA1", "in-progress", &[("DialCallStatus", "no-answer"), ("DialBridged", "false")]);
    while page.rings().is_some() {
        assert_eq!(promises_in(&store), 0);
        page = hand.tells(&page.done(), &missed).await;
    }
    assert!(page.says().contains("will ring you by"), "{page:?}");
    assert_eq!(promises_in(&store), 1);
}

#[tokio::test]
async fn a_missed_call_and_its_promise_are_written_together_or_not_at_all() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let store = store_of(&shop);
    let call = shop.caller(OKAFOR).rings().await;
    // A disk that fails in the middle of the transaction, where the promise is written.
    store
        .execute_batch("CREATE TRIGGER broken BEFORE INSERT ON promise BEGIN SELECT RAISE(ABORT, 'broken'); END")
        .unwrap();
    call.hangs_up().await;
    shop.goes_quiet().await;
    let outcomes: i64 =
        store.query_row("SELECT count(*) FROM call WHERE doc LIKE '%Ended%'", [], |row| row.get(0)).unwrap();
    assert_eq!((outcomes, promises_in(&store)), (0, 0), "an outcome without its promise is on the disk");
    store.execute_batch("DROP TRIGGER broken").unwrap();
    shop.server().comes_back().await;
    shop.passes(SignedDuration::from_mins(10)).await;
    shop.server().sweeps().await;
    assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::HungUp));
    assert_eq!(promises_in(&store), 1);
}

#[tokio::test]
async fn a_promise_outlives_the_server_and_stays_open_until_a_human_closes_it() {
    let mut shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    let made = shop.server().promises().await;
    assert_eq!(call.end(), Some(End::Promised("priya".to_owned())));
    for _ in 0..3 {
        shop.server_mut().restart().await;
        shop.passes(SignedDuration::from_hours(60)).await;
        shop.server().sweeps().await;
        shop.server().texts().await;
        let promises = shop.server().promises().await;
        assert_eq!((promises.len(), promises[0].id, promises[0].is_unsettled()), (1, made[0].id, true));
    }
    assert_eq!(made[0].state, PromiseState::Open);
}

#[tokio::test]
async fn whoever_presses_2_owes_the_call_even_if_the_caller_hangs_up_before_hearing_it() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.next("priya", Behaviour::presses("2"));
    let call = shop.caller(OKAFOR).rings().await;
    shop.passes(SignedDuration::from_secs(6)).await;
    call.hangs_up().await;
    shop.goes_quiet().await;
    let promises = shop.server().promises().await;
    assert_eq!(promises.len(), 1);
    assert_eq!(promises[0].owner.as_str(), "priya");
    assert_eq!(promises[0].due, "2026-06-10T10:15:00+01:00".parse().unwrap(), "what was said, without seconds");
}
