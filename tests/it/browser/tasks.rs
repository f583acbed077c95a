//! What each of the other pages is there for, done by hand.

use jiff::SignedDuration;
use serde_json::json;

use super::browser_of;
use super::pages::shop;
use crate::promises::STRANGER;

#[tokio::test]
async fn somebody_in_a_van_goes_away_and_comes_back_with_one_tap_each() {
    let shop = shop().await;
    let Some(tom) = browser_of(&shop, "tom").await else { return };
    tom.opens("/console/mine").await;
    tom.sees("You are on call").await;
    tom.presses("Away for 2 hours").await;
    tom.sees("You are away.").await;
    tom.looks_fine().await;
    tom.presses("I am back").await;
    tom.sees("You are back.").await;
    tom.sees("You are on call").await;
}

/// Kept on the home screen, and taken out again an hour later.
#[tokio::test]
async fn mine_is_shown_anew_when_somebody_comes_back_to_it() {
    let shop = shop().await;
    let Some(tom) = browser_of(&shop, "tom").await else { return };
    tom.opens("/console/mine").await;
    tom.sees("You are on call").await;
    shop.signs_in("tom").await.sends("/console/mine/away", &[("until", "2h")]).await;
    let seen = "const [seen, after] = arguments, now = Date.now(); Date.now = () => now + after; \
         Object.defineProperty(document, 'visibilityState', { value: seen, configurable: true }); \
         document.dispatchEvent(new Event('visibilitychange'))";
    for (state, milliseconds) in [("hidden", 0), ("visible", 5_000)] {
        tom.driver.runs(seen, json!([state, milliseconds])).await.unwrap();
    }
    tom.sees("You are on call").await;
    for (state, milliseconds) in [("hidden", 0), ("visible", 3_600_000)] {
        tom.driver.runs(seen, json!([state, milliseconds])).await.unwrap();
    }
    tom.sees("You are away").await;
}

#[tokio::test]
async fn a_promise_is_kept_opened_again_moved_and_let_go() {
    let shop = shop().await;
    let Some(priya) = browser_of(&shop, "priya").await else { return };
    priya.opens("/console/promises/1").await;
    priya.presses("Done").await;
    priya.sees("Nobody has to ring any more.").await;
    priya.presses("Open it again").await;
    priya.sees("Open again.").await;
    priya.presses("In three hours").await;
    priya.sees("The customer is told the new time.").await;
    priya.fills("Why", "Rang the wrong number").await;
    priya.presses("Let it go").await;
    priya.sees("Nobody rings any more.").await;
    priya.sees("Rang the wrong number").await;
    priya.looks_fine().await;
}

#[tokio::test]
async fn a_call_gets_a_note_that_the_next_person_reads() {
    let shop = shop().await;
    let Some(priya) = browser_of(&shop, "priya").await else { return };
    let call = shop.server().calls().await.remove(0);
    priya.opens(&format!("/console/calls/{}", call.id.0)).await;
    priya.fills("Note", "The pump, not the boiler").await;
    priya.presses("Save").await;
    priya.sees("Priya Nair,").await;
    let Some(tom) = browser_of(&shop, "tom").await else { return };
    tom.opens(&format!("/console/calls/{}", call.id.0)).await;
    assert_eq!(tom.reads("Note").await, "The pump, not the boiler");
    tom.looks_fine().await;
}

#[tokio::test]
async fn calls_are_narrowed_down_and_a_message_is_listened_to_and_kept() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    sam.opens("/console/calls").await;
    sam.chooses("Outcome", "promised").await;
    sam.presses("Search").await;
    sam.no_longer_sees("+44 7700 900999").await;
    assert!(sam.path().await.contains("outcome=promised"), "the filter stays in the address");
    sam.looks_fine().await;
    let call = shop.server().calls().await.into_iter().find(|call| call.message.is_some()).unwrap();
    sam.opens(&format!("/console/calls/{}", call.id.0)).await;
    sam.sees("Download the recording").await;
    for sound in ["document.querySelector('audio').src", "document.querySelector('a[download]').href"] {
        let fetch = format!(
            "const done = arguments[0]; fetch({sound}).then((answer) => done(answer.status + ' ' + answer.headers.get('content-type')))"
        );
        assert_eq!(sam.driver.waits(&fetch, json!([])).await.unwrap(), "200 audio/mpeg");
    }
    sam.looks_fine().await;
}

