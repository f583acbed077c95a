//! A place in the rota opens the console: who may give one, take one, or move one's phone.

use reqwest::Method;
use serde_json::json;
use switchboard::config::watch::fingerprint;
use switchboard::domain::access::{Role, Scope};

use super::roles::account;
use super::{PASSWORD, first_link, shop};
use crate::console::visitor::{Seen, Visitor};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

const SAM: &str = "sam   = { name = \"Sam Hartley\", phone = \"+447700900101\" }\n";
const TOM: &str = "tom   = { name = \"Tom Ellis\",   phone = \"+447700900103\" }\n";
/// Ana's other telephone.
const EVE: &str = "eve   = { name = \"Eve Costa\",   phone = \"+447700900199\" }\n";

pub(super) async fn saves(visitor: &Visitor, shop: &Shop, text: &str) -> Seen {
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

/// It is right only for those who know the customers.
#[tokio::test]
async fn an_expectation_about_a_customer_does_not_let_such_an_edit_through() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let expected = format!(
        "{ROTA}\n[[expect]]\nat = \"2026-06-10 10:00\"\ncaller = \"{OKAFOR}\"\nrings = [\"priya\", \"tom\", \"sam\"]\n"
    );
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    saves(&ana, &shop, &expected.replace("+447700900101", "+447700900199")).await.is(403).says("Sam Hartley signs in");
    saves(&ana, &shop, &expected).await.is(200).says("Saved, and live.");
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
    let base = fingerprint(&moved);
    let replaced = json!({ "base": base });
    program.sends(Method::POST, "/rota/versions/1/restore", replaced).await.is_problem(403, "Sam Hartley");
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    let back = [("id", "1"), ("base", base.as_str())];
    ana.sends("/console/rota/versions/restore", &back).await.is(403).says("Sam Hartley");
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

#[tokio::test]
async fn whoever_first_came_in_under_another_name_is_joined_to_their_place_in_the_rota() {
    let shop = shop().await;
    let (link, sam) = (first_link(&shop).await.unwrap(), shop.visitor());
    let form = [("staff", ""), ("name", "Sam"), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(sam.sends(&link, &form).await.at, "/console");
    sam.opens("/console/mine").await.says("Your account is not joined to anybody who answers the phone");
    // A second account of theirs, by a code.
    let again = shop.signs_in("sam").await;
    again.opens("/console/people").await.says("Sam Hartley Owner");

    let me = account(&sam, ">Sam<").await;
    let joined = sam.sends("/console/people/place", &[("account", &me), ("place", "sam")]).await;
    joined.is(200).says("Sam Hartley Owner").says("Sam Hartley withdrawn");
    sam.opens("/console/mine").await.is(200).does_not_say("not joined");
    assert!(again.opens("/console").await.at.starts_with("/console/sign-in"), "one person comes in as one");
    shop.signs_in("sam").await.opens("/console/mine").await.is(200);
    sam.opens("/console/audit").await.says("joined an account to the rota").says("withdrew access");
    sam.sends("/console/people/place", &[("account", &me), ("place", "nobody")]).await.is(404);
    sam.sends("/console/people/place", &[("account", &me), ("place", "")]).await.is(200);
    sam.opens("/console/mine").await.says("not joined");
}

#[tokio::test]
async fn a_place_is_given_only_by_whoever_could_give_its_role() {
    let shop = shop().await;
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    ana.sends("/console/people/add", &[("name", "Eve Adams"), ("role", "staff")]).await.is(200);
    let eve = account(&ana, "Eve Adams").await;
    // The owner has no account yet: with the place theirs would be another's.
    ana.sends("/console/people/place", &[("account", &eve), ("place", "sam")]).await.is(403);
    shop.signs_in("tom").await.sends("/console/people/place", &[("account", &eve), ("place", "priya")]).await.is(403);
    ana.sends("/console/people/place", &[("account", &eve), ("place", "priya")]).await.says("Priya Nair Staff");
    let program = shop.program("ana", Role::Admin, Scope::Write).await;
    program.sends(Method::PUT, &format!("/people/{eve}/place"), json!({ "staff": null })).await.is(204);
    ana.opens("/console/people").await.says("Eve Adams Staff");
    // An owner who is the last does not vanish behind somebody else's account.
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/people/place", &[("account", &eve), ("place", "sam")]).await.is(422).says("the last owner");
    let owner = account(&sam, "Sam Hartley").await;
    ana.sends("/console/people/place", &[("account", &owner), ("place", "")]).await.is(403);
}

#[tokio::test]
async fn nobody_gets_an_account_by_being_refused_one() {
    let shop = shop().await;
    let ana = shop.signs_in_as("ana", Role::Admin).await;
    for (page, form) in [("role", [("whom", "@sam"), ("role", "staff")]), ("link", [("whom", "@sam"), ("role", "")])] {
        ana.sends(&format!("/console/people/{page}"), &form).await.is(403);
    }
    ana.opens("/console/people").await.says("Sam Hartley not yet");
    ana.sends("/console/people/link", &[("whom", "@tom")]).await.is(200);
    ana.opens("/console/audit").await.says("added an account");
}
