//! `switchboard rehearse`, as people type it.

mod by_hand;
mod day;

use std::process::{Command, Output};

use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::customers::{self, Details};

use crate::phones::opening::ROTA;

/// A folder with a business in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        desk.write("rota.toml", ROTA);
        desk.write("switchboard.toml", "rota = \"rota.toml\"\nstore = \"sqlite://switchboard.db\"\n");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn store(&self) -> Store {
        Store::open_for_command(&format!("sqlite://{}", self.folder.path().join("switchboard.db").display())).unwrap()
    }

    /// Mrs Okafor, whose usual person is Priya.
    fn knows_mrs_okafor(&self) {
        let details = Details {
            name: "Mrs Okafor".to_owned(),
            numbers: vec![Phone::from_e164("+447700900201").unwrap()],
            usual: Some(Some(StaffId::new("priya"))),
            note: Some(Some("Boiler, Tuesday".to_owned())),
            ..Details::default()
        };
        self.store().transaction(|tx| customers::put(tx, &[details])).unwrap();
    }

    fn rehearse(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_switchboard"))
            .current_dir(self.folder.path())
            .args(["--config", "switchboard.toml", "rehearse", "07700 900201", "--at", "2026-06-10 10:00"])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// The timeline of a rehearsal in which nothing is wrong.
    fn timeline(&self, arguments: &[&str]) -> String {
        let output = self.rehearse(arguments);
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{out}\n{}", String::from_utf8_lossy(&output.stderr));
        out
    }

    /// The exit code and what is said of a mistake.
    fn refusal(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.rehearse(arguments);
        assert!(output.stdout.is_empty());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }
}

#[test]
fn without_a_word_everybody_answers_and_the_story_is_a_happy_one() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    insta::assert_snapshot!(desk.timeline(&[]), @"
    Wed 10 Jun 2026 10:00:00  +44 7700 900201 rings +44 20 7946 0000 (main): Mrs Okafor, usual person Priya Nair
                    10:00:00  rings Priya Nair for 18 s: usual person
                    10:00:06  Priya Nair picks up
                    10:00:06  Priya Nair hears: “Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.”
                    10:00:10  Priya Nair presses 1
                    10:00:10  Priya Nair and the caller talk
                    10:02:10  Priya Nair hangs up
                    10:02:10  the call ends
    outcome: reached Priya Nair 10 s after the caller rang
    ");
}

#[test]
fn voicemail_is_passed_over_and_the_promise_and_its_texts_are_told() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    let all = ["--phone", "all=silent", "--phone", "priya=voicemail", "--caller", "leaves-message=9"];
    insta::assert_snapshot!(desk.timeline(&all), @"
    Wed 10 Jun 2026 10:00:00  +44 7700 900201 rings +44 20 7946 0000 (main): Mrs Okafor, usual person Priya Nair
                    10:00:00  rings Priya Nair for 18 s: usual person
                    10:00:12  Priya Nair's phone picks up by itself
                    10:00:12  Priya Nair hears: “Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.”
                    10:00:34  Priya Nair's phone is hung up
                    10:00:34  rings Tom Ellis for 16 s: on call until Mon 15 Jun 08:30
                    10:00:50  Tom Ellis does not answer
                    10:00:50  rings Sam Hartley for 10 s: owner
                    10:01:00  Sam Hartley does not answer
                    10:01:00  the caller hears: “I am sorry, nobody can take your call right now. Priya Nair will ring you by 12:00. If you like, leave a message after the tone.”
                    10:01:00  a text to the caller: “Hartley Heating: sorry we missed you. Priya Nair will ring you by 12:00.”
                    10:01:00  a text to Priya Nair: “Mrs Okafor (+44 7700 900201) rang at 10:00 and was promised a call from you by 12:00. About: Boiler, Tuesday. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it.”
                    10:01:10  the caller hears a tone
                    10:01:19  the caller hangs up
                    10:01:19  the caller leaves a message of 9 s
    outcome: promised: Priya Nair rings back by 12:00
    ");
}

#[test]
fn a_stranger_who_gives_up_is_owed_a_call() {
    let desk = Desk::new();
    insta::assert_snapshot!(desk.timeline(&["--phone", "all=silent", "--caller", "gives-up=12"]), @"
    Wed 10 Jun 2026 10:00:00  +44 7700 900201 rings +44 20 7946 0000 (main): a new caller
                    10:00:00  rings Tom Ellis for 16 s: on call until Mon 15 Jun 08:30
                    10:00:12  the caller hangs up
                    10:00:12  Tom Ellis's phone stops ringing
                    10:00:12  a text to the caller: “Hartley Heating: sorry we missed you. Tom Ellis will ring you by 12:00.”
                    10:00:12  a text to Tom Ellis: “A new caller (+44 7700 900201) rang at 10:00 and was promised a call from you by 12:00. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it.”
    outcome: the caller hung up after 12 s; Tom Ellis rings back by 12:00
    ");
}

#[test]
fn on_a_bad_day_every_webhook_comes_twice_the_server_is_restarted_and_the_story_is_the_same() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    let good = desk.timeline(&["--phone", "priya=hangs-up", "--phone", "tom=keys=7,1"]);
    let bad = desk.timeline(&["--phone", "priya=hangs-up", "--phone", "tom=keys=7,1", "--repeat", "--restart"]);
    let without = bad.replace("                10:00:02  the server is stopped and started again\n", "");
    assert_ne!(without, bad);
    assert_eq!(without, good);
}

