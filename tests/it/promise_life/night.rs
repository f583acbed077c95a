//! Texts to customers in the quiet hours.

use jiff::SignedDuration;

use super::corners::later;
use super::{passes, promised, texts_to};
use crate::phones::rest::Mood;
use crate::promises::OKAFOR;

#[tokio::test]
async fn an_apology_in_the_night_names_a_time_that_is_still_to_come_when_it_is_read() {
    let shop = promised().await;
    passes(&shop, 12 * 60).await;
    let before = texts_to(&shop, OKAFOR).await.len();
    let answer = shop.staff("sam").texts("YES 1").await;
    assert!(answer.contains("by 8:30") || answer.contains("by 08:30"), "{answer}");
    assert_eq!(texts_to(&shop, OKAFOR).await.len(), before, "it is ten in the evening");
    passes(&shop, 10 * 60 + 5).await;
    let told = texts_to(&shop, OKAFOR).await;
    assert_eq!(told.len(), before + 1);
    assert!(told.last().unwrap().contains("8:30"), "{told:#?}");
}

#[tokio::test]
async fn a_time_that_is_read_in_the_morning_is_named_as_the_morning_names_it() {
    let shop = promised().await;
    passes(&shop, 12 * 60 + 30).await;
    later(&shop, 16 * 60 + 30).await;
    passes(&shop, 10 * 60).await;
    let told = texts_to(&shop, OKAFOR).await;
    assert!(told.last().unwrap().contains("will ring you by 15:"), "{told:#?}");
    assert!(!told.last().unwrap().contains("tomorrow"), "{told:#?}");
}

#[tokio::test]
async fn a_text_that_the_provider_would_not_take_in_the_evening_waits_for_the_morning() {
    let shop = promised().await;
    passes(&shop, 10 * 60 + 55).await;
    let before = texts_to(&shop, OKAFOR).await.len();
    shop.server().rest.always(Mood::Refuses(503, 20_500));
    later(&shop, 12 * 60).await;
    for minute in 0..60 {
        if minute == 10 {
            shop.server().rest.always(Mood::Takes);
        }
        shop.passes(SignedDuration::from_mins(1)).await;
        shop.server().texts().await;
    }
    let night: Vec<_> = texts_to(&shop, OKAFOR).await;
    assert_eq!(night.len(), before, "it is ten in the evening: {night:#?}");
    passes(&shop, 10 * 60 + 10).await;
    assert_eq!(texts_to(&shop, OKAFOR).await.len(), before + 1);
}
