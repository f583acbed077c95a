//! The load program: the real server on one core, real signed webhooks from another.
//!
//! `cargo bench --bench load` measures everything; `cargo bench --bench load -- incoming whole` only
//! what is named. What the figures mean, and ours: `benches/README.md`.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a measurement that goes wrong must stop")]
#![expect(clippy::indexing_slicing, reason = "a measurement that goes wrong must stop")]
#![expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "figures")]

mod bare;
mod client;
mod disk;
mod looking;
mod measure;
mod rounds;
mod server;
mod twilio;
mod world;

use clap::Parser;
use measure::Measurement;

#[derive(Parser, Clone)]
struct Plan {
    /// What to measure; everything if nothing is named
    #[arg(value_enum)]
    what: Vec<Measurement>,
    /// Customers in the large store
    #[arg(long, default_value_t = 1_000_000)]
    customers: u64,
    /// Calls in the long history
    #[arg(long, default_value_t = 10_000_000)]
    history: u64,
    /// Webhooks or calls of one round
    #[arg(long, default_value_t = 20_000)]
    round: usize,
    /// The median of so many rounds is told
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// The core of the server; the client takes the other one
    #[arg(long, default_value_t = 0)]
    server_core: usize,
    #[arg(long, default_value_t = 1)]
    client_core: usize,
    /// Where the stores are made and kept for the next time
    #[arg(long, default_value = "target/load")]
    folder: std::path::PathBuf,
    /// The server to measure, if not the one just built
    #[arg(long, default_value = env!("CARGO_BIN_EXE_switchboard"))]
    server: std::path::PathBuf,
    /// Be the constant answer that ours is compared with
    #[arg(long, hide = true)]
    bare: bool,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let plan = Plan::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().event_interval(16).build().unwrap();
    if plan.bare {
        return runtime.block_on(bare::serve());
    }
    server::allow_open_files();
    server::pin(std::process::id(), plan.client_core);
    runtime.block_on(measure::all(&plan));
}
