//! Somebody who was on the staff is no longer in the rota file: their customers are not dropped with them. Calls of
//! theirs go to the rota from that moment on; the owner gets a note of who they are.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::daily::{Daily, Text};
use crate::aside::done_aside;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::words::letter::left_note;
use crate::operator::past;
use crate::store::jobs::{self, NewJob};
use crate::store::staff::{self, Known};
use crate::store::{Store, StoreError};

impl Daily {
    /// Notices who has come and who has left since this was looked at last, by whichever instance.
    pub(super) async fn look_at_staff(
        &self,
        rota: &Arc<Rota>,
        provider: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let known = self.operator.errand(staff::all).await?;
        let changed = changed(&known, rota, now);
        let left: Vec<Known> = changed.iter().filter(|known| known.left.is_some()).cloned().collect();
        let mut notes: Vec<NewJob> = Vec::new();
        if !left.is_empty() {
            let (store, local) = (self.store.clone(), now.to_zoned(rota.zone.clone()));
            let look = move || {
                let mut store = Store::open_read_only(&store)?;
                left.into_iter().map(|known| past::customers_of(&mut store, known.id, known.name, now)).collect()
            };
            let theirs: Result<Vec<past::Left>, StoreError> = done_aside("left", look)
                .await
                .unwrap_or_else(|| Err(StoreError::Invalid("looking for customers panicked".to_owned())));
            notes.extend(theirs?.into_iter().filter(|left| left.count > 0).filter_map(|left| {
                let key = format!("left {} {}", left.who, local.date());
                let body = left_note(&left.name, &left.customers, left.count);
                Text { key, to: rota.owner.clone(), body }.job(rota, provider, now)
            }));
        }
        if changed.is_empty() {
            return Ok(());
        }
        self.operator
            .errand(move |tx| {
                staff::put(tx, &changed)?;
                jobs::add(tx, &notes)
            })
            .await
    }
}

/// Who is new, has another name, has come back, or has left.
fn changed(known: &[Known], rota: &Rota, now: Timestamp) -> Vec<Known> {
    let before: HashMap<&StaffId, &Known> = known.iter().map(|known| (&known.id, known)).collect();
    let here = rota.staff.iter().map(|person| Known { id: person.id.clone(), name: person.name.clone(), left: None });
    let here = here.filter(|person| before.get(&person.id) != Some(&person));
    let left = known.iter().filter(|known| known.left.is_none() && rota.staff.get(known.id.as_str()).is_none());
    here.chain(left.map(|known| Known { left: Some(now), ..known.clone() })).collect()
}
