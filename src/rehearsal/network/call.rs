//! The caller's side of a call: what the caller hears and does.

use jiff::{SignedDuration, Timestamp};

use super::{Happening, Network, spoken_seconds};
use crate::domain::event::RingDone;
use crate::domain::instruction::{Instruction, Ring, Speech, Stage, TakeMessage};
use crate::provider::rehearsal::{Document, News, RECORDINGS};
use crate::rehearsal::{Patience, RehearsalError, Story, What};

const VOICE: &str = "/hooks/rehearsal/voice";
const STATUS: &str = "/hooks/rehearsal/status";

/// How long a caller who leaves no message listens to the silence after the tone, in seconds.
const AT_THE_TONE: u32 = 1;
/// As long, in seconds, waits one who is told what to do by hand.
const SILENT_AT_THE_TONE: u32 = 10;

/// How long a network takes to write a message down, in seconds, and what every make-believe caller says.
const WRITTEN_AFTER: u32 = 45;
const SAID: &str = "Please ring me back, it is cold here.";

pub(super) struct CallersSide {
    /// The network's id of the call.
    pub(super) id: String,
    pub(super) story: Story,
    pub(super) doing: Doing,
    /// Where the present document says to go on.
    page: Option<Document>,
    turn: u32,
    /// When the caller first heard a voice.
    answered: Option<Timestamp>,
}

pub(super) enum Doing {
    /// The leg that rings, whispers or talks.
    Ringing {
        leg: usize,
    },
    /// Words, and what comes after them.
    Hearing(Then),
    /// Since then.
    AtTheTone {
        since: Timestamp,
    },
    /// Not yet ringing, or over.
    Nothing,
    Over,
}

pub(super) enum Then {
    Ring(Ring),
    Tone(TakeMessage),
    Message { seconds: u32 },
    HangUp,
}

impl CallersSide {
    pub(super) fn new(number: usize, story: Story) -> Self {
        let id = format!("R{}", number + 1);
        Self { id, story, doing: Doing::Nothing, page: None, turn: 0, answered: None }
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.doing, Doing::Over)
    }

    fn url(&self, stage: Stage) -> Option<String> {
        self.page.as_ref()?.url(stage).map(str::to_owned)
    }
}

impl Network {
    pub(super) async fn caller_rings(&mut self, call: usize) -> Result<(), RehearsalError> {
        self.tell(call, None, What::RingsIn, None);
        let Some(caller) = self.calls.get(call).map(|side| side.story.caller.clone()) else { return Ok(()) };
        if let Patience::GivesUp(seconds) = caller.patience {
            self.later(seconds, Happening::CallerHangsUp { call });
        }
        let (to, attestation) = (caller.to.to_string(), caller.attestation);
        self.goes_on(call, VOICE, News::Incoming { from: caller.from, to, attestation }).await
    }

    /// Asks the server what the caller hears next.
    pub(super) async fn goes_on(&mut self, call: usize, url: &str, news: News) -> Result<(), RehearsalError> {
        let document = self.ask(call, url, news).await?;
        let Some(side) = self.calls.get_mut(call).filter(|side| !side.is_over()) else { return Ok(()) };
        side.doing = Doing::Nothing;
        side.page.clone_from(&document);
        match document {
            Some(Document::Do { instruction, .. }) => self.follow(call, instruction).await,
            Some(Document::LastResort { .. }) => {
                self.fault(call, "the server could only fall back on the owner's phone");
                self.call_ends(call).await
            }
            Some(Document::CallBack { .. } | Document::TextBack { .. }) => {
                self.fault(call, "a caller is told what only somebody else can be told");
                self.call_ends(call).await
            }
            None => self.call_ends(call).await,
        }
    }

    async fn follow(&mut self, call: usize, instruction: Instruction) -> Result<(), RehearsalError> {
        match instruction {
            Instruction::Ring(ring) => match ring.greeting.clone() {
                Some(greeting) => {
                    self.caller_hears(call, &greeting, Then::Ring(ring));
                    Ok(())
                }
                None => self.phone_rings(call, ring).await,
            },
            Instruction::TakeMessage(message) => {
                let say = message.say.clone();
                self.caller_hears(call, &say, Then::Tone(message));
                Ok(())
            }
            Instruction::Goodbye { say: Some(say) } => {
                self.caller_hears(call, &say, Then::HangUp);
                Ok(())
            }
            Instruction::Goodbye { say: None } => self.call_ends(call).await,
            Instruction::Reject => {
                self.tell(call, None, What::Refused, None);
                self.over(call).await
            }
            Instruction::Whisper(_)
            | Instruction::Connect { .. }
            | Instruction::HangUpLeg { .. }
            | Instruction::Acknowledge => {
                self.fault(call, "the caller is left in silence");
                self.call_ends(call).await
            }
        }
    }

