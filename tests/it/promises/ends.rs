//! 3. Every call ends in exactly one of four ways, and nobody who is owed a call is forgotten.

use switchboard::domain::outcome::Outcome;

use super::{BLOCKED, DESK, OKAFOR, OPEN, STRANGER, customers};
use crate::by_hand::contents;
use crate::phones::caller::{FirstAnswer, Patience};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

const MAIN: &str = "+442079460000";

/// Who rings which line, how long they stay, what all phones do, and how it must end.
type Story = (&'static str, &'static str, Patience, fn() -> Behaviour, &'static str);

const STORIES: [Story; 16] = [
    (OKAFOR, MAIN, Patience::ToTheEnd, || Behaviour::presses("1"), "reached"),
    (OKAFOR, MAIN, Patience::ToTheEnd, || Behaviour::presses("71"), "reached"),
    (OKAFOR, MAIN, Patience::ToTheEnd, || Behaviour::presses("2"), "promised"),
    (OKAFOR, MAIN, Patience::ToTheEnd, || Behaviour::presses("3"), "promised"),
    (OKAFOR, MAIN, Patience::ToTheEnd, Behaviour::lets_it_ring, "promised"),
    (STRANGER, MAIN, Patience::ToTheEnd, Behaviour::voicemail, "promised"),
    (STRANGER, MAIN, Patience::ToTheEnd, Behaviour::busy, "promised"),
    (STRANGER, MAIN, Patience::ToTheEnd, Behaviour::unreachable, "promised"),
    (STRANGER, MAIN, Patience::UntilSecond(0), Behaviour::lets_it_ring, "hung_up"),
    (STRANGER, MAIN, Patience::UntilSecond(20), Behaviour::lets_it_ring, "hung_up"),
    (STRANGER, MAIN, Patience::UntilWhisper(2), Behaviour::answers, "hung_up"),
    (STRANGER, MAIN, Patience::UntilPromise(1), Behaviour::declines, "promised"),
    ("anonymous", MAIN, Patience::ToTheEnd, Behaviour::lets_it_ring, "promised"),
    ("anonymous", MAIN, Patience::UntilSecond(5), Behaviour::lets_it_ring, "hung_up"),
    (STRANGER, DESK, Patience::ToTheEnd, Behaviour::answers, "reached"),
    (BLOCKED, MAIN, Patience::ToTheEnd, Behaviour::lets_it_ring, "blocked"),
];

#[tokio::test]
async fn every_call_ends_in_exactly_one_way_and_its_caller_would_say_the_same() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    for (from, line, patience, does, expected) in STORIES {
        for who in ["tom", "priya", "sam", "desk"] {
            shop.always(who, does());
        }
        let first = if from == BLOCKED { FirstAnswer::Refuses } else { FirstAnswer::Rings };
        let call = shop.caller(from).to(line).patient(patience).expects(first).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
        let records = shop.server().calls().await;
        let records: Vec<_> = records.iter().filter(|record| record.provider_id.0 == call.sid()).collect();
        assert_eq!(records.len(), 1, "{}", call.story());
        let outcome = records[0].outcome().map(Outcome::word);
        let experienced = match call.end() {
            Some(End::Reached(_)) => "reached",
            Some(End::Promised(_)) => "promised",
            Some(End::HungUp) => "hung_up",
            Some(End::Refused) => "blocked",
            None => "nothing",
        };
        assert_eq!((outcome, experienced), (Some(expected), expected), "{}", call.story());
        let promises = shop.server().promises().await;
        let promises: Vec<_> = promises.iter().filter(|promise| promise.calls.contains(&records[0].id)).collect();
        let can_be_rung = from != "anonymous";
        let owed = expected == "promised" || (expected == "hung_up" && can_be_rung);
        assert_eq!(promises.len(), usize::from(owed), "{}", call.story());
        for promise in promises {
            assert!(
                promise.due > promise.made
                    && shop.server().app().operator().desk().rota().staff.get(promise.owner.as_str()).is_some()
            );
        }
    }
    let engaged = contents(&shop);
    let after = engaged.split("engaged\n").nth(1).unwrap().trim_start().lines().next();
    assert_eq!(after, Some("failure"), "the next table: nobody's phone is held after all calls are over");
}
