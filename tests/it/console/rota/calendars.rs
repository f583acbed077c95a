//! The turns in other programs' calendars.

use jiff::SignedDuration;
use reqwest::Method;

use super::super::visitor::Seen;
use super::shop;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::OPEN;

/// The path of the calendar link on a page.
fn link(seen: &Seen) -> String {
    let from = format!("value=\"{PUBLIC_URL}/calendar/");
    let at = seen.body.find(&from).unwrap_or_else(|| panic!("no link on\n{}", seen.words())) + from.len();
    format!("/calendar/{}", seen.body[at..].split('"').next().unwrap())
}

fn ids(feed: &str) -> Vec<&str> {
    feed.lines().filter_map(|line| line.strip_prefix("UID:")).collect()
}

#[tokio::test]
async fn a_secret_link_shows_somebodys_turns_to_their_calendar_until_it_is_renewed() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    tom.opens("/console/rota/calendars").await.says("No link yet").does_not_say("Everybody");
    tom.sends("/console/rota/calendars", &[("who", "ana")]).await.is(403);
    let page = tom.sends("/console/rota/calendars", &[("who", "tom")]).await;
    // To subscribe rather than to have a file once.
    let subscribe = format!("href=\"webcal:{}{}\"", PUBLIC_URL.strip_prefix("https:").unwrap(), link(&page));
    assert!(page.body.contains(&subscribe), "{}", page.body);
    let nobody = shop.visitor();
    let feed = nobody.opens(&link(&page)).await;
    feed.is(200).says("SUMMARY:Tom Ellis has the phone\\, line main").says("TRANSP:TRANSPARENT");
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(feed.body.contains("is behind"), "{}", feed.body);
    let unfolded = feed.body.replace("\r\n ", "");
    assert!(!unfolded.contains("SUMMARY:Priya Nair has"), "{unfolded}");

    // Unchanged, it is not sent again; a day later its events are the same ones.
    let tag = feed.headers["etag"].to_str().unwrap();
    let again = nobody.request(Method::GET, &link(&page)).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(again.status(), 304);
    shop.passes(SignedDuration::from_hours(24)).await;
    let next = nobody.opens(&link(&page)).await;
    let (before, after) = (ids(&feed.body), ids(&next.body));
    assert!(!before.is_empty() && before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");

    let renewed = tom.sends("/console/rota/calendars", &[("who", "tom")]).await;
    assert_ne!(link(&renewed), link(&page));
    nobody.opens(&link(&page)).await.is(404);
    nobody.opens(&link(&renewed)).await.is(200);
    let ended = tom.sends("/console/rota/calendars/revoke", &[("who", "tom")]).await;
    ended.is(200).says("No link yet");
    nobody.opens(&link(&renewed)).await.is(404);
    tom.sends("/console/rota/calendars/revoke", &[("who", "")]).await.is(403);
    nobody.opens("/calendar/.ics").await.is(404);
    nobody.opens("/calendar/guessed.ics").await.is(404);
}

#[tokio::test]
async fn an_admin_has_a_link_to_everybodys_turns() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.sends("/console/rota/calendars", &[("who", "")]).await;
    let feed = shop.visitor().opens(&link(&page)).await;
    feed.says("SUMMARY:Tom Ellis has the phone").says("SUMMARY:Priya Nair has the phone");
}

#[tokio::test]
async fn a_calendar_speaks_the_persons_language_and_everybodys_that_of_the_business() {
    let rota = ROTA.replace("phone = \"+447700900103\"", "phone = \"+447700900103\", languages = [\"de\", \"en\"]");
    let rota = rota.replace("country  = \"GB\"", "country  = \"GB\"\nlanguage = \"nl\"");
    let shop = Shop::opening(&rota, OPEN).open().await;
    let sam = shop.signs_in("sam").await;
    let toms = sam.sends("/console/rota/calendars", &[("who", "tom")]).await;
    let feed = shop.visitor().opens(&link(&toms)).await;
    feed.says("SUMMARY:Tom Ellis hat das Telefon\\, Leitung main");
    let all = sam.sends("/console/rota/calendars", &[("who", "")]).await;
    let feed = shop.visitor().opens(&link(&all)).await;
    feed.says("SUMMARY:Tom Ellis heeft de telefoon\\, lijn main").does_not_say("has the phone");
}
