use jiff::SignedDuration;
use serde_json::json;
use switchboard::domain::access::sign_in::{Code, Counted};
use switchboard::domain::access::{AccountId, Deed, Key, Role, Scope, Via, Who};
use switchboard::domain::staff::StaffId;
use switchboard::domain::words::Language;
use switchboard::store::accounts::{self, NewAccount};
use switchboard::store::audit::{self, Entry, Wanted};
use switchboard::store::sessions::{self, NewSession};
use switchboard::store::tokens::{self, NewToken};
use switchboard::store::{StoreError, sign_in};

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

/// Ten minutes long.
fn a_session(account: AccountId, key: u8) -> NewSession {
    NewSession {
        key: Key::new([key; 32]),
        account,
        made: minute(0),
        expires: minute(10),
        address: "192.0.2.7".to_owned(),
        browser: "Firefox".to_owned(),
    }
}

#[test]
fn a_session_is_known_by_its_key_alone_and_only_while_it_lasts() {
    for mut on in stores() {
        let new = a_session(AccountId(1), 1);
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
        on.store.transaction(|tx| sessions::open(tx, &new)).unwrap();
        assert_eq!(on.store.transaction(|tx| sessions::forget(tx, minute(9), 9)).unwrap(), 0, "it is not over yet");
        assert_eq!(on.store.transaction(|tx| sessions::forget(tx, minute(10), 9)).unwrap(), 1);
    }
}

fn person(name: &str, staff: Option<&str>) -> NewAccount {
    NewAccount { name: name.to_owned(), staff: staff.map(StaffId::new), role: Role::Staff, made: minute(0) }
}

#[test]
fn an_account_is_opened_by_its_name_until_it_is_withdrawn_and_may_be_given_back() {
    for mut on in stores() {
        let store = &mut on.store;
        let (sam, eve) = store
            .transaction(|tx| {
                let sam = accounts::add(tx, &person("Sam Hartley", Some("sam")))?;
                let eve = accounts::add(tx, &person("Eve", None))?;
                accounts::set_password(tx, sam, "sam hartley", "$argon2id$sam")?;
                accounts::set_role(tx, sam, Role::Owner)?;
                accounts::set_language(tx, sam, Some(Language::Dutch))?;
                accounts::signed_in(tx, sam, minute(3))?;
                Ok((sam, eve))
            })
            .unwrap();
        let (account, kept) = store.read(|tx| accounts::by_login(tx, "sam hartley")).unwrap().unwrap();
        assert_eq!((account.id, account.role, kept.as_str()), (sam, Role::Owner, "$argon2id$sam"), "{}", on.engine);
        assert_eq!((account.language, account.has_password), (Some(Language::Dutch), true));
        assert!(store.read(|tx| accounts::is_taken(tx, "sam hartley", Some(eve))).unwrap());
        assert!(!store.read(|tx| accounts::is_taken(tx, "sam hartley", Some(sam))).unwrap(), "by Sam");
        let taken = store.transaction(|tx| accounts::set_password(tx, eve, "sam hartley", "$argon2id$eve"));
        assert_eq!(taken, Err(StoreError::Conflict));
        assert_eq!(
            store.transaction(|tx| accounts::add(tx, &person("Again", Some("sam")))).err(),
            Some(StoreError::Conflict)
        );

        let session = a_session(sam, 1);
        store.transaction(|tx| sessions::open(tx, &session)).unwrap();
        assert!(store.read(|tx| sessions::find(tx, &session.key, minute(1))).unwrap().is_some());
        store.transaction(|tx| sessions::end_by_key(tx, &session.key)).unwrap();
        assert_eq!(store.read(|tx| sessions::find(tx, &session.key, minute(1))).unwrap(), None);
        store.transaction(|tx| sessions::open(tx, &session)).unwrap();
        store.transaction(|tx| accounts::withdraw(tx, sam, minute(5))).unwrap();
        assert_eq!(store.read(|tx| sessions::find(tx, &session.key, minute(1))).unwrap(), None);
        assert_eq!(store.read(|tx| accounts::by_login(tx, "sam hartley")).unwrap(), None);
        let listed = store.read(|tx| accounts::of_staff(tx, &StaffId::new("sam"))).unwrap().unwrap();
        assert_eq!((listed.removed, listed.signed_in), (Some(minute(5)), Some(minute(3))));
        store.transaction(|tx| accounts::set_role(tx, sam, Role::Viewer)).unwrap();
        let all: Vec<_> = store.read(accounts::all).unwrap();
        assert_eq!(all.iter().map(|listed| listed.account.name.as_str()).collect::<Vec<_>>(), ["Sam Hartley", "Eve"]);
        assert!(all.iter().all(|listed| listed.removed.is_none()));
        assert_eq!(store.read(|tx| accounts::get(tx, AccountId(99))).unwrap(), None);
    }
}

