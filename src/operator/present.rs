//! What is true at this moment, for whoever asks who would ring now.

use crate::domain::promise::Promise;
use crate::domain::would_ring::{Present, WouldRing};
use crate::store::{StoreError, Tx, engaged, promises};

pub fn present(tx: &mut Tx<'_>, asked: &WouldRing) -> Result<Present, StoreError> {
    let people: Vec<_> = asked.plan.steps.iter().map(|step| step.who.clone()).collect();
    let engaged = engaged::among(tx, &people)?.into_keys().collect();
    let alive = promises::alive(tx, asked.from.as_slice(), asked.caller.customer().as_slice())?;
    let promised = alive.into_iter().map(|stored| stored.promise).find(Promise::is_unsettled);
    Ok(Present { engaged, promised })
}
