//! Is it alive, and can it route a call?

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Response, StatusCode};
use serde_json::json;

use super::hooks::plain;
use crate::config::watch::RotaFile;
use crate::operator::Operator;

pub struct Health {
    pub operator: Operator,
    pub rota: Arc<RotaFile>,
}

impl Health {
    /// `None` if the path is none of ours.
    pub fn answer(&self, path: &str) -> Option<Response<Full<Bytes>>> {
        match path {
            "/healthz" => Some(plain(StatusCode::OK, "alive\n")),
            "/readyz" => Some(self.ready()),
            _ => None,
        }
    }

    /// Ready whenever somebody would ring: without its store, or on an older rota, it still routes, and
    /// a load balancer must not take it out. What is wrong is told beside.
    fn ready(&self) -> Response<Full<Bytes>> {
        let desk = self.operator.desk();
        let live = self.rota.live();
        let broken = &live.broken;
        let body = json!({
            "ready": true,
            "store": if desk.is_away() { "away: calls go on from memory" } else { "ok" },
            "calls_to_write": desk.adrift_calls(),
            "rota": if broken.is_some() { "the file is wrong; the last good one is live" } else { "ok" },
            "rota_problems": broken.iter().flat_map(|problems| problems.iter())
                .map(|problem| format!("{}:{}: {}", problem.file, problem.line, problem.what)).collect::<Vec<_>>(),
        });
        let mut response = plain(StatusCode::OK, &body.to_string());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}
