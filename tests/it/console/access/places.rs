//! A place in the rota opens the console: who may give one, take one, or move one's phone.

use reqwest::Method;
use serde_json::json;
use switchboard::config::watch::fingerprint;
use switchboard::domain::access::{Role, Scope};

use super::shop;
use crate::console::visitor::{Seen, Visitor};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;

const SAM: &str = "sam   = { name = \"Sam Hartley\", phone = \"+447700900101\" }\n";
const TOM: &str = "tom   = { name = \"Tom Ellis\",   phone = \"+447700900103\" }\n";
/// Ana's other telephone.
const EVE: &str = "eve   = { name = \"Eve Costa\",   phone = \"+447700900199\" }\n";

async fn saves(visitor: &Visitor, shop: &Shop, text: &str) -> Seen {
    let (base, checked) = (fingerprint(&shop.server().rota_on_disk()), fingerprint(text));
    let form = [("text", text), ("base", &base), ("checked", &checked), ("wish", "save")];
    visitor.sends("/console/rota/edit", &form).await
}

/// Ways in which an admin might come in as the owner, or keep them out.
fn takeovers() -> [(String, &'static str); 4] {
    [
        (ROTA.replace("+447700900101", "+447700900199"), "Sam Hartley signs in with this phone"),
        (ROTA.replace("\"sam\"", "\"eve\"").replace(SAM, &format!("{SAM}{EVE}")), "Who owns the business"),
        (ROTA.replace("\"sam\"", "\"ana\"").replace(SAM, ""), "Who owns the business"),
        (ROTA.replace(SAM, &format!("{}{SAM}", EVE.replace("900199", "900101"))), "Sam Hartley signs in"),
    ]
}

#[tokio::test]
async fn no_admin_becomes_an_owner_or_keeps_one_out_by_an_edit_of_the_rota() {
    let shop = shop().await;
    // Before the owner has ever come in, and after.
    for comes_in in [false, true] {
        if comes_in {
            shop.signs_in("sam").await;
        }
        let ana = shop.signs_in_as("ana", Role::Admin).await;
        for (text, why) in takeovers() {
            let refused = saves(&ana, &shop, &text).await;
            refused.is(403).says(why).says("Ask an owner to save this.");
            assert!(refused.body.contains("<textarea"), "nothing typed is lost");
            assert_eq!(shop.server().rota_on_disk(), ROTA);
        }
    }
    let sam = shop.signs_in("sam").await;
    for (text, _) in takeovers().into_iter().take(2) {
        saves(&sam, &shop, &text).await.is(200).says("Saved, and live.");
    }
}

#[tokio::test]
async fn nor_does_a_program_of_theirs_or_an_older_version_of_the_file() {
    let shop = shop().await;
    shop.signs_in("sam").await.opens("/console/rota/versions").await;
    // Whoever has the disk has the server.
    let moved = ROTA.replace("+447700900101", "+447700900111");
    shop.server().save_rota(&moved);
    let program = shop.program("ana", Role::Admin, Scope::Write).await;
    for (text, why) in takeovers() {
        let save = json!({ "text": text, "base": fingerprint(&moved) });
        program.sends(Method::PUT, "/rota", save).await.is_problem(403, why);
    }
    program.asks("/rota/versions").await.is(200);
    program.sends(Method::POST, "/rota/versions/1/restore", json!(null)).await.is_problem(403, "Sam Hartley");
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    ana.sends("/console/rota/versions/restore", &[("id", "1")]).await.is(403).says("Sam Hartley");
    assert_eq!(shop.server().rota_on_disk(), moved);
}

#[tokio::test]
async fn an_admin_looks_after_the_phones_of_everybody_below_and_after_their_own() {
    let shop = shop().await;
    shop.signs_in_as("priya", Role::Admin).await;
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    let of_staff = ROTA.replace(TOM, EVE).replace("\"tom\"", "\"eve\"").replace("+447700900104", "+447700900114");
    saves(&ana, &shop, &of_staff).await.is(200).says("Saved, and live.");
    let another_admin = of_staff.replace("+447700900102", "+447700900112");
    saves(&ana, &shop, &another_admin).await.is(403).says("Priya Nair signs in with this phone");
    // Somebody who had left with an admin's role does not come back with another's phone.
    let without = of_staff.lines().filter(|line| !line.starts_with("priya")).collect::<Vec<_>>().join("\n");
    let without = without.replace("\"priya\", ", "");
    shop.server().save_rota(&without);
    let back = without.replace("[hours]", "priya = { name = \"Priya Nair\", phone = \"+447700900198\" }\n[hours]");
    saves(&ana, &shop, &back).await.is(403).says("priya signs in with this phone");
}
