//! The log of changes: who changed what, by whatever way, in words.

use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

async fn shop() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.caller(OKAFOR).rings().await.hangs_up().await;
    shop
}

#[tokio::test]
async fn what_staff_change_by_text_is_in_the_log_beside_what_is_changed_here() {
    let shop = shop().await;
    let (tom, priya, sam) = (shop.staff("tom"), shop.staff("priya"), shop.signs_in("sam").await);
    tom.texts("AWAY 2H").await;
    tom.texts("UNDO").await;
    tom.texts("SWAP TUE PRIYA").await;
    priya.texts("YES").await;
    priya.texts("LATER 1 3PM").await;
    priya.texts("CALL 1").await;
    priya.texts("DONE 1").await;
    // What changes nothing is not in it.
    priya.texts("DONE 1").await;
    tom.texts("WHO").await;
    let log = sam.opens("/console/audit").await;
    log.says(
        "Tom Ellis by text made a live change Tom Ellis In the rota After: Tom Ellis is away from Wed 10 Jun 10:00",
    );
    log.says("Tom Ellis by text undid a live change Tom Ellis In the rota Before: Tom Ellis is away");
    log.says("Tom Ellis by text asked somebody to swap Tom Ellis, Priya Nair");
    log.says("Priya Nair by text made a live change");
    log.says("Priya Nair by text changed a promise promise 1 Due Before: 12:00 After: 15:00");
    log.says("Priya Nair by text asked for a call back promise 1");
    log.says("State Before: being rung After: kept");
    assert_eq!(log.words().matches("After: kept").count(), 1, "{}", log.words());
    assert!(log.body.contains("href=\"/console/promises/1\""), "what was changed is one step away");
    assert!(!log.words().contains("2026-06-10T"), "times are those of the business: {}", log.words());
    sam.opens("/console/audit?subject=Tom+Ellis").await.says("made a live change").does_not_say("promise 1");
}

#[tokio::test]
async fn nothing_that_happens_in_a_call_is_a_change() {
    let shop = shop().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    shop.signs_in("sam").await.opens("/console/audit").await.says("Nothing was changed that fits this.");
}

#[tokio::test]
async fn an_edit_on_the_disk_and_a_swap_that_is_asked_here_are_in_the_log_too() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in("tom").await);
    sam.opens("/console/rota/versions").await.is(200);
    sam.opens("/console/audit").await.says("Nothing was changed that fits this.");
    shop.server().save_rota(&ROTA.replace("\"tom\", \"priya\", \"ana\"]", "\"ana\", \"priya\", \"tom\"]"));
    sam.opens("/console/rota/versions").await.is(200);
    let swap = [("kind", "swap"), ("who", "tom"), ("with", "priya"), ("day", "2026-06-16")];
    tom.sends("/console/rota/change", &swap).await.says("Asked.");
    let log = sam.opens("/console/audit").await;
    log.says("somebody in the file on the disk saved the rota rota.toml Version Before: 1 After: 2");
    log.says("What changed After: ").says("Ana Costa has the phone instead of Tom Ellis");
    log.says("Tom Ellis asked somebody to swap Tom Ellis, Priya Nair In the rota After:");
    assert!(log.body.contains("href=\"/console/rota/versions/difference?to=2\""), "{}", log.body);
}

#[tokio::test]
async fn names_stand_for_short_names_and_every_field_is_called_something() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/customers/1/edit").await;
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = [("name", "Mrs Okafor"), ("numbers", OKAFOR), ("usual", "tom"), ("note", "Pump"), ("seen", seen)];
    sam.sends("/console/customers/1/edit", &form).await.is(200);
    let log = sam.opens("/console/audit").await;
    log.says("changed a customer customer 1 Note Before: Boiler, Tuesday After: Pump");
    log.says("Usual person Before: Priya Nair After: Tom Ellis");
    assert!(log.body.contains("href=\"/console/customers/1\""));
    sam.sends("/console/language", &[("language", "de")]).await;
    sam.opens("/console/audit").await.says("Kunde 1 Notiz Vorher: Boiler, Tuesday Nachher: Pump");
}
