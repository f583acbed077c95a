//! One ring of one make-believe phone: until it is picked up or not, what it hears, how it ends.

use jiff::Timestamp;

use super::call::seconds_between;
use super::{Happening, Network, spoken_seconds};
use crate::domain::event::{LegStatus, RingDone, RingResult};
use crate::domain::instruction::{Instruction, Ring, Stage, Whisper};
use crate::domain::phone::Phone;
use crate::domain::staff::{Accept, StaffId};
use crate::provider::rehearsal::{Document, News};
use crate::rehearsal::{Behaviour, PickUp, RehearsalError, What};

/// Seconds from the pick-up, or the key before, until a key is pressed: people listen first.
pub(super) const KEY_AFTER: u32 = 4;
/// Seconds from the pick-up until somebody hangs up in the whisper.
const HANGS_UP_AFTER: u32 = 2;
/// How long people talk.
const TALK_SECONDS: u32 = 120;

pub(super) struct Leg {
    call: usize,
    pub(super) who: StaffId,
    pub(super) behaviour: Behaviour,
    pub(super) state: State,
    /// The number that the phone shows.
    pub(super) shows: Phone,
    turn: u32,
    keys_pressed: usize,
    talk_seconds: u32,
    picked_up: Option<Timestamp>,
    /// Status news sent so far.
    sequence: u32,
    whisper: Option<String>,
    status: Option<String>,
    done: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum State {
    Ringing,
    /// The whisper; a key is told at `key`.
    Choosing {
        key: String,
    },
    /// The last words before it is connected or dropped.
    Hearing {
        then: Last,
    },
    Talking,
    Over,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Talk,
    Drop,
}

impl Network {
    pub(super) async fn ring_leg(
        &mut self,
        call: usize,
        ring: &Ring,
        page: &Document,
    ) -> Result<usize, RehearsalError> {
        let rota = self.house.rota();
        let person = rota.staff.iter().find(|person| person.reach == ring.to);
        let who = person.map_or_else(|| StaffId::new("nobody"), |person| person.id.clone());
        self.tell(call, Some(&who), What::Rings { seconds: ring.seconds }, None);
        let mut behaviour = self.people.entry(who.clone()).or_default().turn();
        if let (Some(Accept::Answer), Behaviour::PicksUp(pick_up)) =
            (person.map(|person| person.accept), &mut behaviour)
        {
            // Nobody presses a key where answering is enough.
            pick_up.keys.clear();
        }
        if person.is_none() {
            self.fault(call, "a phone is rung that is nobody's in the rota");
            behaviour = Behaviour::BadNumber;
        }
        if self.legs.iter().any(|other| other.who == who && other.state != State::Over) {
            self.fault(call, "this phone is rung while it is on a call of ours");
            behaviour = Behaviour::Busy;
        }
        let (leg, step) = (self.legs.len(), ring.step);
        match (behaviour.after(), &behaviour) {
            (Some(after), Behaviour::PicksUp(_)) => self.later(after, Happening::PicksUp { leg }),
            (Some(after), _) => self.later(after, Happening::RingEnds { leg }),
            (None, _) => {}
        }
        self.later(ring.seconds.into(), Happening::RingTimesOut { leg });
        let url = |stage| page.url(stage).map(str::to_owned);
        self.legs.push(Leg {
            call,
            who,
            behaviour,
            state: State::Ringing,
            shows: ring.caller_id,
            turn: 0,
            keys_pressed: 0,
            talk_seconds: TALK_SECONDS.min(ring.talk_seconds_max),
            picked_up: None,
            sequence: 0,
            whisper: url(Stage::Whisper { step }),
            status: url(Stage::Leg { step }),
            done: url(Stage::RingDone { step }),
        });
        self.tell_leg(leg, LegStatus::Initiated).await?;
        self.tell_leg(leg, LegStatus::Ringing).await?;
        Ok(leg)
    }

    pub(super) async fn picks_up(&mut self, leg: usize) -> Result<(), RehearsalError> {
        let now = self.now;
        let Some(rung) = self.legs.get_mut(leg).filter(|rung| rung.state == State::Ringing) else { return Ok(()) };
        let Behaviour::PicksUp(PickUp { machine, keys, hangs_up, .. }) = rung.behaviour.clone() else { return Ok(()) };
        rung.picked_up = Some(now);
        rung.state = State::Hearing { then: Last::Drop };
        let (call, url) = (rung.call, rung.whisper.clone());
        self.leg_tells(leg, What::PicksUp { machine }, None);
        if !keys.is_empty() {
            self.later(KEY_AFTER, Happening::PressesKey { leg });
        }
        if hangs_up {
            self.later(HANGS_UP_AFTER, Happening::LegHangsUp { leg });
        }
        match url {
            Some(url) => self.leg_asks(leg, &url, News::PickedUp).await?,
            None => self.fault(call, "whoever picks up would be connected without a key"),
        }
        self.tell_leg(leg, LegStatus::Answered).await
    }

