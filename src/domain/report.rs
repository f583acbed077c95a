//! How the phone was answered: a fold over calls and their promises.
//!
//! Counts the human's accept, never the carrier's answer, which may be a mobile's voicemail.

mod overview;
mod period;
mod wait;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::call::story::Happened;
use super::call::{Call, State};
use super::outcome::Outcome;
use super::plan::Reason;
use super::promise::{Promise, PromiseState};
use super::staff::StaffId;
pub use overview::{HourOfWeek, Overview};
pub use period::{DAYS_MAX, Period, PeriodError};
pub use wait::{Spread, Wait};

/// A human within so many seconds.
pub const SOON_SECONDS: u32 = 20;

/// Shares worth aiming at, in per cent: callers who reach a human [soon](SOON_SECONDS), promises kept in time, and
/// customers who get their usual person or the cover; and of those who give up, no more than this.
pub const SOON_TARGET: u32 = 80;
pub const KEPT_TARGET: u32 = 95;
pub const USUAL_TARGET: u32 = 70;
pub const HUNG_UP_LIMIT: u32 = 5;

/// A human's accept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub who: StaffId,
    pub at: Timestamp,
    /// From the beginning of the call.
    pub seconds: u32,
}

/// Who took a call, if a human did: of a call that goes on, so far.
pub fn accepted(call: &Call) -> Option<Accepted> {
    let (who, at) = match &call.state {
        State::Talking { step, since } => (call.plan.steps.get(usize::from(*step))?.who.clone(), *since),
        State::Ended { outcome: Outcome::Reached { who, at }, .. } => (who.clone(), *at),
        State::Ringing { .. } | State::RingingBack { .. } | State::Promising { .. } | State::Ended { .. } => {
            return None;
        }
    };
    Some(Accepted { who, at, seconds: seconds(call.started, at) })
}

/// Counts while it goes along.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    calls: Counts,
    waits: Vec<u32>,
    usual: Share,
    promises: Promises,
    people: BTreeMap<StaffId, PersonTally>,
}

#[derive(Clone, Debug, Default)]
struct PersonTally {
    promises: Promises,
    usual: Share,
    rung: u32,
    took: u32,
    waits: Vec<u32>,
}

/// How calls ended; together all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub reached: u32,
    pub promised: u32,
    pub hung_up: u32,
    pub blocked: u32,
    /// Still going on.
    pub live: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub part: u32,
    pub of: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    pub made: u32,
    /// In time.
    pub kept: u32,
    /// Not kept in time, whatever came of it since.
    pub broken: u32,
    /// Somebody still waits for the call; the overdue and the broken ones are among them.
    pub open: u32,
    pub overdue: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub calls: Counts,
    /// Of the calls that are over and were not blocked.
    pub reached: Share,
    /// Within [`SOON_SECONDS`], of the same calls.
    pub soon: Share,
    pub hung_up: Share,
    /// From the beginning of a call to the human's accept.
    pub wait: Wait,
    /// Calls by customers who have a usual person, and those of them that this person or their cover took.
    pub usual: Share,
    pub promises: Promises,
    /// In order of their short names.
    pub people: Vec<Person>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub who: StaffId,
    pub promises: Promises,
    /// Calls by customers whose usual person they are, and those of them that they or their cover took.
    pub usual: Share,
    /// Calls that rang their phone.
    pub rung: u32,
    pub took: u32,
    /// From the beginning of their phone's ring to their accept.
    pub wait: Wait,
}

impl Counts {
    pub fn all(self) -> u32 {
        self.reached + self.promised + self.hung_up + self.blocked + self.live
    }

    /// Those that are over and were not blocked: what shares are of.
    pub fn over(self) -> u32 {
        self.reached + self.promised + self.hung_up
    }
}

impl Share {
    fn add(&mut self, other: Self) {
        self.part += other.part;
        self.of += other.of;
    }

    /// In whole per cent; `None` of nothing.
    pub fn percent(self) -> Option<u32> {
        (u64::from(self.part) * 200 + u64::from(self.of))
            .checked_div(u64::from(self.of) * 2)
            .and_then(|percent| u32::try_from(percent).ok())
    }
}

