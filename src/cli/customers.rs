//! `switchboard customers`: takes a list in, writes it out, shows a customer or erases one.

mod import;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::book::Book;
use super::business::Business;
use super::{Failure, answer, note};
use crate::customer_list::{ExportError, Imported, export};
use crate::domain::access::{Deed, Via, Who};
use crate::domain::caller::Customer;
use crate::domain::phone::Phone;
use crate::domain::plan::{Reason, learned, usual_person};
use crate::domain::rota::Rota;
use crate::store::audit::{self, Entry};
use crate::store::customers::{self, Erased};
use crate::store::{Store, StoreError};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Take a list in: CSV whose first line names the columns name, phone, usual, language, note, tags, blocked
    Import {
        file: PathBuf,
        /// Take away what customers of the list have and the list does not: numbers, and whatever has an empty cell
        #[arg(long)]
        replace: bool,
    },
    /// Write all customers out as CSV, to a file or to standard output
    Export { file: Option<PathBuf> },
    /// What is known of a customer
    Show {
        /// One of their numbers in any spelling, or their name
        #[arg(value_name = "NUMBER_OR_NAME")]
        whom: String,
    },
    /// Leave no trace of a customer: neither here nor in calls, promises and texts
    Erase {
        /// One of their numbers in any spelling
        number: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

pub(super) fn run(config: &Path, command: &Command) -> Result<(), Failure> {
    let business = Business::open(config)?;
    match command {
        Command::Import { file, replace } => import::run(&business, file, *replace),
        Command::Export { file } => write_out(&business, file.as_deref()),
        Command::Show { whom } => show(&business, whom),
        Command::Erase { number, yes } => erase(&business, number, *yes),
    }
}

fn write_out(business: &Business, file: Option<&Path>) -> Result<(), Failure> {
    let Some(mut store) = business.store()? else {
        return Err(Failure::Given("there are no customers to write out".to_owned()));
    };
    let Some(path) = file else {
        export(&mut store, BufWriter::new(std::io::stdout().lock()))?;
        return Ok(());
    };
    let named = |error: std::io::Error| Failure::Given(format!("{}: {error}", path.display()));
    let count = export(&mut store, BufWriter::new(File::create(path).map_err(named)?))?;
    answer(&format!("{count} customers are in {}.", path.display()))
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Unwritable(error) => error.into(),
            ExportError::Store(error) => Self::Store(error),
        }
    }
}

fn show(business: &Business, whom: &str) -> Result<(), Failure> {
    let mut book = Book::open_and_tell(&business.settings, &business.rota)?;
    let found = match Phone::parse(whom, business.rota.country) {
        Ok(written) => book.by_phone(written.phone)?.into_iter().collect(),
        Err(_) => book.by_name(whom)?,
    };
    if found.is_empty() {
        return Err(Failure::Given(format!("no customer has the name or number `{whom}`")));
    }
    let shown: Vec<String> = found.iter().map(|customer| in_words(business, customer)).collect();
    answer(&shown.join("\n"))
}

fn in_words(business: &Business, customer: &Customer) -> String {
    let rota = &*business.rota;
    let numbers: Vec<String> = customer.numbers.iter().map(|phone| phone.spaced()).collect();
    let now = business.local(business.now);
    let time = |at| super::moment::short(at, &now);
    let recent: Vec<String> = (customer.recent.iter())
        .map(|call| {
            let taken = call.reached.as_ref().map_or("nobody took it".to_owned(), |who| rota.name(who).to_owned());
            let settled = if call.settled { ", settled" } else { "" };
            format!("{}: {taken}{settled}", time(call.at))
        })
        .collect();
    let mut text = format!("{}\n", customer.name);
    let blocked = if customer.blocked { "yes: calls are refused" } else { "" };
    let facts = [
        ("Numbers", numbers.join(", ")),
        ("Usual person", usual_in_words(rota, customer, business.now, time)),
        ("Asked", asked_in_words(rota, customer, time)),
        ("Language", customer.language.clone().unwrap_or_default()),
        ("Note", customer.note.clone().unwrap_or_default()),
        ("Tags", customer.tags.join(", ")),
        ("Blocked", blocked.to_owned()),
        ("Last calls", recent.join("; ")),
    ];
    for (what, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {:<14}{value}", format!("{what}:"));
    }
    text
}

