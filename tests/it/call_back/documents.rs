//! A call back in Twilio's words, and in the rehearsal's.

use switchboard::domain::call_back::{Connect, Instruction, News, Stage, Whisper};
use switchboard::domain::event::{LegStatus, RingDone, RingResult};
use switchboard::domain::instruction::Speech;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::Reach;
use switchboard::provider::Malformed;
use switchboard::provider::Provider;
use switchboard::provider::rehearsal;

use crate::signature::{genuine, twilio};

/// One verb a line, for reading.
fn document(instruction: &Instruction) -> String {
    let url = |stage| match stage {
        Stage::PickedUp => "/b/p".to_owned(),
        Stage::Key { attempt } => format!("/b/k{attempt}"),
        Stage::Done => "/b/d".to_owned(),
        Stage::Customer => "/b/c".to_owned(),
        Stage::Staff => "/b/s".to_owned(),
    };
    let rendered = twilio().render_call_back(instruction, &url);
    assert_eq!(rendered.content_type, "text/xml; charset=utf-8");
    roxmltree::Document::parse(&rendered.body).unwrap();
    rendered.body.replace("><", ">\n<")
}

fn speech(text: &str) -> Speech {
    Speech { text: text.to_owned(), language: "en-GB".to_owned() }
}

#[test]
fn the_whisper_ends_in_a_hang_up() {
    let say = speech("Hartley Heating. Ring Mrs Okafor back: Boiler. Press 1.");
    insta::assert_snapshot!(document(&Instruction::Whisper(Whisper { say, attempt: 2, wait_seconds: 6 })), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Gather numDigits="1" timeout="6" finishOnKey="" action="/b/k2">
    <Say voice="Polly.Amy" language="en-GB">Hartley Heating. Ring Mrs Okafor back: Boiler. Press 1.</Say>
    <Pause length="6"/>
    <Say voice="Polly.Amy" language="en-GB">Hartley Heating. Ring Mrs Okafor back: Boiler. Press 1.</Say>
    </Gather>
    <Hangup/>
    </Response>
    "#);
}

#[test]
fn the_customer_is_rung_with_the_business_number_and_hears_no_whisper() {
    let connect = Connect {
        say: Some(speech("Hartley Heating. Ring Mrs Okafor back: Boiler.")),
        to: Reach::Phone(Phone::from_e164("+447700900201").unwrap()),
        caller_id: Phone::from_e164("+442079460000").unwrap(),
        seconds: 30,
        talk_seconds_max: 7_200,
    };
    insta::assert_snapshot!(document(&Instruction::Connect(connect)), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Amy" language="en-GB">Hartley Heating. Ring Mrs Okafor back: Boiler.</Say>
    <Dial answerOnBridge="true" timeout="25" timeLimit="7200" action="/b/d" callerId="+442079460000">
    <Number statusCallback="/b/c" statusCallbackEvent="initiated ringing answered completed">+447700900201</Number>
    </Dial>
    </Response>
    "#);
}

#[test]
fn what_is_over_hangs_up() {
    insta::assert_snapshot!(document(&Instruction::HangUp { say: Some(speech("Goodbye.")) }), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Amy" language="en-GB">Goodbye.</Say>
    <Hangup/>
    </Response>
    "#);
    insta::assert_snapshot!(document(&Instruction::Acknowledge), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response/>
    "#);
}

fn means(stage: Stage, parameters: &[(&str, &str)]) -> Result<News, Malformed> {
    let twilio = twilio();
    let request = genuine("/b/x", parameters);
    let genuine = twilio.verify(&request).unwrap();
    twilio.parse_call_back(&genuine, stage)
}

#[test]
fn news_of_both_phones_is_understood() {
    let read = |stage, more: &[(&str, &str)]| means(stage, &[&[("CallSid", "CA1")], more].concat()).unwrap();
    assert_eq!(read(Stage::PickedUp, &[("CallStatus", "in-progress")]), News::PickedUp);
    let key = |more: &[(&str, &str)]| read(Stage::Key { attempt: 3 }, more);
    assert_eq!(key(&[("Digits", "1")]), News::Key { attempt: 3, key: Some('1') });
    assert_eq!(key(&[("Digits", "hangup")]), News::Key { attempt: 3, key: None });
    assert_eq!(key(&[("Digits", "1"), ("CallStatus", "completed")]), News::Key { attempt: 3, key: None });
    let done = [("DialCallStatus", "completed"), ("DialBridged", "true"), ("DialCallDuration", "45")];
    let ring = RingDone { result: RingResult::Answered, bridged: Some(true), seconds: Some(45), caller_gone: false };
    assert_eq!(read(Stage::Done, &done), News::Done(ring));
    let customer = read(Stage::Customer, &[("CallStatus", "completed"), ("CallDuration", "45")]);
    assert_eq!(customer, News::Customer { status: LegStatus::Ended(RingResult::Answered), seconds: Some(45) });
    let customer = read(Stage::Customer, &[("CallStatus", "in-progress")]);
    assert_eq!(customer, News::Customer { status: LegStatus::Answered, seconds: None });
    let person = |word| read(Stage::Staff, &[("CallStatus", word)]);
    assert_eq!(person("no-answer"), News::Staff(LegStatus::Ended(RingResult::NoAnswer)));
    assert_eq!(person("failed"), News::Staff(LegStatus::Ended(RingResult::Failed)));
    assert_eq!(person("something-new"), News::Staff(LegStatus::Initiated), "a word that changes nothing");
    assert_eq!(means(Stage::PickedUp, &[("From", "x")]).unwrap_err().field, "CallSid");
}

#[test]
fn a_rehearsal_can_play_a_call_back() {
    let read = |stage, news: &rehearsal::News| {
        let webhook = rehearsal::Webhook { call: "R1".to_owned(), news: news.clone() };
        rehearsal::call_back_news(serde_json::to_string(&webhook).unwrap().as_bytes(), stage)
    };
    let ended = rehearsal::News::Leg { sequence: 3, status: LegStatus::Ended(RingResult::Answered) };
    assert_eq!(read(Stage::PickedUp, &rehearsal::News::PickedUp), Ok(News::PickedUp));
    assert_eq!(read(Stage::Staff, &ended), Ok(News::Staff(LegStatus::Ended(RingResult::Answered))));
    assert!(read(Stage::Done, &ended).is_err() && read(Stage::PickedUp, &rehearsal::News::Key(None)).is_err());

    let provider = rehearsal::Rehearsal::new("secret", rehearsal::Outbox::default());
    let whisper = Instruction::Whisper(Whisper { say: speech("Press 1."), attempt: 1, wait_seconds: 6 });
    let rendered = provider.render_call_back(&whisper, &|stage| format!("/b/{stage:?}"));
    let Ok(rehearsal::Document::CallBack { instruction, urls }) = serde_json::from_str(&rendered.body) else {
        panic!("{}", rendered.body)
    };
    assert_eq!(instruction, whisper);
    assert_eq!(urls, [(Stage::Key { attempt: 1 }, "/b/Key { attempt: 1 }".to_owned())]);
}
