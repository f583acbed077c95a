use serde_json::json;
use switchboard::domain::access::{AccountId, Deed, Key, Via, Who};
use switchboard::store::audit::{self, Entry, Wanted};
use switchboard::store::sessions::{self, NewSession};

use super::minute;
use crate::store_fixture::stores;

#[test]
fn what_was_changed_is_found_again_newest_first_and_by_whom_and_what() {
    for mut on in stores() {
        let entry = |n: i64, account: Option<i64>, via, what| Entry {
            who: Who { account: account.map(AccountId), name: format!("Person {n}"), via },
            at: minute(n),
            what,
            subject: format!("customer {n}"),
            before: (n > 1).then(|| json!({"name": "Mrs O'Kafor"})),
            after: Some(json!({"name": "Mrs Okafor\0"})),
        };
        let entries = [
            entry(1, None, Via::Command, Deed::CustomersImported),
            entry(2, Some(7), Via::Session, Deed::CustomerChanged),
            entry(3, Some(8), Via::Token("reports".to_owned()), Deed::CustomerChanged),
        ];
        on.store.transaction(|tx| entries.iter().try_for_each(|entry| audit::note(tx, entry))).unwrap();
        let mut names = |wanted: Wanted, limit| -> Vec<String> {
            let found = on.store.read(|tx| audit::page(tx, &wanted, None, limit)).unwrap();
            found.into_iter().map(|(_, entry)| entry.who.name).collect()
        };
        assert_eq!(names(Wanted::default(), 9), ["Person 3", "Person 2", "Person 1"], "{}", on.engine);
        assert_eq!(names(Wanted { by: Some(AccountId(7)), ..Wanted::default() }, 9), ["Person 2"]);
        let changed = Wanted { what: Some(Deed::CustomerChanged), ..Wanted::default() };
        assert_eq!(names(changed, 9), ["Person 3", "Person 2"]);
        assert_eq!(names(Wanted { subject: Some("customer 1".to_owned()), ..Wanted::default() }, 9), ["Person 1"]);

        let first = on.store.read(|tx| audit::page(tx, &Wanted::default(), None, 1)).unwrap();
        let [(id, newest)] = first.as_slice() else { panic!("{first:?}") };
        assert_eq!((&newest.who, newest.at, &newest.before), (&entries[2].who, minute(3), &entries[2].before));
        assert_eq!(newest.after, Some(json!({"name": "Mrs Okafor\u{fffd}"})));
        let next = on.store.read(|tx| audit::page(tx, &Wanted::default(), Some(*id), 9)).unwrap();
        assert_eq!(next.len(), 2);
    }
}

#[test]
fn a_session_is_known_by_its_key_alone_and_only_while_it_lasts() {
    for mut on in stores() {
        let new = NewSession {
            key: Key::new([1; 32]),
            account: AccountId(1),
            made: minute(0),
            expires: minute(10),
            address: "192.0.2.7".to_owned(),
            browser: "Firefox".to_owned(),
        };
        let id = on.store.transaction(|tx| sessions::open(tx, &new)).unwrap();
        let all = on.store.read(|tx| sessions::of(tx, AccountId(1), minute(9))).unwrap();
        assert_eq!((all.len(), all[0].id, all[0].seen), (1, id, minute(0)), "{}", on.engine);
        assert_eq!(on.store.read(|tx| sessions::of(tx, AccountId(1), minute(10))).unwrap(), []);
        assert_eq!(on.store.read(|tx| sessions::find(tx, &new.key, minute(1))).unwrap(), None, "no such account");
        on.store.transaction(|tx| sessions::touch(tx, id, minute(9), minute(20))).unwrap();
        assert_eq!(on.store.read(|tx| sessions::of(tx, AccountId(1), minute(10))).unwrap().len(), 1);
        assert!(!on.store.transaction(|tx| sessions::end(tx, AccountId(2), id)).unwrap(), "not theirs");
        assert!(on.store.transaction(|tx| sessions::end(tx, AccountId(1), id)).unwrap());
        on.store.transaction(|tx| sessions::open(tx, &new)).unwrap();
        assert_eq!(on.store.transaction(|tx| sessions::end_all(tx, AccountId(1))).unwrap(), 1);
    }
}
