//! Storms of calls from a seed: people who decline, forget and press wrong keys, callers who give up, webhooks that
//! repeat, come late or never, servers that stop. Whatever happens, every call comes to exactly one end, and nobody
//! who was not helped is forgotten.
//!
//! `SEED=17 cargo test --test it simulation` replays one storm; `SEEDS=1000` runs more than usual.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use jiff::SignedDuration;
use switchboard::domain::call::Call;
use switchboard::domain::call::story::Happened;
use switchboard::domain::outcome::Outcome;
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::Promise;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::Details;
use tokio::task::JoinSet;

use crate::phones::caller::{AtTheTone, FirstAnswer, Patience};
use crate::phones::dice::Dice;
use crate::phones::network::Quirks;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::rest::{Kind, Mood};
use crate::phones::shop::{End, LiveCall, Shop};

const SEEDS: u64 = 20;
const CALLS: usize = 12;
/// Storms wait mostly for the disk; so many wait together.
const AT_ONCE: usize = 5;

#[tokio::test]
async fn whatever_happens_every_call_comes_to_exactly_one_end() {
    let mut seeds = seeds();
    let mut storms: JoinSet<Vec<Option<End>>> = seeds.by_ref().take(AT_ONCE).map(storm).collect();
    let mut ends = Vec::new();
    while let Some(storm_ends) = storms.join_next().await {
        ends.extend(storm_ends.unwrap());
        storms.extend(seeds.next().map(storm));
    }
    let reached = |end: &Option<End>| matches!(end, Some(End::Reached(_)));
    let promised = |end: &Option<End>| matches!(end, Some(End::Promised(_)));
    let hung_up = |end: &Option<End>| matches!(end, Some(End::HungUp));
    assert!(ends.iter().any(reached) && ends.iter().any(promised) && ends.iter().any(hung_up), "{ends:?}");
}

async fn storm(seed: u64) -> Vec<Option<End>> {
    let storm = Storm::breaks_out(seed).await;
    storm.every_call_is_on_record_once().await;
    storm.nobody_unhelped_is_forgotten().await;
    storm.nobody_is_texted_twice().await;
    storm.calls.iter().map(LiveCall::end).collect()
}

fn seeds() -> RangeInclusive<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    match number("SEED") {
        Some(seed) => seed..=seed,
        None => 1..=number("SEEDS").unwrap_or(SEEDS),
    }
}

struct Storm {
    seed: u64,
    shop: Shop,
    calls: Vec<LiveCall>,
}

impl Storm {
    async fn breaks_out(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let instances = 1 + usize::from(dice.percent(40));
        let shop = Shop::opening(ROTA, "2026-06-10 10:00").customers(customers()).instances(instances).seed(seed);
        let mut storm = Self { seed, shop: shop.open().await, calls: Vec::new() };
        {
            let mut network = storm.shop.network();
            network.wire.repeats = dice.up_to(1);
            network.quirks = Quirks::by_chance(&mut dice);
            // A server that was not told that the caller is gone cannot know.
            network.quirks.late_key &= network.quirks.tells_all_at_once();
        }
        for _ in 0..CALLS {
            storm.next_call(&mut dice).await;
        }
        storm.clears_up().await;
        storm
    }

    async fn next_call(&mut self, dice: &mut Dice) {
        for who in ["sam", "priya", "tom", "ana"] {
            let behaviour = if dice.percent(2) { Behaviour::vanishes() } else { Behaviour::by_chance(dice) };
            self.shop.always(who, behaviour);
        }
        let from = match dice.up_to(9) {
            0 => "anonymous".to_owned(),
            1 => "+266696687".to_owned(),
            2 => "sip:somebody@example.com".to_owned(),
            _ => format!("+4477009002{:02}", dice.up_to(12)),
        };
        let line = ["+442079460000", "+442079460001"][usize::from(dice.percent(10))];
        let caller = self.shop.caller(&from).to(line);
        let caller = caller.patient(Patience::by_chance(dice)).at_the_tone(AtTheTone::by_chance(dice));
        self.calls.push(caller.expects(FirstAnswer::RingsIfAnybodyIsFree).rings().await);
        self.shop.passes(SignedDuration::from_secs(i64::from(dice.up_to(90)))).await;
        if dice.percent(10) {
            self.shop.server_mut().restart().await;
        }
        let moods =
            [Mood::Takes, Mood::Refuses(500, 20500), Mood::TakesAndDrops, Mood::Drops, Mood::Refuses(429, 20429)];
        self.shop.server().rest.next(&[moods[usize::try_from(dice.up_to(4)).unwrap()]]);
        if dice.percent(30) {
            self.shop.server().texts().await;
            self.shop.server().sweeps().await;
        }
    }

