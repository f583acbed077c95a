//! The make-believe telephone network: simulated time, and the queue of what is going to happen. The
//! caller's side of a call is in `call`, the phones that ring for it in `leg`.

mod by_hand;
mod call;
mod call_back;
mod leg;

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use crate::domain::instruction::{Instruction, Speech};
use crate::domain::job::Outbound;
use crate::domain::phone::Phone;
use crate::domain::staff::StaffId;
use crate::provider::rehearsal::{Document, News, TextIn};

use super::person::Habit;
use super::wire::Wire;
use super::{Behaviour, Caller, Day, House, RehearsalError, Story, What};
pub use by_hand::{CallerDoes, Handset, Move, PhoneDoes, PhoneMove, Seen};
use call::CallersSide;
use call_back::Back;
use leg::Leg;

/// Far beyond any rehearsal: a call that goes round in circles ends here.
const HAPPENINGS_MAX: usize = 100_000;

/// How often in a day's story the server looks whether something is due, in seconds: reminders are for a minute.
const LOOK_EVERY: u32 = 60;

const TEXT: &str = "/hooks/rehearsal/text";

/// How long after the first ring began the server is restarted, in seconds.
const RESTART_AFTER: u32 = 2;

/// How fast the voice speaks.
const CHARACTERS_A_SECOND: usize = 14;

/// What goes wrong in a rehearsal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mishaps {
    /// Every webhook comes twice; the answers must be the same to the byte.
    pub repeat: bool,
    /// The server is stopped in the middle of the first ring and started again on the same store.
    pub restart: bool,
    /// The store is locked from the first ring to the end.
    pub lock_store: bool,
}

/// Whose phone it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phones {
    Of(StaffId),
    /// A customer's, when a call back rings it.
    Number(Phone),
}

pub struct Network {
    house: House,
    wire: Wire,
    mishaps: Mishaps,
    now: Timestamp,
    queue: BTreeMap<(Timestamp, usize), Happening>,
    /// Happenings so far; keeps those of one instant in order.
    count: usize,
    people: HashMap<StaffId, Habit>,
    calls: Vec<CallersSide>,
    legs: Vec<Leg>,
    backs: Vec<Back>,
    /// What customers' phones do.
    numbers: HashMap<Phone, Behaviour>,
    has_rung: bool,
    texts_told: usize,
    /// What belongs to no call, in a day's story.
    told: Option<Vec<(Timestamp, String)>>,
    texts_in: usize,
    /// The call that the server was told something of last.
    spoken_of: usize,
}

/// Something that is going to happen. `turn` tells an old plan from the present one.
enum Happening {
    CallerRings {
        call: usize,
    },
    CallerHangsUp {
        call: usize,
    },
    /// The caller has heard what was said.
    CallerHasHeard {
        call: usize,
        turn: u32,
    },
    PicksUp {
        leg: usize,
    },
    RingEnds {
        leg: usize,
    },
    /// The phone's network gives up.
    RingTimesOut {
        leg: usize,
    },
    PressesKey {
        leg: usize,
    },
    /// What the leg hears, or its time for a key, is over.
    LegHasHeard {
        leg: usize,
        turn: u32,
    },
    LegHangsUp {
        leg: usize,
    },
    TalkEnds {
        leg: usize,
    },
    ServerRestarts,
    /// Somebody's phone sends a text.
    Texts {
        from: Phone,
        to: Phone,
        words: String,
    },
    /// What this phone does from now on.
    Does {
        who: Phones,
        behaviour: Behaviour,
    },
    /// A message.
    IsWritten {
        call: usize,
    },
    /// The next thing on a call back.
    Back {
        back: usize,
        turn: u32,
    },
    /// The server looks whether something is due, until then.
    Looks {
        until: Timestamp,
    },
}

impl Network {
    pub fn new(house: House, mishaps: Mishaps) -> Result<Self, RehearsalError> {
        Ok(Self {
            wire: Wire::new(&house.secret, mishaps.repeat)?,
            now: house.clock.now(),
            house,
            mishaps,
            queue: BTreeMap::new(),
            count: 0,
            people: HashMap::new(),
            calls: Vec::new(),
            legs: Vec::new(),
            backs: Vec::new(),
            numbers: HashMap::new(),
            has_rung: false,
            texts_told: 0,
            told: None,
            texts_in: 0,
            spoken_of: 0,
        })
    }

