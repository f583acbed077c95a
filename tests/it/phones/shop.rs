//! What tests hold in their hands: the shop, a call in progress, and a phone.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Mutex, MutexGuard};

use super::caller::{AtTheTone, Caller, FirstAnswer, Patience};
use super::leg::State;
use super::network::Network;
use super::opening::Server;
use super::person::Behaviour;
use super::story::Promise;

type Shared = Arc<Mutex<Network>>;

/// A business with its phones, and the server that answers for it.
pub(crate) struct Shop {
    pub(super) network: Shared,
    server: Option<Server>,
}

impl Shop {
    /// A shop whose server is somebody else's.
    pub(crate) fn on(network: Network) -> Self {
        Self { network: Arc::new(Mutex::new(network)), server: None }
    }

    pub(super) fn with_server(network: Network, server: Server) -> Self {
        Self { network: Arc::new(Mutex::new(network)), server: Some(server) }
    }

    pub(crate) fn server(&self) -> &Server {
        self.server.as_ref().expect("a shop that was opened with a server")
    }

    pub(crate) fn server_mut(&mut self) -> &mut Server {
        self.server.as_mut().expect("a shop that was opened with a server")
    }

    /// Somebody who is about to ring the first line.
    pub(crate) fn caller(&self, from: &str) -> AboutToRing {
        let to = held(&self.network).lines[0].clone();
        AboutToRing { network: Arc::clone(&self.network), caller: Caller::new(from, &to) }
    }

    /// What this phone will do whenever it is rung.
    pub(crate) fn always(&self, who: &str, behaviour: Behaviour) -> &Self {
        held(&self.network).person(who).always = behaviour;
        self
    }

    /// What this phone will do on its next ring.
    pub(crate) fn next(&self, who: &str, behaviour: Behaviour) -> &Self {
        held(&self.network).person(who).next.push_back(behaviour);
        self
    }

    pub(crate) async fn passes(&self, time: SignedDuration) {
        let mut network = self.network.lock().await;
        let end = network.now() + time;
        network.run_until(end).await;
    }

    /// The next happening up to `end`. False: there was none, and it is `end` now.
    pub(crate) async fn next_happening(&self, end: Timestamp) -> bool {
        self.network.lock().await.step_until(end).await
    }

    /// As [`Self::next_happening`], and meanwhile the oldest instance of the server is killed and another started.
    pub(crate) async fn next_happening_in_a_crash(&mut self, end: Timestamp, turns: u32) -> bool {
        let network = Arc::clone(&self.network);
        let server = self.server_mut();
        let crash = async {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            server.crashes().await;
        };
        let (happened, ()) = tokio::join!(async { network.lock().await.step_until(end).await }, crash);
        happened
    }

    /// Lets everybody do what they are going to do, until all calls are over and told.
    pub(crate) async fn goes_quiet(&self) {
        self.network.lock().await.run_out().await;
    }

    pub(crate) fn network(&self) -> MutexGuard<'_, Network> {
        held(&self.network)
    }
}

/// A caller with the phone in the hand.
pub(crate) struct AboutToRing {
    network: Shared,
    caller: Caller,
}

impl AboutToRing {
    pub(crate) fn to(mut self, line: &str) -> Self {
        line.clone_into(&mut self.caller.to);
        self
    }

    pub(crate) fn patient(mut self, patience: Patience) -> Self {
        self.caller.patience = patience;
        self
    }

    pub(crate) fn at_the_tone(mut self, does: AtTheTone) -> Self {
        self.caller.at_the_tone = does;
        self
    }

    pub(crate) fn expects(mut self, first: FirstAnswer) -> Self {
        self.caller.first_answer = first;
        self
    }

    /// One more parameter that the network tells about this caller: `StirVerstat`, `ForwardedFrom`.
    pub(crate) fn with(mut self, parameter: &str, value: &str) -> Self {
        self.caller.extra.push((parameter.to_owned(), value.to_owned()));
        self
    }

    /// Rings. The first phone is ringing when this returns.
    pub(crate) async fn rings(self) -> LiveCall {
        let call = self.dials().await;
        call.network.lock().await.settle().await;
        call
    }

    /// Rings, and nothing else happens yet.
    pub(crate) async fn dials(self) -> LiveCall {
        let id = self.network.lock().await.ring(self.caller).await;
        LiveCall { network: self.network, id }
    }
}

/// How a call ended, as its caller would tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Reached(String),
    /// By this person.
    Promised(String),
    HungUp,
    Refused,
}

/// A call in progress, or over.
#[derive(Clone)]
pub(crate) struct LiveCall {
    network: Shared,
    id: usize,
}

impl LiveCall {
    pub(crate) fn phone(&self, who: &str) -> Handset {
        Handset { call: self.clone(), who: who.to_owned() }
    }

    pub(crate) fn sid(&self) -> String {
        held(&self.network).calls[self.id].sid.clone()
    }

    pub(crate) async fn hangs_up(&self) {
        let mut network = self.network.lock().await;
        network.caller_hangs_up(self.id).await;
        network.settle().await;
    }

    /// Lets time pass until this call is over.
    pub(crate) async fn ends(&self) {
        let mut network = self.network.lock().await;
        network.run_till(|network| network.calls[self.id].over.is_some()).await;
        assert!(network.calls[self.id].over.is_some(), "the call never ends\n{}", network.calls[self.id].story);
    }

    /// Whose phones are ringing.
    pub(crate) fn ringing(&self) -> Vec<String> {
        let network = held(&self.network);
        let mine = network.legs.iter().filter(|leg| leg.call == self.id && leg.state == State::Ringing);
        mine.map(|leg| leg.who.clone()).collect()
    }

