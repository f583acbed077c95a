//! Nothing a stranger does with a connection keeps others out.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::stream;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Request, Response};
use switchboard::http::server::{Drained, Limits, WrittenOn, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers with the length of the body. A request to /slow waits for a permit of `gate`.
struct House {
    address: SocketAddr,
    gate: Arc<Semaphore>,
    arrived: Arc<Semaphore>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Drained>,
}

impl House {
    async fn open(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (gate, arrived) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (stop, stopped) = oneshot::channel();
        let (opens, comes) = (gate.clone(), arrived.clone());
        let handler = move |request: Request<Bytes>, peer: SocketAddr| {
            assert!(peer.ip().is_loopback());
            let (opens, comes) = (opens.clone(), comes.clone());
            async move {
                if request.uri().path() == "/slow" {
                    comes.add_permits(1);
                    opens.acquire().await.unwrap().forget();
                }
                Response::new(Full::new(Bytes::from(request.body().len().to_string())))
            }
        };
        let running = tokio::spawn(serve(listener, limits, None, handler, async { stopped.await.unwrap_or_default() }));
        Self { address, gate, arrived, stop, running }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn slow_request(&self) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        timeout(PATIENCE, self.arrived.acquire()).await.unwrap().unwrap().forget();
        stream
    }
}

fn post(body: &[u8]) -> Vec<u8> {
    [format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// All that comes until the connection ends.
async fn rest(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    // A reset is an end too.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut text)).await.unwrap();
    String::from_utf8(text).unwrap()
}

/// One answer of a connection that stays open.
async fn one(stream: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 1024];
    while !text.ends_with(end) {
        let read = timeout(PATIENCE, stream.read(&mut buffer)).await.unwrap().unwrap();
        assert_ne!(read, 0, "the connection ended after {text:?}");
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    text
}

#[tokio::test]
async fn a_connection_serves_one_request_after_another() {
    let house = House::open(Limits::default()).await;
    let mut stream = house.connect().await;
    for body in ["", "abc", "CallSid=CA1"] {
        stream.write_all(&post(body.as_bytes())).await.unwrap();
        let answer = one(&mut stream, &format!("\r\n\r\n{}", body.len())).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_in_pieces_arrives_whole() {
    let house = House::open(Limits::default()).await;
    let mut stream = house.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
    for _ in 0..40 {
        stream.write_all(b"3e8\r\n").await.unwrap();
        stream.write_all(&[b'x'; 1000]).await.unwrap();
        stream.write_all(b"\r\n").await.unwrap();
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    one(&mut stream, "\r\n\r\n40000").await;
}

#[tokio::test]
async fn sixty_four_kibibytes_are_taken_and_one_byte_more_is_refused() {
    let house = House::open(Limits::default()).await;
    let mut stream = house.connect().await;
    stream.write_all(&post(&vec![b'x'; 65_536])).await.unwrap();
    one(&mut stream, "\r\n\r\n65536").await;

    let mut stream = house.connect().await;
    stream.write_all(&post(&vec![b'x'; 65_537])).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 Payload Too Large\r\n"), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
}

#[tokio::test]
async fn a_body_without_an_end_is_cut() {
    let house = House::open(Limits::default()).await;
    let mut stream = house.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
    let chunk = [b"fde8\r\n".as_slice(), &vec![b'x'; 65_000], b"\r\n"].concat();
    let cut = async { while stream.write_all(&chunk).await.is_ok() {} };
    timeout(PATIENCE, cut).await.unwrap();
}

#[tokio::test]
async fn whoever_sends_a_head_or_a_body_slowly_is_cut() {
    let limits = Limits { head: Duration::from_millis(50), body: Duration::from_millis(50), ..Limits::default() };
    let house = House::open(limits).await;
    for beginning in ["", "P", "POST / HTTP/1.1\r\nhost: x\r\nx-a: "] {
        let mut stream = house.connect().await;
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let answer = rest(&mut stream).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{beginning:?}: {answer}");
    }
    let mut stream = house.connect().await;
    stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nabc").await.unwrap();
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 408"));
}

#[tokio::test]
async fn a_flood_of_idle_and_half_spoken_connections_does_not_keep_a_caller_out() {
    let house = House::open(Limits { connections: 8, ..Limits::default() }).await;
    let mut flood = Vec::new();
    for number in 0..100 {
        let mut stream = house.connect().await;
        if number % 2 == 0 {
            let _ = stream.write_all(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-le").await;
        }
        flood.push(stream);
    }
    let mut caller = house.connect().await;
    caller.write_all(&post(b"abc")).await.unwrap();
    one(&mut caller, "\r\n\r\n3").await;
}

#[tokio::test]
async fn whoever_is_being_served_keeps_their_place_in_a_flood() {
    let house = House::open(Limits { connections: 4, ..Limits::default() }).await;
    let mut served = house.slow_request().await;
    let mut flood = Vec::new();
    for _ in 0..40 {
        flood.push(house.connect().await);
    }
    let mut caller = house.connect().await;
    caller.write_all(&post(b"abc")).await.unwrap();
    one(&mut caller, "\r\n\r\n3").await;
    house.gate.add_permits(1);
    one(&mut served, "\r\n\r\n0").await;
}

#[tokio::test]
async fn requests_in_flight_are_answered_before_the_server_goes() {
    let house = House::open(Limits::default()).await;
    let mut idle = house.connect().await;
    idle.write_all(&post(b"abc")).await.unwrap();
    one(&mut idle, "\r\n\r\n3").await;
    let mut served = house.slow_request().await;

    house.stop.send(()).unwrap();
    assert_eq!(rest(&mut idle).await, "", "an idle connection is closed at once");
    assert!(TcpStream::connect(house.address).await.is_err(), "nobody new is let in");
    house.gate.add_permits(1);
    assert!(rest(&mut served).await.ends_with("\r\n\r\n0"));
    assert_eq!(timeout(PATIENCE, house.running).await.unwrap().unwrap(), Drained::Finished);
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_hold_the_server_up() {
    let house = House::open(Limits { drain: Duration::from_millis(50), ..Limits::default() }).await;
    let mut stuck = house.slow_request().await;
    house.stop.send(()).unwrap();
    assert_eq!(timeout(PATIENCE, house.running).await.unwrap().unwrap(), Drained::Cut { connections: 1 });
    assert_eq!(rest(&mut stuck).await, "");
}

#[tokio::test]
async fn news_without_end_is_written_where_no_call_waits_for_it_and_ends_its_connection() {
    let aside =
        runtime::Builder::new_multi_thread().worker_threads(1).thread_name("aside").enable_all().build().unwrap();
    let elsewhere = aside.handle().clone();
    let handler = move |_: Request<Bytes>, _: SocketAddr| {
        let pieces = stream::unfold(0, |written| async move {
            tokio::task::yield_now().await;
            let thread = std::thread::current().name().unwrap_or_default().to_owned();
            (written < 3).then(|| (Ok::<_, Infallible>(Bytes::from(format!("by {thread}."))), written + 1))
        });
        let mut response = Response::new(Body::from_stream(pieces));
        response.extensions_mut().insert(WrittenOn(elsewhere.clone()));
        async { response }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let running = tokio::spawn(serve(listener, Limits::default(), None, handler, std::future::pending()));
    stream.write_all(&post(b"")).await.unwrap();
    let answer = rest(&mut stream).await;
    // Of the first piece the answer's own thread may have taken care.
    assert!(answer.ends_with("by aside.\r\n0\r\n\r\n"), "{answer}");
    running.abort();
    aside.shutdown_background();
}
