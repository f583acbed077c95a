use std::collections::HashMap;

use switchboard::domain::staff::StaffId;
use switchboard::store::{Store, StoreError, engaged};

use super::{call_id, minute};
use crate::store_fixture::stores;

#[test]
fn a_person_is_on_one_call_at_a_time() {
    for mut on in stores() {
        let (tom, ana) = (StaffId::new("tom"), StaffId::new("ana"));
        let (first, second) = (call_id(minute(0), 1), call_id(minute(0), 2));
        let engage = |store: &mut Store, staff: &[&StaffId], call| {
            let batch: Vec<_> = staff.iter().map(|staff| ((*staff).clone(), call, minute(0))).collect();
            store.transaction(|tx| engaged::engage(tx, &batch))
        };
        engage(&mut on.store, &[&tom], first).unwrap();
        engage(&mut on.store, &[&tom, &tom], first).expect("again for the same call is harmless");
        assert_eq!(engage(&mut on.store, &[&ana, &tom], second), Err(StoreError::Conflict), "{}", on.engine);
        let both = [tom.clone(), ana.clone()];
        let among = on.store.transaction(|tx| engaged::among(tx, &both)).unwrap();
        assert_eq!(among, HashMap::from([(tom.clone(), first)]), "{}", on.engine);

        on.store.transaction(|tx| engaged::release(tx, &[(tom.clone(), second)])).unwrap();
        assert_eq!(
            engage(&mut on.store, &[&tom], second),
            Err(StoreError::Conflict),
            "{}: still on the first",
            on.engine
        );
        on.store.transaction(|tx| engaged::release(tx, &[(tom.clone(), first)])).unwrap();
        engage(&mut on.store, &[&tom], second).unwrap();
    }
}

#[test]
fn one_person_for_two_calls_in_one_batch_is_a_conflict() {
    for mut on in stores() {
        let tom = StaffId::new("tom");
        let batch = [(tom.clone(), call_id(minute(0), 1), minute(0)), (tom, call_id(minute(0), 2), minute(0))];
        let result = on.store.transaction(|tx| engaged::engage(tx, &batch));
        assert_eq!(result, Err(StoreError::Conflict), "{}", on.engine);
    }
}
