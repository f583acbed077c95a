//! Forged webhooks get in nowhere. The vectors are Twilio's own and those of its libraries.

use aws_lc_rs::hmac;
use data_encoding::BASE64;
use hyper::body::Bytes;
use switchboard::provider::twilio::{Twilio, TwilioAccount};
use switchboard::provider::{Forged, Hook, Provider, Request};

const PUBLIC_URL: &str = "https://phone.example.com";
const HOOK: &str = "/hooks/twilio/voice";
const TOKEN: &str = "primary token";

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    algorithm: String,
    key: String,
    url: String,
    params: Vec<(String, String)>,
    body: Option<String>,
    signature: String,
    valid: bool,
}

pub(crate) fn account(public_url: &str) -> TwilioAccount {
    TwilioAccount {
        account_sid: "AC00000000000000000000000000000000".to_owned(),
        auth_tokens: vec![TOKEN.to_owned()],
        shared_keys: Vec::new(),
        api_url: "https://api.twilio.com".to_owned(),
        public_url: public_url.to_owned(),
    }
}

pub(crate) fn encoded(parameters: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// Signs as Twilio does, written anew from its documentation.
fn signed(token: &str, url: &str, parameters: &[(&str, &str)]) -> String {
    let mut sorted = parameters.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let text = sorted.iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    BASE64.encode(hmac::sign(&key, text.as_bytes()).as_ref())
}

fn post(target: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Request {
    let mut request = hyper::Request::post(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Request::new(request.body(body.into()).unwrap())
}

/// A genuine webhook of the account above.
pub(crate) fn genuine(target: &str, parameters: &[(&str, &str)]) -> Request {
    let signature = signed(TOKEN, &format!("{PUBLIC_URL}{target}"), parameters);
    post(target, &[("x-twilio-signature", &signature)], encoded(parameters))
}

pub(crate) fn twilio() -> Twilio {
    Twilio::new(account(PUBLIC_URL)).unwrap()
}

#[test]
fn every_published_vector_gets_the_verdict_that_was_published_with_it() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("../fixtures/twilio-signatures.json")).unwrap();
    assert_eq!(vectors.len(), 13);
    for vector in vectors {
        let path = vector.url.match_indices('/').nth(2).unwrap().0;
        let (public_url, target) = vector.url.split_at(path);
        let mut account = account(public_url);
        let mut headers = vec![("x-twilio-signature", vector.signature.as_str())];
        if vector.algorithm == "HMAC-SHA256" {
            account.shared_keys = vec![("SK1".to_owned(), vector.key.clone())];
            headers.push(("x-twilio-webhooks-signature-settings", "key=SK1,algorithm=HMAC_SHA256"));
        } else {
            account.auth_tokens = vec![vector.key.clone()];
        }
        let params: Vec<_> = vector.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = vector.body.clone().unwrap_or_else(|| encoded(&params));
        let request = post(target, &headers, body);
        let verdict = Twilio::new(account).unwrap().verify(&request).map(|_| ());
        let expected = if vector.valid { Ok(()) } else { Err(Forged::Mismatch) };
        assert_eq!(verdict, expected, "{}", vector.name);
    }
}

#[test]
fn a_webhook_without_a_signature_is_refused() {
    assert_eq!(twilio().verify(&post(HOOK, &[], "CallSid=CA1")).unwrap_err(), Forged::Unsigned);
}

#[test]
fn nobody_changes_a_single_byte_of_body_path_or_query() {
    let parameters = [("CallSid", "CA1"), ("From", "+447700900123")];
    let signature = signed(TOKEN, &format!("{PUBLIC_URL}{HOOK}?a=1"), &parameters);
    let verdict = |target: &str, body: &str| {
        twilio().verify(&post(target, &[("x-twilio-signature", &signature)], body.to_owned())).map(|_| ())
    };
    let body = encoded(&parameters);
    assert_eq!(verdict(&format!("{HOOK}?a=1"), &body), Ok(()));
    for forged in ["CallSid=CA2&From=%2B447700900123", "CallSid=CA1", "", "CallSid=CA1&From=%2B447700900123&x=1"] {
        assert_eq!(verdict(&format!("{HOOK}?a=1"), forged), Err(Forged::Mismatch), "{forged}");
    }
    for target in [HOOK, "/hooks/twilio/voice/?a=1", "/hooks/twilio/voice?a=%31", "/hooks/twilio/status?a=1"] {
        assert_eq!(verdict(target, &body), Err(Forged::Mismatch), "{target}");
    }
}

#[test]
fn the_senders_word_for_our_address_counts_for_nothing() {
    let parameters = [("CallSid", "CA1")];
    let signature = signed(TOKEN, "https://evil.example/hooks/twilio/voice", &parameters);
    let headers = [
        ("x-twilio-signature", signature.as_str()),
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("x-original-url", "https://evil.example/hooks/twilio/voice"),
    ];
    assert_eq!(twilio().verify(&post(HOOK, &headers, encoded(&parameters))).unwrap_err(), Forged::Mismatch);
}

#[test]
fn both_tokens_are_good_while_one_replaces_the_other() {
    let mut account = account(PUBLIC_URL);
    account.auth_tokens.push("secondary token".to_owned());
    let twilio = Twilio::new(account).unwrap();
    let parameters = [("CallSid", "CA1")];
    for (token, expected) in [
        (TOKEN, Ok(())),
        ("secondary token", Ok(())),
        ("old token", Err(Forged::Mismatch)),
        ("", Err(Forged::Mismatch)),
    ] {
        let signature = signed(token, &format!("{PUBLIC_URL}{HOOK}"), &parameters);
        let request = post(HOOK, &[("x-twilio-signature", &signature)], encoded(&parameters));
        assert_eq!(twilio.verify(&request).map(|_| ()), expected, "{token}");
    }
}

#[test]
fn an_algorithm_or_key_we_did_not_agree_on_is_refused_even_with_a_good_signature() {
    let parameters = [("CallSid", "CA1")];
    let signature = signed(TOKEN, &format!("{PUBLIC_URL}{HOOK}"), &parameters);
    for (settings, expected) in [
        ("key=SK1,algorithm=HMAC_MD5", Forged::UnknownAlgorithm),
        ("key=SK1,algorithm=none", Forged::UnknownAlgorithm),
        ("key=SK1", Forged::UnknownAlgorithm),
        ("", Forged::UnknownAlgorithm),
        ("key=SK9,algorithm=HMAC_SHA256", Forged::UnknownKey),
        ("algorithm=HMAC_SHA256", Forged::UnknownKey),
    ] {
        let headers = [("x-twilio-signature", signature.as_str()), ("x-twilio-webhooks-signature-settings", settings)];
        let request = post(HOOK, &headers, encoded(&parameters));
        assert_eq!(twilio().verify(&request).unwrap_err(), expected, "{settings:?}");
    }
}

#[test]
fn two_signatures_are_none() {
    let parameters = [("CallSid", "CA1")];
    let good = signed(TOKEN, &format!("{PUBLIC_URL}{HOOK}"), &parameters);
    let headers = [("x-twilio-signature", good.as_str()), ("x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")];
    assert_eq!(twilio().verify(&post(HOOK, &headers, encoded(&parameters))).unwrap_err(), Forged::Mismatch);
}

#[test]
fn a_signature_of_any_other_shape_is_a_mismatch() {
    let long = "A".repeat(10_000);
    for text in ["", "=", "AAAA", "not base64!", "RSOYDt4T1cUTdK1PDd93/VVr8B8", long.as_str()] {
        let request = post(HOOK, &[("x-twilio-signature", text)], "CallSid=CA1");
        assert_eq!(twilio().verify(&request).unwrap_err(), Forged::Mismatch, "{} bytes", text.len());
    }
}

#[test]
fn a_get_is_signed_with_its_parameters_in_the_address_and_its_body_is_not_read() {
    let target = "/hooks/twilio/voice?CallSid=CA1&From=anonymous&To=%2B442079460000";
    let signature = signed(TOKEN, &format!("{PUBLIC_URL}{target}"), &[]);
    let request = hyper::Request::get(target).header("x-twilio-signature", signature);
    let request = Request::new(request.body(Bytes::from_static(b"CallSid=CA2")).unwrap());
    let twilio = twilio();
    let genuine = twilio.verify(&request).unwrap();
    assert_eq!(twilio.parse(&genuine, Hook::Voice).unwrap().provider_id.0, "CA1");
}

#[test]
fn bytes_that_are_no_text_are_refused_not_repaired() {
    let signature = signed(TOKEN, &format!("{PUBLIC_URL}{HOOK}"), &[("CallSid", "CA\u{1}")]);
    let request = post(HOOK, &[("x-twilio-signature", &signature)], Bytes::from_static(b"CallSid=CA%FF%00\xff"));
    assert_eq!(twilio().verify(&request).unwrap_err(), Forged::NotAForm);
}

#[test]
fn a_flood_of_parameters_is_refused_unsorted() {
    let request = post(HOOK, &[("x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")], "a=1&".repeat(10_000));
    assert_eq!(twilio().verify(&request).unwrap_err(), Forged::NotAForm);
}

#[test]
fn no_secret_and_no_number_shows_in_a_log() {
    let account = account(PUBLIC_URL);
    let request = genuine("/c/secret-step", &[("From", "+447700900123")]);
    let twilio = Twilio::new(account.clone()).unwrap();
    let verified = twilio.verify(&request).unwrap();
    let log = format!("{account:?} {twilio:?} {request:?} {verified:?}");
    for secret in [TOKEN, "447700900123", "secret-step"] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn an_address_that_twilio_could_not_call_is_refused_at_the_start() {
    assert!(Twilio::new(account("phone.example.com")).is_err());
}