    async fn leg_asks(&mut self, leg: usize, url: &str, news: News) -> Result<(), RehearsalError> {
        let Some(call) = self.legs.get(leg).map(|rung| rung.call) else { return Ok(()) };
        let page = self.ask(call, url, news).await?;
        match page {
            Some(Document::Do { instruction: Instruction::Whisper(whisper), urls }) => {
                let key = Stage::Key { step: whisper.step, attempt: whisper.attempt };
                let key = urls.into_iter().find(|(stage, _)| *stage == key).map(|(_, url)| url);
                self.hears_whisper(leg, &whisper, key.unwrap_or_default());
                Ok(())
            }
            Some(Document::Do { instruction: Instruction::Connect { say }, .. }) => {
                if let Some(say) = say {
                    self.leg_tells(leg, What::Hears, Some(&say.text));
                    self.leg_waits(leg, State::Hearing { then: Last::Talk }, spoken_seconds(&say));
                } else {
                    self.talk(leg);
                }
                Ok(())
            }
            Some(Document::Do { instruction: Instruction::HangUpLeg { say: Some(say) }, .. }) => {
                self.leg_tells(leg, What::Hears, Some(&say.text));
                self.leg_waits(leg, State::Hearing { then: Last::Drop }, spoken_seconds(&say));
                Ok(())
            }
            Some(Document::Do { instruction: Instruction::HangUpLeg { say: None }, .. }) | None => {
                self.drop_leg(leg).await
            }
            Some(
                Document::Do { .. }
                | Document::CallBack { .. }
                | Document::LastResort { .. }
                | Document::TextBack { .. },
            ) => {
                self.fault(call, "a phone that was picked up is told what only a caller can be told");
                self.drop_leg(leg).await
            }
        }
    }

    /// Twice the words, each time with a silence in which a key may be pressed.
    fn hears_whisper(&mut self, leg: usize, whisper: &Whisper, key: String) {
        self.leg_tells(leg, What::Hears, Some(&whisper.say.text));
        let once = spoken_seconds(&whisper.say) + u32::from(whisper.wait_seconds);
        self.leg_waits(leg, State::Choosing { key }, 2 * once);
    }

    fn leg_waits(&mut self, leg: usize, state: State, seconds: u32) {
        let Some(rung) = self.legs.get_mut(leg) else { return };
        rung.state = state;
        rung.turn += 1;
        let turn = rung.turn;
        self.later(seconds, Happening::LegHasHeard { leg, turn });
    }

    pub(super) async fn leg_has_heard(&mut self, leg: usize, turn: u32) -> Result<(), RehearsalError> {
        let Some(rung) = self.legs.get(leg).filter(|rung| rung.turn == turn) else { return Ok(()) };
        match rung.state.clone() {
            State::Choosing { key } => self.leg_asks(leg, &key, News::Key(None)).await,
            State::Hearing { then: Last::Talk } => {
                self.talk(leg);
                Ok(())
            }
            State::Hearing { then: Last::Drop } => self.drop_leg(leg).await,
            State::Ringing | State::Talking | State::Over => Ok(()),
        }
    }

    pub(super) async fn presses_key(&mut self, leg: usize) -> Result<(), RehearsalError> {
        let Some(rung) = self.legs.get_mut(leg) else { return Ok(()) };
        let Behaviour::PicksUp(PickUp { keys, .. }) = &rung.behaviour else { return Ok(()) };
        if matches!(rung.state, State::Ringing | State::Talking | State::Over) {
            return Ok(());
        }
        let Some(key) = keys.get(rung.keys_pressed).copied() else { return Ok(()) };
        rung.keys_pressed += 1;
        let (more, state) = (keys.len() > rung.keys_pressed, rung.state.clone());
        self.leg_tells(leg, What::Presses(key), None);
        if more {
            self.later(KEY_AFTER, Happening::PressesKey { leg });
        }
        match state {
            State::Choosing { key: url } => {
                // The time for this key is over, whatever comes of it.
                if let Some(rung) = self.legs.get_mut(leg) {
                    rung.turn += 1;
                }
                self.leg_asks(leg, &url, News::Key(Some(key))).await
            }
            // While nobody asks for a key, one is lost.
            State::Ringing | State::Hearing { .. } | State::Talking | State::Over => Ok(()),
        }
    }

