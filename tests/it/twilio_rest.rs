//! What becomes of a text or a call that is asked of Twilio, on a bad day too.

use std::time::Duration;

use jiff::Timestamp;
use switchboard::domain::job::Outbound;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::Reach;
use switchboard::provider::twilio::{Twilio, TwilioAccount};
use switchboard::provider::{Provider, Sent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// What the stand-in for Twilio does with one connection.
enum Then {
    Answer(u16, String),
    HangUpUnread,
    HangUp,
    /// Says nothing, for ever.
    Silence,
}

fn answer(status: u16, body: impl Into<String>) -> Then {
    Then::Answer(status, body.into())
}

struct StandIn {
    url: String,
    /// Every request as it was read.
    asked: mpsc::UnboundedReceiver<String>,
}

impl StandIn {
    async fn that(script: Vec<Then>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (told, asked) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut kept = Vec::new();
            for then in script {
                let (mut stream, _) = listener.accept().await.unwrap();
                if matches!(then, Then::HangUpUnread) {
                    continue;
                }
                told.send(request(&mut stream).await).unwrap();
                match then {
                    Then::Answer(status, body) => {
                        let head =
                            format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}", body.len());
                        stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).await.unwrap();
                    }
                    Then::Silence => kept.push(stream),
                    Then::HangUp | Then::HangUpUnread => {}
                }
            }
            // Keeps silent connections open.
            std::future::pending::<()>().await;
        });
        Self { url, asked }
    }

    fn twilio(&self) -> Twilio {
        self.twilio_with(&["token"], Duration::from_secs(20))
    }

    fn twilio_with(&self, tokens: &[&str], patience: Duration) -> Twilio {
        let account = TwilioAccount {
            account_sid: "AC1".to_owned(),
            auth_tokens: tokens.iter().map(|&token| token.to_owned()).collect(),
            shared_keys: Vec::new(),
            api_url: self.url.clone(),
            public_url: "https://phone.example.com".to_owned(),
        };
        Twilio::with_patience(account, patience).unwrap()
    }
}

async fn request(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        assert_ne!(stream.read_buf(&mut read).await.unwrap(), 0, "cut off: {text}");
    }
}

fn text() -> Outbound {
    Outbound::Text {
        from: phone("+442079460000"),
        to: phone("+447700900123"),
        body: "Priya rings by 11 & so on".into(),
    }
}

fn call() -> Outbound {
    let url = "https://phone.example.com/t/abc".to_owned();
    let news = "https://phone.example.com/t/def".to_owned();
    let to = Reach::Phone(phone("+447700900102"));
    Outbound::Call { from: phone("+442079460000"), to, url, news, seconds: 30 }
}

fn phone(e164: &str) -> Phone {
    Phone::from_e164(e164).unwrap()
}

async fn sent(then: Then) -> Sent {
    StandIn::that(vec![then]).await.twilio().send(&text()).await
}

