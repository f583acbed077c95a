//! What happened on one rehearsed call, as the phones saw it, with the server's reasons beside it.

use std::fmt;
use std::sync::Arc;

use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use crate::domain::call::Call;
use crate::domain::call::story::{Entry, Happened};
use crate::domain::outcome;
use crate::domain::phone::Phone;
use crate::domain::plan::{Skip, Why};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, StaffId};
use crate::domain::words::clock_time;

use super::Caller;
use super::known::{Known, recognised};

#[derive(Clone)]
pub struct Story {
    pub(super) rota: Arc<Rota>,
    pub caller: Caller,
    pub started: Timestamp,
    pub beats: Vec<Beat>,
    /// `None` until the server's record was read.
    pub outcome: Option<Outcome>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beat {
    pub at: Timestamp,
    /// `None`: the caller, or nobody.
    pub who: Option<StaffId>,
    pub what: What,
    /// What was said or written.
    pub words: Option<String>,
    /// What only the server's record tells.
    pub known: Option<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The caller rings.
    RingsIn,
    Rings {
        seconds: u16,
    },
    NotRung,
    PicksUp {
        machine: bool,
    },
    /// A leg hears something.
    Hears,
    Presses(char),
    /// The leg and the caller talk.
    Talks,
    /// The leg is dropped: nobody took the call on it.
    Dropped,
    NoAnswer,
    Busy,
    Declines,
    Unreachable,
    /// The caller has gone.
    StopsRinging,
    HangsUpInWhisper,
    /// After talking.
    HangsUp,
    CallerHears,
    Tone,
    Message {
        seconds: u32,
    },
    CallerHangsUp,
    CallEnds,
    Refused,
    /// A text would go to this number.
    Text(Phone),
    ServerRestarts,
    StoreLocked,
    StoreReleased,
    /// Something that must not happen.
    Fault,
}

/// How the call ended. Exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Reached {
        who: StaffId,
        after_seconds: i64,
    },
    Promised {
        owner: StaffId,
        due: Timestamp,
    },
    /// `owed`: who rings back, and by when; nobody if there is no number.
    HungUp {
        after_seconds: i64,
        owed: Option<(StaffId, Timestamp)>,
    },
    Blocked,
}

impl Story {
    pub(super) fn begin(rota: Arc<Rota>, caller: Caller, started: Timestamp) -> Self {
        Self { rota, caller, started, beats: Vec::new(), outcome: None }
    }

    pub(super) fn tell(&mut self, at: Timestamp, who: Option<&StaffId>, what: What, words: Option<&str>) {
        self.beats.push(Beat { at, who: who.cloned(), what, words: words.map(str::to_owned), known: None });
    }

    /// What must not have happened.
    pub fn faults(&self) -> impl Iterator<Item = &str> {
        self.beats.iter().filter(|beat| beat.what == What::Fault).filter_map(|beat| beat.words.as_deref())
    }

    /// Takes over from the server's record what no phone can see: who was recognised, why people were
    /// rung or not, and the outcome, which must agree with what the phones saw.
    pub(super) fn explain(&mut self, record: Option<&Call>) {
        let Some(call) = record else {
            return self.tell(self.started, None, What::Fault, Some("the server has no record of this call"));
        };
        self.explain_so_far(call);
        self.outcome = self.outcome_of(call);
        self.check_outcome();
    }

    /// As [`Story::explain`], while the call goes on.
    pub(super) fn explain_so_far(&mut self, call: &Call) {
        if let Some(first) = self.beats.first_mut() {
            first.known = Some(recognised(call, &self.rota));
        }
        let mut rings = call.story.iter().filter(|entry| matches!(entry.what, Happened::Rings { .. }));
        for beat in self.beats.iter_mut().filter(|beat| matches!(beat.what, What::Rings { .. })) {
            let rang = rings.find(|entry| entry.who == beat.who);
            beat.known = rang.and_then(|entry| entry.why.clone()).map(Known::Why);
        }
        // Whoever rings anyway, earlier in the plan, is no news.
        let known = Some(Why::Skipped(Skip::AlreadyInPlan));
        let is_news = |entry: &&Entry| entry.what == Happened::NotRung && entry.why != known;
        for entry in call.story.iter().filter(is_news) {
            self.tell_skipped(entry);
        }
    }

    fn check_outcome(&mut self) {
        let at = self.beats.last().map_or(self.started, |beat| beat.at);
        let talked = self.beats.iter().rev().find(|beat| beat.what == What::Talks).and_then(|beat| beat.who.clone());
        let reached = match &self.outcome {
            Some(Outcome::Reached { who, .. }) => Some(who.clone()),
            Some(Outcome::Promised { .. } | Outcome::HungUp { .. } | Outcome::Blocked) => None,
            None => return self.tell(at, None, What::Fault, Some("the server does not know that the call is over")),
        };
        if talked != reached {
            let words = "the server's record and the phones do not agree on who took the call";
            self.tell(at, None, What::Fault, Some(words));
        }
    }

