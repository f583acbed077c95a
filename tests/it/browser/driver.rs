//! WebDriver, as much of it as the tests need: a chromedriver and a Chromium of a test's own, with a fresh profile.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Once;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Longer than anything takes that a page does by itself.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

#[rustfmt::skip]
const FLAGS: &[&str] = &[
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--accept-lang=en-GB",
    "--force-color-profile=srgb", "--font-render-hinting=none", "--window-size=1280,900",
];

pub(super) struct Driver {
    client: reqwest::Client,
    address: SocketAddr,
    /// `/session/5f0c...`
    session: String,
    child: Child,
    /// Held open: chromedriver must not find that nobody reads it.
    _told: BufReader<ChildStdout>,
    _profile: tempfile::TempDir,
}

/// What WebDriver answers instead of a value: `no such element: ...`.
#[derive(Debug)]
pub(super) struct Refused(pub(super) String);

/// Something on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element(pub(super) String);

impl Element {
    pub(super) fn of(value: &Value) -> Option<Self> {
        value.get(ELEMENT).and_then(Value::as_str).map(|id| Self(id.to_owned()))
    }

    /// As an argument of a script.
    pub(super) fn handed(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// Whether there is a browser on this machine. If not it is said, or it is a failure where nothing may be skipped.
pub(super) fn is_here() -> bool {
    static ONCE: Once = Once::new();
    let missing: Vec<&str> =
        ["chromium", "chromedriver"].into_iter().filter(|program| in_path(program).is_none()).collect();
    if missing.is_empty() {
        return true;
    }
    let remedy = "apt install chromium chromium-driver, then cargo test --test it -- browser::";
    assert!(env::var_os("SWITCHBOARD_TEST_NOTHING_SKIPPED").is_none(), "{missing:?} is not installed: {remedy}");
    ONCE.call_once(|| eprintln!("The browser was skipped: {missing:?} is not installed. To run it: {remedy}"));
    false
}

fn in_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

impl Driver {
    /// Without `script`, as where people or their company have turned JavaScript off.
    pub(super) async fn start(script: bool) -> Self {
        let mut child =
            Command::new("chromedriver").arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let reading = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            loop {
                line.clear();
                assert!(told.read_line(&mut line).unwrap() > 0, "chromedriver ends at once");
                if let Some((_, port)) = line.trim_end().trim_end_matches('.').rsplit_once("successfully on port ") {
                    return (port.parse::<u16>().unwrap(), told);
                }
            }
        });
        let (port, told) = reading.await.unwrap();
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        let profile = tempfile::tempdir().unwrap();
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", profile.path().display()));
        let mut driver = Self {
            client,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            session: String::new(),
            child,
            _told: told,
            _profile: profile,
        };
        let options = json!({
            "binary": in_path("chromium"),
            "args": flags,
            "prefs": { "profile.managed_default_content_settings.javascript": if script { 1 } else { 2 } },
        });
        let wanted = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": PATIENCE.as_millis() + 5000 },
        });
        let made = driver.ask(Method::POST, "/session", json!({ "capabilities": { "alwaysMatch": wanted } })).await;
        driver.session = format!("/session/{}", made.unwrap()["sessionId"].as_str().unwrap());
        driver
    }

    /// `path` below the session.
    pub(super) async fn posts(&self, path: &str, body: Value) -> Result<Value, Refused> {
        self.ask(Method::POST, path, body).await
    }

    pub(super) async fn gets(&self, path: &str) -> Result<Value, Refused> {
        self.ask(Method::GET, path, Value::Null).await
    }

    /// The value of a function's body.
    pub(super) async fn runs(&self, script: &str, with: Value) -> Result<Value, Refused> {
        self.posts("/execute/sync", json!({ "script": script, "args": with })).await
    }

    /// The value that a function's body hands to its last argument, later.
    pub(super) async fn waits(&self, script: &str, with: Value) -> Result<Value, Refused> {
        self.posts("/execute/async", json!({ "script": script, "args": with })).await
    }

    /// Chromium's own protocol.
    pub(super) async fn devtools(&self, command: &str, with: Value) -> Value {
        self.posts("/goog/cdp/execute", json!({ "cmd": command, "params": with })).await.unwrap()
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Result<Value, Refused> {
        let request = self.client.request(method, format!("http://{}{}{path}", self.address, self.session));
        let request = if body.is_null() { request } else { request.json(&body) };
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        let value = answer["value"].clone();
        match value.get("error").and_then(Value::as_str) {
            Some(error) => Err(Refused(format!("{error}: {}", value["message"].as_str().unwrap_or_default()))),
            None => Ok(value),
        }
    }
}

impl Drop for Driver {
    /// Chromium outlives a chromedriver that is killed: the session is ended first.
    fn drop(&mut self) {
        if let Ok(mut line) = TcpStream::connect(self.address) {
            let end = format!("DELETE {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", self.session);
            drop(line.set_read_timeout(Some(PATIENCE)));
            drop(line.write_all(end.as_bytes()));
            drop(line.read_to_end(&mut Vec::new()));
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
