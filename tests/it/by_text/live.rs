//! A live change is there for the next call, on every instance.

use jiff::SignedDuration;
use switchboard::domain::rota::live::Live;
use switchboard::domain::staff::StaffId;
use switchboard::store::live_changes::{self, NewLiveChange};

use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OPEN, STRANGER};
use crate::store_fixture::stores;

/// As if somebody had texted `AWAY UNTIL 12:00`.
async fn goes_away(shop: &Shop, who: &str) -> switchboard::domain::rota::live::LiveChangeId {
    let rota = shop.server().rota();
    let until = "2026-06-10 12:00".parse().unwrap();
    let who = StaffId::new(who);
    let what = Live::Away { who: who.clone(), from: "2026-06-10 10:00".parse().unwrap(), until, cover: None };
    let made = shop.server().now();
    let new = NewLiveChange { by: who, until: what.over(&rota), what, made };
    shop.server().app().operator().errand(move |tx| live_changes::add(tx, &new)).await.unwrap()
}

#[test]
fn whoever_is_away_by_text_is_not_rung_by_any_instance_until_the_time_they_said() {
    for store in stores() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let shop = Shop::opening(ROTA, OPEN).store(&store.url).instances(2).open().await;
            let first = shop.caller(STRANGER).rings().await;
            assert_eq!(first.ringing(), ["tom"]);
            first.hangs_up().await;
            let change = goes_away(&shop, "tom").await;
            for _ in 0..2 {
                let call = shop.caller(STRANGER).rings().await;
                assert_eq!(call.ringing(), ["priya"], "{}", store.engine);
                call.hangs_up().await;
            }
            // The admin's file knows nothing of it, and an edit leaves it as it is.
            shop.server().save_rota(&ROTA.replace("Hartley Heating", "Hartley and Daughters"));
            let call = shop.caller(STRANGER).rings().await;
            assert_eq!(call.ringing(), ["priya"], "{}", store.engine);
            call.hangs_up().await;
            let now = shop.server().now();
            shop.server().app().operator().errand(move |tx| live_changes::undo(tx, change, now)).await.unwrap();
            let call = shop.caller(STRANGER).rings().await;
            assert_eq!(call.ringing(), ["tom"], "{}", store.engine);
            call.hangs_up().await;
            goes_away(&shop, "tom").await;
            shop.passes(SignedDuration::from_hours(2)).await;
            let call = shop.caller(STRANGER).rings().await;
            assert_eq!(call.ringing(), ["tom"], "{}", store.engine);
            call.hangs_up().await;
        });
    }
}
