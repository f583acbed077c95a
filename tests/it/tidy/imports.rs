//! Imports point one way, so that every part can be read, and trusted, without those above it.

use super::source::{Source, leading_name, places};
use super::{Problem, problem};

/// Who may import whom: each top-level module of `src/`, and those it may name, all of them further up in this list. A new module
/// gets a line under everything it uses. Siblings (http, console, jobs) do not meet; nobody names the command line.
#[rustfmt::skip]
const MAY_IMPORT: &[(&str, &str)] = &[
    ("domain",    ""),
    ("clock",     ""),
    ("aside",     ""),
    ("provider",  "domain"),
    ("store",     "domain"),
    ("ticket",    "domain"),
    ("config",    "domain"),
    ("calendar",  "domain"),
    ("telemetry", "config"),
    ("customer_list", "domain store"),
    ("operator",  "domain clock store ticket"),
    ("jobs",      "domain aside clock provider store operator"),
    ("http",      "domain clock provider store ticket operator"),
    ("console",   "domain aside calendar clock provider store ticket config customer_list operator"),
    ("app",       "domain aside clock provider store ticket config operator jobs http console"),
    ("rehearsal", "domain aside clock provider store config customer_list console app"),
    ("cli",       "domain calendar clock telemetry provider store ticket config customer_list operator http rehearsal app"),
    ("lib",       ""),
    ("main",      ""),
];

pub fn problems(source: &Source) -> Vec<Problem> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let module = source.module();
    let here = module.first().copied().unwrap_or_default();
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == here) else {
        let what = format!("`{here}` is a new top-level module");
        return vec![problem(source, 0, what, "give it a line in MAY_IMPORT of tests/it/tidy/imports.rs")];
    };
    let may = |name: &str| name == here || allowed.split(' ').any(|allowed| allowed == name);
    let is_module = |name: &str| MAY_IMPORT.iter().any(|(module, _)| *module == name);
    let named = crate_paths(&source.code, "crate::").into_iter().chain(supers(source, module.len()));
    named
        .filter(|(_, name)| is_module(name) && !may(name))
        .map(|(at, name)| {
            let what = format!("`{here}` imports `{name}`");
            problem(source, at, what, "imports point down: hand it in as an argument, or move it below both")
        })
        .collect()
}

/// The first names after each `root` in `code`: one, or those of `root{a, b::{c}}`.
fn crate_paths<'a>(code: &'a str, root: &'a str) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for at in places(code, root) {
        let start = at + root.len();
        let rest = code.get(start..).unwrap_or_default();
        if !rest.starts_with('{') {
            found.push((start, leading_name(rest)));
            continue;
        }
        let mut depth = 0;
        let mut fresh = false;
        for (offset, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ if c.is_whitespace() => continue,
                _ if fresh && depth == 1 => {
                    found.push((start + offset, leading_name(rest.get(offset..).unwrap_or_default())));
                }
                _ => {}
            }
            fresh = matches!(c, '{' | ',') && depth == 1;
            if depth == 0 {
                break;
            }
        }
    }
    found
}

/// Names reached from `src/` itself through as many `super::` as the file lies deep; a test module lies one deeper.
fn supers(source: &Source, depth: usize) -> Vec<(usize, &str)> {
    let chains = [(depth, 0, source.tests_begin), (depth + 1, source.tests_begin, source.code.len())];
    let found = chains.into_iter().flat_map(|(depth, from, to)| {
        let code = source.code.get(from..to).unwrap_or_default();
        places(code, "super::").filter_map(move |at| {
            let rest = code.get(at..).unwrap_or_default();
            let name = rest.strip_prefix("super::".repeat(depth).as_str()).map(leading_name);
            name.map(|name| (from + at, name))
        })
    });
    found.collect()
}

#[test]
fn the_list_itself_points_down() {
    for (index, (name, allowed)) in MAY_IMPORT.iter().enumerate() {
        let above = |module: &&str| MAY_IMPORT.iter().take(index).any(|(name, _)| name == module);
        let up: Vec<&str> = allowed.split_whitespace().filter(|module| !above(module)).collect();
        assert!(up.is_empty(), "{name} may import {up:?}, which are not above it in MAY_IMPORT");
    }
}
