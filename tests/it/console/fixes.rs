//! What needs fixing is seen on the first page, with the way to where it is mended.

use jiff::SignedDuration;
use reqwest::Method;
use switchboard::domain::access::{Deed, Role};
use switchboard::store::audit::{self, Wanted};

use crate::by_hand::{FORM, Hand, LINE, VOICE, incoming, send};
use crate::outage::Lock;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::rest::Mood;
use crate::phones::shop::Shop;
use crate::phones::signature;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

/// Nobody needs to be told of a gap.
const ALONE: &str = "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"sam\"\n\
                     [staff]\nsam = { name = \"Sam Hartley\", phone = \"+447700900101\" }\n\
                     [lines.main]\nnumber = \"+442079460000\"\n";

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

/// Two texts about a promise are refused for good.
async fn not_sent() -> Shop {
    let shop = shop().await;
    shop.server().rest.always(Mood::Refuses(400, 21211));
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop.server().texts().await;
    shop
}

#[tokio::test]
async fn nothing_needs_fixing_where_all_is_well() {
    let shop = Shop::open(&ALONE.replace("+447700900101", "+447911123456"), OPEN).await;
    shop.signs_in("sam").await.opens("/console").await.says("Nothing needs fixing.");
}

#[tokio::test]
async fn a_rota_that_was_saved_wrong_leads_to_the_editor() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    shop.server().save_rota(&ROTA.replace("\"priya\", \"ana\"]", "\"prya\", \"ana\"]"));
    let now = sam.opens("/console").await;
    now.says("The rota file on the disk is wrong (1); the last good one is live.");
    now.leads_to("Mend it", "/console/rota/edit");
}

#[tokio::test]
async fn a_warning_of_the_rota_file_leads_to_its_line() {
    let warned = format!("{ALONE}[[holiday]]\ndate = 2020-12-25\nname = \"Christmas Day\"\nhours = \"closed\"\n");
    let shop = Shop::open(&warned, OPEN).await;
    let now = shop.signs_in("sam").await.opens("/console").await;
    now.says("write its next date, or delete it").leads_to("Mend it", "/console/rota/edit#line-10");
}

#[tokio::test]
async fn a_gap_leads_to_its_week_in_the_rota() {
    let now = shop().await.signs_in("sam").await.opens("/console").await;
    now.says("nobody backs up Front desk but the owner");
    now.leads_to("Show it in the rota", "/console/rota?from=2026-06-10");
}

#[tokio::test]
async fn without_a_provider_it_is_said_how_one_is_connected() {
    let shop = Shop::opening(ALONE, OPEN).without_provider().open().await;
    let now = shop.signs_in("sam").await.opens("/console").await;
    now.says("No telephony provider is connected").says("under [providers] into config/switchboard.toml");
    now.leads_to("Rehearse a call to see one come in.", "/console/rehearse");
}

#[tokio::test]
async fn while_the_store_is_away_the_first_page_says_what_goes_on_and_what_to_look_at() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let lock = Lock::on(&shop);
    shop.caller(STRANGER).rings().await;
    let now = sam.opens("/console").await;
    now.is(200)
        .says("The store is away: calls go on from memory, 1 to be written.")
        .says("Look whether its disk is full");
    drop(lock);
    shop.server().comes_back().await;
    sam.opens("/console").await.does_not_say("The store is away");
}

#[tokio::test]
async fn what_could_not_be_sent_is_sent_again_or_seen_and_left_and_both_are_noted() {
    let shop = not_sent().await;
    let sam = shop.signs_in("sam").await;
    let now = sam.opens("/console").await;
    now.says("2 texts or calls could not be sent.").leads_to("See to it", "/console/unsent");
    let unsent = sam.opens("/console/unsent").await;
    unsent.is(200).says("A text to Priya Nair").says("A text to +44 7700 900201").says("Try again").says("Seen");
    let ids: Vec<&str> = unsent
        .body
        .split("/console/unsent/")
        .skip(1)
        .filter_map(|rest| rest.split_once("/again"))
        .map(|(id, _)| id)
        .filter(|id| id.parse::<i64>().is_ok())
        .collect();
    let [first, second] = ids[..] else { panic!("{ids:?}") };
    shop.server().rest.always(Mood::Takes);
    sam.sends(&format!("/console/unsent/{first}/again"), &[]).await.is(200).says("Given up");
    assert_eq!(shop.server().texts().await.len(), 1);
    sam.sends(&format!("/console/unsent/{second}/seen"), &[]).await.is(200).says("Everything has been sent.");
    sam.sends(&format!("/console/unsent/{second}/seen"), &[]).await.is(409).says("Somebody has seen to it already");
    sam.sends("/console/unsent/999/again", &[]).await.is(404);
    assert_eq!(shop.server().texts().await.len(), 1);
    sam.opens("/console").await.does_not_say("could not be sent");
    for what in [Deed::SentAgain, Deed::UnsentSeen] {
        let wanted = Wanted { what: Some(what), ..Wanted::default() };
        let log = shop.server().app().operator().errand(move |tx| audit::page(tx, &wanted, None, 10)).await.unwrap();
        assert_eq!(log.len(), 1, "{what:?}");
    }
    let ana = shop.signs_in_as("ana", Role::Viewer).await;
    ana.sends(&format!("/console/unsent/{first}/seen"), &[]).await.is(403);
}

#[tokio::test]
async fn a_provider_that_takes_nothing_is_told_after_the_third_try_and_no_longer_once_it_does() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    shop.server().rest.always(Mood::Refuses(503, 20_500));
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    for seconds in [0, 11] {
        shop.passes(SignedDuration::from_secs(seconds)).await;
        shop.server().texts().await;
    }
    sam.opens("/console").await.does_not_say("has not taken");
    shop.passes(SignedDuration::from_secs(21)).await;
    shop.server().texts().await;
    let now = sam.opens("/console").await;
    now.says("twilio has not taken 2 texts or calls, the oldest of 10:0").leads_to("See to it", "/console/unsent");
    sam.opens("/console/unsent").await.says("Still being tried").says("Tried 3 times; next at 10:0");
    shop.server().rest.always(Mood::Takes);
    shop.passes(SignedDuration::from_mins(2)).await;
    shop.server().texts().await;
    sam.opens("/console").await.does_not_say("has not taken");
}

#[tokio::test]
async fn a_webhook_that_was_refused_is_told_for_an_hour_as_information() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let hand = Hand::of(&shop);
    let params = incoming("CA1", STRANGER, LINE);
    let forged = signature::sign("another token", &format!("{PUBLIC_URL}{VOICE}"), &params);
    let request = hand.request(0, Method::POST, VOICE).header("content-type", FORM);
    let page = send(request.header("x-twilio-signature", forged).body(signature::form(&params))).await;
    assert_eq!(page.status, 403);
    let now = sam.opens("/console").await;
    now.says("For information: a webhook that claims to be twilio's was refused at 10:00.").says(PUBLIC_URL);
    shop.passes(SignedDuration::from_mins(61)).await;
    sam.opens("/console").await.does_not_say("For information");
}
