//! Whoever guesses is slowed down: at every instance, after every restart, and without locking out those who know.

use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{ORIGIN, RETRY_AFTER};

use super::{TOM, code, shop};
use crate::console::visitor::Visitor;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::OPEN;

/// From this address, as our own proxy tells.
async fn guess(visitor: &Visitor, from: &str, number: &str, code: &str) -> (u16, Option<String>) {
    let request = visitor.request(Method::POST, "/console/sign-in/code").header(ORIGIN, PUBLIC_URL);
    let form = [("number", number), ("code", code)];
    let answer = request.header("x-forwarded-for", from).form(&form).send().await.unwrap();
    let wait = answer.headers().get(RETRY_AFTER).map(|wait| wait.to_str().unwrap().to_owned());
    (answer.status().as_u16(), wait)
}

#[tokio::test]
async fn guesses_at_one_account_are_slowed_down_wherever_they_come_from_and_whichever_instance_they_ask() {
    let mut shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let right = code(&shop, "+447700900103").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for n in 0..4 {
        let visitor = shop.visitor_of(n % 2);
        assert_eq!(guess(&visitor, &format!("198.51.100.{n}"), TOM, wrong).await.0, 422);
    }
    shop.server_mut().restart().await;
    for instance in [0, 1] {
        let answer = guess(&shop.visitor_of(instance), "198.51.100.9", TOM, &right).await;
        assert_eq!(answer, (429, Some("2".to_owned())), "even the right one is not looked at");
    }
    shop.passes(SignedDuration::from_secs(2)).await;
    assert_eq!(guess(&shop.visitor(), "198.51.100.9", TOM, &right).await.0, 303);
}

#[tokio::test]
async fn after_five_wrong_codes_the_right_one_is_worth_nothing() {
    let shop = shop().await;
    shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let right = code(&shop, "+447700900103").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, wrong).await.0, 422);
        shop.passes(SignedDuration::from_mins(1)).await;
    }
    assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, &right).await.0, 422);
}

#[tokio::test]
async fn one_address_that_tries_many_numbers_is_slowed_down_and_others_are_not() {
    let shop = shop().await;
    let visitor = shop.visitor();
    for n in 0..20 {
        assert_eq!(guess(&visitor, "198.51.100.1", &format!("07700 9002{n:02}"), "000000").await.0, 422, "{n}");
    }
    assert_eq!(guess(&visitor, "198.51.100.1", TOM, "000000").await, (429, Some("2".to_owned())));
    assert_eq!(guess(&visitor, "198.51.100.2", TOM, "000000").await.0, 422);
}

#[tokio::test]
async fn nobody_is_flooded_with_codes() {
    let shop = shop().await;
    for wish in 0..5 {
        let seen = shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await;
        seen.is(if wish < 3 { 200 } else { 429 });
    }
    let texts = shop.server().texts().await;
    assert_eq!(texts.iter().filter(|text| text.starts_with("+447700900103")).count(), 3, "{texts:?}");
}

#[tokio::test]
async fn others_who_guess_do_not_keep_somebody_out_who_is_known_where_they_are() {
    let shop = shop().await;
    let asks = async || shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200).status;
    asks().await;
    let first = code(&shop, "+447700900103").await;
    assert_eq!(guess(&shop.visitor(), "192.0.2.7", TOM, &first).await.0, 303);
    asks().await;
    let second = code(&shop, "+447700900103").await;
    let wrong = if second == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, wrong).await.0, 422);
    }
    assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, &second).await.0, 429);
    assert_eq!(guess(&shop.visitor(), "192.0.2.7", TOM, &second).await.0, 303);
}
