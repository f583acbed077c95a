//! What Twilio's webhooks mean, from signed bytes to events.

use switchboard::domain::caller::{Attestation, Party};
use switchboard::domain::event::{Event, LegStatus, RingResult, Text, What};
use switchboard::domain::instruction::Stage;
use switchboard::domain::phone::Phone;
use switchboard::provider::form::Form;
use switchboard::provider::twilio::webhook;
use switchboard::provider::{Hook, Malformed, Provider};

use crate::signature::{genuine, twilio};

fn event(hook: Hook, parameters: &[(&str, &str)]) -> Result<Event, Malformed> {
    let twilio = twilio();
    let request = genuine("/hooks/twilio/x", parameters);
    let genuine = twilio.verify(&request).unwrap();
    twilio.parse(&genuine, hook)
}

fn means(hook: Hook, parameters: &[(&str, &str)]) -> What {
    let event = event(hook, parameters).unwrap();
    assert_eq!(event.provider_id.0, "CA1", "the caller's side of the call");
    event.what
}

fn of_call(stage: Stage, parameters: &[(&str, &str)]) -> What {
    means(Hook::Stage(stage), &[&[("CallSid", "CA1")], parameters].concat())
}

fn of_leg(stage: Stage, parameters: &[(&str, &str)]) -> What {
    means(Hook::Stage(stage), &[&[("CallSid", "CA2"), ("ParentCallSid", "CA1")], parameters].concat())
}

