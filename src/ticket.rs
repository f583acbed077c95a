//! The opaque part of every URL we hand out: which call, which stage of it, and a compact copy of the
//! plan, so that the call can go on when the store is away.
//!
//! Sealed with AES-256-GCM-SIV under a key made from the providers' own secrets: nobody can forge or
//! read one, a repeated document carries the same URLs, and every instance that has the same
//! configuration can open it, without asking a store.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::call::{Call, CallId, Remains};
use crate::domain::call_back::{self, CallBackId};
use crate::domain::event::ProviderCallId;
use crate::domain::instruction::Stage;
use crate::domain::line::LineId;
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;

/// Longer texts are not opened: ours are a few hundred characters.
const SEALED_CHARS_MAX: usize = 2_000;

/// Everything but the stage, the same for all URLs of one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallTicket {
    pub call: CallId,
    pub provider: String,
    pub line: LineId,
    /// The caller's number, if it is known.
    pub from: Option<Phone>,
    /// Seconds since 1970.
    pub started: i64,
    /// BCP 47 tag of what the caller is spoken to in.
    pub language: String,
    /// The plan: whom to ring, for how many seconds.
    pub steps: Vec<(StaffId, u16)>,
    pub owner: StaffId,
    /// When the promise would be due, in seconds since 1970.
    pub due: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub stage: Stage,
    pub of: CallTicket,
}

/// Of a URL of a call back. Without the store it does not go on, so there is no copy of anything in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallBackTicket {
    pub stage: call_back::Stage,
    pub call_back: CallBackId,
    pub provider: String,
}

/// Of the URL at which staff listen to what a caller said after the tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageTicket {
    pub call: CallId,
    /// Seconds since 1970; from then on it opens nothing.
    pub expires: i64,
}

/// What a ticket is for is sealed with it: none opens as one of another kind.
const CALL: &[u8] = b"";
const CALL_BACK: &[u8] = b"call back";
const MESSAGE: &[u8] = b"message";

/// Seals and opens tickets.
pub struct Sealer {
    /// The first seals; all of them open, while a secret is being rotated.
    keys: Vec<LessSafeKey>,
}

impl CallTicket {
    pub fn of(call: &Call) -> Self {
        Self {
            call: call.id,
            provider: call.provider.clone(),
            line: call.line.clone(),
            from: call.from.phone(),
            started: call.started.as_second(),
            language: call.language.clone(),
            steps: call.plan.steps.iter().map(|step| (step.who.clone(), step.seconds)).collect(),
            owner: call.plan.promise.owner.clone(),
            due: call.plan.promise.due.as_second(),
        }
    }

    pub fn started(&self) -> Timestamp {
        Timestamp::from_second(self.started).unwrap_or_default()
    }

    pub fn due(&self) -> Timestamp {
        Timestamp::from_second(self.due).unwrap_or_default()
    }
}

impl Ticket {
    /// What is left of the call where nothing else is known of it. The provider's id stands in every webhook.
    pub fn remains<'a>(&'a self, provider: &'a str, provider_id: &ProviderCallId) -> Remains<'a> {
        Remains {
            id: self.of.call,
            provider,
            provider_id: provider_id.clone(),
            line: self.of.line.clone(),
            from: self.of.from,
            started: self.of.started(),
            language: &self.of.language,
            steps: &self.of.steps,
            owner: self.of.owner.clone(),
            due: self.of.due(),
            stage: self.stage,
        }
    }
}

