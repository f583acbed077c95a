//! The record against what the callers would tell, once a storm is over.

use std::collections::HashMap;

use switchboard::domain::call::Call;
use switchboard::domain::call::story::Happened;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::{self, Entry};
use switchboard::domain::staff::StaffId;

use super::storm::{Caught, Storm};
use crate::phones::rest::Kind;
use crate::phones::shop::End;

impl Storm {
    pub(super) async fn every_call_is_on_record_as_it_ended(&self) {
        let calls = self.shop.server().calls().await;
        let promises = self.shop.server().promises().await;
        assert_eq!(calls.len(), self.calls.len(), "seed {}", self.seed);
        let records: HashMap<String, Call> = calls.into_iter().map(|call| (call.provider_id.0.clone(), call)).collect();
        for caught in &self.calls {
            let record = &records[&caught.live.sid()];
            let promise = promises.iter().find(|promise| promise.calls.contains(&record.id));
            let fits = fits(caught, record)
                && match (caught.live.end(), promise) {
                    (Some(End::Promised(who)), Some(promise)) => {
                        let owner = promise.broken.as_ref().map_or(&promise.owner, |broken| &broken.by);
                        // Of two calls about one matter that go on at once, the earlier promise counts.
                        owner.as_str() == who || promise.calls.len() > 1
                    }
                    _ => true,
                };
            assert!(
                fits,
                "seed {}: {:?} is on record as {:?} with {promise:?}\n{}\n{:#?}",
                self.seed,
                caught.live.end(),
                record.outcome(),
                caught.live.story(),
                record.story
            );
        }
    }

    /// By text: the caller of every promise, and its owner at most once.
    pub(super) async fn everybody_who_is_owed_a_call_is_told_once(&self) {
        let promises = self.shop.server().promises().await;
        let mut texts: HashMap<String, usize> = HashMap::new();
        for text in self.shop.server().rest.taken().into_iter().filter(|taken| taken.kind == Kind::Text) {
            *texts.entry(text.to).or_default() += 1;
        }
        let mut promised: HashMap<Phone, usize> = HashMap::new();
        for call in self.shop.server().calls().await {
            let made = promises.iter().find(|promise| promise.calls.contains(&call.id));
            if let (Some(number), Some(promise)) = (call.from.phone(), made) {
                // A later time and an apology are told as well.
                let told = |entry: &&Entry| {
                    matches!(entry.what, promise::Happened::Later { .. } | promise::Happened::Apologised)
                };
                *promised.entry(number).or_default() += 1 + promise.story.iter().filter(told).count();
            }
        }
        for (number, calls) in promised {
            // A text whose fate is unknown is not sent again if the same words have arrived since.
            let told = texts.remove(&number.to_string()).unwrap_or(0);
            assert!((1..=calls).contains(&told), "seed {}: {number} got {told} texts about {calls} calls", self.seed);
        }
        for (to, count) in texts {
            let who = staff_of(&to).unwrap_or_else(|| panic!("seed {}: {to} was texted about nothing", self.seed));
            let events: usize = promises.iter().map(|promise| promise.story.len()).sum();
            // A command is answered once, and somebody else may be told of it.
            let may = events + self.commands;
            assert!(count <= may, "seed {}: {who} got {count} texts, {may} at most", self.seed);
        }
    }
}

fn fits(caught: &Caught, record: &Call) -> bool {
    let rings_back = record.story.iter().any(|entry| matches!(entry.what, Happened::RingsBack { .. }));
    match (caught.live.end(), record.outcome()) {
        _ if caught.given_up => record.outcome().is_some(),
        (Some(End::Reached(who)), Some(Outcome::Reached { who: recorded, .. })) => recorded.as_str() == who,
        (Some(End::Promised(_)), Some(Outcome::Promised))
        | (Some(End::HungUp), Some(Outcome::HungUp))
        | (Some(End::Refused), Some(Outcome::Blocked)) => true,
        // Somebody promised to ring back, and the caller did not wait to hear it.
        (Some(End::HungUp), Some(Outcome::Promised)) => rings_back,
        // Two instances without the store, and the one that knew of the end was the first to have it back.
        (Some(End::Promised(_)), Some(Outcome::HungUp)) => carried(record),
        // On the desk's phone answering is accepting; the caller left before they were connected.
        (Some(End::HungUp), Some(Outcome::Reached { who, .. })) => who.as_str() == "desk",
        // None: the network lost it, so nobody can know.
        (end, outcome) => end.is_none() && outcome.is_some(),
    }
}

/// Without the store, for a while.
pub(super) fn carried(call: &Call) -> bool {
    call.story.iter().any(|entry| entry.what == Happened::CarriedWithoutStore)
}

fn staff_of(phone: &str) -> Option<StaffId> {
    let staff = [("1", "sam"), ("2", "priya"), ("3", "tom"), ("4", "ana")];
    let (_, id) = staff.into_iter().find(|(digit, _)| phone == format!("+44770090010{digit}"))?;
    Some(StaffId::new(id))
}
