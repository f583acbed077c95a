//! The disk alone: how long it takes to have the same bytes kept at the same pace, by a program that does nothing else.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use switchboard::clock::Stopwatch;

/// Written round and round, as a journal is.
const JOURNAL: usize = 4 << 20;

/// Keeps so many records, whenever they are due and all that are due at once; returns each one's time since it was due.
pub(crate) fn keeps(folder: &Path, per_second: f64, records: usize, bytes_each: usize) -> Vec<Duration> {
    let path = folder.join("disk-alone");
    let file = File::create(&path).unwrap();
    let bytes = vec![7; JOURNAL];
    file.write_all_at(&bytes, 0).unwrap();
    file.sync_all().unwrap();
    let (mut took, mut at) = (Vec::with_capacity(records), 0);
    let watch = Stopwatch::start();
    while took.len() < records {
        let due = records.min((watch.elapsed().as_secs_f64() * per_second) as usize);
        let size = ((due - took.len()) * bytes_each).min(JOURNAL);
        if size == 0 {
            continue;
        }
        at = if at + size > JOURNAL { 0 } else { at };
        file.write_all_at(&bytes[..size], at as u64).unwrap();
        file.sync_data().unwrap();
        at += size;
        let now = watch.elapsed();
        took.extend((took.len()..due).map(|n| now.saturating_sub(Duration::from_secs_f64(n as f64 / per_second))));
    }
    fs::remove_file(path).unwrap();
    took
}
