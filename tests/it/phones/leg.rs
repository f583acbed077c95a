//! One outgoing ring to one phone, until it is picked up or not. What it hears then is in `whisper`, how it ends in
//! `end`.

mod end;
mod whisper;

use std::collections::VecDeque;

use jiff::Timestamp;

use super::caller::Patience;
use super::network::{Happening, Network};
use super::person::{Act, Answerer, Behaviour, PickUp};
use super::twiml::{Gather, Noun, Verb};

pub(super) struct Leg {
    pub(super) sid: String,
    pub(super) call: usize,
    /// The short name of whose phone it is, or its number.
    pub(super) who: String,
    pub(super) noun: Noun,
    pub(super) caller_id: String,
    trusted: bool,
    pub(super) state: State,
    turn: u64,
    pick_up: Option<PickUp>,
    keys: VecDeque<(i64, char)>,
    pub(super) answered: Option<Timestamp>,
    page: String,
    program: VecDeque<Verb>,
    /// The last keys that the server was told.
    accepted_with: Option<String>,
    /// Status webhooks sent so far.
    pub(super) sequence: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Ringing,
    Listening,
    Choosing { gather: Gather, keys: String },
    Talking,
    Over,
}

/// How a ring ends without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RingEnd {
    NoAnswer,
    Busy,
    Declined,
    Failed,
    Canceled,
}

impl RingEnd {
    fn status(self) -> &'static str {
        match self {
            Self::NoAnswer => "no-answer",
            // Contracts, section 3.2: a handset that declines is usually reported as busy.
            Self::Busy | Self::Declined => "busy",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }
}

impl Network {
    pub(super) fn ring_leg(&mut self, call: usize, noun: Noun, seconds: i64, caller_id: &str) {
        let sid = self.sid("CA");
        let leg = self.legs.len();
        let person = self.people.iter_mut().find(|person| same_phone(&person.phone, &noun.target));
        let (who, trusted, mut behaviour) = match person {
            Some(person) => {
                let behaviour = person.next.pop_front().unwrap_or_else(|| person.always.clone());
                (person.id.clone(), person.trusted, behaviour)
            }
            None => (noun.target.clone(), false, Behaviour::unreachable()),
        };
        self.tell(call, format!("rings {who} {seconds} s"));
        self.check_target(call, &who, &noun, trusted);
        // A leg that the network has lost rings nobody.
        if (0..self.legs.len())
            .any(|leg| self.legs[leg].who == who && self.legs[leg].state != State::Over && !self.lost(leg))
        {
            self.fault(call, format!("{who} is rung while already on a call of ours"));
            behaviour = Behaviour::busy();
        }
        self.legs.push(Leg {
            sid,
            call,
            who,
            noun,
            caller_id: caller_id.to_owned(),
            trusted,
            state: State::Ringing,
            turn: 0,
            pick_up: None,
            keys: VecDeque::new(),
            answered: None,
            page: self.calls[call].page.clone(),
            program: VecDeque::new(),
            accepted_with: None,
            sequence: 0,
        });
        if let Some(dialling) = &mut self.calls[call].dial {
            dialling.legs.push(leg);
        }
        self.tell_leg(leg, "initiated", "initiated");
        self.tell_leg(leg, "ringing", "ringing");
        self.behave(leg, behaviour);
        // Not bound to a turn: whatever the phone decides later, this is when the provider gives up.
        self.later(seconds, Happening::RingEnds { leg, turn: u64::MAX, how: RingEnd::NoAnswer });
    }

    fn check_target(&mut self, call: usize, who: &str, noun: &Noun, trusted: bool) {
        let caller = &self.calls[call].caller;
        if same_phone(&caller.from, &noun.target) || same_phone(&caller.to, &noun.target) {
            self.fault(call, format!("{who} is a party of this very call: a loop"));
        }
        if noun.sip != noun.target.starts_with("sip") {
            self.fault(call, format!("{} is in the wrong noun", noun.target));
        }
        if noun.url.is_none() && !trusted {
            self.fault(call, format!("{who} is rung unscreened: a voicemail could take the call"));
        }
    }

