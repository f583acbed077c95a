//! What bad input gets, line by line: refused with the right status, or, on a genuine call that cannot be placed, a
//! document that rings the owner. Never a 5xx, never a panic.

use reqwest::Method;

use crate::by_hand::{
    FORM, Hand, LINE, Page, Params, STATUS, TEXT, VOICE, contents, incoming, of_call, of_leg, params, send,
};
use crate::phones::opening::{PUBLIC_URL, ROTA, TOKEN};
use crate::phones::shop::Shop;
use crate::phones::signature;
use crate::promises::{OFFICE, OPEN, STRANGER};

const OWNER: &str = "+447700900101";
const HOOKS: [&str; 3] = [VOICE, STATUS, TEXT];

async fn open() -> (Shop, Hand) {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    (shop, hand)
}

#[tokio::test]
async fn an_unsigned_webhook_gets_403_and_leaves_no_trace_whatever_it_carries() {
    let (shop, hand) = open().await;
    let before = contents(&shop);
    for hook in HOOKS {
        for body in ["", "CallSid=CA1&From=%2B447700900999", "%00%ff=&&&===", "{\"a\":1}", "\u{0}"] {
            for content_type in [Some(FORM), None] {
                let mut request = hand.request(0, Method::POST, hook).body(body.to_owned());
                if let Some(content_type) = content_type {
                    request = request.header("content-type", content_type);
                }
                assert_eq!(send(request).await.status, 403, "{hook} {body:?} {content_type:?}");
            }
        }
    }
    assert_eq!(contents(&shop), before);
}

#[tokio::test]
async fn any_method_but_post_is_refused_and_told_which_one_to_use() {
    let (_shop, hand) = open().await;
    let step = hand.rings("CA1", STRANGER).await.done();
    for hook in HOOKS.into_iter().chain([step.as_str()]) {
        for method in [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let response = hand.request(0, method.clone(), hook).send().await.unwrap();
            assert_eq!(response.status().as_u16(), 405, "{method} {hook}");
            let allowed = response.headers().get("allow").and_then(|value| value.to_str().ok());
            assert_eq!(allowed, Some("POST"), "{method} {hook}");
        }
    }
}

#[tokio::test]
async fn what_is_not_ours_is_not_found() {
    let (_shop, hand) = open().await;
    let nowhere = [
        "/hooks",
        "/hooks/",
        "/hooks/twilio",
        "/hooks/twilio/",
        "/hooks/twilio/voice/",
        "/hooks/twilio/voicemail",
        "/hooks/Twilio/voice",
        "/hooks//voice",
        "/hooks/twilio/../twilio/voice/x",
        "/hooks/twilio%2Fvoice",
        "/c",
        "/c/",
        "/c/AAAA",
        "/c/%00",
        "/metrics",
        "/.env",
        "//hooks/twilio/voice",
    ];
    for path in nowhere {
        for page in [hand.gets(path).await, hand.tells(path, &incoming("CA1", STRANGER, LINE)).await] {
            assert_eq!(page.status, 404, "{path}: {page:?}");
        }
    }
}

#[tokio::test]
async fn a_provider_that_is_not_configured_has_no_hooks() {
    let (_shop, hand) = open().await;
    for provider in ["telnyx", "signalwire", "jambonz", "rehearsal", "plivo", "nobody"] {
        for hook in ["voice", "status", "text"] {
            let page = hand.tells(&format!("/hooks/{provider}/{hook}"), &incoming("CA1", STRANGER, LINE)).await;
            assert_eq!(page.status, 404, "{provider} {hook}");
        }
    }
}

#[tokio::test]
async fn another_content_type_than_the_providers_is_refused() {
    let (shop, hand) = open().await;
    let params = incoming("CA1", STRANGER, LINE);
    let body = signature::form(&params);
    for wrong in ["text/plain", "application/json", "multipart/form-data; boundary=x", "text/xml", "nonsense", ""] {
        let page = hand.tells_raw(VOICE, Some(wrong), &params, &body).await;
        assert_eq!(page.status, 415, "{wrong:?}: {page:?}");
    }
    assert!(shop.server().calls().await.is_empty());
    for right in
        [FORM, "application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-UrlEncoded;charset=utf-8"]
    {
        let page = hand.tells_raw(VOICE, Some(right), &params, &body).await;
        assert_eq!(page.status, 200, "{right:?}: {page:?}");
    }
    // Whoever says nothing of it is believed by the signature.
    assert_eq!(hand.tells_raw(VOICE, None, &params, &body).await.status, 200);
}

#[tokio::test]
async fn a_body_of_64_kib_is_read_and_one_byte_more_is_refused() {
    let (shop, hand) = open().await;
    let fitting = |bytes: usize| {
        let mut params = incoming("CA1", STRANGER, LINE);
        params.push(("Filler".to_owned(), String::new()));
        let missing = bytes - signature::form(&params).len();
        params.last_mut().unwrap().1 = "x".repeat(missing);
        params
    };
    assert_eq!(hand.tells(VOICE, &fitting(64 * 1024 + 1)).await.status, 413);
    assert_eq!(hand.tells(VOICE, &fitting(1024 * 1024)).await.status, 413);
    assert!(shop.server().calls().await.is_empty());
    let page = hand.tells(VOICE, &fitting(64 * 1024)).await;
    assert_eq!((page.status, page.rings().is_some()), (200, true));
}

