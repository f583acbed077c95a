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
