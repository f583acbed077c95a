//! Whoever reads Dutch reads Dutch, also why somebody is rung and what needs fixing.

use jiff::SignedDuration;
use switchboard::domain::words::Language;

use super::visitor::Visitor;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

/// Tom is away until Saturday, and Ana covers.
const AWAY: &str = "[[away]]\nwho = \"tom\"\nfrom = 2026-06-10\nto = 2026-06-12\ncover = \"ana\"\n";

async fn shop(rota: &str) -> Shop {
    Shop::opening(rota, OPEN).customers(customers()).open().await
}

async fn in_dutch(shop: &Shop) -> Visitor {
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/language", &[("language", "nl")]).await.is(200);
    sam
}

#[tokio::test]
async fn why_priya_is_rung_is_told_in_the_language_of_who_looks() {
    let shop = shop(ROTA).await;
    let sam = in_dutch(&shop).await;
    let who = sam.opens("/console/who?caller=Mrs+Okafor&line=main&at=2026-06-10T10:00").await;
    who.says("1. Priya Nair 18 vaste persoon").says("2. Tom Ellis 16 heeft dienst tot ma 15 jun 08:30");
    who.does_not_say("usual person").does_not_say("on call");

    let rehearsal = sam.sends("/console/rehearse", &[("caller", "Mrs Okafor"), ("line", "main"), ("at", "")]).await;
    let page = sam.opens(&rehearsal.at).await;
    page.says("Mrs Okafor, vaste persoon Priya Nair").says("belt Priya Nair, 18 s vaste persoon");
    page.does_not_say("usual person");

    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    let id = shop.server().calls().await.first().unwrap().id.0;
    let call = sam.opens(&format!("/console/calls/{id}")).await;
    call.says("vaste persoon").says("heeft dienst tot ma 15 jun 08:30").says("(eigenaar)");
    call.does_not_say("usual person").does_not_say("on call").does_not_say("(owner)");
    // Commands and programs read what they always did.
    shop.signs_in("ana").await.opens(&format!("/console/calls/{id}")).await.says("usual person");
}

#[tokio::test]
async fn who_is_passed_over_and_who_stands_in_is_told_so_too() {
    let shop = shop(&format!("{ROTA}\n{AWAY}")).await;
    let sam = in_dutch(&shop).await;
    sam.opens("/console/who").await.says("1. Ana Costa").says("valt in voor Tom Ellis").says("afwezig tot za 13 jun");
    sam.opens("/console/rota/print").await.says("Ana Costa (valt in voor Tom Ellis)").does_not_say("stands in");
    let call = shop.caller(STRANGER).rings().await;
    call.phone("ana").presses("1").await;
    sam.opens("/console/who").await.says("Ana Costa in een ander gesprek");
    let id = shop.server().calls().await.first().unwrap().id.0;
    let page = sam.opens(&format!("/console/calls/{id}")).await;
    page.says("afwezig tot za 13 jun").says("valt in voor Tom Ellis").does_not_say("away until");
}

#[tokio::test]
async fn what_needs_fixing_is_told_so_too() {
    let shop = shop(ROTA).await;
    let sam = in_dutch(&shop).await;
    let now = sam.opens("/console").await;
    now.says("achter Front desk staat alleen de eigenaar")
        .does_not_say("nobody backs up Front desk but the owner: add");
    shop.always("priya", Behaviour::voicemail().after(12)).always("tom", Behaviour::unreachable());
    for _ in 0..3 {
        shop.caller(OKAFOR).rings().await.ends().await;
        shop.goes_quiet().await;
        shop.passes(SignedDuration::from_mins(20)).await;
    }
    let now = sam.opens("/console").await;
    now.says("de voicemail van Priya Nair neemt na 12 s op: zet hem op 30 of bel korter");
    now.says("de telefoon van Tom Ellis was de laatste 3 keer onbereikbaar");
}

#[tokio::test]
async fn what_an_edit_changes_and_means_is_told_so_too_and_what_stays_english_says_so() {
    let shop = shop(ROTA).await;
    let sam = in_dutch(&shop).await;
    let away = "/console/rota/preview?kind=away&who=tom&from=2026-06-10&to=2026-06-12&cover=ana&place=file";
    let preview = sam.opens(away).await;
    preview.says("heeft Ana Costa de telefoon in plaats van Tom Ellis, met Priya Nair erachter.");
    preview.does_not_say("instead of");
    let edit = sam.opens("/console/rota/edit").await;
    edit.says("De eigenaar is Sam Hartley").says("tot ma 15 jun 2026 08:30: Tom Ellis, dan Priya Nair");
    edit.does_not_say("The owner is").does_not_say("until Mon 15 Jun");
    let wrong = sam.sends("/console/rota/edit", &[("text", "owner = \"nobody\""), ("wish", "check")]).await;
    assert!(wrong.body.contains("<span lang=\"en\">"), "a diagnostic says that it is English: {}", wrong.body);
    // Every language is one of its own.
    for language in Language::ALL {
        sam.sends("/console/language", &[("language", language.code())]).await;
        let told = ["in place of", "instead of", "in plaats van", "statt Tom Ellis", "à la place de", "en lugar de"];
        let page = sam.opens(away).await.words();
        assert_eq!(told.iter().filter(|words| page.contains(*words)).count(), 1, "{language:?}: {page}");
    }
}
