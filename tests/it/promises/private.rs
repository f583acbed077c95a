//! 7, second half: a withheld or spoofed number never gets private facts spoken.

use super::{OKAFOR, OPEN, customers};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;

fn greeting(by_name: bool) -> String {
    let lines =
        format!("[lines.main]\ngreeting = \"Good morning {{name}}, Hartley Heating.\"\ngreet_by_name = {by_name}\n");
    ROTA.replace("[lines.main]\n", &lines)
}

#[tokio::test]
async fn a_customer_is_greeted_by_name_only_when_the_network_vouches_for_the_number_in_full() {
    let shop = Shop::opening(&greeting(true), OPEN).customers(customers()).open().await;
    let full = shop.caller(OKAFOR).with("StirVerstat", "TN-Validation-Passed-A").rings().await;
    full.ends().await;
    assert!(full.heard().starts_with("Good morning Mrs Okafor, Hartley Heating."), "{}", full.heard());
    let doubtful = [
        "TN-Validation-Passed-B",
        "TN-Validation-Passed-C",
        "TN-Validation-Passed-A-Diverted",
        "TN-Validation-Passed-A-Passthrough",
        "TN-Validation-Failed-A",
        "TN-Validation-Failed",
        "No-TN-Validation",
        "NULL",
        "tn-validation-passed-a",
        "TN-Validation-Passed-AA",
        "",
    ];
    for verstat in doubtful {
        let call = shop.caller(OKAFOR).with("StirVerstat", verstat).rings().await;
        call.ends().await;
        assert!(call.heard().starts_with("Good morning, Hartley Heating."), "{verstat}: {}", call.heard());
        assert!(!call.heard().contains("Okafor") && !call.heard().contains("Boiler"), "{verstat}: {}", call.heard());
    }
    let unsaid = shop.caller(OKAFOR).rings().await;
    unsaid.ends().await;
    assert!(!unsaid.heard().contains("Okafor"), "{}", unsaid.heard());
}

#[tokio::test]
async fn nobody_is_greeted_by_name_where_the_admin_does_not_want_it() {
    let shop = Shop::opening(&greeting(false).replace(" {name}", ""), OPEN).customers(customers()).open().await;
    let call = shop.caller(OKAFOR).with("StirVerstat", "TN-Validation-Passed-A").rings().await;
    call.ends().await;
    assert!(call.heard().contains("Good morning") && !call.heard().contains("Okafor"), "{}", call.heard());
}

#[tokio::test]
async fn a_withheld_caller_is_never_taken_for_a_customer_texted_or_shown() {
    let rota = ROTA.replace("phone = \"+447700900103\"", "phone = \"+447700900103\", shows = \"customer\"");
    let shop = Shop::opening(&rota, OPEN).customers(customers()).open().await;
    for from in [
        "anonymous",
        "Restricted",
        "+266696687",
        "266696687",
        "+7378742833",
        "+2562533",
        "+8656696",
        "+86282452253",
        "",
    ] {
        let call = shop.caller(from).rings().await;
        assert_eq!(call.ringing(), ["tom"], "{from:?}");
        call.ends().await;
        assert!(!call.story().contains("Okafor"));
    }
    let texts = shop.server().texts().await;
    assert!(texts.iter().all(|text| text.starts_with("+447700900103: ")), "only to the promise's owner: {texts:?}");
}
