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
