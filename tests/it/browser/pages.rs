//! Every page, in a shop where something has happened, for everybody who may come.

use jiff::SignedDuration;

use super::window::Browser;
use super::{browser_of, enters, home};
use crate::phones::caller::AtTheTone;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

/// Of the menu.
const PAGES: [&str; 11] = [
    "/console",
    "/console/mine",
    "/console/calls",
    "/console/promises",
    "/console/customers",
    "/console/rota",
    "/console/who",
    "/console/rehearse",
    "/console/report",
    "/console/people",
    "/console/audit",
];

/// One step from there.
const ROOMS: [&str; 18] = [
    "/console/calls?outcome=promised",
    "/console/promises/1",
    "/console/customers/1",
    "/console/customers/1/edit",
    "/console/customers/1/merge?with=2",
    "/console/customers/1/erase",
    "/console/customers/new",
    "/console/customers/import",
    "/console/rota/change",
    "/console/rota/edit",
    "/console/rota/versions",
    "/console/rota/calendars",
    "/console/rota/print",
    "/console/who?caller=withheld",
    "/console/people/sessions",
    "/console/people/tokens",
    "/console/rota/versions/difference?to=1",
    "/console/unsent",
];

/// Tom alone answers, and the owner is away for long.
const HOLE: &str = "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"sam\"\n\
    [staff]\nsam = { name = \"Sam Hartley\", phone = \"+447700900101\" }\ntom = { name = \"Tom Ellis\", phone = \"+447700900103\" }\n\
    [rota]\nrotate = \"fixed\"\norder = [\"tom\"]\n[lines.main]\nnumber = \"+442079460000\"\n\
    [[away]]\nwho = \"sam\"\nfrom = 2026-06-01\nto = 2026-06-30\n";

/// One customer was put through, another left a message, a stranger has hung up.
pub(super) async fn shop() -> Shop {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.next("priya", Behaviour::presses("1"));
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.caller(OKAFOR).at_the_tone(AtTheTone::SpeaksAndHangsUp(9)).rings().await.ends().await;
    let stranger = shop.caller(STRANGER).rings().await;
    shop.passes(SignedDuration::from_secs(3)).await;
    stranger.hangs_up().await;
    shop.goes_quiet().await;
    shop
}

fn none_of(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn every_page_is_fit_for_everybody() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let mut faults = Vec::new();
    let call = format!("/console/calls/{}", shop.server().calls().await.remove(0).id.0);
    for page in PAGES.into_iter().chain(ROOMS).chain([call.as_str()]) {
        faults.extend(sam.opens_lightly(page).await);
        faults.extend(sam.faults().await);
        faults.extend(sam.faults_by_keyboard().await);
    }
    none_of(&faults);
}

/// What is seen only after something was done, or has gone wrong.
#[tokio::test]
async fn what_is_seen_seldom_is_fit_for_everybody_too() {
    let shop = shop().await;
    shop.passes(SignedDuration::from_hours(5)).await;
    shop.server().sweeps().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let mut faults = Vec::new();
    sam.opens("/console/promises/1").await;
    sam.sees("Send the apology").await;
    faults.extend(sam.faults().await);
    sam.opens("/console/nowhere").await;
    sam.sees("There is nothing here").await;
    faults.extend(sam.faults().await);
    for (to, field, text, seen) in [
        ("/console/who/compare", "document", ROTA, "As it is now"),
        ("/console/rota/edit", "text", "business = 7", "This rota cannot go live"),
        ("/console/promises/1/let-go", "why", "", "That does not work like this"),
        ("/console/unsent/1/seen", "", "", "Somebody has seen to it already"),
    ] {
        sam.opens("/console").await;
        sam.posts(to, field, text).await;
        sam.sees(seen).await;
        faults.extend(sam.faults().await);
    }
    none_of(&faults);
}

#[tokio::test]
async fn what_somebody_on_the_staff_may_not_or_should_think_twice_of_is_fit_for_everybody_too() {
    let shop = Shop::open(HOLE, OPEN).await;
    let Some(tom) = browser_of(&shop, "tom").await else { return };
    let mut faults = Vec::new();
    tom.opens("/console/audit").await;
    tom.sees("This is not yours to do").await;
    faults.extend(tom.faults().await);
    tom.opens("/console/mine").await;
    tom.presses("Away for 2 hours").await;
    tom.sees("Then nobody would be there").await;
    faults.extend(tom.faults().await);
    faults.extend(tom.faults_by_keyboard().await);
    none_of(&faults);
}

#[tokio::test]
async fn signing_in_is_fit_for_everybody() {
    let shop = shop().await;
    let Some(nobody) = Browser::at(&home(&shop)).await else { return };
    let mut faults = nobody.opens_lightly("/console/calls").await;
    nobody.sees("Sign in").await;
    faults.extend(nobody.faults().await);
    faults.extend(nobody.faults_by_keyboard().await);
    nobody.fills("Your phone number", "07700 900103").await;
    nobody.presses("Text me a code").await;
    nobody.sees("Type the code").await;
    faults.extend(nobody.faults().await);
    faults.extend(nobody.faults_by_keyboard().await);
    none_of(&faults);
}

#[tokio::test]
async fn every_page_fits_a_small_telephone_in_every_language() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    let mut faults = Vec::new();
    for (language, list, change, chosen) in [
        ("Nederlands", "Language", "Change", "Taal"),
        ("Deutsch", "Taal", "Wijzigen", "Sprache"),
        ("Français", "Sprache", "Ändern", "Langue"),
        ("Español", "Langue", "Changer", "Idioma"),
    ] {
        sam.opens("/console").await;
        sam.chooses(list, language).await;
        sam.presses(change).await;
        sam.sees(chosen).await;
        for page in PAGES {
            sam.opens(page).await;
            faults.extend(sam.overflows(360).await.into_iter().map(|fault| format!("{language}, {page}: {fault}")));
        }
    }
    none_of(&faults);
}

#[tokio::test]
async fn every_page_can_be_read_where_no_script_runs() {
    let shop = shop().await;
    let Some(sam) = enters(&shop, "sam", Browser::without_script(&home(&shop)).await).await else { return };
    let mut faults = Vec::new();
    for page in PAGES {
        sam.opens(page).await;
        sam.sees("Skip to the page").await;
        faults.extend(sam.faults().await);
    }
    none_of(&faults);
    sam.opens("/console/calls").await;
    sam.sees("Mrs Okafor").await;
}
