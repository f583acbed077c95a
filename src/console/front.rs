//! Where requests for the console come in: its own thread, and what holds for every page.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::IntoResponse;
use hyper::body::Bytes;
use tokio::runtime::{Handle, Runtime};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use super::{Console, Desk, Parts, assets, customers, problem, routes, sign_in};
use crate::aside::step_back;

/// Threads that look into the store, hash a password or write a file.
const BLOCKING_THREADS: usize = 6;

/// No script, style, picture or frame from elsewhere, and none inside a page: markup that somebody smuggles in does
/// nothing.
pub(super) const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The paths that are the console's.
const PATHS: [&str; 3] = ["/console", "/api", "/calendar"];

/// Who asks, as far as the network tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Among the extensions of a request whose body was too long to be taken: it comes without one.
#[derive(Clone, Copy, Debug)]
pub struct TooLong;

/// Pages that lie above the console: a rehearsal starts a whole server, which has a console.
#[derive(Default)]
pub struct Pages(pub(crate) Router<Desk>);

pub struct Front {
    router: Router,
    console: Desk,
    /// `None` once it is stopped.
    runtime: Option<Runtime>,
}

impl Front {
    pub fn start(parts: Parts, pages: Pages) -> io::Result<Self> {
        let csrf = csrf(&parts.settings.public_url);
        let console = Arc::new(Console::new(parts));
        let router = routes()
            .merge(pages.0)
            .fallback(problem::not_found)
            .layer(from_fn_with_state(Arc::clone(&console), sign_in::keep))
            .layer(from_fn_with_state(Arc::clone(&console), problem::tell))
            .with_state(Arc::clone(&console));
        let router = router
            .layer(csrf)
            .layer(CatchPanicLayer::custom(|_| problem::panicked()))
            .layer(CompressionLayer::new())
            .layer(map_response(safe));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(BLOCKING_THREADS)
            .thread_name("console")
            .on_thread_start(step_back)
            .enable_all()
            .build()?;
        runtime.spawn(super::live::keep(Arc::clone(&console)));
        runtime.spawn(super::rota::keep(Arc::clone(&console)));
        runtime.spawn(sign_in::forget(Arc::clone(&console)));
        Ok(Self { router, console, runtime: Some(runtime) })
    }

    /// Whether this path is answered here.
    pub fn knows(path: &str) -> bool {
        let inside = |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        path == "/" || path == assets::FAVICON || PATHS.into_iter().any(inside)
    }

    pub async fn answer(&self, request: Request<Bytes>, peer: SocketAddr) -> Response<Body> {
        let Some(runtime) = &self.runtime else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
        let mut request = request.map(Body::from);
        request.extensions_mut().insert(Peer(peer));
        let answering = runtime.spawn(self.router.clone().oneshot(request));
        match answering.await {
            Ok(Ok(response)) => response,
            // The runtime is going down.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }

    /// What writes an answer that goes on and on, news for an open page; `None` for any other answer.
    pub fn keeps_writing(&self, response: &Response<Body>) -> Option<Handle> {
        let is_news = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        self.runtime.as_ref().filter(|_| is_news).map(|runtime| runtime.handle().clone())
    }

    /// What may be sent to any page, in bytes. Who reads requests for us takes no more either.
    pub const FORM_BYTES: usize = 2 << 20;

    /// Where a customer list is sent, which is longer than anything else.
    pub const LIST_PATH: &str = customers::LIST_PATH;

    /// Whether whoever asks may send one.
    pub async fn admits_list(&self, head: axum::http::request::Parts) -> bool {
        let Some(runtime) = &self.runtime else { return false };
        let console = Arc::clone(&self.console);
        runtime.spawn(async move { customers::admits_list(&console, head).await }).await.unwrap_or(false)
    }

    /// Lets go of pages that wait for news, and of lists that are half in: the server is about to stop.
    pub fn close(&self) {
        self.console.live.close();
        self.console.lists.stop();
    }
}

impl Drop for Front {
    /// Without waiting for pages: dropped where nothing may block.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A form that another site sends does nothing here: browsers tell where it comes from. Behind a proxy that rewrites
/// `Host`, the public address counts too.
fn csrf(public_url: &str) -> CsrfLayer {
    let layer = CsrfLayer::new();
    let Ok(url) = reqwest::Url::parse(public_url) else { return layer };
    layer.clone().add_trusted_origin(url.origin().ascii_serialization()).unwrap_or(layer)
}

/// What holds for every page, unless it says otherwise itself.
async fn safe(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    set(headers, CONTENT_SECURITY_POLICY, CONTENT_SECURITY);
    set(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, X_FRAME_OPTIONS, "DENY");
    set(headers, REFERRER_POLICY, "same-origin");
    // Customers' names stay in no cache, the browser's back button included, once somebody has signed out.
    set(headers, CACHE_CONTROL, "no-store");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
