//! A day's story, from a script.

use std::path::Path;
use std::process::Command;

/// The example business, with its customers, in a folder of its own.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in ["switchboard.toml", "rota.toml", "customers.csv", "days/bank-holiday.txt"] {
        let to = folder.path().join("config").join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(root.join("config").join(file), to).unwrap();
    }
    run(&folder, &["customers", "import", "config/customers.csv"]);
    folder
}

fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_switchboard")).current_dir(folder.path()).args(arguments).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{out}\n{}", String::from_utf8_lossy(&output.stderr));
    out
}

#[test]
fn from_a_missed_call_on_a_friday_evening_to_the_kept_promise_after_the_holiday_as_the_readme_tells_it() {
    let told = run(&example(), &["rehearse", "--script", "config/days/bank-holiday.txt"]);
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(readme.contains(&told), "the README tells another story than this:\n{told}");
}

#[test]
fn the_story_is_the_same_with_every_webhook_and_every_text_told_twice() {
    let example = example();
    let once = run(&example, &["rehearse", "--script", "config/days/bank-holiday.txt"]);
    let twice = run(&example, &["rehearse", "--script", "config/days/bank-holiday.txt", "--repeat"]);
    assert_eq!(once, twice);
}

#[test]
fn a_mistake_in_a_script_is_told_with_file_and_line() {
    let folder = example();
    std::fs::write(folder.path().join("day.txt"), "2026-08-28 17:25 nobody dances\n").unwrap();
    for (arguments, told) in [
        (["rehearse", "--script", "day.txt"], "day.txt: line 1: after the time comes"),
        (["rehearse", "--script", "night.txt"], "night.txt: "),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_switchboard"))
            .current_dir(folder.path())
            .args(arguments)
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn a_call_back_that_nobody_takes_at_either_end_leaves_the_promise_open_and_says_so() {
    let folder = example();
    let day = "2027-04-30 17:25 phones all=silent 07700900110=silent\n17:25 07700900110 rings\n\
               2027-05-04 08:35 priya texts CALL 1\n08:40 phones priya=answers\n08:40 priya texts CALL 1\n\
               08:50 phones priya=keys=9,1 07700900110=answers\n08:50 priya texts CALL 1\n";
    std::fs::write(folder.path().join("day.txt"), day).unwrap();
    let told = run(&folder, &["rehearse", "--script", "day.txt"]);
    let places: Vec<_> = [
        "Priya Nair does not take it",
        "did not take it: 1 stays open. CALL 1 to try again.",
        "Mrs Okafor does not answer",
        "did not answer: 1 stays open. CALL 1 to try again.",
        "Priya Nair presses 9",
        "1 is kept: you spoke 4 min with Mrs Okafor",
    ]
    .map(|words| told.find(words).unwrap_or_else(|| panic!("{words}: {told}")))
    .into();
    assert!(places.is_sorted(), "{told}");
    assert!(!told.contains("WRONG"), "{told}");
}
