//! Who has the phone of a line at one instant.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::Rota;
use super::absence::{Absences, Swap, effective, exchanged};
use super::rotation::Turn;
use super::wall_clock;
use crate::domain::line::{Line, Within};
use crate::domain::plan::{Reason, Skip, Skipped};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;

/// Everything about a line that is the same for every call of one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub at: Timestamp,
    /// `at` on the business's wall clock.
    pub local: DateTime,
    pub open: bool,
    pub turn: Turn,
    /// The one on call, then the backups. Empty only when everybody is away, the owner too.
    pub people: Vec<OnDuty>,
    /// Who would be among them, but is away.
    pub absent: Vec<Skipped>,
    /// Nobody of the rota is there: only the owner is left. A warning.
    pub everybody_away: bool,
    /// When a promise made now falls due.
    pub due: Timestamp,
    pub away: Absences,
    pub away_when_due: Absences,
}

/// One person's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDuty {
    pub who: StaffId,
    pub reason: Reason,
}

/// More names than any call has time for, so that a rota without an end costs a call nothing.
const ON_DUTY_MAX: usize = 32;

impl OnDuty {
    /// The name, with the reason unless they are simply there in turn.
    pub fn in_words(&self, rota: &Rota, language: Language) -> String {
        let name = rota.name(&self.who);
        match &self.reason {
            Reason::OnCall { .. } | Reason::Backup | Reason::AsPlanned => name.to_owned(),
            Reason::UsualPerson
            | Reason::LearnedUsualPerson { .. }
            | Reason::CoversUsualPerson { .. }
            | Reason::Covers { .. }
            | Reason::Swapped { .. }
            | Reason::Holiday { .. }
            | Reason::Owner
            | Reason::SecondConversation
            | Reason::ThirdConversation => format!("{name} ({})", self.reason.in_words(language)),
        }
    }
}

impl Duty {
    /// Whether somebody is on call; false: they ring behind. `None`: they have no place.
    pub fn has_phone(&self, who: &StaffId) -> Option<bool> {
        self.people.iter().position(|person| person.who == *who).map(|nth| nth == 0)
    }

    /// The names of those who would be here, but are away.
    pub fn away_in_words(&self, rota: &Rota, language: Language) -> Option<String> {
        let name = |skipped: &Skipped| match &skipped.reason {
            Skip::Away { said, .. } => format!("{}{}", rota.name(&skipped.who), said.in_words(language)),
            _ => rota.name(&skipped.who).to_owned(),
        };
        let names: Vec<String> = self.absent.iter().map(name).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

impl Rota {
    /// Who has the phone of `line` at an instant. A pure function: the same answer for ever.
    ///
    /// The turn's order is put together in this way: the order in force (a dated change replaces the
    /// rota's), swaps exchange places in it, a holiday's `on_call` goes in front, and then the cover
    /// stands in the place of each who is away, or else the next name steps up. So a swap decides who
    /// has a turn before any cover does; and whoever is away is not rung, whatever put them there.
    pub fn duty(&self, line: &Line, at: Timestamp) -> Duty {
        let due = self.due(line, at);
        let mut duty = Duty {
            at,
            local: self.zone.to_datetime(at),
            open: self.calendar(line).is_open(at),
            turn: line.rota.turn_at(&self.zone, at),
            people: Vec::new(),
            absent: Vec::new(),
            everybody_away: false,
            due,
            away: Absences::at(&self.away, &self.zone, at),
            away_when_due: Absences::at(&self.away, &self.zone, due),
        };
        self.fill(line, &mut duty);
        duty
    }

    /// When a promise made at `from` falls due, by the line's hours and holidays. A whole minute: what is said
    /// to the caller is what is kept.
    pub fn due(&self, line: &Line, from: Timestamp) -> Timestamp {
        wall_clock::whole_minute(match line.promise.call_back {
            Within::OpenMinutes(minutes) => self.calendar(line).after_open_minutes(from, minutes),
            Within::Minutes(minutes) => {
                let minutes = jiff::SignedDuration::from_mins(i64::from(minutes));
                from.checked_add(minutes).unwrap_or(Timestamp::MAX)
            }
        })
    }

    /// Puts people in their places.
    fn fill(&self, line: &Line, duty: &mut Duty) {
        let wanted = line.rota.backups.saturating_add(1).min(ON_DUTY_MAX);
        let holiday = self
            .holidays
            .iter()
            .filter(|holiday| wall_clock::on_date(&self.zone, holiday.date, duty.at, duty.local))
            .find_map(|holiday| holiday.on_call.as_ref().map(|who| (who, &holiday.name)));
        if let Some((who, name)) = holiday {
            self.place(duty, who, Some(Reason::Holiday { name: name.clone() }));
        }
        let swaps = self.swaps.iter().filter(|swap| self.applies(swap, line, duty));
        let swaps = effective(swaps, &line.rota.order_in(duty.turn));
        for planned in line.rota.order_in(duty.turn) {
            if duty.people.len() >= wanted {
                break;
            }
            let who = exchanged(planned, &swaps);
            let swapped = (planned != who).then(|| self.swapped(who, planned, &swaps));
            self.place(duty, who, swapped);
        }
        if duty.people.is_empty() {
            duty.everybody_away = true;
            self.place(duty, &self.owner, Some(Reason::Owner));
        }
    }

    /// Puts one person, or who stands in for them, in the next place, unless they have one before it.
    fn place(&self, duty: &mut Duty, who: &StaffId, reason: Option<Reason>) {
        let (who, reason) = match duty.away.of(who) {
            None => (who, reason),
            Some(absence) => {
                let said = self.said(who, absence.by.as_ref());
                let skipped = Skipped { who: who.clone(), reason: Skip::Away { until: absence.until, said } };
                if !duty.absent.contains(&skipped) {
                    duty.absent.push(skipped);
                }
                let Some(cover) = duty.away.cover_for(who) else { return };
                (cover, Some(Reason::Covers { absent: self.name(who).to_owned() }))
            }
        };
        if duty.people.iter().any(|person| person.who == *who) {
            return;
        }
        let by_place = || match duty.people.len() {
            0 => Reason::OnCall { until: duty.turn.end.map(|end| self.zone.to_datetime(end)) },
            _ => Reason::Backup,
        };
        let person = OnDuty { who: who.clone(), reason: reason.unwrap_or_else(by_place) };
        duty.people.push(person);
    }

    fn swapped(&self, who: &StaffId, with: &StaffId, swaps: &[&Swap]) -> Reason {
        let swap = swaps.iter().rev().find(|swap| swap.give == *who || swap.take == *who);
        let said = self.said(who, swap.and_then(|swap| swap.by.as_ref()));
        Reason::Swapped { with: self.name(with).to_owned(), said }
    }

    /// Whether a swap is for the present turn; where nothing is handed over, for the present date.
    fn applies(&self, swap: &Swap, line: &Line, duty: &Duty) -> bool {
        line.rota.number_on(swap.turn).map_or_else(
            || wall_clock::on_date(&self.zone, swap.turn, duty.at, duty.local),
            |number| number == duty.turn.number,
        )
    }
}
