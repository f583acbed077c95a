//! What one does about a promise.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::words::PromisesWords;
use crate::console::{Console, Me, Problem};
use crate::domain::access::{Deed, Role};
use crate::domain::call_back::Begun;
use crate::domain::promise::{Happens, Moment, Promise, PromiseId, PromiseState, Tell, apology_due};
use crate::domain::rota::wall_clock;
use crate::domain::words::Language;
use crate::operator::in_person::{self, Came, OfPromise};
use crate::store::{Tx, audit, promises};

/// In characters.
pub(super) const WHY_MAX: usize = 500;

/// A promise is not put off for longer.
const LATER_DAYS_MAX: i64 = 365;

/// An apology that says "I ring by then" is not sent when that is nearly over, nor with a time that no draft had.
const DRAFT_AHEAD_MIN: SignedDuration = SignedDuration::from_mins(5);
const DRAFT_AHEAD_MAX: SignedDuration = SignedDuration::from_hours(36);

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Told {
    Done,
    Later,
    LetGo,
    Apologised,
    Sorted,
    Reopened,
    /// Somebody was faster.
    Nothing,
    Rings,
    RingsAlready,
    OnACall,
    NoNumber,
    Costly,
    Closed,
}

impl Told {
    const ALL: [Self; 13] = [
        Self::Done,
        Self::Later,
        Self::LetGo,
        Self::Apologised,
        Self::Sorted,
        Self::Reopened,
        Self::Nothing,
        Self::Rings,
        Self::RingsAlready,
        Self::OnACall,
        Self::NoNumber,
        Self::Costly,
        Self::Closed,
    ];

    pub(in crate::console) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Later => "later",
            Self::LetGo => "let-go",
            Self::Apologised => "apologised",
            Self::Sorted => "sorted",
            Self::Reopened => "reopened",
            Self::Nothing => "nothing",
            Self::Rings => "rings",
            Self::RingsAlready => "rings-already",
            Self::OnACall => "on-a-call",
            Self::NoNumber => "no-number",
            Self::Costly => "costly",
            Self::Closed => "closed",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|told| told.word() == word)
    }

    /// Something is another than before.
    pub(in crate::console) fn changed(self) -> bool {
        match self {
            Self::Done | Self::Later | Self::LetGo | Self::Apologised | Self::Sorted | Self::Reopened | Self::Rings => {
                true
            }
            Self::Nothing | Self::RingsAlready | Self::OnACall | Self::NoNumber | Self::Costly | Self::Closed => false,
        }
    }

    pub(in crate::console) fn words(self, language: Language) -> String {
        let words = PromisesWords(language);
        match self {
            Self::Done => words.did_done(),
            Self::Later => words.did_later(),
            Self::LetGo => words.did_let_go(),
            Self::Apologised => words.did_apologise(),
            Self::Sorted => words.did_sorted(),
            Self::Reopened => words.did_reopen(),
            Self::Nothing => words.did_nothing(),
            Self::Rings => words.did_ring(),
            Self::RingsAlready => words.did_ring_already(),
            Self::OnACall => words.did_on_a_call(),
            Self::NoNumber => words.did_no_number(),
            Self::Costly => words.did_costly(),
            Self::Closed => words.did_closed(),
        }
    }
}

/// Whoever does not answer the phone themselves speaks for the promise's owner; the audit log knows who it was.
pub(in crate::console) async fn say(
    console: &Console,
    me: &Me,
    id: PromiseId,
    said: OfPromise,
) -> Result<Told, Problem> {
    me.may(Role::Staff)?;
    let (said, told) = checked(console, me.language, said)?;
    let (operator, who, staff) = (console.operator.clone(), me.who(), me.staff.clone());
    let write = move |tx: &mut Tx<'_>| {
        let Some(stored) = promises::get(tx, id)? else { return Ok(Came::NoSuchPromise) };
        let by = staff.as_ref().unwrap_or(&stored.promise.owner);
        let came = in_person::of_promise(tx, operator.desk(), by, id, &said)?;
        if let Came::Done(changed) = &came {
            let what = if told == Told::Apologised { Deed::ApologySent } else { Deed::PromiseChanged };
            let (who, at) = (who.clone(), operator.desk().clock.now());
            audit::note(tx, &audit::Entry::of_promise(who, at, what, &changed.before, &changed.after))?;
        }
        Ok(came)
    };
    match console.write(write).await? {
        Came::Done(_) => Ok(told),
        Came::Nothing(_) => Ok(Told::Nothing),
        Came::NoSuchPromise => Err(Problem::NotFound),
    }
}

