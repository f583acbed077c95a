//! Many calls at once on one simulated time, with people, callers and weather by chance.

use jiff::SignedDuration;

use super::house::{House, good};
use crate::phones::caller::{AtTheTone, Patience};
use crate::phones::dice::Dice;
use crate::phones::network::Quirks;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, LiveCall};

#[tokio::test]
async fn every_call_of_a_storm_comes_to_one_end() {
    let mut ends = Vec::new();
    for seed in 1..=10 {
        for call in storm(seed).await {
            ends.push(call.end().unwrap_or_else(|| panic!("seed {seed}: it goes on for ever\n{}", call.story())));
        }
    }
    let count = |fits: fn(&End) -> bool| ends.iter().filter(|end| fits(end)).count();
    assert!(count(|end| matches!(end, End::Reached(_))) > 10, "{ends:?}");
    assert!(count(|end| matches!(end, End::Promised(_))) > 10, "{ends:?}");
    assert!(count(|end| *end == End::HungUp) > 10, "{ends:?}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_storm() {
    let stories = |calls: Vec<LiveCall>| calls.iter().map(LiveCall::story).collect::<Vec<_>>();
    let first = stories(storm(3).await);
    assert_eq!(first, stories(storm(3).await));
    assert_ne!(first, stories(storm(4).await));
}

async fn storm(seed: u64) -> Vec<LiveCall> {
    let mut dice = Dice::new(seed);
    let house = House::open(good).await;
    let shop = house.shop();
    // The house has no memory, so it rings people who are talking, and bridges late keys.
    shop.network().tolerates("already on a call");
    shop.network().tolerates("a caller who has hung up");
    shop.network().quirks = Quirks::by_chance(&mut dice);
    let mut calls = Vec::new();
    for number in 0..20 {
        shop.next("tom", Behaviour::by_chance(&mut dice)).next("priya", Behaviour::by_chance(&mut dice));
        let caller = shop.caller(&format!("+4477009002{number:02}"));
        let caller = caller.patient(Patience::by_chance(&mut dice)).at_the_tone(AtTheTone::by_chance(&mut dice));
        calls.push(caller.rings().await);
        shop.passes(SignedDuration::from_secs(i64::from(dice.up_to(90)))).await;
    }
    shop.goes_quiet().await;
    calls
}
