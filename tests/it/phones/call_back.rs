//! A call back as the provider plays it: the person's phone is rung because REST asked for it, and only its document
//! rings the customer's. Each verb lets the time pass that it takes.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use switchboard::domain::call_back::Begun;
use switchboard::domain::promise::PromiseId;
use switchboard::domain::staff::StaffId;
use tokio::sync::Mutex;

use super::network::Network;
use super::opening::{ACCOUNT, Server};
use super::rest::Taken;
use super::shop::Shop;
use super::twiml::{self, Dial, Gather, Listener, Noun, Verb};
use super::wire::Params;

/// The person's side of a call back, rung by the provider.
pub(crate) struct RungBack {
    network: Arc<Mutex<Network>>,
    /// The short name of whose phone it is.
    who: String,
    taken: Taken,
    trusted: bool,
    /// The last key that the server was told.
    key: Option<char>,
    program: VecDeque<Verb>,
    page: String,
    gather: Option<Gather>,
    customer: Option<Ringing>,
    over: bool,
    heard: Vec<String>,
    sequence: u32,
}

/// The customer's phone.
struct Ringing {
    sid: String,
    dial: Dial,
    noun: Noun,
    answered: Option<Timestamp>,
    sequence: u32,
}

impl Server {
    /// `CALL 41` from this person.
    pub(crate) async fn call_back(&self, promise: i64, who: &str) -> Begun {
        self.app().operator().call_back(PromiseId(promise), &StaffId::new(who)).await.unwrap()
    }
}

impl Shop {
    /// Does what is left to do, and gives the phone that the provider then rings: exactly one that no test holds yet.
    pub(crate) async fn rung_back(&self) -> RungBack {
        self.server().texts().await;
        let calls = self.server().rest.calls();
        let mut network = self.network.lock().await;
        let new = &calls[network.rung_back..];
        assert_eq!(new.len(), 1, "one phone rings: {new:#?}");
        network.rung_back += 1;
        let taken = new[0].clone();
        let person = network.people.iter().find(|person| person.phone == taken.to);
        let (who, trusted) = person.map(|person| (person.id.clone(), person.trusted)).expect("somebody of the staff");
        RungBack {
            network: Arc::clone(&self.network),
            who,
            trusted,
            page: taken.body.clone(),
            taken,
            key: None,
            program: VecDeque::new(),
            gather: None,
            customer: None,
            over: false,
            heard: Vec::new(),
            sequence: 0,
        }
    }
}

impl RungBack {
    pub(crate) fn who(&self) -> &str {
        &self.who
    }

    /// The number that this phone shows.
    pub(crate) fn shows(&self) -> &str {
        &self.taken.from
    }

    pub(crate) fn heard(&self) -> String {
        self.heard.join(" ")
    }

    pub(crate) fn is_over(&self) -> bool {
        self.over
    }

    /// The customer's number and the one that their phone shows, if it rings.
    pub(crate) fn customer(&self) -> Option<(String, String)> {
        let customer = self.customer.as_ref()?;
        Some((customer.noun.target.clone(), customer.dial.caller_id.clone().unwrap_or_default()))
    }

    /// Nobody presses anything yet.
    pub(crate) async fn answers(&mut self) {
        self.passes(4).await;
        self.turn_to(&self.taken.body.clone(), "in-progress", &[]).await;
    }

    /// Answers and presses these keys, one every 2 seconds.
    pub(crate) async fn presses(&mut self, keys: &str) {
        if self.gather.is_none() {
            self.answers().await;
        }
        for key in keys.chars() {
            let gather =
                self.gather.take().unwrap_or_else(|| panic!("{} is asked for no key: {}", self.who, self.heard()));
            self.passes(2).await;
            self.key = Some(key);
            let action = gather.action.expect("a key goes somewhere");
            self.turn_to(&action, "in-progress", &[("Digits", &key.to_string())]).await;
        }
    }

