//! How long a page takes that looks back at a million calls, or for one of a million customers.

use switchboard::clock::Stopwatch;

use crate::Plan;
use crate::client::Connection;
use crate::measure::{median, micros};
use crate::rounds;
use crate::server::Server;
use crate::world::{FEW_STAFF, STAFF, World};

const PAST: u64 = 1_000_000;
/// Each at another customer.
const LOOKS: u64 = 50;

pub(crate) async fn looking(plan: &Plan) {
    let ringing = World::new(&plan.folder, "large", plan.customers, PAST, STAFF);
    if !ringing.past_can_be_read() {
        println!("writing {PAST} past calls as a real one is written, once");
        let server = Server::start(plan, &ringing.settings);
        rounds::whole(&server, 1, &ringing, 0..1).await;
        drop(server);
        ringing.tell_past_like_the_last_call();
    }
    let world = World::new(&plan.folder, "looking", plan.customers, PAST, FEW_STAFF);
    let session = world.sign_in();
    let server = Server::start(plan, &world.settings);
    println!("ms, half and all of {LOOKS} pages, {PAST} calls, {} customers", plan.customers);
    for (what, path) in [
        ("50 calls, the newest", "calls"),
        ("50 calls, in the middle", "calls?to=2025-01-01"),
        ("calls of one customer", "calls?customer=@"),
        ("calls that nothing fits", "calls?outcome=promised"),
        ("a customer's page", "customers/@"),
        ("customers by name", "customers?q=customer+number+@"),
        ("customers by a beginning", "customers?q=cust"),
        ("customers by digits", "customers?q=0750@"),
        ("Now", ""),
    ] {
        let mut connection = Connection::open(server.address).await.unwrap();
        let mut took = Vec::new();
        for look in 0..LOOKS {
            let customer = (look * 7919 * 7919) % plan.customers + 1;
            let path = path.replace('@', &customer.to_string());
            let slash = if path.is_empty() { "" } else { "/" };
            let request =
                format!("GET /console{slash}{path} HTTP/1.1\r\nhost: phone.example.com\r\ncookie: {session}\r\n\r\n");
            let watch = Stopwatch::start();
            let reply = connection.ask(request.as_bytes()).await.unwrap();
            assert!(reply.ok, "{path}: {}", reply.body);
            took.push(micros(watch.elapsed()) / 1000.0);
        }
        let all = took.iter().copied().fold(0.0, f64::max);
        println!("  {what:25}{:8.1} {all:8.1}", median(&took));
    }
}
