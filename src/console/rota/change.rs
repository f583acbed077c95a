//! What a click on the picture can do: somebody is away or back, two people swap, a day is a holiday.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::RotaWords;
use crate::config::edit::{Edit, Entry, Kind, Which};
use crate::console::{Me, Problem, times};
use crate::domain::access::Role;
use crate::domain::rota::absence::{Away, Swap};
use crate::domain::rota::holiday::Holiday;
use crate::domain::rota::hours::{ClockTime, Span};
use crate::domain::rota::live::Live;
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::staff::StaffId;

/// What a form says, before it is understood.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
#[schema(as = RotaChange)]
pub(in crate::console) struct Asked {
    /// `away`, `back`, `swap`, `holiday`, or `remove` for an entry of the file.
    pub(super) kind: String,
    pub(super) who: String,
    /// The first day away.
    pub(super) from: String,
    pub(super) from_time: String,
    /// The last day away.
    pub(super) to: String,
    pub(super) to_time: String,
    pub(super) cover: String,
    /// A day of the turn that is swapped; the holiday.
    pub(super) day: String,
    /// With whom somebody swaps.
    pub(super) with: String,
    /// The holiday's.
    pub(super) name: String,
    /// The holiday's: `closed`, or `09:00-12:30`.
    pub(super) hours: String,
    /// The holiday's: not empty if it is closed all day.
    pub(super) closed: String,
    /// Who is on call on the holiday.
    pub(super) on_call: String,
    /// `file`, or else beside it.
    pub(super) place: String,
    /// Which entry of the file is to go: `away 0`.
    pub(super) entry: String,
    /// The fingerprint of the file that was looked at; another one is left as it is. Without it an entry is added to
    /// the file as it is now, and none is removed.
    pub(in crate::console) base: String,
}

/// What was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::console) enum Change {
    /// Into the rota file.
    File(Edit),
    /// Beside it.
    Live(Live),
    /// Somebody is asked first.
    AskToSwap { day: Date, with: StaffId },
}

impl Asked {
    pub(in crate::console) fn read(&self, rota: &Rota, me: &Me, now: Timestamp) -> Result<Change, Problem> {
        let words = RotaWords(me.language);
        let reading = Reading { rota, words };
        // Whoever is no admin speaks for themselves, and never into the file.
        let admin = me.role.may(Role::Admin);
        let into_file = admin && self.place == "file";
        match self.kind.as_str() {
            "away" => {
                let away = reading.away(self)?;
                Ok(if into_file { Change::File(Edit::Add(Entry::Away(away))) } else { Change::Live(live(away)) })
            }
            "back" => {
                let who = reading.person(&self.who)?;
                Live::back(rota, &who, now).map(Change::Live).ok_or_else(|| Problem::Conflict(words.gone()))
            }
            "swap" => {
                let (day, with) = (reading.day(&self.day)?, reading.person(&self.with)?);
                let who = reading.person(&self.who)?;
                let no_turn = || Problem::Wrong(words.no_turn());
                if !admin {
                    return if me.staff.as_ref() == Some(&who) {
                        Ok(Change::AskToSwap { day, with })
                    } else {
                        Err(Problem::Forbidden)
                    };
                }
                if who == with {
                    return Err(no_turn());
                }
                let swap = Live::swap(rota, &who, &with, day).ok_or_else(no_turn)?;
                Ok(match swap {
                    Live::Swap { turn, give, take } if into_file => {
                        Change::File(Edit::Add(Entry::Swap(Swap { turn, give, take, by: None })))
                    }
                    live => Change::Live(live),
                })
            }
            "holiday" => {
                me.may(Role::Admin)?;
                Ok(Change::File(Edit::Add(Entry::Holiday(reading.holiday(self)?))))
            }
            "remove" => {
                me.may(Role::Admin)?;
                let which = self
                    .entry
                    .split_once(' ')
                    .and_then(|(kind, number)| Some(Which { kind: Kind::of_key(kind)?, number: number.parse().ok()? }));
                which.map(|which| Change::File(Edit::Remove(which))).ok_or(Problem::NotFound)
            }
            _ => Err(Problem::NotFound),
        }
    }