#[tokio::test]
async fn a_stranger_becomes_a_customer_who_is_changed_made_one_with_another_and_erased() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let calls = shop.server().calls().await;
    let stranger = calls.iter().find(|call| call.customer.is_none()).unwrap();
    sam.opens(&format!("/console/calls/{}", stranger.id.0)).await;
    sam.presses("Add as a customer").await;
    assert_eq!(sam.reads("Numbers").await, STRANGER);
    sam.fills("Name", "Okafor, Mrs").await;
    sam.presses("Save").await;
    sam.sees("Added.").await;
    sam.presses("Edit").await;
    sam.fills("Note for the whisper", "Gate code 7").await;
    sam.presses("Save").await;
    sam.sees("Saved.").await;
    sam.opens("/console/customers/1").await;
    sam.presses("Merge with another").await;
    sam.presses("Merge with Okafor, Mrs").await;
    sam.sees("Choose what stays").await;
    sam.looks_fine().await;
    sam.presses("Merge for good").await;
    sam.sees("The two are one customer now.").await;
    sam.sees("+44 7700 900999").await;
    sam.presses("Erase for good").await;
    sam.fills("Type Mrs Okafor", "Mrs Okafor").await;
    sam.looks_fine().await;
    sam.presses("Erase for good").await;
    sam.sees("no longer name them").await;
    sam.no_longer_sees("Okafor").await;
}

#[tokio::test]
async fn somebody_gets_a_role_a_program_gets_a_token_and_both_are_noted() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    sam.opens("/console/people").await;
    sam.chooses("Role of Tom Ellis", "Admin").await;
    sam.presses("Give Tom Ellis this role").await;
    sam.presses("Tokens for programs").await;
    sam.fills("What it is for", "the till").await;
    sam.presses("Make a token").await;
    sam.sees("Copy it now: it is not shown again.").await;
    sam.looks_fine().await;
    sam.presses("Tokens for programs").await;
    sam.presses("Revoke the token the till").await;
    sam.sees("Every program that shows it is refused from now on.").await;
    sam.looks_fine().await;
    sam.presses("Yes, do it").await;
    sam.sees("revoked").await;
    sam.opens("/console/audit").await;
    sam.sees("the till").await;
    sam.sees("Admin").await;
    sam.looks_fine().await;
}

#[tokio::test]
async fn a_rota_that_was_saved_by_mistake_is_back_with_one_click() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let before = shop.server().rota().away.len();
    sam.opens("/console/rota").await;
    sam.presses("Tom Ellis").await;
    sam.fills("First day away", "2026-06-22").await;
    sam.fills("Last day away", "2026-06-26").await;
    sam.presses_beside("First day away", "Show what changes").await;
    sam.presses("Save this change").await;
    sam.sees("Saved, and live.").await;
    assert_eq!(shop.server().rota().away.len(), before + 1);
    sam.presses("Versions").await;
    sam.looks_fine().await;
    sam.presses("Go back to this one: 1").await;
    sam.sees("Saved, and live.").await;
    assert_eq!(shop.server().rota().away.len(), before);
}

/// Signed out elsewhere while a form was open: what was typed is not lost.
#[tokio::test]
async fn what_was_typed_outlives_the_session_it_was_typed_in() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    sam.opens("/console/customers/1").await;
    sam.presses("Edit").await;
    sam.fills("Note for the whisper", "Rings twice, then waits").await;
    shop.signs_in("sam").await.sends("/console/sign-out-everywhere", &[]).await;
    shop.passes(SignedDuration::from_secs(1)).await;
    sam.presses("Save").await;
    sam.sees("What you sent was kept").await;
    sam.looks_fine().await;
    sam.fills("Your phone number", "07700 900101").await;
    sam.presses("Text me a code").await;
    sam.sees("Type the code").await;
    let texts = shop.server().texts().await;
    let text = texts.iter().rev().find(|text| text.contains("your code for the console is")).unwrap();
    let code: String = text.split(" is ").nth(1).unwrap().chars().filter(char::is_ascii_digit).take(6).collect();
    sam.fills("Code of six digits", &code).await;
    sam.presses("Sign in").await;
    sam.sees("You are signed in as Sam Hartley.").await;
    sam.presses("Send it again").await;
    sam.sees("Rings twice, then waits").await;
    sam.looks_fine().await;
}
