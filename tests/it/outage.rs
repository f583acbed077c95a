//! The store is away, and the phone still rings.

mod disk;
mod instances;
mod postgresql;

use std::time::Duration;

use jiff::SignedDuration;
use switchboard::clock::Stopwatch;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::customers::Details;

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{LiveCall, Shop};

/// A Wednesday in a week of Tom's; Priya is behind him.
const OPEN: &str = "2026-06-10 10:00";
const MRS_OKAFOR: &str = "+447700900201";

/// Who was engaged before the store went is not known without it: rather a phone that is busy than a free one skipped.
const ENGAGED: &str = "already on a call of ours";

/// Holds the SQLite file of a shop locked until it is dropped.
pub(crate) struct Lock(rusqlite::Connection);

impl Lock {
    pub(crate) fn on(shop: &Shop) -> Self {
        let path = shop.server().store().strip_prefix("sqlite://").unwrap();
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
        Self(connection)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.execute_batch("ROLLBACK").unwrap();
    }
}

/// As it is on record.
async fn outcome_of(shop: &Shop, call: &LiveCall) -> Option<Outcome> {
    let calls = shop.server().calls().await;
    calls.iter().find(|record| record.provider_id.0 == call.sid()).and_then(|record| record.outcome().cloned())
}

fn is_reached(outcome: Option<Outcome>, by: &str) -> bool {
    matches!(outcome, Some(Outcome::Reached { who, .. }) if who.as_str() == by)
}

#[tokio::test]
async fn a_call_that_comes_in_while_the_store_is_locked_rings_within_two_seconds() {
    let shop = Shop::open(ROTA, OPEN).await;
    let lock = Lock::on(&shop);
    let began = Stopwatch::start();
    let call = shop.caller(MRS_OKAFOR).rings().await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(call.ringing(), ["tom"]);
    call.phone("tom").presses("1").await;
    call.reached("tom");
    shop.goes_quiet().await;
    drop(lock);
    shop.server().comes_back().await;
    let Some(Outcome::Reached { who, .. }) = shop.server().calls().await[0].outcome().cloned() else {
        panic!("not written")
    };
    assert_eq!(who.as_str(), "tom");
}

#[tokio::test]
async fn a_call_that_was_ringing_when_the_store_went_away_goes_on_with_the_rest_of_its_plan() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.next("tom", Behaviour::lets_it_ring());
    let call = shop.caller(MRS_OKAFOR).rings().await;
    let lock = Lock::on(&shop);
    shop.passes(SignedDuration::from_secs(30)).await;
    assert_eq!(call.ringing(), ["priya"], "{}", call.story());
    shop.goes_quiet().await;
    call.was_promised("tom");
    drop(lock);
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::Promised));
    assert_eq!(shop.server().promises().await.len(), 1);
    assert_eq!(shop.server().texts().await.len(), 2);
}

#[tokio::test]
async fn the_usual_person_rings_from_memory_when_the_store_is_locked() {
    let okafor = Details {
        name: "Mrs Okafor".to_owned(),
        numbers: vec![Phone::from_e164(MRS_OKAFOR).unwrap()],
        usual: Some(Some(StaffId::new("priya"))),
        ..Details::default()
    };
    let shop = Shop::opening(ROTA, OPEN).customers([okafor]).open().await;
    shop.server().app().refresh_callers(shop.server().store()).await.unwrap();
    let _lock = Lock::on(&shop);
    let call = shop.caller(MRS_OKAFOR).rings().await;
    assert_eq!(call.ringing(), ["priya"], "{}", call.story());
}

#[tokio::test]
async fn two_callers_in_an_outage_do_not_ring_the_same_phone() {
    let shop = Shop::open(ROTA, OPEN).await;
    let lock = Lock::on(&shop);
    let first = shop.caller(MRS_OKAFOR).rings().await;
    let second = shop.caller("+447700900202").rings().await;
    assert_eq!((first.ringing(), second.ringing()), (vec!["tom".to_owned()], vec!["priya".to_owned()]));
    shop.goes_quiet().await;
    drop(lock);
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 2);
    assert_eq!(shop.server().promises().await.len(), 2);
}

#[tokio::test]
async fn a_call_that_two_instances_were_asked_about_without_the_store_is_one_call_with_its_promise() {
    let shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    shop.network().wire.repeats = 1;
    // Neither can know what the other has answered.
    shop.network().tolerates("a repeat got another answer");
    let lock = Lock::on(&shop);
    let call = shop.caller("anonymous").rings().await;
    shop.goes_quiet().await;
    call.was_promised("tom");
    drop(lock);
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 1);
    assert_eq!(shop.server().calls().await[0].outcome(), Some(&Outcome::Promised));
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn nobody_stays_engaged_after_an_outage() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(MRS_OKAFOR).rings().await;
    let lock = Lock::on(&shop);
    call.hangs_up().await;
    shop.goes_quiet().await;
    drop(lock);
    shop.server().comes_back().await;
    shop.passes(SignedDuration::from_mins(30)).await;
    shop.server().sweeps().await;
    let next = shop.caller("+447700900202").rings().await;
    assert_eq!(next.ringing(), ["tom"], "{}", next.story());
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn nobody_stays_engaged_on_a_call_that_was_never_heard_of_again() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.next("tom", Behaviour::vanishes());
    shop.caller(MRS_OKAFOR).rings().await;
    shop.passes(SignedDuration::from_mins(30)).await;
    assert_eq!(shop.server().sweeps().await, 1);
    let next = shop.caller("+447700900202").rings().await;
    assert_eq!(next.ringing(), ["tom"], "{}", next.story());
}

#[test]
fn a_store_that_cannot_be_written_says_which_and_why() {
    let error = Store::open("sqlite:///proc/nowhere/switchboard.db").unwrap_err().to_string();
    assert!(error.contains("/proc/nowhere"), "{error}");
}
