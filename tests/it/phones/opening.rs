//! Opens a shop: starts the real server, on a store of its own, with a stand-in for the provider's REST. The only
//! place of the network that knows the server from inside.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use switchboard::app::{App, Background, Setup};
use switchboard::clock::Clock;
use switchboard::config::diagnostic::{Style, render};
use switchboard::config::settings::{self, Settings};
use switchboard::config::watch::{Reloaded, RotaFile};
use switchboard::domain::call::Call;
use switchboard::domain::promise::Promise;
use switchboard::domain::rota::Rota;
use switchboard::domain::staff::{Accept, Reach};
use switchboard::store::customers::{self, Details};
use switchboard::store::promises::{self, Which};
use switchboard::store::{Store, calls};
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;

use super::network::{Network, Setup as Lines};
use super::person::Person;
use super::rest::Rest;
use super::shop::Shop;

/// The rota of a shop that needs no other.
pub(crate) const ROTA: &str = include_str!("rota.toml");

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const PUBLIC_URL: &str = "https://phone.example.com";
/// More calls and promises than any test makes.
const ALL: u32 = 100_000;

/// A shop that is about to open.
pub(crate) struct Opening {
    rota: String,
    /// The business's wall clock.
    at: DateTime,
    customers: Vec<Details>,
    store: Option<String>,
    instances: usize,
    seed: u64,
    connected: bool,
}

/// The server of a shop: one instance or several on one store.
pub(crate) struct Server {
    instances: Vec<Instance>,
    settings: Settings,
    file: Arc<RotaFile>,
    clock: Clock,
    /// Tells the network where to find the instances.
    addresses: watch::Sender<Vec<String>>,
    pub(crate) rest: Rest,
    folder: tempfile::TempDir,
}

/// One server, on threads of its own so that it can be killed.
struct Instance {
    runtime: Killable,
    app: App,
}

/// Dropped, all its work ends where it stands: connections break, answers are lost. What the store's thread is just
/// doing it may finish, as a database would that has got the last words of a killed process.
struct Killable(Option<Runtime>);

impl Drop for Killable {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Shop {
    /// A shop with this rota, at this time on its wall clock: `2026-06-10 10:00`.
    pub(crate) async fn open(rota: &str, at: &str) -> Self {
        Self::opening(rota, at).open().await
    }

    pub(crate) fn opening(rota: &str, at: &str) -> Opening {
        let at = at.parse().unwrap();
        Opening {
            rota: rota.to_owned(),
            at,
            customers: Vec::new(),
            store: None,
            instances: 1,
            seed: 1,
            connected: true,
        }
    }
}

impl Opening {
    pub(crate) fn customers(mut self, customers: impl IntoIterator<Item = Details>) -> Self {
        self.customers.extend(customers);
        self
    }

    /// On this store instead of a new SQLite file.
    pub(crate) fn store(mut self, url: &str) -> Self {
        self.store = Some(url.to_owned());
        self
    }

    /// So many servers on one store, asked in turn.
    pub(crate) fn instances(mut self, count: usize) -> Self {
        self.instances = count;
        self
    }

    /// Nobody real can be rung or texted.
    pub(crate) fn without_provider(mut self) -> Self {
        self.connected = false;
        self
    }

    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    pub(crate) async fn open(self) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rota.toml");
        std::fs::write(&path, &self.rota).unwrap();
        let (file, clock) = read_rota(&path, self.at);
        let now = clock.clone();
        let rest = Rest::open(ACCOUNT, TOKEN, Box::new(move || now.now())).await;
        let store =
            self.store.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("switchboard.db").display()));
        let api_url = rest.url().to_owned();
        let mut settings = settings(&path, &store, &api_url);
        if !self.connected {
            settings.providers.twilio = None;
        }
        tokio::task::spawn_blocking({
            let customers = self.customers;
            move || Store::open(&store).unwrap().transaction(|tx| customers::put(tx, &customers)).unwrap()
        })
        .await
        .unwrap();
        let (addresses, instances) = watch::channel(Vec::new());
        let rota = Arc::clone(&file.live().rota);
        let moved = clock.clone();
        let mut server = Server { instances: Vec::new(), settings, file, clock, addresses, rest, folder };
        server.start(self.instances).await;
        let network = Network::open(Lines {
            instances,
            public_url: PUBLIC_URL.to_owned(),
            account: ACCOUNT.to_owned(),
            api_url: api_url.clone(),
            token: TOKEN.to_owned(),
            lines: rota.lines.iter().map(|line| line.number.to_string()).collect(),
            people: people(&rota),
            zone: rota.zone.clone(),
            start: moved.now(),
            tick: Box::new(move |by| moved.advance(by)),
            seed: self.seed,
        });
        Shop::with_server(network, server)
    }
}

