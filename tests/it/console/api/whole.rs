//! What a page shows and does, a program sees and does too.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use switchboard::domain::access::{Role, Scope};

use super::{owners_program, shop};
use crate::phones::opening::ROTA;
use crate::phones::rest::Mood;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN};

#[tokio::test]
async fn a_program_sees_what_is_promised_for_today_and_what_needs_fixing() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    shop.server().rest.always(Mood::Refuses(400, 21211));
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    shop.server().texts().await;
    let now = program.asks("/now").await.is(200).json.clone();
    assert_eq!((&now["promises"][0]["id"], &now["promises"][0]["owner"]), (&json!(1), &json!("priya")));
    let fix = now["fixes"].as_array().unwrap().iter().find(|fix| fix["kind"] == "not_sent").unwrap();
    assert!(fix["what"].as_str().unwrap().starts_with("2 texts or calls could not be sent."), "{fix}");
    assert_eq!(fix["page"], "/console/unsent");
    let unsent = program.asks("/unsent").await.is(200).json.clone();
    assert_eq!((&unsent[0]["kind"], &unsent[0]["given_up"]), (&json!("text"), &json!(true)));
    let (first, second) = (&unsent[0]["id"], &unsent[1]["id"]);
    shop.server().rest.always(Mood::Takes);
    program.sends(Method::POST, &format!("/unsent/{first}/again"), Value::Null).await.is(204);
    program.sends(Method::POST, &format!("/unsent/{first}/again"), Value::Null).await.is_problem(409, "already");
    program.sends(Method::POST, &format!("/unsent/{second}/seen"), Value::Null).await.is(204);
    program.sends(Method::POST, "/unsent/999/seen", Value::Null).await.is_problem(404, "");
    assert_eq!(shop.server().texts().await.len(), 1);
    assert_eq!(program.asks("/unsent").await.is(200).json, json!([]));
}

#[tokio::test]
async fn a_program_says_whether_it_is_sorted_as_the_customer_was_asked() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    shop.caller(OKAFOR).rings().await.ends().await;
    shop.goes_quiet().await;
    program.sends(Method::POST, "/promises/1/sorted", json!({ "sorted": true })).await.is_problem(409, "");
    program.sends(Method::POST, "/promises/1/done", json!({ "follow": true })).await.is(200);
    shop.passes(SignedDuration::from_hours(24)).await;
    shop.server().sweeps().await;
    let sorted = program.sends(Method::POST, "/promises/1/sorted", json!({ "sorted": false })).await;
    assert_eq!(sorted.is(200).json["told"], "sorted");
    assert_eq!(sorted.json["promise"]["state"], "open");
}

#[tokio::test]
async fn a_program_sees_what_a_change_would_do_before_it_is_made() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let away = json!({ "kind": "away", "who": "tom", "from": "2026-06-11", "to": "2026-06-12", "cover": "ana", "place": "file" });
    let preview = program.sends(Method::POST, "/rota/changes/preview", away.clone()).await.is(200).json.clone();
    assert_eq!((&preview["right"], &preview["problems"]), (&json!(true), &json!([])));
    assert!(preview["told"].as_str().unwrap().contains("Tom Ellis is away"), "{preview}");
    assert!(preview["changes"].to_string().contains("Ana Costa"), "{preview}");
    assert_eq!(shop.server().rota_on_disk(), ROTA);
    let mut made = away;
    made["base"] = preview["base"].clone();
    program.sends(Method::POST, "/rota/changes", made).await.is(201);
    let versions = program.asks("/rota/versions").await.is(200).json["items"].clone();
    let newest = versions[0]["id"].as_i64().unwrap();
    let difference = program.asks(&format!("/rota/versions/{newest}/difference")).await.is(200).json.clone();
    assert_eq!((&difference["from"], &difference["to"]), (&versions[1]["id"], &json!(newest)));
    assert!(difference["difference"].as_str().unwrap().contains("+[[away]]"), "{difference}");
    program.asks(&format!("/rota/versions/{newest}/difference?from={newest}")).await.is(200);
    program.asks("/rota/versions/999/difference").await.is_problem(404, "");
    let staff = shop.program("tom", Role::Staff, Scope::Read).await;
    staff.asks(&format!("/rota/versions/{newest}/difference")).await.is_problem(403, "");
}

/// Somebody has gone away at the other instance a moment ago.
#[tokio::test]
async fn a_program_is_told_of_whoever_has_just_gone_away_at_any_instance() {
    let shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    let program = owners_program(&shop).await;
    let tom = shop.visitor_of(1);
    tom.keeps("__Host-session", &shop.signs_in("tom").await.cookie("__Host-session").unwrap());
    tom.sends("/console/mine/away", &[("until", "2h")]).await.is(200).says("You are away");
    assert_eq!(program.asks("/now").await.is(200).json["lines"][0]["people"][0]["who"], "priya");
    assert_eq!(program.asks("/who").await.is(200).json["steps"][0]["who"], "priya");
    assert_eq!(program.asks("/rota/shifts").await.is(200).json[0]["people"][0]["who"], "priya");
}
