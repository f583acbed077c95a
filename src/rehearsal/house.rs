//! The private server of a rehearsal: on this machine only, on a store that is gone afterwards, with a
//! clock that the rehearsal moves.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::app::{App, Background, Setup, StartError};
use crate::clock::Clock;
use crate::config::settings::{self, Settings, StoreUrl};
use crate::config::watch::RotaFile;
use crate::domain::call::Call;
use crate::domain::caller::Customer;
use crate::domain::job::Outbound;
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::Reach;
use crate::provider::rehearsal::{Outbox, Rehearsal, fresh_secret};
use crate::store::customers::{self, Details};
use crate::store::{Store, StoreError, calls};

use super::RehearsalError;
use super::wire::PUBLIC_URL;

/// More than any rehearsal has.
const CALLS_MAX: u32 = 1_000;

pub struct House {
    pub(super) clock: Clock,
    pub(super) secret: String,
    settings: Settings,
    rota: Arc<RotaFile>,
    outbox: Outbox,
    /// For the stories that are told.
    names: HashMap<Phone, String>,
    folder: TempDir,
    app: Option<App>,
    lock: Option<Connection>,
}

impl House {
    /// A server with the limits of `settings` and nothing else of it, on the rota that is live, at the
    /// instant `at`. It knows these customers and their newest calls.
    pub async fn open(
        settings: &Settings,
        rota: Arc<RotaFile>,
        customers: &[Customer],
        at: Timestamp,
    ) -> Result<Self, RehearsalError> {
        if !settings.providers.rehearsal {
            return Err(RehearsalError::SwitchedOff);
        }
        let folder = TempDir::with_prefix("switchboard-rehearsal-")?;
        let url = format!("sqlite://{}", folder.path().join("rehearsal.db").display());
        let settings = private_settings(settings, &url)?;
        introduce(&mut Store::open_for_command(&url)?, customers)?;
        let mut house = Self {
            clock: Clock::manual(at),
            secret: fresh_secret()?,
            settings,
            rota,
            outbox: Outbox::default(),
            names: names(customers),
            folder,
            app: None,
            lock: None,
        };
        house.start().await?;
        Ok(house)
    }

    pub(super) fn rota(&self) -> Arc<Rota> {
        Arc::clone(&self.rota.live().rota)
    }

    /// `None` while it is stopped.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.app.as_ref().map(|app| app.address)
    }

    pub(super) async fn restart(&mut self) -> Result<(), RehearsalError> {
        self.stop().await;
        self.start().await
    }

    pub(super) fn lock_store(&mut self) -> Result<(), RehearsalError> {
        let locked = Connection::open(self.folder.path().join("rehearsal.db"))
            .and_then(|other| other.execute_batch("BEGIN EXCLUSIVE").map(|()| other));
        self.lock = Some(locked.map_err(StoreError::from)?);
        Ok(())
    }

    /// Does what calls left to do, unless the store is locked.
    pub(super) async fn run_jobs(&self) -> Result<(), RehearsalError> {
        if let (Some(app), None) = (&self.app, &self.lock) {
            app.run_jobs().await?;
        }
        Ok(())
    }

    /// Does what is due, unless the store is locked.
    pub(super) async fn sweep(&self) -> Result<(), RehearsalError> {
        if let (Some(app), None) = (&self.app, &self.lock) {
            app.sweep().await?;
            app.look_at_the_day().await?;
        }
        Ok(())
    }

    /// Whose phone it is.
    pub(super) fn name_of(&self, phone: Phone) -> String {
        let rota = self.rota();
        let staff = rota.staff.iter().find(|person| person.reach == Reach::Phone(phone));
        staff.map(|person| &person.name).or_else(|| self.names.get(&phone)).cloned().unwrap_or_else(|| phone.spaced())
    }

    /// Whatever was sent to the outside so far.
    pub(super) fn sent(&self) -> Vec<Outbound> {
        self.outbox.sent()
    }

    /// Releases a locked store; the server writes what happened without it.
    pub(super) async fn release_store(&mut self) -> Result<bool, RehearsalError> {
        let was_locked = self.lock.take().is_some();
        if let (Some(app), true) = (&self.app, was_locked) {
            app.comes_back().await?;
            app.run_jobs().await?;
        }
        Ok(was_locked)
    }

    /// Closes the house. What it has on record of its calls.
    pub(super) async fn close(mut self) -> Result<Vec<Call>, RehearsalError> {
        self.stop().await;
        self.records()
    }

    /// What the server has on record so far.
    pub(super) fn records(&self) -> Result<Vec<Call>, RehearsalError> {
        let mut store = Store::open_read_only(self.settings.store.reveal())?;
        let stored = store.read(|tx| calls::list(tx, Timestamp::UNIX_EPOCH, CALLS_MAX))?;
        Ok(stored.into_iter().map(|stored| stored.call).collect())
    }

    async fn start(&mut self) -> Result<(), RehearsalError> {
        let setup = Setup {
            settings: self.settings.clone(),
            rota: Arc::clone(&self.rota),
            clock: self.clock.clone(),
            listener: TcpListener::bind("127.0.0.1:0").await.map_err(StartError::from)?,
            providers: vec![Arc::new(Rehearsal::new(&self.secret, self.outbox.clone()))],
            secret: Some(self.secret.clone()),
            background: Background::OnDemand,
            console: None,
        };
        let app = App::start(setup)?;
        app.refresh_callers(self.settings.store.reveal()).await?;
        self.app = Some(app);
        Ok(())
    }

    async fn stop(&mut self) {
        if let Some(app) = self.app.take() {
            app.stop().await;
        }
    }
}

/// Nothing of what the real server is connected to: no provider, no secret, no address.
fn private_settings(real: &Settings, store: &str) -> Result<Settings, RehearsalError> {
    let text = format!("public_url = \"{PUBLIC_URL}\"\n");
    let read = settings::read("the rehearsal's settings", &text, []);
    let wrong = || RehearsalError::Io(std::io::Error::other("its own settings are wrong"));
    let defaults = read.map_err(|_| wrong())?.settings;
    let store = StoreUrl::parse(store).ok_or_else(wrong)?;
    Ok(Settings { store, limits: real.limits, ..defaults })
}

/// Ids are the new store's own.
fn introduce(store: &mut Store, customers: &[Customer]) -> Result<(), StoreError> {
    let details: Vec<Details> = customers.iter().map(details).collect();
    store.transaction(|tx| {
        customers::put(tx, &details)?;
        for customer in customers {
            let known = customers::by_phone(tx, &customer.numbers)?;
            let recent = known.values().map(|known| (known.id, customer.recent.clone())).collect::<Vec<_>>();
            customers::remember(tx, &recent)?;
        }
        Ok(())
    })
}

fn names(customers: &[Customer]) -> HashMap<Phone, String> {
    let named =
        |customer: &Customer| customer.numbers.iter().map(|phone| (*phone, customer.name.clone())).collect::<Vec<_>>();
    customers.iter().flat_map(named).collect()
}

fn details(customer: &Customer) -> Details {
    let Customer { name, numbers, usual, language, note, tags, blocked, .. } = customer.clone();
    Details {
        name,
        numbers,
        usual: Some(usual),
        language: Some(language),
        note: Some(note),
        tags: Some(tags),
        blocked: Some(Some(blocked)),
        replaces: true,
    }
}
