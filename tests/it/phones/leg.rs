//! One outgoing ring to one phone: rings, is picked up, hears the whisper, presses keys, talks.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::caller::Patience;
use super::network::{Happening, Network};
use super::person::{Act, Answerer, Behaviour, PickUp};
use super::twiml::{self, Gather, Listener, Noun, Verb};
use super::wire::Params;

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
        if self.legs.iter().any(|other| other.who == who && other.state != State::Over) {
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

    async fn leg_turns_to(&mut self, leg: usize, url: &str, with: Params) {
        let url = self.wire.resolve(&self.legs[leg].page, url);
        let params = self.about_leg(leg, "in-progress", with);
        let call = self.legs[leg].call;
        let body = self.ask(call, &url, &params).await;
        // What a provider does here is not known; assume the worst, that it connects.
        let body = body.unwrap_or_else(|| "<Response/>".to_owned());
        let (verbs, faults) = twiml::read(&body, Listener::Leg);
        for fault in faults {
            self.fault(call, format!("{fault}\n{body}"));
        }
        self.legs[leg].page = url;
        self.legs[leg].program = verbs.into();
    }

    /// Executes verbs until one takes time or the leg is connected or over.
    async fn perform_leg(&mut self, leg: usize) {
        self.legs[leg].state = State::Listening;
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        // Verbs that do not belong here were reported when they were read.
        while let Some(verb) = self.legs[leg].program.pop_front() {
            match verb {
                Verb::Say(ref words) => {
                    self.tell(call, format!("{who} hears: {words}"));
                    return self.leg_waits(leg, verb.seconds());
                }
                Verb::Play(_) | Verb::Pause(_) => return self.leg_waits(leg, verb.seconds()),
                Verb::Gather(gather) => {
                    let mut seconds = gather.timeout;
                    for word in &gather.words {
                        seconds += word.seconds();
                        if let Verb::Say(words) = word {
                            self.tell(call, format!("{who} hears: {words}"));
                        }
                    }
                    self.legs[leg].state = State::Choosing { gather, keys: String::new() };
                    return self.leg_waits(leg, seconds);
                }
                Verb::Hangup => {
                    self.tell(call, format!("{who} did not accept"));
                    return self.leg_over(leg, "completed").await;
                }
                Verb::Dial(_) | Verb::Record(_) | Verb::Redirect(_) | Verb::Reject { .. } => {}
            }
        }
        self.connect(leg);
    }

    fn leg_waits(&mut self, leg: usize, seconds: i64) {
        self.legs[leg].turn += 1;
        let turn = self.legs[leg].turn;
        self.later(seconds, Happening::LegNext { leg, turn });
    }

    pub(super) async fn leg_next(&mut self, leg: usize, turn: u64) {
        if self.legs[leg].turn != turn || self.lost(leg) {
            return;
        }
        match self.legs[leg].state.clone() {
            State::Listening => self.perform_leg(leg).await,
            State::Choosing { gather, keys } if keys.is_empty() && !gather.action_on_empty => {
                self.perform_leg(leg).await;
            }
            State::Choosing { gather, keys } => self.submit(leg, gather, keys).await,
            State::Ringing | State::Talking | State::Over => {}
        }
    }

    fn next_key(&mut self, leg: usize) {
        if let Some((seconds, _)) = self.legs[leg].keys.front().copied() {
            self.later(seconds, Happening::PressesKey { leg });
        }
    }

    pub(super) async fn presses_key(&mut self, leg: usize) {
        let Some((_, key)) = self.legs[leg].keys.pop_front() else { return };
        if matches!(self.legs[leg].state, State::Talking | State::Over) || self.lost(leg) {
            return;
        }
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        self.tell(call, format!("{who} presses {key}"));
        self.next_key(leg);
        // A key outside a <Gather> is lost.
        if let State::Choosing { gather, mut keys } = self.legs[leg].state.clone() {
            keys.push(key);
            if keys.len() >= gather.digits {
                self.submit(leg, gather, keys).await;
            } else {
                self.legs[leg].state = State::Choosing { gather, keys };
            }
        }
    }

    async fn submit(&mut self, leg: usize, gather: Gather, keys: String) {
        self.legs[leg].turn += 1;
        self.legs[leg].accepted_with = Some(keys.clone());
        let action = gather.action.unwrap_or_else(|| self.legs[leg].page.clone());
        self.leg_turns_to(leg, &action, vec![("Digits".to_owned(), keys)]).await;
        self.perform_leg(leg).await;
    }

    /// The two sides hear each other.
    fn connect(&mut self, leg: usize) {
        let Leg { call, who, trusted, accepted_with, pick_up, .. } = &self.legs[leg];
        let (call, who, trusted) = (*call, who.clone(), *trusted);
        let accepted = trusted || accepted_with.as_deref() == Some("1");
        let pick_up = pick_up.clone().expect("somebody picked up");
        self.legs[leg].state = State::Talking;
        self.legs[leg].turn += 1;
        self.answer(call);
        if !accepted || pick_up.by != Answerer::Human {
            self.tell(call, format!("caller is connected to {who}, who has not accepted"));
            self.fault(call, format!("{who} is connected without having accepted"));
        } else {
            self.tell(call, format!("{who} accepted"));
            self.calls[call].reached = Some(who);
        }
        let longest = self.calls[call].dial.as_ref().map_or(i64::MAX, |dialling| dialling.dial.talk_seconds_max);
        self.later(pick_up.talks.min(longest), Happening::ConversationEnds { leg });
    }

    pub(super) async fn conversation_ends(&mut self, leg: usize) {
        if self.legs[leg].state == State::Talking {
            let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
            self.tell(call, format!("{who} hung up"));
            self.leg_over(leg, "completed").await;
        }
    }

    pub(super) async fn leg_hangs_up(&mut self, leg: usize) {
        if matches!(self.legs[leg].state, State::Listening | State::Choosing { .. }) && !self.lost(leg) {
            let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
            self.tell(call, format!("{who} hung up in the whisper"));
            self.leg_over(leg, "completed").await;
        }
    }

    /// Ends a leg while its caller waits, and goes on with what the caller hears next.
    async fn leg_over(&mut self, leg: usize, status: &str) {
        let bridged = self.legs[leg].state == State::Talking;
        self.legs[leg].state = State::Over;
        self.tell_leg(leg, "completed", status);
        let call = self.legs[leg].call;
        let legs = self.calls[call].dial.as_ref().map(|dialling| dialling.legs.clone()).unwrap_or_default();
        if legs.iter().all(|leg| self.legs[*leg].state == State::Over) {
            self.dial_ends(call, leg, status, bridged).await;
            self.perform(call).await;
        }
    }

    async fn dial_ends(&mut self, call: usize, leg: usize, status: &str, bridged: bool) {
        let Some(dialling) = self.calls[call].dial.take() else { return };
        let Some(action) = dialling.dial.action else { return };
        let mut with = vec![
            ("DialCallStatus".to_owned(), status.to_owned()),
            ("DialCallSid".to_owned(), self.legs[leg].sid.clone()),
            ("DialBridged".to_owned(), bridged.to_string()),
        ];
        if let Some(answered) = self.legs[leg].answered {
            let seconds = self.now.duration_since(answered).as_secs();
            with.push(("DialCallDuration".to_owned(), seconds.to_string()));
        }
        self.turn_to(call, &action, with).await;
    }

    /// The caller is gone: every leg ends, and the provider may or may not ask for the action.
    pub(super) async fn drop_legs(&mut self, call: usize) {
        let legs = self.calls[call].dial.as_ref().map(|dialling| dialling.legs.clone()).unwrap_or_default();
        let Some(last) = legs.iter().copied().find(|leg| self.legs[*leg].state != State::Over) else { return };
        let was = self.legs[last].state.clone();
        let status = if was == State::Ringing { RingEnd::Canceled.status() } else { "completed" };
        if was == State::Ringing {
            let who = self.legs[last].who.clone();
            self.tell(call, format!("{who} stops ringing"));
        }
        self.legs[last].state = State::Over;
        self.cancel_others(call, last);
        self.tell_leg(last, "completed", status);
        if self.quirks.action_after_hang_up {
            self.dial_ends(call, last, status, was == State::Talking).await;
        }
        if let State::Choosing { gather, .. } = was
            && self.quirks.late_key
        {
            self.presses_too_late(last, gather).await;
        }
    }

    /// A key that was on its way when the caller hung up must not count as an accept.
    async fn presses_too_late(&mut self, leg: usize, gather: Gather) {
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        self.tell(call, format!("{who} presses 1, too late"));
        let action = gather.action.unwrap_or_else(|| self.legs[leg].page.clone());
        self.leg_turns_to(leg, &action, vec![("Digits".to_owned(), "1".to_owned())]).await;
        if self.legs[leg].program.back() != Some(&Verb::Hangup) {
            self.fault(call, format!("{who} is told to talk to a caller who has hung up"));
        }
    }
}

/// Compares numbers, and SIP addresses without their parameters.
fn same_phone(one: &str, other: &str) -> bool {
    let bare = |phone: &str| phone.split([';', '?']).next().unwrap_or(phone).to_ascii_lowercase();
    bare(one) == bare(other)
}
