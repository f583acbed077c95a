use switchboard::domain::caller::{AskedToBeUsual, CustomerId, PastCall, Said};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::{self, Details};
use switchboard::store::staff::{self, Known};

use super::minute;
use crate::store_fixture::stores;

#[test]
fn who_has_been_on_the_staff_is_kept_and_may_come_back() {
    for mut on in stores() {
        let tom = Known { id: StaffId::new("tom"), name: "Tom Ellis".to_owned(), left: None };
        let ana = Known { id: StaffId::new("ana"), name: "Ana Costa".to_owned(), left: Some(minute(3)) };
        let left = Known { left: Some(minute(5)), ..tom.clone() };
        for (put, kept) in [
            (vec![tom.clone(), ana.clone()], [ana.clone(), tom.clone()]),
            (vec![left.clone()], [ana.clone(), left]),
            (vec![tom.clone()], [ana.clone(), tom]),
        ] {
            on.store.transaction(|tx| staff::put(tx, &put)).unwrap();
            assert_eq!(on.store.read(staff::all).unwrap(), kept, "{}", on.engine);
        }
    }
}

#[test]
fn the_customers_of_a_person_are_those_pinned_to_them_and_those_who_talked_with_them() {
    for mut on in stores() {
        let tom = StaffId::new("tom");
        let details = |n: u64, usual: Option<&str>| Details {
            name: format!("Customer {n}"),
            numbers: vec![Phone::from_e164(&format!("+44770090040{n}")).unwrap()],
            usual: Some(usual.map(StaffId::new)),
            ..Details::default()
        };
        let all = [details(1, Some("tom")), details(2, Some("tommy")), details(3, None), details(4, None)];
        on.store.transaction(|tx| customers::put(tx, &all)).unwrap();
        let page = on.store.read(|tx| customers::page(tx, CustomerId(0), 9)).unwrap();
        let talked = |who: &str| vec![PastCall { at: minute(0), reached: Some(StaffId::new(who)), settled: false }];
        let recent = [(page[2].id, talked("tom")), (page[3].id, talked("tommy"))];
        on.store.transaction(|tx| customers::remember(tx, &recent)).unwrap();
        let (mut after, mut found) = (CustomerId(0), Vec::new());
        while let Some(customer) = on.store.read(|tx| customers::perhaps_of(tx, &tom, after, 1)).unwrap().pop() {
            after = customer.id;
            found.push(customer.name);
        }
        assert_eq!(found, ["Customer 1", "Customer 3"], "{}", on.engine);
        let pinned = on.store.read(customers::pinned_to).unwrap();
        assert_eq!(pinned, [tom.clone(), StaffId::new("tommy")], "{}", on.engine);

        let said = Some(Said { yes: true, at: minute(2) });
        let asked = AskedToBeUsual { who: tom.clone(), at: minute(1), took: vec![minute(0)], of: 1, said };
        let asked = [asked];
        on.store.transaction(|tx| customers::usual_person(tx, page[2].id, Some(&tom), &asked)).unwrap();
        // A list that is taken in anew says nothing of what people were asked.
        on.store.transaction(|tx| customers::put(tx, &[Details { usual: None, ..details(3, None) }])).unwrap();
        let kept = on.store.read(|tx| customers::get(tx, page[2].id)).unwrap().unwrap();
        assert_eq!((kept.usual, kept.asked.as_slice()), (Some(tom), &asked[..]), "{}", on.engine);
    }
}
