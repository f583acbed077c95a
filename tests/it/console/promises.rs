//! Promises in the console: who owes whom a call, and what one does about it.

use jiff::SignedDuration;
use switchboard::domain::access::{Deed, Role};
use switchboard::domain::promise::PromiseState;
use switchboard::store::audit::{self, Entry, Wanted};

use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

/// Mrs Okafor has rung at ten, and Priya owes her a call by noon: promise 1.
async fn promised() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop.server().texts().await;
    shop
}

async fn passes(shop: &Shop, minutes: i64) {
    shop.passes(SignedDuration::from_mins(minutes)).await;
    shop.server().sweeps().await;
}

async fn state(shop: &Shop) -> PromiseState {
    shop.server().promises().await.remove(0).state
}

async fn log(shop: &Shop) -> Vec<Entry> {
    let look = |tx: &mut switchboard::store::Tx<'_>| audit::page(tx, &Wanted::default(), None, 10);
    shop.server().app().operator().errand(look).await.unwrap().into_iter().map(|(_, entry)| entry).collect()
}

#[tokio::test]
async fn promises_stand_by_owner_with_ones_own_first_and_the_soonest_due_on_top() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let tom = shop.signs_in("tom").await;
    tom.opens("/console/promises").await.is(200).says("Nobody waits for a call.");
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    let page = tom.opens("/console/promises").await;
    page.says("You ring back")
        .says("Priya Nair rings back")
        .says("Mrs Okafor")
        .says("+44 7700 900999")
        .says("by 12:00");
    let words = page.words();
    assert!(words.find("You ring back") < words.find("Priya Nair rings back"), "{words}");
    passes(&shop, 180).await;
    tom.opens("/console/promises").await.says("Sam Hartley rings back").says("broken");
}

#[tokio::test]
async fn done_closes_a_promise_and_it_can_be_opened_again() {
    let shop = promised().await;
    let priya = shop.signs_in("priya").await;
    priya
        .sends("/console/promises/1/done", &[("back", "list")])
        .await
        .is(200)
        .says("Done. Nobody has to ring any more.");
    assert!(matches!(state(&shop).await, PromiseState::Kept { by, .. } if by.as_str() == "priya"));
    priya.sends("/console/promises/1/done", &[]).await.is(200).says("Nothing has changed");
    let again = priya.sends("/console/promises/1/reopen", &[]).await;
    again.says("Open again.").says("Priya Nair kept it").says("Priya Nair opened it again");
    assert_eq!(state(&shop).await, PromiseState::Open);
    let log = log(&shop).await;
    let told: Vec<_> = log.iter().map(|entry| (entry.what, entry.who.name.as_str(), entry.subject.as_str())).collect();
    assert_eq!(told, [(Deed::PromiseChanged, "Priya Nair", "promise 1"); 2], "what changed nothing is no change");
    assert_eq!(log[1].before.as_ref().unwrap()["state"], "open");
    assert_eq!(log[1].after.as_ref().unwrap()["state"], "kept");
}

#[tokio::test]
async fn what_was_done_in_the_console_is_taken_back_by_text() {
    let shop = promised().await;
    shop.signs_in("priya").await.sends("/console/promises/1/done", &[]).await.is(200);
    shop.staff("priya").texts("UNDO").await;
    assert_eq!(state(&shop).await, PromiseState::Open);
}

#[tokio::test]
async fn a_promise_is_put_off_and_the_customer_is_told_the_new_time() {
    let shop = promised().await;
    let priya = shop.signs_in("priya").await;
    priya.sends("/console/promises/1/later", &[("at", "2026-06-10T15:30")]).await.is(200).says("Moved.").says("15:30");
    let texts = shop.server().texts().await;
    assert!(texts.iter().any(|text| text.starts_with(OKAFOR) && text.contains("15:30")), "{texts:#?}");
    priya.sends("/console/promises/1/later", &[("within", "tomorrow")]).await.is(200).says("Thu 11 Jun 09:00");
    for bad in ["", "soon", "2026-06-10T09:00", "2036-06-10T09:00"] {
        priya
            .sends("/console/promises/1/later", &[("at", bad)])
            .await
            .is(422)
            .says("Choose a day and a time from now on.");
    }
}

