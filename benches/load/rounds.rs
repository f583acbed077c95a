//! One round of each kind of work, over all connections at once.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use switchboard::clock::Stopwatch;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, LocalSet};

use crate::client::Connection;
use crate::server::Server;
use crate::twilio::{Call, Twilio, path_in};
use crate::world::{Caller, World};

/// A request made beforehand, and what must be in its answer.
pub(crate) struct Prepared {
    request: Vec<u8>,
    expected: String,
}

impl Prepared {
    pub(crate) fn expect(&mut self, text: &str) {
        text.clone_into(&mut self.expected);
    }

    pub(crate) fn request(&self) -> &[u8] {
        &self.request
    }
}

/// A provider's ids of calls come in no order: whatever is sorted by them is touched all over.
fn sid() -> u128 {
    rand::random()
}

pub(crate) fn incoming(world: &World, callers: std::ops::Range<u64>) -> Vec<Prepared> {
    let twilio = Twilio::new();
    let prepare = |n| {
        let caller: Caller = world.caller(n);
        let request = twilio.incoming(&caller.call(sid()));
        Prepared { request, expected: format!(">{}</Number>", caller.rings) }
    };
    callers.map(prepare).collect()
}

/// Asks everything as fast as answers come; returns how long it took.
pub(crate) async fn burst(server: &Server, connections: usize, work: Vec<Prepared>) -> Duration {
    let work = Rc::new(work);
    let next = Rc::new(Cell::new(0));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(server.address).await.unwrap());
    }
    let asking = LocalSet::new();
    let mut tasks = Vec::new();
    for mut connection in open {
        let (work, next) = (Rc::clone(&work), Rc::clone(&next));
        tasks.push(asking.spawn_local(async move {
            while let Some(prepared) = work.get(next.replace(next.get() + 1)) {
                check(&mut connection, prepared).await;
            }
        }));
    }
    let watch = Stopwatch::start();
    asking.run_until(finished(tasks)).await;
    watch.elapsed()
}

/// Asks at a steady pace, whether answers come or not; returns each answer's time since it was due.
pub(crate) async fn steady(server: &Server, connections: usize, per_second: f64, work: Vec<Prepared>) -> Vec<Duration> {
    let work = Rc::new(work);
    let next = Rc::new(Cell::new(0));
    let latencies = Rc::new(std::cell::RefCell::new(Vec::with_capacity(work.len())));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(server.address).await.unwrap());
    }
    let watch = Stopwatch::start();
    let asking = LocalSet::new();
    let mut tasks = Vec::new();
    for mut connection in open {
        let (work, next, latencies) = (Rc::clone(&work), Rc::clone(&next), Rc::clone(&latencies));
        tasks.push(asking.spawn_local(async move {
            loop {
                let place = next.replace(next.get() + 1);
                let Some(prepared) = work.get(place) else { return };
                let due = Duration::from_secs_f64(place as f64 / per_second);
                // Timers are too coarse; the client has a core of its own to turn in.
                while watch.elapsed() < due {
                    tokio::task::yield_now().await;
                }
                check(&mut connection, prepared).await;
                latencies.borrow_mut().push(watch.elapsed().saturating_sub(due));
            }
        }));
    }
    asking.run_until(finished(tasks)).await;
    latencies.take()
}

/// So many browsers look at the first page and listen for news, until the answer is dropped.
pub(crate) async fn open_pages(server: &Server, count: usize, session: &str) -> Vec<JoinHandle<()>> {
    let request = format!("GET /console/live HTTP/1.1\r\nhost: phone.example.com\r\ncookie: {session}\r\n\r\n");
    let request: Rc<str> = request.into();
    let mut open = Vec::with_capacity(count);
    for _ in 0..count {
        let mut page = TcpStream::connect(server.address).await.unwrap();
        page.write_all(request.as_bytes()).await.unwrap();
        let mut head = [0; 12];
        page.read_exact(&mut head).await.unwrap();
        assert!(head.ends_with(b"200"), "a page is refused: {}", String::from_utf8_lossy(&head));
        open.push(tokio::spawn(async move {
            let mut news = [0; 4096];
            while page.read(&mut news).await.is_ok_and(|bytes| bytes > 0) {}
        }));
    }
    open
}

/// Stops the measurement if one of them went wrong.
async fn finished(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

async fn check(connection: &mut Connection, prepared: &Prepared) {
    let reply = connection.ask(&prepared.request).await.unwrap();
    assert!(reply.ok && reply.body.contains(&prepared.expected), "not {}: {}", prepared.expected, reply.body);
}

/// Whole calls, each on one connection from its first webhook to its last.
pub(crate) async fn whole(
    server: &Server,
    connections: usize,
    world: &World,
    callers: std::ops::Range<u64>,
) -> Duration {
    let calls: Vec<(Call, Prepared)> = callers
        .clone()
        .map(|n| world.caller(n))
        .map(|caller| {
            let call = caller.call(sid());
            let request = Twilio::new().incoming(&call);
            (call, Prepared { request, expected: format!(">{}</Number>", caller.rings) })
        })
        .collect();
    let calls = Rc::new(calls);
    let next = Rc::new(Cell::new(0));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(server.address).await.unwrap());
    }
    let ringing = LocalSet::new();
    let mut tasks = Vec::new();
    for mut connection in open {
        let (calls, next) = (Rc::clone(&calls), Rc::clone(&next));
        tasks.push(ringing.spawn_local(async move {
            let twilio = Twilio::new();
            while let Some((call, prepared)) = calls.get(next.replace(next.get() + 1)) {
                one_call(&twilio, &mut connection, call, prepared).await;
            }
        }));
    }
    let watch = Stopwatch::start();
    ringing.run_until(finished(tasks)).await;
    watch.elapsed()
}

/// How many webhooks [`one_call`] has.
pub(crate) const WEBHOOKS_OF_A_CALL: usize = 9;

async fn one_call(twilio: &Twilio, connection: &mut Connection, call: &Call, prepared: &Prepared) {
    let reply = connection.ask(&prepared.request).await.unwrap();
    assert!(reply.ok && reply.body.contains(&prepared.expected), "{}", reply.body);
    let whisper = path_in(reply.body, "url").to_owned();
    let status = path_in(reply.body, "statusCallback").to_owned();
    let done = path_in(reply.body, "action").to_owned();
    acknowledged(connection, &twilio.leg_status(&status, call, "initiated", "0")).await;
    acknowledged(connection, &twilio.leg_status(&status, call, "ringing", "1")).await;
    acknowledged(connection, &twilio.leg_status(&status, call, "in-progress", "2")).await;
    let heard = connection.ask(&twilio.whisper(&whisper, call)).await.unwrap();
    assert!(heard.ok && heard.body.contains("<Gather"), "{}", heard.body);
    let key = path_in(heard.body, "action").to_owned();
    let connected = connection.ask(&twilio.key(&key, call)).await.unwrap();
    assert!(connected.ok && !connected.body.contains("<Hangup"), "{}", connected.body);
    acknowledged(connection, &twilio.leg_status(&status, call, "completed", "3")).await;
    let over = connection.ask(&twilio.ring_done(&done, call)).await.unwrap();
    assert!(over.ok && over.body.contains("<Hangup"), "{}", over.body);
    acknowledged(connection, &twilio.completed(call)).await;
}

async fn acknowledged(connection: &mut Connection, request: &[u8]) {
    let reply = connection.ask(request).await.unwrap();
    assert!(reply.ok && !reply.body.contains("<Dial"), "{}", reply.body);
}
