//! What is measured, and how it is told.

use std::time::Duration;

use clap::ValueEnum;

use crate::Plan;
use crate::client::Connection;
use crate::rounds::{self, WEBHOOKS_OF_A_CALL};
use crate::server::Server;
use crate::world::{FEW_STAFF, STAFF, World};
use crate::{disk, looking};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measurement {
    /// Incoming-call webhooks per second, beside bare hyper's constant answer
    Incoming,
    /// Whole calls per second
    Whole,
    /// How long an answer takes at 2,000 webhooks per second
    Latency,
    /// Memory with all customers, and how soon the first call is answered
    Start,
    /// Processor time per webhook with few and many customers
    FlatCustomers,
    /// The same with few and many calls in progress
    FlatCalls,
    /// The same with no and a long history
    FlatHistory,
    /// How long an answer takes with nobody and with 10,000 browsers looking at the console
    Pages,
    /// How long the console's lists take among 1,000,000 calls and all customers
    Looking,
}

const PER_SECOND: f64 = 2_000.0;
const OPEN_PAGES: usize = 10_000;
/// Calls of one measured burst where processor time is compared.
const BURST: u64 = 1_000;
const BURSTS: u64 = 10;

pub(crate) async fn all(plan: &Plan) {
    for measurement in Measurement::value_variants() {
        if !plan.what.is_empty() && !plan.what.contains(measurement) {
            continue;
        }
        match measurement {
            Measurement::Incoming => incoming(plan).await,
            Measurement::Whole => whole(plan).await,
            Measurement::Latency => latency(plan).await,
            Measurement::Start => start(plan).await,
            Measurement::FlatCustomers => flat_customers(plan).await,
            Measurement::FlatCalls => flat_calls(plan).await,
            Measurement::FlatHistory => flat_history(plan).await,
            Measurement::Pages => pages(plan).await,
            Measurement::Looking => looking::looking(plan).await,
        }
    }
}

fn large(plan: &Plan) -> World {
    World::new(&plan.folder, "large", plan.customers, 0, STAFF)
}

async fn incoming(plan: &Plan) {
    let world = large(plan);
    let (mut ours, mut bare, mut costs) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..plan.rounds {
        world.forget_calls();
        let constant = Server::bare(plan);
        let mut work = rounds::incoming(&world, callers(plan, round));
        for prepared in &mut work {
            prepared.expect("<Number>");
        }
        bare.push(per_second(plan.round, rounds::burst(&constant, plan.connections, work).await));
        drop(constant);
        let server = Server::start(plan, &world.settings);
        warm_up(plan, &server, &world).await;
        let work = rounds::incoming(&world, callers(plan, round));
        let before = server.processor();
        let took = rounds::burst(&server, plan.connections, work).await;
        costs.push(micros(server.spent_since(&before)) / plan.round as f64);
        ours.push(per_second(plan.round, took));
    }
    println!("incoming webhooks/s      {}", told(&ours));
    println!("  processor, µs each     {}", told(&costs));
    println!("bare hyper's constant/s  {}", told(&bare));
    println!("  ours of it             {:.1} %", 100.0 * median(&ours) / median(&bare));
}

async fn whole(plan: &Plan) {
    let world = large(plan);
    let (mut rates, mut costs) = (Vec::new(), Vec::new());
    let calls = plan.round / 2;
    for round in 0..plan.rounds {
        world.forget_calls();
        let server = Server::start(plan, &world.settings);
        warm_up(plan, &server, &world).await;
        let first = (round * calls) as u64;
        let before = server.processor();
        let took = rounds::whole(&server, plan.connections, &world, first..first + calls as u64).await;
        costs.push(micros(server.spent_since(&before)) / calls as f64);
        rates.push(per_second(calls, took));
    }
    println!("whole calls/s            {}   ({WEBHOOKS_OF_A_CALL} webhooks each)", told(&rates));
    println!("  processor, µs each     {}", told(&costs));
}

