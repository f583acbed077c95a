//! Away, back and swaps that are said here as they would be by text: kept in the store, and over by themselves.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::change::Telling;
use super::words::RotaWords;
use crate::console::{Console, Me, Problem};
use crate::domain::access::{Deed, Role};
use crate::domain::conversation::{self, Effect, Talk};
use crate::domain::job::{Job, Outbound};
use crate::domain::promise::mobile_of;
use crate::domain::rota::Rota;
use crate::domain::rota::live::{IN_FORCE_MAX, Live, LiveChange, LiveChangeId};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::audit::{self, Entry};
use crate::store::jobs::{self, NewJob};
use crate::store::live_changes::{self, NewLiveChange};
use crate::store::{StoreError, Tx, conversations};

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

/// Whether somebody may take it back. Staff may with what they have said or agreed to.
pub(super) fn may_undo(me: &Me, change: &LiveChange) -> Result<(), Problem> {
    let own = me.staff.as_ref().is_some_and(|who| change.is_of(who));
    me.may(if own { Role::Staff } else { Role::Admin })
}

/// Makes a live change; whoever else it is about is told. `UNDO` by text takes it back as if they had said it so.
pub(in crate::console) async fn make(console: &Console, me: &Me, what: Live) -> Result<LiveChangeId, Problem> {
    may_say(me, &what)?;
    let (rota, zoned, texts) = (console.rota(), console.now(), Texts::of(console));
    let (now, local) = (zoned.timestamp(), zoned.datetime());
    let new = NewLiveChange { by: said_by(me), until: what.over(&rota), what, made: now };
    let told = tells(Talk { who: &new.by, now: &zoned, rota: &rota }.tells_made(&new.what));
    let (who, staff) = (me.who(), me.staff.clone());
    let made = console
        .write(move |tx| {
            if let Some(whom) = new.what.is_too_much_for(&live_changes::in_force(tx, now)?, local) {
                return Ok(Err(whom.clone()));
            }
            let id = live_changes::add(tx, &new)?;
            if let Some(staff) = &staff {
                let deed = conversation::Deed::Changed { id, what: new.what.clone() };
                conversations::remember(tx, staff, Some(&deed))?;
            }
            texts.send(tx, &format!("live change {}", id.0), &told, now)?;
            let entry = Entry {
                who: who.clone(),
                at: now,
                what: Deed::LiveChangeMade,
                subject: subject(&new.what),
                before: None,
                after: Some(json!({ "id": id.0, "change": new.what })),
            };
            audit::note(tx, &entry)?;
            Ok(Ok(id))
        })
        .await?;
    let too_many = |whom: StaffId| RotaWords(me.language).too_many_changes(rota.name(&whom), IN_FORCE_MAX);
    let made = made.map_err(|whom| Problem::Wrong(too_many(whom)))?;
    learn(console).await?;
    Ok(made)
}

/// It counts as never made from now on, and whoever else it is about is told.
pub(in crate::console) async fn undo(console: &Console, me: &Me, id: LiveChangeId) -> Result<(), Problem> {
    let (rota, zoned, texts) = (console.rota(), console.now(), Texts::of(console));
    let now = zoned.timestamp();
    let gone = || Problem::Conflict(RotaWords(me.language).gone());
    let change = in_force(console).await?.into_iter().find(|change| change.id == id).ok_or_else(gone)?;
    may_undo(me, &change)?;
    let by = said_by(me);
    let told = tells(Talk { who: &by, now: &zoned, rota: &rota }.tells_taken_back(&change.what));
    let who = me.who();
    let undone = console
        .write(move |tx| {
            let undone = live_changes::undo(tx, id, now)?;
            if undone {
                texts.send(tx, &format!("live change {} undone", id.0), &told, now)?;
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
    let (effects, at, texts) = (reply.effects, now.timestamp(), Texts::of(console));
    let asked = Live::Swap { turn: day, give: who.clone(), take: with.clone() };
    let entry = Entry::of_live_change(me.who(), at, Deed::SwapAsked, None, Some(&asked));
    console
        .write(move |tx| {
            for effect in &effects {
                match effect {
                    Effect::Ask { whom, question, until } => conversations::ask(tx, whom, question, at, *until)?,
                    Effect::Remember { whom, deed } => conversations::remember(tx, whom, deed.as_ref())?,
                    Effect::Tell { whom, say } => {
                        let event = format!("{who} asks to swap {}", at.as_microsecond());
                        texts.send(tx, &event, &[(whom.clone(), say.clone())], at)?;
                    }
                    Effect::Change { .. } | Effect::TakeBack(_) | Effect::Drop { .. } => {}
                }
            }
            audit::note(tx, &entry)
        })
        .await?;
    Ok(reply.say)
}

fn tells(effects: Vec<Effect>) -> Vec<(StaffId, String)> {
    let tell = |effect| match effect {
        Effect::Tell { whom, say } => Some((whom, say)),
        _ => None,
    };
    effects.into_iter().filter_map(tell).collect()
}

/// How the staff are texted.
pub(in crate::console) struct Texts {
    rota: Arc<Rota>,
    provider: Option<&'static str>,
}

impl Texts {
    pub(in crate::console) fn of(console: &Console) -> Self {
        Self { rota: console.rota(), provider: console.providers.first().copied() }
    }

    /// One to each of these, if they have a phone that takes texts; once for an event, by its name.
    pub(in crate::console) fn send(
        &self,
        tx: &mut Tx<'_>,
        event: &str,
        told: &[(StaffId, String)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let job = |(whom, say): &(StaffId, String)| {
            let key = format!("{event} told to {whom}");
            Some(NewJob { key, doc: self.text(whom, say)?, due: now, made: now })
        };
        let jobs: Vec<NewJob> = told.iter().filter_map(job).collect();
        if jobs.is_empty() { Ok(()) } else { jobs::add(tx, &jobs) }
    }

    fn text(&self, whom: &StaffId, say: &str) -> Option<String> {
        let (to, from) = (mobile_of(&self.rota, whom)?, self.rota.lines.first()?.number);
        let outbound = Outbound::Text { from, to, body: say.to_owned() };
        serde_json::to_string(&Job { provider: self.provider?.to_owned(), outbound, heeds_stop: false }).ok()
    }
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
    let names: Vec<&str> = what.concerns().into_iter().map(StaffId::as_str).collect();
    names.join(" ")
}
