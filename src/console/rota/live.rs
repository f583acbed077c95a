//! Away, back and swaps that are said here as they would be by text: kept in the store, and over by themselves.

use serde_json::json;

use super::change::Telling;
use super::words::RotaWords;
use crate::console::{Console, Me, Problem};
use crate::domain::access::{Deed, Role};
use crate::domain::conversation::{self, Effect, Talk};
use crate::domain::job::{Job, Outbound};
use crate::domain::promise::mobile_of;
use crate::domain::rota::Rota;
use crate::domain::rota::live::{Live, LiveChange, LiveChangeId};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::audit::{self, Entry};
use crate::store::jobs::{self, NewJob};
use crate::store::live_changes::{self, NewLiveChange};
use crate::store::{Tx, conversations};

use jiff::civil::Date;

/// Whom a live change is about.
pub(in crate::console) fn concerned(what: &Live) -> Vec<&StaffId> {
    match what {
        Live::Away { who, .. } | Live::Back { who, .. } => vec![who],
        Live::Swap { give, take, .. } => vec![give, take],
    }
}

/// Under whose name somebody's live changes stand.
pub(super) fn said_by(me: &Me) -> StaffId {
    me.staff.clone().unwrap_or_else(|| StaffId::new(&me.name))
}

/// Staff speak for themselves, admins for everybody. A swap takes two: see [`ask_to_swap`].
pub(super) fn may_say(me: &Me, what: &Live) -> Result<(), Problem> {
    let own = |who: &StaffId| me.staff.as_ref() == Some(who);
    match what {
        Live::Away { who, .. } | Live::Back { who, .. } if own(who) => me.may(Role::Staff),
        Live::Away { .. } | Live::Back { .. } | Live::Swap { .. } => me.may(Role::Admin),
    }
}

/// Makes a live change. `UNDO` by text takes it back as if they had said it so.
pub(in crate::console) async fn make(console: &Console, me: &Me, what: Live) -> Result<LiveChangeId, Problem> {
    may_say(me, &what)?;
    let now = console.clock.now();
    let new = NewLiveChange { by: said_by(me), until: what.over(&console.rota()), what, made: now };
    let who = me.who();
    let made = console
        .write(move |tx| {
            let id = live_changes::add(tx, &new)?;
            let deed = conversation::Deed::Changed { id, what: new.what.clone() };
            for whom in concerned(&new.what) {
                conversations::remember(tx, whom, Some(&deed))?;
            }
            let entry = Entry {
                who: who.clone(),
                at: now,
                what: Deed::LiveChangeMade,
                subject: subject(&new.what),
                before: None,
                after: Some(json!({ "id": id.0, "change": new.what })),
            };
            audit::note(tx, &entry)?;
            Ok(id)
        })
        .await?;
    learn(console).await?;
    Ok(made)
}

/// It counts as never made from now on.
pub(in crate::console) async fn undo(console: &Console, me: &Me, id: LiveChangeId) -> Result<(), Problem> {
    let now = console.clock.now();
    let changes = console.read(move |tx| live_changes::in_force(tx, now)).await?;
    let gone = || Problem::Conflict(RotaWords(me.language).gone());
    let change = changes.into_iter().find(|change| change.id == id).ok_or_else(gone)?;
    let own = concerned(&change.what).iter().any(|who| me.staff.as_ref() == Some(*who));
    me.may(if own { Role::Staff } else { Role::Admin })?;
    let who = me.who();
    let undone = console
        .write(move |tx| {
            let undone = live_changes::undo(tx, id, now)?;
            if undone {
                let entry = Entry {
                    who: who.clone(),
                    at: now,
                    what: Deed::LiveChangeUndone,
                    subject: subject(&change.what),
                    before: Some(json!({ "id": id.0, "change": change.what })),
                    after: None,
                };
                audit::note(tx, &entry)?;
            }
            Ok(undone)
        })
        .await?;
    learn(console).await?;
    if undone { Ok(()) } else { Err(gone()) }
}

/// Asks somebody by text to exchange a turn with whoever asks. Nothing changes until they say yes.
pub(in crate::console) async fn ask_to_swap(
    console: &Console,
    me: &Me,
    day: Date,
    with: &StaffId,
) -> Result<String, Problem> {
    me.may(Role::Staff)?;
    let who = me.staff.clone().ok_or(Problem::Forbidden)?;
    let (rota, now) = (console.rota(), console.now());
    let reply = Talk { who: &who, now: &now, rota: &rota }.swap(day, with);
    if reply.effects.is_empty() {
        return Err(Problem::Wrong(reply.say));
    }
    let (effects, at, provider) = (reply.effects, now.timestamp(), console.providers.first().copied());
    let asked = Live::Swap { turn: day, give: who.clone(), take: with.clone() };
    let entry = Entry::of_live_change(me.who(), at, Deed::SwapAsked, None, Some(&asked));
    console
        .write(move |tx| {
            for effect in &effects {
                match effect {
                    Effect::Ask { whom, question, until } => conversations::ask(tx, whom, question, at, *until)?,
                    Effect::Remember { whom, deed } => conversations::remember(tx, whom, deed.as_ref())?,
                    Effect::Tell { whom, say } => {
                        let key = format!("asked to swap {whom} {} {}", who, at.as_microsecond());
                        if let Some(job) =
                            text(&rota, provider, whom, say).map(|doc| NewJob { key, doc, due: at, made: at })
                        {
                            jobs::add(tx, &[job])?;
                        }
                    }
                    Effect::Change { .. } | Effect::TakeBack(_) | Effect::Drop { .. } => {}
                }
            }
            audit::note(tx, &entry)
        })
        .await?;
    Ok(reply.say)
}

/// A text to somebody of the staff. `None`: they have no phone that takes texts.
fn text(rota: &Rota, provider: Option<&'static str>, whom: &StaffId, say: &str) -> Option<String> {
    let (to, from) = (mobile_of(rota, whom)?, rota.lines.first()?.number);
    let outbound = Outbound::Text { from, to, body: say.to_owned() };
    serde_json::to_string(&Job { provider: provider?.to_owned(), outbound, heeds_stop: false }).ok()
}

/// In whole sentences.
pub(in crate::console) fn told(rota: &Rota, language: Language, today: Date, what: &Live) -> String {
    Telling { rota, words: RotaWords(language), today }.live(what)
}

/// Those that are not over.
pub(in crate::console) async fn in_force(console: &Console) -> Result<Vec<LiveChange>, Problem> {
    let now = console.clock.now();
    console.read(move |tx| live_changes::in_force(tx, now)).await
}

/// Has the next page show what was just committed; a call would learn it by itself.
async fn learn(console: &Console) -> Result<(), Problem> {
    let operator = console.operator.clone();
    console.write(move |tx: &mut Tx<'_>| operator.desk().rota_in(tx).map(drop)).await
}

fn subject(what: &Live) -> String {
    let names: Vec<&str> = concerned(what).into_iter().map(StaffId::as_str).collect();
    names.join(" ")
}
