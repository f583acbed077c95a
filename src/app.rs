//! Puts everything together. `serve` starts this, and so do the tests, with a clock and a listener of their own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::{Response, StatusCode};
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

use crate::aside::done_aside;
use crate::clock::Clock;
use crate::config::settings::{Secret, Settings};
use crate::config::watch::RotaFile;
use crate::console::{self, Front, Pages, Parts, first_link};
use crate::http::health::Health;
use crate::http::hooks::{Hooks, addresses, plain};
use crate::http::messages;
use crate::http::server::{self, Forms, Limits, Long, WrittenOn};
use crate::jobs::Jobs;
use crate::jobs::daily::Daily;
use crate::operator::{CallerList, Listing, Operator};
use crate::provider::Provider;
use crate::provider::twilio::{BadAccount, Twilio, TwilioAccount};
use crate::store::{Store, StoreError, calls, customers};
use crate::ticket::Sealer;

/// How often calls whose last event never came are looked for.
const SWEEP: Duration = Duration::from_secs(5);
const SWEEP_CALLS: u32 = 200;

/// How often the callers in memory are made anew.
const CALLERS: Duration = Duration::from_mins(10);
/// Read in small pieces: they are the memory that a million customers cost beyond the list itself.
const CALLERS_PAGE: u32 = 1_000;

/// How long a repeated webhook of a finished call is still recognised by the provider's id.
const RECENT: SignedDuration = SignedDuration::from_hours(48);
const WAKE_PROMISES: u32 = 200;
const RECENT_CALLS: u32 = 2_000;

/// A million customers are some 60 MB.
const LIST_BYTES: u64 = 128 * 1024 * 1024;
const LISTS_AT_ONCE: usize = 2;
/// Of forms that are longer than a webhook. Some copies of each are made on its way.
const LONG_FORMS_AT_ONCE: usize = 4;

/// What a server is made of.
pub struct Setup {
    pub settings: Settings,
    pub rota: Arc<RotaFile>,
    pub clock: Clock,
    pub listener: TcpListener,
    /// Beside the ones that the settings name.
    pub providers: Vec<Arc<dyn Provider>>,
    /// A secret of the providers that were handed in, to seal their step URLs with.
    pub secret: Option<String>,
    pub background: Background,
    /// `None`: there is no console.
    pub console: Option<Pages>,
}

