//! The history of calls, as somebody turns its pages.

use jiff::Timestamp;
use switchboard::domain::call::story::{Entry, Happened};
use switchboard::domain::call::{Call, State};
use switchboard::domain::caller::{CustomerId, Party};
use switchboard::domain::line::LineId;
use switchboard::domain::outcome::{Kind, Outcome};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::calls::{self, More, Of, PAGE, Page, Place, Save, Wanted};
use switchboard::store::{Store, call_notes};

use super::calls::a_call;
use super::minute;
use crate::store_fixture::stores;

/// Call `n` came in at minute `n`; of every ten the tenth rang Tom, on the emergency line.
fn call(n: u64) -> Call {
    let at = minute(i64::try_from(n).unwrap());
    let mut call = Call { customer: None, ..a_call(n) };
    let who = StaffId::new(if n.is_multiple_of(10) { "tom" } else { "priya" });
    call.story = vec![Entry { at, what: Happened::Rings { seconds: 16 }, who: Some(who.clone()), why: None }];
    call.state = State::Ended { at, outcome: Outcome::Promised };
    if n.is_multiple_of(10) {
        call.line = LineId::new("emergency");
        call.state = State::Ended { at, outcome: Outcome::Reached { who, at } };
    }
    call
}

fn fill(store: &mut Store, calls: impl IntoIterator<Item = Call>) {
    let calls: Vec<Call> = calls.into_iter().collect();
    let batch: Vec<_> = calls.iter().map(|call| Save { call, version: None, wake: None }).collect();
    store.transaction(|tx| calls::save(tx, &batch)).unwrap();
}

fn page(store: &mut Store, wanted: &Wanted, place: Place) -> Page {
    store.read(|tx| calls::history(tx, wanted, place)).unwrap()
}

/// By the minutes at which they came in.
fn minutes(page: &Page) -> Vec<i64> {
    page.calls.iter().map(|stored| (stored.call.started.as_second() - minute(0).as_second()) / 60).collect()
}

fn down(from: i64, to: i64) -> Vec<i64> {
    (to..=from).rev().collect()
}

/// From the newest on, until there is no more.
fn all(store: &mut Store, wanted: &Wanted) -> Vec<i64> {
    let (mut seen, mut place) = (Vec::new(), Place::Newest);
    loop {
        let page = page(store, wanted, place);
        seen.extend(minutes(&page));
        place = match page.more {
            More::No => return seen,
            More::Yes => Place::Before(page.calls.last().unwrap().call.id),
            More::Perhaps(last, _) => Place::Before(last),
        };
    }
}

#[test]
fn the_history_is_turned_page_by_page_and_back() {
    for mut on in stores() {
        fill(&mut on.store, (1..=120).map(call));
        let wanted = Wanted::default();
        let first = page(&mut on.store, &wanted, Place::Newest);
        assert_eq!((minutes(&first), first.more), (down(120, 71), More::Yes), "{}", on.engine);
        let second = page(&mut on.store, &wanted, Place::Before(first.calls[PAGE - 1].call.id));
        assert_eq!((minutes(&second), second.more), (down(70, 21), More::Yes), "{}", on.engine);
        let third = page(&mut on.store, &wanted, Place::Before(second.calls[PAGE - 1].call.id));
        assert_eq!((minutes(&third), third.more), (down(20, 1), More::No), "{}", on.engine);
        let back = page(&mut on.store, &wanted, Place::After(third.calls[0].call.id));
        assert_eq!((minutes(&back), back.more), (down(70, 21), More::Yes), "{}", on.engine);
        let newest = page(&mut on.store, &wanted, Place::After(back.calls[0].call.id));
        assert_eq!((minutes(&newest), newest.more), (down(120, 71), More::No), "{}", on.engine);
    }
}

