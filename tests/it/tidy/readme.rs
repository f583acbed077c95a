//! The README promises only what is there.

use std::fs;
use std::process::Command;

use super::{Problem, report, source};

#[test]
fn the_two_commands_of_the_readme_start_it_and_test_it() {
    let text = readme();
    let blocks = commands(&text);
    let first = blocks.first().map(|(_, block, _)| *block);
    let two: Vec<&str> =
        blocks.iter().filter(|(_, block, _)| Some(*block) == first).map(|(_, _, command)| *command).collect();
    assert!(
        two.len() == 2 && two[0].starts_with("cargo run") && two[1].starts_with("cargo test"),
        "README.md: the first fenced block should be `cargo run` and `cargo test`, which .ci/run takes from there; it is {two:?}"
    );
}

#[test]
fn every_command_in_the_readme_can_be_typed() {
    let text = readme();
    let ours = commands(&text).into_iter().filter_map(|(line, _, command)| {
        let ours = command.strip_prefix("switchboard ").or_else(|| command.strip_prefix("cargo run -- "));
        ours.map(|arguments| (line, arguments))
    });
    let problems: Vec<Problem> = ours.filter_map(|(line, arguments)| unknown(line, arguments)).collect();
    report(&problems);
}

#[test]
fn every_link_in_the_readme_leads_somewhere() {
    let text = readme();
    let mut problems = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            if !target.is_empty() && !target.contains(':') && !source::root().join(target).exists() {
                problems.push(problem(index + 1, format!("`{target}` is not there"), "mend the link"));
            }
        }
    }
    report(&problems);
}

fn readme() -> String {
    fs::read_to_string(source::root().join("README.md")).unwrap()
}

/// What is wrong with a command of ours, judged by its own `--help`: the word, and every option.
fn unknown(line: usize, arguments: &str) -> Option<Problem> {
    let word = arguments.split_whitespace().next().filter(|word| !word.starts_with('-'))?;
    let help = Command::new(env!("CARGO_BIN_EXE_switchboard")).args([word, "--help"]).output().unwrap();
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    if !help.contains("Usage:") {
        return Some(problem(line, format!("there is no `switchboard {word}`"), "write a command that `--help` lists"));
    }
    let mut options = arguments.split_whitespace().filter_map(|part| part.split('=').next());
    let option = options.find(|option| option.starts_with("--") && !help.contains(option))?;
    Some(problem(line, format!("`switchboard {word}` has no `{option}`"), "write an option that its `--help` lists"))
}

fn problem(line: usize, what: String, remedy: &'static str) -> Problem {
    Problem { file: "README.md".to_owned(), line, what, remedy }
}

/// The commands in fenced blocks: their line, which block they are in, and what is typed. Output, which follows a command that
/// begins with `$ `, is not a command; nor is a comment.
fn commands(text: &str) -> Vec<(usize, usize, &str)> {
    let mut found = Vec::new();
    let mut fences = 0;
    let mut shows_output = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fences += 1;
            shows_output = false;
        } else if fences % 2 == 1 {
            let typed = line.strip_prefix("$ ");
            shows_output |= typed.is_some();
            let command = typed.unwrap_or(if shows_output { "" } else { line });
            let command = command.split(" #").next().unwrap_or_default().trim();
            if !command.is_empty() && !command.starts_with('#') {
                found.push((index + 1, fences, command));
            }
        }
    }
    found
}

#[test]
fn what_is_typed_is_told_from_what_is_shown() {
    let text = "a\n```\n$ cargo run   # it\nswitchboard is here\n$ cargo test\n```\nb\n```toml\nc = 1\n```\n";
    assert_eq!(commands(text), [(3, 1, "cargo run"), (5, 1, "cargo test"), (9, 3, "c = 1")]);
    assert_eq!(unknown(7, "frobnicate --now").unwrap().line, 7);
    assert!(unknown(8, "serve --no-such-option").unwrap().what.contains("--no-such-option"));
}
