//! A customer list is looked at before anything is written, and may be stopped.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, LOCATION, ORIGIN};
use switchboard::domain::access::{Deed, Role};
use switchboard::store::audit::{self, Wanted};
use switchboard::store::{Store, customers as stored};
use tokio::time::timeout;

use super::visitor::{Seen, Visitor};
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::{OPEN, customers};

const PAGE: &str = "/console/customers/import";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

const LIST: &str = "name,phone,note\n\
    Mrs Okafor,07700 900201,Radiator\n\
    Mr Li,07700 900303,\n\
    ,07700 900304,\n\
    Ms Park,nobody,\n\
    Mr Li again,07700 900303,\n";

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

fn count(shop: &Shop) -> u64 {
    Store::open_read_only(shop.server().store()).unwrap().read(stored::count).unwrap()
}

/// As a browser sends a file; answers the address of the list.
async fn uploads(who: &Visitor, list: &str) -> reqwest::Response {
    let body = format!(
        "--XyZ\r\nContent-Disposition: form-data; name=\"list\"; filename=\"list.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{list}\r\n--XyZ--\r\n"
    );
    let request = who.request(Method::POST, PAGE).header(ORIGIN, PUBLIC_URL);
    request.header(CONTENT_TYPE, "multipart/form-data; boundary=XyZ").body(body).send().await.unwrap()
}

async fn uploaded(who: &Visitor, list: &str) -> String {
    let answer = uploads(who, list).await;
    assert_eq!(answer.status(), 303);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// The page once nothing is going on.
async fn settled(who: &Visitor, page: &str) -> Seen {
    let over = async {
        loop {
            let part = who.request(Method::GET, &format!("{page}/part")).send().await.unwrap();
            if part.headers().contains_key("x-over") {
                return;
            }
        }
    };
    timeout(PATIENCE, over).await.expect("it does not go on for ever");
    who.opens(page).await
}

#[tokio::test]
async fn a_list_with_three_bad_rows_is_looked_at_taken_in_and_told_row_by_row() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.opens(PAGE).await.is(200).says("name,phone,usual,language,note,tags,blocked");
    let page = uploaded(&sam, LIST).await;
    let seen = settled(&sam, &page).await;
    seen.says("What it would do").says("1 added").says("1 updated").says("3 rows left out").says("Take 2 in");
    seen.says("4 left out there is no name")
        .says("5 left out")
        .says("6 left out one of its numbers is on line 3 already");
    seen.says("2 Mrs Okafor Note for the whisper: Boiler, Tuesday → Radiator").says("Mr Li");
    assert_eq!(count(&shop), 2, "nothing is written by looking");

    sam.sends(&format!("{page}/go"), &[]).await.is(200);
    let done = settled(&sam, &page).await;
    done.says("The list is in.").says("1 added").says("1 updated").says("3 rows left out");
    assert_eq!(count(&shop), 3);
    sam.opens("/console/customers?q=li").await.says("Mr Li");
    let bad = sam.opens(&format!("{page}/left-out.csv")).await;
    let lines: Vec<&str> = bad.body.lines().collect();
    assert_eq!(
        (lines.len(), lines[0], lines[1]),
        (4, "name,phone,note,line,reason", ",07700 900304,,4,there is no name")
    );

    sam.sends(&format!("{page}/go"), &[]).await.says("The list is in.");
    assert_eq!(count(&shop), 3, "a second press does nothing");
}

#[tokio::test]
async fn why_a_row_is_left_out_is_told_in_the_language_of_who_looks() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/language", &[("language", "nl")]).await.is(200);
    let page = uploaded(&sam, LIST).await;
    let seen = settled(&sam, &page).await;
    seen.says("4 weggelaten er is geen naam").says("6 weggelaten een van de nummers staat al op regel 3");
    seen.does_not_say("there is no name");
    let bad = sam.opens(&format!("{page}/left-out.csv")).await;
    assert!(bad.body.contains(",07700 900304,,4,er is geen naam"), "{}", bad.body);
    let page = uploaded(&sam, "Mr Li,07700 900303\n").await;
    settled(&sam, &page).await.says("regel 1: er is geen kolom `name`");
}

#[tokio::test]
async fn a_pasted_list_and_a_list_without_columns_are_answered_too() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = uploaded(&sam, "Mr Li,07700 900303\n").await;
    settled(&sam, &page).await.says("The list could not be read: line 1: there is no column `name`");
    assert_eq!(uploads(&sam, "").await.status(), 422);
    sam.opens(&format!("{PAGE}/0000")).await.is(404).says("the server was started anew").says("Send the list again");
    sam.sends(&format!("{PAGE}/0000/go"), &[]).await.is(404).says("Send the list again");
}

