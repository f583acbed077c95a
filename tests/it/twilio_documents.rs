//! What Twilio is told to do, in full, and that a second reader of XML understands it.

use switchboard::domain::instruction::{Instruction, Ring, Speech, Stage, TakeMessage, Whisper};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::Reach;
use switchboard::provider::{LastResort, Provider, Rendered};

use crate::signature::twilio;

fn url(stage: Stage) -> String {
    match stage {
        Stage::Whisper { step } => format!("/t/w{step}"),
        Stage::Key { step, attempt } => format!("/t/k{step}-{attempt}"),
        Stage::RingDone { step } => format!("/t/d{step}"),
        Stage::Leg { step } => format!("/t/l{step}"),
        Stage::Message => "/t/m".to_owned(),
        Stage::Recording => "/t/r".to_owned(),
        Stage::Transcript => "/t/t".to_owned(),
    }
}

/// One verb a line, for reading.
fn shown(rendered: &Rendered) -> String {
    assert_eq!(rendered.content_type, "text/xml; charset=utf-8");
    roxmltree::Document::parse(&rendered.body).unwrap();
    rendered.body.replace("><", ">\n<")
}

fn document(instruction: &Instruction) -> String {
    shown(&twilio().render(instruction, &url))
}

fn speech(text: &str, language: &str) -> Speech {
    Speech { text: text.to_owned(), language: language.to_owned() }
}

fn priya() -> Phone {
    Phone::from_e164("+447700900102").unwrap()
}

fn line() -> Phone {
    Phone::from_e164("+442079460000").unwrap()
}

fn ring() -> Ring {
    Ring { greeting: None, step: 0, to: Reach::Phone(priya()), seconds: 18, caller_id: line(), talk_seconds_max: 7_200 }
}

fn whisper(text: &str, wait_seconds: u8) -> Whisper {
    Whisper { say: speech(text, "en-GB"), step: 1, attempt: 2, wait_seconds }
}

fn message(language: &str, seconds_max: u16, transcribe: bool) -> Instruction {
    let say = speech("Priya will ring you by eleven tomorrow.", language);
    Instruction::TakeMessage(TakeMessage { say, seconds_max, transcribe })
}

