//! Make-believe phones: a provider of our own, so that a whole call can be rehearsed over real HTTP,
//! with real signatures, before anybody real is rung.
//!
//! The phones' side says [`Webhook`] or [`TextIn`] as JSON, signed by [`sign`], and is answered with a
//! [`Document`].

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;
use hyper::header::HeaderName;
use serde::{Deserialize, Serialize};

use crate::domain::caller::{Attestation, Party};
use crate::domain::event::{Event, Incoming, LegStatus, ProviderCallId, RingDone, Text, What};
use crate::domain::instruction::{Instruction, Speech, Stage};
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;

use super::{Forged, Form, Genuine, Hook, LastResort, Malformed, Outbound, Pending, Provider, Rendered, Request, Sent};

/// Where the signature of a rehearsed webhook is.
pub const SIGNATURE: HeaderName = HeaderName::from_static("x-rehearsal-signature");

const ID_BYTES_MAX: usize = 64;
/// Far beyond any rehearsal: what is sent is kept in memory.
const OUTBOX_MAX: usize = 10_000;

/// What the phones' side tells us. Which step and which key press it is about stands in the URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The caller's call, also where a leg speaks.
    pub call: String,
    pub news: News,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum News {
    /// `from` as a network would write it: a number, `anonymous`, a SIP address.
    Incoming {
        from: String,
        to: String,
        attestation: Attestation,
    },
    PickedUp,
    Key(Option<char>),
    RingDone(RingDone),
    Leg {
        sequence: u32,
        status: LegStatus,
    },
    MessageDone {
        seconds: Option<u32>,
        recording: Option<String>,
    },
    RecordingReady {
        recording: String,
        seconds: Option<u32>,
    },
    RecordingAbsent,
    Transcript {
        text: String,
    },
    CallEnded {
        seconds: Option<u32>,
    },
}

/// An incoming text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextIn {
    pub id: String,
    pub from: String,
    pub to: String,
    pub body: String,
}

/// Our answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// `urls` has an address for every stage that may follow from the instruction.
    Do { instruction: Instruction, urls: Vec<(Stage, String)> },
    /// Ring one phone; if nobody answers, say so.
    LastResort { to: Reach, caller_id: Option<Phone>, seconds: u16, sorry: Speech },
}

impl Document {
    pub fn url(&self, stage: Stage) -> Option<&str> {
        match self {
            Self::Do { urls, .. } => urls.iter().find(|(of, _)| *of == stage).map(|(_, url)| url.as_str()),
            Self::LastResort { .. } => None,
        }
    }
}

/// What the server sent during a rehearsal, in order. The rehearsal is its network.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Mutex<Vec<Outbound>>>);

impl Outbox {
    pub fn sent(&self) -> Vec<Outbound> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, outbound: &Outbound) -> Sent {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() >= OUTBOX_MAX {
            return Sent::Fail { why: "the rehearsal's outbox is full".to_owned() };
        }
        sent.push(outbound.clone());
        Sent::Done { provider_id: format!("rehearsal-{}", sent.len()) }
    }

    fn find(&self, outbound: &Outbound) -> Option<String> {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter().position(|other| other == outbound).map(|at| format!("rehearsal-{}", at + 1))
    }
}

/// Signs a webhook: `target` is path and query as sent, `secret` was made for this run.
pub fn sign(secret: &str, target: &str, body: &[u8]) -> String {
    HEXLOWER.encode(signed(&key(secret), target, body).sign().as_ref())
}

fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())
}

/// A target never holds a line feed, so none can be moved into the body.
fn signed(key: &hmac::Key, target: &str, body: &[u8]) -> hmac::Context {
    let mut context = hmac::Context::with_key(key);
    context.update(target.as_bytes());
    context.update(b"\n");
    context.update(body);
    context
}

pub struct Rehearsal {
    key: hmac::Key,
    outbox: Outbox,
}

impl Rehearsal {
    /// `secret` is made for this run and known to the phones only.
    pub fn new(secret: &str, outbox: Outbox) -> Self {
        Self { key: key(secret), outbox }
    }
}

impl fmt::Debug for Rehearsal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rehearsal")
    }
}

