//! The network and the real server understand each other: one short story of each kind.

use jiff::SignedDuration;
use switchboard::config::watch::Reloaded;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::Details;

use crate::phones::caller::{AtTheTone, FirstAnswer, Patience};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

/// A Wednesday in a week of Tom's.
const OPEN: &str = "2026-06-10 10:00";
const STRANGER: &str = "+447700900999";
const OKAFOR: &str = "+447700900201";

fn okafor() -> Details {
    Details {
        name: "Mrs Okafor".to_owned(),
        numbers: vec![Phone::from_e164(OKAFOR).unwrap()],
        usual: Some(Some(StaffId::new("priya"))),
        note: Some(Some("Boiler, Tuesday".to_owned())),
        ..Details::default()
    }
}

#[tokio::test]
async fn a_customer_reaches_their_usual_person() {
    let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.reached("priya");
    call.ends().await;
    shop.goes_quiet().await;
    insta::assert_snapshot!(call.story(), @"
    10:00:00 caller rings
    10:00:00 rings priya 18 s
    10:00:04 priya answered
    10:00:04 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:06 priya presses 1
    10:00:06 priya accepted
    10:02:06 priya hung up
    10:02:06 call ends
    ");
    assert_eq!(shop.server().calls().await.len(), 1);
    assert!(shop.server().promises().await.is_empty());
    assert!(shop.server().texts().await.is_empty());
}

#[tokio::test]
async fn nobody_can_take_the_call_and_a_promise_is_made() {
    let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
    let call = shop.caller(OKAFOR).at_the_tone(AtTheTone::Speaks(12)).rings().await;
    call.phone("priya").voicemail_answers().await;
    call.ends().await;
    shop.goes_quiet().await;
    insta::assert_snapshot!(call.plot().join("\n"), @"
    caller rings
    rings priya 18 s
    priya has voicemail answering
    priya did not accept
    rings tom 16 s
    tom did not answer
    rings sam 16 s
    sam did not answer
    promise: priya by 12:00
    tone
    message of 12 s
    call ends
    ");
    call.was_promised("priya");
    call.left_a_message_of(12);
    assert_eq!(shop.server().promises().await.len(), 1);
    insta::assert_snapshot!(shop.server().texts().await.join("\n"), @r#"
    +447700900102: Mrs Okafor (+44 7700 900201) rang at 10:00 and was promised a call from you by 12:00. About: Boiler, Tuesday. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it.
    +447700900102: Mrs Okafor (1) left a message: "The boiler is cold again."
    +447700900201: Hartley Heating: sorry we missed you. Priya Nair will ring you by 12:00.
    "#);
}

#[tokio::test]
async fn wrong_keys_repeats_and_two_instances() {
    let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).instances(2).open().await;
    shop.network().wire.repeats = 1;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("71").await;
    call.reached("priya");
    let second = shop.caller(STRANGER).rings().await;
    assert_ne!(second.ringing(), ["priya"]);
    shop.goes_quiet().await;
    assert_eq!(shop.server().calls().await.len(), 2);
    assert_eq!(second.end(), Some(End::Promised(shop.server().promises().await[0].owner.to_string())));
}

#[tokio::test]
async fn a_person_who_presses_2_rings_back_soon() {
    let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("2").await;
    assert_eq!(call.was_promised("priya").by, "10:15");
    call.ends().await;
    assert!(call.heard().starts_with("Priya Nair knows that you are calling"), "{}", call.story());
}

#[tokio::test]
async fn a_caller_who_gives_up_at_any_moment_is_owed_a_call() {
    for patience in [Patience::UntilSecond(3), Patience::UntilWhisper(1), Patience::UntilPromise(1)] {
        for action in [true, false] {
            let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
            shop.network().quirks.action_after_hang_up = action;
            shop.network().quirks.late_key = true;
            shop.always("priya", Behaviour::voicemail());
            let call = shop.caller(OKAFOR).patient(patience).rings().await;
            call.ends().await;
            shop.goes_quiet().await;
            call.reached_nobody();
            assert_eq!(shop.server().promises().await.len(), 1, "{}", call.story());
        }
    }
}

#[tokio::test]
async fn a_call_that_the_network_loses_is_swept_up() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    let first = call.ringing()[0].clone();
    call.phone(&first).does(Behaviour::vanishes()).await;
    shop.passes(SignedDuration::from_mins(10)).await;
    assert_eq!(shop.server().sweeps().await, 1);
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn a_server_that_is_started_again_in_mid_ring_goes_on() {
    let mut shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    shop.server_mut().restart().await;
    call.phone("priya").presses("1").await;
    call.reached("priya");
    shop.goes_quiet().await;
    assert_eq!(shop.server().calls().await.len(), 1);
}

#[tokio::test]
async fn a_withheld_caller_and_a_closed_line_are_promised_too() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller("anonymous").rings().await;
    call.ends().await;
    assert!(matches!(call.end(), Some(End::Promised(_))), "{}", call.story());
    shop.goes_quiet().await;
    assert_eq!(shop.server().texts().await.iter().filter(|text| !text.starts_with("+4477009001")).count(), 0);
    let closed = Shop::open(ROTA, "2026-06-14 10:00").await;
    let call = closed.caller(STRANGER).to("+442079460002").expects(FirstAnswer::Promises).rings().await;
    call.ends().await;
    assert!(call.rang().is_empty(), "{}", call.story());
}

#[tokio::test]
async fn a_desk_that_cannot_have_voicemail_takes_the_call_by_answering() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).to("+442079460001").rings().await;
    call.phone("desk").answers().await;
    call.reached("desk");
    call.ends().await;
}

#[tokio::test]
async fn a_rota_saved_in_mid_call_is_the_next_callers() {
    let shop = Shop::opening(ROTA, OPEN).seed(2).open().await;
    let call = shop.caller(STRANGER).rings().await;
    let saved = shop.server().save_rota(&ROTA.replace("starts      = 2026-06-08", "starts      = 2026-06-01"));
    assert!(matches!(saved, Reloaded::Live { .. }), "{saved:?}");
    assert_eq!(call.ringing(), ["tom"]);
    call.phone("tom").declines().await;
    assert_eq!(call.ringing(), ["priya"]);
    assert_eq!(shop.caller(OKAFOR).rings().await.ringing(), ["ana"], "the turn is Priya's now, and she is engaged");
}

#[tokio::test]
async fn two_shops_can_share_a_store() {
    let shop = Shop::opening(ROTA, OPEN).customers([okafor()]).open().await;
    let other = Shop::opening(ROTA, OPEN).store(shop.server().store()).seed(3).open().await;
    assert_eq!(other.caller(OKAFOR).rings().await.ringing(), ["priya"]);
}
