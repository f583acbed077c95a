//! The list as a file: what people's spreadsheets really write.

use switchboard::customer_list::{self, ImportError, Imported, News, Problem, Remark, Settings, Weight};
use switchboard::domain::caller::{Customer, CustomerId};
use switchboard::domain::phone::Country;
use switchboard::domain::staff::{Accept, Reach, Roster, Shows, Staff, StaffId};
use switchboard::store::customers::Beyond;
use switchboard::store::{Store, customers};

use super::{by_phone, phone};
use crate::store_fixture::{sqlite, stores};

const LIST: &str = "\
name,phone,usual,language,note,tags
Mrs Okafor,07700 900201 / 020 7946 0201,priya,en,\"Boiler, Tuesday\",boiler; vip
Jones & Sons,+44 7700 900202,,cy,,
";

/// Imports, and answers what it told of problems.
fn import(store: &mut Store, file: &[u8]) -> (Result<Imported, ImportError>, Vec<Problem>) {
    let settings = Settings { country: Country::parse("GB"), ..Settings::default() };
    import_with(store, file, &settings)
}

fn import_with(
    store: &mut Store,
    file: &[u8],
    settings: &Settings<'_>,
) -> (Result<Imported, ImportError>, Vec<Problem>) {
    let mut problems = Vec::new();
    let result = customer_list::import(store, file, settings, &mut |news| match news {
        News::Problem(problem) => problems.push(problem),
        News::Progress(_) | News::Counted(_) | News::Row { .. } => {}
    });
    (result, problems)
}

/// What was left out, as (line, reason).
fn left_out(problems: &[Problem]) -> Vec<(u64, String)> {
    let left_out = problems.iter().filter(|problem| problem.weight == Weight::LeftOut);
    left_out.map(|problem| (problem.line, problem.reason.to_string())).collect()
}

fn warnings(problems: &[Problem]) -> Vec<(u64, String)> {
    // The examples' numbers are fictional, which is worth a warning each time.
    let warnings = problems
        .iter()
        .filter(|problem| problem.weight == Weight::Warning && !matches!(problem.reason, Remark::NotInPlan(_)));
    warnings.map(|problem| (problem.line, problem.reason.to_string())).collect()
}

fn owned((line, reason): (u64, &str)) -> (u64, String) {
    (line, reason.to_owned())
}

fn everybody(store: &mut Store) -> Vec<Customer> {
    store.read(|tx| customers::page(tx, CustomerId(0), 1000)).unwrap()
}

#[test]
fn a_list_goes_in_with_everything_it_says() {
    for mut on in stores() {
        let (imported, problems) = import(&mut on.store, LIST.as_bytes());
        assert_eq!(imported.unwrap().added, 2, "{}: {problems:?}", on.engine);
        let okafor = by_phone(&mut on.store, "+442079460201").unwrap();
        assert_eq!(okafor.name, "Mrs Okafor");
        assert_eq!(okafor.numbers, [phone("+447700900201"), phone("+442079460201")]);
        assert_eq!(okafor.usual, Some(StaffId::new("priya")));
        assert_eq!(okafor.note.as_deref(), Some("Boiler, Tuesday"));
        assert_eq!(okafor.tags, ["boiler", "vip"]);
        assert_eq!(by_phone(&mut on.store, "+447700900202").unwrap().language.as_deref(), Some("cy"));
    }
}

#[test]
fn importing_again_updates_what_changed_and_doubles_nobody() {
    for mut on in stores() {
        import(&mut on.store, LIST.as_bytes()).0.unwrap();
        let again = import(&mut on.store, LIST.as_bytes()).0.unwrap();
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 2), "{}", on.engine);
        let changed = "Phone,NAME,tags\n07700 900202,Jones and Sons,vip\n";
        let changed = import(&mut on.store, changed.as_bytes()).0.unwrap();
        assert_eq!((changed.added, changed.updated), (0, 1), "{}", on.engine);
        let jones = by_phone(&mut on.store, "+447700900202").unwrap();
        assert_eq!((jones.name.as_str(), &jones.tags[..]), ("Jones and Sons", &["vip".to_owned()][..]));
        assert_eq!(jones.language.as_deref(), Some("cy"), "a column that is not there changes nothing");
        assert_eq!(everybody(&mut on.store).len(), 2, "{}", on.engine);
    }
}

