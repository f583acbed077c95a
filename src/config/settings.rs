//! Reads the server's settings: `switchboard.toml`, over it the environment, below both the defaults.

mod layers;
mod redacted;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use layers::{Found, Layers};

use super::diagnostic::{Diagnostic, Words};

/// Where the settings are looked for unless a command says otherwise.
pub const DEFAULT_PATH: &str = "config/switchboard.toml";

#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Exactly what the provider is given, without a slash at the end; signatures are checked against it.
    pub public_url: String,
    /// The rota file, relative to the working directory.
    pub rota: PathBuf,
    pub store: StoreUrl,
    /// A customer list that is taken into a store which never had a customer, relative to the working directory.
    pub customers: Option<PathBuf>,
    /// Seals what goes through others' hands: step addresses, sign-in links. Several instances on one
    /// store must share it. `None`: the providers' own secrets seal, which they share anyway.
    pub secret: Option<Secret>,
    /// `None`: no metrics.
    pub metrics_listen: Option<SocketAddr>,
    pub log: Log,
    pub limits: Limits,
    pub providers: Providers,
}

impl Settings {
    /// The machine has chosen the port, where it was to; a public address that nobody has written follows it.
    pub fn is_bound_to(&mut self, address: SocketAddr) {
        if self.public_url == own_address(self.listen) {
            self.public_url = own_address(address);
        }
        self.listen = address;
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// A `tracing` filter: `info`, `warn,switchboard=debug`.
    pub filter: String,
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A call whose full plan takes longer is answered with what is known.
    pub answer_within: Duration,
    /// Connections open at one time; more wait to be accepted.
    pub connections: usize,
}

#[derive(Clone, Debug)]
pub struct Providers {
    /// `None`: its hooks answer 404.
    pub twilio: Option<TwilioSettings>,
    /// Make-believe phones in the console.
    pub rehearsal: bool,
}

#[derive(Clone, Debug)]
pub struct TwilioSettings {
    pub account_sid: String,
    /// The first signs our REST requests; any may have signed a webhook. May be empty when there are shared keys.
    pub auth_tokens: Vec<Secret>,
    /// Key id and secret of the `HMAC_SHA256` signing mode.
    pub shared_keys: Vec<(String, Secret)>,
    /// Without a slash at the end.
    pub api_url: String,
}

/// A text that no log, error or page shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for whoever signs or signs in with it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// `sqlite://path` or `postgres://…`. Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl(String);

impl StoreUrl {
    /// `None` unless it names a kind of store that we have.
    pub fn parse(url: &str) -> Option<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return (!path.is_empty()).then(|| Self(url.to_owned()));
        }
        let postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
        (postgres && reqwest::Url::parse(url).is_ok()).then(|| Self(url.to_owned()))
    }

    /// The whole address, password included.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `None` for a store that knows no password.
    fn with_password(&self, password: &Secret) -> Option<Self> {
        if self.0.starts_with("sqlite://") {
            return None;
        }
        let mut url = reqwest::Url::parse(&self.0).ok()?;
        url.set_password(Some(password.reveal())).ok()?;
        Some(Self(url.into()))
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reqwest::Url::parse(&self.0) {
            Ok(mut url) if url.password().is_some() => {
                // Refused only for addresses without a host, which have no password either.
                let _ = url.set_password(Some("…"));
                f.write_str(&url.as_str().replace("%E2%80%A6", "…"))
            }
            _ => f.write_str(&self.0),
        }
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Settings that may be used.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub settings: Settings,
    pub warnings: Vec<Diagnostic>,
}

/// Reads the file at `path` and the `SWITCHBOARD__…` variables of `environment`. Without a file at
/// [`DEFAULT_PATH`] the defaults hold; any other path must exist.
///
/// # Errors
/// Everything that is wrong in both, warnings included.
pub fn load(path: &Path, environment: impl IntoIterator<Item = (String, String)>) -> Result<Loaded, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && path == Path::new(DEFAULT_PATH) => String::new(),
        Err(error) => {
            let words =
                Words::new(format!("the settings cannot be read: {error}"), "name a file that exists: --config FILE");
            return Err(vec![Diagnostic::elsewhere(super::diagnostic::Severity::Error, &name, words)]);
        }
    };
    read(&name, &text, environment)
}

