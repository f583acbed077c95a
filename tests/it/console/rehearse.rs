//! The page Rehearse, as its script and its buttons use it.

use reqwest::Method;
use switchboard::domain::access::{Role, Scope};

use super::visitor::{Seen, Visitor};
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::{OPEN, customers};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

/// Begins a rehearsal and answers its address.
async fn begins(sam: &Visitor, form: &[(&str, &str)]) -> String {
    let page = sam.sends("/console/rehearse", form).await;
    page.is(200);
    page.at
}

/// As a button without script.
async fn presses(sam: &Visitor, rehearsal: &str, what: &str) -> Seen {
    sam.sends(&format!("{rehearsal}/moves"), &[("move", what)]).await
}

#[tokio::test]
async fn whoever_has_never_seen_it_presses_a_button_and_a_phone_rings() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/rehearse").await;
    page.is(200).says("Nobody real is rung");
    assert!(page.body.contains("value=\"Mrs Okafor\""), "somebody is proposed");
    let rehearsal = begins(&sam, &[("caller", "Mrs Okafor"), ("line", "main"), ("at", "")]).await;
    let page = sam.opens(&rehearsal).await;
    page.says("Priya Nair rings shows +44 20 7946 0000").says("hears ringing");
    page.says("10:00:00 rings Priya Nair for 18 s usual person");

    let page = presses(&sam, &rehearsal, "waits:5").await;
    page.says("10:00:05");
    let page = presses(&sam, &rehearsal, "answers:priya").await;
    page.says("Priya Nair hears Hartley Heating. Mrs Okafor for you.");
    let page = presses(&sam, &rehearsal, "key-7:priya").await;
    page.says("Priya Nair presses 7").says("listens");
    let page = presses(&sam, &rehearsal, "key-1:priya").await;
    page.says("Priya Nair and the caller talk");
    let page = presses(&sam, &rehearsal, "hangs-up:priya").await;
    page.says("Outcome: Priya Nair took the call, 5 s after the caller rang.").says("The same call again");
}

#[tokio::test]
async fn nobody_answers_and_a_promise_is_made_that_is_kept_nowhere() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let rehearsal = begins(&sam, &[("caller", "07700 900999"), ("at", "2026-06-10T10:00")]).await;
    presses(&sam, &rehearsal, "voicemail:tom").await.says("Tom Ellis's phone picks up by itself");
    presses(&sam, &rehearsal, "waits:60").await;
    let mut page = presses(&sam, &rehearsal, "goes-on").await;
    for _ in 0..20 {
        if page.words().contains("Leave a message") {
            break;
        }
        page = presses(&sam, &rehearsal, "goes-on").await;
    }
    page.says("the caller hears a tone").says("a text to the caller");
    presses(&sam, &rehearsal, "caller-speaks").await.says("leaves a message");
    let page = presses(&sam, &rehearsal, "waits:10").await;
    page.says("Outcome: Tom Ellis has promised to ring back by").says("the caller leaves a message of 9 s");

    assert!(shop.server().calls().await.is_empty(), "the real store knows nothing of it");
    assert!(shop.server().promises().await.is_empty());
    assert!(shop.server().texts().await.is_empty(), "nobody real gets a text");
}

#[tokio::test]
async fn the_script_gets_the_part_that_changes_and_what_is_new_to_read_out() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let rehearsal = begins(&sam, &[("caller", "Mrs Okafor")]).await;
    let moves = |what: &'static str| {
        let request = sam.request(Method::POST, &format!("{rehearsal}/moves")).header("origin", PUBLIC_URL);
        request.header("x-part", "1").form(&[("move", what)]).send()
    };
    let part = moves("answers:priya").await.unwrap().text().await.unwrap();
    assert!(part.starts_with("<div id=\"stage\""), "{part}");
    let news = part.split("id=\"news\"").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(news.contains("Priya Nair picks up") && news.contains("data-say"), "{news}");
    assert!(!news.contains("rings Priya"), "what was told before is not told again: {news}");
    let seen = moves("dances:priya").await.unwrap();
    assert_eq!(seen.status(), 404);
}

