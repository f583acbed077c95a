//! The real program is killed with SIGKILL in the middle of 200 calls, again and again, and started again on the same
//! store. Whatever somebody was told before is still so afterwards, once.
//!
//! `SEED=17 cargo test --test it kill` replays the same calls and the same kills; how they fall together is the
//! machine's chance.

mod aftermath;
mod caller;
mod document;

use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use switchboard::clock::Clock;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::phones::dice::Dice;
use crate::phones::rest::{Mood, Rest};
use crate::process::{ACCOUNT, Process, TOKEN};
use crate::store_fixture::{TestStore, stores};
use aftermath::Aftermath;
use caller::{Caller, Memory};

const CALLERS: u32 = 200;
/// Shared by this many callers each, so that there is somebody free, and somebody who is not.
const CALLERS_PER_LINE: u32 = 5;
const KILLS: u32 = 5;

#[test]
fn whatever_was_told_before_a_kill_is_still_so_after_it() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random);
    eprintln!("SEED={seed}");
    on_each_store(&async |store| {
        // Only PostgreSQL is shared by several instances.
        let instances = if store.engine == "SQLite" { 1 } else { 2 };
        let mut town = Town::new(store, instances).await;
        let memories = town.rings_all(seed).await;
        let lost: u32 = memories.iter().map(|memory| memory.answers_lost).sum();
        eprintln!("{}: {lost} webhooks without an answer in {KILLS} kills", store.engine);
        assert!(lost > 0, "nobody noticed that the program was killed");
        town.switch_off();
        let run = format!("{} SEED={seed}", store.engine);
        town.aftermath().await.agrees_with(&memories, &run);
    });
}

/// The worst instant for a text: the provider has taken it, and we do not know yet.
#[test]
fn a_text_that_was_taken_in_the_moment_of_a_kill_is_found_and_not_sent_again() {
    on_each_store(&async |store| {
        let mut town = Town::new(store, 1).await;
        town.rest.always(Mood::TakesAndHangs);
        town.processes[0].start().await;
        let (told, _) = watch::channel(0);
        let memory = Caller::new(1, town.instances(), 1, told).gives_up_at_once().await;
        assert!(memory.got_the_call && !memory.in_doubt, "{memory:?}");
        let taken = town.rest.has_taken(1).await.len();
        town.switch_off();
        town.rest.always(Mood::Takes);
        let aftermath = town.aftermath().await;
        assert!(town.rest.looked_up() >= taken, "what may have been sent is looked up");
        aftermath.agrees_with(&[memory], store.engine);
    });
}

fn on_each_store(test: &impl AsyncFn(&TestStore)) {
    for store in stores() {
        // Not on the runtime, where PostgreSQL's blocking client cannot clear up.
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(test(&store));
    }
}

/// Many businesses behind one program: as many lines as there are groups of callers.
struct Town {
    processes: Vec<Process>,
    addresses: watch::Sender<Vec<String>>,
    rest: Rest,
    /// The provider's; the machine's own until everything is over.
    clock: Arc<Mutex<Clock>>,
    _folder: tempfile::TempDir,
}

impl Town {
    async fn new(store: &TestStore, instances: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rota = folder.path().join("rota.toml");
        std::fs::write(&rota, rota_of(CALLERS / CALLERS_PER_LINE)).unwrap();
        let clock = Arc::new(Mutex::new(Clock::System));
        let now = Arc::clone(&clock);
        let rest = Rest::open(ACCOUNT, TOKEN, Box::new(move || now.lock().unwrap().now())).await;
        let process = |number| Process::new(folder.path(), &format!("instance{number}"), &rota, &store.url, rest.url());
        let processes: Vec<Process> = (0..instances).map(process).collect();
        let addresses = watch::Sender::new(processes.iter().map(Process::url).collect());
        Self { processes, addresses, rest, clock, _folder: folder }
    }

    fn instances(&self) -> watch::Receiver<Vec<String>> {
        self.addresses.subscribe()
    }

