//! The state machine by itself: total, and repeatable.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use switchboard::domain::call_back::{Answer, CallBack, CallBackId, Ending, Instruction, News, State};
use switchboard::domain::event::{LegStatus, RingDone, RingResult};
use switchboard::domain::phone::Phone;
use switchboard::domain::promise::PromiseId;
use switchboard::domain::staff::{Accept, Reach, StaffId};

fn asked(accept: Accept) -> CallBack {
    let phone = |text| Phone::from_e164(text).unwrap();
    CallBack {
        id: CallBackId(uuid::Uuid::from_u128(1)),
        promise: PromiseId(41),
        by: StaffId::new("tom"),
        reach: Reach::Phone(phone("+447700900103")),
        accept,
        provider: "twilio".to_owned(),
        business: "Hartley Heating".to_owned(),
        number: phone("+442079460000"),
        language: "en-GB".to_owned(),
        phone: phone("+447700900201"),
        name: Some("Mrs Okafor".to_owned()),
        note: None,
        asked: Timestamp::UNIX_EPOCH,
        state: State::Asked,
        answered: Vec::new(),
    }
}

fn results() -> impl Strategy<Value = RingResult> {
    prop::sample::select(vec![
        RingResult::Answered,
        RingResult::NoAnswer,
        RingResult::Busy,
        RingResult::Failed,
        RingResult::Canceled,
    ])
}

fn statuses() -> impl Strategy<Value = LegStatus> {
    prop_oneof![
        Just(LegStatus::Initiated),
        Just(LegStatus::Ringing),
        Just(LegStatus::Answered),
        results().prop_map(LegStatus::Ended),
    ]
}

fn news() -> impl Strategy<Value = News> {
    let key = prop::option::of(prop::sample::select(vec!['1', '2', '9', '#']));
    let done = (results(), any::<Option<bool>>(), prop::option::of(0..90_u32), any::<bool>());
    prop_oneof![
        Just(News::PickedUp),
        (0..7_u8, key).prop_map(|(attempt, key)| News::Key { attempt, key }),
        done.prop_map(|(result, bridged, seconds, caller_gone)| {
            News::Done(RingDone { result, bridged, seconds, caller_gone })
        }),
        (statuses(), prop::option::of(0..90_u32)).prop_map(|(status, seconds)| News::Customer { status, seconds }),
        statuses().prop_map(News::Staff),
    ]
}

proptest! {
    #[test]
    fn whatever_is_told_in_whatever_order_nobody_is_connected_without_a_key_and_over_is_over(
        told in prop::collection::vec((news(), 0..200_i64), 0..30),
    ) {
        let mut call_back = asked(Accept::Key);
        let mut now = Timestamp::UNIX_EPOCH;
        let mut ended: Option<Ending> = None;
        for (news, seconds) in told {
            now += SignedDuration::from_secs(seconds);
            let before = call_back.clone();
            let step = call_back.step(&news, now);
            if step.answer == Answer::Connect {
                let pressed_1 = matches!(news, News::Key { key: Some('1'), .. });
                let repeated = before.answered.iter().any(|(stage, _)| Some(*stage) == news.asks_at());
                prop_assert!(pressed_1 || repeated);
                let not_yet = matches!(before.state, State::Asked | State::Whispering { .. });
                prop_assert!(repeated || not_yet);
            }
            prop_assert!(step.changed || call_back == before);
            prop_assert!(ended.is_none() || call_back.ending() == ended, "what is over changed");
            ended = call_back.ending();
            prop_assert_eq!(call_back.wake().is_none(), ended.is_some());
            let saved = call_back.clone();
            prop_assert_eq!(call_back.step(&news, now).answer == step.answer || news.asks_at().is_none(), true);
            prop_assert!(news.asks_at().is_none() || call_back == saved, "a repeat changed something");
        }
        call_back.sweep(now);
        if let Some(wake) = call_back.wake() {
            call_back.sweep(wake);
        }
        prop_assert!(call_back.ending().is_some(), "nothing waits for ever");
    }
}

#[test]
fn whoever_hung_up_before_the_customers_phone_rang_is_told_so_and_not_that_nobody_answered() {
    let mut call_back = asked(Accept::Key);
    let now = Timestamp::UNIX_EPOCH;
    call_back.step(&News::Key { attempt: 0, key: Some('1') }, now);
    call_back.step(&News::Staff(LegStatus::Ended(RingResult::Answered)), now);
    assert_eq!(call_back.ending(), None, "the length of a conversation may still be told");
    call_back.sweep(now + SignedDuration::from_secs(59));
    assert_eq!(call_back.ending(), None);
    call_back.sweep(now + SignedDuration::from_secs(60));
    assert_eq!(call_back.ending(), Some(Ending::Failed));
}

#[test]
fn two_phones_that_were_not_connected_have_not_spoken() {
    let mut call_back = asked(Accept::Key);
    let now = Timestamp::UNIX_EPOCH;
    call_back.step(&News::Key { attempt: 0, key: Some('1') }, now);
    let ring = RingDone { result: RingResult::Answered, bridged: Some(false), seconds: Some(40), caller_gone: false };
    call_back.step(&News::Done(ring), now);
    assert_eq!(call_back.ending(), Some(Ending::NotAnswered));
}

#[test]
fn a_length_of_which_nothing_was_told_is_measured() {
    for (heard_for, kept) in [(30, false), (31, true)] {
        let mut call_back = asked(Accept::Key);
        let now = Timestamp::UNIX_EPOCH;
        let answered = now + SignedDuration::from_secs(10);
        let left = answered + SignedDuration::from_secs(heard_for);
        call_back.step(&News::Key { attempt: 0, key: Some('1') }, now);
        call_back.step(&News::Customer { status: LegStatus::Answered, seconds: None }, answered);
        call_back.step(&News::Staff(LegStatus::Ended(RingResult::Answered)), left);
        call_back.sweep(left + SignedDuration::from_secs(60));
        assert_eq!(matches!(call_back.ending(), Some(Ending::Kept { .. })), kept);
    }
}

#[test]
fn the_customer_is_connected_once_however_many_keys_come() {
    let mut call_back = asked(Accept::Key);
    let mut connected = 0;
    for attempt in 0..5 {
        let step = call_back.step(&News::Key { attempt, key: Some('1') }, Timestamp::UNIX_EPOCH);
        connected += usize::from(matches!(call_back.instruction(step.answer), Instruction::Connect(_)));
    }
    assert_eq!(connected, 1);
}
