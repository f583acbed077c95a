//! Customers: found as one types, changed with both eyes open, made one, erased for good.

use jiff::SignedDuration;
use reqwest::Method;
use switchboard::domain::access::{Deed, Role};
use switchboard::domain::caller::Customer;
use switchboard::domain::phone::Phone;
use switchboard::store::audit::{self, Wanted};
use switchboard::store::{Store, customers as stored};

use super::visitor::{Seen, Visitor};
use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{BLOCKED, OKAFOR, OPEN, STRANGER, customers};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

fn known(shop: &Shop, number: &str) -> Option<Customer> {
    let phone = Phone::from_e164(number).unwrap();
    let mut store = Store::open_read_only(shop.server().store()).unwrap();
    store.read(|tx| stored::by_phone(tx, &[phone])).unwrap().remove(&phone)
}

/// The value of a hidden field.
fn hidden(seen: &Seen, name: &str) -> String {
    let field = seen.body.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).expect(name);
    field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The page of Mrs Okafor as that person sees it.
async fn okafor(of: &Visitor) -> String {
    let list = of.opens("/console/customers?q=okafor").await;
    let href = list.body.split("href=\"").find(|href| href.contains(">Mrs Okafor<")).expect("Mrs Okafor is found");
    href.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_customer_is_found_at_every_key() {
    let shop = shop().await;
    let priya = shop.signs_in("priya").await;
    priya.opens("/console/customers").await.is(200).says("Mrs Okafor").says("Robot of the lottery").says("Blocked");
    for typed in ["oka", "MRS o", "0770 0900 201", "%2B44%207700%20900201"] {
        let list = priya.opens(&format!("/console/customers?q={typed}")).await;
        list.says("+44 7700 900201").says("Priya Nair").says("1 found").does_not_say("Robot");
    }
    priya.opens("/console/customers?q=nobody+so").await.says("Nobody is found by “nobody so”.").says("Type less");
    let part = priya.request(Method::GET, "/console/customers?q=rob+lot").header("x-part", "results");
    let part = part.send().await.unwrap().text().await.unwrap();
    assert!(part.starts_with("<div class=\"table\"") && part.contains("Robot of the lottery"), "{part}");
    let hostile = priya.opens("/console/customers?q=%3Cscript%3E").await;
    assert!(!hostile.body.contains("<script>"), "{}", hostile.body);
}

#[tokio::test]
async fn the_page_of_a_customer_tells_who_looks_after_them_and_what_was_promised() {
    let shop = shop().await;
    let priya = shop.signs_in("priya").await;
    let page = okafor(&priya).await;
    let seen = priya.opens(&page).await;
    seen.says("+44 7700 900201").says("Priya Nair pinned").says("Boiler, Tuesday").says("They have not rung yet.");
    seen.says("Nothing was ever promised to them.");
    shop.caller(OKAFOR).rings().await.hangs_up().await;
    let seen = priya.opens(&page).await;
    seen.says("hung up early").says("Priya Nair rings by 12:00 open").says("All calls");
}

#[tokio::test]
async fn a_learned_usual_person_is_shown_with_the_calls_that_say_so() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let fields = [("name", "Mr Li"), ("numbers", "07700 900303"), ("usual", "")];
    let seen = sam.sends("/console/customers/new", &fields).await;
    seen.is(200).says("Added.").says("Mr Li").says("Usual person nobody");
    for _ in 0..2 {
        let call = shop.caller("+447700900303").rings().await;
        call.phone("tom").presses("1").await;
        call.hangs_up().await;
        shop.passes(SignedDuration::from_mins(10)).await;
    }
    sam.opens(&seen.at).await.says("Tom Ellis learned took 2 of the last 2 calls: 10:10 , 10:00");
}

#[tokio::test]
async fn what_is_wrong_with_a_new_customer_is_said_and_what_was_typed_stays() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let fields = [("name", " "), ("numbers", "nobody\n07700 900303"), ("language", "Welsh!"), ("note", "Gate code 7")];
    let seen = sam.sends("/console/customers/new", &fields).await;
    seen.is(422).says("Nothing is saved yet.").says("Write a name.").says("“nobody” cannot be dialled");
    seen.says("Write a language tag");
    assert!(seen.body.contains("value=\"Gate code 7\"") && seen.body.contains("nobody\n07700 900303"), "{}", seen.body);
    assert_eq!(known(&shop, "+447700900303"), None);

    let seen = sam.sends("/console/customers/new", &[("name", "Mr Li"), ("numbers", "07700 900201")]).await;
    seen.is(422).says("+44 7700 900201 is another customer's already: Mrs Okafor");
}

