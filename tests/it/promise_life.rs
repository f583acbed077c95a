//! What happens after a promise: it is remembered, kept, or owned up to; and never closed by itself.

mod corners;
mod night;

use jiff::SignedDuration;
use switchboard::domain::promise::{Happens, Promise, PromiseId, PromiseState, apology_due};
use switchboard::domain::staff::StaffId;

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::rest::Kind;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

const PRIYA: &str = "+447700900102";
const SAM: &str = "+447700900101";

/// Mrs Okafor has rung at ten on a Wednesday, and Priya owes her a call by noon.
async fn promised() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop
}

async fn passes(shop: &Shop, minutes: i64) {
    shop.passes(SignedDuration::from_mins(minutes)).await;
    shop.server().sweeps().await;
}

async fn only(shop: &Shop) -> Promise {
    let mut promises = shop.server().promises().await;
    assert_eq!(promises.len(), 1, "{promises:#?}");
    promises.remove(0)
}

async fn happens(shop: &Shop, happens: Happens) -> Promise {
    let id = only(shop).await.id;
    shop.server().app().operator().act(id, happens).await.unwrap().unwrap().after
}

/// What this number has been sent so far, in order.
async fn texts_to(shop: &Shop, number: &str) -> Vec<String> {
    shop.server().texts().await;
    let taken = shop.server().rest.taken();
    taken.into_iter().filter(|taken| taken.kind == Kind::Text && taken.to == number).map(|taken| taken.body).collect()
}

fn done(by: &str, follow: bool) -> Happens {
    Happens::Done { by: StaffId::new(by), follow }
}

#[tokio::test]
async fn whoever_owes_a_call_is_told_who_about_what_and_how_to_answer_and_reminded_in_time() {
    let shop = promised().await;
    let told = texts_to(&shop, PRIYA).await;
    assert_eq!(
        told,
        ["Mrs Okafor (+44 7700 900201) rang at 10:00 and was promised a call from you by 12:00. About: Boiler, \
          Tuesday. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it."]
    );
    passes(&shop, 85).await;
    assert_eq!(texts_to(&shop, PRIYA).await.len(), 1, "not before half past eleven");
    passes(&shop, 10).await;
    let told = texts_to(&shop, PRIYA).await;
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[1].starts_with("Reminder: Mrs Okafor (+44 7700 900201) expects your call by 12:00."), "{told:?}");
    for _ in 0..5 {
        passes(&shop, 1).await;
    }
    assert_eq!(texts_to(&shop, PRIYA).await.len(), 2, "once");
}

#[tokio::test]
async fn a_promise_that_nobody_kept_is_the_owners_who_can_own_up_with_one_word() {
    let shop = promised().await;
    passes(&shop, 125).await;
    let broken = only(&shop).await;
    assert_eq!((&broken.state, broken.owner.as_str()), (&PromiseState::Broken, "sam"));
    let told = texts_to(&shop, SAM).await;
    assert_eq!(
        told,
        [
            "Priya Nair has not rung Mrs Okafor (+44 7700 900201), who was promised it by 12:00. The promise is yours now. \
          About: Boiler, Tuesday. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it. Reply YES 1 to \
          send this: \"We said Priya Nair would ring you by 12:00 and did not. I am sorry. I am ringing you by 12:36. Sam \
          Hartley\""
        ]
    );
    assert!(texts_to(&shop, PRIYA).await.last().unwrap().contains("Sam Hartley has promise 1 now"));
    let heard = texts_to(&shop, OKAFOR).await.len();

    let sam = StaffId::new("sam");
    let rota = shop.server().rota();
    let now = shop.server().now().to_zoned(rota.zone.clone());
    let apologises = Happens::Apologised { by: sam, due: apology_due(&rota, &now) };
    happens(&shop, apologises.clone()).await;
    happens(&shop, apologises).await;
    let told = texts_to(&shop, OKAFOR).await;
    assert_eq!(told.len(), heard + 1, "{told:#?}");
    assert!(told.last().unwrap().contains("I am sorry. I am ringing you by 12:36. Sam Hartley"), "{told:#?}");
    assert!(only(&shop).await.is_unsettled(), "an apology is not the call");
}

