//! Twilio's side: webhooks with the parameters and headers that it really sends, signed.

use aws_lc_rs::hmac;
use data_encoding::BASE64;

use crate::world::{ACCOUNT, LINE, PUBLIC_URL, TOKEN};

pub(crate) struct Twilio {
    key: hmac::Key,
}

/// One call as Twilio knows it.
pub(crate) struct Call {
    pub(crate) sid: String,
    pub(crate) from: String,
}

impl Twilio {
    pub(crate) fn new() -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes()) }
    }

    pub(crate) fn incoming(&self, call: &Call) -> Vec<u8> {
        self.request("/hooks/twilio/voice", Self::of_caller(call, "ringing", &[]))
    }

    /// The caller's side is over.
    pub(crate) fn completed(&self, call: &Call) -> Vec<u8> {
        let more = [
            ("CallDuration", "42"),
            ("Duration", "1"),
            ("SequenceNumber", "0"),
            ("CallbackSource", "call-progress-events"),
        ];
        self.request("/hooks/twilio/status", Self::of_caller(call, "completed", &more))
    }

    pub(crate) fn ring_done(&self, path: &str, call: &Call) -> Vec<u8> {
        let more = [
            ("DialCallSid", "CA00000000000000000000000000000000"),
            ("DialCallStatus", "completed"),
            ("DialCallDuration", "40"),
            ("DialBridged", "true"),
        ];
        self.request(path, Self::of_caller(call, "in-progress", &more))
    }

    /// The leg picked up and asks what to hear.
    pub(crate) fn whisper(&self, path: &str, call: &Call) -> Vec<u8> {
        self.request(path, of_leg(call, "in-progress", &[]))
    }

    pub(crate) fn key(&self, path: &str, call: &Call) -> Vec<u8> {
        let more = [("Digits", "1"), ("FinishedOnKey", ""), ("msg", "Gather End")];
        self.request(path, of_leg(call, "in-progress", &more))
    }

    pub(crate) fn leg_status(&self, path: &str, call: &Call, status: &str, sequence: &str) -> Vec<u8> {
        let more = [
            ("SequenceNumber", sequence),
            ("CallbackSource", "call-progress-events"),
            ("Timestamp", "Sun, 22 Nov 2026 10:00:00 +0000"),
        ];
        self.request(path, of_leg(call, status, &more))
    }

    fn of_caller<'a>(call: &'a Call, status: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut parameters = vec![
            ("AccountSid", ACCOUNT),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", &call.sid),
            ("CallStatus", status),
            ("Called", LINE),
            ("CalledCity", ""),
            ("CalledCountry", "GB"),
            ("CalledState", "London"),
            ("CalledZip", ""),
            ("Caller", &call.from),
            ("CallerCity", ""),
            ("CallerCountry", "GB"),
            ("CallerState", ""),
            ("CallerZip", ""),
            ("Direction", "inbound"),
            ("From", &call.from),
            ("FromCity", ""),
            ("FromCountry", "GB"),
            ("FromState", ""),
            ("FromZip", ""),
            ("StirVerstat", "TN-Validation-Passed-A"),
            ("To", LINE),
            ("ToCity", ""),
            ("ToCountry", "GB"),
            ("ToState", "London"),
            ("ToZip", ""),
        ];
        parameters.extend_from_slice(more);
        parameters
    }

    /// A whole HTTP request.
    fn request(&self, path: &str, mut parameters: Vec<(&str, &str)>) -> Vec<u8> {
        let mut body = String::with_capacity(1024);
        for (name, value) in &parameters {
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(name);
            body.push('=');
            form_urlencoded::byte_serialize(value.as_bytes()).for_each(|piece| body.push_str(piece));
        }
        parameters.sort_unstable();
        let mut signing = hmac::Context::with_key(&self.key);
        signing.update(PUBLIC_URL.as_bytes());
        signing.update(path.as_bytes());
        for (name, value) in parameters {
            signing.update(name.as_bytes());
            signing.update(value.as_bytes());
        }
        let signature = BASE64.encode(signing.sign().as_ref());
        let host = PUBLIC_URL.trim_start_matches("https://");
        let length = body.len();
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n\
             Content-Length: {length}\r\nUser-Agent: TwilioProxy/1.1\r\nAccept: */*\r\nCache-Control: max-age=259200\r\n\
             X-Home-Region: us1\r\nI-Twilio-Idempotency-Token: 7a0f6b8e-3c3f-4d5e-9b1a-2c1d5e8f9a01\r\n\
             X-Twilio-Signature: {signature}\r\n\r\n{body}"
        )
        .into_bytes()
    }
}

fn of_leg<'a>(call: &'a Call, status: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parameters = vec![
        ("AccountSid", ACCOUNT),
        ("ApiVersion", "2010-04-01"),
        ("CallSid", "CA11111111111111111111111111111111"),
        ("CallStatus", status),
        ("Called", "+447400000001"),
        ("CalledCountry", "GB"),
        ("Caller", LINE),
        ("CallerCountry", "GB"),
        ("Direction", "outbound-dial"),
        ("From", LINE),
        ("FromCountry", "GB"),
        ("ParentCallSid", &call.sid),
        ("To", "+447400000001"),
        ("ToCountry", "GB"),
    ];
    parameters.extend_from_slice(more);
    parameters
}

/// The path of a URL of ours in a document: the value of an attribute.
pub(crate) fn path_in<'a>(document: &'a str, attribute: &str) -> &'a str {
    let after =
        document.split_once(&format!(" {attribute}=\"")).unwrap_or_else(|| panic!("{attribute} in {document}")).1;
    after.split_once('"').unwrap().0.strip_prefix(PUBLIC_URL).unwrap()
}
