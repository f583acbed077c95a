//! What happens to a promise: an event in; the new state and what is to be told out. Total: what does not
//! fit the state changes nothing and tells nobody.

use jiff::{SignedDuration, Timestamp, Zoned};

use super::{Broken, Check, Entry, Happened, How, Left, Promise, PromiseState, Tell};
use crate::domain::call::{CallId, Message};
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;

/// How long a provider may take to write a message down, before its owner is told without the words.
const TRANSCRIPT_TAKES: SignedDuration = SignedDuration::from_mins(3);

/// Longer than any call back lasts: one that is claimed for so long has lost its last event.
const CLAIM_LASTS: SignedDuration = SignedDuration::from_mins(130);

/// How long a customer may take to say whether it is sorted.
const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// On the wall clock of the business.
const UP_AT_HOUR: i8 = 9;

/// An event in a promise's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happens {
    /// Another call about the same matter that nobody could take; the caller was told this.
    CalledAgain {
        call: CallId,
        owner: StaffId,
        due: Timestamp,
    },
    /// The caller has left a message, or more is known of it.
    MessageLeft {
        call: CallId,
        message: Message,
        /// Where its owner can listen to it.
        listen: String,
    },
    /// The hour of [`Promise::wake`] has come.
    Wakes,
    /// A call back begins.
    Claimed {
        by: StaffId,
    },
    /// The call back did not become a conversation.
    NotReached {
        by: StaffId,
    },
    /// The call back was a conversation.
    Spoke {
        by: StaffId,
        seconds: u32,
    },
    /// `DONE`; with `follow` the same human asks the next business morning whether it is sorted.
    Done {
        by: StaffId,
        follow: bool,
    },
    /// `UNDO` of a human's word that closed it.
    Reopened {
        by: StaffId,
    },
    /// `LATER`.
    Later {
        by: StaffId,
        due: Timestamp,
    },
    LetGo {
        by: StaffId,
        why: String,
    },
    /// A later call of this customer was taken by a human.
    Talked {
        who: StaffId,
    },
    /// The customer's answer to [`Tell::AskCustomer`].
    CustomerSays {
        sorted: bool,
    },
    /// Its owner is not on the staff any more.
    HandedOver {
        to: StaffId,
    },
    /// A human has sent the drafted apology, and promises a call by then.
    Apologised {
        by: StaffId,
        due: Timestamp,
    },
}

/// When it happens, in the business's zone, and the rota at that time.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    pub now: &'a Zoned,
    pub rota: &'a Rota,
}

impl Promise {
    /// The next instant at which something happens by itself: a reminder, the due time, a message without a
    /// transcript, the next morning's question.
    pub fn wake(&self) -> Option<Timestamp> {
        let message = self.message.as_ref().and_then(|left| left.tell);
        let own = match &self.state {
            PromiseState::Open => Some(self.remind.map_or(self.due, |remind| remind.min(self.due))),
            PromiseState::Claimed { since, .. } => Some(self.due.max(*since + CLAIM_LASTS)),
            PromiseState::Kept { check, .. } => check.map(|check| check.due),
            PromiseState::Broken | PromiseState::LetGo { .. } => None,
        };
        own.into_iter().chain(message).min()
    }

    /// Takes an event in; says what has to be told to whom.
    pub fn step(&mut self, happens: &Happens, moment: Moment<'_>) -> Vec<Tell> {
        let mut turn = Turn { promise: self, moment, tells: Vec::new() };
        turn.take(happens);
        turn.tells
    }
}

struct Turn<'a> {
    promise: &'a mut Promise,
    moment: Moment<'a>,
    tells: Vec<Tell>,
}