#[test]
fn any_delimiter_and_encoding_gives_the_same_customers() {
    let mut expected = Vec::new();
    for delimiter in [",", ";", "\t", "|"] {
        let text = ["name", "phone", "note"].join(delimiter)
            + "\r\n"
            + &["Zoë Müller-Lüdenscheidt", "020 7946 0301", "Café"].join(delimiter)
            + "\r\n";
        let utf_16 = [&b"\xFF\xFE"[..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat();
        let latin = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let announced = format!("sep={delimiter}\r\n{text}").into_bytes();
        for file in [text.clone().into_bytes(), marked, utf_16, latin, announced] {
            let mut on = sqlite();
            let (imported, problems) = import(&mut on.store, &file);
            assert_eq!(imported.unwrap().added, 1, "{delimiter:?} {problems:?}");
            expected.push(everybody(&mut on.store));
        }
    }
    assert_eq!(expected[0][0].name, "Zoë Müller-Lüdenscheidt");
    assert!(expected.windows(2).all(|pair| pair[0] == pair[1]), "{expected:?}");
}

#[test]
fn a_bad_row_is_reported_with_its_line_and_the_good_ones_go_in() {
    let mut on = sqlite();
    let file = "\
name,phone,blocked
Mrs Okafor,07700 900201
,07700 900202
Jones,
Smith,call me
Brown,07700 900203,maybe
Green,4.47701E+11

\"Long
Name\",07700 900204
White,07700 900205,,,and more
Black,07700 900201
Grey,07700 900206 / nonsense
";
    let (imported, problems) = import(&mut on.store, file.as_bytes());
    let expected = [
        (3, "there is no name"),
        (4, "there is no number"),
        (5, "it is not a phone number"),
        (6, "`blocked` is `yes`, `no` or empty"),
        (7, "the spreadsheet has rounded it; format the column as text and write the number again"),
        (11, "it has 5 cells and the first line 3; a cell with a delimiter in it needs quotes around"),
        (12, "one of its numbers is on line 2 already"),
    ];
    assert_eq!(left_out(&problems), expected.map(owned));
    let expected = (13, "number 2: it is not a phone number; the other numbers went in");
    assert_eq!(warnings(&problems), [owned(expected)]);
    let imported = imported.unwrap();
    assert_eq!((imported.added, imported.left_out), (3, 7));
    assert_eq!(by_phone(&mut on.store, "+447700900204").unwrap().name, "Long Name");
}

#[test]
fn no_number_is_in_any_report() {
    let mut on = sqlite();
    let file = "name,phone,usual,07700900209\nA,07700 900201 / 07700 900\nB,07700900201\nC,0770090020112345678\n07700900201,\n";
    let (_, problems) = import(&mut on.store, file.as_bytes());
    assert!(problems.len() >= 4, "{problems:?}");
    assert!(!format!("{problems:?}").contains("00900"), "{problems:?}");
}

#[test]
fn a_file_without_names_of_columns_says_what_to_write() {
    for (file, words) in [
        ("", "the file is empty"),
        ("Mrs Okafor,07700 900201\n", "there is no column `name`"),
        ("name,email\n", "there is no column `phone`"),
        ("name,phone,Phone\n", "the column `phone` is there twice"),
    ] {
        let mut on = sqlite();
        let error = import(&mut on.store, file.as_bytes()).0.unwrap_err().to_string();
        assert!(error.starts_with("line 1: ") && error.contains(words), "{file:?}: {error}");
    }
}

#[test]
fn a_list_may_name_its_columns_in_the_language_of_the_business() {
    for (file, note) in [
        ("Klant;Telefoon;Notitie;Geblokkeerd\nDe Boer;07700 900201;Ketel;ja\n", "Ketel"),
        ("Kunde;Telefon;Notiz;Gesperrt\nDe Boer;07700 900201;Kessel;ja\n", "Kessel"),
        ("Nom;Téléphone;Remarque;Bloqué\nDe Boer;07700 900201;Chaudière;oui\n", "Chaudière"),
        ("Nombre;Teléfono;Nota;Bloqueado\nDe Boer;07700 900201;Caldera;sí\n", "Caldera"),
    ] {
        let mut on = sqlite();
        let (imported, problems) = import(&mut on.store, file.as_bytes());
        assert_eq!(imported.unwrap().added, 1, "{file}: {problems:?}");
        let boer = by_phone(&mut on.store, "+447700900201").unwrap();
        assert_eq!((boer.name.as_str(), boer.note.as_deref(), boer.blocked), ("De Boer", Some(note), true), "{file}");
    }
}

#[test]
fn a_telephone_and_a_mobile_in_columns_of_their_own_are_two_numbers_of_one_customer() {
    let mut on = sqlite();
    let file = "Name;Telefon;Handy;Kunde\nA;020 7946 0201;07700 900201;7\nB;;07700 900202;8\n";
    let (imported, problems) = import(&mut on.store, file.as_bytes());
    assert_eq!(imported.unwrap().added, 2, "{problems:?}");
    assert_eq!(warnings(&problems).len(), 1, "a second name is left out: {problems:?}");
    assert_eq!(by_phone(&mut on.store, "+447700900201").unwrap().numbers.len(), 2);
    assert_eq!(by_phone(&mut on.store, "+447700900202").unwrap().name, "B");
}

#[test]
fn an_unknown_column_or_person_or_language_is_only_a_warning() {
    let mut on = sqlite();
    let priya = Staff {
        id: StaffId::new("priya"),
        name: "Priya Nair".to_owned(),
        reach: Reach::Phone(phone("+447700900102")),
        accept: Accept::Key,
        shows: Shows::Business,
        says: None,
        languages: Vec::new(),
        not_between: None,
    };
    let roster = Roster::new([priya]);
    let file = "name,phone,usual,language,e-mail\nA,07700 900201,Priya nair,Welsh,x\nB,07700 900202,bob,en-GB,x\n";
    let settings = Settings { country: Country::parse("GB"), staff: Some(&roster), replaces: false };
    let (imported, problems) = import_with(&mut on.store, file.as_bytes(), &settings);
    assert_eq!(imported.unwrap().added, 2);
    let expected = [
        (1, "the column `e-mail` is left out; known are name, phone, usual, language, note, tags, blocked"),
        (2, "`Welsh` is no language tag such as `cy` or `en-GB`; left out"),
        (3, "the rota knows no `bob`; rings nobody until it does"),
    ];
    assert_eq!(warnings(&problems), expected.map(owned));
    let first = by_phone(&mut on.store, "+447700900201").unwrap();
    assert_eq!((first.usual, first.language), (Some(StaffId::new("priya")), None));
}

#[test]
fn a_german_slash_is_part_of_one_number() {
    let mut on = sqlite();
    let file = "name;phone\nSchmidt;0208 / 12345678\nMeier;030/12345678 / 0151 23456789\n";
    let settings = Settings { country: Country::parse("DE"), ..Settings::default() };
    import_with(&mut on.store, file.as_bytes(), &settings).0.unwrap();
    assert_eq!(by_phone(&mut on.store, "+4920812345678").unwrap().numbers.len(), 1);
}

#[test]
fn an_export_is_safe_to_open_and_reads_back_as_the_same() {
    for mut on in stores() {
        let file = "name,phone,usual,language,note,tags,blocked\n\
            \"Okafor, Mrs \"\"A\"\"\",07700 900201; 020 7946 0201,priya,en,'=1+1,boiler;vip,\n\
            =cmd|' /C calc'!A0,07700 900202,,,+44 rings twice,@home,yes\n";
        import(&mut on.store, file.as_bytes()).0.unwrap();
        let before = everybody(&mut on.store);
        let mut written = Vec::new();
        assert_eq!(customer_list::export(&mut on.store, &mut written).unwrap(), 2, "{}", on.engine);
        let text = String::from_utf8(written).unwrap();
        let expected = "name,phone,usual,language,note,tags,blocked\n\
            \"Okafor, Mrs \"\"A\"\"\",+447700900201; +442079460201,priya,en,'=1+1,boiler; vip,\n\
            '=cmd|' /C calc'!A0,+447700900202,,,'+44 rings twice,'@home,yes\n";
        assert_eq!(text, expected, "{}", on.engine);

        let again = import(&mut on.store, text.as_bytes()).0.unwrap();
        assert_eq!((again.unchanged, again.left_out), (2, 0), "{}", on.engine);
        let mut elsewhere = sqlite();
        import(&mut elsewhere.store, text.as_bytes()).0.unwrap();
        assert_eq!(everybody(&mut elsewhere.store), before, "{}", on.engine);
    }
}

fn replacing() -> Settings<'static> {
    Settings { country: Country::parse("GB"), replaces: true, ..Settings::default() }
}

#[test]
fn customers_who_exchange_numbers_keep_one_each_where_the_list_replaces() {
    for mut on in stores() {
        import(&mut on.store, b"name,phone\nA,07700 900201 / 07700 900202\n").0.unwrap();
        let (imported, problems) =
            import_with(&mut on.store, b"name,phone\nA,07700 900201\nB,07700 900202\n", &replacing());
        let imported = imported.unwrap();
        assert_eq!((imported.added, imported.updated), (1, 1), "{}: {problems:?}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900201").unwrap().name, "A", "{}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900202").unwrap().name, "B", "{}", on.engine);
    }
}

