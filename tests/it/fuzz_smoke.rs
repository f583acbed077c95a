//! The fuzz targets without a fuzzer: some thousand damaged webhooks, forgeries and rota files on every run. The dice are loaded, so
//! that a run repeats; `SEED=n` throws others. For the real search: `cargo +nightly fuzz run webhook`.

#[path = "../../fuzz/entry.rs"]
mod entry;

use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Bytes that have broken parsers before, and words that ours react to.
const PIECES: &[&str] = &[
    "%",
    "%00",
    "%ff%fe",
    "+",
    "&",
    "=",
    ";",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\u{e9}",
    "99999999999999999999",
    "-1",
    "1e309",
    "CallSid=CA1",
    "ParentCallSid=CA2",
    "Digits=1",
    "DialCallStatus=completed",
    "From=anonymous",
    "To=sip%3Adesk%40pbx",
    "{\"call\":",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "\"",
    "'''",
    "#",
    "\n",
    "2026-02-30",
    "24:00",
    "22:00-02:00",
    "Mon-Sun",
    "closed",
    "[[away]]\nwho = \"tom\"\n",
    "[[swap]]\n",
    "[lines.\"\u{1f4de}\"]\n",
    "+447700900101",
    "order = []\n",
    "timezone = \"Africa/Cairo\"\n",
    "0 open hours",
];

const WEBHOOKS: &[&str] = &[
    "CallSid=CA0123456789abcdef0123456789abcdef&From=%2B447700900999&To=%2B442079460000&CallStatus=ringing&StirVerstat=TN-Validation-Passed-A",
    "ParentCallSid=CA0123&CallSid=CA4567&Digits=1&CallStatus=in-progress&AnsweredBy=machine_start",
    "CallSid=CA0123&DialCallStatus=no-answer&DialCallDuration=17&DialBridged=false&RecordingDuration=3&RecordingUrl=https%3A%2F%2Fa",
    "MessageSid=SM0123&From=%2B447700900101&To=%2B442079460000&Body=AWAY+UNTIL+MON",
    "{\"call\":\"1\",\"news\":{\"incoming\":{\"from\":\"+447700900999\",\"to\":\"+442079460000\",\"attestation\":\"Full\"}}}",
    "{\"call\":\"1\",\"news\":{\"key\":\"1\"}}",
];

const FORGERIES: &[&str] = &[
    "/hooks/twilio/voice\nAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nCallSid=CA0123&From=%2B447700900999",
    "/hooks/twilio/voice?bodySHA256=00&a=b\nalgorithm=HMAC-SHA256,keyId=SK1,signature=AA==\n{}",
    "/\n\n",
];

const ROTA: &str = r#"business = "Hartley Heating"
timezone = "Europe/London"
country = "GB"
owner = "sam"
[staff]
sam = { name = "Sam Hartley", phone = "+447700900101" }
tom = { name = "Tom Ellis", phone = "07700 900103", not_between = "22:00-07:00" }
[hours]
Mon-Fri = ["08:30-12:30", "13:15-17:30"]
[rota]
rotate = "weekly"
handover = "Mon 08:30"
starts = 2026-01-05
order = ["tom", "sam"]
backups = 1
[promise]
call_back = "2 open hours"
[lines.main]
number = "+442079460000"
[[away]]
who = "tom"
from = 2026-07-06
to = 2026-07-17
[[holiday]]
date = 2026-12-25
name = "Christmas Day"
hours = "closed"
"#;

const SHORTEST_ROTA: &str = r#"business = "B"
timezone = "Asia/Kolkata"
[staff]
a = { name = "A", phone = "+919999999999" }
[lines.main]
number = "+911149999999"
"#;

const COMMANDS: &[&str] = &[
    "1781082000\nAWAY UNTIL MON 9:30",
    "1781082000\naway fri 24.12. - 26/12 tom",
    "1781082000\nLATER 41 tomorrow 15h30",
    "1781082000\nswap the turn of 2026-12-24 with Tom please",
    "1781082000\nabsent du 24 d\u{e9}cembre au 2 janvier",
    "1781082000\nfor half an hour from 3pm away",
];

#[test]
fn no_webhook_whatever_its_bytes_stops_us() {
    throw(4_000, WEBHOOKS, entry::webhook);
}

#[test]
fn no_made_up_signature_is_ever_taken_for_a_real_one() {
    throw(4_000, FORGERIES, entry::forgery);
}

#[test]
fn no_rota_file_whatever_is_wrong_with_it_stops_us() {
    throw(1_500, &[ROTA, SHORTEST_ROTA], entry::rota);
}

#[test]
fn no_text_of_staff_whatever_is_in_it_stops_us() {
    throw(20_000, COMMANDS, entry::command);
}

fn throw(times: u64, samples: &[&str], at: fn(&[u8]) -> bool) {
    let seed = std::env::var("SEED").map_or(1, |seed| seed.parse().expect("SEED is a number"));
    for sample in samples {
        assert!(at(sample.as_bytes()), "undamaged, this should make sense: {sample}");
    }
    let mut dice = StdRng::seed_from_u64(seed);
    for time in 0..times {
        let mut bytes = samples[dice.random_range(0..samples.len())].as_bytes().to_vec();
        for _ in 0..dice.random_range(1..8) {
            damage(&mut bytes, samples, &mut dice);
        }
        let survived = catch_unwind(AssertUnwindSafe(|| at(&bytes))).is_ok();
        assert!(survived, "SEED={seed}, input {time}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

fn damage(bytes: &mut Vec<u8>, samples: &[&str], dice: &mut StdRng) {
    let from = dice.random_range(0..=bytes.len());
    let to = (from + dice.random_range(0..20)).min(bytes.len());
    let piece = PIECES[dice.random_range(0..PIECES.len())].bytes();
    let sample = samples[dice.random_range(0..samples.len())].as_bytes();
    match dice.random_range(0..7) {
        0 => drop(bytes.drain(from..to)),
        1 => bytes.extend_from_within(from..to),
        2 => bytes[from..to].reverse(),
        3 => bytes[from..to].iter_mut().for_each(|byte| *byte ^= 1 << dice.random_range(0..8)),
        4 => bytes.truncate(from),
        5 => drop(bytes.splice(from..from, sample[..from.min(sample.len())].iter().copied())),
        _ => drop(bytes.splice(from..to, piece)),
    }
}
