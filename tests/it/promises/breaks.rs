//! 5. Whatever breaks, the phone still rings somebody.

use std::time::Duration;

use jiff::SignedDuration;
use switchboard::clock::Stopwatch;
use switchboard::config::watch::Reloaded;

use super::{OKAFOR, OPEN, STRANGER, customers};
use crate::by_hand::{Hand, VOICE, of_call, of_leg};
use crate::phones::caller::AtTheTone;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

/// Holds a shop's store locked until it is dropped.
fn lock(shop: &Shop) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    connection.busy_timeout(Duration::from_secs(5)).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    connection
}

#[tokio::test]
async fn with_the_store_away_a_whole_call_goes_from_the_first_ring_to_a_human() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let locked = lock(&shop);
    let began = Stopwatch::start();
    let call = shop.caller(STRANGER).rings().await;
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    call.phone("tom").voicemail_answers().await;
    call.phone("priya").presses("91").await;
    call.reached("priya");
    shop.goes_quiet().await;
    drop(locked);
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 1);
}

#[tokio::test]
async fn a_whisper_is_closed_by_a_hang_up_with_the_store_away_too() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", STRANGER).await;
    let _locked = lock(&shop);
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    assert_eq!((whisper.status, whisper.hangs_up()), (200, true), "{whisper:?}");
    let wrong = hand.tells(&whisper.key(), &of_leg("CA1", "in-progress", &[("Digits", "8")])).await;
    assert_eq!((wrong.status, wrong.hangs_up()), (200, true), "{wrong:?}");
}

#[tokio::test]
async fn a_rota_broken_on_save_in_mid_call_changes_nothing_for_this_call_or_the_next() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let call = shop.caller(STRANGER).rings().await;
    for broken in ["", "business = ", &ROTA.replace("owner    = \"sam\"", "owner = \"samm\""), "\u{0}\u{fffd}"] {
        assert!(matches!(shop.server().save_rota(broken), Reloaded::Refused(_)), "{broken:?}");
    }
    call.phone("tom").declines().await;
    assert_eq!(call.ringing(), ["priya"]);
    call.phone("priya").presses("1").await;
    call.reached("priya");
    assert_eq!(shop.caller("+447700900998").rings().await.ringing(), ["tom"]);
}

#[tokio::test]
async fn a_call_finishes_on_the_plan_it_began_with_though_its_people_leave_the_rota_meanwhile() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let call = shop.caller(STRANGER).at_the_tone(AtTheTone::Speaks(5)).rings().await;
    let without_priya = ROTA.replace("\"tom\", \"priya\", \"ana\"", "\"ana\"");
    let without_priya: Vec<_> =
        without_priya.lines().filter(|line| !line.starts_with("priya =") && !line.starts_with("tom ")).collect();
    let saved = shop.server().save_rota(&without_priya.join("\n"));
    assert!(matches!(saved, Reloaded::Live { .. }), "{saved:?}");
    call.phone("tom").declines().await;
    assert_eq!(call.ringing(), ["priya"], "{}", call.story());
    call.ends().await;
    assert_eq!(call.rang(), ["tom", "priya", "sam"]);
    assert_eq!(call.end(), Some(End::Promised("tom".to_owned())));
    assert_eq!(shop.caller("+447700900998").rings().await.ringing(), ["ana"], "the next call has the new rota");
}

#[tokio::test]
async fn a_server_may_be_started_again_at_any_moment_of_a_call() {
    // Seconds after the ring began: ringing, whisper, between two keys, conversation.
    for moment in [0, 5, 7, 30] {
        let mut shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
        shop.always("priya", Behaviour::answers().then(2, '9').then(3, '1').talks(60));
        let call = shop.caller(OKAFOR).rings().await;
        shop.passes(SignedDuration::from_secs(moment)).await;
        shop.server_mut().restart().await;
        call.ends().await;
        call.reached("priya");
        assert_eq!(shop.server().calls().await.len(), 1);
        shop.goes_quiet().await;
        assert_eq!(shop.caller(OKAFOR).rings().await.ringing(), ["priya"], "she is free again");
    }
    // Between two rings, and while the message is left.
    for moment in [19, 58] {
        let mut shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
        let call = shop.caller(OKAFOR).at_the_tone(AtTheTone::Speaks(20)).rings().await;
        shop.passes(SignedDuration::from_secs(moment)).await;
        shop.server_mut().restart().await;
        call.ends().await;
        shop.goes_quiet().await;
        assert_eq!(call.end(), Some(End::Promised("priya".to_owned())), "{moment}");
        call.left_a_message_of(20);
        let promises = shop.server().promises().await;
        assert!(promises.len() == 1 && promises[0].message.is_some(), "{moment}: {promises:?}");
    }
}

#[tokio::test]
async fn a_bad_number_first_in_the_chain_costs_a_caller_seconds_and_not_the_call() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").cannot_be_reached().await;
    assert_eq!(call.ringing(), ["priya"]);
    call.phone("priya").presses("1").await;
    call.reached("priya");
    assert!(call.seconds_until_billed().is_some_and(|seconds| seconds < 10), "{}", call.story());
}

#[tokio::test]
async fn a_genuine_call_that_we_cannot_read_rings_the_owner() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let page = hand.tells(VOICE, &of_call("", "ringing", &[("From", STRANGER)])).await;
    assert_eq!((page.status, page.rings().as_deref()), (200, Some("+447700900101")), "{page:?}");
    let first = hand.rings("CA1", STRANGER).await;
    let page = hand.tells(&first.done(), &of_call("", "in-progress", &[])).await;
    assert_eq!((page.status, page.rings().as_deref()), (200, Some("+447700900101")), "{page:?}");
}
