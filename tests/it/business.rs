//! A whole business: the real server on a real store, rung by simulated phones, with time in the test's hand.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use switchboard::app::{App, Background, Setup};
use switchboard::clock::Clock;
use switchboard::config::settings;
use switchboard::config::watch::RotaFile;
use switchboard::domain::call::Call;
use switchboard::domain::promise::Promise;
use switchboard::domain::staff::Reach;
use switchboard::store::{Store, calls, promises};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::phones::network::{Network, Setup as NetworkSetup};
use crate::phones::person::Person;
use crate::phones::rest::Rest;
use crate::phones::shop::Shop;
use crate::store_fixture::{TestStore, sqlite, stores};

pub(crate) const PUBLIC: &str = "https://phone.example.com";
pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "12345";
pub(crate) const LINE: &str = "+442079460000";

/// Three people and one line; Priya has the phone, Tom is behind her, Sam owns the business.
pub(crate) const ROTA: &str = r#"
business = "Hartley Heating"
timezone = "Europe/London"
country  = "GB"
owner    = "sam"

[staff]
sam   = { name = "Sam Hartley", phone = "+447700900101" }
priya = { name = "Priya Nair",  phone = "+447700900102" }
tom   = { name = "Tom Ellis",   phone = "+447700900103" }
ana   = { name = "Ana Costa",   phone = "+447700900104" }
desk  = { name = "Front desk",  phone = "sip:desk@pbx.example.com", accept = "answer" }

[hours]
Mon-Fri = ["08:30-12:30", "13:15-17:30"]
Sat     = "09:00-13:00"
Sun     = "closed"

[rota]
rotate  = "fixed"
order   = ["priya", "tom"]
backups = 1

[lines.main]
number = "+442079460000"
"#;

/// A Wednesday in the middle of the morning.
pub(crate) const OPEN: &str = "2026-06-10T10:00:00[Europe/London]";

pub(crate) struct Business {
    pub(crate) shop: Shop,
    pub(crate) rest: Rest,
    pub(crate) clock: Clock,
    pub(crate) store: TestStore,
    pub(crate) instances: Vec<App>,
    listening: watch::Sender<Vec<String>>,
    rota: Arc<RotaFile>,
    folder: tempfile::TempDir,
}

impl Business {
    /// One instance on SQLite.
    pub(crate) async fn open(rota: &str, at: &str) -> Self {
        Self::open_on(sqlite(), 1, rota, at).await
    }

    /// The same business on every store that is there, for what must hold on each.
    pub(crate) async fn on_every_store(instances: usize, rota: &str, at: &str) -> Vec<Self> {
        let mut all = Vec::new();
        for store in stores() {
            // Two processes on one SQLite file are two writers who wait for each other; that works too.
            all.push(Self::open_on(store, instances, rota, at).await);
        }
        all
    }

    pub(crate) async fn open_on(store: TestStore, instances: usize, rota: &str, at: &str) -> Self {
        let start: Timestamp = at.parse::<jiff::Zoned>().unwrap().timestamp();
        let clock = Clock::manual(start);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rota.toml");
        std::fs::write(&path, rota).unwrap();
        let rota = Arc::new(RotaFile::open(&path, start, None).unwrap_or_else(|problems| {
            panic!(
                "{}",
                switchboard::config::diagnostic::render(&problems, switchboard::config::diagnostic::Style::Plain)
            )
        }));
        let told = clock.clone();
        let rest = Rest::open(ACCOUNT, TOKEN, Box::new(move || told.now())).await;
        let (listening, instances_now) = watch::channel(Vec::new());
        let live = Arc::clone(&rota.live().rota);
        let ticking = clock.clone();
        let shop = Shop::on(Network::open(NetworkSetup {
            instances: instances_now,
            public_url: PUBLIC.to_owned(),
            account: ACCOUNT.to_owned(),
            token: TOKEN.to_owned(),
            lines: live.lines.iter().map(|line| line.number.to_string()).collect(),
            people: live.staff.iter().map(person).collect(),
            zone: live.zone.clone(),
            start,
            tick: Box::new(move |by| ticking.advance(by)),
            seed: 7,
        }));
        let mut business = Self { shop, rest, clock, store, instances: Vec::new(), listening, rota, folder };
        for _ in 0..instances {
            business.starts_an_instance().await;
        }
        business
    }

