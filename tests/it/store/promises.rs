use switchboard::domain::caller::CustomerId;
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::{Promise, PromiseState};
use switchboard::domain::staff::StaffId;
use switchboard::store::promises::{self, Stored, Which};
use switchboard::store::{Store, StoreError};

use super::{a_promise, call_id, minute};
use crate::store_fixture::stores;

fn make(store: &mut Store, promise: &Promise) -> Result<Promise, StoreError> {
    let mut promise = promise.clone();
    store.transaction(|tx| promises::make(tx, [&mut promise]))?;
    Ok(promise)
}

#[test]
fn a_call_makes_one_promise_whoever_makes_it() {
    for mut on in stores() {
        let first = make(&mut on.store, &a_promise(1)).unwrap();
        let again = make(&mut on.store, &Promise { owner: StaffId::new("tom"), ..a_promise(1) });
        assert_eq!(again, Err(StoreError::Conflict), "{}", on.engine);
        let sooner = make(&mut on.store, &a_promise(2)).unwrap();
        let listed = on.store.read(|tx| promises::list(tx, Which::Unsettled, 10)).unwrap();
        assert_eq!(listed, [sooner, first], "{}: the soonest due first", on.engine);
    }
}

#[test]
fn a_promise_comes_back_as_it_was_made_by_its_call_its_number_and_its_customer() {
    for mut on in stores() {
        let made = make(&mut on.store, &a_promise(1)).unwrap();
        let withheld =
            make(&mut on.store, &Promise { customer: None, name: None, number: None, ..a_promise(2) }).unwrap();
        let stored = [Stored { version: 1, promise: made.clone() }];
        assert_eq!(on.store.read(|tx| promises::get(tx, made.id)).unwrap().as_slice(), stored, "{}", on.engine);
        let phone = made.number.unwrap();
        for found in [
            on.store.read(|tx| promises::of_calls(tx, &made.calls)).unwrap(),
            on.store.read(|tx| promises::alive(tx, &[phone], &[])).unwrap(),
            on.store.read(|tx| promises::alive(tx, &[], &[CustomerId(7)])).unwrap(),
        ] {
            assert_eq!(found, stored, "{}", on.engine);
        }
        let other = Phone::from_e164("+447700900299").unwrap();
        assert_eq!(on.store.read(|tx| promises::alive(tx, &[other], &[CustomerId(8)])).unwrap(), [], "{}", on.engine);
        let found = on.store.read(|tx| promises::of_calls(tx, &withheld.calls)).unwrap().remove(0);
        assert_eq!(found.promise, withheld, "{}", on.engine);
    }
}

#[test]
fn of_two_who_change_a_promise_the_second_is_told() {
    for mut on in stores() {
        let promise = make(&mut on.store, &a_promise(1)).unwrap();
        let mut change = |owner: &str| {
            let changed = Promise { owner: StaffId::new(owner), ..promise.clone() };
            on.store.transaction(|tx| promises::save(tx, &[Stored { version: 1, promise: changed.clone() }]))
        };
        assert_eq!((change("tom"), change("ana")), (Ok(()), Err(StoreError::Conflict)), "{}", on.engine);
        let owed = on.store.read(|tx| promises::owed_by(tx, &StaffId::new("tom"))).unwrap();
        assert_eq!((owed.len(), owed[0].version), (1, 2), "{}", on.engine);
    }
}

#[test]
fn a_second_call_finds_the_same_promise_and_a_settled_one_wakes_nobody() {
    for mut on in stores() {
        let mut promise = make(&mut on.store, &a_promise(1)).unwrap();
        promise.calls.push(call_id(minute(0), 5));
        on.store.transaction(|tx| promises::save(tx, &[Stored { version: 1, promise: promise.clone() }])).unwrap();
        let found = on.store.read(|tx| promises::of_calls(tx, &[call_id(minute(0), 5)])).unwrap();
        assert_eq!(found, [Stored { version: 2, promise: promise.clone() }], "{}", on.engine);
        assert_eq!(on.store.read(|tx| promises::waking(tx, promise.due, 10)).unwrap().len(), 1, "{}", on.engine);

        let by = StaffId::new("tom");
        promise.state = PromiseState::LetGo { by, at: minute(5), why: "moved away".to_owned() };
        on.store.transaction(|tx| promises::save(tx, &[Stored { version: 2, promise: promise.clone() }])).unwrap();
        assert_eq!(on.store.read(|tx| promises::waking(tx, promise.due, 10)).unwrap(), [], "{}", on.engine);
        let phone = promise.number.unwrap();
        assert_eq!(on.store.read(|tx| promises::alive(tx, &[phone], &[])).unwrap(), [], "{}", on.engine);
        assert_eq!(on.store.read(|tx| promises::list(tx, Which::Unsettled, 10)).unwrap(), [], "{}", on.engine);
        assert_eq!(on.store.read(|tx| promises::list(tx, Which::All, 10)).unwrap(), [promise], "{}", on.engine);
    }
}
