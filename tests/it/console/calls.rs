//! The history of calls, and one call as a timeline.

use jiff::SignedDuration;
use reqwest::Method;
use switchboard::domain::access::{Deed, Role};
use switchboard::domain::call::Call;
use switchboard::store::audit::{self, Wanted};
use switchboard::store::calls::{self, Save};
use switchboard::store::customers;

use crate::console::visitor::{Seen, Visitor};
use crate::phones::caller::AtTheTone;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{self, OFFICE, OKAFOR, OPEN, STRANGER};
use crate::store::calls::a_call;

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(promises::customers()).open().await
}

/// Mrs Okafor has talked with Priya; a stranger has rung the office in vain, four minutes later.
async fn two_calls(shop: &Shop) {
    let call = shop.caller(OKAFOR).rings().await;
    shop.passes(SignedDuration::from_secs(5)).await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    shop.passes(SignedDuration::from_mins(4)).await;
    shop.caller(STRANGER).to(OFFICE).rings().await.ends().await;
    shop.goes_quiet().await;
}

/// The first call's id, as the history links to it.
async fn newest(sam: &Visitor, filter: &str) -> String {
    let page = sam.opens(&format!("/console/calls{filter}")).await;
    let at = page.body.find("/console/calls/").expect("a link to a call");
    page.body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_history_tells_of_each_call_who_took_it_and_how_soon() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.opens("/console/calls").await.is(200).says("No call has come in yet.").says("Rehearse a call");
    two_calls(&shop).await;
    let page = sam.opens("/console/calls").await;
    page.is(200).says("Mrs Okafor +44 7700 900201").says("reached Priya Nair").says("+44 7700 900999");
    let (stranger, okafor) = (page.words().find("900999"), page.words().find("900201"));
    assert!(stranger < okafor, "the newest first: {}", page.words());
}

#[tokio::test]
async fn a_call_is_found_by_name_number_id_line_outcome_person_and_day() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    two_calls(&shop).await;
    shop.server().app().operator().errand(customers::index_some).await.unwrap();
    for okafor in [
        "text=okaf",
        "text=07700+900201",
        "text=%2B447700900201",
        "line=main",
        "outcome=reached",
        "who=priya&outcome=reached&from=2026-06-10&to=2026-06-10",
    ] {
        let page = sam.opens(&format!("/console/calls?{okafor}")).await;
        page.is(200).says("Mrs Okafor");
        assert_eq!(page.body.matches("<tr>").count(), 2, "the head and one call for {okafor}: {}", page.words());
    }
    for nothing in ["line=emergency", "outcome=blocked", "to=2026-06-09", "from=2026-06-11", "text=%2B447700900333"] {
        sam.opens(&format!("/console/calls?{nothing}")).await.is(200).says("No call fits all of this.");
    }
    sam.opens("/console/calls?text=Nobody+Known").await.is(200).says("No customer fits \"Nobody Known\"");
    sam.opens("/console/calls?from=tomorrow").await.is(422).says("is not a date. Write it like 2026-06-10.");
    let address = newest(&sam, "?outcome=reached").await;
    let id = address.strip_prefix("/console/calls/").unwrap();
    for typed in [
        id,
        &id[..13],
        &shop.server().calls().await.iter().find(|call| call.id.0.to_string() == id).unwrap().provider_id.0,
    ] {
        let found = sam.opens(&format!("/console/calls?text={typed}")).await;
        assert_eq!(found.at, address);
        let found = sam.opens(&format!("/console/calls/{typed}")).await;
        assert_eq!(found.at, address);
    }
    sam.opens("/console/calls/ffff").await.is(404);
}

#[tokio::test]
async fn calls_in_progress_stand_on_top_of_the_history() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let call = shop.caller(OKAFOR).rings().await;
    sam.opens("/console/calls").await.says("In progress").says("ringing");
    call.hangs_up().await;
    sam.opens("/console/calls").await.does_not_say("In progress").says("hung up");
}

#[tokio::test]
async fn a_long_history_is_turned_page_by_page_with_its_filters() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let past: Vec<Call> = (1..=120).map(a_call).collect();
    let fill = move |tx: &mut switchboard::store::Tx<'_>| {
        let batch: Vec<_> = past.iter().map(|call| Save { call, version: None, wake: None }).collect();
        calls::save(tx, &batch)
    };
    shop.server().app().operator().errand(fill).await.unwrap();
    let mut page = sam.opens("/console/calls?outcome=promised&line=main").await;
    for (rows, newer) in [(50, false), (50, true), (20, true)] {
        assert_eq!(page.body.matches("<tr>").count(), rows + 1, "{}", page.at);
        assert_eq!(page.body.contains("rel=\"prev\""), newer, "{}", page.at);
        let Some(link) = link(&page.body, "next") else { break };
        assert!(link.contains("outcome=promised") && link.contains("line=main"), "{link}");
        page = sam.opens(&link).await;
    }
    assert_eq!(link(&page.body, "next"), None);
    for rows in [50, 50] {
        page = sam.opens(&link(&page.body, "prev").unwrap()).await;
        assert_eq!(page.body.matches("<tr>").count(), rows + 1, "{}", page.at);
    }
    assert_eq!(link(&page.body, "prev"), None, "back at the newest");
}