#[tokio::test]
async fn a_text_is_asked_for_once_with_the_accounts_credentials() {
    let mut stand_in = StandIn::that(vec![answer(201, r#"{"sid":"SM1","status":"queued"}"#)]).await;
    assert_eq!(stand_in.twilio().send(&text()).await, Sent::Done { provider_id: "SM1".to_owned() });
    let asked = stand_in.asked.recv().await.unwrap();
    assert!(asked.starts_with("POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("\r\nauthorization: Basic QUMxOnRva2Vu\r\n"), "{asked}");
    assert!(
        asked.ends_with("\r\n\r\nFrom=%2B442079460000&To=%2B447700900123&Body=Priya+rings+by+11+%26+so+on"),
        "{asked}"
    );
}

#[tokio::test]
async fn a_call_is_asked_for_with_the_address_that_tells_it_what_to_do() {
    let mut stand_in = StandIn::that(vec![answer(201, r#"{"sid":"CA1"}"#)]).await;
    assert_eq!(stand_in.twilio().send(&call()).await, Sent::Done { provider_id: "CA1".to_owned() });
    let asked = stand_in.asked.recv().await.unwrap();
    assert!(asked.starts_with("POST /2010-04-01/Accounts/AC1/Calls.json HTTP/1.1\r\n"), "{asked}");
    assert!(
        asked.ends_with(
            "\r\n\r\nFrom=%2B442079460000&To=%2B447700900102&Url=https%3A%2F%2Fphone.example.com%2Ft%2Fabc\
             &StatusCallback=https%3A%2F%2Fphone.example.com%2Ft%2Fdef&Timeout=25"
        ),
        "{asked}"
    );
}

#[tokio::test]
async fn a_refusal_is_final_and_says_why_in_plain_words_without_the_number() {
    let body = r#"{"code":21610,"message":"Attempt to send to unsubscribed recipient +447700900123","status":400}"#;
    let why = "this person has answered STOP and gets no texts \
               (Twilio 21610: Attempt to send to unsubscribed recipient +447…23)";
    assert_eq!(sent(answer(400, body)).await, Sent::Fail { why: why.to_owned() });
    assert_eq!(sent(answer(404, "gone")).await, Sent::Fail { why: "Twilio answered 404".to_owned() });
    assert!(matches!(sent(answer(302, "")).await, Sent::Fail { .. }));
}

#[tokio::test]
async fn too_many_requests_are_tried_again() {
    let body = r#"{"code":20429,"message":"Too Many Requests","status":429}"#;
    assert!(matches!(sent(answer(429, body)).await, Sent::Retry { .. }));
}

#[tokio::test]
async fn nobody_there_is_surely_not_done() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stand_in = StandIn::that(Vec::new()).await;
    stand_in.url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let why = "Twilio could not be reached".to_owned();
    assert_eq!(stand_in.twilio().send(&text()).await, Sent::Retry { why });
}

#[tokio::test]
async fn an_answer_that_never_came_leaves_it_unknown_whether_it_was_done() {
    for then in [
        Then::HangUpUnread,
        Then::HangUp,
        answer(500, "{}"),
        answer(503, ""),
        answer(201, "not json"),
        answer(200, r#"{"sid":null}"#),
    ] {
        let sent = sent(then).await;
        assert!(matches!(sent, Sent::Unknown { .. }), "{sent:?}");
    }
    let stand_in = StandIn::that(vec![Then::Silence]).await;
    let twilio = stand_in.twilio_with(&["token"], Duration::from_millis(100));
    let why = "Twilio did not answer in time".to_owned();
    assert_eq!(twilio.send(&text()).await, Sent::Unknown { why });
}

#[tokio::test]
async fn the_other_token_is_used_when_one_is_refused() {
    let refused = r#"{"code":20003,"message":"Authenticate","status":401}"#;
    let mut stand_in = StandIn::that(vec![answer(401, refused), answer(201, r#"{"sid":"SM1"}"#)]).await;
    let twilio = stand_in.twilio_with(&["old", "new"], Duration::from_secs(20));
    assert_eq!(twilio.send(&text()).await, Sent::Done { provider_id: "SM1".to_owned() });
    let (first, second) = (stand_in.asked.recv().await.unwrap(), stand_in.asked.recv().await.unwrap());
    assert!(first.contains("Basic QUMxOm9sZA==") && second.contains("Basic QUMxOm5ldw=="));

    let Sent::Fail { why } = sent(answer(401, refused)).await else { panic!() };
    assert_eq!(why, "Twilio does not accept our account_sid and auth_token (Twilio 20003: Authenticate)");
}

async fn found(outbound: Outbound, pages: Vec<Then>) -> Result<Option<String>, String> {
    let since: Timestamp = "2026-07-15T10:00:00Z".parse().unwrap();
    StandIn::that(pages).await.twilio().find(&outbound, since).await
}

fn listed(sid: &str, body: &str, at: &str) -> String {
    format!(
        r#"{{"sid":"{sid}","body":"{body}","direction":"outbound-api","date_created":"Wed, 15 Jul 2026 {at} +0000"}}"#
    )
}

#[tokio::test]
async fn a_text_that_was_sent_after_all_is_found_by_its_words() {
    let messages = [
        listed("SM3", "another", "10:00:02"),
        listed("SM2", "Priya rings by 11 & so on", "10:00:01"),
        listed("SM1", "Priya rings by 11 & so on", "08:00:00"),
    ];
    let page = format!(r#"{{"messages":[{}],"next_page_uri":null,"page":0}}"#, messages.join(","));
    let mut stand_in = StandIn::that(vec![answer(200, page)]).await;
    let since: Timestamp = "2026-07-15T10:00:00Z".parse().unwrap();
    assert_eq!(stand_in.twilio().find(&text(), since).await, Ok(Some("SM2".to_owned())));
    let asked = stand_in.asked.recv().await.unwrap();
    let list = "GET /2010-04-01/Accounts/AC1/Messages.json?From=%2B442079460000&To=%2B447700900123&PageSize=100 ";
    assert!(asked.starts_with(list), "{asked}");
}

#[tokio::test]
async fn a_text_of_before_is_not_taken_for_this_one() {
    let page = format!(r#"{{"messages":[{}]}}"#, listed("SM1", "Priya rings by 11 & so on", "08:00:00"));
    assert_eq!(found(text(), vec![answer(200, page)]).await, Ok(None));
    assert_eq!(found(text(), vec![answer(200, r#"{"messages":[]}"#)]).await, Ok(None));
}

#[tokio::test]
async fn the_search_goes_on_to_the_next_page() {
    let first = format!(
        r#"{{"messages":[{}],"next_page_uri":"/2010-04-01/Accounts/AC1/Messages.json?Page=1"}}"#,
        listed("SM9", "another", "10:00:05")
    );
    let second = format!(r#"{{"messages":[{}]}}"#, listed("SM2", "Priya rings by 11 & so on", "10:00:01"));
    assert_eq!(found(text(), vec![answer(200, first), answer(200, second)]).await, Ok(Some("SM2".to_owned())));
}

#[tokio::test]
async fn a_customers_call_to_the_same_phone_is_not_ours() {
    let leg = listed("CA1", "", "10:00:01").replace("outbound-api", "outbound-dial");
    let page = format!(r#"{{"calls":[{leg},{}]}}"#, listed("CA2", "", "10:00:00"));
    assert_eq!(found(call(), vec![answer(200, page)]).await, Ok(Some("CA2".to_owned())));
    assert_eq!(found(call(), vec![answer(200, format!(r#"{{"calls":[{leg}]}}"#))]).await, Ok(None));
}

#[tokio::test]
async fn a_search_that_failed_is_never_taken_for_nothing_found() {
    for then in [answer(500, ""), answer(200, "<html>"), answer(401, "{}"), Then::HangUp] {
        assert!(found(text(), vec![then]).await.is_err());
    }
    let endless = || {
        let entry = listed("SM9", "another", "10:00:05");
        answer(200, format!(r#"{{"messages":[{entry}],"next_page_uri":"/more"}}"#))
    };
    let pages = std::iter::repeat_with(endless).take(7).collect();
    assert!(found(text(), pages).await.is_err());
}
