use jiff::Timestamp;
use switchboard::domain::call::{Call, Leg, Recognised, State};
use switchboard::domain::caller::{Attestation, CustomerId, Party};
use switchboard::domain::event::ProviderCallId;
use switchboard::domain::line::LineId;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::phone::Phone;
use switchboard::domain::plan::{Plan, PromiseTerms};
use switchboard::domain::staff::StaffId;
use switchboard::domain::words::Whispered;
use switchboard::store::calls::{self, Meant, Save, Stored};
use switchboard::store::{Store, StoreError};

use super::{call_id, minute};
use crate::store_fixture::stores;

pub(crate) fn a_call(n: u64) -> Call {
    let started = minute(i64::try_from(n).unwrap());
    Call {
        id: call_id(started, n),
        provider: "twilio".to_owned(),
        provider_id: ProviderCallId(format!("CA{n:032x}")),
        business: "Hartley Heating".to_owned(),
        line: LineId::new("main"),
        number: Phone::from_e164("+442079460000").unwrap(),
        from: Party::Known(Phone::from_e164("+447700900201").unwrap()),
        attestation: Attestation::None,
        customer: Some(Recognised {
            id: CustomerId(7),
            name: "Mrs Okafor".to_owned(),
            usual: None,
            recent: Vec::new(),
        }),
        language: "en".to_owned(),
        started,
        plan: Plan {
            ring_seconds_max: 60,
            steps: Vec::new(),
            skipped: Vec::new(),
            promise: PromiseTerms {
                owner: StaffId::new("sam"),
                name: "Sam".to_owned(),
                spoken: "Sam".to_owned(),
                due: minute(120),
            },
        },
        greeting: None,
        whisper: Whispered { note: Some("\"Boiler\", Tuesday.".to_owned()), ..Whispered::default() },
        state: State::Ended { outcome: Outcome::Promised, at: minute(0) },
        message: None,
        story: Vec::new(),
        answered: Vec::new(),
    }
}

fn live(n: u64) -> Call {
    Call { state: State::Ringing { step: 0, since: minute(0), leg: Leg::Dialled }, ..a_call(n) }
}

fn ended(call: &Call, at: Timestamp) -> Call {
    Call { state: State::Ended { outcome: Outcome::HungUp, at }, ..call.clone() }
}

fn save_new(store: &mut Store, batch: &[Call]) {
    let batch: Vec<_> = batch.iter().map(|call| Save { call, version: None, wake: Some(minute(30)) }).collect();
    store.transaction(|tx| calls::save(tx, &batch)).unwrap();
}

fn change(store: &mut Store, call: &Call, version: i64) -> Result<(), StoreError> {
    store.transaction(|tx| calls::save(tx, &[Save { call, version: Some(version), wake: None }]))
}

fn by_provider(store: &mut Store, call: &Call) -> Vec<Stored> {
    let id = (call.provider.clone(), call.provider_id.0.clone());
    store.transaction(|tx| calls::find(tx, &[], &[id])).unwrap()
}

#[test]
fn a_call_comes_back_as_it_was_saved() {
    for mut on in stores() {
        let batch = [live(1), live(2), live(3)];
        save_new(&mut on.store, &batch);
        let first = &batch[0];
        let found = on.store.transaction(|tx| calls::find(tx, &[first.id], &[])).unwrap();
        assert_eq!(found, [Stored { version: 1, call: first.clone() }], "{}", on.engine);
        assert_eq!(
            by_provider(&mut on.store, &batch[2]),
            [Stored { version: 1, call: batch[2].clone() }],
            "{}",
            on.engine
        );
        assert_eq!(by_provider(&mut on.store, &live(9)), [], "{}", on.engine);
    }
}

#[test]
fn of_two_who_change_a_call_the_second_is_told() {
    for mut on in stores() {
        let call = live(1);
        save_new(&mut on.store, std::slice::from_ref(&call));
        let mut other = Store::open(&on.url).unwrap();
        change(&mut other, &ended(&call, minute(2)), 1).unwrap();
        assert_eq!(change(&mut on.store, &ended(&call, minute(3)), 1), Err(StoreError::Conflict), "{}", on.engine);
        assert_eq!(by_provider(&mut on.store, &call)[0].call, ended(&call, minute(2)), "{}", on.engine);
    }
}

#[test]
fn a_call_that_two_instances_take_in_at_once_is_kept_once() {
    for mut on in stores() {
        let call = live(1);
        save_new(&mut on.store, std::slice::from_ref(&call));
        let again = Call { id: live(2).id, ..call.clone() };
        let save = [Save { call: &again, version: None, wake: None }];
        assert_eq!(on.store.transaction(|tx| calls::save(tx, &save)), Err(StoreError::Conflict), "{}", on.engine);
        assert_eq!(by_provider(&mut on.store, &call), [Stored { version: 1, call }], "{}", on.engine);
    }
}

#[test]
fn a_call_is_found_by_the_providers_id_whoever_saved_it_and_also_after_a_start() {
    for mut on in stores() {
        let batch = [live(1), live(2), live(3)];
        save_new(&mut on.store, &batch[..1]);
        assert_eq!(by_provider(&mut on.store, &batch[0]).len(), 1, "{}: its own", on.engine);
        let mut other = Store::open(&on.url).unwrap();
        assert_eq!(by_provider(&mut other, &batch[0]).len(), 1, "{}: from before the start", on.engine);
        save_new(&mut other, &batch[1..]);
        for call in &batch[1..] {
            assert_eq!(by_provider(&mut on.store, call).len(), 1, "{}: another's", on.engine);
        }
    }
}

