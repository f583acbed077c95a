//! What people type: the real program, in a folder with the example business.

mod asked;
mod business_files;
mod check;
mod customers;
mod morning;
mod past;
mod rota;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use switchboard::domain::rota::Rota;
use switchboard::store::Store;

/// A folder as it is after unpacking: the example's `config/`, and nothing else.
struct Shop {
    folder: tempfile::TempDir,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Shop {
    fn unpack() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("config")).unwrap();
        for file in ["switchboard.toml", "rota.toml", "customers.csv"] {
            let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(file);
            std::fs::copy(example, folder.path().join("config").join(file)).unwrap();
        }
        Self { folder }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.path(path), text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_switchboard"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    fn type_in(&self, args: &[&str]) -> Said {
        Said::of(&self.command(args).output().unwrap())
    }

    fn json(&self, args: &[&str]) -> Value {
        let said = self.type_in(args);
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }

    /// The server's store, made if it is not there.
    fn store(&self) -> Store {
        Store::open_for_command(&format!("sqlite://{}", self.path("data/switchboard.db").display())).unwrap()
    }

    fn rota(&self) -> Rota {
        let text = std::fs::read_to_string(self.path("config/rota.toml")).unwrap();
        let now = "2026-07-15T09:00:00Z".parse().unwrap();
        switchboard::config::rota::read("rota.toml", &text, now, None).unwrap().rota
    }
}

impl Said {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}

#[test]
fn wrong_use_is_told_from_wrong_values() {
    let shop = Shop::unpack();
    for wrong_use in [&["whoo"][..], &["who"], &["rota", "--weeks", "0"], &["rota", "--json", "--ics"], &["fallback"]] {
        assert_eq!(shop.type_in(wrong_use).code, 2, "{wrong_use:?}");
    }
    for wrong_value in [
        &["who", "12"][..],
        &["who", "Nobody At All"],
        &["who", "07700 900110", "--at", "some day"],
        &["who", "07700 900110", "--line", "man"],
        &["calls", "--since", "ever"],
        &["calls", "0190"],
        &["customers", "show", "Nobody At All"],
        &["customers", "import", "nowhere.csv"],
        &["check", "--config", "nowhere.toml"],
    ] {
        let said = shop.type_in(wrong_value);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{wrong_value:?}");
        assert!(!said.err.trim().is_empty(), "{wrong_value:?}");
    }
}

#[test]
fn whoever_only_looks_makes_no_store() {
    let shop = Shop::unpack();
    for command in [
        &["who", "07700900110"][..],
        &["check"],
        &["rota"],
        &["calls"],
        &["promises"],
        &["report"],
        &["fallback", "--provider", "twilio"],
        &["customers", "show", "Mrs Okafor"],
    ] {
        let said = shop.type_in(command);
        assert_eq!(said.code, 0, "{command:?}: {}", said.err);
    }
    assert_eq!(shop.type_in(&["customers", "export"]).code, 1);
    assert!(!shop.path("data").exists());
}

#[test]
fn a_store_that_cannot_be_reached_is_no_mistake_of_the_one_who_asks() {
    let shop = Shop::unpack();
    // A folder in the place of the file.
    std::fs::create_dir_all(shop.path("data/switchboard.db")).unwrap();
    for command in [&["calls"][..], &["promises"], &["report"], &["customers", "show", "Mr Li"], &["who", "Mr Li"]] {
        let said = shop.type_in(command);
        assert_eq!(said.code, 3, "{command:?}: {}", said.err);
    }
    let said = shop.type_in(&["who", "07700900110", "--at", "2026-07-15 10:02"]);
    assert_eq!(said.code, 0, "the rota still answers");
    assert!(said.out.contains("a stranger"), "{}", said.out);
    assert!(said.err.contains("the store is away"), "{}", said.err);
}

#[test]
fn whoever_stops_reading_ends_it_in_peace() {
    let shop = Shop::unpack();
    for command in [&["rota", "--weeks", "520"][..], &["check"], &["who", "anonymous"]] {
        let mut child = shop.command(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let said = Said::of(&child.wait_with_output().unwrap());
        assert_eq!(said.code, 0, "{command:?}");
        assert!(!said.err.contains("panicked") && !said.err.contains("pipe"), "{command:?}: {}", said.err);
    }
}

#[test]
fn other_files_are_used_when_they_are_named() {
    let shop = Shop::unpack();
    std::fs::rename(shop.path("config"), shop.path("conf")).unwrap();
    let settings = std::fs::read_to_string(shop.path("conf/switchboard.toml")).unwrap();
    shop.write("conf/switchboard.toml", &settings.replace("config/", "conf/"));
    assert_eq!(shop.type_in(&["who", "anonymous", "--config", "conf/switchboard.toml"]).code, 0);
    assert_eq!(shop.type_in(&["--config", "conf/switchboard.toml", "check"]).code, 0);
    assert_eq!(shop.type_in(&["check"]).code, 1);
}
