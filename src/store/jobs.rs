//! What is to be done in the world outside, kept until it is done: saved in the transaction that
//! decides it, run after.
//!
//! A job may be tried several times. Of each try it is known that it did nothing ([`retry`]), that
//! it did it ([`finish`]), or neither ([`unsure`], or the worker died): then [`Claimed::tried`]
//! tells from when on to look for what it did, before anything is done again.

use jiff::{SignedDuration, Timestamp};

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx, json};
use crate::domain::caller::Customer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct JobId(pub i64);

/// A job that has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What happens at most once: a job whose key is known is not added again.
    pub key: String,
    /// What to do, as JSON.
    pub doc: String,
    pub due: Timestamp,
    pub made: Timestamp,
}

/// A job that this worker alone may do until its lease is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: JobId,
    pub key: String,
    pub doc: String,
    /// This try included.
    pub attempts: u32,
    /// When the first try began of which it is not known that it did nothing. `None`: there was none.
    pub tried: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Waiting,
    Running,
    /// A try may have done it; it has to be looked up.
    Unknown,
    Done,
    /// Given up. A person has to see to it.
    Failed,
}

/// A job as shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub key: String,
    pub doc: String,
    pub state: JobState,
    pub due: Timestamp,
    pub made: Timestamp,
    pub attempts: u32,
    pub last_error: Option<String>,
}

/// Who does the work. A worker that lost its lease cannot change what the next one does.
#[derive(Debug, Clone, Copy)]
pub struct Worker<'a>(pub &'a str);

impl JobState {
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Running, Self::Unknown, Self::Done, Self::Failed].into_iter().find(|s| s.word() == word)
    }
}

/// Adds those jobs whose key is new; the others stay as they are.
pub fn add(tx: &mut Tx<'_>, batch: &[NewJob]) -> Result<(), StoreError> {
    if batch.is_empty() {
        return Ok(());
    }
    let rows = batch.iter().map(|job| {
        [
            Value::Text(&job.key),
            Value::Text(&job.doc),
            Value::Int(job.due.as_microsecond()),
            Value::Int(job.made.as_microsecond()),
        ]
    });
    let sql = "INSERT INTO job (key, doc, due, made, state, attempts) VALUES ($1, $2, $3, $4, 'waiting', 0)
               ON CONFLICT (key) DO NOTHING";
    tx.execute_each(sql, &rows.collect::<Vec<_>>()).map(|_| ())
}

/// Takes up to `limit` jobs that are due, or whose worker has let its lease run out. Commit before
/// doing them. Several instances may claim at once: a job goes to one of them.
pub fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease: SignedDuration,
    worker: Worker<'_>,
    limit: u32,
) -> Result<Vec<Claimed>, StoreError> {
    // While a job runs, `due` is the end of its lease. On PostgreSQL another instance may have
    // claimed between the inner query and the update; the outer conditions are then looked at again.
    let sql = "UPDATE job SET worker = $1, due = $2, attempts = attempts + 1, state = 'running',
                   tried = CASE WHEN state = 'waiting' THEN NULL ELSE tried END
               WHERE id IN (SELECT id FROM job WHERE state IN ('waiting', 'running', 'unknown') AND due <= $3
                            ORDER BY due, id LIMIT $4)
                   AND state IN ('waiting', 'running', 'unknown') AND due <= $3
               RETURNING id, key, doc, attempts, tried";
    let values = [
        Value::Text(worker.0),
        Value::Int(micros_after(now, lease)),
        Value::Int(now.as_microsecond()),
        Value::Int(limit.into()),
    ];
    let rows = tx.rows("job", sql, &values)?;
    let mut claimed = rows.into_iter().map(claimed).collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by_key(|job| job.id);
    // From here on a try is under way: whoever claims these jobs next has to know since when.
    let first = claimed.iter().filter(|job| job.tried.is_none());
    let first: Vec<_> = first.map(|job| [Value::Int(now.as_microsecond()), Value::Int(job.id.0)]).collect();
    tx.execute_each("UPDATE job SET tried = $1 WHERE id = $2", &first)?;
    Ok(claimed)
}

