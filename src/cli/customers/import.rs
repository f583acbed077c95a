//! `switchboard customers import`: a customer list goes into the store, row by row.

use std::fs::File;
use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::store_for_writing;
use crate::cli::business::Business;
use crate::cli::{Failure, answer, note};
use crate::customer_list::{ImportError, Imported, News, Problem, Settings, Weight, import};
use crate::store::customers::Beyond;

pub(super) fn run(business: &Business, path: &Path, replaces: bool) -> Result<(), Failure> {
    let named = |error: std::io::Error| Failure::Given(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(named)?;
    let bytes = file.metadata().map_err(named)?.len();
    let mut store = store_for_writing(business)?;
    let rota = &*business.rota;
    let settings = Settings { country: rota.country, staff: Some(&rota.staff), replaces };
    let bar = bar(bytes);
    let mut tell = |news| match news {
        News::Progress(done) => bar.set_position(done),
        News::Problem(problem) => bar.suspend(|| note(&in_words(path, &problem))),
        News::Counted(_) | News::Row { .. } => {}
    };
    let imported = import(&mut store, file, &settings, &mut tell);
    bar.finish_and_clear();
    let imported = imported.map_err(|error| match error {
        ImportError::Store(error) => Failure::Store(error),
        ImportError::Unreadable(_) | ImportError::Header { .. } => {
            Failure::Given(format!("{}: {error}", path.display()))
        }
    })?;
    super::note_import(&mut store, business.now, &imported)?;
    answer(&summary(&imported))?;
    if let Some(beyond) = beyond(&imported.beyond) {
        note(&if replaces {
            format!("Taken away, since the list does not have it: {beyond}.")
        } else {
            format!("Kept, though the list does not have it: {beyond}; --replace takes it away.")
        });
    }
    match imported.left_out {
        0 => Ok(()),
        1 => Err(Failure::Given("1 row was left out; put it right and import the list again.".to_owned())),
        more => Err(Failure::Given(format!("{more} rows were left out; put them right and import the list again."))),
    }
}

/// On a terminal only.
fn bar(bytes: u64) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(bytes), target);
    // Without the style the bar is a plain one.
    match ProgressStyle::with_template("  {bar:40} {percent:>3} %  {bytes} of {total_bytes}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn in_words(path: &Path, problem: &Problem) -> String {
    let weight = match problem.weight {
        Weight::Warning => "went in, but look at it",
        Weight::LeftOut => "left out",
    };
    format!("{}:{}: {weight}: {}", path.display(), problem.line, problem.reason)
}

/// `None`: the list has everything that is known of its customers.
fn beyond(beyond: &Beyond) -> Option<String> {
    let Beyond { numbers, usual, languages, notes, tags, blocks } = beyond;
    let counts = [
        (numbers, "numbers"),
        (usual, "usual persons"),
        (languages, "languages"),
        (notes, "notes"),
        (tags, "tags"),
        (blocks, "blocks"),
    ];
    let told: Vec<String> =
        counts.into_iter().filter(|(n, _)| **n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    Some(told.join(", ")).filter(|told| !told.is_empty())
}

fn summary(imported: &Imported) -> String {
    let Imported { added, updated, unchanged, left_out, warnings, beyond: _, stopped: _ } = imported;
    let warnings = if *warnings > 0 { format!("; {warnings} warnings") } else { String::new() };
    format!("{added} customers added, {updated} updated, {unchanged} as before, {left_out} rows left out{warnings}.")
}