#[test]
fn a_list_adds_and_takes_nothing_away_unless_it_replaces() {
    for mut on in stores() {
        let first = "name,phone,usual,language,note,tags,blocked\n\
            Mrs Okafor,07700 900201 / 020 7946 0201,priya,cy,Boiler,boiler;vip,yes\n";
        import(&mut on.store, first.as_bytes()).0.unwrap();
        let before = by_phone(&mut on.store, "+447700900201").unwrap();
        let list = "name,phone,usual,language,note,tags,blocked\nMrs Okafor,020 7946 0201 / 07700 900203,,,,gold,\n";
        let imported = import(&mut on.store, list.as_bytes()).0.unwrap();
        let beyond = Beyond { numbers: 1, usual: 1, languages: 1, notes: 1, tags: 2, blocks: 1 };
        assert_eq!((imported.updated, imported.beyond), (1, beyond), "{}", on.engine);
        let added = by_phone(&mut on.store, "+447700900201").unwrap();
        let mut expected = before.clone();
        expected.numbers.push(phone("+447700900203"));
        expected.tags.push("gold".to_owned());
        assert_eq!(added, expected, "{}", on.engine);
        let again = import(&mut on.store, list.as_bytes()).0.unwrap();
        assert_eq!(again.unchanged, 1, "{}", on.engine);

        let imported = import_with(&mut on.store, list.as_bytes(), &replacing()).0.unwrap();
        assert_eq!((imported.updated, imported.beyond), (1, beyond), "{}", on.engine);
        let replaced = by_phone(&mut on.store, "+447700900203").unwrap();
        assert_eq!(replaced.numbers, [phone("+442079460201"), phone("+447700900203")], "{}", on.engine);
        assert_eq!((replaced.usual, replaced.note, replaced.blocked), (None, None, false), "{}", on.engine);
        assert_eq!((replaced.id, &replaced.tags[..]), (before.id, &["gold".to_owned()][..]), "{}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447700900201"), None, "{}", on.engine);
    }
}

