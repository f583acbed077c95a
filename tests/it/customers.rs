//! Customers in the store, and their list as a file.

mod at_once;
mod by_hand;
mod list;
mod preview;
mod search;

use jiff::Timestamp;
use switchboard::domain::call::{Call, CallId, Leg, State};
use switchboard::domain::caller::{Customer, CustomerId, PastCall};
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::Promise;
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::calls::{self, Save};
use switchboard::store::customers::{self, Changed, Details, Erased, Refused};
use switchboard::store::jobs::{self, JobState, NewJob};
use switchboard::store::promises::{self, Which};

use crate::store::{a_promise, calls::a_call};
use crate::store_fixture::stores;

pub(crate) fn phone(text: &str) -> Phone {
    Phone::from_e164(text).unwrap()
}

pub(crate) fn okafor() -> Details {
    Details {
        name: "Mrs Okafor".to_owned(),
        numbers: vec![phone("+447700900201"), phone("+442079460201")],
        usual: Some(Some(StaffId::new("priya"))),
        note: Some(Some("Boiler, Tuesday".to_owned())),
        tags: Some(vec!["boiler".to_owned(), "vip".to_owned()]),
        ..Details::default()
    }
}

fn jones() -> Details {
    Details { name: "Jones & Sons".to_owned(), numbers: vec![phone("+447700900202")], ..Details::default() }
}

fn put(store: &mut Store, batch: &[Details]) -> Changed {
    store.transaction(|tx| customers::put(tx, batch)).unwrap()
}

fn by_phone(store: &mut Store, text: &str) -> Option<Customer> {
    store.read(|tx| customers::by_phone(tx, &[phone(text)])).unwrap().remove(&phone(text))
}

/// Whoever has this number.
pub(crate) fn erase(store: &mut Store, number: &str) -> Option<Erased> {
    let id = by_phone(store, number)?.id;
    customers::erase(store, id).unwrap()
}

#[test]
fn a_customer_is_recognised_by_each_of_their_numbers() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let mrs_okafor = by_phone(&mut on.store, "+442079460201").unwrap();
        assert_eq!(by_phone(&mut on.store, "+447700900201").unwrap(), mrs_okafor, "{}", on.engine);
        assert_eq!(mrs_okafor.name, "Mrs Okafor");
        assert_eq!(mrs_okafor.numbers, okafor().numbers);
        assert_eq!(mrs_okafor.usual, Some(StaffId::new("priya")));
        assert_eq!(mrs_okafor.note.as_deref(), Some("Boiler, Tuesday"));
        assert_eq!(mrs_okafor.tags, ["boiler", "vip"]);
        assert!(!mrs_okafor.blocked);
        assert_eq!(by_phone(&mut on.store, "+447700900999"), None, "{}", on.engine);
    }
}

#[test]
fn putting_a_customer_again_updates_and_never_doubles() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let id = by_phone(&mut on.store, "+447700900201").unwrap().id;
        assert_eq!(put(&mut on.store, &[okafor()]).unchanged, 1, "{}", on.engine);

        let moved = Details {
            name: "Mrs Adaeze Okafor".to_owned(),
            numbers: vec![phone("+442079460201"), phone("+447700900303")],
            blocked: Some(Some(true)),
            replaces: true,
            ..Details::default()
        };
        assert_eq!(put(&mut on.store, &[moved]).updated, 1, "{}", on.engine);
        let after = by_phone(&mut on.store, "+447700900303").unwrap();
        assert_eq!((after.id, after.name.as_str(), after.blocked), (id, "Mrs Adaeze Okafor", true), "{}", on.engine);
        assert_eq!(after.usual, Some(StaffId::new("priya")), "{}: nothing was said of it", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900201"), None, "{}: given up", on.engine);
        assert_eq!(on.store.read(customers::count), Ok(2), "{}", on.engine);
    }
}