/// Of the link with this relation.
fn link(body: &str, relation: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("rel=\"{relation}\" href=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}

#[tokio::test]
async fn one_call_tells_what_happened_and_why_each_person_was_rung_or_not() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    two_calls(&shop).await;
    let page = sam.opens(&newest(&sam, "?outcome=reached").await).await;
    page.is(200)
        .says("Call of Mrs Okafor")
        .says("The call comes in")
        .says("Priya Nair's phone rings for 18 s usual person")
        .says("Priya Nair takes the call")
        .says("Who was to ring")
        .says("Tom Ellis for 16 seconds (on call until Mon 15 Jun 08:30)");
    let missed = sam.opens(&newest(&sam, "?outcome=promised").await).await;
    missed.says("Promise 1").says("rings back by");
}

#[tokio::test]
async fn a_message_is_played_and_kept_from_the_calls_page_and_read_where_it_was_written_down() {
    let shop = shop().await;
    let viewer = shop.signs_in_as("visitor", Role::Viewer).await;
    shop.caller(OKAFOR).at_the_tone(AtTheTone::Speaks(9)).rings().await.ends().await;
    shop.goes_quiet().await;
    let page = viewer.opens(&newest(&viewer, "").await).await;
    page.says("What was said").says("Download the recording");
    let (_, rest) = page.body.split_once("<audio").expect("a player");
    let sound = rest.split_once("src=\"").unwrap().1.split('"').next().unwrap();
    assert!(sound.starts_with("/m/"), "as the browser sees us: {sound}");
    let played = viewer.request(Method::GET, sound).send().await.unwrap();
    assert_eq!((played.status().as_u16(), &played.headers()["content-type"]), (200, &"audio/mpeg".parse().unwrap()));
    shop.passes(SignedDuration::from_mins(61)).await;
    assert_eq!(viewer.request(Method::GET, sound).send().await.unwrap().status(), 404, "for an hour");
}

#[tokio::test]
async fn staff_write_a_note_on_a_call_and_the_log_knows_who_did() {
    let shop = shop().await;
    two_calls(&shop).await;
    let (tom, viewer) = (shop.signs_in("tom").await, shop.signs_in_as("visitor", Role::Viewer).await);
    let address = newest(&tom, "?outcome=reached").await;
    let note = format!("{address}/note");
    viewer.sends(&note, &[("note", "mine")]).await.is(403);
    tom.sends(&note, &[("note", "Wants a quote for the <boiler>.")]).await.is(200);
    viewer.opens(&address).await.says("Wants a quote for the <boiler>.").says("Tom Ellis, 10:0");
    tom.sends(&note, &[("note", &"x".repeat(3_000))]).await.is(422).says("at most 2000 characters");
    let wanted = Wanted { what: Some(Deed::CallNoted), ..Wanted::default() };
    let log = shop.server().app().operator().errand(move |tx| audit::page(tx, &wanted, None, 10)).await.unwrap();
    assert_eq!(log.len(), 1, "{log:?}");
    assert_eq!(
        (log[0].1.who.name.as_str(), &log[0].1.after),
        ("Tom Ellis", &Some("Wants a quote for the <boiler>.".into()))
    );
    tom.sends(&note, &[("note", " ")]).await.is(200);
    viewer.opens(&address).await.says("No note.");
}

#[tokio::test]
async fn a_note_is_not_written_over_another_that_was_not_seen() {
    let shop = shop().await;
    two_calls(&shop).await;
    let (tom, sam) = (shop.signs_in("tom").await, shop.signs_in("sam").await);
    let address = newest(&tom, "?outcome=reached").await;
    let note = format!("{address}/note");
    let shown = tom.opens(&address).await;
    let mark = |seen: &Seen| {
        let (_, rest) = seen.body.split_once("name=\"seen\" value=\"").expect("what was seen");
        rest.split('"').next().unwrap().to_owned()
    };
    sam.sends(&note, &[("note", "Wants a quote."), ("seen", &mark(&shown))]).await.is(200);
    let refused = tom.sends(&note, &[("note", "Rang about the pump."), ("seen", &mark(&shown))]).await;
    refused.is(409).says("Somebody has written another note").says("Wants a quote.").says("Rang about the pump.");
    sam.opens(&address).await.says("Wants a quote.").does_not_say("pump");
    tom.sends(&note, &[("note", "Rang about the pump."), ("seen", &mark(&refused))]).await.is(200);
    sam.opens(&address).await.says("Rang about the pump.").does_not_say("quote");
}