#[tokio::test]
async fn an_edit_does_not_overwrite_what_somebody_else_saved_meanwhile_unseen() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in_as("tom", Role::Admin).await);
    let edit = format!("{}/edit", okafor(&sam).await);
    let seen = hidden(&sam.opens(&edit).await, "seen");
    let with = |note: &'static str, seen: &str| {
        let fields = [("name", "Mrs Okafor"), ("numbers", "07700 900201"), ("usual", "priya"), ("note", note)];
        fields.into_iter().chain([("seen", seen)]).map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<Vec<_>>()
    };
    let send = async |of: &Visitor, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        of.sends(&edit, &fields).await
    };
    send(&tom, with("Radiator", &seen)).await.is(200).says("Saved.").says("Radiator");

    let refused = send(&sam, with("Gate code 7", &seen)).await;
    refused.is(409).says("Somebody has changed this customer").says("Saved now: Radiator");
    assert!(refused.body.contains("value=\"Gate code 7\""), "{}", refused.body);
    assert_eq!(known(&shop, OKAFOR).unwrap().note.as_deref(), Some("Radiator"));
    let again = hidden(&refused, "seen");
    send(&sam, with("Gate code 7", &again)).await.is(200).says("Gate code 7");
}

#[tokio::test]
async fn a_block_that_somebody_else_has_saved_meanwhile_is_shown_before_it_is_undone() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in_as("tom", Role::Admin).await);
    let page = okafor(&sam).await;
    let seen = hidden(&sam.opens(&format!("{page}/edit")).await, "seen");
    tom.sends(&format!("{page}/block"), &[("blocked", "yes")]).await.is(200);
    let fields = [("name", "Mrs Okafor"), ("numbers", "07700 900201"), ("note", "Gate code 7"), ("seen", &seen)];
    let refused = sam.sends(&format!("{page}/edit"), &fields).await;
    refused.is(409).says("Blocked Saved now: Blocked");
    assert!(known(&shop, OKAFOR).unwrap().blocked);
}

#[tokio::test]
async fn staff_say_who_is_usual_and_what_is_whispered_and_change_nothing_else() {
    let shop = shop().await;
    let (tom, viewer) = (shop.signs_in("tom").await, shop.signs_in_as("vera", Role::Viewer).await);
    let page = okafor(&tom).await;
    let form = tom.opens(&format!("{page}/edit")).await;
    form.is(200).says("An admin changes the rest.");
    assert!(!form.body.contains("name=\"numbers\""), "{}", form.body);
    let seen = hidden(&form, "seen");
    let fields =
        [("name", "X"), ("numbers", "1"), ("blocked", "yes"), ("usual", "tom"), ("note", "Knock"), ("seen", &seen)];
    tom.sends(&format!("{page}/edit"), &fields).await.is(200).says("Tom Ellis pinned").says("Knock");
    let after = known(&shop, OKAFOR).unwrap();
    assert_eq!((after.name.as_str(), after.blocked, after.numbers.len()), ("Mrs Okafor", false, 1));

    for deed in ["merge", "erase"] {
        tom.opens(&format!("{page}/{deed}")).await.is(403);
        tom.sends(&format!("{page}/{deed}"), &[("name", "Mrs Okafor"), ("with", "2")]).await.is(403);
    }
    tom.sends(&format!("{page}/block"), &[("blocked", "yes")]).await.is(403);
    for page in ["/console/customers/export", "/console/customers/import", "/console/customers/new"] {
        tom.opens(page).await.is(403);
    }
    viewer.opens(&page).await.is(200).does_not_say("Edit");
    viewer.opens(&format!("{page}/edit")).await.is(403);
    viewer.sends(&format!("{page}/edit"), &[("note", "x")]).await.is(403);
    assert!(known(&shop, OKAFOR).is_some_and(|customer| customer.note.as_deref() == Some("Knock")));
}

