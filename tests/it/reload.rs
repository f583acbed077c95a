//! The rota file is saved while the real program runs and calls are in progress.

use std::path::PathBuf;
use std::time::Duration;

use switchboard::clock::Clock;

use crate::phones::network::{Network, Setup};
use crate::phones::person::{Behaviour, Person};
use crate::phones::rest::Rest;
use crate::phones::shop::Shop;
use crate::phones::wire::standing;
use crate::process::{ACCOUNT, PUBLIC_URL, Process, TOKEN};

/// How long a save may take to be seen on a busy machine.
const SEEN: Duration = Duration::from_secs(30);

const LIVE: &str = "the rota that was saved is live";

const PEOPLE: [(&str, &str, &str); 3] = [
    ("sam", "Sam Hartley", "+447700900101"),
    ("tom", "Tom Ellis", "+447700900103"),
    ("ana", "Ana Costa", "+447700900104"),
];

/// Always open: the program's clock is the machine's.
fn rota(order: &str) -> String {
    let person = |(id, name, phone)| format!("{id} = {{ name = \"{name}\", phone = \"{phone}\" }}\n");
    let staff = PEOPLE.map(person).concat();
    format!(
        "business = \"Hartley Heating\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"sam\"\n\
         [staff]\n{staff}[rota]\nrotate = \"fixed\"\norder = [{order}]\nbackups = 1\n\
         [lines.main]\nnumber = \"+442079460000\"\n"
    )
}

/// The program, its file, and a town that rings it.
struct House {
    process: Process,
    file: PathBuf,
    shop: Shop,
    _rest: Rest,
    folder: tempfile::TempDir,
}

impl House {
    /// `file` is where the program looks, below the folder.
    async fn open(file: &str, prepare: impl FnOnce(&std::path::Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path());
        let file = folder.path().join(file);
        let rest = Rest::open(ACCOUNT, TOKEN, Box::new(|| Clock::System.now())).await;
        let store = format!("sqlite://{}", folder.path().join("switchboard.db").display());
        let mut process = Process::new(folder.path(), "switchboard", &file, &store, rest.url());
        process.start().await;
        let network = Network::open(Setup {
            instances: standing(vec![process.url()]),
            public_url: PUBLIC_URL.to_owned(),
            account: ACCOUNT.to_owned(),
            api_url: "https://api.twilio.com".to_owned(),
            token: TOKEN.to_owned(),
            lines: vec!["+442079460000".to_owned()],
            people: PEOPLE.iter().map(|(id, name, phone)| Person::new(id, name, phone)).collect(),
            zone: jiff::tz::TimeZone::get("Europe/London").unwrap(),
            start: Clock::System.now(),
            // The program's clock cannot be moved: only the order of things counts here.
            tick: Box::new(|_| {}),
            seed: 1,
        });
        Self { process, file, shop: Shop::on(network), _rest: rest, folder }
    }

    async fn on_one_file() -> Self {
        Self::open("rota.toml", |folder| std::fs::write(folder.join("rota.toml"), rota("\"tom\"")).unwrap()).await
    }

    /// As editors save: a new file is renamed over the old one.
    fn saves(&self, text: &str) {
        let new = self.folder.path().join("rota.toml.new");
        std::fs::write(&new, text).unwrap();
        std::fs::rename(new, &self.file).unwrap();
    }

    /// What `readyz` says as soon as `seen`, in it or in the log; fails if that never comes.
    async fn ready(&self, seen: impl Fn(&serde_json::Value, &str) -> bool) -> serde_json::Value {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let address = format!("{}/readyz", self.process.url());
        let looking = async {
            loop {
                let text = client.get(&address).send().await.unwrap().text().await.unwrap();
                let ready: serde_json::Value = serde_json::from_str(&text).unwrap();
                if seen(&ready, &self.process.log()) {
                    return ready;
                }
            }
        };
        let found = tokio::time::timeout(SEEN, looking).await;
        found.unwrap_or_else(|_| panic!("it is never seen\n{}", self.process.log()))
    }

    async fn goes_live(&self) {
        let ready = self.ready(|ready, log| ready["rota"] == "ok" && log.contains(LIVE)).await;
        assert_eq!(ready["rota_problems"], serde_json::json!([]), "{ready}");
    }

    /// Who rings first for a new caller.
    async fn first_to_ring(&self, caller: &str) -> String {
        let call = self.shop.caller(caller).rings().await;
        let first = call.rang().first().cloned();
        call.hangs_up().await;
        first.unwrap_or_else(|| panic!("nobody rings\n{}", call.story()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_keeps_its_plan_when_the_rota_is_saved_and_the_next_call_gets_the_new_one() {
    let house = House::on_one_file().await;
    house.shop.next("tom", Behaviour::lets_it_ring());
    let call = house.shop.caller("+447700900201").rings().await;
    assert_eq!(call.ringing(), ["tom"], "{}", call.story());
    house.saves(&rota("\"ana\""));
    house.goes_live().await;
    assert_eq!(house.first_to_ring("+447700900202").await, "ana");
    call.phone("tom").lets_it_ring().await;
    assert_eq!(call.rang(), ["tom", "sam"], "{}", call.story());
    call.phone("sam").presses("1").await;
    call.reached("sam");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_leaves_the_last_good_one_live_and_says_so() {
    let house = House::on_one_file().await;
    house.saves(&rota("\"tmo\""));
    let wrong = house.ready(|ready, _| ready["rota"] != "ok").await;
    assert_eq!(wrong["ready"], true, "{wrong}");
    assert!(wrong["rota_problems"].to_string().contains("tmo"), "{wrong}");
    assert_eq!(house.first_to_ring("+447700900201").await, "tom");
    let log = house.process.log();
    assert!(log.contains("the last good one stays live") && log.contains("tmo"), "{log}");
    assert!(log.contains("did you mean `tom`"), "{log}");
    house.saves(&rota("\"ana\""));
    house.goes_live().await;
    assert_eq!(house.first_to_ring("+447700900202").await, "ana");
}

/// As Kubernetes does it: the file is a link into a folder that is itself a link, and that one is swapped.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_swapped_link_is_a_save() {
    let house = House::open("rota.toml", |folder| {
        for (version, order) in [("v1", "\"tom\""), ("v2", "\"ana\"")] {
            std::fs::create_dir(folder.join(version)).unwrap();
            std::fs::write(folder.join(version).join("rota.toml"), rota(order)).unwrap();
        }
        std::os::unix::fs::symlink("v1", folder.join("..data")).unwrap();
        std::os::unix::fs::symlink("..data/rota.toml", folder.join("rota.toml")).unwrap();
    })
    .await;
    assert_eq!(house.first_to_ring("+447700900201").await, "tom");
    let folder = house.folder.path();
    std::os::unix::fs::symlink("v2", folder.join("..data_tmp")).unwrap();
    std::fs::rename(folder.join("..data_tmp"), folder.join("..data")).unwrap();
    house.goes_live().await;
    assert_eq!(house.first_to_ring("+447700900202").await, "ana");
}
