//! The accept loop: bytes of a connection become whole requests, and nothing a stranger does with a
//! connection keeps others out.
//!
//! A request reaches the handler only when it is complete. Whoever is slow or says too much is
//! answered here or cut; at the connection limit those who are not being served make room, oldest first.

mod long;

pub use long::{Admits, Forms, Long, TooLong};

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http_body_util::{BodyExt, Either, Full};
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

/// What one peer may take of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the whole head of a request; also how long a connection may lie idle.
    pub head: Duration,
    /// For the whole body of a request.
    pub body: Duration,
    pub body_bytes: usize,
    pub connections: u32,
    /// For the requests that are in flight when the server stops.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            connections: 10_000,
            drain: Duration::from_secs(10),
        }
    }
}

/// With an answer that goes on and on: the runtime that writes it, so that no call waits for that. The connection
/// moves there and closes after it.
#[derive(Clone)]
pub struct WrittenOn(pub Handle);

/// How a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every request in flight was answered.
    Finished,
    /// The deadline came first, and so many connections were cut.
    Cut { connections: u32 },
}

/// Heads of webhooks have some 1 KiB; the head with its body fits one read.
const READ_BUFFER_BYTES: usize = 32 * 1024;
/// So much of a body that is too long is read and thrown away, so that the peer, still writing, gets to
/// see the refusal.
const DISCARDED_BYTES_MAX: usize = 1024 * 1024;
/// The same of a form: a browser shows no answer before it has sent all, and a customer list may be that long.
const DISCARDED_FORM_BYTES_MAX: usize = 128 * 1024 * 1024;
/// For a place of its own, while others send long forms.
const FORM_PATIENCE: Duration = Duration::from_secs(3);
/// Out of file descriptors or memory: trying at once would only spin.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// How often somebody else is asked to make room while all connections are taken.
const ROOM_PAUSE: Duration = Duration::from_millis(10);

/// Serves whole requests until `shutdown` is done, then lets those in flight finish. The handler gets
/// the peer's address beside the request. `long`: where a body may be longer than the limits say.
pub async fn serve<H, F, B>(
    listener: TcpListener,
    limits: Limits,
    long: Option<Long>,
    handler: H,
    shutdown: impl Future<Output = ()>,
) -> Drained
where
    H: Fn(Request<Bytes>, SocketAddr) -> F + Send + Sync + 'static,
    F: Future<Output = Response<B>> + Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let answerer = Arc::new(Answerer { limits, long, handler });
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let leave = Arc::new(Notify::new());
    let (phase, phases) = watch::channel(Phase::Serving);
    let mut shutdown = pin!(shutdown);
    loop {
        let arrival = async {
            let place = place(&room, &leave).await;
            (accept(&listener, &leave).await, place)
        };
        let (arrival, place) = tokio::select! {
            arrival = arrival => arrival,
            () = &mut shutdown => break,
        };
        tokio::spawn(connection(arrival, place, answerer.clone(), leave.clone(), phases.clone()));
    }
    drop(listener);
    drop(phases);
    drain(limits, &room, &phase).await
}

async fn drain(limits: Limits, room: &Semaphore, phase: &watch::Sender<Phase>) -> Drained {
    phase.send_replace(Phase::Draining);
    if timeout(limits.drain, phase.closed()).await.is_ok() {
        return Drained::Finished;
    }
    let free = u32::try_from(room.available_permits()).unwrap_or(u32::MAX);
    phase.send_replace(Phase::Over);
    phase.closed().await;
    Drained::Cut { connections: limits.connections.saturating_sub(free) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Serving,
    Draining,
    Over,
}

/// Waits for a place; whoever is not being served is asked to leave, the longest connected first. One
/// place is thus always kept free.
async fn place(room: &Arc<Semaphore>, leave: &Notify) -> OwnedSemaphorePermit {
    loop {
        if let Ok(place) = room.clone().try_acquire_owned() {
            return place;
        }
        leave.notify_one();
        if let Ok(Ok(place)) = timeout(ROOM_PAUSE, room.clone().acquire_owned()).await {
            return place;
        }
    }
}

/// The next connection. No error ends this: the phone must ring when the machine has recovered.
async fn accept(listener: &TcpListener, leave: &Notify) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(arrival) => return arrival,
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections for the moment");
                leave.notify_one();
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// The peer gave up while it waited to be accepted: nothing is wrong with us.
fn is_the_peers(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    )
}

/// What a request meets.
struct Answerer<H> {
    limits: Limits,
    long: Option<Long>,
    handler: H,
}

/// What the requests of a connection tell its task.
#[derive(Default)]
struct Course {
    /// True while a whole request is with the handler: until then a connection has no right to its place.
    serving: AtomicBool,
    elsewhere: OnceLock<Handle>,
    moves: Notify,
}

async fn connection<H, F, B>(
    (stream, peer): (TcpStream, SocketAddr),
    place: OwnedSemaphorePermit,
    answerer: Arc<Answerer<H>>,
    leave: Arc<Notify>,
    mut phases: watch::Receiver<Phase>,
) where
    H: Fn(Request<Bytes>, SocketAddr) -> F + Send + Sync + 'static,
    F: Future<Output = Response<B>> + Send + 'static,
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    // Without it an answer may wait 40 ms for an acknowledgement. Refused only by a dead connection.
    let _ = stream.set_nodelay(true);
    let course = Arc::new(Course::default());
    let head = answerer.limits.head;
    let of_requests = Arc::clone(&course);
    let service = service_fn(move |request| {
        let answer = answer(request, peer, answerer.clone(), of_requests.clone());
        async { Ok::<_, Infallible>(answer.await) }
    });
    let mut connection = Box::pin(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(head)
            .max_buf_size(READ_BUFFER_BYTES)
            .serve_connection(TokioIo::new(stream), service),
    );
    let close = http1::Connection::graceful_shutdown;
    let moves = drive(connection.as_mut(), close, &course, &leave, &mut phases).await;
    if let Some(elsewhere) = course.elsewhere.get().filter(|_| moves).cloned() {
        elsewhere.spawn(async move {
            close(connection.as_mut());
            drive(connection.as_mut(), close, &course, &leave, &mut phases).await;
            drop(place);
        });
    }
}

