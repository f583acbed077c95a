//! Two instances that change one customer in the same moment. On SQLite one at a time writes, so PostgreSQL only.

use jiff::Timestamp;
use switchboard::domain::caller::{AskedToBeUsual, Customer, PastCall};
use switchboard::domain::staff::StaffId;
use switchboard::operator::{Counted, usual_person_answered};
use switchboard::store::customers::{self, Details};
use switchboard::store::{Store, StoreError, Tx};

use super::{by_phone, jones, okafor, put};
use crate::store_fixture::{TestStore, postgres};

/// What `second` comes to on another instance if `first` is done and not committed yet when it begins.
fn meanwhile<T: Send>(
    on: &mut TestStore,
    first: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError>,
    second: impl FnOnce(&mut Store) -> T + Send,
) -> T {
    let (mut administrator, url) = (on.administrator(), on.url.clone());
    let database = url.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'";
    std::thread::scope(|scope| {
        let mut other = None;
        let both = on.store.transaction(|tx| {
            first(tx)?;
            let begun = scope.spawn(move || second(&mut Store::open_for_command(&url).unwrap()));
            while !begun.is_finished() && administrator.query_one(sql, &[&database]).unwrap().get::<_, i64>(0) == 0 {
                std::thread::yield_now();
            }
            other = Some(begun);
            Ok(())
        });
        both.unwrap();
        other.unwrap().join().unwrap()
    })
}

/// As an errand: anew, if somebody else was first.
fn again<T>(store: &mut Store, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>) -> T {
    loop {
        match store.transaction(&mut work) {
            Err(StoreError::Conflict) => {}
            done => return done.unwrap(),
        }
    }
}

fn call(second: i64) -> PastCall {
    PastCall { at: Timestamp::from_second(second).unwrap(), reached: None, settled: false }
}

#[test]
fn a_call_that_ends_while_its_customer_is_taken_from_a_list_or_edited_is_remembered() {
    let Some(mut on) = postgres() else { return };
    put(&mut on.store, &[okafor()]);
    let before = by_phone(&mut on.store, "+447700900201").unwrap();
    let id = before.id;
    let listed = Details { note: Some(Some("Radiator".to_owned())), ..okafor() };
    let first = |tx: &mut Tx<'_>| customers::remember(tx, &[(id, vec![call(1)])]);
    meanwhile(&mut on, first, |store| again(store, |tx| customers::put(tx, std::slice::from_ref(&listed))));
    let after = by_phone(&mut on.store, "+447700900201").unwrap();
    assert_eq!((after.note.as_deref(), after.recent), (Some("Radiator"), vec![call(1)]));

    let first = |tx: &mut Tx<'_>| customers::remember(tx, &[(id, vec![call(2)])]);
    let edit = |tx: &mut Tx<'_>| {
        let known = customers::get(tx, id)?.unwrap();
        customers::edit(tx, known.clone(), Customer { note: None, ..known }).map(Result::unwrap)
    };
    meanwhile(&mut on, first, |store| again(store, edit));
    let after = by_phone(&mut on.store, "+447700900201").unwrap();
    assert_eq!((after.note, after.recent), (None, vec![call(2), call(1)]));
}

#[test]
fn a_call_that_ends_while_two_become_one_is_remembered_of_the_one() {
    let Some(mut on) = postgres() else { return };
    put(&mut on.store, &[okafor(), jones()]);
    let [kept, gone] = ["+447700900201", "+447700900202"].map(|number| by_phone(&mut on.store, number).unwrap().id);
    let first = |tx: &mut Tx<'_>| customers::remember(tx, &[(gone, vec![call(1)])]);
    let merge = |tx: &mut Tx<'_>| {
        let (kept, gone) = (customers::get(tx, kept)?.unwrap(), customers::get(tx, gone)?.unwrap());
        customers::merge(tx, kept.clone(), &gone, kept).map(Result::unwrap)
    };
    meanwhile(&mut on, first, |store| again(store, merge));
    assert_eq!(by_phone(&mut on.store, "+447700900201").unwrap().recent, [call(1)]);
}

#[test]
fn whoever_says_yes_while_an_admin_pins_somebody_else_is_late() {
    let Some(mut on) = postgres() else { return };
    put(&mut on.store, &[jones()]);
    let before = by_phone(&mut on.store, "+447700900202").unwrap();
    let (id, tom, now) = (before.id, StaffId::new("tom"), Timestamp::from_second(9).unwrap());
    let asked = AskedToBeUsual { who: tom.clone(), at: now, took: vec![now], of: 3, said: None };
    on.store.transaction(|tx| customers::usual_person(tx, id, None, &[asked])).unwrap();
    let pin = |tx: &mut Tx<'_>| {
        let known = customers::get(tx, id)?.unwrap();
        customers::edit(tx, known.clone(), Customer { usual: Some(StaffId::new("ana")), ..known }).map(Result::unwrap)
    };
    let yes = |tx: &mut Tx<'_>| usual_person_answered(tx, id, &tom, true, now);
    assert_eq!(meanwhile(&mut on, pin, |store| again(store, yes)), Counted::Late);
    assert_eq!(by_phone(&mut on.store, "+447700900202").unwrap().usual, Some(StaffId::new("ana")));
}

#[test]
fn whoever_is_given_a_number_while_they_are_erased_is_erased_with_it() {
    let Some(mut on) = postgres() else { return };
    put(&mut on.store, &[jones()]);
    let before = by_phone(&mut on.store, "+447700900202").unwrap();
    let (id, number) = (before.id, super::phone("+447700900203"));
    let change = |tx: &mut Tx<'_>| {
        let mut after = before.clone();
        after.numbers.push(number);
        customers::edit(tx, before.clone(), after).map(Result::unwrap)
    };
    let erased = meanwhile(&mut on, change, |store| customers::erase(store, id)).unwrap().unwrap();
    assert_eq!(erased.customer.numbers.len(), 2);
    assert_eq!(by_phone(&mut on.store, "+447700900203"), None);
}
