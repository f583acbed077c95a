//! Logs and metrics. A log line reads alone and carries fields that can be searched; numbers are masked
//! and secrets never appear. An error is logged once, where it is handled.

use std::net::SocketAddr;

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::settings::{Log, LogFormat};
use crate::http::hooks::plain;
use crate::http::server::{self, Limits};

/// Seconds; a provider waits 15, the design wants 2, and we are far below.
const WEBHOOK_BUCKETS: [f64; 9] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 2.0];

/// How often the metrics' own memory is tidied.
const UPKEEP: std::time::Duration = std::time::Duration::from_secs(5);

/// Sends logs to standard error. Only the first call in a process has an effect.
pub fn start_logs(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // An error says that logs are on already.
    drop(match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().try_init(),
    });
}

/// Serves metrics on a listener of their own, so that they are never exposed with the hooks.
pub async fn serve_metrics(address: SocketAddr) -> std::io::Result<()> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("switchboard_webhook_seconds".to_owned()), &WEBHOOK_BUCKETS)
        .map_err(std::io::Error::other)?;
    let handle = builder.install_recorder().map_err(std::io::Error::other)?;
    let listener = TcpListener::bind(address).await?;
    tokio::spawn(upkeep(handle.clone()));
    tokio::spawn(async move {
        let handler = move |request: hyper::Request<Bytes>, _peer| {
            let handle = handle.clone();
            async move { page(&request, &handle) }
        };
        server::serve(listener, Limits::default(), handler, std::future::pending()).await;
    });
    Ok(())
}

fn page(request: &hyper::Request<Bytes>, handle: &PrometheusHandle) -> Response<Full<Bytes>> {
    match request.uri().path() {
        "/metrics" => plain(hyper::StatusCode::OK, &handle.render()),
        _ => plain(hyper::StatusCode::NOT_FOUND, "metrics are at /metrics\n"),
    }
}

async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}
