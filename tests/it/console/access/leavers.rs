//! Whoever leaves the rota, and whoever comes under the same name after them.

use reqwest::Method;

use super::places::saves;
use super::{PASSWORD, sam, shop};
use crate::console::program::Program;
use crate::console::visitor::Visitor;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;

fn without_tom() -> String {
    ROTA.replace("tom   = { name = \"Tom Ellis\",   phone = \"+447700900103\" }\n", "").replace("\"tom\", ", "")
}

/// All that opens anything for Tom.
struct Keys {
    browser: Visitor,
    program: Program,
    calendar: String,
}

async fn keys(shop: &Shop) -> Keys {
    let browser = super::tom(shop).await;
    browser.sends("/console/people/password", &[("old", PASSWORD), ("new", PASSWORD)]).await.is(200);
    let made = browser.sends("/console/people/tokens", &[("name", "the till"), ("scope", "read")]).await;
    let token = made.body.split("id=\"token\">").nth(1).unwrap().split('<').next().unwrap();
    let app = shop.server().apps().next().unwrap();
    let program = Program::at(&format!("http://{}", app.address), token);
    let made = browser.sends("/console/rota/calendars", &[("who", "tom")]).await;
    let calendar = made.body.split(&format!("{PUBLIC_URL}/calendar/")).nth(1).unwrap().split('"').next().unwrap();
    let keys = Keys { browser, program, calendar: format!("/calendar/{calendar}") };
    keys.program.asks("/now").await.is(200);
    keys.browser.opens(&keys.calendar).await.is(200);
    keys
}

async fn open_nothing(shop: &Shop, keys: &Keys) {
    assert!(keys.browser.opens("/console").await.at.starts_with("/console/sign-in"));
    keys.program.asks("/now").await.is(401);
    keys.browser.opens(&keys.calendar).await.is(404);
    let form = [("name", "Tom Ellis"), ("password", PASSWORD)];
    shop.visitor().sends("/console/sign-in", &form).await.is(422);
}

#[tokio::test]
async fn what_a_leaver_had_opens_nothing_for_whoever_comes_next_under_that_name() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    // By a save here, and by one on the disk. Tom never looks in meanwhile.
    for by_hand in [false, true] {
        let keys = keys(&shop).await;
        if by_hand {
            shop.server().save_rota(&without_tom());
            sam.opens("/console/rota/versions").await.says("on disk");
        } else {
            saves(&sam, &shop, &without_tom()).await.says("Saved, and live.");
        }
        saves(&sam, &shop, ROTA).await.says("Saved, and live.");
        open_nothing(&shop, &keys).await;
        let log = sam.opens("/console/audit").await;
        log.says("took somebody out of the rota").says("revoked a calendar link");
        assert_eq!(by_hand, log.words().contains("somebody in the file on the disk"), "{}", log.words());
        // Whoever has the phone comes in by a code.
        super::tom(&shop).await;
    }
}

#[tokio::test]
async fn nobody_is_put_out_by_a_file_that_is_refused() {
    let shop = shop().await;
    let (sam, keys) = (sam(&shop).await, keys(&shop).await);
    shop.server().save_rota(&without_tom().replace("[hours]", "[hour]"));
    sam.opens("/console/rota/versions").await.says("on disk");
    shop.server().save_rota(ROTA);
    keys.program.asks("/now").await.is(200);
    assert_eq!(keys.browser.request(Method::GET, "/console").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn whose_access_is_withdrawn_has_no_calendar_either() {
    let shop = shop().await;
    let (sam, keys) = (sam(&shop).await, keys(&shop).await);
    sam.sends("/console/people/withdraw", &[("whom", "@tom")]).await.is(200);
    open_nothing(&shop, &keys).await;
}
