//! A command by text: what it needs is loaded, the domain decides, what was decided is saved.

use jiff::SignedDuration;

use super::{Post, noted};
use crate::domain::call::Call;
use crate::domain::call_back::Begun;
use crate::domain::command::{self, Command};
use crate::domain::conversation::{Deed, Effect, Question, Reply, Talk};
use crate::domain::outcome::Outcome;
use crate::domain::promise::{Happens, Promise, PromiseId};
use crate::domain::rota::live::LiveChangeId;
use crate::domain::staff::StaffId;
use crate::domain::words::answers as words;
use crate::domain::words::call_back::begun as begun_in_words;
use crate::operator::promises::act;
use crate::operator::{Counted, Desk, call_backs, usual_person_answered};
use crate::store::live_changes::NewLiveChange;
use crate::store::promises::owed_by;
use crate::store::{self, StoreError, Tx, calls, conversations, live_changes};

/// How far back, and among how many calls of everybody, somebody's last calls are looked for.
const LAST_CALLS_SINCE: SignedDuration = SignedDuration::from_hours(7 * 24);
const LAST_CALLS_AMONG: u32 = 200;
const LAST_CALLS: usize = 3;

pub(super) fn answer(tx: &mut Tx<'_>, desk: &Desk, post: &mut Post<'_>, who: &StaffId) -> Result<(), StoreError> {
    let talk = Talk { who, now: post.now, rota: post.rota };
    let mut reply = match command::parse(&post.text.body, post.now, &post.rota.staff) {
        Ok(command) => obey(tx, desk, talk, &command)?,
        Err(misread) => Reply::only(words::misread(&misread, post.rota)),
    };
    if let Some(whom) = too_much_for(tx, talk, &reply)? {
        reply = Reply::only(words::too_many_changes(post.rota.name(&whom)));
    }
    for effect in &reply.effects {
        noted::effect(tx, talk, effect)?;
        apply(tx, talk, effect, |whom, say| post.tell(whom, say))?;
    }
    post.reply(reply.say);
    Ok(())
}

fn obey(tx: &mut Tx<'_>, desk: &Desk, talk: Talk<'_>, command: &Command) -> Result<Reply, StoreError> {
    Ok(match command {
        Command::Who => Reply::only(talk.who_is_there()),
        Command::Help => Reply::only(words::HELP),
        Command::Away { from, until, cover } => talk.away(*from, *until, cover.as_ref()),
        Command::Back => talk.back(),
        Command::Swap { day, with } => talk.swap(*day, with),
        Command::Calls => calls(tx, talk)?,
        Command::Call(promise) => call_back(tx, desk, talk, *promise)?,
        Command::Done { promise, follow } => on(tx, talk, *promise, |promise| talk.finish(promise, *follow))?,
        Command::Later { promise, until } => on(tx, talk, *promise, |promise| talk.put_off(promise, *until))?,
        Command::Sorted(Some(promise)) => on(tx, talk, *promise, |promise| talk.sorted(promise))?,
        Command::Sorted(None) => match owed(tx, talk)?.as_slice() {
            [only] => on(tx, talk, only.id, |promise| talk.sorted(promise))?,
            several => Reply::only(words::which_is_sorted(&several.iter().map(words::caller).collect::<Vec<_>>())),
        },
        Command::Undo => undo(tx, talk)?,
        Command::Yes(Some(promise)) => on(tx, talk, *promise, |promise| talk.yes_to(promise))?,
        Command::No(Some(promise)) => on(tx, talk, *promise, |promise| talk.no_to(promise))?,
        Command::Yes(None) => answers(tx, talk, true)?,
        Command::No(None) => answers(tx, talk, false)?,
    })
}

/// To what they were asked last.
fn answers(tx: &mut Tx<'_>, talk: Talk<'_>, yes: bool) -> Result<Reply, StoreError> {
    let now = talk.now.timestamp();
    let asked = conversations::asked(tx, talk.who, now)?;
    // Whoever inherits a broken promise is asked for the apology with the news of it.
    let broken = |promise: &Promise| Some(promise.broken.as_ref().filter(|_| talk.yes_to(promise).is_ok())?.at);
    let mut drafted = owed(tx, talk)?;
    drafted.retain(|promise| broken(promise).is_some());
    let newest = drafted.iter().filter_map(broken).max();
    let Some((question, _)) = asked.filter(|(_, asked)| newest.is_none_or(|broken| broken < *asked)) else {
        return match drafted.as_slice() {
            [] => Ok(Reply::only(words::NOTHING_ASKED)),
            _ if !yes => Ok(Reply::only(words::NOTHING_CHANGED)),
            [only] => on(tx, talk, only.id, |promise| talk.yes_to(promise)),
            several => Ok(Reply::only(words::which_apology(&several.iter().map(words::caller).collect::<Vec<_>>()))),
        };
    };
    let mut reply = talk.answers(&question, yes);
    if let Question::UsualPerson { customer, name } = &question {
        match usual_person_answered(tx, *customer, talk.who, yes, now)? {
            Counted::Pinned => noted::usual_person(tx, talk, *customer)?,
            Counted::Declined => {}
            Counted::Late => reply.say = words::has_another_usual_person(name),
            Counted::NotAsked => words::NOTHING_ASKED.clone_into(&mut reply.say),
        }
    }
    Ok(reply)
}