/// It is done, whoever did it.
pub fn finish(tx: &mut Tx<'_>, ids: &[JobId]) -> Result<(), StoreError> {
    let ids: Vec<_> = ids.iter().map(|id| [Value::Int(id.0)]).collect();
    tx.execute_each("UPDATE job SET state = 'done', last_error = NULL WHERE id = $1", &ids).map(|_| ())
}

/// This try surely did nothing; the next is due then. False where the lease was lost meanwhile.
pub fn retry(tx: &mut Tx<'_>, id: JobId, worker: Worker<'_>, due: Timestamp, why: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'waiting', due = $1, last_error = $2
               WHERE id = $3 AND worker = $4 AND state = 'running'";
    settle(tx, sql, due, why, id, worker)
}

/// This try may have done it; look it up then. False where the lease was lost meanwhile.
pub fn unsure(tx: &mut Tx<'_>, id: JobId, worker: Worker<'_>, due: Timestamp, why: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'unknown', due = $1, last_error = $2
               WHERE id = $3 AND worker = $4 AND state = 'running'";
    settle(tx, sql, due, why, id, worker)
}

/// Nothing was done, and trying again will not help. Kept for people to see. False where the lease
/// was lost meanwhile.
pub fn fail(tx: &mut Tx<'_>, id: JobId, worker: Worker<'_>, now: Timestamp, why: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'failed', due = $1, last_error = $2
               WHERE id = $3 AND worker = $4 AND state = 'running'";
    settle(tx, sql, now, why, id, worker)
}

fn settle(
    tx: &mut Tx<'_>,
    sql: &'static str,
    due: Timestamp,
    why: &str,
    id: JobId,
    worker: Worker<'_>,
) -> Result<bool, StoreError> {
    let values = [Value::Int(due.as_microsecond()), Value::Text(why), Value::Int(id.0), Value::Text(worker.0)];
    Ok(tx.execute(sql, &values)? == 1)
}

/// What this job is there for has happened, or is not wanted any more. One that is just being tried goes on.
pub fn not_needed(tx: &mut Tx<'_>, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE job SET state = 'done' WHERE key = $1 AND state IN ('waiting', 'unknown')";
    tx.execute(sql, &[Value::Text(key)]).map(|_| ())
}

/// Whether what this key names is done, or will be.
pub fn is_known(tx: &mut Tx<'_>, key: &str) -> Result<bool, StoreError> {
    Ok(!tx.rows("job", "SELECT id FROM job WHERE key = $1", &[Value::Text(key)])?.is_empty())
}

/// When the next job can be claimed; `None` when there is none.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT id, due FROM job WHERE state IN ('waiting', 'running', 'unknown') ORDER BY due LIMIT 1";
    let Some(mut row) = tx.rows("job", sql, &[])?.pop() else { return Ok(None) };
    row.int("id")?;
    row.instant("due").map(Some)
}

/// In the order in which they are or were due.
pub fn list(tx: &mut Tx<'_>, state: JobState, limit: u32) -> Result<Vec<Job>, StoreError> {
    let sql = "SELECT id, key, doc, state, due, made, attempts, last_error FROM job
               WHERE state = $1 ORDER BY due, id LIMIT $2";
    tx.rows("job", sql, &[Value::Text(state.word()), Value::Int(limit.into())])?.into_iter().map(job).collect()
}

/// Given up since then, the newest first.
pub fn failed_since(tx: &mut Tx<'_>, since: Timestamp, limit: u32) -> Result<Vec<Job>, StoreError> {
    let sql = "SELECT id, key, doc, state, due, made, attempts, last_error FROM job
               WHERE state = 'failed' AND due >= $1 ORDER BY due DESC, id DESC LIMIT $2";
    let values = [Value::Int(since.as_microsecond()), Value::Int(limit.into())];
    tx.rows("job", sql, &values)?.into_iter().map(job).collect()
}

/// Tried so often at least, and still to be tried again before `before`; in the order in which they will be.
pub fn struggling(tx: &mut Tx<'_>, tries_min: u32, before: Timestamp, limit: u32) -> Result<Vec<Job>, StoreError> {
    let sql = "SELECT id, key, doc, state, due, made, attempts, last_error FROM job
               WHERE state IN ('waiting', 'running', 'unknown') AND attempts >= $1 AND due <= $2
               ORDER BY due, id LIMIT $3";
    let values = [Value::Int(tries_min.into()), Value::Int(before.as_microsecond()), Value::Int(limit.into())];
    tx.rows("job", sql, &values)?.into_iter().map(job).collect()
}