#[tokio::test]
async fn a_list_that_is_longer_than_any_other_page_goes_in_and_can_be_stopped() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let rows: Vec<String> = (0..4_000).map(|n| format!("Customer {n} of a long list,+4477008{n:05}\n")).collect();
    let list = format!("name,phone\n{}", rows.concat());
    assert!(list.len() > 128 * 1024);
    let page = uploaded(&sam, &list).await;
    settled(&sam, &page).await.says("4,000 added");
    sam.sends(&format!("{page}/go"), &[]).await.is(200);
    sam.sends(&format!("{page}/stop"), &[]).await.is(200);
    let done = settled(&sam, &page).await;
    // The machine may have been quicker than the hand.
    if done.words().contains("Stopped.") {
        assert!(count(&shop) < 4_002);
    } else {
        done.says("The list is in.");
    }
    let added = count(&shop) - 2;
    let page = uploaded(&sam, &list).await;
    let rest = settled(&sam, &page).await;
    rest.says(&format!(
        "{} as before",
        if added < 1_000 { added.to_string() } else { format!("{},{:03}", added / 1_000, added % 1_000) }
    ));
}

#[tokio::test]
async fn nobody_but_an_admin_sends_a_list() {
    let shop = shop().await;
    let (tom, vera) = (shop.signs_in("tom").await, shop.signs_in_as("vera", Role::Viewer).await);
    for who in [&tom, &vera] {
        assert_eq!(uploads(who, LIST).await.status(), 403);
    }
    let long = "x".repeat(3 << 20);
    assert_eq!(uploads(&tom, &long).await.status(), 413, "it is not even taken");
    for list in [LIST, &long] {
        let refused = uploads(&shop.visitor(), list).await;
        assert_eq!(refused.status(), 401);
        assert!(refused.text().await.unwrap().contains("what you sent was not kept. Sign in, then do it once more."));
    }
    assert_eq!(count(&shop), 2);
}

/// What the log says of lists, the oldest entry first.
async fn noted(shop: &Shop) -> Vec<serde_json::Value> {
    let wanted = Wanted { what: Some(Deed::CustomersImported), ..Wanted::default() };
    let log = shop.server().app().operator().errand(move |tx| audit::page(tx, &wanted, None, 10)).await.unwrap();
    log.into_iter().rev().map(|(_, entry)| entry.after.unwrap()).collect()
}

#[tokio::test]
async fn what_a_list_would_take_away_is_counted_and_goes_only_with_a_tick() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let list = "name,phone,note,blocked\nMrs Okafor,07700 900201,,\nRobot of the lottery,07700 900202,,\n";
    let page = uploaded(&sam, list).await;
    let offered = "Also take away what these customers have and the list does not: notes: 1, blocks: 1";
    settled(&sam, &page).await.says(offered).says("2 as before");
    sam.sends(&format!("{page}/go"), &[]).await.is(200);
    settled(&sam, &page).await.says("Kept, though the list does not have it: notes: 1, blocks: 1.");
    sam.opens("/console/customers").await.says("Blocked");

    let page = uploaded(&sam, list).await;
    settled(&sam, &page).await.says(offered);
    sam.sends(&format!("{page}/go"), &[("replace", "yes")]).await.is(200);
    settled(&sam, &page).await.says("Taken away, since the list does not have it: notes: 1, blocks: 1.");
    sam.opens("/console/customers").await.does_not_say("Blocked");
    let noted = noted(&shop).await;
    assert_eq!(noted.len(), 4, "that it begins, and what came of it: {noted:?}");
    assert_eq!((&noted[2]["begun"], &noted[3]["taken_away"]["blocks"]), (&true.into(), &1.into()));
}

#[tokio::test]
async fn somebody_who_stops_too_late_to_stop_a_look_does_not_stop_what_comes_after() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = uploaded(&sam, LIST).await;
    settled(&sam, &page).await.says("Take 2 in");
    sam.sends(&format!("{page}/stop"), &[]).await.is(200);
    sam.sends(&format!("{page}/go"), &[]).await.is(200);
    settled(&sam, &page).await.says("The list is in.");
    assert_eq!(count(&shop), 3);
}

#[tokio::test]
async fn a_list_that_cannot_be_taken_in_after_all_is_noted_with_why() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = uploaded(&sam, LIST).await;
    settled(&sam, &page).await.says("Take 2 in");
    let store = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    store.execute_batch("ALTER TABLE customer_number RENAME TO customer_lost").unwrap();
    sam.sends(&format!("{page}/go"), &[]).await.is(200);
    settled(&sam, &page).await.says("What was taken in before stays");
    store.execute_batch("ALTER TABLE customer_lost RENAME TO customer_number").unwrap();
    let noted = noted(&shop).await;
    assert_eq!((noted.len(), &noted[0]["begun"], &noted[1]["added"]), (2, &true.into(), &0.into()), "{noted:?}");
    assert!(noted[1]["failed"].as_str().unwrap().contains("customer_number"), "{noted:?}");
}
