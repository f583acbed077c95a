//! `CALL 41`: whoever keeps a promise is rung first, then the customer, who sees the business number.

mod breaks;
mod documents;
mod ends;
mod erased;
mod instances;
mod machine;
mod repeats;

use switchboard::domain::call_back::Begun;
use switchboard::domain::promise::{Happened, How, PromiseId, PromiseState};
use switchboard::domain::staff::StaffId;
use switchboard::domain::words::call_back as words;
use switchboard::store::jobs::{self, JobState};

use crate::phones::call_back::RungBack;
use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{CLOSED, OFFICE, OKAFOR, OPEN, STRANGER, TOM, customers};

const LINE: &str = "+442079460000";

/// A shop that has promised Mrs Okafor a call, which is number 1.
async fn promised() -> Shop {
    promised_in(Shop::opening(ROTA, OPEN).customers(customers()).open().await).await
}

async fn promised_in(shop: Shop) -> Shop {
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    call.was_promised("priya");
    shop.goes_quiet().await;
    shop.server().texts().await;
    shop
}

/// Tom has asked to be connected, and his phone rings.
async fn rung(shop: &Shop) -> RungBack {
    assert_eq!(shop.server().call_back(1, "tom").await, Begun::RingingYou);
    shop.rung_back().await
}

/// The texts to Tom.
async fn told(shop: &Shop) -> Vec<String> {
    let to = format!("{TOM}: ");
    let texts = shop.server().texts().await;
    texts.into_iter().filter_map(|text| text.strip_prefix(&to).map(str::to_owned)).collect()
}

async fn state(shop: &Shop) -> &'static str {
    shop.server().promises().await[0].state.word()
}

/// How often the provider was asked to ring a phone, and agreed.
fn rings(shop: &Shop) -> usize {
    shop.server().rest.calls().len()
}

async fn failed_jobs(shop: &Shop) -> Vec<String> {
    let list = shop.server().app().operator().errand(|tx| jobs::list(tx, JobState::Failed, 100)).await.unwrap();
    list.into_iter().map(|job| job.last_error.unwrap_or_default()).collect()
}

#[tokio::test]
async fn whoever_asks_is_rung_first_and_then_the_customer_who_sees_the_business_number() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    assert_eq!((tom.who(), tom.shows()), ("tom", LINE));
    assert_eq!(state(&shop).await, "claimed");
    tom.answers().await;
    assert_eq!(tom.heard(), "Hartley Heating. Ring Mrs Okafor back: Boiler, Tuesday. Press 1.");
    assert_eq!(tom.customer(), None);
    tom.presses("1").await;
    assert_eq!(tom.customer(), Some((OKAFOR.to_owned(), LINE.to_owned())));
    tom.customer_talks(250).await;
    assert!(tom.is_over());
    let promise = shop.server().promises().await.remove(0);
    let PromiseState::Kept { by, how: How::Conversation { seconds: 250 }, .. } = &promise.state else {
        panic!("{promise:#?}")
    };
    assert_eq!(by.as_str(), "tom");
    let story: Vec<Happened> = promise.story.iter().map(|entry| entry.what).collect();
    assert_eq!(story, [Happened::Made, Happened::Claimed, Happened::Kept]);
    assert_eq!(told(&shop).await, ["1 is kept: you spoke 4 min with Mrs Okafor (+44 7700 900201)."]);
}

#[tokio::test]
async fn a_wrong_key_repeats_the_whisper_but_not_for_ever() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("9#231").await;
    assert_eq!(tom.heard().matches("Ring Mrs Okafor back").count(), 5);
    assert!(tom.customer().is_some());
    tom.customer_talks(60).await;
    assert_eq!(state(&shop).await, "kept");

    let shop = promised().await;
    let mut tom = rung(&shop).await;
    tom.presses("222222").await;
    assert!(tom.is_over());
    assert_eq!(state(&shop).await, "open");
}

#[tokio::test]
async fn a_phone_that_cannot_have_voicemail_needs_no_key() {
    let shop = promised().await;
    assert_eq!(shop.server().call_back(1, "desk").await, Begun::RingingYou);
    let mut desk = shop.rung_back().await;
    desk.answers().await;
    assert_eq!(desk.heard(), "Hartley Heating. Ring Mrs Okafor back: Boiler, Tuesday.");
    assert_eq!(desk.customer(), Some((OKAFOR.to_owned(), LINE.to_owned())));
    desk.customer_talks(60).await;
    assert_eq!(state(&shop).await, "kept");
}

