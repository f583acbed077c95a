//! The example business that comes with the program, and the shortest files that work.

mod saving;

use jiff::Timestamp;
use switchboard::config::diagnostic::{Style, render};
use switchboard::config::rota::{Read, read};
use switchboard::domain::line::{PromiseOwner, Within};
use switchboard::domain::rota::rotation::Rotate;
use switchboard::domain::staff::StaffId;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn right(text: &str) -> Read {
    read("rota.toml", text, now(), None).unwrap_or_else(|problems| panic!("{}", render(&problems, Style::Plain)))
}

#[test]
fn the_example_rota_is_right_and_only_its_fictional_numbers_are_doubted() {
    let read = right(include_str!("../../config/rota.toml"));
    assert_eq!(read.rota.business, "Hartley Heating");
    assert_eq!(read.rota.staff.len(), 5);
    assert_eq!(read.rota.holidays.len(), 4);
    let others: Vec<_> = read.warnings.iter().filter(|one| !one.what.contains("no numbering plan knows")).collect();
    assert!(others.is_empty(), "{}", render(&read.warnings, Style::Plain));
}

#[test]
fn a_line_has_its_own_words_and_the_rest_from_above() {
    let rota = right(include_str!("../../config/rota.toml")).rota;
    let main = &rota.lines[0];
    let emergency = &rota.lines[1];
    assert_eq!(emergency.ring.each, 15);
    assert_eq!(emergency.ring.at_most, main.ring.at_most);
    assert_eq!(emergency.rota.rotate, main.rota.rotate);
    assert_eq!(emergency.rota.order[0].as_str(), "tom");
    assert!(emergency.rota.changes.is_empty(), "a change of the others' order is not a change of this one");
    assert_eq!(emergency.promise.owner, PromiseOwner::OnCall);
    assert_eq!(emergency.promise.call_back, Within::Minutes(30));
}

#[test]
fn the_shortest_rota_is_a_business_a_zone_a_person_and_a_line() {
    let rota = right(
        r#"
        business = "Corner Shop"
        timezone = "Europe/London"
        [staff]
        jo = { name = "Jo", phone = "+447700900101" }
        [lines.main]
        number = "+442079460000"
        "#,
    )
    .rota;
    assert_eq!(rota.owner.as_str(), "jo");
    let line = &rota.lines[0];
    assert_eq!(line.rota.rotate, Rotate::Fixed);
    assert_eq!(line.hours.days[6][0].end.0, 1440, "always open");
}

#[test]
fn without_a_rota_everybody_rings_in_the_order_of_the_file() {
    let rota = right(
        r#"
        business = "Corner Shop"
        timezone = "Europe/London"
        lines.main.number = "+442079460000"
        [staff]
        jo = { name = "Jo", phone = "+447700900101" }
        al = { name = "Al", phone = "+447700900102" }
        vi = { name = "Vi", phone = "+447700900103" }
        "#,
    )
    .rota;
    let rotation = &rota.lines[0].rota;
    assert_eq!(rotation.order.iter().map(StaffId::as_str).collect::<Vec<_>>(), ["jo", "al", "vi"]);
    assert_eq!(rotation.backups, 2);
}

mod settings {
    //! The server's file and the environment over it.

    use std::io::Write;

    use switchboard::config::diagnostic::{Style, render};
    use switchboard::config::settings::{Loaded, Secret, Settings, load, read};

    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn settled(text: &str, environment: &[(&str, &str)]) -> Settings {
        match read("switchboard.toml", text, variables(environment)) {
            Ok(Loaded { settings, .. }) => settings,
            Err(problems) => panic!("{}", render(&problems, Style::Plain)),
        }
    }

