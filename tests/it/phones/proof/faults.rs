//! Every document that would hurt a caller fails the test that meets it.

use super::house::{CALLER, House, LINE, VOICE, good, promise, ring, whisper};
use crate::phones::caller::FirstAnswer;
use crate::phones::loopback::Answer;
use crate::phones::person::Behaviour;

/// Plays a whole call on which one path is answered with `document`; everybody lets it ring but tom, whose
/// voicemail answers.
async fn faults_of(path: &'static str, document: &str) -> Vec<String> {
    let document = document.to_owned();
    let house = House::open(move |asked| if asked.path == path { document.clone() } else { good(asked) }).await;
    let shop = house.shop();
    shop.network().tolerates("");
    shop.always("tom", Behaviour::voicemail());
    let call = shop.caller(CALLER).rings().await;
    call.ends().await;
    shop.network().faults().to_vec()
}

#[track_caller]
fn has(faults: &[String], words: &str) {
    assert!(faults.iter().any(|fault| fault.contains(words)), "no fault says {words:?}: {faults:#?}");
}

#[tokio::test]
async fn the_good_house_has_no_faults() {
    assert_eq!(faults_of("/nowhere", "").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_first_answer_that_rings_nobody_is_a_fault() {
    has(&faults_of(VOICE, &promise()).await, "the first answer rings: false");
    has(&faults_of(VOICE, "<Reject/>").await, "refuses: true; expected: Rings");
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().tolerates("");
    shop.caller(CALLER).expects(FirstAnswer::Promises).rings().await;
    has(shop.network().faults(), "the first answer rings: true");
}

#[tokio::test]
async fn callers_are_never_asked_for_keys() {
    let menu = "<Gather numDigits=\"1\" action=\"/message\"><Say>Press 2 for boilers.</Say></Gather><Hangup/>";
    has(&faults_of("/priya/done", menu).await, "callers never press keys");
    has(&faults_of("/priya/done", "<Say>Press 0 to hold.</Say>").await, "asked for a key");
}

#[tokio::test]
async fn a_caller_left_in_silence_is_a_fault() {
    has(&faults_of("/priya/done", "<Hangup/>").await, "left in silence");
    has(&faults_of("/priya/done", "").await, "left in silence");
}

#[tokio::test]
async fn a_screening_document_that_runs_out_connects_the_machine_and_is_a_fault() {
    let open = "<Gather numDigits=\"1\" timeout=\"4\" action=\"key\"><Say>Press 1.</Say></Gather>";
    let faults = faults_of("/tom/whisper", open).await;
    has(&faults, "without <Hangup/>");
    has(&faults, "tom is connected without having accepted");
    has(&faults_of("/tom/whisper", "").await, "tom is connected without having accepted");
}

#[tokio::test]
async fn a_whisper_may_not_dial_record_or_redirect() {
    for verb in ["<Redirect>/tom/whisper</Redirect>", "<Dial><Number>+447700900102</Number></Dial>", "<Record/>"] {
        has(&faults_of("/tom/whisper", &format!("{}{verb}", "<Say>Hello.</Say>")).await, "while a phone is screened");
    }
    has(&faults_of("/tom/whisper", "<Gather numDigits=\"1\"/><Hangup/>").await, "without action");
}

#[tokio::test]
async fn what_the_provider_does_not_know_is_a_fault() {
    let with = |from: &str, to: &str| ring("tom", "+447700900103").replace(from, to);
    has(&faults_of(VOICE, &format!("<Enqueue/>{}", ring("tom", "+447700900103"))).await, "<Enqueue> is unknown");
    has(&faults_of(VOICE, &with("timeLimit", "timelimit")).await, "no attribute timelimit");
    has(&faults_of(VOICE, &with("\"13\"", "\"3\"")).await, "timeout=\"3\" is not a number in 5..=600");
    has(&faults_of(VOICE, &with("<Number ", "<Number method=\"GET\" ")).await, "only POST");
    has(&faults_of(VOICE, &with("ringing answered", "ringing picked-up")).await, "picked-up is unknown");
    has(&faults_of(VOICE, &with("/tom/done", "/tom/done?x=it's")).await, "may break its signature");
    has(&faults_of(VOICE, &with("</Dial>", "</Dial><Say>Sorry.</Say>")).await, "unreachable verbs after <Dial>");
    has(&faults_of(VOICE, "<Dial action=\"/tom/done\"/>").await, "rings nobody");
    has(&faults_of(VOICE, "<Dial").await, "not XML");
    has(&faults_of("/priya/done", "<Say>Sorry.</Say><Record/>").await, "Record> without action");
    has(&faults_of("/priya/done", "Sorry.<Hangup/>").await, "stray words");
}

#[tokio::test]
async fn nobody_is_rung_who_could_not_be_or_should_not_be() {
    let with = |from: &str, to: &str| ring("tom", "+447700900103").replace(from, to);
    has(&faults_of(VOICE, &with(LINE, "anonymous")).await, "13214");
    has(&faults_of(VOICE, &with(LINE, "+266696687")).await, "13214");
    has(&faults_of(VOICE, &with(LINE, "+447700900999")).await, "13214");
    has(&faults_of(VOICE, &with("+447700900103", CALLER)).await, "a loop");
    has(&faults_of(VOICE, &with("url=\"/tom/whisper\"", "")).await, "rung unscreened");
    has(&faults_of(VOICE, &with("+447700900103", "sip:tom@pbx.example.com")).await, "wrong noun");
    let two = with("</Number>", "</Number><Number url=\"/priya/whisper\">+447700900102</Number>");
    has(&faults_of(VOICE, &two).await, "several screened phones");
}

#[tokio::test]
async fn a_conversation_with_nobody_left_is_a_fault_when_a_key_comes_late() {
    let house = House::open(good).await;
    let shop = house.shop();
    shop.network().tolerates("a caller who has hung up");
    shop.network().quirks.late_key = true;
    let call = shop.caller(CALLER).patient(crate::phones::caller::Patience::UntilWhisper(1)).rings().await;
    call.phone("tom").answers().await;
    call.ends().await;
    shop.goes_quiet().await;
    has(shop.network().faults(), "told to talk to a caller who has hung up");
}

#[tokio::test]
async fn answers_that_no_provider_would_read_are_faults() {
    let reply = |status, content_type| Answer::Reply {
        status,
        content_type,
        body: format!("<Response>{}</Response>", whisper("Hello.")),
    };
    for (answer, words) in [
        (reply(500, "text/xml"), "status 500"),
        (reply(302, "text/xml"), "status 302"),
        (reply(200, "text/html"), "content type \"text/html\""),
        (Answer::Drop, "connection broke"),
    ] {
        let house = House::answering(move |_| answer.clone()).await;
        let shop = house.shop();
        shop.network().tolerates("");
        shop.caller(CALLER).rings().await;
        has(shop.network().faults(), words);
    }
}

#[tokio::test]
async fn going_round_in_circles_is_a_fault() {
    has(&faults_of("/priya/done", "<Redirect>/priya/done</Redirect>").await, "round in circles");
}

#[tokio::test]
async fn sending_webhooks_to_somebody_else_is_a_fault() {
    has(&faults_of("/priya/done", "<Redirect>https://evil.example.com/x</Redirect>").await, "not below the public");
}

#[tokio::test]
async fn refusing_news_is_a_fault() {
    let house = House::refusing_news().await;
    let shop = house.shop();
    shop.network().tolerates("");
    shop.caller(CALLER).rings().await;
    has(shop.network().faults(), "/news/tom: status 500");
}

#[tokio::test]
#[should_panic(expected = "left in silence")]
async fn a_fault_fails_the_test() {
    let house = House::open(|asked| if asked.path == "/priya/done" { String::new() } else { good(asked) }).await;
    house.shop().caller(CALLER).rings().await.ends().await;
}
