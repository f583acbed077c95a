//! The history of calls, a page at a time, the newest first.
//!
//! Ids are in order of time, so a page is a short walk along them, wherever it begins. Of one number or customer
//! there is an index of what is no longer recent; the few recent ones are looked through. For what fits rarely,
//! so many calls are looked at and no more, and it is told how far that went.

use jiff::Timestamp;

use super::{Call, CallId, Stored, all, first_id};
use crate::domain::call::story::Happened;
use crate::domain::caller::CustomerId;
use crate::domain::line::LineId;
use crate::domain::outcome::{Kind, Outcome};
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;
use crate::store::row::Row;
use crate::store::sql::Value;
use crate::store::{StoreError, Tx};

/// Calls on a page.
pub const PAGE: usize = 50;

/// Calls looked at in one go.
const PIECE: usize = 1_000;

/// Calls looked at for one page.
const LOOKED_AT_MAX: usize = 5_000;

/// Which calls are wanted: those that fit everything that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub of: Of,
    pub line: Option<LineId>,
    pub outcome: Option<Kind>,
    /// Their phone rang, or they took the call.
    pub rung: Option<StaffId>,
    pub since: Option<Timestamp>,
    /// Not any more from then on.
    pub until: Option<Timestamp>,
}

/// Whose calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Of {
    #[default]
    Anybody,
    Number(Phone),
    Customer(CustomerId),
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Place {
    #[default]
    Newest,
    /// The calls that came in before that one.
    Before(CallId),
    /// The calls that came in right after that one.
    After(CallId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The newest first.
    pub calls: Vec<Stored>,
    /// Beyond the page in the direction of its place: back in time, or on from [`Place::After`].
    pub more: More,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    No,
    Yes,
    /// Nobody has looked beyond this call, which came in at that time.
    Perhaps(CallId, Timestamp),
}

pub fn history(tx: &mut Tx<'_>, wanted: &Wanted, place: Place) -> Result<Page, StoreError> {
    let mut walk = Walk::from(wanted, place);
    let mut found = recent(tx, wanted.of)?;
    found.retain(|stored| walk.contains(stored.call.id) && walk.fits(stored));
    let mut looked_at = 0;
    let (reached, over) = loop {
        let Some(last) = walk.piece(tx, &mut found)? else { break (None, true) };
        looked_at += walk.piece;
        let within = found.iter().filter(|stored| !walk.is_beyond(stored, last)).count();
        if within > PAGE || looked_at >= LOOKED_AT_MAX {
            break (Some(last), within > PAGE);
        }
    };
    if let Some(last) = reached {
        found.retain(|stored| !walk.is_beyond(stored, last));
    }
    found.sort_by_key(|stored| stored.call.id);
    if !walk.onwards {
        found.reverse();
    }
    let more = match reached {
        _ if found.len() > PAGE => More::Yes,
        Some(last) if !over => More::Perhaps(last, came_in(last)),
        Some(_) | None => More::No,
    };
    found.truncate(PAGE);
    if walk.onwards {
        found.reverse();
    }
    Ok(Page { calls: found, more })
}

/// A walk along the ids, pieces of which are looked at one after the other.
struct Walk<'a> {
    wanted: &'a Wanted,
    /// From the past towards now.
    onwards: bool,
    /// Both are left out. Texts, since the last one sorts behind every id.
    above: String,
    below: String,
    /// How many calls are looked at in one go.
    piece: usize,
}

impl<'a> Walk<'a> {
    fn from(wanted: &'a Wanted, place: Place) -> Self {
        let mut above = wanted.since.map_or_else(String::new, first_id);
        let mut below = wanted.until.map_or_else(|| BEHIND_ALL.to_owned(), first_id);
        match place {
            Place::Newest => {}
            Place::Before(call) => below = below.min(call.0.to_string()),
            Place::After(call) => above = above.max(call.0.to_string()),
        }
        let all_fit = wanted.line.is_none() && wanted.outcome.is_none() && wanted.rung.is_none();
        let piece = if all_fit { PAGE + 1 } else { PIECE };
        Self { wanted, onwards: matches!(place, Place::After(_)), above, below, piece }
    }