    /// Decides what a ringing phone will do, from now on.
    pub(crate) fn behave(&mut self, leg: usize, behaviour: Behaviour) {
        self.legs[leg].turn += 1;
        let turn = self.legs[leg].turn;
        let how = match behaviour.act {
            Act::LetsItRing => return,
            Act::Vanishes => {
                let call = self.legs[leg].call;
                self.calls[call].vanished = true;
                return self.tell(call, "the network loses the call");
            }
            Act::PicksUp(pick_up) => {
                self.legs[leg].pick_up = Some(pick_up);
                return self.later(behaviour.after, Happening::PicksUp { leg, turn });
            }
            Act::Busy => RingEnd::Busy,
            Act::Declines => RingEnd::Declined,
            Act::Unreachable => RingEnd::Failed,
        };
        self.later(behaviour.after, Happening::RingEnds { leg, turn, how });
    }

    fn lost(&self, leg: usize) -> bool {
        self.calls[self.legs[leg].call].vanished
    }

    pub(super) async fn ring_ends(&mut self, leg: usize, turn: u64, how: RingEnd) {
        let present = turn == u64::MAX || turn == self.legs[leg].turn;
        if !present || self.legs[leg].state != State::Ringing || self.lost(leg) {
            return;
        }
        let words = match how {
            RingEnd::NoAnswer => "did not answer",
            RingEnd::Busy => "is busy",
            RingEnd::Declined => "declined",
            RingEnd::Failed => "cannot be reached",
            RingEnd::Canceled => "stops ringing",
        };
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        self.tell(call, format!("{who} {words}"));
        self.leg_over(leg, how.status()).await;
    }

    pub(super) async fn picks_up(&mut self, leg: usize, turn: u64) {
        let state = &mut self.legs[leg];
        let (call, who) = (state.call, state.who.clone());
        if state.turn != turn || state.state != State::Ringing || self.lost(leg) {
            return;
        }
        let state = &mut self.legs[leg];
        let pick_up = state.pick_up.clone().expect("somebody picks up");
        state.state = State::Listening;
        state.answered = Some(self.now);
        state.keys = pick_up.keys.into();
        let words = match pick_up.by {
            Answerer::Human => "answered",
            Answerer::Voicemail => "has voicemail answering",
            Answerer::Robot => "has a screening robot answering",
        };
        self.tell(call, format!("{who} {words}"));
        self.tell_leg(leg, "answered", "in-progress");
        self.next_key(leg);
        if let Some(seconds) = pick_up.hangs_up {
            self.later(seconds, Happening::LegHangsUp { leg });
        }
        if let Patience::UntilWhisper(seconds) = self.calls[call].caller.patience {
            self.later(seconds, Happening::CallerHangsUp { call });
        }
        self.cancel_others(call, leg);
        match self.legs[leg].noun.url.clone() {
            None => self.connect(leg),
            Some(url) => {
                self.leg_turns_to(leg, &url, Vec::new()).await;
                self.perform_leg(leg).await;
            }
        }
    }

    /// The first pick-up ends the other rings of the same `<Dial>` (contracts, section 0, fact 3).
    fn cancel_others(&mut self, call: usize, leg: usize) {
        let legs = self.calls[call].dial.as_ref().map(|dialling| dialling.legs.clone()).unwrap_or_default();
        for other in legs.into_iter().filter(|other| *other != leg) {
            if self.legs[other].state == State::Ringing {
                self.legs[other].state = State::Over;
                let who = self.legs[other].who.clone();
                self.tell(call, format!("{who} stops ringing"));
                self.tell_leg(other, "completed", RingEnd::Canceled.status());
            }
        }
    }
}

/// Compares numbers, and SIP addresses without their parameters.
fn same_phone(one: &str, other: &str) -> bool {
    let bare = |phone: &str| phone.split([';', '?']).next().unwrap_or(phone).to_ascii_lowercase();
    bare(one) == bare(other)
}