#[tokio::test]
async fn whoever_is_blocked_on_their_page_rings_nobody_until_unblocked() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = okafor(&sam).await;
    sam.sends(&format!("{page}/block"), &[("blocked", "yes")]).await.is(200).says("Their calls are refused");
    shop.caller(OKAFOR).expects(FirstAnswer::Refuses).rings().await;
    sam.opens(&page).await.says("was refused");
    sam.sends(&format!("{page}/block"), &[]).await.is(200).does_not_say("Their calls are refused");
    assert!(!known(&shop, OKAFOR).unwrap().blocked);
}

#[tokio::test]
async fn two_customers_become_one_with_everything_of_both() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = okafor(&sam).await;
    let fields = [("name", "Okafor, Mrs"), ("numbers", "020 7946 0201"), ("tags", "vip"), ("language", "cy")];
    sam.sends("/console/customers/new", &fields).await.is(200).says("Perhaps the same customer");
    shop.caller("+442079460201").rings().await.hangs_up().await;
    sam.opens(&format!("{page}/merge")).await.says("Merge with Okafor, Mrs");
    let other = known(&shop, "+442079460201").unwrap().id.0.to_string();
    let form = sam.opens(&format!("{page}/merge?with={other}")).await;
    form.says("Choose what stays").says("+44 20 7946 0201");
    let (seen, seen_other) = (hidden(&form, "seen"), hidden(&form, "seen_other"));
    let fields = [
        ("with", other.as_str()),
        ("seen", &seen),
        ("seen_other", &seen_other),
        ("name", "Mrs Okafor"),
        ("numbers", "+44 7700 900201\r\n+44 20 7946 0201"),
        ("usual", "priya"),
        ("language", "cy"),
        ("tags", "vip"),
    ];
    let merged = sam.sends(&format!("{page}/merge"), &fields).await;
    merged.is(200).says("The two are one customer now.").says("+44 20 7946 0201").says("hung up early").says("vip");
    sam.opens(&format!("/console/customers/{other}")).await.is(404);
    assert_eq!(known(&shop, "+442079460201"), known(&shop, OKAFOR));
    sam.sends(&format!("{page}/merge"), &fields).await.is(404);
}

#[tokio::test]
async fn two_are_not_made_one_over_what_somebody_has_saved_meanwhile_and_nothing_typed_is_lost() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in_as("tom", Role::Admin).await);
    let page = okafor(&sam).await;
    sam.sends("/console/customers/new", &[("name", "Okafor, Mrs"), ("numbers", "020 7946 0201")]).await.is(200);
    let other = known(&shop, "+442079460201").unwrap().id.0.to_string();
    let form = sam.opens(&format!("{page}/merge?with={other}")).await;
    tom.sends(&format!("/console/customers/{other}/block"), &[("blocked", "yes")]).await.is(200);
    let merge = async |form: &Seen, numbers: &str| {
        let (seen, seen_other) = (hidden(form, "seen"), hidden(form, "seen_other"));
        let fields = [
            ("with", other.as_str()),
            ("seen", &seen),
            ("seen_other", &seen_other),
            ("name", "Mrs Adaeze Okafor"),
            ("numbers", numbers),
            ("note", "Gate code 7"),
        ];
        sam.sends(&format!("{page}/merge"), &fields).await
    };
    let both = "+44 7700 900201\r\n+44 20 7946 0201";
    for (numbers, status) in [("nobody", 422), (both, 409)] {
        let refused = merge(&form, numbers).await;
        refused.is(status).says("Somebody has changed this customer").says("Blocked Saved now: Blocked");
        assert!(refused.body.contains("value=\"Gate code 7\""), "{}", refused.body);
    }
    let refused = merge(&form, both).await;
    merge(&refused, both).await.is(200).says("The two are one customer now.").says("Gate code 7");
}

