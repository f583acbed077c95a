use switchboard::domain::caller::CustomerId;
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::PromiseState;
use switchboard::domain::staff::StaffId;
use switchboard::store::promises::{self, NewPromise, Which};

use super::{call_id, minute};
use crate::store_fixture::stores;

fn a_promise(n: u64) -> NewPromise {
    NewPromise {
        call: call_id(minute(0), n),
        customer: Some(CustomerId(7)),
        name: Some("Mrs Okafor".to_owned()),
        number: Phone::from_e164("+447700900201"),
        owner: StaffId::new("priya"),
        due: minute(100 - i64::try_from(n).unwrap()),
        made: minute(1),
        message: false,
    }
}

#[test]
fn a_call_makes_one_promise_however_often_it_is_made() {
    for mut on in stores() {
        let first = on.store.transaction(|tx| promises::make(tx, &[a_promise(1)])).unwrap();
        let later = NewPromise { owner: StaffId::new("tom"), ..a_promise(1) };
        let both = on.store.transaction(|tx| promises::make(tx, &[a_promise(2), later, a_promise(2)])).unwrap();
        assert_eq!(both[1], first[0], "{}", on.engine);
        assert_eq!(both[0], both[2], "{}", on.engine);
        let listed = on.store.read(|tx| promises::list(tx, Which::Unsettled, 10)).unwrap();
        assert_eq!(listed.len(), 2, "{}", on.engine);
        assert_eq!(listed[0].id, both[0], "{}: the soonest due first", on.engine);
        assert_eq!(listed[1].owner.as_str(), "priya", "{}: the first one stays", on.engine);
    }
}

#[test]
fn a_promise_comes_back_as_it_was_made() {
    for mut on in stores() {
        let withheld = NewPromise { customer: None, name: None, number: None, ..a_promise(2) };
        on.store.transaction(|tx| promises::make(tx, &[a_promise(1), withheld])).unwrap();
        on.store.transaction(|tx| promises::message_left(tx, &[a_promise(1).call, a_promise(9).call])).unwrap();
        let promise = on.store.read(|tx| promises::of_calls(tx, &[a_promise(1).call])).unwrap().remove(0);
        let made = a_promise(1);
        assert_eq!((promise.call, promise.customer, promise.name), (made.call.0, made.customer, made.name));
        assert_eq!((promise.number, promise.due, promise.made), (made.number, made.due, made.made));
        assert_eq!((promise.state, promise.message), (PromiseState::Open, true), "{}", on.engine);
        let other = on.store.read(|tx| promises::of_calls(tx, &[a_promise(2).call])).unwrap().remove(0);
        assert_eq!((other.number, other.name, other.message), (None, None, false), "{}", on.engine);
    }
}
