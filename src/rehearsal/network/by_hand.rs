//! A call whose phones do what somebody at a page tells them, while time goes by as that page asks.

use jiff::{SignedDuration, Timestamp};

use super::call::Doing;
use super::leg::State;
use super::{Mishaps, Network};
use crate::domain::phone::Phone;
use crate::domain::staff::{Accept, Staff, StaffId};
use crate::rehearsal::{Behaviour, Caller, House, Patience, PickUp, RehearsalError, Story};

/// The only call.
const CALL: usize = 0;

/// More than anybody looks at in one step.
const SECONDS_MAX: u32 = 600;

/// How long a caller speaks after the tone, unless they hang up before.
const MESSAGE_SECONDS: u32 = 9;

/// What somebody does with the make-believe phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Time goes by.
    Waits {
        seconds: u32,
    },
    /// Time goes by until something happens.
    GoesOn,
    Phone {
        who: StaffId,
        what: PhoneMove,
    },
    /// After the tone.
    CallerSpeaks,
    CallerHangsUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneMove {
    Answers,
    Declines,
    Busy,
    Unreachable,
    /// A machine answers.
    Voicemail,
    Presses(char),
    HangsUp,
}

/// How everything stands.
pub struct Seen {
    pub at: Timestamp,
    pub caller: CallerDoes,
    /// BCP 47 tag of what the caller hears.
    pub language: String,
    /// Whoever is in the plan first, in its order; then the others.
    pub phones: Vec<Handset>,
    /// As far as it has come, explained.
    pub story: Story,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallerDoes {
    HearsRinging,
    HearsWords,
    /// May leave a message.
    HearsTone,
    Speaks,
    Talks,
    /// The call is over.
    IsGone,
}

/// A phone as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handset {
    pub who: StaffId,
    pub name: String,
    /// Of what is heard on it.
    pub language: String,
    pub accept: Accept,
    pub does: PhoneDoes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneDoes {
    Nothing,
    Rings {
        shows: Phone,
    },
    /// Hears who calls, and may press a key.
    Asks,
    /// Hears a last sentence.
    Hears,
    Talks,
}

impl Network {
    /// `caller` rings; nobody does anything by themselves.
    pub(in crate::rehearsal) async fn by_hand(house: House, caller: Caller) -> Result<Self, RehearsalError> {
        let rota = house.rota();
        let mut network = Self::new(house, Mishaps::default())?;
        for person in rota.staff.iter() {
            network.always(&person.id, Behaviour::Silent);
        }
        network.caller(0, Caller { patience: Patience::ByHand, ..caller });
        network.happens_next().await?;
        Ok(network)
    }

    pub(in crate::rehearsal) async fn moves(&mut self, what: Move) -> Result<(), RehearsalError> {
        match what {
            Move::Waits { seconds } => return self.waits(seconds.min(SECONDS_MAX)).await,
            Move::GoesOn => return self.goes_on_until_something_is_told().await,
            Move::Phone { who, what } => self.phone_moves(&who, what).await?,
            Move::CallerSpeaks => self.caller_speaks(CALL, MESSAGE_SECONDS),
            Move::CallerHangsUp => self.caller_hangs_up(CALL).await?,
        }
        self.settles().await
    }

    async fn waits(&mut self, seconds: u32) -> Result<(), RehearsalError> {
        let until = self.now + SignedDuration::from_secs(seconds.into());
        while self.queue.first_key_value().is_some_and(|((at, _), _)| *at <= until) {
            self.happens_next().await?;
        }
        self.time_is(until);
        Ok(())
    }

    async fn goes_on_until_something_is_told(&mut self) -> Result<(), RehearsalError> {
        let told = |network: &Self| network.calls.first().map(|side| side.story.beats.len());
        let before = told(self);
        while told(self) == before && self.happens_next().await? {}
        Ok(())
    }