impl Turn<'_> {
    fn take(&mut self, happens: &Happens) {
        match happens {
            Happens::CalledAgain { call, owner, due } => self.called_again(*call, owner, *due),
            Happens::MessageLeft { call, message, listen } => self.message_left(*call, message, listen),
            Happens::Wakes => self.wakes(),
            Happens::Apologised { by, due } => self.apologised(by, *due),
            Happens::CustomerSays { sorted } => self.customer_says(*sorted),
            Happens::Reopened { by } => self.reopened(by),
            Happens::Done { by, follow } if self.promise.awaits_a_word() => self.kept(by, How::Word, *follow),
            _ if !self.promise.is_unsettled() => {}
            Happens::Claimed { by } => self.claimed(by),
            Happens::NotReached { by } => self.not_reached(by),
            Happens::Spoke { by, seconds } => self.kept(by, How::Conversation { seconds: *seconds }, false),
            Happens::Done { .. } => {}
            Happens::Later { by, due } => self.later(by, *due),
            Happens::LetGo { by, why } => {
                let who = Some(by.clone());
                self.promise.story.push(Entry { at: self.at(), what: Happened::LetGo, who, why: Some(why.clone()) });
                self.promise.state = PromiseState::LetGo { by: by.clone(), at: self.at(), why: why.clone() };
            }
            Happens::Talked { who } => {
                self.note(Happened::TalkedAgain, Some(who));
                self.tells.push(Tell::IsItSettled { whom: who.clone() });
            }
            Happens::HandedOver { to } => self.handed_over(to),
        }
    }

    /// What the caller was told last is what counts, unless the earlier promise is for an earlier time.
    fn called_again(&mut self, call: CallId, owner: &StaffId, due: Timestamp) {
        if self.promise.calls.contains(&call) || !self.promise.is_unsettled() {
            return;
        }
        self.promise.calls.push(call);
        self.note(Happened::CalledAgain, None);
        let same = self.promise.state != PromiseState::Broken && self.promise.due <= due;
        if !same {
            self.promise.owner = owner.clone();
            self.open_until(due);
        }
        self.tells.push(if same { Tell::CalledAgain } else { Tell::Owed });
    }

    fn message_left(&mut self, call: CallId, message: &Message, listen: &str) {
        let before = self.promise.message.as_ref().filter(|left| left.call == call);
        let is_new = before.is_none();
        if before.is_some_and(|left| left.message == *message) {
            return;
        }
        let had_transcript = before.is_some_and(|left| left.message.transcript.is_some());
        let waits = before.is_none_or(|left| left.tell.is_some());
        if is_new {
            self.note(Happened::MessageLeft, None);
        }
        let tell_now = message.transcript.is_some() && !had_transcript;
        let tell = (waits && !tell_now).then(|| self.at() + TRANSCRIPT_TAKES);
        self.promise.message = Some(Left { call, message: message.clone(), listen: listen.to_owned(), tell });
        if tell_now {
            self.tells.push(Tell::Message);
        }
    }

    fn wakes(&mut self) {
        let at = self.at();
        if let Some(left) = self.promise.message.as_mut()
            && left.tell.is_some_and(|tell| tell <= at)
        {
            left.tell = None;
            self.tells.push(Tell::Message);
        }
        match self.promise.state.clone() {
            PromiseState::Open if self.promise.due <= at => self.breaks(),
            PromiseState::Claimed { since, .. } if self.promise.due <= at && since + CLAIM_LASTS <= at => self.breaks(),
            PromiseState::Open if self.promise.remind.is_some_and(|remind| remind <= at) => {
                self.promise.remind = None;
                self.note(Happened::Reminded, None);
                self.tells.push(Tell::Reminder);
            }
            PromiseState::Kept { by, at: kept, how, check: Some(check) } if check.due <= at => {
                let next = (!check.asked).then(|| Check { due: at + ANSWER_WITHIN, asked: true });
                self.promise.state = PromiseState::Kept { by: by.clone(), at: kept, how, check: next };
                if next.is_some() {
                    self.note(Happened::Checked, Some(&by));
                    self.tells.push(Tell::Check { whom: by });
                    self.tells.push(Tell::AskCustomer);
                }
            }
            _ => {}
        }
    }

    /// Nobody rang in time. The owner of the business inherits it.
    fn breaks(&mut self) {
        let by = std::mem::replace(&mut self.promise.owner, self.moment.rota.owner.clone());
        self.note(Happened::Broken, Some(&by));
        self.promise.broken = Some(Broken { by: by.clone(), at: self.at(), due: self.promise.due, apologised: false });
        self.promise.state = PromiseState::Broken;
        self.promise.remind = None;
        self.tells.push(Tell::Broken { by: by.clone() });
        if by != self.promise.owner {
            self.tells.push(Tell::Inherited { by });
        }
    }

    fn claimed(&mut self, by: &StaffId) {
        self.note(Happened::Claimed, Some(by));
        if self.promise.state == PromiseState::Open {
            self.promise.state = PromiseState::Claimed { by: by.clone(), since: self.at() };
        }
    }

    fn not_reached(&mut self, by: &StaffId) {
        self.note(Happened::NotReached, Some(by));
        if let PromiseState::Claimed { .. } = self.promise.state {
            self.promise.state = PromiseState::Open;
        }
    }

    /// What had been broken is always followed up: the customer has been let down once.
    fn kept(&mut self, by: &StaffId, how: How, follow: bool) {
        self.note(Happened::Kept, Some(by));
        let check = if follow || self.promise.broken.is_some() { self.next_morning() } else { None };
        self.promise.state = PromiseState::Kept { by: by.clone(), at: self.at(), how, check };
        self.promise.remind = None;
    }

    fn reopened(&mut self, by: &StaffId) {
        let (PromiseState::Kept { how: How::Word, .. } | PromiseState::LetGo { .. }) = self.promise.state else {
            return;
        };
        self.note(Happened::Reopened, Some(by));
        match &self.promise.broken {
            // The time may have been moved since.
            Some(broken) if !broken.apologised && broken.due == self.promise.due => {
                self.promise.state = PromiseState::Broken;
            }
            Some(_) | None => self.open_until(self.promise.due),
        }
    }

    /// Opening time of the next open day; where it never closes, a time at which people are up.
    fn next_morning(&self) -> Option<Check> {
        let Moment { now, rota } = self.moment;
        let line = rota.line(&self.promise.line).or_else(|| rota.lines.first())?;
        let tomorrow = now.date().tomorrow().ok()?;
        let midnight = tomorrow.to_zoned(rota.zone.clone()).ok()?.timestamp();
        let calendar = rota.calendar(line);
        let due = if calendar.is_open(midnight) {
            tomorrow.at(UP_AT_HOUR, 0, 0, 0).to_zoned(rota.zone.clone()).ok()?.timestamp()
        } else {
            calendar.next_opening(midnight)?
        };
        Some(Check { due, asked: false })
    }

    fn later(&mut self, by: &StaffId, due: Timestamp) {
        if self.promise.state == PromiseState::Open && self.promise.due == due {
            return;
        }
        self.note(Happened::Later { due }, Some(by));
        self.open_until(due);
        self.tells.push(Tell::NewTime);
    }

    fn apologised(&mut self, by: &StaffId, due: Timestamp) {
        let Some(broken) = self.promise.broken.as_mut() else { return };
        if self.promise.state != PromiseState::Broken || std::mem::replace(&mut broken.apologised, true) {
            return;
        }
        let told = broken.clone();
        self.note(Happened::Apologised, Some(by));
        self.promise.owner = by.clone();
        self.open_until(due);
        self.tells.push(Tell::Apology { broken: told });
    }

    fn customer_says(&mut self, sorted: bool) {
        let PromiseState::Kept { by, at, how, check: Some(Check { asked: true, .. }) } = self.promise.state.clone()
        else {
            return;
        };
        if sorted {
            self.note(Happened::SaidSorted, None);
            self.promise.state = PromiseState::Kept { by, at, how, check: None };
            return;
        }
        self.note(Happened::SaidNotSorted, None);
        let Moment { now, rota } = self.moment;
        let line = rota.line(&self.promise.line).or_else(|| rota.lines.first());
        self.promise.owner = by;
        self.open_until(line.map_or(self.at(), |line| rota.due(line, now.timestamp())));
        self.tells.push(Tell::NotSorted);
    }

    fn handed_over(&mut self, to: &StaffId) {
        self.promise.owner = to.clone();
        self.note(Happened::HandedOver, Some(to));
        if let PromiseState::Claimed { .. } = self.promise.state {
            self.promise.state = PromiseState::Open;
        }
        let broken = self.promise.broken.as_ref().filter(|_| self.promise.state == PromiseState::Broken);
        self.tells.push(broken.map_or(Tell::Owed, |broken| Tell::Broken { by: broken.by.clone() }));
    }

    fn open_until(&mut self, due: Timestamp) {
        self.promise.due = due;
        self.promise.state = PromiseState::Open;
        self.promise.remind = remind(self.moment.rota, self.promise, self.at());
    }

    fn note(&mut self, what: Happened, who: Option<&StaffId>) {
        self.promise.story.push(Entry { at: self.at(), what, who: who.cloned(), why: None });
    }

    fn at(&self) -> Timestamp {
        self.moment.now.timestamp()
    }
}

/// When the owner is reminded. Whoever has less time than that has just been told.
pub(super) fn remind(rota: &Rota, promise: &Promise, now: Timestamp) -> Option<Timestamp> {
    let line = rota.line(&promise.line).or_else(|| rota.lines.first())?;
    let before = SignedDuration::from_mins(i64::from(line.promise.remind_minutes?));
    promise.due.checked_sub(before).ok().filter(|at| *at > now)
}