    fn talk(&mut self, leg: usize) {
        let Some(rung) = self.legs.get_mut(leg) else { return };
        let (call, seconds) = (rung.call, rung.talk_seconds);
        rung.state = State::Talking;
        rung.turn += 1;
        let machine = matches!(rung.behaviour, Behaviour::PicksUp(PickUp { machine: true, .. }));
        self.leg_tells(leg, What::Talks, None);
        if machine {
            self.fault(call, "a machine has taken the call");
        }
        self.caller_talks(call);
        self.later(seconds, Happening::TalkEnds { leg });
    }

    pub(super) fn is_talking(&self, leg: usize) -> bool {
        self.legs.get(leg).is_some_and(|rung| rung.state == State::Talking)
    }

    pub(super) async fn talk_ends(&mut self, leg: usize) -> Result<(), RehearsalError> {
        if !self.is_talking(leg) {
            return Ok(());
        }
        self.leg_tells(leg, What::HangsUp, None);
        self.leg_is_over(leg, RingResult::Answered, true, false).await
    }

    async fn drop_leg(&mut self, leg: usize) -> Result<(), RehearsalError> {
        self.leg_tells(leg, What::Dropped, None);
        self.leg_is_over(leg, RingResult::Answered, false, false).await
    }

    pub(super) async fn leg_hangs_up(&mut self, leg: usize) -> Result<(), RehearsalError> {
        let listens = |rung: &Leg| matches!(rung.state, State::Choosing { .. } | State::Hearing { .. });
        if !self.legs.get(leg).is_some_and(listens) {
            return Ok(());
        }
        self.leg_tells(leg, What::HangsUpInWhisper, None);
        self.leg_is_over(leg, RingResult::Answered, false, false).await
    }

    pub(super) async fn ring_ends(&mut self, leg: usize) -> Result<(), RehearsalError> {
        let Some(rung) = self.legs.get(leg).filter(|rung| rung.state == State::Ringing) else { return Ok(()) };
        let (what, result) = match rung.behaviour {
            Behaviour::Busy => (What::Busy, RingResult::Busy),
            // A network tells a handset that declines from a busy one no better than this.
            Behaviour::Declines => (What::Declines, RingResult::Busy),
            Behaviour::BadNumber => (What::Unreachable, RingResult::Failed),
            Behaviour::Silent | Behaviour::PicksUp(_) => (What::NoAnswer, RingResult::NoAnswer),
        };
        self.leg_tells(leg, what, None);
        self.leg_is_over(leg, result, false, false).await
    }

    pub(super) async fn ring_times_out(&mut self, leg: usize) -> Result<(), RehearsalError> {
        if self.legs.get(leg).is_none_or(|rung| rung.state != State::Ringing) {
            return Ok(());
        }
        self.leg_tells(leg, What::NoAnswer, None);
        self.leg_is_over(leg, RingResult::NoAnswer, false, false).await
    }

    /// The caller has hung up.
    pub(super) async fn leg_loses_caller(&mut self, leg: usize) -> Result<(), RehearsalError> {
        let rings = self.legs.get(leg).is_some_and(|rung| rung.state == State::Ringing);
        if rings {
            self.leg_tells(leg, What::StopsRinging, None);
        }
        let result = if rings { RingResult::Canceled } else { RingResult::Answered };
        let talked = self.is_talking(leg);
        self.leg_is_over(leg, result, talked, true).await
    }

    async fn leg_is_over(
        &mut self,
        leg: usize,
        result: RingResult,
        bridged: bool,
        caller_gone: bool,
    ) -> Result<(), RehearsalError> {
        let now = self.now;
        let Some(rung) = self.legs.get_mut(leg) else { return Ok(()) };
        rung.state = State::Over;
        let (call, done) = (rung.call, rung.done.clone());
        let seconds = rung.picked_up.map(|picked_up| seconds_between(picked_up, now));
        let ring = RingDone { result, bridged: Some(bridged), seconds, caller_gone };
        self.ring_is_done(call, done, ring).await?;
        self.tell_leg(leg, LegStatus::Ended(result)).await
    }

    async fn tell_leg(&mut self, leg: usize, status: LegStatus) -> Result<(), RehearsalError> {
        let Some(rung) = self.legs.get_mut(leg) else { return Ok(()) };
        let (call, url, sequence) = (rung.call, rung.status.clone(), rung.sequence);
        rung.sequence += 1;
        self.inform(call, url.as_deref(), News::Leg { sequence, status }).await
    }

    fn leg_tells(&mut self, leg: usize, what: What, words: Option<&str>) {
        let Some((call, who)) = self.legs.get(leg).map(|rung| (rung.call, rung.who.clone())) else { return };
        self.tell(call, Some(&who), what, words);
    }
}
