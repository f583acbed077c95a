//! The plan of one call: whom to ring, for how long, and why; whom not, and why.

mod promise_terms;
mod reason;
mod usual;

pub use reason::{Reason, Said, Skip, Why};
pub use usual::{Learned, Usual, learned, newly_learned, unsettled_calls, usual_person};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::line::Line;
use super::phone::Phone;
use super::promise::Promise;
use super::rota::Rota;
use super::rota::duty::Duty;
use super::rota::rotation::WhenClosed;
use super::staff::{Accept, Reach, Shows, Staff, StaffId};

/// Everything a call needs to go to its end by itself, so that it finishes on the plan it began
/// with whatever happens to the rota file meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub steps: Vec<Step>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// How long the caller may hear it ring in all; then a promise.
    pub ring_seconds_max: u16,
    pub promise: PromiseTerms,
}

/// One ring of one phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub who: StaffId,
    pub name: String,
    /// The name as a voice should read it.
    pub spoken: String,
    pub reach: Reach,
    #[serde(default, skip_serializing_if = "is_default")]
    pub accept: Accept,
    #[serde(default, skip_serializing_if = "is_default")]
    pub shows: Shows,
    pub seconds: u16,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    pub who: StaffId,
    pub reason: Skip,
}

/// What will be promised if nobody can take the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseTerms {
    pub owner: StaffId,
    /// The owner's name as a text spells it.
    pub name: String,
    /// The owner's name as a voice should read it.
    pub spoken: String,
    pub due: Timestamp,
}

/// A call's plan is in every row of the history: what nearly every shop leaves as it is, is not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A ring that would have to be cut shorter than this, in seconds, is left out.
pub const RING_SECONDS_MIN: u16 = 8;

/// The plan for a call to `line` that came in at the instant of `duty`. `from` is the caller's number,
/// `screens` whether the provider can ask the one who picks up for a key.
///
/// In this order: the usual person (when open), the one on call, the backups, the owner, a promise.
/// Whoever is away gives their step to their cover. A customer whose matter is open and who rings a
/// second time within 7 days gets the owner right after the first who rings, which is the usual
/// person if there is one; the third time the owner is the first.
pub fn make(rota: &Rota, line: &Line, duty: &Duty, caller: &Caller, from: Option<Phone>, screens: bool) -> Plan {
    let customer = match caller {
        Caller::Customer(customer) => Some(customer),
        Caller::Stranger(_) | Caller::Unknown => None,
    };
    let usual = customer.and_then(|customer| usual_person(customer, duty.at));
    let usual_id = usual.as_ref().map(|usual| usual.who);
    let promise = promise_terms::terms(rota, line, duty, usual_id);
    let mut draft =
        Draft { rota, line, duty, from, screens, seconds_left: line.ring.at_most, steps: vec![], skipped: vec![] };
    if duty.open || line.rota.when_closed == WhenClosed::OnCall {
        draft.ring(usual, customer.map_or(0, |customer| unsettled_calls(customer, duty.at)));
    } else {
        draft.ring_nobody(usual_id);
    }
    Plan { steps: draft.steps, skipped: draft.skipped, ring_seconds_max: line.ring.at_most, promise }
}

impl Plan {
    /// For a caller who waits for a call already: the promise that was made stands, as long as it can be kept.
    pub fn stand_by(&mut self, promised: &Promise, rota: &Rota, duty: &Duty) {
        if let Some(standing) = promise_terms::standing(rota, duty, promised) {
            self.promise = standing;
        }
    }
}

/// The plan for a call to a number that no line has: the owner first, whether it is open or not, since
/// only they can say what the number is for; then the people of `line`, so that somebody rings.
pub fn make_unplaced(
    rota: &Rota,
    line: &Line,
    duty: &Duty,
    caller: &Caller,
    from: Option<Phone>,
    screens: bool,
) -> Plan {
    let mut plan = make(rota, line, duty, caller, from, screens);
    let mut draft =
        Draft { rota, line, duty, from, screens, seconds_left: line.ring.at_most, steps: vec![], skipped: vec![] };
    draft.offer_owner(Reason::Owner);
    for step in plan.steps {
        draft.offer(&step.who, step.seconds, step.reason);
    }
    draft.skipped_so_far(&plan.skipped);
    plan.steps = draft.steps;
    plan.skipped = draft.skipped;
    plan
}

impl Plan {
    /// Leaves out whoever is on another call of ours. The others keep their seconds.
    #[must_use]
    pub fn without(mut self, engaged: impl Fn(&StaffId) -> bool) -> Self {
        let (out, steps) = self.steps.into_iter().partition(|step| engaged(&step.who));
        self.steps = steps;
        let out: Vec<Step> = out;
        self.skipped.extend(out.into_iter().map(|step| Skipped { who: step.who, reason: Skip::Engaged }));
        self
    }
}

