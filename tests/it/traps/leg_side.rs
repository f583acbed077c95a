//! What arrives when a phone rings, is picked up, or is not.

use switchboard::domain::call::story::Happened;
use switchboard::domain::outcome::Outcome;

use crate::by_hand::{Hand, of_call, of_leg};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{DESK, OPEN, STRANGER};

const TOM: &str = "+447700900103";
const PRIYA: &str = "+447700900102";

/// The end of a ring, as the provider tells it.
fn done(status: &str, bridged: Option<&str>) -> crate::by_hand::Params {
    let mut more = vec![("DialCallStatus", status)];
    more.extend(bridged.map(|bridged| ("DialBridged", bridged)));
    of_call("CA1", "in-progress", &more)
}

async fn happened(shop: &Shop) -> Vec<Happened> {
    shop.server().calls().await[0].story.iter().map(|entry| entry.what).collect()
}

#[tokio::test]
async fn nobody_answers_and_the_next_phone_rings() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    assert_eq!(first.rings().as_deref(), Some(TOM));
    hand.tells(&first.leg(), &of_leg("CA1", "no-answer", &[("SequenceNumber", "2")])).await;
    let next = hand.tells(&first.done(), &done("no-answer", Some("false"))).await;
    assert_eq!(next.rings().as_deref(), Some(PRIYA));
    assert!(happened(&shop).await.contains(&Happened::NoAnswer));
}

#[tokio::test]
async fn a_handset_that_declines_is_busy_and_the_next_phone_rings_at_once() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").declines().await;
    assert_eq!(call.ringing(), ["priya"]);
    assert!(call.story().contains("10:00:03 rings priya"), "{}", call.story());
}

#[tokio::test]
async fn a_decline_that_the_carrier_turns_into_voicemail_is_screened() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").does(Behaviour::voicemail().after(2)).await;
    assert_eq!(call.ringing(), ["priya"]);
    call.reached_nobody();
}

#[tokio::test]
async fn completed_says_nothing_about_a_human_whether_or_not_the_provider_tells_of_the_bridge() {
    for bridged in [Some("false"), None, Some(""), Some("maybe")] {
        let shop = Shop::open(ROTA, OPEN).await;
        let hand = Hand::of(&shop);
        let first = hand.rings("CA1", STRANGER).await;
        hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
        let next = hand.tells(&first.done(), &done("completed", bridged)).await;
        assert_eq!(next.rings().as_deref(), Some(PRIYA), "{bridged:?}");
        assert!(!happened(&shop).await.contains(&Happened::Accepted));
    }
}

#[tokio::test]
async fn a_bridge_without_our_accept_is_told_as_an_anomaly_and_counts_as_missed() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let next = hand.tells(&first.done(), &done("completed", Some("true"))).await;
    assert_eq!(next.rings().as_deref(), Some(PRIYA));
    assert!(happened(&shop).await.contains(&Happened::BridgedWithoutAccept));
}

#[tokio::test]
async fn an_accept_that_never_became_a_conversation_is_no_answer() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    hand.tells(&whisper.key(), &of_leg("CA1", "in-progress", &[("Digits", "1")])).await;
    let next = hand.tells(&first.done(), &done("completed", Some("false"))).await;
    assert_eq!(next.rings().as_deref(), Some(PRIYA));
    assert!(happened(&shop).await.contains(&Happened::AcceptedWithoutBridge));
}

#[tokio::test]
async fn a_person_who_presses_1_has_the_call_whether_or_not_the_provider_tells_of_the_bridge() {
    for bridged in [Some("true"), None] {
        let shop = Shop::open(ROTA, OPEN).await;
        let hand = Hand::of(&shop);
        let first = hand.rings("CA1", STRANGER).await;
        let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
        let connected = hand.tells(&whisper.key(), &of_leg("CA1", "in-progress", &[("Digits", "1")])).await;
        assert_eq!(connected.verbs(), Vec::<String>::new());
        let end = hand.tells(&first.done(), &done("completed", bridged)).await;
        assert_eq!(end.rings(), None);
        assert!(matches!(shop.server().calls().await[0].outcome(), Some(Outcome::Reached { .. })), "{bridged:?}");
    }
}

