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
