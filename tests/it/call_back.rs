//! `CALL 41`: whoever keeps a promise is rung first, then the customer, who sees the business number.

mod ends;

use jiff::SignedDuration;
use switchboard::domain::promise::PromiseState;
use switchboard::operator::CallBackBegun;

use crate::phones::call_back::RungBack;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{DESK, OKAFOR, OPEN, TOM, customers};

pub(crate) const LINE: &str = "+442079460000";

/// A shop that has promised Mrs Okafor a call, which is number 1.
pub(crate) async fn promised() -> Shop {
    promised_in(Shop::opening(ROTA, OPEN).customers(customers()).open().await).await
}

pub(crate) async fn promised_in(shop: Shop) -> Shop {
    let call = shop.caller(OKAFOR).rings().await;
    call.ends().await;
    call.was_promised("priya");
    shop.goes_quiet().await;
    shop.server().texts().await;
    shop
}

/// Tom has asked to be connected, and his phone rings.
pub(crate) async fn rung(shop: &Shop) -> RungBack {
    assert_eq!(shop.server().call_back(1, "tom").await, CallBackBegun::RingingYou);
    shop.rung_back().await
}

/// The texts to this number since the promise was made.
pub(crate) async fn told(shop: &Shop, number: &str) -> Vec<String> {
    let texts = shop.server().texts().await;
    let to = format!("{number}: ");
    texts.into_iter().filter_map(|text| text.strip_prefix(&to).map(str::to_owned)).collect()
}

pub(crate) async fn state(shop: &Shop) -> &'static str {
    shop.server().promises().await[0].state.word()
}

#[tokio::test]
async fn whoever_asks_is_rung_first_and_then_the_customer_who_sees_the_business_number() {
    let shop = promised().await;
    let mut tom = rung(&shop).await;
    assert_eq!((tom.who(), tom.shows()), ("tom", LINE));
    assert_eq!(state(&shop).await, "claimed");
    tom.answers().await;
    assert_eq!(tom.heard(), "Hartley Heating. Ring Mrs Okafor back: Boiler, Tuesday. Press 1.");
    assert_eq!(tom.customer(), None);
    tom.presses("1").await;
    assert_eq!(tom.customer(), Some((OKAFOR.to_owned(), LINE.to_owned())));
    tom.customer_talks(250).await;
    assert!(tom.is_over());
    assert_eq!(state(&shop).await, "kept");
    assert_eq!(told(&shop, TOM).await, ["1 is kept: you spoke 4 min with Mrs Okafor (+44 7700 900201)."]);
}
