//! What people do on a well-answered call.

use jiff::SignedDuration;

use super::house::{CALLER, House, LINE, PUBLIC, good, ring};
use crate::phones::caller::{AtTheTone, Patience};
use crate::phones::person::Behaviour;
use crate::phones::shop::End;

#[tokio::test]
async fn whoever_presses_1_has_the_call() {
    let house = House::open(good).await;
    let call = house.shop().caller(CALLER).rings().await;
    assert_eq!(call.ringing(), ["tom"]);
    call.phone("tom").lets_it_ring().await;
    assert_eq!(call.ringing(), ["priya"]);
    call.phone("priya").presses("1").await;
    call.reached("priya");
    assert_eq!(call.seconds_until_billed(), Some(18 + 4 + 2));
    call.ends().await;
    insta::assert_snapshot!(call.story(), @"
    10:00:00 caller rings
    10:00:00 rings tom 18 s
    10:00:18 tom did not answer
    10:00:18 rings priya 18 s
    10:00:22 priya answered
    10:00:22 priya hears: Mrs Okafor for you. Press 1 to take it.
    10:00:24 priya presses 1
    10:00:24 priya accepted
    10:02:24 priya hung up
    10:02:24 call ends
    ");
}

#[tokio::test]
async fn voicemail_is_dropped_and_the_next_phone_rings() {
    let house = House::open(good).await;
    let call = house.shop().caller(CALLER).rings().await;
    call.phone("tom").voicemail_answers().await;
    call.phone("priya").screening_robot_answers().await;
    call.ends().await;
    call.reached_nobody();
    assert_eq!(call.was_promised("priya").by, "12:00 today");
    let done = &house.asked("/tom/done")[0];
    assert_eq!(done.param("DialCallStatus"), "completed", "as the provider says, although nobody took the call");
    assert_eq!(done.param("DialBridged"), "false");
    assert_eq!(done.param("DialCallDuration"), "11");
    assert!(done.param("DialCallSid").starts_with("CA"));
}

#[tokio::test]
async fn busy_declining_and_bad_numbers_end_their_ring_early() {
    let house = House::open(good).await;
    let shop = house.shop();
    let call = shop.caller(CALLER).rings().await;
    call.phone("tom").is_busy().await;
    call.phone("priya").declines().await;
    call.ends().await;
    let again = shop.caller(CALLER).rings().await;
    again.phone("tom").cannot_be_reached().await;
    again.phone("priya").answers_and_hangs_up().await;
    again.ends().await;
    let statuses = |path| house.asked(path).iter().map(|a| a.param("DialCallStatus").to_owned()).collect::<Vec<_>>();
    assert_eq!(statuses("/tom/done"), ["busy", "failed"]);
    assert_eq!(statuses("/priya/done"), ["busy", "completed"]);
    insta::assert_snapshot!(again.plot().join("\n"), @"
    caller rings
    rings tom 18 s
    tom cannot be reached
    rings priya 18 s
    priya answered
    priya hung up in the whisper
    promise: priya by 12:00 today
    tone
    caller hung up
    no message
    ");
}

#[tokio::test]
async fn a_wrong_key_is_heard_by_the_server_and_a_later_one_still_counts() {
    let house = House::open(good).await;
    let call = house.shop().caller(CALLER).rings().await;
    call.phone("tom").does(Behaviour::answers().after(1).then(1, '7').then(3, '1').talks(600)).await;
    call.reached("tom");
    assert_eq!(call.seconds_until_billed(), Some(5));
    let keys: Vec<String> = house.asked("/tom/key").iter().map(|asked| asked.param("Digits").to_owned()).collect();
    assert_eq!(keys, ["7", "1"]);
    assert_eq!(house.asked("/tom/key")[0].param("ParentCallSid"), call.sid());
    call.phone("tom").hangs_up().await;
    call.ends().await;
}

#[tokio::test]
async fn a_refusing_key_ends_the_leg_and_silence_too() {
    let house = House::open(good).await;
    let call = house.shop().caller(CALLER).rings().await;
    call.phone("tom").presses("3").await;
    call.phone("priya").answers().await;
    call.reached_nobody();
    assert_eq!(call.rang(), ["tom", "priya"]);
}

#[tokio::test]
async fn a_caller_can_leave_a_message_or_say_nothing() {
    let house = House::open(good).await;
    let shop = house.shop();
    let calls = [AtTheTone::Speaks(12), AtTheTone::SpeaksAndHangsUp(7), AtTheTone::SaysNothing];
    for does in calls {
        let call = shop.caller(CALLER).at_the_tone(does).rings().await;
        call.ends().await;
        match does {
            AtTheTone::Speaks(seconds) => {
                call.left_a_message_of(seconds);
                assert!(call.heard().ends_with("Thank you."));
            }
            AtTheTone::SpeaksAndHangsUp(seconds) => call.left_a_message_of(seconds),
            AtTheTone::SaysNothing | AtTheTone::HangsUp => assert!(call.heard().ends_with("Goodbye.")),
        }
    }
    shop.goes_quiet().await;
    let digits: Vec<String> = house.asked("/message").iter().map(|asked| asked.param("Digits").to_owned()).collect();
    assert_eq!(digits, ["", "hangup"]);
    let recordings: Vec<String> =
        house.asked("/news/recording").iter().map(|asked| asked.param("RecordingStatus").to_owned()).collect();
    assert_eq!(recordings, ["completed", "completed", "absent"]);
    assert_eq!(house.asked("/news/transcript").len(), 2);
}

#[tokio::test]
async fn a_caller_who_gives_up_stops_the_ringing() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.always("tom", Behaviour::voicemail());
    let early = shop.caller(CALLER).patient(Patience::UntilSecond(3)).rings().await;
    early.ends().await;
    let whisper = shop.caller(CALLER).patient(Patience::UntilWhisper(2)).rings().await;
    whisper.ends().await;
    let promise = shop.caller(CALLER).patient(Patience::UntilPromise(1)).rings().await;
    promise.ends().await;
    promise.was_promised("priya");
    shop.goes_quiet().await;
    let done: Vec<_> = house.asked("/tom/done");
    let told = |at: usize| (done[at].param("DialCallStatus").to_owned(), done[at].param("CallStatus").to_owned());
    assert_eq!(told(0), ("canceled".to_owned(), "completed".to_owned()));
    assert_eq!(told(1), ("completed".to_owned(), "completed".to_owned()));
    assert_eq!(told(2).1, "ringing");
    let ends: Vec<_> =
        house.asked("/hooks/twilio/status").iter().map(|asked| asked.param("CallStatus").to_owned()).collect();
    assert_eq!(ends, ["no-answer", "no-answer", "completed"]);
}

#[tokio::test]
async fn two_calls_share_one_time_and_a_phone_can_only_talk_once() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().tolerates("already on a call");
    shop.next("tom", Behaviour::presses("1").talks(600));
    let first = shop.caller(CALLER).rings().await;
    shop.passes(SignedDuration::from_secs(6)).await;
    let second = shop.caller("+447700900202").rings().await;
    shop.passes(SignedDuration::from_secs(2)).await;
    assert_eq!(second.ringing(), ["priya"], "tom is talking, so his phone is busy");
    assert_eq!(shop.network().faults().len(), 1);
    second.phone("priya").presses("1").await;
    first.reached("tom");
    second.reached("priya");
    shop.goes_quiet().await;
}

