//! The rota once more, as one would do it with a wall calendar, a watch and much patience: every day
//! from long ago, every minute of the watch. Slow, and with nothing of the engine's arithmetic.
//!
//! Something has begun once the wall clock has shown its time or a later one, and is over once the
//! wall clock will not show its end again, or an earlier time. So nothing here knows about clock changes.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, ToSpan};
use switchboard::domain::line::Line;
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::hours::{ClockTime, Span};
use switchboard::domain::rota::rotation::Rotate;
use switchboard::domain::staff::StaffId;

/// A walk along the watch.
pub struct Walk {
    pub instants: Vec<Timestamp>,
    shows: Vec<DateTime>,
    /// The latest time that the wall clock has shown so far.
    shown: Vec<DateTime>,
    /// The earliest time that it will show after this instant.
    to_come: Vec<DateTime>,
}

/// All handovers of a line from long before a walk to its end.
pub struct Handovers {
    /// When on the wall clock, and who comes first, second and so on from then.
    turns: Vec<(DateTime, Vec<StaffId>)>,
}

impl Walk {
    /// The clocks must not change within a few hours of either end.
    pub fn new(rota: &Rota, from: Timestamp, until: Timestamp, step: SignedDuration) -> Self {
        let instants: Vec<_> =
            std::iter::successors(Some(from), |at| Some(*at + step)).take_while(|at| *at < until).collect();
        let shows: Vec<_> = instants.iter().map(|at| rota.zone.to_datetime(*at)).collect();
        let mut shown = shows.clone();
        for index in 1..shown.len() {
            shown[index] = shown[index].max(shown[index - 1]);
        }
        let mut to_come = vec![DateTime::MAX; shows.len()];
        for index in (1..to_come.len()).rev() {
            to_come[index - 1] = shows[index].min(to_come[index]);
        }
        Self { instants, shows, shown, to_come }
    }

    fn within(&self, index: usize, from: DateTime, until: DateTime) -> bool {
        let over = self.shows[index] >= until && self.to_come[index] > until;
        self.shown[index] >= from && !over
    }

    fn on(&self, index: usize, span: Span, date: Date) -> bool {
        let end = if span.end > span.start { date } else { date.tomorrow().unwrap() };
        self.within(index, clock(date, span.start), clock(end, span.end))
    }

    fn days_near(&self, index: usize) -> impl Iterator<Item = Date> {
        let date = self.shown[index].date();
        (-2..=2_i64).map(move |days| date.checked_add(days.days()).unwrap())
    }

    pub fn is_open(&self, rota: &Rota, line: &Line, index: usize) -> bool {
        self.days_near(index).any(|date| {
            let own = rota.holidays.iter().find(|holiday| holiday.date == date && holiday.hours.is_some());
            let weekday = date.weekday().to_monday_zero_offset();
            let spans =
                own.map_or(&line.hours.days[usize::try_from(weekday).unwrap()], |it| it.hours.as_ref().unwrap());
            spans.iter().any(|span| self.on(index, *span, date))
        })
    }

    pub fn is_away(&self, rota: &Rota, who: &StaffId, index: usize) -> bool {
        rota.away.iter().any(|away| away.who == *who && self.within(index, away.from, away.until))
    }

    /// Who is on call, and the backups.
    pub fn people(&self, rota: &Rota, line: &Line, handovers: &Handovers, index: usize) -> Vec<StaffId> {
        let place = handovers.turns.iter().rposition(|(begins, _)| self.shown[index] >= *begins).unwrap();
        let mut order = handovers.turns[place].1.clone();
        let mut had_a_place = order.clone();
        for swap in &rota.swaps {
            let for_date = handovers.turns.iter().rposition(|(begins, _)| swap.turn >= begins.date()).unwrap();
            let applies = match line.rota.rotate {
                Rotate::Weekly { .. } | Rotate::Daily { .. } => for_date == place,
                Rotate::Fixed => self.on(index, Span::WHOLE_DAY, swap.turn),
            };
            let give = order.iter().position(|who| *who == swap.give);
            let take = order.iter().position(|who| *who == swap.take);
            match (give, take) {
                _ if !applies || !had_a_place.contains(&swap.give) => continue,
                (Some(give), Some(take)) => order.swap(give, take),
                (Some(give), None) => order[give] = swap.take.clone(),
                (None, Some(take)) => order[take] = swap.give.clone(),
                (None, None) => {}
            }
            had_a_place.push(swap.take.clone());
        }
        for holiday in rota.holidays.iter().filter(|holiday| self.on(index, Span::WHOLE_DAY, holiday.date)) {
            if let Some(on_call) = &holiday.on_call {
                order.insert(0, on_call.clone());
                break;
            }
        }
        let mut people: Vec<StaffId> = Vec::new();
        for who in order {
            let there = if self.is_away(rota, &who, index) {
                let mut entries =
                    rota.away.iter().filter(|away| away.who == who && self.within(index, away.from, away.until));
                entries.find_map(|away| away.cover.clone()).filter(|cover| !self.is_away(rota, cover, index))
            } else {
                Some(who)
            };
            people.extend(there.filter(|who| !people.contains(who)));
        }
        people.truncate(line.rota.backups + 1);
        people
    }
}

impl Handovers {
    pub fn new(line: &Line, until: Date) -> Self {
        let rota = &line.rota;
        let changes = rota.changes.iter().map(|change| change.from);
        let long_ago = changes.chain([rota.starts, until]).min().unwrap().checked_sub(100.days()).unwrap();
        let days = || long_ago.series(1.day()).take_while(|date| *date <= until.max(rota.starts));
        let (is_handover, time): (Box<dyn Fn(Date) -> bool>, _) = match rota.rotate {
            Rotate::Weekly { day, at } => (Box::new(move |date| date.weekday() == day), at),
            Rotate::Daily { at, days } => {
                (Box::new(move |date| days[usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()]), at)
            }
            Rotate::Fixed => (Box::new(move |date| changes_on(line, date) || date == long_ago), ClockTime(0)),
        };
        let dates: Vec<_> = days().filter(|date| is_handover(*date)).collect();
        let first = dates.iter().rposition(|date| *date <= rota.starts).unwrap();
        let mut order = rota.order.clone();
        if !matches!(rota.rotate, Rotate::Fixed) {
            (0..first).for_each(|_| order.rotate_right(1));
        }
        let mut waiting = rota.changes.as_slice();
        let mut turns = Vec::new();
        for date in dates {
            let mut changed = false;
            while let Some((change, rest)) = waiting.split_first().filter(|(change, _)| change.from <= date) {
                order.clone_from(&change.order);
                waiting = rest;
                changed = true;
            }
            if !changed && !turns.is_empty() && !matches!(rota.rotate, Rotate::Fixed) {
                order.rotate_left(1);
            }
            turns.push((clock(date, time), order.clone()));
        }
        Self { turns }
    }
}

fn changes_on(line: &Line, date: Date) -> bool {
    line.rota.changes.iter().any(|change| change.from == date)
}

fn clock(date: Date, time: ClockTime) -> DateTime {
    date.at(0, 0, 0, 0).checked_add(i64::from(time.0).minutes()).unwrap()
}
