//! The owner's morning letter.

mod words;

use jiff::{SignedDuration, Timestamp, Zoned};
use switchboard::config::rota;

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

const OKAFOR: &str = "+447700900201";
const SAM: &str = "+447700900101: ";

/// The letters that the owner has got so far, without their texts about promises.
async fn letters(shop: &Shop) -> Vec<String> {
    let texts = shop.server().mornings().await.into_iter().filter_map(|text| Some(text.strip_prefix(SAM)?.to_owned()));
    texts.filter(|text| text.contains(" since ")).collect()
}

/// Lets time pass as the server does: looking around all the while.
async fn it_is(shop: &Shop, clock: &str) {
    let until: Timestamp = format!("{clock}[Europe/London]").parse::<Zoned>().unwrap().timestamp();
    while shop.server().now() < until {
        shop.passes(until.duration_since(shop.server().now()).min(SignedDuration::from_mins(10))).await;
        shop.server().mornings().await;
    }
}

async fn rings(shop: &Shop, from: &str) {
    shop.caller(from).rings().await.ends().await;
    shop.goes_quiet().await;
}

#[tokio::test]
async fn the_owner_reads_at_opening_time_how_the_day_before_went() {
    let shop = Shop::open(ROTA, "2026-06-10 10:00").await;
    it_is(&shop, "2026-06-10T10:10").await;
    shop.always("tom", Behaviour::presses("1"));
    rings(&shop, OKAFOR).await;
    shop.next("tom", Behaviour::lets_it_ring()).next("priya", Behaviour::presses("1"));
    rings(&shop, OKAFOR).await;
    shop.next("tom", Behaviour::voicemail()).next("priya", Behaviour::busy());
    rings(&shop, "+447700900202").await;
    it_is(&shop, "2026-06-11T08:20").await;
    assert_eq!(letters(&shop).await, Vec::<String>::new(), "not before the first line opens");
    it_is(&shop, "2026-06-11T08:30").await;
    insta::assert_snapshot!(letters(&shop).await.join("\n"), @"Hartley Heating since Wed 08:30: 3 calls, 67 % reached a human, half within 6 s, 9 of 10 within 22 s. Promises: 0 kept, 0 broken, 1 open. Tom: kept 0 of 1, 1 overdue, took 1 in 6 s. Priya: took 1 in 6 s. To fix: +44 7700 900202 was promised a call from Tom Ellis by Wed 10 Jun 12:14 and still waits.");
    it_is(&shop, "2026-06-11T23:50").await;
    assert_eq!(letters(&shop).await.len(), 1, "one a day");
}

#[tokio::test]
async fn on_monday_the_owner_reads_of_the_weekend_and_on_sunday_nothing() {
    let shop = Shop::open(ROTA, "2026-06-13 12:00").await;
    shop.always("tom", Behaviour::presses("1"));
    rings(&shop, OKAFOR).await;
    it_is(&shop, "2026-06-14T23:50").await;
    assert_eq!(letters(&shop).await, Vec::<String>::new(), "nobody had ever rung by Saturday's opening");
    it_is(&shop, "2026-06-15T08:40").await;
    let letters = letters(&shop).await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(
        letters.iter().any(|letter| letter.starts_with("Hartley Heating since Sat 09:00: 1 call, 100 %")),
        "{letters:#?}"
    );
}

#[tokio::test]
async fn a_restart_or_a_second_instance_sends_no_second_letter_and_loses_none() {
    let mut shop = Shop::opening(ROTA, "2026-06-10 10:00").instances(2).open().await;
    it_is(&shop, "2026-06-10T10:10").await;
    shop.always("tom", Behaviour::presses("1"));
    rings(&shop, OKAFOR).await;
    shop.passes(SignedDuration::from_hours(25)).await;
    assert_eq!(letters(&shop).await.len(), 1, "late, because nobody was there at opening time");
    for _ in 0..2 {
        shop.server_mut().restart().await;
        assert_eq!(letters(&shop).await.len(), 1);
    }
    shop.server_mut().crashes().await;
    it_is(&shop, "2026-06-12T08:40").await;
    assert_eq!(letters(&shop).await.len(), 2);
}

#[tokio::test]
async fn the_clocks_change_and_the_letter_still_comes_once_at_its_clock_time() {
    let always = ROTA.replace("[hours]\nMon-Fri = [\"08:30-12:30\", \"13:15-17:30\"]\nSat     = \"09:00-13:00\"\n", "");
    // 01:30 comes not at all on 29 March, and twice on 25 October.
    let rota = format!("letter = \"01:30\"\n{always}");
    for (eve, hours_that_day, at) in
        [("2026-03-28 12:00", 23, "2026-03-29T01:00:00Z"), ("2026-10-24 12:00", 25, "2026-10-25T00:30:00Z")]
    {
        let shop = Shop::open(&rota, eve).await;
        shop.always("tom", Behaviour::presses("1"));
        for who in ["priya", "ana"] {
            shop.always(who, Behaviour::presses("1"));
        }
        rings(&shop, OKAFOR).await;
        letters(&shop).await;
        let before = letters(&shop).await.len();
        let at: Timestamp = at.parse().unwrap();
        shop.passes(at.duration_since(shop.server().now()) - SignedDuration::from_secs(1)).await;
        assert_eq!(letters(&shop).await.len(), before);
        shop.passes(SignedDuration::from_secs(1)).await;
        assert_eq!(letters(&shop).await.len(), before + 1, "{eve}");
        for _ in 0..hours_that_day * 2 - 4 {
            shop.passes(SignedDuration::from_mins(30)).await;
            assert_eq!(letters(&shop).await.len(), before + 1, "{}", shop.server().now());
        }
    }
}

#[tokio::test]
async fn an_owner_who_wants_no_letter_gets_none() {
    let shop = Shop::open(&format!("letter = \"never\"\n{ROTA}"), "2026-06-10 10:00").await;
    shop.always("tom", Behaviour::presses("1"));
    rings(&shop, OKAFOR).await;
    it_is(&shop, "2026-06-12T12:00").await;
    assert_eq!(letters(&shop).await, Vec::<String>::new());
}

#[test]
fn a_time_for_the_letter_that_cannot_be_read_is_explained() {
    let read = |letter: &str| {
        let now = "2026-06-10T09:00:00Z".parse().unwrap();
        let problems = rota::read("rota.toml", &format!("letter = {letter}\n{ROTA}"), now, None);
        problems.err().map(|problems| problems.into_iter().find(|problem| problem.line == 1).unwrap().what)
    };
    for right in ["\"opening\"", "\"8:30\"", "\"never\""] {
        assert_eq!(read(right), None);
    }
    let wrong = |text: &str| Some(format!("`{text}` does not say when to send the morning letter"));
    assert_eq!(read("\"at eight\""), wrong("at eight"));
    assert_eq!(read("\"24:00\""), wrong("24:00"));
    assert_eq!(read("true").unwrap(), "`letter` must be a text in double quotes; this is true or false");
}
