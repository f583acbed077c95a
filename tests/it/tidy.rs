//! The house rules as a test. Each problem names the place, what is wrong, and what to do instead.
//! Function length, panics and unsafe code are clippy's and rustc's part (Cargo.toml, clippy.toml).

mod imports;
mod languages;
mod readme;
mod source;
mod words;

use std::fmt;
use std::fs;

use source::{Source, leading_name, places};
use words::{DIRECT_CHANCE, DIRECT_CLOCK, PROVIDER_WORDS, SLEEP, UNFINISHED};

const LINES_MAX: usize = 400;

/// Names that say nothing. A file is a noun that a receptionist would understand.
const EMPTY_NAMES: &str = "common dto helper helpers manager misc mod repository service state util utils";

#[test]
fn imports_point_down() {
    hold(imports::problems);
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    hold(size);
}

#[test]
fn every_file_is_a_noun_a_receptionist_would_understand() {
    hold(name);
}

#[test]
fn time_and_chance_arrive_as_arguments() {
    hold(|source| DIRECT_CLOCK.problems(source));
    hold(|source| DIRECT_CHANCE.problems(source));
}

#[test]
fn nobody_but_the_provider_speaks_its_language() {
    hold(|source| PROVIDER_WORDS.problems(source));
}

#[test]
fn whoever_reads_another_language_is_not_left_with_english() {
    hold(languages::problems);
}

#[test]
fn nothing_is_left_unfinished() {
    hold(|source| UNFINISHED.problems(source));
}

#[test]
fn no_test_waits_by_sleeping() {
    hold(|source| SLEEP.problems(source));
}

#[test]
fn placeholders_come_in_the_order_in_which_both_databases_count_them() {
    hold(placeholders);
}

#[test]
fn every_file_is_compiled() {
    let sources = source::all();
    report(&sources.iter().flat_map(|source| orphan(source, &sources)).collect::<Vec<_>>());
}

#[test]
fn every_dependency_says_what_it_is_for() {
    report(&unexplained(&manifest()));
}

#[test]
fn every_dependency_is_used() {
    report(&unused(&manifest(), &source::all()));
}

/// `.ci/run` asks for everything; by hand, what needs PostgreSQL says that it was skipped.
#[test]
fn where_nothing_may_be_skipped_there_is_a_postgresql_to_test_on() {
    let set = |name| std::env::var_os(name).is_some();
    assert!(
        !set("SWITCHBOARD_TEST_NOTHING_SKIPPED") || set("SWITCHBOARD_TEST_POSTGRES"),
        "SWITCHBOARD_TEST_NOTHING_SKIPPED is set: give SWITCHBOARD_TEST_POSTGRES=postgres://user@host:port/postgres too"
    );
}

/// A place where a rule of the house is broken.
#[derive(Debug)]
struct Problem {
    file: String,
    line: usize,
    what: String,
    remedy: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}\n    {}", self.file, self.line, self.what, self.remedy)
    }
}

fn hold(rule: impl Fn(&Source) -> Vec<Problem>) {
    report(&source::all().iter().flat_map(rule).collect::<Vec<_>>());
}

fn report(problems: &[Problem]) {
    let list: Vec<String> = problems.iter().map(Problem::to_string).collect();
    assert!(list.is_empty(), "{} to tidy up:\n{}", list.len(), list.join("\n"));
}

fn problem(source: &Source, offset: usize, what: String, remedy: &'static str) -> Problem {
    Problem { file: source.path.clone(), line: source.line_of(offset), what, remedy }
}

fn size(source: &Source) -> Vec<Problem> {
    let lines = source.lines();
    let what = || format!("{lines} lines, {LINES_MAX} at most (without its own tests at the end)");
    let remedy = "take a noun out of it into a file of its own, in the folder of the same name";
    if lines > LINES_MAX { vec![problem(source, source.text.len(), what(), remedy)] } else { Vec::new() }
}