#[tokio::test]
async fn an_edit_that_is_not_saved_can_be_rehearsed_and_a_wrong_one_is_put_right_first() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let away = "[[away]]\nwho = \"priya\"\nfrom = 2026-06-10\nto = 2026-06-12\ncover = \"ana\"\n";
    let (right, wrong) = (format!("{ROTA}\n{away}"), format!("{ROTA}\n{}", away.replace("priya", "prya")));
    let form = [("caller", "Mrs Okafor"), ("document", right.as_str())];
    let rehearsal = begins(&sam, &form).await;
    sam.opens(&rehearsal).await.says("rings Ana Costa for 18 s stands in for the usual person, Priya Nair");
    sam.opens(&rehearsal).await.says("This rehearses an edit of the rota that is not saved.").says("Back to the edit");
    let another = sam.sends("/console/rehearse/another", &form).await;
    another.is(200).says("This rehearses an edit of the rota that is not saved.").says("Back to the edit");
    assert!(another.body.contains("cover = &quot;ana&quot;"), "it goes on with the edit");
    let live = begins(&sam, &[("caller", "Mrs Okafor")]).await;
    sam.opens(&live).await.says("This rehearses the rota that is live.").does_not_say("Back to the edit");
    let page = sam.sends("/console/rehearse", &[("line", "main"), ("document", wrong.as_str())]).await;
    page.is(422).says("unknown person `prya`").says("This rehearses an edit of the rota that is not saved.");
    // As the editor of the rota sends it.
    let page = sam.sends("/console/rehearse", &[("text", right.as_str()), ("wish", "")]).await;
    page.is(200).says("This rehearses an edit of the rota that is not saved.").does_not_say("Phones");
}

#[tokio::test]
async fn a_rehearsal_is_its_owners_alone_and_everybody_has_one() {
    let shop = shop().await;
    let (sam, ana) = (shop.signs_in("sam").await, shop.signs_in_as("ana", Role::Viewer).await);
    let first = begins(&sam, &[("caller", "withheld")]).await;
    ana.opens(&first).await.is(410).does_not_say("Priya Nair");
    presses(&ana, &first, "answers:tom").await.is(410);
    let second = begins(&sam, &[("caller", "withheld")]).await;
    sam.opens(&first).await.is(410).says("This rehearsal is over").says("Begin another");
    sam.opens(&second).await.is(200);
}

#[tokio::test]
async fn who_is_away_by_text_is_away_in_a_rehearsal_too() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    shop.staff("priya").texts("AWAY 2H").await;
    let rehearsal = begins(&sam, &[("caller", "Mrs Okafor")]).await;
    sam.opens(&rehearsal).await.says("does not ring Priya Nair");
}

#[tokio::test]
async fn whoever_begins_many_at_once_has_one_and_leaves_the_others_room() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in("tom").await);
    let form = [("caller", "Mrs Okafor")];
    let begun = futures_util::future::join_all((0..8).map(|_| sam.sends("/console/rehearse", &form))).await;
    let mut going_on = 0;
    for page in &begun {
        page.does_not_say("Too many");
        let again = sam.opens(&page.at).await;
        going_on += usize::from(page.at.starts_with("/console/rehearse/") && again.status == 200);
    }
    assert_eq!(going_on, 1);
    begins(&tom, &form).await;
}

#[tokio::test]
async fn a_viewer_rehearses_and_judges_no_rota_of_their_own() {
    let shop = shop().await;
    let vera = shop.signs_in_as("vera", Role::Viewer).await;
    let edit = [("caller", "Mrs Okafor"), ("document", ROTA)];
    for page in ["/console/rehearse", "/console/who/compare"] {
        vera.sends(page, &edit).await.is(403);
    }
    let program = shop.program("vera", Role::Viewer, Scope::Read).await;
    let asked = serde_json::json!({ "caller": "Mrs Okafor", "document": ROTA });
    program.sends(Method::POST, "/who", asked).await.is_problem(403, "");
    begins(&vera, &edit[..1]).await;
}
