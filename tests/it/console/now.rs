//! The page Now, and what holds for every page.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use reqwest::Method;

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{CLOSED, OKAFOR, OPEN, customers};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_sign_in() {
    let shop = shop().await;
    let seen = shop.visitor().request(Method::GET, "/console?line=main").send().await.unwrap();
    assert_eq!(seen.status(), 303);
    assert_eq!(seen.headers()["location"], "/console/sign-in?next=%2Fconsole%3Fline%3Dmain");
}

#[tokio::test]
async fn the_first_page_tells_who_has_the_phone_and_who_is_ringing() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.opens("/console").await.is(200).says("Nobody is ringing at this moment.").says("On call").says("main");
    sam.opens("/console").await.says("nobody backs up Front desk but the owner And");
    let call = shop.caller(OKAFOR).rings().await;
    sam.opens("/console").await.says("Mrs Okafor").says("rings Priya Nair");
    call.phone("priya").presses("1").await;
    sam.opens("/console").await.says("talks with Priya Nair");
    call.hangs_up().await;
    sam.opens("/console").await.says("Nobody is ringing at this moment.");
}

#[tokio::test]
async fn what_is_promised_for_today_stands_on_the_first_page_until_it_is_overdue_and_after() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let call = shop.caller(OKAFOR).rings().await;
    call.hangs_up().await;
    sam.opens("/console").await.says("Priya Nair rings Mrs Okafor by 12:00");
    shop.passes(SignedDuration::from_hours(3)).await;
    sam.opens("/console").await.says("overdue");
    shop.server().sweeps().await;
    sam.opens("/console").await.says("broken");
}

#[tokio::test]
async fn a_page_speaks_the_language_that_was_chosen_and_keeps_to_it() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let chosen = sam.sends("/console/language", &[("language", "de")]).await;
    chosen.is(200).says("Im Dienst");
    sam.opens("/console").await.says("Anrufe");
    sam.sends("/console/language", &[("language", "tlh")]).await.is(404).says("Hier ist nichts");
}

#[tokio::test]
async fn nothing_from_elsewhere_and_nothing_inline_gets_into_a_page() {
    let shop = shop().await;
    let seen = shop.signs_in("sam").await.opens("/console").await;
    let policy = seen.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{policy}");
    assert!(!seen.body.contains("style=") && !seen.body.contains(" onclick"), "{}", seen.body);
    assert_eq!(seen.headers["cache-control"], "no-store");
    let style = seen.body.split("href=\"").find(|href| href.contains("console.css")).unwrap();
    let style = shop.visitor().opens(style.split('"').next().unwrap()).await;
    style.is(200);
    assert!(style.headers["cache-control"].to_str().unwrap().contains("immutable"));
}

#[tokio::test]
async fn what_others_have_written_is_the_pinned_one_and_comes_with_its_licence() {
    let editor = include_bytes!("../../../src/console/assets/vendor/codemirror.min.js");
    let readme = include_str!("../../../src/console/assets/vendor/README.md");
    let digest = HEXLOWER.encode(digest(&SHA256, editor).as_ref());
    assert!(readme.contains(&format!("SHA-256 is `{digest}`")), "the editor is not the pinned one, but {digest}");
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let now = sam.opens("/console").await;
    let link = now.body.split("href=\"").find(|href| href.contains("LICENSES.txt\">Licences</a>")).unwrap();
    let licences = shop.visitor().opens(link.split('"').next().unwrap()).await;
    licences.is(200).says("Permission is hereby granted").says("@codemirror/state");
    assert_eq!(licences.headers["content-type"], "text/plain; charset=utf-8");
}

#[tokio::test]
async fn another_site_cannot_send_a_form_in_somebodys_name() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let form = [("language", "de")];
    let from = |origin: &str| {
        let request = sam.request(Method::POST, "/console/language").header("origin", origin);
        request.form(&form).send()
    };
    assert_eq!(from("https://evil.example").await.unwrap().status(), 403);
    assert_eq!(from("null").await.unwrap().status(), 403);
    assert_eq!(from("https://phone.example.com").await.unwrap().status(), 303);
}

#[tokio::test]
async fn an_open_page_is_told_of_a_call_as_it_happens() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let mut news = sam.request(Method::GET, "/console/live").send().await.unwrap();
    assert_eq!(news.headers()["content-type"], "text/event-stream");
    let mut heard = String::new();
    let mut until = async |words: &str| {
        while !heard.contains(words) {
            heard.push_str(&String::from_utf8_lossy(&news.chunk().await.unwrap().expect("news go on")));
        }
    };
    until("Nobody is ringing").await;
    let call = shop.caller(OKAFOR).rings().await;
    until("rings Priya Nair").await;
    call.phone("priya").presses("1").await;
    until("talks with Priya Nair").await;
}

#[tokio::test]
async fn a_closed_shop_says_so() {
    let shop = Shop::opening(ROTA, CLOSED).open().await;
    shop.signs_in("sam").await.opens("/console").await.says("closed");
}

#[tokio::test]
async fn a_phone_that_cannot_be_reached_and_a_voicemail_that_takes_calls_need_fixing() {
    let shop = shop().await;
    shop.always("priya", Behaviour::voicemail().after(12)).always("tom", Behaviour::unreachable());
    let sam = shop.signs_in("sam").await;
    sam.opens("/console").await.does_not_say("voicemail").does_not_say("could not be reached");
    for _ in 0..3 {
        shop.caller(OKAFOR).rings().await.ends().await;
        shop.goes_quiet().await;
        shop.passes(SignedDuration::from_mins(20)).await;
    }
    sam.opens("/console").await.says("Priya Nair's voicemail picks up after 12 s");
    sam.opens("/console").await.says("Tom Ellis's phone could not be reached the last 3 times");
}
