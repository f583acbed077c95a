//! A rehearsal in somebody's hands: time goes by and phones are answered as they say.

use std::sync::Arc;

use switchboard::config::{rota, settings};
use switchboard::domain::caller::{Customer, CustomerId};
use switchboard::domain::phone::Phone;
use switchboard::domain::plan::{Reason, Why};
use switchboard::domain::staff::StaffId;
use switchboard::rehearsal::{ByHand, Caller, CallerDoes, Known, Move, Outcome, PhoneDoes, PhoneMove, Scene, Seen};

use crate::phones::opening::ROTA;

const AT: &str = "2026-06-10T10:00:00+01:00";

async fn begins(caller: &str, text: &str) -> (ByHand, Seen) {
    let at = AT.parse().unwrap();
    let rota = Arc::new(rota::read("rota.toml", text, at, None).unwrap().rota);
    let settings = settings::read("switchboard.toml", "", []).map_err(|_| "wrong").unwrap().settings;
    let caller = Caller::new(caller, rota.lines[0].number);
    ByHand::begin(Scene { settings, rota, customers: vec![mrs_okafor()], caller, at }).await.unwrap()
}

fn mrs_okafor() -> Customer {
    Customer {
        id: CustomerId(7),
        name: "Mrs Okafor".to_owned(),
        numbers: vec![Phone::from_e164("+447700900201").unwrap()],
        usual: Some(StaffId::new("priya")),
        language: None,
        note: Some("Boiler, Tuesday".to_owned()),
        tags: Vec::new(),
        blocked: false,
        recent: Vec::new(),
        asked: Vec::new(),
    }
}

fn phone(who: &str, what: PhoneMove) -> Move {
    Move::Phone { who: StaffId::new(who), what }
}

fn does(seen: &Seen, who: &str) -> PhoneDoes {
    seen.phones.iter().find(|phone| phone.who.as_str() == who).unwrap().does
}

fn last_words(seen: &Seen) -> &str {
    seen.story.beats.iter().rev().find_map(|beat| beat.words.as_deref()).unwrap()
}

/// Lets happen what happens by itself, until it has come so far.
async fn goes_on(rehearsal: &ByHand, so_far: impl Fn(&Seen) -> bool) -> Seen {
    for _ in 0..50 {
        let seen = rehearsal.moves(Move::GoesOn).await.unwrap();
        if so_far(&seen) {
            return seen;
        }
    }
    panic!("this does not come: {}", rehearsal.moves(Move::GoesOn).await.unwrap().story)
}

#[tokio::test]
async fn a_phone_rings_until_it_is_answered_and_one_ends_the_talk() {
    let (rehearsal, seen) = begins("+447700900201", ROTA).await;
    assert_eq!(seen.phones[0].name, "Priya Nair", "whoever rings first stands first");
    assert!(matches!(does(&seen, "priya"), PhoneDoes::Rings { .. }));
    assert_eq!(seen.caller, CallerDoes::HearsRinging);
    let known = seen.story.beats.last().and_then(|beat| beat.known.clone());
    assert_eq!(known, Some(Known::Why(Why::Rung(Reason::UsualPerson))));

    let seen = rehearsal.moves(Move::Waits { seconds: 5 }).await.unwrap();
    assert!(matches!(does(&seen, "priya"), PhoneDoes::Rings { .. }));
    assert_eq!(seen.at, "2026-06-10T10:00:05+01:00".parse().unwrap());

    let seen = rehearsal.moves(phone("priya", PhoneMove::Answers)).await.unwrap();
    assert_eq!(does(&seen, "priya"), PhoneDoes::Asks);
    assert_eq!(last_words(&seen), "Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.");

    let seen = rehearsal.moves(phone("priya", PhoneMove::Presses('7'))).await.unwrap();
    assert_eq!(does(&seen, "priya"), PhoneDoes::Asks, "a wrong key is asked again");
    let seen = rehearsal.moves(phone("priya", PhoneMove::Presses('1'))).await.unwrap();
    assert_eq!((does(&seen, "priya"), seen.caller), (PhoneDoes::Talks, CallerDoes::Talks));

    rehearsal.moves(Move::Waits { seconds: 20 }).await.unwrap();
    let seen = rehearsal.moves(Move::CallerHangsUp).await.unwrap();
    assert_eq!(seen.caller, CallerDoes::IsGone);
    assert_eq!(seen.story.outcome, Some(Outcome::Reached { who: StaffId::new("priya"), after_seconds: 5 }));
    assert_eq!(seen.story.faults().collect::<Vec<_>>(), [""; 0]);
}