#[tokio::test]
async fn a_promise_is_let_go_for_a_reason_that_stays_in_its_story() {
    let shop = promised().await;
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/promises/1/let-go", &[("why", "  ")]).await.is(422).says("Say why nobody is to ring any more");
    let gone = sam.sends("/console/promises/1/let-go", &[("why", "Moved to Leeds.")]).await;
    gone.is(200).says("Let go.").says("Sam Hartley let it go Moved to Leeds.");
    sam.sends("/console/promises/1/reopen", &[]).await.is(200).says("Moved to Leeds.").says("Open again.");
    sam.opens("/console/promises").await.says("Priya Nair rings back");
}

#[tokio::test]
async fn the_apology_is_shown_before_it_goes_and_goes_as_it_was_shown() {
    let shop = promised().await;
    passes(&shop, 125).await;
    shop.server().texts().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/promises/1").await;
    page.is(200).says("Own up").says("broken");
    let shown = page.body.split_once("<blockquote").unwrap().1;
    let shown = shown.split_once("<p>").unwrap().1.split("</p>").next().unwrap().to_owned();
    let due = page.body.split_once("name=\"due\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    passes(&shop, 3).await;
    sam.sends("/console/promises/1/apology", &[("due", &due)]).await.is(200).says("The apology is on its way.");
    let texts = shop.server().texts().await;
    assert!(texts.contains(&format!("{OKAFOR}: {shown}")), "{shown}\n{texts:#?}");
    assert_eq!(log(&shop).await[0].what, Deed::ApologySent);
    sam.opens("/console/promises/1").await.does_not_say("Own up");
}

#[tokio::test]
async fn an_apology_whose_time_is_nearly_over_is_not_sent() {
    let shop = promised().await;
    passes(&shop, 125).await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/promises/1").await;
    let due = page.body.split_once("name=\"due\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    passes(&shop, 40).await;
    for old in [due.as_str(), "", "9999999999"] {
        sam.sends("/console/promises/1/apology", &[("due", old)])
            .await
            .is(422)
            .says("The drafted apology has grown old");
    }
    assert_eq!(state(&shop).await, PromiseState::Broken);
}

#[tokio::test]
async fn call_back_rings_the_phone_of_whoever_is_signed_in_first() {
    let shop = promised().await;
    let tom = shop.signs_in("tom").await;
    tom.opens("/console/promises/1").await.says("Your own phone rings first.");
    tom.sends("/console/promises/1/call-back", &[]).await.is(200).says("Your phone rings in a moment.");
    let mut rung = shop.rung_back().await;
    assert_eq!(rung.who(), "tom");
    rung.presses("1").await;
    tom.sends("/console/promises/1/call-back", &[])
        .await
        .says("Somebody is being connected with this customer right now.");
    assert_eq!(log(&shop).await[0].what, Deed::CallBackAsked);
    let admin = shop.signs_in_as("bookkeeper", Role::Admin).await;
    admin.opens("/console/promises/1").await.says("Your account has no phone in the rota");
    admin.sends("/console/promises/1/call-back", &[]).await.is(422);
}

#[tokio::test]
async fn whoever_only_looks_changes_nothing_and_what_is_not_there_is_not_found() {
    let shop = promised().await;
    let viewer = shop.signs_in_as("visitor", Role::Viewer).await;
    let page = viewer.opens("/console/promises/1").await;
    page.is(200).says("Mrs Okafor").does_not_say("Let it go").does_not_say("Call back");
    for deed in ["done", "later", "let-go", "apology", "sorted", "reopen", "call-back"] {
        let form = [("why", "x"), ("within", "1h"), ("due", "1781098200")];
        viewer.sends(&format!("/console/promises/1/{deed}"), &form).await.is(403);
    }
    assert_eq!(state(&shop).await, PromiseState::Open);
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/promises/1/burn", &[]).await.is(404);
    for nowhere in ["99", "x", "-1"] {
        sam.opens(&format!("/console/promises/{nowhere}")).await.is(404);
        sam.sends(&format!("/console/promises/{nowhere}/done"), &[]).await.is(404);
    }
}
