//! How a leg that was picked up ends, and what the caller's side makes of it.

use super::{RingEnd, State};
use crate::phones::network::{Happening, Network};
use crate::phones::twiml::{Gather, Verb};

impl Network {
    pub(in crate::phones) async fn conversation_ends(&mut self, leg: usize) {
        if self.legs[leg].state == State::Talking {
            let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
            self.tell(call, format!("{who} hung up"));
            self.leg_over(leg, "completed").await;
        }
    }

    pub(in crate::phones) async fn leg_hangs_up(&mut self, leg: usize) {
        if matches!(self.legs[leg].state, State::Listening | State::Choosing { .. }) && !self.lost(leg) {
            let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
            self.tell(call, format!("{who} hung up in the whisper"));
            self.leg_over(leg, "completed").await;
        }
    }

    /// Ends a leg while its caller waits, and goes on with what the caller hears next.
    pub(super) async fn leg_over(&mut self, leg: usize, status: &str) {
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
    pub(in crate::phones) async fn drop_legs(&mut self, call: usize) {
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
        if let State::Choosing { gather: Gather { action: Some(action), .. }, .. } = was
            && self.quirks.late_key
        {
            self.later(1, Happening::PressesTooLate { leg: last, action });
        }
    }

    /// A key that was on its way when the caller hung up must not count as an accept, if the server can know.
    pub(in crate::phones) async fn presses_too_late(&mut self, leg: usize, action: &str) {
        let (call, who) = (self.legs[leg].call, self.legs[leg].who.clone());
        self.tell(call, format!("{who} presses 1, too late"));
        self.leg_turns_to(leg, action, vec![("Digits".to_owned(), "1".to_owned())]).await;
        let knows = self.quirks.action_after_hang_up || self.quirks.tells_all_at_once();
        if knows && self.legs[leg].program.back() != Some(&Verb::Hangup) {
            self.fault(call, format!("{who} is told to talk to a caller who has hung up"));
        }
    }
}