#[tokio::test]
async fn a_stranger_is_known_by_the_number() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    assert_eq!(tom.heard(), "Hartley Heating. Ring back the number ending 9 9 9. Press 1.");
    tom.customer_lets_it_ring().await;
    let text = "The caller (+44 7700 900999) did not answer: 1 stays open. CALL 1 to try again.";
    assert_eq!(told(&shop).await.last().unwrap(), text);
}

#[tokio::test]
async fn asking_twice_rings_once_whoever_asks() {
    let shop = promised().await;
    let server = shop.server();
    let tom_is = Begun::AlreadyRinging { by: StaffId::new("tom") };
    assert_eq!(server.call_back(1, "tom").await, Begun::RingingYou);
    assert_eq!(server.call_back(1, "tom").await, tom_is);
    let mut tom = shop.rung_back().await;
    assert_eq!(server.call_back(1, "ana").await, tom_is);
    tom.presses("1").await;
    assert_eq!(server.call_back(1, "tom").await, tom_is);
    tom.customer_lets_it_ring().await;
    server.texts().await;
    assert_eq!(rings(&shop), 1);
    // It was in vain, so it may be tried again.
    let mut tom = rung(&shop).await;
    tom.presses("1").await;
    tom.customer_talks(100).await;
    assert_eq!(server.call_back(1, "tom").await, Begun::Closed);
    server.texts().await;
    assert_eq!(rings(&shop), 2);
}

#[tokio::test]
async fn the_answer_to_call_says_what_happens() {
    let shop = promised().await;
    let rota = shop.server().rota();
    let says = |begun: &Begun, asks| words::begun(begun, PromiseId(1), &StaffId::new(asks), &rota);
    let begun = shop.server().call_back(1, "tom").await;
    assert_eq!(says(&begun, "tom"), "Your phone rings in a moment. Press 1 and you are connected.");
    let begun = shop.server().call_back(1, "ana").await;
    assert_eq!(says(&begun, "ana"), "Tom Ellis is being connected for 1 already.");
    assert_eq!(says(&begun, "tom"), "You are being connected for 1 already.");
}

#[tokio::test]
async fn nobody_else_rings_a_phone_that_keeps_a_promise() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    let meanwhile = shop.caller(STRANGER).rings().await;
    assert_eq!(meanwhile.ringing(), ["priya"], "Tom's phone is ringing for Mrs Okafor");
    meanwhile.hangs_up().await;
    tom.presses("1").await;
    let meanwhile = shop.caller(STRANGER).rings().await;
    assert_eq!(meanwhile.ringing(), ["priya"], "Tom rings Mrs Okafor");
    meanwhile.hangs_up().await;
    tom.customer_talks(40).await;
    assert_eq!(shop.caller(STRANGER).rings().await.ringing(), ["tom"]);
}

#[tokio::test]
async fn somebody_who_is_on_a_call_is_not_rung() {
    let shop = promised().await;
    shop.next("tom", Behaviour::presses("1").talks(600));
    let call = shop.caller(STRANGER).rings().await;
    shop.passes(jiff::SignedDuration::from_secs(20)).await;
    call.reached("tom");
    assert_eq!(shop.server().call_back(1, "tom").await, Begun::OnACall);
    assert_eq!((rings(&shop), state(&shop).await), (0, "open"));
}

#[tokio::test]
async fn nobody_is_lured_into_ringing_a_number_that_earns_by_it() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let call = shop.caller("+449012345678").to(OFFICE).expects(FirstAnswer::Promises).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    let begun = shop.server().call_back(1, "tom").await;
    assert_eq!(begun, Begun::Costly);
    shop.server().texts().await;
    assert_eq!((rings(&shop), state(&shop).await), (0, "open"));
    let says = words::begun(&begun, PromiseId(1), &StaffId::new("tom"), &shop.server().rota());
    assert_eq!(
        says,
        "The number of 1 costs like a premium one, so it is not rung from here. DONE 1 when it is settled."
    );
}

#[tokio::test]
async fn what_cannot_be_rung_says_why() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let withheld = shop.caller("anonymous").to(OFFICE).expects(FirstAnswer::Promises).rings().await;
    withheld.ends().await;
    shop.goes_quiet().await;
    assert_eq!(shop.server().call_back(1, "tom").await, Begun::NoNumber);
    assert_eq!(shop.server().call_back(2, "tom").await, Begun::NoSuchPromise);
    assert_eq!(promised().await.server().call_back(1, "nobody").await, Begun::NotOnStaff);
    shop.server().texts().await;
    assert_eq!(rings(&shop), 0);
}