    /// Long enough for every retry, and for every call that nothing was heard of.
    async fn clears_up(&self) {
        self.shop.goes_quiet().await;
        for _ in 0..12 {
            self.shop.passes(SignedDuration::from_mins(15)).await;
            self.shop.server().sweeps().await;
            self.shop.server().texts().await;
        }
    }

    async fn every_call_is_on_record_once(&self) {
        let records = self.records().await;
        assert_eq!(records.len(), self.calls.len(), "seed {}", self.seed);
        for call in &self.calls {
            let record = &records[&call.sid()];
            let outcome = record.outcome();
            let rings_back = record.story.iter().any(|entry| matches!(entry.what, Happened::RingsBack { .. }));
            let fits = match (call.end(), outcome) {
                (Some(End::Reached(who)), Some(Outcome::Reached { who: recorded, .. })) => recorded.as_str() == who,
                (Some(End::Promised(_)), Some(Outcome::Promised)) | (Some(End::HungUp), Some(Outcome::HungUp)) => true,
                // Somebody promised to ring back, and the caller did not wait to hear it.
                (Some(End::HungUp), Some(Outcome::Promised)) => rings_back,
                // None: the network lost it, so nobody can know.
                (end, outcome) => end.is_none() && outcome.is_some(),
            };
            assert!(
                fits,
                "seed {}: {:?} is on record as {outcome:?}\n{}\n{:#?}",
                self.seed,
                call.end(),
                call.story(),
                record.story
            );
        }
    }

    async fn nobody_unhelped_is_forgotten(&self) {
        let records = self.records().await;
        let mut promises: HashMap<_, Vec<Promise>> = HashMap::new();
        for promise in self.shop.server().promises().await {
            promises.entry(promise.call).or_default().push(promise);
        }
        for call in &self.calls {
            let record = &records[&call.sid()];
            let made = promises.remove(&record.id.0).unwrap_or_default();
            let expected = match record.outcome() {
                Some(Outcome::Promised) => 1,
                Some(Outcome::HungUp) => usize::from(record.from.phone().is_some()),
                Some(Outcome::Reached { .. } | Outcome::Blocked) | None => 0,
            };
            assert_eq!(made.len(), expected, "seed {}\n{}\n{:#?}", self.seed, call.story(), record.story);
            if let (Some(End::Promised(who)), Some(promise)) = (call.end(), made.first()) {
                assert_eq!(promise.owner.as_str(), who, "seed {}\n{}", self.seed, call.story());
            }
        }
        assert!(promises.is_empty(), "seed {}: promises without a call: {promises:?}", self.seed);
    }

    async fn nobody_is_texted_twice(&self) {
        let promises = self.shop.server().promises().await;
        let mut texts: HashMap<String, usize> = HashMap::new();
        for text in self.shop.server().rest.taken().into_iter().filter(|taken| taken.kind == Kind::Text) {
            *texts.entry(text.to).or_default() += 1;
        }
        for (to, count) in texts {
            let owner = staff_of(&to);
            let owed = promises.iter().filter(|promise| match &owner {
                Some(owner) => promise.owner == *owner,
                None => promise.number.is_some_and(|number| number.to_string() == to),
            });
            let owed = owed.count();
            assert!(count <= owed, "seed {}: {to} got {count} texts about {owed} promises", self.seed);
        }
    }

    async fn records(&self) -> HashMap<String, Call> {
        let calls = self.shop.server().calls().await;
        calls.into_iter().map(|call| (call.provider_id.0.clone(), call)).collect()
    }
}

fn customers() -> Vec<Details> {
    let customer = |number: usize, usual: &str| Details {
        name: format!("Customer {number}"),
        numbers: vec![Phone::from_e164(&format!("+4477009002{number:02}")).unwrap()],
        usual: Some(Some(StaffId::new(usual))),
        ..Details::default()
    };
    vec![customer(1, "priya"), customer(2, "tom"), customer(3, "ana"), customer(4, "sam"), customer(5, "priya")]
}

fn staff_of(phone: &str) -> Option<StaffId> {
    let staff = [("1", "sam"), ("2", "priya"), ("3", "tom"), ("4", "ana")];
    let (_, id) = staff.into_iter().find(|(digit, _)| phone == format!("+44770090010{digit}"))?;
    Some(StaffId::new(id))
}
