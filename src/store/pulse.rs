//! Whether anything has happened, in a few numbers.

use super::{StoreError, Tx, live_changes};

/// Differs from an earlier one if a call, a promise, a live change or a job that failed is another since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    live: (i64, i64),
    open: (i64, i64),
    /// A call that came and went between two looks has left this behind.
    last_call: Option<String>,
    live_changes: i64,
    failed: (i64, i64),
}

/// Looks at live calls and unsettled promises only, so that its cost does not grow with the history.
pub fn take(tx: &mut Tx<'_>) -> Result<Pulse, StoreError> {
    let of_calls = "SELECT count(*) AS count, CAST(coalesce(sum(version), 0) AS bigint) AS versions
                    FROM call WHERE ended IS NULL";
    let of_promises = "SELECT count(*) AS count, CAST(coalesce(sum(version), 0) AS bigint) AS versions
                       FROM promise WHERE state IN ('open', 'claimed', 'broken')";
    // The newest of them stands for their versions: one that failed stays as it is.
    let of_failed = "SELECT count(*) AS count, CAST(coalesce(max(id), 0) AS bigint) AS versions
                     FROM job WHERE state = 'failed'";
    let last_call = tx.rows("call", "SELECT max(id) AS id FROM call", &[])?.pop();
    Ok(Pulse {
        live: counted(tx, of_calls)?,
        open: counted(tx, of_promises)?,
        last_call: last_call.map_or(Ok(None), |mut row| row.text_or_null("id"))?,
        live_changes: live_changes::version(tx)?,
        failed: counted(tx, of_failed)?,
    })
}

/// How many there are, and how often they have been saved.
fn counted(tx: &mut Tx<'_>, sql: &'static str) -> Result<(i64, i64), StoreError> {
    let Some(mut row) = tx.rows("pulse", sql, &[])?.pop() else { return Ok((0, 0)) };
    Ok((row.int("count")?, row.int("versions")?))
}
