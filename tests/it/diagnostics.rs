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
