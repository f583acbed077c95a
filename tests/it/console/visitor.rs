//! Somebody at a browser: keeps cookies, follows links, reads pages. Sends what a browser would.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;
use reqwest::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use switchboard::domain::access::{Key, Role};
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::accounts::{self, NewAccount};
use switchboard::store::sessions::{self, NewSession};

use crate::phones::opening::PUBLIC_URL;
use crate::phones::shop::Shop;

/// Makes each session's key another.
static SIGNED_IN: AtomicU64 = AtomicU64::new(0);

pub struct Visitor {
    client: Client,
    /// Where the server listens, without a slash at the end.
    address: String,
    /// Name and value of each.
    cookies: Mutex<Vec<(String, String)>>,
}

/// What came back, redirects followed.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    /// Path and query of where the last answer came from.
    pub at: String,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Shop {
    /// Nobody the console knows.
    pub fn visitor(&self) -> Visitor {
        self.visitor_of(0)
    }

    /// As [`Shop::visitor`], at this instance.
    pub fn visitor_of(&self, instance: usize) -> Visitor {
        let app = self.server().apps().nth(instance).expect("an instance of that number");
        Visitor::at(&format!("http://{}", app.address))
    }

    /// Somebody of the staff, signed in; the rota's owner is the console's too.
    pub async fn signs_in(&self, who: &str) -> Visitor {
        let owner = self.server().rota().owner == StaffId::new(who);
        self.signs_in_as(who, if owner { Role::Owner } else { Role::Staff }).await
    }

    pub async fn signs_in_as(&self, who: &str, role: Role) -> Visitor {
        let (store, now, rota) = (self.server().store().to_owned(), self.server().now(), self.server().rota());
        let staff = rota.staff.get(who).map(|person| (person.id.clone(), person.name.clone()));
        let (id, name) = staff.map_or((None, who.to_owned()), |(id, name)| (Some(id), name));
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&SIGNED_IN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let key = Key::new(bytes);
        let shown = key.reveal();
        let sign_in = move || {
            let mut store = Store::open_for_command(&store).unwrap();
            store
                .transaction(|tx| {
                    let known = accounts::all(tx)?
                        .into_iter()
                        .find(|listed| listed.account.staff == id && (id.is_some() || listed.account.name == name));
                    let account = if let Some(listed) = known {
                        accounts::set_role(tx, listed.account.id, role)?;
                        listed.account.id
                    } else {
                        let new = NewAccount { name: name.clone(), staff: id.clone(), role, made: now };
                        accounts::add(tx, &new)?
                    };
                    let expires = now + SignedDuration::from_hours(24 * 30);
                    let (address, browser) = ("192.0.2.1".to_owned(), "a test".to_owned());
                    sessions::open(tx, &NewSession { key: key.clone(), account, made: now, expires, address, browser })
                })
                .unwrap();
        };
        tokio::task::spawn_blocking(sign_in).await.unwrap();
        let visitor = self.visitor();
        visitor.keeps("__Host-session", &shown);
        visitor
    }
}

impl Visitor {
    /// At a server that listens there: `http://127.0.0.1:8080`.
    pub fn at(address: &str) -> Self {
        let none = reqwest::redirect::Policy::none();
        let client = Client::builder().no_proxy().tls_certs_only([]).redirect(none).build().unwrap();
        Self { client, address: address.to_owned(), cookies: Mutex::default() }
    }

    /// Keeps a cookie, as if it had been set.
    pub fn keeps(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.retain(|(kept, _)| kept != name);
        cookies.push((name.to_owned(), value.to_owned()));
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().find(|(kept, _)| kept == name).map(|(_, value)| value.clone())
    }

    pub async fn opens(&self, page: &str) -> Seen {
        self.follows(self.request(Method::GET, page), page).await
    }

    /// Sends a form, as this page's own.
    pub async fn sends(&self, page: &str, form: &[(&str, &str)]) -> Seen {
        self.follows(self.request(Method::POST, page).header(ORIGIN, PUBLIC_URL).form(form), page).await
    }

    /// To be completed and sent by the test itself; nothing is followed.
    pub fn request(&self, method: Method, page: &str) -> RequestBuilder {
        let cookies: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{page}", self.address));
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    async fn follows(&self, request: RequestBuilder, page: &str) -> Seen {
        let mut at = page.to_owned();
        let mut seen = self.once(request, &at).await;
        for _ in 0..5 {
            let Some(next) = seen.headers.get(LOCATION).filter(|_| seen.status.is_redirection()) else { break };
            at = next.to_str().unwrap().to_owned();
            assert!(at.starts_with('/'), "a redirect to {at} leaves the console");
            seen = self.once(self.request(Method::GET, &at), &at).await;
        }
        seen
    }

    async fn once(&self, request: RequestBuilder, at: &str) -> Seen {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        for set in headers.get_all(SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.keeps(name, value);
        }
        Seen { status, at: at.to_owned(), headers, body: answer.text().await.unwrap() }
    }
}

impl Seen {
    /// The words of the page, without its markup; runs of blanks are one.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for letter in self.body.chars() {
            match letter {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    words.push(' ');
                }
                letter if !inside => words.push(letter),
                _ => {}
            }
        }
        for (entity, letter) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")] {
            words = words.replace(entity, letter);
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(
            self.words().contains(words),
            "{} ({}) does not say {words:?}:\n{}",
            self.at,
            self.status,
            self.words()
        );
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.words().contains(words), "{} says {words:?}:\n{}", self.at, self.words());
        self
    }

    #[track_caller]
    pub fn leads_to(&self, name: &str, address: &str) -> &Self {
        let link = format!("href=\"{address}\">{name}</a>");
        assert!(self.body.contains(&link), "{} has no link `{name}` to {address}:\n{}", self.at, self.body);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}:\n{}", self.at, self.words());
        self
    }
}