#[test]
fn somebody_who_was_unblocked_by_a_word_is_unblocked_by_every_list() {
    let mut on = sqlite();
    import(&mut on.store, b"name,phone,blocked\nA,07700 900201,yes\n").0.unwrap();
    import(&mut on.store, b"name,phone,blocked\nA,07700 900201,\n").0.unwrap();
    assert!(by_phone(&mut on.store, "+447700900201").unwrap().blocked);
    import(&mut on.store, b"name,phone,blocked\nA,07700 900201,no\n").0.unwrap();
    assert!(!by_phone(&mut on.store, "+447700900201").unwrap().blocked);
}

#[test]
fn two_who_were_made_one_stay_one_when_the_list_still_has_both() {
    for mut on in stores() {
        let many: Vec<String> = (0..1500).map(|n| format!("Customer {n},+4477009{n:05},\n")).collect();
        let list = format!(
            "name,phone,note\nMrs Okafor,020 7946 0201,Boiler\n{}\"Okafor, Mrs\",07900 900201,Gate code 7\n",
            many.concat()
        );
        import(&mut on.store, list.as_bytes()).0.unwrap();
        let kept = by_phone(&mut on.store, "+442079460201").unwrap();
        let gone = by_phone(&mut on.store, "+447900900201").unwrap();
        let mut one = kept.clone();
        one.numbers.extend(&gone.numbers);
        on.store.transaction(|tx| customers::merge(tx, kept, &gone, one.clone())).unwrap().unwrap();
        let again = import(&mut on.store, list.as_bytes()).0.unwrap();
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 1502), "{}", on.engine);
        assert_eq!(by_phone(&mut on.store, "+447900900201"), Some(one), "{}", on.engine);
    }
}

#[test]
fn progress_goes_up_to_the_size_of_the_file() {
    let mut on = sqlite();
    let rows: Vec<String> = (0..2500).map(|n| format!("Customer {n},+4477009{n:05}\n")).collect();
    let file = format!("name,phone\n{}", rows.concat());
    let mut progress = Vec::new();
    let settings = Settings::default();
    customer_list::import(&mut on.store, file.as_bytes(), &settings, &mut |news| {
        if let News::Progress(bytes) = news {
            progress.push(bytes);
        }
    })
    .unwrap();
    assert!(progress.len() >= 3 && progress.is_sorted(), "{progress:?}");
    assert_eq!(progress.last().copied(), u64::try_from(file.len()).ok());
}
