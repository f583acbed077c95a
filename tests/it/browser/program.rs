//! What somebody gets who has just got hold of it: the program on its example business, as `cargo run` starts it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpSocket;
use tokio::sync::mpsc;

/// Longer than a start takes on a busy machine.
const START: Duration = Duration::from_mins(1);

pub(super) struct Program {
    child: Child,
    told: mpsc::UnboundedReceiver<String>,
    folder: tempfile::TempDir,
    /// Bound and never listening: keeps the address ours.
    seat: TcpSocket,
}

fn run(folder: &Path, listen: SocketAddr) -> (Child, mpsc::UnboundedReceiver<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_switchboard"))
        .current_dir(folder)
        .env_clear()
        .env("SWITCHBOARD__LISTEN", listen.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (tell, told) = mpsc::unbounded_channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(|line| drop(tell.send(line))));
    (child, told)
}

impl Program {
    /// With nothing but the files of `config/`, on a port that nobody else has.
    pub(super) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("config")).unwrap();
        for file in ["switchboard.toml", "rota.toml", "customers.csv"] {
            let file = Path::new("config").join(file);
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file), folder.path().join(&file)).unwrap();
        }
        let seat = TcpSocket::new_v4().unwrap();
        seat.set_reuseaddr(true).unwrap();
        seat.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let (child, told) = run(folder.path(), seat.local_addr().unwrap());
        Self { child, told, folder, seat }
    }

    /// Stops it, has this done to its store, and starts it as before.
    pub(super) async fn while_it_is_off<T>(&mut self, work: impl Future<Output = T>) -> T {
        self.stop();
        let done = work.await;
        (self.child, self.told) = run(self.folder.path(), self.seat.local_addr().unwrap());
        done
    }

    fn stop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// The first word with this in it of what it prints from now on.
    pub(super) async fn prints(&mut self, piece: &str) -> String {
        let search = async {
            loop {
                let line = self.told.recv().await.expect("it has ended");
                if let Some(word) = line.split_whitespace().find(|word| word.contains(piece)) {
                    return word.trim_end_matches('.').to_owned();
                }
            }
        };
        tokio::time::timeout(START, search).await.unwrap_or_else(|_| panic!("it never prints {piece}"))
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn store(&self) -> String {
        format!("sqlite://{}", self.folder().join("data/switchboard.db").display())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}

#[tokio::test]
async fn the_first_link_works_on_a_port_that_the_machine_chose() {
    let mut program = Program::start();
    program.stop();
    (program.child, program.told) = run(program.folder.path(), "127.0.0.1:0".parse().unwrap());
    let link = program.prints("/console/").await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = client.get(&link).send().await.unwrap_or_else(|error| panic!("{link}: {error}"));
    assert!(page.text().await.unwrap().contains("Welcome to Switchboard"), "{link}");
}