#[test]
fn a_batch_that_contradicts_itself_or_the_store_is_refused_row_by_row() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let (first, second) = (by_phone(&mut on.store, "+447700900201"), by_phone(&mut on.store, "+447700900202"));
        let both = Details { numbers: vec![phone("+447700900201"), phone("+447700900202")], ..jones() };
        let new = Details { numbers: vec![phone("+447700900404")], ..jones() };
        let none = Details { numbers: Vec::new(), ..jones() };
        let changed = put(&mut on.store, &[both, new.clone(), new, none]);
        assert_eq!(changed.added, 1, "{}", on.engine);
        let two = Refused::TwoCustomers(first.unwrap().id, second.unwrap().id);
        assert_eq!(changed.refused, [(0, two), (2, Refused::Repeated), (3, Refused::NoNumber)], "{}", on.engine);
    }
}

#[test]
fn the_newest_calls_are_kept_beside_the_customer() {
    for mut on in stores() {
        put(&mut on.store, &[okafor()]);
        let id = by_phone(&mut on.store, "+447700900201").unwrap().id;
        let call = |second, reached| PastCall { at: Timestamp::from_second(second).unwrap(), reached, settled: false };
        let recent = vec![call(2, Some(StaffId::new("tom"))), call(1, None)];
        let batch = [(CustomerId(999), Vec::new()), (id, Vec::new()), (id, recent.clone())];
        on.store.transaction(|tx| customers::remember(tx, &batch)).unwrap();
        assert_eq!(by_phone(&mut on.store, "+447700900201").unwrap().recent, recent, "{}", on.engine);
        put(&mut on.store, &[Details { name: "Mrs O".to_owned(), ..okafor() }]);
        assert_eq!(
            by_phone(&mut on.store, "+447700900201").unwrap().recent,
            recent,
            "{}: an import keeps them",
            on.engine
        );
    }
}

#[test]
fn all_customers_are_walked_through_page_by_page() {
    for mut on in stores() {
        let batch: Vec<_> = (0..25)
            .map(|n| Details {
                name: format!("Customer {n}"),
                numbers: vec![phone(&format!("+4477009001{n:02}"))],
                usual: Some((n % 5 == 0).then(|| StaffId::new("ana"))),
                ..Details::default()
            })
            .collect();
        put(&mut on.store, &batch);
        let (mut after, mut names) = (CustomerId(0), Vec::new());
        loop {
            let page = on.store.read(|tx| customers::page(tx, after, 10)).unwrap();
            let Some(last) = page.last() else { break };
            after = last.id;
            names.extend(page.into_iter().map(|customer| customer.name));
        }
        assert_eq!(names, batch.iter().map(|details| details.name.clone()).collect::<Vec<_>>(), "{}", on.engine);

        let (mut after, mut pinned) = (CustomerId(0), Vec::new());
        while let Some(last) = on
            .store
            .read(|tx| {
                customers::listed_page(tx, after, 2, |phone, usual| pinned.push((phone, usual.unwrap().clone())))
            })
            .unwrap()
        {
            after = last;
        }
        assert_eq!(pinned.len(), 5, "{}", on.engine);
        assert_eq!(pinned[1], (phone("+447700900105"), StaffId::new("ana")), "{}", on.engine);
        let named = on.store.read(|tx| customers::by_name(tx, " customer 7 ", 10)).unwrap();
        assert_eq!(named[0].numbers, [phone("+447700900107")], "{}", on.engine);
    }
}

#[test]
fn an_erased_customer_leaves_no_name_and_no_number() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let customer = by_phone(&mut on.store, "+447700900201").unwrap();
        let (over, live, others) = (a_call_of(1, &customer), live_call_of(2, &customer), a_strangers_call(3));
        let batch = [&over, &live, &others].map(|call| Save { call, version: None, wake: None });
        let promise = a_promise_for(&over, &customer);
        let job = NewJob {
            key: "text".to_owned(),
            doc: r#"{"to":"+447700900201","body":"Priya will ring you"}"#.to_owned(),
            due: over.started,
            made: over.started,
        };
        on.store
            .transaction(|tx| {
                calls::save(tx, &batch)?;
                promises::make(tx, [&mut promise.clone()])?;
                jobs::add(tx, &[job])
            })
            .unwrap();

        let erased = erase(&mut on.store, "+442079460201").unwrap();
        assert_eq!((erased.calls, erased.live_calls, erased.promises, erased.jobs), (1, 1, 1, 1), "{}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900201"), None, "{}", on.engine);
        assert_eq!(on.store.read(|tx| jobs::list(tx, JobState::Waiting, 10)).unwrap(), [], "{}", on.engine);
        let promise = on.store.read(|tx| promises::list(tx, Which::All, 10)).unwrap().remove(0);
        assert_eq!(
            (promise.name, promise.number, promise.customer, promise.about),
            (None, None, None, None),
            "{}",
            on.engine
        );
        let left = load(&mut on.store, over.id);
        assert!(!serde_json::to_string(&left).unwrap().contains("Okafor"), "{}: {left:?}", on.engine);
        assert!(!serde_json::to_string(&left).unwrap().contains("7700900201"), "{}", on.engine);
        assert_eq!(left.state, over.state, "{}: that somebody rang stays", on.engine);
        assert_eq!(load(&mut on.store, others.id), others, "{}", on.engine);
        assert_eq!(customers::erase(&mut on.store, customer.id), Ok(None), "{}", on.engine);

        put(&mut on.store, &[okafor()]);
        assert_ne!(by_phone(&mut on.store, "+447700900201").unwrap().id, customer.id, "{}: a new person", on.engine);
    }
}