    /// For a form that sends the same again.
    pub(super) fn fields(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("kind", &self.kind),
            ("who", &self.who),
            ("from", &self.from),
            ("from_time", &self.from_time),
            ("to", &self.to),
            ("to_time", &self.to_time),
            ("cover", &self.cover),
            ("day", &self.day),
            ("with", &self.with),
            ("name", &self.name),
            ("hours", &self.hours),
            ("closed", &self.closed),
            ("on_call", &self.on_call),
            ("place", &self.place),
            ("entry", &self.entry),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
    }
}

fn live(away: Away) -> Live {
    Live::Away { who: away.who, from: away.from, until: away.until, cover: away.cover }
}

struct Reading<'a> {
    rota: &'a Rota,
    words: RotaWords,
}

impl Reading<'_> {
    fn wrong<T>(why: String) -> Result<T, Problem> {
        Err(Problem::Wrong(why))
    }

    fn person(&self, name: &str) -> Result<StaffId, Problem> {
        let person = self.rota.staff.get(name);
        person.map(|person| person.id.clone()).ok_or_else(|| Problem::Wrong(self.words.no_such_person()))
    }

    fn maybe_person(&self, name: &str) -> Result<Option<StaffId>, Problem> {
        if name.is_empty() { Ok(None) } else { self.person(name).map(Some) }
    }

    fn day(&self, day: &str) -> Result<Date, Problem> {
        day.trim().parse().map_err(|_| Problem::Wrong(self.words.no_such_day()))
    }

    /// `None`: no time was given.
    fn time(&self, time: &str) -> Result<Option<Time>, Problem> {
        if time.trim().is_empty() {
            return Ok(None);
        }
        time.trim().parse().map(Some).map_err(|_| Problem::Wrong(self.words.no_such_day()))
    }

    fn away(&self, asked: &Asked) -> Result<Away, Problem> {
        let (who, cover) = (self.person(&asked.who)?, self.maybe_person(&asked.cover)?);
        let (first, last) = (self.day(&asked.from)?, self.day(&asked.to)?);
        let from = first.to_datetime(self.time(&asked.from_time)?.unwrap_or(Time::midnight()));
        let until = match self.time(&asked.to_time)? {
            Some(time) => last.to_datetime(time),
            None => {
                last.tomorrow().map_err(|_| Problem::Wrong(self.words.no_such_day()))?.to_datetime(Time::midnight())
            }
        };
        if until <= from {
            return Self::wrong(self.words.ends_before());
        }
        if cover.as_ref() == Some(&who) {
            return Self::wrong(self.words.own_cover());
        }
        Ok(Away { who, from, until, cover, by: None })
    }

    fn holiday(&self, asked: &Asked) -> Result<Holiday, Problem> {
        let date = self.day(&asked.day)?;
        let hours = match asked.hours.trim() {
            "" if asked.closed.is_empty() => None,
            "" => Some(Vec::new()),
            closed if closed.eq_ignore_ascii_case("closed") => Some(Vec::new()),
            _ if !asked.closed.is_empty() => return Self::wrong(self.words.closed_or_open()),
            spans => {
                let spans: Option<Vec<Span>> = spans.split(',').map(span).collect();
                Some(spans.ok_or_else(|| Problem::Wrong(self.words.bad_hours()))?)
            }
        };
        let name = asked.name.trim();
        let name = if name.is_empty() { self.words.put_holiday() } else { name.to_owned() };
        Ok(Holiday { date, name, hours, on_call: self.maybe_person(&asked.on_call)? })
    }
}

/// `09:00-12:30`; what else is wrong with it the file's own reading says.
fn span(text: &str) -> Option<Span> {
    let clock = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours <= 24 && minutes < 60).then_some(ClockTime(hours * 60 + minutes))
    };
    let (from, to) = text.split_once(['-', '–'])?;
    Some(Span { start: clock(from)?, end: clock(to)? })
}

/// How a change is told, in a language, on a day.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) rota: &'a Rota,
    pub(super) words: RotaWords,
    pub(super) today: Date,
}