#[test]
fn only_what_fits_every_wish_is_listed() {
    for mut on in stores() {
        fill(&mut on.store, (1..=120).map(call));
        let tens: Vec<i64> = down(12, 1).into_iter().map(|ten| ten * 10).collect();
        let tom = Some(StaffId::new("tom"));
        for wanted in [
            Wanted { line: Some(LineId::new("emergency")), ..Wanted::default() },
            Wanted { outcome: Some(Kind::Reached), ..Wanted::default() },
            Wanted { rung: tom.clone(), ..Wanted::default() },
            Wanted { rung: tom.clone(), outcome: Some(Kind::Reached), ..Wanted::default() },
        ] {
            assert_eq!(all(&mut on.store, &wanted), tens, "{} {wanted:?}", on.engine);
        }
        let nothing = Wanted { rung: tom, outcome: Some(Kind::Promised), ..Wanted::default() };
        assert_eq!(all(&mut on.store, &nothing), Vec::<i64>::new(), "{}", on.engine);
        let between = Wanted { since: Some(minute(10)), until: Some(minute(13)), ..Wanted::default() };
        assert_eq!(all(&mut on.store, &between), [12, 11, 10], "{}", on.engine);
    }
}

#[test]
fn the_calls_of_a_number_and_of_a_customer_are_found_whether_recent_or_long_over() {
    let number = Phone::from_e164("+447700900777").unwrap();
    for mut on in stores() {
        let of_number = |n: u64| Call { from: Party::Known(number), ..call(n) };
        let of_customer = |n: u64| Call { customer: a_call(1).customer, ..call(n) };
        let calls = (1..=240).map(|n| match n % 4 {
            1 => of_number(n),
            2 => of_customer(n),
            _ => call(n),
        });
        fill(&mut on.store, calls);
        on.store.transaction(|tx| calls::forget_recent(tx, minute(200), 1_000)).unwrap();
        let fourth = |rest: i64| down(240, 1).into_iter().filter(|n| n % 4 == rest).collect::<Vec<_>>();
        let number = Wanted { of: Of::Number(number), ..Wanted::default() };
        assert_eq!(all(&mut on.store, &number), fourth(1), "{}", on.engine);
        let customer = Wanted { of: Of::Customer(CustomerId(7)), ..Wanted::default() };
        assert_eq!(all(&mut on.store, &customer), fourth(2), "{}", on.engine);
        let tom = Wanted { rung: Some(StaffId::new("tom")), ..customer.clone() };
        let tens: Vec<i64> = fourth(2).into_iter().filter(|n| n % 10 == 0).collect();
        assert_eq!(all(&mut on.store, &tom), tens, "{}", on.engine);
        let oldest = page(&mut on.store, &customer, Place::After(call(2).id));
        assert_eq!(minutes(&oldest).last(), Some(&6), "{}", on.engine);
        assert_eq!(oldest.more, More::Yes, "{}", on.engine);
    }
}

#[test]
fn what_fits_rarely_is_looked_for_so_far_and_no_further_and_it_is_told_how_far() {
    for mut on in stores() {
        let quiet = |n: u64| Call { line: LineId::new("main"), ..call(n) };
        fill(&mut on.store, (1..=5_300).map(|n| if n == 7 { call(10) } else { quiet(n + 100) }));
        let wanted = Wanted { line: Some(LineId::new("emergency")), ..Wanted::default() };
        let looked = page(&mut on.store, &wanted, Place::Newest);
        let More::Perhaps(last, at) = looked.more else { panic!("{}: {looked:?}", on.engine) };
        assert_eq!((looked.calls.len(), at), (0, minute(401)), "{}", on.engine);
        let further = page(&mut on.store, &wanted, Place::Before(last));
        assert_eq!((minutes(&further), further.more), (vec![10], More::No), "{}", on.engine);
    }
}

#[test]
fn what_staff_write_about_a_call_stays_with_it_until_it_is_written_anew() {
    for mut on in stores() {
        let note = |text: &str, at: Timestamp| call_notes::CallNote { text: text.to_owned(), by: "Tom".to_owned(), at };
        let id = call(1).id;
        for written in [Some(note("Wants a quote.", minute(1))), Some(note("Has it.", minute(2))), None] {
            on.store.transaction(|tx| call_notes::put(tx, id, written.as_ref())).unwrap();
            assert_eq!(on.store.read(|tx| call_notes::get(tx, id)).unwrap(), written, "{}", on.engine);
            assert_eq!(on.store.read(|tx| call_notes::get(tx, call(2).id)).unwrap(), None, "{}", on.engine);
        }
    }
}
