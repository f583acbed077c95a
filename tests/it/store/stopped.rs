use std::collections::HashSet;

use switchboard::domain::phone::Phone;
use switchboard::store::stopped;

use super::minute;
use crate::store_fixture::stores;

#[test]
fn a_stop_is_kept_once_and_until_a_start() {
    let phone = |number| Phone::from_e164(number).unwrap();
    let (one, two) = (phone("+447700900201"), phone("+447700900202"));
    for mut on in stores() {
        let engine = on.engine;
        let mut of_both = |change: &dyn Fn(&mut switchboard::store::Tx<'_>) -> bool| {
            on.store.transaction(|tx| Ok((change(tx), stopped::among(tx, &[one, two])?))).unwrap()
        };
        assert_eq!(of_both(&|tx| stopped::stop(tx, one, minute(0)).unwrap()), (true, HashSet::from([one])), "{engine}");
        assert_eq!(
            of_both(&|tx| stopped::stop(tx, one, minute(1)).unwrap()),
            (false, HashSet::from([one])),
            "{engine}"
        );
        assert_eq!(of_both(&|tx| stopped::start(tx, two).unwrap()), (false, HashSet::from([one])), "{engine}");
        assert_eq!(of_both(&|tx| stopped::start(tx, one).unwrap()), (true, HashSet::new()), "{engine}");
    }
}
