//! Phones whose voicemail takes calls.

use jiff::SignedDuration;

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

const CALLER: &str = "+447700900201";
const TOM: &str = "+447700900103: ";

/// A call on each of so many mornings, and the advice that Tom has got by then.
async fn mornings(shop: &Shop, count: usize, tom: &[Behaviour]) -> Vec<String> {
    for day in 0..count {
        shop.next("tom", tom[day % tom.len()].clone());
        shop.caller(CALLER).rings().await.ends().await;
        shop.goes_quiet().await;
        shop.passes(SignedDuration::from_hours(24)).await;
        shop.server().mornings().await;
    }
    let texts = shop.server().mornings().await.into_iter().filter_map(|text| Some(text.strip_prefix(TOM)?.to_owned()));
    texts.filter(|text| text.contains("voicemail")).collect()
}

#[tokio::test]
async fn somebody_whose_voicemail_takes_calls_is_told_once_a_week() {
    let shop = Shop::open(ROTA, "2026-06-08 10:00").await;
    let voicemail = [Behaviour::voicemail().after(12)];
    assert_eq!(mornings(&shop, 2, &voicemail).await, Vec::<String>::new(), "twice may be chance");
    let told = mornings(&shop, 1, &voicemail).await;
    insta::assert_snapshot!(told.join("\n"), @"Hartley Heating: your voicemail took 3 of our calls in 4 weeks, after 12 s of ringing. Please set it to 30 s.");
    assert_eq!(mornings(&shop, 2, &voicemail).await.len(), 1, "once a week");
    assert_eq!(mornings(&shop, 4, &[Behaviour::lets_it_ring()]).await.len(), 1, "set right meanwhile");
}

#[tokio::test]
async fn somebody_who_takes_long_to_find_the_key_is_told_nothing() {
    let shop = Shop::open(ROTA, "2026-06-08 10:00").await;
    let slow = [3, 9, 14].map(|after| Behaviour::answers().after(after));
    assert_eq!(mornings(&shop, 5, &slow).await, Vec::<String>::new());
}
