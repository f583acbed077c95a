//! A server under measurement, on a core of its own, and what the kernel says about it.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use switchboard::clock::Stopwatch;

use crate::Plan;

pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) started: Stopwatch,
}

/// Nanoseconds on a processor, by thread.
pub(crate) struct Processor(HashMap<String, u64>);

impl Server {
    /// Ours, with the settings in this folder.
    pub(crate) fn start(plan: &Plan, settings: &Path) -> Self {
        let mut command = Command::new("taskset");
        command.args(["-c", &plan.server_core.to_string()]).arg(fs::canonicalize(&plan.server).unwrap());
        command.arg("serve").arg("--config").arg(settings);
        Self::spawn(command, Some(&settings.with_extension("log")))
    }

    /// The constant answer.
    pub(crate) fn bare(plan: &Plan) -> Self {
        let mut command = Command::new("taskset");
        command.args(["-c", &plan.server_core.to_string()]).arg(std::env::current_exe().unwrap()).arg("--bare");
        Self::spawn(command, None)
    }

    fn spawn(mut command: Command, log: Option<&Path>) -> Self {
        let log = log.map_or_else(Stdio::inherit, |log| fs::File::create(log).unwrap().into());
        let started = Stopwatch::start();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("taskset is needed (util-linux)");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().and_then(Result::ok).expect("the server says where it listens; see its log");
        let address = first.split("http://").nth(1).unwrap().trim_end_matches('.').parse().unwrap();
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, started }
    }

    pub(crate) fn processor(&self) -> Processor {
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let spent = threads.filter_map(|thread| {
            let thread = thread.ok()?;
            let schedule = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            Some((thread.file_name().into_string().ok()?, schedule.split(' ').next()?.parse().ok()?))
        });
        Processor(spent.collect())
    }

    /// Processor time since then, of all threads that are alive.
    pub(crate) fn spent_since(&self, before: &Processor) -> Duration {
        let now = self.processor().0.into_iter();
        Duration::from_nanos(now.map(|(thread, spent)| spent - before.0.get(&thread).unwrap_or(&0)).sum())
    }

    /// Bytes that it has had written to the disk.
    pub(crate) fn written(&self) -> u64 {
        let io = fs::read_to_string(format!("/proc/{}/io", self.child.id())).unwrap();
        io.lines().find_map(|line| line.strip_prefix("write_bytes: ")).unwrap().parse().unwrap()
    }

    /// Resident memory now and at its highest, in MB.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() * 1024.0 / 1e6
        };
        (field("VmRSS:"), field("VmHWM:"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// All threads of a process to one core.
pub(crate) fn pin(process: u32, core: usize) {
    let args = ["-a", "-c", "-p", &core.to_string(), &process.to_string()].map(str::to_owned);
    let pinned = Command::new("taskset").args(args).stdout(Stdio::null()).status();
    assert!(pinned.is_ok_and(|status| status.success()), "taskset is needed (util-linux)");
}

/// Open pages are many.
pub(crate) fn allow_open_files() {
    let mut limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current = limit.maximum;
    rustix::process::setrlimit(rustix::process::Resource::Nofile, limit).unwrap();
}
