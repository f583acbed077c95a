//! Open pages: what reaches them at once, and whose are let go.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::{Method, Response};
use tokio::time::timeout;

use super::visitor::Visitor;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

const SESSION: &str = "__Host-session";

/// Much sooner than whatever comes by itself, and longer than anything here takes on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(15);

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

/// A page that is open in somebody's browser.
struct Open {
    news: Response,
    heard: String,
}

impl Open {
    async fn by(visitor: &Visitor) -> Self {
        let news = visitor.request(Method::GET, "/console/live").send().await.unwrap();
        assert_eq!(news.headers()["content-type"], "text/event-stream");
        let mut open = Self { news, heard: String::new() };
        open.tells("Nobody is ringing").await;
        open
    }

    async fn tells(&mut self, words: &str) {
        let telling = async {
            while !self.heard.contains(words) {
                self.heard.push_str(&String::from_utf8_lossy(&self.news.chunk().await.unwrap().expect("news go on")));
            }
        };
        timeout(AT_ONCE, telling).await.unwrap_or_else(|_| panic!("nobody tells {words:?}"));
        self.heard.clear();
    }

    /// What is told until it ends.
    async fn ends(mut self) -> String {
        let ending = async {
            while let Some(piece) = self.news.chunk().await.unwrap() {
                self.heard.push_str(&String::from_utf8_lossy(&piece));
            }
        };
        timeout(AT_ONCE, ending).await.expect("it ends");
        self.heard
    }
}

#[tokio::test]
async fn a_saved_rota_reaches_open_pages_and_so_does_one_that_is_refused() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let mut open = Open::by(&sam).await;
    shop.server().save_rota(&ROTA.replace("Tom Ellis", "Thomas Ellis"));
    open.tells("Thomas Ellis").await;
    shop.server().save_rota("this is no rota");
    open.tells("The rota file on the disk is wrong").await;
}

#[tokio::test]
async fn a_call_reaches_the_pages_that_are_open_at_another_instance() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).instances(2).open().await;
    let sam = shop.signs_in("sam").await;
    let mut pages = Vec::new();
    for instance in [0, 1] {
        let visitor = shop.visitor_of(instance);
        visitor.keeps(SESSION, &sam.cookie(SESSION).unwrap());
        pages.push(Open::by(&visitor).await);
    }
    let call = shop.caller(OKAFOR).rings().await;
    for page in &mut pages {
        page.tells("rings Priya Nair").await;
    }
    call.hangs_up().await;
    for page in &mut pages {
        page.tells("Nobody is ringing").await;
    }
}

#[tokio::test]
async fn whoever_is_signed_out_or_shut_out_is_shown_nothing_more_and_the_others_stay() {
    let shop = shop().await;
    let (sam, tom, priya, ana) = (
        shop.signs_in("sam").await,
        shop.signs_in("tom").await,
        shop.signs_in("priya").await,
        shop.signs_in("ana").await,
    );
    let mut stays = Open::by(&sam).await;
    let (toms, priyas, anas) = (Open::by(&tom).await, Open::by(&priya).await, Open::by(&ana).await);
    priya.sends("/console/sign-out", &[]).await.is(200);
    assert!(priyas.ends().await.contains("event: over\ndata: "));
    sam.sends("/console/people/withdraw", &[("whom", "@tom")]).await.is(200);
    assert!(toms.ends().await.contains("event: over\n"));
    let without_ana =
        ROTA.replace("ana   = { name = \"Ana Costa\",   phone = \"+447700900104\" }\n", "").replace(", \"ana\"]", "]");
    shop.server().save_rota(&without_ana);
    assert!(anas.ends().await.contains("event: over\n"));
    shop.caller(OKAFOR).rings().await;
    stays.tells("rings Priya Nair").await;
}

#[tokio::test]
async fn whoever_was_shut_out_at_another_instance_is_shown_nothing_a_minute_later() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).instances(2).open().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in("tom").await);
    let elsewhere = shop.visitor_of(1);
    elsewhere.keeps(SESSION, &tom.cookie(SESSION).unwrap());
    let open = Open::by(&elsewhere).await;
    sam.sends("/console/people/withdraw", &[("whom", "@tom")]).await.is(200);
    shop.passes(SignedDuration::from_mins(1)).await;
    shop.caller(OKAFOR).rings().await;
    let told = open.ends().await;
    assert!(told.contains("event: over\n") && !told.contains("Okafor"), "{told}");
}
