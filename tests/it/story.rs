//! What people experience, one promise of the design per test.

use crate::business::{Business, OPEN, ROTA};

const MRS_OKAFOR: &str = "+447700900201";

#[tokio::test]
async fn the_usual_person_answers_and_the_caller_was_not_billed_before() {
    let business = Business::open(ROTA, OPEN).await;
    business.knows("Mrs Okafor", MRS_OKAFOR, Some("tom"));
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    assert_eq!(call.ringing(), ["tom"]);
    call.phone("tom").presses("1").await;
    call.reached("tom");
    business.shop.goes_quiet().await;
    assert_eq!(business.the_call().outcome().unwrap().word(), "reached");
    assert!(business.promises().is_empty());
}

#[tokio::test]
async fn nobody_takes_it_and_a_promise_with_a_name_and_a_time_is_made_and_told_by_text() {
    let business = Business::open(ROTA, OPEN).await;
    let call = business.shop.caller(MRS_OKAFOR).rings().await;
    business.shop.goes_quiet().await;
    assert_eq!(call.rang(), ["priya", "tom", "sam"], "{}", call.story());
    call.was_promised("priya");
    assert_eq!(business.promises().len(), 1);
    business.jobs_are_done().await;
    assert_eq!(
        business.rest.texts(),
        [
            "+447700900102: A new caller (+44 7700 900201) rang at 10:00 and was promised a call from you by 12:00.",
            "+447700900201: Hartley Heating: sorry we missed you. Priya Nair will ring you by 12:00.",
        ]
    );
}
