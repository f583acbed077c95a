//! What staff change by text stands in the log of changes, beside what is changed in the console.

use serde_json::json;

use crate::domain::access::{Deed, Via, Who};
use crate::domain::caller::CustomerId;
use crate::domain::conversation::{Effect, Question, Talk};
use crate::domain::promise::{Happens, PromiseId};
use crate::domain::rota::live::Live;
use crate::operator::promises::Changed;
use crate::store::audit::{self, Entry};
use crate::store::{StoreError, Tx, accounts, live_changes};

/// Before it is done: what is taken back is still in force.
pub(super) fn effect(tx: &mut Tx<'_>, talk: Talk<'_>, effect: &Effect) -> Result<(), StoreError> {
    let (what, before, after) = match effect {
        Effect::Change { what, .. } => (Deed::LiveChangeMade, None, Some(what.clone())),
        Effect::TakeBack(id) => {
            let mut known = live_changes::in_force(tx, talk.now.timestamp())?.into_iter();
            let Some(change) = known.find(|change| change.id == *id) else { return Ok(()) };
            (Deed::LiveChangeUndone, Some(change.what), None)
        }
        Effect::Ask { whom, question: Question::Swap { day, by }, .. } => {
            let swap = Live::Swap { turn: *day, give: by.clone(), take: whom.clone() };
            (Deed::SwapAsked, None, Some(swap))
        }
        Effect::Ask { .. } | Effect::Drop { .. } | Effect::Tell { .. } | Effect::Remember { .. } => return Ok(()),
    };
    let who = who(tx, talk)?;
    audit::note(tx, &Entry::of_live_change(who, talk.now.timestamp(), what, before.as_ref(), after.as_ref()))
}

pub(super) fn promise(tx: &mut Tx<'_>, talk: Talk<'_>, happens: &Happens, changed: &Changed) -> Result<(), StoreError> {
    if changed.before == changed.after {
        return Ok(());
    }
    let apologised = matches!(happens, Happens::Apologised { .. });
    let what = if apologised { Deed::ApologySent } else { Deed::PromiseChanged };
    let who = who(tx, talk)?;
    audit::note(tx, &Entry::of_promise(who, talk.now.timestamp(), what, &changed.before, &changed.after))
}

pub(super) fn call_back(tx: &mut Tx<'_>, talk: Talk<'_>, id: PromiseId) -> Result<(), StoreError> {
    let (who, at, subject) = (who(tx, talk)?, talk.now.timestamp(), format!("promise {}", id.0));
    audit::note(tx, &Entry { who, at, what: Deed::CallBackAsked, subject, before: None, after: None })
}

/// They have said that they are this customer's usual person, who had none.
pub(super) fn usual_person(tx: &mut Tx<'_>, talk: Talk<'_>, customer: CustomerId) -> Result<(), StoreError> {
    let (who, at, subject) = (who(tx, talk)?, talk.now.timestamp(), format!("customer {}", customer.0));
    let (before, after) = (Some(json!({ "usual": null })), Some(json!({ "usual": talk.who })));
    audit::note(tx, &Entry { who, at, what: Deed::CustomerChanged, subject, before, after })
}

fn who(tx: &mut Tx<'_>, talk: Talk<'_>) -> Result<Who, StoreError> {
    let account = accounts::of_staff(tx, talk.who)?.map(|listed| listed.account.id);
    Ok(Who { account, name: talk.rota.name(talk.who).to_owned(), via: Via::Text })
}
