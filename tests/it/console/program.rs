//! A program with a token.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;
use switchboard::domain::access::{Key, Role, Scope};
use switchboard::domain::staff::StaffId;
use switchboard::store::accounts::{self, NewAccount};
use switchboard::store::tokens::{self, NewToken};
use switchboard::store::{Store, Tx};

use crate::phones::shop::Shop;

pub struct Program {
    client: Client,
    /// Where the server listens, without a slash at the end.
    address: String,
    pub token: String,
}

/// What came back.
#[derive(Debug)]
pub struct Told {
    pub asked: String,
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    /// Null where there was no JSON.
    pub json: Value,
    pub body: String,
}

impl Shop {
    /// A program of somebody of the staff.
    pub async fn program(&self, who: &str, role: Role, scope: Scope) -> Program {
        let (store, now, rota) = (self.server().store().to_owned(), self.server().now(), self.server().rota());
        let staff = rota.staff.get(who).map(|person| person.id.clone());
        let token = Key::new(rand::random());
        let key = token.clone();
        let (name, made) = (who.to_owned(), now);
        let make = move || {
            let mut store = Store::open_for_command(&store).unwrap();
            let made = store.transaction(|tx| {
                token_of(
                    tx,
                    &name,
                    staff,
                    role,
                    NewToken {
                        key,
                        account: switchboard::domain::access::AccountId(0),
                        name: "the till".to_owned(),
                        scope,
                        made,
                        parent: None,
                    },
                )
            });
            made.unwrap();
        };
        tokio::task::spawn_blocking(make).await.unwrap();
        let app = self.server().apps().next().expect("an instance");
        Program::at(&format!("http://{}", app.address), &token.reveal())
    }
}

/// Makes a token, and an account for it where there is none.
pub fn token_of(
    tx: &mut Tx<'_>,
    name: &str,
    staff: Option<StaffId>,
    role: Role,
    new: NewToken,
) -> Result<(), switchboard::store::StoreError> {
    let known =
        accounts::all(tx)?.into_iter().find(|listed| listed.account.staff == staff && listed.account.role == role);
    let account = match known {
        Some(listed) => listed.account.id,
        None => accounts::add(tx, &NewAccount { name: name.to_owned(), staff, role, made: new.made })?,
    };
    tokens::make(tx, &NewToken { account, ..new }).map(|_| ())
}

impl Program {
    pub fn at(address: &str, token: &str) -> Self {
        let client = Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Self { client, address: address.to_owned(), token: token.to_owned() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/api/v1{path}", self.address));
        if self.token.is_empty() { request } else { request.bearer_auth(&self.token) }
    }

    pub async fn asks(&self, path: &str) -> Told {
        self.told(self.request(Method::GET, path), path).await
    }

    pub async fn sends(&self, method: Method, path: &str, json: Value) -> Told {
        self.told(self.request(method, path).json(&json), path).await
    }

    pub async fn told(&self, request: RequestBuilder, path: &str) -> Told {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = answer.text().await.unwrap();
        Told { asked: path.to_owned(), status, headers, json: serde_json::from_str(&body).unwrap_or_default(), body }
    }
}

impl Told {
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.body);
        self
    }

    /// As RFC 9457 has it.
    #[track_caller]
    pub fn is_problem(&self, status: u16, words: &str) -> &Self {
        self.is(status);
        assert_eq!(self.headers["content-type"], "application/problem+json", "{}", self.asked);
        assert_eq!(self.json["status"], status, "{}", self.body);
        assert!(self.json["title"].is_string(), "{}", self.body);
        assert!(self.json["detail"].as_str().unwrap().contains(words), "{words:?} is not in {}", self.body);
        self
    }
}
