//! `switchboard serve`: runs the server until it is told to stop.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use rustix::process::Resource;
use tokio::net::TcpListener;

use super::book::with_customers;
use super::business::is_missing;
use super::{Failure, first_customers, load_settings};
use crate::app::{App, Background, Setup, StartError};
use crate::clock::Clock;
use crate::config::diagnostic::{Style, render};
use crate::config::rota::Customers;
use crate::config::settings::Settings;
use crate::config::watch::{Reloaded, RotaFile, watch};
use crate::customer_list::{ImportError, News, Problem, Weight};
use crate::domain::rota::Rota;
use crate::http::metrics;
use crate::rehearsal;
use crate::store::Store;
use crate::telemetry;

pub(super) fn run(config: &Path) -> Result<(), Failure> {
    let settings = load_settings(config)?;
    telemetry::start_logs(&settings.log);
    let clock = Clock::System;
    allow_open_files();
    // Looks into the store, which may not be done on the runtime.
    let rota = Arc::new(read_rota(&settings, &clock)?);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(settings, clock, rota))
}

/// Every connection is an open file. What a shell allows a program by default is a sixteenth of what we promise.
fn allow_open_files() {
    let mut limit = rustix::process::getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = rustix::process::setrlimit(Resource::Nofile, limit) {
        tracing::debug!(%error, "open files stay limited as they are");
    }
}

fn read_rota(settings: &Settings, clock: &Clock) -> Result<RotaFile, Failure> {
    let understood = RotaFile::open(&settings.rota, clock.now(), None).map_err(Failure::Problems)?.live();
    let open = |customers: Option<Customers<'_>>| RotaFile::open(&settings.rota, clock.now(), customers);
    with_customers(settings, &understood.rota, open).map_err(Failure::Problems)
}

async fn serve(mut settings: Settings, clock: Clock, rota: Arc<RotaFile>) -> Result<(), Failure> {
    if let Some(problems) = &rota.live().broken {
        tracing::error!(
            "the rota is wrong; only what can be understood of it is live\n{}",
            render(problems, Style::Plain)
        );
    }
    let (watched, its_clock) = (settings.clone(), clock.clone());
    let reload = move |file: &RotaFile| {
        let live = file.live();
        with_customers(&watched, &live.rota, |customers| file.reload(its_clock.now(), customers))
    };
    let watching = watch(Arc::clone(&rota), reload, tell_reload)?;
    let very_first_start = is_missing(&settings);
    let (of, live) = (settings.clone(), rota.live());
    let first_customers = tokio::task::spawn_blocking(move || take_in_first_customers(&of, &live.rota));
    if very_first_start {
        // At any other start a store that is locked must not keep the phone from being answered.
        drop(first_customers.await);
    }
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        Failure::Given(format!("cannot listen on {}: {error}; set `listen` to another address", settings.listen))
    })?;
    settings.is_bound_to(listener.local_addr()?);
    if let Some(address) = settings.metrics_listen {
        metrics::serve(address).await?;
    }
    let setup = Setup {
        settings: settings.clone(),
        rota: Arc::clone(&rota),
        clock,
        listener,
        providers: Vec::new(),
        secret: None,
        background: Background::Running,
        console: Some(rehearsal::pages()),
    };
    let app = App::start(setup)?;
    tell_where_to_go(&settings, &app)?;
    tell_first_link(&settings, &app).await?;
    wait_for_the_end().await;
    tracing::info!("stopping: requests in flight are answered first");
    app.stop().await;
    drop(watching);
    Ok(())
}

/// The phone is answered without customers too, so nothing here keeps the server from starting.
fn take_in_first_customers(settings: &Settings, rota: &Rota) {
    let Some(list) = settings.customers.as_deref().map(Path::display) else { return };
    let tell = |news| {
        if let News::Problem(Problem { line, weight: Weight::LeftOut, reason }) = news {
            tracing::warn!(line, "a customer is left out: {reason}");
        }
    };
    let taken_in = Store::open_for_command(settings.store.reveal())
        .map_err(ImportError::from)
        .and_then(|mut store| first_customers::take_in(&mut store, settings, rota, &mut { tell }));
    match taken_in {
        Ok(None) => {}
        Ok(Some(imported)) => tracing::info!(customers = imported.added, %list, "the first customers are taken in"),
        Err(error) => tracing::warn!(%error, %list, "the first customers are not taken in"),
    }
}

fn tell_where_to_go(settings: &Settings, app: &App) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Switchboard listens on http://{}.", app.address)?;
    writeln!(out)?;
    let url = &settings.public_url;
    for name in app.providers() {
        writeln!(out, "At {name}, set for your number:")?;
        writeln!(out, "  a call comes in         POST {url}/hooks/{name}/voice")?;
        writeln!(out, "  call status changes     POST {url}/hooks/{name}/status")?;
        writeln!(out, "  a message comes in      POST {url}/hooks/{name}/text")?;
        writeln!(out, "  primary handler fails   the output of `switchboard fallback --provider {name}`")?;
    }
    if app.providers().is_empty() {
        writeln!(out, "No telephony provider is connected yet, so nobody real is rung. Try, in another window:")?;
        // Cargo sets it for what it runs: from a checkout there is no command of that name yet.
        let us = if std::env::var_os("CARGO").is_some() { "cargo run --" } else { "switchboard" };
        writeln!(out, "  {us} who 07700900110        who would ring, and why")?;
        writeln!(out, "  {us} rehearse 07700900110   a whole call, against make-believe phones")?;
        writeln!(out, "  {us} check                  what the rota in {} means", settings.rota.display())?;
        writeln!(out, "To connect a number, see [providers] in config/switchboard.toml, or the README.")?;
    }
    out.flush()?;
    Ok(())
}

async fn tell_first_link(settings: &Settings, app: &App) -> Result<(), Failure> {
    let link = app.first_link().await;
    let mut out = std::io::stdout().lock();
    writeln!(out)?;
    match link {
        Ok(Some(link)) => {
            writeln!(out, "Sign in to the console for the first time, within an hour, with this link. It works once:")?;
            writeln!(out, "  {link}")?;
        }
        Ok(None) => writeln!(out, "The console is at {}/console.", settings.public_url)?,
        Err(error) => writeln!(
            out,
            "The console is at {}/console. There is no first sign-in link, because {error}: start again once it is \
             there.",
            settings.public_url
        )?,
    }
    out.flush()?;
    Ok(())
}

fn tell_reload(reloaded: &Reloaded) {
    match reloaded {
        Reloaded::Unchanged => {}
        Reloaded::Live { changes, warnings } => {
            tracing::info!(
                "the rota that was saved is live; {}",
                if changes.is_empty() { "nobody will notice".into() } else { changes.join(" ") }
            );
            if !warnings.is_empty() {
                tracing::warn!("\n{}", render(warnings, Style::Plain));
            }
        }
        Reloaded::Refused(problems) => {
            tracing::error!(
                "the rota that was saved is wrong; the last good one stays live\n{}",
                render(problems, Style::Plain)
            );
        }
    }
}

async fn wait_for_the_end() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        // An error says that the signal cannot be waited for; the other one still can.
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        Self::Given(error.to_string())
    }
}
