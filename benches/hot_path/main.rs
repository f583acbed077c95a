//! The work of one webhook, piece by piece.
//!
//! `cargo bench --bench hot_path` tells times. `cargo bench --bench hot_path -- instructions` counts
//! instructions instead, which come out the same on a busy machine, and fails where one of `limits.txt`
//! is passed; `-- instructions --bless` writes that file anew. Needs valgrind.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that goes wrong must stop")]

mod cases;
mod instructions;

use cases::{CASES, Case, Fixture};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let has = |wanted: &str| args.iter().any(|arg| arg == wanted);
    match args.as_slice() {
        // What `instructions` starts itself as, under valgrind.
        [_, once, case, times] if once == "--repeat" => instructions::repeat(case, times.parse().unwrap()),
        _ if has("instructions") => instructions::check(has("--bless")),
        _ => divan::main(),
    }
}

#[divan::bench(args = CASES)]
fn webhook(bencher: divan::Bencher<'_, '_>, case: &Case) {
    let fixture = Fixture::new();
    bencher.bench(|| (case.run)(&fixture));
}
