//! One caller and the phones that ring for them, on the provider's side: no time passes, but every answer is waited
//! for, and what was answered is remembered.

use tokio::sync::watch;

use super::document::Document;
use super::{line_of, staff_id};
use crate::phones::dice::Dice;
use crate::phones::wire::{Lost, Params, Wire};
use crate::process::{ACCOUNT, PUBLIC_URL, TOKEN};

/// What the provider was told, and so must be true for ever.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) sid: String,
    pub(super) from: String,
    /// The first webhook was answered.
    pub(super) got_the_call: bool,
    /// Whose leg was connected, and talked.
    pub(super) reached: Option<String>,
    /// Who pressed 2 and was told that it is noted.
    pub(super) rings_back: Option<String>,
    /// The caller heard a promise.
    pub(super) promised: bool,
    /// Answers that never came and were not asked for again. What follows from them nobody knows.
    pub(super) in_doubt: bool,
    pub(super) answers_lost: u32,
    pub(super) story: Vec<String>,
}

pub(super) struct Caller {
    number: u32,
    dice: Dice,
    wire: Wire,
    told: watch::Sender<u64>,
    memory: Memory,
}

/// What a phone does.
enum Habit {
    LetsItRing,
    Busy,
    Silent,
    Presses(&'static str),
}

/// The call is over for the provider.
struct Over;

impl Caller {
    /// `told` counts the answers that came.
    pub(super) fn new(
        number: u32,
        instances: watch::Receiver<Vec<String>>,
        seed: u64,
        told: watch::Sender<u64>,
    ) -> Self {
        let mut dice = Dice::new(seed);
        let mut wire = Wire::new(instances, PUBLIC_URL, TOKEN);
        // With `#rc=5&rp=all` a provider asks again; without, a lost answer stays lost.
        wire.retries_lost_answers = dice.percent(80);
        wire.repeats = u32::from(dice.percent(20));
        let memory =
            Memory { sid: format!("CA{number:032x}"), from: format!("+447700900{number:03}"), ..Memory::default() };
        Self { number, dice, wire, told, memory }
    }

    pub(super) async fn calls(mut self) -> Memory {
        // Whether it ran to its end or broke off is in the memory.
        let _: Result<(), Over> = self.rings().await;
        self.memory
    }

    /// Rings, and hangs up as soon as a phone does.
    pub(super) async fn gives_up_at_once(mut self) -> Memory {
        if self.comes_in().await.is_ok() {
            let _: Result<(), Over> = self.hangs_up().await;
        }
        self.memory
    }

    async fn rings(&mut self) -> Result<(), Over> {
        let mut document = self.comes_in().await?;
        while let Document::Ring { to, whisper, done } = document {
            if self.dice.percent(10) {
                return self.hangs_up().await;
            }
            let who = staff_id(&to);
            document = self.rings_a_phone(&who, &whisper, &done).await?;
            if self.memory.reached.is_some() {
                return self.ends().await;
            }
        }
        if let Document::TakeMessage { message } = document {
            self.memory.promised = true;
            if self.dice.percent(30) {
                let recording = format!("https://api.example.com/recordings/{}", self.number);
                self.asks(&message, &[("RecordingUrl", &recording), ("RecordingDuration", "7")]).await?;
            }
        }
        self.ends().await
    }

    async fn comes_in(&mut self) -> Result<Document, Over> {
        let to = line_of(self.number);
        let document = self.asks("/hooks/twilio/voice", &[("To", &to), ("CallStatus", "ringing")]).await?;
        self.memory.got_the_call = true;
        Ok(document)
    }

    async fn rings_a_phone(&mut self, who: &str, whisper: &str, done: &str) -> Result<Document, Over> {
        let habit = match self.dice.up_to(9) {
            0 | 1 => Habit::LetsItRing,
            2 => Habit::Busy,
            3 => Habit::Silent,
            4 => Habit::Presses("3"),
            5 => Habit::Presses("2"),
            6 => Habit::Presses("91"),
            _ => Habit::Presses("1"),
        };
        let bridged = match habit {
            Habit::LetsItRing => return self.ring_is_over(done, "no-answer", false).await,
            Habit::Busy => return self.ring_is_over(done, "busy", false).await,
            Habit::Silent => self.asks_leg(whisper, &[]).await.is_some_and(|document| document == Document::Empty),
            Habit::Presses(keys) => self.presses(who, whisper, keys).await,
        };
        if bridged {
            self.memory.reached = Some(who.to_owned());
        }
        self.ring_is_over(done, "completed", bridged).await
    }

