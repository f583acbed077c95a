//! Whoever leaves the rota: nothing that they had opens anything again, even when somebody of that name comes.

use jiff::Timestamp;
use serde_json::json;

use crate::domain::access::{Account, Deed, Who};
use crate::domain::staff::Roster;
use crate::store::audit::{self, Entry};
use crate::store::{StoreError, Tx, accounts, calendar_links, sessions, sign_in, tokens};

/// For the transaction in which it is kept that `roster` has gone live, by whomever. Roles stay, so that a slip of the
/// pen takes none away; nobody comes in with one before they have shown their phone.
pub(in crate::console) fn shut_out(
    tx: &mut Tx<'_>,
    roster: &Roster,
    who: &Who,
    at: Timestamp,
) -> Result<(), StoreError> {
    let all = accounts::all(tx)?.into_iter().map(|listed| listed.account);
    for account in all.filter(|account| !account.may_enter(roster)) {
        end(tx, &account, who, at)?;
    }
    for staff in calendar_links::people(tx)?.into_iter().filter(|staff| roster.get(staff.as_str()).is_none()) {
        calendar_links::end(tx, Some(&staff))?;
        let (who, what, subject) = (who.clone(), Deed::FeedRevoked, staff.to_string());
        audit::note(tx, &Entry { who, at, what, subject, before: None, after: None })?;
    }
    Ok(())
}

fn end(tx: &mut Tx<'_>, account: &Account, who: &Who, at: Timestamp) -> Result<(), StoreError> {
    let (sessions, tokens) = (sessions::end_all(tx, account.id)?, tokens::revoke_all(tx, account.id, at)?);
    sign_in::drop_links(tx, Some(account.id))?;
    if sessions == 0 && tokens == 0 && !account.has_password {
        return Ok(());
    }
    accounts::forget_password(tx, account.id)?;
    let before =
        json!({ "name": account.name, "sessions": sessions, "tokens": tokens, "password": account.has_password });
    let (who, what, subject) = (who.clone(), Deed::AccessEnded, account.subject());
    audit::note(tx, &Entry { who, at, what, subject, before: Some(before), after: None })
}
