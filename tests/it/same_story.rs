//! `rehearse` and the independent client that executes the provider's documents see the same call: the
//! same happenings, at the same second, in the same words. Neither knows anything of the other.

mod scenario;

use switchboard::rehearsal::Mishaps;

use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use scenario::{DESK, Does, MR_LI, MRS_OKAFOR, OFFICE, Scenario, Stays, everybody, scenario};

#[tokio::test]
async fn the_usual_person_answers() {
    let stories = scenario().told_by_both().await;
    insta::assert_snapshot!(stories[0], @"
    10:00:00 caller rings
    10:00:00 rings priya 18 s
    10:00:06 priya answered
    10:00:06 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:10 priya presses 1
    10:00:10 priya accepted
    10:02:10 priya hung up
    10:02:10 call ends
    ");
}

#[tokio::test]
async fn the_usual_persons_voicemail_answers() {
    let scenario = Scenario { phones: vec![("priya", Does::HasVoicemail)], ..scenario() };
    insta::assert_snapshot!(scenario.told_by_both().await[0], @"
    10:00:00 caller rings
    10:00:00 rings priya 18 s
    10:00:12 priya has voicemail answering
    10:00:12 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:34 priya did not accept
    10:00:34 rings tom 16 s
    10:00:40 tom answered
    10:00:40 tom hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:44 tom presses 1
    10:00:44 tom accepted
    10:02:44 tom hung up
    10:02:44 call ends
    ");
}

#[tokio::test]
async fn everybody_is_silent_busy_declines_or_cannot_be_reached() {
    for does in [Does::LetsItRing, Does::IsBusy, Does::Declines, Does::CannotBeReached, Does::HasVoicemail] {
        let stories = Scenario { phones: everybody(does), ..scenario() }.told_by_both().await;
        assert!(stories[0].contains("caller hears: I am sorry"), "{}", stories[0]);
        assert!(stories[0].contains("Priya Nair will ring you by 12:0"), "{}", stories[0]);
    }
}

#[tokio::test]
async fn a_message_is_left() {
    let callers = vec![(0, MRS_OKAFOR, Stays::ForAMessageOf(9))];
    let stories = Scenario { callers, phones: everybody(Does::LetsItRing), ..scenario() }.told_by_both().await;
    assert!(stories[0].ends_with("message of 9 s\n"), "{}", stories[0]);
}

#[tokio::test]
async fn a_withheld_caller_rings() {
    let callers = vec![(0, "anonymous", Stays::ToTheEnd)];
    let stories = Scenario { callers: callers.clone(), ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("tom hears: Hartley Heating. A caller for you, number withheld."), "{}", stories[0]);
    let stories = Scenario { callers, phones: everybody(Does::LetsItRing), ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("Please say your name and number after the tone"), "{}", stories[0]);
}

#[tokio::test]
async fn a_stranger_rings() {
    let stories = Scenario { callers: vec![(0, MR_LI, Stays::ToTheEnd)], ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("tom hears: Hartley Heating. A new caller for you"), "{}", stories[0]);
}

#[tokio::test]
async fn it_is_closed() {
    let closed = Scenario { at: "2026-06-10 20:00", ..scenario() };
    let stories = closed.told_by_both().await;
    assert!(stories[0].contains("tom accepted"), "on call, and not the usual person\n{}", stories[0]);
    let promises = Scenario { line: OFFICE, first_answer: FirstAnswer::Promises, ..closed };
    let stories = promises.told_by_both().await;
    assert!(!stories[0].contains(" rings ") && stories[0].contains("tomorrow"), "{}", stories[0]);
}

#[tokio::test]
async fn it_is_a_holiday() {
    let rota =
        format!("{ROTA}\n[[holiday]]\ndate = 2026-06-10\nname = \"Fair\"\nhours = \"closed\"\non_call = \"ana\"\n");
    let stories = Scenario { rota, ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("ana accepted"), "{}", stories[0]);
}

#[tokio::test]
async fn the_caller_gives_up() {
    for (second, last) in [(12, "priya stops ringing\n"), (20, "tom stops ringing\n")] {
        let callers = vec![(0, MRS_OKAFOR, Stays::UntilSecond(second))];
        let stories = Scenario { callers, phones: everybody(Does::LetsItRing), ..scenario() }.told_by_both().await;
        assert!(stories[0].ends_with(last), "{}", stories[0]);
    }
    let callers = vec![(0, MRS_OKAFOR, Stays::UntilSecond(8))];
    let stories = Scenario { callers, ..scenario() }.told_by_both().await;
    assert!(stories[0].ends_with("caller hung up\n"), "in the whisper\n{}", stories[0]);
}

#[tokio::test]
async fn two_callers_want_the_same_person() {
    let customers = vec![("Mrs Okafor", MRS_OKAFOR, Some("priya")), ("Mr Li", MR_LI, Some("priya"))];
    let callers = vec![(0, MRS_OKAFOR, Stays::ToTheEnd), (30, MR_LI, Stays::ToTheEnd)];
    let stories = Scenario { customers, callers, ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("priya accepted"), "{}", stories[0]);
    assert!(stories[1].contains("tom accepted") && !stories[1].contains("priya"), "{}", stories[1]);
}

#[tokio::test]
async fn wrong_keys_are_pressed() {
    let phones = vec![("priya", Does::Presses("771"))];
    insta::assert_snapshot!(Scenario { phones, ..scenario() }.told_by_both().await[0], @"
    10:00:00 caller rings
    10:00:00 rings priya 18 s
    10:00:06 priya answered
    10:00:06 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:10 priya presses 7
    10:00:10 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:14 priya presses 7
    10:00:14 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:18 priya presses 1
    10:00:18 priya accepted
    10:02:18 priya hung up
    10:02:18 call ends
    ");
    let phones = vec![("priya", Does::Presses("3")), ("tom", Does::Presses("777777"))];
    let stories = Scenario { phones, ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("sam accepted"), "{}", stories[0]);
}

#[tokio::test]
async fn somebody_promises_to_ring_back_or_hangs_up_in_the_whisper() {
    let phones = vec![("priya", Does::HangsUp), ("tom", Does::Presses("2"))];
    insta::assert_snapshot!(Scenario { phones, ..scenario() }.told_by_both().await[0], @"
    10:00:00 caller rings
    10:00:00 rings priya 18 s
    10:00:06 priya answered
    10:00:06 priya hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:08 priya hung up in the whisper
    10:00:08 rings tom 16 s
    10:00:14 tom answered
    10:00:14 tom hears: Hartley Heating. Mrs Okafor for you. Boiler, Tuesday. Press 1.
    10:00:18 tom presses 2
    10:00:18 tom hears: Thank you. Please ring Mrs Okafor by 10:15.
    10:00:22 tom did not accept
    10:00:22 caller hears: Tom Ellis knows that you are calling and will ring you by 10:15. If you like, leave a message after the tone.
    10:00:30 tone
    10:00:31 caller hung up
    ");
}

#[tokio::test]
async fn every_webhook_comes_twice() {
    let mishaps = Mishaps { repeat: true, ..Mishaps::default() };
    for phones in [vec![("priya", Does::Presses("71"))], everybody(Does::LetsItRing), everybody(Does::HasVoicemail)] {
        let once = Scenario { phones, ..scenario() };
        let twice = Scenario { mishaps, ..once.clone() };
        assert_eq!(once.told_by_both().await, twice.told_by_both().await);
    }
}

#[tokio::test]
async fn the_server_is_restarted_in_mid_ring() {
    let mishaps = Mishaps { restart: true, ..Mishaps::default() };
    for phones in [vec![], everybody(Does::LetsItRing)] {
        let without = Scenario { phones, ..scenario() };
        let restarted = Scenario { mishaps, ..without.clone() };
        assert_eq!(without.told_by_both().await, restarted.told_by_both().await);
    }
}

#[tokio::test]
async fn the_store_is_locked() {
    let mishaps = Mishaps { lock_store: true, ..Mishaps::default() };
    let stories = Scenario { mishaps, ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("priya accepted"), "{}", stories[0]);
    let stories = Scenario { mishaps, phones: everybody(Does::LetsItRing), ..scenario() }.told_by_both().await;
    assert!(stories[0].contains("Priya Nair will ring you by 12:00"), "{}", stories[0]);
}

#[tokio::test]
async fn a_phone_rings_on_which_answering_is_enough() {
    let desk = Scenario { line: DESK, callers: vec![(0, MR_LI, Stays::ToTheEnd)], ..scenario() };
    let stories = desk.told_by_both().await;
    assert!(stories[0].contains("desk accepted"), "{}", stories[0]);
}