    pub(crate) async fn starts_an_instance(&mut self) {
        let text = format!(
            "public_url = \"{PUBLIC}\"\nstore = \"{}\"\nrota = \"{}\"\n\
             [providers.twilio]\naccount_sid = \"{ACCOUNT}\"\nauth_token = \"{TOKEN}\"\napi_url = \"{}\"\n",
            self.store.url,
            self.rota_path().display(),
            self.rest.url(),
        );
        let settings = settings::read("switchboard.toml", &text, []).unwrap().settings;
        let setup = Setup {
            settings,
            rota: Arc::clone(&self.rota),
            clock: self.clock.clone(),
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            providers: Vec::new(),
            secret: None,
            background: Background::OnDemand,
        };
        self.instances.push(App::start(setup).unwrap());
        self.tell_where();
    }

    /// Stops all instances and starts one anew on the same store.
    pub(crate) async fn restarts(&mut self) {
        for app in self.instances.drain(..) {
            app.stop().await;
        }
        self.starts_an_instance().await;
    }

    fn tell_where(&self) {
        let urls = self.instances.iter().map(|app| format!("http://{}", app.address)).collect();
        self.listening.send_replace(urls);
    }

    pub(crate) fn rota_path(&self) -> PathBuf {
        self.folder.path().join("rota.toml")
    }

    /// The admin saves this rota, and the server looks at it.
    pub(crate) fn saves_rota(&self, rota: &str) -> switchboard::config::watch::Reloaded {
        std::fs::write(self.rota_path(), rota).unwrap();
        self.rota.reload(self.clock.now(), None)
    }

    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.instances[0].address)
    }

    /// Everything that is due is done, and nothing is left.
    pub(crate) async fn jobs_are_done(&self) {
        for app in &self.instances {
            app.run_jobs().await.unwrap();
        }
    }

    /// The store is back, and what happened without it is written.
    pub(crate) async fn is_back(&self) {
        for app in &self.instances {
            app.comes_back().await.unwrap();
        }
    }

    pub(crate) async fn is_swept(&self) -> usize {
        self.instances[0].sweep().await.unwrap()
    }

    pub(crate) async fn passes(&self, time: SignedDuration) {
        self.shop.passes(time).await;
    }

    /// All calls on record, oldest first.
    pub(crate) fn calls(&self) -> Vec<Call> {
        let mut store = Store::open_for_command(&self.store.url).unwrap();
        let mut calls = store.read(|tx| calls::list(tx, Timestamp::UNIX_EPOCH, 10_000)).unwrap();
        calls.sort_by_key(|stored| stored.call.id);
        calls.into_iter().map(|stored| stored.call).collect()
    }

    pub(crate) fn promises(&self) -> Vec<Promise> {
        let mut store = Store::open_for_command(&self.store.url).unwrap();
        store.read(|tx| promises::list(tx, promises::Which::All, 10_000)).unwrap()
    }

    /// What is written of the only call.
    pub(crate) fn the_call(&self) -> Call {
        let mut calls = self.calls();
        assert_eq!(calls.len(), 1, "{calls:#?}");
        calls.remove(0)
    }

    /// Adds a customer with a pinned usual person.
    pub(crate) fn knows(&self, name: &str, number: &str, usual: Option<&str>) {
        use switchboard::domain::phone::Phone;
        use switchboard::domain::staff::StaffId;
        use switchboard::store::customers;
        let mut store = Store::open_for_command(&self.store.url).unwrap();
        let details = customers::Details {
            name: name.to_owned(),
            numbers: vec![Phone::from_e164(number).unwrap()],
            usual: Some(usual.map(StaffId::new)),
            language: None,
            note: Some(Some("Boiler, Tuesday".to_owned())),
            tags: None,
            blocked: None,
        };
        store.transaction(|tx| customers::put(tx, std::slice::from_ref(&details))).unwrap();
    }

    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.rota.live().rota.zone.clone()).datetime()
    }
}

fn person(staff: &switchboard::domain::staff::Staff) -> Person {
    let number = match &staff.reach {
        Reach::Phone(phone) => phone.to_string(),
        Reach::Sip(address) => address.clone(),
    };
    let person = Person::new(staff.id.as_str(), &staff.name, &number);
    let person = match &staff.says {
        Some(says) => person.says(says),
        None => person,
    };
    match staff.accept {
        switchboard::domain::staff::Accept::Answer => person.trusted(),
        switchboard::domain::staff::Accept::Key => person,
    }
}
