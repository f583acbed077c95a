//! A day's story: the calls, the texts and the call backs of a script, in one timeline.

use std::fmt;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

use super::Story;

pub struct Day {
    zone: TimeZone,
    beats: Vec<(Timestamp, String)>,
    faults: usize,
}

impl Day {
    /// `told` is what belongs to none of the calls.
    pub(super) fn new(zone: TimeZone, stories: &[Story], told: Vec<(Timestamp, String)>) -> Self {
        let mut beats: Vec<_> = stories.iter().flat_map(Story::lines).chain(told).collect();
        beats.sort_by_key(|(at, _)| *at);
        let faults = stories.iter().map(|story| story.faults().count()).sum();
        Self { zone, beats, faults }
    }

    /// How often something happened that must not.
    pub fn faults(&self) -> usize {
        self.faults
    }

    pub fn to_json(&self) -> Value {
        let beat = |(at, words): &(Timestamp, String)| json!({ "at": self.local(*at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), "words": words });
        json!({ "timeline": self.beats.iter().map(beat).collect::<Vec<_>>() })
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }
}

/// The date stands where it begins.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = None;
        for (at, words) in &self.beats {
            let at = self.local(*at);
            let date = if last == Some(at.date()) { String::new() } else { at.strftime("%a %-d %b %Y").to_string() };
            writeln!(f, "{date:<15} {}  {words}", at.strftime("%H:%M:%S"))?;
            last = Some(at.date());
        }
        Ok(())
    }
}
