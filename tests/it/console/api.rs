//! The console for programs.

mod whole;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use switchboard::domain::access::{Role, Scope};

use super::program::Program;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

async fn owners_program(shop: &Shop) -> Program {
    shop.program("sam", Role::Owner, Scope::Write).await
}

#[tokio::test]
async fn whoever_shows_no_token_is_told_how_and_whoever_guesses_is_slowed_down() {
    let shop = shop().await;
    let mut program = owners_program(&shop).await;
    program.asks("/report").await.is(200);
    let right = std::mem::take(&mut program.token);
    let told = program.asks("/report").await;
    told.is_problem(401, "");
    assert_eq!(told.headers["www-authenticate"], "Bearer");
    program.token = "A".repeat(43);
    program.asks("/report").await.is_problem(401, "");
    let slowed = loop {
        let told = program.asks("/report").await;
        if told.status != 401 {
            break told;
        }
    };
    slowed.is_problem(429, "Too many tries");
    assert!(slowed.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() > 0);
    // Whoever has a right one at the same address goes on.
    program.token = right;
    program.asks("/report").await.is(200);
}

#[tokio::test]
async fn a_cookie_is_no_token_and_a_token_is_no_cookie() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let seen = sam.request(Method::GET, "/api/v1/report").send().await.unwrap();
    assert_eq!(seen.status(), 401);
    let program = owners_program(&shop).await;
    let page = shop.visitor().request(Method::GET, "/console/report").bearer_auth(&program.token);
    assert_eq!(page.send().await.unwrap().status(), 303);
}

#[tokio::test]
async fn a_token_for_reading_changes_nothing_and_no_token_may_more_than_whose_it_is() {
    let shop = shop().await;
    let new = || json!({ "name": "Mr Li", "numbers": ["07700 900333"] });
    let reads = shop.program("sam", Role::Owner, Scope::Read).await;
    reads.asks("/customers").await.is(200);
    reads.sends(Method::POST, "/customers", new()).await.is_problem(403, "");
    let staff = shop.program("tom", Role::Staff, Scope::Write).await;
    staff.sends(Method::POST, "/customers", new()).await.is_problem(403, "");
    staff.asks("/rota").await.is_problem(403, "");
    let owner = owners_program(&shop).await;
    owner.sends(Method::POST, "/customers", new()).await.is(201);
}

#[tokio::test]
async fn whatever_goes_wrong_is_told_in_one_form() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    program.asks("/nothing").await.is_problem(404, "");
    program.asks("/customers/nobody").await.is_problem(400, "");
    program.asks("/customers/4711").await.is_problem(404, "");
    program.asks("/report?since=yesterday").await.is_problem(422, "Give `since` as in 7d");
    program.asks("/report?since=7d&to=2026-06-10").await.is_problem(422, "or else `from` and `to`");
    program.sends(Method::POST, "/customers", json!({ "name": "Mr Li" })).await.is_problem(422, "missing field");
    let told = program.sends(Method::PATCH, "/customers", json!({})).await;
    told.is_problem(405, "");
    assert!(told.headers["allow"].to_str().unwrap().contains("POST"));
    let text = program.request(Method::POST, "/customers").body("name=Mr Li");
    program.told(text, "/customers").await.is_problem(415, "");
}