impl Server {
    /// Starts so many more instances.
    pub(crate) async fn start(&mut self, count: usize) {
        for _ in 0..count {
            let (settings, rota, clock) = (self.settings.clone(), Arc::clone(&self.file), self.clock.clone());
            let starting = async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let (providers, background) = (Vec::new(), Background::OnDemand);
                let (secret, console) = (None, Some(switchboard::rehearsal::pages()));
                App::start(Setup { settings, rota, clock, listener, providers, secret, background, console }).unwrap()
            };
            let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let app = runtime.spawn(starting).await.unwrap();
            self.instances.push(Instance { runtime: Killable(Some(runtime)), app });
        }
        self.tell_addresses();
    }

    /// Kills the oldest instance whatever it is doing, and starts another in its place.
    pub(crate) async fn crashes(&mut self) {
        drop(self.instances.remove(0));
        self.start(1).await;
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The server's clock is set forward; the network's is not.
    pub(crate) fn clock_jumps(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Everybody who is known gets into the memory of every instance.
    pub(crate) async fn refreshes_callers(&self) {
        for app in self.apps() {
            app.refresh_callers(self.store()).await.unwrap();
        }
    }

    /// An instance that has not noticed yet that the store is back, or that it was away.
    pub(crate) fn is_adrift(&self) -> bool {
        self.apps().any(|app| app.operator().desk().is_away() || app.operator().desk().adrift_calls() > 0)
    }

    pub(crate) fn rota(&self) -> Arc<Rota> {
        Arc::clone(&self.file.live().rota)
    }

    pub(crate) fn apps(&self) -> impl Iterator<Item = &App> {
        self.instances.iter().map(|instance| &instance.app)
    }

    /// Stops the oldest instance, and starts another in its place.
    pub(crate) async fn restart(&mut self) {
        let Instance { runtime, app } = self.instances.remove(0);
        app.stop().await;
        drop(runtime);
        self.start(1).await;
    }

    fn tell_addresses(&self) {
        self.addresses.send_replace(self.apps().map(|app| format!("http://{}", app.address)).collect());
    }

    /// Does what calls have left to do, and tells the texts that were taken: `+447700900201: Priya will ...`.
    pub(crate) async fn texts(&self) -> Vec<String> {
        for app in self.apps() {
            app.run_jobs().await.unwrap();
        }
        self.rest.texts()
    }

    /// The morning comes, and whatever it asks for is sent; tells the texts that were taken so far.
    pub(crate) async fn mornings(&self) -> Vec<String> {
        for app in self.apps() {
            app.look_at_the_day().await.unwrap();
        }
        self.texts().await
    }

    /// Closes calls whose last event never came. How many there were.
    pub(crate) async fn sweeps(&self) -> usize {
        let mut swept = 0;
        for app in self.apps() {
            swept += app.sweep().await.unwrap();
        }
        swept
    }

    /// The store is back, and what happened without it is written.
    pub(crate) async fn comes_back(&self) {
        for app in self.apps() {
            app.comes_back().await.unwrap();
        }
    }

    /// Saves the rota file, and lets the server look at it.
    pub(crate) fn save_rota(&self, text: &str) -> Reloaded {
        std::fs::write(self.folder.path().join("rota.toml"), text).unwrap();
        self.file.reload(self.clock.now(), None)
    }

    /// As it lies on the disk.
    pub(crate) fn rota_on_disk(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("rota.toml")).unwrap()
    }

    /// Saves the rota file, and nobody has looked at it yet.
    pub(crate) fn writes_rota(&self, text: &str) {
        std::fs::write(self.folder.path().join("rota.toml"), text).unwrap();
    }

    pub(crate) fn app(&self) -> &App {
        &self.instances[0].app
    }

    /// `sqlite://...`
    pub(crate) fn store(&self) -> &str {
        self.settings.store.reveal()
    }

    /// Every call on record, the newest first.
    pub(crate) async fn calls(&self) -> Vec<Call> {
        let long_ago = self.clock.now() - SignedDuration::from_hours(24 * 365);
        let stored = self.app().operator().errand(move |tx| calls::list(tx, long_ago, ALL)).await.unwrap();
        stored.into_iter().map(|stored| stored.call).collect()
    }

    pub(crate) async fn promises(&self) -> Vec<Promise> {
        self.app().operator().errand(|tx| promises::list(tx, Which::All, ALL)).await.unwrap()
    }
}

fn read_rota(path: &Path, at: DateTime) -> (Arc<RotaFile>, Clock) {
    // The zone stands in the file itself, so it is read twice.
    let first = RotaFile::open(path, Timestamp::UNIX_EPOCH, None)
        .unwrap_or_else(|problems| panic!("{}", render(&problems, Style::Plain)));
    let zone = first.live().rota.zone.clone();
    let now = at.to_zoned(zone).unwrap().timestamp();
    let file = RotaFile::open(path, now, None).unwrap();
    let live = file.live();
    let broken = live.broken.as_deref().unwrap_or_default();
    assert!(broken.is_empty(), "{}", render(broken, Style::Plain));
    (Arc::new(file), Clock::manual(now))
}

fn settings(rota: &Path, store: &str, rest: &str) -> Settings {
    let text = format!(
        "public_url = \"{PUBLIC_URL}\"\nrota = \"{}\"\nstore = {store:?}\n\
         secret = \"this secret of the tests is long enough\"\n\
         [providers.twilio]\naccount_sid = \"{ACCOUNT}\"\nauth_token = \"{TOKEN}\"\napi_url = {rest:?}\n",
        rota.display(),
    );
    let read = settings::read("switchboard.toml", &text, Vec::new());
    read.unwrap_or_else(|problems| panic!("{}", render(&problems, Style::Plain))).settings
}

fn people(rota: &Rota) -> Vec<Person> {
    rota.staff
        .iter()
        .map(|staff| {
            let phone = match &staff.reach {
                Reach::Phone(phone) => phone.to_string(),
                Reach::Sip(address) => address.clone(),
            };
            let person = Person::new(staff.id.as_str(), &staff.name, &phone).says(staff.spoken());
            if staff.accept == Accept::Answer { person.trusted() } else { person }
        })
        .collect()
}