#[test]
fn a_name_that_is_odd_to_write_is_erased_from_texts_too_and_no_other() {
    for mut on in stores() {
        let odd = r#"O\K "Roof_100%" Ltd"#;
        put(&mut on.store, &[Details { name: odd.to_owned(), ..okafor() }]);
        let at = Timestamp::from_second(1).unwrap();
        let text = |key: &str, body: &str| {
            let doc = serde_json::json!({ "to": "+447700900103", "body": body }).to_string();
            NewJob { key: key.to_owned(), doc, due: at, made: at }
        };
        let texts = [text("theirs", &format!("{odd} rang.")), text("another's", r"O\\K Roofs, 100 of them, Ltd rang.")];
        on.store.transaction(|tx| jobs::add(tx, &texts)).unwrap();
        let sent = on.store.read(|tx| jobs::list(tx, JobState::Waiting, 10)).unwrap();
        let sent: Vec<_> = sent.iter().map(|job| job.id).collect();
        on.store.transaction(|tx| jobs::finish(tx, &sent)).unwrap();
        assert_eq!(erase(&mut on.store, "+447700900201").unwrap().jobs, 1, "{}", on.engine);
        let left = on.store.read(|tx| jobs::list(tx, JobState::Done, 10)).unwrap();
        assert_eq!(left.iter().map(|job| job.key.as_str()).collect::<Vec<_>>(), ["another's"], "{}", on.engine);
    }
}

#[test]
fn an_erased_customer_is_in_no_byte_of_the_file() {
    let mut on = crate::store_fixture::sqlite();
    put(&mut on.store, &[okafor(), jones()]);
    let customer = by_phone(&mut on.store, "+447700900201").unwrap();
    let call = a_call_of(1, &customer);
    on.store.transaction(|tx| calls::save(tx, &[Save { call: &call, version: None, wake: None }])).unwrap();
    erase(&mut on.store, "+447700900201").unwrap();
    let path = on.url.strip_prefix("sqlite://").unwrap();
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(format!("{path}{suffix}")).unwrap();
        let found = bytes.windows(6).any(|window| window == b"Okafor");
        assert!(!found, "switchboard.db{suffix}");
    }
}

fn a_call_of(n: u64, customer: &Customer) -> Call {
    let mut call = a_call(n);
    if let Some(recognised) = &mut call.customer {
        recognised.id = customer.id;
    }
    call
}

fn live_call_of(n: u64, customer: &Customer) -> Call {
    Call { state: State::Ringing { step: 0, since: a_call(n).started, leg: Leg::Dialled }, ..a_call_of(n, customer) }
}

fn a_strangers_call(n: u64) -> Call {
    let from = switchboard::domain::caller::Party::Known(phone("+447700900777"));
    Call { from, customer: None, ..a_call(n) }
}

fn a_promise_for(call: &Call, customer: &Customer) -> Promise {
    Promise {
        calls: vec![call.id],
        customer: Some(customer.id),
        name: Some(customer.name.clone()),
        number: customer.numbers.first().copied(),
        about: Some("Mrs Okafor's boiler".to_owned()),
        ..a_promise(1)
    }
}

fn load(store: &mut Store, id: CallId) -> Call {
    store.read(|tx| calls::find(tx, &[id], &[])).unwrap().remove(0).call
}
