//! Stores to test on: SQLite always; PostgreSQL as well where SWITCHBOARD_TEST_POSTGRES names a
//! server on which databases may be made.

use std::sync::Once;

use switchboard::store::Store;

/// A store of a test's own, thrown away at the end.
pub(crate) struct TestStore {
    pub(crate) store: Store,
    /// A second process opens the same store with this.
    pub(crate) url: String,
    /// For messages: which engine it is.
    pub(crate) engine: &'static str,
    remains: Remains,
}

enum Remains {
    #[expect(dead_code, reason = "holds the folder until the test is over")]
    Folder(tempfile::TempDir),
    Database {
        server: String,
        name: String,
    },
}

/// A new, empty store on each engine.
pub(crate) fn stores() -> Vec<TestStore> {
    let mut stores = vec![sqlite()];
    stores.extend(postgres());
    stores
}

/// `None`, and it is said, where there is no server to make one on.
pub(crate) fn postgres() -> Option<TestStore> {
    static ONCE: Once = Once::new();
    let server = std::env::var("SWITCHBOARD_TEST_POSTGRES").ok();
    if server.is_none() {
        ONCE.call_once(|| {
            eprintln!(
                "PostgreSQL was skipped. To run it: \
                 SWITCHBOARD_TEST_POSTGRES=postgres://user@host/postgres?sslmode=disable cargo test"
            );
        });
    }
    server.map(postgres_on)
}

pub(crate) fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("data/switchboard.db").display());
    TestStore { store: Store::open(&url).unwrap(), url, engine: "SQLite", remains: Remains::Folder(folder) }
}

fn postgres_on(server: String) -> TestStore {
    let name = format!("switchboard_test_{}", uuid::Uuid::from_u128(rand::random()).simple());
    client(&server).batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let url = database_url(&server, &name);
    TestStore {
        store: Store::open(&url).unwrap(),
        url,
        engine: "PostgreSQL",
        remains: Remains::Database { server, name },
    }
}

/// The server's address with another database.
fn database_url(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').unwrap_or((server, "sslmode=disable"));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    format!("{scheme}://{host}/{name}?{query}")
}

fn client(server: &str) -> postgres::Client {
    postgres::Client::connect(server, postgres::NoTls).unwrap()
}

impl TestStore {
    /// Connected to the server of a PostgreSQL store, beside its database.
    pub(crate) fn administrator(&self) -> postgres::Client {
        match &self.remains {
            Remains::Database { server, .. } => client(server),
            Remains::Folder(_) => panic!("a file has no server"),
        }
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        if let Remains::Database { server, name } = &self.remains {
            client(server).batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
        }
    }
}