    #[test]
    fn without_any_file_the_defaults_serve_the_example() {
        let settings = settled("", &[]);
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.public_url, "http://127.0.0.1:8080");
        assert_eq!(settings.rota.to_str(), Some("config/rota.toml"));
        assert_eq!(settings.store.reveal(), "sqlite://data/switchboard.db");
        assert!(settings.providers.twilio.is_none());
        assert!(settings.providers.rehearsal);
    }

    #[test]
    fn the_example_file_says_what_holds_without_it() {
        let mut settings = settled(include_str!("../../config/switchboard.toml"), &[]);
        let customers = settings.customers.take();
        assert_eq!(customers.as_deref(), Some("config/customers.csv".as_ref()), "the example's own, never a default");
        assert_eq!(format!("{settings:?}"), format!("{:?}", settled("", &[])));
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let problems = load("no/such/file.toml".as_ref(), []).unwrap_err();
        assert!(problems[0].what.contains("cannot be read"));
    }

    #[test]
    fn the_environment_is_stronger_than_the_file_and_reaches_every_section() {
        let file = "listen = \"127.0.0.1:1\"\npublic_url = \"https://phone.example.com/\"\n\
                    [providers.twilio]\naccount_sid = \"ACfile\"\nauth_token = \"old\"\n";
        let settings = settled(
            file,
            &[
                ("SWITCHBOARD__LISTEN", "0.0.0.0:9000"),
                ("SWITCHBOARD__PROVIDERS__TWILIO__AUTH_TOKEN", "new,old"),
                ("SWITCHBOARD__PROVIDERS__REHEARSAL__ENABLED", "false"),
                ("SWITCHBOARD__LIMITS__ANSWER_WITHIN_MS", "800"),
                ("PATH", "/bin"),
            ],
        );
        assert_eq!(settings.listen.port(), 9000);
        assert_eq!(settings.public_url, "https://phone.example.com", "no slash at the end");
        assert_eq!(settings.limits.answer_within.as_millis(), 800);
        assert!(!settings.providers.rehearsal);
        let twilio = settings.providers.twilio.unwrap();
        assert_eq!(twilio.account_sid, "ACfile");
        let tokens: Vec<_> = twilio.auth_tokens.iter().map(Secret::reveal).collect();
        assert_eq!(tokens, ["new", "old"]);
        assert_eq!(twilio.api_url, "https://api.twilio.com");
    }

    #[test]
    fn secrets_may_lie_in_files_of_their_own() {
        let mut tokens = tempfile::NamedTempFile::new().unwrap();
        writeln!(tokens, "new\nold").unwrap();
        let mut password = tempfile::NamedTempFile::new().unwrap();
        writeln!(password, "p@ss").unwrap();
        let file = format!(
            "store = \"postgres://me@db/switchboard\"\nstore_password_file = {:?}\npublic_url = \"https://a.example\"\n\
             [providers.twilio]\naccount_sid = \"AC1\"\nauth_token_file = {:?}\nshared_keys = [\"K1=s1\", \"K2=s2=\"]\n",
            password.path(),
            tokens.path(),
        );
        let settings = settled(&file, &[]);
        assert_eq!(settings.store.reveal(), "postgres://me:p%40ss@db/switchboard");
        assert!(!format!("{settings:?}").contains("p%40ss"));
        let twilio = settings.providers.twilio.unwrap();
        assert_eq!(twilio.auth_tokens.len(), 2);
        assert_eq!(twilio.shared_keys[1].0, "K2");
        assert_eq!(twilio.shared_keys[1].1.reveal(), "s2=");
    }

    #[test]
    fn the_settings_shown_in_the_design_work() {
        let file = r#"
            listen     = "127.0.0.1:8080"
            public_url = "https://phone.example.com"
            rota       = "config/rota.toml"
            store      = "sqlite://data/switchboard.db"
            [providers.twilio]
            account_sid = "AC..."
            auth_token  = "..."
            api_url     = "https://api.twilio.com"
            [providers.rehearsal]
        "#;
        let settings = settled(file, &[]);
        assert!(settings.providers.twilio.is_some());
        assert!(settings.providers.rehearsal);
    }
}

mod readback {
    //! What the admin is told that the file means.

    use super::{now, right};
    use switchboard::config::readback::{changes, read_back};
    use switchboard::domain::words::Language;

    const EXAMPLE: &str = include_str!("../../config/rota.toml");

    fn example() -> String {
        let summer = "2026-06-22T09:00:00Z".parse().unwrap();
        read_back(&right(EXAMPLE).rota, summer, 5, Language::English).join("\n")
    }

    #[test]
    fn the_example_reads_back_in_plain_words() {
        insta::assert_snapshot!(example());
    }

    #[test]
    fn an_edit_is_told_to_the_people_whose_weeks_move() {
        let old = right(EXAMPLE).rota;
        let away = "\n[[away]]\nwho = \"ana\"\nfrom = 2026-12-07\nto = 2026-12-20\ncover = \"sam\"\n";
        let new = right(&(EXAMPLE.replace("\"08:30-12:30\", \"13:15-17:30\"", "\"09:00-17:30\"") + away)).rota;
        insta::assert_snapshot!(changes(&old, &new, now(), 8, Language::English).join("\n"));
        assert!(changes(&old, &old, now(), 8, Language::English).is_empty(), "no edit, no news");
    }
}

mod watch {
    //! What happens when the file is saved while calls come in.

    use std::fs;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use super::now;
    use switchboard::config::watch::{Reloaded, RotaFile, Watching, watch};

    const SHORT: &str = "business = \"Before\"\ntimezone = \"Europe/London\"\n[staff]\n\
                         jo = { name = \"Jo\", phone = \"+447700900101\" }\n[lines.main]\nnumber = \"+442079460000\"\n";

    fn after() -> String {
        SHORT.replace("Before", "After")
    }

    fn opened(path: &Path) -> Arc<RotaFile> {
        Arc::new(RotaFile::open(path, now(), None).unwrap())
    }

    fn watched(file: &Arc<RotaFile>) -> (Watching, Receiver<Reloaded>) {
        let (heard, hear) = channel();
        let told = move |reloaded: &Reloaded| drop(heard.send(reloaded.clone()));
        (watch(Arc::clone(file), |file| file.reload(now(), None), told).unwrap(), hear)
    }

