//! The page of somebody who answers, on their phone.

use reqwest::Method;
use reqwest::header::ORIGIN;
use switchboard::domain::access::{Deed, Role};
use switchboard::store::audit::{self, Wanted};

use super::visitor::Visitor;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

const ALONE: &str = "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"sam\"\n\
                     [staff]\nsam = { name = \"Sam Hartley\", phone = \"+447700900101\" }\n\
                     [lines.main]\nnumber = \"+442079460000\"\n";

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

async fn rings_first(shop: &Shop) -> Vec<String> {
    let call = shop.caller(STRANGER).rings().await;
    let ringing = call.ringing();
    call.hangs_up().await;
    ringing
}

#[tokio::test]
async fn whoever_answers_sees_whether_they_are_on_call_until_when_and_who_is_behind_them() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    let mine = tom.opens("/console/mine").await;
    mine.is(200).says("You are on call").says("until Mon 15 Jun 08:30").says("Behind you: Priya Nair");
    mine.says("You owe nobody a call.").says("Your phone has not been rung lately.");
    let priya = shop.signs_in("priya").await;
    let backup = priya.opens("/console/mine").await;
    backup.says("You are the backup until Mon 15 Jun 08:30 Tom Ellis has the phone Your next turn: Mon 15 Jun 08:30");
    let clerk = shop.signs_in_as("bookkeeper", Role::Admin).await;
    clerk.opens("/console/mine").await.is(200).says("Your account is not joined to anybody who answers the phone");
    clerk.sends("/console/mine/away", &[("until", "2h")]).await.is(422);
    clerk.sends("/console/mine/back", &[]).await.is(422);
    let ana = shop.signs_in_as("ana", Role::Viewer).await;
    ana.opens("/console/mine").await.is(200).does_not_say("Away for 2 hours");
    ana.sends("/console/mine/away", &[("until", "2h")]).await.is(403);
    ana.sends("/console/mine/back", &[]).await.is(403);
}

#[tokio::test]
async fn away_and_back_take_one_tap_each_and_the_next_call_knows() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    assert_eq!(rings_first(&shop).await, ["tom"]);
    let away = tom.sends("/console/mine/away", &[("until", "2h")]).await;
    away.is(200)
        .says("You are away. Your turn goes to whoever stands in.")
        .says("until 12:00")
        .says("Priya Nair has the phone");
    assert_eq!(rings_first(&shop).await, ["priya"]);
    // Whoever has the phone meanwhile reads for how long, and he when it is his again.
    let priya = shop.signs_in("priya").await;
    priya.opens("/console/mine").await.says("You are on call until 12:00 Behind you: Ana Costa");
    tom.opens("/console/mine").await.says("Your next turn: 12:00");
    let ana = shop.signs_in("ana").await;
    ana.opens("/console/mine").await.says("You are the backup until 12:00").says("Your next turn: Mon 22 Jun 08:30");
    tom.sends("/console/mine/back", &[]).await.is(200).says("You are back.").says("You are on call");
    assert_eq!(rings_first(&shop).await, ["tom"]);
    tom.sends("/console/mine/back", &[]).await.is(200).says("Nothing has changed.");
    let wanted = Wanted { what: Some(Deed::LiveChangeMade), ..Wanted::default() };
    let log = shop.server().app().operator().errand(move |tx| audit::page(tx, &wanted, None, 10)).await.unwrap();
    let who: Vec<_> = log.iter().map(|(_, entry)| (entry.who.name.as_str(), entry.subject.as_str())).collect();
    assert_eq!(who, [("Tom Ellis", "tom"); 2]);
}

#[tokio::test]
async fn whoever_looks_at_the_first_page_sees_at_once_who_has_gone_away_at_any_instance() {
    let shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    let tom = shop.signs_in("tom").await;
    let form = [("until", "2h")];
    let gone = tom.request(Method::POST, "/console/mine/away").header(ORIGIN, PUBLIC_URL).form(&form).send().await;
    assert_eq!(gone.unwrap().status(), 303);
    let other = shop.visitor_of(1);
    other.keeps("__Host-session", &tom.cookie("__Host-session").unwrap());
    other.opens("/console").await.is(200).says("Tom Ellis, back 12:00");
}

