//! One storm: what happens to whom, and when the store, an instance or the clock fails.

mod commands;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::Details;

use super::aside::Aside;
use super::duty::{self, DESK, MAIN, OFFICE};
use super::outage::{Outage, cuts_connections};
use super::witness::{Breach, Record, Witness};
use crate::phones::caller::{AtTheTone, FirstAnswer, Patience};
use crate::phones::dice::Dice;
use crate::phones::network::Quirks;
use crate::phones::person::Behaviour;
use crate::phones::rest::Mood;
use crate::phones::shop::{LiveCall, Shop};
use crate::store_fixture::TestStore;

const ROTA: &str = include_str!("rota.toml");
const CALLS: usize = 12;
/// Customers and strangers by the last two digits of their numbers, so few that they ring again and again.
const NUMBERS: u32 = 12;
const BLOCKED: &str = "+447700900206";

/// Minutes before something changes: both clocks, a leave, a day, the hours, a holiday, a turn.
const BEGINNINGS: [&str; 10] = [
    "2026-06-10 10:00",
    "2026-03-29 00:56",
    "2026-10-25 01:56",
    "2026-06-10 23:56",
    "2026-06-10 17:26",
    "2026-12-24 23:56",
    "2026-12-25 09:56",
    "2026-06-15 08:26",
    "2026-06-10 21:56",
    "2026-06-16 09:56",
];

/// What a network says while two instances, each without the store, cannot know of each other's calls.
const EXCUSED: [&str; 3] = ["already on a call", "a repeat got another answer", "a caller who has hung up"];

pub(super) struct Storm {
    pub(super) seed: u64,
    engine: &'static str,
    dice: Dice,
    pub(super) shop: Shop,
    pub(super) calls: Vec<Caught>,
    witness: Witness,
    /// What goes wrong, by the number of the happening after which it does.
    ahead: BTreeMap<u32, Trouble>,
    happenings: u32,
    outage: Option<Outage>,
    /// Calls that may still suffer from a trouble that is over.
    aftermath: Vec<LiveCall>,
    /// Webhooks sent when the record was last looked at.
    looked_at: u64,
    /// Texts that staff have sent.
    pub(super) commands: usize,
}

/// A call in the storm.
pub(super) struct Caught {
    pub(super) live: LiveCall,
    line: &'static str,
    /// By the server's clock.
    started: Timestamp,
    /// The server's clock has jumped so far during this call that the server gave it up.
    pub(super) given_up: bool,
}

#[derive(Clone, Copy, Debug)]
enum Trouble {
    /// The store is locked; so many happenings later it is not.
    Locked(u32),
    Unlocked,
    Cut,
    Crash,
    ClockJumps(SignedDuration),
}

impl Storm {
    pub(super) async fn breaks_out(seed: u64, mut on: Aside<TestStore>) -> Self {
        let mut dice = Dice::new(seed);
        let at = BEGINNINGS[usize::try_from(seed).unwrap() % BEGINNINGS.len()];
        let (url, engine) = on.with(|on| (on.url.clone(), on.engine));
        let instances = 1 + usize::from(dice.percent(50));
        let shop = Shop::opening(ROTA, at).customers(customers()).store(&url).instances(instances).seed(seed);
        let shop = shop.open().await;
        shop.server().refreshes_callers().await;
        {
            let mut network = shop.network();
            network.wire.repeats = dice.up_to(1);
            network.wire.repeats_at_once = dice.percent(50);
            network.wire.retries_lost_answers = true;
            network.quirks = Quirks::by_chance(&mut dice);
            // A server that was not told that the caller is gone cannot know.
            network.quirks.late_key &= network.quirks.tells_all_at_once();
        }
        let ahead = (0..dice.up_to(3)).map(|_| (dice.up_to(300), Trouble::by_chance(&mut dice))).collect();
        let mut storm = Self {
            seed,
            engine,
            dice,
            shop,
            calls: Vec::new(),
            witness: Witness::new(on),
            ahead,
            happenings: 0,
            outage: None,
            aftermath: Vec::new(),
            looked_at: 0,
            commands: 0,
        };
        for _ in 0..CALLS {
            storm.next_call().await;
        }
        storm.clears_up().await;
        storm
    }

