//! 1. No keys for callers.

use jiff::SignedDuration;

use super::{DESK, OFFICE, OKAFOR, OPEN, STRANGER, customers};
use crate::phones::caller::{AtTheTone, FirstAnswer};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;

#[tokio::test]
async fn no_caller_is_ever_asked_for_a_key_whatever_happens_on_their_call() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let endings: [fn() -> Behaviour; 9] = [
        Behaviour::lets_it_ring,
        Behaviour::busy,
        Behaviour::declines,
        Behaviour::unreachable,
        Behaviour::voicemail,
        Behaviour::screening_robot,
        Behaviour::answers,
        || Behaviour::presses("92"),
        || Behaviour::presses("3"),
    ];
    let tones = [AtTheTone::HangsUp, AtTheTone::SaysNothing, AtTheTone::Speaks(9)];
    for (at, ending) in endings.into_iter().enumerate() {
        for who in ["tom", "priya", "sam", "desk"] {
            // The desk has no voicemail.
            let machine = [Behaviour::voicemail(), Behaviour::screening_robot()].contains(&ending());
            shop.always(who, if who == "desk" && machine { Behaviour::lets_it_ring() } else { ending() });
        }
        for (from, line) in [(OKAFOR, "+442079460000"), ("anonymous", DESK), (STRANGER, OFFICE)] {
            let caller = shop.caller(from).to(line).at_the_tone(tones[at % 3]);
            let call = caller.expects(FirstAnswer::RingsIfAnybodyIsFree).rings().await;
            call.ends().await;
            shop.passes(SignedDuration::from_mins(7)).await;
        }
    }
    let network = shop.network();
    let heard_by_callers =
        network.wire.log.iter().filter(|asked| asked.params.iter().all(|(key, _)| key != "ParentCallSid"));
    let documents: Vec<_> =
        heard_by_callers.flat_map(|asked| &asked.replies).map(|reply| reply.body.as_str()).collect();
    assert!(documents.len() > 100, "{}", documents.len());
    for document in documents {
        let words = document.to_lowercase();
        for forbidden in ["<gather", "press", "say your name to", "<enqueue", "hold the line"] {
            assert!(!words.contains(forbidden), "{document}");
        }
    }
}