#[tokio::test]
async fn what_is_promised_in_a_call_that_goes_on_while_two_become_one_is_promised_to_the_one() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = okafor(&sam).await;
    sam.sends("/console/customers/new", &[("name", "Okafor, Mrs"), ("numbers", "020 7946 0201")]).await.is(200);
    let other = known(&shop, "+442079460201").unwrap().id;
    let call = shop.caller("+442079460201").rings().await;
    let form = sam.opens(&format!("{page}/merge?with={}", other.0)).await;
    let (with, seen, seen_other) = (other.0.to_string(), hidden(&form, "seen"), hidden(&form, "seen_other"));
    let fields = [
        ("with", with.as_str()),
        ("seen", &seen),
        ("seen_other", &seen_other),
        ("name", "Mrs Okafor"),
        ("numbers", "+44 7700 900201\r\n+44 20 7946 0201"),
    ];
    sam.sends(&format!("{page}/merge"), &fields).await.is(200).says("The two are one customer now.");
    call.hangs_up().await;
    let kept = known(&shop, OKAFOR).unwrap();
    let promises = shop.server().promises().await;
    assert_eq!(promises.iter().map(|promise| promise.customer).collect::<Vec<_>>(), [Some(kept.id)]);
    assert_eq!(kept.recent.len(), 1, "that they rang is remembered of the one who is left");
    sam.opens(&page).await.says("rings by").does_not_say("They have not rung yet.");
}

#[tokio::test]
async fn an_erased_customer_is_in_no_page_and_in_no_note_of_what_was_done() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = okafor(&sam).await;
    let seen = hidden(&sam.opens(&format!("{page}/edit")).await, "seen");
    let fields = [("name", "Mrs Adaeze Okafor"), ("numbers", "07700 900201"), ("seen", &seen)];
    sam.sends(&format!("{page}/edit"), &fields).await.is(200);
    shop.caller(OKAFOR).rings().await.hangs_up().await;
    sam.opens(&format!("{page}/erase")).await.says("Type Mrs Adaeze Okafor to say that you mean it");
    sam.sends(&format!("{page}/erase"), &[("name", "Mrs Okafor")]).await.is(422).says("Nothing was erased");
    assert!(known(&shop, OKAFOR).is_some());

    let erased = sam.sends(&format!("{page}/erase"), &[("name", "Mrs Adaeze Okafor ")]).await;
    erased.is(200).says("Erased: 1 calls, 1 promises").does_not_say("Okafor");
    sam.opens(&page).await.is(404);
    assert_eq!(known(&shop, OKAFOR), None);
    let mut store = Store::open_read_only(shop.server().store()).unwrap();
    let noted = store.read(|tx| audit::page(tx, &Wanted::default(), None, 100)).unwrap();
    assert!(noted.iter().any(|(_, entry)| entry.what == Deed::CustomerErased && entry.who.name == "Sam Hartley"));
    assert!(noted.iter().any(|(_, entry)| entry.what == Deed::CustomerChanged));
    let all = format!("{noted:?}");
    assert!(!all.contains("Okafor") && !all.contains("7700900201"), "{all}");
}

#[tokio::test]
async fn a_change_is_noted_with_before_and_after() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/customers/new", &[("name", "Mr Li"), ("numbers", STRANGER)]).await.is(200);
    let page = okafor(&sam).await;
    sam.sends(&format!("{page}/block"), &[("blocked", "yes")]).await.is(200);
    let mut store = Store::open_read_only(shop.server().store()).unwrap();
    let noted = store.read(|tx| audit::page(tx, &Wanted::default(), None, 100)).unwrap();
    let (_, changed) = noted.iter().find(|(_, entry)| entry.what == Deed::CustomerChanged).unwrap();
    assert_eq!(changed.before.as_ref().unwrap()["blocked"], false);
    assert_eq!(changed.after.as_ref().unwrap()["blocked"], true);
    let (_, added) = noted.iter().find(|(_, entry)| entry.what == Deed::CustomerAdded).unwrap();
    assert_eq!(added.after.as_ref().unwrap()["name"], "Mr Li");
}

#[tokio::test]
async fn all_customers_leave_as_a_list_that_reads_back() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let list = sam.opens("/console/customers/export").await;
    list.is(200);
    assert_eq!(list.headers["content-disposition"], "attachment; filename=\"customers-2026-06-10.csv\"");
    let expected = format!(
        "name,phone,usual,language,note,tags,blocked\nMrs Okafor,{OKAFOR},priya,,\"Boiler, Tuesday\",,\nRobot of the lottery,{BLOCKED},,,,,yes\n"
    );
    assert_eq!(list.body, expected);
}