    /// What is done to a phone a moment too late, does nothing.
    async fn phone_moves(&mut self, who: &StaffId, what: PhoneMove) -> Result<(), RehearsalError> {
        let place = self.legs.iter().rposition(|leg| leg.who == *who && leg.state != State::Over);
        let Some((at, leg)) = place.and_then(|at| Some((at, self.legs.get_mut(at)?))) else { return Ok(()) };
        let rings = leg.state == State::Ringing;
        let hears = matches!(leg.state, State::Choosing { .. } | State::Hearing { .. });
        let picks_up = |machine| Behaviour::PicksUp(PickUp { after: 0, machine, keys: Vec::new(), hangs_up: false });
        match what {
            PhoneMove::Answers | PhoneMove::Voicemail if rings => {
                leg.behaviour = picks_up(what == PhoneMove::Voicemail);
                self.picks_up(at).await
            }
            PhoneMove::Declines | PhoneMove::Busy | PhoneMove::Unreachable if rings => {
                leg.behaviour = match what {
                    PhoneMove::Declines => Behaviour::Declines,
                    PhoneMove::Busy => Behaviour::Busy,
                    _ => Behaviour::BadNumber,
                };
                self.ring_ends(at).await
            }
            PhoneMove::Presses(key) if hears => {
                if let Behaviour::PicksUp(pick_up) = &mut leg.behaviour {
                    pick_up.keys.push(key);
                }
                self.presses_key(at).await
            }
            PhoneMove::HangsUp if hears => self.leg_hangs_up(at).await,
            PhoneMove::HangsUp => self.talk_ends(at).await,
            _ => Ok(()),
        }
    }

    pub(in crate::rehearsal) async fn close(self) -> Result<(), RehearsalError> {
        self.house.close().await.map(|_| ())
    }

    pub(in crate::rehearsal) fn seen(&self) -> Result<Option<Seen>, RehearsalError> {
        let Some(side) = self.calls.first() else { return Ok(None) };
        let records = self.house.records()?;
        let record = records.iter().find(|call| call.provider_id.0 == side.id);
        let caller = match &side.doing {
            Doing::Ringing { leg } if self.is_talking(*leg) => CallerDoes::Talks,
            Doing::Ringing { .. } | Doing::Nothing => CallerDoes::HearsRinging,
            Doing::Hearing(_) => CallerDoes::HearsWords,
            Doing::AtTheTone { .. } if side.story.caller.patience == Patience::ByHand => CallerDoes::HearsTone,
            Doing::AtTheTone { .. } => CallerDoes::Speaks,
            Doing::Over => CallerDoes::IsGone,
        };
        let mut story = side.story.clone();
        match record {
            Some(record) if caller != CallerDoes::IsGone => story.explain_so_far(record),
            _ => story.explain(record),
        }
        let rota = self.house.rota();
        let planned: Vec<&StaffId> = record.iter().flat_map(|call| &call.plan.steps).map(|step| &step.who).collect();
        let place = |person: &Staff| planned.iter().position(|who| **who == person.id).unwrap_or(planned.len());
        let mut staff: Vec<&Staff> = rota.staff.iter().collect();
        staff.sort_by_key(|person| place(person));
        let phones = staff.into_iter().map(|person| Handset {
            who: person.id.clone(),
            name: person.name.clone(),
            language: rota.words_to(&person.id).tag().to_owned(),
            accept: person.accept,
            does: self.phone_does(&person.id),
        });
        let language = record.map_or_else(|| rota.words.speak(None).tag().to_owned(), |call| call.language.clone());
        Ok(Some(Seen { at: self.now, caller, language, phones: phones.collect(), story }))
    }

    fn phone_does(&self, who: &StaffId) -> PhoneDoes {
        let leg = self.legs.iter().rev().find(|leg| leg.who == *who);
        leg.map_or(PhoneDoes::Nothing, |leg| match leg.state {
            State::Ringing => PhoneDoes::Rings { shows: leg.shows },
            State::Choosing { .. } => PhoneDoes::Asks,
            State::Hearing { .. } => PhoneDoes::Hears,
            State::Talking => PhoneDoes::Talks,
            State::Over => PhoneDoes::Nothing,
        })
    }
}
