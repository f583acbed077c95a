//! A business large enough that every measured call finds a free phone: a person who is being rung is
//! not rung twice, so there are as many staff as calls at once, and the customers' usual people are
//! spread over them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use switchboard::domain::access::{Key, Role};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::accounts::{self, NewAccount};
use switchboard::store::customers::{self, Details};
use switchboard::store::sessions::{self, NewSession};

use crate::twilio::Call;

pub(crate) const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const PUBLIC_URL: &str = "https://phone.example.com";
pub(crate) const LINE: &str = "+442079460000";

/// People with a phone. The first three are the rota and the owner.
pub(crate) const STAFF: u64 = 20_100;
const ROTA: u64 = 100;
/// An ordinary firm, for what does not need many calls at once.
pub(crate) const FEW_STAFF: u64 = 30;

const CHUNK: u64 = 10_000;
/// The year 2100.
const FAR_AWAY: Timestamp = Timestamp::constant(4_102_444_800, 0);

/// A store and the settings to serve it.
pub(crate) struct World {
    pub(crate) store: PathBuf,
    pub(crate) settings: PathBuf,
    pub(crate) customers: u64,
}

impl World {
    /// Makes the store, or takes the one that an earlier run has left.
    pub(crate) fn new(folder: &Path, name: &str, customers: u64, history: u64, staff: u64) -> Self {
        let folder = fs::canonicalize(make(folder)).unwrap();
        let store = folder.join(format!("{customers}-customers-{history}-calls.db"));
        if !store.exists() {
            let unfinished = store.with_extension("unfinished");
            for file in ["unfinished", "unfinished-wal", "unfinished-shm"] {
                drop(fs::remove_file(store.with_extension(file)));
            }
            println!("making a store of {customers} customers and {history} past calls, once");
            fill(&unfinished, customers, history);
            fs::rename(unfinished, &store).unwrap();
        }
        let rota = folder.join(format!("{name}.rota.toml"));
        fs::write(&rota, rota_of(staff)).unwrap();
        let settings = folder.join(format!("{name}.toml"));
        let text = format!(
            "listen = \"127.0.0.1:0\"\npublic_url = \"{PUBLIC_URL}\"\nrota = \"{}\"\nstore = \"sqlite://{}\"\n\
             [providers.twilio]\naccount_sid = \"{ACCOUNT}\"\nauth_token = \"{TOKEN}\"\napi_url = \"http://127.0.0.1:9\"\n",
            rota.display(),
            store.display()
        );
        fs::write(&settings, text).unwrap();
        let world = Self { store, settings, customers };
        world.forget_calls();
        world.delete_calls(history);
        world
    }

    /// Takes out what an earlier run has left. Not while a server runs: it relies on calls never being deleted.
    fn delete_calls(&self, history: u64) {
        self.change(&format!("DELETE FROM call WHERE seq > {history};"));
    }

    /// Everybody is free again and nobody's matter is open, as if all calls were long over. By SQL: real
    /// hang-ups would leave promises and texts, which the next round would measure too.
    pub(crate) fn forget_calls(&self) {
        self.change(
            "BEGIN IMMEDIATE; DELETE FROM engaged; DELETE FROM job; DELETE FROM promise WHERE alive = 1;
             UPDATE call SET recent = 0, wake = NULL, ended = started, outcome = 'reached' WHERE recent = 1; COMMIT;
             UPDATE customer SET recent = '[]' WHERE recent <> '[]';",
        );
    }

    /// Signs somebody in to the console; what their browser shows.
    pub(crate) fn sign_in(&self) -> String {
        let key = Key::new([7; 32]);
        let shown = format!("__Host-session={}", key.reveal());
        // A session that was made in the past would be noted as used.
        let (made, expires) = (FAR_AWAY, FAR_AWAY);
        let (name, address, browser) = ("Sam".to_owned(), "192.0.2.1".to_owned(), "a load program".to_owned());
        self.change("DELETE FROM session; DELETE FROM account;");
        let mut store = Store::open_for_command(&format!("sqlite://{}", self.store.display())).unwrap();
        store
            .transaction(|tx| {
                let account = accounts::add(tx, &NewAccount { name, staff: None, role: Role::Owner, made })?;
                sessions::open(tx, &NewSession { key, account, made, expires, address, browser })
            })
            .unwrap();
        shown
    }