    /// Not a promise of speed: this machine may be busy.
    fn goes_live(hear: &Receiver<Reloaded>) {
        let reloaded = hear.recv_timeout(Duration::from_secs(8)).expect("the save is seen");
        assert!(matches!(reloaded, Reloaded::Live { .. }), "{reloaded:?}");
    }

    #[test]
    fn a_wrong_edit_leaves_the_last_good_rota_and_says_so_until_it_is_mended() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rota.toml");
        fs::write(&path, SHORT).unwrap();
        let file = opened(&path);
        assert!(matches!(file.reload(now(), None), Reloaded::Unchanged));
        let call_in_progress = file.live().rota.clone();

        fs::write(&path, after().replace("+44770", "oops")).unwrap();
        assert!(matches!(file.reload(now(), None), Reloaded::Refused(_)));
        assert_eq!(file.live().rota.business, "Before");
        assert!(file.live().broken.is_some());
        assert!(matches!(file.reload(now(), None), Reloaded::Unchanged), "told once");

        fs::write(&path, after()).unwrap();
        assert!(matches!(file.reload(now(), None), Reloaded::Live { .. }));
        assert_eq!(file.live().rota.business, "After");
        assert!(file.live().broken.is_none());
        assert_eq!(call_in_progress.business, "Before", "a call keeps the rota it began with");
    }

    #[test]
    fn a_file_that_vanishes_leaves_the_last_good_rota() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rota.toml");
        fs::write(&path, SHORT).unwrap();
        let file = opened(&path);
        fs::remove_file(&path).unwrap();
        assert!(matches!(file.reload(now(), None), Reloaded::Refused(_)));
        assert_eq!(file.live().rota.business, "Before");
        fs::write(&path, SHORT).unwrap();
        assert!(matches!(file.reload(now(), None), Reloaded::Live { .. }), "put back as it was");
        assert!(file.live().broken.is_none());
    }

    #[test]
    fn a_start_with_a_wrong_file_still_rings_somebody() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rota.toml");
        fs::write(&path, format!("busines = \"x\"\n{SHORT}")).unwrap();
        let live = opened(&path).live();
        assert!(live.broken.is_some());
        assert_eq!(live.rota.lines.len(), 1);
    }

    #[test]
    fn a_save_in_place_goes_live() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rota.toml");
        fs::write(&path, SHORT).unwrap();
        let file = opened(&path);
        let (_watching, hear) = watched(&file);
        fs::write(&path, after()).unwrap();
        goes_live(&hear);
        assert_eq!(file.live().rota.business, "After");
    }

    #[test]
    fn an_editor_that_renames_its_copy_over_the_file_is_seen() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("rota.toml");
        fs::write(&path, SHORT).unwrap();
        let file = opened(&path);
        let (_watching, hear) = watched(&file);
        for text in [after(), SHORT.to_owned()] {
            fs::write(directory.path().join(".rota.toml.swp"), &text).unwrap();
            fs::rename(directory.path().join(".rota.toml.swp"), &path).unwrap();
            goes_live(&hear);
        }
        assert_eq!(file.live().rota.business, "Before");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_is_swapped_to_another_directory_is_seen() {
        use std::os::unix::fs::symlink;

        let directory = tempfile::tempdir().unwrap();
        let (volume, elsewhere) = (directory.path().join("volume"), directory.path().join("elsewhere"));
        for (version, text) in [("v1", SHORT.to_owned()), ("v2", after())] {
            fs::create_dir_all(volume.join(version)).unwrap();
            fs::write(volume.join(version).join("rota.toml"), text).unwrap();
        }
        fs::create_dir_all(&elsewhere).unwrap();
        symlink("v1", volume.join("..data")).unwrap();
        symlink("..data/rota.toml", volume.join("rota.toml")).unwrap();
        symlink(volume.join("rota.toml"), elsewhere.join("rota.toml")).unwrap();
        let file = opened(&elsewhere.join("rota.toml"));
        let (_watching, hear) = watched(&file);

        symlink("v2", volume.join("..data_tmp")).unwrap();
        fs::rename(volume.join("..data_tmp"), volume.join("..data")).unwrap();
        goes_live(&hear);
        assert_eq!(file.live().rota.business, "After");

        fs::write(volume.join("v2/rota.toml"), SHORT).unwrap();
        goes_live(&hear);
        assert_eq!(file.live().rota.business, "Before", "the new directory is watched too");
    }
}

#[test]
fn the_example_customers_can_all_be_rung_and_their_usual_people_are_on_the_staff() {
    use switchboard::domain::phone::Phone;

    let rota = right(include_str!("../../config/rota.toml")).rota;
    let mut rows = csv::Reader::from_reader(include_str!("../../config/customers.csv").as_bytes());
    assert_eq!(rows.headers().unwrap(), vec!["name", "phone", "usual", "language", "note", "tags"]);
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 12);
    for row in rows {
        for number in row[1].split(';') {
            assert!(Phone::parse(number, rota.country).is_ok(), "{number}");
        }
        assert!(row[2].is_empty() || rota.staff.get(&row[2]).is_some(), "{}", &row[2]);
    }
}
