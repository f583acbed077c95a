//! Where two things happen to one promise at about the same time.

use jiff::SignedDuration;
use switchboard::domain::call::Message;
use switchboard::domain::promise::{Happens, PromiseState};
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::{self, Details};

use super::{PRIYA, SAM, done, happens, only, passes, promised, texts_to};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{self, OKAFOR};

async fn says_after_the_tone(shop: &Shop, transcript: Option<&str>) {
    let call = only(shop).await.calls[0];
    let transcript = transcript.map(str::to_owned);
    happens(
        shop,
        Happens::MessageLeft {
            call,
            message: Message { seconds: Some(8), recording: None, transcript },
            listen: String::new(),
        },
    )
    .await;
}

async fn told_of_a_message(shop: &Shop) -> usize {
    texts_to(shop, PRIYA).await.iter().filter(|text| text.contains("left a message")).count()
}

pub(super) async fn later(shop: &Shop, minutes: i64) {
    let due = shop.server().now() + SignedDuration::from_mins(minutes);
    happens(shop, Happens::Later { by: StaffId::new("priya"), due }).await;
}

#[tokio::test]
async fn words_that_the_provider_writes_down_late_are_still_told() {
    let shop = promised().await;
    says_after_the_tone(&shop, None).await;
    passes(&shop, 5).await;
    assert_eq!(told_of_a_message(&shop).await, 1, "that there is a message");
    says_after_the_tone(&shop, Some("It leaks.")).await;
    assert_eq!(told_of_a_message(&shop).await, 2);
    assert!(texts_to(&shop, PRIYA).await.last().unwrap().contains("It leaks."));
}

#[tokio::test]
async fn a_message_is_told_of_though_its_owner_is_reminded_meanwhile() {
    let shop = promised().await;
    passes(&shop, 88).await;
    says_after_the_tone(&shop, None).await;
    passes(&shop, 2).await;
    assert!(texts_to(&shop, PRIYA).await.last().unwrap().starts_with("Reminder"));
    passes(&shop, 3).await;
    assert_eq!(told_of_a_message(&shop).await, 1);
}

#[tokio::test]
async fn the_same_later_time_is_told_to_the_customer_once() {
    let shop = promised().await;
    let due = shop.server().now() + SignedDuration::from_mins(300);
    let before = texts_to(&shop, OKAFOR).await.len();
    for _ in 0..2 {
        happens(&shop, Happens::Later { by: StaffId::new("priya"), due }).await;
    }
    assert_eq!(texts_to(&shop, OKAFOR).await.len(), before + 1);
}

#[tokio::test]
async fn undo_of_done_keeps_the_later_time_of_a_promise_that_had_been_broken() {
    let shop = promised().await;
    passes(&shop, 125).await;
    later(&shop, 60).await;
    let put_off = only(&shop).await;
    assert_eq!(put_off.state, PromiseState::Open);
    happens(&shop, done("sam", false)).await;
    let again = happens(&shop, Happens::Reopened { by: StaffId::new("sam") }).await;
    assert_eq!((&again.state, again.due, again.remind), (&PromiseState::Open, put_off.due, put_off.remind));
}

#[tokio::test]
async fn undo_of_done_leaves_broken_what_was_broken() {
    let shop = promised().await;
    passes(&shop, 125).await;
    happens(&shop, done("sam", false)).await;
    let again = happens(&shop, Happens::Reopened { by: StaffId::new("sam") }).await;
    assert_eq!(again.state, PromiseState::Broken);
}

#[tokio::test]
async fn what_somebody_who_has_left_did_not_keep_is_the_owners() {
    let shop = promised().await;
    let without = ROTA.replace("\"tom\", \"priya\", \"ana\"", "\"tom\", \"ana\"");
    let without: Vec<_> = without.lines().filter(|line| !line.starts_with("priya =")).collect();
    shop.passes(SignedDuration::from_mins(125)).await;
    shop.server().save_rota(&without.join("\n"));
    passes(&shop, 1).await;
    let promise = only(&shop).await;
    assert_eq!((&promise.state, promise.owner.as_str()), (&PromiseState::Broken, "sam"));
    assert!(texts_to(&shop, SAM).await.iter().any(|text| text.contains("Reply YES 1 to send this")));
    assert!(shop.staff("sam").texts("YES").await.contains("you ring by"));
}

#[tokio::test]
async fn nothing_is_texted_to_a_customer_who_was_blocked_meanwhile() {
    let shop = promised().await;
    let before = texts_to(&shop, OKAFOR).await.len();
    let blocked = promises::customers().map(|details| Details { blocked: Some(Some(true)), ..details });
    let operator = shop.server().app().operator();
    operator.errand(move |tx| customers::put(tx, &blocked)).await.unwrap();
    later(&shop, 300).await;
    assert_eq!(texts_to(&shop, OKAFOR).await.len(), before);
}

#[tokio::test]
async fn what_is_called_done_during_a_call_stays_done_after_it() {
    let shop = promised().await;
    shop.next("priya", Behaviour::presses("1").talks(120));
    let again = shop.caller(OKAFOR).rings().await;
    passes(&shop, 1).await;
    happens(&shop, done("priya", false)).await;
    again.ends().await;
    shop.goes_quiet().await;
    again.reached("priya");
    let third = shop.caller(OKAFOR).rings().await;
    assert_eq!(third.ringing(), ["priya"], "the second call about it, not the third");
}

#[tokio::test]
async fn undo_of_done_leaves_the_matter_as_open_as_it_was() {
    let shop = promised().await;
    let priya = shop.staff("priya");
    priya.texts("DONE 1").await;
    priya.texts("UNDO").await;
    let again = shop.caller(OKAFOR).rings().await;
    again.ends().await;
    assert_eq!(again.rang()[..2], ["priya", "sam"], "the second call about it");
}

#[tokio::test]
async fn undo_takes_back_nobody_elses_word() {
    let shop = promised().await;
    let (priya, tom) = (shop.staff("priya"), shop.staff("tom"));
    tom.texts("DONE 1").await;
    happens(&shop, Happens::Reopened { by: StaffId::new("sam") }).await;
    priya.texts("DONE 1").await;
    let answer = tom.texts("UNDO").await;
    assert!(answer.contains("Priya Nair has closed it"), "{answer}");
    assert!(!only(&shop).await.is_unsettled());
}

#[tokio::test]
async fn why_a_promise_was_let_go_is_told_though_it_was_taken_up_again() {
    let shop = promised().await;
    let by = StaffId::new("priya");
    happens(&shop, Happens::LetGo { by: by.clone(), why: "Moved to Leeds.".to_owned() }).await;
    let again = happens(&shop, Happens::Reopened { by }).await;
    assert_eq!(again.state, PromiseState::Open);
    let whys: Vec<&str> = again.story.iter().filter_map(|entry| entry.why.as_deref()).collect();
    assert_eq!(whys, ["Moved to Leeds."]);
}
