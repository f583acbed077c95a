//! `switchboard rehearse`: a whole call against make-believe phones, as a timeline.

mod script;

use std::path::Path;
use std::sync::Arc;

use super::book::Book;
use super::business::Business;
use super::who::{self, Rings};
use super::{Failure, answer, answer_json, moment};
use crate::config::watch::RotaFile;
use crate::domain::caller::{Caller, Customer};
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::rehearsal::{self, Behaviour, House, Mishaps, Network, Patience, RehearsalError, Story};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Who rings: a number in any spelling, `anonymous`, or a customer's name
    #[arg(required_unless_present = "script")]
    number: Option<String>,
    /// A day's story instead: a file with a line for each thing that somebody does
    #[arg(long, value_name = "FILE", conflicts_with_all = ["number", "line", "at", "phones", "caller"])]
    script: Option<std::path::PathBuf>,
    /// The line that is rung; without it the first of the rota
    #[arg(long, value_name = "LINE")]
    line: Option<String>,
    /// When, on the business's wall clock: "2026-07-15 10:02"; without it now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// What a phone does: tom=voicemail, all=silent. Also answers=9 (seconds; what everybody does without a word),
    /// busy, declines, badnumber, hangs-up, voicemail=20, presses=2, keys=7,7,1
    #[arg(long = "phone", value_name = "WHO=WHAT", value_parser = phone)]
    phones: Vec<(String, Behaviour)>,
    /// What the caller does: waits, gives-up=12, leaves-message=9 (seconds)
    #[arg(long, default_value = "waits", value_name = "WHAT")]
    caller: Patience,
    #[command(flatten)]
    goes_wrong: GoesWrong,
    /// For programs
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, clap::Args)]
struct GoesWrong {
    /// Send every webhook twice; the answers must be the same to the byte
    #[arg(long)]
    repeat: bool,
    /// Stop the server in the middle of the first ring and start it again
    #[arg(long)]
    restart: bool,
    /// Lock the store from the first ring to the end
    #[arg(long)]
    store_locked: bool,
}

pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open(config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(file) = &args.script {
        let day = runtime.block_on(script::play(&business, file, args.goes_wrong.mishaps()))?;
        answer(&if args.json { day.to_json().to_string() } else { day.to_string() })?;
        return went_well(business, day.faults());
    }
    let story = runtime.block_on(play(&business, args))?;
    if args.json {
        answer_json(&story.to_json())?;
    } else {
        answer(&story.to_string())?;
    }
    went_well(business, story.faults().count())
}

fn went_well(business: Business, faults: usize) -> Result<(), Failure> {
    match faults {
        0 => business.rota_is_right(),
        _ => Err(Failure::Given("Something went wrong that must not: see above.".to_owned())),
    }
}

impl GoesWrong {
    fn mishaps(self) -> Mishaps {
        Mishaps { repeat: self.repeat, restart: self.restart, lock_store: self.store_locked }
    }
}

async fn play(business: &Business, args: &Args) -> Result<Story, Failure> {
    let rota = &business.rota;
    let line = who::line(rota, args.line.as_deref())?;
    let at = args.at.as_deref().map(|text| moment::parse(text, business)).transpose()?.unwrap_or(business.now);
    let rings = Rings::read(
        args.number.as_deref().unwrap_or_default(),
        rota,
        &mut Book::open_and_tell(&business.settings, rota),
    )?;
    let from = rings.from.map_or_else(|| "anonymous".to_owned(), |phone| phone.to_string());
    let known: &[Customer] = match &rings.caller {
        Caller::Customer(customer) => std::slice::from_ref(customer),
        Caller::Stranger(_) | Caller::Unknown => &[],
    };
    let file = RotaFile::open(&business.settings.rota, business.now, None).map_err(Failure::Problems)?;
    let house = House::open(&business.settings, Arc::new(file), known, at).await?;
    let mut network = Network::new(house, args.goes_wrong.mishaps())?;
    for (who, behaviour) in &args.phones {
        for who in people(who, rota)? {
            network.always(&who, behaviour.clone());
        }
    }
    network.caller(0, rehearsal::Caller { patience: args.caller, ..rehearsal::Caller::new(&from, line.number) });
    let story = network.run().await?.pop();
    story.ok_or_else(|| Failure::Given("the rehearsal has no story".to_owned()))
}

/// `tom=voicemail=20`
fn phone(text: &str) -> Result<(String, Behaviour), String> {
    let (who, what) = text.split_once('=').ok_or("write who does what: tom=voicemail, or all=silent")?;
    Ok((who.trim().to_owned(), what.parse()?))
}

fn people(who: &str, rota: &Rota) -> Result<Vec<StaffId>, Failure> {
    if who == "all" {
        return Ok(rota.staff.iter().map(|person| person.id.clone()).collect());
    }
    let person = rota.staff.get(who).map(|person| vec![person.id.clone()]);
    person.ok_or_else(|| {
        let known: Vec<&str> = rota.staff.iter().map(|person| person.id.as_str()).collect();
        Failure::Given(format!("nobody of the staff is called `{who}`: write all, or one of {}", known.join(", ")))
    })
}

impl From<RehearsalError> for Failure {
    fn from(error: RehearsalError) -> Self {
        Self::Given(error.to_string())
    }
}