#[tokio::test]
async fn a_broken_promise_stays_until_a_human_closes_it_and_is_late_for_ever() {
    let shop = promised().await;
    for _ in 0..10 {
        passes(&shop, 24 * 60).await;
    }
    assert_eq!(only(&shop).await.state, PromiseState::Broken);
    let kept = happens(&shop, done("sam", false)).await;
    assert!(matches!(kept.state, PromiseState::Kept { .. }) && kept.broken.is_some(), "{kept:?}");
}

#[tokio::test]
async fn two_calls_about_one_matter_are_one_promise_and_the_second_hears_the_same_name_and_time() {
    let shop = promised().await;
    passes(&shop, 30).await;
    let again = shop.caller(OKAFOR).rings().await;
    again.ends().await;
    shop.goes_quiet().await;
    assert!(again.heard().contains("Priya Nair will ring you by 12:00"), "{}", again.heard());
    let promise = only(&shop).await;
    assert_eq!((promise.calls.len(), promise.owner.as_str()), (2, "priya"));
    let told = texts_to(&shop, PRIYA).await;
    assert!(told.last().unwrap().contains("rang again and was told that you ring by 12:00"), "{told:#?}");
}

#[tokio::test]
async fn a_second_call_after_a_broken_promise_is_promised_by_the_owner_of_the_business() {
    let shop = promised().await;
    passes(&shop, 125).await;
    let again = shop.caller(OKAFOR).rings().await;
    again.ends().await;
    shop.goes_quiet().await;
    assert!(again.heard().contains("Sam Hartley will ring you by 14:"), "{}", again.heard());
    let promise = only(&shop).await;
    assert_eq!((promise.calls.len(), &promise.state), (2, &PromiseState::Open));
    assert!(promise.broken.is_some());
}

#[tokio::test]
async fn whoever_takes_a_later_call_is_asked_whether_it_is_settled_and_nothing_is_closed_silently() {
    let shop = promised().await;
    shop.next("priya", Behaviour::presses("1"));
    let again = shop.caller(OKAFOR).rings().await;
    again.ends().await;
    shop.goes_quiet().await;
    again.reached("priya");
    assert!(only(&shop).await.is_unsettled());
    let told = texts_to(&shop, PRIYA).await;
    assert!(told.last().unwrap().ends_with("Is it settled? DONE 1 if so."), "{told:#?}");
}

#[tokio::test]
async fn the_next_open_morning_the_same_human_asks_and_no_brings_it_back_to_them() {
    let shop = promised().await;
    happens(&shop, done("priya", true)).await;
    passes(&shop, 60).await;
    let before = texts_to(&shop, OKAFOR).await.len();
    passes(&shop, 22 * 60).await;
    let asked = texts_to(&shop, OKAFOR).await;
    assert_eq!(asked.len(), before + 1, "{asked:#?}");
    assert_eq!(asked.last().unwrap(), "Hartley Heating: is it sorted? Reply YES or NO.");
    let told = texts_to(&shop, PRIYA).await;
    assert!(told.last().unwrap().starts_with("Today: ask Mrs Okafor"), "{told:#?}");
    let again = happens(&shop, Happens::CustomerSays { sorted: false }).await;
    assert_eq!((&again.state, again.owner.as_str()), (&PromiseState::Open, "priya"));
    assert!(texts_to(&shop, PRIYA).await.last().unwrap().contains("says that it is not sorted"));
}

#[tokio::test]
async fn what_is_done_without_more_ado_asks_nobody_anything() {
    let shop = promised().await;
    let kept = happens(&shop, done("priya", false)).await;
    let before = texts_to(&shop, OKAFOR).await;
    for _ in 0..10 {
        passes(&shop, 24 * 60).await;
    }
    assert_eq!(only(&shop).await, kept);
    assert_eq!(texts_to(&shop, OKAFOR).await, before);
    let call = shop.caller(OKAFOR).rings().await;
    assert_eq!(call.ringing(), ["priya"]);
}