    /// Answers, and waits until it is over.
    pub(crate) async fn voicemail_answers(&mut self) {
        self.answers().await;
        if let Some(gather) = self.gather.take() {
            self.passes(gather.timeout + gather.words.iter().map(Verb::seconds).sum::<i64>()).await;
            assert!(!gather.action_on_empty, "silence asks again");
            self.perform().await;
        }
    }

    pub(crate) async fn lets_it_ring(&mut self) {
        self.passes(self.taken.timeout + 5).await;
        self.is_over_as("no-answer").await;
    }

    pub(crate) async fn is_busy(&mut self) {
        self.is_over_as("busy").await;
    }

    pub(crate) async fn cannot_be_reached(&mut self) {
        self.is_over_as("failed").await;
    }

    /// Before the customer is rung, while they are, or in the conversation.
    pub(crate) async fn hangs_up(&mut self) {
        self.is_over_as("completed").await;
        if let Some(customer) = self.customer.take() {
            let status = if customer.answered.is_some() { "completed" } else { "no-answer" };
            self.customer_news(&customer, "completed", status).await;
        }
    }

    pub(crate) async fn customer_lets_it_ring(&mut self) {
        let seconds = self.ringing().dial.timeout + 5;
        self.passes(seconds).await;
        self.customer_done("no-answer").await;
    }

    pub(crate) async fn customer_is_busy(&mut self) {
        self.passes(2).await;
        self.customer_done("busy").await;
    }

    pub(crate) async fn customer_answers(&mut self) {
        self.passes(5).await;
        let now = self.network.lock().await.now();
        self.ringing().answered = Some(now);
        let customer = self.customer.take().unwrap();
        self.customer_news(&customer, "answered", "in-progress").await;
        self.customer = Some(customer);
    }

    /// The customer answers, talks for so many seconds and hangs up.
    pub(crate) async fn customer_talks(&mut self, seconds: i64) {
        self.customer_answers().await;
        self.passes(seconds).await;
        self.customer_done("completed").await;
    }

    pub(crate) async fn passes(&self, seconds: i64) {
        let mut network = self.network.lock().await;
        let end = network.now() + SignedDuration::from_secs(seconds);
        network.run_until(end).await;
    }

    fn ringing(&mut self) -> &mut Ringing {
        let heard = self.heard();
        self.customer.as_mut().unwrap_or_else(|| panic!("the customer's phone does not ring; heard: {heard}"))
    }

    async fn customer_done(&mut self, status: &str) {
        let customer = self.customer.take().expect("the customer's phone rings");
        self.customer_news(&customer, "completed", status).await;
        let bridged = customer.answered.is_some().to_string();
        let seconds = self.talked(&customer).await;
        let mut with = vec![("DialCallStatus", status), ("DialCallSid", &customer.sid), ("DialBridged", &bridged)];
        with.extend(seconds.as_deref().map(|seconds| ("DialCallDuration", seconds)));
        let action = customer.dial.action.clone().expect("the end of the ring is told");
        self.turn_to(&action, "in-progress", &with).await;
    }

    async fn talked(&self, customer: &Ringing) -> Option<String> {
        let now = self.network.lock().await.now();
        customer.answered.map(|answered| now.duration_since(answered).as_secs().to_string())
    }

    async fn customer_news(&mut self, customer: &Ringing, event: &str, status: &str) {
        let Some(callback) = customer.noun.callback.clone() else { return };
        if !customer.noun.events.iter().any(|wanted| wanted == event) {
            return;
        }
        let seconds = self.talked(customer).await.unwrap_or_else(|| "0".to_owned());
        let sequence = customer.sequence.to_string();
        let to = customer.noun.target.clone();
        let shown = customer.dial.caller_id.clone().unwrap_or_default();
        let mut params = about(&customer.sid, &shown, &to, "outbound-dial", status);
        params.push(("ParentCallSid".to_owned(), self.taken.sid.clone()));
        params.push(("SequenceNumber".to_owned(), sequence));
        if event == "completed" {
            params.push(("CallDuration".to_owned(), seconds));
        }
        self.post(&callback, &params).await;
    }

