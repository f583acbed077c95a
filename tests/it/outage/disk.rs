//! The disk of the SQLite file is full, or the file itself is gone.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use switchboard::domain::outcome::Outcome;

use super::{ENGAGED, MRS_OKAFOR, OPEN, is_reached, outcome_of};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

fn path_of(shop: &Shop) -> PathBuf {
    shop.server().store().strip_prefix("sqlite://").unwrap().into()
}

/// A small disk of its own. Only root can make one; elsewhere these tests say that they were skipped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mounted_on(folder: &Path) -> Option<Self> {
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
            .arg(folder)
            .stderr(std::process::Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(folder.to_owned()))
    }

    /// Until not a byte fits in.
    fn fill(&self) {
        use std::io::Write;
        let mut ballast = std::fs::File::create(self.0.join("ballast")).unwrap();
        while ballast.write_all(&[0; 512]).is_ok() {}
    }

    fn has_room_again(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server may still hold the file. What is left goes with the machine's memory.
        drop(std::process::Command::new("umount").arg("-l").arg(&self.0).status());
    }
}

#[tokio::test]
async fn a_full_disk_costs_no_call_and_everything_is_written_when_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mounted_on(folder.path()) else {
        eprintln!("the full disk was skipped: run as root, who may mount one");
        return;
    };
    let store = format!("sqlite://{}", folder.path().join("switchboard.db").display());
    let shop = Shop::opening(ROTA, OPEN).store(&store).open().await;
    shop.network().tolerates(ENGAGED);
    let before = shop.caller("+447700900202").rings().await;
    disk.fill();
    shop.next("priya", Behaviour::presses("1"));
    let during = shop.caller(MRS_OKAFOR).rings().await;
    shop.goes_quiet().await;
    during.reached("priya");
    before.was_promised("tom");
    // Nothing is lost by trying in vain.
    assert!(shop.server().app().comes_back().await.is_err());
    assert!(shop.server().app().comes_back().await.is_err());
    disk.has_room_again();
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 2);
    assert!(is_reached(outcome_of(&shop, &during).await, "priya"));
    assert_eq!(outcome_of(&shop, &before).await, Some(Outcome::Promised));
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn a_repeated_call_is_one_call_however_often_the_store_is_tried_in_vain() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.network().wire.repeats = 1;
    let path = path_of(&shop);

    let lock = rusqlite::Connection::open(&path).unwrap();
    lock.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let call = shop.caller(MRS_OKAFOR).rings().await;
    // In vain, in the middle of the call.
    assert!(shop.server().app().comes_back().await.is_err());
    let other = shop.caller("+447700900202").rings().await;
    assert_eq!(call.ringing(), ["tom"]);
    assert_eq!(other.ringing(), ["priya"], "who is on a call of ours stays known");
    shop.goes_quiet().await;
    lock.execute_batch("ROLLBACK").unwrap();
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 2);
    assert_eq!(shop.server().promises().await.len(), 2);
    assert_eq!(shop.server().texts().await.len(), 4);
}

#[tokio::test]
async fn a_deleted_file_is_not_replaced_by_an_empty_one_and_is_taken_up_again_when_it_is_back() {
    let shop = Shop::open(ROTA, OPEN).await;
    let before = shop.caller("+447700900202").rings().await;
    before.phone("tom").presses("1").await;
    before.hangs_up().await;
    shop.goes_quiet().await;
    let path = path_of(&shop);
    let aside = move_aside(&path);
    let during = shop.caller(MRS_OKAFOR).rings().await;
    assert_eq!(during.ringing(), ["tom"], "{}", during.story());
    shop.goes_quiet().await;
    assert!(shop.server().app().comes_back().await.is_err());
    assert!(!path.exists(), "an empty store in the place of the lost one would hide the loss");
    move_back(&aside, &path);
    shop.server().comes_back().await;
    assert_eq!(shop.server().calls().await.len(), 2);
    assert_eq!(outcome_of(&shop, &during).await, Some(Outcome::Promised));
    assert!(is_reached(outcome_of(&shop, &before).await, "tom"));
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn a_copy_put_in_the_place_of_the_file_is_what_is_written_to_from_then_on() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.caller("+447700900202").rings().await;
    shop.goes_quiet().await;
    let path = path_of(&shop);
    let copy = path.with_extension("copy");
    rusqlite::Connection::open(&path).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    move_aside(&path);
    std::fs::rename(&copy, &path).unwrap();
    let after = shop.caller(MRS_OKAFOR).rings().await;
    assert_eq!(after.ringing(), ["tom"], "{}", after.story());
    shop.goes_quiet().await;
    shop.server().comes_back().await;
    shop.passes(SignedDuration::from_mins(1)).await;
    let file = rusqlite::Connection::open(&path).unwrap();
    let on_file: i64 = file.query_row("SELECT count(*) FROM promise", [], |row| row.get(0)).unwrap();
    assert_eq!(on_file, 2);
}

/// With its journal, as somebody who moves a database properly does.
fn move_aside(path: &Path) -> PathBuf {
    let aside = path.with_extension("aside");
    rename_all(path, &aside);
    aside
}

fn move_back(aside: &Path, path: &Path) {
    rename_all(aside, path);
}

fn rename_all(from: &Path, to: &Path) {
    for end in ["", "-wal", "-shm"] {
        let (from, to) = (format!("{}{end}", from.display()), format!("{}{end}", to.display()));
        if Path::new(&from).exists() {
            std::fs::rename(from, to).unwrap();
        }
    }
}
