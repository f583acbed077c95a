//! The rota as it is worked on by hand: its picture, its editor, and the sheet of paper.

use serde_json::json;

use super::pages::shop;
use super::window::Browser;
use super::{browser_of, enters, home};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::OPEN;

/// The editor comes a moment after its page.
async fn opens_editor(browser: &Browser) {
    browser.opens("/console/rota/edit").await;
    let look = "const [done] = arguments; \
         const look = () => (document.querySelector('.cm-content') ? done(null) : setTimeout(look, 50)); look()";
    browser.driver.waits(look, json!([])).await.unwrap();
}

/// At the beginning of the file, which is where one types first.
const AWAY: &str = "away = [{ who = \"tom\", from = 2026-06-10, to = 2026-06-12, cover = \"ana\" }]\n";

#[tokio::test]
async fn a_click_on_somebodys_day_opens_what_can_be_changed_on_it() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    sam.opens("/console/rota").await;
    sam.presses_day("Ana Costa", "2026-06-24").await;
    sam.sees("Change the rota").await;
    assert_eq!(sam.path().await, "/console/rota/change?who=ana&day=2026-06-24");
    assert_eq!(sam.reads("First day away").await, "2026-06-24");
    sam.presses_beside("First day away", "Show what changes").await;
    sam.sees("Ana Costa is away from Wed 24 Jun to Wed 24 Jun.").await;
}

#[tokio::test]
async fn a_mistake_is_underlined_as_one_types() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    opens_editor(&sam).await;
    sam.fills("The document", "\nownr = 1\n").await;
    sam.sees("This rota cannot go live: 1 to mend.").await;
    let underlined = "return document.querySelector('.cm-lintRange-error')?.textContent";
    assert_eq!(sam.driver.runs(underlined, json!([])).await.unwrap(), json!("ownr"));
    sam.looks_fine().await;
}

#[tokio::test]
async fn an_edit_is_compared_and_rehearsed_before_it_is_saved_and_is_still_there_after() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    opens_editor(&sam).await;
    sam.fills("The document", AWAY).await;
    sam.sees("Ana Costa has the phone instead of Tom Ellis").await;
    sam.presses_beside("The document", "Who would ring?").await;
    sam.sees("With your edit").await;
    sam.sees("1. Ana Costa different").await;
    sam.looks_fine().await;
    sam.presses("Rehearse this call").await;
    sam.sees("This rehearses an edit of the rota that is not saved.").await;
    sam.fills("Caller", "Mrs Okafor").await;
    sam.presses("Ring").await;
    sam.presses("Pause").await;
    sam.sees("This rehearses an edit of the rota that is not saved.").await;
    sam.looks_fine().await;
    sam.presses("Back to the edit").await;
    sam.sees("cover = \"ana\"").await;
    sam.no_longer_sees("Unsaved text of yours is back").await;
    assert_eq!(shop.server().rota_on_disk(), ROTA);
}

#[tokio::test]
async fn where_no_script_runs_an_edit_comes_back_from_who_would_ring_too() {
    let shop = shop().await;
    let Some(sam) = enters(&shop, "sam", Browser::without_script(&home(&shop)).await).await else { return };
    sam.opens("/console/rota/edit").await;
    sam.fills("The document", &format!("{ROTA}# to be thought over\n")).await;
    sam.presses_beside("The document", "Who would ring?").await;
    sam.sees("For this call nothing changes.").await;
    sam.presses("Back to the edit").await;
    assert!(sam.reads("The document").await.contains("# to be thought over"));
}

#[tokio::test]
async fn what_was_typed_and_not_saved_comes_back_with_a_word_and_is_thrown_away_with_a_press() {
    let shop = shop().await;
    let Some(sam) = browser_of(&shop, "sam").await else { return };
    opens_editor(&sam).await;
    sam.fills("The document", "\n# to be thought over\n").await;
    sam.sees("# to be thought over").await;
    sam.opens("/console/rota").await;
    opens_editor(&sam).await;
    sam.sees("Unsaved text of yours is back").await;
    sam.sees("# to be thought over").await;
    sam.looks_fine().await;
    sam.presses("Throw it away").await;
    sam.no_longer_sees("# to be thought over").await;
    sam.no_longer_sees("Unsaved text of yours is back").await;
    opens_editor(&sam).await;
    sam.no_longer_sees("# to be thought over").await;
    // What is saved is no draft any more: not even where the file is again as it was when it was typed.
    sam.fills("The document", "\n# this is it\n").await;
    sam.sees("Nobody will notice").await;
    sam.presses("Save").await;
    if sam.text().await.contains("Look at what changes") {
        sam.presses("Save").await;
    }
    sam.sees("Saved, and live.").await;
    sam.opens("/console/rota/versions").await;
    sam.presses("Go back to this one: 1").await;
    sam.sees("Saved, and live.").await;
    opens_editor(&sam).await;
    sam.no_longer_sees("# this is it").await;
    sam.no_longer_sees("Unsaved text of yours is back").await;
}

#[tokio::test]
async fn the_rota_fits_on_one_sheet_of_paper_with_thirty_people_too() {
    let many: Vec<String> = (1..=25).map(|n| format!("p{n:02}")).collect();
    let staff: Vec<String> = (many.iter().zip(300..))
        .map(|(id, n)| format!("{id} = {{ name = \"Alexandra Person {id}\", phone = \"+447700900{n}\" }}\n"))
        .collect();
    let order: Vec<String> = many.iter().map(|id| format!(", \"{id}\"")).collect();
    let large = ROTA
        .replace("desk  = {", &format!("{}desk  = {{", staff.concat()))
        .replace("\"ana\"]", &format!("\"ana\"{}]", order.concat()))
        .replace("backups     = 1", "backups     = 3");
    for rota in [&large, include_str!("../../../config/rota.toml")] {
        let shop = Shop::open(rota, OPEN).await;
        let Some(sam) = browser_of(&shop, shop.server().rota().owner.as_str()).await else { return };
        sam.opens("/console/rota/print").await;
        sam.sees("If the phone system is down").await;
        assert_eq!(sam.sheets().await, 1, "with {} people", shop.server().rota().staff.iter().count());
        let longer =
            "for (let n = 0; n < 99; n++) document.querySelector('.sheet').append(document.createElement('p'), n)";
        sam.driver.runs(longer, json!([])).await.unwrap();
        assert!(sam.sheets().await > 1, "sheets are counted");
    }
}