/// Who runs jobs and sweeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// The server, as time goes by.
    Running,
    /// Whoever started it, by [`App::run_jobs`] and [`App::sweep`]: rehearsals and tests.
    OnDemand,
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the provider twilio: {0}")]
    Twilio(#[from] BadAccount),
    #[error("the server could not start: {0}")]
    Io(#[from] std::io::Error),
}

/// A running server.
pub struct App {
    pub address: SocketAddr,
    public_url: String,
    operator: Operator,
    front: Option<Arc<Front>>,
    jobs: Jobs,
    daily: Daily,
    thread: std::thread::JoinHandle<()>,
    serving: JoinHandle<()>,
    background: Vec<JoinHandle<()>>,
    shutdown: watch::Sender<bool>,
}

impl App {
    /// Must be called on a tokio runtime.
    pub fn start(setup: Setup) -> Result<Self, StartError> {
        let Setup { settings, rota, clock, listener, providers, secret, background, console } = setup;
        let sealer = Arc::new(sealer(&settings, secret.as_deref()));
        let providers: Arc<[Arc<dyn Provider>]> = all_providers(&settings, providers)?.into();
        let store = settings.store.reveal().to_owned();
        let open = move || Store::open(&store);
        let file = Arc::clone(&rota);
        let rota_now = Arc::new(move || Arc::clone(&file.live().rota));
        let patience = settings.limits.answer_within;
        let addresses = addresses(&settings.public_url, &sealer);
        let chance = Arc::new(rand::random);
        let (operator, thread) = Operator::start(rota_now, clock.clone(), chance, addresses, patience, open)?;
        let address = listener.local_addr()?;
        let public_url = settings.public_url.clone();
        let hooks = Hooks {
            providers: Arc::clone(&providers),
            operator: operator.clone(),
            sealer,
            public_url: settings.public_url.clone(),
        };
        let parts = Parts {
            operator: operator.clone(),
            clock: clock.clone(),
            file: Arc::clone(&rota),
            settings: settings.clone(),
            providers: providers.iter().map(|provider| provider.name()).collect(),
            chance: Arc::new(rand::random),
        };
        let front = console.map(|pages| Front::start(parts, pages)).transpose()?.map(Arc::new);
        let health = Health { operator: operator.clone(), rota_problems: Box::new(move || problems(&rota)) };
        let (shutdown, stopped) = watch::channel(false);
        let doors = Doors { hooks, health, front: front.clone() };
        let serving = tokio::spawn(serve(listener, limits(&settings), doors, stopped));
        let worker = format!("{}-{:08x}", std::process::id(), rand::random::<u32>());
        let jobs = || Jobs {
            operator: operator.clone(),
            providers: Arc::clone(&providers),
            clock: clock.clone(),
            worker: worker.clone(),
        };
        let daily = || Daily {
            operator: operator.clone(),
            clock: clock.clone(),
            provider: providers.first().map(|provider| provider.name()),
            store: settings.store.reveal().to_owned(),
            seen: Mutex::default(),
        };
        let background = match background {
            Background::Running => vec![
                tokio::spawn(jobs().run()),
                tokio::spawn(daily().run()),
                tokio::spawn(sweep_now_and_then(operator.clone())),
                tokio::spawn(refresh_callers(operator.clone(), settings.store.reveal().to_owned())),
            ],
            Background::OnDemand => Vec::new(),
        };
        Ok(Self {
            address,
            jobs: jobs(),
            daily: daily(),
            operator,
            front,
            public_url,
            thread,
            serving,
            background,
            shutdown,
        })
    }

    /// The names of the providers that are connected.
    pub fn providers(&self) -> Vec<&'static str> {
        self.jobs.providers.iter().map(|provider| provider.name()).collect()
    }

    pub fn operator(&self) -> &Operator {
        &self.operator
    }

    /// The link with which the very first person signs in to the console; `None` once somebody who looks after it has
    /// a password.
    pub async fn first_link(&self) -> Result<Option<String>, StoreError> {
        first_link(&self.operator, &self.public_url, self.jobs.clock.now(), rand::random()).await
    }

    /// Does everything that is due now; returns how many jobs were tried.
    pub async fn run_jobs(&self) -> Result<usize, StoreError> {
        let mut tried = 0;
        loop {
            match self.jobs.run_due().await? {
                0 => return Ok(tried),
                more => tried += more,
            }
        }
    }

    /// Closes calls whose last event never came, and does what promises have due; returns how many calls.
    pub async fn sweep(&self) -> Result<usize, StoreError> {
        let swept = self.operator.sweep(SWEEP_CALLS).await?;
        self.operator.wake_promises(WAKE_PROMISES).await?;
        Ok(swept)
    }

    /// Sees to this morning's letter and advice, if it has come.
    pub async fn look_at_the_day(&self) -> Result<(), StoreError> {
        self.daily.look().await
    }

    /// Tries a store that was away, and writes what happened without it. The server does so by itself.
    pub async fn comes_back(&self) -> Result<(), StoreError> {
        self.operator.comes_back().await
    }

    /// Makes the callers in memory anew.
    pub async fn refresh_callers(&self, store: &str) -> Result<usize, StoreError> {
        read_callers(&self.operator, store.to_owned()).await
    }

    /// Lets requests in flight finish, writes what is left to write, and stops.
    pub async fn stop(self) {
        self.shutdown.send_replace(true);
        if let Some(front) = &self.front {
            front.close();
        }
        drop(self.serving.await);
        for task in &self.background {
            task.abort();
        }
        self.operator.stop();
        drop(tokio::task::spawn_blocking(move || self.thread.join()).await);
    }
}

fn sealer(settings: &Settings, secret: Option<&str>) -> Sealer {
    let twilio = settings.providers.twilio.iter();
    let of_twilio =
        twilio.flat_map(|twilio| twilio.auth_tokens.iter().chain(twilio.shared_keys.iter().map(|(_, secret)| secret)));
    let own = settings.secret.iter().chain(of_twilio).map(Secret::reveal);
    Sealer::new(own.chain(secret))
}

fn all_providers(settings: &Settings, mut given: Vec<Arc<dyn Provider>>) -> Result<Vec<Arc<dyn Provider>>, BadAccount> {
    if let Some(twilio) = &settings.providers.twilio {
        let reveal = |secret: &Secret| secret.reveal().to_owned();
        given.push(Arc::new(Twilio::new(TwilioAccount {
            account_sid: twilio.account_sid.clone(),
            auth_tokens: twilio.auth_tokens.iter().map(reveal).collect(),
            shared_keys: twilio.shared_keys.iter().map(|(id, secret)| (id.clone(), reveal(secret))).collect(),
            api_url: twilio.api_url.clone(),
            public_url: settings.public_url.clone(),
        })?));
    }
    Ok(given)
}

/// Why the rota file on the disk is not the one that is live; empty if it is.
fn problems(rota: &RotaFile) -> Vec<String> {
    let live = rota.live();
    let problems = live.broken.iter().flatten();
    problems.map(|problem| format!("{}:{}: {}", problem.file, problem.line, problem.what)).collect()
}

