//! How a call back ends.

use super::{promised, rung, state, told};
use crate::promises::TOM;

#[tokio::test]
async fn half_a_minute_keeps_no_promise_and_more_does() {
    for (seconds, becomes, text) in [
        (30, "open", "You spoke 30 s with Mrs Okafor (+44 7700 900201): 1 stays open. CALL 1 to try again."),
        (31, "kept", "1 is kept: you spoke 31 s with Mrs Okafor (+44 7700 900201)."),
    ] {
        let shop = promised().await;
        let mut tom = rung(&shop).await;
        tom.presses("1").await;
        tom.customer_talks(seconds).await;
        assert_eq!(state(&shop).await, becomes);
        assert_eq!(told(&shop, TOM).await, [text]);
    }
}
