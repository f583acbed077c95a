//! Several instances on one store, both databases.

use switchboard::domain::call_back::Begun;
use switchboard::domain::promise::PromiseId;
use switchboard::domain::staff::StaffId;
use switchboard::store::jobs::{self, Worker};

use super::{promised_in, rings, state};
use crate::instances::{on_each_store, two};
use crate::promises::OPEN;
use crate::store_fixture::TestStore;

#[test]
fn two_instances_that_are_asked_in_the_same_moment_ring_once() {
    on_each_store(&async |store: &TestStore| {
        let shop = promised_in(two(store, OPEN).await).await;
        for round in 0..5 {
            let apps: Vec<_> = shop.server().apps().collect();
            let ask = |app: usize, who: &'static str| {
                let operator = apps[app].operator().clone();
                async move { operator.call_back(PromiseId(1), &StaffId::new(who)).await.unwrap() }
            };
            let (a, b, c, d) = tokio::join!(ask(0, "tom"), ask(1, "tom"), ask(0, "ana"), ask(1, "sam"));
            let begun = [a, b, c, d];
            let ringing = begun.iter().filter(|begun| **begun == Begun::RingingYou).count();
            assert_eq!(ringing, 1, "{}: {begun:?}", store.engine);
            let (one, two) = tokio::join!(apps[0].run_jobs(), apps[1].run_jobs());
            one.and(two).unwrap();
            assert_eq!(rings(&shop), round + 1, "{}", store.engine);
            let mut rung = shop.rung_back().await;
            rung.presses("1").await;
            rung.customer_lets_it_ring().await;
            assert_eq!(state(&shop).await, "open");
        }
    });
}

#[test]
fn the_webhooks_of_one_call_back_may_go_to_both_instances_at_once() {
    on_each_store(&async |store: &TestStore| {
        let shop = promised_in(two(store, OPEN).await).await;
        shop.network().wire.repeats = 3;
        shop.network().wire.repeats_at_once = true;
        shop.server().call_back(1, "tom").await;
        let mut tom = shop.rung_back().await;
        tom.presses("91").await;
        tom.customer_talks(60).await;
        assert_eq!((state(&shop).await, rings(&shop)), ("kept", 1), "{}", store.engine);
    });
}

#[test]
fn an_instance_that_dies_while_it_asks_for_a_ring_is_followed_by_one_that_looks_first() {
    on_each_store(&async |store: &TestStore| {
        let shop = promised_in(two(store, OPEN).await).await;
        shop.server().call_back(1, "tom").await;
        let operator = shop.server().app().operator();
        let now = operator.desk().clock.now();
        let lease = jiff::SignedDuration::from_mins(2);
        let claimed = operator.errand(move |tx| jobs::claim(tx, now, lease, Worker("the dead"), 20)).await.unwrap();
        assert_eq!(claimed.len(), 1, "{}", store.engine);
        shop.server().texts().await;
        assert_eq!(rings(&shop), 0, "{}: while its lease holds nobody else asks", store.engine);
        shop.passes(jiff::SignedDuration::from_mins(3)).await;
        let mut tom = shop.rung_back().await;
        assert!(shop.server().rest.looked_up() > 0, "{}", store.engine);
        tom.presses("1").await;
        tom.customer_talks(60).await;
        assert_eq!((state(&shop).await, rings(&shop)), ("kept", 1), "{}", store.engine);
    });
}