    /// Hours later, for us and for the provider.
    async fn aftermath(&self) -> Aftermath {
        let later = Clock::manual(Clock::System.now() + SignedDuration::from_hours(3));
        *self.clock.lock().unwrap() = later.clone();
        Aftermath::of(self.processes[0].config(), later, &self.rest).await
    }

    /// Everybody rings at once, and the program is killed now and then.
    async fn rings_all(&mut self, seed: u64) -> Vec<Memory> {
        for process in &mut self.processes {
            process.start().await;
        }
        let (told, mut answers) = watch::channel(0_u64);
        let mut dice = Dice::new(seed);
        self.rest.next(&(0..CALLERS).map(|_| mood(&mut dice)).collect::<Vec<_>>());
        let mut callers: JoinSet<Memory> = (0..CALLERS)
            .map(|number| Caller::new(number, self.instances(), dice.next(), told.clone()).calls())
            .collect();
        drop(told);
        for _ in 0..KILLS {
            let until = *answers.borrow_and_update() + u64::from(dice.up_to(120));
            // An error says that the last caller has hung up.
            if answers.wait_for(|count| *count >= until).await.is_err() {
                break;
            }
            let victim = usize::try_from(dice.up_to(u32::MAX)).unwrap() % self.processes.len();
            self.processes[victim].dies();
            self.processes[victim].start().await;
            // Whoever waits for somebody to listen again tries now.
            self.addresses.send_modify(|_| {});
        }
        let mut memories = Vec::new();
        while let Some(memory) = callers.join_next().await {
            memories.push(memory.unwrap_or_else(|error| panic!("{error}\n{}", self.logs())));
        }
        memories
    }

    fn switch_off(&mut self) {
        for process in &mut self.processes {
            process.dies();
        }
    }

    fn logs(&self) -> String {
        self.processes.iter().map(Process::log).collect()
    }
}

fn mood(dice: &mut Dice) -> Mood {
    match dice.up_to(9) {
        0 => Mood::TakesAndDrops,
        1 => Mood::Drops,
        2 => Mood::Refuses(500, 20500),
        _ => Mood::Takes,
    }
}

/// Four people a line, and an owner for all. Always open, so that the hour of the test does not matter.
fn rota_of(lines: u32) -> String {
    let people = |line: u32| (0..4).map(move |place| 500 + line * 4 + place);
    let person = |number| format!("p{number} = {{ name = \"Person {number}\", phone = \"+447700900{number}\" }}\n");
    let staff: String = (0..lines).flat_map(people).map(person).collect();
    let line = |line| {
        let order: Vec<String> = people(line).map(|number| format!("\"p{number}\"")).collect();
        let rota = format!("{{ rotate = \"fixed\", order = [{}], backups = 3 }}", order.join(", "));
        format!("[lines.l{line}]\nnumber = \"+4420794600{line:02}\"\nrota = {rota}\n")
    };
    let lines: String = (0..lines).map(line).collect();
    format!(
        "business = \"Town\"\ntimezone = \"Europe/London\"\ncountry = \"GB\"\nowner = \"sam\"\n\
         [staff]\nsam = {{ name = \"Sam\", phone = \"+447700900999\" }}\n{staff}\
         [ring]\neach = 8\nat_most = 60\n{lines}"
    )
}

/// The line that a caller rings.
fn line_of(caller: u32) -> String {
    format!("+4420794600{:02}", caller / CALLERS_PER_LINE)
}

fn staff_id(phone: &str) -> String {
    let number = phone.trim_start_matches("+447700900");
    if number == "999" { "sam".to_owned() } else { format!("p{number}") }
}

/// Callers have the numbers below.
fn is_of_staff(phone: &str) -> bool {
    phone >= "+447700900500"
}

fn settings_at(config: &Path) -> switchboard::config::settings::Settings {
    switchboard::config::settings::load(config, Vec::new()).unwrap_or_else(|problems| panic!("{problems:?}")).settings
}
