//! What somebody of the staff says in the console. The same follows from it as from a text, and UNDO by text takes
//! it back; the answer is for a screen. In the transaction of whoever calls, who notes beside it who did it.

use jiff::Timestamp;
use jiff::civil::DateTime;

pub use super::call_backs::begin as call_back;
use super::texts::{apply, too_much_for};
use super::{Desk, promises};
use crate::domain::conversation::{Effect, Question, Reply, Talk};
use crate::domain::promise::{Happens, Promise, PromiseId};
use crate::domain::rota::live::Hole;
use crate::domain::staff::StaffId;
use crate::store::{self, StoreError, Tx};
pub use promises::Changed;

/// Said of a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfPromise {
    Done {
        /// Ask the customer again on the next open morning.
        follow: bool,
    },
    Later {
        due: Timestamp,
    },
    LetGo {
        why: String,
    },
    /// Send the drafted apology, which promises a call by then.
    Apologise {
        due: Timestamp,
    },
    /// What the customer says who was asked the next morning.
    Sorted(bool),
    /// It was closed too soon.
    Reopen,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    Done(Box<Changed>),
    /// It does not fit: somebody was faster.
    Nothing(Box<Promise>),
    NoSuchPromise,
}

/// How somebody goes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub until: DateTime,
    pub cover: Option<StaffId>,
    /// Though it leave a hole.
    pub all_the_same: bool,
}

/// What came of being away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gone {
    Away,
    /// Nothing has changed yet: open hours would be without anybody.
    WouldLeave(Hole),
    /// They are away for longer by the rota file, which is not shortened by the way.
    Already,
    /// So many changes about them are in force that no more are taken.
    TooMuch,
}

/// Away from now on; `tell` has others told.
pub fn away(
    tx: &mut Tx<'_>,
    desk: &Desk,
    who: &StaffId,
    leave: &Leave,
    mut tell: impl FnMut(&StaffId, String),
) -> Result<Gone, StoreError> {
    let rota = desk.rota_in(tx)?;
    let now = desk.now(&rota);
    let talk = Talk { who, now: &now, rota: &rota };
    let mut reply = talk.away(now.datetime(), leave.until, leave.cover.as_ref());
    if let Some((question, hole)) = hole_of(&reply, talk) {
        if !leave.all_the_same {
            return Ok(Gone::WouldLeave(hole));
        }
        reply = talk.answers(&question, true);
    }
    if too_much_for(tx, talk, &reply)?.is_some() {
        return Ok(Gone::TooMuch);
    }
    reply.effects.iter().try_for_each(|effect| apply(tx, talk, effect, &mut tell))?;
    let changed = reply.effects.iter().any(|effect| matches!(effect, Effect::Change { .. }));
    Ok(if changed { Gone::Away } else { Gone::Already })
}

/// False: they were not away.
pub fn back(tx: &mut Tx<'_>, desk: &Desk, who: &StaffId) -> Result<bool, StoreError> {
    let rota = desk.rota_in(tx)?;
    let now = desk.now(&rota);
    let talk = Talk { who, now: &now, rota: &rota };
    let reply = talk.back();
    save(tx, talk, &reply)?;
    Ok(!reply.effects.is_empty())
}

pub fn of_promise(
    tx: &mut Tx<'_>,
    desk: &Desk,
    who: &StaffId,
    id: PromiseId,
    said: &OfPromise,
) -> Result<Came, StoreError> {
    let rota = desk.rota_in(tx)?;
    let now = desk.now(&rota);
    let talk = Talk { who, now: &now, rota: &rota };
    let Some(stored) = store::promises::get(tx, id)? else { return Ok(Came::NoSuchPromise) };
    let Ok(happens) = meant(talk, &stored.promise, said) else { return Ok(Came::Nothing(Box::new(stored.promise))) };
    let Some(changed) = promises::act(tx, &rota, &now, id, &happens)? else { return Ok(Came::NoSuchPromise) };
    if changed.before == changed.after {
        return Ok(Came::Nothing(Box::new(changed.after)));
    }
    save(tx, talk, &talk.promise_is(&changed.before, &changed.after))?;
    Ok(Came::Done(Box::new(changed)))
}

fn meant(talk: Talk<'_>, promise: &Promise, said: &OfPromise) -> Result<Happens, Reply> {
    match said {
        OfPromise::Done { follow } => talk.finish(promise, *follow),
        OfPromise::Later { due } => talk.put_off(promise, *due),
        OfPromise::LetGo { why } => talk.let_go(promise, why),
        // Its YES means one thing or the other, as the promise stands.
        OfPromise::Apologise { due } => match talk.yes_to(promise)? {
            Happens::Apologised { by, .. } => Ok(Happens::Apologised { by, due: *due }),
            _ => Err(talk.is_closed(promise)),
        },
        OfPromise::Sorted(sorted) => match if *sorted { talk.yes_to(promise)? } else { talk.no_to(promise)? } {
            says @ Happens::CustomerSays { .. } => Ok(says),
            _ => Err(talk.is_closed(promise)),
        },
        OfPromise::Reopen => Ok(Happens::Reopened { by: talk.who.clone() }),
    }
}

/// The hole that is asked about.
fn hole_of(reply: &Reply, talk: Talk<'_>) -> Option<(Question, Hole)> {
    reply.effects.iter().find_map(|effect| match effect {
        Effect::Ask { question: question @ Question::Really { change }, .. } => {
            let hole = talk.rota.would_leave_hole(change, talk.who, talk.now.timestamp())?;
            Some((question.clone(), hole))
        }
        _ => None,
    })
}

fn save(tx: &mut Tx<'_>, talk: Talk<'_>, reply: &Reply) -> Result<(), StoreError> {
    // This concerns nobody else.
    reply.effects.iter().try_for_each(|effect| apply(tx, talk, effect, |_, _| {}))
}
