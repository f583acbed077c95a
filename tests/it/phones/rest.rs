//! A stand-in for the provider's REST interface: takes texts and calls, lists them, and fails as told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use data_encoding::BASE64;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::loopback::{Answer, Asked, Loopback};

/// A recording.
pub(crate) const SOUND: &str = "ID3 the boiler is cold again";

/// How long a test waits for something to be sent, in real time.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time that sent things carry.
pub(crate) type Now = Box<dyn Fn() -> Timestamp + Send>;

pub(crate) struct Rest {
    desk: Arc<Mutex<Desk>>,
    news: Arc<Notify>,
    serving: Loopback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Call,
}

/// Something the provider has taken, and will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) kind: Kind,
    pub(crate) sid: String,
    pub(crate) from: String,
    pub(crate) to: String,
    /// The words of a text, or the address a call asks.
    pub(crate) body: String,
    /// Where the end of a call is told.
    pub(crate) callback: String,
    /// How long a call rings, in seconds, without the provider's own margin.
    pub(crate) timeout: i64,
    pub(crate) at: Timestamp,
}

/// What becomes of one request to send something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Takes,
    /// Refuses with this HTTP status and the provider's own error code.
    Refuses(u16, u32),
    /// Takes nothing, and never answers.
    Hangs,
    /// Takes it, and never answers.
    TakesAndHangs,
    /// Takes nothing, and closes the connection.
    Drops,
    /// Takes it, and closes the connection.
    TakesAndDrops,
}

struct Desk {
    account: String,
    token: String,
    now: Now,
    next: VecDeque<Mood>,
    always: Mood,
    taken: Vec<Taken>,
    /// Requests to send something, refused ones too.
    tries: usize,
    /// Requests for a list.
    looked_up: usize,
    /// What every request for a recording gets.
    recording: Answer,
    played: usize,
}

impl Rest {
    pub(crate) async fn open(account: &str, token: &str, now: Now) -> Self {
        let desk = Arc::new(Mutex::new(Desk {
            account: account.to_owned(),
            token: token.to_owned(),
            now,
            next: VecDeque::new(),
            always: Mood::Takes,
            taken: Vec::new(),
            tries: 0,
            looked_up: 0,
            recording: Answer::Reply { status: 200, content_type: "audio/mpeg", body: SOUND.to_owned() },
            played: 0,
        }));
        let news = Arc::new(Notify::new());
        let (at_desk, bell) = (Arc::clone(&desk), Arc::clone(&news));
        let serving = Loopback::open(move |asked| {
            let answer = at_desk.lock().unwrap().answer(&asked);
            bell.notify_waiters();
            std::future::ready(answer)
        })
        .await;
        Self { desk, news, serving }
    }

    /// The value for `api_url`.
    pub(crate) fn url(&self) -> &str {
        &self.serving.url
    }

    /// The next requests are met with these moods, one each; then as always.
    pub(crate) fn next(&self, moods: &[Mood]) {
        self.desk().next.extend(moods);
    }

    pub(crate) fn always(&self, mood: Mood) {
        self.desk().always = mood;
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.desk().taken.clone()
    }

