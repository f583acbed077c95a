//! What goes wrong is told on a page that leads on, and what was typed is not lost.

use reqwest::Method;
use reqwest::header::{ORIGIN, REFERER};

use crate::outage::Lock;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

async fn shop() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop
}

#[tokio::test]
async fn a_note_that_could_not_be_saved_is_sent_again_once_the_store_is_back() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let call = shop.server().calls().await.remove(0);
    let (page, note) = (format!("/console/calls/{}", call.id.0), "The pump, not \"the boiler\"\r\nRing first");
    let lock = Lock::on(&shop);
    let refused = sam.sends(&format!("{page}/note"), &[("note", note)]).await;
    refused.is(503).says("The store cannot be reached").says("Promises").says("Sign out").says("Try again");
    assert!(refused.body.contains(&format!("action=\"{page}/note\"")), "{}", refused.body);
    let kept = refused.body.split_once("name=\"note\" value=\"").unwrap().1.split_once("\">").unwrap().0;
    assert_eq!(kept.replace("&quot;", "\""), note);
    drop(lock);
    shop.server().comes_back().await;
    sam.sends(&format!("{page}/note"), &[("note", note)]).await.is(200);
    sam.opens(&page).await.says("The pump, not \"the boiler\" Ring first");
}

#[tokio::test]
async fn a_page_of_a_problem_has_the_menu_and_leads_back_to_where_one_was_and_never_elsewhere() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let comes_from = async |referer: &str| {
        let request = sam.request(Method::GET, "/console/customers/999").header(REFERER, referer);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 404);
        answer.text().await.unwrap()
    };
    let back = comes_from(&format!("{PUBLIC_URL}/console/calls?since=7d")).await;
    assert!(back.contains("href=\"/console/calls?since=7d\">Back to where you were</a>"), "{back}");
    assert!(back.contains("href=\"/console/customers\" aria-current=\"page\""), "{back}");
    for elsewhere in ["https://evil.example/console/calls", &format!("{PUBLIC_URL}/evil"), "nonsense"] {
        let page = comes_from(elsewhere).await;
        assert!(!page.contains("Back to where you were") && page.contains("Back to Now"), "{page}");
    }
    shop.visitor().opens("/console/nowhere").await.is(404).does_not_say("Sign out").says("Back to Now");
}

#[tokio::test]
async fn what_was_written_is_shown_where_it_does_not_do_but_never_a_password() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let call = shop.server().calls().await.remove(0);
    let long = "the pump ".repeat(1_000);
    let refused = sam.sends(&format!("/console/calls/{}/note", call.id.0), &[("note", &long)]).await;
    refused.is(422).says("What you typed").says("the pump the pump");
    let form = [("old", "an old one"), ("new", "short one")];
    let request = sam.request(Method::POST, "/console/people/password").header(ORIGIN, PUBLIC_URL).form(&form);
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(!page.contains("short one") && !page.contains("an old one"), "{page}");
}
