//! The rest of a command behind its verb: when, until when, and with whom.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use super::Misread;
use super::times::{self, Day, Length, Point};
use super::tokens::{Kind, Name, Token, nearly_name};
use super::vocabulary::{self as words, Verb};
use crate::domain::rota::wall_clock;
use crate::domain::staff::{Roster, StaffId};

/// Nobody is away for longer by a text, in days.
const DAYS_MAX: u32 = 400;

/// `Sam` is a person and a Saturday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefer {
    Names,
    Days,
}

/// How the words are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) verb: Verb,
    pub(super) prefer: Prefer,
    /// A number alone is an hour.
    pub(super) bare: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    on: Point,
    from: Point,
    until: Point,
    /// The last day, or the first moment back.
    to: Point,
    length: Option<Length>,
    pub(super) person: Option<StaffId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    On,
    From,
    Until,
    To,
}

impl Phrase {
    pub(super) fn read(mut tokens: &[Token], style: Style, roster: &Roster) -> Result<Self, Misread> {
        let mut phrase = Self::default();
        let mut slot = Slot::On;
        while let Some((token, rest)) = tokens.split_first() {
            let bare = style.bare || slot != Slot::On || is_range(tokens);
            let unclear = || Misread::Unclear { verb: style.verb, word: token.written.clone() };
            if let Some(name) = token.name.as_ref().filter(|_| style.prefer == Prefer::Names) {
                phrase.take_person(name, token)?;
                tokens = rest;
            } else if let Some((day, used)) = times::day(tokens).filter(|_| !is_filler(token)) {
                let place = &mut phrase.slot(slot).day;
                match (&place, day) {
                    // `Thu 24 Dec`.
                    (Some(Day::Weekday(_)), Day::Date { .. }) => *place = Some(day),
                    (Some(Day::Date { .. }), Day::Weekday(_)) => {}
                    _ => set(place, day).ok_or_else(unclear)?,
                }
                tokens = tokens.get(used..).unwrap_or_default();
            } else if let Some((clock, used)) =
                times::clock(tokens, bare).filter(|_| slot != Slot::On || !is_few_hours(tokens))
            {
                set(&mut phrase.slot(slot).clock, clock).ok_or_else(unclear)?;
                tokens = tokens.get(used..).unwrap_or_default();
            } else if let Some((length, used)) = times::length(tokens) {
                set(&mut phrase.length, length).ok_or_else(unclear)?;
                tokens = tokens.get(used..).unwrap_or_default();
            } else {
                slot = phrase.marker(slot, token, style, roster)?;
                tokens = rest;
            }
        }
        Ok(phrase)
    }

    pub(super) fn has_time(&self) -> bool {
        self.length.is_some() || [self.on, self.from, self.until, self.to].iter().any(|point| !point.is_empty())
    }

    /// A word that is no time: where the next time belongs, a person, or nothing at all.
    fn marker(&mut self, slot: Slot, token: &Token, style: Style, roster: &Roster) -> Result<Slot, Misread> {
        let unclear = || Misread::Unclear { verb: style.verb, word: token.written.clone() };
        let word = match &token.kind {
            Kind::Word(word) => word.as_str(),
            Kind::Mark('-') if self.has_time() => return Ok(Slot::To),
            Kind::Mark(_) => return Ok(slot),
            Kind::Number { .. } => return Err(unclear()),
        };
        let begun = !self.on.is_empty() || !self.from.is_empty();
        match word {
            word if begun && words::TO.contains(&word) => Ok(Slot::To),
            // Away, back on Monday.
            word if words::UNTIL.contains(&word) || words::verb(word) == Some(Verb::Back) => Ok(Slot::Until),
            word if words::FROM.contains(&word) => Ok(Slot::From),
            word if words::FOR.contains(&word) => Ok(Slot::On),
            word if style.verb == Verb::Later && words::IN.contains(&word) => Ok(Slot::On),
            // Away, sick.
            word if words::AT.contains(&word) || is_filler(token) || words::verb(word) == Some(Verb::Away) => Ok(slot),
            word => {
                let name = token.name.clone().or_else(|| nearly_name(word, roster)).ok_or_else(unclear)?;
                self.take_person(&name, token)?;
                Ok(slot)
            }
        }
    }

