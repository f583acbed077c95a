//! 2. The first answer already rings a human.

use super::{BLOCKED, CLOSED, DESK, OFFICE, OKAFOR, OPEN, STRANGER, TOM, customers};
use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

const CALLERS: [&str; 8] =
    [OKAFOR, STRANGER, TOM, "anonymous", "+266696687", "sip:anna@pbx.example.com", "", "+1 (555) nonsense"];

#[tokio::test]
async fn whoever_rings_and_whenever_the_first_answer_rings_exactly_one_phone() {
    let rota = format!("{ROTA}\n[[holiday]]\ndate = 2026-12-25\nname = \"Christmas Day\"\nhours = \"closed\"\n");
    for at in [OPEN, "2026-06-10 13:00", "2026-06-10 23:59", "2026-06-13 13:00", CLOSED, "2026-12-25 11:00"] {
        let shop = Shop::opening(&rota, at).customers(customers()).open().await;
        for from in CALLERS {
            for line in ["+442079460000", DESK] {
                let call = shop.caller(from).to(line).rings().await;
                assert_eq!(call.ringing().len(), 1, "{from:?} rang {line} at {at}\n{}", call.story());
                call.hangs_up().await;
            }
        }
    }
}

#[tokio::test]
async fn nobody_rings_where_the_business_is_closed_and_promises_then() {
    let shop = Shop::opening(ROTA, CLOSED).customers(customers()).open().await;
    let call = shop.caller(OKAFOR).to(OFFICE).expects(FirstAnswer::Promises).rings().await;
    call.ends().await;
    assert!(call.rang().is_empty());
    assert_eq!(call.was_promised("priya").by, "10:30 tomorrow");
}

#[tokio::test]
async fn a_blocked_caller_rings_nobody_and_pays_nothing() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let call = shop.caller(BLOCKED).expects(FirstAnswer::Refuses).rings().await;
    call.was_refused();
    assert!(call.rang().is_empty());
    assert_eq!(call.seconds_until_billed(), None);
}

#[tokio::test]
async fn when_everybody_is_on_the_phone_the_next_caller_is_promised_a_call_at_once() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    for (from, who) in [("+447700900301", "tom"), ("+447700900302", "priya"), ("+447700900303", "sam")] {
        shop.next(who, Behaviour::presses("1").talks(3_000));
        let call = shop.caller(from).rings().await;
        assert_eq!(call.ringing(), [who]);
    }
    let last = shop.caller(STRANGER).expects(FirstAnswer::Promises).rings().await;
    last.ends().await;
    assert_eq!(last.end(), Some(End::Promised("tom".to_owned())));
}
