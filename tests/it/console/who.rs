//! Who would ring? As a page.

use switchboard::config::watch::fingerprint;
use switchboard::store::{Store, customers};

use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{self, OPEN};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(promises::customers()).open().await
}

#[tokio::test]
async fn the_plan_stands_there_with_its_reasons_and_its_promise_and_all_of_it_in_the_address() {
    let shop = shop().await;
    let ana = shop.signs_in("ana").await;
    let page = ana.opens("/console/who?caller=Mrs+Okafor&line=main&at=2026-06-10T10:00").await;
    page.is(200).says("Mrs Okafor (+44 7700 900201) rings the line main: Wed 10 Jun 10:00.");
    page.says("1. Priya Nair 18 usual person");
    page.says("2. Tom Ellis 16 on call until Mon 15 Jun 08:30");
    page.says("If nobody takes the call, Priya Nair promises to ring back by 12:00.");
    assert!(page.body.contains("value=\"Mrs Okafor\"") && page.body.contains("value=\"2026-06-10T10:00\""));
    assert!(page.body.contains("/console/rehearse?caller=Mrs+Okafor"), "it can be rehearsed");
}

#[tokio::test]
async fn without_a_word_it_is_anybody_now() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.opens("/console/who").await.is(200).says("Anybody rings the line main: Wed 10 Jun 10:00.").says("1. Tom Ellis");
    sam.opens("/console/who?caller=07700+900999").await.says("+44 7700 900999, a stranger,");
    let url = shop.server().store().to_owned();
    let index = move || customers::index_all(&mut Store::open_for_command(&url).unwrap()).unwrap();
    tokio::task::spawn_blocking(index).await.unwrap();
    sam.opens("/console/who?caller=okaf").await.says("Mrs Okafor (+44 7700 900201) rings the line main");
}

#[tokio::test]
async fn whoever_is_on_the_phone_now_is_left_out_now_and_only_now() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let call = shop.caller("+447700900299").rings().await;
    call.phone("tom").presses("1").await;
    sam.opens("/console/who").await.says("Tom Ellis on another call").says("1. Priya Nair");
    sam.opens("/console/who?at=2026-06-10T10:01").await.says("1. Tom Ellis").does_not_say("on another call");
}

#[tokio::test]
async fn what_is_typed_wrongly_is_said_and_the_rest_stays_as_typed() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/who?caller=Nobody+At+All&at=2026-06-10T10:00").await;
    page.is(422).says("“Nobody At All” is neither a phone number nor a customer's name.");
    assert!(page.body.contains("value=\"Nobody At All\""));
    sam.opens("/console/who?line=fax").await.is(422).says("There is no line “fax”");
    sam.opens("/console/who?at=soon").await.is(422).says("“soon” is not a date with a clock time");
}

#[tokio::test]
async fn an_edit_that_is_not_saved_stands_beside_what_is_live_with_its_differences_marked() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let away = "[[away]]\nwho = \"priya\"\nfrom = 2026-06-10\nto = 2026-06-12\ncover = \"ana\"\n";
    let edit = format!("{ROTA}\n{away}");
    let form = [("caller", "Mrs Okafor"), ("at", "2026-06-10T10:00"), ("document", edit.as_str())];
    let page = sam.sends("/console/who/compare", &form).await;
    page.is(200).says("As it is now").says("With your edit");
    page.says("1. Priya Nair different 18 usual person");
    page.says("1. Ana Costa different 18 stands in for the usual person, Priya Nair");
    page.says("Priya Nair different away until Sat 13 Jun");
    let form = [("caller", "withheld"), ("at", "2026-07-10T10:00"), ("document", edit.as_str())];
    sam.sends("/console/who/compare", &form).await.says("For this call nothing changes.").does_not_say("different");
    sam.opens("/console/who?caller=Mrs+Okafor&at=2026-06-10T10:00").await.says("1. Priya Nair 18 usual person");
}

#[tokio::test]
async fn the_way_back_to_the_editor_brings_the_edit_along() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let (edit, base) = (format!("{ROTA}# still to be thought over\n"), fingerprint(ROTA));
    let form = [("text", edit.as_str()), ("base", &base), ("checked", &base), ("wish", "")];
    let page = sam.sends("/console/who/compare", &form).await;
    page.is(200).says("Back to the edit");
    let kept = format!("name=\"base\" value=\"{base}\"");
    assert_eq!(page.body.matches(&kept).count(), 3, "asked again, rehearsed, or taken back");
    let back = sam.sends("/console/rota/edit", &[("document", &edit), ("base", &base), ("wish", "check")]).await;
    back.is(200).says("# still to be thought over").says("Nobody will notice");
    assert!(back.body.contains(&kept));
    assert_eq!(shop.server().rota_on_disk(), ROTA);
}

#[tokio::test]
async fn an_edit_that_is_wrong_is_not_compared_but_put_right_first() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let edit = format!("{ROTA}\n[[away]]\nwho = \"prya\"\nfrom = 2026-06-10\nto = 2026-06-12\n");
    let page = sam.sends("/console/who/compare", &[("document", edit.as_str())]).await;
    page.is(200).says("This edit would not be taken.").says("unknown person `prya`: did you mean `priya`?");
    page.does_not_say("As it is now");
}
