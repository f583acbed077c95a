//! Webhooks that a test sends itself: what no well-behaved network would send, or not in this order, or not to this
//! instance.

use std::fmt::Write;

use reqwest::Method;

use crate::phones::opening::{ACCOUNT, PUBLIC_URL, TOKEN};
use crate::phones::shop::Shop;
use crate::phones::signature;

pub(crate) const VOICE: &str = "/hooks/twilio/voice";
pub(crate) const STATUS: &str = "/hooks/twilio/status";
pub(crate) const TEXT: &str = "/hooks/twilio/text";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
/// The first line of the usual rota.
pub(crate) const LINE: &str = "+442079460000";

pub(crate) type Params = Vec<(String, String)>;

/// The provider's side of a shop, in a test's hand.
pub(crate) struct Hand {
    client: reqwest::Client,
    /// `http://127.0.0.1:41234`
    instances: Vec<String>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

impl Hand {
    pub(crate) fn of(shop: &Shop) -> Self {
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let instances = shop.server().apps().map(|app| format!("http://{}", app.address)).collect();
        Self { client, instances }
    }

    /// A genuine webhook to the first instance. `address` as found in a document, or a path.
    pub(crate) async fn tells(&self, address: &str, params: &Params) -> Page {
        self.tells_instance(0, address, params).await
    }

    pub(crate) async fn tells_instance(&self, instance: usize, address: &str, params: &Params) -> Page {
        let path = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
        let signature = signature::sign(TOKEN, &format!("{PUBLIC_URL}{path}"), params);
        let request = self.request(instance, Method::POST, path);
        send(request.header("content-type", FORM).header("x-twilio-signature", signature).body(signature::form(params)))
            .await
    }

    /// A genuine webhook with exactly this body, which must be a form of `params`.
    pub(crate) async fn tells_raw(&self, path: &str, content_type: Option<&str>, params: &Params, body: &str) -> Page {
        let signature = signature::sign(TOKEN, &format!("{PUBLIC_URL}{path}"), params);
        let request = self.request(0, Method::POST, path).header("x-twilio-signature", signature);
        let request = match content_type {
            Some(content_type) => request.header("content-type", content_type),
            None => request,
        };
        send(request.body(body.to_owned())).await
    }

    pub(crate) fn request(&self, instance: usize, method: Method, address: &str) -> reqwest::RequestBuilder {
        let path = address.strip_prefix(PUBLIC_URL).unwrap_or(address);
        self.client.request(method, format!("{}{path}", self.instances[instance]))
    }

    pub(crate) async fn gets(&self, path: &str) -> Page {
        send(self.request(0, Method::GET, path)).await
    }

    /// A caller rings the first line.
    pub(crate) async fn rings(&self, sid: &str, from: &str) -> Page {
        self.tells(VOICE, &incoming(sid, from, LINE)).await
    }
}

pub(crate) async fn send(request: reqwest::RequestBuilder) -> Page {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    let content_type = content_type.to_owned();
    Page { status, content_type, body: response.text().await.unwrap() }
}

pub(crate) fn params(pairs: &[(&str, &str)]) -> Params {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What the webhooks of a caller's side have in common, and `more`.
pub(crate) fn of_call(sid: &str, status: &str, more: &[(&str, &str)]) -> Params {
    let mut all = params(&[("CallSid", sid), ("AccountSid", ACCOUNT), ("CallStatus", status)]);
    all.extend(params(more));
    all
}

pub(crate) fn incoming(sid: &str, from: &str, to: &str) -> Params {
    of_call(sid, "ringing", &[("From", from), ("To", to), ("Direction", "inbound")])
}

/// What the webhooks of a leg have in common, and `more`.
pub(crate) fn of_leg(call: &str, status: &str, more: &[(&str, &str)]) -> Params {
    let mut all = of_call("CA00000000000000000000000000001e90", status, &[("ParentCallSid", call)]);
    all.extend(params(more));
    all
}

impl Page {
    /// The phone that rings.
    pub(crate) fn rings(&self) -> Option<String> {
        self.find(&["Number", "Sip"], |node| node.text().map(|text| text.trim().to_owned()))
    }

    /// Where the end of the ring is told.
    #[track_caller]
    pub(crate) fn done(&self) -> String {
        self.address(&["Dial"], "action")
    }

    #[track_caller]
    pub(crate) fn whisper(&self) -> String {
        self.address(&["Number", "Sip"], "url")
    }

    /// Where news of the leg are told.
    #[track_caller]
    pub(crate) fn leg(&self) -> String {
        self.address(&["Number", "Sip"], "statusCallback")
    }

    #[track_caller]
    pub(crate) fn key(&self) -> String {
        self.address(&["Gather"], "action")
    }

    /// Where the end of the message is told.
    #[track_caller]
    pub(crate) fn message(&self) -> String {
        self.address(&["Record"], "action")
    }

    #[track_caller]
    pub(crate) fn recording(&self) -> String {
        self.address(&["Record"], "recordingStatusCallback")
    }

    /// The names of the verbs, in order.
    pub(crate) fn verbs(&self) -> Vec<String> {
        let document = roxmltree::Document::parse(&self.body).unwrap_or_else(|error| panic!("{error}\n{self:?}"));
        let verbs = document.root_element().children().filter(roxmltree::Node::is_element);
        verbs.map(|verb| verb.tag_name().name().to_owned()).collect()
    }

    /// A document for a leg that ends without connecting it.
    pub(crate) fn hangs_up(&self) -> bool {
        self.verbs().last().is_some_and(|verb| verb == "Hangup")
    }

    /// Everything that is said.
    pub(crate) fn says(&self) -> String {
        let document = roxmltree::Document::parse(&self.body).unwrap_or_else(|error| panic!("{error}\n{self:?}"));
        let said = document.descendants().filter(|node| node.has_tag_name("Say")).filter_map(|node| node.text());
        said.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn address(&self, elements: &[&str], attribute: &str) -> String {
        let found = self.find(elements, |node| node.attribute(attribute).map(str::to_owned));
        found.unwrap_or_else(|| panic!("no {attribute} of {elements:?} in {self:?}"))
    }

    fn find(&self, elements: &[&str], of: impl Fn(roxmltree::Node<'_, '_>) -> Option<String>) -> Option<String> {
        let document = roxmltree::Document::parse(&self.body).ok()?;
        document.descendants().filter(|node| elements.contains(&node.tag_name().name())).find_map(of)
    }
}

/// Every row of every table of a shop's SQLite store, as text.
pub(crate) fn contents(shop: &Shop) -> String {
    let connection = rusqlite::Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let tables: Vec<String> = all(&connection, names).into_iter().map(|row| row.trim_matches('"').to_owned()).collect();
    let mut text = String::new();
    for table in tables {
        let mut rows = all(&connection, &format!("SELECT * FROM {table}"));
        rows.sort();
        writeln!(text, "{table}\n{}", rows.join("\n")).unwrap();
    }
    text
}

fn all(connection: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let values = (0..columns).map(|at| {
            row.get_ref(at).map(|value| match value {
                rusqlite::types::ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
                other => format!("{other:?}"),
            })
        });
        values.collect::<Result<Vec<_>, _>>().map(|values| values.join(" "))
    });
    rows.unwrap().map(Result::unwrap).collect()
}