#[tokio::test]
async fn away_for_the_day_or_until_a_day_with_somebody_who_stands_in() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    tom.sends("/console/mine/away", &[("until", "today")]).await.says("until Thu 11 Jun 00:00");
    let form = [("day", "2026-06-12"), ("cover", "ana")];
    tom.sends("/console/mine/away", &form).await.is(200).says("until Fri 12 Jun 00:00").says("Ana Costa has the phone");
    assert_eq!(rings_first(&shop).await, ["ana"]);
    for day in ["", "soon", "2026-06-10", "2036-01-01"] {
        tom.sends("/console/mine/away", &[("day", day)]).await.is(422).says("Choose a day to come");
    }
    for cover in ["tom", "nobody"] {
        let form = [("day", "2026-06-20"), ("cover", cover)];
        tom.sends("/console/mine/away", &form).await.is(422).says("Choose somebody else from the list.");
    }
}

#[tokio::test]
async fn nobody_leaves_open_hours_empty_without_having_been_told() {
    let shop = Shop::open(ALONE, OPEN).await;
    let sam = shop.signs_in("sam").await;
    let asked = sam.sends("/console/mine/away", &[("until", "2h")]).await;
    asked.is(200).says("Then nobody would be there: from 10:00 to 12:00 line main is open").says("No, I stay");
    assert_eq!(rings_first(&shop).await, ["sam"], "nothing has changed yet");
    let away = sam.sends("/console/mine/away", &[("until", "2h"), ("all_the_same", "yes")]).await;
    away.is(200).says("You are away").says("Nobody has the phone");
    sam.sends("/console/mine/back", &[]).await.says("You are back.");
}

#[tokio::test]
async fn ones_promises_and_last_calls_are_at_hand() {
    let shop = shop().await;
    let priya = shop.signs_in("priya").await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    let mine = priya.opens("/console/mine").await;
    mine.says("You ring back Mrs Okafor").says("by 12:00").says("Call back").says("Your last calls Mrs Okafor");
    let rung = priya.sends("/console/promises/1/call-back", &[("back", "mine")]).await;
    assert!(rung.at.starts_with("/console/mine?"), "{}", rung.at);
    rung.says("Your phone rings in a moment.");
}

#[tokio::test]
async fn done_says_so_and_is_taken_back_with_one_tap() {
    let shop = shop().await;
    let priya = shop.signs_in("priya").await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    let done = priya.sends("/console/promises/1/done", &[("back", "mine")]).await;
    done.is(200).says("Done. Nobody has to ring any more. Undo").says("You owe nobody a call.");
    assert!(done.body.contains("action=\"/console/promises/1/reopen\""), "{}", done.body);
    let undone = priya.sends("/console/promises/1/reopen", &[("back", "mine")]).await;
    undone.is(200).says("Open again.").does_not_say("Undo").says("You ring back Mrs Okafor");
    let let_go = priya.sends("/console/promises/1/let-go", &[("back", "list"), ("why", "Rang us again")]).await;
    assert!(let_go.at.starts_with("/console/promises?"), "{}", let_go.at);
    let_go.says("Let go. Nobody rings any more. Undo");
}

#[tokio::test]
async fn whoever_answers_has_the_shortcuts_on_every_page_and_others_on_theirs() {
    let shop = shop().await;
    let (tom, sam) = (shop.signs_in("tom").await, shop.signs_in("sam").await);
    let has_them = async |page: &str, visitor: &Visitor| visitor.opens(page).await.body.contains("class=\"thumb\"");
    for page in ["/console", "/console/mine", "/console/promises", "/console/calls", "/console/customers/1"] {
        assert!(has_them(page, &tom).await, "{page}");
        assert_eq!(has_them(page, &sam).await, page == "/console/mine", "{page}");
    }
}

#[tokio::test]
async fn a_phone_can_keep_the_page_on_its_home_screen() {
    let shop = shop().await;
    let manifest = shop.visitor().opens("/console/manifest.webmanifest").await;
    manifest.is(200);
    assert_eq!(manifest.headers["content-type"], "application/manifest+json");
    let read: serde_json::Value = serde_json::from_str(&manifest.body).unwrap();
    assert_eq!((&read["start_url"], &read["display"]), (&"/console/mine".into(), &"standalone".into()));
    for icon in read["icons"].as_array().unwrap() {
        let src = icon["src"].as_str().unwrap();
        let got = shop.visitor().request(Method::GET, src).send().await.unwrap();
        assert_eq!(got.status(), 200, "{src}");
    }
}