/// A plan in the making.
struct Draft<'a> {
    rota: &'a Rota,
    line: &'a Line,
    duty: &'a Duty,
    from: Option<Phone>,
    screens: bool,
    seconds_left: u16,
    steps: Vec<Step>,
    skipped: Vec<Skipped>,
}

impl Draft<'_> {
    fn ring(&mut self, usual: Option<Usual<'_>>, unsettled: usize) {
        let ring = self.line.ring;
        let mut owner_due = true;
        if unsettled >= 2 {
            self.offer_owner(Reason::ThirdConversation);
            owner_due = false;
        }
        if let Some(usual) = usual {
            if self.duty.open {
                let stand_in = |absent| Reason::CoversUsualPerson { absent };
                self.offer_or_cover(usual.who, ring.usual_person, usual.reason, stand_in);
            } else if !self.duty.people.iter().any(|person| person.who == *usual.who) {
                self.skip(usual.who, self.closed());
            }
        }
        self.skipped_so_far(&self.duty.absent);
        for person in &self.duty.people {
            if unsettled == 1 && owner_due && !self.steps.is_empty() {
                self.offer_owner(Reason::SecondConversation);
                owner_due = false;
            }
            self.offer(&person.who, ring.each, person.reason.clone());
        }
        if owner_due && !self.duty.everybody_away {
            let second = unsettled == 1 && !self.steps.is_empty();
            self.offer_owner(if second { Reason::SecondConversation } else { Reason::Owner });
        }
    }

    /// Closed, and nobody rings then.
    fn ring_nobody(&mut self, usual: Option<&StaffId>) {
        self.skipped_so_far(&self.duty.absent);
        let closed = self.closed();
        for who in usual.into_iter().chain(self.duty.people.iter().map(|person| &person.who)) {
            self.skip(who, closed.clone());
        }
        self.skip(&self.rota.owner, closed);
    }

    fn offer_owner(&mut self, reason: Reason) {
        let rota = self.rota;
        self.offer_or_cover(&rota.owner, self.line.ring.each, reason, |absent| Reason::Covers { absent });
    }

    /// Rings somebody; where they are away, who stands in for them.
    fn offer_or_cover(&mut self, who: &StaffId, seconds: u16, reason: Reason, stand_in: impl Fn(String) -> Reason) {
        self.offer(who, seconds, reason);
        if let Some(cover) = self.duty.away.cover_for(who) {
            self.offer(cover, seconds, stand_in(self.rota.name(who).to_owned()));
        }
    }

    /// Rings somebody, or says why not.
    fn offer(&mut self, who: &StaffId, seconds: u16, reason: Reason) {
        let Some(person) = self.rota.staff.get(who.as_str()) else { return self.skip(who, Skip::NotOnStaff) };
        if let Some(skip) = self.hindrance(person) {
            return self.skip(who, skip);
        }
        let seconds = seconds.min(self.seconds_left.max(seconds.min(RING_SECONDS_MIN)));
        if seconds > self.seconds_left {
            return self.skip(who, Skip::NoTimeLeft);
        }
        self.seconds_left -= seconds;
        self.steps.push(Step {
            who: person.id.clone(),
            name: person.name.clone(),
            spoken: person.spoken().to_owned(),
            reach: person.reach.clone(),
            accept: person.accept,
            shows: person.shows,
            seconds,
            reason,
        });
    }

    fn hindrance(&self, person: &Staff) -> Option<Skip> {
        if let Some(absence) = self.duty.away.of(&person.id) {
            let said = self.rota.said(&person.id, absence.by.as_ref());
            return Some(Skip::Away { until: absence.until, said });
        }
        // Two people who share a phone are one phone to ring.
        if self.steps.iter().any(|step| step.who == person.id || step.reach == person.reach) {
            return Some(Skip::AlreadyInPlan);
        }
        if let Reach::Phone(phone) = person.reach {
            if Some(phone) == self.from {
                return Some(Skip::OwnNumber);
            }
            if phone == self.line.number {
                return Some(Skip::LineItself);
            }
        }
        if let Some(until) = self.rota.quiet_until(person, self.duty.at, self.duty.local) {
            return Some(Skip::QuietHours { until });
        }
        (person.accept == Accept::Key && !self.screens).then_some(Skip::CannotScreen)
    }

    fn skip(&mut self, who: &StaffId, reason: Skip) {
        let skipped = Skipped { who: who.clone(), reason };
        if !self.skipped.contains(&skipped) {
            self.skipped.push(skipped);
        }
    }

    fn skipped_so_far(&mut self, absent: &[Skipped]) {
        for skipped in absent {
            self.skip(&skipped.who, skipped.reason.clone());
        }
    }

    fn closed(&self) -> Skip {
        let opening = self.rota.calendar(self.line).next_opening(self.duty.at);
        Skip::Closed { until: opening.map(|opening| self.rota.zone.to_datetime(opening)) }
    }
}
