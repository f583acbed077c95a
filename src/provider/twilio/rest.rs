//! What we ask of Twilio: a text, a call, and whether one of them was made.
//!
//! Twilio has no way to make a request count once, so the difference between "surely not done" and
//! "perhaps done" is all that keeps people from getting the same text twice.

use std::sync::OnceLock;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TwilioAccount;
use super::twiml::dial_seconds;
use crate::domain::job::Outbound;
use crate::domain::staff::Reach;
use crate::provider::{NoSound, Sent, Sound};

const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// A page of a list is the longest answer we ask for.
const ANSWER_BYTES_MAX: usize = 1 << 20;
const PAGE_SIZE: &str = "100";
/// A message of two minutes is a tenth of it.
const SOUND_BYTES_MAX: usize = 20 << 20;
/// Pages of 100 between two numbers since the time of one attempt.
const PAGES_MAX: usize = 5;
/// Twilio's clock and ours need not agree, and its times are whole seconds.
const CLOCK_MARGIN: SignedDuration = SignedDuration::from_secs(60);

pub(super) struct Rest {
    account: TwilioAccount,
    /// For a whole request, answer included.
    patience: Duration,
    /// Made for the first request: it reads all certificate authorities, which the start need not wait
    /// for. A machine without any cannot make one, and must answer calls all the same.
    client: OnceLock<Result<Client, String>>,
}

/// Twilio's answer to a request that made something.
#[derive(Deserialize)]
struct Made {
    sid: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: Option<u32>,
    message: Option<String>,
}

/// A page of texts or of calls.
#[derive(Deserialize)]
struct List {
    #[serde(alias = "messages", alias = "calls")]
    entries: Vec<Listed>,
    next_page_uri: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    sid: String,
    #[serde(default)]
    body: Option<String>,
    direction: Option<String>,
    /// RFC 2822.
    date_created: Option<String>,
}

impl Rest {
    pub(super) fn new(account: TwilioAccount, patience: Duration) -> Self {
        Self { account, patience, client: OnceLock::new() }
    }

    pub(super) async fn send(&self, outbound: &Outbound) -> Sent {
        let client = match self.client() {
            Ok(client) => client,
            Err(why) => return Sent::Retry { why },
        };
        let (list, fields) = match outbound {
            Outbound::Text { from, to, body } => {
                ("Messages", vec![("From", from.to_string()), ("To", to.to_string()), ("Body", body.clone())])
            }
            // Without other words it tells of the end only, which is all that we need to know.
            Outbound::Call { from, to, url, news, seconds } => {
                let (from, to, seconds) = (from.to_string(), address_of(to), dial_seconds(*seconds).to_string());
                let (url, news) = (url.clone(), news.clone());
                (
                    "Calls",
                    vec![("From", from), ("To", to), ("Url", url), ("StatusCallback", news), ("Timeout", seconds)],
                )
            }
        };
        let mut result = Sent::Fail { why: "no auth token is configured".to_owned() };
        for token in &self.account.auth_tokens {
            let request = client.post(self.address(list)).basic_auth(&self.account.account_sid, Some(token));
            let (status, sent) = match request.form(&fields).send().await {
                Ok(response) => (Some(response.status()), sent(response).await),
                Err(error) => (None, not_answered(&error)),
            };
            result = sent;
            // During rotation the first token may not be good any more, or not yet.
            if status != Some(StatusCode::UNAUTHORIZED) {
                break;
            }
        }
        result
    }

    /// Asks for texts or calls between the two numbers, newest pages first, back to `since`. Twilio's own
    /// date filters are not used: they leave out what is still queued.
    pub(super) async fn find(&self, outbound: &Outbound, since: Timestamp) -> Result<Option<String>, String> {
        let (list, from, to) = match outbound {
            Outbound::Text { from, to, .. } => ("Messages", from, to.to_string()),
            Outbound::Call { from, to, .. } => ("Calls", from, address_of(to)),
        };
        let since = since.saturating_sub(CLOCK_MARGIN).unwrap_or(Timestamp::MIN);
        let query = [("From", from.to_string()), ("To", to), ("PageSize", PAGE_SIZE.to_owned())];
        let mut page: List = self.get(&self.address(list), &query).await?;
        for _ in 0..PAGES_MAX {
            if page.entries.iter().all(|entry| entry.is_before(since)) {
                return Ok(None);
            }
            for entry in &page.entries {
                if !entry.is_before(since) && entry.is(outbound) {
                    return Ok(Some(entry.sid.clone()));
                }
            }
            let Some(next) = page.next_page_uri.filter(|next| next.starts_with('/')) else { return Ok(None) };
            page = self.get(&format!("{}{next}", self.account.api_url.trim_end_matches('/')), &[]).await?;
        }
        Err("Twilio lists too much between the two numbers to be sure".to_owned())
    }

