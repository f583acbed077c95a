//! Who comes in, how, and what they may do then.

mod guesses;
mod leavers;
mod places;
mod roles;

use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{LOCATION, ORIGIN, SET_COOKIE};
use switchboard::config::watch::fingerprint;
use switchboard::domain::access::{Role, Scope};

use super::visitor::{Seen, Visitor};
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::OPEN;

const PASSWORD: &str = "copper kettle on the stove";
const TOM: &str = "07700 900103";
const SESSION: &str = "__Host-session";

async fn shop() -> Shop {
    Shop::open(ROTA, OPEN).await
}

/// Path of the link that a start prints.
async fn first_link(shop: &Shop) -> Option<String> {
    let link = shop.server().app().first_link().await.unwrap();
    link.map(|link| link.strip_prefix(PUBLIC_URL).unwrap().to_owned())
}

/// Sam, the first who comes in, with a password.
async fn sam(shop: &Shop) -> Visitor {
    let (link, sam) = (first_link(shop).await.unwrap(), shop.visitor());
    let form = [("name", "Sam Hartley"), ("password", PASSWORD), ("again", PASSWORD)];
    let seen = sam.sends(&link, &form).await;
    assert_eq!(seen.at, "/console", "{}", seen.words());
    sam
}

/// The code in the last text to this number.
async fn code(shop: &Shop, number: &str) -> String {
    shop.server().texts().await;
    let taken = shop.server().rest.taken();
    let text = taken.iter().rfind(|taken| taken.to == number).unwrap_or_else(|| panic!("{taken:?}"));
    text.body.split("console is ").nth(1).unwrap()[..6].to_owned()
}

async fn tom(shop: &Shop) -> Visitor {
    let tom = shop.visitor();
    tom.sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let code = code(shop, "+447700900103").await;
    let seen = tom.sends("/console/sign-in/code", &[("number", TOM), ("code", &code)]).await;
    assert_eq!(seen.at, "/console", "{}", seen.words());
    tom
}

#[tokio::test]
async fn the_first_person_comes_in_by_the_printed_link_which_works_once() {
    let shop = shop().await;
    let (link, sam) = (first_link(&shop).await.unwrap(), shop.visitor());
    sam.opens("/console/sign-in").await.says("Open the link that `switchboard serve` printed");
    let page = sam.opens(&link).await;
    page.is(200).says("You are the first here.");
    page.says("You are Sam Hartley Priya Nair Tom Ellis Ana Costa Front desk somebody else");
    let chooses = |staff: &'static str, name: &'static str| {
        [("staff", staff), ("name", name), ("password", PASSWORD), ("again", PASSWORD)]
    };
    sam.sends(&link, &chooses("sam", "Eve")).await.is(422).says("You chose one person and typed another name.");
    for (password, again, problem) in [
        ("kettle", "kettle", "too short"),
        ("Hartley Heating", "Hartley Heating", "Anybody would try"),
        (PASSWORD, "copper kettle", "not the same"),
    ] {
        let form = [("name", "Sam Hartley"), ("password", password), ("again", again)];
        sam.sends(&link, &form).await.is(422).says(problem);
    }
    sam.sends(&link, &[("name", " "), ("password", PASSWORD), ("again", PASSWORD)])
        .await
        .is(422)
        .says("Type your name");
    let fresh = first_link(&shop).await.unwrap();
    let form = [("name", "sam  hartley"), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(sam.sends(&fresh, &form).await.at, "/console", "each start prints one that works");
    sam.opens("/console/people").await.says("Sam Hartley Owner");
    sam.opens("/console/mine").await.does_not_say("not joined to anybody");
    for over in [&link, &fresh] {
        shop.visitor().opens(over).await.is(410).says("This link does not work any more");
        shop.visitor().sends(over, &form).await.is(410);
    }
    assert_eq!(first_link(&shop).await, None, "somebody looks after the console now");
}

#[tokio::test]
async fn a_link_is_good_for_an_hour() {
    let shop = shop().await;
    let link = first_link(&shop).await.unwrap();
    shop.passes(SignedDuration::from_mins(60)).await;
    shop.visitor().opens(&link).await.is(410);
    shop.visitor().opens("/console/welcome/nonsense").await.is(410);
}

#[tokio::test]
async fn whoever_has_a_password_comes_in_with_it_and_goes_where_they_wanted() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let before = sam.cookie(SESSION).unwrap();
    sam.sends("/console/sign-out", &[]).await.says("Sign in");
    sam.keeps(SESSION, &before);
    assert!(sam.opens("/console/people").await.at.starts_with("/console/sign-in"), "signed out is signed out");

    let form = |password| [("name", "SAM hartley"), ("password", password), ("next", "/console/people?a=b")];
    sam.sends("/console/sign-in", &form("copper kettle")).await.is(422).says("do not belong together");
    sam.sends("/console/sign-in", &[("name", "Nobody"), ("password", PASSWORD)])
        .await
        .is(422)
        .says("do not belong together");
    assert_eq!(sam.sends("/console/sign-in", &form(PASSWORD)).await.at, "/console/people?a=b");
    assert_ne!(sam.cookie(SESSION), Some(before), "a session of its own");
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_for_no_script() {
    let shop = shop().await;
    let link = first_link(&shop).await.unwrap();
    let form = [("name", "Sam Hartley"), ("password", PASSWORD), ("again", PASSWORD)];
    let request = shop.visitor().request(Method::POST, &link).header(ORIGIN, PUBLIC_URL).form(&form);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()[LOCATION], "/console");
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
}

