//! Twilio: nothing outside this module knows its words.

mod rest;
mod signature;
mod twiml;
pub mod webhook;

use std::fmt;
use std::time::Duration;

use crate::domain::call_back;
use crate::domain::event::{Event, Text};
use crate::domain::instruction::{Instruction, Stage};

use super::{Forged, Genuine, Hook, LastResort, Malformed, NoSound, Pending, Provider, Rendered, Request, Sent, Sound};
use crate::domain::job::Outbound;
use rest::Rest;
use signature::Verifier;

/// What the admin knows of the account. Secrets stay out of its `Debug`.
#[derive(Clone)]
pub struct TwilioAccount {
    pub account_sid: String,
    /// The primary first; a second one during rotation.
    pub auth_tokens: Vec<String>,
    /// Key id and secret, for accounts that sign webhooks with a shared key (SHA-256).
    pub shared_keys: Vec<(String, String)>,
    /// `https://api.twilio.com`, or a stand-in.
    pub api_url: String,
    /// Exactly what Twilio is given as the beginning of our addresses.
    pub public_url: String,
}

impl fmt::Debug for TwilioAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioAccount")
            .field("account_sid", &self.account_sid)
            .field("auth_tokens", &self.auth_tokens.len())
            .field("shared_keys", &self.shared_keys.len())
            .field("api_url", &self.api_url)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAccount {
    #[error("public_url is not an address that begins with https:// or http://")]
    PublicUrl,
}

/// A text or a call is asked for within this time, answer included.
const REST_PATIENCE: Duration = Duration::from_secs(10);

pub struct Twilio {
    verifier: Verifier,
    rest: Rest,
}

impl Twilio {
    pub fn new(account: TwilioAccount) -> Result<Self, BadAccount> {
        Self::with_patience(account, REST_PATIENCE)
    }

    /// `patience` bounds every request to Twilio, answer included.
    pub fn with_patience(account: TwilioAccount, patience: Duration) -> Result<Self, BadAccount> {
        Ok(Self { verifier: Verifier::new(&account)?, rest: Rest::new(account, patience) })
    }
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Twilio")
    }
}

impl Provider for Twilio {
    fn name(&self) -> &'static str {
        "twilio"
    }

    fn screens(&self) -> bool {
        true
    }

    fn media_type(&self) -> &'static str {
        "application/x-www-form-urlencoded"
    }

    fn verify<'a>(&self, request: &'a Request) -> Result<Genuine<'a>, Forged> {
        self.verifier.check(request).map(|form| Genuine { request, form })
    }

    fn parse(&self, genuine: &Genuine<'_>, hook: Hook) -> Result<Event, Malformed> {
        webhook::event(&genuine.form, hook)
    }

    fn parse_text(&self, genuine: &Genuine<'_>) -> Result<Text, Malformed> {
        webhook::text(&genuine.form)
    }

    fn render(&self, instruction: &Instruction, url: &dyn Fn(Stage) -> String) -> Rendered {
        twiml::render(instruction, url)
    }

    fn parse_call_back(&self, genuine: &Genuine<'_>, stage: call_back::Stage) -> Result<call_back::News, Malformed> {
        webhook::call_back(&genuine.form, stage)
    }

    fn render_call_back(
        &self,
        instruction: &call_back::Instruction,
        url: &dyn Fn(call_back::Stage) -> String,
    ) -> Rendered {
        twiml::render_call_back(instruction, url)
    }

    fn render_last_resort(&self, ring: &LastResort) -> Rendered {
        twiml::render_last_resort(ring)
    }

    fn render_text_reply(&self, say: &str) -> Rendered {
        twiml::render_text_reply(say)
    }

    fn send<'a>(&'a self, outbound: &'a Outbound) -> Pending<'a, Sent> {
        Box::pin(self.rest.send(outbound))
    }

    fn find<'a>(
        &'a self,
        outbound: &'a Outbound,
        since: jiff::Timestamp,
    ) -> Pending<'a, Result<Option<String>, String>> {
        Box::pin(self.rest.find(outbound, since))
    }

    fn recording<'a>(&'a self, address: &'a str) -> Pending<'a, Result<Sound, NoSound>> {
        Box::pin(self.rest.recording(address))
    }
}