impl Provider for Rehearsal {
    fn name(&self) -> &'static str {
        "rehearsal"
    }

    fn screens(&self) -> bool {
        true
    }

    fn verify<'a>(&self, request: &'a Request) -> Result<Genuine<'a>, Forged> {
        let given = request.headers.get(SIGNATURE).ok_or(Forged::Unsigned)?;
        let given = HEXLOWER.decode(given.as_bytes()).map_err(|_| Forged::Mismatch)?;
        let expected = signed(&self.key, request.target.as_str(), &request.body).sign();
        aws_lc_rs::constant_time::verify_slices_are_equal(expected.as_ref(), &given).map_err(|_| Forged::Mismatch)?;
        Ok(Genuine { request, form: Form::empty() })
    }

    fn parse(&self, genuine: &Genuine<'_>, hook: Hook) -> Result<Event, Malformed> {
        event(&genuine.request.body, hook)
    }

    fn parse_text(&self, genuine: &Genuine<'_>) -> Result<Text, Malformed> {
        text(&genuine.request.body)
    }

    fn render(&self, instruction: &Instruction, url: &dyn Fn(Stage) -> String) -> Rendered {
        let urls = followed_by(instruction).into_iter().map(|stage| (stage, url(stage))).collect();
        json(&Document::Do { instruction: instruction.clone(), urls })
    }

    fn render_last_resort(&self, ring: &LastResort) -> Rendered {
        let LastResort { to, caller_id, seconds, sorry } = ring.clone();
        json(&Document::LastResort { to, caller_id, seconds, sorry })
    }

    fn send<'a>(&'a self, outbound: &'a Outbound) -> Pending<'a, Sent> {
        Box::pin(async { self.outbox.put(outbound) })
    }

    fn find<'a>(&'a self, outbound: &'a Outbound, _: jiff::Timestamp) -> Pending<'a, Result<Option<String>, String>> {
        Box::pin(async { Ok(self.outbox.find(outbound)) })
    }
}

/// Reads a [`Webhook`]. Also what a fuzzer calls.
pub fn event(body: &[u8], hook: Hook) -> Result<Event, Malformed> {
    let Webhook { call, news } =
        serde_json::from_slice(body).map_err(|_| Malformed { field: "body", problem: "not a rehearsal's webhook" })?;
    let what = meaning(news, hook).ok_or(Malformed { field: "news", problem: "not what this URL is for" })?;
    Ok(Event { provider_id: ProviderCallId(id(call, "call")?), what })
}

/// Reads a [`TextIn`]. Also what a fuzzer calls.
pub fn text(body: &[u8]) -> Result<Text, Malformed> {
    let TextIn { id: text_id, from, to, body } =
        serde_json::from_slice(body).map_err(|_| Malformed { field: "body", problem: "not a rehearsal's text" })?;
    let provider_id = id(text_id, "id")?;
    Ok(Text { provider_id, from: Party::from_network(&from), to: Phone::from_e164(&to), body })
}

fn meaning(news: News, hook: Hook) -> Option<What> {
    Some(match (hook, news) {
        (Hook::Voice, News::Incoming { from, to, attestation }) => What::Incoming(Incoming {
            from: Party::from_network(&from),
            to: Phone::from_e164(&to),
            attestation,
            forwarded_from: None,
        }),
        (Hook::Status, News::CallEnded { seconds }) => What::CallEnded { seconds },
        (Hook::Stage(Stage::Whisper { step }), News::PickedUp) => What::LegAnswered { step },
        (Hook::Stage(Stage::Key { step, attempt }), News::Key(key)) => What::KeyPressed { step, attempt, key },
        (Hook::Stage(Stage::RingDone { step }), News::RingDone(ring)) => What::RingDone { step, ring },
        (Hook::Stage(Stage::Leg { step }), News::Leg { sequence, status }) => {
            What::LegStatus { step, sequence, status }
        }
        (Hook::Stage(Stage::Message), News::MessageDone { seconds, recording }) => {
            What::MessageDone { seconds, recording }
        }
        (Hook::Stage(Stage::Recording), News::RecordingReady { recording, seconds }) => {
            What::RecordingReady { recording, seconds }
        }
        (Hook::Stage(Stage::Recording), News::RecordingAbsent) => What::RecordingAbsent,
        (Hook::Stage(Stage::Transcript), News::Transcript { text }) => What::Transcript { text },
        (Hook::Voice | Hook::Status | Hook::Stage(_), _) => return None,
    })
}

fn followed_by(instruction: &Instruction) -> Vec<Stage> {
    match instruction {
        Instruction::Ring(ring) => {
            let step = ring.step;
            vec![Stage::Whisper { step }, Stage::RingDone { step }, Stage::Leg { step }]
        }
        Instruction::Whisper(whisper) => vec![Stage::Key { step: whisper.step, attempt: whisper.attempt }],
        Instruction::TakeMessage(_) => vec![Stage::Message, Stage::Recording, Stage::Transcript],
        Instruction::Connect { .. }
        | Instruction::HangUpLeg { .. }
        | Instruction::Goodbye { .. }
        | Instruction::Reject
        | Instruction::Acknowledge => Vec::new(),
    }
}

fn json(document: &Document) -> Rendered {
    // Plain structs and enums of strings and numbers: there is nothing that could fail to be written.
    let body = serde_json::to_string(document).unwrap_or_default();
    Rendered { content_type: "application/json", body }
}

fn id(text: String, field: &'static str) -> Result<String, Malformed> {
    if text.is_empty() || text.len() > ID_BYTES_MAX || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Malformed { field, problem: "not an id" });
    }
    Ok(text)
}