    async fn get<T: DeserializeOwned>(&self, address: &str, query: &[(&str, String)]) -> Result<T, String> {
        let client = self.client()?;
        let mut why = "no auth token is configured".to_owned();
        for token in &self.account.auth_tokens {
            let request = client.get(address).query(query).basic_auth(&self.account.account_sid, Some(token));
            let response = request.send().await.map_err(|error| plain(&error))?;
            let status = response.status();
            let body = body(response, ANSWER_BYTES_MAX).await?;
            if status.is_success() {
                return serde_json::from_slice(&body).map_err(|_| "Twilio's list could not be read".to_owned());
            }
            why = refusal(status, &body);
            if status != StatusCode::UNAUTHORIZED {
                break;
            }
        }
        Err(why)
    }

    /// A deleted recording is an answer of Twilio's; whatever else goes wrong may be right in a minute.
    pub(super) async fn recording(&self, address: &str) -> Result<Sound, NoSound> {
        let url = recording_url(address, &self.account).ok_or(NoSound::NotARecording)?;
        let client = self.client().map_err(NoSound::Away)?;
        let mut why = "no auth token is configured".to_owned();
        for token in &self.account.auth_tokens {
            let request = client.get(url.clone()).basic_auth(&self.account.account_sid, Some(token));
            let response = request.send().await.map_err(|error| NoSound::Away(plain(&error)))?;
            let status = response.status();
            if status.is_success() {
                return sound(response).await.map_err(NoSound::Away);
            }
            if matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE) {
                return Err(NoSound::Deleted);
            }
            why = refusal(status, &body(response, ANSWER_BYTES_MAX).await.unwrap_or_default());
            if status != StatusCode::UNAUTHORIZED {
                break;
            }
        }
        Err(NoSound::Away(why))
    }

    fn client(&self) -> Result<&Client, String> {
        let client = self.client.get_or_init(|| {
            Client::builder()
                .connect_timeout(CONNECT_PATIENCE.min(self.patience))
                .timeout(self.patience)
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .map_err(|error| format!("no HTTPS client could be made (is ca-certificates installed?): {error}"))
        });
        client.as_ref().map_err(Clone::clone)
    }

    fn address(&self, list: &str) -> String {
        let TwilioAccount { api_url, account_sid, .. } = &self.account;
        format!("{}/2010-04-01/Accounts/{account_sid}/{list}.json", api_url.trim_end_matches('/'))
    }
}

impl Listed {
    /// An entry without a readable time may be the one: it is not.
    fn is_before(&self, since: Timestamp) -> bool {
        let created = self.date_created.as_deref().and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
        created.is_some_and(|created| created.timestamp() < since)
    }

    fn is(&self, outbound: &Outbound) -> bool {
        match outbound {
            Outbound::Text { body, .. } => self.body.as_deref().map(str::trim) == Some(body.trim()),
            // The legs of a customer's call go between the same two numbers: they are `outbound-dial`.
            Outbound::Call { .. } => self.direction.as_deref() == Some("outbound-api"),
        }
    }
}

fn address_of(reach: &Reach) -> String {
    match reach {
        Reach::Phone(phone) => phone.to_string(),
        Reach::Sip(address) => address.clone(),
    }
}

/// Our credentials go nowhere else: an address of a recording of this account, at `api_url` or at Twilio itself.
fn recording_url(address: &str, account: &TwilioAccount) -> Option<Url> {
    let (url, api) = (Url::parse(address).ok()?, Url::parse(&account.api_url).ok()?);
    let is_twilios = |host: &str| host.starts_with("api.") && host.ends_with(".twilio.com");
    let base = if url.origin() == api.origin() {
        api.path().trim_end_matches('/')
    } else if url.scheme() == "https" && url.port().is_none() && url.host_str().is_some_and(is_twilios) {
        ""
    } else {
        return None;
    };
    let recordings = format!("{base}/2010-04-01/Accounts/{}/Recordings/", account.account_sid);
    let name = url.path().strip_prefix(&recordings)?.strip_suffix(".mp3")?;
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    (plain && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(url)
}

async fn sound(response: Response) -> Result<Sound, String> {
    let content_type = response.headers().get(CONTENT_TYPE).cloned();
    let is_sound = |kind: &HeaderValue| kind.to_str().is_ok_and(|kind| kind.starts_with("audio/"));
    let content_type = content_type.filter(is_sound).ok_or("what Twilio has in its place is no sound")?;
    Ok(Sound { content_type, bytes: body(response, SOUND_BYTES_MAX).await?.into() })
}

async fn sent(response: Response) -> Sent {
    let status = response.status();
    let body = body(response, ANSWER_BYTES_MAX).await;
    if status.is_success() {
        return match body.ok().and_then(|body| serde_json::from_slice::<Made>(&body).ok()) {
            Some(made) => Sent::Done { provider_id: made.sid },
            None => Sent::Unknown { why: "Twilio agreed, but its answer could not be read".to_owned() },
        };
    }
    let why = refusal(status, &body.unwrap_or_default());
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::REQUEST_TIMEOUT {
        Sent::Retry { why }
    } else if status.is_server_error() {
        Sent::Unknown { why }
    } else {
        Sent::Fail { why }
    }
}

/// No answer came. Only where no connection was made is it sure that Twilio never saw the request.
fn not_answered(error: &reqwest::Error) -> Sent {
    let why = plain(error);
    if error.is_connect() {
        Sent::Retry { why }
    } else if error.is_builder() {
        Sent::Fail { why }
    } else {
        Sent::Unknown { why }
    }
}

async fn body(mut response: Response, bytes_max: usize) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| plain(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > bytes_max {
            return Err("Twilio's answer is too long".to_owned());
        }
    }
    Ok(body)
}