fn call_back(tx: &mut Tx<'_>, desk: &Desk, talk: Talk<'_>, id: PromiseId) -> Result<Reply, StoreError> {
    let begun = call_backs::begin(tx, desk, id, talk.who)?;
    if begun == Begun::RingingYou {
        noted::call_back(tx, talk, id)?;
    }
    Ok(Reply::only(begun_in_words(&begun, id, talk.who, talk.rota)))
}

/// Does to a promise what was said, and says what is true then.
fn on(
    tx: &mut Tx<'_>,
    talk: Talk<'_>,
    id: PromiseId,
    decide: impl Fn(&Promise) -> Result<Happens, Reply>,
) -> Result<Reply, StoreError> {
    let Some(stored) = store::promises::get(tx, id)? else { return Ok(Reply::only(words::no_such_promise(id.0))) };
    let happens = match decide(&stored.promise) {
        Ok(happens) => happens,
        Err(reply) => return Ok(reply),
    };
    let Some(changed) = act(tx, talk.rota, talk.now, id, &happens)? else { return Ok(Reply::default()) };
    noted::promise(tx, talk, &happens, &changed)?;
    Ok(talk.promise_is(&changed.before, &changed.after))
}

fn undo(tx: &mut Tx<'_>, talk: Talk<'_>) -> Result<Reply, StoreError> {
    let Some(deed) = conversations::last_deed(tx, talk.who)? else { return Ok(Reply::only(words::NOTHING_TO_UNDO)) };
    let mut reply = match &deed {
        // Taken back in the console since, or over.
        Deed::Changed { id, .. } if !is_in_force(tx, talk, *id)? => Reply::only(words::NOTHING_TO_UNDO),
        Deed::Changed { .. } | Deed::AskedToSwap { .. } => talk.undo(&deed),
        Deed::Closed { promise } | Deed::Later { promise, .. } => {
            on(tx, talk, *promise, |promise| talk.undo_to(&deed, promise))?
        }
    };
    // Nor is what was taken back: once is enough.
    reply.effects.push(Effect::Remember { whom: talk.who.clone(), deed: None });
    Ok(reply)
}

fn is_in_force(tx: &mut Tx<'_>, talk: Talk<'_>, id: LiveChangeId) -> Result<bool, StoreError> {
    Ok(live_changes::in_force(tx, talk.now.timestamp())?.iter().any(|change| change.id == id))
}

fn owed(tx: &mut Tx<'_>, talk: Talk<'_>) -> Result<Vec<Promise>, StoreError> {
    Ok(owed_by(tx, talk.who)?.into_iter().map(|stored| stored.promise).collect())
}

fn calls(tx: &mut Tx<'_>, talk: Talk<'_>) -> Result<Reply, StoreError> {
    let owed = owed(tx, talk)?;
    let since = talk.now.timestamp() - LAST_CALLS_SINCE;
    let newest = calls::list(tx, since, LAST_CALLS_AMONG)?;
    let theirs = |call: &&Call| matches!(call.outcome(), Some(Outcome::Reached { who, .. }) if who == talk.who);
    let last: Vec<&Call> = newest.iter().map(|stored| &stored.call).filter(theirs).take(LAST_CALLS).collect();
    Ok(Reply::only(talk.calls(&owed, &last)))
}

/// About whom too many live changes are in force for the one that this makes.
pub(in crate::operator) fn too_much_for(
    tx: &mut Tx<'_>,
    talk: Talk<'_>,
    reply: &Reply,
) -> Result<Option<StaffId>, StoreError> {
    let mut changes = reply.effects.iter().filter_map(|effect| match effect {
        Effect::Change { what, .. } => Some(what),
        _ => None,
    });
    let Some(what) = changes.next() else { return Ok(None) };
    let in_force = live_changes::in_force(tx, talk.now.timestamp())?;
    Ok(what.is_too_much_for(&in_force, talk.now.datetime()).cloned())
}

pub(in crate::operator) fn apply(
    tx: &mut Tx<'_>,
    talk: Talk<'_>,
    effect: &Effect,
    mut tell: impl FnMut(&StaffId, String),
) -> Result<(), StoreError> {
    let now = talk.now.timestamp();
    match effect {
        Effect::Change { what, over, deed_of } => {
            let new = NewLiveChange { by: talk.who.clone(), what: what.clone(), made: now, until: *over };
            let deed = Deed::Changed { id: live_changes::add(tx, &new)?, what: what.clone() };
            deed_of.iter().try_for_each(|whom| conversations::remember(tx, whom, Some(&deed)))
        }
        Effect::TakeBack(id) => live_changes::undo(tx, *id, now).map(|_| ()),
        Effect::Ask { whom, question, until } => conversations::ask(tx, whom, question, now, *until),
        Effect::Drop { whom, question } => conversations::drop_question(tx, whom, question),
        Effect::Tell { whom, say } => {
            tell(whom, say.clone());
            Ok(())
        }
        Effect::Remember { whom, deed } => conversations::remember(tx, whom, deed.as_ref()),
    }
}