async fn latency(plan: &Plan) {
    let world = large(plan);
    let (mut p50, mut p99, mut worst) = (Vec::new(), Vec::new(), Vec::new());
    let mut disk = (Vec::new(), Vec::new());
    for round in 0..plan.rounds {
        world.forget_calls();
        let server = Server::start(plan, &world.settings);
        warm_up(plan, &server, &world).await;
        let work = rounds::incoming(&world, callers(plan, round));
        let before = server.written();
        let times = sorted(rounds::steady(&server, plan.connections, PER_SECOND, work).await);
        let bytes_each = (server.written() - before) as usize / plan.round;
        p50.push(part(&times, 0.5));
        p99.push(part(&times, 0.99));
        worst.push(part(&times, 1.0));
        drop(server);
        let alone = sorted(disk::keeps(&plan.folder, PER_SECOND, plan.round, bytes_each));
        disk.0.push(part(&alone, 0.5));
        disk.1.push(part(&alone, 0.99));
    }
    println!("ms at 2,000/s: half      {}", told(&p50));
    println!("  99 of 100              {}", told(&p99));
    println!("  all                    {}", told(&worst));
    println!("the disk alone: half     {}", told(&disk.0));
    println!("  99 of 100              {}", told(&disk.1));
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

/// Milliseconds within which this part of them is done.
fn part(sorted: &[Duration], part: f64) -> f64 {
    micros(sorted[((sorted.len() - 1) as f64 * part) as usize]) / 1000.0
}

/// The same answers at the same pace, beside open pages that are told of every change.
async fn pages(plan: &Plan) {
    let world = large(plan);
    let session = world.sign_in();
    let (mut alone, mut beside) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    for round in 0..plan.rounds {
        for (pages, (p50, p99)) in [(0, &mut alone), (OPEN_PAGES, &mut beside)] {
            world.forget_calls();
            let server = Server::start(plan, &world.settings);
            warm_up(plan, &server, &world).await;
            let open = rounds::open_pages(&server, pages, &session).await;
            let work = rounds::incoming(&world, callers(plan, round));
            let times = sorted(rounds::steady(&server, plan.connections, PER_SECOND / 4.0, work).await);
            p50.push(part(&times, 0.5));
            p99.push(part(&times, 0.99));
            drop(open);
        }
    }
    println!("ms at {}/s: half, 99 of 100", PER_SECOND / 4.0);
    println!("  nobody looks           {}   {}", told(&alone.0), told(&alone.1));
    println!("  {OPEN_PAGES} open pages      {}   {}", told(&beside.0), told(&beside.1));
}

async fn start(plan: &Plan) {
    let world = World::new(&plan.folder, "ordinary", plan.customers, 0, FEW_STAFF);
    let (mut ready, mut first_memory, mut settled, mut peak) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        world.forget_calls();
        let work = rounds::incoming(&world, 0..1);
        let server = Server::start(plan, &world.settings);
        let mut connection = Connection::open(server.address).await.unwrap();
        let reply = connection.ask(work[0].request()).await.unwrap();
        assert!(reply.ok && reply.body.contains("<Dial"), "{}", reply.body);
        ready.push(micros(server.started.elapsed()) / 1000.0);
        first_memory.push(server.memory().0);
        // Until the callers are in memory, which is told in the log.
        for _ in 0..1000 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            if std::fs::read_to_string(world.settings.with_extension("log")).unwrap().contains("callers in memory") {
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        settled.push(server.memory().0);
        peak.push(server.memory().1);
    }
    println!("ms until the first call  {}", told(&ready));
    println!("MB at the first call     {}", told(&first_memory));
    println!("MB with the callers      {}   (at its highest {})", told(&settled), told(&peak));
    after_load(plan).await;
}

async fn after_load(plan: &Plan) {
    let world = large(plan);
    let server = Server::start(plan, &world.settings);
    warm_up(plan, &server, &world).await;
    let work = rounds::incoming(&world, callers(plan, 0));
    rounds::burst(&server, plan.connections, work).await;
    let (now, highest) = server.memory();
    println!("MB after a round, {STAFF} staff: {now:.1} (at its highest {highest:.1})");
}

async fn flat_customers(plan: &Plan) {
    let few = World::new(&plan.folder, "few", 1_000, 0, STAFF);
    let many = large(plan);
    let mut costs = (Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        costs.0.push(cost(plan, &few, 0).await);
        costs.1.push(cost(plan, &many, 0).await);
    }
    compare("1,000 customers", &costs.0, &format!("{} customers", plan.customers), &costs.1);
}

async fn flat_calls(plan: &Plan) {
    let world = large(plan);
    let mut costs = (Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        costs.0.push(cost(plan, &world, 10).await);
        costs.1.push(cost(plan, &world, 10_000).await);
    }
    compare("10 calls in progress", &costs.0, "10,000 in progress", &costs.1);
}

async fn flat_history(plan: &Plan) {
    let young = large(plan);
    let old = World::new(&plan.folder, "old", plan.customers, plan.history, STAFF);
    let mut costs = (Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        costs.0.push(cost(plan, &young, 0).await);
        costs.1.push(cost(plan, &old, 0).await);
    }
    compare("no past calls", &costs.0, &format!("{} past calls", plan.history), &costs.1);
}

/// Processor time of one incoming webhook in µs, with so many calls in progress and at most 1,000 more.
async fn cost(plan: &Plan, world: &World, in_progress: u64) -> f64 {
    world.forget_calls();
    let server = Server::start(plan, &world.settings);
    warm_up(plan, &server, world).await;
    let mut spent = Duration::ZERO;
    for burst in 0..BURSTS {
        // Nobody rings twice, but where there are fewer customers than calls.
        let first = if world.customers > BURST { burst * (BURST + in_progress) } else { 0 };
        let first = first % world.customers.max(1);
        rounds::burst(&server, plan.connections, rounds::incoming(world, first..first + in_progress)).await;
        let next = first + in_progress;
        let work = rounds::incoming(world, next..next + BURST);
        let before = server.processor();
        rounds::burst(&server, plan.connections, work).await;
        spent += server.spent_since(&before);
        world.forget_calls();
    }
    micros(spent) / (BURST * BURSTS) as f64
}

/// Code, caches, the callers in memory; and the look at the past for the morning's letter, five seconds after the start.
async fn warm_up(plan: &Plan, server: &Server, world: &World) {
    tokio::time::sleep(Duration::from_secs(8)).await;
    let callers = world.customers.min(500);
    rounds::burst(server, plan.connections, rounds::incoming(world, 0..callers)).await;
    world.forget_calls();
}

fn callers(plan: &Plan, round: usize) -> std::ops::Range<u64> {
    let first = (round * plan.round) as u64;
    first..first + plan.round as u64
}

fn compare(one: &str, few: &[f64], other: &str, many: &[f64]) {
    println!("µs each, {one}: {}   {other}: {}", told(few), told(many));
    println!("  grows by {:+.1} %", 100.0 * (median(many) / median(few) - 1.0));
}

fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

pub(crate) fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

pub(crate) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The median, and from where to where.
fn told(figures: &[f64]) -> String {
    let (low, high) = figures.iter().fold((f64::MAX, 0.0_f64), |(low, high), &x| (low.min(x), high.max(x)));
    let digits = if high < 100.0 { 2 } else { 0 };
    format!("{:.digits$} ({low:.digits$} to {high:.digits$})", median(figures))
}
