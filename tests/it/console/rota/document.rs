//! The document in the editor, and its versions.

use reqwest::Method;
use reqwest::header::ORIGIN;
use serde_json::Value;

use super::{hidden, shop};
use crate::phones::opening::{PUBLIC_URL, ROTA};
use switchboard::config::watch::fingerprint;
use switchboard::store::rota_versions::NewVersion;
use switchboard::store::{Tx, rota_versions};

#[tokio::test]
async fn what_is_wrong_is_told_as_one_types_with_its_place_and_what_to_write() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let check = async |text: &str| -> Value {
        let request = sam.request(Method::POST, "/console/rota/check").header(ORIGIN, PUBLIC_URL);
        let answer = request.form(&[("text", text)]).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    };
    let wrong = format!("# Zoë 🎄\n{}", ROTA.replace("\"priya\", \"ana\"]", "\"priy\", \"ana\"]"));
    let found = check(&wrong).await;
    let problem = found["problems"].as_array().unwrap().iter().find(|problem| problem["severity"] == "error").unwrap();
    assert_eq!(problem["what"], "unknown person `priy`: did you mean `priya`?");
    assert_eq!((&problem["severity"], &problem["remedy"]), (&"error".into(), &"write \"priya\"".into()));
    // As a browser counts: in UTF-16.
    let units: Vec<u16> = wrong.encode_utf16().collect();
    let [from, to] = ["from", "to"].map(|end| usize::try_from(problem[end].as_u64().unwrap()).unwrap());
    assert_eq!(String::from_utf16(&units[from..to]).unwrap(), "\"priy\"");
    assert_eq!(found["right"], false);

    let right = check(&ROTA.replace("\"tom\", \"priya\", \"ana\"]", "\"priya\", \"tom\", \"ana\"]")).await;
    assert_eq!(right["right"], true);
    let changes = right["changes"].to_string();
    assert!(changes.contains("Priya Nair has the phone instead of Tom Ellis"), "{changes}");
    assert!(right["read_back"].to_string().contains("The owner is Sam Hartley"));
    assert_eq!(shop.server().rota_on_disk(), ROTA);
}

#[tokio::test]
async fn an_edit_is_saved_once_it_has_been_shown_what_it_changes() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = sam.opens("/console/rota/edit").await;
    page.is(200).says("This rota can go live.").says("What it means");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    let nonce = page.body.split("data-nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}';")) && nonce.len() > 20, "{policy}");
    assert!(policy.contains("script-src 'self';"), "{policy}");

    let base = hidden(&page, "base");
    // A browser sends two characters for a line break.
    let text = ROTA.replace("backups     = 1", "backups     = 2 # for the summer").replace('\n', "\r\n");
    let form = [("text", text.as_str()), ("base", &base), ("checked", ""), ("wish", "save")];
    let shown = sam.sends("/console/rota/edit", &form).await;
    shown.says("has Priya Nair and Ana Costa behind");
    assert_eq!(shop.server().rota_on_disk(), ROTA, "it is shown first");
    let form = [("text", text.as_str()), ("base", &base), ("checked", &hidden(&shown, "checked")), ("wish", "save")];
    sam.sends("/console/rota/edit", &form).await.says("Saved, and live.");
    assert_eq!(shop.server().rota_on_disk(), text.replace("\r\n", "\n"));
    shop.signs_in("tom").await.opens("/console/rota/edit").await.is(403);
}

#[tokio::test]
async fn a_change_made_on_disk_meanwhile_is_never_overwritten_unseen() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let base = hidden(&sam.opens("/console/rota/edit").await, "base");
    let theirs = format!("# theirs\n{ROTA}");
    shop.server().writes_rota(&theirs);
    let ours = format!("{ROTA}# ours\n");
    let form = |base: &str| {
        [
            ("text", ours.clone()),
            ("base", base.to_owned()),
            ("checked", fingerprint(&ours)),
            ("wish", "save".to_owned()),
        ]
    };
    let send = async |base: &str| {
        let form = form(base);
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        sam.sends("/console/rota/edit", &form).await
    };
    let refused = send(&base).await;
    refused.is(409).says("The file was changed on disk meanwhile.").says("− # theirs").says("+ # ours");
    assert_eq!(shop.server().rota_on_disk(), theirs);
    send(&hidden(&refused, "base")).await.says("Saved, and live.");
    assert_eq!(shop.server().rota_on_disk(), ours);
    // The same by a click.
    let preview = sam.opens("/console/rota/preview?kind=away&who=tom&from=2026-06-10&to=2026-06-10&place=file").await;
    shop.server().writes_rota(&theirs);
    let base = hidden(&preview, "base");
    let click = [
        ("kind", "away"),
        ("who", "tom"),
        ("from", "2026-06-10"),
        ("to", "2026-06-10"),
        ("place", "file"),
        ("base", &base),
    ];
    let again = sam.sends("/console/rota/change", &click).await;
    again.says("The file was changed on disk meanwhile.");
    assert_eq!(shop.server().rota_on_disk(), theirs);
    let mut click = click.to_vec();
    let base = hidden(&again, "base");
    click[5].1 = &base;
    sam.sends("/console/rota/change", &click).await.says("Saved, and live.");
    assert!(shop.server().rota_on_disk().starts_with("# theirs\n"));
}