#[tokio::test]
async fn nobody_is_led_away_from_the_console_after_they_sign_in() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    for next in [
        "https://evil.example/console",
        "//evil.example",
        "/console\\@evil.example",
        "/consoles",
        "javascript:alert(1)",
        "/console/sign-in",
    ] {
        let form = [("name", "Sam Hartley"), ("password", PASSWORD), ("next", next)];
        assert_eq!(sam.sends("/console/sign-in", &form).await.at, "/console", "{next}");
    }
}

#[tokio::test]
async fn staff_come_in_with_a_code_that_is_texted_to_their_own_phone() {
    let shop = shop().await;
    let tom = tom(&shop).await;
    tom.opens("/console/people").await.is(200).says("Tom Ellis Staff");
    let texts = shop.server().texts().await;
    let text = texts.iter().find(|text| text.starts_with("+447700900103")).unwrap();
    assert!(text.contains("Hartley Heating: your code for the console is "), "{text}");
    let code = code(&shop, "+447700900103").await;
    let again = [("number", TOM), ("code", code.as_str())];
    shop.visitor().sends("/console/sign-in/code", &again).await.is(422).says("This is not the code");
}

#[tokio::test]
async fn the_rotas_owner_is_the_consoles_too() {
    let shop = shop().await;
    let sam = shop.visitor();
    sam.sends("/console/sign-in/text", &[("number", "+447700900101")]).await;
    let code = code(&shop, "+447700900101").await;
    sam.sends("/console/sign-in/code", &[("number", "+447700900101"), ("code", &code)]).await.is(200);
    sam.opens("/console/people").await.says("Sam Hartley Owner");
}

#[tokio::test]
async fn a_number_that_is_nobodys_is_answered_like_any_other_and_gets_no_text() {
    let shop = shop().await;
    let asks = async |number: &str| shop.visitor().sends("/console/sign-in/text", &[("number", number)]).await.words();
    let (toms, nobodys) = (asks(TOM).await, asks("07700 900199").await);
    assert_eq!(toms, nobodys);
    let texts = shop.server().texts().await;
    assert!(texts.iter().all(|text| text.starts_with("+447700900103")), "{texts:?}");
    shop.visitor()
        .sends("/console/sign-in/text", &[("number", "the office")])
        .await
        .is(422)
        .says("not a telephone number");
    let wrong = async |number: &str| {
        let form = [("number", number), ("code", "000000")];
        shop.visitor().sends("/console/sign-in/code", &form).await.words()
    };
    assert_eq!(wrong(TOM).await, wrong("07700 900199").await);
}