pub fn get(tx: &mut Tx<'_>, id: JobId) -> Result<Option<Job>, StoreError> {
    let sql = "SELECT id, key, doc, state, due, made, attempts, last_error FROM job WHERE id = $1";
    tx.rows("job", sql, &[Value::Int(id.0)])?.pop().map(job).transpose()
}

/// A person wants one that was given up to be tried again, from then on and as often as a new one. It is looked up
/// first: the provider may have done it after all. False: it is not given up.
pub fn begin_again(tx: &mut Tx<'_>, id: JobId, due: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'unknown', due = $1, attempts = 0 WHERE id = $2 AND state = 'failed'";
    Ok(tx.execute(sql, &[Value::Int(due.as_microsecond()), Value::Int(id.0)])? == 1)
}

/// A person has seen that it was given up, and leaves it at that. False: it is not given up.
pub fn let_be(tx: &mut Tx<'_>, id: JobId) -> Result<bool, StoreError> {
    let sql = "UPDATE job SET state = 'done' WHERE id = $1 AND state = 'failed'";
    Ok(tx.execute(sql, &[Value::Int(id.0)])? == 1)
}

/// Deletes up to `limit` jobs that are done and were last due before `before`. Failed ones stay.
pub fn forget_done(tx: &mut Tx<'_>, before: Timestamp, limit: u32) -> Result<usize, StoreError> {
    let sql = "DELETE FROM job WHERE id IN (
                   SELECT id FROM job WHERE state = 'done' AND state IN ('done', 'failed') AND due < $1
                   ORDER BY due LIMIT $2)";
    tx.execute(sql, &[Value::Int(before.as_microsecond()), Value::Int(limit.into())])
}

/// Names of fewer letters are in too many words to be looked for.
const NAME_CHARS_MIN: usize = 3;

/// Deletes every job, done or not, that speaks of a number of this customer, and those that are over and speak of
/// their name: one that waits may speak of a namesake.
pub(super) fn erase(tx: &mut Tx<'_>, customer: &Customer) -> Result<usize, StoreError> {
    // Not LIKE: it reads backslashes, of which JSON has some, and `%` and `_` as something else.
    let sql = "DELETE FROM job WHERE replace(doc, $1, '') <> doc OR replace(doc, $2, '') <> doc";
    let mut erased = 0;
    for phone in &customer.numbers {
        erased += tx.execute(sql, &[Value::Text(&phone.to_string()), Value::Text(&phone.spaced())])?;
    }
    if customer.name.chars().count() >= NAME_CHARS_MIN {
        let name = json::document(&customer.name)?;
        let sql = "DELETE FROM job WHERE state IN ('done', 'failed') AND replace(doc, $1, '') <> doc";
        erased += tx.execute(sql, &[Value::Text(name.trim_matches('"'))])?;
    }
    Ok(erased)
}

fn micros_after(now: Timestamp, lease: SignedDuration) -> i64 {
    now.as_microsecond().saturating_add(i64::try_from(lease.as_micros()).unwrap_or(i64::MAX))
}

fn claimed(mut row: Row) -> Result<Claimed, StoreError> {
    Ok(Claimed {
        id: JobId(row.int("id")?),
        key: row.text("key")?,
        doc: row.text("doc")?,
        attempts: attempts(&mut row)?,
        tried: row.instant_or_null("tried")?,
    })
}

fn job(mut row: Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: JobId(row.int("id")?),
        key: row.text("key")?,
        doc: row.text("doc")?,
        state: row.parsed("state", JobState::from_word)?,
        due: row.instant("due")?,
        made: row.instant("made")?,
        attempts: attempts(&mut row)?,
        last_error: row.text_or_null("last_error")?,
    })
}

fn attempts(row: &mut Row) -> Result<u32, StoreError> {
    let attempts = row.int("attempts")?;
    u32::try_from(attempts).map_err(|_| row.broken("attempts"))
}