/// Rings whoever is signed in, and then the customer.
pub(in crate::console) async fn call_back(console: &Console, me: &Me, id: PromiseId) -> Result<Told, Problem> {
    me.may(Role::Staff)?;
    let Some(by) = me.staff.clone() else { return Err(Problem::Wrong(PromisesWords(me.language).no_phone())) };
    let (operator, who) = (console.operator.clone(), me.who());
    let write = move |tx: &mut Tx<'_>| {
        let begun = in_person::call_back(tx, operator.desk(), id, &by)?;
        if begun == Begun::RingingYou {
            let (at, subject) = (operator.desk().clock.now(), format!("promise {}", id.0));
            let what = Deed::CallBackAsked;
            audit::note(tx, &audit::Entry { who: who.clone(), at, what, subject, before: None, after: None })?;
        }
        Ok(begun)
    };
    match console.write(write).await? {
        Begun::RingingYou => Ok(Told::Rings),
        Begun::AlreadyRinging { .. } => Ok(Told::RingsAlready),
        Begun::OnACall => Ok(Told::OnACall),
        Begun::NoNumber => Ok(Told::NoNumber),
        Begun::Costly => Ok(Told::Costly),
        Begun::Closed => Ok(Told::Closed),
        Begun::NoSuchPromise => Err(Problem::NotFound),
        Begun::NotOnStaff => Err(Problem::Wrong(PromisesWords(me.language).no_phone())),
    }
}

fn checked(console: &Console, language: Language, said: OfPromise) -> Result<(OfPromise, Told), Problem> {
    let (now, words) = (console.clock.now(), PromisesWords(language));
    Ok(match said {
        OfPromise::LetGo { why } => {
            let why: String = why.trim().chars().take(WHY_MAX).collect();
            if why.is_empty() {
                return Err(Problem::Wrong(words.needs_reason()));
            }
            (OfPromise::LetGo { why }, Told::LetGo)
        }
        OfPromise::Later { due } => {
            let last = now + SignedDuration::from_hours(24 * LATER_DAYS_MAX);
            if due <= now || due > last {
                return Err(Problem::Wrong(words.bad_time()));
            }
            (OfPromise::Later { due: wall_clock::whole_minute(due) }, Told::Later)
        }
        OfPromise::Apologise { due } => {
            if due < now + DRAFT_AHEAD_MIN || due > now + DRAFT_AHEAD_MAX {
                return Err(Problem::Wrong(words.draft_old()));
            }
            (said, Told::Apologised)
        }
        OfPromise::Done { .. } => (said, Told::Done),
        OfPromise::Sorted(_) => (said, Told::Sorted),
        OfPromise::Reopen => (said, Told::Reopened),
    })
}

/// From a button, or else from a clock time that was typed.
pub(super) fn time(console: &Console, language: Language, within: &str, at: &str) -> Result<Timestamp, Problem> {
    let (now, rota) = (console.now(), console.rota());
    let typed = || Some(wall_clock::begins(&rota.zone, at.trim().parse::<DateTime>().ok()?));
    let time = match within {
        "1h" => now.checked_add(1.hour()).ok().map(|at| at.timestamp()),
        "3h" => now.checked_add(3.hours()).ok().map(|at| at.timestamp()),
        "tomorrow" => now.date().tomorrow().ok().map(|day| wall_clock::begins(&rota.zone, day.at(9, 0, 0, 0))),
        _ => typed(),
    };
    time.ok_or_else(|| Problem::Wrong(PromisesWords(language).bad_time()))
}

/// The time in the draft that was sent back.
pub(super) fn drafted(language: Language, due: &str) -> Result<Timestamp, Problem> {
    let due = due.parse().ok().and_then(|due| Timestamp::from_second(due).ok());
    due.ok_or_else(|| Problem::Wrong(PromisesWords(language).draft_old()))
}

/// The apology that this person would send now, and by when it says that they ring.
pub(super) fn draft(console: &Console, me: &Me, promise: &Promise) -> Option<(String, Timestamp)> {
    let (now, rota) = (console.now(), console.rota());
    let moment = Moment { now: &now, rota: &rota };
    if promise.state != PromiseState::Broken {
        return None;
    }
    let (by, due) = (me.staff.clone().unwrap_or_else(|| promise.owner.clone()), apology_due(&rota, &now));
    let mut sent = promise.clone();
    let tells = sent.step(&Happens::Apologised { by, due }, moment);
    let apology = tells.iter().find(|tell| matches!(tell, Tell::Apology { .. }))?;
    Some((apology.text(&sent, moment)?.body, due))
}