#[tokio::test]
async fn a_code_is_old_after_ten_minutes() {
    let shop = shop().await;
    let tom = shop.visitor();
    tom.sends("/console/sign-in/text", &[("number", TOM)]).await;
    let code = code(&shop, "+447700900103").await;
    shop.passes(SignedDuration::from_mins(10)).await;
    tom.sends("/console/sign-in/code", &[("number", TOM), ("code", &code)]).await.is(422);
}

#[tokio::test]
async fn a_form_that_comes_too_late_is_kept_and_sent_again_when_one_says_so() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    sam.keeps(SESSION, "");
    let form = [("name", "Eve & <Son>"), ("numbers", "07700 900301")];
    let asked = sam.sends("/console/customers/new", &form).await;
    asked.is(401).says("What you sent was kept");
    let kept = hidden(&asked);
    assert!(kept.contains(&("kept_to".to_owned(), "/console/customers/new".to_owned())), "{kept:?}");

    // A slip does not lose it.
    let slip = sends(&sam, "/console/sign-in", &as_sam("not the password", &kept)).await;
    assert_eq!(hidden(slip.is(422)), kept);

    let back = sends(&sam, "/console/sign-in", &as_sam(PASSWORD, &kept)).await;
    back.is(200).says("You are signed in as Sam Hartley").says("Send it again");
    back.says("It goes to /console/customers/new name Eve & <Son> numbers 07700 900301");
    sam.opens("/console/customers").await.does_not_say("Eve & <Son>");
    let again = hidden(&back);
    assert_eq!(again, form.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(back.body.contains("action=\"/console/customers/new\""));
    sends(&sam, "/console/customers/new", &again).await.is(200).says("Eve & <Son>");
}

fn as_sam(password: &str, kept: &[(String, String)]) -> Vec<(String, String)> {
    let own = [("name", "Sam Hartley"), ("password", password)];
    let own = own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    own.chain(kept.iter().cloned()).collect()
}

#[tokio::test]
async fn what_gives_access_or_holds_a_password_is_never_kept() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    sam.keeps(SESSION, "");
    for (page, form) in [
        ("/console/people/add", [("name", "Eve"), ("role", "owner")]),
        ("/console/people/password", [("old", PASSWORD), ("new", "a different kettle altogether")]),
        ("/console/customers/1/erase", [("name", "Mrs Okafor"), ("sure", "yes")]),
        ("/console/customers/new", [("name", "Eve"), ("Password", PASSWORD)]),
    ] {
        let asked = sam.sends(page, &form).await;
        asked.is(401).says("what you sent was not kept");
        assert!(hidden(&asked).is_empty() && !asked.body.contains(PASSWORD), "{page}: {}", asked.body);
    }
    // Nor does anybody bring one along.
    let smuggled = [("kept_to", "/console/people/add"), ("kept", "name=Eve&role=owner")];
    let smuggled = smuggled.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let back = sends(&sam, "/console/sign-in", &as_sam(PASSWORD, &smuggled)).await;
    assert_eq!(back.at, "/console", "{}", back.words());
}

#[tokio::test]
async fn what_somebody_typed_is_not_sent_by_whoever_signs_in_after_them() {
    let shop = shop().await;
    let browser = sam(&shop).await;
    shop.passes(SignedDuration::from_hours(24 * 15)).await;
    let form = [("name", "Eve"), ("numbers", "07700 900301")];
    let asked = browser.sends("/console/customers/new", &form).await;
    asked.is(401).says("What you sent was kept");
    browser.sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let code = code(&shop, "+447700900103").await;
    let mut by_tom = hidden(&asked);
    let sams = as_sam(PASSWORD, &by_tom);
    by_tom.extend([("number", TOM), ("code", &code)].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let back = sends(&browser, "/console/sign-in/code", &by_tom).await;
    assert_eq!(back.at, "/console", "{}", back.words());
    sends(&browser, "/console/sign-in", &sams).await.is(200).says("You are signed in as Sam Hartley");
}

#[tokio::test]
async fn a_long_rota_is_saved_and_so_it_is_after_its_session_has_run_out() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let long = |of: &str| format!("{ROTA}{}", format!("# {of}: \"100 %\" of it & more\n").repeat(3_500));
    for (text, is_over) in [(long("signed in"), false), (long("signed out"), true)] {
        assert!(text.len() > 100_000);
        let base = fingerprint(&shop.server().rota_on_disk());
        let checked = fingerprint(&text);
        let form = [("text", text.as_str()), ("base", &base), ("checked", &checked), ("wish", "save")];
        if is_over {
            sam.keeps(SESSION, "");
            let asked = sam.sends("/console/rota/edit", &form).await;
            asked.is(401).says("What you sent was kept");
            let back = sends(&sam, "/console/sign-in", &as_sam(PASSWORD, &hidden(&asked))).await;
            sends(&sam, "/console/rota/edit", &hidden(back.is(200))).await.is(200).says("Saved, and live.");
        } else {
            sam.sends("/console/rota/edit", &form).await.is(200).says("Saved, and live.");
        }
        assert_eq!(shop.server().rota_on_disk(), text);
    }
}

