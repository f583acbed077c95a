//! The caller's side of a call: executes documents until one of them takes time.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::caller::{AtTheTone, Caller, FirstAnswer, Patience};
use super::network::{Happening, Network};
use super::story::{Promise, Story, promise_in};
use super::twiml::{self, Dial, Listener, Record, Verb};
use super::wire::Params;

/// Far more documents than any call needs.
const PAGES_MAX: u32 = 60;

const VOICE: &str = "/hooks/twilio/voice";

pub(super) struct Call {
    pub(super) sid: String,
    pub(super) caller: Caller,
    pub(super) started: Timestamp,
    /// When it began to cost the caller money.
    pub(super) answered: Option<Timestamp>,
    pub(super) over: Option<Timestamp>,
    /// The provider has lost this call: nothing of it is told any more.
    pub(super) vanished: bool,
    /// Where the present document came from.
    pub(super) page: String,
    pub(super) program: VecDeque<Verb>,
    pub(super) turn: u64,
    /// Documents asked for so far.
    pages: u32,
    pub(super) dial: Option<Dialling>,
    recording: Option<Recording>,
    pub(super) heard: Vec<String>,
    pub(super) promise: Option<Promise>,
    /// The person who accepted.
    pub(super) reached: Option<String>,
    /// Seconds of message.
    pub(super) message: Option<i64>,
    pub(super) refused: bool,
    /// Something was said since the last phone rang.
    consoled: bool,
    pub(super) story: Story,
}

pub(super) struct Dialling {
    pub(super) dial: Dial,
    pub(super) legs: Vec<usize>,
}

struct Recording {
    record: Record,
    began: Timestamp,
    /// Seconds of speech, if it is left to end by itself.
    speech: i64,
}

impl Network {
    /// A caller rings, and the first answer is carried out.
    pub(crate) async fn ring(&mut self, caller: Caller) -> usize {
        let sid = self.sid("CA");
        let call = self.calls.len();
        if let Patience::UntilSecond(seconds) = caller.patience {
            self.later(seconds, Happening::CallerHangsUp { call });
        }
        self.calls.push(Call {
            sid,
            caller,
            started: self.now,
            answered: None,
            over: None,
            vanished: false,
            page: VOICE.to_owned(),
            program: VecDeque::new(),
            turn: 0,
            pages: 0,
            dial: None,
            recording: None,
            heard: Vec::new(),
            promise: None,
            reached: None,
            message: None,
            refused: false,
            consoled: false,
            story: Story::new(self.zone.clone()),
        });
        self.tell(call, "caller rings");
        self.turn_to(call, VOICE, Vec::new()).await;
        self.check_first_answer(call);
        self.perform(call).await;
        call
    }

    fn check_first_answer(&mut self, call: usize) {
        let program = &self.calls[call].program;
        let rings = program.iter().any(|verb| matches!(verb, Verb::Dial(_)));
        let refuses = program.iter().any(|verb| matches!(verb, Verb::Reject { .. }));
        let fits = match self.calls[call].caller.first_answer {
            FirstAnswer::Rings => rings,
            FirstAnswer::RingsIfAnybodyIsFree => !refuses,
            FirstAnswer::Promises => !rings && !refuses,
            FirstAnswer::Refuses => refuses,
        };
        if !fits {
            let expected = self.calls[call].caller.first_answer;
            let program = &self.calls[call].program;
            let what =
                format!("the first answer rings: {rings}, refuses: {refuses}; expected: {expected:?}\n{program:?}");
            self.fault(call, what);
        }
    }

