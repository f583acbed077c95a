use std::fs;
use std::thread;

use switchboard::store::{Store, StoreError, customers};

use crate::store_fixture::{sqlite, stores};

fn count(store: &mut Store) -> Result<u64, StoreError> {
    store.read(customers::count)
}

/// As the server does: a store that another instance is just making is tried again.
fn open_patiently(url: &str) -> Result<Store, StoreError> {
    let away = |opened: &Result<Store, StoreError>| matches!(opened, Err(StoreError::Away(_)));
    let mut tries = (0..20).map(|_| Store::open(url));
    tries.find(|opened| !away(opened)).unwrap_or_else(|| Store::open(url))
}

#[test]
fn several_instances_may_start_at_once_on_an_empty_store() {
    for on in stores() {
        let url = if on.engine == "SQLite" { on.url.replace("switchboard.db", "fresh/new.db") } else { on.url.clone() };
        let starts: Vec<_> = (0..6)
            .map(|_| {
                let url = url.clone();
                thread::spawn(move || open_patiently(&url).map(|mut store| count(&mut store)))
            })
            .collect();
        for start in starts {
            assert_eq!(start.join().unwrap().unwrap(), Ok(0), "{}", on.engine);
        }
    }
}

#[test]
fn a_store_that_cannot_be_made_says_which_and_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let url = format!("sqlite://{}/file/data/switchboard.db", folder.path().display());
    let error = Store::open(&url).unwrap_err();
    let words = error.to_string();
    assert!(matches!(error, StoreError::Away(_)), "{words}");
    assert!(words.contains("file/data/switchboard.db") && words.contains("directory"), "{words}");
}

#[test]
fn what_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.db");
    fs::write(&path, "Dear Sir or Madam, ".repeat(100)).unwrap();
    let error = Store::open(&format!("sqlite://{}", path.display())).unwrap_err();
    assert!(error.to_string().contains("letter.db"), "{error}");
    assert!(fs::read_to_string(&path).unwrap().starts_with("Dear Sir"));
}

#[test]
fn an_address_of_no_known_kind_says_what_to_write() {
    for url in ["mysql://host/x", "switchboard.db", "", "sqlite://", "postgres://host/x?sslmode=perhaps"] {
        let error = Store::open(url).unwrap_err();
        assert!(matches!(error, StoreError::Invalid(_)), "{url}: {error}");
    }
}

#[test]
fn a_password_is_in_no_message() {
    let error = Store::open("postgres://user:hunter2@127.0.0.1:9/x?sslmode=disable").unwrap_err();
    assert!(matches!(error, StoreError::Away(_)));
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
}

#[test]
fn a_store_of_a_newer_switchboard_is_refused() {
    let on = sqlite();
    let path = on.url.strip_prefix("sqlite://").unwrap();
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute("INSERT INTO migration (number, name) VALUES (99, 'from the future')", []).unwrap();
    for error in [Store::open(&on.url).unwrap_err(), Store::open_read_only(&on.url).unwrap_err()] {
        assert!(matches!(error, StoreError::Invalid(_)) && error.to_string().contains("newer"), "{error}");
    }
}

#[test]
fn only_looking_makes_nothing_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.db");
    let url = format!("sqlite://{}", path.display());
    assert!(matches!(Store::open_read_only(&url), Err(StoreError::Away(_))));
    assert!(!path.exists());
    for on in stores() {
        let mut looking = Store::open_read_only(&on.url).unwrap();
        assert_eq!(count(&mut looking), Ok(0), "{}", on.engine);
        let put = looking.transaction(|tx| customers::put(tx, &[super::super::customers::okafor()]));
        assert!(put.is_err(), "{}", on.engine);
    }
}

#[test]
fn a_locked_store_is_away_and_then_back() {
    let mut on = sqlite();
    let other = rusqlite::Connection::open(on.url.strip_prefix("sqlite://").unwrap()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let put = |store: &mut Store| store.transaction(|tx| customers::put(tx, &[super::super::customers::okafor()]));
    assert!(matches!(put(&mut on.store), Err(StoreError::Away(_))));
    assert_eq!(count(&mut on.store), Ok(0), "who only looks is not held up");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(put(&mut on.store).unwrap().added, 1);
}

#[test]
fn a_file_that_was_taken_away_is_not_written_to_and_found_again_when_it_is_back() {
    let mut on = sqlite();
    let path = std::path::PathBuf::from(on.url.strip_prefix("sqlite://").unwrap());
    let folder = path.parent().unwrap().to_owned();
    let away = folder.with_file_name("elsewhere");
    fs::rename(&folder, &away).unwrap();
    assert!(matches!(count(&mut on.store), Err(StoreError::Away(_))));
    assert!(!path.exists(), "an empty store in its place would hide the loss");
    fs::rename(&away, &folder).unwrap();
    assert_eq!(count(&mut on.store), Ok(0));
}

#[test]
fn a_lost_connection_is_made_anew() {
    for mut on in stores().into_iter().filter(|on| on.engine == "PostgreSQL") {
        assert_eq!(count(&mut on.store), Ok(0));
        let mut other = postgres::Client::connect(&on.url, postgres::NoTls).unwrap();
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.batch_execute(end).unwrap();
        // The first use may be the one that notices.
        let first = count(&mut on.store);
        assert!(matches!(first, Ok(0) | Err(StoreError::Away(_))), "{first:?}");
        assert_eq!(count(&mut on.store), Ok(0));
    }
}

#[test]
fn work_that_panics_leaves_nothing_behind() {
    for mut on in stores() {
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            on.store.transaction(|tx| {
                customers::put(tx, &[super::super::customers::okafor()])?;
                panic!("a bug");
                #[expect(unreachable_code, reason = "gives the closure its type")]
                Ok(())
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(count(&mut on.store), Ok(0), "{}", on.engine);
    }
}

#[test]
fn a_damaged_row_is_named_by_table_column_and_row() {
    let mut on = sqlite();
    on.store.transaction(|tx| customers::put(tx, &[super::super::customers::okafor()])).unwrap();
    let other = rusqlite::Connection::open(on.url.strip_prefix("sqlite://").unwrap()).unwrap();
    other.execute("UPDATE customer SET tags = 'boiler, vip'", []).unwrap();
    let error = on.store.read(|tx| customers::by_name(tx, "mrs okafor", 10)).unwrap_err();
    assert_eq!(error, StoreError::Broken { table: "customer", column: "tags", row: "1".to_owned() });
}
