//! Many calls at once on one simulated time, with people, callers and weather by chance.

use jiff::SignedDuration;

use super::house::{House, good};
use crate::phones::caller::{AtTheTone, Patience};
use crate::phones::dice::Dice;
use crate::phones::network::Quirks;
use crate::phones::person::Behaviour;
use crate::phones::shop::LiveCall;

#[tokio::test]
async fn every_call_of_a_storm_comes_to_one_end() {
    for seed in 1..=10 {
        let mut reached = 0;
        for call in storm(seed).await {
            let story = call.story();
            let ends = ["call ends", "caller hung up"].iter().filter(|end| story.contains(*end)).count();
            assert_eq!(ends, 1, "seed {seed}\n{story}");
            reached += usize::from(story.contains(" accepted"));
        }
        assert!(reached < 20, "seed {seed}: somebody always gives up or fails");
    }
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
