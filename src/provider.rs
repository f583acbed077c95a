//! Telephony providers: verify, parse, render, and outbound REST. One trait; nothing of a provider
//! is known outside its own module.

pub mod form;
pub mod rehearsal;
pub mod twilio;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use hyper::HeaderMap;
use hyper::body::Bytes;
use hyper::header::HeaderValue;
use hyper::http::uri::PathAndQuery;

use crate::domain::call_back;
use crate::domain::event::{Event, Text};
use crate::domain::instruction::{Instruction, Speech, Stage};
use crate::domain::job::Outbound;
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;
use form::Form;

/// An HTTP request as it arrived. Whether it is genuine is for [`Provider::verify`] to say.
pub struct Request {
    pub method: hyper::Method,
    /// Path and query exactly as received, undecoded: signatures cover them.
    pub target: PathAndQuery,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Request {
    pub fn new(request: hyper::Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        let target = head.uri.into_parts().path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        Self { method: head.method, target, headers: head.headers, body }
    }
}

/// Neither the target, whose step URLs are secrets, nor a signature nor a caller's number.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("method", &self.method).field("body_bytes", &self.body.len()).finish_non_exhaustive()
    }
}

/// A request whose signature was right. Only a provider's `verify` makes one, and `parse` takes
/// nothing else, so unverified bytes cannot be parsed.
#[derive(Debug)]
pub struct Genuine<'a> {
    request: &'a Request,
    /// What the signature covers as a form, decoded on the way; empty where the provider signs bytes.
    form: Form,
}

/// Why a request is refused. Never carries the signature or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("no signature header")]
    Unsigned,
    #[error("the signature does not match; is public_url exactly what the provider is given?")]
    Mismatch,
    #[error("the signature uses an algorithm we do not accept")]
    UnknownAlgorithm,
    #[error("the signature names a key that is not in our configuration")]
    UnknownKey,
    #[error("the parameters are too many for any webhook, or not text")]
    NotAForm,
}

/// A genuine request that makes no sense. `field` names what is missing or wrong, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the field {field} is {problem}")]
pub struct Malformed {
    pub field: &'static str,
    pub problem: &'static str,
}

/// Which of our URLs was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hook {
    /// A call comes in.
    Voice,
    /// The status of a number's calls.
    Status,
    /// A step of a call in progress.
    Stage(Stage),
}

/// A rendered answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub content_type: &'static str,
    pub body: String,
}

/// What became of an [`Outbound`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    Done {
        provider_id: String,
    },
    /// Surely not done; may be tried again.
    Retry {
        why: String,
    },
    /// Surely not done, and trying again will not help.
    Fail {
        why: String,
    },
    /// May have been done. Must be looked up with [`Provider::find`] before any further try.
    Unknown {
        why: String,
    },
}

/// What a caller said after the tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// `audio/mpeg`; always one of `audio/`.
    pub content_type: HeaderValue,
    pub bytes: Bytes,
}

/// Why there is no sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSound {
    #[error("the address is not one of the provider's recordings")]
    NotARecording,
    #[error("the provider does not have it any more")]
    Deleted,
    /// May be there later.
    #[error("{0}")]
    Away(String),
}

pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

pub trait Provider: Send + Sync {
    /// The word in configuration, URLs and the store: `twilio`.
    fn name(&self) -> &'static str;

    /// Whether a leg can be asked for a key before it is connected. A provider that cannot do so must
    /// not ring a phone on which a voicemail may answer.
    fn screens(&self) -> bool;

    /// In what form its webhooks come; a request that says it is of another is refused.
    fn media_type(&self) -> &'static str;

    /// Checks the signature over the raw bytes and the configured public URL, in constant time.
    fn verify<'a>(&self, request: &'a Request) -> Result<Genuine<'a>, Forged>;

    /// An error where a leg asks what to hear (`Stage::Whisper`, `Stage::Key`) must still be answered
    /// with [`Instruction::HangUpLeg`]: what a provider makes of an error there is not known.
    fn parse(&self, genuine: &Genuine<'_>, hook: Hook) -> Result<Event, Malformed>;

    fn parse_text(&self, genuine: &Genuine<'_>) -> Result<Text, Malformed>;

    /// `url` gives the address at which the provider finds us again for a stage of this call.
    fn render(&self, instruction: &Instruction, url: &dyn Fn(Stage) -> String) -> Rendered;

    /// News of a call back that we asked for. As [`Provider::parse`]: an error where a document is asked for must
    /// be answered with a hang-up.
    fn parse_call_back(&self, genuine: &Genuine<'_>, stage: call_back::Stage) -> Result<call_back::News, Malformed>;

    /// As [`Provider::render`].
    fn render_call_back(
        &self,
        instruction: &call_back::Instruction,
        url: &dyn Fn(call_back::Stage) -> String,
    ) -> Rendered;

    /// A document that rings one phone without needing anything else of ours: for genuine calls that
    /// cannot be placed.
    fn render_last_resort(&self, ring: &LastResort) -> Rendered;

    /// Answers the sender of a text at once, in the reply to its webhook: for when nothing can be saved.
    fn render_text_reply(&self, say: &str) -> Rendered;

    fn send<'a>(&'a self, outbound: &'a Outbound) -> Pending<'a, Sent>;

    /// Looks for an outbound whose result is unknown among what the provider did since `since`.
    /// `Ok(None)`: surely not done.
    fn find<'a>(
        &'a self,
        outbound: &'a Outbound,
        since: jiff::Timestamp,
    ) -> Pending<'a, Result<Option<String>, String>>;

    /// Fetches a recording, with our credentials. `address` came in a webhook, and is asked only if it is a
    /// recording of ours.
    fn recording<'a>(&'a self, address: &'a str) -> Pending<'a, Result<Sound, NoSound>>;
}

/// The owner's phone, rung without a plan. Also what `switchboard fallback` prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastResort {
    pub to: Reach,
    pub caller_id: Option<Phone>,
    pub seconds: u16,
    /// Said if the owner does not answer either.
    pub sorry: Speech,
}