    /// Asks the server for a document and takes it up.
    pub(super) async fn turn_to(&mut self, call: usize, url: &str, with: Params) {
        let url = self.wire.resolve(&self.calls[call].page, url);
        self.calls[call].pages += 1;
        if self.calls[call].pages > PAGES_MAX {
            self.calls[call].program.clear();
            return self.fault(call, format!("more than {PAGES_MAX} documents: the call goes round in circles"));
        }
        let params = self.about_call(call, with);
        let body = self.ask(call, &url, &params).await;
        if self.calls[call].over.is_some() {
            // The provider asks, and has nobody left who could hear the answer.
            return;
        }
        let body = body.or_else(|| self.fallback.clone());
        let (verbs, faults) = twiml::read(body.as_deref().unwrap_or("<Response/>"), Listener::Caller);
        for fault in faults {
            self.fault(call, format!("{fault}\n{}", body.as_deref().unwrap_or("")));
        }
        let state = &mut self.calls[call];
        state.page = url;
        state.program = verbs.into();
    }

    pub(super) async fn caller_next(&mut self, call: usize, turn: u64) {
        if self.calls[call].turn != turn || self.calls[call].over.is_some() {
            return;
        }
        if self.calls[call].recording.is_some() {
            self.recording_ends(call, false).await;
        }
        self.perform(call).await;
    }

    /// Executes verbs until one takes time or the call is over.
    pub(super) async fn perform(&mut self, call: usize) {
        while self.calls[call].over.is_none() && !self.calls[call].vanished {
            let Some(verb) = self.calls[call].program.pop_front() else { return self.hang_up_on(call) };
            let seconds = verb.seconds();
            match verb {
                Verb::Say(words) => {
                    self.hears(call, &words);
                    return self.wait(call, seconds);
                }
                Verb::Play(url) => {
                    self.answer(call);
                    self.tell(call, format!("caller hears: {url}"));
                    return self.wait(call, seconds);
                }
                Verb::Pause(seconds) => {
                    self.answer(call);
                    return self.wait(call, seconds);
                }
                // Reported when it was read. The caller, who presses nothing, hears its words and goes on.
                Verb::Gather(gather) => gather.words.into_iter().rev().for_each(|word| {
                    self.calls[call].program.push_front(word);
                }),
                Verb::Dial(dial) => return self.dial(call, dial),
                Verb::Record(record) => return self.record(call, record),
                Verb::Redirect(url) => self.turn_to(call, &url, Vec::new()).await,
                Verb::Hangup => return self.hang_up_on(call),
                Verb::Reject { busy } => {
                    self.calls[call].refused = true;
                    self.tell(call, "caller is refused");
                    return self.call_over(call, if busy { "busy" } else { "no-answer" });
                }
            }
        }
    }

    fn wait(&mut self, call: usize, seconds: i64) {
        self.calls[call].turn += 1;
        let turn = self.calls[call].turn;
        self.later(seconds, Happening::CallerNext { call, turn });
    }

    pub(super) fn answer(&mut self, call: usize) {
        self.calls[call].answered.get_or_insert(self.now);
    }

    fn hears(&mut self, call: usize, words: &str) {
        self.answer(call);
        self.tell(call, format!("caller hears: {words}"));
        if let Some(promise) = promise_in(words, &self.people) {
            self.tell(call, format!("promise: {} by {}", promise.who, promise.by));
            self.calls[call].promise = Some(promise);
        }
        let rung = self.legs.iter().any(|leg| leg.call == call);
        let state = &mut self.calls[call];
        state.heard.push(words.to_owned());
        state.consoled = true;
        if let Patience::UntilPromise(seconds) = state.caller.patience
            && (rung || state.promise.is_some())
        {
            self.later(seconds, Happening::CallerHangsUp { call });
        }
    }

    fn dial(&mut self, call: usize, dial: Dial) {
        if !dial.answer_on_bridge {
            self.answer(call);
        }
        self.calls[call].consoled = false;
        self.check_caller_id(call, &dial);
        let margin = self.quirks.ring_margin;
        let nouns = dial.nouns.clone();
        let (timeout, action) = (dial.timeout + margin, dial.caller_id.clone());
        self.calls[call].dial = Some(Dialling { dial, legs: Vec::new() });
        let caller_id = action.unwrap_or_else(|| self.calls[call].caller.from.clone());
        let nobody = nouns.is_empty();
        for noun in nouns {
            self.ring_leg(call, noun, timeout, &caller_id);
        }
        if nobody {
            self.calls[call].dial = None;
            self.wait(call, 0);
        }
    }

