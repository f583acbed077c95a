//! `switchboard promises`: who has promised to ring whom, and by when.

use std::path::Path;

use super::business::Business;
use super::table::{Side, table};
use super::{Failure, answer, answer_json, moment};
use crate::domain::fields::PromiseFields;
use crate::domain::phone::Phone;
use crate::domain::promise::{Promise, PromiseState};
use crate::store::promises::{self, Which};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Also those that are kept or let go
    #[arg(long)]
    all: bool,
    /// For programs
    #[arg(long)]
    json: bool,
}

/// More than anybody reads.
const PROMISES_MAX: u32 = 100_000;

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open(config)?;
    let which = if args.all { Which::All } else { Which::Unsettled };
    let promises = match business.store()? {
        Some(mut store) => store.read(|tx| promises::list(tx, which, PROMISES_MAX))?,
        None => Vec::new(),
    };
    if args.json {
        return answer_json(
            &promises.iter().map(|promise| PromiseFields::of(promise, &business.rota.zone)).collect::<Vec<_>>(),
        );
    }
    if promises.is_empty() {
        return answer(if args.all {
            "There are no promises."
        } else {
            "No promise is open: nobody waits for a call."
        });
    }
    answer(&text(&business, &promises))
}

fn text(business: &Business, promises: &[Promise]) -> String {
    let now = business.local(business.now);
    let row = |promise: &Promise| {
        [
            promise.id.0.to_string(),
            moment::short(promise.due, &now),
            business.rota.name(&promise.owner).to_owned(),
            promise.name.clone().unwrap_or_else(|| "a new caller".to_owned()),
            promise.number.map_or_else(|| "withheld".to_owned(), Phone::spaced),
            if promise.message.is_some() { "yes" } else { "" }.to_owned(),
            state(promise, business),
        ]
    };
    let titles = [
        ("", Side::Right),
        ("DUE", Side::Left),
        ("WHO RINGS", Side::Left),
        ("WHOM", Side::Left),
        ("NUMBER", Side::Left),
        ("MESSAGE", Side::Left),
        ("STATE", Side::Left),
    ];
    table(titles, &promises.iter().map(row).collect::<Vec<_>>(), 0)
}

fn state(promise: &Promise, business: &Business) -> String {
    let overdue = promise.due < business.now;
    match &promise.state {
        PromiseState::Open | PromiseState::Claimed { .. } if overdue => format!("{}, overdue", promise.state.word()),
        PromiseState::Kept { .. } if promise.broken.is_some() => "kept, late".to_owned(),
        PromiseState::LetGo { .. } => "let go".to_owned(),
        PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Kept { .. } | PromiseState::Broken => {
            promise.state.word().to_owned()
        }
    }
}
