//! The owner's morning letter: how the phone was answered since the last one, and one thing to fix.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::line::Line;
use super::promise::{Promise, PromiseState};
use super::report::Person;
use super::rota::Rota;
use super::rota::hours::ClockTime;
use super::rota::outlook::{Gap, Lack};
use super::rota::wall_clock;
use super::staff::StaffId;
use super::voicemail::Voicemail;

/// When the letter is sent, on each day on which the first line opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterAt {
    /// When the first line opens, but not before [`EARLIEST`].
    #[default]
    Opening,
    Clock(ClockTime),
    Never,
}

/// A line that opens at midnight has no morning of its own.
pub const EARLIEST: ClockTime = ClockTime(7 * 60);

/// How far back the morning before is looked for; a business that was closed for longer begins anew.
const CLOSED_DAYS_MAX: i32 = 60;

/// How far ahead a lack of people is worth a line of the letter.
pub const LOOKED_AHEAD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// So many rings of one phone, and none taken, before anything is said.
const RINGS_IN_VAIN_MIN: u32 = 5;

/// An open morning that has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Morning {
    pub date: Date,
    pub at: Timestamp,
    /// The open morning before: what happened since is told.
    pub since: Timestamp,
}

impl Morning {
    /// Whether what happened at this instant is told this morning.
    pub fn tells_of(&self, at: Timestamp) -> bool {
        self.since <= at && at < self.at
    }

    /// Promises that still wait are told until they are closed; others when they are made, kept or broken.
    pub fn tells_of_promise(&self, promise: &Promise) -> bool {
        if promise.is_unsettled() {
            return promise.made < self.at;
        }
        let kept = match promise.state {
            PromiseState::Kept { at, .. } => Some(at),
            PromiseState::Open | PromiseState::Claimed { .. } | PromiseState::Broken | PromiseState::LetGo { .. } => {
                None
            }
        };
        let broken = promise.broken.as_ref().map(|broken| broken.at);
        [Some(promise.made), kept, broken].into_iter().flatten().any(|at| self.tells_of(at))
    }
}

/// This day's morning. `None` until it has come, and on days on which the first line does not open.
pub fn morning(rota: &Rota, now: Timestamp) -> Option<Morning> {
    let date = rota.zone.to_datetime(now).date();
    let at = morning_of(rota, date).filter(|at| *at <= now)?;
    let before = (1..=CLOSED_DAYS_MAX).find_map(|days| morning_of(rota, days_before(date, days)));
    Some(Morning { date, at, since: before.unwrap_or(at - SignedDuration::from_hours(24)) })
}

fn morning_of(rota: &Rota, date: Date) -> Option<Timestamp> {
    let opens = rota.calendar(rota.lines.first()?).opens_on(date)?;
    let at = |time: ClockTime| {
        let clock = date.at(0, 0, 0, 0).saturating_add(SignedDuration::from_mins(i64::from(time.0)));
        wall_clock::begins(&rota.zone, clock)
    };
    Some(match rota.letter {
        LetterAt::Opening | LetterAt::Never => opens.max(at(EARLIEST)),
        LetterAt::Clock(time) => at(time),
    })
}

fn days_before(date: Date, days: i32) -> Date {
    date.saturating_sub(SignedDuration::from_hours(24 * i64::from(days)))
}

/// What an owner would want to set right first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Customers who wait longer than they were promised; the one who waits longest.
    Overdue {
        count: usize,
        longest: Box<Promise>,
    },
    /// Hours ahead in which nobody of the rota would ring.
    Nobody(Gap),
    Voicemail(Voicemail),
    /// Hours ahead in which nobody stands behind the one on call.
    NoBackup(Gap),
    NeverTakes {
        who: StaffId,
        rung: u32,
    },
}

/// What the one thing to fix is chosen from.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Those that somebody still waits for, the soonest due first.
    pub promises: Vec<Promise>,
    pub voicemails: Vec<Voicemail>,
    /// Who was rung how often, within [`super::voicemail::LOOKED_BACK`].
    pub people: Vec<Person>,
}

/// The most important one: whoever waits, then calls that nobody will take, then calls that are lost to a
/// machine, then what is one illness away from it.
pub fn one_thing_to_fix(rota: &Rota, state: &State, now: Timestamp) -> Option<Fix> {
    let mut overdue = state.promises.iter().filter(|promise| promise.due < now);
    if let Some(longest) = overdue.next() {
        return Some(Fix::Overdue { count: overdue.count() + 1, longest: Box::new(longest.clone()) });
    }
    let until = now + LOOKED_AHEAD;
    let ahead = |line| rota.gaps(line, now, until).into_iter().filter(move |gap| is_worth_a_word(rota, line, gap));
    let mut gaps: Vec<Gap> = rota.lines.iter().flat_map(ahead).collect();
    gaps.sort_by_key(|gap| gap.from);
    let backup = |gap: &&Gap| matches!(gap.lack, Lack::Backup { .. });
    let nobody = gaps.iter().find(|gap| !backup(gap)).cloned().map(Fix::Nobody);
    let no_backup = gaps.iter().find(backup).cloned().map(Fix::NoBackup);
    let stolen = state.voicemails.iter().max_by_key(|voicemail| voicemail.took).cloned().map(Fix::Voicemail);
    let never_takes = state
        .people
        .iter()
        .filter(|person| person.took == 0 && person.rung >= RINGS_IN_VAIN_MIN)
        .filter(|person| rota.staff.get(person.who.as_str()).is_some())
        .max_by_key(|person| person.rung)
        .map(|person| Fix::NeverTakes { who: person.who.clone(), rung: person.rung });
    nobody.or(stolen).or(no_backup).or(never_takes)
}

/// A rota of one person never has anybody behind them: its owner knows.
fn is_worth_a_word(rota: &Rota, line: &Line, gap: &Gap) -> bool {
    let turn = line.rota.turn_at(&rota.zone, gap.from);
    !matches!(gap.lack, Lack::Backup { .. }) || line.rota.order_in(turn).count() > 1
}