    fn take_person(&mut self, name: &Name, token: &Token) -> Result<(), Misread> {
        match (name, &self.person) {
            (Name::Several(people), _) => {
                Err(Misread::WhichPerson { word: token.written.clone(), people: people.clone() })
            }
            (Name::One(person), Some(other)) if person != other => {
                Err(Misread::WhichPerson { word: token.written.clone(), people: vec![other.clone(), person.clone()] })
            }
            (Name::One(person), _) => {
                self.person = Some(person.clone());
                Ok(())
            }
        }
    }

    fn slot(&mut self, slot: Slot) -> &mut Point {
        match slot {
            Slot::On => &mut self.on,
            Slot::From => &mut self.from,
            Slot::Until => &mut self.until,
            Slot::To => &mut self.to,
        }
    }

    /// The first moment away and the first moment back; without any time the rest of today.
    pub(super) fn absence(mut self, now: &Zoned) -> Result<(DateTime, DateTime), Misread> {
        let local = minute(now.datetime());
        let today = local.date();
        let only_on = self.from.is_empty() && self.until.is_empty() && self.to.is_empty() && self.length.is_none();
        match self.on {
            // `AWAY 15:00` is until then.
            Point { day: None, clock: Some(_) } if only_on => self.until = std::mem::take(&mut self.on),
            // From then, or until then? Only the writer knows.
            Point { day: Some(_), clock: Some(_) } if only_on => return Err(Misread::FromOrUntil),
            _ => {}
        }
        let start = if self.from.is_empty() { self.on } else { merged(self.from, self.on) };
        let date = match start.day {
            Some(day) => times::placed(day, today, today).ok_or(Misread::TooFar)?,
            None => today,
        };
        let begins = match start.clock {
            Some(clock) => times::at(date, clock, None),
            None => date.at(0, 0, 0, 0),
        };
        let mut from = begins.max(local);
        let mut until = self.end(start, begins, local, now)?;
        if until <= local && start.day.is_none() {
            (from, until) = (begins.saturating_add(1.day()), until.saturating_add(1.day()));
        }
        let days = SignedDuration::from_hours(24 * i64::from(DAYS_MAX));
        match () {
            () if until <= from => Err(Misread::Past),
            () if until > local.saturating_add(days) => Err(Misread::TooFar),
            () => Ok((from, until)),
        }
    }

    fn end(&self, start: Point, begins: DateTime, local: DateTime, now: &Zoned) -> Result<DateTime, Misread> {
        // `14-17` said in the evening is over, and means tomorrow.
        let from = if start.clock.is_some() { begins } else { begins.max(local) };
        let midnight_after = |date: Date| date.tomorrow().map(midnight).map_err(|_| Misread::TooFar);
        if !self.until.is_empty() || !self.to.is_empty() {
            let (point, inclusive) = if self.until.is_empty() { (self.to, true) } else { (self.until, false) };
            return match (point.day, point.clock) {
                (None, Some(clock)) => {
                    let end = times::at(from.date(), clock, Some(from));
                    let tomorrow = || times::at(from.date().tomorrow().unwrap_or(Date::MAX), clock, None);
                    Ok(if end > from { end } else { tomorrow() })
                }
                (Some(day), clock) => {
                    // `UNTIL FRI` said on a Friday is the next one; `UNTIL FRI 15:00` may be today.
                    let strict = clock.is_none() && !inclusive;
                    let earliest = if strict { from.date().tomorrow().unwrap_or(Date::MAX) } else { from.date() };
                    let place = |earliest| times::placed(day, local.date(), earliest).ok_or(Misread::TooFar);
                    let date = place(earliest)?;
                    match clock {
                        None if inclusive => midnight_after(date),
                        None => Ok(midnight(date)),
                        Some(clock) => match times::at(date, clock, Some(from)) {
                            end if end > from => Ok(end),
                            _ => Ok(times::at(place(date.tomorrow().unwrap_or(Date::MAX))?, clock, None)),
                        },
                    }
                }
                (None, None) => Err(Misread::When(Verb::Away)),
            };
        }
        match self.length {
            Some(Length::Days(days)) if days <= DAYS_MAX => {
                Ok(midnight(from.date()).saturating_add(i64::from(days).days()))
            }
            Some(Length::Minutes(minutes)) if minutes <= DAYS_MAX * 24 * 60 => {
                // An hour is an hour, also in the night in which the clocks change.
                let end =
                    wall_clock::begins(now.time_zone(), from).saturating_add(SignedDuration::from_mins(minutes.into()));
                Ok(minute(now.time_zone().to_datetime(end.map_err(|_| Misread::TooFar)?)))
            }
            Some(Length::Days(_) | Length::Minutes(_)) => Err(Misread::TooFar),
            None if start.day == Some(Day::NextWeek) => Ok(midnight(from.date()).saturating_add(7.days())),
            None => midnight_after(from.date()),
        }
    }

