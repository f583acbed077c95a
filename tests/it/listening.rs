//! A message without a transcript comes with a link, at which its owner listens to it.

use jiff::SignedDuration;
use reqwest::{Method, Response};
use switchboard::store::Store;

use crate::by_hand::{Hand, STATUS, VOICE, incoming, of_call};
use crate::phones::caller::AtTheTone;
use crate::phones::loopback::Answer;
use crate::phones::opening::{ACCOUNT, PUBLIC_URL, ROTA, TOKEN};
use crate::phones::rest::{Rest, SOUND};
use crate::phones::shop::Shop;
use crate::promises::{CLOSED, OFFICE, OKAFOR, OPEN, STRANGER, customers};

const GERMAN: &str = "language = \"de\"\n";
const NO_MESSAGE: &str = "There is no message here, or not any more.";

/// Mrs Okafor has left a message that is too short to be written down, and Priya has been told.
async fn left() -> Shop {
    left_in(Shop::opening(ROTA, OPEN).customers(customers()).open().await).await
}

async fn left_in(shop: Shop) -> Shop {
    shop.caller(OKAFOR).at_the_tone(AtTheTone::Speaks(1)).rings().await.ends().await;
    shop.goes_quiet().await;
    passes(&shop, SignedDuration::from_mins(4)).await;
    shop
}

async fn passes(shop: &Shop, time: SignedDuration) {
    shop.passes(time).await;
    shop.server().sweeps().await;
}

/// As the text says it.
async fn link(shop: &Shop) -> String {
    let texts = shop.server().texts().await;
    let links: Vec<&str> = texts.iter().filter_map(|text| Some(text.split_once(PUBLIC_URL)?.1)).collect();
    assert_eq!(links.len(), 1, "{texts:#?}");
    links[0].to_owned()
}

async fn asks(shop: &Shop, method: Method, link: &str, range: Option<&str>) -> Response {
    let request = Hand::of(shop).request(0, method, link);
    let request = range.into_iter().fold(request, |request, range| request.header("range", range));
    request.send().await.unwrap()
}

/// Status and words of the page behind a link.
async fn page(shop: &Shop, link: &str) -> (u16, String) {
    let page = asks(shop, Method::GET, link, None).await;
    (page.status().as_u16(), page.text().await.unwrap())
}

fn header<'a>(page: &'a Response, name: &str) -> &'a str {
    page.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn whoever_owes_the_call_listens_to_the_message_by_the_link_in_the_text() {
    let shop = left().await;
    let texts = shop.server().texts().await;
    let text = texts.iter().find(|text| text.contains("left a message")).unwrap();
    let link = link(&shop).await;
    let told = format!("Mrs Okafor (1) left a message of 1 seconds. Listen: {PUBLIC_URL}{link}");
    assert_eq!(text, &format!("+447700900102: {told}"));
    assert!(told.len() <= 160, "one text: {told}");
    for method in [Method::GET, Method::HEAD] {
        let page = asks(&shop, method.clone(), &link, None).await;
        assert_eq!(page.status(), 200, "{method}");
        for (name, value) in [
            ("content-type", "audio/mpeg"),
            ("cache-control", "private, no-store"),
            ("content-disposition", "inline"),
            ("accept-ranges", "bytes"),
            ("x-content-type-options", "nosniff"),
            ("set-cookie", ""),
        ] {
            assert_eq!(header(&page, name), value, "{method} {name}");
        }
        assert_eq!(header(&page, "content-length"), SOUND.len().to_string(), "{method}");
        let heard = page.text().await.unwrap();
        assert_eq!(heard, if method == Method::GET { SOUND } else { "" });
    }
    assert_eq!(asks(&shop, Method::POST, &link, None).await.status(), 405);
}

#[tokio::test]
async fn a_phone_that_asks_for_a_part_gets_the_part() {
    let shop = left().await;
    let link = link(&shop).await;
    let page = asks(&shop, Method::GET, &link, Some("bytes=0-2")).await;
    let range = format!("bytes 0-2/{}", SOUND.len());
    assert_eq!((page.status().as_u16(), header(&page, "content-range")), (206, &*range));
    assert_eq!(page.text().await.unwrap(), "ID3");
    let beyond = asks(&shop, Method::GET, &link, Some("bytes=9999-")).await;
    assert_eq!(
        (beyond.status().as_u16(), header(&beyond, "content-range")),
        (416, &*format!("bytes */{}", SOUND.len()))
    );
}