/// [`load`] for a text. `file` is its name in messages; files that hold secrets are read.
pub fn read(
    file: &str,
    text: &str,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Loaded, Vec<Diagnostic>> {
    let mut layers = Layers::new(file, text, environment);
    let settings = settings(&mut layers);
    let problems = layers.into_problems();
    match settings {
        Some(settings) if !super::diagnostic::has_errors(&problems) => Ok(Loaded { settings, warnings: problems }),
        _ => Err(problems),
    }
}

const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// `None` only if an error was reported.
fn settings(layers: &mut Layers) -> Option<Settings> {
    let listen = address(layers, "listen").unwrap_or(LISTEN);
    let public_url = public_url(layers, listen);
    let rota = layers.text("rota", "rota = \"config/rota.toml\"");
    let store = store(layers);
    let customers = layers.text("customers", "customers = \"config/customers.csv\"");
    let secret = layers.secret("secret", "secret = \"32 or more characters by chance\"");
    let limits = Limits {
        answer_within: Duration::from_millis(layers.number("limits.answer_within_ms", 100..=10_000).unwrap_or(1500)),
        connections: layers
            .number("limits.connections", 1..=1_000_000)
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(16_384),
    };
    let log = log(layers);
    let twilio = twilio(layers);
    if twilio.is_some() && !layers.has("public_url") {
        layers.warning_at_section(
            "providers.twilio",
            "Twilio cannot reach this machine without a `public_url`",
            "write public_url = \"https://…\", exactly as Twilio is given it",
        );
    }
    Some(Settings {
        listen,
        public_url: public_url?,
        rota: rota.map_or_else(|| PathBuf::from("config/rota.toml"), |rota| PathBuf::from(rota.value)),
        store: store?,
        customers: customers.map(|list| PathBuf::from(list.value)),
        secret: secret.map(|secret| secret.value),
        metrics_listen: address(layers, "metrics_listen"),
        log,
        limits,
        providers: Providers { twilio, rehearsal: layers.flag("providers.rehearsal.enabled").unwrap_or(true) },
    })
}

fn address(layers: &mut Layers, key: &str) -> Option<SocketAddr> {
    let found = layers.text(key, &format!("{key} = \"127.0.0.1:8080\""))?;
    let address = found.value.trim().replace("localhost:", "127.0.0.1:").parse();
    if address.is_err() {
        let what = format!("`{}` is not an address to listen on", found.value);
        layers.error(&found.place, what, "write address and port: \"127.0.0.1:8080\", or \"0.0.0.0:8080\" for all");
    }
    address.ok()
}

/// As this machine's browser asks it.
fn own_address(listen: SocketAddr) -> String {
    let reachable = if listen.ip().is_unspecified() { LISTEN.ip() } else { listen.ip() };
    format!("http://{}", SocketAddr::new(reachable, listen.port()))
}

/// `None` after an error.
fn public_url(layers: &mut Layers, listen: SocketAddr) -> Option<String> {
    let Some(found) = layers.text("public_url", "public_url = \"https://phone.example.com\"") else {
        return Some(own_address(listen));
    };
    let (url, insecure) = web_address(layers, &found)?;
    if insecure {
        let what = "over http:// everybody on the way can read who calls";
        layers.warning(&found.place, what, "put a proxy with https:// in front, and write that address");
    }
    Some(url)
}

/// The address without a slash at the end, and whether it goes over the network in clear text.
/// `None` after an error.
fn web_address(layers: &mut Layers, found: &Found<String>) -> Option<(String, bool)> {
    let text = found.value.trim();
    let parsed = reqwest::Url::parse(text).ok().filter(|url| {
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        matches!(url.scheme(), "http" | "https") && plain && url.password().is_none()
    });
    let Some(url) = parsed else {
        // The text is not repeated: somebody may have put a password into it.
        let remedy = "write scheme, host and if need be a path, nothing more: \"https://phone.example.com\"";
        layers.error(&found.place, "this is not a web address that others can be given", remedy);
        return None;
    };
    let nearby = url.host_str().is_some_and(|host| {
        let host = host.trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    });
    Some((text.trim_end_matches('/').to_owned(), url.scheme() == "http" && !nearby))
}

/// `None` after an error.
fn store(layers: &mut Layers) -> Option<StoreUrl> {
    let example = "store = \"sqlite://data/switchboard.db\" or \"postgres://user@host/switchboard\"";
    let found = layers.text("store", example);
    let url = match &found {
        None => Some(StoreUrl("sqlite://data/switchboard.db".to_owned())),
        Some(found) => {
            let url = StoreUrl::parse(found.value.trim());
            if url.is_none() {
                layers.error(&found.place, "this is not a store that we know", format!("write {example}"));
            }
            url
        }
    };
    let password = layers.secret("store_password", "store_password = \"…\"");
    match (url?, password) {
        (url, None) => Some(url),
        (url, Some(password)) => {
            let with = url.with_password(&password.value);
            if with.is_none() {
                let what = "a store in a file has no password";
                layers.error(&password.place, what, "leave it out, or name a store with a host: \"postgres://…\"");
            }
            with
        }
    }
}

fn log(layers: &mut Layers) -> Log {
    let filter = layers.text("log", "log = \"info\"");
    if let Some(found) = &filter
        && tracing_subscriber::EnvFilter::try_new(&found.value).is_err()
    {
        let what = format!("`{}` does not say what to log", found.value);
        layers.error(
            &found.place,
            what,
            "write \"error\", \"warn\", \"info\", \"debug\", or \"warn,switchboard=debug\"",
        );
    }
    let format = layers.text("log_format", "log_format = \"text\" or \"json\"");
    let format = match format.as_ref().map(|found| (found.value.trim(), &found.place)) {
        None | Some(("text", _)) => LogFormat::Text,
        Some(("json", _)) => LogFormat::Json,
        Some((other, place)) => {
            let what = format!("`log_format` cannot be `{other}`");
            layers.error(place, what, "write \"text\" or \"json\"");
            LogFormat::Text
        }
    };
    Log { filter: filter.map_or_else(|| "info".to_owned(), |filter| filter.value), format }
}

/// `None` if nothing is said of it, or after an error.
fn twilio(layers: &mut Layers) -> Option<TwilioSettings> {
    const SECTION: &str = "providers.twilio";
    if !layers.has_section(SECTION) {
        return None;
    }
    let account_sid = layers.text("providers.twilio.account_sid", "account_sid = \"AC…\"");
    let auth_tokens = layers.secrets("providers.twilio.auth_token", "auth_token = \"…\", or a list of them");
    let shared_keys = layers.secrets("providers.twilio.shared_keys", "shared_keys = [\"key id=secret\"]");
    let api_url = match layers.text("providers.twilio.api_url", "api_url = \"https://api.twilio.com\"") {
        Some(found) => web_address(layers, &found).map(|(url, _)| url),
        None => Some("https://api.twilio.com".to_owned()),
    };
    match &account_sid {
        None => {
            layers.missing(SECTION, "account_sid", "account_sid = \"AC…\", from the first page of Twilio's console");
        }
        Some(found) if !found.value.starts_with("AC") => {
            let what = "this does not look like an account: they begin with AC";
            layers.warning(&found.place, what, "copy the Account SID from the first page of Twilio's console");
        }
        Some(_) => {}
    }
    if auth_tokens.is_none() && shared_keys.is_none() {
        let example = "auth_token = \"…\", auth_token_file = \"…\" or SWITCHBOARD__PROVIDERS__TWILIO__AUTH_TOKEN";
        layers.missing(SECTION, "auth_token", example);
    }
    let mut keys = Vec::new();
    for found in shared_keys.unwrap_or_default() {
        match found.value.reveal().split_once('=') {
            Some((id, secret)) if !id.trim().is_empty() && !secret.trim().is_empty() => {
                keys.push((id.trim().to_owned(), Secret::new(secret.trim())));
            }
            _ => layers.error(&found.place, "a shared key has an id and a secret", "write \"key id=secret\""),
        }
    }
    let auth_tokens = auth_tokens.unwrap_or_default().into_iter().map(|found| found.value).collect();
    Some(TwilioSettings { account_sid: account_sid?.value, auth_tokens, shared_keys: keys, api_url: api_url? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_shows() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "(secret) (secret)");
        let store = StoreUrl::parse("postgres://user:hunter2@host/db").unwrap();
        assert_eq!(format!("{store} {store:?}"), "postgres://user:…@host/db postgres://user:…@host/db");
        assert_eq!(store.reveal(), "postgres://user:hunter2@host/db");
    }
}