#[tokio::test]
async fn a_later_time_is_told_to_the_customer_and_reminded_of_anew() {
    let shop = promised().await;
    let due = shop.server().now() + SignedDuration::from_mins(299);
    happens(&shop, Happens::Later { by: StaffId::new("priya"), due }).await;
    let told = texts_to(&shop, OKAFOR).await;
    assert!(told.last().unwrap().contains("Priya Nair will ring you by 15:0"), "{told:#?}");
    passes(&shop, 200).await;
    assert_eq!(only(&shop).await.state, PromiseState::Open, "noon has passed and is not the time any more");
    passes(&shop, 80).await;
    assert!(texts_to(&shop, PRIYA).await.last().unwrap().contains("expects your call"));
}

#[tokio::test]
async fn the_promises_of_somebody_who_has_left_go_to_who_is_there() {
    let shop = promised().await;
    let without = ROTA.replace("\"tom\", \"priya\", \"ana\"", "\"tom\", \"ana\"");
    let without: Vec<_> = without.lines().filter(|line| !line.starts_with("priya =")).collect();
    shop.server().save_rota(&without.join("\n"));
    passes(&shop, 1).await;
    let promise = only(&shop).await;
    assert_eq!(promise.owner.as_str(), "tom", "he is on call");
    let told = texts_to(&shop, "+447700900103").await;
    assert!(told.last().unwrap().contains("was promised a call from you by 12:00"), "{told:#?}");
    let told = texts_to(&shop, SAM).await;
    let note = "priya is not on the staff any more. Their promises have gone on: 1 (Mrs Okafor) to Tom Ellis.";
    assert!(told.iter().any(|text| text == note), "{told:#?}");
}

#[tokio::test]
async fn a_promise_over_the_night_of_the_clock_change_is_for_the_clock_on_the_wall() {
    let shop = Shop::opening(ROTA, "2026-10-24 12:30").customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    assert!(call.heard().contains("by 10:00 on Monday 26 October"), "{}", call.heard());
    let reminder = |told: Vec<String>| told.iter().filter(|text| text.starts_with("Reminder")).count();
    // Twenty-five hours in a day: half past nine on Monday is 46 hours later.
    shop.passes(SignedDuration::from_mins(45 * 60 + 55)).await;
    shop.server().sweeps().await;
    assert_eq!(reminder(texts_to(&shop, PRIYA).await), 0);
    passes(&shop, 10).await;
    assert_eq!(reminder(texts_to(&shop, PRIYA).await), 1);
    passes(&shop, 31).await;
    assert_eq!(only(&shop).await.state, PromiseState::Broken);
}

#[tokio::test]
async fn what_the_caller_said_after_the_tone_is_told_in_their_words() {
    use crate::phones::caller::AtTheTone;
    let shop = Shop::open(ROTA, OPEN).await;
    shop.caller(STRANGER).at_the_tone(AtTheTone::Speaks(8)).rings().await.ends().await;
    shop.goes_quiet().await;
    passes(&shop, 5).await;
    let told = texts_to(&shop, "+447700900103").await;
    let message: Vec<_> = told.iter().filter(|text| text.contains("left a message")).collect();
    assert_eq!(message, ["A new caller (1) left a message: \"The boiler is cold again.\""]);
}

#[tokio::test]
async fn nobody_can_do_anything_to_a_promise_that_is_not_there() {
    let shop = promised().await;
    let nothing = shop.server().app().operator().act(PromiseId(99), done("priya", false)).await.unwrap();
    assert_eq!(nothing, None);
}

#[tokio::test]
async fn whoever_takes_the_next_call_hears_what_was_promised() {
    let shop = promised().await;
    shop.next("priya", Behaviour::presses("3")).next("tom", Behaviour::presses("1"));
    let again = shop.caller(OKAFOR).rings().await;
    again.ends().await;
    shop.goes_quiet().await;
    let story = again.story();
    assert!(story.contains("priya hears: Hartley Heating. Mrs Okafor for you. You promised by 12:00."), "{story}");
    assert!(story.contains("tom hears: Hartley Heating. Mrs Okafor for you. Priya Nair promised by 12:00."), "{story}");
}
