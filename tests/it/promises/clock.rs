//! 5, in the two nights of the year in which the clocks change.

use super::{OKAFOR, customers};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

#[tokio::test]
async fn a_call_goes_on_while_the_clocks_go_forward_and_its_promise_is_of_the_new_time() {
    // At 01:00 it becomes 02:00.
    let shop = Shop::opening(ROTA, "2026-03-29 00:59:50").customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    let first = call.rang()[0].clone();
    assert_eq!(call.rang().len(), 3, "{}", call.story());
    let rings: Vec<_> = call.plot().into_iter().filter(|line| line.starts_with("rings ")).collect();
    assert!(rings.iter().all(|ring| ring.ends_with(" 16 s")), "{rings:?}");
    assert_eq!(call.was_promised("priya").by, "10:30 tomorrow", "{first}: {}", call.story());
}

#[tokio::test]
async fn a_call_goes_on_while_the_clocks_go_back_and_rings_nobody_twice() {
    // At 02:00 it becomes 01:00 again.
    let shop = Shop::opening(ROTA, "2026-10-25 01:59:50").customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    let mut rang = call.rang();
    rang.sort();
    rang.dedup();
    assert_eq!(rang.len(), 3, "{}", call.story());
    assert_eq!(call.was_promised("priya").by, "10:30 tomorrow", "{}", call.story());
    let records = shop.server().calls().await;
    assert!(records[0].ended().unwrap() > records[0].started, "its time runs forward");
}

#[tokio::test]
async fn whoever_answers_in_the_hour_that_comes_twice_has_the_call() {
    for minute in ["2026-10-25 01:30", "2026-03-29 00:59", "2026-03-29 02:00"] {
        let shop = Shop::opening(ROTA, minute).customers(customers()).open().await;
        let call = shop.caller(OKAFOR).rings().await;
        let first = call.ringing()[0].clone();
        call.phone(&first).does(Behaviour::presses("1").after(10).talks(4_000)).await;
        call.reached(&first);
        call.ends().await;
        shop.goes_quiet().await;
        assert!(shop.server().promises().await.is_empty());
    }
}
