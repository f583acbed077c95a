//! `switchboard rehearse --script FILE`: a day's story.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::Failure;
use super::super::book::Book;
use super::super::business::Business;
use super::super::moment;
use super::super::who::{self, Rings};
use super::people;
use crate::config::watch::RotaFile;
use crate::domain::caller::{Caller, Customer};
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;
use crate::rehearsal::{self, Day, Deed, House, Mishaps, Network, Phones, Script};

/// How long after the last line it goes on, in seconds: a call comes to its end.
const AFTERWARDS: u32 = 600;

pub(super) async fn play(business: &Business, file: &Path, mishaps: Mishaps) -> Result<Day, Failure> {
    let wrong = |why: &dyn std::fmt::Display| Failure::Given(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(&error))?;
    let script: Script = text.parse().map_err(|why: String| wrong(&why))?;
    let mut cast = Cast { business, customers: Vec::new() };
    let mut deeds = Vec::with_capacity(script.deeds.len());
    for (at, deed) in &script.deeds {
        deeds.push((moment::parse(&at.strftime("%Y-%m-%d %H:%M").to_string(), business)?, cast.enact(deed)?));
    }
    let Some(&(begin, _)) = deeds.first() else { return Err(wrong(&"there is nothing in it")) };
    let rota = RotaFile::open(&business.settings.rota, business.now, None).map_err(Failure::Problems)?;
    let house = House::open(&business.settings, Arc::new(rota), &cast.customers, begin).await?;
    let mut network = Network::new(house, mishaps)?;
    let mut end = 0;
    for (at, acts) in deeds {
        let after = seconds_between(begin, at);
        end = after;
        for act in acts {
            match act {
                Act::Rings(caller) => network.caller(after, caller),
                Act::Texts { from, to, words } => network.text(after, from, to, words),
                Act::Does { who, behaviour } => network.does(after, who, behaviour),
            }
        }
    }
    Ok(network.day(end.saturating_add(AFTERWARDS)).await?)
}

fn seconds_between(begin: Timestamp, at: Timestamp) -> u32 {
    u32::try_from(at.duration_since(begin).as_secs()).unwrap_or(0)
}

enum Act {
    Rings(rehearsal::Caller),
    Texts { from: Phone, to: Phone, words: String },
    Does { who: Phones, behaviour: rehearsal::Behaviour },
}

/// Who takes part.
struct Cast<'a> {
    business: &'a Business,
    customers: Vec<Customer>,
}

impl Cast<'_> {
    fn enact(&mut self, deed: &Deed) -> Result<Vec<Act>, Failure> {
        let rota = &self.business.rota;
        Ok(match deed {
            Deed::Rings { who, line, patience } => {
                let line = who::line(rota, line.as_deref())?;
                let from = self.customer(who)?.map_or_else(|| "anonymous".to_owned(), |phone| phone.to_string());
                let caller = rehearsal::Caller::new(&from, line.number);
                vec![Act::Rings(rehearsal::Caller { patience: *patience, ..caller })]
            }
            Deed::Texts { who, words } => {
                let from = match rota.staff.get(who).map(|person| &person.reach) {
                    Some(Reach::Phone(phone)) => Some(*phone),
                    Some(Reach::Sip(_)) => None,
                    None => self.customer(who)?,
                };
                let from = from.ok_or_else(|| Failure::Given(format!("`{who}` has no phone that can send a text")))?;
                vec![Act::Texts { from, to: who::line(rota, None)?.number, words: words.clone() }]
            }
            Deed::Phones(phones) => {
                let mut acts = Vec::new();
                for (who, behaviour) in phones {
                    let is_number = who.starts_with(['0', '+']);
                    let phones = match self.customer(who).ok().flatten().filter(|_| is_number) {
                        Some(number) => vec![Phones::Number(number)],
                        None => people(who, rota)?.into_iter().map(Phones::Of).collect(),
                    };
                    acts.extend(phones.into_iter().map(|who| Act::Does { who, behaviour: behaviour.clone() }));
                }
                acts
            }
            Deed::Ends => Vec::new(),
        })
    }

    /// Somebody who is not on the staff, as the store knows them.
    fn customer(&mut self, who: &str) -> Result<Option<Phone>, Failure> {
        let mut book = Book::open_and_tell(&self.business.settings, &self.business.rota);
        let rings = Rings::read(who, &self.business.rota, &mut book)?;
        if let Caller::Customer(customer) = rings.caller
            && !self.customers.iter().any(|known| known.id == customer.id)
        {
            self.customers.push(*customer);
        }
        Ok(rings.from)
    }
}
