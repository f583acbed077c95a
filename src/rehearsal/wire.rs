//! The provider's HTTP side of a rehearsal: signs, sends, and repeats where that is rehearsed.

use std::net::SocketAddr;
use std::time::Duration;

use crate::provider::rehearsal::{Document, News, SIGNATURE, TextIn, Webhook, sign};

/// The address that the private server is told it has. Nobody can be reached there.
pub(super) const PUBLIC_URL: &str = "https://rehearsal.invalid";

/// As long as the strictest provider waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) struct Wire {
    client: reqwest::Client,
    secret: String,
    /// Every webhook is sent twice.
    repeats: bool,
}

/// What came back.
pub(super) struct Reply {
    pub(super) document: Document,
    /// The repeat was answered otherwise.
    pub(super) unlike: bool,
}

impl Wire {
    pub(super) fn new(secret: &str, repeats: bool) -> Result<Self, reqwest::Error> {
        // Plain HTTP on this machine only: neither a proxy nor certificates.
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).timeout(PATIENCE).build()?;
        Ok(Self { client, secret: secret.to_owned(), repeats })
    }

    /// Says one piece of news of a call at a URL that the server gave us, or at a path.
    pub(super) async fn post(
        &self,
        server: SocketAddr,
        url: &str,
        call: &str,
        news: News,
    ) -> Result<Reply, Unanswered> {
        let target = url.strip_prefix(PUBLIC_URL).unwrap_or(url);
        if !target.starts_with('/') {
            return Err(Unanswered::Elsewhere);
        }
        let webhook = Webhook { call: call.to_owned(), news };
        let body = serde_json::to_vec(&webhook).map_err(|_| Unanswered::NoDocument)?;
        let first = self.exchange(server, target, &body).await?;
        let unlike = self.repeats && self.exchange(server, target, &body).await? != first;
        let document = serde_json::from_slice(&first).map_err(|_| Unanswered::NoDocument)?;
        Ok(Reply { document, unlike })
    }

    /// An incoming text.
    pub(super) async fn post_text(&self, server: SocketAddr, path: &str, text: &TextIn) -> Result<(), Unanswered> {
        let body = serde_json::to_vec(text).map_err(|_| Unanswered::NoDocument)?;
        for _ in 0..=usize::from(self.repeats) {
            self.exchange(server, path, &body).await?;
        }
        Ok(())
    }

    async fn exchange(&self, server: SocketAddr, target: &str, body: &[u8]) -> Result<Vec<u8>, Unanswered> {
        let request = self
            .client
            .post(format!("http://{server}{target}"))
            .header(SIGNATURE, sign(&self.secret, target, body))
            .body(body.to_vec());
        let response = request.send().await.map_err(|_| Unanswered::NoConnection)?;
        if !response.status().is_success() {
            return Err(Unanswered::Status(response.status().as_u16()));
        }
        Ok(response.bytes().await.map_err(|_| Unanswered::NoConnection)?.to_vec())
    }
}

/// Why there is no answer that a provider could use.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("the server does not answer")]
    NoConnection,
    #[error("the server answers with status {0}")]
    Status(u16),
    #[error("the server's answer is no document")]
    NoDocument,
    #[error("the server names an address that is not its own")]
    Elsewhere,
}