    /// Whether the leg was connected.
    async fn presses(&mut self, who: &str, whisper: &str, keys: &str) -> bool {
        let mut document = self.asks_leg(whisper, &[]).await;
        for key in keys.chars() {
            let Some(Document::Whisper { key: address }) = document else { break };
            document = self.asks_leg(&address, &[("Digits", &key.to_string())]).await;
            if key == '2' && document == Some(Document::HangUp) {
                self.memory.rings_back = Some(who.to_owned());
            }
        }
        document == Some(Document::Empty)
    }

    async fn ring_is_over(&mut self, done: &str, status: &str, bridged: bool) -> Result<Document, Over> {
        let bridged = if bridged { "true" } else { "false" };
        let params = [("CallStatus", "in-progress"), ("DialCallStatus", status), ("DialBridged", bridged)];
        self.asks(done, &params).await
    }

    async fn hangs_up(&mut self) -> Result<(), Over> {
        self.asks("/hooks/twilio/status", &[("CallStatus", "completed"), ("CallDuration", "3")]).await.map(drop)
    }

    /// Now and then nobody tells us.
    async fn ends(&mut self) -> Result<(), Over> {
        if self.dice.percent(80) {
            self.asks("/hooks/twilio/status", &[("CallStatus", "completed"), ("CallDuration", "60")]).await?;
        }
        Ok(())
    }

    /// A webhook of the caller's side. When its answer is lost for good the provider ends the call.
    async fn asks(&mut self, address: &str, more: &[(&str, &str)]) -> Result<Document, Over> {
        let mut params = vec![("CallSid", self.memory.sid.clone())];
        params.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        if let Some(document) = self.posts(address, params).await {
            return Ok(document);
        }
        let params = vec![("CallSid", self.memory.sid.clone()), ("CallStatus", "completed".to_owned())];
        self.posts("/hooks/twilio/status", params).await;
        Err(Over)
    }

    /// A webhook of a leg. When its answer is lost for good the provider hangs the leg up.
    async fn asks_leg(&mut self, address: &str, more: &[(&str, &str)]) -> Option<Document> {
        let leg = self.memory.sid.replace("CA", "CB");
        let mut params = vec![("CallSid", leg), ("ParentCallSid", self.memory.sid.clone())];
        params.push(("CallStatus", "in-progress".to_owned()));
        params.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        self.posts(address, params).await
    }

    async fn posts(&mut self, address: &str, params: Vec<(&str, String)>) -> Option<Document> {
        let mut form: Params = vec![
            ("AccountSid".to_owned(), ACCOUNT.to_owned()),
            ("From".to_owned(), self.memory.from.clone()),
            ("Direction".to_owned(), "inbound".to_owned()),
        ];
        form.extend(params.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let url = if address.starts_with('/') { format!("{PUBLIC_URL}{address}") } else { address.to_owned() };
        let sent = self.wire.sent;
        let replies = self.wire.post(&url, &form, "").await;
        let spare = self.wire.sent - sent;
        self.memory.answers_lost += u32::try_from(spare).unwrap().saturating_sub(1 + self.wire.repeats);
        let replies = match replies {
            Ok(replies) => replies,
            Err(Lost::NoAnswer(_)) => {
                self.memory.in_doubt = true;
                self.memory.answers_lost += 1;
                self.memory.story.push(format!("{} lost", path(address)));
                return None;
            }
            Err(lost) => panic!("{lost}: {:?}", self.memory),
        };
        self.told.send_modify(|count| *count += 1);
        for reply in &replies {
            assert_eq!(reply.status, 200, "{} {:?}", reply.body, self.memory);
            assert_eq!(reply, &replies[0], "the same step gets the same answer\n{:?}", self.memory);
        }
        let document = Document::read(&replies[0].body);
        self.memory.story.push(format!("{} {document:?}", path(address)));
        Some(document)
    }
}

/// Sealed addresses say nothing to a reader.
fn path(address: &str) -> &str {
    address.get(..24).unwrap_or(address)
}
