//! The rota file is saved by us and not by an editor.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use switchboard::config::watch::{NotSaved, Reloaded, RotaFile, fingerprint};

use super::now;

const SHORT: &str = "business = \"Before\"\ntimezone = \"Europe/London\"\n[staff]\n\
                     jo = { name = \"Jo\", phone = \"+447700900101\" }\n[lines.main]\nnumber = \"+442079460000\"\n";

fn opened() -> (tempfile::TempDir, RotaFile) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rota.toml");
    fs::write(&path, SHORT).unwrap();
    let file = RotaFile::open(&path, now(), None).unwrap();
    (folder, file)
}

#[test]
fn a_text_that_is_right_is_written_and_live_at_once() {
    let (folder, file) = opened();
    let path = folder.path().join("rota.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let after = SHORT.replace("Jo\"", "Jo Bell\"").replace("900101", "900102");
    let changes = file.save(&fingerprint(SHORT), &after, now(), None).unwrap();
    assert_eq!(changes, ["Jo Bell is rung on another phone."]);
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(file.live().rota.name(&switchboard::domain::staff::StaffId::new("jo")), "Jo Bell");
    assert!(matches!(file.reload(now(), None), Reloaded::Unchanged), "it is not read a second time");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left lying about");
}

#[test]
fn a_change_that_somebody_made_on_disk_meanwhile_is_never_overwritten() {
    let (folder, file) = opened();
    let path = folder.path().join("rota.toml");
    let theirs = SHORT.replace("Before", "Theirs");
    fs::write(&path, &theirs).unwrap();
    let refused = file.save(&fingerprint(SHORT), &SHORT.replace("Before", "Ours"), now(), None);
    assert!(matches!(refused, Err(NotSaved::Meanwhile { on_disk }) if on_disk == theirs));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert_eq!(file.live().rota.business, "Before", "it goes live as every change on disk does");
}

#[test]
fn a_text_that_is_wrong_is_refused_and_nothing_is_written() {
    let (folder, file) = opened();
    let refused = file.save(&fingerprint(SHORT), &SHORT.replace("timezone", "timezon"), now(), None);
    assert!(matches!(refused, Err(NotSaved::Wrong(problems)) if !problems.is_empty()));
    assert_eq!(fs::read_to_string(folder.path().join("rota.toml")).unwrap(), SHORT);
}

#[test]
fn a_file_behind_a_link_is_written_where_it_lies() {
    let (folder, _) = opened();
    let link = folder.path().join("link.toml");
    symlink("rota.toml", &link).unwrap();
    let file = RotaFile::open(&link, now(), None).unwrap();
    let after = SHORT.replace("Before", "After");
    file.save(&fingerprint(SHORT), &after, now(), None).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(folder.path().join("rota.toml")).unwrap(), after);
}
