//! What people read when a configuration file is wrong.

use jiff::Timestamp;
use switchboard::config::diagnostic::{Style, render};
use switchboard::config::rota::read;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn told(text: &str) -> String {
    match read("config/rota.toml", text, now(), None) {
        Ok(read) => render(&read.warnings, Style::Plain),
        Err(problems) => render(&problems, Style::Plain),
    }
}

#[test]
fn a_rota_with_many_mistakes_is_explained_in_one_go() {
    insta::assert_snapshot!(told(include_str!("diagnostics/broken.toml")));
}

#[test]
fn words_that_lack_what_must_be_said_are_refused() {
    insta::assert_snapshot!(told(include_str!("diagnostics/words.toml")));
}

#[test]
fn a_language_that_nobody_here_speaks_and_hours_that_are_none_are_refused() {
    insta::assert_snapshot!(told(include_str!("diagnostics/language.toml")));
}

#[test]
fn a_file_that_is_hardly_toml_is_explained_line_by_line() {
    insta::assert_snapshot!(told(include_str!("diagnostics/unreadable.toml")));
}

#[test]
fn settings_with_many_mistakes_are_explained_in_one_go_and_keep_their_secrets() {
    let environment = [
        ("SWITCHBOARD__LISTN", "127.0.0.1:1"),
        ("SWITCHBOARD__LIMITS__CONNECTIONS", "many"),
        ("SWITCHBOARD_STORE", "sqlite://x"),
        ("SWITCHBOARD__PROVIDERS__TWILIO__SHARED_KEYS", "s3cret"),
        ("SWITCHBOARD_SERVICE_HOST", "10.0.0.1"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let text = include_str!("diagnostics/settings.toml");
    let problems = switchboard::config::settings::read("config/switchboard.toml", text, environment).unwrap_err();
    let told = render(&problems, Style::Plain);
    assert!(!told.contains("s3cret"), "{told}");
    insta::assert_snapshot!(told);
}

#[test]
fn a_rota_that_leaves_callers_alone_is_refused_and_says_when_and_why() {
    insta::assert_snapshot!(told(include_str!("diagnostics/doubtful.toml")));
}

#[test]
fn an_expectation_of_a_customer_is_checked_where_the_customers_are_known() {
    use switchboard::domain::caller::{Customer, CustomerId};
    use switchboard::domain::rota::ExpectedCaller;
    use switchboard::domain::staff::StaffId;

    let text = include_str!("../../config/rota.toml").to_owned()
        + "\n[[expect]]\nat = \"2026-11-23 10:00\"\ncaller = \"Gwen Pritchard\"\nrings = [\"ana\"]\n";
    let gwen = Customer {
        id: CustomerId(1),
        name: "Gwen Pritchard".to_owned(),
        numbers: vec![],
        usual: Some(StaffId::new("tom")),
        language: None,
        note: None,
        tags: vec![],
        blocked: false,
        recent: vec![],
        asked: Vec::new(),
    };
    let nobody = |_: &ExpectedCaller| None;
    let known = |caller: &ExpectedCaller| match caller {
        ExpectedCaller::Customer(name) if *name == gwen.name => Some(gwen.clone()),
        _ => None,
    };
    assert!(read("rota.toml", &text, now(), None).is_ok(), "unchecked without the customers");
    let problems = read("rota.toml", &text, now(), Some(&nobody)).unwrap_err();
    assert!(problems.iter().any(|one| one.what.contains("no customer is called `Gwen Pritchard`")));
    let problems = read("rota.toml", &text, now(), Some(&known)).unwrap_err();
    let failing = problems.iter().find(|one| one.what.contains("does not hold")).unwrap();
    assert!(failing.what.contains("it rings `tom`,"), "her usual person rings first: {}", failing.what);
}

#[test]
fn no_slip_of_the_keyboard_is_answered_with_silence_or_a_crash() {
    let example = include_str!("../../config/rota.toml");
    let settings = include_str!("diagnostics/settings.toml");
    let survives = |text: &str| {
        match read("rota.toml", text, now(), None) {
            Ok(read) => drop(render(&read.warnings, Style::Coloured)),
            Err(problems) => assert!(!render(&problems, Style::Coloured).is_empty()),
        }
        drop(switchboard::config::settings::read("switchboard.toml", text, []));
    };
    for text in [example, settings] {
        for (index, _) in text.char_indices().step_by(149) {
            survives(&text[..index]);
            for slip in ["\"", "[", "]", "=", "é", "\n", "{", "-", "9"] {
                if (index % slip.as_bytes()[0] as usize).is_multiple_of(5) {
                    survives(&format!("{}{slip}{}", &text[..index], &text[index + 1..]));
                }
            }
        }
    }
    survives(&example.replace('\n', "\r\n"));
    assert!(read("rota.toml", &format!("\u{feff}{example}"), now(), None).is_ok(), "as some editors save it");
}