#[tokio::test]
async fn the_description_knows_every_answer_and_is_for_everybody_to_read() {
    let shop = shop().await;
    let mut program = owners_program(&shop).await;
    program.token.clear();
    let told = program.asks("/openapi.json").await;
    let paths = told.is(200).json["paths"].as_object().unwrap().clone();
    assert!(paths.len() > 10, "{:?}", paths.keys());
    for (path, operations) in &paths {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in operations.as_object().unwrap() {
            assert!(operation["summary"].is_string(), "{method} {path} says nothing");
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(problem, "#/components/schemas/Problem", "{method} {path}");
        }
    }
    assert_eq!(told.json["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

#[tokio::test]
async fn who_has_the_phone_and_who_is_ringing_is_told() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let call = shop.caller(OKAFOR).rings().await;
    let now = program.asks("/now").await.is(200).json.clone();
    assert_eq!(now["at"], "2026-06-10T10:00:00+01:00");
    assert_eq!(now["calls"][0]["customer"], "Mrs Okafor");
    assert_eq!(now["calls"][0]["state"], "ringing");
    let main = &now["lines"][0];
    assert_eq!(
        (&main["line"], &main["open"], &main["people"][0]["who"]),
        (&json!("main"), &json!(true), &json!("tom"))
    );
    call.hangs_up().await;
    let shifts = program.asks("/rota/shifts?weeks=2").await.is(200).json.clone();
    assert_eq!(shifts[0]["people"][0]["who"], "tom");
    program.asks("/rota/shifts?weeks=1000").await.is_problem(422, "1 to 52 weeks");
}

#[tokio::test]
async fn a_report_is_told_in_fields() {
    let shop = shop().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    shop.caller(STRANGER).rings().await.hangs_up().await;
    shop.passes(SignedDuration::from_mins(1)).await;
    let report = owners_program(&shop).await.asks("/report?since=1d").await.is(200).json.clone();
    assert_eq!(
        (&report["from"], &report["calls"], &report["reached_percent"]),
        (&json!("2026-06-10"), &json!(2), &json!(50))
    );
    assert_eq!(report["before"]["calls"], 0);
    assert_eq!(report["before"]["reached_percent"], Value::Null);
    assert_eq!(report["days"].as_array().unwrap().len(), 1);
    assert_eq!((&report["week"][0]["weekday"], &report["week"][0]["hour"]), (&json!(3), &json!(10)));
    let people: Vec<&str> = report["people"].as_array().unwrap().iter().map(|p| p["who"].as_str().unwrap()).collect();
    assert_eq!(people, ["priya", "tom"]);
}

#[tokio::test]
async fn a_customer_is_added_found_changed_made_one_with_another_and_erased() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let new = json!({ "name": "Mr Li", "numbers": ["07700 900333"], "usual": "tom", "tags": ["vip"] });
    let li = program.sends(Method::POST, "/customers", new.clone()).await.is(201).json.clone();
    assert_eq!((&li["numbers"], &li["usual"]), (&json!(["+447700900333"]), &json!("tom")));
    program.sends(Method::POST, "/customers", new).await.is_problem(422, "Mr Li");
    let at = format!("/customers/{}", li["id"]);
    let found = program.asks("/customers?text=li").await.is(200).json.clone();
    assert_eq!(found["items"], json!([li]));

    let seen = &li["fingerprint"];
    let changed = json!({ "name": "Mr Bo Li", "numbers": ["+447700900333"], "note": "Boiler", "seen": seen });
    let now = program.sends(Method::PUT, &at, changed.clone()).await.is(200).json.clone();
    assert_eq!((&now["name"], &now["usual"], &now["note"]), (&json!("Mr Bo Li"), &Value::Null, &json!("Boiler")));
    program.sends(Method::PUT, &at, changed).await.is_problem(409, "");

    let other = json!({ "name": "Bo Li", "numbers": ["07700 900334"], "tags": ["shop"] });
    let other = program.sends(Method::POST, "/customers", other).await.is(201).json.clone();
    let both = program.sends(Method::POST, &format!("{at}/merge"), json!({ "other": other["id"] })).await;
    assert_eq!(both.is(200).json["numbers"], json!(["+447700900333", "+447700900334"]));
    program.asks(&format!("/customers/{}", other["id"])).await.is_problem(404, "");

    program.sends(Method::DELETE, &at, Value::Null).await.is(200);
    program.asks(&at).await.is_problem(404, "");
}

#[tokio::test]
async fn a_list_is_looked_at_taken_in_and_given_out() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let list = "name,phone,usual\nMr Li,07700 900333,tom\nNobody,not a number,\nMs Fox,07700 900334,nobody\n";
    let send = |path: &'static str| program.request(Method::POST, path).header("content-type", "text/csv").body(list);
    let looked = program.told(send("/customers/import?only_look=true"), "look").await.is(200).json.clone();
    assert_eq!((&looked["added"], &looked["left_out"]), (&json!(2), &json!(1)));
    let left_out = looked["problems"].as_array().unwrap().iter().find(|row| row["left_out"] == true).unwrap();
    assert_eq!(left_out["line"], 3);
    assert_eq!(program.asks("/customers?text=li").await.json["items"], json!([]));
    program.told(send("/customers/import"), "import").await.is(200);
    assert_eq!(program.asks("/customers?text=li").await.json["items"][0]["name"], "Mr Li");
    let less = "name,phone,usual\nMr Li,07700 900333,\n";
    for (replace, usual) in [(false, json!("tom")), (true, Value::Null)] {
        let request = program.request(Method::POST, &format!("/customers/import?replace={replace}"));
        let told = program.told(request.header("content-type", "text/csv").body(less), "import").await;
        assert_eq!(told.is(200).json["not_in_list"]["usual"], 1);
        assert_eq!(program.asks("/customers?text=li").await.json["items"][0]["usual"], usual);
    }
    let out = program.asks("/customers/export").await;
    assert!(out.is(200).body.contains("Mr Li"), "{}", out.body);
    let packed = program.request(Method::GET, "/customers/export").header("accept-encoding", "gzip").send().await;
    assert!(packed.unwrap().bytes().await.is_ok(), "it ends as it should");
}

