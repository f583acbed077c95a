//! Every webhook that the network sends: its parameters, and what is required of the answer.

use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

use super::network::{Happening, Network};
use super::twiml::Record;
use super::wire::{Exchange, Lost, Params, Reply};

const STATUS: &str = "/hooks/twilio/status";
/// How long after a message its recording can be fetched, and its transcript is there. Seconds.
const RECORDING_READY: i64 = 2;
const TRANSCRIPT_READY: i64 = 20;

impl Network {
    /// Asks for a document. `None`: there is no usable one, and a fault has said why.
    pub(super) async fn ask(&mut self, call: usize, url: &str, params: &Params) -> Option<String> {
        let event = self.sid("EV");
        let replies = match self.wire.post(url, params, &event).await {
            Ok(replies) => replies,
            Err(lost) => {
                self.tell(call, format!("the server cannot be asked: {lost}"));
                if self.fallback.is_none() || !matches!(lost, Lost::NoConnection | Lost::NoAnswer(_)) {
                    self.fault(call, format!("{url}: {lost}"));
                }
                return None;
            }
        };
        let (first, repeats) = replies.split_first()?;
        for repeat in repeats {
            if repeat != first {
                self.fault(call, format!("{url}: a repeat got another answer\n{first:?}\n{repeat:?}"));
            }
        }
        if let Some(wrong) = wrong_with(first) {
            self.fault(call, format!("{url}: {wrong}\n{}", first.body));
            return None;
        }
        Some(first.body.clone())
    }

    /// Sends a webhook that asks for no answer.
    pub(super) async fn deliver(&mut self, call: usize, url: &str, params: &Params) {
        let event = self.sid("EV");
        match self.wire.post(url, params, &event).await {
            // Nobody waits for these, so one that is lost is only lost.
            Err(Lost::NoConnection | Lost::NoAnswer(_)) => {}
            Err(lost) => self.fault(call, format!("{url}: {lost}")),
            Ok(replies) => {
                if let Some(reply) = replies.iter().find(|reply| !(200..300).contains(&reply.status)) {
                    self.fault(call, format!("{url}: status {}\n{}", reply.status, reply.body));
                }
            }
        }
    }

    /// Sends an earlier webhook once more, long after its answer. What differs, if anything.
    pub(crate) async fn echoes(&mut self, earlier: usize) -> Option<String> {
        let Exchange { url, params, event, replies } = self.wire.log.get(earlier)?.clone();
        let reply = replies.into_iter().next()?;
        let known = self.wire.log.len();
        let replies = self.wire.post(&url, &params, &event).await;
        self.wire.log.truncate(known);
        match replies {
            Ok(replies) if replies.iter().all(|again| *again == reply) => None,
            again => Some(format!("{url} {params:?}\nwas answered {reply:?}\nand then {again:?}")),
        }
    }

    /// The parameters of every webhook about the caller's side.
    pub(super) fn about_call(&self, call: usize, with: Params) -> Params {
        let state = &self.calls[call];
        let status = match (state.over, state.answered) {
            (Some(_), _) => "completed",
            (None, Some(_)) => "in-progress",
            (None, None) => "ringing",
        };
        let (from, to) = (&state.caller.from, &state.caller.to);
        let mut params = self.sides(&state.sid, from, to, "inbound", status);
        params.extend(state.caller.extra.iter().cloned());
        params.extend(with);
        params
    }

    /// The parameters of every webhook about a leg.
    pub(super) fn about_leg(&self, leg: usize, status: &str, with: Params) -> Params {
        let leg = &self.legs[leg];
        let mut params = self.sides(&leg.sid, &leg.caller_id, &leg.noun.target, "outbound-dial", status);
        params.push(("ParentCallSid".to_owned(), self.calls[leg.call].sid.clone()));
        params.extend(with);
        params
    }

