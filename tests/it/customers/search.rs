//! Customers are found as somebody types.

use switchboard::customer_list::{self, Settings};
use switchboard::domain::caller::Customer;
use switchboard::domain::phone::Country;
use switchboard::store::Store;
use switchboard::store::customers::{self, Details, Typed};

use super::{by_phone, erase, okafor, phone, put};
use crate::store_fixture::stores;

/// The names, in the order in which they are found.
fn found(store: &mut Store, text: &str) -> Vec<String> {
    let typed = Typed::new(text, Country::parse("GB"));
    let found = store.read(|tx| customers::search(tx, &typed, 50)).unwrap();
    found.into_iter().map(|customer| customer.name).collect()
}

fn named(name: &str, number: &str) -> Details {
    Details { name: name.to_owned(), numbers: vec![phone(number)], ..Details::default() }
}

fn three(store: &mut Store) {
    let zoe = Details { tags: Some(vec!["Annual service".to_owned()]), ..named("Zoë Müller-Smith", "+447700900301") };
    put(store, &[okafor(), zoe, named("O'Neill & Sons", "+442079460302")]);
    customers::index_all(store).unwrap();
}

#[test]
fn a_customer_is_found_by_the_beginnings_of_words_in_any_order() {
    for mut on in stores() {
        three(&mut on.store);
        for (typed, expected) in [
            ("o", &["Mrs Okafor", "O'Neill & Sons"][..]),
            ("OKA", &["Mrs Okafor"]),
            ("oka mrs", &["Mrs Okafor"]),
            ("mrs o", &["Mrs Okafor"]),
            ("zoe", &["Zoë Müller-Smith"]),
            ("smi mull zo", &["Zoë Müller-Smith"]),
            ("MÜLLER", &["Zoë Müller-Smith"]),
            ("oneill", &["O'Neill & Sons"]),
            ("o'nei sons", &["O'Neill & Sons"]),
            ("okafor smith", &[]),
            ("kafor", &[]),
            ("%", &[]),
            ("_", &[]),
            ("", &[]),
        ] {
            assert_eq!(found(&mut on.store, typed), expected, "{}: {typed:?}", on.engine);
        }
    }
}

#[test]
fn a_customer_is_found_by_a_tag() {
    for mut on in stores() {
        three(&mut on.store);
        assert_eq!(found(&mut on.store, "vip"), ["Mrs Okafor"], "{}", on.engine);
        assert_eq!(found(&mut on.store, "#VIP okafor"), ["Mrs Okafor"], "{}", on.engine);
        assert_eq!(found(&mut on.store, "annual zoe"), ["Zoë Müller-Smith"], "{}", on.engine);
    }
}

#[test]
fn a_customer_is_found_by_the_beginning_of_a_number_as_it_is_written_locally() {
    for mut on in stores() {
        three(&mut on.store);
        for (typed, expected) in [
            ("0770 09", &["Mrs Okafor", "Zoë Müller-Smith"][..]),
            ("+44 7700", &["Mrs Okafor", "Zoë Müller-Smith"]),
            ("07700 9003", &["Zoë Müller-Smith"]),
            ("(020) 7946 0302", &["O'Neill & Sons"]),
            ("020", &["Mrs Okafor", "O'Neill & Sons"]),
            ("0779", &[]),
        ] {
            assert_eq!(found(&mut on.store, typed), expected, "{}: {typed:?}", on.engine);
        }
    }
}

#[test]
fn a_new_name_is_found_and_the_old_one_is_not() {
    for mut on in stores() {
        three(&mut on.store);
        put(
            &mut on.store,
            &[Details { name: "Adaeze Obi".to_owned(), tags: Some(Vec::new()), replaces: true, ..okafor() }],
        );
        assert_eq!(found(&mut on.store, "adaeze"), ["Adaeze Obi"], "{}", on.engine);
        for gone in ["okafor", "vip"] {
            assert_eq!(found(&mut on.store, gone), [""; 0], "{}: {gone}", on.engine);
        }
    }
}

#[test]
fn an_erased_customer_leaves_no_word_behind() {
    for mut on in stores() {
        three(&mut on.store);
        erase(&mut on.store, "+447700900201").unwrap();
        put(&mut on.store, &[named("Mrs Nobody", "+447700900201")]);
        for gone in ["okafor", "mrs", "vip", "boiler"] {
            assert_eq!(found(&mut on.store, gone), [""; 0], "{}: {gone}", on.engine);
        }
        customers::index_all(&mut on.store).unwrap();
        assert_eq!(found(&mut on.store, "mrs"), ["Mrs Nobody"], "{}", on.engine);
    }
}

#[test]
fn a_whole_list_is_found_once_it_is_in_and_an_interrupted_one_with_the_next() {
    for mut on in stores() {
        put(&mut on.store, &[okafor()]);
        assert_eq!(found(&mut on.store, "okafor"), [""; 0], "{}: nothing has indexed them", on.engine);
        let rows: Vec<_> = (0..2500).map(|n| format!("Nr {n} Jones,+4477008{n:05}\n")).collect();
        let file = format!("name,phone\n{}", rows.concat());
        customer_list::import(&mut on.store, file.as_bytes(), &Settings::default(), &mut |_| {}).unwrap();
        assert_eq!(found(&mut on.store, "okafor"), ["Mrs Okafor"], "{}", on.engine);
        assert_eq!(found(&mut on.store, "jones 2499"), ["Nr 2499 Jones"], "{}", on.engine);
        assert_eq!(found(&mut on.store, "nr").len(), 50, "{}", on.engine);
    }
}

#[test]
fn the_newest_come_first_where_nothing_is_typed_and_go_on_below() {
    for mut on in stores() {
        three(&mut on.store);
        let names = |customers: &[Customer]| customers.iter().map(|customer| customer.name.clone()).collect::<Vec<_>>();
        let page = on.store.read(|tx| customers::newest(tx, None, 2)).unwrap();
        assert_eq!(names(&page), ["O'Neill & Sons", "Zoë Müller-Smith"], "{}", on.engine);
        let next = on.store.read(|tx| customers::newest(tx, Some(page[1].id), 2)).unwrap();
        assert_eq!(names(&next), ["Mrs Okafor"], "{}", on.engine);
    }
}

#[test]
fn the_same_name_in_another_order_suggests_the_same_customer() {
    for mut on in stores() {
        three(&mut on.store);
        put(&mut on.store, &[named("okafor, Mrs.", "+447700900401"), named("Mrs Okafor Jones", "+447700900402")]);
        customers::index_all(&mut on.store).unwrap();
        let first = by_phone(&mut on.store, "+447700900201").unwrap();
        let same = on.store.read(|tx| customers::same_name(tx, &first, 5)).unwrap();
        let names: Vec<_> = same.iter().map(|customer| customer.name.as_str()).collect();
        assert_eq!(names, ["okafor, Mrs."], "{}", on.engine);
    }
}