impl Tally {
    pub fn call(&mut self, call: &Call) {
        let count = match &call.state {
            State::Ended { outcome: Outcome::Reached { .. }, .. } => &mut self.calls.reached,
            State::Ended { outcome: Outcome::Promised, .. } => &mut self.calls.promised,
            State::Ended { outcome: Outcome::HungUp, .. } => &mut self.calls.hung_up,
            State::Ended { outcome: Outcome::Blocked, .. } => &mut self.calls.blocked,
            State::Ringing { .. } | State::Talking { .. } | State::RingingBack { .. } | State::Promising { .. } => {
                &mut self.calls.live
            }
        };
        *count += 1;
        self.people_of(call);
        let Some(outcome) = call.outcome().filter(|outcome| **outcome != Outcome::Blocked) else { return };
        let taken = accepted(call).filter(|_| matches!(outcome, Outcome::Reached { .. }));
        let usual = usual_people(call);
        if !usual.is_empty() {
            let share =
                Share { part: u32::from(taken.as_ref().is_some_and(|taken| usual.contains(&taken.who))), of: 1 };
            self.usual.add(share);
            if let Some(theirs) = call.customer.as_ref().and_then(|customer| customer.usual.as_ref()) {
                self.person(theirs).usual.add(share);
            }
        }
        self.waits.extend(taken.map(|taken| taken.seconds));
    }

    pub fn promise(&mut self, promise: &Promise, now: Timestamp) {
        self.promises.count(promise, now);
        // A broken promise has gone to the owner of the business; the word was somebody else's.
        let gave_word = promise.broken.as_ref().map_or(&promise.owner, |broken| &broken.by);
        self.person(gave_word).promises.count(promise, now);
    }

    /// How long callers waited for their human.
    pub fn spread(&self) -> Spread {
        Spread::of(&self.waits)
    }

    pub fn report(&self) -> Report {
        let people = self.people.iter().map(|(who, tally)| Person {
            who: who.clone(),
            promises: tally.promises,
            usual: tally.usual,
            rung: tally.rung,
            took: tally.took,
            wait: Wait::of(&tally.waits),
        });
        Report {
            calls: self.calls,
            reached: Share { part: self.calls.reached, of: self.calls.over() },
            soon: Share { part: self.spread().within(SOON_SECONDS), of: self.calls.over() },
            hung_up: Share { part: self.calls.hung_up, of: self.calls.over() },
            wait: Wait::of(&self.waits),
            usual: self.usual,
            promises: self.promises,
            people: people.collect(),
        }
    }

    fn people_of(&mut self, call: &Call) {
        let mut rang: BTreeMap<&StaffId, Timestamp> = BTreeMap::new();
        for entry in &call.story {
            let Some(who) = &entry.who else { continue };
            if matches!(entry.what, Happened::Rings { .. }) && rang.insert(who, entry.at).is_none() {
                self.person(who).rung += 1;
            }
        }
        if let Some(taken) = accepted(call) {
            let began = rang.get(&taken.who).copied();
            let person = self.person(&taken.who);
            person.took += 1;
            person.waits.extend(began.map(|began| seconds(began, taken.at)));
        }
    }

    fn person(&mut self, who: &StaffId) -> &mut PersonTally {
        self.people.entry(who.clone()).or_default()
    }
}

impl Promises {
    /// Of those whose time has come; one that was let go in time is not among them.
    pub fn kept_share(self) -> Share {
        Share { part: self.kept, of: self.kept + self.broken }
    }

    fn count(&mut self, promise: &Promise, now: Timestamp) {
        self.made += 1;
        self.broken += u32::from(promise.broken.is_some());
        match promise.state {
            PromiseState::Kept { .. } => self.kept += u32::from(promise.broken.is_none()),
            PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Broken => {
                self.open += 1;
                self.overdue += u32::from(promise.due < now);
            }
            PromiseState::LetGo { .. } => {}
        }
    }
}

/// The customer's usual person and whoever was planned to stand in; empty for strangers.
fn usual_people(call: &Call) -> BTreeSet<StaffId> {
    let Some(customer) = &call.customer else { return BTreeSet::new() };
    let as_usual = |reason: &Reason| {
        matches!(reason, Reason::UsualPerson | Reason::LearnedUsualPerson { .. } | Reason::CoversUsualPerson { .. })
    };
    let planned = call.plan.steps.iter().filter(|step| as_usual(&step.reason)).map(|step| step.who.clone());
    planned.chain(customer.usual.clone()).collect()
}