    /// Looks at the next piece. Answers its last call; `None`: there was nothing beyond it.
    fn piece(&mut self, tx: &mut Tx<'_>, found: &mut Vec<Stored>) -> Result<Option<CallId>, StoreError> {
        let Wanted { of, line, outcome, rung, .. } = self.wanted;
        let line = Value::Text(line.as_ref().map_or("", LineId::as_str));
        let outcome = Value::Text(outcome.map_or("", Kind::word));
        // The name may stand there for another reason; that is for `fits` to see.
        let rung = rung.as_ref().map_or_else(|| "%".to_owned(), |who| format!("%\"who\":\"{who}\"%"));
        let key = match of {
            Of::Anybody => 0,
            Of::Number(phone) => phone.digits(),
            Of::Customer(customer) => customer.0,
        };
        let limit = Value::Int(i64::try_from(self.piece).unwrap_or(i64::MAX));
        let (above, below) = (Value::Text(&self.above), Value::Text(&self.below));
        let values = [line, outcome, Value::Text(&rung), above, below, Value::Int(key), limit];
        let rows = tx.rows("call", statement(*of, self.onwards), &values)?;
        let is_last = rows.len() < self.piece;
        let mut last = None;
        for mut row in rows {
            let (id, stored) = looked_at(&mut row)?;
            last = Some(id);
            found.extend(stored.filter(|stored| self.fits(stored)));
        }
        if let Some(last) = last {
            let edge = if self.onwards { &mut self.above } else { &mut self.below };
            *edge = last.0.to_string();
        }
        Ok(last.filter(|_| !is_last))
    }

    fn contains(&self, id: CallId) -> bool {
        let id = id.0.to_string();
        self.above < id && id < self.below
    }

    fn fits(&self, stored: &Stored) -> bool {
        let Wanted { line, outcome, rung, .. } = self.wanted;
        let call = &stored.call;
        line.as_ref().is_none_or(|line| call.line == *line)
            && outcome.is_none_or(|kind| call.outcome().map(Outcome::kind) == Some(kind))
            && rung.as_ref().is_none_or(|who| was_rung(call, who))
    }

    /// Further along than a piece that was looked at.
    fn is_beyond(&self, stored: &Stored, last: CallId) -> bool {
        if self.onwards { stored.call.id > last } else { stored.call.id < last }
    }
}

/// No id begins like that.
const BEHIND_ALL: &str = "g";

fn was_rung(call: &Call, who: &StaffId) -> bool {
    let rang = call.story.iter().any(|entry| {
        entry.who.as_ref() == Some(who) && matches!(entry.what, Happened::Rings { .. } | Happened::Accepted)
    });
    rang || matches!(call.outcome(), Some(Outcome::Reached { who: reached, .. }) if reached == who)
}

/// The document of a call is read where the call may fit.
fn statement(of: Of, onwards: bool) -> &'static str {
    match (of, onwards) {
        // Every version is.
        (Of::Anybody, false) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND version > $6 ORDER BY id DESC LIMIT $7"
        }
        (Of::Anybody, true) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND version > $6 ORDER BY id ASC LIMIT $7"
        }
        (Of::Number(_), false) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND recent = 0 AND number = $6 ORDER BY id DESC LIMIT $7"
        }
        (Of::Number(_), true) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND recent = 0 AND number = $6 ORDER BY id ASC LIMIT $7"
        }
        (Of::Customer(_), false) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND recent = 0 AND customer = $6 ORDER BY id DESC LIMIT $7"
        }
        (Of::Customer(_), true) => {
            "SELECT id, version, CASE WHEN (line = $1 OR $1 = '') AND (outcome = $2 OR $2 = '') AND doc LIKE $3 THEN doc END
             FROM call WHERE id > $4 AND id < $5 AND recent = 0 AND customer = $6 ORDER BY id ASC LIMIT $7"
        }
    }
}

/// What the index of a number or customer does not hold yet.
fn recent(tx: &mut Tx<'_>, of: Of) -> Result<Vec<Stored>, StoreError> {
    let (sql, key) = match of {
        Of::Anybody => return Ok(Vec::new()),
        Of::Number(phone) => ("SELECT id, version, doc FROM call WHERE recent = 1 AND number = $1", phone.digits()),
        Of::Customer(customer) => ("SELECT id, version, doc FROM call WHERE recent = 1 AND customer = $1", customer.0),
    };
    all(tx.rows("call", sql, &[Value::Int(key)])?)
}

fn looked_at(row: &mut Row) -> Result<(CallId, Option<Stored>), StoreError> {
    let id = row.parsed("id", |id| id.parse().ok().map(CallId))?;
    let version = row.int("version")?;
    let doc = row.text_or_null("doc")?;
    let call = doc.map(|doc| serde_json::from_str(&doc).map_err(|_| row.broken("doc"))).transpose()?;
    Ok((id, call.map(|call| Stored { version, call })))
}

/// A UUID version 7 begins with the milliseconds since 1970, in 48 bits.
fn came_in(call: CallId) -> Timestamp {
    let millis = i64::try_from(call.0.as_u128() >> 80).unwrap_or(0);
    Timestamp::from_millisecond(millis).unwrap_or_default()
}