fn rings(parameters: &[(&str, &str)]) -> switchboard::domain::event::Incoming {
    let call = [("CallSid", "CA1"), ("CallStatus", "ringing"), ("Direction", "inbound"), ("To", "+442079460000")];
    match means(Hook::Voice, &[&call, parameters].concat()) {
        What::Incoming(incoming) => incoming,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_customer_rings() {
    let incoming = rings(&[
        ("AccountSid", "AC00000000000000000000000000000000"),
        ("ApiVersion", "2010-04-01"),
        ("Called", "+442079460000"),
        ("Caller", "+447700900123"),
        ("CallerName", "Zoë O'Brien & Søn"),
        ("CallToken", "{\"parentCallInfoToken\":\"ey\"}"),
        ("ForwardedFrom", "+442079460009"),
        ("From", "+447700900123"),
        ("FromCity", ""),
        ("FromCountry", "GB"),
        ("StirVerstat", "TN-Validation-Passed-A"),
        ("SomethingNew", "of tomorrow"),
    ]);
    assert_eq!(incoming.from.phone(), Phone::from_e164("+447700900123"));
    assert_eq!(incoming.to, Phone::from_e164("+442079460000"));
    assert_eq!(incoming.forwarded_from, Phone::from_e164("+442079460009"));
    assert_eq!(incoming.attestation, Attestation::Full);
}

#[test]
fn a_withheld_number_is_nobodys_however_it_is_spelled() {
    let long = "9".repeat(10_000);
    for from in ["anonymous", "+266696687", "7378742833", "Restricted", "", "+", "\u{0}", "+44770\u{0}0900123", &long] {
        assert_eq!(rings(&[("From", from)]).from, Party::Withheld, "{from:?}");
    }
    assert_eq!(rings(&[]).from, Party::Withheld);
}

#[test]
fn a_number_spelled_with_letters_is_no_callers() {
    assert_eq!(rings(&[("From", "+1800FLOWERS")]).from, Party::Withheld);
}

#[test]
fn only_the_networks_plain_a_lets_a_name_be_spoken() {
    for (verstat, expected) in [
        ("TN-Validation-Passed-A", Attestation::Full),
        ("TN-Validation-Passed-A-Diverted", Attestation::Partial),
        ("TN-Validation-Passed-A-Passthrough", Attestation::Partial),
        ("TN-Validation-Passed-B", Attestation::Partial),
        ("TN-Validation-Passed-C", Attestation::Partial),
        ("TN-Validation-Passed-A ", Attestation::None),
        ("tn-validation-passed-a", Attestation::None),
        ("TN-Validation-Passed-AA", Attestation::None),
        ("TN-Validation-Passed", Attestation::None),
        ("TN-Validation-Failed", Attestation::Failed),
        ("TN-Validation-Failed-A", Attestation::Failed),
        ("No-TN-Validation", Attestation::None),
        ("NULL", Attestation::None),
        ("", Attestation::None),
    ] {
        assert_eq!(rings(&[("StirVerstat", verstat)]).attestation, expected, "{verstat:?}");
    }
}

#[test]
fn a_call_to_a_sip_address_has_no_line_number() {
    let what =
        means(Hook::Voice, &[("CallSid", "CA1"), ("From", "sip:a@b.example"), ("To", "sip:shop@x.sip.twilio.com")]);
    let What::Incoming(incoming) = what else { panic!() };
    assert_eq!(incoming.from, Party::Sip("sip:a@b.example".to_owned()));
    assert_eq!(incoming.to, None);
}

#[test]
fn the_numbers_status_tells_the_end_of_the_call_and_of_nothing_else() {
    let status = |parameters: &[(&str, &str)]| means(Hook::Status, &[&[("CallSid", "CA1")], parameters].concat());
    assert_eq!(
        status(&[("CallStatus", "completed"), ("CallDuration", "42"), ("CallbackSource", "call-progress-events")]),
        What::CallEnded { seconds: Some(42) }
    );
    for word in ["busy", "failed", "no-answer", "canceled"] {
        assert_eq!(status(&[("CallStatus", word)]), What::CallEnded { seconds: None }, "{word}");
    }
    for word in ["queued", "initiated", "ringing", "in-progress", "something-new"] {
        assert_eq!(status(&[("CallStatus", word)]), What::CallProgress, "{word}");
    }
    assert_eq!(status(&[("CallStatus", "completed"), ("ParentCallSid", "CA0")]), What::CallProgress);
}

#[test]
fn the_end_of_a_call_sent_to_the_voice_address_is_no_new_call() {
    let what = means(Hook::Voice, &[("CallSid", "CA1"), ("CallStatus", "completed"), ("From", "+447700900123")]);
    assert_eq!(what, What::CallEnded { seconds: None });
}

#[test]
fn a_leg_speaks_for_the_callers_call() {
    assert_eq!(of_leg(Stage::Whisper { step: 2 }, &[("CallStatus", "in-progress")]), What::LegAnswered { step: 2 });
    let orphan = event(Hook::Stage(Stage::Whisper { step: 2 }), &[("CallSid", "CA2")]);
    assert_eq!(orphan, Err(Malformed { field: "ParentCallSid", problem: "missing" }));
}

#[test]
fn one_key_is_a_key_and_anything_else_is_silence() {
    let key = |digits: &str| match of_leg(Stage::Key { step: 1, attempt: 3 }, &[("Digits", digits)]) {
        What::KeyPressed { step: 1, attempt: 3, key } => key,
        other => panic!("{other:?}"),
    };
    for digit in ['1', '2', '3', '0', '9', '*', '#'] {
        assert_eq!(key(&digit.to_string()), Some(digit));
    }
    for nothing in ["", "hangup", "11", "a", "１", " 1"] {
        assert_eq!(key(nothing), None, "{nothing:?}");
    }
    let none = of_leg(Stage::Key { step: 1, attempt: 3 }, &[]);
    assert_eq!(none, What::KeyPressed { step: 1, attempt: 3, key: None });
}

#[test]
fn a_key_that_comes_after_the_leg_is_gone_takes_no_call() {
    let late = of_leg(Stage::Key { step: 0, attempt: 0 }, &[("Digits", "1"), ("CallStatus", "completed")]);
    assert_eq!(late, What::KeyPressed { step: 0, attempt: 0, key: None });
}

#[test]
fn a_voicemail_that_answered_is_told_from_a_conversation() {
    let ring = |parameters: &[(&str, &str)]| match of_call(Stage::RingDone { step: 0 }, parameters) {
        What::RingDone { step: 0, ring } => ring,
        other => panic!("{other:?}"),
    };
    let voicemail = ring(&[
        ("DialCallStatus", "completed"),
        ("DialBridged", "false"),
        ("DialCallDuration", "9"),
        ("CallStatus", "in-progress"),
    ]);
    assert_eq!((voicemail.result, voicemail.bridged), (RingResult::Answered, Some(false)));
    assert_eq!((voicemail.seconds, voicemail.caller_gone), (Some(9), false));

    let talked = ring(&[("DialCallStatus", "completed"), ("DialBridged", "true"), ("CallStatus", "completed")]);
    assert_eq!((talked.bridged, talked.caller_gone), (Some(true), true));

    for (word, expected) in [
        ("no-answer", RingResult::NoAnswer),
        ("busy", RingResult::Busy),
        ("failed", RingResult::Failed),
        ("canceled", RingResult::Canceled),
        ("answered", RingResult::Answered),
        ("something-new", RingResult::Failed),
    ] {
        let ring = ring(&[("DialCallStatus", word)]);
        assert_eq!((ring.result, ring.bridged, ring.seconds), (expected, None, None), "{word}");
    }
    assert_eq!(ring(&[]).result, RingResult::Failed);
}

#[test]
fn news_of_a_leg_carries_its_place_in_the_order() {
    for (word, expected) in [
        ("initiated", LegStatus::Initiated),
        ("ringing", LegStatus::Ringing),
        ("in-progress", LegStatus::Answered),
        ("completed", LegStatus::Ended(RingResult::Answered)),
        ("no-answer", LegStatus::Ended(RingResult::NoAnswer)),
        ("busy", LegStatus::Ended(RingResult::Busy)),
    ] {
        let what = of_leg(Stage::Leg { step: 4 }, &[("CallStatus", word), ("SequenceNumber", "3")]);
        assert_eq!(what, What::LegStatus { step: 4, sequence: 3, status: expected }, "{word}");
    }
    assert_eq!(of_leg(Stage::Leg { step: 4 }, &[("CallStatus", "something-new")]), What::CallProgress);
    let unnumbered = of_leg(Stage::Leg { step: 4 }, &[("CallStatus", "ringing"), ("SequenceNumber", "-1")]);
    assert_eq!(unnumbered, What::LegStatus { step: 4, sequence: 0, status: LegStatus::Ringing });
}

#[test]
fn a_message_can_be_fetched_once_it_is_there() {
    let url = "https://api.twilio.com/2010-04-01/Accounts/AC0/Recordings/RE1";
    let sound = format!("{url}.mp3");
    assert_eq!(
        of_call(Stage::Message, &[("RecordingUrl", url), ("RecordingDuration", "12"), ("Digits", "hangup")]),
        What::MessageDone { seconds: Some(12), recording: Some(sound.clone()) }
    );
    assert_eq!(of_call(Stage::Message, &[]), What::MessageDone { seconds: None, recording: None });

    let recording = |status: &str, url: &str| {
        of_call(Stage::Recording, &[("RecordingStatus", status), ("RecordingUrl", url), ("RecordingDuration", "12")])
    };
    assert_eq!(recording("completed", url), What::RecordingReady { recording: sound, seconds: Some(12) });
    assert_eq!(recording("in-progress", url), What::CallProgress);
    for absent in [recording("absent", ""), recording("failed", ""), recording("completed", "file:///etc/passwd")] {
        assert_eq!(absent, What::RecordingAbsent);
    }
}

#[test]
fn a_transcript_is_kept_within_bounds() {
    let transcript = |status: &str, text: &str| {
        of_call(Stage::Transcript, &[("TranscriptionStatus", status), ("TranscriptionText", text)])
    };
    assert_eq!(transcript("completed", "the boi\u{0}ler"), What::Transcript { text: "the boiler".to_owned() });
    assert_eq!(transcript("failed", ""), What::CallProgress);
    let What::Transcript { text } = transcript("completed", &"ø".repeat(20_000)) else { panic!() };
    assert_eq!(text, "ø".repeat(8_000));
}

#[test]
fn a_text_arrives_with_its_sender() {
    let twilio = twilio();
    let read = |parameters: &[(&str, &str)]| {
        let request = genuine("/hooks/twilio/text", parameters);
        let verified = twilio.verify(&request).unwrap();
        twilio.parse_text(&verified)
    };
    let to = ("To", "+442079460000");
    let text = read(&[("MessageSid", "SM1"), ("From", "+447700900101"), to, ("Body", "AWAY 2H"), ("NumMedia", "0")]);
    assert_eq!(
        text,
        Ok(Text {
            provider_id: "SM1".to_owned(),
            from: Party::from_network("+447700900101"),
            to: Phone::from_e164("+442079460000"),
            body: "AWAY 2H".to_owned(),
        })
    );
    assert_eq!(read(&[("SmsSid", "SM2"), to]).map(|text| text.provider_id), Ok("SM2".to_owned()));
    assert_eq!(read(&[to]).unwrap_err().field, "SmsSid");
}

#[test]
fn an_id_that_is_none_is_an_error_that_does_not_repeat_it() {
    let long = "C".repeat(65);
    for (id, problem) in [("", "missing"), (long.as_str(), "too long"), ("CA\n1", "not an id"), ("CA ü", "not an id")]
    {
        let error = event(Hook::Voice, &[("CallSid", id)]).unwrap_err();
        assert_eq!(error, Malformed { field: "CallSid", problem });
    }
    assert_eq!(event(Hook::Voice, &[]).unwrap_err().to_string(), "the field CallSid is missing");
}

proptest::proptest! {
    #[test]
    fn no_bytes_at_all_bring_the_reader_down(body: Vec<u8>, tail in "[A-Za-z=&%+0-9]{0,200}") {
        let body = [b"CallSid=CA1&ParentCallSid=CA1&Digits=".as_slice(), &body, tail.as_bytes()].concat();
        let Ok(form) = Form::decode(&body) else { return Ok(()) };
        for hook in [Hook::Voice, Hook::Status]
            .into_iter()
            .chain(
                [
                    Stage::Whisper { step: 0 },
                    Stage::Key { step: 0, attempt: 0 },
                    Stage::RingDone { step: 0 },
                    Stage::Leg { step: 0 },
                    Stage::Message,
                    Stage::Recording,
                    Stage::Transcript,
                ]
                .map(Hook::Stage),
            )
        {
            let _ = webhook::event(&form, hook);
        }
        let _ = webhook::text(&form);
    }
}
