//! Simulated time and the queue of what is going to happen. The caller's side is in `call`, the phones' in `leg`,
//! what the server is told besides in `news`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use super::call::Call;
use super::dice::Dice;
use super::leg::{Leg, RingEnd};
use super::person::Person;
use super::wire::{Params, Wire};

/// Moves the server's clock, when it is one that can be moved.
pub(crate) type Tick = Box<dyn Fn(SignedDuration) + Send>;

pub(crate) struct Network {
    pub(super) now: Timestamp,
    tick: Tick,
    queue: BTreeMap<(Timestamp, u64), Happening>,
    counter: u64,
    pub(super) seed: u64,
    pub(super) dice: Dice,
    pub(super) zone: TimeZone,
    pub(super) account: String,
    pub(super) api_url: String,
    /// The business's own numbers; callerId may be one of them.
    pub(super) lines: Vec<String>,
    pub(super) people: Vec<Person>,
    pub(super) calls: Vec<Call>,
    pub(super) legs: Vec<Leg>,
    /// Call backs whose phones tests hold already.
    pub(super) rung_back: usize,
    pub(crate) wire: Wire,
    pub(crate) quirks: Quirks,
    /// The static document that the provider holds for when the server cannot be asked.
    pub(crate) fallback: Option<String>,
    pub(super) faults: Vec<String>,
    tolerated: Vec<String>,
}

/// What a test tells the network about the business.
pub(crate) struct Setup {
    /// Where the server's instances listen: `http://127.0.0.1:8080`. See [`super::wire::standing`].
    pub(crate) instances: watch::Receiver<Vec<String>>,
    pub(crate) public_url: String,
    pub(crate) account: String,
    /// Where the provider keeps recordings.
    pub(crate) api_url: String,
    pub(crate) token: String,
    pub(crate) lines: Vec<String>,
    pub(crate) people: Vec<Person>,
    pub(crate) zone: TimeZone,
    pub(crate) start: Timestamp,
    pub(crate) tick: Tick,
    pub(crate) seed: u64,
}

/// What real networks do now and then. All off at first, and all from the seed.
#[derive(Clone, Debug)]
pub(crate) struct Quirks {
    /// Seconds that the provider rings longer than it was told (contracts, section 3.1).
    pub(crate) ring_margin: i64,
    /// Status webhooks arrive up to this many seconds late, and so out of order.
    pub(crate) late_by: u32,
    /// Of a hundred webhooks that ask for no answer, how many never arrive.
    pub(crate) lost_in_100: u32,
    /// Whether a `<Dial action>` is still asked for after the caller has hung up. Not documented: test both.
    pub(crate) action_after_hang_up: bool,
    /// A key 1 reaches the server a second after the caller has hung up during the whisper.
    pub(crate) late_key: bool,
    /// Whether the end of the caller's call is told.
    pub(crate) tells_the_end: bool,
}

impl Quirks {
    /// No news is late or lost.
    pub(crate) fn tells_all_at_once(&self) -> bool {
        self.late_by == 0 && self.lost_in_100 == 0 && self.tells_the_end
    }

    /// A bad day, but one on which the end of every call is told.
    pub(crate) fn by_chance(dice: &mut Dice) -> Self {
        Self {
            late_by: dice.up_to(30),
            lost_in_100: dice.up_to(20),
            action_after_hang_up: dice.percent(50),
            late_key: dice.percent(50),
            ..Self::default()
        }
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            ring_margin: 5,
            late_by: 0,
            lost_in_100: 0,
            action_after_hang_up: true,
            late_key: false,
            tells_the_end: true,
        }
    }
}

/// Something that is going to happen. `turn` tells an old plan from the present one.
#[derive(Debug)]
pub(super) enum Happening {
    /// What the caller was hearing is over.
    CallerNext {
        call: usize,
        turn: u64,
    },
    CallerHangsUp {
        call: usize,
    },
    PicksUp {
        leg: usize,
        turn: u64,
    },
    RingEnds {
        leg: usize,
        turn: u64,
        how: RingEnd,
    },
    /// What the leg was hearing, or the time for a key, is over.
    LegNext {
        leg: usize,
        turn: u64,
    },
    PressesKey {
        leg: usize,
    },
    /// A key that was on its way when the caller hung up.
    PressesTooLate {
        leg: usize,
        action: String,
    },
    /// Before a conversation.
    LegHangsUp {
        leg: usize,
    },
    ConversationEnds {
        leg: usize,
    },
    /// A webhook that asks for no answer.
    News {
        call: usize,
        url: String,
        params: Params,
    },
}

