//! Is it alive, and can it route a call?

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::{Method, Response, StatusCode};
use serde_json::json;

use super::hooks::{only, plain};
use crate::operator::Operator;

pub struct Health {
    pub operator: Operator,
    /// Why the rota file on the disk is not the one that is live; empty if it is.
    pub rota_problems: Box<dyn Fn() -> Vec<String> + Send + Sync>,
}

impl Health {
    /// `None` if the path is none of ours.
    pub fn answer(&self, method: &Method, path: &str) -> Option<Response<Full<Bytes>>> {
        match path {
            "/healthz" | "/readyz" if !matches!(*method, Method::GET | Method::HEAD) => Some(only("GET, HEAD")),
            "/healthz" => Some(plain(StatusCode::OK, "alive\n")),
            "/readyz" => Some(self.ready()),
            _ => None,
        }
    }

    /// Ready whenever somebody would ring: without its store, or on an older rota, it still routes, and
    /// a load balancer must not take it out. What is wrong is told beside.
    fn ready(&self) -> Response<Full<Bytes>> {
        let desk = self.operator.desk();
        let problems = (self.rota_problems)();
        let body = json!({
            "ready": true,
            "store": if desk.is_away() { "away: calls go on from memory" } else { "ok" },
            "calls_to_write": desk.adrift_calls(),
            "rota": if problems.is_empty() { "ok" } else { "the file is wrong; the last good one is live" },
            "rota_problems": problems,
        });
        let mut response = plain(StatusCode::OK, &body.to_string());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}
