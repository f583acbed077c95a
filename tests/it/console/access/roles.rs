//! What each may do, who says so, and what is noted of it.

use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::ORIGIN;
use switchboard::domain::access::Role;

use super::{PASSWORD, SESSION, sam, shop, tom};
use crate::console::visitor::{Seen, Visitor};
use crate::phones::opening::{PUBLIC_URL, ROTA};

fn is_out(seen: &Seen) -> bool {
    seen.at.starts_with("/console/sign-in")
}

/// The number by which this person's row names their account.
pub(super) async fn account(visitor: &Visitor, name: &str) -> String {
    let page = visitor.opens("/console/people").await;
    let row = page.body.split("<tr>").find(|row| row.contains(name) && row.contains("sessions?of=")).unwrap();
    row.split("sessions?of=").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_admin_says_who_may_come_in_and_nobody_below_does() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    tom.opens("/console/people").await.is(200).does_not_say("Withdraw");
    tom.opens("/console/audit").await.is(403).says("This is not yours to do");
    for (page, form) in [
        ("/console/people/role", [("whom", "@tom"), ("role", "owner")]),
        ("/console/people/withdraw", [("whom", "@sam"), ("role", "")]),
        ("/console/people/add", [("name", "Eve"), ("role", "owner")]),
        ("/console/people/link", [("whom", "@sam"), ("role", "")]),
    ] {
        tom.sends(page, &form).await.is(403);
    }
    sam.sends("/console/people/role", &[("whom", "@tom"), ("role", "admin")]).await.says("Tom Ellis Admin");
    tom.opens("/console/audit").await.is(200).says("gave a role").says("Before: Staff After: Admin");
    tom.sends("/console/people/role", &[("whom", "@ana"), ("role", "admin")]).await.is(403);
    tom.sends("/console/people/role", &[("whom", "@sam"), ("role", "viewer")]).await.is(403);
    tom.sends("/console/people/role", &[("whom", "@ana"), ("role", "viewer")]).await.says("Ana Costa Viewer");
}

#[tokio::test]
async fn an_owner_is_always_left() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    for (page, role) in [("/console/people/role", "admin"), ("/console/people/withdraw", "")] {
        sam.sends(page, &[("whom", "@sam"), ("role", role)]).await.is(422).says("This is the last owner");
    }
    sam.sends("/console/people/role", &[("whom", "@priya"), ("role", "owner")]).await.says("Priya Nair Owner");
    sam.sends("/console/people/role", &[("whom", "@sam"), ("role", "staff")]).await.says("Sam Hartley Staff");
}

#[tokio::test]
async fn whose_access_is_withdrawn_is_out_at_once_and_gets_no_code() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    sam.sends("/console/people/withdraw", &[("whom", "@tom")]).await.says("Tom Ellis withdrawn");
    assert!(is_out(&tom.opens("/console").await));
    let before = shop.server().texts().await.len();
    tom.sends("/console/sign-in/text", &[("number", super::TOM)]).await.is(200);
    assert_eq!(shop.server().texts().await.len(), before);
    sam.sends("/console/people/role", &[("whom", "@tom"), ("role", "staff")]).await.says("Tom Ellis Staff");
    super::tom(&shop).await;
}

#[tokio::test]
async fn whoever_leaves_the_rota_is_out() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    let without_tom =
        ROTA.replace("tom   = { name = \"Tom Ellis\",   phone = \"+447700900103\" }\n", "").replace("\"tom\", ", "");
    shop.server().save_rota(&without_tom);
    assert!(is_out(&tom.opens("/console").await));
    sam.opens("/console/people").await.says("no longer in the rota");
    shop.server().save_rota(ROTA);
    assert!(is_out(&tom.opens("/console").await), "their session is over even if they come back");
}