#[tokio::test]
async fn a_phone_that_hangs_up_in_the_whisper_has_not_taken_the_call() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").answers_and_hangs_up().await;
    assert_eq!(call.ringing(), ["priya"]);
    assert!(happened(&shop).await.contains(&Happened::HungUpInWhisper));
}

#[tokio::test]
async fn a_leg_that_asks_anything_is_never_answered_with_an_error_or_an_open_end() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let key = whisper.key();
    for address in [first.whisper(), key] {
        for params in [
            crate::by_hand::params(&[]),
            crate::by_hand::params(&[("Digits", "1")]),
            of_leg("", "in-progress", &[("Digits", "1")]),
            of_leg(&"C".repeat(5_000), "in-progress", &[("Digits", "1")]),
            of_leg("C\0A", "in-progress", &[("Digits", "1")]),
        ] {
            let page = hand.tells(&address, &params).await;
            assert_eq!((page.status, page.hangs_up()), (200, true), "{params:?}: {page:?}");
        }
    }
}

#[tokio::test]
async fn a_phone_that_screens_unknown_callers_itself_leaves_a_human_the_time_to_press() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let document = roxmltree::Document::parse(&whisper.body).unwrap();
    let gather = document.descendants().find(|node| node.has_tag_name("Gather")).unwrap();
    let says: Vec<_> = gather.children().filter(|node| node.has_tag_name("Say")).filter_map(|say| say.text()).collect();
    assert_eq!(says.len(), 2, "the robot may have talked over the first time");
    assert_eq!(says[0], says[1]);
    assert!(says[0].starts_with("Hartley Heating. "), "who calls comes first");
    let pauses = gather.children().filter_map(|node| node.attribute("length")?.parse::<u32>().ok()).sum::<u32>();
    let seconds = gather.attribute("timeout").unwrap().parse::<u32>().unwrap() + pauses;
    assert!(seconds >= 12, "only {seconds} s to press a key");
    assert_eq!(gather.attribute("numDigits"), Some("1"));
}

#[tokio::test]
async fn the_late_key_of_a_phone_that_was_passed_over_takes_nothing_from_the_next() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let second = hand.tells(&first.done(), &done("completed", Some("false"))).await;
    let late = hand.tells(&whisper.key(), &of_leg("CA1", "in-progress", &[("Digits", "1")])).await;
    assert!(late.hangs_up(), "{late:?}");
    assert!(late.says().contains("already taken care of"), "{late:?}");
    let of_priya = hand.tells(&second.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let taken = hand.tells(&of_priya.key(), &of_leg("CA1", "in-progress", &[("Digits", "1")])).await;
    assert_eq!(taken.verbs(), Vec::<String>::new());
}

#[tokio::test]
async fn news_of_a_leg_in_any_order_tell_the_same_story() {
    let statuses = [("0", "initiated"), ("1", "ringing"), ("2", "in-progress"), ("3", "completed")];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 3, 2, 0]] {
        let shop = Shop::open(ROTA, OPEN).await;
        let hand = Hand::of(&shop);
        let first = hand.rings("CA1", STRANGER).await;
        for at in order {
            let (sequence, status) = statuses[at];
            let page = hand.tells(&first.leg(), &of_leg("CA1", status, &[("SequenceNumber", sequence)])).await;
            assert_eq!(page.status, 200);
        }
        let next = hand.tells(&first.done(), &done("completed", Some("false"))).await;
        assert_eq!(next.rings().as_deref(), Some(PRIYA), "{order:?}");
        assert!(!happened(&shop).await.contains(&Happened::Accepted), "{order:?}");
    }
}

#[tokio::test]
async fn news_that_a_trusted_phone_was_answered_come_too_late_once_its_ring_is_over() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.tells(crate::by_hand::VOICE, &crate::by_hand::incoming("CA1", STRANGER, DESK)).await;
    assert_eq!(first.rings().as_deref(), Some("sip:desk@pbx.example.com"));
    let next = hand.tells(&first.done(), &done("no-answer", Some("false"))).await;
    assert_eq!(next.rings().as_deref(), Some("+447700900101"));
    hand.tells(&first.leg(), &of_leg("CA1", "in-progress", &[("SequenceNumber", "2")])).await;
    assert!(!happened(&shop).await.contains(&Happened::Accepted));
}