    fn sides(&self, sid: &str, from: &str, to: &str, direction: &str, status: &str) -> Params {
        let pairs = [
            ("CallSid", sid),
            ("AccountSid", &self.account),
            ("From", from),
            ("To", to),
            ("Caller", from),
            ("Called", to),
            ("CallStatus", status),
            ("ApiVersion", "2010-04-01"),
            ("Direction", direction),
            ("FromCity", ""),
            ("FromCountry", "GB"),
        ];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    /// A leg's status, if the document asked to be told.
    pub(super) fn tell_leg(&mut self, leg: usize, event: &str, status: &str) {
        let noun = &self.legs[leg].noun;
        let Some(callback) = noun.callback.clone().filter(|_| noun.events.iter().any(|wanted| wanted == event)) else {
            return;
        };
        let mut with = self.stamp(self.legs[leg].sequence);
        if event == "completed" {
            let seconds = self.legs[leg].answered.map_or(0, |answered| self.now.duration_since(answered).as_secs());
            with.push(("CallDuration".to_owned(), seconds.to_string()));
        }
        self.legs[leg].sequence += 1;
        let call = self.legs[leg].call;
        let url = self.wire.resolve(&self.calls[call].page, &callback);
        let params = self.about_leg(leg, status, with);
        self.send_news(call, 0, url, params);
    }

    pub(super) fn tell_end(&mut self, call: usize, status: &str) {
        if !self.quirks.tells_the_end {
            return;
        }
        let seconds = self.calls[call].answered.map_or(0, |answered| self.now.duration_since(answered).as_secs());
        let mut with = self.stamp(0);
        with.push(("CallDuration".to_owned(), seconds.to_string()));
        let mut params = self.about_call(call, with);
        for (key, value) in &mut params {
            if key == "CallStatus" {
                status.clone_into(value);
            }
        }
        let url = self.wire.resolve(STATUS, STATUS);
        self.send_news(call, 0, url, params);
    }

    pub(super) fn tell_recording(&mut self, call: usize, record: &Record, sid: &str, seconds: i64) {
        let status = if seconds > 0 { "completed" } else { "absent" };
        let recording = vec![
            ("RecordingSid".to_owned(), sid.to_owned()),
            ("RecordingUrl".to_owned(), self.recording_url(sid)),
            ("RecordingDuration".to_owned(), seconds.to_string()),
            ("RecordingStatus".to_owned(), status.to_owned()),
            ("RecordingSource".to_owned(), "RecordVerb".to_owned()),
        ];
        if let Some(callback) = record.callback.as_ref().filter(|_| record.events.iter().any(|event| event == status)) {
            let url = self.wire.resolve(&self.calls[call].page, callback);
            let params = self.about_call(call, recording.clone());
            self.send_news(call, RECORDING_READY, url, params);
        }
        // Contracts, section 3.1: only messages of 2 to 120 seconds are written down.
        if let Some(callback) = record.transcript.as_ref().filter(|_| (2..=120).contains(&seconds)) {
            let url = self.wire.resolve(&self.calls[call].page, callback);
            let mut with = recording;
            with.push(("TranscriptionSid".to_owned(), self.sid("TR")));
            with.push(("TranscriptionStatus".to_owned(), "completed".to_owned()));
            with.push(("TranscriptionText".to_owned(), "The boiler is cold again.".to_owned()));
            let params = self.about_call(call, with);
            self.send_news(call, TRANSCRIPT_READY, url, params);
        }
    }

    pub(super) fn recording_url(&self, sid: &str) -> String {
        format!("{}/2010-04-01/Accounts/{}/Recordings/{sid}", self.api_url, self.account)
    }

    fn stamp(&self, sequence: u32) -> Params {
        let sent = rfc2822::to_string(&self.now.to_zoned(TimeZone::UTC)).unwrap();
        vec![
            ("Timestamp".to_owned(), sent),
            ("CallbackSource".to_owned(), "call-progress-events".to_owned()),
            ("SequenceNumber".to_owned(), sequence.to_string()),
        ]
    }

    /// Puts a webhook on its way, as late or as lost as the quirks say.
    fn send_news(&mut self, call: usize, after: i64, url: String, params: Params) {
        if self.calls[call].vanished || self.dice.percent(self.quirks.lost_in_100) {
            return;
        }
        let late = i64::from(self.dice.up_to(self.quirks.late_by));
        self.later(after + late, Happening::News { call, url, params });
    }
}

/// What a provider would object to, before it reads the document.
fn wrong_with(reply: &Reply) -> Option<String> {
    if reply.status != 200 {
        return Some(format!("status {}", reply.status));
    }
    let known = ["text/xml", "application/xml"].contains(&reply.content_type.as_str());
    (!known).then(|| format!("content type {:?}", reply.content_type))
}
