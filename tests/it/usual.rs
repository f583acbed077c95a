//! Who usually looks after a customer, learned from whose conversations they had.

use jiff::SignedDuration;
use switchboard::domain::caller::{Customer, CustomerId};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::operator::{Counted, usual_person_answered};
use switchboard::store::Tx;
use switchboard::store::customers::{self, Details};

use crate::phones::opening::{Opening, ROTA};
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

const LI: &str = "+447700900301";
const PRIYA: &str = "+447700900102: ";

fn opening() -> Opening {
    let li = Details { name: "Mr Li".to_owned(), numbers: vec![Phone::from_e164(LI).unwrap()], ..Details::default() };
    let weekly = "rotate      = \"weekly\"\nhandover    = \"Mon 08:30\"\nstarts      = 2026-06-08\n";
    Shop::opening(&ROTA.replace(weekly, "rotate = \"fixed\"\n"), "2026-06-10 10:00").customers([li])
}

/// Rings about something new; Tom is on the other line, and Priya takes it.
async fn priya_takes_a_call(shop: &Shop) {
    shop.next("tom", Behaviour::busy()).next("priya", Behaviour::presses("1"));
    shop.caller(LI).rings().await.ends().await;
    shop.passes(SignedDuration::from_hours(14 * 24)).await;
}

async fn li(shop: &Shop) -> Customer {
    let li = shop.server().app().operator().errand(|tx| customers::get(tx, CustomerId(1))).await.unwrap();
    li.unwrap()
}

async fn answers(shop: &Shop, yes: bool) -> Counted {
    let (now, priya) = (shop.server().now(), StaffId::new("priya"));
    let answer = move |tx: &mut Tx<'_>| usual_person_answered(tx, CustomerId(1), &priya, yes, now);
    shop.server().app().operator().errand(answer).await.unwrap()
}

async fn questions(shop: &Shop) -> Vec<String> {
    let texts = shop.server().texts().await.into_iter().filter_map(|text| Some(text.strip_prefix(PRIYA)?.to_owned()));
    texts.filter(|text| text.contains("usual person")).collect()
}

/// Whose phone rings first.
async fn first_rung(shop: &Shop) -> String {
    let call = shop.caller(LI).rings().await;
    let first = call.rang().remove(0);
    call.hangs_up().await;
    shop.goes_quiet().await;
    first
}

#[tokio::test]
async fn whoever_took_most_of_somebodys_calls_is_asked_once_to_look_after_them() {
    let mut shop = opening().instances(2).open().await;
    priya_takes_a_call(&shop).await;
    assert_eq!(questions(&shop).await, Vec::<String>::new(), "one call is chance");
    priya_takes_a_call(&shop).await;
    let asked = ["You took 2 of Mr Li's last 2 calls. Be their usual person? Reply Y or N."];
    assert_eq!(questions(&shop).await, asked);
    shop.server_mut().crashes().await;
    shop.next("priya", Behaviour::busy()).next("tom", Behaviour::presses("1"));
    shop.caller(LI).rings().await.ends().await;
    shop.next("priya", Behaviour::busy()).next("tom", Behaviour::busy());
    shop.caller(LI).rings().await.ends().await;
    shop.goes_quiet().await;
    for _ in 0..3 {
        priya_takes_a_call(&shop).await;
    }
    assert_eq!(questions(&shop).await, asked, "once ever");
}

#[tokio::test]
async fn somebody_who_says_yes_looks_after_them_from_then_on() {
    let shop = opening().open().await;
    for _ in 0..2 {
        priya_takes_a_call(&shop).await;
    }
    assert_eq!(li(&shop).await.usual, None, "used as learned, and not pinned yet");
    assert_eq!(first_rung(&shop).await, "priya");
    assert_eq!(answers(&shop, true).await, Counted::Pinned);
    let li = li(&shop).await;
    assert_eq!(li.usual, Some(StaffId::new("priya")));
    assert_eq!((li.asked[0].took.len(), li.asked[0].said.unwrap().yes), (2, true), "with the calls that say so");
}

#[tokio::test]
async fn the_answer_is_one_letter_by_text() {
    let shop = opening().open().await;
    for _ in 0..2 {
        priya_takes_a_call(&shop).await;
    }
    let priya = shop.staff("priya");
    assert_eq!(priya.texts("y").await, "You are the usual person of Mr Li now: their calls ring you first.");
    assert_eq!(li(&shop).await.usual, Some(StaffId::new("priya")));
    assert_eq!(priya.texts("n").await, "Nothing is waiting for your answer. HELP lists what you can write.");
}