#[tokio::test]
async fn what_is_live_is_never_told_as_not_saved_and_who_saved_it_is_not_forgotten() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let base = hidden(&sam.opens("/console/rota/edit").await, "base");
    let store = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    // A store that fails once the file has been replaced.
    let broken = "CREATE TRIGGER broken BEFORE INSERT ON audit WHEN NEW.what = 'saved the rota'
                  BEGIN SELECT RAISE(ABORT, 'broken'); END";
    store.execute_batch(broken).unwrap();
    let text = format!("{ROTA}# ours\n");
    let form = [("text", text.as_str()), ("base", &base), ("checked", &fingerprint(&text)), ("wish", "save")];
    let saved = sam.sends("/console/rota/edit", &form).await;
    saved.is(200).says("Saved, and live. The list of versions is behind");
    assert_eq!(shop.server().rota_on_disk(), text);
    // As another server finds it, which knows nothing of who saved it.
    let found = NewVersion { hash: fingerprint(&text), text, by: None, what: String::new(), at: shop.server().now() };
    let note = move |tx: &mut Tx<'_>| rota_versions::record(tx, &found);
    shop.server().app().operator().errand(note).await.unwrap();
    store.execute_batch("DROP TRIGGER broken").unwrap();
    sam.opens("/console/rota/versions")
        .await
        .says("2 live now 10:00 Sam Hartley")
        .does_not_say("2 live now 10:00 on disk");
    sam.opens("/console/audit").await.says("10:00 Sam Hartley");
}

#[tokio::test]
async fn a_store_that_takes_nothing_is_noticed_before_the_file_is_replaced() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let base = hidden(&sam.opens("/console/rota/edit").await, "base");
    sam.opens("/console/rota/versions").await.is(200);
    let store = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    store
        .execute_batch("CREATE TRIGGER broken BEFORE UPDATE ON counter BEGIN SELECT RAISE(ABORT, 'broken'); END")
        .unwrap();
    let text = format!("{ROTA}# ours\n");
    let form = [("text", text.as_str()), ("base", &base), ("checked", &fingerprint(&text)), ("wish", "save")];
    assert!(sam.sends("/console/rota/edit", &form).await.status.is_server_error());
    assert_eq!(shop.server().rota_on_disk(), ROTA);
}

#[tokio::test]
async fn every_version_is_kept_with_who_and_what_and_any_comes_back_with_one_click() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.opens("/console/rota/versions").await.says("on disk").says("As it was found.");
    let on_disk = ROTA.replace("\"tom\", \"priya\", \"ana\"]", "\"ana\", \"priya\", \"tom\"]");
    shop.server().save_rota(&on_disk);
    let listed = sam.opens("/console/rota/versions").await;
    listed.says("Ana Costa has the phone instead of Tom Ellis");
    // What has come since they looked is shown to them, and not replaced.
    let more = format!("{on_disk}# as well\n");
    shop.server().save_rota(&more);
    let base = hidden(&listed, "base");
    let refused = sam.sends("/console/rota/versions/restore", &[("id", "1"), ("base", &base)]).await;
    refused.is(409).says("The file was changed on disk meanwhile.").says("− # as well");
    sam.sends("/console/rota/versions/restore", &[("id", "1")]).await.is(409);
    assert_eq!(shop.server().rota_on_disk(), more);
    let difference = sam.opens("/console/rota/versions/difference?from=3&to=1").await;
    let base = hidden(&difference, "base");
    let back = sam.sends("/console/rota/versions/restore", &[("id", "1"), ("base", &base)]).await;
    back.says("Saved, and live.");
    assert_eq!(shop.server().rota_on_disk(), ROTA);
    let listed = sam.opens("/console/rota/versions").await;
    listed.says("4 live now 10:00 Sam Hartley Back to version 1.").says("3 10:00 on disk");
    let difference = sam.opens("/console/rota/versions/difference?from=1&to=2").await;
    difference.says("− order = [\"tom\", \"priya\", \"ana\"]").says("+ order = [\"ana\", \"priya\", \"tom\"]");
    sam.opens("/console/rota/versions/difference?from=1&to=4").await.says("The two are the same.");
    sam.opens("/console/rota/versions/difference?to=77").await.is(404);
    let tom = shop.signs_in("tom").await;
    tom.sends("/console/rota/versions/restore", &[("id", "2")]).await.is(403);
    // Nor are the numbers of everybody who ever answered for everybody to read.
    tom.opens("/console/rota/versions").await.is(403);
    tom.opens("/console/rota/versions/difference?from=1&to=2").await.is(403);
    tom.opens("/console/rota").await.is(200).does_not_say("Versions");
}
