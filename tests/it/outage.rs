//! The store is away, and the phone still rings.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use switchboard::domain::outcome::Outcome;
use switchboard::store::Store;

use crate::business::{Business, OPEN, ROTA};
use crate::phones::person::Behaviour;

const MRS_OKAFOR: &str = "+447700900201";

/// Holds the SQLite file of a business locked until it is dropped.
struct Lock(rusqlite::Connection);

impl Lock {
    fn on(business: &Business) -> Self {
        let path = business.store.url.strip_prefix("sqlite://").unwrap();
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

#[tokio::test]
async fn a_call_that_comes_in_while_the_store_is_locked_rings_within_two_seconds() {
    let business = Business::open(ROTA, OPEN).await;
    let lock = Lock::on(&business);
    let began = Instant::now();
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(call.ringing(), ["priya"]);
    call.phone("priya").presses("1").await;
    call.reached("priya");
    business.shop.goes_quiet().await;
    drop(lock);
    business.is_back().await;
    let Some(Outcome::Reached { who, .. }) = business.the_call().outcome().cloned() else { panic!("not written") };
    assert_eq!(who.as_str(), "priya");
}

#[tokio::test]
async fn a_call_that_was_ringing_when_the_store_went_away_goes_on_with_the_rest_of_its_plan() {
    let business = Business::open(ROTA, OPEN).await;
    business.shop.next("priya", Behaviour::lets_it_ring());
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    let lock = Lock::on(&business);
    business.passes(SignedDuration::from_secs(30)).await;
    assert_eq!(call.ringing(), ["tom"], "{}", call.story());
    business.shop.goes_quiet().await;
    call.was_promised("priya");
    drop(lock);
    business.is_back().await;
    assert_eq!(business.the_call().outcome(), Some(&Outcome::Promised));
    assert_eq!(business.promises().len(), 1);
    business.jobs_are_done().await;
    assert_eq!(business.rest.texts().len(), 2, "{:?}", business.rest.texts());
}

#[tokio::test]
async fn the_usual_person_rings_from_memory_when_the_store_is_locked() {
    let business = Business::open(ROTA, OPEN).await;
    business.knows("Mrs Okafor", MRS_OKAFOR, Some("tom"));
    business.instances[0].refresh_callers(&business.store.url).await.unwrap();
    let _lock = Lock::on(&business);
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    assert_eq!(call.ringing(), ["tom"], "{}", call.story());
}

#[tokio::test]
async fn two_callers_in_an_outage_do_not_ring_the_same_phone() {
    let business = Business::open(ROTA, OPEN).await;
    let lock = Lock::on(&business);
    let first = business.shop.caller(MRS_OKAFOR).rings().await;
    let second = business.shop.caller("+447700900202").rings().await;
    assert_eq!((first.ringing(), second.ringing()), (vec!["priya".to_owned()], vec!["tom".to_owned()]));
    business.shop.goes_quiet().await;
    drop(lock);
    business.is_back().await;
    assert_eq!(business.calls().len(), 2);
    assert_eq!(business.promises().len(), 2);
}

#[tokio::test]
async fn nobody_stays_engaged_after_an_outage() {
    let business = Business::open(ROTA, OPEN).await;
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    let lock = Lock::on(&business);
    call.hangs_up().await;
    business.shop.goes_quiet().await;
    drop(lock);
    business.is_back().await;
    business.passes(SignedDuration::from_mins(30)).await;
    business.is_swept().await;
    let next = business.shop.caller("+447700900202").rings().await;
    assert_eq!(next.ringing(), ["priya"], "{}", next.story());
    assert_eq!(business.promises().len(), 1);
}

#[test]
fn a_store_that_cannot_be_written_says_which_and_why() {
    let error = Store::open("sqlite:///proc/nowhere/switchboard.db").unwrap_err().to_string();
    assert!(error.contains("/proc/nowhere"), "{error}");
}
