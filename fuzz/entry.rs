//! What strangers, and admins in a hurry, can send us. Each function takes any bytes at all, says whether they made
//! sense, and panics only if a promise of ours is broken. Thrown at by the fuzz targets beside this file, and by `tests/it/fuzz_smoke.rs` on every test run.

#![allow(dead_code, clippy::allow_attributes, reason = "each fuzz target uses one of these")]

use std::sync::LazyLock;

use hyper::body::Bytes;
use jiff::Timestamp;
use switchboard::config::{diagnostic, rota as rota_file};
use switchboard::domain::call_back;
use switchboard::domain::command;
use switchboard::domain::instruction::Stage;
use switchboard::domain::staff::Roster;
use switchboard::provider::form::Form;
use switchboard::provider::twilio::{Twilio, TwilioAccount, webhook as twilio_webhook};
use switchboard::provider::{Hook, Provider, Request, rehearsal};

/// The body of a webhook whose signature was right.
pub fn webhook(bytes: &[u8]) -> bool {
    let mut understood = false;
    for hook in hooks() {
        if let Some(event) = Form::decode(bytes).ok().and_then(|form| twilio_webhook::event(&form, hook).ok()) {
            assert!(!event.provider_id.0.is_empty(), "a call without an id");
            understood = true;
        }
        understood |= rehearsal::event(bytes, hook).is_ok();
    }
    for stage in call_back_stages() {
        let news = Form::decode(bytes).ok().and_then(|form| twilio_webhook::call_back(&form, stage).ok());
        understood |= news.is_some() | rehearsal::call_back_news(bytes, stage).is_ok();
    }
    if let Some(text) = Form::decode(bytes).ok().and_then(|form| twilio_webhook::text(&form).ok()) {
        assert!(!text.provider_id.is_empty(), "a text without an id");
        understood = true;
    }
    understood | rehearsal::text(bytes).is_ok()
}

/// A whole request that nobody signed: target, signature and body, one a line.
pub fn forgery(bytes: &[u8]) -> bool {
    static PROVIDER: LazyLock<Option<Twilio>> = LazyLock::new(|| {
        let account = TwilioAccount {
            account_sid: "AC00000000000000000000000000000001".to_owned(),
            auth_tokens: vec!["0123456789abcdef0123456789abcdef".to_owned()],
            shared_keys: vec![("SK1".to_owned(), "fedcba9876543210".to_owned())],
            api_url: "http://127.0.0.1:9".to_owned(),
            public_url: "https://phone.example.com".to_owned(),
        };
        Twilio::new(account).ok()
    });
    let mut lines = bytes.splitn(3, |&byte| byte == b'\n');
    let (Some(target), Some(signature), Some(body)) = (lines.next(), lines.next(), lines.next()) else { return false };
    let request = hyper::Request::post(target).header("x-twilio-signature", signature);
    let Ok(request) = request.body(Bytes::copy_from_slice(body)) else { return false };
    let request = Request::new(request);
    let refused = PROVIDER.as_ref().is_none_or(|provider| provider.verify(&request).is_err());
    assert!(refused, "a request that nobody signed was taken for genuine");
    PROVIDER.is_some()
}

/// The admin's rota file. What is taken must work on any day; what is refused must say why, and where.
pub fn rota(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let now = Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * 20_636);
    let read = rota_file::read("rota.toml", &text, now, None);
    let taken = read.is_ok();
    let found = match read {
        Ok(read) => {
            for line in &read.rota.lines {
                for days in [0, 1, 77, 84, 300, 10_000] {
                    let at = now + jiff::SignedDuration::from_hours(24 * days);
                    let duty = read.rota.duty(line, at);
                    assert!(read.rota.due(line, at) >= at, "a promise that is due before it is made: {duty:?}");
                }
            }
            assert!(!diagnostic::has_errors(&read.warnings), "a file with an error was taken");
            read.warnings
        }
        Err(found) => {
            assert!(diagnostic::has_errors(&found), "refused without an error");
            found
        }
    };
    drop(diagnostic::render(&found, diagnostic::Style::Plain));
    drop(diagnostic::render(&found, diagnostic::Style::Coloured));
    taken
}

fn call_back_stages() -> [call_back::Stage; 5] {
    use call_back::Stage;
    [Stage::PickedUp, Stage::Key { attempt: u8::MAX }, Stage::Done, Stage::Customer, Stage::Staff]
}

/// A text from somebody of the staff, at any time: the first line is the second of the epoch.
pub fn command(bytes: &[u8]) -> bool {
    static ROSTER: LazyLock<Roster> = LazyLock::new(|| {
        let rota = "business = \"B\"\ntimezone = \"Europe/London\"\n[staff]\n\
                    sam = { name = \"Sam Hartley\", phone = \"+447700900101\" }\n\
                    tom = { name = \"Tom Ellis\", phone = \"+447700900103\" }\n[lines.main]\nnumber = \"+442079460000\"\n";
        rota_file::salvage(rota, Timestamp::UNIX_EPOCH).map(|rota| rota.staff).unwrap_or_default()
    });
    let text = String::from_utf8_lossy(bytes);
    let (first, text) = text.split_once('\n').unwrap_or(("", &text));
    let now = Timestamp::from_second(first.parse().unwrap_or_default()).unwrap_or_default();
    let Ok(now) = now.in_tz("Europe/London") else { return false };
    match command::parse(text, &now, &ROSTER) {
        Ok(command::Command::Away { from, until, .. }) => {
            assert!(from < until && until > now.datetime(), "away in the past");
            true
        }
        Ok(command::Command::Later { until, .. }) => {
            assert!(until > now.timestamp(), "later than now in the past");
            true
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

fn hooks() -> [Hook; 9] {
    let stage = Hook::Stage;
    [
        Hook::Voice,
        Hook::Status,
        stage(Stage::Whisper { step: 0 }),
        stage(Stage::Key { step: 1, attempt: 2 }),
        stage(Stage::RingDone { step: u8::MAX }),
        stage(Stage::Leg { step: 1 }),
        stage(Stage::Message),
        stage(Stage::Recording),
        stage(Stage::Transcript),
    ]
}
