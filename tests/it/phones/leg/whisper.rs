//! A leg that was picked up: executes the screening documents, takes keys, connects.

use super::{Leg, State};
use crate::phones::network::{Happening, Network};
use crate::phones::person::Answerer;
use crate::phones::twiml::{self, Gather, Listener, Verb};
use crate::phones::wire::Params;

impl Network {
    pub(super) async fn leg_turns_to(&mut self, leg: usize, url: &str, with: Params) {
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
    pub(super) async fn perform_leg(&mut self, leg: usize) {
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
                    let seconds = gather.timeout + gather.words.iter().map(Verb::seconds).sum::<i64>();
                    self.leg_hears(leg, &gather);
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

    /// The words of a whisper; what is said again is told once.
    fn leg_hears(&mut self, leg: usize, gather: &Gather) {
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        let mut last = "";
        for word in &gather.words {
            if let Verb::Say(words) = word
                && words != last
            {
                self.tell(call, format!("{who} hears: {words}"));
                last = words;
            }
        }
    }

    fn leg_waits(&mut self, leg: usize, seconds: i64) {
        self.legs[leg].turn += 1;
        let turn = self.legs[leg].turn;
        self.later(seconds, Happening::LegNext { leg, turn });
    }

    pub(in crate::phones) async fn leg_next(&mut self, leg: usize, turn: u64) {
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

    pub(super) fn next_key(&mut self, leg: usize) {
        if let Some((seconds, _)) = self.legs[leg].keys.front().copied() {
            self.later(seconds, Happening::PressesKey { leg });
        }
    }

    pub(in crate::phones) async fn presses_key(&mut self, leg: usize) {
        let Some((_, key)) = self.legs[leg].keys.pop_front() else { return };
        if matches!(self.legs[leg].state, State::Talking | State::Over) || self.lost(leg) {
            return;
        }
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        self.tell(call, format!("{who} presses {key}"));
        self.next_key(leg);
        // A key outside a <Gather> is lost.
        if let State::Choosing { gather, mut keys } = self.legs[leg].state.clone() {
            let finished = gather.finish == Some(key);
            if !finished {
                keys.push(key);
            }
            if finished && keys.is_empty() && !gather.action_on_empty {
                self.perform_leg(leg).await;
            } else if finished || keys.len() >= gather.digits {
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
    pub(super) fn connect(&mut self, leg: usize) {
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
}