    /// The date of a turn to be swapped.
    pub(super) fn date(&self, now: &Zoned) -> Result<Date, Misread> {
        let points = [self.on, self.from, self.until, self.to];
        let Some(day) = points.into_iter().find_map(|point| point.day) else { return Err(Misread::When(Verb::Swap)) };
        let today = now.date();
        let date = times::placed(day, today, today).ok_or(Misread::TooFar)?;
        match () {
            () if date < today => Err(Misread::Past),
            () if date > today.saturating_add(i64::from(DAYS_MAX).days()) => Err(Misread::TooFar),
            () => Ok(date),
        }
    }

    /// A later time for something; of a day alone its noon, of today 17:00.
    pub(super) fn moment(&self, now: &Zoned) -> Result<Timestamp, Misread> {
        let local = minute(now.datetime());
        let points = [self.on, self.until, self.to, self.from];
        let point = points.into_iter().reduce(merged).unwrap_or_default();
        let at = match (point.day, point.clock, self.length) {
            (None, None, None) => return Err(Misread::When(Verb::Later)),
            (None, None, Some(Length::Minutes(minutes))) if minutes <= DAYS_MAX * 24 * 60 => {
                let at = now.timestamp().checked_add(SignedDuration::from_mins(minutes.into()));
                return at.map(wall_clock::whole_minute).map_err(|_| Misread::TooFar);
            }
            (None, None, Some(Length::Days(days))) if days <= DAYS_MAX => local.saturating_add(i64::from(days).days()),
            (None, None, Some(_)) => return Err(Misread::TooFar),
            (None, Some(clock), _) => match times::at(local.date(), clock, Some(local)) {
                at if at > local => at,
                _ => times::at(local.date().tomorrow().unwrap_or(Date::MAX), clock, None),
            },
            (Some(day), clock, _) => {
                let date = times::placed(day, local.date(), local.date()).ok_or(Misread::TooFar)?;
                let today = date == local.date();
                match clock {
                    Some(clock) => times::at(date, clock, today.then_some(local)),
                    None => date.at(if today { 17 } else { 12 }, 0, 0, 0),
                }
            }
        };
        let at = wall_clock::begins(now.time_zone(), at);
        if at > now.timestamp() { Ok(at) } else { Err(Misread::Past) }
    }
}

fn is_filler(token: &Token) -> bool {
    token.word().is_some_and(|word| words::FILLERS.contains(&word))
}

/// `2H`: so many hours, and not a clock time.
fn is_few_hours(tokens: &[Token]) -> bool {
    matches!(tokens, [count, unit, ..] if count.number().is_some_and(|count| count < 7)
        && unit.word().is_some_and(|unit| words::HOURS.contains(&unit)))
}

/// `None`: it is set already.
fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

/// `14-17`, `9-5`.
fn is_range(tokens: &[Token]) -> bool {
    matches!(tokens, [from, mark, to, ..] if from.number().is_some() && mark.is_mark('-') && to.number().is_some())
}

/// What the one does not say, the other may.
fn merged(one: Point, other: Point) -> Point {
    Point { day: one.day.or(other.day), clock: one.clock.or(other.clock) }
}

fn minute(at: DateTime) -> DateTime {
    at.with().second(0).subsec_nanosecond(0).build().unwrap_or(at)
}

fn midnight(date: Date) -> DateTime {
    date.at(0, 0, 0, 0)
}
