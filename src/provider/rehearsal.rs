//! Make-believe phones: a provider of our own, so that a whole call can be rehearsed over real HTTP,
//! with real signatures, before anybody real is rung.
//!
//! The phones' side says [`Webhook`] or [`TextIn`] as JSON, signed by [`sign`], and is answered with a
//! [`Document`].

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::hmac;
use data_encoding::HEXLOWER;
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use crate::domain::call_back;
use crate::domain::caller::{Attestation, Party};
use crate::domain::event::{Event, Incoming, LegStatus, ProviderCallId, RingDone, Text, What};
use crate::domain::instruction::{Instruction, Speech, Stage};
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;

use super::{
    Forged, Form, Genuine, Hook, LastResort, Malformed, NoSound, Pending, Provider, Rendered, Request, Sent, Sound,
};
use crate::domain::job::Outbound;

/// Where the signature of a rehearsed webhook is.
pub const SIGNATURE: HeaderName = HeaderName::from_static("x-rehearsal-signature");

/// In front of every address of a recording.
pub const RECORDINGS: &str = "https://rehearsal.invalid/";

/// A millisecond of silence: make-believe callers say nothing.
const SILENCE: &[u8] = b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x08\0\0\0\x80\x80\x80\x80\x80\x80\x80\x80";

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
    /// As `Do`, of a call back.
    CallBack { instruction: call_back::Instruction, urls: Vec<(call_back::Stage, String)> },
    /// Ring one phone; if nobody answers, say so.
    LastResort { to: Reach, caller_id: Option<Phone>, seconds: u16, sorry: Speech },
    /// To the sender of a text.
    TextBack { say: String },
}

