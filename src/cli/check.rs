//! `switchboard check`: what is wrong with the two files people edit, and what the rota means.

use std::path::Path;

use jiff::Timestamp;

use super::book::with_customers;
use super::business::{look, with_live_changes};
use super::{Failure, answer, load_settings, note, style};
use crate::clock::Clock;
use crate::config::diagnostic::{self, Diagnostic};
use crate::config::readback::read_back;
use crate::config::rota::Customers;
use crate::config::settings::Settings;
use crate::config::watch::{LiveRota, RotaFile};
use crate::domain::job::{Job, Outbound};
use crate::domain::rota::Rota;
use crate::domain::staff::Reach;
use crate::domain::words::advice::voicemail_advice;
use crate::domain::words::letter::left_customers;
use crate::domain::words::{Language, preview};
use crate::operator::past;
use crate::store::Store;
use crate::store::jobs::{self, JobState};

/// So many failed jobs are shown at most.
const NOT_DONE: u32 = 20;

/// How far ahead the rota is told.
const WEEKS: i64 = 4;

pub(super) fn run(config: &Path) -> Result<(), Failure> {
    let now = Clock::System.now();
    let settings = match load_settings(config) {
        Ok(settings) => settings,
        Err(Failure::Problems(mut problems)) => {
            problems.extend(problems_beside(config));
            return Err(Failure::Problems(problems));
        }
        Err(failure) => return Err(failure),
    };
    let open =
        |customers: Option<Customers<'_>>| RotaFile::open(&settings.rota, now, customers).map(|file| file.live());
    let live = open(None).map_err(Failure::Problems)?;
    let live = with_customers(&settings, &live.rota, open).map_err(Failure::Problems)?;
    let LiveRota { rota, warnings, broken, .. } = &*live;
    if let Some(problems) = broken {
        return Err(Failure::Problems(problems.clone()));
    }
    if !warnings.is_empty() {
        note(&format!("{}\n", diagnostic::render(warnings, style())));
    }
    let rota = with_live_changes(&settings, rota, now);
    let mut told = read_back(&rota, now, WEEKS, Language::English);
    told.push(String::new());
    told.extend(preview(&rota, &now.to_zoned(rota.zone.clone())));
    told.extend(from_the_past(&settings, &rota, now));
    let (config, rota_file) = (config.display(), settings.rota.display());
    answer(&format!("{config} and {rota_file} are right.\n\n{}", told.join("\n")))
}

/// What the past says ought to be set right. A store that cannot be read says nothing: the files are right all
/// the same.
fn from_the_past(settings: &Settings, rota: &Rota, now: Timestamp) -> Vec<String> {
    let read = |mut store: Store| {
        let voicemails = past::state(&mut store, now, now, |_, _| {})?.voicemails;
        let failed = store.read(|tx| jobs::list(tx, JobState::Failed, NOT_DONE))?;
        Ok((voicemails, past::left(&mut store, rota, now)?, failed))
    };
    let read = look(settings).and_then(|store| store.map(read).transpose());
    let (voicemails, left, failed) = match read {
        Ok(read) => read.unwrap_or_default(),
        Err(error) => {
            note(&format!("warning: {error}. Past calls are left out."));
            return Vec::new();
        }
    };
    let advice = |voicemail| voicemail_advice(voicemail, rota, Language::English);
    let voicemails: Vec<String> = voicemails.iter().map(advice).collect();
    let left = left.iter().map(|left| {
        format!("{}, no longer on the staff, has {}", left.name, left_customers(&left.customers, left.count))
    });
    let mut told = Vec::new();
    for (title, entries) in [
        ("Machines that take calls:", voicemails),
        ("Customers without a usual person:", left.collect()),
        (
            "Could not be sent, and will not be tried again; see to them yourself:",
            failed.iter().map(not_done).collect(),
        ),
    ] {
        if !entries.is_empty() {
            told.extend([String::new(), title.to_owned()]);
            told.extend(entries.into_iter().map(|entry| format!("  {entry}")));
        }
    }
    told
}

/// A text or a call that the provider would not take.
fn not_done(job: &jobs::Job) -> String {
    let what = match serde_json::from_str::<Job>(&job.doc).map(|job| job.outbound) {
        Ok(Outbound::Text { to, body, .. }) => format!("a text to {}, \"{body}\"", to.spaced()),
        Ok(Outbound::Call { to: Reach::Phone(to), .. }) => format!("a call to {}", to.spaced()),
        Ok(Outbound::Call { to: Reach::Sip(to), .. }) => format!("a call to {to}"),
        Err(_) => job.key.clone(),
    };
    format!("{what}: {}", job.last_error.as_deref().unwrap_or("no reason is known"))
}

/// With settings that cannot be read the rota's place is not known; it usually lies beside them.
fn problems_beside(config: &Path) -> Vec<Diagnostic> {
    let rota = config.with_file_name("rota.toml");
    if !rota.is_file() {
        return Vec::new();
    }
    match RotaFile::open(&rota, Clock::System.now(), None).map(|file| file.live()) {
        Ok(live) => live.broken.clone().unwrap_or_else(|| live.warnings.clone()),
        Err(problems) => problems,
    }
}