    /// Just before the ring, or the words, that came instead.
    fn tell_skipped(&mut self, entry: &Entry) {
        let instead = |beat: &Beat| beat.at >= entry.at && matches!(beat.what, What::Rings { .. } | What::CallerHears);
        let place = self.beats.iter().position(instead).unwrap_or(self.beats.len());
        let known = entry.why.clone().map(Known::Why);
        let beat = Beat { at: entry.at, who: entry.who.clone(), what: What::NotRung, words: None, known };
        self.beats.insert(place, beat);
    }

    fn outcome_of(&self, call: &Call) -> Option<Outcome> {
        let after_seconds = |at: Timestamp| at.duration_since(self.started).as_secs();
        let owed = call.story.iter().find_map(|entry| match (entry.what, &entry.who) {
            (Happened::Promised { due } | Happened::RingsBack { due }, Some(owner)) => Some((owner.clone(), due)),
            _ => None,
        });
        Some(match (call.outcome()?, owed) {
            (outcome::Outcome::Reached { who, at }, _) => {
                Outcome::Reached { who: who.clone(), after_seconds: after_seconds(*at) }
            }
            (outcome::Outcome::Promised, Some((owner, due))) => Outcome::Promised { owner, due },
            (outcome::Outcome::Promised, None) => {
                let terms = &call.plan.promise;
                Outcome::Promised { owner: terms.owner.clone(), due: terms.due }
            }
            (outcome::Outcome::HungUp, owed) => Outcome::HungUp { after_seconds: after_seconds(call.ended()?), owed },
            (outcome::Outcome::Blocked, _) => Outcome::Blocked,
        })
    }

    pub fn to_json(&self) -> Value {
        let beats: Vec<Value> = self.beats.iter().map(|beat| self.beat_json(beat)).collect();
        let mut story = json!({ "timeline": beats, "outcome": null });
        let more = match &self.outcome {
            None => json!({}),
            Some(Outcome::Reached { who, after_seconds }) => {
                json!({ "outcome": "reached", "reached": who, "seconds_to_human": after_seconds })
            }
            Some(Outcome::Promised { owner, due }) => {
                json!({ "outcome": "promised", "promise": { "owner": owner, "due": self.iso(*due) } })
            }
            Some(Outcome::HungUp { after_seconds, owed }) => {
                let promise = owed.as_ref().map(|(owner, due)| json!({ "owner": owner, "due": self.iso(*due) }));
                json!({ "outcome": "hung_up", "seconds": after_seconds, "promise": promise })
            }
            Some(Outcome::Blocked) => json!({ "outcome": "blocked" }),
        };
        if let (Some(story), Value::Object(more)) = (story.as_object_mut(), more) {
            story.extend(more);
        }
        story
    }

    fn beat_json(&self, beat: &Beat) -> Value {
        let who = match (&beat.who, &beat.what) {
            (Some(who), _) => Some(who.as_str()),
            (None, What::RingsIn | What::CallerHears | What::CallerHangsUp | What::Message { .. }) => Some("caller"),
            (None, What::Text(to)) => Some(self.owner_of(*to).map_or("caller", StaffId::as_str)),
            (None, _) => None,
        };
        json!({ "at": self.iso(beat.at), "what": beat.what.word(), "who": who, "words": beat.told() })
    }

