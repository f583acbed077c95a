//! Storms of calls from a seed: people who decline, forget and press wrong keys, callers who give up, webhooks that
//! repeat, come late or never, servers that are killed, a store that is away, clocks that jump; on both databases, at
//! the hours at which clocks and rotas change. After every happening the record is held against what must be true;
//! at the end it is held against what the callers would tell.
//!
//! `SEED=17 cargo test --test it simulation` replays one storm; `SEEDS=1000` runs more than usual.

mod aside;
mod duty;
mod ends;
mod outage;
mod recount;
mod storm;
mod witness;

use std::ops::RangeInclusive;

use tokio::task::JoinSet;

use crate::phones::shop::{End, LiveCall};
use crate::store_fixture::stores;
use aside::Aside;
use storm::Storm;

const SEEDS: u64 = 20;
/// Storms wait mostly for the disk; so many wait together.
const AT_ONCE: usize = 10;

#[tokio::test]
async fn whatever_happens_every_call_comes_to_exactly_one_end() {
    let mut seeds = seeds();
    let mut storms: JoinSet<Vec<Option<End>>> = seeds.by_ref().take(AT_ONCE).map(storms_of).collect();
    let mut ends = Vec::new();
    while let Some(storm_ends) = storms.join_next().await {
        ends.extend(storm_ends.unwrap());
        storms.extend(seeds.next().map(storms_of));
    }
    if std::env::var_os("SEED").is_some() {
        return;
    }
    let reached = |end: &Option<End>| matches!(end, Some(End::Reached(_)));
    let promised = |end: &Option<End>| matches!(end, Some(End::Promised(_)));
    let hung_up = |end: &Option<End>| matches!(end, Some(End::HungUp));
    assert!(ends.iter().any(reached) && ends.iter().any(promised) && ends.iter().any(hung_up), "{ends:?}");
}

/// One storm on each database.
async fn storms_of(seed: u64) -> Vec<Option<End>> {
    let mut ends = Vec::new();
    for on in Aside::new(stores).each() {
        let storm = Storm::breaks_out(seed, on).await;
        storm.every_call_is_on_record_as_it_ended().await;
        storm.everybody_who_is_owed_a_call_is_told_once().await;
        ends.extend(storm.calls.iter().map(|caught| LiveCall::end(&caught.live)));
    }
    ends
}

fn seeds() -> RangeInclusive<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    match number("SEED") {
        Some(seed) => seed..=seed,
        None => 1..=number("SEEDS").unwrap_or(SEEDS),
    }
}
