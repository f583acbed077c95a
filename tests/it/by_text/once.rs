//! A text is obeyed and answered once, whatever the provider and the store do.

use crate::outage::Lock;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OPEN, STRANGER};
use crate::store_fixture::stores;

#[test]
fn a_text_that_is_told_again_to_every_instance_is_obeyed_and_answered_once() {
    for store in stores() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let shop = Shop::opening(ROTA, OPEN).store(&store.url).instances(2).open().await;
            let tom = shop.staff("tom");
            let answer = tom.texts_repeatedly("AWAY 2H", 3).await;
            assert_eq!(
                answer, "You are away until 12:00. Priya Nair has the phone. BACK to return.",
                "{}",
                store.engine
            );
            assert_eq!(tom.texts("UNDO").await, "Taken back: that absence never was.");
            assert_eq!(tom.texts("UNDO").await, "There is nothing to take back.", "{}", store.engine);
            let call = shop.caller(STRANGER).rings().await;
            assert_eq!(call.ringing(), ["tom"], "away once, and taken back once: {}", store.engine);
            call.hangs_up().await;
        });
    }
}

#[tokio::test]
async fn with_the_store_away_staff_are_asked_at_once_to_send_it_again_and_strangers_are_told_nothing() {
    let shop = Shop::open(ROTA, OPEN).await;
    let lock = Lock::on(&shop);
    let tom = shop.staff("tom");
    let reply = tom.sends("AWAY 2H").await;
    assert!(
        reply.contains("<Message>That could not be noted just now. Please send it again in a few minutes.</Message>"),
        "{reply}"
    );
    let reply = shop.writer("+447700900998").sends("WHO").await;
    assert!(!reply.contains("Message"), "{reply}");
    let reply = shop.writer("+447700900998").sends("Stop").await;
    assert!(reply.contains("<Message>That could not be noted just now."), "a STOP is not lost in silence: {reply}");
    drop(lock);
    shop.server().comes_back().await;
    assert_eq!(tom.gets().await, "", "nothing was noted");
    assert_eq!(tom.texts("AWAY 2H").await, "You are away until 12:00. Priya Nair has the phone. BACK to return.");
}