    fn iso(&self, at: Timestamp) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.rota.zone.clone())
    }

    fn owner_of(&self, phone: Phone) -> Option<&StaffId> {
        self.rota.staff.iter().find(|person| person.reach == Reach::Phone(phone)).map(|person| &person.id)
    }

    fn sentence(&self, beat: &Beat) -> String {
        let who = beat.who.as_ref().map_or("somebody", |who| self.rota.name(who));
        let words = beat.told().unwrap_or_default();
        let because = if words.is_empty() { String::new() } else { format!(": {words}") };
        match &beat.what {
            What::RingsIn => format!("{} rings {}{because}", shown(&self.caller.from), self.line()),
            What::Rings { seconds } => format!("rings {who} for {seconds} s{because}"),
            What::NotRung => format!("does not ring {who}{because}"),
            What::PicksUp { machine: false } => format!("{who} picks up"),
            What::PicksUp { machine: true } => format!("{who}'s phone picks up by itself"),
            What::Hears => format!("{who} hears: “{words}”"),
            What::Presses(key) => format!("{who} presses {key}"),
            What::Talks => format!("{who} and the caller talk"),
            What::Dropped => format!("{who}'s phone is hung up"),
            What::NoAnswer => format!("{who} does not answer"),
            What::Busy => format!("{who} is busy"),
            What::Declines => format!("{who} declines"),
            What::Unreachable => format!("{who} cannot be reached"),
            What::StopsRinging => format!("{who}'s phone stops ringing"),
            What::HangsUpInWhisper => format!("{who} hangs up without a key"),
            What::HangsUp => format!("{who} hangs up"),
            What::CallerHears => format!("the caller hears: “{words}”"),
            What::Tone => "the caller hears a tone".to_owned(),
            What::Message { seconds } => format!("the caller leaves a message of {seconds} s"),
            What::CallerHangsUp => "the caller hangs up".to_owned(),
            What::CallEnds => "the call ends".to_owned(),
            What::Refused => "the caller is refused, and hears a busy tone".to_owned(),
            What::Text(to) => {
                let to = self.owner_of(*to).map_or("the caller", |who| self.rota.name(who));
                format!("a text to {to}: “{words}”")
            }
            What::ServerRestarts => "the server is stopped and started again".to_owned(),
            What::StoreLocked => "the store is locked from now on".to_owned(),
            What::StoreReleased => "the store is released".to_owned(),
            What::Fault => format!("WRONG{because}"),
        }
    }

    fn line(&self) -> String {
        let name = self.rota.line_of(self.caller.to).map_or("no line of ours", |line| line.id.as_str());
        format!("{} ({name})", self.caller.to.spaced())
    }

    fn ending(&self) -> String {
        let by = |due: Timestamp| clock_time(due, &self.local(self.started));
        match &self.outcome {
            None => "not known".to_owned(),
            Some(Outcome::Reached { who, after_seconds }) => {
                format!("reached {} {after_seconds} s after the caller rang", self.rota.name(who))
            }
            Some(Outcome::Promised { owner, due }) => {
                format!("promised: {} rings back by {}", self.rota.name(owner), by(*due))
            }
            Some(Outcome::HungUp { after_seconds, owed: Some((owner, due)) }) => {
                let owner = self.rota.name(owner);
                format!("the caller hung up after {after_seconds} s; {owner} rings back by {}", by(*due))
            }
            Some(Outcome::HungUp { after_seconds, owed: None }) => {
                format!("the caller hung up after {after_seconds} s, and there is no number to ring back")
            }
            Some(Outcome::Blocked) => "blocked: refused before anything was said or billed".to_owned(),
        }
    }
}

impl Story {
    /// As they stand in a day's story, the outcome last.
    pub(super) fn lines(&self) -> Vec<(Timestamp, String)> {
        let mut lines: Vec<_> = self.beats.iter().map(|beat| (beat.at, self.sentence(beat))).collect();
        let at = lines.last().map_or(self.started, |(at, _)| *at);
        lines.push((at, format!("outcome: {}", self.ending())));
        lines
    }
}

/// The timeline. The date stands where it begins.
impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = None;
        for beat in &self.beats {
            let at = self.local(beat.at);
            let date = if last == Some(at.date()) { String::new() } else { at.strftime("%a %-d %b %Y").to_string() };
            writeln!(f, "{date:<15} {}  {}", at.strftime("%H:%M:%S"), self.sentence(beat))?;
            last = Some(at.date());
        }
        writeln!(f, "outcome: {}", self.ending())
    }
}

impl What {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::RingsIn => "rings_in",
            Self::Rings { .. } => "rings",
            Self::NotRung => "not_rung",
            Self::PicksUp { machine: false } => "picks_up",
            Self::PicksUp { machine: true } => "picks_up_by_itself",
            Self::Hears => "hears",
            Self::Presses(_) => "presses",
            Self::Talks => "talks",
            Self::Dropped => "dropped",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Declines => "declines",
            Self::Unreachable => "unreachable",
            Self::StopsRinging => "stops_ringing",
            Self::HangsUpInWhisper => "hangs_up_in_whisper",
            Self::HangsUp => "hangs_up",
            Self::CallerHears => "caller_hears",
            Self::Tone => "tone",
            Self::Message { .. } => "message",
            Self::CallerHangsUp => "caller_hangs_up",
            Self::CallEnds => "call_ends",
            Self::Refused => "refused",
            Self::Text(_) => "text",
            Self::ServerRestarts => "server_restarts",
            Self::StoreLocked => "store_locked",
            Self::StoreReleased => "store_released",
            Self::Fault => "fault",
        }
    }
}

impl Beat {
    /// What was said, or why.
    fn told(&self) -> Option<String> {
        self.words.clone().or_else(|| self.known.as_ref().map(ToString::to_string))
    }
}

fn shown(from: &str) -> String {
    Phone::from_e164(from).map_or_else(|| from.to_owned(), Phone::spaced)
}
