//! The provider's HTTP side: signs, sends, repeats, retries.

use std::time::Duration;

use reqwest::Url;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::signature;

/// The longest a provider waits for an answer to a call's webhook (contracts, section 4: error 11205).
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a test waits for a server to be started again, in real time.
const OUTAGE: Duration = Duration::from_mins(1);

pub(crate) type Params = Vec<(String, String)>;

pub(crate) struct Wire {
    client: reqwest::Client,
    /// Where the server's instances listen; asked in turn. While none of them does, whoever starts one again tells it
    /// here, and the webhook is sent then.
    instances: watch::Receiver<Vec<String>>,
    turn: usize,
    /// What the provider was given, and signs.
    public: Url,
    token: String,
    /// How often each webhook is sent once more.
    pub(crate) repeats: u32,
    /// How long an answer may take, in real time.
    pub(crate) patience: Duration,
    /// Whether a webhook whose answer was lost is sent again, as with the override `#rc=5&rp=all`.
    pub(crate) retries_lost_answers: bool,
    /// Whether the repeats are sent in the same moment as the first, each to the next instance.
    pub(crate) repeats_at_once: bool,
    /// Webhooks sent, repeats counted.
    pub(crate) sent: u64,
    /// What was asked and answered, in order; repeats are in one exchange.
    pub(crate) log: Vec<Exchange>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) url: String,
    pub(crate) params: Params,
    pub(crate) event: String,
    pub(crate) replies: Vec<Reply>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Lost {
    #[error("nobody accepts the connection")]
    NoConnection,
    #[error("the connection broke before the answer: {0}")]
    NoAnswer(String),
    #[error("no answer within {0:?}")]
    TooSlow(Duration),
    #[error("the address {0} is not below the public address")]
    Elsewhere(String),
}

impl Wire {
    pub(crate) fn new(instances: watch::Receiver<Vec<String>>, public: &str, token: &str) -> Self {
        // Plain HTTP only: without this a machine that has no certificate authorities gets no client.
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Self {
            client,
            instances,
            turn: 0,
            public: public.parse().unwrap(),
            token: token.to_owned(),
            repeats: 0,
            patience: PATIENCE,
            retries_lost_answers: false,
            repeats_at_once: false,
            sent: 0,
            log: Vec::new(),
        }
    }

    /// The absolute address of `reference`, as found in a document that came from `page`.
    pub(crate) fn resolve(&self, page: &str, reference: &str) -> String {
        let page = self.public.join(page).unwrap();
        page.join(reference).map_or_else(|_| reference.to_owned(), |url| url.to_string())
    }

    /// Sends one webhook and its repeats. The answers to all of them, the first one first.
    pub(crate) async fn post(&mut self, url: &str, params: &Params, event: &str) -> Result<Vec<Reply>, Lost> {
        let mut replies = Vec::new();
        if self.repeats_at_once {
            let requests = (0..=self.repeats).map(|_| self.request(url, params, event));
            let requests = requests.collect::<Result<Vec<_>, _>>()?;
            let patience = self.patience;
            let mut exchanges: JoinSet<_> =
                requests.into_iter().map(|request| answered_within(patience, request)).collect();
            while let Some(exchanged) = exchanges.join_next().await {
                replies.push(match exchanged.unwrap() {
                    Ok(reply) => reply,
                    Err(_) => self.post_once(url, params, event).await?,
                });
            }
        } else {
            for _ in 0..=self.repeats {
                replies.push(self.post_once(url, params, event).await?);
            }
        }
        let (url, event) = (url.to_owned(), event.to_owned());
        self.log.push(Exchange { url, params: params.clone(), event, replies: replies.clone() });
        Ok(replies)
    }

    async fn post_once(&mut self, url: &str, params: &Params, event: &str) -> Result<Reply, Lost> {
        let spare = if self.retries_lost_answers { 5 } else { 0 };
        let mut tries_left = self.instances.borrow_and_update().len() + spare;
        loop {
            let lost = match self.exchange(url, params, event).await {
                Ok(reply) => return Ok(reply),
                Err(lost) => lost,
            };
            let again = match lost {
                Lost::NoConnection => true,
                Lost::NoAnswer(_) => self.retries_lost_answers,
                Lost::TooSlow(_) | Lost::Elsewhere(_) => false,
            };
            tries_left = tries_left.saturating_sub(1);
            if !again || (tries_left == 0 && !self.is_started_again().await) {
                return Err(lost);
            }
        }
    }

    /// Waits for a server that listens elsewhere or again. False: nobody will start one.
    async fn is_started_again(&mut self) -> bool {
        matches!(tokio::time::timeout(OUTAGE, self.instances.changed()).await, Ok(Ok(())))
    }

    async fn exchange(&mut self, url: &str, params: &Params, event: &str) -> Result<Reply, Lost> {
        answered_within(self.patience, self.request(url, params, event)?).await
    }

    /// To the instance whose turn it is.
    fn request(&mut self, url: &str, params: &Params, event: &str) -> Result<reqwest::RequestBuilder, Lost> {
        let mut full: Url = url.parse().map_err(|_| Lost::Elsewhere(url.to_owned()))?;
        full.set_fragment(None);
        if full.origin() != self.public.origin() {
            return Err(Lost::Elsewhere(url.to_owned()));
        }
        let instances = self.instances.borrow().clone();
        let instance = &instances[self.turn % instances.len()];
        self.turn += 1;
        self.sent += 1;
        let query = full.query().map(|query| format!("?{query}")).unwrap_or_default();
        Ok(self
            .client
            .post(format!("{instance}{}{query}", full.path()))
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("user-agent", "TwilioProxy/1.1")
            .header("x-twilio-signature", signature::sign(&self.token, full.as_str(), params))
            .header("i-twilio-idempotency-token", event)
            .body(signature::form(params)))
    }
}

/// Instances that stay where they are.
pub(crate) fn standing(instances: Vec<String>) -> watch::Receiver<Vec<String>> {
    watch::Sender::new(instances).subscribe()
}

async fn answered_within(patience: Duration, request: reqwest::RequestBuilder) -> Result<Reply, Lost> {
    tokio::time::timeout(patience, read(request)).await.unwrap_or(Err(Lost::TooSlow(patience)))
}

async fn read(request: reqwest::RequestBuilder) -> Result<Reply, Lost> {
    let lost =
        |error: reqwest::Error| if error.is_connect() { Lost::NoConnection } else { Lost::NoAnswer(error.to_string()) };
    let response = request.send().await.map_err(lost)?;
    let status = response.status().as_u16();
    let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    let content_type = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let body = response.text().await.map_err(lost)?;
    Ok(Reply { status, content_type, body })
}