    /// What this phone does whenever it rings. Without a word it answers.
    pub fn always(&mut self, who: &StaffId, behaviour: Behaviour) {
        self.people.entry(who.clone()).or_default().always = behaviour;
    }

    /// What this phone does on its next ring that is not spoken for.
    pub fn next(&mut self, who: &StaffId, behaviour: Behaviour) {
        self.people.entry(who.clone()).or_default().next.push_back(behaviour);
    }

    /// Somebody rings, so many seconds from the beginning.
    pub fn caller(&mut self, after: u32, caller: Caller) {
        let call = self.calls.len();
        let started = self.now + SignedDuration::from_secs(after.into());
        self.calls.push(CallersSide::new(call, Story::begin(self.house.rota(), caller, started)));
        self.later(after, Happening::CallerRings { call });
    }

    /// A text, so many seconds from the beginning.
    pub fn text(&mut self, after: u32, from: Phone, to: Phone, words: String) {
        self.later(after, Happening::Texts { from, to, words });
    }

    /// What this phone does from so many seconds after the beginning on.
    pub fn does(&mut self, after: u32, who: Phones, behaviour: Behaviour) {
        self.later(after, Happening::Does { who, behaviour });
    }

    /// Lets everything happen that is going to happen within so many seconds: also what comes due by itself.
    pub async fn day(mut self, seconds: u32) -> Result<Day, RehearsalError> {
        let until = self.now + SignedDuration::from_secs(seconds.into());
        self.told = Some(Vec::new());
        self.later(LOOK_EVERY, Happening::Looks { until });
        let zone = self.house.rota().zone.clone();
        let (stories, told) = self.play().await?;
        Ok(Day::new(zone, &stories, told))
    }

    /// Lets everything happen that is going to happen. The story of each caller.
    pub async fn run(self) -> Result<Vec<Story>, RehearsalError> {
        self.play().await.map(|(stories, _)| stories)
    }

    async fn play(mut self) -> Result<(Vec<Story>, Vec<(Timestamp, String)>), RehearsalError> {
        while self.happens_next().await? {
            if self.count > HAPPENINGS_MAX {
                self.fault(0, "this goes on for ever");
                break;
            }
        }
        self.end().await
    }

    /// False: there is nothing left to happen.
    async fn happens_next(&mut self) -> Result<bool, RehearsalError> {
        let Some(((at, _), happening)) = self.queue.pop_first() else { return Ok(false) };
        self.time_is(at);
        self.happen(happening).await?;
        self.settles().await?;
        Ok(true)
    }

    fn time_is(&mut self, at: Timestamp) {
        self.house.clock.advance(at.duration_since(self.now));
        self.now = at;
    }

    /// What was left to do is done.
    async fn settles(&mut self) -> Result<(), RehearsalError> {
        self.house.run_jobs().await?;
        self.tell_texts(self.spoken_of);
        Ok(())
    }

    async fn end(mut self) -> Result<(Vec<Story>, Vec<(Timestamp, String)>), RehearsalError> {
        if let Some(last) = self.calls.len().checked_sub(1) {
            if self.house.release_store().await? {
                self.tell(last, None, What::StoreReleased, None);
            }
            self.tell_texts(last);
        }
        let records = self.house.close().await?;
        let mut stories = Vec::new();
        for side in self.calls {
            let mut story = side.story;
            story.explain(records.iter().find(|call| call.provider_id.0 == side.id));
            stories.push(story);
        }
        Ok((stories, self.told.unwrap_or_default()))
    }

    async fn happen(&mut self, happening: Happening) -> Result<(), RehearsalError> {
        match happening {
            Happening::CallerRings { call } => self.caller_rings(call).await,
            Happening::CallerHangsUp { call } => self.caller_gives_up(call).await,
            Happening::CallerHasHeard { call, turn } => self.caller_has_heard(call, turn).await,
            Happening::PicksUp { leg } => self.picks_up(leg).await,
            Happening::RingEnds { leg } => self.ring_ends(leg).await,
            Happening::RingTimesOut { leg } => self.ring_times_out(leg).await,
            Happening::PressesKey { leg } => self.presses_key(leg).await,
            Happening::LegHasHeard { leg, turn } => self.leg_has_heard(leg, turn).await,
            Happening::LegHangsUp { leg } => self.leg_hangs_up(leg).await,
            Happening::TalkEnds { leg } => self.talk_ends(leg).await,
            Happening::ServerRestarts => {
                self.tell(0, None, What::ServerRestarts, None);
                self.house.restart().await
            }
            Happening::Texts { from, to, words } => self.texts(from, to, words).await,
            Happening::Does { who, behaviour } => {
                match who {
                    Phones::Of(who) => self.always(&who, behaviour),
                    Phones::Number(number) => self.number_does(number, behaviour),
                }
                Ok(())
            }
            Happening::IsWritten { call } => self.is_written(call).await,
            Happening::Back { back, turn } => self.back_goes_on(back, turn).await,
            Happening::Looks { until } => {
                if self.now < until {
                    self.later(LOOK_EVERY, Happening::Looks { until });
                }
                self.house.sweep().await
            }
        }
    }