/// Without the address, which holds the account and, in a list, both numbers.
fn plain(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "Twilio did not answer in time".to_owned()
    } else if error.is_connect() {
        "Twilio could not be reached".to_owned()
    } else if error.is_builder() {
        "the request could not be made; is api_url right?".to_owned()
    } else {
        "the connection to Twilio broke".to_owned()
    }
}

fn refusal(status: StatusCode, body: &[u8]) -> String {
    let Ok(Refusal { code, message }) = serde_json::from_slice(body) else {
        return format!("Twilio answered {}", status.as_u16());
    };
    let said = message.map(|message| format!(": {}", masked(&message))).unwrap_or_default();
    match (code.and_then(in_plain_words), code) {
        (Some(plain), Some(code)) => format!("{plain} (Twilio {code}{said})"),
        (_, Some(code)) => format!("Twilio refused with {code}{said}"),
        (_, None) => format!("Twilio answered {}{said}", status.as_u16()),
    }
}

/// The refusals an admin meets. Source: Twilio's error dictionary.
fn in_plain_words(code: u32) -> Option<&'static str> {
    Some(match code {
        20003 => "Twilio does not accept our account_sid and auth_token",
        20429 => "Twilio takes no more requests for the moment",
        21211 | 21217 => "this number does not exist",
        21212 | 21606 | 21659 => "the line's number cannot send from this Twilio account",
        21408 | 21215 => "the Twilio account may not reach this country; allow it under geographic permissions",
        21610 => "this person has answered STOP and gets no texts",
        21614 => "this number cannot receive texts",
        21617 => "the text is too long",
        21608 | 21219 => "a trial account reaches only numbers it has verified",
        _ => return None,
    })
}

/// Twilio repeats the number in its message: only the ends of any long run of digits are kept.
fn masked(message: &str) -> String {
    let mut text = String::with_capacity(message.len());
    let mut digits = String::new();
    // The end of the text ends a run too.
    for letter in message.chars().take(300).map(Some).chain([None]) {
        match letter {
            Some(digit) if digit.is_ascii_digit() => digits.push(digit),
            other => {
                match (digits.get(..3), digits.get(digits.len().saturating_sub(2)..)) {
                    (Some(head), Some(tail)) if digits.len() >= 7 => {
                        text.push_str(head);
                        text.push('…');
                        text.push_str(tail);
                    }
                    (_, _) => text.push_str(&digits),
                }
                digits.clear();
                text.extend(other);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_go_to_recordings_of_our_own_account_and_nowhere_else() {
        let account = |api_url: &str| TwilioAccount {
            account_sid: "AC1".to_owned(),
            auth_tokens: Vec::new(),
            shared_keys: Vec::new(),
            api_url: api_url.to_owned(),
            public_url: String::new(),
        };
        let asked = |address: &str, api_url: &str| recording_url(address, &account(api_url)).is_some();
        let twilio = "https://api.twilio.com";
        for good in [
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
        ] {
            assert!(asked(good, twilio), "{good}");
        }
        let stand_in = "http://127.0.0.1:8181/stand-in/";
        assert!(asked("http://127.0.0.1:8181/stand-in/2010-04-01/Accounts/AC1/Recordings/RE1.mp3", stand_in));
        assert!(!asked("http://127.0.0.1:8181/2010-04-01/Accounts/AC1/Recordings/RE1.mp3", stand_in));
        assert!(!asked("http://127.0.0.1:8282/stand-in/2010-04-01/Accounts/AC1/Recordings/RE1.mp3", stand_in));
        for foreign in [
            "http://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.twilio.com:8443/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.twilio.com.example.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.nottwilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.twilio.com@example.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://somebody@api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC2/Recordings/RE1.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/../Messages.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1/Transcriptions.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/%2e%2e%2fMessages.mp3",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1.mp3?To=1",
            "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/.mp3",
            "https://169.254.169.254/2010-04-01/Accounts/AC1/Recordings/RE1.mp3",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!asked(foreign, twilio), "{foreign}");
        }
    }

    #[test]
    fn a_refusal_names_no_whole_number() {
        let body =
            br#"{"code":21211,"message":"The 'To' number +447700900123 is not a valid phone number.","status":400}"#;
        assert_eq!(
            refusal(StatusCode::BAD_REQUEST, body),
            "this number does not exist (Twilio 21211: The 'To' number +447…23 is not a valid phone number.)"
        );
        assert_eq!(masked("+447700900123"), "+447…23");
        assert_eq!(masked("error 21211 at 12:30"), "error 21211 at 12:30");
        assert_eq!(refusal(StatusCode::FORBIDDEN, b"<html>"), "Twilio answered 403");
    }
}
