//! 10. A rota edit that is wrong does not go live.

use switchboard::config::watch::Reloaded;

use super::{OPEN, STRANGER};
use crate::by_hand::Hand;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;

#[tokio::test]
async fn a_wrong_edit_is_refused_with_its_line_and_readyz_tells_while_the_last_good_one_rings() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    assert!(ready(&hand).await["rota_problems"].as_array().unwrap().is_empty());
    let swapped = ROTA.replace("\"tom\", \"priya\", \"ana\"", "\"ana\", \"priya\"");
    let expecting = |who: &str| {
        format!("{swapped}\n[[expect]]\nat = \"2026-06-10 10:00\"\ncaller = \"anyone\"\nrings = [\"{who}\"]\n")
    };
    let edits = [
        ("not TOML", swapped.replace("[staff]", "[staff")),
        ("an unknown name", swapped.replace("\"priya\"]", "\"pria\"]")),
        ("a bad number", swapped.replace("+447700900104", "+44")),
        ("an unknown key", swapped.replace("backups     = 1", "backup = 1")),
        ("nobody in open hours", swapped.replace("owner    = \"sam\"", "owner = \"nobody\"")),
        ("a failed expectation", expecting("tom")),
        ("an empty file", String::new()),
    ];
    for (what, text) in edits {
        let Reloaded::Refused(problems) = shop.server().save_rota(&text) else { panic!("{what} went live") };
        assert!(!problems.is_empty(), "{what}");
        let told = ready(&hand).await;
        assert_eq!(told["ready"], true, "{what}: a load balancer keeps us, since calls still ring somebody");
        assert_eq!(told["rota"], "the file is wrong; the last good one is live", "{what}");
        let place = told["rota_problems"][0].as_str().unwrap();
        assert!(place.contains("rota.toml:"), "{what}: {place}");
        let call = shop.caller(STRANGER).rings().await;
        assert_eq!(call.ringing(), ["tom"], "{what}");
        call.hangs_up().await;
    }
    assert!(matches!(shop.server().save_rota(&swapped), Reloaded::Live { .. }));
    assert_eq!(ready(&hand).await["rota"], "ok");
    assert_eq!(shop.caller(STRANGER).rings().await.ringing(), ["ana"]);
}

#[tokio::test]
async fn a_hole_in_open_hours_is_refused_unless_the_owner_is_behind_it() {
    let shop = Shop::open(ROTA, OPEN).await;
    let everybody_away: String = ["tom", "priya", "ana", "sam"]
        .map(|who| format!("[[away]]\nwho = \"{who}\"\nfrom = 2026-07-06\nto = 2026-07-10\n"))
        .concat();
    let saved = shop.server().save_rota(&format!("{ROTA}\n{everybody_away}"));
    assert!(matches!(saved, Reloaded::Refused(_)), "{saved:?}");
    assert_eq!(shop.caller(STRANGER).rings().await.ringing(), ["tom"]);
}

async fn ready(hand: &Hand) -> serde_json::Value {
    let page = hand.gets("/readyz").await;
    assert_eq!(page.status, 200);
    serde_json::from_str(&page.body).unwrap()
}