#[test]
fn a_call_whose_saving_was_undone_is_not_taken_for_one_that_is_there() {
    for mut on in stores() {
        let call = live(1);
        let id = (call.provider.clone(), call.provider_id.0.clone());
        let undone = on.store.transaction(|tx| {
            calls::save(tx, &[Save { call: &call, version: None, wake: None }])?;
            assert_eq!(calls::find(tx, &[], std::slice::from_ref(&id))?.len(), 1);
            Err::<(), _>(StoreError::Conflict)
        });
        assert_eq!(undone, Err(StoreError::Conflict), "{}", on.engine);
        assert_eq!(by_provider(&mut on.store, &call), [], "{}", on.engine);
        // Takes the place in the table that the first one had.
        let next = live(2);
        save_new(&mut on.store, std::slice::from_ref(&next));
        assert_eq!(by_provider(&mut on.store, &next).len(), 1, "{}", on.engine);
        save_new(&mut on.store, std::slice::from_ref(&call));
        assert_eq!(by_provider(&mut on.store, &call).len(), 1, "{}", on.engine);
    }
}

#[test]
fn nothing_of_a_batch_is_kept_when_one_of_it_fails() {
    for mut on in stores() {
        let old = live(1);
        save_new(&mut on.store, std::slice::from_ref(&old));
        let new = live(2);
        let batch = [Save { call: &new, version: None, wake: None }, Save { call: &old, version: Some(5), wake: None }];
        assert_eq!(on.store.transaction(|tx| calls::save(tx, &batch)), Err(StoreError::Conflict), "{}", on.engine);
        assert_eq!(by_provider(&mut on.store, &new), [], "{}", on.engine);
    }
}

#[test]
fn the_sweeper_sees_live_calls_that_are_overdue_and_no_others() {
    for mut on in stores() {
        let batch = [live(1), live(2)];
        save_new(&mut on.store, &batch);
        change(&mut on.store, &ended(&batch[0], minute(4)), 1).unwrap();
        let overdue = |store: &mut Store, at| store.transaction(|tx| calls::overdue(tx, at, 10)).unwrap();
        assert_eq!(overdue(&mut on.store, minute(29)), [], "{}", on.engine);
        let found = overdue(&mut on.store, minute(30));
        assert_eq!(found, [Stored { version: 1, call: batch[1].clone() }], "{}", on.engine);
    }
}

#[test]
fn calls_are_listed_newest_first_from_an_instant_on() {
    for mut on in stores() {
        let batch = [live(1), live(2), live(3)];
        save_new(&mut on.store, &batch);
        let listed = on.store.read(|tx| calls::list(tx, minute(2), 10)).unwrap();
        let ids: Vec<_> = listed.iter().map(|stored| stored.call.id).collect();
        assert_eq!(ids, [batch[2].id, batch[1].id], "{}", on.engine);
    }
}

#[test]
fn calls_between_two_instants_are_counted_up_to_a_limit() {
    for mut on in stores() {
        save_new(&mut on.store, &[live(1), live(2), live(3), live(4)]);
        let mut count =
            |from, until, limit| on.store.read(|tx| calls::count(tx, minute(from), minute(until), limit)).unwrap();
        assert_eq!((count(2, 4, 10), count(0, 9, 3), count(5, 9, 10)), (2, 3, 0), "{}", on.engine);
    }
}

#[test]
fn a_call_is_found_by_what_a_person_types() {
    for mut on in stores() {
        let batch = [live(1), live(2)];
        save_new(&mut on.store, &batch);
        let mut get = |typed: &str| on.store.read(|tx| calls::get(tx, typed)).unwrap();
        let id = batch[0].id.0.to_string();
        let one = Meant::One(Box::new(Stored { version: 1, call: batch[0].clone() }));
        assert_eq!(get(&id), one);
        assert_eq!(get(&id[..13].to_uppercase()), one);
        assert_eq!(get(&id[..4]), Meant::Several);
        assert_eq!(get(&batch[0].provider_id.0), one);
        assert_eq!(get("CAnothing"), Meant::None);
        assert_eq!(get(""), Meant::None);
        assert_eq!(get("%"), Meant::None);
    }
}

#[test]
fn a_forgotten_call_is_still_history_but_no_webhook_finds_it() {
    for mut on in stores() {
        let batch = [live(1), live(2)];
        save_new(&mut on.store, &batch);
        change(&mut on.store, &ended(&batch[0], minute(4)), 1).unwrap();
        let forgotten = on.store.transaction(|tx| calls::forget_recent(tx, minute(60), 100)).unwrap();
        assert_eq!(forgotten, 1, "{}: the live one stays", on.engine);
        assert_eq!(by_provider(&mut on.store, &batch[0]), [], "{}", on.engine);
        assert_eq!(by_provider(&mut on.store, &batch[1]).len(), 1, "{}", on.engine);
        let typed = on.store.read(|tx| calls::get(tx, &batch[0].provider_id.0)).unwrap();
        assert!(matches!(typed, Meant::One(_)), "{}", on.engine);
    }
}