fn name(source: &Source) -> Vec<Problem> {
    let empty = |name: &str| {
        EMPTY_NAMES.split(' ').any(|empty| empty == name)
            || name.starts_with("new_")
            || name.trim_end_matches(char::is_numeric).ends_with("_v")
    };
    let remedy = "name it by its noun, or put it beside its only caller";
    let module = source.path.trim_end_matches(".rs").split('/');
    let mut problems: Vec<Problem> = module
        .filter(|name| empty(name))
        .map(|name| problem(source, 0, format!("`{name}` says nothing about what is in it"), remedy))
        .collect();
    for at in places(&source.code, "mod ") {
        let name = leading_name(source.code.get(at + 4..).unwrap_or_default());
        if empty(name) {
            problems.push(problem(source, at, format!("`mod {name}` says nothing about what is in it"), remedy));
        }
    }
    for kind in ["struct ", "enum ", "trait "] {
        for at in places(&source.code, kind) {
            let name = leading_name(source.code.get(at + kind.len()..).unwrap_or_default());
            if ["Manager", "Service", "Dto", "Helper", "Helpers", "Util", "Utils"].iter().any(|end| name.ends_with(end))
            {
                problems.push(problem(source, at, format!("`{name}` names no thing"), remedy));
            }
        }
    }
    problems
}

/// SQLite numbers `$1`, `$2` … by their first appearance, PostgreSQL by the digit: a statement in which they first appear out of
/// order means two different things.
fn placeholders(source: &Source) -> Vec<Problem> {
    if !source.path.starts_with("src/store") {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (at, statement) in strings(source) {
        let mut seen = 0_usize;
        for (offset, _) in statement.match_indices('$') {
            let digits = leading_name(statement.get(offset + 1..).unwrap_or_default());
            let Ok(number) = digits.parse::<usize>() else { continue };
            if number > seen + 1 {
                let what = format!("`${number}` appears before `${}`", seen + 1);
                problems.push(problem(
                    source,
                    at + offset,
                    what,
                    "number placeholders in the order of their appearance",
                ));
            }
            seen = seen.max(number);
        }
    }
    problems
}

/// The insides of the string literals: where `speech` still has something that `code` has not.
fn strings(source: &Source) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut begin = None;
    for (at, (said, done)) in source.speech.bytes().zip(source.code.bytes()).enumerate() {
        match (begin, said == done && !said.is_ascii_whitespace()) {
            (None, false) if said != done => begin = Some(at),
            (Some(from), true) => {
                found.extend(source.speech.get(from..at).map(|text| (from, text)));
                begin = None;
            }
            _ => {}
        }
    }
    found
}

fn orphan(source: &Source, all: &[Source]) -> Vec<Problem> {
    let (folder, file) = source.path.rsplit_once('/').unwrap_or_default();
    let stem = file.trim_end_matches(".rs");
    if matches!(stem, "main" | "lib") || matches!(folder, "benches" | "tests" | "fuzz/fuzz_targets") {
        return Vec::new();
    }
    let parents = [format!("{folder}.rs"), format!("{folder}/lib.rs"), format!("{folder}/main.rs")];
    let declared = all.iter().filter(|parent| parents.contains(&parent.path)).any(|parent| {
        places(&parent.code, "mod ").any(|at| {
            let name = parent.code.get(at + 4..).unwrap_or_default();
            leading_name(name) == stem && name.get(stem.len()..).is_some_and(|rest| rest.starts_with(';'))
        })
    });
    let what = format!("no `mod {stem};` in {}: it is never compiled", parents.join(" or "));
    if declared { Vec::new() } else { vec![problem(source, 0, what, "declare it, or delete it")] }
}

fn manifest() -> String {
    fs::read_to_string(source::root().join("Cargo.toml")).unwrap()
}

/// The reason stands behind each direct dependency, on its own line.
fn unexplained(manifest: &str) -> Vec<Problem> {
    let without = |line: &str| line.rsplit_once(" # ").is_none_or(|(_, reason)| reason.trim().is_empty());
    let remedy = "write behind it, after ` # `, what it is for here; without a reason it goes";
    dependencies(manifest)
        .filter(|(_, line)| without(line))
        .map(|(number, line)| in_manifest(number, format!("`{}` has no reason", crate_name(line)), remedy))
        .collect()
}

