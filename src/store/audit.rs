//! Who changed what: written in the transaction of the change, never changed afterwards.

use jiff::Timestamp;
use serde_json::json;

use super::row::Row;
use super::sql::Value;
use super::{StoreError, Tx};
use crate::domain::access::{AccountId, Deed, Via, Who};
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::rota::live::Live;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub i64);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub who: Who,
    pub at: Timestamp,
    pub what: Deed,
    /// What it was done to: `customer 7`, `promise 41`, `tom`, `rota.toml`. Never a customer's name or number: those
    /// belong into `before` and `after`, which are taken out when a customer is erased.
    pub subject: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

impl Entry {
    pub fn of_promise(who: Who, at: Timestamp, what: Deed, before: &Promise, after: &Promise) -> Self {
        let shown = |promise: &Promise| {
            let why = match &promise.state {
                PromiseState::LetGo { why, .. } => Some(why),
                _ => None,
            };
            json!({ "state": promise.state.word(), "owner": promise.owner, "due": promise.due, "why": why })
        };
        let subject = format!("promise {}", after.id.0);
        Self { who, at, what, subject, before: Some(shown(before)), after: Some(shown(after)) }
    }

    pub fn of_live_change(who: Who, at: Timestamp, what: Deed, before: Option<&Live>, after: Option<&Live>) -> Self {
        let concerned = |change: &Live| match change {
            Live::Away { who, .. } | Live::Back { who, .. } => who.to_string(),
            Live::Swap { give, take, .. } => format!("{give} {take}"),
        };
        let subject = before.or(after).map(concerned).unwrap_or_default();
        let shown = |change: Option<&Live>| change.map(|change| json!({ "change": change }));
        Self { who, at, what, subject, before: shown(before), after: shown(after) }
    }
}

/// Which entries are looked for. The default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub by: Option<AccountId>,
    pub what: Option<Deed>,
    pub subject: Option<String>,
}

pub fn note(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    let (via, token) = match &entry.who.via {
        Via::Session => ("session", None),
        Via::Token(name) => ("token", Some(name.as_str())),
        Via::Text => ("text", None),
        Via::File => ("file", None),
        Via::Command => ("command", None),
    };
    let [before, after] =
        [&entry.before, &entry.after].map(|value| value.as_ref().map(super::json::document).transpose());
    let (before, after) = (before?, after?);
    let sql = "INSERT INTO audit (at, account, name, via, token, what, subject, before, after)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        Value::Int(entry.at.as_microsecond()),
        entry.who.account.map(|account| account.0).into(),
        Value::Text(&entry.who.name),
        Value::Text(via),
        token.into(),
        Value::Text(entry.what.word()),
        Value::Text(&entry.subject),
        before.as_deref().into(),
        after.as_deref().into(),
    ];
    tx.execute(sql, &values).map(|_| ())
}

/// The newest first, from just before `older_than` on.
pub fn page(
    tx: &mut Tx<'_>,
    wanted: &Wanted,
    older_than: Option<EntryId>,
    limit: u32,
) -> Result<Vec<(EntryId, Entry)>, StoreError> {
    let by = wanted.by.map(|account| account.0).into();
    let subject = wanted.subject.as_deref().into();
    let before = older_than.map(|id| id.0).into();
    let (what, limit) = (wanted.what.map(Deed::word).into(), Value::Int(limit.into()));
    // Three ways, each along an index. A parameter that may be missing is compared before it is asked whether it is:
    // PostgreSQL tells its type from the first.
    let (sql, values) = match wanted {
        Wanted { subject: Some(_), .. } => (
            "SELECT id, at, account, name, via, token, what, subject, before, after FROM audit
             WHERE subject = $1 AND (account = $2 OR $2 IS NULL) AND (id < $3 OR $3 IS NULL)
                 AND (what = $4 OR $4 IS NULL)
             ORDER BY id DESC LIMIT $5",
            vec![subject, by, before, what, limit],
        ),
        Wanted { by: Some(_), .. } => (
            "SELECT id, at, account, name, via, token, what, subject, before, after FROM audit
             WHERE account = $1 AND (id < $2 OR $2 IS NULL) AND (what = $3 OR $3 IS NULL)
             ORDER BY id DESC LIMIT $4",
            vec![by, before, what, limit],
        ),
        Wanted { .. } => (
            "SELECT id, at, account, name, via, token, what, subject, before, after FROM audit
             WHERE (id < $1 OR $1 IS NULL) AND (what = $2 OR $2 IS NULL)
             ORDER BY id DESC LIMIT $3",
            vec![before, what, limit],
        ),
    };
    tx.rows("audit", sql, &values)?.into_iter().map(entry).collect()
}

/// What was done to one thing was done to another, which it turned out to be.
pub(super) fn follow(tx: &mut Tx<'_>, from: &str, to: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE audit SET subject = $1 WHERE subject = $2", &[Value::Text(to), Value::Text(from)]).map(|_| ())
}

/// Leaves nothing of how this was before or after any change.
pub(super) fn erase(tx: &mut Tx<'_>, subject: &str) -> Result<(), StoreError> {
    let sql = "UPDATE audit SET before = NULL, after = NULL WHERE subject = $1";
    tx.execute(sql, &[Value::Text(subject)]).map(|_| ())
}

fn entry(mut row: Row) -> Result<(EntryId, Entry), StoreError> {
    let id = EntryId(row.int("id")?);
    let at = row.instant("at")?;
    let account = row.int_or_null("account")?.map(AccountId);
    let name = row.text("name")?;
    let (via, token) = (row.text("via")?, row.text_or_null("token")?);
    let via = match via.as_str() {
        "session" => Via::Session,
        "token" => Via::Token(token.unwrap_or_default()),
        "text" => Via::Text,
        "file" => Via::File,
        "command" => Via::Command,
        _ => return Err(row.broken("via")),
    };
    let what = row.parsed("what", Deed::from_word)?;
    let subject = row.text("subject")?;
    let mut value = |column| -> Result<_, StoreError> {
        let text = row.text_or_null(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| row.broken(column))).transpose()
    };
    let (before, after) = (value("before")?, value("after")?);
    Ok((id, Entry { who: Who { account, name, via }, at, what, subject, before, after }))
}