#[tokio::test]
async fn somebody_who_is_not_in_the_rota_gets_a_link_and_chooses_a_password() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let made = sam.sends("/console/people/add", &[("name", "Eve Adams"), ("role", "viewer")]).await;
    let link = made.body.split(PUBLIC_URL).nth(1).unwrap().split('<').next().unwrap().to_owned();
    sam.sends("/console/people/add", &[("name", "eve  adams"), ("role", "viewer")])
        .await
        .is(422)
        .says("with this name");
    let eve = shop.visitor();
    eve.opens(&link).await.says("Choose a password, Eve Adams.");
    eve.sends(&link, &[("password", "eveadams12"), ("again", "eveadams12")]).await.is(422);
    assert_eq!(eve.sends(&link, &[("password", PASSWORD), ("again", PASSWORD)]).await.at, "/console");
    eve.opens("/console/people").await.says("Eve Adams Viewer");

    // Another link is another password, and whoever knew the old one is out.
    let whom = account(&sam, "Eve Adams").await;
    let made = sam.sends("/console/people/link", &[("whom", &whom)]).await;
    let link = made.body.split(PUBLIC_URL).nth(1).unwrap().split('<').next().unwrap().to_owned();
    let other = "a different kettle altogether";
    shop.visitor().sends(&link, &[("password", other), ("again", other)]).await.is(200);
    assert!(is_out(&eve.opens("/console").await));
    eve.sends("/console/sign-in", &[("name", "Eve Adams"), ("password", PASSWORD)]).await.is(422);
    eve.sends("/console/sign-in", &[("name", "Eve Adams"), ("password", other)]).await.is(200);
}

#[tokio::test]
async fn an_invitation_is_texted_once_however_often_the_button_is_pressed() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    for _ in 0..2 {
        sam.sends("/console/people/invite", &[("whom", "@ana")]).await.is(200).says("Ana Costa gets a text");
    }
    sam.sends("/console/people/invite", &[("whom", "@desk")])
        .await
        .is(422)
        .says("has no phone in the rota that takes texts");
    let texts = shop.server().texts().await;
    let to_ana: Vec<_> = texts.iter().filter(|text| text.starts_with("+447700900104")).collect();
    assert_eq!(to_ana.len(), 1, "{texts:?}");
    assert!(to_ana[0].contains("Sam Hartley invites you to the console. Open https://phone.example.com/console"));
}

#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one_or_all_at_once() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    let toms_phone = super::tom(&shop).await;
    let page = tom.opens("/console/people/sessions").await;
    page.is(200).says("this one").says("127.0.0.1");
    let of = page.body.split("name=\"of\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let other = page.body.split("name=\"session\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    shop.signs_in("priya").await.opens(&format!("/console/people/sessions?of={of}")).await.is(403);
    tom.sends("/console/people/sessions/end", &[("of", &of), ("session", &other)]).await.is(200);
    assert!(is_out(&toms_phone.opens("/console").await));
    assert!(!is_out(&tom.opens("/console").await));

    sam.opens(&format!("/console/people/sessions?of={of}")).await.says("Sessions of Tom Ellis");
    sam.sends("/console/people/sessions/end-all", &[("of", &of)]).await.says("Nobody is signed in with this account.");
    assert!(is_out(&tom.opens("/console").await));
    let tom = super::tom(&shop).await;
    let (again, key) = (super::tom(&shop).await, tom.cookie(SESSION).unwrap());
    tom.sends("/console/sign-out-everywhere", &[]).await.says("Sign in");
    tom.keeps(SESSION, &key);
    assert!(is_out(&tom.opens("/console").await) && is_out(&again.opens("/console").await));
}

#[tokio::test]
async fn another_password_signs_every_other_browser_out() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let elsewhere = shop.visitor();
    elsewhere.sends("/console/sign-in", &[("name", "Sam Hartley"), ("password", PASSWORD)]).await.is(200);
    let new = "a different kettle altogether";
    sam.sends("/console/people/password", &[("old", "not this one"), ("new", new)]).await.is(422);
    sam.sends("/console/people/password", &[("old", PASSWORD), ("new", "short")]).await.is(422).says("too short");
    sam.sends("/console/people/password", &[("old", PASSWORD), ("new", new)]).await.is(200).says("this one");
    assert!(is_out(&elsewhere.opens("/console").await));
    assert!(!is_out(&sam.opens("/console").await));
}

#[tokio::test]
async fn whoever_finds_a_browser_open_does_not_guess_the_password_in_it() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let new = "a different kettle altogether";
    for _ in 0..4 {
        sam.sends("/console/people/password", &[("old", "not this one"), ("new", new)]).await.is(422);
    }
    let form = [("old", PASSWORD), ("new", new)];
    sam.sends("/console/people/password", &form).await.is(429).says("Too many tries");
    shop.passes(SignedDuration::from_secs(3)).await;
    sam.sends("/console/people/password", &form).await.is(200);
}