impl Sealer {
    /// From the secrets of all configured providers, the newest of each first.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let keys = secrets.into_iter().filter_map(|secret| {
            // A key of its own for this purpose, derived from the secret and not the secret itself.
            let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), b"switchboard step URL 1");
            UnboundKey::new(&AES_256_GCM_SIV, derived.as_ref()).ok().map(LessSafeKey::new)
        });
        Self { keys: keys.collect() }
    }

    /// URL-safe characters only. Empty when no provider is configured: then there are no calls either.
    pub fn seal(&self, stage: Stage, of: &CallTicket) -> String {
        self.sealed(CALL, &(stage, of))
    }

    /// `None` for anything that this server, or one of its configuration, has not sealed.
    pub fn open(&self, sealed: &str) -> Option<Ticket> {
        self.opened(CALL, sealed)
    }

    /// As [`Sealer::seal`].
    pub fn seal_call_back(&self, ticket: &CallBackTicket) -> String {
        self.sealed(CALL_BACK, ticket)
    }

    /// As [`Sealer::open`].
    pub fn open_call_back(&self, sealed: &str) -> Option<CallBackTicket> {
        self.opened(CALL_BACK, sealed)
    }

    /// As [`Sealer::seal`].
    pub fn seal_message(&self, ticket: &MessageTicket) -> String {
        self.sealed(MESSAGE, ticket)
    }

    /// As [`Sealer::open`]. Whether it has expired is for the caller to see.
    pub fn open_message(&self, sealed: &str) -> Option<MessageTicket> {
        self.opened(MESSAGE, sealed)
    }

    fn sealed(&self, kind: &[u8], ticket: &impl Serialize) -> String {
        let Some(key) = self.keys.first() else { return String::new() };
        let Ok(mut bytes) = postcard::to_stdvec(ticket) else { return String::new() };
        match key.seal_in_place_append_tag(nonce(), Aad::from(kind), &mut bytes) {
            Ok(()) => BASE64URL_NOPAD.encode(&bytes),
            Err(_) => String::new(),
        }
    }

    fn opened<T: DeserializeOwned>(&self, kind: &[u8], sealed: &str) -> Option<T> {
        if sealed.len() > SEALED_CHARS_MAX {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        self.keys.iter().find_map(|key| {
            let mut bytes = bytes.clone();
            let plain = key.open_in_place(nonce(), Aad::from(kind), &mut bytes).ok()?;
            postcard::from_bytes(plain).ok()
        })
    }
}

/// Always the same: the SIV construction allows it, and the same ticket must make the same URL.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket() -> Ticket {
        Ticket {
            stage: Stage::Key { step: 1, attempt: 2 },
            of: CallTicket {
                call: CallId(uuid::Uuid::from_u128(7)),
                provider: "twilio".into(),
                line: LineId::new("main"),
                from: Phone::from_e164("+447700900201"),
                started: 1_780_000_000,
                language: "en-GB".into(),
                steps: vec![(StaffId::new("priya"), 18), (StaffId::new("tom"), 16)],
                owner: StaffId::new("priya"),
                due: 1_780_007_200,
            },
        }
    }

    #[test]
    fn a_ticket_opens_again_and_the_same_ticket_makes_the_same_url() {
        let sealer = Sealer::new(["secret"]);
        let sealed = sealer.seal(ticket().stage, &ticket().of);
        assert_eq!(sealer.open(&sealed), Some(ticket()));
        assert_eq!(sealed, sealer.seal(ticket().stage, &ticket().of));
        assert!(sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{sealed}");
    }

    #[test]
    fn a_changed_or_foreign_ticket_opens_nothing() {
        let sealer = Sealer::new(["secret"]);
        let sealed = sealer.seal(ticket().stage, &ticket().of);
        for at in 0..sealed.len() {
            let mut forged = sealed.clone().into_bytes();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(sealer.open(&String::from_utf8(forged).unwrap()), None);
        }
        assert_eq!(Sealer::new(["other"]).open(&sealed), None);
        assert_eq!(sealer.open(""), None);
        assert_eq!(sealer.open(&"A".repeat(10_000)), None);
    }

    #[test]
    fn a_call_backs_ticket_is_no_calls_ticket() {
        let sealer = Sealer::new(["secret"]);
        let of_call_back = CallBackTicket {
            stage: call_back::Stage::Key { attempt: 1 },
            call_back: CallBackId(uuid::Uuid::from_u128(7)),
            provider: "twilio".into(),
        };
        let sealed = sealer.seal_call_back(&of_call_back);
        assert_eq!(sealer.open_call_back(&sealed), Some(of_call_back));
        assert_eq!(sealer.open(&sealed), None);
        assert_eq!(sealer.open_call_back(&sealer.seal(ticket().stage, &ticket().of)), None);
    }

    #[test]
    fn a_messages_ticket_opens_a_message_only_and_is_short_enough_for_a_text() {
        let sealer = Sealer::new(["secret"]);
        let of_message = MessageTicket { call: CallId(uuid::Uuid::from_u128(u128::MAX)), expires: 1_780_000_000 };
        let sealed = sealer.seal_message(&of_message);
        assert_eq!(sealer.open_message(&sealed), Some(of_message));
        assert_eq!((sealer.open(&sealed), sealer.open_call_back(&sealed)), (None, None));
        assert_eq!(sealer.open_message(&sealer.seal(ticket().stage, &ticket().of)), None);
        assert!(sealed.len() < 64, "{sealed}");
    }

    #[test]
    fn a_ticket_of_before_a_rotation_still_opens() {
        let sealed = Sealer::new(["old"]).seal(ticket().stage, &ticket().of);
        assert_eq!(Sealer::new(["new", "old"]).open(&sealed), Some(ticket()));
    }
}