/// Until the connection ends, or is to go on elsewhere: true.
async fn drive<C: Future>(
    mut connection: Pin<&mut C>,
    close: impl Fn(Pin<&mut C>),
    course: &Course,
    leave: &Notify,
    phases: &mut watch::Receiver<Phase>,
) -> bool {
    let mut asked_to_leave = pin!(leave.notified());
    let mut leaving = false;
    loop {
        tokio::select! {
            // First, so that an answer is written before anybody is asked to leave.
            biased;
            // Errors are the peer's: it went away, was too slow or spoke no HTTP.
            _ = connection.as_mut() => return false,
            () = course.moves.notified() => return true,
            () = asked_to_leave.as_mut(), if !leaving => {
                if !course.serving.load(Ordering::Relaxed) {
                    return false;
                }
                leaving = true;
                close(connection.as_mut());
            }
            changed = phases.changed() => {
                if changed.is_err() || *phases.borrow() == Phase::Over {
                    return false;
                }
                leaving = true;
                close(connection.as_mut());
            }
        }
    }
}

/// One request of a connection.
async fn answer<H, F, B>(
    request: Request<Incoming>,
    peer: SocketAddr,
    answerer: Arc<Answerer<H>>,
    course: Arc<Course>,
) -> Response<Either<B, Full<Bytes>>>
where
    H: Fn(Request<Bytes>, SocketAddr) -> F,
    F: Future<Output = Response<B>>,
{
    let (mut head, body) = request.into_parts();
    let long = answerer.long.as_ref();
    let forms = long.map(|long| &long.forms).filter(|forms| (forms.are_meant)(head.uri.path()));
    let body = match long.filter(|long| long.is_meant(&head)) {
        Some(long) if (long.admits)(head.clone()).await => {
            // Whoever sends it is known, and keeps their place.
            course.serving.store(true, Ordering::Relaxed);
            long.take(body).await.map(|file| {
                head.extensions.insert(file);
                Whole::default()
            })
        }
        _ => whole(body, answerer.limits, forms).await,
    };
    let (body, too_long) = match body {
        Err(StatusCode::PAYLOAD_TOO_LARGE) if forms.is_some() => {
            head.extensions.insert(TooLong);
            (Whole::default(), true)
        }
        Ok(body) => (body, false),
        Err(status) => {
            course.serving.store(false, Ordering::Relaxed);
            return refused(status).map(Either::Right);
        }
    };
    course.serving.store(true, Ordering::Relaxed);
    let mut answer = (answerer.handler)(Request::from_parts(head, body.bytes), peer).await;
    course.serving.store(false, Ordering::Relaxed);
    if let Some(WrittenOn(elsewhere)) = answer.extensions_mut().remove() {
        // There is one such answer, the last.
        let _ = course.elsewhere.set(elsewhere);
        course.moves.notify_one();
    }
    if too_long {
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer.map(Either::Left)
}

fn refused(status: StatusCode) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::new()));
    *answer.status_mut() = status;
    // What is left of the body cannot be told from a next request.
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// A body, and the place that a long one takes.
#[derive(Default)]
struct Whole {
    bytes: Bytes,
    _place: Option<OwnedSemaphorePermit>,
}

async fn whole(body: Incoming, limits: Limits, forms: Option<&Forms>) -> Result<Whole, StatusCode> {
    if body.is_end_stream() {
        return Ok(Whole::default());
    }
    timeout(limits.body, read(body, limits.body_bytes, forms)).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

/// A webhook's body nearly always comes in one piece, which is handed on as it is.
async fn read(mut body: Incoming, mut bytes_max: usize, forms: Option<&Forms>) -> Result<Whole, StatusCode> {
    let mut first = Bytes::new();
    let mut rest = Vec::new();
    let mut length: usize = 0;
    let (mut place, mut is_form) = (None, false);
    let discarded_max = if forms.is_some() { DISCARDED_FORM_BYTES_MAX } else { DISCARDED_BYTES_MAX };
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length > discarded_max.max(bytes_max) {
            break;
        }
        if length > bytes_max
            && !is_form
            && let Some(forms) = forms
        {
            // Whoever stalls does not have the others time out; the places are never closed.
            let free = timeout(FORM_PATIENCE, Arc::clone(&forms.places).acquire_owned()).await;
            place = free.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?.ok();
            is_form = true;
            bytes_max = forms.bytes_max;
        }
        if length > bytes_max {
            (rest, place) = (Vec::new(), None);
            continue;
        }
        if length == data.len() {
            first = data;
        } else {
            rest.extend_from_slice(&data);
        }
    }
    if length > bytes_max {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let bytes = if rest.is_empty() { first } else { [first.as_ref(), &rest].concat().into() };
    Ok(Whole { bytes, _place: place })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_that_gave_up_costs_no_pause_but_a_lack_of_files_does() {
        const EMFILE: i32 = 24;
        const ENFILE: i32 = 23;
        assert!(is_the_peers(&io::Error::from(io::ErrorKind::ConnectionAborted)));
        assert!(!is_the_peers(&io::Error::from_raw_os_error(EMFILE)));
        assert!(!is_the_peers(&io::Error::from_raw_os_error(ENFILE)));
    }
}