#[test]
fn a_link_works_once_and_takes_the_others_to_the_same_account_with_it() {
    for mut on in stores() {
        let store = &mut on.store;
        let [first, again, eves] = [1, 2, 3].map(|n| Key::new([n; 32]));
        let eve = Some(AccountId(7));
        store
            .transaction(|tx| {
                sign_in::make_link(tx, &first, None, minute(60))?;
                sign_in::make_link(tx, &again, None, minute(60))?;
                sign_in::make_link(tx, &eves, eve, minute(60))
            })
            .unwrap();
        assert_eq!(store.read(|tx| sign_in::link(tx, &first, minute(60))).unwrap(), None, "too old, {}", on.engine);
        assert_eq!(store.read(|tx| sign_in::link(tx, &first, minute(59))).unwrap(), Some(None));
        assert_eq!(store.transaction(|tx| sign_in::use_link(tx, &first, minute(1))).unwrap(), Some(None));
        for used in [&first, &again] {
            assert_eq!(store.transaction(|tx| sign_in::use_link(tx, used, minute(1))).unwrap(), None);
        }
        assert_eq!(store.transaction(|tx| sign_in::use_link(tx, &eves, minute(1))).unwrap(), Some(eve));
    }
}

#[test]
fn a_code_works_once_for_ten_minutes_and_for_five_tries() {
    for mut on in stores() {
        let store = &mut on.store;
        let sam = StaffId::new("sam");
        let (right, wrong) = (Code::new(41), Code::new(42));
        let none = store.transaction(|tx| sign_in::try_code(tx, &sam, &right, minute(0))).unwrap();
        assert!(!none, "there is none, {}", on.engine);
        for (code, wrong_tries, at, comes_in) in
            [(&right, 0, 9, true), (&right, 4, 9, true), (&right, 5, 9, false), (&right, 0, 10, false)]
        {
            on.store.transaction(|tx| sign_in::make_code(tx, &sam, &right, minute(10))).unwrap();
            let mut tries =
                |code: &Code| on.store.transaction(|tx| sign_in::try_code(tx, &sam, code, minute(at))).unwrap();
            for _ in 0..wrong_tries {
                assert!(!tries(&wrong));
            }
            assert_eq!(tries(code), comes_in, "after {wrong_tries} at {at}");
            assert!(!tries(code), "it is used up");
        }
    }
}

#[test]
fn whoever_guesses_waits_and_whoever_comes_in_does_not() {
    for mut on in stores() {
        let store = &mut on.store;
        let counted = [Counted::Name("sam".to_owned()), Counted::Address("192.0.2.7".to_owned())];
        let seconds = |seconds| minute(0) + SignedDuration::from_secs(seconds);
        for slip in 0..4 {
            assert_eq!(
                store.transaction(|tx| sign_in::about_to_try(tx, &counted, seconds(0))).unwrap(),
                Ok(()),
                "{slip}"
            );
        }
        let wait = Err(SignedDuration::from_secs(2));
        for _ in 0..9 {
            let answer = store.transaction(|tx| sign_in::about_to_try(tx, &counted, seconds(0))).unwrap();
            assert_eq!(answer, wait, "what is not looked at does not count, {}", on.engine);
            assert_eq!(store.read(|tx| sign_in::wait(tx, &counted, seconds(0))).unwrap(), wait.err());
        }
        assert_eq!(store.read(|tx| sign_in::wait(tx, &counted, seconds(2))).unwrap(), None);
        assert_eq!(store.transaction(|tx| sign_in::about_to_try(tx, &counted, seconds(2))).unwrap(), Ok(()));
        store.transaction(|tx| sign_in::came_in(tx, &counted)).unwrap();
        assert_eq!(store.transaction(|tx| sign_in::about_to_try(tx, &counted, seconds(2))).unwrap(), Ok(()));
        assert_eq!(store.transaction(|tx| sign_in::forget(tx, minute(90), 1)).unwrap(), 1, "a little at a time");
        assert_eq!(store.transaction(|tx| sign_in::forget(tx, minute(90), 9)).unwrap(), 1);
        for _ in 0..4 {
            assert_eq!(store.transaction(|tx| sign_in::about_to_try(tx, &counted, seconds(2))).unwrap(), Ok(()));
        }
    }
}

#[test]
fn a_token_is_known_by_its_key_until_it_is_revoked() {
    for mut on in stores() {
        let store = &mut on.store;
        let sam = store.transaction(|tx| accounts::add(tx, &person("Sam Hartley", None))).unwrap();
        let key = Key::new([9; 32]);
        let new = NewToken {
            key: key.clone(),
            account: sam,
            name: "reports".to_owned(),
            scope: Scope::Read,
            made: minute(0),
            parent: None,
        };
        let id = store.transaction(|tx| tokens::make(tx, &new)).unwrap();
        store.transaction(|tx| tokens::touch(tx, id, minute(1))).unwrap();
        let (token, account) = store.read(|tx| tokens::find(tx, &key)).unwrap().unwrap();
        assert_eq!((token.scope, token.used, account.id), (Scope::Read, Some(minute(1)), sam), "{}", on.engine);
        assert_eq!(store.read(|tx| tokens::find(tx, &Key::new([8; 32]))).unwrap(), None);
        store.transaction(|tx| tokens::revoke_all(tx, AccountId(99), minute(2))).unwrap();
        assert!(store.transaction(|tx| tokens::revoke(tx, id, minute(2))).unwrap());
        assert!(!store.transaction(|tx| tokens::revoke(tx, id, minute(3))).unwrap());
        assert_eq!(store.read(|tx| tokens::find(tx, &key)).unwrap(), None);
        assert_eq!(store.read(tokens::all).unwrap()[0].revoked, Some(minute(2)));
        assert_eq!(store.read(|tx| tokens::get(tx, id)).unwrap().unwrap().name, "reports");
    }
}