fn unused(manifest: &str, sources: &[Source]) -> Vec<Problem> {
    let named = |name: &str| {
        let paths = [format!("{name}::"), format!("use {name};"), format!("extern crate {name}")];
        sources.iter().any(|source| paths.iter().any(|path| places(&source.code, path).next().is_some()))
    };
    dependencies(manifest)
        .filter(|(_, line)| !named(&crate_name(line).replace('-', "_")))
        .map(|(number, line)| in_manifest(number, format!("nothing names `{}`", crate_name(line)), "remove it"))
        .collect()
}

/// The lines that name a direct dependency, counted from 1.
fn dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    manifest.lines().enumerate().filter_map(move |(index, line)| {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        }
        let names_one = inside && line.contains('=') && !line.starts_with(['#', '[', ' ']);
        names_one.then_some((index + 1, line))
    })
}

fn crate_name(line: &str) -> &str {
    line.split([' ', '=', '.']).next().unwrap_or_default()
}

fn in_manifest(line: usize, what: String, remedy: &'static str) -> Problem {
    Problem { file: "Cargo.toml".to_owned(), line, what, remedy }
}

#[test]
fn tidy_sees_what_it_is_there_to_see() {
    let lines = |problems: Vec<Problem>| problems.iter().map(|problem| problem.line).collect::<Vec<_>>();
    let domain = |text: &str| Source::new("src/domain/plan.rs", text);
    assert_eq!(
        lines(imports::problems(&domain("use crate::domain::call;\nuse crate::{domain::{a, store}, store::Store};"))),
        [2]
    );
    assert_eq!(
        lines(imports::problems(&domain(
            "\nuse super::super::clock;\n#[cfg(test)]\nmod tests { use super::super::clock; }"
        ))),
        [2]
    );
    assert_eq!(lines(imports::problems(&Source::new("src/http/hooks.rs", "use crate::console::Page;"))), [1]);
    assert_eq!(
        lines(imports::problems(&Source::new("src/app.rs", "use crate::console::Page; use crate::cli::Cli;"))),
        [1]
    );
    assert_eq!(lines(imports::problems(&Source::new("src/fax.rs", ""))), [1]);
    assert_eq!(lines(size(&domain(&"\n".repeat(401)))), [402]);
    assert!(
        size(&domain(&format!("{}\n#[cfg(test)]\nmod tests {{\n{}}}", "\n".repeat(390), "\n".repeat(99)))).is_empty()
    );
    assert_eq!(lines(name(&Source::new("src/store/utils.rs", "\nmod call_v2;\nstruct CallManager;"))), [1, 2, 3]);
    assert_eq!(lines(DIRECT_CLOCK.problems(&domain("// Timestamp::now\nlet t = Timestamp::now();"))), [2]);
    assert_eq!(lines(DIRECT_CHANCE.problems(&domain("rand::rng()"))), [1]);
    assert_eq!(lines(PROVIDER_WORDS.problems(&Source::new("src/http.rs", "// Twilio\nf(\"Twilio\")"))), [2]);
    assert_eq!(
        lines(UNFINISHED.problems(&Source::new("tests/it/a.rs", "#[test]\n#[ignore]\nfn a() { todo!() }"))),
        [3, 2]
    );
    assert_eq!(lines(SLEEP.problems(&domain("sleep(1);\n#[cfg(test)]\nmod tests { a::sleep(1) }"))), [3]);
    let sql = |text: &str| placeholders(&Source::new("src/store/call.rs", text)).len();
    assert_eq!(
        (sql(r#"q("a = $1, b = $2 or $1")"#), sql(r#"q("a = $2, b = $1")"#), sql("q(\"\na = $1, b = $3\")")),
        (0, 1, 1)
    );
    assert_eq!(orphan(&domain(""), &[Source::new("src/domain.rs", "mod plans; // mod plan;")]).len(), 1);
    assert_eq!(
        lines(unexplained("[dependencies]\na = \"1\" # what it is for\nb = \"1\"\n[lints.rust]\nc = \"d\"")),
        [3]
    );
    let used = Source::new("src/a.rs", "use b_c::d; // e::f");
    assert_eq!(lines(unused("[dev-dependencies]\nb-c = \"1\"\ne.workspace = true", &[used])), [3]);
}