impl Network {
    pub(crate) fn open(setup: Setup) -> Self {
        Self {
            now: setup.start,
            tick: setup.tick,
            queue: BTreeMap::new(),
            counter: 0,
            seed: setup.seed,
            dice: Dice::new(setup.seed),
            zone: setup.zone,
            account: setup.account,
            api_url: setup.api_url,
            lines: setup.lines,
            people: setup.people,
            calls: Vec::new(),
            legs: Vec::new(),
            rung_back: 0,
            wire: Wire::new(setup.instances, &setup.public_url, &setup.token),
            quirks: Quirks::default(),
            fallback: None,
            faults: Vec::new(),
            tolerated: Vec::new(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Faults that contain these words are noted, and do not fail the test. Empty words tolerate all.
    pub(crate) fn tolerates(&mut self, words: &str) {
        self.tolerated.push(words.to_owned());
    }

    /// Takes back [`Self::tolerates`].
    pub(crate) fn tolerates_no_more(&mut self, words: &str) {
        self.tolerated.retain(|tolerated| tolerated != words);
    }

    /// The tolerated faults.
    pub(crate) fn faults(&self) -> &[String] {
        &self.faults
    }

    pub(crate) fn person(&mut self, id: &str) -> &mut Person {
        let known = self.people.iter().map(|person| person.id.clone()).collect::<Vec<_>>().join(", ");
        match self.people.iter_mut().find(|person| person.id == id) {
            Some(person) => person,
            None => panic!("nobody is called {id}; known: {known}"),
        }
    }

    /// Lets everything happen that happens now, without time passing.
    pub(crate) async fn settle(&mut self) {
        self.run_until(self.now).await;
    }

    pub(crate) async fn run_until(&mut self, end: Timestamp) {
        while self.step_until(end).await {}
    }

    /// The next happening up to `end`. False: there was none, and it is `end` now.
    pub(crate) async fn step_until(&mut self, end: Timestamp) -> bool {
        if self.queue.first_key_value().is_some_and(|((at, _), _)| *at <= end) {
            return self.step().await;
        }
        self.move_to(end);
        false
    }

    /// Something may still happen by itself.
    pub(crate) fn is_busy(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Lets time pass until `done`, and then whatever happens in the same instant.
    pub(crate) async fn run_till(&mut self, done: impl Fn(&Self) -> bool) {
        while !done(self) && self.step().await {}
        self.settle().await;
    }

    /// Lets time pass until nothing more is going to happen.
    pub(crate) async fn run_out(&mut self) {
        while self.step().await {}
    }

    /// The next happening. False: there is none.
    pub(crate) async fn step(&mut self) -> bool {
        let Some(((at, _), happening)) = self.queue.pop_first() else { return false };
        self.move_to(at);
        match happening {
            Happening::CallerNext { call, turn } => self.caller_next(call, turn).await,
            Happening::CallerHangsUp { call } => self.caller_hangs_up(call).await,
            Happening::PicksUp { leg, turn } => self.picks_up(leg, turn).await,
            Happening::RingEnds { leg, turn, how } => self.ring_ends(leg, turn, how).await,
            Happening::LegNext { leg, turn } => self.leg_next(leg, turn).await,
            Happening::PressesKey { leg } => self.presses_key(leg).await,
            Happening::PressesTooLate { leg, action } => self.presses_too_late(leg, &action).await,
            Happening::LegHangsUp { leg } => self.leg_hangs_up(leg).await,
            Happening::ConversationEnds { leg } => self.conversation_ends(leg).await,
            Happening::News { call, url, params } => self.deliver(call, &url, &params).await,
        }
        true
    }

    fn move_to(&mut self, at: Timestamp) {
        if at > self.now {
            (self.tick)(at.duration_since(self.now));
            self.now = at;
        }
    }

    pub(super) fn later(&mut self, seconds: i64, happening: Happening) {
        let at = self.now + SignedDuration::from_secs(seconds);
        let number = self.count();
        self.queue.insert((at, number), happening);
    }

    fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// An id that no other network with another seed gives.
    pub(super) fn sid(&mut self, kind: &str) -> String {
        let number = self.count();
        format!("{kind}{:016x}{number:016x}", self.seed)
    }

    pub(super) fn tell(&mut self, call: usize, text: impl Into<String>) {
        let now = self.now;
        self.calls[call].story.tell(now, text);
    }

    /// Something that would hurt a real caller, or that a real provider would refuse.
    pub(super) fn fault(&mut self, call: usize, what: impl Into<String>) {
        let what = what.into();
        self.tell(call, format!("FAULT: {what}"));
        let tolerated = self.tolerated.iter().any(|words| what.contains(words));
        assert!(tolerated, "{what}\nseed {}\n{}", self.seed, self.calls[call].story);
        self.faults.push(what);
    }
}