    /// The provider refuses these calls: error 13214. Contracts, section 3.2.
    fn check_caller_id(&mut self, call: usize, dial: &Dial) {
        let state = &self.calls[call];
        let shown = dial.caller_id.as_ref().unwrap_or(&state.caller.from);
        let number = shown
            .strip_prefix('+')
            .is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let allowed = shown == &state.caller.from || shown == &state.caller.to || self.lines.contains(shown);
        if !number || !allowed || WITHHELD.contains(&shown.as_str()) {
            let shown = shown.clone();
            self.fault(call, format!("13214: callerId {shown} is not a number that may be shown"));
        }
    }

    fn record(&mut self, call: usize, record: Record) {
        self.answer(call);
        self.tell(call, "tone");
        let (speech, hangs_up_after) = match self.calls[call].caller.at_the_tone {
            AtTheTone::HangsUp => (0, Some(1)),
            AtTheTone::SaysNothing => (0, None),
            AtTheTone::Speaks(seconds) => (seconds.min(record.seconds_max), None),
            AtTheTone::SpeaksAndHangsUp(seconds) => (seconds.min(record.seconds_max), Some(seconds)),
        };
        let ends_after = (speech + record.timeout).min(record.seconds_max.max(record.timeout));
        self.calls[call].recording = Some(Recording { record, began: self.now, speech });
        match hangs_up_after.filter(|seconds| *seconds <= ends_after) {
            Some(seconds) => self.later(seconds, Happening::CallerHangsUp { call }),
            None => self.wait(call, ends_after),
        }
    }

    async fn recording_ends(&mut self, call: usize, hung_up: bool) {
        let Some(Recording { record, began, speech }) = self.calls[call].recording.take() else { return };
        let elapsed = self.now.duration_since(began).as_secs();
        let seconds = speech.min(elapsed);
        let sid = self.sid("RE");
        self.tell_recording(call, &record, &sid, seconds);
        if seconds == 0 {
            // The provider does not ask for the action of an empty message; the next verb follows.
            return self.tell(call, "no message");
        }
        self.calls[call].message = Some(seconds);
        self.tell(call, format!("message of {seconds} s"));
        if let Some(action) = record.action {
            let with = vec![
                ("RecordingUrl".to_owned(), self.recording_url(&sid)),
                ("RecordingSid".to_owned(), sid),
                ("RecordingDuration".to_owned(), seconds.to_string()),
                ("Digits".to_owned(), if hung_up { "hangup".to_owned() } else { String::new() }),
            ];
            self.turn_to(call, &action, with).await;
        }
    }

    pub(super) async fn caller_hangs_up(&mut self, call: usize) {
        if self.calls[call].over.is_some() || self.calls[call].vanished {
            return;
        }
        self.tell(call, "caller hung up");
        self.calls[call].over = Some(self.now);
        self.recording_ends(call, true).await;
        self.drop_legs(call).await;
        let status = if self.calls[call].answered.is_some() { "completed" } else { "no-answer" };
        self.tell_end(call, status);
    }

    /// The document has ended, or ends the call.
    fn hang_up_on(&mut self, call: usize) {
        let state = &self.calls[call];
        if !state.consoled && state.reached.is_none() {
            self.fault(call, "the caller is left in silence: nobody took the call, and nothing was said");
        }
        self.tell(call, "call ends");
        self.call_over(call, "completed");
    }

    fn call_over(&mut self, call: usize, status: &str) {
        self.calls[call].over = Some(self.now);
        self.tell_end(call, status);
    }
}

/// Keypad spellings of "no number" (contracts, section 1): they look like numbers and are none.
const WITHHELD: [&str; 5] = ["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"];