    async fn next_call(&mut self) {
        if self.dice.percent(40) {
            self.somebody_texts().await;
        }
        let dice = &mut self.dice;
        for who in ["sam", "priya", "tom", "ana"] {
            let behaviour = if dice.percent(2) { Behaviour::vanishes() } else { Behaviour::by_chance(dice) };
            self.shop.always(who, behaviour);
        }
        let at_the_desk = [Behaviour::answers(), Behaviour::lets_it_ring(), Behaviour::busy(), Behaviour::declines()];
        self.shop.always("desk", at_the_desk[usize::try_from(dice.up_to(3)).unwrap()].clone());
        let from = match dice.up_to(9) {
            0 => "anonymous".to_owned(),
            1 => "+266696687".to_owned(),
            2 => "sip:somebody@example.com".to_owned(),
            _ => format!("+4477009002{:02}", dice.up_to(NUMBERS)),
        };
        let line = [MAIN, MAIN, MAIN, DESK, OFFICE][usize::try_from(dice.up_to(4)).unwrap()];
        let first = if from == BLOCKED { FirstAnswer::Refuses } else { FirstAnswer::RingsIfAnybodyIsFree };
        let caller = self.shop.caller(&from).to(line).expects(first);
        let caller = caller.patient(Patience::by_chance(dice)).at_the_tone(AtTheTone::by_chance(dice));
        let moods =
            [Mood::Takes, Mood::Refuses(500, 20500), Mood::TakesAndDrops, Mood::Drops, Mood::Refuses(429, 20429)];
        self.shop.server().rest.next(&[moods[usize::try_from(dice.up_to(4)).unwrap()]]);
        let started = self.shop.server().now();
        let live = caller.dials().await;
        self.calls.push(Caught { live, line, started, given_up: false });
        self.looks().await;
        let seconds = self.dice.up_to(90);
        self.goes_on(SignedDuration::from_secs(i64::from(seconds))).await;
        if self.dice.percent(10) && self.outage.is_none() {
            self.shop.server_mut().restart().await;
            self.shop.server().refreshes_callers().await;
        }
        if self.dice.percent(30) && self.outage.is_none() {
            self.shop.server().texts().await;
            self.sweeps().await;
        }
    }

    /// Lets time pass, and looks after every happening.
    async fn goes_on(&mut self, time: SignedDuration) {
        let end = self.shop.network().now() + time;
        while self.happens(end).await {}
    }

    async fn happens(&mut self, end: Timestamp) -> bool {
        self.happenings += 1;
        let trouble = self.ahead.remove(&self.happenings);
        let crashes = matches!(trouble, Some(Trouble::Crash)) && self.is_calm();
        let happened = if crashes {
            let turns = self.dice.up_to(200);
            let happened = self.shop.next_happening_in_a_crash(end, turns).await;
            self.shop.server().refreshes_callers().await;
            happened
        } else {
            self.shop.next_happening(end).await
        };
        self.looks().await;
        if let Some(trouble) = trouble {
            self.suffers(trouble).await;
        }
        happened
    }

    async fn suffers(&mut self, trouble: Trouble) {
        let store = self.shop.server().store().to_owned();
        match trouble {
            Trouble::Locked(happenings) if self.outage.is_none() => {
                self.outage = Some(Outage::of(&store));
                self.excuses();
                self.ahead.insert(self.happenings + 1 + happenings, Trouble::Unlocked);
            }
            Trouble::Unlocked => {
                self.outage = None;
                self.recovers().await;
            }
            Trouble::Cut if self.outage.is_none() => {
                cuts_connections(&store);
                self.excuses();
            }
            Trouble::ClockJumps(by) => {
                self.shop.server().clock_jumps(by);
                self.excuses();
                for caught in &mut self.calls {
                    caught.given_up |= caught.live.end().is_none();
                }
                if self.outage.is_none() {
                    self.sweeps().await;
                }
            }
            Trouble::Locked(_) | Trouble::Cut | Trouble::Crash => {}
        }
    }

    async fn recovers(&mut self) {
        self.shop.server().comes_back().await;
        self.looks().await;
    }

    /// From now on, and until the calls of this moment are over, the record may be behind what happens.
    fn excuses(&mut self) {
        self.aftermath.extend(self.calls.iter().map(|caught| caught.live.clone()).filter(|call| call.end().is_none()));
        let mut network = self.shop.network();
        network.wire.log.clear();
        for words in EXCUSED {
            network.tolerates(words);
        }
    }

    fn is_calm(&self) -> bool {
        self.outage.is_none() && self.aftermath.is_empty() && !self.shop.server().is_adrift()
    }

    fn notices_the_calm(&mut self) {
        if self.outage.is_some() || self.shop.server().is_adrift() {
            // A store that is only slow is away for some as well.
            return self.excuses();
        }
        self.aftermath.retain(|call| call.end().is_none());
        if self.aftermath.is_empty() {
            let mut network = self.shop.network();
            for words in EXCUSED {
                network.tolerates_no_more(words);
            }
        }
    }