    fn caller_hears(&mut self, call: usize, speech: &Speech, then: Then) {
        self.tell(call, None, What::CallerHears, Some(&speech.text));
        self.caller_waits(call, spoken_seconds(speech), Doing::Hearing(then));
    }

    fn caller_waits(&mut self, call: usize, seconds: u32, doing: Doing) {
        let now = self.now;
        let Some(side) = self.calls.get_mut(call) else { return };
        side.doing = doing;
        side.turn += 1;
        side.answered.get_or_insert(now);
        let turn = side.turn;
        self.later(seconds, Happening::CallerHasHeard { call, turn });
    }

    pub(super) async fn caller_has_heard(&mut self, call: usize, turn: u32) -> Result<(), RehearsalError> {
        let Some(side) = self.calls.get_mut(call).filter(|side| side.turn == turn && !side.is_over()) else {
            return Ok(());
        };
        if matches!(side.doing, Doing::AtTheTone { .. }) {
            return self.caller_hangs_up(call).await;
        }
        match std::mem::replace(&mut side.doing, Doing::Nothing) {
            Doing::Hearing(Then::Ring(ring)) => self.phone_rings(call, ring).await,
            Doing::Hearing(Then::Tone(message)) => {
                self.tone(call, &message);
                Ok(())
            }
            Doing::Hearing(Then::Message { seconds }) => self.message_is_full(call, seconds).await,
            Doing::Hearing(Then::HangUp) => self.call_ends(call).await,
            doing @ (Doing::AtTheTone { .. } | Doing::Ringing { .. } | Doing::Nothing | Doing::Over) => {
                side.doing = doing;
                Ok(())
            }
        }
    }

    fn tone(&mut self, call: usize, message: &TakeMessage) {
        self.tell(call, None, What::Tone, None);
        let now = self.now;
        let Some(side) = self.calls.get_mut(call) else { return };
        let longest = u32::from(message.seconds_max);
        match side.story.caller.patience {
            Patience::LeavesMessage(seconds) if seconds > longest => {
                self.caller_waits(call, longest, Doing::Hearing(Then::Message { seconds: longest }));
            }
            Patience::LeavesMessage(seconds) => {
                side.doing = Doing::AtTheTone { since: now };
                self.later(seconds, Happening::CallerHangsUp { call });
            }
            Patience::ByHand => self.caller_waits(call, SILENT_AT_THE_TONE, Doing::AtTheTone { since: now }),
            Patience::Waits | Patience::GivesUp(_) => {
                side.doing = Doing::AtTheTone { since: now };
                self.later(AT_THE_TONE, Happening::CallerHangsUp { call });
            }
        }
    }

    /// The caller begins to speak, for so many seconds. Before the tone nothing is taken.
    pub(super) fn caller_speaks(&mut self, call: usize, seconds: u32) {
        let now = self.now;
        let Some(side) = self.calls.get_mut(call) else { return };
        if matches!(side.doing, Doing::AtTheTone { .. }) {
            side.story.caller.patience = Patience::LeavesMessage(seconds);
            self.caller_waits(call, seconds, Doing::AtTheTone { since: now });
        }
    }

    /// The caller speaks on, and the network takes no more of it.
    async fn message_is_full(&mut self, call: usize, seconds: u32) -> Result<(), RehearsalError> {
        let Some(url) = self.calls.get(call).and_then(|side| side.url(Stage::Message)) else { return Ok(()) };
        self.recording_ready(call, seconds).await?;
        let news = News::MessageDone { seconds: Some(seconds), recording: Some(recording(seconds)) };
        self.goes_on(call, &url, news).await
    }

    async fn recording_ready(&mut self, call: usize, seconds: u32) -> Result<(), RehearsalError> {
        self.tell(call, None, What::Message { seconds }, None);
        let url = self.calls.get(call).and_then(|side| side.url(Stage::Recording));
        let news = News::RecordingReady { recording: recording(seconds), seconds: Some(seconds) };
        if self.told.is_some() {
            self.later(WRITTEN_AFTER, Happening::IsWritten { call });
        }
        self.inform(call, url.as_deref(), news).await
    }

