//! Counts instructions by running a case a few times and some times more under valgrind: the
//! difference is what the case itself costs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::{Command, exit};

use crate::cases::{CASES, Fixture};

const LIMITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/hot_path/limits.txt");

const FEW: u64 = 20;
const MANY: u64 = 120;

/// Above the count of the day the limits were written, in percent: hash tables have a seed by chance.
const MARGIN_PERCENT: u64 = 5;

pub(crate) fn repeat(name: &str, times: u64) {
    let fixture = Fixture::new();
    let case = CASES.iter().find(|case| case.name == name).expect("a case of that name");
    for _ in 0..times {
        (case.run)(&fixture);
    }
}

pub(crate) fn check(bless: bool) {
    let limits = std::fs::read_to_string(LIMITS).unwrap_or_default();
    let limits: BTreeMap<&str, u64> = limits
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter_map(|(name, limit)| Some((name, limit.trim().parse().ok()?)))
        .collect();
    let mut written = String::new();
    let mut passed = Vec::new();
    for case in CASES {
        let count = (run(case.name, MANY) - run(case.name, FEW)) / (MANY - FEW);
        let limit = limits.get(case.name).copied().unwrap_or(u64::MAX);
        println!("{:<32} {count:>9} instructions, at most {limit}", case.name);
        if count > limit {
            passed.push(case.name);
        }
        writeln!(written, "{}: {}", case.name, count + count * MARGIN_PERCENT / 100).unwrap();
    }
    if bless {
        std::fs::write(LIMITS, written).unwrap();
    } else if !passed.is_empty() {
        println!("more than they may: {}; if that is right, add --bless", passed.join(", "));
        exit(1);
    }
}

fn run(case: &str, times: u64) -> u64 {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(std::env::current_exe().unwrap()).args(["--repeat", case, &times.to_string()]);
    let output = valgrind.output().expect("valgrind is needed");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let collected = told.lines().find_map(|line| line.split_once("Collected : ")).expect("a count of callgrind's").1;
    collected.trim().parse().unwrap()
}
