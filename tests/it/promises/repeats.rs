//! 6. Repeated, late or reordered webhooks change nothing.

use std::fmt::Write;

use jiff::SignedDuration;
use switchboard::domain::call::Message;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::promise::Promise;

use super::{DESK, OKAFOR, OPEN, STRANGER, customers};
use crate::by_hand::{Hand, contents, of_call, of_leg};
use crate::phones::caller::{AtTheTone, Patience};
use crate::phones::network::Quirks;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

/// A day with every kind of webhook in it.
async fn day(repeats: u32, quirks: Quirks) -> (Shop, Vec<Vec<String>>) {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).seed(7).open().await;
    shop.network().wire.repeats = repeats;
    shop.network().quirks = quirks;
    let mut plots = Vec::new();
    for (from, line, does, patience) in [
        (OKAFOR, "+442079460000", Behaviour::presses("91"), Patience::ToTheEnd),
        (OKAFOR, "+442079460000", Behaviour::voicemail(), Patience::ToTheEnd),
        (STRANGER, "+442079460000", Behaviour::presses("2"), Patience::ToTheEnd),
        (STRANGER, "+442079460000", Behaviour::presses("3"), Patience::UntilPromise(2)),
        ("anonymous", "+442079460000", Behaviour::busy(), Patience::ToTheEnd),
        (STRANGER, "+442079460000", Behaviour::lets_it_ring(), Patience::UntilSecond(21)),
        (STRANGER, DESK, Behaviour::answers(), Patience::ToTheEnd),
    ] {
        for who in ["tom", "priya", "sam", "desk"] {
            shop.always(who, does.clone());
        }
        let caller = shop.caller(from).to(line).patient(patience).at_the_tone(AtTheTone::Speaks(8));
        let call = caller.rings().await;
        call.ends().await;
        // Longer than any news are late.
        shop.passes(SignedDuration::from_mins(2)).await;
        plots.push(call.plot());
    }
    (shop, plots)
}

/// Without the port on which this shop's provider keeps its recordings.
fn without_place(message: Message) -> Message {
    let recording = message.recording.map(|url| url.rsplit('/').next().unwrap_or_default().to_owned());
    Message { recording, ..message }
}

/// What became of everything, without the ids that chance gives.
async fn on_record(shop: &Shop) -> String {
    let mut text = String::new();
    for call in shop.server().calls().await.into_iter().rev() {
        writeln!(
            text,
            "{} {:?} {:?}",
            call.from.phone().is_some(),
            call.outcome(),
            call.message.clone().map(without_place)
        )
        .unwrap();
        for entry in &call.story {
            writeln!(text, "  {:?} {:?} {:?}", entry.what, entry.who, entry.why).unwrap();
        }
        writeln!(text, "  {:?}", call.answered).unwrap();
    }
    for promise in shop.server().promises().await {
        let message = promise.message.map(|left| without_place(left.message));
        writeln!(text, "{:?} {} {} {message:?}", promise.id, promise.owner, promise.due).unwrap();
    }
    text
}

#[tokio::test]
async fn a_day_on_which_every_webhook_comes_three_times_is_the_same_day() {
    let (once, plots) = day(0, Quirks::default()).await;
    let (thrice, plots_of_thrice) = day(2, Quirks::default()).await;
    assert_eq!(plots, plots_of_thrice);
    assert_eq!(on_record(&once).await, on_record(&thrice).await);
    assert_eq!(once.server().texts().await, thrice.server().texts().await);
}

#[tokio::test]
async fn a_day_on_which_news_come_late_and_out_of_order_is_the_same_for_its_people() {
    let (punctual, plots) = day(0, Quirks::default()).await;
    let (late, plots_of_late) = day(1, Quirks { late_by: 25, ..Quirks::default() }).await;
    assert_eq!(plots, plots_of_late);
    let promises = async |shop: &Shop| {
        let all = shop.server().promises().await;
        let message = |promise: &Promise| promise.message.as_ref().map(|left| without_place(left.message.clone()));
        all.into_iter().map(|promise| (message(&promise), promise.owner, promise.number)).collect::<Vec<_>>()
    };
    assert_eq!(promises(&punctual).await, promises(&late).await);
    let outcomes = async |shop: &Shop| {
        let all = shop.server().calls().await;
        all.into_iter().map(|call| call.outcome().map(Outcome::word)).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(&punctual).await, outcomes(&late).await);
}

#[tokio::test]
async fn every_webhook_of_a_day_told_again_backwards_gets_its_answer_again_and_leaves_the_store_as_it_is() {
    let (shop, _) = day(0, Quirks::default()).await;
    shop.server().texts().await;
    shop.passes(SignedDuration::from_mins(50)).await;
    let log = shop.network().wire.log.clone();
    assert!(log.len() > 60, "{}", log.len());
    let hand = Hand::of(&shop);
    let before = contents(&shop);
    for exchange in log.iter().rev() {
        let page = hand.tells(&exchange.url, &exchange.params).await;
        let first = &exchange.replies[0];
        assert_eq!((page.status, &page.body), (first.status, &first.body), "{:?}", exchange.params);
    }
    assert_eq!(contents(&shop), before);
    assert!(shop.server().texts().await.len() < log.len());
}

#[tokio::test]
async fn the_end_of_a_ring_told_again_while_the_next_phone_rings_rings_no_third() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let missed = of_call("CA1", "in-progress", &[("DialCallStatus", "no-answer"), ("DialBridged", "false")]);
    let second = hand.tells(&first.done(), &missed).await;
    assert_eq!(second.rings().as_deref(), Some("+447700900102"));
    let stored = contents(&shop);
    for _ in 0..3 {
        assert_eq!(hand.tells(&first.done(), &missed).await, second);
        assert_eq!(hand.rings("CA1", STRANGER).await, first);
    }
    assert_eq!(contents(&shop), stored);
    // A key of the first phone, late: the second phone has the caller's ear now.
    let late = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    assert!(late.hangs_up(), "{late:?}");
}