fn seconds(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_secs()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::*;
    use crate::domain::call::story::Entry;
    use crate::domain::call::{CallId, Recognised};
    use crate::domain::caller::{Attestation, CustomerId, Party};
    use crate::domain::event::ProviderCallId;
    use crate::domain::line::LineId;
    use crate::domain::phone::Phone;
    use crate::domain::plan::{Plan, PromiseTerms, Step};
    use crate::domain::promise::{Broken, How, PromiseId};
    use crate::domain::staff::{Accept, Reach, Shows};

    fn start() -> Timestamp {
        "2026-07-15T09:00:00Z".parse().unwrap()
    }

    fn after(seconds: i64) -> Timestamp {
        start() + SignedDuration::from_secs(seconds)
    }

    fn phone() -> Phone {
        Phone::from_e164("+447700900102").unwrap()
    }

    fn step(who: &str, reason: Reason) -> Step {
        Step {
            who: StaffId::new(who),
            name: who.to_owned(),
            spoken: who.to_owned(),
            reach: Reach::Phone(phone()),
            accept: Accept::Key,
            shows: Shows::Business,
            seconds: 18,
            reason,
        }
    }

    /// A call of a customer of Priya's, with Tom behind her.
    fn call(state: State) -> Call {
        Call {
            id: CallId(Uuid::from_u128(1)),
            provider: "rehearsal".to_owned(),
            provider_id: ProviderCallId("R1".to_owned()),
            business: "Hartley Heating".to_owned(),
            line: LineId::new("main"),
            number: phone(),
            from: Party::Withheld,
            attestation: Attestation::None,
            customer: Some(Recognised {
                id: CustomerId(1),
                name: "Mrs Okafor".to_owned(),
                usual: Some(StaffId::new("priya")),
                recent: Vec::new(),
            }),
            language: "en-GB".to_owned(),
            started: start(),
            plan: Plan {
                ring_seconds_max: 60,
                steps: vec![step("priya", Reason::UsualPerson), step("tom", Reason::Backup)],
                skipped: Vec::new(),
                promise: PromiseTerms {
                    owner: StaffId::new("priya"),
                    name: "Priya".to_owned(),
                    spoken: "Priya".to_owned(),
                    due: after(7200),
                },
            },
            greeting: None,
            whisper: crate::domain::words::Whispered::default(),
            state,
            message: None,
            story: Vec::new(),
            answered: Vec::new(),
        }
    }

    fn ended(outcome: Outcome) -> State {
        State::Ended { at: after(100), outcome }
    }

    fn reached(who: &str, seconds: i64) -> Call {
        let rings = |who: &str, at| Entry {
            at,
            what: Happened::Rings { seconds: 18 },
            who: Some(StaffId::new(who)),
            why: None,
        };
        let mut call = call(ended(Outcome::Reached { who: StaffId::new(who), at: after(seconds) }));
        call.story.push(rings("priya", after(0)));
        if who == "tom" {
            call.story.push(rings("tom", after(18)));
        }
        call
    }

    /// A broken one was Priya's.
    fn promise(owner: &str, state: PromiseState, due: Timestamp) -> Promise {
        let broken = Broken { by: StaffId::new("priya"), at: start(), due, apologised: false };
        let broken = Some(broken).filter(|_| state == PromiseState::Broken);
        Promise {
            id: PromiseId(1),
            calls: vec![CallId(Uuid::from_u128(1))],
            provider: "rehearsal".to_owned(),
            line: LineId::new("main"),
            business_number: Phone::from_e164("+442079460000").unwrap(),
            customer: None,
            name: None,
            number: None,
            language: "en-GB".to_owned(),
            about: None,
            owner: StaffId::new(owner),
            due,
            remind: None,
            rang: start(),
            made: start(),
            state,
            broken,
            message: None,
            story: Vec::new(),
        }
    }

    fn report(calls: &[Call]) -> Report {
        let mut tally = Tally::default();
        for call in calls {
            tally.call(call);
        }
        tally.report()
    }

    #[test]
    fn of_no_calls_there_is_nothing_to_boast_of() {
        let report = report(&[]);
        assert_eq!((report.calls.all(), report.reached.percent(), report.wait), (0, None, Wait::default()));
    }

    #[test]
    fn every_call_is_counted_once_and_only_humans_count_as_reached() {
        let ringing = State::Promising { since: start(), owed: crate::domain::call::Owed::Planned };
        let report = report(&[
            reached("priya", 6),
            reached("tom", 25),
            call(ended(Outcome::Promised)),
            call(ended(Outcome::HungUp)),
            call(ended(Outcome::Blocked)),
            call(ringing),
        ]);
        assert_eq!(report.calls, Counts { reached: 2, promised: 1, hung_up: 1, blocked: 1, live: 1 });
        assert_eq!(report.reached, Share { part: 2, of: 4 });
        assert_eq!(report.usual, Share { part: 1, of: 4 });
    }

    #[test]
    fn a_call_and_its_promise_are_told_on_their_day_and_hour_of_the_businesss_clock() {
        let auckland = jiff::tz::TimeZone::get("Pacific/Auckland").unwrap();
        let mut overview = Overview::default();
        // Wednesday 9:00 UTC is 21:00 there; three hours and a half later it is Thursday.
        overview.call(&reached("tom", 25), &auckland);
        overview.call(&Call { started: after(3 * 3600 + 1800), ..reached("priya", 0) }, &auckland);
        let owed = Promise { rang: after(3 * 3600), ..promise("priya", PromiseState::Open, after(60)) };
        overview.promise(&owed, start(), &auckland);
        let told = |tally: &Tally| (tally.report().calls.all(), tally.report().promises.made);
        let days: Vec<_> = overview.days.iter().map(|(day, tally)| (day.to_string(), told(tally))).collect();
        assert_eq!(days, [("2026-07-15".to_owned(), (1, 0)), ("2026-07-16".to_owned(), (1, 1))]);
        let hours: Vec<_> = overview.hours.iter().map(|(hour, tally)| (*hour, told(tally))).collect();
        assert_eq!(hours, [(0, (1, 1)), (21, (1, 0))]);
        let week: Vec<_> = overview.week.keys().map(|at| (at.weekday, at.hour)).collect();
        assert_eq!(week, [(2, 21), (3, 0)]);
        assert_eq!(told(&overview.all), (2, 1));
    }

    #[test]
    fn soon_is_within_twenty_seconds_of_all_who_were_not_blocked() {
        let calls =
            [reached("priya", 20), reached("tom", 21), call(ended(Outcome::HungUp)), call(ended(Outcome::Blocked))];
        let report = report(&calls);
        assert_eq!((report.soon, report.hung_up), (Share { part: 1, of: 3 }, Share { part: 1, of: 3 }));
    }

    #[test]
    fn median_and_ninetieth_are_waits_that_somebody_had() {
        for (waits, median, p90) in [
            (vec![7], 7, 7),
            (vec![5, 9], 5, 9),
            (vec![30, 4, 6], 6, 30),
            ((1..=10).collect(), 5, 9),
            ((1..=100).rev().collect(), 50, 90),
        ] {
            let calls: Vec<Call> = waits.iter().map(|&seconds| reached("priya", seconds)).collect();
            assert_eq!(report(&calls).wait, Wait { median: Some(median), p90: Some(p90) }, "{waits:?}");
        }
    }

    #[test]
    fn a_persons_own_time_begins_with_their_own_phone() {
        let people = report(&[reached("tom", 25), reached("priya", 6)]).people;
        let told: Vec<_> = people.iter().map(|p| (p.who.as_str(), p.rung, p.took, p.wait.median)).collect();
        assert_eq!(told, [("priya", 2, 1, Some(6)), ("tom", 1, 1, Some(7))]);
        let usual: Vec<_> = people.iter().map(|p| (p.usual.part, p.usual.of)).collect();
        assert_eq!(usual, [(1, 2), (0, 0)], "both customers are Priya's");
    }

    #[test]
    fn a_promise_is_open_until_a_human_closes_it_and_overdue_after_its_time() {
        let (mut tally, priya) = (Tally::default(), StaffId::new("priya"));
        for (owner, state, due) in [
            ("priya", PromiseState::Open, after(60)),
            ("priya", PromiseState::Claimed { by: priya.clone(), since: start() }, after(-60)),
            ("priya", PromiseState::Kept { by: priya.clone(), at: start(), how: How::Word, check: None }, after(-60)),
            ("sam", PromiseState::Broken, after(-60)),
            ("sam", PromiseState::LetGo { by: priya.clone(), at: start(), why: String::new() }, after(-60)),
        ] {
            tally.promise(&promise(owner, state, due), start());
        }
        let report = tally.report();
        assert_eq!(report.promises, Promises { made: 5, kept: 1, broken: 1, open: 3, overdue: 2 });
        let of: Vec<_> = report.people.iter().map(|p| (p.who.as_str(), p.promises.made, p.promises.overdue)).collect();
        assert_eq!(of, [("priya", 4, 2), ("sam", 1, 0)]);
    }

    #[test]
    fn shares_are_rounded_to_whole_per_cent() {
        for (part, of, percent) in
            [(0, 0, None), (0, 3, Some(0)), (1, 3, Some(33)), (2, 3, Some(67)), (3, 3, Some(100))]
        {
            assert_eq!(Share { part, of }.percent(), percent);
        }
    }
}