#[test]
fn with_the_store_locked_the_phone_still_rings_and_the_texts_go_out_when_it_is_back() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    insta::assert_snapshot!(desk.timeline(&["--phone", "all=silent", "--phone", "sam=presses=2", "--store-locked"]), @"
    Wed 10 Jun 2026 10:00:00  +44 7700 900201 rings +44 20 7946 0000 (main): Mrs Okafor, usual person Priya Nair
                    10:00:00  rings Priya Nair for 18 s: usual person
                    10:00:00  the store is locked from now on
                    10:00:18  Priya Nair does not answer
                    10:00:18  rings Tom Ellis for 16 s: next in the plan that the call began with
                    10:00:34  Tom Ellis does not answer
                    10:00:34  rings Sam Hartley for 16 s: next in the plan that the call began with
                    10:00:40  Sam Hartley picks up
                    10:00:40  Sam Hartley hears: “Hartley Heating. A new caller for you, number ending 2 0 1. Press 1.”
                    10:00:44  Sam Hartley presses 2
                    10:00:44  Sam Hartley hears: “Thank you. Please ring them by 10:15.”
                    10:00:47  Sam Hartley's phone is hung up
                    10:00:47  the caller hears: “Sam Hartley knows that you are calling and will ring you by 10:15. If you like, leave a message after the tone.”
                    10:00:55  the caller hears a tone
                    10:00:56  the caller hangs up
                    10:01:02  the store is released
                    10:01:02  a text to the caller: “Hartley Heating: sorry we missed you. Sam Hartley will ring you by 10:15.”
                    10:01:02  a text to Sam Hartley: “Mrs Okafor (+44 7700 900201) rang at 10:00 and was promised a call from you by 10:15. About: Boiler, Tuesday. Reply CALL 1 to ring, DONE 1 when it is done, LATER 1 15:00 to move it.”
    outcome: promised: Sam Hartley rings back by 10:15
    ");
}

#[test]
fn nothing_of_a_rehearsal_reaches_the_real_store() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    let first = desk.timeline(&["--phone", "all=silent"]);
    let mut store = desk.store();
    let known = |store: &mut Store| {
        let phone = Phone::from_e164("+447700900201").unwrap();
        store.read(|tx| customers::by_phone(tx, &[phone])).unwrap().remove(&phone).unwrap()
    };
    assert!(known(&mut store).recent.is_empty());
    let calls = store.read(|tx| switchboard::store::calls::list(tx, jiff::Timestamp::UNIX_EPOCH, 10)).unwrap();
    assert!(calls.is_empty());
    assert_eq!(desk.timeline(&["--phone", "all=silent"]), first, "so the next one tells the same");
}

#[test]
fn recent_calls_are_rehearsed_too_and_the_owner_takes_a_second_conversation() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    let mut store = desk.store();
    let yesterday = "2026-06-09T10:00:00Z".parse().unwrap();
    let past = switchboard::domain::caller::PastCall { at: yesterday, reached: None, settled: false };
    let id = store
        .read(|tx| customers::by_phone(tx, &[Phone::from_e164("+447700900201").unwrap()]))
        .unwrap()
        .into_values()
        .next()
        .unwrap()
        .id;
    store.transaction(|tx| customers::remember(tx, &[(id, vec![past.clone()])])).unwrap();
    let timeline = desk.timeline(&["--phone", "priya=silent"]);
    assert!(timeline.contains("rings Sam Hartley for 16 s: owner, as it is the second call about this"), "{timeline}");
}

#[test]
fn programs_get_json() {
    let desk = Desk::new();
    desk.knows_mrs_okafor();
    let json: serde_json::Value = serde_json::from_str(&desk.timeline(&["--json"])).unwrap();
    assert_eq!(json["outcome"], "reached");
    assert_eq!(json["reached"], "priya");
    assert_eq!(json["seconds_to_human"], 10);
    assert_eq!(
        json["timeline"][1],
        serde_json::json!({
            "at": "2026-06-10T10:00:00+01:00", "what": "rings", "who": "priya", "words": "usual person"
        })
    );
    let json: serde_json::Value = serde_json::from_str(&desk.timeline(&["--json", "--phone", "all=busy"])).unwrap();
    assert_eq!(json["promise"], serde_json::json!({ "owner": "priya", "due": "2026-06-10T12:00:00+01:00" }));
}

#[test]
fn mistakes_are_explained() {
    let desk = Desk::new();
    let (code, words) = desk.refusal(&["--phone", "tim=silent"]);
    assert_eq!(
        (code, words.as_str()),
        (1, "nobody of the staff is called `tim`: write all, or one of sam, priya, tom, ana, desk\n")
    );
    let (code, words) = desk.refusal(&["--line", "fax"]);
    assert_eq!((code, words.as_str()), (1, "unknown line `fax`: the rota has main, desk, office\n"));
    let (code, words) = desk.refusal(&["--phone", "priya=asleep"]);
    assert_eq!(code, 2);
    assert!(words.contains("a phone answers, answers=9 (seconds), is silent, busy"), "{words}");
    desk.write("switchboard.toml", "rota = \"rota.toml\"\n[providers.rehearsal]\nenabled = false\n");
    let (code, words) = desk.refusal(&[]);
    assert_eq!(code, 1);
    assert!(words.starts_with("rehearsals are switched off; set `enabled = true`"), "{words}");
}