#[tokio::test]
async fn somebody_who_says_no_is_neither_asked_nor_used_again() {
    let shop = opening().open().await;
    for _ in 0..2 {
        priya_takes_a_call(&shop).await;
    }
    assert_eq!(answers(&shop, false).await, Counted::Declined);
    assert_eq!(first_rung(&shop).await, "tom", "whoever is on call");
    for _ in 0..3 {
        priya_takes_a_call(&shop).await;
    }
    assert_eq!(questions(&shop).await.len(), 1);
    assert_eq!(li(&shop).await.usual, None);
}

#[tokio::test]
async fn what_an_admin_has_decided_meanwhile_stays() {
    let shop = opening().open().await;
    for _ in 0..2 {
        priya_takes_a_call(&shop).await;
    }
    let pin = |tx: &mut Tx<'_>| {
        let numbers = vec![Phone::from_e164(LI).unwrap()];
        let usual = Some(Some(StaffId::new("ana")));
        customers::put(tx, &[Details { name: "Mr Li".to_owned(), numbers, usual, ..Details::default() }])
    };
    shop.server().app().operator().errand(pin).await.unwrap();
    assert_eq!(answers(&shop, true).await, Counted::Late);
    assert_eq!(answers(&shop, false).await, Counted::Declined);
    assert_eq!(li(&shop).await.usual, Some(StaffId::new("ana")));
}

/// Without Tom, who has left.
fn without_tom() -> String {
    let tom = "tom   = { name = \"Tom Ellis\",   phone = \"+447700900103\" }\n";
    assert!(ROTA.contains(tom));
    ROTA.replace(tom, "").replace("\"tom\", ", "")
}

/// The notes that the owner has got about people who left.
async fn notes(shop: &Shop) -> Vec<String> {
    let texts = shop.server().mornings().await;
    let sams = texts.into_iter().filter_map(|text| Some(text.strip_prefix("+447700900101: ")?.to_owned()));
    sams.filter(|text| text.contains("no longer on the staff")).collect()
}

#[tokio::test]
async fn customers_of_somebody_who_leaves_are_handed_to_the_rota_and_named_to_the_owner_once() {
    let toms = (1..=30).map(|number| Details {
        name: format!("Mrs {number:02}"),
        numbers: vec![Phone::from_e164(&format!("+4477009004{number:02}")).unwrap()],
        usual: Some(Some(StaffId::new("tom"))),
        ..Details::default()
    });
    let mut shop = Shop::opening(ROTA, "2026-06-10 10:00").customers(toms).instances(2).open().await;
    assert_eq!(notes(&shop).await, Vec::<String>::new());
    shop.server().save_rota(&without_tom());
    let told = notes(&shop).await;
    insta::assert_snapshot!(told.join("\n"), @"Tom Ellis is no longer on the staff and looked after 30 customers: Mrs 01, Mrs 02, Mrs 03, Mrs 04, Mrs 05, Mrs 06, Mrs 07, Mrs 08, Mrs 09, Mrs 10, Mrs 11, Mrs 12, Mrs 13, Mrs 14, Mrs 15, Mrs 16, Mrs 17, Mrs 18, Mrs 19, Mrs 20 and 10 more. Their calls now go to whoever is on call. To name somebody else: switchboard customers import.");
    shop.server_mut().crashes().await;
    shop.passes(SignedDuration::from_hours(30)).await;
    assert_eq!(notes(&shop).await, told, "once");

    let call = shop.caller("+447700900401").rings().await;
    assert_eq!(call.rang(), ["priya"], "whoever is on call");
    call.ends().await;
    call.was_promised("priya");
    let skipped = &shop.server().calls().await[0].plan.skipped[0];
    assert_eq!((skipped.who.as_str(), skipped.reason.to_string().as_str()), ("tom", "no longer on the staff"));
}

#[tokio::test]
async fn a_rota_that_loses_somebody_while_the_server_is_down_is_noticed_and_who_comes_back_may_leave_again() {
    let numbers = vec![Phone::from_e164(LI).unwrap()];
    let usual = Some(Some(StaffId::new("tom")));
    let li = Details { name: "Mr Li".to_owned(), numbers, usual, ..Details::default() };
    let mut shop = Shop::opening(ROTA, "2026-06-10 10:00").customers([li]).open().await;
    notes(&shop).await;
    shop.server().save_rota(&without_tom());
    shop.server_mut().restart().await;
    assert_eq!(notes(&shop).await.len(), 1);
    shop.server().save_rota(ROTA);
    notes(&shop).await;
    shop.passes(SignedDuration::from_hours(24)).await;
    shop.server().save_rota(&without_tom());
    assert_eq!(notes(&shop).await.len(), 2);
}
