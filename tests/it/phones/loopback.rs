//! A small HTTP server on loopback, for what stands at the other end of a test.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::{JoinHandle, JoinSet};

/// One request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: hyper::HeaderMap,
    pub(crate) params: Vec<(String, String)>,
}

impl Asked {
    /// The first value of a form parameter, or an empty text.
    pub(crate) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Reply {
        status: u16,
        content_type: &'static str,
        body: String,
    },
    /// The connection stays open and nothing comes.
    Hang,
    /// The connection is closed without an answer.
    Drop,
}

type Pending = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Serves until it is dropped.
pub(crate) struct Loopback {
    /// `http://127.0.0.1:41234`.
    pub(crate) url: String,
    serving: JoinHandle<()>,
}

impl Loopback {
    pub(crate) async fn open<F, A>(answer: F) -> Self
    where
        F: Fn(Asked) -> A + Send + Sync + 'static,
        A: Future<Output = Answer> + Send + 'static,
    {
        Self::open_on(TcpListener::bind("127.0.0.1:0").await.unwrap(), answer)
    }

    pub(crate) fn open_on<F, A>(listener: TcpListener, answer: F) -> Self
    where
        F: Fn(Asked) -> A + Send + Sync + 'static,
        A: Future<Output = Answer> + Send + 'static,
    {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer: Arc<dyn Fn(Asked) -> Pending + Send + Sync> = Arc::new(move |asked| Box::pin(answer(asked)));
        let serving = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let answer = Arc::clone(&answer);
                connections.spawn(async move {
                    let service = service_fn(move |request| respond(request, Arc::clone(&answer)));
                    // A refused exchange is what some tests ask for.
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self { url, serving }
    }
}

/// An address at which nobody listens, and which nobody else gets meanwhile.
pub(crate) struct Deaf {
    pub(crate) url: String,
    socket: TcpSocket,
}

impl Deaf {
    pub(crate) fn new() -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let url = format!("http://{}", socket.local_addr().unwrap());
        Self { url, socket }
    }

    /// Somebody listens from now on.
    pub(crate) fn listens(self) -> TcpListener {
        self.socket.listen(64).unwrap()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn respond(
    request: Request<Incoming>,
    answer: Arc<dyn Fn(Asked) -> Pending + Send + Sync>,
) -> Result<Response<Full<Bytes>>, Dropped> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Dropped)?.to_bytes();
    let pairs = |bytes: &[u8]| form_urlencoded::parse(bytes).into_owned().collect();
    let asked = Asked {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: pairs(head.uri.query().unwrap_or("").as_bytes()),
        headers: head.headers,
        params: pairs(&body),
    };
    match answer(asked).await {
        Answer::Reply { status, content_type, body } => Ok(Response::builder()
            .status(status)
            .header("content-type", content_type)
            .body(Full::new(Bytes::from(body)))
            .unwrap()),
        Answer::Hang => match std::future::pending::<Infallible>().await {},
        Answer::Drop => Err(Dropped),
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the connection was closed on purpose")]
struct Dropped;