#[tokio::test]
async fn whom_nobody_answers_is_promised_a_call_and_may_leave_a_message() {
    let (rehearsal, seen) = begins("+447700900999", ROTA).await;
    assert!(matches!(does(&seen, "tom"), PhoneDoes::Rings { .. }), "a stranger rings whoever is on call");
    let seen = rehearsal.moves(phone("tom", PhoneMove::Voicemail)).await.unwrap();
    assert_eq!(does(&seen, "tom"), PhoneDoes::Asks);
    // The whisper goes unanswered, and the next phone rings.
    goes_on(&rehearsal, |seen| seen.caller == CallerDoes::HearsTone).await;
    rehearsal.moves(Move::Waits { seconds: 4 }).await.unwrap();
    let seen = rehearsal.moves(Move::CallerSpeaks).await.unwrap();
    assert_eq!(seen.caller, CallerDoes::Speaks);
    let seen = rehearsal.moves(Move::Waits { seconds: 9 }).await.unwrap();
    assert_eq!(seen.caller, CallerDoes::IsGone);
    assert!(matches!(seen.story.outcome, Some(Outcome::Promised { .. })), "{:?}", seen.story.outcome);
    let told = seen.story.to_string();
    assert!(told.contains("the caller leaves a message of 9 s"), "{told}");
    assert!(told.contains("a text to the caller: “Hartley Heating"), "{told}");
    assert_eq!(seen.story.faults().collect::<Vec<_>>(), [""; 0], "{told}");
}

#[tokio::test]
async fn every_way_not_to_take_a_call_is_passed_on_to_the_next() {
    let (rehearsal, _) = begins("+447700900201", ROTA).await;
    let seen = rehearsal.moves(phone("priya", PhoneMove::Declines)).await.unwrap();
    assert_eq!(does(&seen, "priya"), PhoneDoes::Nothing);
    assert!(matches!(does(&seen, "tom"), PhoneDoes::Rings { .. }));
    rehearsal.moves(phone("tom", PhoneMove::Answers)).await.unwrap();
    let seen = rehearsal.moves(phone("tom", PhoneMove::Presses('3'))).await.unwrap();
    assert!(matches!(does(&seen, "sam"), PhoneDoes::Rings { .. }));
    rehearsal.moves(phone("sam", PhoneMove::Answers)).await.unwrap();
    rehearsal.moves(phone("sam", PhoneMove::Presses('2'))).await.unwrap();
    let seen = goes_on(&rehearsal, |seen| seen.caller == CallerDoes::IsGone).await;
    let Some(Outcome::Promised { owner, .. }) = &seen.story.outcome else { panic!("{:?}", seen.story.outcome) };
    assert_eq!(owner.as_str(), "sam", "who pressed 2 rings back");
}

#[tokio::test]
async fn what_comes_too_late_does_nothing_and_who_hangs_up_is_owed_a_call() {
    let (rehearsal, _) = begins("+447700900201", ROTA).await;
    rehearsal.moves(Move::Waits { seconds: 18 }).await.unwrap();
    let seen = rehearsal.moves(phone("priya", PhoneMove::Answers)).await.unwrap();
    assert_eq!(does(&seen, "priya"), PhoneDoes::Nothing);
    assert!(matches!(does(&seen, "tom"), PhoneDoes::Rings { .. }));
    let seen = rehearsal.moves(Move::CallerHangsUp).await.unwrap();
    assert!(matches!(&seen.story.outcome, Some(Outcome::HungUp { after_seconds: 18, owed: Some(_) })));
    let seen = rehearsal.moves(phone("tom", PhoneMove::Answers)).await.unwrap();
    assert_eq!((does(&seen, "tom"), seen.caller), (PhoneDoes::Nothing, CallerDoes::IsGone));
}

#[tokio::test]
async fn a_rota_that_is_not_saved_is_rehearsed_as_well() {
    let text = ROTA.replace("[\"tom\", \"priya\", \"ana\"]", "[\"ana\", \"tom\", \"priya\"]");
    assert_ne!(text, ROTA);
    let (before, after) = (begins("anonymous", ROTA).await.1, begins("anonymous", &text).await.1);
    assert_ne!(before.phones[0].who, after.phones[0].who);
}