#[tokio::test]
async fn a_message_that_was_written_down_needs_no_link() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.caller(OKAFOR).at_the_tone(AtTheTone::Speaks(12)).rings().await.ends().await;
    shop.goes_quiet().await;
    passes(&shop, SignedDuration::from_mins(4)).await;
    let texts = shop.server().texts().await;
    assert!(texts.iter().any(|text| text.contains("The boiler is cold again.")), "{texts:#?}");
    assert!(texts.iter().all(|text| !text.contains(PUBLIC_URL)), "{texts:#?}");
}

#[tokio::test]
async fn a_wrong_an_expired_and_an_erased_message_are_all_the_same_page() {
    let shop = left().await;
    let link = link(&shop).await;
    let nothing = (404, NO_MESSAGE.to_owned());
    let forged = link.replace("/m/", "/m/A");
    let mut changed = link.clone();
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'B' } else { 'A' });
    let of_another_kind = Hand::of(&shop).tells(VOICE, &incoming("CA9", STRANGER, OFFICE)).await;
    let step = of_another_kind.body.split("/c/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    for wrong in [forged, changed, "/m/".to_owned(), format!("/m/{}", "A".repeat(9_000)), format!("/m/{step}")] {
        assert_eq!(page(&shop, &wrong).await, nothing, "{wrong}");
    }
    assert_eq!(shop.server().rest.played(), 0, "the provider is not asked");

    passes(&shop, SignedDuration::from_hours(30 * 24 - 1)).await;
    assert_eq!(page(&shop, &link).await.0, 200);
    passes(&shop, SignedDuration::from_hours(2)).await;
    assert_eq!(page(&shop, &link).await, nothing);

    let shop = left().await;
    let link = self::link(&shop).await;
    let url = shop.server().store().to_owned();
    let erase = move || crate::customers::erase(&mut Store::open(&url).unwrap(), OKAFOR);
    tokio::task::spawn_blocking(erase).await.unwrap().unwrap();
    assert_eq!(page(&shop, &link).await, nothing);
    assert_eq!(shop.server().rest.played(), 0);
}

#[tokio::test]
async fn a_recording_that_cannot_be_had_is_told_apart_from_one_that_is_gone() {
    let shop = left().await;
    let link = link(&shop).await;
    let reply = |status, content_type| Answer::Reply { status, content_type, body: "{}".to_owned() };
    for away in [Answer::Drop, reply(500, "application/json"), reply(401, "application/json"), reply(200, "text/html")]
    {
        shop.server().rest.recordings(away.clone());
        let page = asks(&shop, Method::GET, &link, None).await;
        assert_eq!((page.status().as_u16(), header(&page, "retry-after")), (503, "60"), "{away:?}");
        assert_eq!(header(&page, "cache-control"), "private, no-store");
        let words = page.text().await.unwrap();
        assert_eq!(words, "The recording cannot be fetched right now. Please try again in a minute.");
    }
    shop.server().rest.recordings(reply(404, "application/json"));
    assert_eq!(page(&shop, &link).await, (410, "This recording has been deleted.".to_owned()));
}

#[tokio::test]
async fn the_page_speaks_the_language_of_the_business() {
    let shop = left_in(Shop::opening(&format!("{GERMAN}{ROTA}"), OPEN).customers(customers()).open().await).await;
    let texts = shop.server().texts().await;
    assert!(texts.iter().any(|text| text.contains("Anhören: https://phone.example.com/m/")), "{texts:#?}");
    assert_eq!(page(&shop, "/m/x").await.1, "Hier ist keine Nachricht, oder nicht mehr.");
}

#[tokio::test]
async fn an_address_that_is_not_the_providers_is_never_fetched() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let hand = Hand::of(&shop);
    // Somebody else's server, which would get the provider's credentials.
    let elsewhere = Rest::open(ACCOUNT, TOKEN, Box::new(|| jiff::Timestamp::UNIX_EPOCH)).await;
    let tone = hand.tells(VOICE, &incoming("CA1", STRANGER, OFFICE)).await;
    let foreign = format!("{}/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE1", elsewhere.url());
    let done = of_call("CA1", "completed", &[("RecordingUrl", &foreign), ("RecordingDuration", "9")]);
    hand.tells(&tone.message(), &done).await;
    hand.tells(STATUS, &of_call("CA1", "completed", &[])).await;
    let promise = shop.server().promises().await.remove(0);
    let listen = promise.message.unwrap().listen;
    assert_eq!(page(&shop, &listen).await, (404, NO_MESSAGE.to_owned()));
    assert_eq!((elsewhere.played(), shop.server().rest.played()), (0, 0));
}