    /// Most measurements only need the room that past calls take.
    pub(crate) fn past_can_be_read(&self) -> bool {
        let sql = "SELECT doc LIKE '{\"id\"%' FROM call WHERE recent = 0 ORDER BY seq LIMIT 1";
        self.open().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Promises, whose documents nobody can read either, are left out.
    pub(crate) fn tell_past_like_the_last_call(&self) {
        self.change(
            "DELETE FROM promise_call; DELETE FROM promise;
             UPDATE call SET doc = (SELECT replace(last.doc, last.id, call.id) FROM call AS last ORDER BY seq DESC LIMIT 1)
             WHERE recent = 0;",
        );
    }

    fn open(&self) -> rusqlite::Connection {
        let store = rusqlite::Connection::open(&self.store).unwrap();
        store.busy_timeout(std::time::Duration::from_secs(30)).unwrap();
        store
    }

    fn change(&self, sql: &str) {
        let store = self.open();
        store.execute_batch(sql).unwrap();
        store.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    }

    /// The `n`th caller: each of [`STAFF`] running numbers has another usual person, and neighbours are
    /// far apart in the store.
    pub(crate) fn caller(&self, n: u64) -> Caller {
        let people = STAFF - ROTA;
        let person = n % people;
        let layers = (self.customers / people).max(1);
        let layer = (n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % layers;
        let customer = (layer * people + person) % self.customers;
        Caller { phone: customer_phone(customer), rings: staff_phone(usual(customer)) }
    }
}

pub(crate) struct Caller {
    pub(crate) phone: Phone,
    /// The phone of the usual person.
    pub(crate) rings: Phone,
}

impl Caller {
    pub(crate) fn call(&self, id: u128) -> Call {
        Call { sid: format!("CA{id:032x}"), from: self.phone.to_string() }
    }
}

fn make(folder: &Path) -> &Path {
    fs::create_dir_all(folder).unwrap();
    folder
}

fn usual(customer: u64) -> u64 {
    ROTA + customer % (STAFF - ROTA)
}

fn staff_phone(person: u64) -> Phone {
    Phone::from_digits(447_400_000_000 + i64::try_from(person).unwrap()).unwrap()
}

fn customer_phone(customer: u64) -> Phone {
    Phone::from_digits(447_500_000_000 + i64::try_from(customer).unwrap()).unwrap()
}

fn rota_of(staff: u64) -> String {
    let mut rota = "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"p0\"\n\
                    [rota]\nrotate = \"weekly\"\nhandover = \"Mon 08:30\"\nstarts = 2026-01-05\n\
                    order = [\"p1\", \"p2\", \"p3\"]\nbackups = 1\n\
                    [hours]\nMon-Sun = \"00:00-24:00\"\n\
                    [lines.main]\nnumber = \"+442079460000\"\n[staff]\n"
        .to_owned();
    for person in 0..staff {
        let phone = staff_phone(person);
        writeln!(rota, "p{person} = {{ name = \"Person Number {person}\", phone = \"{phone}\" }}").unwrap();
    }
    rota
}

fn fill(path: &Path, customers: u64, history: u64) {
    let mut store = Store::open_for_command(&format!("sqlite://{}", path.display())).unwrap();
    for first in (0..customers).step_by(CHUNK as usize) {
        let chunk: Vec<Details> = (first..customers.min(first + CHUNK)).map(details).collect();
        let changed = store.transaction(|tx| customers::put(tx, &chunk)).unwrap();
        assert_eq!(changed.added, chunk.len());
    }
    drop(store);
    if history > 0 {
        remember_history(path, customers, history);
    }
    let store = rusqlite::Connection::open(path).unwrap();
    store.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
}

fn details(customer: u64) -> Details {
    Details {
        name: format!("Customer Number {customer}"),
        numbers: vec![customer_phone(customer)],
        usual: Some(Some(StaffId::new(&format!("p{}", usual(customer))))),
        note: Some(Some("Boiler, Tuesday".to_owned())),
        ..Details::default()
    }
}

/// Calls of the past three years, a fifth of which ended in a promise that was kept. Their documents
/// are shorter than real ones: they are never read here, and only take room.
fn remember_history(path: &Path, customers: u64, history: u64) {
    let store = rusqlite::Connection::open(path).unwrap();
    store.execute_batch("PRAGMA synchronous = off; PRAGMA cache_size = -200000;").unwrap();
    let sql = "WITH RECURSIVE past (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM past WHERE n + 1 < ?1),
               timed AS (SELECT n, 1690000000000 + n * 90000000000 / ?1 AS millis, n * 7919 % ?2 AS who FROM past)
               INSERT INTO call (id, version, provider, provider_id, line, number, customer, started, ended, outcome,
                   wake, recent, doc)
               SELECT printf('%08x-%04x-7000-8000-%012x', millis >> 16, millis & 65535, n), 5, 'twilio',
                   printf('CA%032x', n), 'main', 447500000000 + who, who + 1, millis * 1000, millis * 1000 + 60000000,
                   iif(n % 5, 'reached', 'promised'), NULL, 0, printf('{\"story\":\"%.*c\"}', 180, 'x')
               FROM timed";
    store.execute(sql, [history.cast_signed(), customers.cast_signed()]).unwrap();
    let sql = "INSERT INTO promise (version, customer, number, owner, state, due, wake, alive, doc)
               SELECT 5, customer, number, 'p1', 'kept', ended, NULL, 0, printf('{\"story\":\"%.*c\"}', 180, 'x') FROM call
               WHERE recent = 0 AND outcome = 'promised' ORDER BY id;
               INSERT INTO promise_call (call, promise)
               SELECT id, row_number() OVER (ORDER BY id) FROM call WHERE recent = 0 AND outcome = 'promised'";
    store.execute_batch(sql).unwrap();
}
