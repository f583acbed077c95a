//! "Who would ring?", before anybody rings.

use jiff::Timestamp;
use serde_json::json;
use switchboard::domain::call::CallId;
use switchboard::domain::caller::PastCall;
use switchboard::domain::phone::Phone;
use switchboard::domain::rota::live::Live;
use switchboard::domain::staff::StaffId;
use switchboard::store::live_changes::{self, NewLiveChange};
use switchboard::store::{customers, engaged};

use super::Shop;

fn told(shop: &Shop, args: &[&str]) -> String {
    let said = shop.type_in(&[&["who"], args].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn a_stranger_rings_whoever_is_on_call() {
    insta::assert_snapshot!(told(&Shop::unpack(), &["07700 900999", "--at", "2026-07-15 10:02"]), @r"
    +44 7700 900999, a stranger, rings line main on Wed 15 Jul 2026 at 10:02.
    The line is open until 12:30.

      1. Priya Nair, 16 s: on call until Mon 20 Jul 08:30
      2. Ana Costa, 16 s: stands in for Tom Ellis
      3. Sam Hartley, 16 s: owner

    Not rung:
      Tom Ellis: away until Sat 18 Jul

    If nobody takes the call: Priya Nair promises to ring back by 12:02.
    ");
}

#[test]
fn a_customer_rings_the_usual_person_or_who_stands_in() {
    let shop = Shop::unpack();
    insta::assert_snapshot!(told(&shop, &["07700900110", "--at", "2026-07-15 10:02"]), @r"
    Mrs Okafor (+44 7700 900110), a customer, rings line main on Wed 15 Jul 2026 at 10:02.
    The line is open until 12:30. The usual person is Priya Nair.

      1. Priya Nair, 18 s: usual person
      2. Ana Costa, 16 s: stands in for Tom Ellis
      3. Sam Hartley, 16 s: owner

    Not rung:
      Tom Ellis: away until Sat 18 Jul

    If nobody takes the call: Priya Nair promises to ring back by 12:02.
    ");
    insta::assert_snapshot!(told(&shop, &["gwen pritchard", "--at", "2026-07-15T10:02"]), @r"
    Gwen Pritchard (+44 7700 900112), a customer, rings line main on Wed 15 Jul 2026 at 10:02.
    The line is open until 12:30. The usual person is Tom Ellis.

      1. Ana Costa, 18 s: stands in for the usual person, Tom Ellis
      2. Priya Nair, 16 s: on call until Mon 20 Jul 08:30
      3. Sam Hartley, 16 s: owner

    Not rung:
      Tom Ellis: away until Sat 18 Jul

    If nobody takes the call: Ana Costa promises to ring back by 12:02.
    ");
}

#[test]
fn a_closed_line_and_a_holiday_say_until_when() {
    let shop = Shop::unpack();
    insta::assert_snapshot!(told(&shop, &["anonymous", "--at", "2026-12-25 11:00"]), @r"
    A caller without a number rings line main on Fri 25 Dec 2026 at 11:00.
    The line is closed until 09:00 tomorrow.

      1. Sam Hartley, 16 s: on call for Christmas Day
      2. Front desk, 16 s: backup

    If nobody takes the call: Sam Hartley promises to ring back by 11:00 tomorrow.
    ");
    insta::assert_snapshot!(told(&shop, &["+44 7700 900112", "--line", "emergency", "--at", "2026-07-12 03:00"]), @r"
    Gwen Pritchard (+44 7700 900112), a customer, rings line emergency on Sun 12 Jul 2026 at 03:00.
    The line is open until 00:00 on Friday 25 December. The usual person is Tom Ellis.

      1. Priya Nair, 15 s: backup
      2. Sam Hartley, 15 s: owner

    Not rung:
      Tom Ellis: away until Sat 18 Jul
      Ana Costa: not rung until Sun 12 Jul 07:00

    If nobody takes the call: Ana Costa promises to ring back by 03:30.
    ");
}

#[test]
fn programs_get_the_same_answer_in_fields() {
    let shop = Shop::unpack();
    let who = shop.json(&["who", "07700900112", "--at", "2026-07-15 10:02", "--json"]);
    assert_eq!(
        who,
        json!({
            "customer": { "name": "Gwen Pritchard", "usual": "tom" },
            "line": "main",
            "at": "2026-07-15T10:02:00+01:00",
            "open": true,
            "steps": [
                { "who": "ana", "seconds": 18, "reason": "stands in for the usual person, Tom Ellis" },
                { "who": "priya", "seconds": 16, "reason": "on call until Mon 20 Jul 08:30" },
                { "who": "sam", "seconds": 16, "reason": "owner" },
            ],
            "skipped": [
                { "who": "tom", "reason": "away until Sat 18 Jul" },
                { "who": "ana", "reason": "already in the plan" },
            ],
            "promise": { "owner": "ana", "due": "2026-07-15T12:02:00+01:00" },
        })
    );
    let who = shop.json(&["who", "withheld", "--at", "2026-12-01T09:00:00Z", "--json"]);
    assert_eq!((&who["customer"], &who["at"]), (&json!(null), &json!("2026-12-01T09:00:00+00:00")));
}

#[test]
fn no_spelling_of_a_withheld_number_is_somebody() {
    let shop = Shop::unpack();
    for spelling in ["anonymous", "Withheld", "RESTRICTED", "+266696687", "sip:jo@example.com"] {
        let who = told(&shop, &[spelling, "--at", "2026-07-15 10:02"]);
        assert!(who.starts_with("A caller without a number rings line main"), "{spelling}: {who}");
    }
}

#[test]
fn a_wrong_line_or_time_says_what_to_write() {
    let shop = Shop::unpack();
    let said = shop.type_in(&["who", "anonymous", "--line", "man"]);
    assert_eq!(said.err, "unknown line `man`: the rota has main, emergency\n");
    let said = shop.type_in(&["who", "anonymous", "--at", "2026-07-15"]);
    assert!(said.err.starts_with("`2026-07-15` is not a time: write \"20"), "{}", said.err);
}

#[test]
fn whoever_is_on_the_phone_is_left_out_now_and_only_now() {
    let shop = Shop::unpack();
    shop.write(
        "config/rota.toml",
        r#"
        business = "Corner Shop"
        timezone = "Europe/London"
        [staff]
        jo = { name = "Jo", phone = "+447700900101" }
        max = { name = "Max", phone = "+447700900102" }
        [lines.main]
        number = "+442079460000"
        "#,
    );
    let mut store = shop.store();
    let call = CallId(uuid::Uuid::from_u128(7));
    store.transaction(|tx| engaged::engage(tx, &[(StaffId::new("jo"), call, Timestamp::UNIX_EPOCH)])).unwrap();
    let now = shop.json(&["who", "anonymous", "--json"]);
    assert_eq!(now["steps"].as_array().unwrap().len(), 1);
    let skipped = now["skipped"].as_array().unwrap();
    assert!(skipped.contains(&json!({ "who": "jo", "reason": "on another call" })), "{now}");
    assert!(told(&shop, &["anonymous"]).contains("Not rung:\n  Jo: on another call\n\n"));
    let then = shop.json(&["who", "anonymous", "--json", "--at", "2026-07-15 10:02"]);
    assert_eq!(then["steps"].as_array().unwrap().len(), 2);
}

#[test]
fn earlier_calls_count_as_they_stood_at_the_time_asked_about() {
    let shop = Shop::unpack();
    assert_eq!(shop.type_in(&["customers", "import", "config/customers.csv"]).code, 0);
    let phone = Phone::from_e164("+447700900110").unwrap();
    let mut store = shop.store();
    let rang = PastCall { at: "2026-07-14T09:00:00Z".parse().unwrap(), reached: None, settled: false };
    store
        .transaction(|tx| {
            let customer = customers::by_phone(tx, &[phone])?.remove(&phone).unwrap();
            customers::remember(tx, &[(customer.id, vec![rang])])
        })
        .unwrap();
    let at = |at| told(&shop, &["Mrs Okafor", "--at", at]);
    let again = "2. Sam Hartley, 16 s: owner, as it is the second call about this";
    assert!(at("2026-07-15 10:02").contains(again), "{}", at("2026-07-15 10:02"));
    assert!(!at("2026-07-13 10:02").contains(again));
    assert!(!at("2026-07-31 10:02").contains(again));
}

#[test]
fn a_blocked_customer_rings_nobody() {
    let shop = Shop::unpack();
    shop.write("blocked.csv", "name,phone,blocked\nMr Pest,07700 900190,yes\n");
    shop.type_in(&["customers", "import", "blocked.csv"]);
    let who = told(&shop, &["Mr Pest", "--at", "2026-07-15 10:02"]);
    assert!(who.contains("This caller is blocked: the call is refused, and nobody rings."), "{who}");
    assert_eq!(shop.json(&["who", "Mr Pest", "--json"])["steps"], json!([]));
}

#[test]
fn what_was_said_by_text_is_told_with_the_rest() {
    let shop = Shop::unpack();
    let mut store = shop.store();
    let ana = || StaffId::new("ana");
    let (from, until) = ("2036-07-15T00:00".parse().unwrap(), "2036-07-16T15:00".parse().unwrap());
    let what = Live::Away { who: ana(), from, until, cover: None };
    let over = "2036-07-16T14:00:00Z".parse().unwrap();
    let new = NewLiveChange { by: ana(), what, made: Timestamp::UNIX_EPOCH, until: over };
    store.transaction(|tx| live_changes::add(tx, &new)).unwrap();
    let told = told(&shop, &["07700 900999", "--at", "2036-07-15 10:02"]);
    assert!(told.contains("Ana Costa: away until Wed 16 Jul 15:00 (by text)\n"), "{told}");
    let means = shop.type_in(&["check"]).out;
    assert!(means.contains("Ana Costa from Tue 15 Jul 2036 to Wed 16 Jul 2036 15:00"), "{means}");
    assert!(means.contains("the next name steps up (by text)"), "{means}");
}
