//! Customer lists in and out.

use switchboard::domain::access::{Deed, Via};
use switchboard::store::audit::{self, Wanted};

use super::Shop;

#[test]
fn the_good_rows_go_in_and_the_bad_ones_are_told_by_line() {
    let shop = Shop::unpack();
    shop.write(
        "list.csv",
        "name;phone;usual\nMr A;020 7946 0150;tom\nMr B;12;\n;020 7946 0151;\nMr D;+44 20 7946 0152;\n",
    );
    let said = shop.type_in(&["customers", "import", "list.csv"]);
    assert_eq!(said.code, 1);
    insta::assert_snapshot!(said.out, @r"
    2 customers added, 0 updated, 0 as before, 2 rows left out.
    ");
    insta::assert_snapshot!(said.err, @r"
    list.csv:3: left out: it is too short to be a phone number
    list.csv:4: left out: there is no name
    2 rows were left out; put them right and import the list again.
    ");
    assert_eq!(shop.type_in(&["customers", "show", "mr d"]).code, 0);
    assert_eq!(shop.type_in(&["customers", "show", "Mr B"]).code, 1);
}

#[test]
fn what_goes_out_comes_in_again_unchanged() {
    let shop = Shop::unpack();
    let said = shop.type_in(&["customers", "import", "config/customers.csv"]);
    assert!(said.out.starts_with("12 customers added, 0 updated, 0 as before, 0 rows left out"), "{}", said.out);
    let said = shop.type_in(&["customers", "export", "out.csv"]);
    assert_eq!(said.out, "12 customers are in out.csv.\n");
    let said = shop.type_in(&["customers", "import", "out.csv"]);
    assert!(said.out.starts_with("0 customers added, 0 updated, 12 as before"), "{}", said.out);
    assert_eq!(shop.type_in(&["customers", "export"]).out, std::fs::read_to_string(shop.path("out.csv")).unwrap());
}

#[test]
fn what_a_list_does_not_have_is_taken_away_when_asked_only() {
    let shop = Shop::unpack();
    shop.write("all.csv", "name,phone,note\nMr A,020 7946 0150 / 020 7946 0151,Gate code 7\n");
    shop.type_in(&["customers", "import", "all.csv"]);
    shop.write("less.csv", "name,phone,note\nMr A,020 7946 0150,\n");
    let said = shop.type_in(&["customers", "import", "less.csv"]);
    assert_eq!(said.out, "0 customers added, 0 updated, 1 as before, 0 rows left out.\n");
    let told = "Kept, though the list does not have it: 1 numbers, 1 notes; --replace takes it away.";
    assert!(said.err.contains(told), "{}", said.err);
    let said = shop.type_in(&["customers", "import", "--replace", "less.csv"]);
    assert_eq!(said.out, "0 customers added, 1 updated, 0 as before, 0 rows left out.\n");
    assert_eq!(shop.type_in(&["customers", "show", "020 7946 0151"]).code, 1);
}

#[test]
fn a_customer_is_shown_with_what_is_known() {
    let shop = Shop::unpack();
    insta::assert_snapshot!(shop.type_in(&["customers", "show", "(020) 7946 0120"]).out, @r"
    Beckett's Bakery
      Numbers:      +44 20 7946 0120, +44 7700 900113
      Usual person: Sam Hartley
      Language:     en
      Note:         Ovens on from 4 am: ring before noon
      Tags:         business, contract
    ");
}

#[test]
fn nobody_is_erased_without_being_asked_for() {
    let shop = Shop::unpack();
    shop.type_in(&["customers", "import", "config/customers.csv"]);
    let said = shop.type_in(&["customers", "erase", "07700900113"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("--yes"), "{}", said.err);
    assert_eq!(shop.type_in(&["customers", "show", "07700900113"]).code, 0);
    let said = shop.type_in(&["customers", "erase", "07700900113", "--yes"]);
    assert_eq!(said.out, "Beckett's Bakery is erased: 0 calls, 0 promises and 0 texts no longer name them.\n");
    assert_eq!(shop.type_in(&["customers", "show", "020 7946 0120"]).code, 1, "all of their numbers are gone");
    assert_eq!(shop.type_in(&["customers", "erase", "07700900113", "--yes"]).code, 1);
}

#[test]
fn what_is_changed_at_the_command_line_is_in_the_log_of_changes() {
    let shop = Shop::unpack();
    shop.type_in(&["customers", "import", "config/customers.csv"]);
    assert_eq!(shop.type_in(&["customers", "erase", "07700900113", "--yes"]).code, 0);
    let entries = shop.store().read(|tx| audit::page(tx, &Wanted::default(), None, 9)).unwrap();
    let [(_, erased), (_, imported)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((erased.what, imported.what), (Deed::CustomerErased, Deed::CustomersImported));
    assert_eq!((&erased.who.via, &imported.who.via), (&Via::Command, &Via::Command));
    assert!(erased.subject.starts_with("customer "), "{}", erased.subject);
    assert_eq!(imported.after.as_ref().unwrap()["added"], 12);
}