#[tokio::test]
async fn a_trusted_phone_takes_the_call_by_answering() {
    let house = House::open(|asked| match asked.path.as_str() {
        "/done" => "<Hangup/>".to_owned(),
        _ => format!(
            "<Dial answerOnBridge=\"true\" callerId=\"{LINE}\" action=\"/done\">\
             <Sip>sip:desk@pbx.example.com;transport=tls</Sip></Dial>"
        ),
    })
    .await;
    let call = house.shop().caller(CALLER).rings().await;
    call.phone("desk").answers().await;
    call.reached("desk");
    call.ends().await;
    assert_eq!(house.asked("/done")[0].param("DialBridged"), "true");
}

#[tokio::test]
async fn a_refused_caller_hears_nothing() {
    let house = House::open(|_| "<Reject reason=\"busy\"/>".to_owned()).await;
    let call = house
        .shop()
        .caller(CALLER)
        .to(LINE)
        .with("StirVerstat", "TN-Validation-Failed")
        .expects(crate::phones::caller::FirstAnswer::Refuses)
        .rings()
        .await;
    call.was_refused();
    assert_eq!(call.end(), Some(End::Refused));
    call.was_promised_nothing();
    assert_eq!(call.seconds_until_billed(), None);
    assert_eq!(house.asked("/hooks/twilio/status")[0].param("CallStatus"), "busy");
    assert_eq!(house.asked("/hooks/twilio/voice")[0].param("StirVerstat"), "TN-Validation-Failed");
}

#[tokio::test]
async fn a_greeting_comes_before_the_ring_and_costs_the_caller_from_then_on() {
    let house = House::open(|asked| match asked.path.as_str() {
        "/welcome/in" => format!("<Redirect>{PUBLIC}/tom</Redirect>"),
        "/tom" => ring("tom", "+447700900103"),
        "/hooks/twilio/voice" => {
            format!("<Play>/bell.mp3</Play><Pause length=\"2\"/>{}", ring("tom", "+447700900103"))
        }
        "/tom/done" => "<Redirect>/welcome/again</Redirect>".to_owned(),
        "/welcome/again" => "<Redirect>in</Redirect>".to_owned(),
        _ => good(asked),
    })
    .await;
    let shop = house.shop();
    let call = shop.caller(CALLER).rings().await;
    assert_eq!(call.seconds_until_billed(), Some(0));
    assert!(call.ringing().is_empty());
    shop.passes(SignedDuration::from_secs(5)).await;
    call.phone("tom").is_busy().await;
    call.phone("tom").presses("1").await;
    call.reached("tom");
}
