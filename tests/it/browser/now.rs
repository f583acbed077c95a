//! The page Now, in two browsers.

use std::time::Duration;

use super::browser_of;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn what_happens_is_seen_in_a_second_browser_within_a_second() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let Some(priya) = browser_of(&shop, "priya").await else { return };
    for browser in [&sam, &priya] {
        browser.opens("/console").await;
        browser.sees("Up to date").await;
    }
    let call = shop.caller(OKAFOR).rings().await;
    priya.sees_within("rings Priya Nair", SECOND).await;
    sam.sees_within("rings Priya Nair", SECOND).await;
    call.phone("priya").presses("1").await;
    sam.sees_within("talks with Priya Nair", SECOND).await;
    call.hangs_up().await;
    priya.sees_within("Nobody is ringing", SECOND).await;
    sam.looks_fine().await;
}
