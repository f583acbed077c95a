//! `switchboard who`: who would ring, how long and why; who would not, and why not.

use std::path::Path;

use super::book::Book;
use super::business::Business;
use super::{Failure, answer, answer_json, moment, note};
use crate::domain::caller::Caller;
use crate::domain::line::Line;
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::would_ring::{Present, Typed, WouldRing};
use crate::operator::present;
use crate::store::StoreError;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The caller: a number in any spelling, `anonymous`, or a customer's name
    number: String,
    /// The line that is rung; without it the first of the rota
    #[arg(long, value_name = "LINE")]
    line: Option<String>,
    /// When, on the business's wall clock: "2026-07-15 10:02"; without it now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open_live(config)?;
    let rota = &business.rota;
    let line = line(rota, args.line.as_deref())?;
    let at = args.at.as_deref().map(|text| moment::parse(text, &business)).transpose()?;
    let mut book = Book::open_and_tell(&business.settings, rota);
    let Rings { caller, from } = Rings::read(&args.number, rota, &mut book)?;
    let mut asked = WouldRing::ask(rota, line, at.unwrap_or(business.now), caller, from);
    if at.is_none() {
        let present = read_present(&asked, &mut book);
        asked = asked.at_present(&present);
    }
    if args.json {
        answer_json(&asked.fields())?;
    } else {
        answer(&asked.text())?;
    }
    business.rota_is_right()
}

pub(super) fn line<'a>(rota: &'a Rota, id: Option<&str>) -> Result<&'a Line, Failure> {
    let known = || rota.lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>().join(", ");
    let line = match id {
        Some(id) => rota.lines.iter().find(|line| line.id.as_str() == id),
        None => rota.lines.first(),
    };
    line.ok_or_else(|| Failure::Given(format!("unknown line `{}`: the rota has {}", id.unwrap_or_default(), known())))
}

/// Whoever is asked about.
pub(super) struct Rings {
    pub(super) caller: Caller,
    pub(super) from: Option<Phone>,
}

impl Rings {
    pub(super) fn read(text: &str, rota: &Rota, book: &mut Result<Book<'_>, StoreError>) -> Result<Self, Failure> {
        match Typed::read(text, rota.country) {
            Ok(Typed::Withheld) => Ok(Self { caller: Caller::Unknown, from: None }),
            Ok(Typed::Number(phone)) => Ok(Self::by_number(phone, book)),
            Ok(Typed::Name(name)) => Self::by_name(name, book),
            Err(why) => Err(Failure::Given(format!("`{}`: {why}", text.trim()))),
        }
    }

    /// With the store away the caller is a stranger, as a call would take it that we know nothing about.
    fn by_number(phone: Phone, book: &mut Result<Book<'_>, StoreError>) -> Self {
        let customer = match book {
            Ok(open) => open.by_phone(phone),
            Err(error) => Err(error.clone()),
        };
        let customer = customer.unwrap_or_else(|error| {
            note(&format!(
                "warning: {error}. What follows takes the caller for a stranger and everybody's phone for free."
            ));
            None
        });
        let caller = customer.map_or(Caller::Stranger(phone), |customer| Caller::Customer(Box::new(customer)));
        Self { caller, from: Some(phone) }
    }

    fn by_name(name: &str, book: &mut Result<Book<'_>, StoreError>) -> Result<Self, Failure> {
        let mut found = match book {
            Ok(open) => open.by_name(name)?,
            Err(error) => return Err(Failure::Store(error.clone())),
        };
        match (found.pop(), found.is_empty()) {
            (Some(customer), true) => {
                let from = customer.numbers.first().copied();
                Ok(Self { caller: Caller::Customer(Box::new(customer)), from })
            }
            (Some(_), false) => {
                Err(Failure::Given(format!("several customers are called `{name}`: give one of their numbers")))
            }
            (None, _) => Err(Failure::Given(format!("`{name}` is neither a phone number nor a customer's name"))),
        }
    }
}

/// Without the store nobody is known to be on the phone, and nobody to wait for a call.
fn read_present(asked: &WouldRing, book: &mut Result<Book<'_>, StoreError>) -> Present {
    let Some(store) = book.as_mut().ok().and_then(Book::store) else { return Present::default() };
    store.read(|tx| present(tx, asked)).unwrap_or_else(|error| {
        note(&format!("warning: {error}. What follows takes everybody's phone for free."));
        Present::default()
    })
}