#[tokio::test]
async fn the_rota_is_judged_before_it_is_saved_and_never_over_what_was_not_seen() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let file = program.asks("/rota").await.is(200).json.clone();
    let text = file["text"].as_str().unwrap();
    let wrong = json!({ "text": text.replace("owner", "ownr") });
    let judged = program.sends(Method::POST, "/rota/check", wrong.clone()).await.is(200).json.clone();
    assert_eq!(judged["right"], false);
    assert!(judged["problems"][0]["remedy"].is_string(), "{judged}");

    let with = |text: &str, base: &Value| json!({ "text": text, "base": base });
    let broken = with(wrong["text"].as_str().unwrap(), &file["fingerprint"]);
    program.sends(Method::PUT, "/rota", broken).await.is_problem(422, "ownr");
    let longer = format!("{text}\n# written by a program\n");
    let saved = program.sends(Method::PUT, "/rota", with(&longer, &file["fingerprint"])).await.is(200).json.clone();
    program.sends(Method::PUT, "/rota", with(text, &file["fingerprint"])).await.is_problem(409, "meanwhile");
    assert_eq!(program.asks("/rota").await.json["fingerprint"], saved["fingerprint"]);
    let versions = program.asks("/rota/versions").await.is(200).json.clone();
    let oldest = versions["items"].as_array().unwrap().last().unwrap()["id"].clone();
    let restore = format!("/rota/versions/{oldest}/restore");
    program.sends(Method::POST, &restore, json!({ "base": file["fingerprint"] })).await.is_problem(409, "meanwhile");
    program.sends(Method::POST, &restore, json!({ "base": saved["fingerprint"] })).await.is(200);
    assert_eq!(program.asks("/rota").await.json["text"], text);
}

#[tokio::test]
async fn an_entry_of_the_rota_file_goes_only_from_the_file_it_was_counted_in() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let holiday = json!({ "kind": "holiday", "day": "2026-12-25", "name": "Christmas", "hours": "closed" });
    program.sends(Method::POST, "/rota/changes", holiday).await.is(201);
    let base = program.asks("/rota").await.json["fingerprint"].clone();
    let remove = |base: &Value| json!({ "kind": "remove", "entry": "holiday 0", "base": base });
    program.sends(Method::POST, "/rota/changes", remove(&json!(""))).await.is_problem(422, "Give `base`");
    let other =
        json!({ "kind": "holiday", "day": "2026-12-26", "name": "Boxing Day", "hours": "closed", "base": base });
    program.sends(Method::POST, "/rota/changes", other).await.is(201);
    program.sends(Method::POST, "/rota/changes", remove(&base)).await.is_problem(409, "meanwhile");
    let base = program.asks("/rota").await.json["fingerprint"].clone();
    program.sends(Method::POST, "/rota/changes", remove(&base)).await.is(201);
    let file = shop.server().rota_on_disk();
    assert!(file.contains("Boxing Day") && !file.contains("Christmas"), "{file}");
}

