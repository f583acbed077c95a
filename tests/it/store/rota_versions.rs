use switchboard::store::rota_versions::{self, NewVersion};

use super::minute;
use crate::store_fixture::stores;

#[test]
fn every_version_of_the_rota_is_kept_once_and_an_earlier_one_may_come_back() {
    let version = |n: i64, text: &str, by: Option<&str>| NewVersion {
        hash: format!("hash of {text}"),
        text: text.to_owned(),
        by: by.map(str::to_owned),
        what: format!("{text} came"),
        at: minute(n),
    };
    for mut on in stores() {
        let engine = on.engine;
        let mut record = |new: &NewVersion| on.store.transaction(|tx| rota_versions::record(tx, new)).unwrap();
        let first = record(&version(0, "one", None)).unwrap();
        // Another instance has read the same file.
        assert_eq!(record(&version(1, "one", None)), None, "{engine}");
        let second = record(&version(2, "two", Some("Sam"))).unwrap();
        let third = record(&version(3, "one", Some("Sam"))).unwrap();
        let page = on.store.read(|tx| rota_versions::page(tx, i64::MAX, 2)).unwrap();
        assert_eq!(page.iter().map(|version| version.id).collect::<Vec<_>>(), [third, second], "{engine}");
        let page = on.store.read(|tx| rota_versions::page(tx, second, 2)).unwrap();
        assert_eq!(page.iter().map(|version| version.id).collect::<Vec<_>>(), [first], "{engine}");
        let (of, text) = on.store.read(|tx| rota_versions::get(tx, second)).unwrap().unwrap();
        assert_eq!((of.by.as_deref(), of.at, text.as_str()), (Some("Sam"), minute(2), "two"), "{engine}");
        assert_eq!(on.store.read(rota_versions::newest).unwrap().unwrap().id, third, "{engine}");
        assert_eq!(on.store.read(|tx| rota_versions::get(tx, 99)).unwrap(), None, "{engine}");
    }
}

#[test]
fn who_saved_a_version_is_not_lost_where_its_text_was_found_on_the_disk_first() {
    let version = |text: &str, by: Option<&str>| NewVersion {
        hash: format!("hash of {text}"),
        text: text.to_owned(),
        by: by.map(str::to_owned),
        what: by.map_or_else(String::new, |by| format!("{by} did it")),
        at: minute(0),
    };
    for mut on in stores() {
        let engine = on.engine;
        let on_disk = |text: &str| version(text, None);
        let mut record = |new: &NewVersion| on.store.transaction(|tx| rota_versions::record(tx, new)).unwrap();
        record(&on_disk("one"));
        let after = record(&on_disk("two"));
        let found = record(&on_disk("one"));
        record(&on_disk("three"));
        let mut sign = |new: &NewVersion| on.store.transaction(|tx| rota_versions::sign(tx, new, after)).unwrap();
        assert_eq!(sign(&version("one", Some("Sam"))), found, "{engine}");
        assert_eq!(sign(&version("one", Some("Sam"))), None, "{engine}: it is said once");
        let fourth = sign(&version("four", Some("Sam")));
        assert!(fourth.is_some(), "{engine}: nobody has found it");
        let page = on.store.read(|tx| rota_versions::page(tx, i64::MAX, 9)).unwrap();
        let by: Vec<&str> = page.iter().map(|version| version.by.as_deref().unwrap_or("-")).collect();
        assert_eq!(by, ["Sam", "-", "Sam", "-", "-"], "{engine}");
        assert_eq!(page[2].what, "Sam did it", "{engine}");
    }
}