    async fn texts(&mut self, from: Phone, to: Phone, words: String) -> Result<(), RehearsalError> {
        let said = format!("{} texts: “{words}”", self.house.name_of(from));
        self.say(said);
        self.texts_in += 1;
        let text =
            TextIn { id: format!("T{}", self.texts_in), from: from.to_string(), to: to.to_string(), body: words };
        let Some(server) = self.house.address() else { return Ok(()) };
        if let Err(unanswered) = self.wire.post_text(server, TEXT, &text).await {
            self.say(format!("WRONG: {unanswered}"));
        }
        Ok(())
    }

    /// Something that belongs to no call.
    fn say(&mut self, words: String) {
        self.told.get_or_insert_default().push((self.now, words));
    }

    fn later(&mut self, seconds: u32, happening: Happening) {
        let at = self.now + SignedDuration::from_secs(seconds.into());
        self.count += 1;
        self.queue.insert((at, self.count), happening);
    }

    /// Tells the server something, and takes its answer. `None`: there is no usable one, which is a fault.
    async fn ask(&mut self, call: usize, url: &str, news: News) -> Result<Option<Document>, RehearsalError> {
        let Some(id) = self.calls.get(call).map(|side| side.id.clone()) else { return Ok(None) };
        let Some(server) = self.house.address() else { return Ok(None) };
        self.spoken_of = call;
        let reply = match self.wire.post(server, url, &id, news).await {
            Ok(reply) => reply,
            Err(unanswered) => {
                self.fault(call, &unanswered.to_string());
                return Ok(None);
            }
        };
        if reply.unlike {
            self.fault(call, "a repeated webhook got another answer");
        }
        Ok(Some(reply.document))
    }

    /// Tells the server something to which nothing is to be said.
    async fn inform(&mut self, call: usize, url: Option<&str>, news: News) -> Result<(), RehearsalError> {
        let Some(url) = url else { return Ok(()) };
        match self.ask(call, url, news).await? {
            None | Some(Document::Do { instruction: Instruction::Acknowledge, .. }) => {}
            Some(_) => self.fault(call, "news that asks for nothing was answered with something to do"),
        }
        Ok(())
    }

    /// The first ring has begun.
    fn first_ring(&mut self, call: usize) -> Result<(), RehearsalError> {
        if std::mem::replace(&mut self.has_rung, true) {
            return Ok(());
        }
        if self.mishaps.restart {
            self.later(RESTART_AFTER, Happening::ServerRestarts);
        }
        if self.mishaps.lock_store {
            self.house.lock_store()?;
            self.tell(call, None, What::StoreLocked, None);
        }
        Ok(())
    }

    fn tell_texts(&mut self, call: usize) {
        let sent = self.house.sent();
        for outbound in sent.iter().skip(self.texts_told) {
            match outbound {
                Outbound::Text { to, body, .. } if self.told.is_some() => {
                    let said = format!("a text to {}: “{body}”", self.house.name_of(*to));
                    self.say(said);
                }
                Outbound::Text { to, body, .. } => self.tell(call, None, What::Text(*to), Some(body)),
                Outbound::Call { from, to, url, news, seconds } => self.rings_back(*from, to, (url, news), *seconds),
            }
        }
        self.texts_told = sent.len();
    }

    fn tell(&mut self, call: usize, who: Option<&StaffId>, what: What, words: Option<&str>) {
        if let Some(side) = self.calls.get_mut(call) {
            side.story.tell(self.now, who, what, words);
        }
    }

    fn fault(&mut self, call: usize, words: &str) {
        self.tell(call, None, What::Fault, Some(words));
    }
}

/// How long it takes to say this, in seconds.
fn spoken_seconds(speech: &Speech) -> u32 {
    let seconds = speech.text.chars().count().div_ceil(CHARACTERS_A_SECOND);
    u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
}