#[tokio::test]
async fn another_password_and_signing_out_everywhere_leave_no_other_way_in() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    let link = |made: &Seen| made.body.split(PUBLIC_URL).nth(1).unwrap().split('<').next().unwrap().to_owned();
    let token = async |visitor: &Visitor| {
        let made = visitor.sends("/console/people/tokens", &[("name", "the till"), ("scope", "read")]).await;
        let token = made.body.split("id=\"token\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let request = shop.visitor().request(Method::GET, "/api/v1/tokens").bearer_auth(token);
        async move || request.try_clone().unwrap().send().await.unwrap().status().as_u16()
    };
    // One changes it oneself.
    let first = link(&sam.sends("/console/people/link", &[("whom", "@tom")]).await);
    tom.sends("/console/people/password", &[("old", ""), ("new", PASSWORD)]).await.is(200);
    tom.opens(&first).await.is(410);
    // Somebody has forgotten it.
    let toms = token(&tom).await;
    assert_eq!(toms().await, 200);
    let second = link(&sam.sends("/console/people/link", &[("whom", "@tom")]).await);
    let tom = shop.visitor();
    tom.opens(&second).await.says("revokes its tokens for programs");
    tom.sends(&second, &[("password", PASSWORD), ("again", PASSWORD)]).await.is(200);
    assert_eq!(toms().await, 401);
    // One has lost a telephone.
    let toms = token(&tom).await;
    assert_eq!(toms().await, 200);
    tom.opens("/console/people/sessions").await.says("This also revokes the tokens of this account");
    tom.sends("/console/sign-out-everywhere", &[]).await.is(200);
    assert_eq!(toms().await, 401);
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked_by_its_owner_or_whoever_looks_after_them() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    let made = tom.sends("/console/people/tokens", &[("name", "the boiler <map>"), ("scope", "read")]).await;
    made.is(200).says("the token for the boiler <map>");
    let token = made.body.split("id=\"token\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_eq!(token.len(), 43);
    let list = tom.opens("/console/people/tokens").await;
    list.says("the boiler <map> Tom Ellis Read");
    assert!(!list.body.contains(&token));
    tom.sends("/console/people/tokens", &[("name", " "), ("scope", "read")]).await.is(422);
    let priya = shop.signs_in("priya").await;
    priya.opens("/console/people/tokens").await.does_not_say("boiler");
    let id = list.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    priya.sends("/console/people/tokens/revoke", &[("token", &id)]).await.is(404);
    sam.sends("/console/people/tokens/revoke", &[("token", &id)]).await.says("revoked");
}

#[tokio::test]
async fn every_change_is_noted_with_who_and_what_was_before() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    sam.sends("/console/people/role", &[("whom", "@ana"), ("role", "viewer")]).await;
    sam.sends("/console/people/role", &[("whom", "@ana"), ("role", "staff")]).await;
    sam.sends("/console/people/tokens", &[("name", "reports"), ("scope", "write")]).await;
    sam.opens("/console/audit")
        .await
        .says("Sam Hartley made a token")
        .says("gave a role Ana Costa Role Before: Viewer After: Staff");
    sam.opens("/console/audit?subject=ana").await.says("gave a role").does_not_say("reports");
    sam.opens("/console/audit?what=made+a+token").await.says("reports").does_not_say("Role Before");
    sam.opens("/console/audit?by=99").await.says("Nothing was changed that fits this.");
    for _ in 0..51 {
        sam.sends("/console/people/role", &[("whom", "@ana"), ("role", "staff")]).await;
    }
    let page = sam.opens("/console/audit?what=gave+a+role").await;
    let older =
        page.body.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    sam.opens(&older).await.says("Before: Viewer After: Staff").says("The newest");
}

#[tokio::test]
async fn another_site_withdraws_nobody() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    tom(&shop).await;
    for origin in ["https://evil.example", "null", "http://phone.example.com"] {
        let request = sam.request(Method::POST, "/console/people/withdraw").header(ORIGIN, origin);
        assert_eq!(request.form(&[("whom", "@tom")]).send().await.unwrap().status(), 403, "{origin}");
    }
    sam.opens("/console/people").await.says("Tom Ellis Staff");
}

#[tokio::test]
async fn a_viewer_looks_and_changes_nothing() {
    let shop = shop().await;
    let eve = shop.signs_in_as("eve", Role::Viewer).await;
    eve.opens("/console/people").await.is(200).does_not_say("Withdraw");
    eve.sends("/console/people/role", &[("whom", "@tom"), ("role", "viewer")]).await.is(403);
}
