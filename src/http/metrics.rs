//! Metrics, on a listener of their own, so that they are never exposed with the hooks.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::StatusCode;
use hyper::body::Bytes;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use super::hooks::plain;
use super::server::{self, Limits};

/// Seconds; a provider waits 15, the design wants 2, and we are far below.
const WEBHOOK_BUCKETS: [f64; 9] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 2.0];

/// How often the metrics' own memory is tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves `/metrics` until the process ends.
pub async fn serve(address: SocketAddr) -> std::io::Result<()> {
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("switchboard_webhook_seconds".to_owned()), &WEBHOOK_BUCKETS)
        .map_err(std::io::Error::other)?;
    let handle = builder.install_recorder().map_err(std::io::Error::other)?;
    let listener = TcpListener::bind(address).await?;
    tokio::spawn(upkeep(handle.clone()));
    let handler = move |request: hyper::Request<Bytes>, _peer| {
        let page = match request.uri().path() {
            "/metrics" => plain(StatusCode::OK, &handle.render()),
            _ => plain(StatusCode::NOT_FOUND, "metrics are at /metrics\n"),
        };
        std::future::ready(page)
    };
    tokio::spawn(server::serve(listener, Limits::default(), None, handler, std::future::pending()));
    Ok(())
}

async fn upkeep(handle: PrometheusHandle) {
    loop {
        tokio::time::sleep(UPKEEP).await;
        handle.run_upkeep();
    }
}