#[tokio::test]
async fn a_genuine_call_that_cannot_be_read_rings_the_owner() {
    let (_shop, hand) = open().await;
    let first = hand.rings("CA1", STRANGER).await;
    let unreadable = [
        params(&[]),
        params(&[("From", STRANGER)]),
        of_call("", "ringing", &[]),
        of_call(&"CA".repeat(2_000), "ringing", &[("From", STRANGER)]),
        of_call("CA\0\0", "ringing", &[("From", STRANGER)]),
        of_call("CA é", "ringing", &[]),
        of_call("CA 1\r\nx: y", "ringing", &[]),
    ];
    for unreadable in unreadable {
        for address in [VOICE.to_owned(), first.done()] {
            let page = hand.tells(&address, &unreadable).await;
            assert_eq!((page.status, page.rings().as_deref()), (200, Some(OWNER)), "{unreadable:?}: {page:?}");
        }
    }
}

#[tokio::test]
async fn genuine_news_that_cannot_be_read_are_a_bad_request_that_says_which_field() {
    let (_shop, hand) = open().await;
    let first = hand.rings("CA1", STRANGER).await;
    for address in [STATUS.to_owned(), TEXT.to_owned(), first.leg()] {
        let page = hand.tells(&address, &params(&[("CallStatus", "completed")])).await;
        assert_eq!(page.status, 400, "{address}: {page:?}");
        assert!(page.body.contains("missing"), "{page:?}");
    }
}

/// Values no provider would send, for fields that are read.
fn odd_values() -> Vec<String> {
    let mut odd: Vec<String> = [
        "",
        " ",
        "\0",
        "a\0b",
        "-1",
        "99999999999999999999",
        "NaN",
        "true",
        "\u{202e}\u{feff}",
        "'; --",
        "{{x}}",
        "<Response/>",
        "]]>",
    ]
    .map(str::to_owned)
    .to_vec();
    odd.push("9".repeat(3_000));
    odd.push("é".repeat(600));
    odd.push("+".repeat(300));
    odd
}

#[tokio::test]
async fn odd_and_over_long_values_never_break_a_call_or_its_record() {
    const FIELDS: [&str; 14] = [
        "From",
        "To",
        "StirVerstat",
        "ForwardedFrom",
        "CallStatus",
        "CallDuration",
        "Digits",
        "DialCallStatus",
        "DialCallDuration",
        "SequenceNumber",
        "RecordingDuration",
        "RecordingUrl",
        "TranscriptionText",
        "Unheard-Of",
    ];
    let (shop, hand) = open().await;
    for (at, odd) in odd_values().iter().enumerate() {
        one_odd_call(&hand, &format!("CA{at}"), &FIELDS, odd).await;
    }
    for (at, field) in FIELDS.into_iter().enumerate() {
        one_odd_call(&hand, &format!("CAone{at}"), &[field], "a\0b\u{202e}").await;
        one_odd_call(&hand, &format!("CAlong{at}"), &[field], &"é".repeat(10_000)).await;
    }
    let records = shop.server().calls().await;
    let transcripts = records.iter().filter_map(|call| call.message.as_ref()?.transcript.as_deref());
    let transcripts: Vec<_> = transcripts.collect();
    assert!(transcripts.contains(&"ab\u{202e}"), "a NUL, which PostgreSQL cannot keep, is left out: {transcripts:?}");
    assert!(transcripts.iter().all(|text| !text.contains(['\0', char::REPLACEMENT_CHARACTER])), "{transcripts:?}");
    assert!(!shop.server().app().operator().desk().is_away());
}

/// Every webhook of a call, with the same odd value in each of these fields.
async fn one_odd_call(hand: &Hand, sid: &str, fields: &[&str], odd: &str) {
    let spoil = |params: Params| fields.iter().fold(params, |params, field| with(params, field, odd));
    let first = hand.tells(VOICE, &spoil(incoming(sid, STRANGER, OFFICE))).await;
    assert_eq!(first.status, 200, "{fields:?}={odd:.40?}: {first:?}");
    let done = [("DialCallStatus", "busy"), ("RecordingStatus", "completed"), ("TranscriptionStatus", "completed")];
    let news = [spoil(of_leg(sid, "in-progress", &[("Digits", "5")])), spoil(of_call(sid, "in-progress", &done))];
    // From ring to ring, to the tone and what follows it.
    let mut known = addresses(&first);
    let mut next = 0;
    while let Some(address) = known.get(next).cloned() {
        next += 1;
        for params in &news {
            let page = hand.tells(&address, params).await;
            assert!(matches!(page.status, 200 | 400), "{fields:?}={odd:.40?}: {page:?}");
            if page.status == 200 {
                page.verbs();
            }
            let new: Vec<_> = addresses(&page).into_iter().filter(|address| !known.contains(address)).collect();
            known.extend(new);
        }
    }
    hand.tells(STATUS, &of_call(sid, "completed", &[])).await;
}

