//! PostgreSQL goes in the middle of a call, and comes back.

use std::time::Duration;

use switchboard::clock::Stopwatch;
use switchboard::domain::outcome::Outcome;

use super::{ENGAGED, MRS_OKAFOR, OPEN, is_reached, outcome_of};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::store_fixture::{TestStore, postgres};

/// Lets nobody in, and throws out who is in.
struct Away<'a>(&'a TestStore);

impl<'a> Away<'a> {
    fn goes(store: &'a TestStore) -> Self {
        let name = database(store);
        tell(store, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        tell(store, &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
        Self(store)
    }

    fn comes_back(self) {
        tell(self.0, &format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", database(self.0)));
    }
}

fn database(store: &TestStore) -> &str {
    store.url.rsplit('/').next().unwrap().split('?').next().unwrap()
}

/// Off the runtime, where PostgreSQL's blocking client cannot work.
fn tell(store: &TestStore, sql: &str) {
    tokio::task::block_in_place(|| store.administrator().batch_execute(sql).unwrap());
}

fn on_postgresql(test: &impl AsyncFn(&TestStore)) {
    let Some(store) = postgres() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test(&store));
}

#[test]
fn a_call_goes_on_within_two_seconds_a_step_when_postgresql_goes_and_is_written_when_it_is_back() {
    on_postgresql(&async |store| {
        let shop = Shop::opening(ROTA, OPEN).store(&store.url).open().await;
        shop.network().tolerates(ENGAGED);
        let ringing = shop.caller("+447700900202").rings().await;
        let away = Away::goes(store);
        let began = Stopwatch::start();
        let during = shop.caller(MRS_OKAFOR).rings().await;
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert_eq!(during.ringing().len(), 1, "{}", during.story());
        let began = Stopwatch::start();
        ringing.phone("tom").presses("1").await;
        assert!(began.elapsed() < Duration::from_secs(4), "two webhooks took {:?}", began.elapsed());
        ringing.reached("tom");
        shop.goes_quiet().await;
        assert!(shop.server().app().comes_back().await.is_err());
        away.comes_back();
        shop.server().comes_back().await;
        assert_eq!(shop.server().calls().await.len(), 2);
        assert!(is_reached(outcome_of(&shop, &ringing).await, "tom"));
        assert_eq!(outcome_of(&shop, &during).await, Some(Outcome::Promised));
    });
}

#[test]
fn an_instance_that_starts_without_its_store_rings_people_and_writes_when_it_is_there() {
    on_postgresql(&async |store| {
        let mut shop = Shop::opening(ROTA, OPEN).store(&store.url).open().await;
        let away = Away::goes(store);
        shop.server_mut().restart().await;
        let began = Stopwatch::start();
        let call = shop.caller(MRS_OKAFOR).rings().await;
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert_eq!(call.ringing(), ["tom"], "{}", call.story());
        shop.goes_quiet().await;
        call.was_promised("tom");
        away.comes_back();
        shop.server().comes_back().await;
        assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::Promised));
        assert_eq!(shop.server().promises().await.len(), 1);
        assert_eq!(shop.server().texts().await.len(), 2);
    });
}

#[test]
fn two_instances_that_lose_postgresql_together_write_one_call_and_one_promise() {
    on_postgresql(&async |store| {
        let shop = Shop::opening(ROTA, OPEN).store(&store.url).instances(2).open().await;
        shop.network().tolerates(ENGAGED);
        let call = shop.caller(MRS_OKAFOR).rings().await;
        let away = Away::goes(store);
        let other = shop.caller("+447700900202").rings().await;
        shop.goes_quiet().await;
        away.comes_back();
        shop.server().comes_back().await;
        call.reached_nobody();
        other.reached_nobody();
        let calls = shop.server().calls().await;
        assert_eq!(calls.len(), 2, "{calls:#?}");
        assert!(calls.iter().all(|call| call.outcome() == Some(&Outcome::Promised)), "{calls:#?}");
        assert_eq!(shop.server().promises().await.len(), 2);
        assert_eq!(shop.server().texts().await.len(), 4);
    });
}
