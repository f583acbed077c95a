//! 7. Forged requests get in nowhere, and no secret gets out.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use reqwest::Method;

use super::{OKAFOR, OPEN, STRANGER, customers};
use crate::by_hand::{FORM, Hand, LINE, Page, Params, STATUS, TEXT, VOICE, contents, incoming, of_call, of_leg, send};
use crate::phones::opening::{PUBLIC_URL, ROTA, TOKEN};
use crate::phones::rest::Mood;
use crate::phones::shop::Shop;
use crate::phones::signature;

/// Everything that is logged.
#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Logs {
    /// Of every server in this process: each has threads of its own.
    fn kept() -> Self {
        static KEPT: OnceLock<Logs> = OnceLock::new();
        let keep = || {
            let logs = Self::default();
            let writer = logs.clone();
            let lines = tracing_subscriber::fmt().with_env_filter("info,switchboard=trace").with_ansi(false);
            lines.with_writer(move || writer.clone()).init();
            logs
        };
        KEPT.get_or_init(keep).clone()
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Every way to pretend: the headers of a request for `path`.
fn pretences(path: &str, params: &Params) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let genuine = signature::sign(TOKEN, &format!("{PUBLIC_URL}{path}"), params);
    let signed = |token: &str, url: &str| signature::sign(token, url, params);
    vec![
        ("unsigned", vec![]),
        ("empty", vec![("x-twilio-signature", String::new())]),
        ("another token", vec![("x-twilio-signature", signed("another token", &format!("{PUBLIC_URL}{path}")))]),
        ("no token at all", vec![("x-twilio-signature", signed("", &format!("{PUBLIC_URL}{path}")))]),
        ("another host", vec![("x-twilio-signature", signed(TOKEN, &format!("https://evil.example{path}")))]),
        ("without tls", vec![("x-twilio-signature", signed(TOKEN, &format!("http://phone.example.com{path}")))]),
        ("another path", vec![("x-twilio-signature", signed(TOKEN, &format!("{PUBLIC_URL}{path}x")))]),
        (
            "other parameters",
            vec![("x-twilio-signature", signature::sign(TOKEN, &format!("{PUBLIC_URL}{path}"), &Params::new()))],
        ),
        (
            "an unknown algorithm",
            vec![
                ("x-twilio-signature", genuine.clone()),
                ("x-twilio-webhooks-signature-settings", "key=x,algorithm=none".to_owned()),
            ],
        ),
        (
            "an unknown key",
            vec![
                ("x-twilio-signature", genuine.clone()),
                ("x-twilio-webhooks-signature-settings", "key=x,algorithm=HMAC_SHA256".to_owned()),
            ],
        ),
        ("half of it", vec![("x-twilio-signature", genuine[..genuine.len() / 2].to_owned())]),
        ("two", vec![("x-twilio-signature", genuine.clone()), ("x-twilio-signature", genuine)]),
        (
            "the word of a header",
            vec![
                ("x-twilio-signature", signed(TOKEN, &format!("https://evil.example{path}"))),
                ("x-forwarded-host", "evil.example".to_owned()),
                ("x-original-host", "evil.example".to_owned()),
            ],
        ),
    ]
}

async fn pretend(hand: &Hand, path: &str, params: &Params, headers: Vec<(&'static str, String)>) -> Page {
    let mut request = hand.request(0, Method::POST, path).header("content-type", FORM);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    send(request.body(signature::form(params))).await
}

#[tokio::test]
async fn a_forged_webhook_gets_403_changes_nothing_and_leaves_no_secret_in_the_log() {
    let logs = Logs::kept();
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let hand = Hand::of(&shop);
    let first = hand.rings("CA1", OKAFOR).await;
    let whisper = hand.tells(&first.whisper(), &of_leg("CA1", "in-progress", &[])).await;
    let before = contents(&shop);
    let mut sealed = Vec::new();
    for (path, params) in [
        (VOICE.to_owned(), incoming("CA2", STRANGER, LINE)),
        (STATUS.to_owned(), of_call("CA1", "completed", &[])),
        (
            TEXT.to_owned(),
            of_call("CA1", "received", &[("MessageSid", "SM1"), ("Body", "AWAY 2H"), ("From", "+447700900103")]),
        ),
        (first.done(), of_call("CA1", "completed", &[("DialCallStatus", "completed")])),
        (first.leg(), of_leg("CA1", "failed", &[])),
        (first.whisper(), of_leg("CA1", "in-progress", &[])),
        (whisper.key(), of_leg("CA1", "in-progress", &[("Digits", "1")])),
    ] {
        let path = path.strip_prefix(PUBLIC_URL).unwrap_or(&path).to_owned();
        for (how, headers) in pretences(&path, &params) {
            let page = pretend(&hand, &path, &params, headers).await;
            assert_eq!((page.status, page.body.as_str()), (403, "forbidden"), "{how} at {path}");
        }
        sealed.extend(path.strip_prefix("/c/").map(str::to_owned));
    }
    assert_eq!(contents(&shop), before);
    let log = logs.text();
    assert!(log.matches("a webhook was refused").count() >= 7 * 12, "what is refused is logged\n{log}");
    let genuine = signature::sign(TOKEN, &format!("{PUBLIC_URL}{VOICE}"), &incoming("CA2", STRANGER, LINE));
    for secret in [TOKEN, "this secret of the tests", &genuine, OKAFOR, STRANGER, "7700900201", "%2B4477"] {
        assert!(!log.contains(secret), "{secret} is in the log\n{log}");
    }
    for secret in sealed {
        assert!(!log.contains(&secret), "an address of a call is in the log\n{log}");
    }
}

#[tokio::test]
async fn the_log_of_a_whole_day_names_no_secret_and_no_whole_number() {
    let logs = Logs::kept();
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    shop.server().rest.next(&[Mood::Refuses(400, 21211), Mood::Refuses(500, 20500), Mood::Drops]);
    for from in [OKAFOR, STRANGER] {
        let call = shop.caller(from).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
    }
    shop.server().texts().await;
    let hand = Hand::of(&shop);
    hand.tells(VOICE, &of_call("", "ringing", &[("From", STRANGER)])).await;
    hand.gets("/nowhere/at/all").await;
    let log = logs.text();
    assert!(log.contains("will be tried again") && log.contains("could not be read"), "{log}");
    for secret in [TOKEN, "this secret of the tests", OKAFOR, STRANGER, "447700900201", "447700900999", "Okafor"] {
        assert!(!log.contains(secret), "{secret} is in the log\n{log}");
    }
}

#[tokio::test]
async fn an_address_of_a_call_that_was_made_up_or_changed_leads_nowhere() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let done = hand.rings("CA1", STRANGER).await.done();
    let before = contents(&shop);
    let gone = of_call("CA1", "completed", &[("DialCallStatus", "completed")]);
    let (head, last) = done.split_at(done.len() - 1);
    let other = if last == "A" { "B" } else { "A" };
    let cut = head.to_owned();
    for address in
        [cut, format!("{head}{other}"), format!("{done}A"), "/c/".to_owned(), format!("/c/{}", "A".repeat(3_000))]
    {
        // Signed, so that only the address is wrong.
        assert_eq!(hand.tells(&address, &gone).await.status, 404, "{address}");
    }
    assert_eq!(contents(&shop), before);
}
