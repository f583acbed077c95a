//! A call that must go on without what is stored of it, and its way back.

use jiff::Timestamp;

use super::story::{Entry, Happened};
use super::{Call, CallId, Effect, Leg, State};
use crate::domain::caller::{Attestation, Party};
use crate::domain::event::ProviderCallId;
use crate::domain::instruction::Stage;
use crate::domain::line::LineId;
use crate::domain::outcome::Outcome;
use crate::domain::phone::Phone;
use crate::domain::plan::{Plan, PromiseTerms, Reason, Step};
use crate::domain::rota::Rota;
use crate::domain::staff::{Staff, StaffId};
use crate::domain::words::Whispered;

/// What a ticket remembers of a call.
pub struct Remains<'a> {
    pub id: CallId,
    pub provider: &'a str,
    pub provider_id: ProviderCallId,
    pub line: LineId,
    pub from: Option<Phone>,
    pub started: Timestamp,
    pub language: &'a str,
    pub steps: &'a [(StaffId, u16)],
    pub owner: StaffId,
    pub due: Timestamp,
    pub stage: Stage,
}

impl Call {
    /// The call as far as a ticket and the rota in memory know it, at the stage that was asked for.
    /// `None` if the rota has no line at all.
    pub fn resume(remains: Remains<'_>, rota: &Rota, now: Timestamp) -> Option<Self> {
        let line = rota.line(&remains.line).or_else(|| rota.lines.first())?;
        let from = remains.from.map_or(Party::Withheld, Party::Known);
        let steps = remains.steps.iter().filter_map(|(who, seconds)| step_of(rota, who, *seconds)).collect();
        let owner = rota.staff.get(remains.owner.as_str());
        let promise = PromiseTerms {
            name: rota.name(&remains.owner).to_owned(),
            spoken: owner.map_or_else(|| remains.owner.to_string(), |owner| owner.spoken().to_owned()),
            owner: remains.owner,
            due: remains.due,
        };
        Some(Self {
            id: remains.id,
            provider: remains.provider.to_owned(),
            provider_id: remains.provider_id,
            business: rota.business.clone(),
            line: remains.line,
            number: line.number,
            whisper: Whispered::default(),
            from,
            attestation: Attestation::None,
            customer: None,
            language: rota.words.speak(Some(remains.language)).tag().to_owned(),
            started: remains.started,
            plan: Plan { steps, skipped: Vec::new(), ring_seconds_max: line.ring.at_most, promise },
            greeting: None,
            state: State::Ringing { step: ringing_at(remains.stage), since: now, leg: Leg::Dialled },
            message: None,
            story: vec![Entry { at: now, what: Happened::CarriedWithoutStore, who: None, why: None }],
            answered: Vec::new(),
        })
    }

    /// Takes over what happened to `carried` while the store was away. `self` is what is stored, and
    /// may be ahead: another instance had the store back first. The effects go after those of
    /// `carried`: the person of the state that is left is engaged, and nobody else.
    #[must_use]
    pub fn rejoin(&mut self, carried: Self) -> Vec<Effect> {
        let before = [self.engages(), carried.engages()];
        if self.ended().is_none() && carried.state.progress() >= self.state.progress() {
            self.state = self.with_what_is_known(carried.state);
        }
        self.story.extend(carried.story);
        self.message = self.message.take().or(carried.message);
        for (asked, answer) in carried.answered {
            if !self.answered.iter().any(|(before, _)| *before == asked) {
                self.answered.push((asked, answer));
            }
        }
        let release = before.into_iter().flatten().map(Effect::Release);
        release.chain(self.engages().map(Effect::Engage)).collect()
    }

    /// A carried call may have ended without knowing that its caller had been given a promise before, or when
    /// the accept was.
    fn with_what_is_known(&self, carried: State) -> State {
        match (&self.state, carried) {
            (State::Promising { .. } | State::RingingBack { .. }, State::Ended { at, outcome: Outcome::HungUp }) => {
                State::Ended { at, outcome: Outcome::Promised }
            }
            (State::Talking { step, since }, State::Ended { at, outcome: Outcome::Reached { who, .. } })
                if self.who_of(*step).as_ref() == Some(&who) =>
            {
                State::Ended { at, outcome: Outcome::Reached { who, at: *since } }
            }
            (State::Talking { step, since }, State::Ended { at, outcome: Outcome::HungUp }) => {
                let reached = self.who_of(*step).map(|who| Outcome::Reached { who, at: *since });
                State::Ended { at, outcome: reached.unwrap_or(Outcome::HungUp) }
            }
            (_, carried) => carried,
        }
    }

    /// Whose phone is ours in the present state.
    fn engages(&self) -> Option<StaffId> {
        match self.state {
            State::Ringing { step, .. } | State::Talking { step, .. } | State::RingingBack { step, .. } => {
                self.who_of(step)
            }
            State::Promising { .. } | State::Ended { .. } => None,
        }
    }

    /// Marks a call that began while the store was away.
    pub fn carried(&mut self, now: Timestamp) {
        self.story.push(Entry { at: now, what: Happened::CarriedWithoutStore, who: None, why: None });
    }
}

/// Somebody who has left the rota meanwhile is replaced by the owner, so that the places of the
/// others stay what the URLs say.
fn step_of(rota: &Rota, who: &StaffId, seconds: u16) -> Option<Step> {
    let person = rota.staff.get(who.as_str()).or_else(|| rota.staff.get(rota.owner.as_str()))?;
    Some(step(person, seconds))
}

fn step(person: &Staff, seconds: u16) -> Step {
    Step {
        who: person.id.clone(),
        name: person.name.clone(),
        spoken: person.spoken().to_owned(),
        reach: person.reach.clone(),
        accept: person.accept,
        shows: person.shows,
        seconds,
        reason: Reason::AsPlanned,
    }
}

/// The step that rings, as far as the address that was asked for tells.
fn ringing_at(stage: Stage) -> u8 {
    match stage {
        Stage::Whisper { step } | Stage::Key { step, .. } | Stage::RingDone { step } | Stage::Leg { step } => step,
        // After the last ring. The message will make the promise, although whoever answered before us
        // has made it too: nobody knows whether that one was written, and the store keeps one per call.
        Stage::Message | Stage::Recording | Stage::Transcript => u8::MAX,
    }
}

impl State {
    /// Grows as a call goes on.
    fn progress(&self) -> (u8, u8) {
        match self {
            Self::Ringing { step, .. } => (*step, 0),
            Self::Talking { step, .. } => (*step, 1),
            Self::RingingBack { step, .. } => (*step, 2),
            Self::Promising { .. } => (u8::MAX, 3),
            Self::Ended { .. } => (u8::MAX, 4),
        }
    }
}