    /// Whose phones have rung, in order.
    pub(crate) fn rang(&self) -> Vec<String> {
        let network = held(&self.network);
        network.legs.iter().filter(|leg| leg.call == self.id).map(|leg| leg.who.clone()).collect()
    }

    #[track_caller]
    pub(crate) fn reached(&self, who: &str) {
        let reached = held(&self.network).calls[self.id].reached.clone();
        assert_eq!(reached.as_deref(), Some(who), "\n{}", self.story());
    }

    #[track_caller]
    pub(crate) fn reached_nobody(&self) {
        assert_eq!(held(&self.network).calls[self.id].reached, None, "\n{}", self.story());
    }

    /// The promise that the caller heard, which must be this person's.
    #[track_caller]
    pub(crate) fn was_promised(&self, who: &str) -> Promise {
        let promise = held(&self.network).calls[self.id].promise.clone();
        let promise = promise.unwrap_or_else(|| panic!("no promise was heard\n{}", self.story()));
        assert_eq!(promise.who, who, "\n{}", self.story());
        promise
    }

    #[track_caller]
    pub(crate) fn was_promised_nothing(&self) {
        assert_eq!(held(&self.network).calls[self.id].promise, None, "\n{}", self.story());
    }

    /// `None` while the call goes on.
    pub(crate) fn end(&self) -> Option<End> {
        let network = held(&self.network);
        let call = &network.calls[self.id];
        call.over?;
        Some(match (&call.reached, &call.promise) {
            _ if call.refused => End::Refused,
            (Some(who), _) => End::Reached(who.clone()),
            (None, Some(promise)) => End::Promised(promise.who.clone()),
            (None, None) => End::HungUp,
        })
    }

    /// Everything said to the caller so far.
    pub(crate) fn heard(&self) -> String {
        held(&self.network).calls[self.id].heard.join(" ")
    }

    #[track_caller]
    pub(crate) fn left_a_message_of(&self, seconds: i64) {
        assert_eq!(held(&self.network).calls[self.id].message, Some(seconds), "\n{}", self.story());
    }

    #[track_caller]
    pub(crate) fn was_refused(&self) {
        assert!(held(&self.network).calls[self.id].refused, "\n{}", self.story());
    }

    /// Seconds the caller waited until the call began to cost money; none: it cost nothing.
    pub(crate) fn seconds_until_billed(&self) -> Option<i64> {
        let network = held(&self.network);
        let call = &network.calls[self.id];
        call.answered.map(|answered| answered.duration_since(call.started).as_secs())
    }

    /// With times and spoken words, one happening a line.
    pub(crate) fn story(&self) -> String {
        held(&self.network).calls[self.id].story.to_string()
    }

    /// Without times and spoken words.
    pub(crate) fn plot(&self) -> Vec<String> {
        held(&self.network).calls[self.id].story.plot().into_iter().map(str::to_owned).collect()
    }
}

/// A phone that is ringing for a call. Each verb lets time pass until the phone is done or in conversation.
pub(crate) struct Handset {
    call: LiveCall,
    who: String,
}

impl Handset {
    pub(crate) async fn lets_it_ring(&self) {
        self.does(Behaviour::lets_it_ring()).await;
    }

    pub(crate) async fn is_busy(&self) {
        self.does(Behaviour::busy()).await;
    }

    pub(crate) async fn declines(&self) {
        self.does(Behaviour::declines()).await;
    }

    pub(crate) async fn cannot_be_reached(&self) {
        self.does(Behaviour::unreachable()).await;
    }

    /// Answers and presses nothing: enough on a phone that cannot have voicemail.
    pub(crate) async fn answers(&self) {
        self.does(Behaviour::answers()).await;
    }

    /// Answers and presses these keys, one every 2 seconds.
    pub(crate) async fn presses(&self, keys: &str) {
        self.does(Behaviour::presses(keys)).await;
    }

    pub(crate) async fn voicemail_answers(&self) {
        self.does(Behaviour::voicemail()).await;
    }

    pub(crate) async fn screening_robot_answers(&self) {
        self.does(Behaviour::screening_robot()).await;
    }

    pub(crate) async fn answers_and_hangs_up(&self) {
        self.does(Behaviour::answers().hangs_up_after(2)).await;
    }

    /// In the middle of a conversation.
    pub(crate) async fn hangs_up(&self) {
        let mut network = self.call.network.lock().await;
        let leg = self.leg(&network, |state| *state == State::Talking, "in conversation");
        network.conversation_ends(leg).await;
        network.settle().await;
    }

    pub(crate) async fn does(&self, behaviour: Behaviour) {
        let mut network = self.call.network.lock().await;
        let leg = self.leg(&network, |state| *state == State::Ringing, "ringing");
        network.behave(leg, behaviour);
        let call = self.call.id;
        let done = |network: &Network| {
            matches!(network.legs[leg].state, State::Talking | State::Over) || network.calls[call].vanished
        };
        network.run_till(done).await;
    }

    fn leg(&self, network: &Network, fits: impl Fn(&State) -> bool, doing: &str) -> usize {
        let found =
            network.legs.iter().position(|leg| leg.call == self.call.id && leg.who == self.who && fits(&leg.state));
        found.unwrap_or_else(|| {
            panic!("the phone of {} is not {doing}\n{}", self.who, network.calls[self.call.id].story)
        })
    }
}

fn held(network: &Shared) -> MutexGuard<'_, Network> {
    network.try_lock().expect("nobody else moves the network while a test looks at it")
}
