//! What staff are answered by text, and what follows from it: pure, from a command and the rota.
//!
//! Every answer says what is true from now on and until when.

mod absence;
mod promise;
mod question;
mod swap;
mod told;

use jiff::{SignedDuration, Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::promise::PromiseId;
use super::rota::Rota;
use super::rota::live::{Live, LiveChangeId};
use super::staff::{Reach, StaffId};
use super::words::answers as words;
pub use question::Question;

/// Who speaks, when, and the rota at that time, live changes made in it.
#[derive(Clone, Copy)]
pub struct Talk<'a> {
    pub who: &'a StaffId,
    pub now: &'a Zoned,
    pub rota: &'a Rota,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub say: String,
    /// In their order.
    pub effects: Vec<Effect>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A live change, said by whoever speaks. The last deed of these people is this one from now on.
    Change {
        what: Live,
        over: Timestamp,
        deed_of: Vec<StaffId>,
    },
    /// The live change counts as never made.
    TakeBack(LiveChangeId),
    /// Replaces a question of the same kind to the same person.
    Ask {
        whom: StaffId,
        question: Question,
        until: Timestamp,
    },
    /// This question needs no answer any more.
    Drop {
        whom: StaffId,
        question: Question,
    },
    Tell {
        whom: StaffId,
        say: String,
    },
    /// The last thing this person did that UNDO takes back; `None`: nothing is left.
    Remember {
        whom: StaffId,
        deed: Option<Deed>,
    },
}

/// What UNDO takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    Changed {
        id: LiveChangeId,
        what: Live,
    },
    AskedToSwap {
        whom: StaffId,
        question: Question,
    },
    /// `DONE` or `SORTED`.
    Closed {
        promise: PromiseId,
    },
    Later {
        promise: PromiseId,
        due_before: Timestamp,
    },
}

/// How long it may take to answer whether one really wants to leave a hole.
const REALLY_WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// How long somebody may take to agree to a swap.
const SWAP_WITHIN: SignedDuration = SignedDuration::from_hours(24);

impl Talk<'_> {
    /// The line whose turns are spoken of: the first in which this person has ever a place, else the first.
    fn line(&self) -> Option<&super::line::Line> {
        let lines = &self.rota.lines;
        let of_theirs = lines.iter().find(|line| line.rota.order.contains(self.who));
        of_theirs.or_else(|| lines.first())
    }

    fn name(&self) -> &str {
        self.rota.name(self.who)
    }

    fn change(&self, what: Live, deed_of: &[&StaffId]) -> Effect {
        let over = what.over(self.rota);
        Effect::Change { what, over, deed_of: deed_of.iter().map(|who| (*who).clone()).collect() }
    }

    /// Who is on call until when, who is behind, who is away.
    pub fn who_is_there(&self) -> String {
        let now = self.now.timestamp();
        let mut told: Vec<(Vec<&str>, String)> = Vec::new();
        for line in &self.rota.lines {
            let duty = self.rota.duty(line, now);
            let mut people: Vec<&str> = duty.people.iter().map(|person| self.rota.name(&person.who)).collect();
            let owner = self.rota.name(&self.rota.owner);
            if !people.contains(&owner) && self.rota.absence(&self.rota.owner, now).is_none() {
                people.push(owner);
            }
            let first = duty.people.first();
            let until = first.and_then(|first| self.rota.keeps_place_until(line, &first.who, now));
            let words = words::on_call(&people, until, self.now);
            match told.iter_mut().find(|(_, same)| *same == words) {
                Some((lines, _)) => lines.push(line.id.as_str()),
                None => told.push((vec![line.id.as_str()], words)),
            }
        }
        let away: Vec<(&str, String)> = (self.rota.staff.iter())
            .filter_map(|person| {
                let absence = self.rota.absence(&person.id, now)?;
                Some((person.name.as_str(), words::until(absence.until, self.now)))
            })
            .collect();
        words::who(&told, &away)
    }

    /// Takes the last deed back; for that on a promise see [`Talk::undo_to`].
    pub fn undo(&self, deed: &Deed) -> Reply {
        let nothing_left = |whom: &StaffId| Effect::Remember { whom: whom.clone(), deed: None };
        match deed {
            Deed::Changed { what, .. } if what.over(self.rota) <= self.now.timestamp() => {
                Reply::only(words::NOTHING_TO_UNDO)
            }
            Deed::Changed { id, what } => {
                let mut effects = vec![Effect::TakeBack(*id), nothing_left(self.who)];
                let say = match what {
                    Live::Away { .. } => words::AWAY_TAKEN_BACK.to_owned(),
                    Live::Back { .. } => words::BACK_TAKEN_BACK.to_owned(),
                    Live::Swap { give, take, .. } if give != self.who && take != self.who => {
                        words::swap_of_others_taken_back(self.rota.name(give), self.rota.name(take))
                    }
                    Live::Swap { give, take, .. } => {
                        let other = if give == self.who { take } else { give };
                        effects.push(nothing_left(other));
                        words::swap_taken_back(self.rota.name(other))
                    }
                };
                effects.extend(self.tells_taken_back(what));
                Reply { say, effects }
            }
            Deed::AskedToSwap { whom, question } => {
                let told = words::swap_taken_back_by(self.name());
                Reply {
                    say: words::swap_not_asked(self.rota.name(whom)),
                    effects: vec![
                        Effect::Drop { whom: whom.clone(), question: question.clone() },
                        Effect::Tell { whom: whom.clone(), say: told },
                        nothing_left(self.who),
                    ],
                }
            }
            Deed::Closed { .. } | Deed::Later { .. } => Reply::only(words::NOTHING_TO_UNDO),
        }
    }

    /// Whether somebody can be asked by text.
    fn reads_texts(&self, who: &StaffId) -> bool {
        self.rota.staff.get(who.as_str()).is_some_and(|person| matches!(person.reach, Reach::Phone(_)))
    }
}

impl Reply {
    pub fn only(say: impl Into<String>) -> Self {
        Self { say: say.into(), effects: Vec::new() }
    }
}