#[tokio::test]
async fn somebody_is_away_and_back_again() {
    let shop = shop().await;
    let program = shop.program("tom", Role::Staff, Scope::Write).await;
    let away = json!({ "kind": "away", "who": "tom", "from": "2026-06-10", "to": "2026-06-11", "cover": "ana" });
    let id = program.sends(Method::POST, "/rota/changes", away).await.is(201).json["id"].clone();
    let changes = program.asks("/rota/changes").await.is(200).json.clone();
    assert_eq!((&changes[0]["kind"], &changes[0]["cover"]), (&json!("away"), &json!("ana")));
    assert_eq!(program.asks("/now").await.json["lines"][0]["people"][0]["who"], "ana");
    program.sends(Method::DELETE, &format!("/rota/changes/{id}"), Value::Null).await.is(204);
    assert_eq!(program.asks("/now").await.json["lines"][0]["people"][0]["who"], "tom");

    assert_eq!(program.asks("/calendars").await.is(200).json, json!([{ "who": "tom", "link": null }]));
    let made = program.sends(Method::POST, "/calendars", json!({ "who": "tom" })).await.is(201).json.clone();
    assert!(made["link"].as_str().unwrap().strip_suffix(".ics").is_some(), "{made}");
    program.sends(Method::POST, "/calendars", json!({ "who": "ana" })).await.is_problem(403, "");
    let of_another = json!({ "kind": "away", "who": "priya", "from": "2026-06-10", "to": "2026-06-11" });
    program.sends(Method::POST, "/rota/changes", of_another).await.is_problem(403, "");
}

#[tokio::test]
async fn calls_come_in_pieces_the_newest_first_and_each_with_its_reasons() {
    let shop = shop().await;
    for _ in 0..52 {
        shop.caller(STRANGER).rings().await.hangs_up().await;
        shop.passes(SignedDuration::from_secs(2)).await;
    }
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    let program = owners_program(&shop).await;
    let piece = program.asks("/calls").await.is(200).json.clone();
    let first = &piece["items"][0];
    assert_eq!(
        (&first["customer"], &first["outcome"], &first["reached"]),
        (&json!("Mrs Okafor"), &json!("reached"), &json!("priya"))
    );
    assert!(first["events"].as_array().unwrap().iter().any(|event| event["reason"] == "usual person"), "{first}");
    let next = program.asks(&format!("/calls?cursor={}", piece["next"].as_str().unwrap())).await.is(200).json.clone();
    let items = |piece: &Value| piece["items"].as_array().unwrap().len();
    assert_eq!((items(&piece) + items(&next), &next["next"]), (53, &Value::Null));
    assert_eq!(items(&program.asks("/calls?outcome=reached").await.json), 1);
    program.asks("/calls?outcome=eaten").await.is_problem(422, "reached, promised, hung_up or blocked");
    program.asks("/calls?cursor=xyz").await.is_problem(422, "none of ours");

    let id = first["id"].as_str().unwrap();
    let note = json!({ "text": "Wants the boiler seen to" });
    program.sends(Method::PUT, &format!("/calls/{id}/note"), note).await.is(200);
    let noted = program.asks(&format!("/calls/{id}")).await;
    assert_eq!(noted.json["note"], "Wants the boiler seen to");
    let late = json!({ "text": "Wants the pump seen to", "seen": "0000000000000000" });
    program.sends(Method::PUT, &format!("/calls/{id}/note"), late).await.is_problem(409, "another note");
    let seen = json!({ "text": "Wants the pump seen to", "seen": noted.json["note_fingerprint"] });
    program.sends(Method::PUT, &format!("/calls/{id}/note"), seen).await.is(200);
}

#[tokio::test]
async fn a_promise_is_put_off_kept_and_not_kept_twice() {
    let shop = shop().await;
    shop.caller(OKAFOR).rings().await.hangs_up().await;
    let program = shop.program("priya", Role::Staff, Scope::Write).await;
    let list = program.asks("/promises").await.is(200).json.clone();
    let promise = &list["items"][0];
    assert_eq!((&promise["owner"], &promise["state"]), (&json!("priya"), &json!("open")));
    let at = format!("/promises/{}", promise["id"]);
    let later = json!({ "due": "2026-06-10T15:00:00+01:00" });
    let told = program.sends(Method::POST, &format!("{at}/later"), later).await.is(200).json.clone();
    assert_eq!((&told["told"], &told["promise"]["due"]), (&json!("later"), &json!("2026-06-10T15:00:00+01:00")));
    let done = program.sends(Method::POST, &format!("{at}/done"), json!({})).await.is(200).json.clone();
    assert_eq!(done["promise"]["state"], "kept");
    program.sends(Method::POST, &format!("{at}/done"), json!({})).await.is_problem(409, "");
    assert_eq!(program.asks("/promises").await.json["items"], json!([]));
    assert_eq!(program.asks("/promises?all=true").await.json["items"][0]["state"], "kept");
    program.sends(Method::POST, "/promises/4711/done", json!({})).await.is_problem(404, "");
}