    /// `+447700900201: Priya will ring you by 11.`, in the order of the numbers.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.taken().into_iter().filter(|taken| taken.kind == Kind::Text);
        let mut texts: Vec<String> = texts.map(|text| format!("{}: {}", text.to, text.body)).collect();
        texts.sort();
        texts
    }

    /// The phones that the provider was asked to ring, in that order.
    pub(crate) fn calls(&self) -> Vec<Taken> {
        self.taken().into_iter().filter(|taken| taken.kind == Kind::Call).collect()
    }

    pub(crate) fn tries(&self) -> usize {
        self.desk().tries
    }

    pub(crate) fn looked_up(&self) -> usize {
        self.desk().looked_up
    }

    /// What requests for a recording get from now on.
    pub(crate) fn recordings(&self, answer: Answer) {
        self.desk().recording = answer;
    }

    /// Requests for a recording.
    pub(crate) fn played(&self) -> usize {
        self.desk().played
    }

    /// A text that was taken before anybody who is still there sent one.
    pub(crate) fn took_before(&self, from: &str, to: &str, body: &str) {
        let mut desk = self.desk();
        let (sid, at) = (format!("SM{:032x}", desk.taken.len() + 1), (desk.now)());
        let (from, to, body) = (from.to_owned(), to.to_owned(), body.to_owned());
        desk.taken.push(Taken { kind: Kind::Text, sid, from, to, body, callback: String::new(), timeout: 0, at });
    }

    /// Waits until this many things were taken, and fails if it takes too long.
    pub(crate) async fn has_taken(&self, count: usize) -> Vec<Taken> {
        self.waits_for(&format!("{count} taken"), |desk| desk.taken.len() >= count).await;
        self.taken()
    }

    pub(crate) async fn was_tried(&self, count: usize) {
        self.waits_for(&format!("{count} tries"), |desk| desk.tries >= count).await;
    }

    async fn waits_for(&self, what: &str, done: impl Fn(&Desk) -> bool) {
        let waiting = async {
            loop {
                // Registered before looking, so that nothing that comes in between is missed.
                let news = self.news.notified();
                if done(&self.desk()) {
                    return;
                }
                news.await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(came.is_ok(), "waited in vain for {what}; taken so far: {:#?}", self.taken());
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap()
    }
}

impl Desk {
    fn answer(&mut self, asked: &Asked) -> Answer {
        let expected = format!("Basic {}", BASE64.encode(format!("{}:{}", self.account, self.token).as_bytes()));
        if asked.header("authorization") != expected {
            return refusal(401, 20003);
        }
        let kind = match asked.path.strip_prefix(&format!("/2010-04-01/Accounts/{}/", self.account)) {
            Some("Messages.json") => Kind::Text,
            Some("Calls.json") => Kind::Call,
            Some(path) if asked.method == "GET" && path.starts_with("Recordings/RE") => {
                self.played += 1;
                return self.recording.clone();
            }
            _ => return refusal(404, 20404),
        };
        match asked.method.as_str() {
            "POST" => self.send(kind, asked),
            "GET" => self.list(kind, asked),
            _ => refusal(405, 20004),
        }
    }

    fn send(&mut self, kind: Kind, asked: &Asked) -> Answer {
        self.tries += 1;
        match self.next.pop_front().unwrap_or(self.always) {
            Mood::Takes => self.take(kind, asked),
            Mood::Refuses(status, code) => refusal(status, code),
            Mood::Hangs => Answer::Hang,
            Mood::Drops => Answer::Drop,
            Mood::TakesAndHangs => {
                self.take(kind, asked);
                Answer::Hang
            }
            Mood::TakesAndDrops => {
                self.take(kind, asked);
                Answer::Drop
            }
        }
    }

    fn take(&mut self, kind: Kind, asked: &Asked) -> Answer {
        let (prefix, body) = match kind {
            Kind::Text => ("SM", asked.param("Body")),
            Kind::Call => ("CA", asked.param("Url")),
        };
        for (value, missing) in [(asked.param("To"), 21604), (asked.param("From"), 21603), (body, 21602)] {
            if value.is_empty() {
                return refusal(400, missing);
            }
        }
        self.taken.push(Taken {
            kind,
            sid: format!("{prefix}{:032x}", self.taken.len() + 1),
            from: asked.param("From").to_owned(),
            to: asked.param("To").to_owned(),
            body: body.to_owned(),
            callback: asked.param("StatusCallback").to_owned(),
            timeout: asked.param("Timeout").parse().unwrap_or(60),
            at: (self.now)(),
        });
        reply(201, &self.described(self.taken.len() - 1))
    }

    /// The newest first, by page, as the provider does.
    fn list(&mut self, kind: Kind, asked: &Asked) -> Answer {
        self.looked_up += 1;
        let query = |name: &str| asked.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let (since, word) = match kind {
            Kind::Text => (query("DateSent>"), "messages"),
            Kind::Call => (query("StartTime>"), "calls"),
        };
        let fits = |taken: &Taken| {
            let day = taken.at.to_zoned(TimeZone::UTC).date().to_string();
            taken.kind == kind
                && query("To").is_none_or(|to| to == taken.to)
                && query("From").is_none_or(|from| from == taken.from)
                // The provider looks at the day only.
                && since.is_none_or(|since| since.get(..10).unwrap_or(since) <= day.as_str())
        };
        let size = query("PageSize").and_then(|size| size.parse().ok()).unwrap_or(50);
        let page: usize = query("Page").and_then(|page| page.parse().ok()).unwrap_or(0);
        let found: Vec<usize> = (0..self.taken.len()).rev().filter(|&at| fits(&self.taken[at])).collect();
        let shown: Vec<Value> = found.iter().skip(page * size).take(size).map(|&at| self.described(at)).collect();
        let more = found.len() > (page + 1) * size;
        let next = more.then(|| format!("{}?PageSize={size}&Page={}", asked.path, page + 1));
        reply(200, &json!({ word: shown, "page": page, "page_size": size, "next_page_uri": next }))
    }

    fn described(&self, at: usize) -> Value {
        let taken = &self.taken[at];
        let date = rfc2822::to_string(&taken.at.to_zoned(TimeZone::UTC)).unwrap();
        match taken.kind {
            Kind::Text => json!({
                "sid": taken.sid, "account_sid": self.account, "from": taken.from, "to": taken.to,
                "body": taken.body, "status": "sent", "direction": "outbound-api", "num_segments": "1",
                "date_created": date, "date_updated": date, "date_sent": date, "error_code": null,
            }),
            Kind::Call => json!({
                "sid": taken.sid, "account_sid": self.account, "from": taken.from, "to": taken.to,
                "status": "queued", "direction": "outbound-api", "date_created": date, "start_time": date,
            }),
        }
    }
}

fn reply(status: u16, body: &Value) -> Answer {
    Answer::Reply { status, content_type: "application/json", body: body.to_string() }
}

fn refusal(status: u16, code: u32) -> Answer {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    reply(status, &json!({ "status": status, "code": code, "message": "refused", "more_info": more }))
}