impl Document {
    pub fn url(&self, stage: Stage) -> Option<&str> {
        match self {
            Self::Do { urls, .. } => urls.iter().find(|(of, _)| *of == stage).map(|(_, url)| url.as_str()),
            Self::CallBack { .. } | Self::LastResort { .. } | Self::TextBack { .. } => None,
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

/// A secret for one run.
pub fn fresh_secret() -> Result<String, std::io::Error> {
    let mut secret = [0; 32];
    aws_lc_rs::rand::fill(&mut secret).map_err(|_| std::io::Error::other("this machine gives no random bytes"))?;
    Ok(HEXLOWER.encode(&secret))
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

    fn media_type(&self) -> &'static str {
        "application/json"
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

    fn parse_call_back(&self, genuine: &Genuine<'_>, stage: call_back::Stage) -> Result<call_back::News, Malformed> {
        call_back_news(&genuine.request.body, stage)
    }

    fn render_call_back(
        &self,
        instruction: &call_back::Instruction,
        url: &dyn Fn(call_back::Stage) -> String,
    ) -> Rendered {
        let stages: &[call_back::Stage] = match instruction {
            call_back::Instruction::Whisper(whisper) => &[call_back::Stage::Key { attempt: whisper.attempt }],
            call_back::Instruction::Connect(_) => &[call_back::Stage::Done, call_back::Stage::Customer],
            call_back::Instruction::HangUp { .. } | call_back::Instruction::Acknowledge => &[],
        };
        let urls = stages.iter().map(|stage| (*stage, url(*stage))).collect();
        json(&Document::CallBack { instruction: instruction.clone(), urls })
    }

    fn render_last_resort(&self, ring: &LastResort) -> Rendered {
        let LastResort { to, caller_id, seconds, sorry } = ring.clone();
        json(&Document::LastResort { to, caller_id, seconds, sorry })
    }

    fn render_text_reply(&self, say: &str) -> Rendered {
        json(&Document::TextBack { say: say.to_owned() })
    }

    fn send<'a>(&'a self, outbound: &'a Outbound) -> Pending<'a, Sent> {
        Box::pin(async { self.outbox.put(outbound) })
    }

    fn find<'a>(&'a self, outbound: &'a Outbound, _: jiff::Timestamp) -> Pending<'a, Result<Option<String>, String>> {
        Box::pin(async { Ok(self.outbox.find(outbound)) })
    }

    fn recording<'a>(&'a self, address: &'a str) -> Pending<'a, Result<Sound, NoSound>> {
        let silence = Sound { content_type: HeaderValue::from_static("audio/wav"), bytes: Bytes::from_static(SILENCE) };
        let sound = if address.starts_with(RECORDINGS) { Ok(silence) } else { Err(NoSound::NotARecording) };
        Box::pin(std::future::ready(sound))
    }
}

/// Reads a [`Webhook`]. Also what a fuzzer calls.
pub fn event(body: &[u8], hook: Hook) -> Result<Event, Malformed> {
    let Webhook { call, news } = webhook(body)?;
    let what = meaning(news, hook).ok_or(MISPLACED)?;
    Ok(Event { provider_id: ProviderCallId(id(call, "call")?), what })
}

/// Reads a [`Webhook`] about a call back. Also what a fuzzer calls.
pub fn call_back_news(body: &[u8], stage: call_back::Stage) -> Result<call_back::News, Malformed> {
    let Webhook { call, news } = webhook(body)?;
    id(call, "call")?;
    match (stage, news) {
        (call_back::Stage::PickedUp, News::PickedUp) => Ok(call_back::News::PickedUp),
        (call_back::Stage::Key { attempt }, News::Key(key)) => Ok(call_back::News::Key { attempt, key }),
        (call_back::Stage::Done, News::RingDone(ring)) => Ok(call_back::News::Done(ring)),
        (call_back::Stage::Customer, News::Leg { status, .. }) => {
            Ok(call_back::News::Customer { status, seconds: None })
        }
        (call_back::Stage::Staff, News::Leg { status, .. }) => Ok(call_back::News::Staff(status)),
        (_, _) => Err(MISPLACED),
    }
}

/// Reads a [`TextIn`]. Also what a fuzzer calls.
pub fn text(body: &[u8]) -> Result<Text, Malformed> {
    let TextIn { id: text_id, from, to, body } =
        serde_json::from_slice(body).map_err(|_| Malformed { field: "body", problem: "not a rehearsal's text" })?;
    let provider_id = id(text_id, "id")?;
    Ok(Text { provider_id, from: Party::from_network(&from), to: Phone::from_e164(&to), body })
}

const MISPLACED: Malformed = Malformed { field: "news", problem: "not what this URL is for" };

fn webhook(body: &[u8]) -> Result<Webhook, Malformed> {
    serde_json::from_slice(body).map_err(|_| Malformed { field: "body", problem: "not a rehearsal's webhook" })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::RingResult;
    use crate::domain::instruction::{Ring, Whisper};

    const SECRET: &str = "made for this run";

    fn rehearsal() -> Rehearsal {
        Rehearsal::new(SECRET, Outbox::default())
    }

    fn request(target: &str, body: &str, signature: Option<&str>) -> Request {
        let mut request = hyper::Request::post(target);
        if let Some(signature) = signature {
            request = request.header(SIGNATURE, signature);
        }
        Request::new(request.body(Bytes::from(body.to_owned())).unwrap())
    }

    fn phone(e164: &str) -> Phone {
        Phone::from_e164(e164).unwrap()
    }

    fn hears(hook: Hook, news: News) -> Result<What, Malformed> {
        let body = serde_json::to_string(&Webhook { call: "R1".to_owned(), news }).unwrap();
        let request = request("/r/1", &body, Some(&sign(SECRET, "/r/1", body.as_bytes())));
        let rehearsal = rehearsal();
        let genuine = rehearsal.verify(&request).unwrap();
        let event = rehearsal.parse(&genuine, hook)?;
        assert_eq!(event.provider_id.0, "R1");
        Ok(event.what)
    }

    #[test]
    fn only_the_phones_of_this_run_are_believed() {
        let good = sign(SECRET, "/r/1", b"{}");
        let verdict = |target, body, signature| rehearsal().verify(&request(target, body, signature)).map(|_| ());
        assert_eq!(verdict("/r/1", "{}", Some(&good)), Ok(()));
        assert_eq!(verdict("/r/1", "{}", None), Err(Forged::Unsigned));
        assert_eq!(verdict("/r/2", "{}", Some(&good)), Err(Forged::Mismatch));
        assert_eq!(verdict("/r/1", "{ }", Some(&good)), Err(Forged::Mismatch));
        assert_eq!(verdict("/r/1", "{}", Some("00")), Err(Forged::Mismatch));
        assert_eq!(verdict("/r/1", "{}", Some(&sign("an earlier run", "/r/1", b"{}"))), Err(Forged::Mismatch));
    }

    #[test]
    fn a_whole_call_can_be_told() {
        let rings = News::Incoming {
            from: "anonymous".to_owned(),
            to: "+442079460000".to_owned(),
            attestation: Attestation::None,
        };
        let What::Incoming(incoming) = hears(Hook::Voice, rings).unwrap() else { panic!() };
        assert_eq!((incoming.from, incoming.to), (Party::Withheld, Some(phone("+442079460000"))));

        let at = |stage, news| hears(Hook::Stage(stage), news).unwrap();
        assert_eq!(at(Stage::Whisper { step: 1 }, News::PickedUp), What::LegAnswered { step: 1 });
        assert_eq!(
            at(Stage::Key { step: 1, attempt: 2 }, News::Key(Some('1'))),
            What::KeyPressed { step: 1, attempt: 2, key: Some('1') }
        );
        let ring =
            RingDone { result: RingResult::Answered, bridged: Some(true), seconds: Some(60), caller_gone: false };
        assert_eq!(at(Stage::RingDone { step: 1 }, News::RingDone(ring)), What::RingDone { step: 1, ring });
        let ended = hears(Hook::Status, News::CallEnded { seconds: Some(60) });
        assert_eq!(ended, Ok(What::CallEnded { seconds: Some(60) }));
    }

    #[test]
    fn news_at_the_wrong_address_is_no_event() {
        assert!(hears(Hook::Voice, News::PickedUp).is_err());
        assert!(hears(Hook::Stage(Stage::Message), News::Key(Some('1'))).is_err());
        for body in [&b""[..], b"{}", b"null", b"{\"call\":\"\",\"news\":\"picked_up\"}", b"\xff"] {
            assert!(event(body, Hook::Stage(Stage::Whisper { step: 0 })).is_err());
            assert!(text(body).is_err());
        }
    }

    #[test]
    fn the_phones_are_told_where_to_go_on() {
        let say = Speech { text: "Mrs Okafor for you.".to_owned(), language: "en".to_owned() };
        let ring = Instruction::Ring(Ring {
            greeting: None,
            step: 1,
            to: Reach::Phone(phone("+447700900102")),
            seconds: 18,
            caller_id: phone("+442079460000"),
            talk_seconds_max: 7_200,
        });
        let whisper = Instruction::Whisper(Whisper { say: say.clone(), step: 1, attempt: 0, wait_seconds: 6 });
        for (instruction, stages) in [
            (ring, vec![Stage::Whisper { step: 1 }, Stage::RingDone { step: 1 }, Stage::Leg { step: 1 }]),
            (whisper, vec![Stage::Key { step: 1, attempt: 0 }]),
            (Instruction::HangUpLeg { say: Some(say) }, vec![]),
        ] {
            let rendered = rehearsal().render(&instruction, &|stage| format!("/r/{stage:?}"));
            let document: Document = serde_json::from_str(&rendered.body).unwrap();
            for &stage in &stages {
                assert_eq!(document.url(stage), Some(format!("/r/{stage:?}").as_str()));
            }
            let Document::Do { instruction: read, urls } = document else { panic!() };
            assert_eq!((read, urls.len()), (instruction, stages.len()));
        }
    }

    #[test]
    fn what_is_sent_arrives_in_the_outbox() {
        let outbox = Outbox::default();
        let rehearsal = Rehearsal::new(SECRET, outbox.clone());
        let text = Outbound::Text {
            from: phone("+442079460000"),
            to: phone("+447700900123"),
            body: "Priya rings by 11".to_owned(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (before, sent, after) = runtime.block_on(async {
            let since = jiff::Timestamp::UNIX_EPOCH;
            (rehearsal.find(&text, since).await, rehearsal.send(&text).await, rehearsal.find(&text, since).await)
        });
        assert_eq!(before, Ok(None));
        assert_eq!(sent, Sent::Done { provider_id: "rehearsal-1".to_owned() });
        assert_eq!(after, Ok(Some("rehearsal-1".to_owned())));
        assert_eq!(outbox.sent(), [text]);
    }
}