#[tokio::test]
async fn who_would_ring_is_asked_on_the_rota_that_is_live_and_on_one_that_is_not_saved() {
    let shop = shop().await;
    let program = owners_program(&shop).await;
    let who = program.asks("/who?caller=Mrs%20Okafor&at=2026-06-10T10:02").await.is(200).json.clone();
    assert_eq!((&who["customer"]["name"], &who["steps"][0]["who"]), (&json!("Mrs Okafor"), &json!("priya")));
    assert_eq!(who["steps"][0]["reason"], "usual person");
    let text = program.asks("/rota").await.json["text"].as_str().unwrap().to_owned();
    let edit = format!("{text}\n[[away]]\nwho = \"priya\"\nfrom = 2026-06-10\nto = 2026-06-12\ncover = \"ana\"\n");
    let asked = json!({ "caller": "Mrs Okafor", "at": "2026-06-10T10:02", "document": edit });
    let would = program.sends(Method::POST, "/who", asked).await.is(200).json.clone();
    assert_eq!(would["steps"][0]["who"], "ana");
    let broken = json!({ "document": "business = 1" });
    program.sends(Method::POST, "/who", broken).await.is_problem(422, "business");
    program.asks("/who?line=garden").await.is_problem(422, "garden");
}

#[tokio::test]
async fn people_get_roles_and_programs_get_tokens_and_who_did_it_is_noted_with_the_tokens_name() {
    let shop = shop().await;
    let owner = owners_program(&shop).await;
    let people = owner.asks("/people").await.is(200).json.clone();
    let tom = people.as_array().unwrap().iter().find(|person| person["name"] == "Tom Ellis").unwrap();
    let at = format!("/people/{}/role", tom["id"].as_str().unwrap());
    owner.sends(Method::PUT, &at, json!({ "role": "admin" })).await.is(204);
    owner.sends(Method::PUT, &at, json!({ "role": "king" })).await.is_problem(422, "");
    // Everybody sees who may come in, here as on the page: whom else would they ask?
    let looks = shop.program("eve", Role::Viewer, Scope::Read).await;
    assert_eq!(looks.asks("/people").await.is(200).json[0]["staff"], "sam");

    let new = json!({ "name": "the shelf", "scope": "read" });
    let made = owner.sends(Method::POST, "/tokens", new).await.is(201).json.clone();
    let mut shelf = owners_program(&shop).await;
    shelf.token = made["token"].as_str().unwrap().to_owned();
    assert!(shelf.asks("/tokens").await.is(200).body.contains("the shelf"));
    owner.sends(Method::DELETE, &format!("/tokens/{}", made["id"]), Value::Null).await.is(204);
    shelf.asks("/tokens").await.is_problem(401, "");
    // What a token has made falls with it.
    let mut programs = [owners_program(&shop).await, owners_program(&shop).await, owners_program(&shop).await];
    for n in 1..programs.len() {
        let new = json!({ "name": format!("the shelf {n}"), "scope": "write" });
        let made = programs[n - 1].sends(Method::POST, "/tokens", new).await.is(201).json.clone();
        programs[n].token = made["token"].as_str().unwrap().to_owned();
    }
    let tokens = owner.asks("/tokens").await.json.clone();
    let first = tokens.as_array().unwrap().iter().find(|token| token["name"] == "the shelf 1").unwrap();
    owner.sends(Method::DELETE, &format!("/tokens/{}", first["id"]), Value::Null).await.is(204);
    programs[0].asks("/tokens").await.is(200);
    programs[1].asks("/tokens").await.is_problem(401, "");
    programs[2].asks("/tokens").await.is_problem(401, "");

    let sam = shop.signs_in("sam").await;
    sam.opens("/console").await.is(200);
    let sessions = owner.asks("/sessions").await.is(200).json.clone();
    assert_eq!(sessions.as_array().unwrap().len(), 1, "{sessions}");
    owner.sends(Method::DELETE, "/sessions", Value::Null).await.is(204);
    assert_eq!(sam.request(Method::GET, "/console").send().await.unwrap().status(), 303);
    owner.asks("/audit").await.is_problem(401, "");
    let owner = owners_program(&shop).await;

    let audit = owner.asks("/audit").await.is(200).json.clone();
    let changes = audit["items"].as_array().unwrap();
    let role = changes.iter().find(|change| change["what"] == "changed a role").unwrap();
    assert_eq!(
        (&role["via"], &role["token"], &role["after"]["role"]),
        (&json!("token"), &json!("the till"), &json!("admin"))
    );
}