fn limits(settings: &Settings) -> Limits {
    Limits { connections: u32::try_from(settings.limits.connections).unwrap_or(u32::MAX), ..Limits::default() }
}

/// Whoever answers requests.
struct Doors {
    hooks: Hooks,
    health: Health,
    front: Option<Arc<Front>>,
}

async fn serve(listener: TcpListener, limits: Limits, doors: Doors, mut stopped: watch::Receiver<bool>) {
    let doors = Arc::new(doors);
    let long = doors.front.clone().map(lists);
    let handler = move |request: hyper::Request<Bytes>, peer: SocketAddr| {
        let doors = Arc::clone(&doors);
        async move { doors.answer(request, peer).await }
    };
    let shutdown = async move {
        // An error means that the app is gone, which is a stop too.
        drop(stopped.wait_for(|stop| *stop).await);
    };
    let drained = server::serve(listener, limits, long, handler, shutdown).await;
    tracing::info!(?drained, "stopped serving");
}

/// Customer lists, which are long, and forms that people fill in.
fn lists(front: Arc<Front>) -> Long {
    Long {
        path: Front::LIST_PATH,
        bytes_max: LIST_BYTES,
        admits: Arc::new(move |head| {
            let front = Arc::clone(&front);
            Box::pin(async move { front.admits_list(head).await })
        }),
        places: Arc::new(Semaphore::new(LISTS_AT_ONCE)),
        forms: Forms {
            are_meant: Front::knows,
            bytes_max: Front::FORM_BYTES,
            places: Arc::new(Semaphore::new(LONG_FORMS_AT_ONCE)),
        },
    }
}

impl Doors {
    async fn answer(
        &self,
        mut request: hyper::Request<Bytes>,
        peer: SocketAddr,
    ) -> Response<Either<Full<Bytes>, Body>> {
        if let Some(front) = self.front.as_ref().filter(|_| Front::knows(request.uri().path())) {
            if request.extensions_mut().remove::<server::TooLong>().is_some() {
                request.extensions_mut().insert(console::TooLong);
            }
            let mut response = front.answer(request, peer).await;
            if let Some(console) = front.keeps_writing(&response) {
                response.extensions_mut().insert(WrittenOn(console));
            }
            return response.map(Either::Right);
        }
        self.answer_machine(request).await.map(Either::Left)
    }

    /// Providers, load balancers, and whoever has the link of a message.
    async fn answer_machine(&self, request: hyper::Request<Bytes>) -> Response<Full<Bytes>> {
        if let Some(response) = self.health.answer(request.method(), request.uri().path()) {
            return response;
        }
        if let Some(response) = messages::answer(&self.hooks, &request).await {
            return response;
        }
        self.hooks.answer(request).await.unwrap_or_else(|| plain(StatusCode::NOT_FOUND, "there is nothing here\n"))
    }
}

async fn sweep_now_and_then(operator: Operator) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let before = operator.desk().clock.now() - RECENT;
        let swept = operator.sweep(SWEEP_CALLS).await;
        if let Err(error) = operator.wake_promises(WAKE_PROMISES).await {
            tracing::debug!(%error, "promises wait for the store");
        }
        let forgotten = operator.errand(move |tx| calls::forget_recent(tx, before, RECENT_CALLS)).await;
        match swept.and_then(|swept| forgotten.map(|_| swept)) {
            Ok(0) => {}
            Ok(swept) => tracing::warn!(swept, "calls whose last event never came are closed"),
            Err(error) => tracing::debug!(%error, "sweeping waits for the store"),
        }
    }
}

async fn refresh_callers(operator: Operator, store: String) {
    loop {
        match read_callers(&operator, store.clone()).await {
            Ok(numbers) => tracing::info!(numbers, "callers in memory for the day the store is away"),
            Err(error) => tracing::debug!(%error, "the callers in memory stay as they are"),
        }
        tokio::time::sleep(CALLERS).await;
    }
}

/// On a connection of its own: a million customers must not hold up a call.
async fn read_callers(operator: &Operator, store: String) -> Result<usize, StoreError> {
    let read = move || -> Result<CallerList, StoreError> {
        let mut store = Store::open_read_only(&store)?;
        let mut listing = Listing::default();
        let mut after = Some(crate::domain::caller::CustomerId(0));
        while let Some(last) = after {
            after = store
                .read(|tx| customers::listed_page(tx, last, CALLERS_PAGE, |phone, usual| listing.add(phone, usual)))?;
        }
        Ok(listing.finish())
    };
    let list = done_aside("callers", read)
        .await
        .unwrap_or_else(|| Err(StoreError::Invalid("reading the callers panicked".to_owned())))?;
    let numbers = list.len();
    operator.desk().callers.store(Arc::new(list));
    Ok(numbers)
}