    async fn looks(&mut self) {
        let was_calm = self.is_calm();
        self.notices_the_calm();
        let sent = self.shop.network().wire.sent;
        if std::mem::replace(&mut self.looked_at, sent) == sent {
            return;
        }
        self.phones_ring_on_duty_only();
        let record = self.checked();
        if !was_calm || !self.is_calm() {
            return;
        }
        self.holds(record.only_the_right_people_are_engaged());
        if self.dice.percent(15) {
            self.hears_an_echo(&record).await;
        }
    }

    /// An earlier webhook comes once more, and changes nothing.
    async fn hears_an_echo(&mut self, before: &Record) {
        let known = self.shop.network().wire.log.len();
        let Some(last) = known.checked_sub(1) else { return };
        let earlier = self.dice.up_to(u32::try_from(last).unwrap());
        let differs = self.shop.network().echoes(usize::try_from(earlier).unwrap()).await;
        let after = self.witness.reads();
        self.looked_at = self.shop.network().wire.sent;
        self.holds(differs.map_or(Ok(()), |differs| Err(Breach::from(differs))));
        if after != *before {
            let echo = self.shop.network().wire.log[usize::try_from(earlier).unwrap()].clone();
            let changed = after.calls.iter().find(|stored| !before.calls.contains(stored));
            let what = format!("a repeated webhook changed the record: {echo:?}\n{before:#?}\n{after:#?}");
            self.holds(Err(Breach { what, call: changed.map(|stored| Box::new(stored.call.clone())) }));
        }
    }

    pub(super) fn checked(&mut self) -> Record {
        let record = self.witness.reads();
        let held = self.witness.checks(&record, self.shop.server().now());
        self.holds(held);
        record
    }

    fn phones_ring_on_duty_only(&self) {
        let zone = self.shop.server().rota().zone.clone();
        for caught in self.calls.iter().rev().take(3) {
            let at = caught.started.to_zoned(zone.clone()).datetime();
            for who in caught.live.rang() {
                if let Some(why_not) = duty::why_not(&who, caught.line, at) {
                    let story = caught.live.story();
                    panic!("seed {} on {}: at {at} {who} was rung, and {why_not}\n{story}", self.seed, self.engine);
                }
            }
        }
    }

    pub(super) fn holds(&self, held: Result<(), Breach>) {
        let Err(Breach { what, call }) = held else { return };
        let calls = self.calls.iter().map(|caught| &caught.live);
        let stories: Vec<String> = match &call {
            Some(call) => calls.filter(|live| live.sid() == call.provider_id.0).map(LiveCall::story).collect(),
            None => calls.map(|live| format!("{}\n{}\n", live.sid(), live.story())).collect(),
        };
        panic!("seed {} on {}: {what}\n{}\n{call:#?}", self.seed, self.engine, stories.join("\n"));
    }

    async fn sweeps(&mut self) {
        self.shop.server().sweeps().await;
        self.looked_at = 0;
        self.looks().await;
    }

    /// Long enough for every retry, and for every call that nothing was heard of.
    async fn clears_up(&mut self) {
        self.ahead.clear();
        if self.outage.take().is_some() {
            self.recovers().await;
        }
        while self.shop.network().is_busy() {
            self.goes_on(SignedDuration::from_mins(1)).await;
        }
        self.shop.server().comes_back().await;
        for _ in 0..12 {
            self.goes_on(SignedDuration::from_mins(15)).await;
            self.shop.server().sweeps().await;
            self.shop.server().texts().await;
        }
        let record = self.checked();
        self.holds(record.nobody_is_engaged());
    }
}

impl Trouble {
    fn by_chance(dice: &mut Dice) -> Self {
        match dice.up_to(6) {
            0 | 1 => Self::Locked(dice.up_to(60)),
            2 => Self::Cut,
            3 => Self::ClockJumps(SignedDuration::from_secs(i64::from(dice.up_to(100)))),
            4 => Self::ClockJumps(SignedDuration::from_mins(i64::from(dice.up_to(180)))),
            _ => Self::Crash,
        }
    }
}

fn customers() -> Vec<Details> {
    let customer = |number: usize, usual: &str| Details {
        name: format!("Customer {number}"),
        numbers: vec![Phone::from_e164(&format!("+4477009002{number:02}")).unwrap()],
        usual: Some(Some(StaffId::new(usual))),
        ..Details::default()
    };
    let blocked = Details {
        name: "Somebody who shouts".to_owned(),
        numbers: vec![Phone::from_e164(BLOCKED).unwrap()],
        blocked: Some(Some(true)),
        ..Details::default()
    };
    let twice = Details {
        numbers: [7, 8].map(|number| Phone::from_e164(&format!("+4477009002{number:02}")).unwrap()).to_vec(),
        ..customer(7, "ana")
    };
    vec![
        customer(1, "priya"),
        customer(2, "tom"),
        customer(3, "ana"),
        customer(4, "sam"),
        customer(5, "priya"),
        blocked,
        twice,
    ]
}