#[test]
fn the_first_answer_rings_a_human_while_the_caller_hears_ringing() {
    insta::assert_snapshot!(document(&Instruction::Ring(ring())), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Dial answerOnBridge="true" timeout="13" timeLimit="7200" action="/t/d0" callerId="+442079460000">
    <Number url="/t/w0" statusCallback="/t/l0" statusCallbackEvent="initiated ringing answered completed">+447700900102</Number>
    </Dial>
    </Response>
    "#);
}

#[test]
fn a_greeting_comes_first_and_a_sip_phone_is_rung_by_its_address() {
    let ring = Ring {
        greeting: Some(speech("Hartley Heating & Söhne.", "en")),
        step: 3,
        to: Reach::Sip("sip:desk@pbx.example.com;transport=tls".to_owned()),
        ..ring()
    };
    insta::assert_snapshot!(document(&Instruction::Ring(ring)), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Amy" language="en-GB">Hartley Heating &amp; Söhne.</Say>
    <Dial answerOnBridge="true" timeout="13" timeLimit="7200" action="/t/d3" callerId="+442079460000">
    <Sip url="/t/w3" statusCallback="/t/l3" statusCallbackEvent="initiated ringing answered completed">sip:desk@pbx.example.com;transport=tls</Sip>
    </Dial>
    </Response>
    "#);
}

#[test]
fn a_phone_rings_as_long_as_was_planned_and_no_longer() {
    let timeout = |seconds| {
        let body = document(&Instruction::Ring(Ring { seconds, talk_seconds_max: 1_000_000, ..ring() }));
        let xml = roxmltree::Document::parse(&body).unwrap();
        let dial = xml.descendants().find(|node| node.has_tag_name("Dial")).unwrap();
        assert_eq!(dial.attribute("timeLimit"), Some("14400"));
        dial.attribute("timeout").unwrap().to_owned()
    };
    // Twilio adds some five seconds and takes no less than five.
    assert_eq!([0, 8, 10, 11, 60].map(timeout), ["5", "5", "5", "6", "55"]);
    assert_eq!(timeout(u16::MAX), "600");
}

#[test]
fn the_whisper_starts_at_once_is_said_twice_and_ends_in_a_hang_up() {
    insta::assert_snapshot!(document(&Instruction::Whisper(whisper("Mrs Okafor for you. Press 1.", 8))), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Gather numDigits="1" timeout="8" finishOnKey="" action="/t/k1-2">
    <Say voice="Polly.Amy" language="en-GB">Mrs Okafor for you. Press 1.</Say>
    <Pause length="8"/>
    <Say voice="Polly.Amy" language="en-GB">Mrs Okafor for you. Press 1.</Say>
    </Gather>
    <Hangup/>
    </Response>
    "#);
}

#[test]
fn only_the_accept_document_runs_out_and_so_bridges() {
    insta::assert_snapshot!(document(&Instruction::Connect { say: None }), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response/>
    "#);
    let say = Some(speech("Go ahead.", "en-US"));
    insta::assert_snapshot!(document(&Instruction::Connect { say }), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Joanna" language="en-US">Go ahead.</Say>
    </Response>
    "#);
    insta::assert_snapshot!(document(&Instruction::HangUpLeg { say: None }), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Hangup/>
    </Response>
    "#);
}

#[test]
fn a_promise_is_spoken_and_a_message_may_be_left() {
    insta::assert_snapshot!(document(&message("en-GB", 120, true)), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Amy" language="en-GB">Priya will ring you by eleven tomorrow.</Say>
    <Record action="/t/m" maxLength="120" timeout="8" playBeep="true" finishOnKey="#" recordingStatusCallback="/t/r" recordingStatusCallbackEvent="completed absent" transcribe="true" transcribeCallback="/t/t"/>
    <Hangup/>
    </Response>
    "##);
}

#[test]
fn a_message_is_written_down_only_where_twilio_can() {
    for (language, seconds, wanted, expected) in [
        ("en-GB", 120, true, true),
        ("EN", 2, true, true),
        ("en-GB", 121, true, false),
        ("en-GB", 1, true, false),
        ("cy", 60, true, false),
        ("", 60, true, false),
        ("en-GB", 60, false, false),
    ] {
        let body = document(&message(language, seconds, wanted));
        assert_eq!(body.contains("transcribe"), expected, "{language} {seconds}");
    }
}

#[test]
fn a_last_sentence_a_refusal_and_an_acknowledgement() {
    let goodbye = Instruction::Goodbye { say: Some(speech("Hwyl fawr.", "cy")) };
    insta::assert_snapshot!(document(&goodbye), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Say voice="Polly.Gwyneth" language="cy-GB">Hwyl fawr.</Say>
    <Hangup/>
    </Response>
    "#);
    insta::assert_snapshot!(document(&Instruction::Reject), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Reject reason="busy"/>
    </Response>
    "#);
    insta::assert_snapshot!(document(&Instruction::Acknowledge), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response/>
    "#);
}

#[test]
fn without_us_the_owner_still_rings() {
    let ring = LastResort {
        to: Reach::Phone(priya()),
        caller_id: None,
        seconds: 30,
        sorry: speech("Sorry, please ring again.", "ja-JP"),
    };
    insta::assert_snapshot!(shown(&twilio().render_last_resort(&ring)), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <Response>
    <Dial answerOnBridge="true" timeout="25">
    <Number>+447700900102</Number>
    </Dial>
    <Say language="ja-JP">Sorry, please ring again.</Say>
    </Response>
    "#);
}

#[test]
fn words_too_long_to_be_spoken_are_cut_rather_than_refused() {
    let body = document(&Instruction::Goodbye { say: Some(speech(&"ø".repeat(10_000), "en")) });
    assert_eq!(body.matches('ø').count(), 4_000);
}

proptest::proptest! {
    #[test]
    fn no_whisper_can_run_out_without_a_hang_up(text: String, language: String, wait_seconds: u8, step: u8) {
        let say = Speech { text, language };
        let body = document(&Instruction::Whisper(Whisper { say, step, attempt: 0, wait_seconds }));
        let xml = roxmltree::Document::parse(&body).unwrap();
        let verbs: Vec<_> = xml.root_element().children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(verbs.iter().map(|verb| verb.tag_name().name()).collect::<Vec<_>>(), ["Gather", "Hangup"]);
        let waits = |name| verbs[0].descendants().filter_map(move |node| node.attribute(name)?.parse::<u32>().ok());
        let silence: u32 = waits("length").chain(waits("timeout")).sum();
        assert!(silence >= 12, "{silence} seconds for a key");
    }

    #[test]
    fn whatever_is_said_reads_back_as_it_was_but_for_what_xml_forbids(text: String, sip: String, language: String) {
        let ring = Ring {
            greeting: Some(Speech { text: text.clone(), language: language.clone() }),
            to: Reach::Sip(sip),
            ..ring()
        };
        let body = document(&Instruction::Ring(ring));
        let xml = roxmltree::Document::parse(&body).unwrap();
        let said = xml.descendants().find(|node| node.has_tag_name("Say")).unwrap().text().unwrap_or_default();
        let legal = |letter: &char| !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}');
        // roxmltree turns line ends into one kind; control characters are either forbidden or line ends.
        let (said, text): (String, String) = (said.chars().filter(legal).collect(), text.chars().filter(legal).collect());
        assert_eq!(said.replace(">\n<", "><"), text);
    }
}
