//! What an import would do is told before anything is written, and it can be stopped.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use switchboard::customer_list::{self, Does, Imported, News, Settings, Weight};
use switchboard::domain::phone::Country;
use switchboard::store::customers;

use super::{jones, okafor, put};
use crate::store_fixture::stores;

const FILE: &str = "name,phone,note\n\
    Mrs Okafor,07700 900201; 020 7946 0201,Radiator\n\
    Jones & Sons,07700 900202,\n\
    Mr Li,07700 900203,\n\
    ,07700 900204,no name\n\
    Ms Park,nobody,no number\n\
    Mr Li again,07700 900203\n";

fn british() -> Settings<'static> {
    Settings { country: Country::parse("GB"), staff: None, replaces: false }
}

#[test]
fn a_preview_says_what_an_import_then_does_and_writes_nothing() {
    for mut on in stores() {
        put(&mut on.store, &[okafor(), jones()]);
        let (mut problems, mut rows) = (Vec::new(), Vec::new());
        let mut tell = |news| match news {
            News::Progress(_) | News::Counted(_) => {}
            News::Problem(problem) => problems.push((problem.line, problem.weight)),
            News::Row { line, does } => rows.push((line, does)),
        };
        let never = AtomicBool::new(false);
        let seen = customer_list::preview(&mut on.store, FILE.as_bytes(), &british(), &never, &mut tell).unwrap();
        assert_eq!((seen.added, seen.updated, seen.unchanged, seen.left_out), (1, 1, 1, 3), "{}", on.engine);
        problems.retain(|(_, weight)| *weight == Weight::LeftOut);
        assert_eq!(problems.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 6, 7], "{}", on.engine);
        rows.sort_by_key(|(line, _)| *line);
        assert_eq!(rows[1], (4, Does::Add("Mr Li".to_owned())), "{}", on.engine);
        let (2, Does::Update(both)) = &rows[0] else { panic!("{}: {rows:?}", on.engine) };
        assert_eq!((both.0.note.as_deref(), both.1.note.as_deref()), (Some("Boiler, Tuesday"), Some("Radiator")));
        assert_eq!(on.store.read(customers::count), Ok(2), "{}: nothing is written", on.engine);

        let done = customer_list::import(&mut on.store, FILE.as_bytes(), &british(), &mut |_| {}).unwrap();
        assert_eq!(done, seen, "{}", on.engine);
    }
}

#[test]
fn an_import_that_is_stopped_keeps_what_it_did_and_says_so() {
    for mut on in stores() {
        let rows: Vec<String> = (0..2500).map(|n| format!("Customer {n},+4477009{n:05}\n")).collect();
        let file = format!("name,phone\n{}", rows.concat());
        let stop = AtomicBool::new(false);
        let done = customer_list::import_until(&mut on.store, file.as_bytes(), &british(), &stop, &mut |news| {
            if matches!(news, News::Progress(_)) {
                stop.store(true, Ordering::Relaxed);
            }
        })
        .unwrap();
        let kept = on.store.read(customers::count).unwrap();
        assert!(done.stopped && kept > 0 && kept < 2500, "{}: {done:?}", on.engine);
        assert_eq!(u64::try_from(done.added), Ok(kept), "{}", on.engine);
        let rest = customer_list::import(&mut on.store, file.as_bytes(), &british(), &mut |_| {}).unwrap();
        let expected = Imported { added: 2500 - done.added, unchanged: done.added, ..Imported::default() };
        assert_eq!(Imported { warnings: 0, ..rest }, expected, "{}", on.engine);
    }
}

#[test]
fn bad_rows_come_back_as_a_list_with_their_lines_and_reasons() {
    let reasons = BTreeMap::from([(5, "there is no name".to_owned()), (7, "=1+1".to_owned())]);
    let mut written = Vec::new();
    customer_list::rows_at(FILE.as_bytes(), &reasons, &mut written).unwrap();
    let expected = "name,phone,note,line,reason\n\
        ,07700 900204,no name,5,there is no name\n\
        Mr Li again,07700 900203,,7,=1+1\n";
    assert_eq!(String::from_utf8(written).unwrap(), expected);
}
