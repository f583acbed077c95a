//! The real program in a process of its own, on a machine that can be switched off at any instant.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpSocket;

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const PUBLIC_URL: &str = "https://phone.example.com";

/// Longer than a start takes on a busy machine.
const START: Duration = Duration::from_mins(1);

/// One instance of `switchboard serve`, always at the same address.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    config: PathBuf,
    log: PathBuf,
    running: Option<Running>,
    /// Bound and never listening: keeps the address ours while nobody listens there.
    _seat: TcpSocket,
}

struct Running {
    child: Child,
    /// Held open: the program must not find that nobody reads it.
    _told: BufReader<ChildStdout>,
}

impl Process {
    /// Writes the settings into `folder`, under this name, and starts nothing yet.
    pub(crate) fn new(folder: &Path, name: &str, rota: &Path, store: &str, rest: &str) -> Self {
        let seat = TcpSocket::new_v4().unwrap();
        seat.set_reuseaddr(true).unwrap();
        seat.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = seat.local_addr().unwrap();
        let config = folder.join(format!("{name}.toml"));
        let text = format!(
            "listen = \"{address}\"\npublic_url = \"{PUBLIC_URL}\"\nrota = \"{}\"\nstore = \"{store}\"\n\
             secret = \"this secret of the tests is long enough\"\n\
             [limits]\n# A busy machine must not look like a store that is away.\nanswer_within_ms = 10000\n\
             [providers.twilio]\naccount_sid = \"{ACCOUNT}\"\nauth_token = \"{TOKEN}\"\napi_url = \"{rest}\"\n",
            rota.display()
        );
        fs::write(&config, text).unwrap();
        Self { address, config, log: folder.join(format!("{name}.log")), running: None, _seat: seat }
    }

    /// Starts the program, and waits until it listens.
    pub(crate) async fn start(&mut self) {
        let log = fs::File::options().create(true).append(true).open(&self.log).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_switchboard"))
            .args(["serve", "--config"])
            .arg(&self.config)
            .current_dir(self.config.parent().unwrap())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let listens = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            while !line.contains("Switchboard listens on") {
                line.clear();
                if told.read_line(&mut line).unwrap() == 0 {
                    return None;
                }
            }
            Some(told)
        });
        let Ok(listening) = tokio::time::timeout(START, listens).await else {
            child.kill().unwrap();
            panic!("it does not start\n{}", self.log());
        };
        let told = listening.unwrap().unwrap_or_else(|| panic!("it ends at once\n{}", self.log()));
        self.running = Some(Running { child, _told: told });
    }

    /// SIGKILL: nothing is finished, nothing is said.
    pub(crate) fn dies(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.child.kill().unwrap();
            running.child.wait().unwrap();
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn config(&self) -> &Path {
        &self.config
    }

    /// All that it has logged, the lives before included.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.dies();
    }
}