    async fn is_over_as(&mut self, status: &str) {
        self.over = true;
        self.program.clear();
        self.gather = None;
        let mut params = self.about_person(status);
        params.push(("SequenceNumber".to_owned(), self.sequence.to_string()));
        params.push(("CallDuration".to_owned(), "60".to_owned()));
        let news = self.taken.callback.clone();
        self.post(&news, &params).await;
    }

    async fn turn_to(&mut self, url: &str, status: &str, with: &[(&str, &str)]) {
        let mut params = self.about_person(status);
        params.extend(with.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let body = self.post(url, &params).await;
        let (verbs, faults) = twiml::read(&body, Listener::Person);
        assert!(faults.is_empty(), "{faults:#?}\n{body}");
        url.clone_into(&mut self.page);
        self.program = verbs.into();
        self.perform().await;
    }

    /// Until a key is waited for, the customer's phone rings, or it is over.
    async fn perform(&mut self) {
        while let Some(verb) = self.program.pop_front() {
            let seconds = verb.seconds();
            match verb {
                Verb::Say(words) => {
                    self.heard.push(words);
                    self.passes(seconds).await;
                }
                Verb::Play(_) | Verb::Pause(_) => self.passes(seconds).await,
                Verb::Gather(gather) => {
                    let said =
                        gather.words.iter().find_map(|word| if let Verb::Say(said) = word { Some(said) } else { None });
                    self.heard.extend(said.cloned());
                    self.gather = Some(gather);
                    return;
                }
                Verb::Dial(dial) => return self.ring_customer(dial).await,
                Verb::Hangup => return self.is_over_as("completed").await,
                Verb::Record(_) | Verb::Redirect(_) | Verb::Reject { .. } => panic!("no verb for a person"),
            }
        }
        self.is_over_as("completed").await;
    }

    async fn ring_customer(&mut self, dial: Dial) {
        assert!(self.trusted || self.key == Some('1'), "the customer is rung, and {} has not accepted", self.who);
        let [noun] = dial.nouns.as_slice() else { panic!("one customer: {dial:?}") };
        let noun = noun.clone();
        let sid = {
            let mut network = self.network.lock().await;
            let shown = dial.caller_id.clone().unwrap_or_default();
            assert!(network.lines.contains(&shown), "13214: callerId {shown} is not a number of ours");
            network.sid("CA")
        };
        let mut customer = Ringing { sid, dial, noun, answered: None, sequence: 0 };
        for event in ["initiated", "ringing"] {
            self.customer_news(&customer, event, event).await;
            customer.sequence += 1;
        }
        self.customer = Some(customer);
    }

    fn about_person(&self, status: &str) -> Params {
        about(&self.taken.sid, &self.taken.from, &self.taken.to, "outbound-api", status)
    }

    /// The answer, which every repeat must get too.
    async fn post(&self, url: &str, params: &Params) -> String {
        let mut network = self.network.lock().await;
        let event = network.sid("EV");
        let replies = network.wire.post(url, params, &event).await.unwrap_or_else(|lost| panic!("{url}: {lost}"));
        assert!(replies.iter().all(|reply| reply == &replies[0]), "a repeat got another answer: {replies:#?}");
        assert_eq!(replies[0].status, 200, "{replies:#?}");
        replies[0].body.clone()
    }
}

fn about(sid: &str, from: &str, to: &str, direction: &str, status: &str) -> Params {
    let pairs = [
        ("CallSid", sid),
        ("AccountSid", ACCOUNT),
        ("From", from),
        ("To", to),
        ("CallStatus", status),
        ("ApiVersion", "2010-04-01"),
        ("Direction", direction),
    ];
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}
