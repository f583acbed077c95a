//! What `check` knows beyond the files: machines that take calls, and customers of people who have left.

use jiff::SignedDuration;
use switchboard::clock::Clock;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::{self, Details};
use switchboard::store::jobs::{self, NewJob, Worker};

use super::Shop;
use super::morning::Morning;

#[test]
fn check_names_machines_that_take_calls_and_customers_whose_person_has_left() {
    let shop = Shop::unpack();
    let rota = shop.rota();
    let mut morning = Morning { rota: &rota, store: shop.store() };
    let hour = SignedDuration::from_hours(1);
    let mut first = String::new();
    for number in 1..=3 {
        let call = morning.rings_at(number, "+447700900999", Clock::System.now() - hour * i32::from(4 - number));
        let call = call.voicemail_answers(0).ends();
        call.first_rung().clone_into(&mut first);
        morning.keep(&call);
    }
    let numbers = vec![Phone::from_e164("+447700900301").unwrap()];
    let usual = Some(Some(StaffId::new("kim")));
    let li = Details { name: "Mr Li".to_owned(), numbers, usual, ..Details::default() };
    morning.store.transaction(|tx| customers::put(tx, &[li])).unwrap();
    let told = shop.type_in(&["check"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let advice = format!("  {first}'s voicemail picks up after 14 s: set it to 30 or ring shorter\n");
    assert!(told.out.contains(&advice), "{}", told.out);
    assert!(told.out.ends_with("  kim, no longer on the staff, has 1 customer: Mr Li\n"), "{}", told.out);
}

#[test]
fn check_names_what_could_not_be_sent_and_why() {
    let shop = Shop::unpack();
    let mut store = shop.store();
    let now = Clock::System.now();
    let text = r#"{"provider":"twilio","outbound":{"Text":{"from":"+442079460000","to":"+447700900101","body":"Mr Li rang"}}}"#;
    let job = NewJob { key: "promise 1".to_owned(), doc: text.to_owned(), due: now, made: now };
    let worker = Worker("one");
    let failed = store.transaction(|tx| {
        jobs::add(tx, std::slice::from_ref(&job))?;
        let claimed = jobs::claim(tx, now, SignedDuration::from_mins(1), worker, 1)?.remove(0);
        jobs::fail(tx, claimed.id, worker, now, "tried 10 times; last: the account is suspended")
    });
    assert_eq!(failed, Ok(true));
    let told = shop.type_in(&["check"]);
    let line = "  a text to +44 7700 900101, \"Mr Li rang\": tried 10 times; last: the account is suspended\n";
    assert!(told.out.ends_with(line), "{}", told.out);
}