    /// The network has written the message down.
    pub(super) async fn is_written(&mut self, call: usize) -> Result<(), RehearsalError> {
        let url = self.calls.get(call).and_then(|side| side.url(Stage::Transcript));
        self.inform(call, url.as_deref(), News::Transcript { text: SAID.to_owned() }).await
    }

    /// The patience of a caller who gives up ends where a human begins.
    pub(super) async fn caller_gives_up(&mut self, call: usize) -> Result<(), RehearsalError> {
        let Some(side) = self.calls.get_mut(call).filter(|side| !side.is_over()) else { return Ok(()) };
        if let Doing::Ringing { leg } = side.doing
            && self.is_talking(leg)
        {
            return Ok(());
        }
        self.caller_hangs_up(call).await
    }

    pub(super) async fn caller_hangs_up(&mut self, call: usize) -> Result<(), RehearsalError> {
        let Some(side) = self.calls.get_mut(call).filter(|side| !side.is_over()) else { return Ok(()) };
        let doing = std::mem::replace(&mut side.doing, Doing::Over);
        self.tell(call, None, What::CallerHangsUp, None);
        match doing {
            Doing::Ringing { leg } => self.leg_loses_caller(leg).await?,
            Doing::AtTheTone { since } => self.message_ends(call, since).await?,
            Doing::Hearing(_) | Doing::Nothing | Doing::Over => {}
        }
        self.tell_end(call).await
    }

    /// With the caller's hanging up. A network asks nobody about a message in which nothing was said.
    async fn message_ends(&mut self, call: usize, since: Timestamp) -> Result<(), RehearsalError> {
        let Some(side) = self.calls.get(call) else { return Ok(()) };
        if !matches!(side.story.caller.patience, Patience::LeavesMessage(1..)) {
            let url = side.url(Stage::Recording);
            return self.inform(call, url.as_deref(), News::RecordingAbsent).await;
        }
        let (seconds, url) = (seconds_between(since, self.now), side.url(Stage::Message));
        if let Some(url) = url {
            let news = News::MessageDone { seconds: Some(seconds), recording: Some(recording(seconds)) };
            // Nobody is left to hear the answer.
            self.ask(call, &url, news).await?;
        }
        self.recording_ready(call, seconds).await
    }

    async fn phone_rings(&mut self, call: usize, ring: Ring) -> Result<(), RehearsalError> {
        let Some(page) = self.calls.get(call).and_then(|side| side.page.clone()) else { return Ok(()) };
        let leg = self.ring_leg(call, &ring, &page).await?;
        if let Some(side) = self.calls.get_mut(call) {
            side.doing = Doing::Ringing { leg };
        }
        self.first_ring(call)
    }

    /// A human is on the line: from now on the caller pays.
    pub(super) fn caller_talks(&mut self, call: usize) {
        let now = self.now;
        if let Some(side) = self.calls.get_mut(call) {
            side.answered.get_or_insert(now);
        }
    }

    /// What a ring came to. Whatever the server says to a caller who is gone, nobody hears.
    pub(super) async fn ring_is_done(
        &mut self,
        call: usize,
        url: Option<String>,
        ring: RingDone,
    ) -> Result<(), RehearsalError> {
        match url {
            Some(url) => self.goes_on(call, &url, News::RingDone(ring)).await,
            None => self.call_ends(call).await,
        }
    }

    async fn call_ends(&mut self, call: usize) -> Result<(), RehearsalError> {
        self.tell(call, None, What::CallEnds, None);
        self.over(call).await
    }

    async fn over(&mut self, call: usize) -> Result<(), RehearsalError> {
        if let Some(side) = self.calls.get_mut(call) {
            side.doing = Doing::Over;
        }
        self.tell_end(call).await
    }

    async fn tell_end(&mut self, call: usize) -> Result<(), RehearsalError> {
        let answered = self.calls.get(call).and_then(|side| side.answered);
        let seconds = answered.map(|answered| seconds_between(answered, self.now));
        self.inform(call, Some(STATUS), News::CallEnded { seconds }).await
    }
}

pub(super) fn seconds_between(since: Timestamp, until: Timestamp) -> u32 {
    let passed: SignedDuration = until.duration_since(since);
    u32::try_from(passed.as_secs()).unwrap_or(0)
}

fn recording(seconds: u32) -> String {
    format!("{RECORDINGS}message-of-{seconds}-seconds")
}