/// A learned one with the calls that say so.
fn usual_in_words(rota: &Rota, customer: &Customer, now: Timestamp, time: impl Fn(Timestamp) -> String) -> String {
    let Some(usual) = usual_person(customer, now) else { return "nobody".to_owned() };
    let name = rota.name(usual.who);
    let gone = if rota.staff.get(usual.who.as_str()).is_none() { ", no longer on the staff" } else { "" };
    match learned(&customer.recent, now) {
        Some(learned) if usual.reason != Reason::UsualPerson => {
            let calls: Vec<String> = learned.took.into_iter().map(time).collect();
            format!("{name}{gone} ({}: {})", usual.reason, calls.join(", "))
        }
        Some(_) | None => format!("{name}{gone}"),
    }
}

fn asked_in_words(rota: &Rota, customer: &Customer, time: impl Fn(Timestamp) -> String) -> String {
    let asked = customer.asked.iter().map(|asked| {
        let calls: Vec<String> = asked.took.iter().copied().map(&time).collect();
        let because = format!("had taken {} of {} calls: {}", asked.took.len(), asked.of, calls.join(", "));
        let said = match asked.said {
            Some(said) if said.yes => format!("said yes on {}", time(said.at)),
            Some(said) => format!("said no on {}", time(said.at)),
            None => "has not answered".to_owned(),
        };
        format!("{} on {} ({because}), {said}", rota.name(&asked.who), time(asked.at))
    });
    asked.collect::<Vec<_>>().join("; ")
}

fn erase(business: &Business, number: &str, yes: bool) -> Result<(), Failure> {
    let phone =
        Phone::parse(number, business.rota.country).map_err(|why| Failure::Given(format!("`{number}`: {why}")))?.phone;
    let nobody = || Failure::Given(format!("no customer has the number {}", phone.spaced()));
    let mut looking = business.store()?.ok_or_else(nobody)?;
    let customer = looking.read(|tx| customers::by_phone(tx, &[phone]))?.remove(&phone).ok_or_else(nobody)?;
    drop(looking);
    if !yes && !confirmed(business, &customer)? {
        return Err(Failure::Given("Nothing was erased.".to_owned()));
    }
    let mut store = Store::open_for_command(business.settings.store.reveal())?;
    match customers::erase(&mut store, customer.id)? {
        Some(erased) => {
            let subject = format!("customer {}", erased.customer.id.0);
            note_in_log(&mut store, business.now, Deed::CustomerErased, subject, None)?;
            answer(&erased_in_words(&erased))
        }
        None => Err(nobody()),
    }
}

fn confirmed(business: &Business, customer: &Customer) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        note("There is nobody here to ask: say --yes to erase without being asked.");
        return Ok(false);
    }
    let mut err = std::io::stderr().lock();
    write!(
        err,
        "{}\nErase all of this for good, in calls, promises and texts too? [y/N] ",
        in_words(business, customer)
    )?;
    err.flush()?;
    let mut said = String::new();
    std::io::stdin().read_line(&mut said)?;
    Ok(matches!(said.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn erased_in_words(erased: &Erased) -> String {
    let mut text = format!(
        "{} is erased: {} calls, {} promises and {} texts no longer name them.",
        erased.customer.name, erased.calls, erased.promises, erased.jobs
    );
    if erased.live_calls > 0 {
        text.push_str("\nA call of theirs is going on: erase them again when it is over.");
    }
    text
}

fn note_import(store: &mut Store, at: Timestamp, done: &Imported) -> Result<(), StoreError> {
    let after = json!({
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "left_out": done.left_out,
    });
    note_in_log(store, at, Deed::CustomersImported, "customers".to_owned(), Some(after))
}

/// As done by whoever sits at the command line, as the machine calls them.
fn note_in_log(
    store: &mut Store,
    at: Timestamp,
    what: Deed,
    subject: String,
    after: Option<Value>,
) -> Result<(), StoreError> {
    let who = Who { account: None, name: std::env::var("USER").unwrap_or_default(), via: Via::Command };
    let entry = Entry { who, at, what, subject, before: None, after };
    store.transaction(|tx| audit::note(tx, &entry))
}

/// The store to write to, made if it is not there yet.
fn store_for_writing(business: &Business) -> Result<Store, StoreError> {
    Store::open_for_command(business.settings.store.reveal())
}