#[tokio::test]
async fn what_is_too_long_is_refused_in_words() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    let text = "x".repeat(3 << 20);
    sam.sends("/console/rota/edit", &[("text", &text)]).await.is(413).says("more than 2 MB");
    let program = shop.program("sam", Role::Owner, Scope::Write).await;
    let told = program.sends(Method::PUT, "/rota", serde_json::json!({ "text": text })).await;
    told.is_problem(413, "more than 2 MB");
    sam.keeps(SESSION, "");
    sam.sends("/console/rota/edit", &[("text", &text)]).await.is(401).says("what you sent was not kept");
}

/// Names and values of the hidden fields of a page, each once.
fn hidden(page: &Seen) -> Vec<(String, String)> {
    let plain =
        |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let mut found: Vec<(String, String)> = Vec::new();
    for field in page.body.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = field.split_once("\" value=\"").unwrap();
        let field = (plain(name), plain(rest.split('"').next().unwrap()));
        if !found.contains(&field) {
            found.push(field);
        }
    }
    found
}

async fn sends(visitor: &Visitor, page: &str, form: &[(String, String)]) -> Seen {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.sends(page, &form).await
}

#[tokio::test]
async fn a_session_that_was_slipped_to_somebody_is_not_theirs_after_they_sign_in() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    let slipped = tom.cookie(SESSION).unwrap();
    let victim = shop.visitor();
    victim.keeps(SESSION, &slipped);
    let link = first_link(&shop).await.unwrap();
    victim.sends(&link, &[("name", "Sam Hartley"), ("password", PASSWORD), ("again", PASSWORD)]).await.is(200);
    assert_ne!(victim.cookie(SESSION).unwrap(), slipped);
    assert!(tom.opens("/console").await.at.starts_with("/console/sign-in"));
}

#[tokio::test]
async fn a_language_that_somebody_chose_is_spoken_wherever_they_sign_in() {
    let shop = shop().await;
    let sam = sam(&shop).await;
    sam.sends("/console/language", &[("language", "nl")]).await.is(200).says("Taal");
    let elsewhere = shop.visitor();
    elsewhere.opens("/console/sign-in").await.says("Sign in");
    elsewhere.sends("/console/sign-in", &[("name", "Sam Hartley"), ("password", PASSWORD)]).await.is(200).says("Taal");
    elsewhere.opens("/console/audit").await.says("heeft een taal gekozen");
    // Whoever is not in chooses for this browser alone.
    let nobody = shop.visitor();
    nobody.sends("/console/language", &[("language", "de")]).await.says("Anmelden");
    sam.opens("/console").await.says("Taal");
}

#[tokio::test]
async fn a_session_that_is_not_used_ends_and_one_that_is_used_goes_on() {
    let shop = shop().await;
    let (sam, tom) = (sam(&shop).await, tom(&shop).await);
    for _ in 0..3 {
        shop.passes(SignedDuration::from_hours(24 * 7)).await;
        sam.opens("/console/people").await.is(200);
    }
    assert!(tom.opens("/console").await.at.starts_with("/console/sign-in"));
    assert_eq!(sam.opens("/console/people").await.at, "/console/people");
}