fn with(mut params: Params, field: &str, value: &str) -> Params {
    params.retain(|(key, _)| key != field);
    params.push((field.to_owned(), value.to_owned()));
    params
}

/// Every address of ours in a document.
fn addresses(page: &Page) -> Vec<String> {
    page.body.split('"').filter(|text| text.starts_with(PUBLIC_URL)).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_body_that_is_no_form_is_refused_even_from_somebody_who_knows_the_token() {
    let (shop, hand) = open().await;
    for body in ["CallSid=%FF%FE&From=x", "CallSid=CA1&%C3=%28"] {
        let signature = signature::sign(TOKEN, &format!("{PUBLIC_URL}{VOICE}"), &params(&[]));
        let request = hand.request(0, Method::POST, VOICE).header("content-type", FORM);
        let page = send(request.header("x-twilio-signature", signature).body(body)).await;
        assert!((400..500).contains(&page.status), "{page:?}");
    }
    let flood: Params = (0..5_000).map(|at| (format!("p{at}"), String::new())).collect();
    assert!((400..500).contains(&hand.tells(VOICE, &flood).await.status));
    assert!(shop.server().calls().await.is_empty());
}

#[tokio::test]
async fn news_of_a_call_that_we_do_not_know_are_taken_and_nothing_is_made_of_them() {
    let (shop, hand) = open().await;
    let before = contents(&shop);
    for status in ["completed", "busy", "ringing", "in-progress", "unheard-of", ""] {
        let page = hand.tells(STATUS, &of_call("CAunknown", status, &[])).await;
        assert_eq!((page.status, page.verbs()), (200, vec![]), "{status}");
    }
    assert_eq!(contents(&shop), before);
}

#[tokio::test]
async fn every_webhook_for_a_finished_call_gets_a_harmless_answer_and_always_the_same() {
    let (shop, hand) = open().await;
    let first = hand.rings("CA1", STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let gone = of_call("CA1", "completed", &[("DialCallStatus", "completed"), ("DialBridged", "false")]);
    hand.tells(&first.done(), &gone).await;
    hand.tells(STATUS, &of_call("CA1", "completed", &[])).await;
    let told = [
        (first.done(), gone.clone()),
        (first.done(), of_call("CA1", "in-progress", &[("DialCallStatus", "completed"), ("DialBridged", "true")])),
        (first.leg(), of_leg("CA1", "in-progress", &[])),
        (whisper.key(), of_leg("CA1", "in-progress", &[("Digits", "1")])),
        (whisper.key(), of_leg("CA1", "in-progress", &[("Digits", "2")])),
        (STATUS.to_owned(), of_call("CA1", "in-progress", &[])),
        (STATUS.to_owned(), of_call("CA1", "completed", &[])),
    ];
    let mut before = None;
    let mut answers: Vec<Page> = Vec::new();
    for round in 0..3 {
        let mut now = Vec::new();
        for (address, params) in &told {
            let page = hand.tells(address, params).await;
            assert_eq!(page.status, 200, "{params:?}");
            assert!(page.rings().is_none(), "{params:?} rings somebody: {page:?}");
            now.push(page);
        }
        // A key of a leg that we have not been asked about yet is noted once.
        let stored = contents(&shop);
        if round > 0 {
            assert_eq!((Some(stored.clone()), &now), (before, &answers));
        }
        (before, answers) = (Some(stored), now);
    }
    assert!(answers[3].hangs_up(), "{:?}", answers[3]);
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn the_end_of_a_ring_that_is_told_only_after_the_end_of_the_call_rings_nobody() {
    let (shop, hand) = open().await;
    let first = hand.rings("CA1", STRANGER).await;
    hand.tells(STATUS, &of_call("CA1", "completed", &[])).await;
    for status in ["no-answer", "completed", "busy"] {
        let late = of_call("CA1", "in-progress", &[("DialCallStatus", status), ("DialBridged", "false")]);
        let page = hand.tells(&first.done(), &late).await;
        assert_eq!((page.status, page.rings(), page.hangs_up()), (200, None, true), "{page:?}");
    }
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn the_address_of_a_call_that_nobody_remembers_is_answered_from_what_it_carries() {
    let (shop, hand) = open().await;
    let first = hand.rings("CA1", STRANGER).await;
    let store = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    store.execute_batch("DELETE FROM engaged; DELETE FROM call").unwrap();
    let missed = of_call("CA1", "in-progress", &[("DialCallStatus", "no-answer"), ("DialBridged", "false")]);
    let page = hand.tells(&first.done(), &missed).await;
    assert_eq!((page.status, page.rings().as_deref()), (200, Some("+447700900102")), "{page:?}");
}

#[tokio::test]
async fn health_is_told_to_whoever_asks_and_to_nobody_who_wants_to_change_it() {
    let (_shop, hand) = open().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(hand.gets(path).await.status, 200);
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            assert_eq!(send(hand.request(0, method, path)).await.status, 405, "{path}");
        }
    }
}
