//! DONE, LATER, SORTED, CALLS: what is said of promises.

use jiff::Timestamp;

use super::{Deed, Effect, Reply, Talk};
use crate::domain::call::Call;
use crate::domain::promise::{Check, Happens, Promise, PromiseState, apology_due};
use crate::domain::words::answers as words;

impl Talk<'_> {
    /// What DONE does to this promise, unless there is nothing to do: then what to say.
    pub fn finish(&self, promise: &Promise, follow: bool) -> Result<Happens, Reply> {
        if promise.awaits_a_word() {
            return Ok(Happens::Done { by: self.who.clone(), follow });
        }
        Err(self.is_closed(promise))
    }

    /// What SORTED does: the customer was asked the next morning, or the promise is kept only now.
    pub fn sorted(&self, promise: &Promise) -> Result<Happens, Reply> {
        match promise.state {
            PromiseState::Kept { check: Some(Check { asked: true, .. }), .. } => {
                Ok(Happens::CustomerSays { sorted: true })
            }
            _ => self.finish(promise, false),
        }
    }

    pub fn put_off(&self, promise: &Promise, until: Timestamp) -> Result<Happens, Reply> {
        if promise.is_unsettled() {
            return Ok(Happens::Later { by: self.who.clone(), due: until });
        }
        Err(self.is_closed(promise))
    }

    /// Nobody rings any more, and why. Only in the console: a reason is more than a word.
    pub fn let_go(&self, promise: &Promise, why: &str) -> Result<Happens, Reply> {
        if promise.is_unsettled() {
            return Ok(Happens::LetGo { by: self.who.clone(), why: why.to_owned() });
        }
        Err(self.is_closed(promise))
    }

    /// YES and NO with the number of a promise: the drafted apology, and what the customer says by other ways.
    pub fn yes_to(&self, promise: &Promise) -> Result<Happens, Reply> {
        match promise.state {
            PromiseState::Broken if promise.number.is_none() => Err(Reply::only(words::CANNOT_BE_TEXTED)),
            PromiseState::Broken if promise.broken.as_ref().is_some_and(|broken| !broken.apologised) => {
                Ok(Happens::Apologised { by: self.who.clone(), due: apology_due(self.rota, self.now) })
            }
            PromiseState::Kept { check: Some(Check { asked: true, .. }), .. } => {
                Ok(Happens::CustomerSays { sorted: true })
            }
            _ => Err(Reply::only(words::NOTHING_ASKED)),
        }
    }

    pub fn no_to(&self, promise: &Promise) -> Result<Happens, Reply> {
        match promise.state {
            PromiseState::Kept { check: Some(Check { asked: true, .. }), .. } => {
                Ok(Happens::CustomerSays { sorted: false })
            }
            _ => Err(Reply::only(words::NOTHING_CHANGED)),
        }
    }

    /// Takes DONE, SORTED or LATER back.
    pub fn undo_to(&self, deed: &Deed, promise: &Promise) -> Result<Happens, Reply> {
        match deed {
            Deed::Closed { .. } if !self.has_closed(promise) => Err(self.is_closed(promise)),
            Deed::Closed { .. } => Ok(Happens::Reopened { by: self.who.clone() }),
            Deed::Later { due_before, .. } if *due_before > self.now.timestamp() => {
                Ok(Happens::Later { by: self.who.clone(), due: *due_before })
            }
            Deed::Later { .. } => Err(Reply::only(words::TIME_IS_OVER)),
            Deed::Changed { .. } | Deed::AskedToSwap { .. } => Err(Reply::only(words::NOTHING_TO_UNDO)),
        }
    }

    /// Somebody else may have closed it anew since.
    fn has_closed(&self, promise: &Promise) -> bool {
        match &promise.state {
            PromiseState::Kept { by, .. } | PromiseState::LetGo { by, .. } => by == self.who,
            PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Broken => false,
        }
    }

    /// What is true of a promise after somebody has said something, and what UNDO would take back.
    pub fn promise_is(&self, before: &Promise, after: &Promise) -> Reply {
        let deed = match (&before.state, &after.state) {
            _ if before == after => return self.is_closed(after),
            (_, PromiseState::Kept { .. } | PromiseState::LetGo { .. }) if before.is_unsettled() => {
                Some(Deed::Closed { promise: after.id })
            }
            (PromiseState::Open | PromiseState::Claimed { .. }, PromiseState::Open) if before.due != after.due => {
                Some(Deed::Later { promise: after.id, due_before: before.due })
            }
            _ => None,
        };
        Reply { say: self.told(after), effects: vec![Effect::Remember { whom: self.who.clone(), deed }] }
    }

    fn told(&self, promise: &Promise) -> String {
        let caller = words::caller(promise);
        let owner = (promise.owner != *self.who).then(|| self.rota.name(&promise.owner));
        match &promise.state {
            PromiseState::Kept { check: Some(Check { due, asked: false }), .. } => {
                words::kept_and_followed(&caller, *due, self.now)
            }
            PromiseState::Kept { .. } | PromiseState::LetGo { .. } => words::kept(&caller),
            PromiseState::Open | PromiseState::Claimed { .. } => words::owed(&caller, owner, promise.due, self.now),
            PromiseState::Broken => words::overdue(&caller, owner),
        }
    }

    /// Nobody waits for this any more, since when and by whom.
    pub fn is_closed(&self, promise: &Promise) -> Reply {
        let (by, at) = match &promise.state {
            PromiseState::Kept { by, at, .. } | PromiseState::LetGo { by, at, .. } => (by, *at),
            PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Broken => {
                return Reply::only(self.told(promise));
            }
        };
        let by = if by == self.who { None } else { Some(self.rota.name(by)) };
        Reply::only(words::closed_before(&words::caller(promise), by, at, self.now))
    }

    /// What this person owes, and whom they talked with last.
    pub fn calls(&self, owed: &[Promise], last: &[&Call]) -> String {
        let owed: Vec<(String, Timestamp)> = owed.iter().map(|promise| (words::caller(promise), promise.due)).collect();
        let last: Vec<(String, Timestamp)> = last
            .iter()
            .map(|call| {
                let customer = call.customer.as_ref().map(|customer| customer.name.as_str());
                (words::party(customer, call.from.phone()), call.started)
            })
            .collect();
        words::calls(&owed, &last, self.now)
    }
}
