//! Repeats, delays, losses, outages.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::house::{CALLER, House, PUBLIC, TOKEN, VOICE, good, ring, shop_of, shop_on, xml};
use crate::phones::loopback::{Answer, Deaf};
use crate::phones::person::Behaviour;
use crate::phones::signature::sign;

#[tokio::test]
async fn every_webhook_is_signed_over_the_public_address() {
    let house = House::open(good).await;
    let call = house.shop().caller(CALLER).rings().await;
    let asked = &house.asked(VOICE)[0];
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.header("x-twilio-signature"), sign(TOKEN, &format!("{PUBLIC}{VOICE}"), &asked.params));
    assert_eq!(asked.param("CallSid"), call.sid());
    assert_eq!((asked.param("CallStatus"), asked.param("Direction")), ("ringing", "inbound"));
}

#[tokio::test]
async fn repeats_carry_the_same_token_and_must_get_the_same_answer() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().wire.repeats = 2;
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").presses("1").await;
    call.reached("tom");
    let asked = house.asked(VOICE);
    assert_eq!(asked.len(), 3);
    assert!(
        asked.iter().all(|a| a.header("i-twilio-idempotency-token") == asked[0].header("i-twilio-idempotency-token"))
    );
}

#[tokio::test]
#[should_panic(expected = "a repeat got another answer")]
async fn a_repeat_that_gets_another_answer_is_a_fault() {
    let count = AtomicU64::new(0);
    let house = House::open(move |_| {
        ring("tom", "+447700900103").replace("13", &(13 + count.fetch_add(1, Ordering::Relaxed)).to_string())
    })
    .await;
    let shop = house.shop();
    shop.network().wire.repeats = 1;
    shop.caller(CALLER).rings().await;
}

#[tokio::test]
async fn status_news_can_come_late_and_out_of_order() {
    let sequences = |late_by| async move {
        let house = House::open(good).await;
        let shop = house.shop();
        shop.network().quirks.late_by = late_by;
        let call = shop.caller(CALLER).rings().await;
        call.phone("tom").presses("1").await;
        shop.goes_quiet().await;
        let told = house.asked("/news/tom");
        let all: Vec<_> =
            told.iter().map(|a| (a.param("SequenceNumber").to_owned(), a.param("CallStatus").to_owned())).collect();
        assert_eq!(all.len(), 4);
        assert!(told.iter().all(|a| a.param("ParentCallSid") == call.sid() && !a.param("Timestamp").is_empty()));
        all.iter().map(|(sequence, status)| format!("{sequence} {status}")).collect::<Vec<_>>()
    };
    assert_eq!(sequences(0).await, ["0 initiated", "1 ringing", "2 in-progress", "3 completed"]);
    let late = sequences(240).await;
    assert_ne!(late, sequences(0).await);
    assert_eq!(late, sequences(240).await, "the same seed tells the same story");
}

#[tokio::test]
async fn news_can_be_lost_and_calls_go_on() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().quirks.lost_in_100 = 100;
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").presses("1").await;
    call.reached("tom");
    shop.goes_quiet().await;
    assert!(house.asked("/news/tom").is_empty());
    assert!(house.asked("/hooks/twilio/status").is_empty());
}

#[tokio::test]
async fn a_lost_call_is_never_told_of_again() {
    let house = House::open(good).await;
    let shop = house.shop();
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").does(Behaviour::vanishes()).await;
    shop.goes_quiet().await;
    assert!(house.asked("/tom/done").is_empty());
    assert!(house.asked("/hooks/twilio/status").is_empty());
}

#[tokio::test]
async fn the_action_after_a_hang_up_can_stay_away() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().quirks.action_after_hang_up = false;
    let call = shop.caller(CALLER).rings().await;
    call.hangs_up().await;
    shop.goes_quiet().await;
    assert!(house.asked("/tom/done").is_empty());
    assert_eq!(house.asked("/news/tom").last().unwrap().param("CallStatus"), "canceled");
}

#[tokio::test]
async fn another_instance_is_asked_when_one_does_not_listen() {
    let gone = Deaf::new();
    let (one, two) = (House::open(good).await, House::open(good).await);
    let shop = shop_on(vec![one.serving.url.clone(), gone.url.clone(), two.serving.url.clone()]);
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").presses("1").await;
    call.reached("tom");
    shop.goes_quiet().await;
    let asked = |house: &House| {
        house.asked("/tom/key").len() + house.asked("/tom/whisper").len() + house.asked("/news/tom").len()
    };
    assert!(asked(&one) > 0 && asked(&two) > 0);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_when_the_provider_is_told_to() {
    let tries = AtomicU64::new(0);
    let house = House::answering(move |asked| {
        if asked.path == VOICE && tries.fetch_add(1, Ordering::Relaxed) == 0 {
            return Answer::Drop;
        }
        xml(&good(asked))
    })
    .await;
    let shop = house.shop();
    shop.network().wire.retries_lost_answers = true;
    let call = shop.caller(CALLER).rings().await;
    assert_eq!(call.ringing(), ["tom"]);
    assert_eq!(shop.network().wire.sent, 2 + 2, "the voice webhook twice, and two status webhooks");
}

#[tokio::test]
async fn the_fallback_document_rings_somebody_when_nobody_listens() {
    let gone = Deaf::new();
    let shop = shop_on(vec![gone.url.clone()]);
    shop.network().fallback = Some(format!(
        "<Response>{}<Say>Sorry, please ring again.</Say></Response>",
        ring("tom", "+447700900103").replace("action=\"/tom/done\"", "")
    ));
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").lets_it_ring().await;
    call.ends().await;
    assert_eq!(call.heard(), "Sorry, please ring again.");
}

#[tokio::test]
async fn the_network_waits_until_a_stopped_server_is_started_again() {
    let down = Deaf::new();
    let servers = watch::Sender::new(vec![down.url.clone()]);
    let shop = shop_of(servers.subscribe());
    let ringing = tokio::spawn(shop.caller(CALLER).rings());
    let up = House::answering_on(down.listens(), |asked| xml(&good(asked)));
    servers.send(vec![up.serving.url.clone()]).unwrap();
    assert_eq!(ringing.await.unwrap().ringing(), ["tom"]);
}

#[tokio::test]
#[should_panic(expected = "no answer within")]
async fn a_slow_answer_is_a_fault() {
    let house = House::answering(|_| Answer::Hang).await;
    let shop = house.shop();
    shop.network().wire.patience = Duration::from_millis(50);
    shop.caller(CALLER).rings().await;
}
