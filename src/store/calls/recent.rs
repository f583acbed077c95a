//! Which call a provider means by its own id, among the live and recent ones.
//!
//! PostgreSQL asks a unique index. SQLite has one process that writes calls, and each entry of such an
//! index would cost it a page: the ids come in no order. So there a connection keeps the ids of recent
//! calls in memory, and first reads what was added since it last looked.

use std::collections::HashMap;

use super::{CallId, Stored, all};
use crate::store::sql::{Connection, Value};
use crate::store::{StoreError, Tx};

/// The (provider, provider's id) of a call.
type ProviderId = (String, String);

/// What a connection to SQLite knows of the recent calls.
#[derive(Debug, Default)]
pub(in crate::store) struct RecentCalls {
    /// The place of the last call that was read; `None` before the first time.
    last: Option<i64>,
    /// By provider, then by its id.
    ids: HashMap<String, HashMap<String, CallId>>,
}

impl RecentCalls {
    fn get(&self, (provider, id): &ProviderId) -> Option<CallId> {
        self.ids.get(provider)?.get(id).copied()
    }

    fn note(&mut self, (provider, id): ProviderId, call: CallId) {
        self.ids.entry(provider).or_default().insert(id, call);
    }

    fn forget(&mut self, (provider, id): &ProviderId) {
        if let Some(ids) = self.ids.get_mut(provider) {
            ids.remove(id);
        }
    }
}

pub(super) fn find(tx: &mut Tx<'_>, wanted: &[ProviderId]) -> Result<Vec<Stored>, StoreError> {
    if let Some(known) = known_in_memory(tx)? {
        let ids: Vec<_> = wanted.iter().filter_map(|id| known.get(id)).map(|id| [Value::Id(id.0)]).collect();
        // Another connection may have forgotten it since.
        let sql = "SELECT id, version, doc FROM call WHERE id = $1 AND recent = 1";
        return all(tx.rows_each("call", sql, &ids)?);
    }
    let wanted: Vec<_> = wanted.iter().map(|(provider, id)| [Value::Text(id), Value::Text(provider)]).collect();
    let sql = "SELECT id, version, doc FROM call WHERE recent = 1 AND provider_id = $1 AND provider = $2";
    all(tx.rows_each("call", sql, &wanted)?)
}

/// [`StoreError::Conflict`] if one of these calls is there already. PostgreSQL says so when it is saved.
pub(super) fn none_is_there(
    tx: &mut Tx<'_>,
    mut new: impl Iterator<Item = (String, String)>,
) -> Result<(), StoreError> {
    match known_in_memory(tx)? {
        Some(known) if new.any(|id| known.get(&id).is_some()) => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

/// Takes calls out of those that a provider's id finds. Answers how many it were.
pub(super) fn forget(tx: &mut Tx<'_>, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
    let rows = tx.rows("call", sql, values)?;
    let forgotten = rows.len();
    if let Connection::Sqlite(open) = &mut *tx.connection {
        for mut row in rows {
            open.recent_calls.forget(&(row.text("provider")?, row.text("provider_id")?));
        }
    }
    Ok(forgotten)
}

/// Brought up to date, where calls are known in memory.
fn known_in_memory<'a>(tx: &'a mut Tx<'_>) -> Result<Option<&'a RecentCalls>, StoreError> {
    let Connection::Sqlite(open) = &*tx.connection else { return Ok(None) };
    let last = match open.recent_calls.last {
        Some(last) => last,
        None => before_the_first(tx)?,
    };
    let sql = "SELECT seq, provider, provider_id, id FROM call WHERE seq > $1 AND recent = 1 ORDER BY seq";
    let added = tx.rows("call", sql, &[Value::Int(last)])?;
    let Connection::Sqlite(open) = &mut *tx.connection else { return Ok(None) };
    open.recent_calls.last = Some(last);
    for mut row in added {
        let seq = row.int("seq")?;
        let id = (row.text("provider")?, row.text("provider_id")?);
        let call = row.parsed("id", |id| id.parse().ok().map(CallId))?;
        open.recent_calls.note(id, call);
        open.recent_calls.last = Some(seq);
    }
    Ok(Some(&open.recent_calls))
}

/// The place before the first recent call, or of the last call if none is recent.
fn before_the_first(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce((SELECT min(seq) - 1 FROM call WHERE recent = 1), (SELECT max(seq) FROM call), 0)";
    tx.rows("call", sql, &[])?.pop().map_or(Ok(0), |mut row| row.int("seq"))
}
