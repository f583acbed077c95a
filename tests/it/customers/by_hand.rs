//! One customer at a time, by hand.

use jiff::Timestamp;
use switchboard::domain::caller::{Customer, CustomerId, PastCall};
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::{self, Details, Typed};
use switchboard::store::{calls, promises};

use super::{by_phone, erase, jones, okafor, phone, put};
use crate::store::{a_promise, calls::a_call};
use crate::store_fixture::stores;

#[test]
fn a_customer_added_by_hand_is_found_at_once() {
    for mut on in stores() {
        put(&mut on.store, &[okafor()]);
        let pattern = by_phone(&mut on.store, "+447700900201").unwrap();
        let li = Customer { name: "Mr Li".to_owned(), numbers: vec![phone("+447700900303")], ..pattern.clone() };
        let id = on.store.transaction(|tx| customers::create(tx, li.clone())).unwrap().unwrap();
        assert_ne!(id, pattern.id, "{}", on.engine);
        let found = on.store.read(|tx| customers::search(tx, &Typed::new("li", None), 9)).unwrap();
        assert_eq!(found, [Customer { id, ..li }], "{}", on.engine);

        let again = Customer { name: "Mr Li".to_owned(), numbers: vec![phone("+442079460201")], ..pattern.clone() };
        let taken = on.store.transaction(|tx| customers::create(tx, again)).unwrap().unwrap_err();
        assert_eq!((taken.phone, taken.by), (phone("+442079460201"), pattern), "{}", on.engine);
    }
}

#[test]
fn an_edit_may_change_everything_but_take_nobodys_number() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let before = by_phone(&mut on.store, "+447700900201").unwrap();
        let numbers = vec![phone("+447700900404")];
        let after = Customer { name: "A. Obi".to_owned(), numbers, note: None, blocked: true, ..before.clone() };
        on.store.transaction(|tx| customers::edit(tx, before.clone(), after.clone())).unwrap().unwrap();
        assert_eq!(by_phone(&mut on.store, "+447700900404"), Some(after.clone()), "{}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900201"), None, "{}", on.engine);

        let theirs = Customer { numbers: vec![phone("+447700900202")], ..after.clone() };
        let taken = on.store.transaction(|tx| customers::edit(tx, after, theirs)).unwrap().unwrap_err();
        assert_eq!(taken.by.name, "Jones & Sons", "{}", on.engine);
    }
}

#[test]
fn two_that_are_one_have_all_numbers_calls_and_promises_together() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), Details { name: "Mrs Okafor (mobile)".to_owned(), ..jones() }]);
        let kept = by_phone(&mut on.store, "+447700900201").unwrap();
        let gone = by_phone(&mut on.store, "+447700900202").unwrap();
        let call = |second| PastCall { at: Timestamp::from_second(second).unwrap(), reached: None, settled: false };
        let theirs = [(kept.id, vec![call(1), call(3)]), (gone.id, vec![call(2), call(4)])];
        on.store.transaction(|tx| customers::remember(tx, &theirs)).unwrap();
        let mut past = a_call(1);
        past.customer.as_mut().unwrap().id = gone.id;
        on.store.transaction(|tx| calls::save(tx, &[calls::Save { call: &past, version: None, wake: None }])).unwrap();
        let mut promise = a_promise(1);
        promise.customer = Some(gone.id);
        on.store.transaction(|tx| promises::make(tx, [&mut promise])).unwrap();

        let (kept, gone) =
            (by_phone(&mut on.store, "+447700900201").unwrap(), by_phone(&mut on.store, "+447700900202").unwrap());
        let mut after = kept.clone();
        after.numbers.extend(&gone.numbers);
        on.store.transaction(|tx| customers::merge(tx, kept.clone(), &gone, after.clone())).unwrap().unwrap();

        let one = by_phone(&mut on.store, "+447700900202").unwrap();
        assert_eq!((one.id, one.numbers.len()), (kept.id, 3), "{}", on.engine);
        assert_eq!(one.recent, [call(4), call(3), call(2)], "{}", on.engine);
        assert_eq!(on.store.read(|tx| customers::get(tx, gone.id)), Ok(None), "{}", on.engine);
        let found = on.store.read(|tx| customers::search(tx, &Typed::new("mobile", None), 9)).unwrap();
        assert_eq!(found, [], "{}", on.engine);
        let owed = on.store.read(|tx| promises::of_customer(tx, kept.id, 9)).unwrap();
        assert_eq!(owed.len(), 1, "{}", on.engine);
        assert_eq!(owed[0].promise.customer, Some(kept.id), "{}", on.engine);
        let erased = erase(&mut on.store, "+447700900202").unwrap();
        assert_eq!((erased.calls + erased.live_calls, erased.promises), (1, 1), "{}: it follows", on.engine);
    }
}

#[test]
fn a_usual_person_is_kept_by_an_edit_of_something_else() {
    for mut on in stores() {
        put(&mut on.store, &[okafor()]);
        let before = by_phone(&mut on.store, "+447700900201").unwrap();
        assert_eq!((before.usual.clone(), before.id), (Some(StaffId::new("priya")), CustomerId(1)), "{}", on.engine);
        let after = Customer { language: Some("cy".to_owned()), ..before.clone() };
        on.store.transaction(|tx| customers::edit(tx, before, after.clone())).unwrap().unwrap();
        assert_eq!(by_phone(&mut on.store, "+447700900201"), Some(after), "{}", on.engine);
    }
}
