//! One call or several, played by both clients.

use std::fmt::Write;
use std::sync::Arc;

use jiff::SignedDuration;
use switchboard::config::settings;
use switchboard::config::watch::RotaFile;
use switchboard::domain::caller::{Customer, CustomerId};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::rehearsal::{self, House, Mishaps, Network, What};
use switchboard::store::customers::Details;

use crate::phones::caller::{AtTheTone, FirstAnswer, Patience};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

/// A Wednesday in a week of Tom's; Priya is behind him.
pub(super) const OPEN: &str = "2026-06-10 10:00";
pub(super) const MAIN: &str = "+442079460000";
/// Rings the front desk, where answering is enough.
pub(super) const DESK: &str = "+442079460001";
/// Promises when it is closed.
pub(super) const OFFICE: &str = "+442079460002";
pub(super) const MRS_OKAFOR: &str = "+447700900201";
pub(super) const MR_LI: &str = "+447700900202";

/// What one phone does whenever it rings.
#[derive(Clone, Copy)]
pub(super) enum Does {
    Answers,
    LetsItRing,
    IsBusy,
    Declines,
    CannotBeReached,
    HasVoicemail,
    Presses(&'static str),
    HangsUp,
}

#[derive(Clone, Copy)]
pub(super) enum Stays {
    ToTheEnd,
    UntilSecond(u32),
    ForAMessageOf(u32),
}

#[derive(Clone)]
pub(super) struct Scenario {
    pub(super) rota: String,
    pub(super) at: &'static str,
    pub(super) line: &'static str,
    /// Name, number, usual person.
    pub(super) customers: Vec<(&'static str, &'static str, Option<&'static str>)>,
    /// After so many seconds, from this number.
    pub(super) callers: Vec<(u32, &'static str, Stays)>,
    pub(super) phones: Vec<(&'static str, Does)>,
    pub(super) first_answer: FirstAnswer,
    pub(super) mishaps: Mishaps,
}

/// Mrs Okafor, whose usual person is Priya, rings in the middle of the morning.
pub(super) fn scenario() -> Scenario {
    Scenario {
        rota: ROTA.to_owned(),
        at: OPEN,
        line: MAIN,
        customers: vec![("Mrs Okafor", MRS_OKAFOR, Some("priya"))],
        callers: vec![(0, MRS_OKAFOR, Stays::ToTheEnd)],
        phones: Vec::new(),
        first_answer: FirstAnswer::Rings,
        mishaps: Mishaps::default(),
    }
}

pub(super) fn everybody(does: Does) -> Vec<(&'static str, Does)> {
    ["sam", "priya", "tom", "ana", "desk"].map(|who| (who, does)).to_vec()
}

impl Scenario {
    /// Plays it with both clients. The story of each call, which both tell.
    pub(super) async fn told_by_both(&self) -> Vec<String> {
        let executed = self.executed().await;
        let rehearsed = self.rehearsed().await;
        for (rehearsed, executed) in rehearsed.iter().zip(&executed) {
            assert_eq!(rehearsed, executed, "\nrehearsed:\n{rehearsed}\nexecuted:\n{executed}");
        }
        assert_eq!(rehearsed.len(), executed.len());
        rehearsed
    }

    async fn rehearsed(&self) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rota.toml");
        std::fs::write(&path, &self.rota).unwrap();
        let at = self.at.parse::<jiff::civil::DateTime>().unwrap().in_tz("Europe/London").unwrap();
        let rota = Arc::new(RotaFile::open(&path, at.timestamp(), None).unwrap());
        let settings = settings::read("switchboard.toml", "", []).unwrap().settings;
        let customers: Vec<Customer> = self.customers.iter().map(customer).collect();
        let house = House::open(&settings, rota, &customers, at.timestamp()).await.unwrap();
        let mut network = Network::new(house, self.mishaps).unwrap();
        for (who, does) in self.phones_of_everybody() {
            network.always(&StaffId::new(who), does.rehearsed());
        }
        for (after, from, stays) in &self.callers {
            let patience = match *stays {
                Stays::ToTheEnd => rehearsal::Patience::Waits,
                Stays::UntilSecond(seconds) => rehearsal::Patience::GivesUp(seconds),
                Stays::ForAMessageOf(seconds) => rehearsal::Patience::LeavesMessage(seconds),
            };
            let line = Phone::from_e164(self.line).unwrap();
            network.caller(*after, rehearsal::Caller { patience, ..rehearsal::Caller::new(from, line) });
        }
        network.run().await.unwrap().iter().map(|story| reduced(story, &at)).collect()
    }

    async fn executed(&self) -> Vec<String> {
        let mut shop = Shop::opening(&self.rota, self.at).customers(self.customers.iter().map(details)).open().await;
        shop.network().wire.repeats = u32::from(self.mishaps.repeat);
        for (who, does) in self.phones_of_everybody() {
            shop.always(who, does.executed(who));
        }
        let (mut calls, mut passed, mut lock) = (Vec::new(), 0, None);
        for (after, from, stays) in &self.callers {
            shop.passes(SignedDuration::from_secs(i64::from(after - passed))).await;
            passed = *after;
            let caller = shop.caller(from).to(self.line).expects(self.first_answer);
            let caller = match *stays {
                Stays::ToTheEnd => caller,
                Stays::UntilSecond(seconds) => caller.patient(Patience::UntilSecond(i64::from(seconds))),
                Stays::ForAMessageOf(seconds) => caller.at_the_tone(AtTheTone::SpeaksAndHangsUp(i64::from(seconds))),
            };
            calls.push(caller.rings().await);
            if self.mishaps.lock_store && lock.is_none() {
                let other =
                    rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
                other.execute_batch("BEGIN EXCLUSIVE").unwrap();
                lock = Some(other);
            }
        }
        if self.mishaps.restart {
            shop.passes(SignedDuration::from_secs(2)).await;
            shop.server_mut().restart().await;
        }
        shop.goes_quiet().await;
        calls.iter().map(|call| plain(&call.story())).collect()
    }

    fn phones_of_everybody(&self) -> Vec<(&'static str, Does)> {
        everybody(Does::Answers).into_iter().chain(self.phones.iter().copied()).collect()
    }
}

impl Does {
    fn rehearsed(self) -> rehearsal::Behaviour {
        match self {
            Self::Answers => rehearsal::Behaviour::answers(6),
            Self::LetsItRing => rehearsal::Behaviour::Silent,
            Self::IsBusy => rehearsal::Behaviour::Busy,
            Self::Declines => rehearsal::Behaviour::Declines,
            Self::CannotBeReached => rehearsal::Behaviour::BadNumber,
            Self::HasVoicemail => rehearsal::Behaviour::voicemail(12),
            Self::Presses(keys) => rehearsal::Behaviour::presses(keys.chars()),
            Self::HangsUp => rehearsal::Behaviour::hangs_up(),
        }
    }

    fn executed(self, who: &str) -> Behaviour {
        let picks_up = || Behaviour::answers().after(6);
        match self {
            // Where answering is enough nobody presses a key.
            Self::Answers if who == "desk" => picks_up(),
            Self::Answers => picks_up().then(4, '1'),
            Self::LetsItRing => Behaviour::lets_it_ring(),
            Self::IsBusy => Behaviour::busy(),
            Self::Declines => Behaviour::declines(),
            Self::CannotBeReached => Behaviour::unreachable(),
            Self::HasVoicemail => Behaviour::voicemail().after(12),
            Self::Presses(keys) => keys.chars().fold(picks_up(), |behaviour, key| behaviour.then(4, key)),
            Self::HangsUp => picks_up().hangs_up_after(2),
        }
    }
}

fn customer((name, number, usual): &(&str, &str, Option<&str>)) -> Customer {
    Customer {
        id: CustomerId(0),
        name: (*name).to_owned(),
        numbers: vec![Phone::from_e164(number).unwrap()],
        usual: usual.map(StaffId::new),
        language: None,
        note: Some("Boiler, Tuesday".to_owned()),
        tags: Vec::new(),
        blocked: false,
        recent: Vec::new(),
        asked: Vec::new(),
    }
}

fn details((name, number, usual): &(&str, &str, Option<&str>)) -> Details {
    Details {
        name: (*name).to_owned(),
        numbers: vec![Phone::from_e164(number).unwrap()],
        usual: Some(usual.map(StaffId::new)),
        note: Some(Some("Boiler, Tuesday".to_owned())),
        ..Details::default()
    }
}

/// A rehearsal's story in the other client's words. What only the server knows is left out: who was
/// not rung, and why; and so are texts.
fn reduced(story: &rehearsal::Story, at: &jiff::Zoned) -> String {
    let mut lines = String::new();
    for beat in &story.beats {
        let who = beat.who.as_ref().map_or("", StaffId::as_str);
        let words = beat.words.as_deref().unwrap_or_default();
        let line = match &beat.what {
            What::RingsIn => "caller rings".to_owned(),
            What::Rings { seconds } => format!("rings {who} {seconds} s"),
            What::PicksUp { machine: false } => format!("{who} answered"),
            What::PicksUp { machine: true } => format!("{who} has voicemail answering"),
            What::Hears => format!("{who} hears: {words}"),
            What::Presses(key) => format!("{who} presses {key}"),
            What::Talks => format!("{who} accepted"),
            What::Dropped => format!("{who} did not accept"),
            What::NoAnswer => format!("{who} did not answer"),
            What::Busy => format!("{who} is busy"),
            What::Declines => format!("{who} declined"),
            What::Unreachable => format!("{who} cannot be reached"),
            What::StopsRinging => format!("{who} stops ringing"),
            What::HangsUpInWhisper => format!("{who} hung up in the whisper"),
            What::HangsUp => format!("{who} hung up"),
            What::CallerHears => format!("caller hears: {words}"),
            What::Tone => "tone".to_owned(),
            What::Message { seconds } => format!("message of {seconds} s"),
            What::CallerHangsUp => "caller hung up".to_owned(),
            What::CallEnds => "call ends".to_owned(),
            What::Refused => "caller is refused".to_owned(),
            What::Fault => format!("FAULT: {words}"),
            What::NotRung | What::Text(_) | What::ServerRestarts | What::StoreLocked | What::StoreReleased => continue,
        };
        let at = beat.at.to_zoned(at.time_zone().clone());
        writeln!(lines, "{} {line}", at.strftime("%H:%M:%S")).unwrap();
    }
    lines
}

/// The other client's story. It tells a promise once more by itself, an empty message, and the words of
/// a whisper twice at once although they are said one after the other.
fn plain(story: &str) -> String {
    let mut lines: Vec<&str> = story.lines().filter(|line| !line.contains(" promise: ")).collect();
    lines.retain(|line| !line.ends_with(" no message"));
    lines.dedup_by(|next, line| next.contains(" hears: ") && next == line);
    lines.join("\n") + "\n"
}