impl Telling<'_> {
    pub(super) fn day(self, date: Date) -> String {
        times::day(self.words.0, date, self.today)
    }

    fn moment(self, at: DateTime) -> String {
        let day = self.day(at.date());
        if at.time() == Time::midnight() { day } else { format!("{day} {:02}:{:02}", at.hour(), at.minute()) }
    }

    /// The end of something that lasts up to here: midnight is the whole day before.
    fn last(self, until: DateTime) -> String {
        match until.date().yesterday() {
            Ok(last) if until.time() == Time::midnight() => self.day(last),
            Ok(_) | Err(_) => self.moment(until),
        }
    }

    pub(super) fn away(self, who: &StaffId, from: DateTime, until: DateTime, cover: Option<&StaffId>) -> String {
        let told = self.words.is_away(self.rota.name(who), self.moment(from), self.last(until));
        match cover {
            Some(cover) => format!("{told}; {}.", self.words.covered(self.rota.name(cover))),
            None => format!("{told}."),
        }
    }

    pub(super) fn swap(self, turn: Date, give: &StaffId, take: &StaffId) -> String {
        format!("{}.", self.words.swaps(self.rota.name(give), self.rota.name(take), self.day(turn)))
    }

    pub(super) fn holiday(self, holiday: &Holiday) -> String {
        let told = self.words.is_holiday(&holiday.name, self.day(holiday.date));
        match &holiday.on_call {
            Some(who) => format!("{told}; {}: {}.", self.words.on_call(), self.rota.name(who)),
            None => format!("{told}."),
        }
    }

    pub(super) fn live(self, what: &Live) -> String {
        match what {
            Live::Away { who, from, until, cover } => self.away(who, *from, *until, cover.as_ref()),
            Live::Back { who, from, .. } => format!("{}.", self.words.is_back(self.rota.name(who), self.moment(*from))),
            Live::Swap { turn, give, take } => self.swap(*turn, give, take),
        }
    }

    /// `file`: the rota of the file alone, whose entries are counted.
    pub(super) fn change(self, change: &Change, file: &Rota) -> String {
        let removed = |which: Which| match which.kind {
            Kind::Away => {
                file.away.get(which.number).map(|away| self.away(&away.who, away.from, away.until, away.cover.as_ref()))
            }
            Kind::Swap => file.swaps.get(which.number).map(|swap| self.swap(swap.turn, &swap.give, &swap.take)),
            Kind::Holiday => file.holidays.get(which.number).map(|holiday| self.holiday(holiday)),
        };
        match change {
            Change::File(Edit::Add(Entry::Away(away))) => {
                self.away(&away.who, away.from, away.until, away.cover.as_ref())
            }
            Change::File(Edit::Add(Entry::Swap(swap))) => self.swap(swap.turn, &swap.give, &swap.take),
            Change::File(Edit::Add(Entry::Holiday(holiday))) => self.holiday(holiday),
            Change::File(Edit::Remove(which)) => {
                format!("{}: {}", self.words.remove(), removed(*which).unwrap_or_default())
            }
            Change::Live(live) => self.live(live),
            Change::AskToSwap { with, .. } => self.words.will_be_asked(self.rota.name(with)),
        }
    }
}

/// When a change begins to matter.
pub(super) fn begins(change: &Change, rota: &Rota, file: &Rota, now: Timestamp) -> Timestamp {
    let day = |date: Date| date.to_datetime(Time::midnight());
    let turn = |date: Date| {
        let starts = rota.lines.iter().filter_map(|line| line.rota.turn_on(&rota.zone, date)?.start);
        starts.min().unwrap_or_else(|| wall_clock::begins(&rota.zone, day(date)))
    };
    let clock = |at: DateTime| wall_clock::begins(&rota.zone, at);
    let begins = match change {
        Change::File(Edit::Add(Entry::Away(away))) => clock(away.from),
        Change::File(Edit::Add(Entry::Swap(swap))) => turn(swap.turn),
        Change::File(Edit::Add(Entry::Holiday(holiday))) => clock(day(holiday.date)),
        Change::File(Edit::Remove(which)) => match which.kind {
            Kind::Away => file.away.get(which.number).map_or(now, |away| clock(away.from)),
            Kind::Swap => file.swaps.get(which.number).map_or(now, |swap| turn(swap.turn)),
            Kind::Holiday => file.holidays.get(which.number).map_or(now, |holiday| clock(day(holiday.date))),
        },
        Change::Live(Live::Away { from, .. } | Live::Back { from, .. }) => clock(*from),
        Change::Live(Live::Swap { turn: date, .. }) | Change::AskToSwap { day: date, .. } => turn(*date),
    };
    begins.max(now)
}
